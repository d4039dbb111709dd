"""The long forms of committee support: what was typed outlives a sign-in, and nothing is done with it meanwhile."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import inquiries, progress, reviews
from recommendations.models import Assessment, Finding, Response
from tests.cast import TODAY, Cast, fresh
from tests.integration.scrutiny_helpers import boxes, signed_in, text_of

pytestmark = pytest.mark.django_db
TYPED = "Two hours of work, not to be lost"


def ticket_of(page: Any) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', text_of(page))
    assert found, "the form carries no ticket"
    return unescape(found[1])


@pytest.fixture
def forms(cast: Cast) -> dict[str, tuple[Any, str, str]]:
    """For each form: whose it is, its address, and the box that takes long."""
    part = cast.assignment()
    inquiry = part.recommendation.inquiry
    finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="F")
    cast.meeting(TODAY)
    review = reviews.open_review(by=cast.sam, committee=cast.committee, title="R", due_on=dt.date(2026, 2, 2))
    change = progress.request_new_date(
        by=cast.olive, assignment=part, new_date=dt.date(2026, 6, 30), reason="Later"
    )
    recommendation = part.recommendation_id
    return {
        "new_inquiry": (cast.sam, reverse("new_inquiry"), "summary"),
        "edit_inquiry": (cast.sam, reverse("edit_inquiry", args=[inquiry.pk]), "summary"),
        "new_finding": (cast.sam, reverse("new_finding", args=[inquiry.pk]), "text"),
        "edit_finding": (cast.sam, reverse("edit_finding", args=[finding.pk]), "text"),
        "new_recommendation": (cast.sam, reverse("new_recommendation", args=[inquiry.pk]), "text"),
        "edit_recommendation": (cast.sam, reverse("edit_recommendation", args=[recommendation]), "text"),
        "address": (cast.sam, reverse("address", args=[recommendation]), "form-0-deliverer"),
        "record_response": (cast.sam, f"{reverse('record_response')}?assignment={part.pk}", "text"),
        "new_review": (cast.sam, f"{reverse('new_review')}?inquiry={inquiry.pk}", "title"),
        "move_due_date": (cast.sam, reverse("move_due_date", args=[review.pk]), "reason"),
        "decide_date": (cast.sam, reverse("decide_date", args=[change.pk]), "note"),
        "new_body": (cast.sam, f"{reverse('new_body')}?kind=school", "about"),
        "edit_body": (cast.sam, reverse("edit_body", args=[cast.school.pk]), "about"),
        "assess": (cast.colin, reverse("assess", args=[recommendation]), "comment"),
    }


NAMES = (
    "new_inquiry", "edit_inquiry", "new_finding", "edit_finding", "new_recommendation", "edit_recommendation",
    "address", "record_response", "new_review", "move_due_date", "decide_date", "new_body", "edit_body", "assess",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
class TestEachForm:
    def test_what_was_typed_waits_behind_the_sign_in(self, forms: Any, name: str) -> None:
        who, address, box = forms[name]
        assert set(forms) == set(NAMES)
        browser = Client()
        answer = browser.post(address, {box: TYPED, "ticket": ticket_of(signed_in(who).get(address))})
        assert reverse("account_login") in answer["Location"]
        assert TYPED not in str(dict(browser.session))
        browser.force_login(fresh(who))
        page = text_of(browser.get(address))
        assert "Your words were kept" in page
        assert TYPED in page

    def test_somebody_else_does_not_meet_it(self, cast: Cast, forms: Any, name: str) -> None:
        who, address, box = forms[name]
        browser = Client()
        browser.post(address, {box: TYPED, "ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(cast.oscar))
        assert TYPED not in text_of(browser.get(address))

    def test_another_site_can_not_post(self, forms: Any, name: str) -> None:
        who, address, box = forms[name]
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(who)
        assert browser.post(address, {box: TYPED}).status_code == 403


class TestAResponse:
    def test_words_for_one_body_are_not_offered_for_another(self, cast: Cast, forms: Any) -> None:
        who, address, box = forms["record_response"]
        other = cast.assignment(body=cast.police)
        browser = Client()
        browser.post(address, {box: TYPED, "ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(who))
        elsewhere = f"{reverse('record_response')}?assignment={other.pk}"
        assert TYPED not in text_of(browser.get(elsewhere))
        assert TYPED in text_of(browser.get(address))

    def test_nothing_is_recorded_until_it_is_sent_again(self, forms: Any) -> None:
        who, address, _ = forms["record_response"]
        sent = {"decision": "accepted", "text": TYPED, **boxes("decided_on", dt.date(2025, 10, 6))}
        browser = Client()
        browser.post(address, sent | {"ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(who))
        page = browser.get(address)
        assert not Response.objects.exists()
        assert browser.post(address, sent | {"ticket": ticket_of(page)}).status_code == 302
        assert Response.objects.get().text == TYPED
        assert "Your words were kept" not in text_of(browser.get(address))


def test_a_kept_view_and_a_kept_finding_change_nothing_by_being_read(cast: Cast, forms: Any) -> None:
    for name in ("assess", "new_finding"):
        who, address, box = forms[name]
        browser = Client()
        sent = {box: TYPED, "grade": "concerns", "outcome": "keep", "number": "2"}
        browser.post(address, sent | {"ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(who))
        assert TYPED in text_of(browser.get(address))
    assert not Assessment.objects.exists()
    assert Finding.objects.count() == 1
