"""A pack's content written out as HTML, for paper (the PDF) and for the screen (the twin, the preview)."""

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

from committee.formatting import plural
from recommendations.charts import Counts, ProgressRow, progress_chart
from recommendations.lifecycle import Edition, PackSection
from recommendations.packs.content import Data
from recommendations.templatetags.packs import day_words

FIRST = [("purpose", "Purpose")]
LAST = [("about", "About this pack")]
FRONT = (PackSection.COVER, PackSection.CONTENTS)
"""What has no number: it stands before the sections."""
SOFTWARE = ("Recommendation tracker", "WeasyPrint", "pikepdf", "PDFium", "Pango", "Python")
"""The order in which a pack names what made it: the database does not keep one."""
ALWAYS_ONCE = [*FRONT, PackSection.DECISIONS]
"""What packs of the first format always had and did not name."""


def paper_html(content: Data, *, content_hash: str, made_with: dict[str, str], **part: Any) -> str:
    """One part of the document that becomes the PDF; its style is ``paper_css``. ``part`` holds its ``chapter``, which
    the cover with the contents has not; and ``elsewhere``, how links to places begin."""
    return _render(
        content, template="packs/paper.html", content_hash=content_hash, made_with=made_with, **part
    )


def paper_css(*, wide: bool = False) -> str:
    """The style of all parts of the PDF, and of those whose pages lie on their side."""
    return base_css() + _source("packs/paper.css") + ("@page { size: A4 landscape; }\n" if wide else "")


def furniture_css(content: Data) -> str:
    """The style of the running heads, with what they say, on a page that stands and one that lies."""
    heads = running_heads(content)
    style = _source("packs/furniture.css")
    for word in ("meeting", "edition", "foot"):
        style = style.replace(f'"{word.upper()}"', _css_string(heads[word]))
    if heads["cited"]:
        style = style.replace("padding-bottom: 4mm", "padding-bottom: 9mm")
    return base_css() + style


def furniture_html(content: Data, numbers: str) -> str:
    """Empty pages that get the running heads, one that stands and one that lies, and one with the typeface of the page
    numbers."""
    cited = escape(running_heads(content)["cited"]) or "&nbsp;"
    pages = (("upright cited", cited), ("lying cited", cited), ("face", numbers))
    return "<html><body>" + "".join(f'<p class="{name}">{words}</p>' for name, words in pages)


def running_heads(content: Data) -> dict[str, str]:
    """What every page says, of every file: the meeting; the edition, and the paragraphs that an exempt one cites; at
    its foot the council and the title."""
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
    """One whole page for a browser, which also prints well."""
    return _render(
        content,
        content_hash=content_hash,
        made_with=made_with or {},
        style=mark_safe(screen_css()),  # noqa: S308  our own file
        back=back,
        back_words=back_words,
        preview=preview,
    )


def screen_css() -> str:
    """The style of the screen page, written into it, so that the page stays whole wherever it is kept."""
    faces = "".join(
        '@font-face { font-family: "Atkinson Hyperlegible Next"; font-weight: '
        f"{weight}; font-display: swap; src: url({settings.STATIC_URL}built/fonts/"
        f'atkinson-hyperlegible-next-latin-{weight}-normal.woff2) format("woff2"); }}\n'
        for weight in (400, 600, 700)
    )
    return faces + base_css() + _source("packs/screen.css")


def style_source(html: str) -> str:
    """What a content security policy must name to let the page's own style through."""
    style = html.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def issue_words(content: Data) -> str:
    """ "version 2" or "supplement 1"; nothing for the first version. Packs of the first format had no supplements."""
    if content["format"] == 1:
        return f"version {content['number']}" if content["number"] > 1 else ""
    return str(content["issue"])


def software_words(made_with: dict[str, str]) -> str:
    """What made the pack, with versions."""
    place = {name: index for index, name in enumerate(SOFTWARE)}
    ordered = sorted(made_with.items(), key=lambda item: (place.get(item[0], len(place)), item[0]))
    return ", ".join(f"{name} {version}" for name, version in ordered)


def _replaced_words(content: Data) -> str:
    """Which issue this one follows, in words."""
    followed = content["replaces"] or {"number": 1}
    return str(followed.get("issue") or f"version {followed['number']}")


def base_css() -> str:
    return _source("packs/pack.css").replace("COLOUR", settings.COUNCIL_COLOUR)


def chosen(content: Data) -> list[str]:
    """The sections chosen, in the order of the document."""
    return [*(ALWAYS_ONCE if content["format"] == 1 else ()), *content["sections"]]


def fronted(content: Data) -> bool:
    """Whether the pack begins with pages of their own, its cover or its contents."""
    return any(section in chosen(content) for section in FRONT)


def sections(content: Data) -> list[dict[str, Any]]:
    """The parts of the document behind cover and contents, in their order, numbered."""
    middle = [(value, str(PackSection(value).label)) for value in chosen(content) if value not in FRONT]
    return [
        {"id": name, "title": title, "number": number, "template": f"packs/_{name}.html"}
        for number, (name, title) in enumerate([*FIRST, *middle, *LAST], start=1)
    ]


def chart(content: Data) -> str:
    """The bar of where the recommendations stand, for all and for each inquiry where there are several."""
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
    """How the places of inquiries and recommendations begin: in their own section, else in the review table."""
    if PackSection.RECOMMENDATIONS in content["sections"]:
        return {"section": "recommendations", "inquiry": "i", "recommendation": "r"}
    if PackSection.TABLE in content["sections"]:
        return {"section": "table", "inquiry": "ti", "recommendation": "t"}
    return {}


def _source(name: str) -> str:
    """A style as it is kept beside the templates; it holds nothing to render."""
    return str(get_template(name).template.source)  # type: ignore[attr-defined]  # of Django’s own engine


def _css_string(text: str) -> str:
    """The text as a CSS string. Whatever could end it is written as an escape."""
    safe = "".join(
        char if char.isalnum() or char in " .,:;-()/" or ord(char) > 0x9F else f"\\{ord(char):x} "
        for char in text
    )
    return f'"{safe}"'
