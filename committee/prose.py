"""Plain text as HTML: paragraphs, lists and links, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(
    r"(?P<address>https?://[^\s<>\"']+)"
    r"|(?P<mail>(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
"""Web and mail addresses. The part of a mail address before the @ has at most 64 letters (RFC 5321, 4.5.3.1.1) and is
tried only at its beginning, so that a long run of dots and letters is read once.
"""
MARKS = r"[-*\u2022\u2013\u00b7\u25cf]"
BULLET = re.compile(rf"^\s*{MARKS}\s+(?P<words>.*)$")
SIGNED = re.compile(r"^\s*[-\u2013]\s*[£$\u20ac]?\s?[.,]?\d")
"""A line that begins with a dash and a number, as "-5 degrees" or "\u2013 10% cut": the dash may be its sign."""
LEADING = re.compile(rf"^{MARKS}+\s*")
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
    kind, start, items, values = "", 1, list[list[str]](), list[str]()

    def done() -> Iterable[str]:
        if not items:
            return
        if kind == "p":
            yield f'<p class="govuk-body">{"<br>".join(" ".join(item) for item in items)}</p>'
            return
        rows = "".join(f"<li{value}>{' '.join(item)}</li>" for item, value in zip(items, values, strict=True))
        if kind == "ul":
            yield f'<ul class="govuk-list govuk-list--bullet">{rows}</ul>'
        else:
            first = f' start="{start}"' if start != 1 else ""
            yield f'<ol class="govuk-list govuk-list--number"{first}>{rows}</ol>'

    for line, words in zip(lines, bullets(lines), strict=True):
        numbered = NUMBERED.match(line)
        if words is not None:
            found = "ul"
        elif numbered:
            found, words = "ol", numbered["words"]
        elif kind in ("ul", "ol") and line[:1] in (" ", "\t") and line.strip():
            items[-1].append(_linked(line.strip()))
            continue
        else:
            found, words = "p", line.strip()
        if found != kind:
            yield from done()
            kind, items, values = found, [], []
            next_number = 0
        number = int(numbered["number"]) if numbered else next_number
        if not values:
            start = next_number = number
        # The numbers are those that were typed, also where they leave some out.
        values.append("" if number == next_number else f' value="{number}"')
        next_number = number + 1
        items.append([_linked(words.strip())])
    yield from done()


def bullets(lines: Sequence[str]) -> list[str | None]:
    """Return for each line its words without the bullet, if it is an entry of a list; None for any other line.

    A dash before a number may be its sign: it stays, and such a line is an entry only beside others with a bullet.
    """
    found: list[str | None] = []
    for listed, run in groupby(lines, key=lambda line: bool(SIGNED.match(line) or BULLET.match(line))):
        read = [(line, None if SIGNED.match(line) else BULLET.match(line)) for line in run]
        listed = listed and any(bullet for _, bullet in read)
        found += [(bullet["words"] if bullet else line.strip()) if listed else None for line, bullet in read]
    return found


def entries(text: str) -> list[str]:
    """Return the lines of a text of which each is an entry, without the bullets typed before them; signs stay."""
    lines = (line.strip() for line in text.splitlines())
    lines = (line if SIGNED.match(line) else LEADING.sub("", line) for line in lines)
    return [line for line in lines if line]


def _linked(words: str) -> SafeString:
    return with_links(words, LINK, _link)


def _link(match: re.Match[str]) -> str:
    """Return a web or mail address as a link, and behind it the punctuation of its sentence."""
    found = match[0]
    end, unopened = len(found), found.count(")") - found.count("(")
    while found[end - 1] in TRAILING and not (found[end - 1] == ")" and unopened <= 0):
        end -= 1
        unopened -= found[end] == ")"
    address, tail = found[:end], found[end:]
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
