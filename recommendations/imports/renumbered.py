"""Proposes the numbers of a tracker in the place of those on the record: at once for a table that was numbered anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from committee.formatting import plural
from recommendations.imports.drafts import DraftLine
from recommendations.models import Recommendation
from recommendations.trackers.questions import Answers, Asked, Choice, Question, question_key

MANY = 3
"""From how many recommendations of one table they are asked about together."""
MOST_NAMED = 3
Renumbered = tuple[DraftLine, Recommendation]
"""A line, and the recommendation on the record whose number it gives otherwise."""


def ask_renumbered(drafts: Iterable[DraftLine], answers: Answers, asked: Asked) -> None:
    """Ask of recommendations, each with its first line, whether the record takes the numbers that the tracker gives them. What
    was answered of one alone holds for that one.
    """
    of_table: dict[str, list[Renumbered]] = defaultdict(list)
    for draft in drafts:
        if draft.known is not None and draft.known.is_renumbered(draft.line) and not draft.is_stopped:
            of_table[str(draft.entry.place.table)].append((draft, draft.known.recommendation))
    for table, some in of_table.items():
        for draft, row in some:
            own = question_key("renumbered", str(row.pk), draft.line.number)
            together = question_key("renumbered", "table", table)
            key = together if len(some) >= MANY else own
            said = answers.get(own, answers.get(key))
            if said is None:
                question = _of_all(key, some) if key == together else _of_one(key, draft, row)
                asked.ask(question, [draft.entry.place])
                draft.say(_sentence(draft, row), "number", key)
            draft.line = replace(draft.line, renumbers=said is True)


def _sentence(draft: DraftLine, row: Recommendation) -> str:
    return f"{row.reference} has the number {row.number} on the record, and {draft.line.number} in the file"


def _of_one(key: str, draft: DraftLine, row: Recommendation) -> Question:
    choices = (
        Choice(False, "Leave the record as it is"),
        Choice(True, "Change the record to what the file says"),
    )
    return Question(key, "renumbered", draft.line.number, _sentence(draft, row), choices, False)


def _of_all(key: str, some: Sequence[Renumbered]) -> Question:
    named = "; ".join(_sentence(draft, row) for draft, row in some[:MOST_NAMED])
    more = f"; and {len(some) - MOST_NAMED} more" if len(some) > MOST_NAMED else ""
    choices = (
        Choice(False, "Leave the numbers on the record"),
        Choice(True, "Change all of them to those of the file"),
    )
    sentence = f"{plural(len(some), 'recommendation')} were numbered anew: {named}{more}"
    return Question(key, "renumbered", "", sentence, choices, False)
