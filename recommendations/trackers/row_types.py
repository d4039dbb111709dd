"""Rows that say themselves that they are no recommendation: lists mix these with actions and requests for information."""

from __future__ import annotations

import re

from recommendations.trackers.column_fields import Field
from recommendations.trackers.drafts import LineCells
from recommendations.trackers.fields import LineReader
from recommendations.trackers.questions import Choice, Question, plain, question_key

HEADER = re.compile(r"(?:(?:item|entry|record|row) )?(?:type|kind)(?: of (?:item|entry|record))?")
OTHER_THING = re.compile(
    r"(?:outstanding |agreed |committee )?(?:actions?|action points?|requests?|information requests?|requests? for information|quer(?:y|ies)|questions?|matters? arising|information|briefings?|follow ups?)"
)


def is_left_out(cells: LineCells, reader: LineReader) -> bool:
    """Return whether the line is another thing than a recommendation and was answered to be left out. It is asked once for each
    word, and taken until then.
    """
    for column, cell in cells.filled(Field.NOTES):
        words = reader.text(cell)
        if HEADER.fullmatch(plain(column.name)) and OTHER_THING.fullmatch(plain(words)):
            question = type_question(column.name, words)
            return (
                not reader.ask("", question, column.index)
                and reader.fields.answers.get(question.key) is False
            )
    return False


def type_question(header: str, words: str) -> Question:
    """Return the question whether rows of such a type are recommendations."""
    return Question(
        question_key("row type", header, words),
        "row type",
        words,
        f"Some rows are \u201c{words}\u201d under \u201c{header}\u201d: are they recommendations?",
        (Choice(True, "Take them as recommendations"), Choice(False, "Leave them out")),
        True,
    )
