"""Recording the committee's view on a meeting's running list."""

from __future__ import annotations

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
