"""A meeting's running list: every recommendation the committee may give its view of, in the order of the reports.

For each: the last claim of each body, the last verdict of the committee, what was recorded at this meeting already, and
where the head of service should be invited. A fixed number of queries for a page of any length.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.utils.text import Truncator

from committee import clock
from committee.paging import page_of
from recommendations.lifecycle import MeetingState
from recommendations.models import Assessment, Assignment, Inquiry, Meeting, Recommendation, TargetChange
from recommendations.queries.assessments import open_at_meeting
from recommendations.queries.figures import to_escalate_by
from recommendations.queries.states import states

PER_PAGE = 25


@dataclass
class Target:
    """What a verdict can be given on: a whole recommendation, or one assignment."""

    recommendation: Recommendation
    assignment: Assignment | None
    verdicts: list[Assessment]
    meeting: Meeting
    form: Any = None
    ticket: str = ""
    kept: Any = None
    meanwhile: Assessment | None = None

    @property
    def key(self) -> str:
        return f"a{self.assignment.pk}" if self.assignment else f"r{self.recommendation.pk}"

    @property
    def label(self) -> str:
        return self.assignment.owner_name if self.assignment else "the whole recommendation"

    @property
    def is_open(self) -> bool:
        """Whether it was open at this meeting."""
        parts = [self.assignment] if self.assignment else list(self.recommendation.assignments.all())
        return open_at_meeting(self.meeting, parts, self.verdicts) is True

    @property
    def here(self) -> bool:
        """Whether a verdict on it was recorded at this meeting already."""
        return any(verdict.meeting_id == self.meeting.pk for verdict in self.verdicts)

    @property
    def is_due(self) -> bool:
        return self.is_open and not self.here

    @property
    def seen(self) -> int:
        """The id of the last verdict, 0 for none."""
        return max((verdict.pk for verdict in self.verdicts), default=0)


@dataclass
class AgendaAssignment:
    """One assignment: its last claim, and whether it should be escalated."""

    assignment: Assignment
    to_escalate: bool
    date_asked: TargetChange | None = None
    """The new date that the body asks for, if it is undecided."""

    @property
    def short(self) -> str:
        update = self.assignment.last_update
        return Truncator(" ".join(update.progress.split())).words(60) if update else ""


@dataclass
class Item:
    """One recommendation on the running list."""

    recommendation: Recommendation
    parts: list[AgendaAssignment]
    verdicts: list[Assessment]
    meeting: Meeting
    separately: bool
    targets: list[Target] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"item-{self.recommendation.pk}"

    @property
    def here(self) -> list[Assessment]:
        """Return what was recorded at this meeting, the earliest first."""
        return [verdict for verdict in self.verdicts if verdict.meeting_id == self.meeting.pk]

    @property
    def last_before(self) -> Assessment | None:
        """Return the last verdict given at another meeting."""
        others = [verdict for verdict in self.verdicts if verdict.meeting_id != self.meeting.pk]
        return others[-1] if others else None

    @property
    def to_escalate(self) -> bool:
        return any(part.to_escalate for part in self.parts)

    @property
    def must_be_separate(self) -> bool:
        """Whether some assignments were open at this meeting and others closed, so that no one verdict fits all."""
        parts = [part.assignment for part in self.parts]
        return open_at_meeting(self.meeting, parts, self.verdicts) is None

    @property
    def has_choice(self) -> bool:
        return len(self.parts) > 1 and not self.must_be_separate


@dataclass
class Agenda:
    """The running list of one meeting, under its filters."""

    meeting: Meeting
    only_to_do: bool = False
    inquiry: Inquiry | None = None
    separately: frozenset[int] = frozenset()
    page_number: str = "1"

    @property
    def is_open(self) -> bool:
        """Whether the committee's view can be recorded now."""
        return self.meeting.state != MeetingState.CANCELLED and self.meeting.held_on <= clock.today()

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.state == MeetingState.CANCELLED

    @cached_property
    def _all(self) -> Any:
        return Recommendation.objects.for_agenda(self.meeting)

    @cached_property
    def total(self) -> int:
        return self._all.count()

    @cached_property
    def done(self) -> int:
        """Return how many have a verdict of this meeting."""
        return self._all.assessed_at(self.meeting).count()

    @cached_property
    def inquiries(self) -> list[Inquiry]:
        return list(Inquiry.objects.with_recommendations_among(self._all))

    @cached_property
    def page(self) -> Page:
        """Return a page of the list. What is assessed leaves a gap on its page of those still to do, so that nothing moves
        to a page that was read already.
        """
        rows = self._all
        if self.inquiry is not None:
            rows = rows.of_inquiry(self.inquiry)
        page = page_of(rows, PER_PAGE, self.page_number)
        if self.only_to_do:
            shown = {row.pk for row in page.object_list}
            page.object_list = list(rows.of_ids(shown).not_assessed_at(self.meeting))
        return page

    @property
    def left(self) -> int:
        """Return how many are still to do, on all pages."""
        return self.total - self.done

    @cached_property
    def items(self) -> list[Item]:
        return self._items(list(self.page.object_list))

    def item(self, recommendation: Recommendation) -> Item:
        """Return one recommendation as it is on the list now."""
        return self._items(list(self._all.of_ids({recommendation.pk})))[0]

    def _items(self, recommendations: list[Recommendation]) -> list[Item]:
        ids = {recommendation.pk for recommendation in recommendations}
        verdicts: dict[int, list[Assessment]] = defaultdict(list)
        for verdict in Assessment.objects.of_recommendations(ids).for_timeline():
            verdicts[verdict.recommendation_id].append(verdict)
        late = self._to_escalate(ids)
        asked = {
            change.assignment_id: change
            for change in TargetChange.objects.requested().filter(assignment__recommendation__in=ids)
        }
        items = []
        for recommendation in recommendations:
            parts = [
                AgendaAssignment(a, a.pk in late, asked.get(a.pk)) for a in recommendation.assignments.all()
            ]
            item = Item(
                recommendation,
                parts,
                verdicts[recommendation.pk],
                self.meeting,
                separately=recommendation.pk in self.separately,
            )
            item.separately = item.separately or item.must_be_separate
            item.targets = self._targets(item)
            items.append(item)
        return items

    def _targets(self, item: Item) -> list[Target]:
        if item.separately and len(item.parts) > 1:
            return [
                Target(
                    item.recommendation,
                    part.assignment,
                    [verdict for verdict in item.verdicts if verdict.covers(part.assignment)],
                    self.meeting,
                )
                for part in item.parts
            ]
        return [Target(item.recommendation, None, item.verdicts, self.meeting)]

    def _to_escalate(self, recommendation_ids: set[int]) -> set[int]:
        """Return those overdue at this meeting and the one before."""
        open_now = states(Assignment.objects.open().of_recommendations(recommendation_ids))
        return {state.pk for state in to_escalate_by(self.meeting.body, open_now, self._two_meetings)}

    @cached_property
    def _two_meetings(self) -> list[Meeting]:
        before = Meeting.objects.of(self.meeting.body).past(self.meeting.held_on).first()
        return [self.meeting, *([before] if before else [])]
