"""Files as their readers find them: a PDF as a screen reader walks through it, a Word document as styled paragraphs."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.text.paragraph import Paragraph
from outloud import Document
from outloud.rules._common import element_text


def read_out(path: Path) -> list[str]:
    """A line for each element of the tags, indented by depth: what it is, and the words that are its own."""
    document = Document(str(path))
    try:
        lines = []
        for element in document.elements:
            words = " ".join(element_text(document, element, include_children=False).split())
            more = f" ({element.alt})" if element.alt and element.type == "Figure" else ""
            lines.append(f"{'  ' * element.depth}{element.type}{more}{': ' + words if words else ''}")
        return lines
    finally:
        document.close()


def styled(data: bytes) -> list[str]:
    """A line for each paragraph of a Word document, its cells' too: its style, and its words."""
    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(_paragraph(block))
            continue
        lines.append(f"Table of {len(block.columns)} columns")
        for row in block.rows:
            lines.append("  Row")
            for cell in row.cells:
                lines += [f"    {_paragraph(part)}" for part in cell.paragraphs]
    return lines


def _paragraph(paragraph: Paragraph) -> str:
    style = paragraph.style.name if paragraph.style is not None else ""
    return f"{style}: {' '.join(paragraph.text.split())}"
