"""A notice that was sent to a body by mistake is taken back, on the record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from committee import clock
from recommendations.actions import notices
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import NoticeKind
from recommendations.models import Assignment, Notice, NoticeWithdrawal
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.notifications.due import reconcile
from recommendations.notifications.send import send_notices
from recommendations.queries.records import record
from recommendations.queries.states import states
from tests.factories import NOON, TODAY, Cast

pytestmark = pytest.mark.django_db
SENT, REASON = dt.date(2026, 1, 5), "Sent to the wrong body."


@pytest.fixture
def part(cast: Cast) -> Assignment:
    return cast.assignment(notified_on=SENT)


def take_back(cast: Cast, part: Assignment, **details: Any) -> list[NoticeWithdrawal]:
    values: dict[str, Any] = {"by": cast.sam, "reason": REASON} | details
    return notices.take_back_notices(assignments=[part], **values)


def test_its_clock_ends_and_it_can_be_sent_again(cast: Cast, part: Assignment) -> None:
    [kept] = take_back(cast, part)
    assert (kept.notified_on, kept.response_due_on, kept.reason) == (SENT, dt.date(2026, 3, 5), REASON)
    part.refresh_from_db()
    assert (part.notified_on, part.response_due_on, part.notice_recorded_at) == (None, None, None)
    assert not part.awaits_response
    assert list(differing_recommendations()) == []
    assert list(Assignment.objects.to_notify()) == [part]
    notices.send_notice(by=cast.sam, assignments=[part], on=TODAY)
    part.refresh_from_db()
    assert part.notified_on == TODAY


def test_the_public_reads_why_and_the_past_reads_as_it_did(cast: Cast, part: Assignment) -> None:
    with clock.frozen(NOON + dt.timedelta(hours=1)):
        take_back(cast, part)
    recommendation = part.recommendation
    now = record(recommendation, AnonymousUser())
    assert [entry.title for entry in now.entries] == ["Notice to Cabinet taken back"]
    assert now.parts[0].assignment.notified_on is None
    then = record(recommendation, AnonymousUser(), NOON + dt.timedelta(minutes=30))
    assert [entry.title for entry in then.entries] == ["Sent to Cabinet"]
    assert then.parts[0].assignment.response_due_on == dt.date(2026, 3, 5)
    parts = AssignmentQuerySet(Assignment).filter(pk=part.pk)
    for minutes, due in ((30, dt.date(2026, 3, 5)), (90, None)):
        [state] = states(parts, NOON + dt.timedelta(minutes=minutes))
        assert state.response_due_on == due


def test_not_once_the_body_has_begun_to_answer(cast: Cast) -> None:
    for act in (lambda part: cast.response(part, decided_on=TODAY), cast.draft):
        part = cast.assignment(notified_on=SENT)
        act(part)
        with pytest.raises(ActionDenied, match="Cabinet has begun to answer"):
            take_back(cast, part)


def test_refusals(cast: Cast, part: Assignment) -> None:
    with pytest.raises(ActionDenied, match="Enter why") as refused:
        take_back(cast, part, reason=" ")
    assert refused.value.field == "reason"
    for stranger in (cast.oscar, cast.colin, cast.olive, cast.ada):
        with pytest.raises(PermissionDenied):
            take_back(cast, part, by=stranger)
    take_back(cast, part)
    with pytest.raises(ActionDenied, match="already taken back"):
        take_back(cast, part)


def test_the_database_clears_no_date_without_its_reason(cast: Cast, part: Assignment) -> None:
    rows = Assignment.objects.filter(pk=part.pk)
    with pytest.raises(DatabaseError, match="only corrected, with a reason"), transaction.atomic():
        rows.update(notified_on=None, response_due_on=None)
    take_back(cast, part)
    kept = NoticeWithdrawal.objects.all()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        kept.update(reason="Forged.")
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        kept._raw_delete(kept.db)


class TestMail:
    @pytest.fixture(autouse=True)
    def mail(self, settings: Any) -> None:
        settings.NOTICES = True

    def test_who_was_told_is_told_that_it_was_taken_back_and_why(self, cast: Cast, part: Assignment) -> None:
        send_notices()
        assert Notice.objects.told().get(kind=NoticeKind.SENT).to == cast.ada
        take_back(cast, part)
        reconcile()
        told = Notice.objects.get(kind=NoticeKind.TAKEN_BACK)
        assert told.to == cast.ada
        assert told.subject.endswith(f"the notice was taken back. {REASON}")
        notices.send_notice(by=cast.sam, assignments=[part], on=SENT)
        reconcile()
        assert Notice.objects.queued().filter(kind=NoticeKind.SENT).count() == 1

    def test_who_was_not_told_is_told_nothing(self, cast: Cast, part: Assignment, settings: Any) -> None:
        settings.GRACE_SECONDS = 60
        send_notices()
        take_back(cast, part)
        send_notices()
        assert not Notice.objects.told().exists()
        assert not Notice.objects.filter(kind=NoticeKind.TAKEN_BACK).exists()
