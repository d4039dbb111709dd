"""A pack tells what a tracker brought in as the pages do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.template.loader import render_to_string

from committee import clock
from recommendations.lifecycle import Claim, Edition, PackSection
from recommendations.lifecycle.imported import NEW, NewInquiry
from recommendations.models import Assignment, Inquiry, Pack
from recommendations.packs.content import build_content
from tests.factories import TODAY, Cast, at, fresh
from tests.imports import a_line, an_update, bring_in, day, make_inquiry

pytestmark = [pytest.mark.django_db, pytest.mark.prepared(make=make_inquiry)]


def the_recommendation(cast: Cast, part: Assignment) -> Any:
    return the_inquiry(cast, part)["recommendations"][0]


def the_inquiry(cast: Cast, part: Assignment) -> Any:
    pack = Pack(
        meeting=cast.meeting(TODAY),
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=[part.recommendation_id],
    )
    content = build_content(pack, by=fresh(cast.carla), moment=clock.now())
    return content["inquiries"][0]


def test_the_heading_of_an_inquiry_of_our_own_has_no_mark(cast: Cast, prepared: Inquiry) -> None:
    assert the_inquiry(cast, prepared.recommendations.get().assignments.get())["imported"] == ""


def test_an_update_without_a_status_leaves_what_was_claimed(cast: Cast, prepared: Inquiry) -> None:
    own = prepared.recommendations.get()
    with at(TODAY + dt.timedelta(days=1)):
        told = a_line(cast, inquiry=prepared.pk, text=own.text, updates=(an_update("Four are built."),))
        bring_in(cast, [told], as_at=TODAY + dt.timedelta(days=1))
        part = own.assignments.get()
        said = the_recommendation(cast, part)["bodies"][0]
    assert part.claim == said["claim"]["value"] == Claim.ON_TRACK
    assert said["update"]["progress"] == "Four are built."
    assert said["update"]["claim"]["label"] == "Not stated in the tracker"


def test_it_says_where_it_is_from(cast: Cast, prepared: Inquiry) -> None:
    batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk)])
    told = the_recommendation(cast, Assignment.objects.get(import_batch=batch))
    assert told["imported"] == "From tracker.xlsx, Tracker, row 2, brought in on 12 January 2026"


def test_the_heading_of_an_inquiry_says_where_it_is_from(cast: Cast) -> None:
    new = NewInquiry("lighting", "Street lighting", published_on=day(2024, 5, 2))
    batch = bring_in(cast, [a_line(cast, inquiry=NEW + new.key)], new_inquiries=[new.to_json()])
    told = the_inquiry(cast, Assignment.objects.get(import_batch=batch))
    assert told["imported"] == "From tracker.xlsx, brought in on 12 January 2026"
    page = render_to_string("packs/_recommendations.html", {"inquiries": [{**told, "first": True}]})
    assert page.index("Street lighting") < page.index(told["imported"]) < page.index("<article>")
