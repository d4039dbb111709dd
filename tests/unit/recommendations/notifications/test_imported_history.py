"""Nobody is mailed because history came in. Notices begin with what happens afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.actions import imports
from recommendations.lifecycle import Claim, Decision, NoticeKind, Outcome
from recommendations.lifecycle.imported import ImportedOutcome
from recommendations.models import Assignment, Inquiry, Notice
from recommendations.notifications.due import reconcile
from recommendations.queries.imports import would_be_chased
from tests.factories import TODAY, Cast, at
from tests.imports import a_line, an_update, bring_in, day, make_inquiry

pytestmark = [pytest.mark.django_db, pytest.mark.prepared(make=make_inquiry)]

YESTERDAY = TODAY - dt.timedelta(days=1)
LATELY = day(2026, 1, 5)


def recent(cast: Cast, inquiry: Inquiry, count: int) -> list:
    """Lines of which everything happened so lately that each would give a notice if it had happened here."""
    escalated = ImportedOutcome(Outcome.ESCALATE, LATELY)
    return [
        a_line(
            cast,
            item,
            inquiry=inquiry.pk,
            response=Decision.ACCEPTED if item % 2 else "",
            target=LATELY,
            asked_target=day(2026, 9, 1),
            updates=(an_update("Built.", Claim.DELIVERED if item % 3 else "", LATELY),),
            outcome=escalated if item % 5 == 0 else None,
        )
        for item in range(1, count + 1)
    ]


def test_no_notice_is_due_of_what_came_in(cast: Cast, prepared: Inquiry) -> None:
    reconcile()
    before = set(Notice.objects.values_list("pk", flat=True))
    batch = bring_in(cast, recent(cast, prepared, 300), as_at=YESTERDAY)
    assert Assignment.objects.filter(import_batch=batch).count() == 300
    reconcile()
    assert set(Notice.objects.values_list("pk", flat=True)) == before


def test_a_part_that_was_there_is_not_chased_for_a_date_that_came_in(cast: Cast, prepared: Inquiry) -> None:
    own = prepared.recommendations.get()
    reconcile()
    before = Notice.objects.count()
    bring_in(cast, [a_line(cast, inquiry=prepared.pk, text=own.text, target=LATELY)], as_at=YESTERDAY)
    assert own.assignments.get().first_target_on == dt.date(2026, 1, 5)
    reconcile()
    assert Notice.objects.count() == before


def test_it_is_seen_what_would_be_chased_before_anything_is(cast: Cast, prepared: Inquiry) -> None:
    lines = [
        a_line(cast, 1, inquiry=prepared.pk, target=LATELY),
        a_line(cast, 2, inquiry=prepared.pk, target=day(2026, 1, 20)),
        a_line(cast, 3, inquiry=prepared.pk, target=day(2027, 1, 20)),
        a_line(cast, 4, inquiry=prepared.pk),
    ]
    batch = bring_in(cast, lines, as_at=YESTERDAY)
    assert [(one.overdue, one.due_soon) for one in would_be_chased(cast.committee, TODAY)] == [
        (True, False),
        (False, True),
    ]
    assert not Assignment.objects.to_notify().filter(import_batch=batch).exists()
    imports.follow_up_imported(by=cast.sam, batch=batch)
    assert would_be_chased(cast.committee, TODAY) == []
    reconcile()
    about = Notice.objects.filter(kind=NoticeKind.OVERDUE).values_list("about", flat=True)
    late = Assignment.objects.get(import_batch=batch, first_target_on=dt.date(2026, 1, 5))
    assert list(about) == [f"assignment:{late.pk}:overdue:2026-01-05"]


def test_what_happens_afterwards_is_told(cast: Cast, prepared: Inquiry) -> None:
    batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk)], as_at=YESTERDAY)
    with at(TODAY, hour=13):
        cast.submitted(Assignment.objects.for_list().get(import_batch=batch))
        reconcile()
    assert Notice.objects.filter(kind=NoticeKind.SUBMITTED).exists()
