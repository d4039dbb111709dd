"""Takes a tracker's file by its content, never by its name, and gives it to the reader of its format.

Nothing is run, fetched or written, and what would take too much memory is refused before it is opened.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from recommendations.trackers.cells import CannotBeRead, TrackerFile
from recommendations.trackers.limits import MOST_BYTES, MOST_UNPACKED_RATIO
from recommendations.trackers.readers import delimited, excel, web_page, word
from recommendations.trackers.readers.source import Source
from recommendations.trackers.readers.text import plain_name
from recommendations.utils.file_types import OLE_LOCKED, ZipFault, ole_names, zip_fault

HEAD = 64 * 1024
TAKEN = "a Word document (.docx), an Excel workbook (.xlsx), a CSV or text file, or a saved web page (.html)"
"""What can be read, in words."""


@dataclass(frozen=True)
class Format:
    """A format of files: how it is known, and its reader or what to do instead."""

    name: str
    is_it: Callable[[Source], bool]
    read: Callable[[Source], TrackerFile] | None = None
    instead: str = ""


def read_tracker_file(
    file: str | Path | IO[bytes], name: str = "", *, encoding: str | None = None, delimiter: str | None = None
) -> TrackerFile:
    """Return what the file holds. `file` is a path or open for reading in binary mode; `name` is its name as uploaded.

    `encoding` and `delimiter` are a person's choice for text files. Raise CannotBeRead, with one sentence that says why and
    what to do, where the file is no tracker's file, is locked or damaged, or passes a limit.
    """
    if isinstance(file, str | Path):
        try:
            with Path(file).open("rb") as opened:
                return read_tracker_file(
                    opened, name or Path(file).name, encoding=encoding, delimiter=delimiter
                )
        except OSError as error:
            raise CannotBeRead(
                "The file can't be opened: see that it is there and that it may be read"
            ) from error
    source = _source(file, name, encoding, delimiter)
    kind = next((each for each in FORMATS if each.is_it(source)), None)
    if kind is None:
        raise CannotBeRead(f"This is no file that can be read as a tracker: bring {TAKEN}")
    if kind.read is None:
        raise CannotBeRead(kind.instead)
    try:
        return kind.read(source)
    except (RecursionError, MemoryError) as error:
        raise CannotBeRead(
            "The file is nested too deep to be read: copy its table to a new file, then bring that"
        ) from error


def _source(file: IO[bytes], name: str, encoding: str | None, delimiter: str | None) -> Source:
    size = file.seek(0, 2)
    if size == 0:
        raise CannotBeRead("The file is empty: bring another")
    if size > MOST_BYTES:
        raise CannotBeRead(
            f"The file has {size // 1024**2} MB and at most {MOST_BYTES // 1024**2} MB can be read: take out the pictures, or"
            " copy its table to a new file"
        )
    file.seek(0)
    head = file.read(HEAD)
    return Source(file, plain_name(name), size, head, _parts(file, head), encoding, delimiter)


def _parts(file: IO[bytes], head: bytes) -> dict[str, zipfile.ZipInfo] | None:
    """Return the directory of a zip-based file by name; None for others."""
    if not head.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise CannotBeRead(
            "The file is damaged or not complete: save or download it again, then bring it"
        ) from error
    if fault := zip_fault(parts, ratio=MOST_UNPACKED_RATIO):
        raise CannotBeRead(UNSAFE[fault])
    return {part.filename.lstrip("/").lower(): part for part in parts}


LOCKED = "The file is locked with a password: open it, save it without one, then bring it again"
UNSAFE = {
    ZipFault.TOO_MANY_PARTS: "The file has too many parts to be read: copy its table to a new file, then bring that",
    ZipFault.TOO_LARGE: "The file would be far too large when unpacked: copy its table to a new file, then bring that",
    ZipFault.DECEPTIVE: "The file is damaged or made to deceive: open it, save it as a new file, then bring that",
    ZipFault.LOCKED: LOCKED,
}


# ------------------------------------------------------------------ how each format is known

MAIN_PARTS = {
    "wordprocessingml": re.compile(
        r"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.(?:document|template)\.macroEnabled"
    ),
    "spreadsheetml": re.compile(
        r"spreadsheetml\.(?:sheet|template)\.main\+xml|ms-excel\.(?:sheet|template)\.macroEnabled"
    ),
    "presentationml": re.compile(r"presentationml|ms-powerpoint"),
}


def _is_office(kind: str) -> Callable[[Source], bool]:
    return lambda source: bool(MAIN_PARTS[kind].search(source.content_types))


def _has_part(*names: str) -> Callable[[Source], bool]:
    return lambda source: source.parts is not None and any(name in source.parts for name in names)


def _is_open_document(source: Source) -> bool:
    return source.parts is not None and b"mimetypeapplication/vnd.oasis.opendocument" in source.head[:200]


def _begins(pattern: bytes) -> Callable[[Source], bool]:
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda source: bool(compiled.match(source.head))


OLE = b"\xd0\xcf\x11\xe0"


def _ole(*names: str) -> Callable[[Source], bool]:
    """Return whether a file in the container of old Office has one of these names in its directory."""
    wanted = [name.encode("utf-16-le") for name in names]

    def is_it(source: Source) -> bool:
        if not source.head.startswith(OLE):
            return False
        inside = ole_names(source.file, source.head)
        return any(name in inside for name in wanted)

    return is_it


def _is_marked_up(source: Source) -> bool:
    return web_page.is_web_page(source.beginning)


def _is_other_xml(source: Source) -> bool:
    return bool(re.match(r"\s*<(?:\?xml|!|[a-z][a-z0-9:.-]*[\s/>])", source.beginning[:1000], re.IGNORECASE))


SAVE_AS_DOCX = "open it in Word, choose Save As and “Word Document (.docx)”, then bring that file"
SAVE_AS_XLSX = "open it in Excel, choose Save As and “Excel Workbook (.xlsx)”, then bring that file"
FORMATS = (
    Format("docx", _is_office("wordprocessingml"), word.read),
    Format("xlsx", _is_office("spreadsheetml"), excel.read),
    Format(
        "pptx",
        _is_office("presentationml"),
        instead=f"Presentations can't be read: copy the table and bring {TAKEN}",
    ),
    Format(
        "xlsb",
        _has_part("xl/workbook.bin"),
        instead=f"Binary workbooks (.xlsb) can't be read: {SAVE_AS_XLSX}",
    ),
    Format(
        "odf",
        _is_open_document,
        instead="OpenDocument files can't be read yet: open it, choose Save As and “Word (.docx)” or “Excel (.xlsx)”, then"
        " bring that file",
    ),
    Format(
        "zip",
        lambda source: source.parts is not None,
        instead="Archives can't be read yet: unpack it and bring the files in it one by one",
    ),
    Format("locked", _ole(OLE_LOCKED.decode("utf-16-le")), instead=LOCKED),
    Format("doc", _ole("WordDocument"), instead=f"Old Word documents (.doc) can't be read: {SAVE_AS_DOCX}"),
    Format(
        "xls",
        _ole("Workbook", "Book"),
        instead=f"Old Excel workbooks (.xls) can't be read yet: {SAVE_AS_XLSX}",
    ),
    Format("ole", _begins(re.escape(OLE)), instead=f"This kind of file can't be read: bring {TAKEN}"),
    Format("rtf", _begins(rb"\s*\{\\rtf"), instead=f"Rich text (.rtf) can't be read: {SAVE_AS_DOCX}"),
    Format(
        "pdf",
        _begins(rb"[\xef\xbb\xbf\s\0]{0,64}%PDF-"),
        instead="PDF files can't be read yet: bring the Word or Excel file that it was made from",
    ),
    Format(
        "mhtml",
        _begins(
            rb"(?:From: |MIME-Version:|Subject: |Snapshot-Content-Location:|Content-Type: multipart/related)"
        ),
        instead="Web archives (.mhtml) can't be read yet: open the page, choose Save As and “Web page, HTML only”, then"
        " bring that file",
    ),
    Format("html", _is_marked_up, web_page.read),
    Format(
        "xml",
        _is_other_xml,
        instead="XML files can't be read: open it in the program that made it, save it as .docx or .xlsx, then bring that",
    ),
    Format("csv", lambda source: source.is_text, delimited.read),
)
"""The formats, the first that a file is one of. A reader for another is added here."""
