"""What the database lets the role that runs the site do with a decision on a new date, and with a meeting recorded as held."""

from __future__ import annotations

import datetime as dt

import pytest

from committee import clock
from recommendations.actions import packs, target_dates
from recommendations.lifecycle import Edition, Grade, Outcome, PackState, TargetState
from recommendations.models import Meeting, Pack, TargetChange
from script.postgres import SITE_ROLE
from tests.database_guards import refused, run
from tests.factories import TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_role")]

CORRECT = (
    "INSERT INTO recommendations_correction (targetchange_id, voids, before, after, reason, corrected_at, corrected_by_id,"
    " transaction) VALUES (%s, true, '{}', '{}', %s, moment_of_change(), %s, '')"
)


@pytest.fixture
def decided(cast: Cast) -> TargetChange:
    asked = target_dates.request_new_date(
        by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 12, 31), reason="A permit."
    )
    return cast.agree(asked)


def test_only_a_correction_says_that_it_was_recorded_in_error(cast: Cast, decided: TargetChange) -> None:
    table = "UPDATE recommendations_targetchange SET"
    refused("only voided by its correction", f"{table} voided_at = now() WHERE id = %s", decided.pk)
    for change in (
        "new_date = '2027-01-01'",
        "state = 'refused'",
        "decided_day = '2026-01-02'",
        "decision_note = 'x'",
    ):
        refused(
            "never changed once decided|Invalid transition", f"{table} {change} WHERE id = %s", decided.pk
        )
    refused("never deleted", "DELETE FROM recommendations_targetchange WHERE id = %s", decided.pk)
    run(f"SET ROLE {SITE_ROLE}")
    run(CORRECT, decided.pk, "Typed wrong.", cast.sam.pk)
    decided.refresh_from_db()
    assert (decided.state, decided.voided_at is not None) == (TargetState.AGREED, True)
    refused("only voided by its correction", f"{table} voided_at = NULL WHERE id = %s", decided.pk)
    earlier = CORRECT.replace("moment_of_change()", "moment_of_change() - interval '1 hour'")
    refused("correction_voids_targetchange_once", earlier, decided.pk, "Again.", cast.sam.pk)
    refused("correction_has_reason", CORRECT, decided.pk, "", cast.sam.pk)


PLAN, CANCEL = (
    f"UPDATE recommendations_meeting SET state = '{to}' WHERE id = %s" for to in ("planned", "cancelled")
)


def held(meeting: Meeting) -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    return meeting


def test_what_was_done_at_a_meeting_keeps_it_held(cast: Cast, decided: TargetChange) -> None:
    view = cast.verdict(cast.assignment(), Grade.CONCERNS, Outcome.KEEP)
    for meeting in {view.meeting, decided.meeting}:
        assert meeting is not None
        refused("business hangs", PLAN, held(meeting).pk)


def test_released_papers_keep_no_meeting_held(cast: Cast) -> None:
    meeting = held(cast.meeting(TODAY))
    pack = Pack.objects.create(
        meeting=meeting, edition=Edition.PUBLIC, title="Papers", state=PackState.READY, created_by=cast.carla,
        content={"x": 1}, content_hash="x", as_at=clock.now(), pages=1, pdf="a", pdf_hash="b", html="c", word="d",
        word_hash="e", built_by=cast.carla, queued_at=clock.now(), finished_at=clock.now(), selection=[1],
    )  # fmt: skip
    packs.release_pack(by=cast.carla, pack=pack)
    run(f"SET ROLE {SITE_ROLE}")
    run(PLAN, meeting.pk)
    refused("business hangs", CANCEL, meeting.pk)
    meeting.refresh_from_db()
    assert meeting.state == "planned"
