"""A pack's chart as an image for the Word document, the same as on the PDF's page."""

from __future__ import annotations

import io
import re
import threading
from dataclasses import dataclass
from html import unescape

from recommendations.packs.pdf import worker_pool
from recommendations.packs.pdf.fonts import font_files, printable
from recommendations.packs.pdf.render import Chunk

WIDE = 642
"""CSS pixels: the width of the text of a portrait page."""
SHARP = 3
"""Dots for each point: 216 to the inch."""

_alone = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A drawing as PNG, with its text for people who cannot see it."""

    png: bytes
    title: str
    description: str


def picture(svg: str) -> Picture:
    """Return the drawing as an image as wide as the text, with its title and description.

    The same drawing gives the same bytes with the same software. Raise RenderError if the machine lacks Pango or the
    typeface.
    """
    import pypdfium2

    height = int(re.findall(r'<svg [^>]*height="(\d+)"', svg)[0])
    page = f"@page {{ size: {WIDE}px {height}px; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    part = Chunk(f"<!DOCTYPE html><html><body>{printable(svg)}</body></html>", page, tagged=False)
    (laid_out,) = worker_pool.lay_out_all([part], font_files())
    with _alone:  # PDFium is not thread-safe
        document = pypdfium2.PdfDocument(laid_out.data)
        try:
            drawn = document[0].render(scale=SHARP).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    drawn.quantize(64).save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), _element_text(svg, "title"), _element_text(svg, "desc"))


def _element_text(svg: str, element: str) -> str:
    found = re.search(rf"<{element}[^>]*>(.*?)</{element}>", svg, re.DOTALL)
    return unescape(found[1]) if found else ""
