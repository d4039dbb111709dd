"""Text of a file as the readers give it: its own words, without what nobody can see."""

from __future__ import annotations

import re

from committee.text import CONTROLS, DIRECTIONS, LINE_ENDS, UNKEPT, clean_line
from recommendations.trackers.readers.notices import Notices

ODD_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
TOLD = {"direction marks": re.compile(f"[{DIRECTIONS}]"), "control characters": re.compile(f"[{CONTROLS}]")}
ESCAPED_LINE_END = re.compile("_x000D_\n?", re.IGNORECASE)
"""What Excel writes for a line end in words that were copied from an e-mail."""
BULLETS = str.maketrans({"\uf0b7": "\u2022", "\uf0a7": "\u2022", "\uf0d8": "\u2022", "\uf0fc": "\u2713"})
"""Letters of Word's fonts of signs, as they come out where they are copied."""
MISTAKEN = str.maketrans(
    {chr(code): letter for code in range(0x80, 0xA0) if (letter := bytes([code]).decode("cp1252", "ignore"))}
)
"""Control characters that are letters of Windows-1252, taken for Latin-1 somewhere on their way: "&#146;"."""
EVERY_DAY = re.compile("[\t\n\x20-\x7e\u00a3\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*")
"""What most texts are made of, and nothing has to be done about."""


def readable(text: str, notices: Notices, place: str = "") -> str:
    """Return the text with each kind of blank as a space, each kind of line end as "\\n", and without control characters,
    marks of direction and characters without a shape. The first two are told.
    """
    if "_x" in text:
        text = ESCAPED_LINE_END.sub("\n", text)
    if EVERY_DAY.fullmatch(text):
        return text
    text = text.translate(MISTAKEN)
    for kind, marks in TOLD.items():
        if marks.search(text.replace("\r", "\n")):
            notices.tell(kind, place)
    return UNKEPT.sub("", ODD_BLANKS.sub(" ", LINE_ENDS.sub("\n", text))).translate(BULLETS)


def plain_name(name: str) -> str:
    """Return a file's name without folders and without what nobody can see, at most 200 characters."""
    return clean_line(re.split(r"[/\\]", name)[-1])[:200] or "file"
