"""A pack's content to a tagged PDF, PDF/UA-1 and PDF/A-3a at once; the same bytes for the same content and software.

The content is divided (`pdf.chunks`), the chunks are laid out in parallel (`pdf.render`, `pdf.worker_pool`) and merged
(`pdf.merge`), which knows the page of everything and writes the numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import Any

from recommendations.lifecycle import PackSection
from recommendations.packs.data_table import table
from recommendations.packs.html import (
    chosen,
    fronted,
    furniture_css,
    furniture_html,
    paper_css,
    paper_html,
    software_words,
)
from recommendations.packs.pdf import worker_pool
from recommendations.packs.pdf.chunks import chapters
from recommendations.packs.pdf.fonts import font_files, glyphs, printable
from recommendations.packs.pdf.merge import About, Attached, Furniture, merge
from recommendations.packs.pdf.render import ELSEWHERE, Chunk, RenderedChunk, pango_version
from recommendations.packs.values import Data
from recommendations.templatetags.packs import day_words

Step = Callable[[int, int], None]
"""Called with how many recommendations are laid out, and how many pages they took. It may raise to stop the work."""

NUMBERED = "Page 0123456789 of ."


@dataclass(frozen=True)
class Printed:
    """A finished PDF."""

    data: bytes
    pages: int


def make_pdf(
    content: Data,
    *,
    content_hash: str,
    made_with: dict[str, str],
    step: Step = lambda done, pages: None,
    wanted: Callable[[], None] = lambda: None,
) -> Printed:
    """Return the PDF of a pack's content.

    `wanted` is called while a chunk is laid out, and may raise to stop the work, as `step` may. Raise RenderError if
    the machine lacks Pango or the typeface.
    """
    fonts = font_files()
    details: dict[str, Any] = {"content_hash": content_hash, "made_with": made_with}
    rest = chapters(content)
    # The longest first, so that no process is idle at the end; and each rendered to HTML only when it is needed, so
    # that the first are laid out meanwhile.
    order = sorted(range(len(rest)), key=lambda index: -rest[index].length)
    parts = chain(
        (_part(content, details, chapter=rest[index], wide=rest[index].wide) for index in order),
        (_part(content, details) for _ in range(fronted(content))),
        [_sheets(content)],
    )
    weights = [rest[index].recommendations for index in order] + [0] * (1 + fronted(content))
    *found, sheets = _laid_out(worker_pool.lay_out_all(parts, fonts, wanted), weights, step)
    behind = dict(zip(order, found, strict=False))
    laid_out = found[len(rest) :] + [behind[index] for index in range(len(rest))]
    data = merge(
        laid_out,
        Furniture(sheets.data, glyphs(NUMBERED)),
        _about(content, content_hash, made_with),
        contents=laid_out[0].pages if PackSection.CONTENTS in chosen(content) else 0,
    )
    return Printed(data, sum(part.pages for part in laid_out))


def _laid_out(
    parts: Iterable[RenderedChunk], recommendations: Sequence[int], step: Step
) -> list[RenderedChunk]:
    """Yield the chunks, and report the progress after each."""
    found: list[RenderedChunk] = []
    done = pages = 0
    step(done, pages)
    for part, number in zip(parts, recommendations, strict=True):
        found.append(part)
        done += number
        pages += part.pages
        step(done, pages)
    return found


def _part(content: Data, details: dict[str, Any], *, wide: bool = False, **part: Any) -> Chunk:
    html = paper_html(content, elsewhere=ELSEWHERE, **details, **part)
    return Chunk(printable(html), printable(paper_css(wide=wide)), wide)


def _sheets(content: Data) -> Chunk:
    """Return the pages with running heads."""
    html = furniture_html(content, NUMBERED)
    return Chunk(printable(html), printable(furniture_css(content)), tagged=False)


def _about(content: Data, content_hash: str, made_with: dict[str, str]) -> About:
    meeting = content["meeting"]
    where = f"{meeting['name']}, {day_words(meeting['held_on'])}"
    council = content["council"]
    author = content["report_of"] if council in content["report_of"] else f"{content['report_of']}, {council}"
    rows = io.StringIO()
    csv.writer(rows).writerows(table(content))
    whole = json.dumps(
        {"content_hash": content_hash, "content": content}, ensure_ascii=False, indent=1, sort_keys=True
    )
    return About(
        title=f"{content['title']}: {where} ({content['edition']['label']})",
        author=author,
        subject=f"Briefing pack for {where}. {content['edition']['label']}.",
        language=content["language"],
        made=dt.datetime.fromisoformat(content["as_at"]),
        producer=software_words(made_with) or "WeasyPrint",
        attached=[
            Attached(
                "pack.csv", rows.getvalue().encode("utf-8-sig"), "text/csv", "The pack as a table", "Data"
            ),
            Attached("pack.json", whole.encode(), "application/json", "The pack’s data, whole", "Source"),
        ],
    )


def made_with() -> dict[str, str]:
    """Return the software that decides how a pack looks, with versions: the same ones give the same bytes."""
    return {
        "Recommendation tracker": _version("recommendation-tracker") or "0.1.0",
        "WeasyPrint": _version("weasyprint"),
        "pikepdf": _version("pikepdf"),
        "PDFium": _version("pypdfium2"),
        "Pango": pango_version(),
        "Python": platform.python_version(),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
