"""A pack's content as HTML: for print (the PDF) and for the screen (the web page, the preview)."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from committee import clock
from committee.accounts.models import User
from committee.formatting import plural
from recommendations.charts import Counts, ProgressRow, progress_chart
from recommendations.lifecycle import Edition, PackSection
from recommendations.models import Pack
from recommendations.packs.content import NothingToShow, build_content
from recommendations.packs.values import Data
from recommendations.templatetags.packs import day_words

FIRST = [("purpose", "Purpose")]
LAST = [("about", "About this pack")]
FRONT = (PackSection.COVER, PackSection.CONTENTS)
"""The sections without a number, before the others."""
SOFTWARE = ("Recommendation tracker", "WeasyPrint", "pikepdf", "PDFium", "Pango", "Python")
"""The order in which a pack lists the software that made it: the database does not keep one."""
ALWAYS_ONCE = [*FRONT, PackSection.DECISIONS]
"""The sections that packs of the first format always had and did not name."""


def paper_html(content: Data, *, content_hash: str, made_with: dict[str, str], **part: Any) -> str:
    """Return one chunk of the document that becomes the PDF; its style is `paper_css`.

    `part` holds its `chapter`, which the cover with the contents has not, and `elsewhere`, the beginning of links to
    places.
    """
    return _render(
        content, template="packs/paper.html", content_hash=content_hash, made_with=made_with, **part
    )


def paper_css(*, wide: bool = False) -> str:
    """Return the style of all chunks of the PDF, portrait and landscape."""
    return base_css() + _source("packs/paper.css") + ("@page { size: A4 landscape; }\n" if wide else "")


def furniture_css(content: Data) -> str:
    """Return the style of the running heads, with their text, for portrait and landscape pages."""
    heads = running_heads(content)
    style = _source("packs/furniture.css")
    for word in ("meeting", "edition", "foot"):
        style = style.replace(f'"{word.upper()}"', _css_string(heads[word]))
    if heads["cited"]:
        style = style.replace("padding-bottom: 4mm", "padding-bottom: 9mm")
    return base_css() + style


def furniture_html(content: Data, numbers: str) -> str:
    """Return empty pages that get the running heads, one portrait and one landscape, and one with the typeface of the
    page numbers.
    """
    cited = escape(running_heads(content)["cited"]) or "&nbsp;"
    pages = (("upright cited", cited), ("lying cited", cited), ("face", numbers))
    return "<html><body>" + "".join(f'<p class="{name}">{words}</p>' for name, words in pages)


def running_heads(content: Data) -> dict[str, str]:
    """Return the text on every page of every file: the meeting; the edition, and the paragraphs that an exempt one
    cites; in the footer the council and the title.
    """
    edition, exempt = content["edition"], content["edition"]["value"] == Edition.EXEMPT
    cited = edition["citation"] if exempt else ""
    return {
        "meeting": f"{content['meeting']['name']}, {day_words(content['meeting']['held_on'])}",
        "edition": "EXEMPT: not for publication" if exempt else edition["label"],
        "cited": f"Exempt under {cited}" if cited else "",
        "foot": f"{content['council_short']}: {content['title']}"
        + (f", {issue}" if (issue := issue_words(content)) else ""),
    }


def screen_html(
    content: Data,
    *,
    content_hash: str = "",
    made_with: dict[str, str] | None = None,
    back: str = "",
    back_words: str = "Back to the pack’s page",
    preview: bool = False,
) -> str:
    """Return one whole page for a browser, which also prints well."""
    return _render(
        content,
        content_hash=content_hash,
        made_with=made_with or {},
        style=mark_safe(screen_css()),  # noqa: S308  our own file
        back=back,
        back_words=back_words,
        preview=preview,
    )


def preview_html(pack: Pack, *, by: User, back: str) -> str | None:
    """Return the pack as it would be if it were made now, as one page for a browser; None where its edition may show
    nothing of it. `by` is the person who looks at it, `back` the address that the page leads back to."""
    try:
        content = build_content(pack, by=by, moment=clock.now().replace(microsecond=0))
    except NothingToShow:
        return None
    return screen_html(content, preview=True, back=back, back_words="Back to putting the pack together")


def screen_css() -> str:
    """Return the style of the web page, which is embedded in it so that the page is complete wherever it is kept."""
    faces = "".join(
        '@font-face { font-family: "Atkinson Hyperlegible Next"; font-weight: '
        f"{weight}; font-display: swap; src: url({settings.STATIC_URL}built/fonts/"
        f'atkinson-hyperlegible-next-latin-{weight}-normal.woff2) format("woff2"); }}\n'
        for weight in (400, 600, 700)
    )
    return faces + base_css() + _source("packs/screen.css")


def style_source(html: str) -> str:
    """Return the source that a content security policy must name to allow the page's own style."""
    style = html.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def issue_words(content: Data) -> str:
    """Return "version 2" or "supplement 1"; "" for the first version. Packs of the first format had no supplements."""
    if content["format"] == 1:
        return f"version {content['number']}" if content["number"] > 1 else ""
    return str(content["issue"])


def software_words(made_with: dict[str, str]) -> str:
    """Return the software that made the pack, with versions."""
    place = {name: index for index, name in enumerate(SOFTWARE)}
    ordered = sorted(made_with.items(), key=lambda item: (place.get(item[0], len(place)), item[0]))
    return ", ".join(f"{name} {version}" for name, version in ordered)


def _replaced_words(content: Data) -> str:
    """Return in words which issue this one follows."""
    followed = content["replaces"] or {"number": 1}
    return str(followed.get("issue") or f"version {followed['number']}")


def base_css() -> str:
    return _source("packs/pack.css").replace("COLOUR", settings.COUNCIL_COLOUR)


def chosen(content: Data) -> list[str]:
    """Return the chosen sections, in the order of the document."""
    return [*(ALWAYS_ONCE if content["format"] == 1 else ()), *content["sections"]]


def fronted(content: Data) -> bool:
    """Return whether the pack begins with pages of their own, its cover or its contents."""
    return any(section in chosen(content) for section in FRONT)


def sections(content: Data) -> list[dict[str, Any]]:
    """Return the sections after cover and contents, in their order, numbered."""
    middle = [(value, str(PackSection(value).label)) for value in chosen(content) if value not in FRONT]
    return [
        {"id": name, "title": title, "number": number, "template": f"packs/_{name}.html"}
        for number, (name, title) in enumerate([*FIRST, *middle, *LAST], start=1)
    ]


def chart(content: Data) -> str:
    """Return the bar of the standings of the recommendations, for all and for each inquiry if there are several."""
    rows = [ProgressRow("All recommendations", _counts(line for line in content["summary"]["standing"]))]
    if 1 < len(content["inquiries"]) <= 8:
        rows += [
            ProgressRow(
                inquiry["title"],
                _counts(
                    {
                        "value": value,
                        "count": sum(1 for r in inquiry["recommendations"] if r["standing"] == value),
                    }
                    for value in (line["value"] for line in content["summary"]["standing"])
                ),
            )
            for inquiry in content["inquiries"]
        ]
    words = rows[0].counts.words
    return progress_chart(rows, title=f"Where {content['summary']['total']} recommendations stand: {words}")


def _counts(lines: Any) -> Counts:
    return Counts(**{line["value"]: line["count"] for line in lines})


def _render(
    content: Data, *, made_with: dict[str, str], template: str = "packs/pack.html", **context: Any
) -> str:
    inquiries = len(content["inquiries"])
    chapter = context.get("chapter")
    with_summary = "summary" in content["sections"] and (
        chapter is None or any(section["id"] == "summary" for section in chapter.sections)
    )
    moment = timezone.localtime(dt.datetime.fromisoformat(content["as_at"]))
    return render_to_string(
        template,
        {
            "pack": content,
            "sections": sections(content),
            "chosen": chosen(content),
            "places": _places(content),
            "inquiry_count": plural(inquiries, "inquiry", "inquiries"),
            "issue": issue_words(content),
            "replaced_issue": _replaced_words(content),
            "as_at_day": moment.date().isoformat(),
            "begins": chapter is None or chapter.first,
            "headed": chapter is None or (chapter.first and not fronted(content) and chapter.opening),
            "inquiries": (chapter and chapter.inquiries)
            or [{**inquiry, "first": True} for inquiry in content["inquiries"]],
            "chart": mark_safe(chart(content)) if with_summary else "",  # noqa: S308  our SVG
            "made_with": software_words(made_with),
            **context,
        },
    )


def _places(content: Data) -> dict[str, str]:
    """Return the prefixes of the anchors of inquiries and recommendations: in their own section, else in the review
    table.
    """
    if PackSection.RECOMMENDATIONS in content["sections"]:
        return {"section": "recommendations", "inquiry": "i", "recommendation": "r"}
    if PackSection.TABLE in content["sections"]:
        return {"section": "table", "inquiry": "ti", "recommendation": "t"}
    return {}


def _source(name: str) -> str:
    """Return a style sheet kept beside the templates, which is not rendered."""
    return str(get_template(name).template.source)  # type: ignore[attr-defined]  # of Django’s own engine


def _css_string(text: str) -> str:
    """Return the text as a CSS string, with everything that could end it escaped."""
    safe = "".join(
        char if char.isalnum() or char in " .,:;-()/" or ord(char) > 0x9F else f"\\{ord(char):x} "
        for char in text
    )
    return f'"{safe}"'
