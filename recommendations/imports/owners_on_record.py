"""Asks about owners that a tracker names and the record does not have: whether they join those it has, or are one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from recommendations.imports.drafts import DraftLine, by_item
from recommendations.lifecycle.imported import ImportedLine, ImportedOwner
from recommendations.lifecycle.periods import NO_PERIOD
from recommendations.models import Body
from recommendations.queries.import_seen import parts_on_record, seen_of
from recommendations.trackers.questions import Answers, Choice, Question, question_key

FURTHER, AS_IT_IS = "further", "as it is"
"""The answers that the owner joins those on the record, and that the record stays as it is; else it is the body `same`."""


class OwnersOnRecord:
    """Holds the owners of lines against those that their recommendations have on the record, in one query.

    Nothing is assumed: a line that names another owner than the record waits until it is said what that means, once for each
    pair of names.
    """

    def __init__(
        self, drafts: Sequence[DraftLine], answers: Answers, ask: Callable[[DraftLine, Question, str], None]
    ) -> None:
        self.items = [some for some in by_item(drafts).values() if some[0].known is not None]
        self.answers = answers
        self.ask = ask
        known = {some[0].known.recommendation.pk for some in self.items if some[0].known}
        self.parts = parts_on_record(known)
        self.there: dict[int, dict[int, Body]] = {
            pk: {part.body_id: part.body for part in parts} for pk, parts in self.parts.items()
        }

    def check(self) -> None:
        """Set on each line the owners that it has after what was answered, and ask about the others."""
        for some in self.items:
            there = self.there.get(some[0].known.recommendation.pk) if some[0].known else None
            if there:
                self._check(some, there)

    def tell_seen(self, drafts: Sequence[DraftLine], ended: Mapping[str, Collection[int]]) -> None:
        """Set on each line what of the record it was checked against. `ended` are bodies and posts that have ended."""
        for draft in drafts:
            known = draft.known.recommendation if draft.known else None
            parts = self.parts.get(known.pk, ()) if known else ()
            draft.seen = seen_of(known, parts, draft.line.owners, ended)

    def _check(self, some: Sequence[DraftLine], there: Mapping[int, Body]) -> None:
        named = {owner.body for draft in some for owner in draft.line.owners}
        unnamed = [body for pk, body in there.items() if pk not in named] or list(there.values())
        for draft in some:
            if "owners" not in draft.decisions.mended:
                self._settle(draft, there, unnamed)

    def _settle(self, draft: DraftLine, there: Mapping[int, Body], unnamed: Sequence[Body]) -> None:
        owners: list[ImportedOwner] = []
        left_as_it_is = False
        for owner in draft.line.owners:
            said: Any = FURTHER if owner.body in there else self._said(draft, owner, unnamed)
            if isinstance(said, Mapping) and said.get("same") in there:
                owner = ImportedOwner(said["same"], None, owner.words)
            elif said == AS_IT_IS:
                left_as_it_is = True
                continue
            if all(one.body != owner.body for one in owners):
                owners.append(owner)
        if tuple(owners) != draft.line.owners:
            line = replace(draft.line, owners=tuple(owners))
            draft.line = without_answers(line) if left_as_it_is and not owners else line

    def _said(self, draft: DraftLine, owner: ImportedOwner, unnamed: Sequence[Body]) -> Any:
        """Return what was answered about an owner that the record does not have. Ask where nothing was."""
        names = "; ".join(sorted(body.name for body in unnamed))
        key = question_key("another owner", names, owner.words)
        said = self.answers.get(key)
        is_one = isinstance(said, Mapping) and said.get("same") in {body.pk for body in unnamed}
        if said in (FURTHER, AS_IT_IS) or is_one:
            return said
        choices = (
            Choice(FURTHER, f"A further owner: it is addressed to {owner.words} too"),
            *(Choice({"same": body.pk}, f"{body.name}, under another name") for body in unnamed),
            Choice(AS_IT_IS, f"Leave the record as it is, and take no answer of {owner.words}"),
        )
        sentence = f"On the record it is addressed to {names}, and the file names {owner.words}: what does that mean?"
        self.ask(draft, Question(key, "another owner", owner.words, sentence, choices), "owners")
        return None


def without_answers(line: ImportedLine) -> ImportedLine:
    """Return the line without what its owner answered: nobody else said it. What the committee decided stays."""
    return replace(
        line,
        response="",
        response_text="",
        reason="",
        answered_on=NO_PERIOD,
        earlier_targets=(),
        target=NO_PERIOD,
        asked_target=NO_PERIOD,
        updates=(),
        steps=(),
        exempt=None,
    )
