"""The rules that the database itself refuses to break, each seen to be refused past all our code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet, Value

from committee.accounts.models import User
from committee.audit.models import AuditEntry
from committee.models import Installation
from recommendations.actions import exempt, inquiries, milestones, reviews, target_dates, updates
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import Claim, Decision, Grade, Outcome, Role
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Evidence,
    ExemptAccessLog,
    ExemptOpening,
    Inquiry,
    InquiryTransfer,
    Meeting,
    Membership,
    Milestone,
    Notice,
    Pack,
    Recommendation,
    Response,
    Review,
    Succession,
    TargetChange,
    Transfer,
    Update,
    UpdateRequest,
    WordingChange,
)
from tests.factories import Cast

EXEMPT: dict[str, Any] = {
    "exempt_text": "The price was £1.",
    "exempt_paragraphs": [3],
    "public_summary": "A price is withheld.",
}


def refused(change: Callable[[], Any], match: str) -> None:
    """See the database refuse a change, and say the expected thing."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        change()


def everything(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The rows, after making sure there are some: a guard on nothing proves nothing."""
    assert queryset.exists()
    return queryset


def make_busy(cast: Cast) -> Assignment:
    """An assignment with a row of every append-only kind behind it."""
    assignment = cast.assignment()
    cast.response(assignment, Decision.IN_PART, **EXEMPT)
    update = cast.published(assignment, claim=Claim.ON_TRACK)
    change = target_dates.request_new_date(
        by=cast.olive, assignment=assignment, new_date=dt.date(2026, 9, 30), reason="The contractor is late"
    )
    cast.agree(change)
    cast.verdict(assignment, Grade.CONCERNS, Outcome.KEEP)
    recs.edit_recommendation(
        by=cast.sam,
        recommendation=assignment.recommendation,
        text="Other words.",
        reason="Agreed by the committee",
    )
    response = assignment.responses.get()
    exempt.log_exempt_access(by=cast.sam, thing=response)
    exempt.open_exempt(by=cast.sam, thing=response, reason="The contract is signed")
    assert update.state == "published"
    return assignment


pytestmark = pytest.mark.prepared(make=make_busy)


@pytest.fixture
def busy(prepared: Assignment) -> Assignment:
    return prepared


APPEND_ONLY: list[tuple[str, Callable[[], QuerySet[Any]], dict[str, Any]]] = [
    ("Published updates", lambda: Update.objects.published(), {"progress": "Nothing to see"}),
    ("Responses", lambda: Response.objects.all(), {"text": "Other words"}),
    ("Assessments", lambda: Assessment.objects.all(), {"comment": "Other words"}),
    ("Entries of the slippage ledger", lambda: TargetChange.objects.agreed(), {"reason": "Other"}),
    ("Earlier wordings", lambda: WordingChange.objects.all(), {"old_text": "Other words"}),
    ("Views of exempt text", lambda: ExemptAccessLog.objects.all(), {"what": "nothing"}),
    ("Openings of exempt text", lambda: ExemptOpening.objects.all(), {"reason": "Other"}),
    ("Audit entries", lambda: AuditEntry.objects.all(), {"address": "192.0.2.1"}),
]


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize(("what", "rows", "change"), APPEND_ONLY, ids=[row[0] for row in APPEND_ONLY])
class TestAppendOnly:
    def test_never_changed(self, what: str, rows: Any, change: dict[str, Any]) -> None:
        refused(lambda: everything(rows()).update(**change), f"{what} are never changed")

    def test_never_deleted(self, what: str, rows: Any, change: dict[str, Any]) -> None:
        found = everything(rows())
        refused(lambda: found._raw_delete(found.db), f"{what} are never deleted")

    def test_never_truncated(self, what: str, rows: Any, change: dict[str, Any]) -> None:
        table = rows().model._meta.db_table

        def truncate() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"TRUNCATE {table} CASCADE")

        # CASCADE reaches further guarded tables, whichever of them answers first.
        refused(truncate, "are never deleted")


def test_refusal_is_an_integrity_error(busy: Assignment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.update(text="x")


class TestSuccession:
    def test_transfers_and_successions_are_append_only(self, cast: Cast) -> None:
        from recommendations.actions import successions

        cast.assignment(body=cast.police)
        successions.abolish_body(
            by=cast.admin, body=cast.police, on=dt.date(2026, 1, 1), successor=cast.school, reason="An order"
        )
        other = cast.assignment().recommendation.inquiry
        successions.pass_inquiries(
            by=cast.admin,
            committee=cast.committee,
            inquiries=[other],
            to=cast.other_committee,
            on=dt.date(2026, 1, 1),
            reason="Reorganised",
        )
        kept = (Transfer.objects.all(), Succession.objects.all(), InquiryTransfer.objects.all())
        for rows in map(everything, kept):
            refused(partial(rows.update, reason="Other"), "are never changed")
            refused(partial(rows._raw_delete, rows.db), "are never deleted")


class TestAssignments:
    def test_first_date_stays(self, busy: Assignment) -> None:
        rows = Assignment.objects.filter(pk=busy.pk)
        refused(
            lambda: rows.update(first_target_on=dt.date(2027, 1, 1)), "first target date .* only corrected"
        )
        refused(
            lambda: rows.update(first_target_on=None, target_on=None), "first target date .* only corrected"
        )

    def test_a_first_date_may_be_set_once(self, cast: Cast) -> None:
        assignment = cast.assignment(first_target_on=None)
        day = dt.date(2026, 5, 1)
        Assignment.objects.filter(pk=assignment.pk).update(first_target_on=day, target_on=day)
        assignment.refresh_from_db()
        assert assignment.first_target_on == day

    @pytest.mark.parametrize(
        ("values", "constraint"),
        [
            ({"closed_on": dt.date(2026, 1, 1)}, "assignment_closed_only_by_assessment"),
            (
                {"claim": Claim.DELIVERED, "last_update": None, "last_update_on": None},
                "assignment_claim_has_update",
            ),
            (
                {"decision": "", "stopped_on": None, "decided_on": dt.date(2026, 1, 1)},
                "assignment_decision_dated",
            ),
            ({"stopped_on": None}, "assignment_clock_stopped_by_decision"),
            ({"decision": "noted"}, "assignment_clock_stopped_by_decision"),
            ({"target_on": None}, "assignment_targets_paired"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    def test_constraints(self, busy: Assignment, values: dict[str, Any], constraint: str) -> None:
        refused(lambda: Assignment.objects.filter(pk=busy.pk).update(**values), constraint)

    def test_a_clock_needs_a_notice(self, cast: Cast) -> None:
        rows = Assignment.objects.filter(pk=cast.assignment(notified_on=None).pk)
        refused(lambda: rows.update(response_due_on=dt.date(2026, 1, 1)), "assignment_clock_needs_notice")

    def test_once_for_each_body(self, busy: Assignment) -> None:
        refused(
            lambda: Assignment.objects.create(recommendation=busy.recommendation, body=busy.body),
            "assignment_once_per_body",
        )


class TestRecommendations:
    def test_closed_only_by_an_assessment(self, busy: Assignment) -> None:
        rows = Recommendation.objects.filter(pk=busy.recommendation_id)
        refused(
            lambda: rows.update(closed_on=dt.date(2026, 1, 1), closed_as=Outcome.CLOSE_IMPLEMENTED),
            "rec_closed_only_by_assessment",
        )

    def test_numbers_are_unique_in_an_inquiry(self, busy: Assignment) -> None:
        other = Recommendation(
            inquiry=busy.recommendation.inquiry,
            number="1",
            reference="X",
            heading="x",
            text="x",
        )
        refused(other.save, "rec_number_unique_in_inquiry")

    def test_references_are_unique_across_the_council(self, cast: Cast, busy: Assignment) -> None:
        other = Recommendation(
            inquiry=cast.inquiry(),
            number="1",
            reference=busy.recommendation.reference,
            heading="x",
            text="x",
        )
        refused(other.save, "reference")

    def test_words_are_required(self, cast: Cast) -> None:
        draft = cast.recommendation(cast.inquiry())
        rows = Recommendation.objects.filter(pk=draft.pk)
        refused(lambda: rows.update(text=""), "rec_has_text")
        refused(lambda: rows.update(heading=""), "rec_has_heading")


class TestReasons:
    def test_a_response_needs_one_unless_accepted(self, cast: Cast, busy: Assignment) -> None:
        response = Response(
            assignment=busy,
            decision=Decision.REJECTED,
            decided_on=dt.date(2026, 1, 1),
            body_name="Cabinet",
            recorded_by=cast.sam,
        )
        refused(response.save, "response_reason_unless_accepted")

    @pytest.mark.parametrize(
        "outcome",
        [Outcome.ESCALATE, Outcome.REOPEN, Outcome.CLOSE_NOT_IMPLEMENTED, Outcome.CLOSE_NO_LONGER_RELEVANT],
    )
    def test_a_verdict_that_drops_or_escalates_needs_one(
        self, cast: Cast, busy: Assignment, outcome: Outcome
    ) -> None:
        verdict = Assessment(
            recommendation=busy.recommendation,
            meeting=Meeting.objects.all()[0],
            grade=Grade.CONCERNS,
            outcome=outcome,
            recorded_by=cast.sam,
        )
        refused(verdict.save, "assessment_reason_where_required")

    def test_only_an_escalation_invites(self, cast: Cast, busy: Assignment) -> None:
        said = {"grade": Grade.CONCERNS, "outcome": Outcome.KEEP, "recorded_by": cast.carla}
        refused(
            lambda: Assessment.objects.create(
                recommendation=busy.recommendation,
                meeting=cast.meeting(dt.date(2026, 1, 12), title="This"),
                invited_to=cast.meeting(dt.date(2026, 1, 12), title="Next"),
                **said,
            ),
            "assessment_invites_if_escalated",
        )

    def test_a_returned_update_needs_one(self, cast: Cast, busy: Assignment) -> None:
        update = cast.submitted(busy)
        rows = Update.objects.filter(pk=update.pk)
        refused(
            lambda: rows.update(state="returned", returned_by=cast.ada, returned_at=update.submitted_at),
            "update_returned_with_reason",
        )

    def test_a_refused_date_needs_one(self, cast: Cast, busy: Assignment) -> None:
        change = target_dates.request_new_date(
            by=cast.olive, assignment=busy, new_date=dt.date(2027, 1, 1), reason="Later still"
        )
        rows = TargetChange.objects.filter(pk=change.pk)
        refused(
            lambda: rows.update(state="refused", decided_by=cast.sam, decided_at=change.asked_at),
            "target_refused_with_reason",
        )


class TestExemptText:
    @pytest.mark.parametrize("missing", ["exempt_paragraphs", "public_summary"])
    def test_an_update_needs_paragraph_and_summary(self, cast: Cast, missing: str) -> None:
        update = cast.draft(cast.assignment())
        values = {**EXEMPT, missing: [] if missing == "exempt_paragraphs" else ""}
        refused(
            lambda: Update.objects.filter(pk=update.pk).update(**values),
            "update_exempt_with_paragraph_and_summary",
        )

    def test_only_the_seven_paragraphs(self, cast: Cast) -> None:
        update = cast.draft(cast.assignment())
        refused(
            lambda: Update.objects.filter(pk=update.pk).update(**{**EXEMPT, "exempt_paragraphs": [8]}),
            "update_exempt_paragraph_known",
        )

    def test_a_response_needs_paragraph_and_summary(self, cast: Cast) -> None:
        response = Response(
            assignment=cast.assignment(),
            decision=Decision.ACCEPTED,
            decided_on=dt.date(2026, 1, 1),
            body_name="Cabinet",
            recorded_by=cast.sam,
            exempt_text="Secret",
        )
        refused(response.save, "response_exempt_with_paragraph_and_summary")

    def test_exempt_evidence_needs_paragraph_and_summary(self, cast: Cast) -> None:
        piece = Evidence(
            update=cast.draft(cast.assignment()),
            title="x",
            url="https://example.org/",
            visibility="exempt",
            added_by=cast.olive,
        )
        refused(piece.save, "evidence_exempt_with_paragraph_and_summary")


class TestPairs:
    """A moment never stands without its person."""

    @pytest.mark.parametrize("field", ["submitted", "approved", "mended", "returned", "published"])
    def test_updates(self, cast: Cast, field: str) -> None:
        update = cast.draft(cast.assignment())
        refused(
            lambda: Update.objects.filter(pk=update.pk).update(**{f"{field}_at": update.created_at}),
            f"update_{field}_paired",
        )

    def test_target_changes(self, cast: Cast, busy: Assignment) -> None:
        change = target_dates.request_new_date(
            by=cast.olive, assignment=busy, new_date=dt.date(2027, 1, 1), reason="Later still"
        )
        rows = TargetChange.objects.filter(pk=change.pk)
        refused(lambda: rows.update(decided_by=cast.sam), "target_decided_paired")

    def test_milestones(self, cast: Cast, busy: Assignment) -> None:
        milestone = milestones.add_milestone(by=cast.olive, assignment=busy, words="Design")
        rows = Milestone.objects.filter(pk=milestone.pk)
        refused(lambda: rows.update(done_on=dt.date(2026, 1, 1)), "milestone_done_paired")

    def test_reviews(self, cast: Cast, busy: Assignment) -> None:
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 1)
        )
        refused(
            lambda: Review.objects.filter(pk=review.pk).update(closed_by=cast.sam), "review_closed_paired"
        )
        request = review.requests.get()
        refused(lambda: UpdateRequest.objects.filter(pk=request.pk).update(chases=1), "request_chase_dated")

    def test_notices(self, cast: Cast) -> None:
        notice = Notice(kind="asked", to=cast.olive, about="x", subject="x", text="x", state="sent")
        refused(notice.save, "notice_sent_in_a_mail")


class TestOnce:
    def test_one_update_in_hand(self, cast: Cast) -> None:
        update = cast.draft(cast.assignment())
        other = Update(assignment=update.assignment, author=cast.olive, body_name="Cabinet")
        refused(other.save, "update_one_unpublished")

    def test_one_notice_for_one_state(self, cast: Cast) -> None:
        notice = {"kind": "asked", "to": cast.olive, "about": "request 1", "subject": "x", "text": "x"}
        Notice.objects.create(**notice)
        refused(lambda: Notice.objects.create(**notice), "notice_once")

    def test_one_membership_of_a_kind(self, cast: Cast) -> None:
        refused(
            lambda: Membership.objects.create(
                user=cast.olive, body=cast.cabinet, role=Role.RESPONSIBLE_OFFICER
            ),
            "membership_once",
        )
        refused(
            lambda: Membership.objects.create(user=cast.admin, body=None, role=Role.ADMINISTRATOR),
            "membership_once",
        )

    def test_one_installation(self, db: None) -> None:
        Installation.objects.create(id=1)
        refused(lambda: Installation.objects.create(id=2), "installation_one_row")


class TestUpdates:
    def test_delivered_says_what(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        refused(
            lambda: Update.objects.filter(pk=update.pk).update(claim=Claim.DELIVERED),
            "update_delivered_says_what",
        )

    def test_submitted_is_complete(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        refused(
            lambda: Update.objects.filter(pk=update.pk).update(progress=""), "update_complete_when_submitted"
        )

    def test_a_draft_may_still_change(self, cast: Cast) -> None:
        update = cast.draft(cast.assignment())
        assert Update.objects.filter(pk=update.pk).update(progress="Another word") == 1


class TestEvidence:
    def test_stays_with_a_published_update(self, cast: Cast) -> None:
        update = cast.draft(cast.assignment())
        piece = Evidence.objects.create(
            update=update, title="Photo", url="https://example.org/photo", added_by=cast.olive
        )
        Evidence.objects.filter(pk=piece.pk).update(title="Photograph")
        updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=update))
        rows = Evidence.objects.filter(pk=piece.pk)
        refused(lambda: rows.update(title="Other"), "only replaced")
        refused(lambda: rows._raw_delete(rows.db), "only replaced")


class TestInquiries:
    def test_public_has_a_date(self, cast: Cast) -> None:
        inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=cast.inquiry(), to="drafting")
        refused(
            lambda: Inquiry.objects.filter(pk=inquiry.pk).update(stage="published"), "inquiry_public_has_date"
        )

    def test_since_when_it_is_public_is_known_and_never_changes(self, cast: Cast) -> None:
        inquiry = inquiries.move_inquiry(by=cast.sam, inquiry=cast.inquiry(), to="drafting")
        rows = Inquiry.objects.filter(pk=inquiry.pk)
        assert rows.get().made_public_at is None
        rows.update(stage="published", published_on=dt.date(2025, 9, 1))
        known = rows.get().made_public_at
        assert known is not None
        for other in (None, known - dt.timedelta(days=200), known + dt.timedelta(days=1)):
            refused(lambda moment=other: rows.update(made_public_at=moment), "never changes")  # type: ignore[misc]  # bound at once
        rows.update(stage="monitoring", report_url="https://example.org/report")
        assert rows.get().made_public_at == known


class TestBodies:
    def test_successor_only_when_abolished(self, cast: Cast) -> None:
        refused(
            lambda: Body.objects.filter(pk=cast.police.pk).update(successor=cast.school),
            "body_successor_only_when_abolished",
        )

    def test_not_its_own_parent(self, cast: Cast) -> None:
        refused(
            lambda: Body.objects.filter(pk=cast.police.pk).update(parent=cast.police),
            "body_not_its_own_parent",
        )


class TestPacks:
    def test_a_ready_pack_is_whole(self, cast: Cast) -> None:
        meeting = cast.meeting(dt.date(2026, 1, 12))
        pack = Pack(meeting=meeting, title="Pack", created_by=cast.carla, state="ready")
        refused(pack.save, "pack_ready_is_whole")

    def test_a_failed_pack_says_why(self, cast: Cast) -> None:
        pack = Pack(
            meeting=cast.meeting(dt.date(2026, 1, 12)), title="Pack", created_by=cast.carla, state="failed"
        )
        refused(pack.save, "pack_failed_says_why")

    def test_a_frozen_pack_stays(self, cast: Cast) -> None:
        now = dt.datetime(2026, 1, 12, tzinfo=dt.UTC)
        pack = Pack.objects.create(
            meeting=cast.meeting(dt.date(2026, 1, 12)),
            title="Pack",
            created_by=cast.carla,
            state="ready",
            content={"a": 1},
            content_hash="abc",
            as_at=now,
            finished_at=now,
            pages=3,
            pdf="packs/x.pdf",
            pdf_hash="def",
        )
        rows = Pack.objects.filter(pk=pack.pk)
        refused(lambda: rows.update(content={"a": 2}), "frozen pack is never changed")
        refused(lambda: rows.update(title="Other"), "frozen pack is never changed")
        refused(lambda: rows.update(state="failed", failure="x"), "frozen pack is never changed")
        refused(lambda: rows._raw_delete(rows.db), "Frozen packs are never deleted")
        assert rows.update(released_at=now, released_by=cast.carla) == 1
        refused(lambda: rows.update(released_at=None, released_by=None), "frozen pack is never changed")


class TestPeople:
    def test_addresses_are_lower_case(self, cast: Cast) -> None:
        refused(
            lambda: User.objects.filter(pk=cast.olive.pk).update(email=Value("Olive@example.org")),
            "user_email_lower",
        )

    def test_addresses_have_plain_letters(self, cast: Cast) -> None:
        refused(
            lambda: User.objects.filter(pk=cast.olive.pk).update(email="offıcer@example.org"),
            "user_email_plain",
        )

    def test_only_administrators_hold_a_role_everywhere(self, cast: Cast) -> None:
        refused(
            lambda: Membership.objects.create(user=cast.olive, body=None, role=Role.CLERK),
            "membership_body_unless_administrator",
        )
        refused(
            lambda: Membership.objects.create(user=cast.olive, body=cast.cabinet, role=Role.ADMINISTRATOR),
            "membership_body_unless_administrator",
        )
