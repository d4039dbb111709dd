"""Takes the date beside a status, "On track - due March 2024", as the target where no column of the tracker has one."""

from __future__ import annotations

from typing import Any

from recommendations.trackers.column_fields import Field
from recommendations.trackers.fields import LineReader
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.periods import date_due
from recommendations.trackers.reading import Problem


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
