"""Days in words for the pages of officers and approvers. `{% load officers %}`"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context

from committee import clock
from committee.formatting import plural
from recommendations.queries import respondent_links
from recommendations.utils.text_diff import DiffSegment, differences

register = template.Library()

LONDON = ZoneInfo("Europe/London")


@register.simple_tag(takes_context=True)
def place(context: Context, name: str, *args: Any) -> str:
    """Return the address of a page that officers and external respondents share, as this reader reaches it; see
    `respondents.place`.
    """
    return respondent_links.place(context["request"].user, name, *args)


@register.filter
def due_words(day: dt.date | None) -> str:
    """Return how far off a day is: "due today", "due in 12 days", "3 days late"."""
    if day is None:
        return ""
    left = (day - clock.today()).days
    if left < 0:
        return f"{plural(-left, 'day')} late"
    return "due today" if left == 0 else "due tomorrow" if left == 1 else f"due in {plural(left, 'day')}"


@register.filter
def is_past(day: dt.date | None) -> bool:
    """Return whether the day is before today."""
    return day is not None and day < clock.today()


@register.filter
def since_words(moment: dt.date | dt.datetime | None) -> str:
    """Return how long ago a day or moment was, in whole days: "today", "yesterday", "5 days ago"."""
    if moment is None:
        return ""
    day = moment if not isinstance(moment, dt.datetime) else moment.astimezone(LONDON).date()
    ago = (clock.today() - day).days
    return "today" if ago <= 0 else "yesterday" if ago == 1 else f"{plural(ago, 'day')} ago"


@register.filter
def days_between(later: dt.date | None, earlier: dt.date | None) -> str:
    """Return the distance of two days in words: "92 days later", "10 days earlier", "the same day"."""
    if later is None or earlier is None:
        return ""
    count = (later - earlier).days
    return (
        "the same day" if count == 0 else f"{plural(abs(count), 'day')} {'later' if count > 0 else 'earlier'}"
    )


@register.filter
def changed_from(new: str, old: str) -> list[DiffSegment]:
    """Return the differences between the old text and the new one, sentence by sentence."""
    return differences(old or "", new or "")
