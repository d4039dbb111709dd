"""The characters that can be printed, and the files of the typeface."""

from __future__ import annotations

import subprocess
import unicodedata
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from recommendations.packs.pdf.render import FACES, FAMILIES, RenderError

FALLBACK = "DejaVu Sans"
SHOWN_AS_EMOJI = frozenset(
    char
    for first, last in (
        (0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE),
        (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1),
        (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4),
        (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD),
        (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E),
        (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF),
        (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55),
    )
    for char in range(first, last + 1)
)  # fmt: skip
"""Characters below U+1F000 that emoji fonts claim (Unicode, Emoji_Presentation)."""


def printable(text: str) -> str:
    """Return the text with characters that no embedded font can draw replaced by their names in brackets.

    A character without a glyph would be an empty box on paper and nothing at all to a screen reader (and is not allowed
    in PDF/UA-1); emoji differ from machine to machine.
    """
    if text.isascii():
        return text
    drawable = _drawable()
    return "".join(char if (code := ord(char)) < 0x7F or code in drawable else _named(char) for char in text)


def _named(char: str) -> str:
    category = unicodedata.category(char)
    if (
        category in ("Mn", "Me", "Cf", "Cc", "Cs")
        or 0xFE00 <= ord(char) <= 0xFE0F
        or 0x1F3FB <= ord(char) <= 0x1F3FF
    ):
        return ""
    if category == "Zs":
        return " "
    return f"[{unicodedata.name(char, 'unknown character').lower()}]"


@cache
def _drawable() -> frozenset[int]:
    """Return the characters that our typeface or the fallback can draw, without emoji."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    files = [font_file(f"{subset}-400-normal") for subset in FAMILIES.values()]
    for path in [*files, *_fallback_file()]:
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    invisible = {0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    return frozenset(
        code
        for code in (found | {0x0A, 0x20, 0xA0}) - invisible
        if code < 0x1F000 and code not in SHOWN_AS_EMOJI
    )


def _fallback_file() -> list[Path]:
    """Return the path of the fallback font, or None if the machine has none."""
    try:
        answer = subprocess.run(
            ["fc-match", "-f", "%{family}\t%{file}", FALLBACK],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        likely = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
        return [likely] if likely.exists() else []
    family, _, path = answer.partition("\t")
    return [Path(path)] if family.split(",")[0] == FALLBACK else []


def font_file(face: str) -> Path:
    found = finders.find(f"built/fonts/atkinson-hyperlegible-next-{face}.woff2")
    if not found:
        raise RenderError(
            "The typeface is not built on the server. Ask your administrator to run script/setup"
        )
    return Path(found)


def font_files() -> dict[str, str]:
    """Return the path of each file of the typeface. Raise RenderError if it is not built."""
    return {face: str(font_file(face)) for face in FACES}


@cache
def glyphs(text: str) -> dict[str, tuple[int, float]]:
    """Return, for each character of the text, its glyph in the regular typeface and its width in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file("latin-400-normal"), lazy=True) as font:
        names, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        return {
            char: (font.getGlyphID(names[ord(char)]), widths[names[ord(char)]][0] * 1000 / unit)
            for char in set(text)
        }
