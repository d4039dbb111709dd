"""Asks whether two lines that are alike are of one recommendation, and in which of their words it stands."""

from __future__ import annotations

from collections.abc import Sequence

from recommendations.trackers.drafts import Draft
from recommendations.trackers.numbered_twice import numbered_twice
from recommendations.trackers.questions import Asked, Choice, Question, question_key
from recommendations.trackers.reading import Problem
from recommendations.trackers.same import Known, Likeness, group
from recommendations.trackers.sections import Heads

PAIRED = {
    Likeness.REWORDED: "Two wordings under one reference that differ a little: one recommendation, reworded?",
    Likeness.TWO_WORDINGS: "Two wordings under one reference: both were kept",
    Likeness.NUMBERED_TWICE: "Two wordings under one number: both were kept",
    Likeness.RENUMBERED: "The same words under another number: one recommendation?",
}
LATER_WORDS = "later words"
"""The answer that two lines are one recommendation, in the words of the later. True means: in those of the first."""
OTHER_WORDING = "Other wording"
"""The note that keeps the words in which a recommendation does not stand."""


def same_items(drafts: Sequence[Draft], asked: Asked) -> list[int]:
    """Return for each line the number of its recommendation, and ask about pairs that may be one."""
    known = [
        Known(
            draft["text"],
            draft["reference"],
            draft["number"],
            draft["inquiry"],
            draft.section.table.name,
            _heads(draft),
        )
        for draft in drafts
    ]
    items, pairs = group(known, [draft.continues for draft in drafts])
    for pair in (*pairs, *numbered_twice(known, items)):
        first, second = drafts[pair.first], drafts[pair.second]
        said = _ask_same(first, second, known[pair.first].text, known[pair.second].text, pair.likeness, asked)
        if said is False and items[pair.first] == items[pair.second]:
            items[pair.second] = max(items) + 1
        elif said in (True, LATER_WORDS):
            old, new = items[pair.second], items[pair.first]
            items = [new if item == old else item for item in items]
            texts = known[pair.first].text, known[pair.second].text
            chosen, other = texts if said is True else (texts[1], texts[0])
            _stand_in(
                chosen, other, [draft for draft, item in zip(drafts, items, strict=True) if item == new]
            )
    return items


def _heads(draft: Draft) -> str:
    """Return what parts one list of numbers from another in a table: the rows across it, save how far it is, and the day on which
    a line was made.
    """
    over = (group.words for group in draft.line.groups if group.heads is not Heads.STATE)
    return "|".join([*over, draft["made_on"].words])


def _ask_same(
    first: Draft, second: Draft, words: str, later_words: str, likeness: Likeness, asked: Asked
) -> bool | str | None:
    """Ask whether two lines are of one recommendation; return what was answered, None while nothing was."""
    name = second["reference"] or second["number"] or later_words[:80]
    sentence = PAIRED[likeness]
    if likeness is Likeness.RENUMBERED:
        key = question_key("same", likeness, name)
        choices: tuple[Choice, ...] = (Choice(True, "One recommendation"), Choice(False, "Two"))
    else:
        key = question_key("same", likeness, f"{name}: {later_words}")
        sentence = f"{sentence}. First \u201c{words}\u201d, later \u201c{later_words}\u201d"
        choices = (
            Choice(False, "Two recommendations"),
            Choice(True, "One recommendation, in the first words"),
            Choice(LATER_WORDS, "One recommendation, in the later words"),
        )
    likelier = likeness not in (Likeness.TWO_WORDINGS, Likeness.NUMBERED_TWICE)
    if asked.ask(Question(key, "same", name, sentence, choices, likelier), [first.place, second.place]):
        for draft in (first, second):
            if all(problem.key != key for problem in draft.problems):
                draft.problems.append(Problem(PAIRED[likeness], "item", key))
        return None
    said = asked.answers.get(key)
    return LATER_WORDS if said == LATER_WORDS else bool(said)


def _stand_in(chosen: str, other: str, drafts: Sequence[Draft]) -> None:
    """Give lines that have the other words the chosen ones, and keep the other as a note."""
    if chosen == other:
        return
    for draft in drafts:
        if draft["text"] == other:
            notes = dict(draft["notes"] or {})
            kept = notes.get(OTHER_WORDING)
            notes[OTHER_WORDING] = f"{kept}\n{other}" if kept else other
            draft.values |= {"text": chosen, "notes": notes}
