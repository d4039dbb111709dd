"""Writes a reading for other programs: one object with the fields that the command line documents."""

from __future__ import annotations

from typing import Any

from recommendations.trackers.mapped import column_letter
from recommendations.trackers.reading import Entry, Reading, TableReading, Update, period_to_json


def as_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as `manage.py import_tracker --dry-run --json` prints it."""
    return {
        "as_at": period_to_json(reading.as_at),
        "tables": [_table(table) for table in reading.tables],
        "rows": [_row(entry) for entry in reading.entries],
        "ignored": [
            {"table": one.table, "row": one.row, "reason": _reason(one.reason, one.row, one.last_row)}
            for one in reading.ignored
        ],
        "problems": list(reading.problems),
    }


def _reason(reason: str, row: int, last_row: int) -> str:
    return reason if last_row == row else f"{reason} (rows {row} to {last_row})"


def _table(table: TableReading) -> dict[str, Any]:
    columns: dict[str, str] = {}
    for column in table.columns:
        header = column.header.replace("\n", " ")
        if header not in columns:
            columns[header] = column.meaning
        elif header and column.meaning not in (columns[header], "ignored"):
            columns[f"{header} (column {column_letter(column.index)})"] = column.meaning
    return {
        "table": table.table,
        "title": table.title,
        "header_rows": list(table.header_rows),
        "columns": columns,
    }


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "source": {"file": None, "table": entry.place.table, "row": entry.place.row},
        "item": entry.item,
        "reference": entry.reference,
        "number": entry.number,
        "text": entry.text,
        "inquiry": entry.inquiry,
        "priority": entry.priority,
        "owners": list(entry.owners),
        "response": entry.response,
        "response_words": entry.response_words,
        "reason": entry.reason,
        "claim": entry.claim,
        "claim_words": entry.claim_words,
        "outcome": entry.outcome,
        "outcome_words": entry.outcome_words,
        "made_on": period_to_json(entry.made_on),
        "answered_on": period_to_json(entry.answered_on),
        "outcome_on": period_to_json(entry.outcome_on),
        "target": period_to_json(entry.target),
        "earlier_targets": [period_to_json(period) for period in entry.earlier_targets],
        "asked_target": period_to_json(entry.asked_target),
        "updates": [_update(update) for update in entry.updates],
        "exempt": entry.exempt,
        "notes": dict(entry.notes),
        "problems": [problem.sentence for problem in entry.problems],
    }


def _update(update: Update) -> dict[str, Any]:
    return {
        "as_at": period_to_json(update.as_at),
        "text": update.text,
        "claim": update.claim,
        "claim_words": update.claim_words,
    }
