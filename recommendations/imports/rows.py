"""The rows that keep what was read of a tracker: untouched cells, values, what is asked, and what was decided of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models.fields.json import KeyTransform

from recommendations.imports.drafts import Decisions, DraftLine
from recommendations.imports.lines import line_keys
from recommendations.lifecycle import ImportRowState
from recommendations.models import ImportBatch, ImportRow
from recommendations.queries.import_lines import answers_given
from recommendations.trackers.questions import Place, Question
from recommendations.trackers.reading import Entry, Reading, Source, entry_from_json, entry_to_json

MOST_PLACES = 8
"""How many places of a question are kept beside their number."""


def rows_of(drafts: Sequence[DraftLine]) -> list[ImportRow]:
    """Return a row for each line, in the order of the file."""
    keys = line_keys(draft.entry for draft in drafts)
    return [row_of(draft, key, order) for order, (key, draft) in enumerate(zip(keys, drafts, strict=True))]


def row_of(draft: DraftLine, key: tuple[str, int, str], order: int) -> ImportRow:
    """Return the row of a line, not saved."""
    table, number, part = key
    entry = entry_to_json(draft.entry)
    entry["sources"] = {}
    row = ImportRow(
        table=table,
        row=number,
        part=part,
        order=order,
        item=draft.entry.item,
        cells=cells_of(draft.entry),
        says_exempt=draft.entry.exempt,
    )
    row.reading = {"entry": entry}
    settle(row, draft)
    return row


def _chosen(draft: DraftLine) -> int | None:
    """Return the recommendation that somebody said it is. What is recognised without them is looked up when it is applied."""
    return draft.known.recommendation.pk if draft.known and draft.known.by == "chosen" else None


def settle(row: ImportRow, draft: DraftLine) -> None:
    """Set on the row what becomes of the line: what is asked about it, and what was decided."""
    row.problems = [problem.to_json() for problem in draft.problems]
    row.exempt_decision = draft.decisions.exempt
    row.recommendation_id = _chosen(draft)
    line = draft.line.to_json()
    row.reading = {
        **row.reading,
        "line": line,
        "mended": draft.decisions.mended,
        "chosen": draft.decisions.is_recommendation,
        "known": draft.known.recommendation.pk if draft.known else None,
        "seen": draft.seen,
    }
    row.line = line if draft.is_ready else {}
    if draft.decisions.left_out:
        row.state = ImportRowState.LEFT_OUT
    elif draft.known is None or row.state == ImportRowState.LEFT_OUT:
        row.state = ImportRowState.NEW


def cells_of(entry: Entry) -> list[dict[str, Any]]:
    """Return the untouched cells of a line, each with what its column was taken for."""
    return [
        {"field": name, "column": source.place.column, "header": source.header, "words": source.words}
        for name, sources in entry.sources.items()
        for source in sources
    ]


def decisions_of(rows: Iterable[ImportRow]) -> dict[tuple[str, int, str], Decisions]:
    """Return what was decided of each line so far, by table, row and part."""
    return {
        (row.table, row.row, row.part): Decisions(
            mended=row.reading.get("mended", {}),
            left_out=row.state == ImportRowState.LEFT_OUT,
            is_recommendation=row.reading.get("chosen"),
            exempt=row.exempt_decision,
        )
        for row in rows
    }


def kept_decisions(batch: ImportBatch) -> dict[tuple[str, int, str], Decisions]:
    """Return what was decided of each line of an import so far, as `decisions_of`, without reading what else is kept of it."""
    rows = batch.rows.order_by().annotate(
        mended=KeyTransform("mended", "reading"), chosen=KeyTransform("chosen", "reading")
    )
    decided = rows.values_list("table", "row", "part", "mended", "state", "chosen", "exempt_decision")
    return {
        (table, row, part): Decisions(mended or {}, state == ImportRowState.LEFT_OUT, chosen, exempt)
        for table, row, part, mended, state, chosen, exempt in decided.iterator()
    }


def entry_of(row: ImportRow) -> Entry:
    """Return what the line was read as, with the untouched cells behind it."""
    sources: dict[str, list[Source]] = defaultdict(list)
    for cell in row.cells:
        place = Place(row.table, row.row, cell["column"])
        sources[cell["field"]].append(Source(place, cell["header"], cell["words"]))
    entry = entry_from_json(row.reading["entry"])
    return replace(entry, sources={name: tuple(some) for name, some in sources.items()})


def reading_json(
    batch: ImportBatch, reading: Reading, questions: Sequence[Question], **more: Any
) -> dict[str, Any]:
    """Return what is kept of the file beside its lines. Questions that were answered stay, so that they can be answered anew."""
    answers = answers_given(batch)
    whole = replace(reading, entries=()).to_json()  # the lines are kept as rows
    asked = [question_json(question) for question in questions]
    open_keys = {question["key"] for question in asked}
    before = [
        question
        for question in batch.reading.get("questions", [])
        if question["key"] not in open_keys and question["key"] in answers
    ]
    return {
        "summary": replace(reading, questions=tuple(questions)).summary,
        "tables": whole["tables"],
        "ignored": whole["ignored"],
        "problems": whole["problems"],
        "questions": [*asked, *before],
        "open": sorted(open_keys),
        "answers": batch.reading.get("answers", []),
        "gone": batch.reading.get("gone", []),
        **more,
    }


def waiting(questions: Iterable[Question], drafts: Sequence[DraftLine]) -> list[Question]:
    """Return the questions that arise at lines alone that are stopped: they wait until it is decided of these."""
    stopped = {_row_of(draft.entry.place) for draft in drafts if draft.is_stopped}
    stopped -= {_row_of(draft.entry.place) for draft in drafts if not draft.is_stopped}
    return [
        one
        for one in questions
        if one.kind != "exempt" and one.places and all(_row_of(place) in stopped for place in one.places)
    ]


def _row_of(place: Place) -> tuple[str | int | None, int | None]:
    return place.table, place.row


def question_json(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind,
        "words": question.words,
        "sentence": question.sentence,
        "choices": [{"answer": choice.value, "label": choice.label} for choice in question.choices],
        "likelier": question.likelier,
        "places": [
            {"table": place.table, "row": place.row, "column": place.column}
            for place in question.places[:MOST_PLACES]
        ],
        "count": len(question.places),
    }
