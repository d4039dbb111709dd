"""A pack tells that its meeting was recorded as held by mistake, and of what was added to a report when."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from committee import clock
from recommendations.actions import meetings
from recommendations.actions.recommendations import add_recommendation, publish_recommendation
from recommendations.lifecycle import Edition, MeetingState, PackSection
from recommendations.models import Inquiry, Meeting, Pack
from recommendations.packs.content import build_content
from recommendations.packs.html import screen_html
from tests.clients import signed_in, words_of
from tests.factories import Cast, fresh

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

TOLD = "Its meeting was recorded as held by mistake, and planned again on 12 January 2026"


def pack_for(cast: Cast, meeting: Meeting, *selection: int) -> Pack:
    return Pack(
        meeting=meeting,
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=list(selection),
    )


def test_the_page_and_the_library_tell_that_the_meeting_is_planned_again(cast: Cast) -> None:
    meeting = cast.meeting(dt.date(2026, 1, 8))
    pack = pack_for(cast, meeting)
    pack.save()
    client = signed_in(cast.carla)
    page, library = reverse("pack", args=[pack.pk]), reverse("packs")
    for address in (page, library):
        assert TOLD not in words_of(client.get(address))
    meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.PLANNED, reason="It was put off.")
    assert f"{TOLD} because: It was put off." in words_of(client.get(page))
    assert TOLD in words_of(client.get(library))


def test_a_pack_tells_when_a_recommendation_was_added_to_the_report(cast: Cast) -> None:
    first = cast.assignment().recommendation
    public = Inquiry.objects.get(pk=first.inquiry_id)
    added = add_recommendation(
        by=cast.sam, inquiry=public, number="9", heading="Later", text="That it adds one."
    )
    added = publish_recommendation(by=cast.sam, recommendation=added, on=dt.date(2025, 12, 3))
    pack = pack_for(cast, cast.meeting(dt.date(2026, 1, 26)), first.pk, added.pk)
    content = build_content(pack, by=fresh(cast.carla), moment=clock.now())
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", screen_html(content, content_hash="x"))).split())
    assert "Recommendation 9, added to the report 3 December 2025." in words
    assert words.count("added to the report") == 1
