"""Plain text as HTML: paragraphs, lists and links, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(
    r"(?P<address>https?://[^\s<>\"']+)|(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
BULLET = re.compile(r"^\s*[-*\u2022\u2013\u00b7\u25cf]\s+(?P<words>.*)$")
NUMBERED = re.compile(r"^\s*(?P<number>\d{1,3})[.)]\s+(?P<words>.*)$")
TRAILING = ".,;:!?)]}'\u2019\u201d"


def prose(value: str | None) -> SafeString:
    """Return plain text as a person typed it: escaped, with its paragraphs, lists ("- ", "• ", "1. ") and links.

    A blank line ends a paragraph; a single line break stays a line break.
    """
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        if block.strip():
            blocks.extend(_blocks(block.split("\n")))
    return mark_safe(f'<div class="app-prose">{"".join(blocks)}</div>')  # noqa: S308 - every word was escaped


def _blocks(lines: list[str]) -> Iterable[str]:
    """Return the paragraphs and lists of a block of lines, as HTML."""
    kind, start, items = "", 1, list[str]()

    def done() -> Iterable[str]:
        if not items:
            return
        if kind == "p":
            yield f'<p class="govuk-body">{"<br>".join(items)}</p>'
            return
        rows = "".join(f"<li>{item}</li>" for item in items)
        if kind == "ul":
            yield f'<ul class="govuk-list govuk-list--bullet">{rows}</ul>'
        else:
            first = f' start="{start}"' if start != 1 else ""
            yield f'<ol class="govuk-list govuk-list--number"{first}>{rows}</ol>'

    for line in lines:
        bullet, numbered = BULLET.match(line), NUMBERED.match(line)
        if bullet:
            found, words = "ul", bullet["words"]
        elif numbered:
            found, words = "ol", numbered["words"]
        elif kind in ("ul", "ol") and line[:1] in (" ", "\t") and line.strip():
            items[-1] += " " + _linked(line.strip())
            continue
        else:
            found, words = "p", line.strip()
        if found != kind:
            yield from done()
            kind, items = found, []
            start = int(numbered["number"]) if numbered else 1
        items.append(_linked(words.strip()))
    yield from done()


def _linked(words: str) -> SafeString:
    return with_links(words, LINK, _link)


def _link(match: re.Match[str]) -> str:
    """Return a web or mail address as a link, and behind it the punctuation of its sentence."""
    address, tail = match[0], ""
    while address[-1] in TRAILING and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address, tail = address[:-1], address[-1] + tail
    if match["mail"]:
        return format_html('<a class="govuk-link" href="mailto:{0}">{0}</a>{1}', address, tail)
    return format_html('<a class="govuk-link" href="{0}" rel="nofollow noopener">{0}</a>{1}', address, tail)


def with_links(text: str, addresses: re.Pattern[str], link: Callable[[re.Match[str]], str]) -> SafeString:
    """Return the text escaped, and in place of each match of `addresses` the HTML that `link` returns for it."""
    parts, end = [], 0
    for match in addresses.finditer(text):
        parts += [escape(text[end : match.start()]), link(match)]
        end = match.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part was escaped
