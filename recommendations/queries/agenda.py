"""A meeting's running list: every recommendation the committee may give its view of, in the order of the reports.

For each, what the committee needs beside the choice: the measure of success; of each body its response and reason, the
first date and what became of it, its last update with barriers and evidence; the committee's last verdicts; what members
propose and what was recorded at this meeting already; and where the head of service should be invited. A fixed number of
queries for a page of any length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.utils.text import Truncator

from committee import clock
from committee.paging import page_of
from recommendations.lifecycle import Decision, MeetingState, ProposalState
from recommendations.models import (
    Assessment,
    Assignment,
    Inquiry,
    Meeting,
    ProposedVerdict,
    Recommendation,
    Response,
    TargetChange,
)
from recommendations.models import expressions as rules
from recommendations.queries.assessments import not_reported, open_at_meeting
from recommendations.queries.correction_marks import MarkedRow, is_told_of, marked
from recommendations.queries.evidence import EvidenceView, evidence_views
from recommendations.queries.figures import meetings_to_escalate_by, to_escalate_by
from recommendations.queries.states import states

PER_PAGE = 25
ON_A_SHEET = 500
"""How many recommendations a printed sheet holds at most."""
REPORTING_NOTHING = (Decision.REJECTED, Decision.NOT_OURS)
"""Responses after which no progress is reported: the body does not do it."""


@dataclass
class Target:
    """What a verdict can be given on: a whole recommendation, or one assignment."""

    recommendation: Recommendation
    assignment: Assignment | None
    verdicts: list[Assessment]
    meeting: Meeting
    own: ProposedVerdict | None = None
    """What the reader proposes of it, if anything."""
    form: Any = None
    ticket: str = ""
    kept: Any = None
    meanwhile: Assessment | ProposedVerdict | None = None
    denied: str = ""
    """Why what a button asked for was refused."""

    @property
    def key(self) -> str:
        return f"a{self.assignment.pk}" if self.assignment else f"r{self.recommendation.pk}"

    @property
    def label(self) -> str:
        return self.assignment.owner_name if self.assignment else "the whole recommendation"

    @property
    def problems(self) -> list[dict[str, str]]:
        """What stands against what was asked for, for the summary at the top of the page, beside the errors of a form."""
        words = self.denied or ("Somebody else was first. Read what stands now" if self.meanwhile else "")
        address = f"#item-{self.recommendation.pk}"
        return [{"address": address, "text": f"{self.title}: {words}"}] if words else []

    @property
    def title(self) -> str:
        """Its reference, with the body if it is one part."""
        reference = self.recommendation.reference
        return f"{reference}, {self.assignment.owner_name}" if self.assignment else reference

    @property
    def parts(self) -> list[Assignment]:
        return [self.assignment] if self.assignment else list(self.recommendation.assignments.all())

    @property
    def is_open(self) -> bool:
        """Whether it was open at this meeting."""
        return open_at_meeting(self.meeting, self.parts, self.verdicts) is True

    @property
    def not_reported(self) -> str:
        """The fact that not every body has reported its part as delivered, in words; "" where every body has."""
        return not_reported(self.parts, sources_only=self.recommendation.sources_only)

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
    """One assignment: what its body answered, promised and last reported, and whether it should be escalated."""

    assignment: Assignment
    to_escalate: bool
    date_asked: TargetChange | None = None
    """The new date that the body asks for, if it is undecided."""
    response: Response | None = None
    """The body's latest response."""
    response_mark: MarkedRow | None = None
    """What was corrected of that response."""
    evidence: list[EvidenceView] = field(default_factory=list)
    """What came with its last update."""

    @property
    def short(self) -> str:
        update = self.assignment.last_update
        return _short(update.progress) if update else ""

    @property
    def barriers(self) -> str:
        """What stands in the way, by its last update."""
        update = self.assignment.last_update
        return _short(update.barriers) if update else ""

    @property
    def reports_nothing(self) -> bool:
        """Whether it has reported nothing though it is expected to: a body that rejected it is not."""
        silent = self.assignment.last_update_id is None
        return silent and self.assignment.decision not in REPORTING_NOTHING


@dataclass
class Item:
    """One recommendation on the running list."""

    recommendation: Recommendation
    parts: list[AgendaAssignment]
    verdicts: list[Assessment]
    meeting: Meeting
    separately: bool
    proposals: list[ProposedVerdict] = field(default_factory=list)
    """What members propose of it at this meeting, the first first."""
    passed_over: list[ProposedVerdict] = field(default_factory=list)
    """What they had proposed and the committee did not take."""
    targets: list[Target] = field(default_factory=list)
    marks: Mapping[int, MarkedRow] = field(default_factory=dict)
    """The verdicts with what was corrected of each, by their ids."""

    @property
    def key(self) -> str:
        return f"item-{self.recommendation.pk}"

    @property
    def seen(self) -> int:
        """The id of the last verdict on it or on a part, 0 for none."""
        return max((verdict.pk for verdict in self.verdicts), default=0)

    @property
    def here(self) -> list[MarkedRow]:
        """Return what was recorded at this meeting, the earliest first."""
        return [self.marks[verdict.pk] for verdict in self.verdicts if verdict.meeting_id == self.meeting.pk]

    @property
    def last_before(self) -> list[MarkedRow]:
        """Return the last verdicts given at other meetings, on the whole and on each part."""
        last = {
            verdict.assignment_id: verdict
            for verdict in self.verdicts
            if verdict.meeting_id != self.meeting.pk
        }
        return [self.marks[verdict.pk] for verdict in last.values()]

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
    """The running list of one meeting as one person reads it, under its filters."""

    meeting: Meeting
    reader: Any
    only_to_do: bool = False
    is_sheet: bool = False
    """Whether it is all on one page without forms, to be printed."""
    inquiry: Inquiry | None = None
    separately: frozenset[int] = frozenset()
    page_number: str = "1"

    @property
    def is_open(self) -> bool:
        """Whether the committee's view can be recorded now."""
        known = self.meeting.has_day and self.meeting.state != MeetingState.NOT_KNOWN
        return known and not self.is_cancelled and self.meeting.held_on <= clock.today()

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.state == MeetingState.CANCELLED

    @cached_property
    def _all(self) -> Any:
        return Recommendation.objects.for_agenda(self.meeting)

    @property
    def _listed(self) -> Any:
        """Return what is on the list, with whether anything was corrected of each."""
        return self._all.annotate(corrected=is_told_of("pk"))

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
        rows = self._listed
        if self.inquiry is not None:
            rows = rows.of_inquiry(self.inquiry)
        page = page_of(rows, ON_A_SHEET if self.is_sheet else PER_PAGE, self.page_number)
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
        return self._items(list(self._listed.of_ids({recommendation.pk})))[0]

    def chosen(self, wholes: set[int], parts: set[int]) -> list[Target]:
        """Return what was chosen of the list, in its order: whole recommendations, and parts of them, by their ids.

        What is not on the list is left out.
        """
        rows = list(self._all.with_any_of(wholes, parts))
        self.separately |= {
            row.pk for row in rows if parts & {assignment.pk for assignment in row.assignments.all()}
        }
        targets = [target for item in self._items(rows) for target in item.targets]
        return [
            target
            for target in targets
            if (target.assignment.pk in parts if target.assignment else target.recommendation.pk in wholes)
        ]

    def _items(self, recommendations: list[Recommendation]) -> list[Item]:
        ids = {recommendation.pk for recommendation in recommendations}
        verdicts: dict[int, list[Assessment]] = defaultdict(list)
        for verdict in Assessment.objects.of_recommendations(ids).standing().for_timeline():
            verdicts[verdict.recommendation_id].append(verdict)
        late = self._to_escalate(ids)
        asked = {
            change.assignment_id: change
            for change in TargetChange.objects.requested().filter(assignment__recommendation__in=ids)
        }
        answers = {
            response.assignment_id: response
            for response in Response.objects.standing()
            .filter(assignment__recommendation__in=ids)
            .select_related("meeting__body")
            .order_by(*rules.FIRST_RESPONSE)
        }
        given = (verdict for found in verdicts.values() for verdict in found)
        marks = marked([*given, *answers.values()], with_days=True)
        of_verdicts = {one.row.pk: one for one in marks if isinstance(one.row, Assessment)}
        of_answers = {one.row.assignment_id: one for one in marks if isinstance(one.row, Response)}
        proposals = self._proposals(ids)
        items = []
        for recommendation in recommendations:
            # What says whether a row stands is at hand already.
            for verdict in verdicts[recommendation.pk]:
                verdict.recommendation = recommendation
            for part in recommendation.assignments.all():
                if part.pk in answers:
                    answers[part.pk].assignment = part
            parts = [
                AgendaAssignment(
                    a,
                    a.pk in late,
                    asked.get(a.pk),
                    answers.get(a.pk),
                    of_answers.get(a.pk),
                    self._evidence(recommendation, a),
                )
                for a in recommendation.assignments.all()
            ]
            proposed = proposals[recommendation.pk]
            item = Item(
                recommendation,
                parts,
                verdicts[recommendation.pk],
                self.meeting,
                separately=recommendation.pk in self.separately,
                marks=of_verdicts,
                proposals=[one for one in proposed if one.state == ProposalState.STANDING],
                passed_over=[one for one in proposed if one.state == ProposalState.NOT_TAKEN],
            )
            item.separately = item.separately or item.must_be_separate
            item.targets = self._targets(item)
            items.append(item)
        return items

    def _proposals(self, recommendation_ids: set[int]) -> dict[int, list[ProposedVerdict]]:
        proposals: dict[int, list[ProposedVerdict]] = defaultdict(list)
        rows = ProposedVerdict.objects.on_standing_parts().at_meeting(self.meeting)
        for proposal in rows.of_recommendations(recommendation_ids):
            proposals[proposal.recommendation_id].append(proposal)
        return proposals

    def _evidence(self, recommendation: Recommendation, assignment: Assignment) -> list[EvidenceView]:
        update = assignment.last_update
        if update is None:
            return []
        # What decides who may open it is at hand already.
        update.assignment, assignment.recommendation = assignment, recommendation
        return evidence_views(update, self.reader)

    def _targets(self, item: Item) -> list[Target]:
        own = {one.assignment_id: one for one in item.proposals if one.proposed_by_id == self.reader.pk}
        if item.separately and len(item.parts) > 1:
            return [
                Target(
                    item.recommendation,
                    part.assignment,
                    [verdict for verdict in item.verdicts if verdict.covers(part.assignment)],
                    self.meeting,
                    own.get(part.assignment.pk),
                )
                for part in item.parts
            ]
        return [Target(item.recommendation, None, item.verdicts, self.meeting, own.get(None))]

    def _to_escalate(self, recommendation_ids: set[int]) -> set[int]:
        """Return those overdue at this meeting and the one before."""
        open_now = states(Assignment.objects.open().of_recommendations(recommendation_ids))
        return {state.pk for state in to_escalate_by(self.meeting.body, open_now, self._two_meetings)}

    @cached_property
    def _two_meetings(self) -> list[Meeting]:
        return meetings_to_escalate_by(self.meeting)

    @cached_property
    def may_invite_to(self) -> list[Meeting]:
        """Return later meetings of the committee, to which a head of service can be invited, the next first."""
        later = Meeting.objects.of(self.meeting.body).after(self.meeting)
        return list(later.for_list())


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).words(60)
