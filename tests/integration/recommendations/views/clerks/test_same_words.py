"""Two clerks save the same words: each form says so, and saving again is a decision to keep one's own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from recommendations.actions import pack_templates, packs
from recommendations.models import Meeting, Pack
from recommendations.views.form_handling import SAME_WORDS
from tests.clients import form_values, signed_in, text_of, words_of
from tests.factories import Cast, fresh


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(dt.date(2026, 1, 26))


@pytest.fixture
def pack(cast: Cast, meeting: Meeting) -> Pack:
    chosen = [cast.assignment().recommendation_id]
    return packs.compose_pack(by=fresh(cast.carla), meeting=meeting, title="Progress", selection=chosen)


def saves_twice(cast: Cast, where: str, name: str, told: str) -> None:
    """Save the same new words on a page that was opened twice; then once more."""
    first, second = signed_in(cast.carla), signed_in(cast.carla)
    theirs = form_values(first.get(where)) | {name: "The long room"}
    yours = form_values(second.get(where)) | {name: "The long room"}
    assert told in words_of(first.post(where, theirs, follow=True))
    answer = second.post(where, yours)
    assert answer.status_code == 200
    assert "govuk-error-summary" in text_of(answer)
    assert SAME_WORDS in words_of(answer)
    assert "The long room" in text_of(answer)
    assert told in words_of(second.post(where, form_values(answer), follow=True))


def test_a_meeting(cast: Cast, meeting: Meeting) -> None:
    saves_twice(cast, reverse("edit_meeting", args=[meeting.pk]), "place", "The meeting is saved")
    meeting.refresh_from_db()
    assert meeting.place == "The long room"


def test_the_details_of_a_pack(cast: Cast, pack: Pack) -> None:
    saves_twice(cast, reverse("edit_pack", args=[pack.pk]), "purpose", "The pack is saved")
    pack.refresh_from_db()
    assert pack.purpose == "The long room"


def test_the_name_of_a_template(cast: Cast, pack: Pack) -> None:
    template = pack_templates.save_template(by=fresh(cast.carla), pack=pack, name="Quarterly")
    saves_twice(cast, reverse("rename_template", args=[template.pk]), "name", "The template has its new name")
    template.refresh_from_db()
    assert template.name == "The long room"
