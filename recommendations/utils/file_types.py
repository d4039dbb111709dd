"""The type of an uploaded file, read from its content and never from its name.

Only types that a reader opens safely are accepted: documents, pictures and plain text, without macros. Nothing is
unpacked: of a zip-based document only its directory and one small member are read, so a zip bomb stays closed.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO

MOST_PARTS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 200
CHUNK = 256 * 1024
HEAD = 64 * 1024
TAIL = 66_000  # a zip's end record with the longest comment


@dataclass(frozen=True)
class FileType:
    """An accepted file type: its name for people, its file name extensions, and its media type."""

    name: str
    endings: tuple[str, ...]
    content_type: str


PDF = FileType("PDF", (".pdf",), "application/pdf")
PNG = FileType("PNG", (".png",), "image/png")
JPEG = FileType("JPEG", (".jpg", ".jpeg"), "image/jpeg")
GIF = FileType("GIF", (".gif",), "image/gif")
WEBP = FileType("WebP", (".webp",), "image/webp")
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
DOCX = FileType("Word (DOCX)", (".docx",), f"{_OOXML}wordprocessingml.document")
XLSX = FileType("Excel (XLSX)", (".xlsx",), f"{_OOXML}spreadsheetml.sheet")
PPTX = FileType("PowerPoint (PPTX)", (".pptx",), f"{_OOXML}presentationml.presentation")
ODT = FileType("OpenDocument text (ODT)", (".odt",), f"{_ODF}text")
ODS = FileType("OpenDocument spreadsheet (ODS)", (".ods",), f"{_ODF}spreadsheet")
CSV = FileType("CSV", (".csv",), "text/csv")
TEXT = FileType("plain text (TXT)", (".txt",), "text/plain")
KINDS = (PDF, DOCX, XLSX, PPTX, ODT, ODS, CSV, TEXT, PNG, JPEG, GIF, WEBP)

ENDINGS = ",".join(ending for kind in KINDS for ending in kind.endings)
"""The `accept` attribute of a file field."""

ALLOWED = f"{', '.join(kind.name for kind in KINDS[:-1])} or {KINDS[-1].name}"
"""The accepted types in words."""


class RejectedUpload(Exception):
    """The file is not accepted. The message is an instruction for the person who chose it."""


@dataclass(frozen=True)
class Identified:
    """A file as it is stored: its type, a clean name with the right extension, its length and hash."""

    kind: FileType
    name: str
    size: int
    sha256: str


def identify(file: IO[bytes], name: str, *, limit: int) -> Identified:
    """Return the type of the file. Raise RejectedUpload, with what to do instead, also above `limit` bytes. Rewind the
    file.
    """
    size, digest = _measure(file, limit)
    if size == 0:
        raise RejectedUpload("This file is empty. Choose another file")
    kind = _kind(file, name, size)
    file.seek(0)
    return Identified(kind, clean_name(name, kind), size, digest)


def _measure(file: IO[bytes], limit: int) -> tuple[int, str]:
    file.seek(0)
    size, digest = 0, hashlib.sha256()
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise RejectedUpload(
                f"The file must be smaller than {limit // (1024 * 1024)} MB. Choose a smaller file"
            )
        digest.update(chunk)
    return size, digest.hexdigest()


def _kind(file: IO[bytes], name: str, size: int) -> FileType:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    tail = file.read()
    if head.startswith(b"PK\x03\x04"):
        return _document_in_zip(file, tail)
    if advice := next((advice for begins, advice in MARKED_UP if begins.match(head)), ""):
        raise _wrong_kind(advice)
    kind = None
    header = PDF_HEADER.search(head[:PDF_HEADER_WITHIN])
    if header and not head[: header.start()].strip(BEFORE_PDF):
        kind = PDF if b"%%EOF" in tail else None
    elif header and not name.lower().endswith(".pdf") and _is_text(file):
        return _text_kind(name)  # which speaks of a PDF
    elif header:
        kind = None
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        kind = PNG if _whole_png(file, size) else None
    elif head.startswith(b"\xff\xd8\xff"):
        kind = JPEG if b"\xff\xd9" in tail else None
    elif head[:6] in (b"GIF87a", b"GIF89a"):
        kind = GIF if tail.rstrip(b"\0").endswith(b"\x3b") else None
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        (length,) = struct.unpack("<I", head[4:8])
        kind = WEBP if size - 9 <= length <= size - 8 else None
    elif _is_text(file):
        return _text_kind(name)
    else:
        raise _wrong_kind(_why_not(file, head, name.lower()))
    if kind is None:
        raise RejectedUpload("This file is damaged or not complete. Save it again, then choose it again")
    if b"PK\x05\x06" in tail or WEB_PAGE.search(_beside_titles(kind, tail)):
        raise RejectedUpload(
            "This file has another file hidden behind it. Save it again as a plain document or picture"
        )
    return kind


PDF_HEADER = re.compile(rb"^%PDF-[12]\.\d", re.MULTILINE)
PDF_HEADER_WITHIN = 1024
PDF_END = re.compile(rb"%%EOF(?:\s*<(?:!doctype|html|script|svg|\?xml))?", re.IGNORECASE)
BEFORE_PDF = b"\xef\xbb\xbf \t\r\n\f\0"
"""What may stand before the header of a PDF: nothing that another program could read. What is no other file may follow its
end, too, as readers take it (ISO 32000-1, annex H.3.4.1 and H.3.4.4).
"""
WEB_PAGE = re.compile(rb"<(?:!doctype html|html|script)", re.IGNORECASE)


def _text_kind(name: str) -> FileType:
    return CSV if name.lower().endswith(".csv") else TEXT


def _beside_titles(kind: FileType, tail: bytes) -> bytes:
    """Return the end of a PDF or picture without what describes it, such as a title that speaks of web pages: no program
    takes that for another file.
    """
    if kind == PDF:
        ends = list(PDF_END.finditer(tail))
        page_behind = next((end for end in ends if b"<" in end[0]), ends[-1])
        return tail[page_behind.start() :]
    if kind == PNG:  # nothing stands behind its last chunk, see _whole_png
        return b""
    return (
        tail[max(0, tail.find(b"\xff\xda")) :] if kind == JPEG else tail
    )  # from the picture itself, behind its titles


def _wrong_kind(advice: str) -> RejectedUpload:
    return RejectedUpload(f"Choose a file of one of these kinds: {ALLOWED}. {advice}".strip())


ENCODING = "Save the text in the UTF-8 encoding (in Excel: “CSV UTF-8”)"
PICTURE = "Save this picture as JPEG or PNG, then choose it again"
MARKED_UP = (
    (
        # A tag, a comment or a declaration; not a value such as "<5", by which small numbers are hidden in tables.
        re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[!?/]|[a-z][a-z0-9:.-]*(?:[\s/>]|$))", re.IGNORECASE),
        "Web pages, SVG pictures and other marked-up text can hold scripts: make a PDF or PNG of it",
    ),
    (re.compile(rb"\{\\rtf"), "Save this document as DOCX or PDF, then choose it again"),
    (re.compile(rb"%!PS"), "Save this document as PDF, then choose it again"),
)
"""How text begins that is more than text, and what to do with it."""
OTHER_KINDS = (
    (re.compile(rb"II\*\0|MM\0\*|BM"), PICTURE),
    (
        re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1|avi)", re.DOTALL),
        "Photographs as HEIC or AVIF are not taken. Save them as JPEG or PNG",
    ),
    (
        re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|ID3|OggS|fLaC|RIFF.{4}(?:AVI |WAVE)", re.DOTALL),
        "Films and sound are not taken: enter a link to them",
    ),
    (
        re.compile(rb"PK|7z\xbc\xaf|Rar!|\x1f\x8b|BZh|\xfd7zXZ"),
        "Archives are not taken: choose the files in it",
    ),
    (re.compile(rb"MZ|\x7fELF"), "Programs are not taken"),
    (re.compile(rb"\xff\xfe|\xfe\xff"), ENCODING),
)
"""How other kinds of file begin, and what to do with each."""
OLE = b"\xd0\xcf\x11\xe0"


def _why_not(file: IO[bytes], head: bytes, name: str) -> str:
    """Return what to do with a file that is neither a kind that is taken nor text; "" where that is not known."""
    if head.startswith(OLE):
        return _why_not_ole(file, head, name)
    advice = next((advice for begins, advice in OTHER_KINDS if begins.match(head)), "")
    return advice or (ENCODING if name.endswith((".csv", ".txt")) else "")


def ole_names(file: IO[bytes], head: bytes) -> bytes:
    """Return the beginning of a file in the format that old Office, its e-mails and its locked documents share, with the
    names in its directory ([MS-CFB], section 2.6), to look for a name in UTF-16.
    """
    if len(head) < 512:
        return head
    (shift,), (sector,) = struct.unpack_from("<H", head, 30), struct.unpack_from("<I", head, 48)
    file.seek((sector + 1) << min(shift, 12))
    return head + file.read(4096)


OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The name that a document locked with a password has in its directory ([MS-OFFCRYPTO], section 2.3.4)."""


def _why_not_ole(file: IO[bytes], head: bytes, name: str) -> str:
    names = ole_names(file, head)
    if OLE_LOCKED in names:
        return "This document is locked with a password. Save it without one, then choose it again"
    if "__substg1.0_".encode("utf-16-le") in names or name.endswith(".msg"):
        return "E-mails are not taken as such: save or print it as PDF, then choose that"
    return "Old Office files can hold macros: save it as DOCX, XLSX, PPTX or PDF"


def _whole_png(file: IO[bytes], size: int) -> bool:
    """Return whether its chunks follow one another from the header to IEND, with nothing after it."""
    at = 8
    while at + 12 <= size:
        file.seek(at)
        length, word = struct.unpack(">I4s", file.read(8))
        at += 12 + int(length)
        if word == b"IEND":
            return at == size
    return False


CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")


def _is_text(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            if CONTROLS.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


MAIN_PARTS = {kind.content_type + ".main+xml": kind for kind in (DOCX, XLSX, PPTX)}
ODF_TYPES = {kind.content_type: kind for kind in (ODT, ODS)}


def _document_in_zip(file: IO[bytes], tail: bytes) -> FileType:
    refused = RejectedUpload(f"Choose a file of one of these kinds: {ALLOWED}. Zip archives are not taken")
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end != 22:
        raise RejectedUpload(
            "This file is damaged or has something hidden behind it. Save it again, then choose it again"
        )
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if fault := zip_fault(parts):
                raise RejectedUpload(ZIP_ADVICE[fault])
            names = {part.filename for part in parts}
            if "[Content_Types].xml" in names:
                kind = _office_kind(_small_part(archive, "[Content_Types].xml"), names)
            elif parts[0].filename == "mimetype":
                kind = ODF_TYPES.get(_small_part(archive, "mimetype").strip())
                if kind and any(name.startswith(("Basic/", "Scripts/")) for name in names):
                    raise RejectedUpload(
                        "This document holds macros. Save it without them, then choose it again"
                    )
            else:
                kind = None
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError,
        ValueError, KeyError, IndexError, EOFError, OSError,
    ) as error:  # fmt: skip
        raise RejectedUpload("This file is damaged. Save it again, then choose it again") from error
    except Exception as error:
        if isinstance(error, RejectedUpload):
            raise
        # zlib.error and the like, from a member made to be unreadable
        raise RejectedUpload("This file is damaged. Save it again, then choose it again") from error
    if kind is None:
        raise refused
    return kind


class ZipFault(StrEnum):
    """What makes a zip-based document unsafe to open."""

    TOO_MANY_PARTS = "too many parts"
    TOO_LARGE = "too large when unpacked"
    DECEPTIVE = "damaged or made to deceive"
    LOCKED = "locked with a password"


ZIP_ADVICE = {
    ZipFault.TOO_MANY_PARTS: "This document has too many parts. Make a PDF of it instead",
    ZipFault.TOO_LARGE: "This document would be far too large when opened. Make a PDF of it instead",
    ZipFault.DECEPTIVE: "This file is damaged or made to deceive. Save it again, then choose it again",
    ZipFault.LOCKED: "This document is locked with a password. Save it without one, then choose it again",
}


def zip_fault(parts: list[zipfile.ZipInfo], *, ratio: int = MOST_RATIO) -> ZipFault | None:
    """Return what is unsafe about a zip with this directory; None if it may be opened. Nothing is unpacked. `ratio` is how
    many times larger its parts may become.
    """
    if not parts or len(parts) > MOST_PARTS or len({part.filename for part in parts}) != len(parts):
        return ZipFault.TOO_MANY_PARTS
    packed, unpacked = sum(p.compress_size for p in parts), sum(p.file_size for p in parts)
    if unpacked > MOST_UNPACKED or (unpacked > 20_000_000 and unpacked > ratio * max(packed, 1)):
        return ZipFault.TOO_LARGE
    starts = sorted((part.header_offset, part.compress_size) for part in parts)
    overlapping = any(a + size > b for (a, size), (b, _) in pairwise(starts))
    climbing = any(part.filename.startswith(("/", "\\")) or ".." in part.filename for part in parts)
    if starts[0][0] != 0 or overlapping or climbing:
        return ZipFault.DECEPTIVE
    return ZipFault.LOCKED if any(part.flag_bits & 0x1 for part in parts) else None


def _small_part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(500_000).decode("utf-8", "replace")


def _office_kind(content_types: str, names: set[str]) -> FileType | None:
    if re.search("macroenabled|vbaproject", content_types, re.IGNORECASE) or any(
        name.lower().endswith("vbaproject.bin") for name in names
    ):
        raise RejectedUpload("This document holds macros. Save it without them, then choose it again")
    return next((kind for main, kind in MAIN_PARTS.items() if main in content_types), None)


def clean_name(name: str, kind: FileType) -> str:
    """Return the file's name without folders, control or direction marks, at most 120 characters, with the extension of
    its type.
    """
    name = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", name)).name).name
    name = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in name)
    name = re.sub(r'["\'<>:;|?*\\/]', "", re.sub(r"\s+", " ", name)).strip(" .")
    path = PurePosixPath(name or "file")
    if path.suffix.lower() in kind.endings:
        stem, ending = path.stem, path.suffix.lower()
    else:
        known = {ending for each in KINDS for ending in each.endings} | {".html", ".htm", ".svg", ".exe"}
        stem = path.stem if path.suffix.lower() in known else path.name
        ending = kind.endings[0]
    return f"{(stem or 'file')[: 120 - len(ending)].strip(' .') or 'file'}{ending}"
