"""A list of recommendations tells that something of one was corrected, and leads to what it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import corrections, inquiries
from recommendations.lifecycle import Decision, Grade, Outcome, Priority
from recommendations.models import Assignment, Meeting
from recommendations.queries.dashboard import LISTINGS
from tests.clients import signed_in, text_of
from tests.factories import TODAY, Cast

pytestmark = pytest.mark.django_db

WHY = "Taken from the wrong line."


def of_itself(cast: Cast, part: Assignment) -> None:
    corrections.correct_recommendation(
        by=cast.sam, recommendation=part.recommendation, priority=Priority.TOP, reason=WHY
    )


def of_its_first_date(cast: Cast, part: Assignment) -> None:
    corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2026, 6, 30), reason=WHY)


def of_a_response(cast: Cast, part: Assignment) -> None:
    right = {"decision": Decision.REJECTED, "reason": "No money.", "decided_on": dt.date(2025, 10, 6)}
    corrections.correct_response(by=cast.sam, response=cast.response(part), reason=WHY, right=right)


def of_a_view(cast: Cast, part: Assignment) -> None:
    verdict = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
    corrections.correct_assessment(by=cast.sam, assessment=verdict, reason=WHY)


def marked(address: str) -> list[str]:
    """Return the links of the marks on a page."""
    page = lxml.html.fromstring(text_of(Client().get(address)))
    return [link.get("href") for link in page.xpath("//main//li//p[contains(@class, 'app-correction')]/a")]


@pytest.mark.parametrize("correct", [of_itself, of_its_first_date, of_a_response, of_a_view])
def test_lists_tell_what_was_corrected(cast: Cast, correct: Callable[[Cast, Assignment], None]) -> None:
    part, other = cast.assignment(), cast.assignment()
    lists = [
        reverse("recommendations"),
        reverse("inquiry", args=[part.recommendation.inquiry_id]),
        reverse("body", args=[part.body_id]),
    ]
    assert [marked(address) for address in lists] == [[], [], []]
    part.refresh_from_db()
    correct(cast, part)
    page = reverse("recommendation", args=[part.recommendation_id])
    assert [marked(address) for address in lists] == [[page], [page], [page]]
    assert reverse("recommendation", args=[other.recommendation_id]) != page


def test_a_view_moved_to_another_recommendation_is_told_of_both(cast: Cast) -> None:
    part, other = cast.assignment(), cast.assignment()
    verdict = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
    right = {
        "recommendation": other.recommendation,
        "assignment": other,
        "grade": Grade.CONCERNS,
        "outcome": Outcome.KEEP,
        "meeting": verdict.meeting,
    }
    corrections.correct_assessment(by=cast.sam, assessment=verdict, reason=WHY, right=right)
    pages = {reverse("recommendation", args=[one.recommendation_id]) for one in (part, other)}
    assert set(marked(reverse("recommendations"))) == pages


def test_what_was_withdrawn_says_so_alone_and_the_marks_ask_nothing_more(cast: Cast) -> None:
    part, withdrawn = cast.assignment(), cast.assignment()
    address = reverse("recommendations")
    Client().get(address)
    with CaptureQueriesContext(connection) as before:
        Client().get(address)
    of_itself(cast, part)
    corrections.withdraw_recommendation(by=cast.sam, recommendation=withdrawn.recommendation, reason=WHY)
    with CaptureQueriesContext(connection) as after:
        assert marked(address) == [reverse("recommendation", args=[part.recommendation_id])]
    assert len(after) <= len(before) + 1  # the corrections themselves, for whom it is addressed to
    assert Client().get(reverse("recommendations_file", args=["csv"])).status_code == 200
    assert Client().get(reverse("body_file", args=[part.body_id, "csv"])).status_code == 200


# ------------------------------------------------------------------ the search


def hits(words: str) -> dict[str, list[str]]:
    """Return the marks of what a search finds, by the kind of result."""
    page = lxml.html.fromstring(text_of(Client().get(reverse("search"), {"q": words})))
    return {
        section.get("aria-labelledby"): [
            " ".join(mark.text_content().split())
            for mark in section.xpath(".//p[contains(@class, 'app-correction')]")
        ]
        for section in page.xpath("//main//section")
    }


@pytest.mark.parametrize("correct", [of_itself, of_its_first_date, of_a_view])
def test_a_search_tells_what_was_corrected_of_a_recommendation(
    cast: Cast, correct: Callable[[Cast, Assignment], None]
) -> None:
    part = cast.assignment(heading="Badgers")
    assert hits("badgers")["recommendations"] == []
    part.refresh_from_db()
    correct(cast, part)
    [mark] = hits("badgers")["recommendations"]
    assert mark.startswith("Corrected What was recorded, and why it was corrected: ")


def test_a_search_tells_that_an_answer_or_a_view_came_in_the_place_of_another(cast: Cast) -> None:
    part = cast.assignment()
    response, verdict = (
        cast.response(part, text="No hares."),
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP),
    )
    right = {"decision": Decision.ACCEPTED, "text": "Badgers live.", "decided_on": dt.date(2025, 10, 6)}
    corrections.correct_response(by=cast.sam, response=response, reason=WHY, right=right)
    right = {
        "recommendation": part.recommendation,
        "assignment": None,
        "grade": Grade.ON_COURSE,
        "outcome": Outcome.KEEP,
        "meeting": verdict.meeting,
        "comment": "Badgers thrive.",
    }
    corrections.correct_assessment(by=cast.sam, assessment=verdict, reason=WHY, right=right)
    found = hits("badgers")
    assert [len(found[kind]) for kind in ("responses", "verdicts")] == [1, 1]
    assert hits("hares")["responses"] == []  # of what was recorded in error that mark alone stands


def test_a_search_tells_of_an_update_that_corrects_and_of_one_that_is_corrected(cast: Cast) -> None:
    part = cast.assignment()
    wrong = cast.published(part, progress="Hares were seen.")
    assert hits("hares")["updates"] == []
    cast.correcting(wrong, progress="Badgers were seen.")
    reference = part.recommendation.reference
    assert hits("hares")["updates"] == [f"Corrected A later update corrects it: {reference}"]
    assert hits("badgers")["updates"] == [f"Corrected It corrects an earlier update: {reference}"]


def test_a_search_tells_what_was_corrected_of_an_inquiry_and_a_finding(cast: Cast) -> None:
    inquiry = cast.inquiry("Badgers")
    row = cast.recommendation(inquiry)
    finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Badgers dig.")
    inquiry = cast.publish(inquiry)
    assert {kind: marks for kind, marks in hits("badgers").items() if marks} == {}
    corrections.correct_finding(by=cast.sam, finding=finding, reason=WHY, text="Badgers sleep.")
    corrections.correct_inquiry(by=cast.sam, inquiry=inquiry, reason=WHY, scope="Badgers and hares.")
    row.refresh_from_db()
    corrections.correct_recommendation(by=cast.sam, recommendation=row, priority=Priority.TOP, reason=WHY)
    found = hits("badgers")
    assert [len(found[kind]) for kind in ("findings", "inquiries")] == [
        1,
        2,
    ]  # and its recommendation, below it


# ------------------------------------------------------------------ every list


def list_of_the_dashboard(slug: str, part: Assignment) -> str:
    return reverse("dashboard_list", args=[part.recommendation.inquiry.committee_id, slug])


LISTS: dict[str, Callable[[Assignment], str]] = {
    "home": lambda part: reverse("home"),
    "recommendations": lambda part: reverse("recommendations"),
    "inquiry": lambda part: reverse("inquiry", args=[part.recommendation.inquiry_id]),
    "body": lambda part: reverse("body", args=[part.body_id]),
    "search": lambda part: f"{reverse('search')}?q=badgers",
    "dashboard": lambda part: reverse("committee_dashboard", args=[part.recommendation.inquiry.committee_id]),
    "running list": lambda part: reverse(
        "assess_meeting", args=[Meeting.objects.of(part.recommendation.inquiry.committee).latest("pk").pk]
    ),
} | {slug: partial(list_of_the_dashboard, slug) for slug in LISTINGS}
"""Lists that name a recommendation with what is known of it, and where each is."""


@pytest.mark.parametrize("name", LISTS)
def test_wherever_a_recommendation_is_listed_the_mark_stands(cast: Cast, name: str) -> None:
    """The row of every list that leads to a recommendation of which something was corrected says so."""
    part = cast.assignment(heading="Badgers", first_target_on=dt.date(2025, 11, 1))
    closed = cast.assignment(heading="Badgers closed")
    for one in (part, closed):
        one.refresh_from_db()
        of_itself(cast, one)
    cast.correcting(cast.published(part, progress="Hares live."), progress="Badgers live.")
    cast.meeting(TODAY)
    cast.close(Assignment.objects.get(pk=closed.pk))
    client = signed_in(cast.carla)
    page = lxml.html.fromstring(text_of(client.get(LISTS[name](part))))
    unmarked, seen = [], 0
    for one in (part, closed):
        address = reverse("recommendation", args=[one.recommendation_id])
        for link in page.xpath(f"//main//a[starts-with(@href, '{address}')]"):
            rows = link.xpath("ancestor::*[self::li or self::tr or self::article]")
            if any("app-change" in row.get("class", "") for row in rows):
                continue  # what happened, which is told as it happened
            seen += 1
            if not any(row.xpath(".//strong[normalize-space() = 'Corrected']") for row in rows):
                unmarked.append(" ".join((rows or [link])[-1].text_content().split()))
    assert unmarked == []
    assert seen or name not in ALWAYS_LISTED


ALWAYS_LISTED = {
    "home",
    "recommendations",
    "inquiry",
    "body",
    "search",
    "dashboard",
    "running list",
    "overdue",
}
