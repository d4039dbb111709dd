"""The same form sent twice at once, as by a double click: one row, and one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from committee import clock, idempotency
from committee.accounts.models import User
from recommendations.actions import assignments
from recommendations.actions.base import ActionDenied
from recommendations.models import (
    Evidence,
    Finding,
    Inquiry,
    Meeting,
    Milestone,
    Pack,
    Post,
    Recommendation,
    RespondentLink,
    TargetChange,
)
from tests.at_once import at_once
from tests.clients import boxes, signed_in, words_of
from tests.factories import NOON, TODAY, Cast, make_cast

LATER = dt.date(2026, 6, 30)


def sent_at_once(client: Client, where: str, sent: dict[str, Any], number: int = 2) -> list[Any]:
    """Send the form so many times at once. Return the answers."""

    def send() -> Any:
        browser = Client()
        browser.cookies = client.cookies
        files = {name: make() if callable(make) else make for name, make in sent.items()}
        return browser.post(where, files)

    return at_once(send, number)


def step(words: str) -> dict[str, str]:
    return {"new-words": words, **boxes("new-due_on", LATER), "do": "add"}


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.txt", b"Some words", content_type="text/plain")


CASES: dict[str, tuple[str, str, Callable[[Cast], Any], dict[str, Any], Any]] = {
    "step": (
        "olive", "milestones", lambda cast: cast.assignment(),
        step("Order the signs"), Milestone,
    ),
    "pack": ("carla", "compose_pack", lambda cast: cast.meeting(TODAY), {"title": "Briefing", "edition": "public", "start": "none", "sections": ["summary"], "do": "save"}, Pack),
    "finding": ("sam", "new_finding", lambda cast: cast.inquiry(), {"number": "1", "text": "Roads"}, Finding),
    "recommendation": (
        "sam", "new_recommendation", lambda cast: cast.inquiry(),
        {"number": "1", "heading": "Crossings", "text": "That there are crossings.", "priority": "standard"},
        Recommendation,
    ),
    "post": ("admin", "new_post", lambda cast: cast.cabinet, {"title": "Leader"}, Post),
    "evidence": (
        "olive", "add_evidence", lambda cast: cast.draft(cast.assignment()),
        {"title": "Photo", "file": a_file}, Evidence,
    ),
    "date": (
        "olive", "request_new_date", lambda cast: cast.assignment(),
        {**boxes("new_date", LATER), "reason": "Rain"}, TargetChange,
    ),
    "link": (
        "sam", "body_links", lambda cast: cast.assignment(body=cast.school).body,
        {"name": "Hanna Head", "email": "hanna@example.org", **boxes("until", dt.date(2026, 3, 1)), "do": "issue"},
        RespondentLink,
    ),
    "meeting": (
        "carla", "new_meeting", lambda cast: None,
        {"body": "committee", **boxes("held_on", LATER), "title": "Extra"}, Meeting,
    ),
    "inquiry": (
        "sam", "new_inquiry", lambda cast: None, {"committee": "committee", "title": "Roads", "reference": "CSC 1"}, Inquiry,
    ),
}  # fmt: skip


@pytest.fixture
def council(transactional_db: None) -> Cast:
    cache.clear()
    with clock.frozen(NOON):
        return make_cast()


@pytest.mark.parametrize("case", CASES)
def test_a_double_click_adds_one(case: str, council: Cast) -> None:
    who, name, about, sent, model = CASES[case]
    with clock.frozen(NOON):
        thing = about(council)
        client = signed_in(getattr(council, who))
    where = reverse(name, args=[thing.pk] if thing is not None else [])
    sent = {key: getattr(council, value).pk if value == "committee" else value for key, value in sent.items()}
    before = model.objects.count()
    answers = sent_at_once(client, where, sent)
    assert [answer.status_code for answer in answers] == [302, 302], [
        words_of(answer)[:1500] for answer in answers
    ]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert model.objects.count() == before + 1


class TestRepeated:
    """Sent again a moment later, from the very page that it was sent from."""

    def test_the_same_page_sent_again_leads_to_what_it_led_to(self, cast: Cast) -> None:
        client = signed_in(cast.olive)
        where = reverse("milestones", args=[cast.assignment().pk])
        token = client.get(where).context["csrf_token"]
        sent = step("Order the signs") | {"csrfmiddlewaretoken": str(token)}
        first, second = (client.post(where, sent) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert Milestone.objects.count() == 1

    def test_the_page_shown_anew_adds_another(self, cast: Cast) -> None:
        client = signed_in(cast.olive)
        where = reverse("milestones", args=[cast.assignment().pk])
        for _ in range(2):
            token = client.get(where).context["csrf_token"]
            client.post(where, step("Paint") | {"csrfmiddlewaretoken": str(token)})
        assert Milestone.objects.count() == 2

    def test_other_words_and_other_people_are_other_forms(self, cast: Cast) -> None:
        where = reverse("milestones", args=[cast.assignment().pk])
        for who, title in ((cast.olive, "Paint"), (cast.olive, "Sign"), (cast.ada, "Sign")):
            signed_in(who).post(where, step(title) | {"csrfmiddlewaretoken": "x"})
        assert Milestone.objects.count() == 3

    def test_a_refused_button_is_carried_out_once_the_cause_is_gone(self, cast: Cast) -> None:
        """The page sent again by Back and the same press has the token that it had."""
        client = signed_in(cast.admin)
        where, sent = reverse("send_password_link", args=[cast.sam.pk]), {"csrfmiddlewaretoken": "x"}
        User.objects.filter(pk=cast.sam.pk).update(is_active=False)
        for _ in range(2):  # each time with its words
            assert "Switch the account on first" in words_of(client.post(where, sent, follow=True))
        User.objects.filter(pk=cast.sam.pk).update(is_active=True)
        told = words_of(client.post(where, sent, follow=True))
        assert "Switch the account on first" not in told
        assert "sent" in told

    def test_what_a_refusal_undid_was_not_carried_out(self, cast: Cast) -> None:
        """The first of two bodies is addressed and undone with the second."""
        recommendation = cast.recommendation(cast.inquiry())
        noted: list[bool] = []
        token = idempotency._carried_out.set(noted)
        parts = [{"body": cast.cabinet}, {"body": cast.cabinet}]
        try:
            with pytest.raises(ActionDenied):
                assignments.address_to_several(by=cast.sam, recommendation=recommendation, parts=parts)
            assert noted == []
            assignments.address_to_several(by=cast.sam, recommendation=recommendation, parts=parts[:1])
            assert noted == [True]
        finally:
            idempotency._carried_out.reset(token)

    def test_a_form_with_a_mistake_is_answered_each_time(self, cast: Cast) -> None:
        client = signed_in(cast.olive)
        where = reverse("milestones", args=[cast.assignment().pk])
        for _ in range(2):
            assert (
                "There is a problem"
                in client.post(where, step("") | {"csrfmiddlewaretoken": "x"}).content.decode()
            )
