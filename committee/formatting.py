"""Days, moments, counts and sizes in words. Pure functions; template libraries only register them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def long_date(value: dt.date | None) -> str:
    """Return a day such as "3 November 2015". A moment is converted to Europe/London; None gives "".

    A day that stands for a longer time, such as a month, is printed by its own `in_words`.
    """
    if not value:
        return ""
    if words := getattr(value, "in_words", ""):
        return str(words)
    value = _in_london(value)
    return f"{value.day} {value:%B %Y}"


def short_date(value: dt.date | None) -> str:
    """Return a day for narrow columns, such as "3 Nov 2015". A moment is converted to Europe/London; None gives "".

    A day that stands for a longer time is printed as `long_date` prints it.
    """
    if not value:
        return ""
    if getattr(value, "in_words", ""):
        return long_date(value)
    value = _in_london(value)
    return f"{value.day} {value:%b %Y}"


def date_and_time(value: dt.datetime | None) -> str:
    """Return a moment in Europe/London in words, such as "3 November 2015 at 2:30pm"; None gives ""."""
    return f"{long_date(value)} at {time_of_day(value)}" if value else ""


def time_of_day(value: dt.datetime | dt.time | None) -> str:
    """Return a time of day as GOV.UK writes it: "2:30pm", "9am", "midday", "midnight"; None gives ""."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def plural(count: int | None, singular: str, plural: str = "") -> str:
    """Return a count with its noun, such as "1 update" or "1,204 updates". `plural` is `singular` with an s unless given."""
    number = count or 0
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"


def frequency(count: int | None) -> str:
    """Return how often something happened: "once", "twice", "3 times"; None counts as 0."""
    return {1: "once", 2: "twice"}.get(count or 0, f"{count or 0:,} times")


def possessive(name: str) -> str:
    """Return a name as a possessive: "the Board’s", "Children’s Services’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def with_commas(value: int | float | None) -> str:
    """Return a number such as "1,204" or "2.5"; 0 is "0", None gives ""."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")


def file_size(size: int | None) -> str:
    """Return a number of bytes as people say it, such as "17 bytes", "310 KB", "2.4 MB" or "12 GB"; 0 and None give "".

    The space between number and unit does not break, as in Django's own `filesizeformat`.
    """
    if not size:
        return ""
    if size < 1024:
        return plural(size, "byte").replace(" ", "\xa0")
    if size < 1024**2:
        return f"{round(size / 1024)}\xa0KB"
    for unit, name in ((1024**2, "MB"), (1024**3, "GB"), (1024**4, "TB")):
        if size < unit * 1024 or name == "TB":
            break
    return f"{size / unit:.1f}".removesuffix(".0") + f"\xa0{name}"


def _in_london(value: dt.date) -> dt.date:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
