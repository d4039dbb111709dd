"""A pack tells when a recommendation was added to a report that was published before."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from committee import clock
from recommendations.actions.recommendations import add_recommendation, publish_recommendation
from recommendations.lifecycle import Edition, PackSection
from recommendations.models import Inquiry, Meeting, Pack
from recommendations.packs.content import build_content
from recommendations.packs.html import screen_html
from tests.factories import Cast, fresh

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


def pack_for(cast: Cast, meeting: Meeting, *selection: int) -> Pack:
    return Pack(
        meeting=meeting,
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=list(selection),
    )


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
