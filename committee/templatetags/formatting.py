"""Days, text, numbers and lists of items in words. `{% load formatting %}`"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from committee import clock
from committee.formatting import (
    date_and_time,
    file_size,
    frequency,
    long_date,
    plural,
    short_date,
    time_of_day,
    with_commas,
)
from committee.prose import prose

register = template.Library()

register.filter("day", long_date)
register.filter("short_day", short_date)
register.filter("moment", date_and_time)
register.filter("clock_time", time_of_day)
register.filter("file_size", file_size)
register.filter("number", with_commas)
register.filter("times", frequency)
register.filter("prose", prose)


@register.simple_tag
def time_tag(day: dt.date) -> SafeString:
    """Return a day in words, with the day for machines; one that stands for a longer time, such as a month, in words alone."""
    if getattr(day, "in_words", ""):
        return SafeString(conditional_escape(long_date(day)))
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", long_date(day))


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
    day = moment if not isinstance(moment, dt.datetime) else timezone.localdate(moment)
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
def count_of(number: int | None, words: str) -> str:
    """Return a number with its noun: `{{ 1|count_of:"update,updates" }}` gives "1 update"; one word takes an s."""
    singular, _, several = words.partition(",")
    return plural(number, singular, several)


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Return the value of a mapping under a key, or nothing."""
    return mapping.get(key) if mapping else None


@register.filter
def shown_or(value: Any, otherwise: str) -> Any:
    """Return the value, or these words, muted, if there is none: `{{ post.holder|shown_or:"Nobody" }}`."""
    if value is None or value == "":
        return format_html('<span class="app-muted">{}</span>', otherwise)
    return conditional_escape(value)


@register.simple_tag
def joined(values: Iterable[Any], last: str = "and") -> SafeString:
    """Return items as an English list: "A, B and C"."""
    words = [conditional_escape(value) for value in values]
    if len(words) < 2:
        return SafeString("".join(words))
    start = format_html_join(", ", "{}", ((word,) for word in words[:-1]))
    return format_html("{} {} {}", start, last, words[-1])
