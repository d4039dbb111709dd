"""A pack's data in words: days in full, text with its paragraphs, lists and links.

Separate from the tags of pages, so that a change to those does not change how a pack is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join, smart_urlquote
from django.utils.safestring import SafeString, mark_safe

from committee.formatting import frequency, long_date, plural, possessive
from committee.prose import bullets, with_links
from recommendations.lifecycle.state import late_date_words
from recommendations.packs.content import ADDRESS

register = template.Library()

MANY_LINES = 10
"""How many lines of text make a row of the review table longer than about half a landscape page, so that it may break."""
LETTERS = 24, 29, 37, 24
"""About how many letters fit a line of the review table's columns."""

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NO_BLANK = re.compile(r"(?<!\s)[ \t]*\n\s*(?=[,.;:)])")
LINE_BREAK = re.compile(r"(?<!\s)[ \t]*\n\s*")
"""Tried only where blanks begin, so that many of them are read once."""


@register.filter
def day_words(value: str | None) -> str:
    """Return an ISO date as "3 November 2015"; what is a longer time, such as a month, is in words already."""
    if not value:
        return ""
    return long_date(dt.date.fromisoformat(value)) if ISO_DAY.fullmatch(value) else value


@register.filter
def weekday_words(value: str) -> str:
    """Return an ISO date as "Tuesday 3 November 2015"; what is a longer time, such as a month, is in words already."""
    words = day_words(value)
    return f"{dt.date.fromisoformat(value):%A} {words}" if ISO_DAY.fullmatch(value) else words


@register.filter
def moment_words(value: str) -> str:
    """Return an ISO moment as "3 November 2015 at 2:30pm", in London."""
    moment = timezone.localtime(dt.datetime.fromisoformat(value))
    hour = moment.strftime("%I:%M%p").lstrip("0").lower()
    return f"{long_date(moment)} at {hour}"


register.filter("count_of", plural)
register.filter("often", frequency)
register.filter(possessive)


@register.filter
def plain(address: str) -> str:
    """Return a web address in ASCII, as links must have it whatever the typeface can draw."""
    return str(smart_urlquote(address))


@register.filter
def pack_prose(text: str) -> SafeString:
    """Return text as paragraphs and bullet lists, escaped, its addresses made links."""
    return format_html_join(
        "", "{}", ((_list(lines) if is_list else _paragraph(lines),) for is_list, lines in _parts(text))
    )


@register.filter
def numbered_prose(text: str, section: int) -> SafeString:
    """Return text as paragraphs numbered within their section ("2.1"), as reports to meetings are, and bullet lists."""
    out, number = [], 0
    for is_list, lines in _parts(text):
        if is_list:
            out.append(_list(lines, "more"))
        else:
            number += 1
            out.append(format_html('<p class="numbered"><b>{}.{}</b> {}</p>', section, number, _lines(lines)))
    return format_html_join("", "{}", ((part,) for part in out))


@register.simple_tag
def fact(label: str, text: Any = "", tag: Any = None, none: str = "") -> SafeString:
    """Return a label and its content: an optional status, then the text. If both are empty, `none`; without that,
    nothing.
    """
    status = status_word(tag) if tag else mark_safe("")
    if not text and not tag:
        if not none:
            return mark_safe("")
        text = none
    parts = list(_parts(text)) if isinstance(text, str) and not isinstance(text, SafeString) else []
    if not parts:
        return format_html('<p class="fact"><b>{}</b> {} {}</p>', label, status, conditional_escape(text))
    is_list, lines = parts[0]
    if is_list:
        first = format_html('<p class="fact"><b>{}</b> {}</p>', label, status)
        rest = parts
    else:
        first = format_html('<p class="fact"><b>{}</b> {} {}</p>', label, status, _lines(lines))
        rest = parts[1:]
    more = format_html_join(
        "",
        "{}",
        ((_list(lines, "more") if is_list else _paragraph(lines, "more"),) for is_list, lines in rest),
    )
    return format_html("{}{}", first, more)


@register.simple_block_tag
def sentence(content: str) -> SafeString:
    """Return the content on one line, so that a template may break it: `{% sentence %}…{% endsentence %}`.

    A line break becomes one blank, and none before a comma, a stop, a colon or a closing bracket. A blank more would be
    a mark more in the structure of the PDF.
    """
    return mark_safe(LINE_BREAK.sub(" ", NO_BLANK.sub("", content.strip())))  # noqa: S308  rendered by the template


@register.simple_tag
def status_word(word: dict[str, str]) -> SafeString:
    """Return a status: its label, framed and coloured. The label alone carries the meaning."""
    return format_html('<b class="tag {}">{}</b>', word["colour"], word["label"])


@register.simple_tag(takes_context=True)
def rec_link(context: Any, item: dict[str, Any]) -> SafeString:
    """Return a recommendation by reference and heading, as a link if the pack has a block on it."""
    if not context["places"]:
        return format_html("{} {}", item["reference"], item["heading"])
    place = f"{_place(context)}{context['places']['recommendation']}{item['id']}"
    return format_html('<a href="{}">{} {}</a>', place, item["reference"], item["heading"])


@register.simple_tag(takes_context=True)
def contents_link(context: Any, place: str, *words: Any) -> SafeString:
    """Return a line of the contents.

    For a section its name as the anchor, its number and title; for an "inquiry" or a "recommendation" the number that
    makes the anchor, then its words.
    """
    if place in ("inquiry", "recommendation"):
        place, words = f"{context['places'][place]}{words[0]}", words[1:]
        label = " ".join(map(str, words))
    else:
        label = f"{words[0]}. {words[1]}"
    return format_html('<a href="{}{}">{}</a>', _place(context), place, label)


def _place(context: Any) -> str:
    """Return the beginning of an address within the pack: in print its target may be in another chunk."""
    return context.get("elsewhere") or "#"


@register.filter
def verdicts_on(verdicts: list[dict[str, Any]], body: str) -> list[dict[str, Any]]:
    """Return the committee's verdicts that cover this body's assignment: on it alone, or on the whole."""
    return [verdict for verdict in verdicts if verdict["body"] in ("", body)]


@register.filter
def may_break(recommendation: dict[str, Any], part: dict[str, Any] | None) -> bool:
    """Return whether this body's row of the review table is so long that it may break across pages; None for the row of
    a recommendation that is addressed to nobody.

    Keeping such a row whole would leave half a page empty before it. A row longer than a page cannot be kept whole
    at all: trying leaves its heading alone on a page, and the pages after it without the names of the columns.
    """
    part = part or {"body": ""}
    verdicts = verdicts_on(recommendation["verdicts"], part["body"])
    cells = (
        recommendation["text"],
        _words(part.get("response")),
        _words(part.get("update")),
        "\n".join(_words(verdict) for verdict in verdicts),
    )
    return any(
        sum(1 + len(line) // letters for line in text.splitlines()) > MANY_LINES
        for text, letters in zip(cells, LETTERS, strict=True)
    )


def _words(voice: dict[str, Any] | None) -> str:
    """Return the text of a body's response or update, with its exempt part, or of a verdict, one below the other."""
    voice = voice or {}
    exempt = voice.get("exempt") or {}
    said = [
        voice.get(name)
        for name in ("text", "reason", "progress", "delivered", "barriers", "next_steps", "comment")
    ]
    said += [voice[name]["label"] for name in ("grade", "outcome") if name in voice]
    return "\n".join(
        filter(None, [*said, exempt.get("text") or exempt.get("summary"), exempt.get("citation")])
    )


@register.filter
def late_date(dates: dict[str, Any]) -> str:
    """Return what the date is called from which the lateness of a part counts, given its dates."""
    return late_date_words(passed_before_sent=bool(dates.get("passed_before_sent")))


@register.filter
def of_kind(groups: dict[str, Any], kind: str) -> Any:
    """Return the list that the groups hold under this kind."""
    return groups[kind]


def _parts(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Return runs of lines: (whether they are bullets, the lines). Empty lines separate paragraphs."""
    run: list[str] = []
    was_bullet = False
    lines = [*text.split("\n"), ""]
    for line, words in zip(lines, bullets(lines), strict=True):
        if run and (not line.strip() or (words is not None) != was_bullet):
            yield was_bullet, run
            run = []
        if line.strip():
            run.append((line if words is None else words).strip())
            was_bullet = words is not None


def _paragraph(lines: list[str], css: str = "") -> SafeString:
    attributes = format_html(' class="{}"', css) if css else ""
    return format_html("<p{}>{}</p>", attributes, _lines(lines))


def _list(lines: list[str], css: str = "") -> SafeString:
    attributes = format_html(' class="{}"', css) if css else ""
    return format_html(
        "<ul{}>{}</ul>", attributes, format_html_join("", "<li>{}</li>", ((_linked(line),) for line in lines))
    )


def _lines(lines: list[str]) -> SafeString:
    return mark_safe("<br>".join(_linked(line) for line in lines))  # noqa: S308  escaped in _linked


def _linked(line: str) -> SafeString:
    return with_links(line, ADDRESS, _link)


def _link(match: re.Match[str]) -> str:
    return format_html('<a href="{}">{}</a>', plain(match[0]), match[0])
