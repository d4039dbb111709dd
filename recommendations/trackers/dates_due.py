"""Takes the date beside a status, "On track - due March 2024", as the target where no column of the tracker has one."""

from __future__ import annotations

import re
from typing import Any

from recommendations.lifecycle.statuses import Claim
from recommendations.trackers.column_fields import Field
from recommendations.trackers.fields import LineReader
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.period_grammar import Known, find_times
from recommendations.trackers.periods import date_due, read_period
from recommendations.trackers.reading import Problem
from recommendations.trackers.words import read_statuses


def without_dates_due(
    texts: list[tuple[Mapped, str]], reader: LineReader, values: dict[str, Any]
) -> list[tuple[Mapped, str]]:
    """Return the texts of progress without those that only say when it is due: "On track - due March 2024". That is the target
    where no column has one; else it stays, and another date than the column's is pointed out.
    """
    values["target_beside"] = ""
    if _is_target(values["rest"], Field.CLAIM, reader, values):
        values["rest"] = ""
    return [one for one in texts if not _is_target(one[1], Field.PROGRESS, reader, values)]


def _is_target(text: str, field: Field, reader: LineReader, values: dict[str, Any]) -> bool:
    due = date_due(text, reader.fields.known(values["made_on"]))
    if due is None:
        return False
    target = values["target"]
    if target.words or target.is_known:
        if (target.start, target.end) != (due.start, due.end):
            reader.problems.append(Problem(f"“{text}” is another date than the target date", "target"))
        return False
    values["target"], values["target_beside"] = due, str(field)
    return True


BETWEEN_BOTH = re.compile(r"\s[-\u2013\u2014/]\s|[:;,\n]\s*|\s\(")


def date_and_status(text: str) -> tuple[str, str]:
    """Return the words of a date and those of a status behind it, of a cell that holds both: "May 2024 - on track"; ("", the
    text) where it doesn't begin with a date.
    """
    for mark in BETWEEN_BOTH.finditer(text):
        read = read_period(text[: mark.start()].strip())
        if read.is_sure and read.value is not None and read.value.is_known:
            rest = text[mark.end() :].strip()
            return text[: mark.start()].strip(), rest[:-1] if rest.endswith(")") and "(" not in rest else rest
    read = read_period(text.strip())
    return (
        (text.strip(), "") if read.is_sure and read.value is not None and read.value.is_known else ("", text)
    )


def names_a_day(text: str, known: Known) -> bool:
    """Return whether a text names a time that may be the target: one that is neither that of a status done nor "due"."""
    if (
        date_due(text, known) is not None
        or read_statuses(text, with_text=True).claim.value == Claim.DELIVERED
    ):
        return False
    return any(one.period for one in find_times(text))
