"""Recording the committee's view on a meeting's running list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from recommendations.actions import assessments
from recommendations.lifecycle import Grade, Outcome
from recommendations.models import Assessment
from tests.clients import signed_in, text_of
from tests.factories import TODAY, Cast

pytestmark = pytest.mark.django_db


class TestTheSecondOfTwo:
    """Somebody else records a view while another is typed."""

    @pytest.mark.parametrize("query", ["", "?show=to-do", "?show=to-do&page=7", "?page=2", "?inquiry=987654"])
    def test_the_words_and_the_reason_are_on_the_page_that_answers(self, query: str, cast: Cast) -> None:
        assignment = cast.assignment()
        meeting = cast.meeting(TODAY)
        client = signed_in(cast.carla)
        where = reverse("assess_meeting", args=[meeting.pk])
        page = client.get(where)
        (target,) = page.context["agenda"].items[0].targets
        sent: dict[str, Any] = {
            name: value
            for name, value in (
                (target.form[field].html_name, target.form[field].value()) for field in target.form.fields
            )
            if value is not None
        }
        sent |= {
            "recommendation": assignment.recommendation_id,
            "target": target.key,
            f"{target.key}-grade": Grade.CONCERNS,
            f"{target.key}-outcome": Outcome.KEEP,
            f"{target.key}-comment": "My own words.",
        }
        assessments.assess(
            by=cast.sam,
            recommendation=assignment.recommendation,
            assignment=None,
            grade=Grade.IMPLEMENTED,
            outcome=Outcome.KEEP,
            meeting=meeting,
            comment="Their words.",
        )
        answer = client.post(where + query, sent)
        assert answer.status_code == 200
        words = text_of(answer)
        assert "My own words." in words
        assert "Their words." in words
        assert Assessment.objects.count() == 1


def test_a_view_of_an_earlier_meeting_offers_no_meeting_before_the_others(cast: Cast) -> None:
    """The meeting to invite to depends on the meeting that is chosen; the first of all may be long over."""
    assignment = cast.assignment()
    days = (dt.date(2025, 10, 6), dt.date(2025, 12, 1), dt.date(2026, 2, 2))
    held, between, ahead = (cast.meeting(day) for day in days)
    client, where = signed_in(cast.sam), reverse("assess", args=[assignment.recommendation_id])
    form = client.get(where).context["form"]
    assert form["invited_to"].value() is None
    assert {one[0] for one in form.fields["invited_to"].choices} == {"", between.pk, ahead.pk}
    sent = {
        "meeting": held.pk,
        "grade": Grade.CONCERNS,
        "outcome": Outcome.ESCALATE,
        "comment": "Two years late.",
        "seen": "0",
        "version": "0",
    }
    assert "Select the meeting to which the head of service is invited" in text_of(client.post(where, sent))
    assert client.post(where, {**sent, "invited_to": between.pk}).status_code == 302
    assert Assessment.objects.get().invited_to == between
