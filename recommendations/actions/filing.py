"""File what was decided at meetings by their days: the order in which it counts, whenever it was entered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from django.db import models

from committee.formatting import long_date
from recommendations.actions.base import ActionDenied, save
from recommendations.actions.recompute import recompute_recommendation
from recommendations.lifecycle import Outcome, outcomes_when
from recommendations.lifecycle.events import verdict_order
from recommendations.lifecycle.state import closing_verdict
from recommendations.models import Assessment, Assignment, Meeting, Recommendation
from recommendations.models.recommendations import wording_order


def hangs_on(meeting: Meeting) -> set[int]:
    """Return the ids of the recommendations whose state hangs on the day of a meeting."""
    found = Recommendation.objects.filter(
        models.Q(assessments__meeting=meeting)
        | models.Q(assignments__target_changes__meeting=meeting)
        | models.Q(wordings__meeting=meeting)
    )
    return set(found.order_by().values_list("pk", flat=True))


def locked(ids: Collection[int]) -> list[Recommendation]:
    """Return these recommendations, locked, in one order for everybody."""
    return list(Recommendation.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))


@contextmanager
def filed_anew(recommendations: Collection[Recommendation]) -> Iterator[None]:
    """Work out anew where these recommendations stand once the block has changed the day of a meeting.

    Raise ActionDenied where what was decided would no longer follow from one another.
    """
    irregular = {one.pk for each in recommendations for one in not_following(each)}
    yield
    for recommendation in recommendations:
        _file_wordings(recommendation)
        check_sequence(recommendation, irregular)
        recompute_recommendation(recommendation)


def check_sequence(recommendation: Recommendation, before: Collection[int]) -> None:
    """Raise ActionDenied where a verdict that stands no longer follows from those before it, such as one that reopens what
    is open. `before` are those that did not follow already, because an earlier one was entered late.
    """
    for verdict in not_following(recommendation):
        if verdict.pk not in before:
            raise ActionDenied(
                f"The committee’s view of {long_date(verdict.meeting.held_on)} on recommendation"
                f" {recommendation.number}, “{Outcome(verdict.outcome).label}”, would no longer follow from what it decided"
                " before. Correct that view first"
            )


def not_following(recommendation: Recommendation) -> list[Assessment]:
    """Return the verdicts that do not fit what those before them, by the days of the meetings, had decided."""
    found = []
    verdicts = list(recommendation.assessments.standing().select_related("meeting"))
    parts: Sequence[Assignment | None] = list(recommendation.assignments.standing()) or [None]
    for part in parts:
        mine = [
            one for one in verdicts if (one.covers(part) if part is not None else one.assignment_id is None)
        ]
        filed: list[Assessment] = []
        for verdict in sorted(mine, key=verdict_order):
            if verdict.outcome not in outcomes_when(closing_verdict(filed) is None):
                found.append(verdict)
            filed.append(verdict)
    return found


def _file_wordings(recommendation: Recommendation) -> None:
    """Let the wording stand that was agreed last, by the days of the meetings."""
    wordings = list(recommendation.wordings.select_related("meeting"))
    if wordings and recommendation.text != max(wordings, key=wording_order).new_text:
        save(recommendation, text=max(wordings, key=wording_order).new_text)
