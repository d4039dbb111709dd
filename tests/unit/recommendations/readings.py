"""Every way in which the tracker reads where a recommendation stands, side by side, for tests that hold them together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, Value, When

from committee import clock
from recommendations.exports.columns import RECOMMENDATION_COLUMNS
from recommendations.filters import standing as condition
from recommendations.lifecycle import (
    ChangeKind,
    Edition,
    FollowUpStatus,
    RecordKind,
    Standing,
    UpdateState,
)
from recommendations.lifecycle.events import update_order
from recommendations.lifecycle.state import AssignmentState, recommendation_state
from recommendations.models import (
    Assessment,
    Assignment,
    Inquiry,
    Meeting,
    Pack,
    Recommendation,
    TargetChange,
    Update,
)
from recommendations.models import expressions as rules
from recommendations.packs.content import build_content
from recommendations.packs.values import Data
from recommendations.queries import figures, trends
from recommendations.queries.agenda import Agenda
from recommendations.queries.as_at import put_back
from recommendations.queries.changes import changes
from recommendations.queries.dashboard import LISTINGS
from recommendations.queries.records import record
from recommendations.queries.states import StateAt, states
from tests.factories import Cast, fresh

STATE = (
    "claim", "decision", "target_on", "slips", "slip_days", "grade", "awaiting_verdict", "escalated_on", "closed_as",
    "sources_only", "late_from",
)  # fmt: skip
"""What of an assignment's state every reading knows."""


def derived(assignment: Assignment, until: dt.datetime | None = None) -> AssignmentState:
    """Its state from history as it was recorded at the moment: what was corrected since reads as it did then."""
    part = Assignment.objects.select_related("recommendation__inquiry").get(pk=assignment.pk)
    changes = list(part.target_changes.select_related("meeting"))
    verdicts = list(part.recommendation.assessments.select_related("meeting"))
    put_back(until, part, part.recommendation.inquiry, changes, verdicts)
    return part.derive_state(
        updates=part.updates.filter(state=UpdateState.PUBLISHED),
        responses=part.responses.all(),
        target_changes=changes,
        verdicts=verdicts,
        until=until,
    )


def by_rules(part: Any, day: dt.date) -> dict[str, Any]:
    """The state and what the rules in Python make of it."""
    return {name: getattr(part, name) for name in STATE} | {
        "overdue": part.is_overdue_on(day),
        "awaits_response": part.awaits_response_on(day),
        "response_late": part.is_response_late_on(day),
        "voices_differ": part.voices_differ,
        "on_track_too_late": part.is_on_track_too_late_on(day),
        "in_doubt": part.is_in_doubt_on(day),
        "slipped": part.has_slipped,
        "no_date": part.has_no_date,
        "followed_up": part.is_followed_up,
        "escalated": part.is_escalated,
        "standing": part.standing_on(day),
    }


def by_conditions(day: dt.date) -> dict[int, dict[str, bool]]:
    """What the database's own conditions make of what is kept on each assignment."""
    conditions = {
        "overdue": rules.is_overdue(day),
        "awaits_response": rules.awaits_response(day),
        "response_late": rules.is_response_late(day),
        "open": rules.is_open(),
        "followed_up": rules.is_followed_up(),
        "not_known": rules.is_not_known(),
        "awaiting": rules.is_awaiting_verdict(),
        "escalated": rules.is_escalated(),
        "slipped": rules.has_slipped(),
        "implemented": rules.is_closed_as_implemented(),
    }
    rows = Assignment.objects.standing().annotate(
        **{
            f"found_{name}": Case(When(one, then=Value(True)), default=Value(False))
            for name, one in conditions.items()
        }
    )
    return {row.pk: {name: getattr(row, f"found_{name}") for name in conditions} for row in rows}


def conditions_of(part: Any, day: dt.date) -> dict[str, bool]:
    """The same by the rules in Python."""
    standing = part.standing_on(day)
    return {
        "overdue": part.is_overdue_on(day),
        "awaits_response": part.awaits_response_on(day),
        "response_late": part.is_response_late_on(day),
        "open": part.is_open,
        "followed_up": part.is_followed_up,
        "not_known": part.is_open and standing == Standing.NOT_KNOWN,
        "awaiting": standing == Standing.AWAITING,
        "escalated": part.is_escalated,
        "slipped": part.has_slipped,
        "implemented": standing == Standing.IMPLEMENTED,
    }


def by_states(at: dt.datetime | None, day: dt.date) -> dict[int, dict[str, Any]]:
    """What figures and lists read of each assignment, now or from history."""
    return {state.pk: by_rules(state, day) for state in states(Assignment.objects.all(), at)}


def of_pack(part: Data) -> dict[str, Any]:
    """What a pack tells of one part, under the names of the other readings."""
    return {
        "claim": part["claim"]["value"] if part["claim"] else "",
        "decision": part["response"]["decision"]["value"] if part["response"] else "",
        "target_on": dt.date.fromisoformat(part["dates"]["now"]) if part["dates"]["now"] else None,
        "slips": part["dates"]["slips"],
        "slip_days": part["dates"]["days_slipped"],
        "awaiting_verdict": part["awaiting_verdict"],
        "escalated_on": dt.date.fromisoformat(part["escalated_on"]) if part["escalated_on"] else None,
        "closed_as": part["closed_as"]["value"] if part["closed_as"] else "",
        "overdue": part["overdue"],
        "awaits_response": part["awaits_decision"],
        "on_track_too_late": part["on_track_too_late"],
    }


def in_pack_of(state: dict[str, Any], *, sources_only: bool) -> dict[str, Any]:
    """The state as a pack tells it: of what only public sources tell it says neither "no" nor nought, but nothing."""
    unsaid = {name: state[name] or None for name in ("slips", "slip_days", "overdue")}
    return state | unsaid if sources_only else state


def pack_of(cast: Cast, meeting: Meeting, moment: dt.datetime) -> Data:
    """A public pack of everything published, as at the moment."""
    chosen = list(Recommendation.objects.published().order_by("pk").values_list("pk", flat=True))
    pack = Pack(meeting=meeting, edition=Edition.PUBLIC, created_by=cast.carla, selection=chosen, title="All")
    return build_content(pack, by=fresh(cast.carla), moment=moment)


def assert_readings_agree(cast: Cast, moment: dt.datetime, meeting: Meeting) -> None:
    """Everything that tells where things stood at the moment tells the same."""
    day = moment.date()
    parts = list(Assignment.objects.existing_at(moment).select_related("recommendation", "body"))
    expected = {part.pk: by_rules(derived(part, moment), day) for part in parts}
    asked = {part.pk: expected[part.pk] for part in parts if not derived(part, moment).is_disowned}
    assert by_states(moment, day) == asked
    still_open = {part.pk for part in parts if not derived(part, moment).is_closed}
    assert set(Assignment.objects.open_at(moment).values_list("pk", flat=True)) == still_open
    if moment == clock.now():
        assert by_states(None, day) == asked
        assert by_conditions(day) == {part.pk: conditions_of(part, day) for part in parts}
        assert {part.pk: by_rules(part, day) for part in parts} == expected
        assert_the_running_list_agrees(cast, meeting)
    content = pack_of(cast, meeting, moment)
    in_pack = {row["id"]: row for inquiry in content["inquiries"] for row in inquiry["recommendations"]}
    for recommendation in Recommendation.objects.published().existing_at(moment):
        own = [part for part in parts if part.recommendation_id == recommendation.pk]
        verdicts = list(recommendation.assessments.filter(assignment__isnull=True).select_related("meeting"))
        put_back(moment, verdicts)
        whole = recommendation_state(
            [derived(part, moment) for part in own],
            verdicts,
            until=moment,
            from_public_sources=_kind_at(recommendation, moment) == RecordKind.PUBLIC_SOURCES,
        )
        page = record(Recommendation.objects.for_record().get(pk=recommendation.pk), cast.sam, moment)
        assert page.closed_by == whole.closed_by
        assert {part.assignment.pk: by_rules(part.assignment, day) for part in page.parts} == {
            part.pk: expected[part.pk] for part in own
        }
        row = in_pack[recommendation.pk]
        assert row["standing"] == whole.standing_on(day)
        assert (row["closed"]["as"]["value"] if row["closed"] else "") == whole.closed_as
        order = sorted(own, key=lambda part: (not part.is_lead, part.body.name, part.pk))
        for part, told in zip(order, row["bodies"], strict=True):
            told = of_pack(told)
            state = in_pack_of(expected[part.pk], sources_only=derived(part, moment).sources_only)
            assert told == {name: state[name] for name in told}
    assert_figures_are_their_lists(moment, content)
    assert_the_trend_is_the_figures(moment)


def derived_as_known(assignment: Assignment, moment: dt.datetime) -> AssignmentState:
    """Its state at the moment, of what was recorded by then and is not known today to have been recorded in error."""
    part = Assignment.objects.select_related("recommendation__inquiry").get(pk=assignment.pk)
    return part.derive_state(
        updates=part.updates.filter(state=UpdateState.PUBLISHED),
        responses=part.responses.filter(voided_at=None),
        target_changes=part.target_changes.filter(voided_at=None).select_related("meeting"),
        verdicts=part.recommendation.assessments.filter(voided_at=None).select_related("meeting"),
        until=moment,
    )


def assert_the_running_list_agrees(cast: Cast, meeting: Meeting) -> None:
    """The running list of the meeting has what stands, and nothing that was recorded in error."""
    agenda, day = Agenda(meeting, cast.sam), clock.today()
    standing = Assessment.objects.filter(voided_at=None)
    here = set(standing.filter(meeting=meeting).values_list("recommendation", flat=True))
    rows = Recommendation.objects.filter(made_public_at__isnull=False, withdrawn_at=None)
    rows = rows.filter(inquiry__committee=meeting.body, inquiry__published_on__lte=meeting.held_on)
    listed = {row.pk for row in rows if row.closed_on is None or row.pk in here}
    assert {item.recommendation.pk for item in agenda.items} == listed
    assert agenda.done == len(listed & here)
    meetings = figures.meetings_to_escalate_by(meeting)
    for item in agenda.items:
        verdicts = standing.filter(recommendation=item.recommendation)
        assert {one.pk for one in item.verdicts} == set(verdicts.values_list("pk", flat=True))
        parts = {part.assignment.pk: part for part in item.parts}
        own = Assignment.objects.filter(recommendation=item.recommendation, withdrawn_at=None)
        assert set(parts) == set(own.values_list("pk", flat=True))
        for part in own.select_related("recommendation"):
            state, told = derived(part), parts[part.pk]
            assert (told.response.decision if told.response else "") == state.decision
            late = state.is_overdue_on(day) and not state.is_escalated and len(meetings) > 1
            assert told.to_escalate == (late and all(_was_late_at(part, one) for one in meetings)), part


def _was_late_at(part: Assignment, meeting: Meeting) -> bool:
    """Whether it was overdue and nobody was invited as the meeting began."""
    began, public_at = clock.start_of_day(meeting.held_on), part.recommendation.made_public_at
    if part.created_at > began or public_at is None or public_at > began:
        return False
    state = derived_as_known(part, began)
    return state.is_overdue_on(meeting.held_on) and not state.is_escalated


def _kind_at(recommendation: Recommendation, moment: dt.datetime) -> str:
    inquiry = Inquiry.objects.get(pk=recommendation.inquiry_id)
    put_back(moment, inquiry)
    return inquiry.record_kind


def assert_figures_are_their_lists(moment: dt.datetime, content: Data) -> None:
    """Each figure of the dashboard is the number of recommendations in the list behind it; and the pack's are the
    dashboard's."""
    scope, whole = Assignment.objects.published(), Recommendation.objects.published()
    for at in [moment, None] if moment == clock.now() else [moment]:
        total = figures.tally(scope, at, whole).total
        behind = {
            "overdue": total.counts.overdue,
            "to-judge": total.to_judge,
            "response-late": total.response_late,
            "slipped": total.slipped,
            "escalated": total.escalated,
            "open": total.counts.open,
            "implemented": total.counts.implemented,
            "unaddressed": total.unaddressed,
            "not-known": total.counts.not_known,
            "all": total.total,
        }
        for slug, figure in behind.items():
            entries = LISTINGS[slug].entries(scope, whole, at)
            assert entries.recommendation_count == figure, slug
            ids = [row.recommendation_id if isinstance(row, StateAt) else row.pk for row in entries]
            assert len(set(ids)) == figure, slug
            assert len(ids) == len(entries) == len(entries[: len(ids)]), slug
        counts = total.counts
        for line in content["summary"]["standing"]:
            assert line["count"] == counts.of(Standing(line["value"])), line["label"]
        now = trends.trend(scope, at, recommendations=whole)[-1]
        assert (now.open, now.overdue, now.closed, now.not_known) == (
            counts.open - counts.overdue,
            counts.overdue,
            counts.closed,
            counts.not_known,
        )


def assert_the_trend_is_the_figures(moment: dt.datetime) -> None:
    """Each point of the trend is what the figures tell of the end of that month, and of the moment itself."""
    scope = Assignment.objects.published()
    whole = Recommendation.objects.published()
    for point in trends.trend(scope, moment, months=4, recommendations=whole):
        end = moment if point.day == moment.date() else clock.end_of_day(point.day)
        counts = figures.tally(scope, end, whole).total.counts
        closed = counts.implemented + counts.closed_otherwise
        assert (point.open, point.overdue, point.closed, point.not_known) == (
            counts.awaiting + counts.in_time,
            counts.overdue,
            closed,
            counts.not_known,
        ), point.day


def assert_lists_and_downloads_agree(day: dt.date) -> None:
    """The public lists' filters and the downloads tell what is kept."""
    parts = {part.pk: part for part in Assignment.objects.standing().for_list()}
    expected = {
        FollowUpStatus.OPEN: lambda part: part.is_open,
        FollowUpStatus.CLOSED: lambda part: part.is_closed,
        FollowUpStatus.OVERDUE: lambda part: part.is_overdue_on(day),
        FollowUpStatus.AWAITING_RESPONSE: lambda part: part.awaits_response_on(day),
        FollowUpStatus.RESPONSE_LATE: lambda part: part.is_response_late_on(day),
        FollowUpStatus.AWAITING_COMMITTEE: lambda part: part.standing_on(day) == Standing.AWAITING,
        FollowUpStatus.ESCALATED: lambda part: part.is_escalated,
    }
    for status, holds in expected.items():
        rows = Assignment.objects.standing().filter(condition(status, day))
        found = set(rows.values_list("pk", flat=True))
        assert found == {pk for pk, part in parts.items() if holds(part)}, status
    columns = {column.name: column.value for column in RECOMMENDATION_COLUMNS}
    for part in parts.values():
        row, state = (part.recommendation, part), derived(part)
        assert columns["overdue"](row) == state.is_overdue_on(day)
        assert columns["closed"](row) == state.closed_on
        assert columns["present_date"](row) == state.target_on
        assert columns["slips"](row) == state.slips
        assert columns["response_date"](row) == state.decided_on
        assert columns["committee_found_date"](row) == state.assessed_on


def told_up_to(cast: Cast, since: dt.datetime, moment: dt.datetime | None) -> dict[str, Any]:
    """What changed after `since`, what waited, and what the pages of people who sign in showed at the moment (None: now)."""
    groups = changes((since, moment), Assignment.objects.all())
    pages = {
        recommendation.pk: record(recommendation, cast.sam, moment)
        for recommendation in Recommendation.objects.for_record().published()
    }
    return {
        "changes": {
            group.kind: [
                (one.recommendation_id, one.assignment_id, one.on, one.status, one.before, one.old, one.new)
                for one in group.changes
            ]
            for group in groups
        },
        "waiting": set(TargetChange.objects.waiting_at(moment).values_list("pk", flat=True)),
        "entries": {
            pk: [(entry.kind, entry.key, entry.on, entry.title) for entry in page.entries]
            for pk, page in pages.items()
        },
        "dates": {
            part.assignment.pk: [(change.pk, change.state, change.decided_on) for change in part.changes]
            for page in pages.values()
            for part in page.parts
        },
    }


def assert_corrections_stand() -> None:
    """What corrects an update comes after it, so that no update that was corrected is the latest."""
    for one in Update.objects.published().filter(corrects__isnull=False).select_related("corrects"):
        corrected = one.corrects
        assert corrected is not None
        assert update_order(one) > update_order(corrected), f"{one.pk} stands before {corrected.pk}"
        listed = Update.objects.published().filter(pk__in=[one.pk, corrected.pk])
        assert listed.first() == one, "lists tell it after what it corrects"
    latest = Assignment.objects.filter(last_update__corrections__state=UpdateState.PUBLISHED)
    assert not latest.exists()


def assert_changes_account_for_states(start: dt.datetime, end: dt.datetime) -> None:
    """What is told to have become late between two moments is what was not late at the one and is at the other."""
    day, then = end.date(), start.date()
    parts = list(Assignment.objects.published().existing_at(end).select_related("recommendation"))
    told = {
        group.kind: {change.assignment_id for change in group.changes}
        for group in changes((start, end), Assignment.objects.all())
    }
    before = {part.pk: derived(part, start) for part in parts if part.created_at <= start}
    after = {part.pk: derived(part, end) for part in parts}
    assert told[ChangeKind.OVERDUE] == {
        pk
        for pk, state in after.items()
        if state.is_overdue_on(day) and not (pk in before and before[pk].is_overdue_on(then))
    }
    assert told[ChangeKind.RESPONSE_LATE] == {
        pk
        for pk, state in after.items()
        if state.is_response_late_on(day) and not (pk in before and before[pk].is_response_late_on(then))
    }


__all__ = [
    "assert_changes_account_for_states",
    "assert_corrections_stand",
    "assert_lists_and_downloads_agree",
    "assert_readings_agree",
    "assert_the_running_list_agrees",
    "derived",
    "told_up_to",
]
