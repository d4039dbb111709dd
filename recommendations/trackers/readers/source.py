"""A file that is to be read: its first bytes, its parts, and its words in their encoding."""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import IO

from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.limits import MOST_TEXT_BYTES
from recommendations.trackers.readers.notices import Notices

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MOST_CONTROLS = 0.005
"""The share of control characters above which a file is no text."""
CONTROLS = re.compile(b"[\0-\x08\x0e-\x1f\x7f]")
MIXED = 0.1
"""The share of letters outside UTF-8 up to which a file is UTF-8 with a few in Windows-1252, such as pasted quotes."""


@dataclass(frozen=True)
class Source:
    """One file, as far as it must be known to choose its reader."""

    file: IO[bytes]
    name: str
    size: int
    head: bytes
    parts: dict[str, zipfile.ZipInfo] | None
    """Of a zip-based file, by name in lower case."""
    encoding: str | None = None
    """As a person chose it, for text."""
    delimiter: str | None = None

    @cached_property
    def content_types(self) -> str:
        """What a zip-based Office document says of the kinds of its parts; "" for others."""
        part = (self.parts or {}).get("[content_types].xml")
        if part is None:
            return ""
        try:
            with zipfile.ZipFile(self.file) as archive, archive.open(part) as opened:
                return opened.read(1_000_000).decode("utf-8", "replace").replace("\0", "")
        except Exception as error:  # zlib.error and others, from a part made to be unreadable
            raise CannotBeRead(
                "The file is damaged or not complete: save or download it again, then bring it"
            ) from error

    @cached_property
    def beginning(self) -> str:
        """The first words of a text file, for its markup."""
        return (
            self.head.removeprefix(codecs.BOM_UTF8)
            .decode(_wide(self.head) or "latin-1", "ignore")
            .lstrip("\ufeff")
        )

    @cached_property
    def is_text(self) -> bool:
        """Whether the file is words: programs, pictures and archives are full of control characters."""
        beginning = self.beginning.encode("utf-8", "ignore")
        return len(CONTROLS.findall(beginning)) <= MOST_CONTROLS * len(beginning)

    def decoded(self, notices: Notices, declared: str | None = None) -> tuple[str, str]:
        """Return the whole text and the name of its encoding: the one a person chose, or by its first bytes, or the one
        `declared` in it, or strict UTF-8, or Windows-1252.
        """
        if self.size > MOST_TEXT_BYTES:
            raise CannotBeRead(
                f"The file has {self.size // 1024**2} MB of text and at most {MOST_TEXT_BYTES // 1024**2} MB can be read: split it"
                " into smaller files"
            )
        self.file.seek(0)
        content = self.file.read()
        if self.encoding:
            return _as_chosen(content, self.encoding), self.encoding
        for bom, encoding in BOMS:
            if content.startswith(bom):
                return _lenient(content[len(bom) :], encoding, notices), encoding
        if wide := _wide(content[:4096]):
            return _lenient(content, wide, notices), wide
        if declared:
            try:
                return content.decode(declared), declared
            except (UnicodeDecodeError, LookupError):
                pass  # what a page says of itself is often wrong
        try:
            return content.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            return _not_utf8(content, notices)


def _wide(head: bytes) -> str | None:
    """Return which UTF-16 the text is in, by the NULs beside its letters; None for others."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = head[: len(head) // 2 * 2][:4096]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * pairs and odd < 0.1 * pairs else None


def _as_chosen(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise CannotBeRead(f"The file is not in the encoding {encoding}: choose another") from error
    return text.removeprefix("\ufeff")


def _lenient(content: bytes, encoding: str, notices: Notices) -> str:
    text = content.decode(encoding, "replace")
    if unreadable := text.count("\ufffd"):
        notices.tell("unreadable letters", count=unreadable)
    return text


def _windows_letter(error: UnicodeError) -> tuple[str, int]:
    """Take what is not UTF-8 for Windows-1252, one byte at a time."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error("trackers.windows-1252", _windows_letter)


def _not_utf8(content: bytes, notices: Notices) -> tuple[str, str]:
    outside = content.decode("utf-8", "replace").count("\ufffd")
    letters = len(re.sub("[\\x00-\\x7f]+", "", content.decode("utf-8", "ignore")))
    if outside <= MIXED * letters:
        notices.tell("mixed encodings")
        return content.decode("utf-8", "trackers.windows-1252"), "utf-8"
    return _lenient(content, "windows-1252", notices), "windows-1252"
