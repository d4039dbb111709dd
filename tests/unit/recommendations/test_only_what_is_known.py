"""Of an inquiry that is compiled from public sources only what is recorded is told, by every reading alike."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from committee import clock
from recommendations.actions import (
    assessments,
    assignments,
    corrections,
    inquiries,
    meetings,
    notices,
    responses,
    reviews,
    sources,
    updates,
)
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import (
    Claim,
    ClockState,
    Decision,
    Grade,
    Outcome,
    Priority,
    RecordKind,
    Standing,
)
from recommendations.models import Assignment, Inquiry, Meeting, Notice, Recommendation
from recommendations.notifications.due import reconcile
from recommendations.queries import figures
from recommendations.queries.corrections import facts
from recommendations.queries.records import record
from tests.factories import TODAY, Cast, at, fresh
from tests.unit.recommendations.readings import assert_changes_account_for_states, assert_readings_agree

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


@pytest.fixture
def compiled(cast: Cast) -> Inquiry:
    """An inquiry of 2015 from public sources, with a recommendation to two bodies and one to nobody."""
    inquiry = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
    cast.recommendation(inquiry, heading="To two bodies", priority=Priority.NOT_KNOWN)
    cast.recommendation(inquiry, heading="To nobody", priority=Priority.NOT_KNOWN, owner_note="Not named")
    return cast.publish(inquiry, dt.date(2015, 11, 3))


def part_of(cast: Cast, inquiry: Inquiry, **details: Any) -> Assignment:
    recommendation = inquiry.recommendations.get(heading="To two bodies")
    details.setdefault("notified_on", None)
    return cast.assignment(recommendation=recommendation, **details)


def give_priorities(cast: Cast, inquiry: Inquiry) -> None:
    for recommendation in inquiry.recommendations.all():
        corrections.correct_recommendation(
            by=cast.sam, recommendation=recommendation, reason="The minutes say it", priority=Priority.HIGH
        )


def again(part: Assignment) -> Assignment:
    return Assignment.objects.for_list().get(pk=part.pk)


class TestOneBody:
    def test_nothing_of_it_is_awaited_due_or_late(self, cast: Cast, compiled: Inquiry) -> None:
        part = part_of(cast, compiled, first_target_on=dt.date(2016, 12, 31))
        assert part.sources_only
        assert part.standing_on(TODAY) == Standing.NOT_KNOWN
        assert part.clock().state == ClockState.NOT_KNOWN
        assert not part.is_overdue()
        assert not part.awaits_response
        assert not part.is_followed_up
        assert part.is_open
        assert part.first_target_on == dt.date(2016, 12, 31)

    def test_a_response_that_a_source_tells_of_is_known_and_the_rest_is_not(
        self, cast: Cast, compiled: Inquiry
    ) -> None:
        part = part_of(cast, compiled)
        cast.response(part, Decision.NOTED, decided_on=dt.date(2016, 1, 11))
        part = again(part)
        assert part.decision == Decision.NOTED
        assert part.clock().state == ClockState.NOT_KNOWN
        cast.response(part, Decision.ACCEPTED, decided_on=dt.date(2016, 2, 1))
        assert again(part).clock().state == ClockState.STOPPED
        assert again(part).standing_on(TODAY) == Standing.NOT_KNOWN

    def test_no_response_came_before_the_report(self, cast: Cast, compiled: Inquiry) -> None:
        with pytest.raises(ActionDenied, match="before the report was published"):
            cast.response(part_of(cast, compiled), decided_on=dt.date(2015, 11, 2))

    def test_a_claim_is_known_and_waits_for_nobody(self, cast: Cast, compiled: Inquiry) -> None:
        part = part_of(cast, compiled)
        cast.published(part, claim=Claim.DELIVERED, delivered_what="All of it.")
        part = again(part)
        assert part.claim == Claim.DELIVERED
        assert not part.awaiting_verdict
        assert part.standing_on(TODAY) == Standing.NOT_KNOWN

    def test_a_verdict_that_closes_is_known(self, cast: Cast, compiled: Inquiry) -> None:
        part = part_of(cast, compiled)
        cast.close(part)
        assert again(part).standing_on(TODAY) == Standing.IMPLEMENTED

    def test_a_notice_that_is_sent_here_begins_its_follow_up(self, cast: Cast, compiled: Inquiry) -> None:
        part = part_of(cast, compiled)
        assert part.recommendation.sources_only
        (sent,) = notices.send_notice(by=cast.sam, assignments=[part], on=TODAY)
        assert not sent.sources_only
        part = again(part)
        assert part.clock().state == ClockState.RUNNING
        assert part.standing_on(TODAY) == Standing.IN_TIME
        assert not Recommendation.objects.get(pk=part.recommendation_id).sources_only
        reconcile()
        assert Notice.objects.filter(kind="sent").exists()

    def test_a_notice_that_a_source_tells_of_begins_nothing(self, cast: Cast, compiled: Inquiry) -> None:
        part = part_of(cast, compiled)
        notices.send_notice(by=cast.sam, assignments=[part], on=dt.date(2015, 11, 3), from_source=True)
        part = again(part)
        assert part.notified_on == dt.date(2015, 11, 3)
        assert part.response_due_on is None
        assert part.clock().state == ClockState.NOT_KNOWN
        reconcile()
        assert not Notice.objects.exists()

    def test_the_committee_knows_which_notices_it_sent(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=None)
        with pytest.raises(ActionDenied, match="own record"):
            notices.send_notice(by=cast.sam, assignments=[part], on=TODAY, from_source=True)

    def test_no_review_asks_about_it(self, cast: Cast, compiled: Inquiry) -> None:
        part_of(cast, compiled)
        with pytest.raises(ActionDenied, match="nothing open to ask about"):
            reviews.open_review(
                by=cast.sam, committee=cast.committee, title="Review", due_on=TODAY, inquiries=[compiled]
            )


class TestTheKindOfRecord:
    def test_it_can_be_put_right_and_a_page_of_the_past_shows_what_it_showed(
        self, cast: Cast, compiled: Inquiry
    ) -> None:
        part = part_of(cast, compiled)
        earlier = clock.now()
        give_priorities(cast, compiled)
        with at(TODAY + dt.timedelta(days=1)):
            inquiries.edit_inquiry(by=cast.sam, inquiry=compiled, record_kind=RecordKind.COMMITTEE)
            assert again(part).standing_on(clock.today()) == Standing.IN_TIME
            assert not again(part).recommendation.sources_only
            recommendation = Recommendation.objects.for_record().get(pk=part.recommendation_id)
            assert record(recommendation, cast.sam, earlier).sources_only
            scope = Assignment.objects.published(), Recommendation.objects.published()
            assert figures.tally(scope[0], earlier, scope[1]).total.counts.not_known == 2
            assert figures.tally(scope[0], None, scope[1]).total.counts.not_known == 0

    def test_a_committee_knows_its_priorities(self, cast: Cast, compiled: Inquiry) -> None:
        with pytest.raises(ActionDenied, match="First enter the priority of recommendations 1, 2"):
            inquiries.edit_inquiry(by=cast.sam, inquiry=compiled, record_kind=RecordKind.COMMITTEE)
        with pytest.raises(ActionDenied, match="Select the priority"):
            cast.recommendation(cast.inquiry(), priority=Priority.NOT_KNOWN)

    def test_the_database_keeps_to_it(self, cast: Cast, compiled: Inquiry) -> None:
        ours = cast.recommendation(cast.inquiry())
        with pytest.raises(IntegrityError, match="knows the priority"), transaction.atomic():
            Recommendation.objects.filter(pk=ours.pk).update(priority=Priority.NOT_KNOWN)
        with pytest.raises(IntegrityError, match="knows the priority"), transaction.atomic():
            Inquiry.objects.filter(pk=compiled.pk).update(record_kind=RecordKind.COMMITTEE)


class TestWithoutABody:
    def test_it_counts_with_what_is_not_known(self, cast: Cast, compiled: Inquiry) -> None:
        part_of(cast, compiled)
        total = figures.tally(
            Assignment.objects.published(), recommendations=Recommendation.objects.published()
        ).total
        assert total.total == total.counts.not_known == 2
        assert total.known == total.counts.open == total.unaddressed == 0
        assert Recommendation.objects.published().figures() == {
            "total": 2, "open": 0, "not_known": 2, "closed": 0, "implemented": 0, "overdue": 0, "known": 0,
            "sources_only": True,
        }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_every_reading_tells_the_same_whatever_is_recorded(cast: Cast, compiled: Inquiry, seed: int) -> None:
    """Notices, answers, claims, verdicts and a change of the kind of record, in an order drawn by chance."""
    chance = random.Random(seed)  # noqa: S311  # which thing is tried next, no secret
    ours = cast.assignment(first_target_on=TODAY - dt.timedelta(days=30))
    parts = [ours, part_of(cast, compiled), part_of(cast, compiled, body=cast.police)]
    give_priorities(cast, compiled)
    sitting, moments, day = cast.meeting(TODAY), [], TODAY
    for _ in range(14):
        day += dt.timedelta(days=chance.randint(1, 20))
        with at(day):
            moments.append(clock.now())
            part = again(chance.choice(parts))
            act = chance.choice(("notice", "source", "answer", "claim", "judge", "kind", "address"))
            try:
                with transaction.atomic():
                    _do(act, cast, part, compiled, sitting, day, chance)
            except (ActionDenied, PermissionDenied):
                continue
    with at(day, 18):
        assert [words for _, words in differing_recommendations()] == []
        looked_at = [*sorted(chance.sample(moments, 3)), clock.now()]
        for moment in looked_at:
            assert_readings_agree(cast, moment, sitting)
        for earlier, later in pairwise(looked_at):
            assert_changes_account_for_states(earlier, later)


def _do(
    act: str,
    cast: Cast,
    part: Assignment,
    compiled: Inquiry,
    sitting: Meeting,
    day: dt.date,
    chance: random.Random,
) -> None:
    match act:
        case "notice" | "source":
            notices.send_notice(by=cast.sam, assignments=[part], on=day, from_source=act == "source")
        case "answer":
            decision = chance.choice((Decision.ACCEPTED, Decision.NOTED, Decision.NOT_OURS))
            responses.record_response(
                by=cast.sam, assignments=[part], decision=decision, decided_on=day, reason="As told"
            )
        case "claim":
            update = updates.start_update(by=cast.olive, assignment=part)
            claim = chance.choice((Claim.DELIVERED, Claim.ON_TRACK))
            updates.save_draft(
                by=cast.olive, update=update, claim=claim, progress=f"On {day}", delivered_what="All"
            )
            updates.submit_update(by=cast.olive, update=update)
            updates.publish_update(by=cast.ada, update=update)
        case "judge":
            about: dict[str, Any] = chance.choice(({}, {"assignment": part}))
            grade, outcome = chance.choice(
                (
                    (Grade.CONCERNS, Outcome.KEEP),
                    (Grade.CONCERNS, Outcome.ESCALATE),
                    (Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED),
                    (Grade.CONCERNS, Outcome.REOPEN),
                )
            )
            assessments.assess(
                by=cast.colin, recommendation=part.recommendation, meeting=sitting, grade=grade, outcome=outcome,
                comment="Heard", **about,
            )  # fmt: skip
        case "kind":
            inquiry = Inquiry.objects.get(pk=compiled.pk)
            kind = chance.choice(RecordKind.values)
            inquiries.edit_inquiry(by=fresh(cast.sam), inquiry=inquiry, record_kind=kind)
        case "address":
            nobody = compiled.recommendations.get(heading="To nobody")
            assignments.address(by=cast.sam, recommendation=nobody, body=cast.school)


class TestNotices:
    def test_that_a_source_tells_of_start_nothing_when_their_day_is_corrected(
        self, cast: Cast, compiled: Inquiry
    ) -> None:
        part = part_of(cast, compiled)
        day = dt.date(2015, 12, 1)
        notices.send_notice(by=cast.sam, assignments=[part], on=day, from_source=True)
        corrections.correct_notice_date(
            by=cast.sam, assignment=part, on=day + dt.timedelta(days=7), reason="Read wrong"
        )
        part = again(part)
        assert (part.notified_on, part.response_due_on) == (dt.date(2015, 12, 8), None)
        assert part.sources_only

    def test_that_a_source_tells_of_are_taken_back(self, cast: Cast, compiled: Inquiry) -> None:
        part = part_of(cast, compiled)
        notices.send_notice(by=cast.sam, assignments=[part], on=dt.date(2015, 12, 1), from_source=True)
        notices.take_back_notices(by=cast.sam, assignments=[part], reason="Read wrong")
        part = again(part)
        assert (part.notified_on, part.notice_from_source) == (None, False)
        assert not list(differing_recommendations())

    def test_that_were_sent_here_and_taken_back_leave_it_known_from_sources_only(
        self, cast: Cast, compiled: Inquiry
    ) -> None:
        give_priorities(cast, compiled)
        part = part_of(cast, compiled)
        notices.send_notice(by=cast.sam, assignments=[part], on=TODAY)
        assert not again(part).sources_only
        notices.take_back_notices(by=cast.sam, assignments=[part], reason="Sent by mistake")
        assert again(part).sources_only
        assert not list(differing_recommendations())


def test_a_day_that_is_corrected_of_a_meeting_known_by_its_month_is_known(
    cast: Cast, compiled: Inquiry
) -> None:
    meeting = meetings.add_meeting(
        by=cast.carla, body=cast.committee, held_on=dt.date(2015, 11, 1), month_only=True
    )
    source = sources.add_source(by=cast.sam, inquiry=compiled, publisher="The Gazette", title="A report")
    sources.cite(by=cast.sam, source=source, about=meeting, fact="It met in November")
    correction = corrections.correct_meeting_date(
        by=cast.carla, meeting=meeting, held_on=dt.date(2015, 10, 9), reason="The minutes say it"
    )
    meeting.refresh_from_db()
    assert meeting.has_day
    assert str(meeting).endswith("9 October 2015")
    assert [(fact.before, fact.after) for fact in facts(correction)] == [
        ("November 2015", "9 October 2015"),
        ("Only the month is known", "The day is known"),
    ]
