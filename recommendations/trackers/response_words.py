"""What bodies answer in words: kept beside their decision, and asked about, once for a column, where they state none."""

from __future__ import annotations

from typing import Any

from recommendations.lifecycle.statuses import Decision
from recommendations.trackers.fields import LineReader, Said
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.questions import Choice, Question, question_key

AS_PROGRESS, AS_NOTED, BESIDE = "progress", "noted", "beside"
"""The answers to what the words of a column become that state no decision."""

Told = list[tuple[Mapped, Said]]


def take_words(told: Told, reader: LineReader, values: dict[str, Any]) -> None:
    """Take the words of responses into `response_text`. Where no cell of the line states a decision it is asked what they are;
    with the answer that they are progress they become that (`rest`).
    """
    words = "\n".join(dict.fromkeys(one.rest for _, one in told)) or None
    values["response_text"] = words
    if not words or values["response"] or values["response_words"]:
        return
    column = told[0][0]
    values["response_words"] = words
    if reader.ask("response", words_question(column.name), column.index):
        return
    said = reader.fields.answers.get(words_question(column.name).key)
    if said == AS_NOTED:
        values["response"] = str(Decision.NOTED)
    elif said == AS_PROGRESS:
        values["response_text"], values["rest"] = None, words


def words_question(header: str) -> Question:
    """Return the question what the words of a column of responses become that state no decision."""
    return Question(
        question_key("response", "words", header),
        "response",
        header,
        f"Cells under \u201c{header}\u201d state no decision, such as accepted or rejected: what becomes of their words?",
        (
            Choice(BESIDE, "They stay beside the line, which has no response: choose one on the line"),
            Choice(AS_NOTED, "A response: noted, with these words"),
            Choice(AS_PROGRESS, "Progress"),
        ),
        BESIDE,
    )
