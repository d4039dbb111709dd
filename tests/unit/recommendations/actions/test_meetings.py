"""What hangs on a meeting: nothing at one that was cancelled, and nothing decided at one still to come."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from committee import clock
from recommendations import actions
from recommendations.actions import (
    assessments,
    corrections,
    meetings,
    packs,
    proposed_verdicts,
    responses,
    reviews,
    sources,
    target_dates,
)
from recommendations.actions import recommendations as recs
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Decision, Edition, Grade, MeetingState, Outcome, PackState
from recommendations.models import Meeting, Pack
from recommendations.models.meetings import BUSINESS
from tests.factories import TODAY, Cast

TOMORROW = TODAY + dt.timedelta(days=1)
Attempt = Callable[[Meeting], Any]


def verdict(cast: Cast) -> Attempt:
    part = cast.assignment()
    return lambda meeting: cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=meeting)


def new_date(cast: Cast) -> Attempt:
    part = cast.assignment()
    change = target_dates.request_new_date(
        by=cast.olive, assignment=part, new_date=dt.date(2026, 9, 1), reason="Late"
    )
    return lambda meeting: target_dates.decide_new_date(
        by=cast.sam, change=change, agreed=True, meeting=meeting
    )


def response(cast: Cast) -> Attempt:
    part = cast.assignment()
    said: dict[str, Any] = {"decision": Decision.ACCEPTED, "decided_on": TODAY}
    return lambda meeting: responses.record_response(by=cast.sam, assignments=[part], meeting=meeting, **said)


def wording(cast: Cast) -> Attempt:
    row = cast.assignment().recommendation
    said: dict[str, Any] = {"text": "Other words.", "reason": "Agreed."}
    return lambda meeting: recs.edit_recommendation(by=cast.sam, recommendation=row, meeting=meeting, **said)


def made_at(cast: Cast) -> Attempt:
    inquiry = cast.inquiry()
    row = cast.recommendation(inquiry)

    def both(meeting: Meeting) -> None:
        with pytest.raises(ActionDenied) as refusal:
            recs.edit_recommendation(by=cast.sam, recommendation=row, made_at=meeting)
        assert refusal.value.field == "made_at"
        cast.recommendation(inquiry, made_at=meeting)

    return both


def ready_pack(cast: Cast, meeting: Meeting) -> Pack:
    """A pack that is made and waits for its release."""
    return Pack.objects.create(
        meeting=meeting, edition=Edition.PUBLIC, title="Papers", state=PackState.READY, created_by=cast.carla,
        content={"x": 1}, content_hash="x", as_at=clock.now(), pages=1, pdf="a", pdf_hash="b", html="c", word="d",
        word_hash="e", built_by=cast.carla, queued_at=clock.now(), finished_at=clock.now(), selection=[1],
    )  # fmt: skip


def release(cast: Cast) -> Attempt:
    return lambda meeting: packs.release_pack(by=cast.carla, pack=ready_pack(cast, meeting))


def told_of(cast: Cast) -> Attempt:
    source = sources.add_source(by=cast.sam, inquiry=cast.inquiry(), publisher="The Gazette", title="News")
    return lambda meeting: sources.cite(by=cast.sam, source=source, about=meeting, fact="They were to meet")


TRIED: dict[str, Callable[[Cast], Attempt]] = {
    "recommendations_assessment.meeting_id": verdict,
    "recommendations_targetchange.meeting_id": new_date,
    "recommendations_response.meeting_id": response,
    "recommendations_wordingchange.meeting_id": wording,
    "recommendations_recommendation.made_at_id": made_at,
    "recommendations_pack.meeting_id": release,
    "recommendations_citation.meeting_id": told_of,
}
"""How each kind of business comes to hang on a meeting."""

MAY_BE_TO_COME = {"recommendations_pack.meeting_id", "recommendations_citation.meeting_id"}

TAKE_A_MEETING = {
    assessments.assess, target_dates.decide_new_date, responses.record_response, responses.record_answers,
    recs.edit_recommendation, reviews.open_review, packs.compose_pack, meetings.edit_meeting, meetings.move_meeting,
    proposed_verdicts.propose_verdict, corrections.correct_meeting_date,
}  # fmt: skip
"""Actions with a parameter that is a meeting. A draft of a pack hangs on none before its release, nor does what a member
proposes before it is confirmed.
"""


def test_each_kind_of_business_is_tried() -> None:
    assert set(TRIED) == {f"{one.table}.{one.column}" for one in BUSINESS}


def test_no_action_takes_a_meeting_unnoticed() -> None:
    modules = [
        import_module(f"{actions.__name__}.{module.name}") for module in iter_modules(actions.__path__)
    ]
    found = {
        one
        for module in modules
        for _, one in inspect.getmembers(module, inspect.isfunction)
        if hasattr(one, "__wrapped__")
        and any(
            str(given.annotation).split(" |")[0] == "Meeting"
            for given in inspect.signature(one).parameters.values()
        )
    }
    assert found == TAKE_A_MEETING


@pytest.mark.parametrize("kind", TRIED)
def test_nothing_at_a_meeting_that_was_cancelled_meanwhile(cast: Cast, kind: str) -> None:
    attempt = TRIED[kind](cast)
    meeting = cast.meeting(TODAY)
    meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.CANCELLED)
    assert meeting.state == MeetingState.PLANNED  # as somebody still has it at hand
    with pytest.raises(ActionDenied, match="meeting was cancelled"):
        attempt(meeting)
    assert meeting.business() == []


@pytest.mark.parametrize("kind", sorted(set(TRIED) - MAY_BE_TO_COME))
def test_nothing_was_decided_at_a_meeting_to_come(cast: Cast, kind: str) -> None:
    attempt = TRIED[kind](cast)
    meeting = cast.meeting(TOMORROW)
    with pytest.raises(
        ActionDenied, match=r"still to come\. Record what it decided on the day or afterwards"
    ):
        attempt(meeting)
    assert meeting.business() == []
    held = meetings.edit_meeting(by=cast.carla, meeting=meeting, held_on=TODAY)
    if kind != "recommendations_recommendation.made_at_id":
        attempt(held)
        assert len(meeting.business()) == 1


@pytest.mark.parametrize("kind", TRIED)
def test_the_meeting_is_locked_so_that_nobody_cancels_it_meanwhile(cast: Cast, kind: str) -> None:
    attempt, meeting = TRIED[kind](cast), cast.meeting(TODAY)
    with CaptureQueriesContext(connection) as seen, suppress(pytest.fail.Exception):
        attempt(meeting)
    locked = [query["sql"] for query in seen if "FOR UPDATE" in query["sql"]]
    assert any('FROM "recommendations_meeting"' in sql for sql in locked)


def test_papers_of_a_meeting_to_come_are_released(cast: Cast) -> None:
    pack = packs.release_pack(by=cast.carla, pack=ready_pack(cast, cast.meeting(TOMORROW)))
    assert pack.released_at is not None


def test_a_meeting_that_is_planned_again_may_have_its_papers(cast: Cast) -> None:
    meeting = cast.meeting(TOMORROW)
    pack = ready_pack(cast, meeting)
    for to in (MeetingState.CANCELLED, MeetingState.PLANNED):
        meetings.move_meeting(by=cast.carla, meeting=meeting, to=to)
    assert packs.release_pack(by=cast.carla, pack=pack).released_at is not None


def test_a_review_does_not_prepare_a_meeting_that_was_cancelled(cast: Cast) -> None:
    cast.assignment()
    meeting = cast.meeting(TOMORROW)
    meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.CANCELLED)
    with pytest.raises(ActionDenied, match="cancelled") as refusal:
        reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Review", due_on=TOMORROW, meeting=meeting
        )
    assert refusal.value.field == "meeting"


def test_where_it_was_agreed_stays_without_being_asked_again(cast: Cast) -> None:
    meeting = cast.meeting(TODAY)
    row = cast.recommendation(cast.inquiry(), made_at=meeting)
    row = recs.edit_recommendation(by=cast.sam, recommendation=row, heading="Other", made_at=meeting)
    assert (row.heading, row.made_at) == ("Other", meeting)
    assert recs.edit_recommendation(by=cast.sam, recommendation=row, made_at=None).made_at is None


def test_one_recorded_as_held_by_mistake_is_planned_again(cast: Cast) -> None:
    meeting = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to=MeetingState.HELD)
    assert MeetingState.PLANNED in meeting.next_states()
    with pytest.raises(ActionDenied, match="why this meeting is planned again") as refusal:
        meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.PLANNED, reason=" ")
    assert refusal.value.field == "reason"
    meeting = meetings.move_meeting(
        by=cast.carla, meeting=meeting, to=MeetingState.PLANNED, reason="It was put off."
    )
    assert meeting.state == MeetingState.PLANNED
    [kept] = meeting.corrections.all()
    assert (kept.before, kept.after, kept.reason) == (
        {"state": "held"},
        {"state": "planned"},
        "It was put off.",
    )
    with pytest.raises(PermissionDenied):
        meetings.move_meeting(by=cast.colin, meeting=meeting, to=MeetingState.HELD)


PAPERS = "recommendations_pack.meeting_id"


@pytest.mark.parametrize("kind", sorted(set(TRIED) - {PAPERS}))
def test_one_with_business_stays_held(cast: Cast, kind: str) -> None:
    attempt = TRIED[kind](cast)
    meeting = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to=MeetingState.HELD)
    with suppress(pytest.fail.Exception):
        attempt(meeting)
    assert meeting.next_states() == []
    [fact] = [one.fact for one in BUSINESS if kind == f"{one.table}.{one.column}"]
    with pytest.raises(ActionDenied, match=f"{fact}, so it stays recorded as held"):
        meetings.move_meeting(
            by=cast.carla, meeting=meeting, to=MeetingState.PLANNED, reason="It was put off."
        )
    with pytest.raises(DatabaseError, match="business hangs"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.PLANNED)


def test_all_that_stands_in_the_way_is_said_in_one_sentence(cast: Cast) -> None:
    tries = [
        make(cast)
        for kind, make in TRIED.items()
        if kind.split(".")[0][16:] in ("assessment", "response", "pack")
    ]
    meeting = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to=MeetingState.HELD)
    for attempt in tries:
        attempt(meeting)
    with pytest.raises(ActionDenied) as refused:
        meetings.move_meeting(
            by=cast.carla, meeting=meeting, to=MeetingState.PLANNED, reason="It was put off."
        )
    assert refused.value.message == (
        "The committee’s view was recorded at this meeting and a body’s response was decided at this meeting, so it stays"
        " recorded as held. If that was recorded in error, correct it first"
    )


class TestReleasedPapers:
    """Papers are released before a meeting: they keep none recorded as held that was not."""

    @pytest.fixture
    def held(self, cast: Cast) -> Meeting:
        meeting = cast.meeting(TODAY)
        packs.release_pack(by=cast.carla, pack=ready_pack(cast, meeting))
        return meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.HELD)

    def test_it_is_planned_again_and_they_stay(self, cast: Cast, held: Meeting) -> None:
        before = Pack.objects.values().get()
        assert held.next_states() == [MeetingState.PLANNED]
        with pytest.raises(ActionDenied, match="why this meeting is planned again"):
            meetings.move_meeting(by=cast.carla, meeting=held, to=MeetingState.PLANNED)
        planned = meetings.move_meeting(
            by=cast.carla, meeting=held, to=MeetingState.PLANNED, reason="It was put off."
        )
        assert planned.state == MeetingState.PLANNED
        assert [one.reason for one in planned.corrections.all()] == ["It was put off."]
        assert Pack.objects.values().get() == before
        assert list(Pack.objects.released()) == [Pack.objects.get()]

    def test_it_keeps_its_day_and_is_not_cancelled(self, cast: Cast, held: Meeting) -> None:
        planned = meetings.move_meeting(
            by=cast.carla, meeting=held, to=MeetingState.PLANNED, reason="It was put off."
        )
        with pytest.raises(ActionDenied, match="papers of this meeting were released"):
            meetings.move_meeting(by=cast.carla, meeting=planned, to=MeetingState.CANCELLED)
        with pytest.raises(ActionDenied, match="papers of this meeting were released"):
            meetings.edit_meeting(by=cast.carla, meeting=planned, held_on=TOMORROW)
        with pytest.raises(DatabaseError, match="business hangs"), transaction.atomic():
            Meeting.objects.filter(pk=planned.pk).update(state=MeetingState.CANCELLED)

    def test_after_a_view_was_put_right_that_was_recorded_at_it(self, cast: Cast, held: Meeting) -> None:
        view = cast.verdict(cast.assignment(), Grade.CONCERNS, Outcome.KEEP, meeting=held)
        with pytest.raises(ActionDenied, match="view was recorded at this meeting, so it stays"):
            meetings.move_meeting(
                by=cast.carla, meeting=held, to=MeetingState.PLANNED, reason="It was put off."
            )
        corrections.correct_assessment(by=cast.sam, assessment=view, reason="It did not meet.")
        planned = meetings.move_meeting(
            by=cast.carla, meeting=held, to=MeetingState.PLANNED, reason="It was put off."
        )
        assert planned.state == MeetingState.PLANNED
