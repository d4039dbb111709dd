"""Answer what became of recommendations that a tracker leaves out. On the record they stay what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from committee.accounts.models import User
from recommendations.actions import import_previews as previews
from recommendations.actions.base import ActionDenied
from recommendations.imports import mend
from recommendations.lifecycle import GoneAnswer, ImportRowState
from recommendations.models import ImportBatch
from recommendations.queries.import_gone import GoneSince

NOT_GONE = "The list has changed since you looked. See it as it is now, then answer again"
NOT_NEW = "That line is no new recommendation any more. Select another line"


@dataclass(frozen=True)
class Said:
    """What somebody says became of a recommendation; None takes an answer back."""

    answer: GoneAnswer | None
    line: int | None = None
    """The line that it is the same as."""


def answer(
    *, by: User, batch: ImportBatch, answers: Mapping[int, Said], versions: Mapping[int, str]
) -> ImportBatch:
    """Keep what became of each, by the ids of the recommendations. A line that it is the same as is a new recommendation no more.

    Raise EditConflict where somebody else answered meanwhile (`versions`: see `previews.begin_gone`), ActionDenied for one that is
    not gone any more, or a line that is not new any more.
    """
    with transaction.atomic():
        batch = previews.begin_gone(by=by, batch=batch, versions=versions)
        since = GoneSince(batch)
        if not answers.keys() <= set(since.keys):
            raise ActionDenied(NOT_GONE)
        before = {pk: since.same_lines.get(pk) for pk in answers}
        for pk, said in answers.items():
            if before[pk] is not None and before[pk] != said.line:
                _say_which(by, batch, before[pk], None)
        for pk, said in answers.items():
            if said.answer == GoneAnswer.SAME and before[pk] != said.line:
                _say_which(by, batch, said.line, pk)
        return previews.keep_gone(by=by, batch=batch, said={pk: said.answer for pk, said in answers.items()})


def answer_all(*, by: User, batch: ImportBatch, answer: GoneAnswer) -> int:
    """Answer all that nobody has answered alike. Return how many they were."""
    with transaction.atomic():
        batch = previews.begin_gone(by=by, batch=batch, versions={})
        said = dict.fromkeys(GoneSince(batch).unanswered, answer)
        previews.keep_gone(by=by, batch=batch, said=said)
        return len(said)


def _say_which(by: User, batch: ImportBatch, line: int | None, recommendation: int | None) -> None:
    row = batch.rows.select_related("batch__committee", "batch__created_by").filter(pk=line or 0).first()
    if row is None or (recommendation is not None and row.state != ImportRowState.NEW):
        raise ActionDenied(NOT_NEW, f"line_{recommendation}")
    mend.say_which(by=by, row=row, version=previews.line_version(row), recommendation=recommendation)
