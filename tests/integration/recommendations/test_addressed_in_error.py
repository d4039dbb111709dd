"""What a body reads of what was addressed to it in error, and what everybody reads on its page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import corrections
from recommendations.models import Assignment, Update
from tests.clients import signed_in, text_of, words_of
from tests.factories import TODAY, Cast, at
from tests.integration.recommendations.views.respondents.helpers import inside

WHY = "The letter went to the wrong body."
TOLD = f"Addressed in error to Cabinet, corrected on 12 January 2026 because: {WHY}"
SENTENCE = "This was sent to your body in error, so nothing is asked of it any more."


@pytest.fixture
def part(cast: Cast) -> Assignment:
    """A part of the Cabinet that is overdue, which the police should have got."""
    return cast.assignment(first_target_on=dt.date(2025, 12, 1))


def correct(cast: Cast, part: Assignment) -> None:
    corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)


def test_the_lists_of_work_say_so_for_a_fortnight(cast: Cast, part: Assignment) -> None:
    link = cast.link(cast.cabinet, until=TODAY + dt.timedelta(days=60))
    correct(cast, part)
    clients = {"my_work": signed_in(cast.olive), "answering": inside(link)}
    for route, client in clients.items():
        page = words_of(client.get(reverse(route)))
        assert f"{part.recommendation.reference} {part.recommendation.heading} : {SENTENCE}" in page, route
        assert TOLD in page, route
        assert "overdue by" not in page.lower()
    assert TOLD not in words_of(signed_in(cast.pat).get(reverse("my_work")))
    with at(TODAY + dt.timedelta(days=15)):
        assert TOLD not in words_of(signed_in(cast.olive).get(reverse("my_work")))


def test_every_page_of_the_part_says_why_and_offers_nothing(cast: Cast, part: Assignment) -> None:
    link = cast.link(cast.cabinet)
    update: Update = cast.draft(part)
    correct(cast, part)
    olive = signed_in(cast.olive)
    pages = {
        "assignment": (olive, part.pk),
        "milestones": (olive, part.pk),
        "request_new_date": (olive, part.pk),
        "preview_update": (olive, update.pk),
        "answer_item": (inside(link), part.pk),
        "answer_steps": (inside(link), part.pk),
        "answer_new_date": (inside(link), part.pk),
    }
    for route, (client, pk) in pages.items():
        answer = client.get(reverse(route, args=[pk]))
        assert answer.status_code == 200, route
        page = words_of(answer)
        assert SENTENCE in page, route
        assert TOLD in page, route
        for offered in ("Ask the committee", "Submit to the approver", "Add the step"):
            assert offered not in page, (route, offered)


def test_the_links_of_pages_to_write_on_lead_to_why(cast: Cast, part: Assignment) -> None:
    link = cast.link(cast.cabinet)
    correct(cast, part)
    for client, route in (
        (signed_in(cast.olive), "log_update"),
        (inside(link), "answer_update"),
        (inside(link), "answer_response"),
    ):
        page = words_of(client.get(reverse(route, args=[part.pk]), follow=True))
        assert TOLD in page, route


def test_the_page_of_the_wrong_body_tells_everybody(cast: Cast, part: Assignment) -> None:
    correct(cast, part)
    answer = Client().get(reverse("body", args=[part.body_id]))
    page = words_of(answer)
    assert "Addressed to this body in error" in page
    assert TOLD in page
    assert reverse("recommendation", args=[part.recommendation_id]) in text_of(answer)
    assert "Addressed to this body in error" not in words_of(
        Client().get(reverse("body", args=[cast.police.pk]))
    )
