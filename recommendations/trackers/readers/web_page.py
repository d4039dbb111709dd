"""Reads saved web pages: tables in one another, cells over rows and columns, lists, and what is struck or hidden.

Nothing is run and nothing is fetched.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from recommendations.trackers.cells import CannotBeRead, TrackerFile
from recommendations.trackers.limits import MOST_ROWS_OF_PAGE, MOST_TAGS
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.flow import Flow
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.source import Source
from recommendations.trackers.readers.text import readable
from recommendations.trackers.readers.web_repair import repair_tables
from recommendations.trackers.readers.web_story import Page
from recommendations.trackers.readers.web_styles import StyleSheet

BEGINNING = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|title|div|p|center|font|h[1-6]|section|main|article)[\s>/]",
    re.IGNORECASE,
)
XML_DECLARATION = re.compile(r"\s*<\?xml", re.IGNORECASE)
ROOT = re.compile(r"<html[\s>]|<!doctype\s+html", re.IGNORECASE)
ROW = re.compile(r"<tr[\s>/]", re.IGNORECASE)
LOOKED_AT = 64 * 1024
"""Letters at the beginning by which a page is known."""
CHARSET = re.compile(r"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.IGNORECASE)
XML_ENCODING = re.compile(
    r"""<\?xml[^<>]{0,100}?encoding\s*=\s*["']([a-z0-9_:.-]{2,40})["']""", re.IGNORECASE
)
LATIN = {
    "iso-8859-1",
    "iso8859-1",
    "latin1",
    "latin-1",
    "us-ascii",
    "ascii",
    "windows-1252",
    "cp1252",
    "x-cp1252",
    "ansi",
}
"""Names that browsers take for Windows-1252 (WHATWG's Encoding Standard)."""
TOO_DEEP = "The page is nested too deep to be read: copy its table to a new file, then bring that"


def is_web_page(text: str) -> bool:
    """Return whether a file that begins like this is a web page."""
    text = text.lstrip()[:LOOKED_AT]
    if not text.startswith("<"):
        return False
    return bool(ROOT.search(text) if XML_DECLARATION.match(text) else BEGINNING.search(text))


def read(source: Source) -> TrackerFile:
    """Return the tables of the page, in the order in which they begin, and the paragraphs outside them."""
    notices = Notices()
    text, encoding = source.decoded(notices, _declared(source.beginning))
    _refuse_too_many(text)
    root = _parsed(text.replace("\0", ""))
    if root is None:
        raise CannotBeRead("The page has no words: bring another")
    repair_tables(root)
    page = Page(Flow(Budget()), StyleSheet([each.text or "" for each in root.iter("style")]), notices)
    page.read(root)
    title = next((readable(" ".join((each.text or "").split()), notices) for each in root.iter("title")), "")
    return TrackerFile(
        name=source.name,
        format="html",
        tables=page.flow.tables(),
        paragraphs=page.flow.paragraphs(),
        notices=notices.all(),
        encoding=encoding,
        properties={"title": title} if title else {},
    )


def _refuse_too_many(text: str) -> None:
    """Raise CannotBeRead where the page would take far more memory than its own size: each tag and row takes some, also
    without words.
    """
    found = sum(1 for _ in ROW.finditer(text))
    if found > MOST_ROWS_OF_PAGE or text.count("<") > MOST_TAGS:
        raise CannotBeRead(
            "The page has more rows and tags than can be read: delete its blank rows, or copy its table to a new file, then"
            " bring that"
        )


def _declared(beginning: str) -> str | None:
    """Return the encoding that the page says it has. UTF-16 is never true where it can be read."""
    match = XML_ENCODING.match(beginning.lstrip()) or CHARSET.search(beginning)
    if match is None:
        return None
    name = match[1].lower()
    if name in LATIN:
        return None  # strict UTF-8 is tried first, as pages often say this of it too
    return "utf-8" if name.startswith("utf-16") or name in ("unicode", "utf8") else name


def _parsed(text: str) -> Any:
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        default_doctype=False,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise CannotBeRead(_why(str(error))) from error
    for entry in parser.error_log:
        if entry.level_name == "FATAL" or "depth" in entry.message.lower() or "huge" in entry.message.lower():
            raise CannotBeRead(_why(entry.message))
    return root


def _why(message: str) -> str:
    if "depth" in message.lower() or "huge" in message.lower():
        return TOO_DEEP
    return "The page is damaged or has no words: save it again from the browser, then bring that"
