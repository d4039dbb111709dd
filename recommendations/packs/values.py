"""The plain values that the data of a pack is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from recommendations.lifecycle import Vocabulary, stated
from recommendations.models import Meeting

Data = dict[str, Any]


def day(value: dt.date | None) -> str | None:
    """Return a day in ISO 8601, and one that stands for a longer time, such as a month, in words; None for none."""
    if value is None:
        return None
    return getattr(value, "in_words", "") or value.isoformat()


def day_of(moment: dt.datetime | None) -> str | None:
    """Return the day of a moment in Europe/London, in ISO 8601; None for none."""
    return day(timezone.localdate(moment)) if moment else None


def status(vocabulary: type[Vocabulary], value: str) -> Data:
    """Return a status with its label and colour, as they read today; of what a tracker does not state, that it does not."""
    if not value:
        return {"value": "", "label": stated(""), "colour": "grey"}
    member = vocabulary(value)
    return {"value": str(member.value), "label": str(member.label), "colour": member.colour}


def sitting(meeting: Meeting | None) -> Data | None:
    """Return the name and day of a meeting; None for none."""
    return {"name": meeting.name, "held_on": day(meeting.held_on)} if meeting else None
