"""A clock ends when its reason ends: every clock against every ending, on the page, in the pack, in lists and in mails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import assessments, reviews, successions, target_dates
from recommendations.actions.base import ActionDenied
from recommendations.actions.corrections import correct_response
from recommendations.lifecycle import ClockState, Decision, Grade, NoticeKind, Outcome
from recommendations.models import Assignment, Meeting, Notice, Pack, TargetChange, UpdateRequest
from recommendations.notifications.due import reconcile
from recommendations.packs.content import build_content
from recommendations.packs.values import Data
from recommendations.queries import figures, trends
from recommendations.queries.states import states
from recommendations.queries.workspace import to_do
from tests.clients import signed_in, words_of
from tests.factories import TODAY, Cast, at, fresh

DUE = dt.date(2025, 12, 1)
"""The first date, and the day after the end of the response's term."""


@dataclass
class Case:
    """A part that is late in every way: no response, past its first date, asked for progress, a new date asked for."""

    cast: Cast
    part: Assignment
    request: UpdateRequest
    meeting: Meeting

    def fresh(self) -> Assignment:
        return Assignment.objects.for_list().get(pk=self.part.pk)

    def pack(self) -> Data:
        pack = Pack(
            meeting=self.meeting,
            created_by=self.cast.carla,
            title="All",
            selection=[self.part.recommendation_id],
        )
        content = build_content(pack, by=fresh(self.cast.carla), moment=clock.now())
        part: Data = content["inquiries"][0]["recommendations"][0]["bodies"][0]
        return part

    def page(self) -> str:
        return words_of(Client().get(reverse("recommendation", args=[self.part.recommendation_id])))


@pytest.fixture
def case(cast: Cast) -> Case:
    with at(dt.date(2025, 9, 2)):
        part = cast.assignment(first_target_on=DUE)
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="A review", due_on=dt.date(2026, 1, 9)
        )
    with at(dt.date(2026, 1, 5)):
        cast.meeting(dt.date(2026, 1, 5))
        target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 6, 30), reason="Floods"
        )
    return Case(cast, part, review.requests.get(), cast.meeting(dt.date(2026, 1, 26)))


def last_meeting() -> Meeting:
    return Meeting.objects.get(held_on=dt.date(2026, 1, 5))


def closed(case: Case) -> None:
    case.cast.verdict(case.part, Grade.NOT_IMPLEMENTED, Outcome.CLOSE_NOT_IMPLEMENTED, meeting=last_meeting())


def superseded(case: Case) -> None:
    case.cast.verdict(case.part, Grade.CONCERNS, Outcome.CLOSE_SUPERSEDED, meeting=last_meeting())


def no_longer_relevant(case: Case) -> None:
    case.cast.verdict(case.part, Grade.CONCERNS, Outcome.CLOSE_NO_LONGER_RELEVANT, meeting=last_meeting())


def closed_as_a_whole(case: Case) -> None:
    assessments.assess(
        by=case.cast.carla, recommendation=case.part.recommendation, meeting=last_meeting(),
        grade=Grade.CONCERNS, outcome=Outcome.CLOSE_SUPERSEDED, comment="Overtaken.",
    )  # fmt: skip


def not_for_this_body(case: Case) -> None:
    case.cast.response(case.part, Decision.NOT_OURS)


ENDINGS: tuple[Callable[[Case], None], ...] = (
    closed, superseded, no_longer_relevant, closed_as_a_whole, not_for_this_body,
)  # fmt: skip


def response_in_lists(case: Case) -> bool:
    return Assignment.objects.awaiting_response().exists() or Assignment.objects.response_late().exists()


def response_on_the_page(case: Case) -> bool:
    return "Response late" in case.page() or "Awaiting response" in case.page()


def response_in_the_pack(case: Case) -> bool:
    part = case.pack()
    return part["awaits_decision"] or part["clock"]["state"] in (ClockState.LATE, ClockState.RUNNING)


def response_in_the_workspace(case: Case) -> bool:
    return bool(to_do(fresh(case.cast.sam)).responses)


def overdue_in_lists(case: Case) -> bool:
    return Assignment.objects.overdue().exists() or bool(
        figures.tally(Assignment.objects.all()).total.counts.overdue
    )


def overdue_on_the_page(case: Case) -> bool:
    return "Overdue by" in case.page()


def overdue_in_the_pack(case: Case) -> bool:
    part = case.pack()
    return bool(part["overdue"] or part["dates"]["days_late"])


def overdue_in_the_trend(case: Case) -> bool:
    return trends.trend(Assignment.objects.all())[-1].overdue > 0


def proposal_to_escalate(case: Case) -> bool:
    meetings = [case.meeting, last_meeting()]
    with at(dt.date(2026, 1, 26)):
        return bool(figures.to_escalate(states(Assignment.objects.all()), meetings))


def progress_asked(case: Case) -> bool:
    return UpdateRequest.objects.unanswered().exists()


def progress_asked_in_my_work(case: Case) -> bool:
    shown = signed_in(case.cast.olive).get(reverse("my_work"), {"show": "asked"})
    return bool(shown.context["only"].total)


def progress_asked_anew(case: Case) -> bool:
    try:
        reviews.open_review(by=case.cast.sam, committee=case.cast.committee, title="Another", due_on=TODAY)
    except ActionDenied:
        return False
    return True


def chased(case: Case) -> bool:
    return reviews.chase(by=case.cast.sam, requests=[case.request]) > 0


def reminded(case: Case) -> bool:
    reconcile()
    kinds = (NoticeKind.OVERDUE, NoticeKind.DUE_SOON, NoticeKind.ASKED, NoticeKind.CHASED, NoticeKind.SENT)
    return Notice.objects.queued().filter(kind__in=kinds).exists()


CLOCKS: tuple[Callable[[Case], bool], ...] = (
    response_in_lists, response_on_the_page, response_in_the_pack, response_in_the_workspace, overdue_in_lists,
    overdue_on_the_page, overdue_in_the_pack, overdue_in_the_trend, proposal_to_escalate, progress_asked,
    progress_asked_in_my_work, progress_asked_anew, chased, reminded,
)  # fmt: skip


@pytest.mark.parametrize("runs", CLOCKS)
def test_it_runs_as_long_as_its_reason_does(case: Case, runs: Callable[[Case], bool]) -> None:
    assert runs(case)


@pytest.mark.parametrize("end", ENDINGS)
def test_every_clock_ends(case: Case, end: Callable[[Case], None]) -> None:
    reconcile()
    end(case)
    still = [runs.__name__ for runs in CLOCKS if runs(case)]
    assert still == []


DATE_ASKED: tuple[Callable[[Case], Any], ...] = (
    lambda case: TargetChange.objects.requested().count(),
    lambda case: to_do(fresh(case.cast.sam)).dates,
    lambda case: case.pack()["dates"]["asked"],
    lambda case: signed_in(case.cast.olive).get(reverse("my_work"), {"show": "dates"}).context["only"].total,
)


@pytest.mark.parametrize("end", [one for one in ENDINGS if one is not not_for_this_body])
def test_a_new_date_is_asked_for_no_longer(case: Case, end: Callable[[Case], None]) -> None:
    assert all(asked(case) for asked in DATE_ASKED)
    end(case)
    assert not any(asked(case) for asked in DATE_ASKED)


def test_what_is_reopened_runs_again(case: Case) -> None:
    closed(case)
    case.cast.verdict(case.part, Grade.NOT_IMPLEMENTED, Outcome.REOPEN, meeting=last_meeting())
    assert [runs.__name__ for runs in CLOCKS if not runs(case)] == []


def test_a_body_that_answers_otherwise_is_late_again(case: Case) -> None:
    not_for_this_body(case)
    with at(dt.date(2026, 1, 13)):
        case.cast.response(case.part, Decision.ACCEPTED, decided_on=TODAY)
        assert case.fresh().is_overdue()
        assert UpdateRequest.objects.unanswered().exists()


def test_what_a_body_that_ended_owed_is_owed_by_its_successor(case: Case) -> None:
    successions.abolish_body(
        by=case.cast.admin, body=case.cast.cabinet, on=TODAY, reason="Abolished", successor=case.cast.police
    )
    part = case.fresh()
    assert part.body == case.cast.police
    assert part.is_overdue()
    assert part.is_response_late_on(TODAY)
    asked = signed_in(case.cast.olive).get(reverse("my_work"), {"show": "asked"})
    assert asked.context["only"].total == 0
    asked = signed_in(case.cast.pat).get(reverse("my_work"), {"show": "asked"})
    assert asked.context["only"].total == 1


def test_closed_within_the_term_is_no_missing_answer(cast: Cast) -> None:
    with at(dt.date(2025, 9, 15)):
        part = cast.assignment()
        cast.verdict(part, Grade.CONCERNS, Outcome.CLOSE_SUPERSEDED)
    assert Assignment.objects.response_record() == {
        "with_term": 0,
        "due": 0,
        "in_time": 0,
        "late": 0,
        "missing": 0,
        "never": 0,
    }


def test_what_is_said_to_be_missing_is_what_is_late(cast: Cast) -> None:
    """Also where the only response was recorded in error after the committee had closed it: nothing is awaited then."""
    part, other = cast.assignment(), cast.assignment(heading="Another")
    wrong = cast.response(part, decided_on=dt.date(2025, 10, 1))
    cast.close(part)
    correct_response(by=cast.sam, response=wrong, reason="It was another body’s.")
    record = Assignment.objects.response_record()
    assert list(Assignment.objects.response_late()) == [other]
    assert record == {"with_term": 2, "due": 2, "in_time": 0, "late": 0, "missing": 1, "never": 1}
    page = Client().get(reverse("body", args=[cast.cabinet.pk]))
    assert "1 still missing after the term, to 1 none came before the committee closed it" in words_of(page)
