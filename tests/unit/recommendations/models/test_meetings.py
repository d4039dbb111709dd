"""A meeting, and a report's day of publication, on which business hangs stay where they are, in the database too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from committee import clock
from recommendations.actions import meetings
from recommendations.actions import recommendations as recs
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Edition, Grade, MeetingState, Outcome, PackState
from recommendations.models import (
    Assessment,
    Citation,
    Meeting,
    Pack,
    Recommendation,
    Response,
    Source,
    TargetChange,
    WordingChange,
)
from recommendations.models.meetings import BUSINESS, MAY_BE_LEFT
from tests.factories import TODAY, Cast

LATER = dt.date(2028, 6, 30)


def test_every_row_that_names_a_meeting_has_a_rule() -> None:
    """Whatever refers to a meeting either keeps it on its day or says itself that the meeting moved."""
    relations: list[Any] = list(Meeting._meta.get_fields(include_hidden=True))
    refer = {
        f"{relation.related_model._meta.db_table}.{relation.field.column}"
        for relation in relations
        if relation.auto_created and (relation.one_to_many or relation.one_to_one or relation.many_to_many)
    }
    with_rule = {f"{one.table}.{one.column}" for one in BUSINESS}
    assert refer == with_rule | MAY_BE_LEFT
    assert with_rule.isdisjoint(MAY_BE_LEFT)


def verdict(cast: Cast, meeting: Meeting) -> None:
    part = cast.assignment()
    Assessment.objects.create(
        recommendation=part.recommendation, meeting=meeting, grade=Grade.CONCERNS, outcome=Outcome.KEEP,
        recorded_by=cast.colin,
    )  # fmt: skip


def agreed_date(cast: Cast, meeting: Meeting) -> None:
    TargetChange.objects.create(
        assignment=cast.assignment(), old_date=dt.date(2026, 3, 31), new_date=LATER, reason="Floods",
        asked_by=cast.olive, state="agreed", decided_at=clock.now(), decided_by=cast.sam, meeting=meeting,
    )  # fmt: skip


def response(cast: Cast, meeting: Meeting) -> None:
    Response.objects.create(
        assignment=cast.assignment(), decision="accepted", decided_on=TODAY, meeting=meeting, body_name="Cabinet",
        recorded_by=cast.sam,
    )  # fmt: skip


def wording(cast: Cast, meeting: Meeting) -> None:
    WordingChange.objects.create(
        recommendation=cast.recommendation(cast.inquiry()), old_text="Old", new_text="New", reason="Agreed",
        meeting=meeting, changed_by=cast.sam,
    )  # fmt: skip


def made_at(cast: Cast, meeting: Meeting) -> None:
    row: Recommendation = cast.recommendation(cast.inquiry())
    recs.edit_recommendation(by=cast.sam, recommendation=row, made_at=meeting)


def released_pack(cast: Cast, meeting: Meeting) -> None:
    Pack.objects.create(
        meeting=meeting, edition=Edition.PUBLIC, title="Papers", state=PackState.READY, created_by=cast.carla,
        content={"x": 1}, content_hash="x", as_at=clock.now(), pages=1, pdf="a", pdf_hash="b", html="c", word="d",
        word_hash="e", built_by=cast.carla, queued_at=clock.now(), finished_at=clock.now(), released_at=clock.now(),
        released_by=cast.carla, selection=[1],
    )  # fmt: skip


def told_of(cast: Cast, meeting: Meeting) -> None:
    source = Source.objects.create(
        inquiry=cast.inquiry(), publisher="The Gazette", title="News", recorded_by=cast.sam
    )
    Citation.objects.create(source=source, meeting=meeting, fact="They met", recorded_by=cast.sam)


HANGING: tuple[tuple[Callable[[Cast, Meeting], None], str], ...] = (
    (verdict, "The committee’s view was recorded at this meeting"),
    (agreed_date, "A new date was decided at this meeting"),
    (response, "A body’s response was decided at this meeting"),
    (wording, "A new wording was agreed at this meeting"),
    (made_at, "Recommendations were agreed at this meeting"),
    (released_pack, "The papers of this meeting were released"),
    (told_of, "A source tells of this meeting"),
)


def test_each_kind_of_business_is_tried() -> None:
    assert [fact for _, fact in HANGING] == [one.fact for one in BUSINESS]


@pytest.mark.parametrize(("hang", "fact"), HANGING)
def test_business_keeps_a_meeting_on_its_day(cast: Cast, hang: Callable[..., None], fact: str) -> None:
    meeting = cast.meeting(TODAY)
    assert meeting.business() == []
    hang(cast, meeting)
    assert meeting.business() == [fact]
    for day in (LATER, TODAY - dt.timedelta(days=1)):
        with pytest.raises(ActionDenied, match=f"{fact}, so its date stays") as refusal:
            meetings.edit_meeting(by=cast.carla, meeting=meeting, held_on=day)
        assert refusal.value.field == "held_on"
    with pytest.raises(ActionDenied, match=f"{fact}, so it can’t be cancelled"):
        meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.CANCELLED)
    changes: tuple[dict[str, Any], ...] = ({"held_on": LATER}, {"state": MeetingState.CANCELLED})
    for values in changes:
        with pytest.raises(DatabaseError, match="business hangs"), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**values)
    meetings.edit_meeting(by=cast.carla, meeting=meeting, place="The hall")
    held = meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.HELD)
    assert (held.state, held.held_on, held.place) == (MeetingState.HELD, TODAY, "The hall")


def test_one_with_a_draft_of_its_papers_may_still_move(cast: Cast) -> None:
    meeting = cast.meeting(TODAY)
    Pack.objects.create(meeting=meeting, title="Papers", created_by=cast.carla)
    assert meetings.edit_meeting(by=cast.carla, meeting=meeting, held_on=LATER).held_on == LATER


def test_a_held_one_is_never_in_the_future(cast: Cast) -> None:
    meeting = cast.meeting(TODAY - dt.timedelta(days=7))
    assert meeting.state == MeetingState.HELD
    with pytest.raises(ActionDenied, match="Enter the day it was held: today or earlier"):
        meetings.edit_meeting(by=cast.carla, meeting=meeting, held_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(DatabaseError, match="still to come"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(held_on=dt.date(2099, 1, 1))
    with pytest.raises(DatabaseError, match="still to come"), transaction.atomic():
        Meeting.objects.create(body=cast.committee, held_on=dt.date(2099, 1, 1), state=MeetingState.HELD)
    assert meetings.edit_meeting(by=cast.carla, meeting=meeting, held_on=TODAY).held_on == TODAY
