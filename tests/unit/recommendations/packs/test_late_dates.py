"""Days late are counted past the date from which lateness counts, and that date is called what it is."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.urls import reverse

from committee import clock
from recommendations.actions import corrections, target_dates
from recommendations.lifecycle import Edition, PackSection
from recommendations.models import Assignment, Pack
from recommendations.packs.content import build_content
from recommendations.packs.html import screen_html
from tests.clients import signed_in, words_of
from tests.factories import Cast, at, fresh

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

FIRST, AGREED = dt.date(2025, 12, 1), dt.date(2025, 12, 20)


@pytest.fixture
def part(cast: Cast) -> Assignment:
    """A part whose date was moved in good time; then its notice turns out to have been sent after the first one."""
    cast.meeting(dt.date(2025, 12, 15))
    with at(dt.date(2025, 11, 1)):
        part = cast.assignment(first_target_on=FIRST)
        change = target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=AGREED, reason="The bridge is closed until then."
        )
        cast.agree(change)
    with at(dt.date(2025, 12, 8)):
        part = Assignment.objects.for_list().get(pk=part.pk)
        corrections.correct_notice_date(
            by=cast.sam, assignment=part, on=dt.date(2025, 12, 5), reason="Typed wrongly"
        )
    return Assignment.objects.for_list().get(pk=part.pk)


def words_of_pack(content: Any) -> str:
    page = screen_html(content, content_hash="x")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_date_agreed_later_is_not_called_the_first(cast: Cast, part: Assignment) -> None:
    assert (part.late_from, part.days_late(), part.late_date_words) == (AGREED, 23, "date agreed")
    pack = Pack(
        meeting=cast.meeting(dt.date(2026, 1, 26)),
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=[part.recommendation_id],
    )
    words = words_of_pack(build_content(pack, by=fresh(cast.carla), moment=clock.now()))
    assert "past the first date" not in words.replace("Open and past the first date", "")
    assert "23 days late, past the date agreed. First date 1 December 2025, now 20 December 2025." in words
    assert "23 days past the date agreed, 20 December 2025" in words
    assert words.count("Overdue: 23 days past the date agreed") == 2
    board = reverse("committee_dashboard", args=[cast.committee.pk])
    page = words_of(signed_in(cast.colin).get(board))
    assert "23 days past the date agreed" in page
    queue = words_of(signed_in(cast.olive).get(reverse("my_work") + "?show=overdue"))
    assert "23 days late past the date agreed: first date 1 December 2025" in queue
