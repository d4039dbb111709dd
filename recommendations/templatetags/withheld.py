"""What stands in the place of withheld words, on pages. `{% load withheld %}`"""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.db import models
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recommendations.models import Evidence, Withholding
from recommendations.models.withholdings import MARKERS, numbers_in
from recommendations.permissions import Right, may
from recommendations.queries.withheld_excerpts import ENTRIES

register = template.Library()

PIECES = re.compile(r"(<[^<>]*>)")
ELEMENT = re.compile(r"</?([a-z0-9]*)")
LED_TO = re.compile(r' href="[^"]*\[withheld [^"]*"')
NO_LINKS = (
    "a",
    "button",
    "select",
    "option",
    "textarea",
    "svg",
    "script",
    "style",
    "label",
    "summary",
    "title",
)
"""Elements in which no link may stand."""


@register.simple_block_tag(takes_context=True)
def withheld_words(context: Context, content: str) -> SafeString:
    """Render HTML with a link on each marker, and with the reasons at its end. Others stay as they are.

    A link to an address of which words are withheld leads to its withholding. The page of a withholding has no link to itself.
    """
    numbers = set(numbers_in(content)) if "[withheld " in content else set()
    here = getattr(context.get("request"), "path", "")
    found = Withholding.objects.filter(pk__in=numbers) if numbers else ()
    known = {one.pk: one for one in found if _address(one) != here}
    if not known:
        return SafeString(content)
    notes = render_to_string(
        "public/_withheld_here.html", {"withheld_here": [known[pk] for pk in sorted(known)]}
    )
    return SafeString(_linked(content, known) + notes)


def _linked(page: str, known: dict[int, Withholding]) -> str:
    closed: list[str] = []

    def link(match: re.Match[str]) -> str:
        one = known.get(int(match[1]))
        return match[0] if one is None else f'<a class="govuk-link" href="{_address(one)}">{match[0]}</a>'

    pieces = []
    for piece in PIECES.split(page):
        if piece.startswith("<"):
            _note_element(piece, closed)
            pieces.append(_led_elsewhere(piece, known))
        else:
            pieces.append(piece if closed else MARKERS.sub(link, piece))
    return "".join(pieces)


def _led_elsewhere(tag: str, known: dict[int, Withholding]) -> str:
    """Return the tag of a link with the address of the withholding, if the one it leads to is not there any more."""
    numbers = numbers_in(tag) if tag.startswith("<a ") and "[withheld " in tag else []
    one = known.get(numbers[0]) if numbers else None
    return tag if one is None else LED_TO.sub(f' href="{_address(one)}"', tag)


def _note_element(tag: str, within: list[str]) -> None:
    """Keep the list of the elements without links that are open."""
    name = ELEMENT.match(tag)
    if name is None or name[1] not in NO_LINKS:
        return
    if tag.startswith("</"):
        if name[1] in within:
            within.remove(name[1])
    elif not tag.endswith("/>"):
        within.append(name[1])


def _address(withholding: Withholding) -> str:
    return reverse("withholding", args=[withholding.pk])


@register.simple_tag
def withheld_evidence(title: str, number: int) -> SafeString:
    """Render what stands for a file or link that was taken off the record: its title, unless that was taken too."""
    mark = format_html(
        '<a class="govuk-link" href="{}">withheld, no. {}</a>', reverse("withholding", args=[number]), number
    )
    return mark if MARKERS.fullmatch(title) else format_html("{}: {}", title, mark)


@register.simple_tag(takes_context=True)
def withhold_link(context: Context, row: models.Model, words: str = "this entry") -> str:
    """Render the link by which those with the right take an entry of the record, or a file, off it."""
    user: Any = getattr(context.get("request"), "user", None)
    if user is None or type(row) not in ENTRIES.values() or not may(user, Right.WITHHOLD):
        return ""
    if isinstance(row, Evidence):
        address = reverse("withhold_file", args=[row.pk])
    else:
        address = reverse("withhold_entry", args=[row._meta.model_name, row.pk])
    return format_html(
        '<a class="govuk-link app-small no-print" href="{}">Withhold<span class="govuk-visually-hidden"> {}</span></a>',
        address,
        words,
    )
