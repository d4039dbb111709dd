"""A PDF as a screen reader walks through it: its tree of tags with the words that each element holds."""

from __future__ import annotations

from pathlib import Path

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
