"""Of what a tracker brought in nobody reads "not yet" before it is followed up here: the tracker does not state it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import notices
from recommendations.actions.base import ActionDenied
from recommendations.actions.corrections import correct_recommendation
from recommendations.exports.columns import RECOMMENDATION_COLUMNS
from recommendations.lifecycle import NOT_STATED, ClockState, Edition, PackSection, Priority
from recommendations.models import Assignment, Inquiry, Pack, Recommendation
from recommendations.packs.content import build_content
from recommendations.packs.data_table import table
from recommendations.packs.html import screen_html
from recommendations.queries.correction_effects import readings
from recommendations.queries.states import states
from tests.clients import signed_in, text_of, words_of
from tests.factories import TODAY, Cast, fresh
from tests.imports import a_line, bring_in, make_inquiry

pytestmark = [pytest.mark.django_db, pytest.mark.prepared(make=make_inquiry)]

YET = re.compile(
    r"\b(?:not sent|not set|(?:no|none|nothing|not) (?:\w+ ){0,3}yet|none set|no date set|nothing reported)\b",
    re.I,
)
STATED = "not stated in the tracker"
COLUMNS = {
    "Sent to the body", "Response due", "Response", "Response decided", "First date", "Present date", "Times the date slipped",
    "Days the date slipped in all", "What the body says", "Latest update as at", "What the committee found",
    "Found at the meeting of",
}  # fmt: skip
"""What of a part a tracker may state; that it is overdue or closed is what this record makes of it."""


@pytest.fixture
def part(cast: Cast, prepared: Inquiry) -> Assignment:
    batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk)])
    return Assignment.objects.named().get(import_batch=batch)


@pytest.fixture
def unaddressed(cast: Cast, prepared: Inquiry) -> Recommendation:
    batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk, owners=())], name="other.xlsx")
    return Recommendation.objects.get(import_batch=batch)


def content_of(cast: Cast, row: Recommendation) -> Any:
    pack = Pack(
        meeting=cast.meeting(TODAY),
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=[row.pk],
    )
    return build_content(pack, by=fresh(cast.carla), moment=clock.now())


def pages(cast: Cast, row: Recommendation) -> dict[str, str]:
    """What everybody reads of the recommendation, from its heading on."""
    asked: list[tuple[Any, str]] = [
        (cast.colin, reverse("recommendation", args=[row.pk])),
        (cast.sam, reverse("recommendation", args=[row.pk])),
        (cast.sam, reverse("recommendations") + "?q=crossing"),
        (cast.colin, reverse("dashboard_list", args=[cast.committee.pk, "open"])),
    ]
    for part in row.assignments.all():
        asked += [
            (cast.olive, reverse("assignment", args=[part.pk])),
            (cast.olive, reverse("log_update", args=[part.pk])),
            (cast.olive, reverse("my_work") + "?show=open"),
            (cast.sam, reverse("edit_assignment", args=[part.pk])),
        ]
    found = {}
    for user, address in asked:
        answer = signed_in(user).get(address)
        assert answer.status_code == 200, address
        found[f"{user.name} {address}"] = words_of(answer)
    return found


def test_every_reading_of_a_part_says_that_it_is_not_stated(cast: Cast, part: Assignment) -> None:
    row = part.recommendation
    for address, words in pages(cast, row).items():
        assert STATED in words.lower(), address
    page = words_of(signed_in(cast.colin).get(reverse("recommendation", args=[row.pk])))
    assert not YET.findall(page)
    assert part.clock().state == ClockState.NOT_STATED
    assert {state.tracker_only for state in states(Assignment.objects.filter(pk=part.pk))} == {True}
    assert {s.tracker_only for s in states(Assignment.objects.filter(pk=part.pk), clock.now())} == {True}
    assert (
        readings([row.pk])[
            f"{row.reference}, {part.owner_name}"[:0] + f"{row.reference}, {part.owner_name}", "Response"
        ]
        == NOT_STATED
    )


def test_downloads_say_so(cast: Cast, part: Assignment) -> None:
    for form in ("csv", "json"):
        answer = signed_in(cast.colin).get(reverse("recommendations_file", args=[form]))
        text = b"".join(answer).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text))) if form == "csv" else json.loads(text)
        rows = rows if isinstance(rows, list) else next(one for one in rows.values() if isinstance(one, list))
        titles = {column.name: column.title for column in RECOMMENDATION_COLUMNS}
        own = next(row for row in rows if part.recommendation.reference in row.values())
        said = {titles.get(name, name) for name, value in own.items() if value == NOT_STATED}
        assert said - {"Lead or contributing"} == COLUMNS, form


def test_a_pack_says_so(cast: Cast, part: Assignment) -> None:
    content = content_of(cast, part.recommendation)
    page = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", screen_html(content, content_hash="x"))).split())
    own = page[page.index(part.recommendation.text) :]
    assert STATED in own.lower()
    assert not YET.findall(own)
    headings, cells = list(table(content))
    found = dict(zip(headings, cells, strict=True))
    assert found["Response"] == found["First date"] == found["Progress claimed"] == NOT_STATED
    assert found["Committee’s grade"] == NOT_STATED
    assert found["Days overdue"] == "0"


def test_what_is_asked_of_a_body_here_has_not_come_yet(cast: Cast, part: Assignment) -> None:
    notices.send_notice(by=cast.sam, assignments=[part], on=TODAY)
    part = Assignment.objects.named().get(pk=part.pk)
    assert part.clock().state == ClockState.RUNNING
    page = words_of(signed_in(cast.colin).get(reverse("recommendation", args=[part.recommendation_id])))
    assert "The committee has not yet given its view" in page
    assert "None yet" in page


def test_a_recommendation_without_a_body_says_so(cast: Cast, unaddressed: Recommendation) -> None:
    page = words_of(signed_in(cast.colin).get(reverse("recommendation", args=[unaddressed.pk])))
    assert f"Owning body {NOT_STATED}" in page
    content = content_of(cast, unaddressed)
    headings, cells = list(table(content))
    found = dict(zip(headings, cells, strict=True))
    assert found["Owning body"] == found["Response"] == NOT_STATED
    assert "no body yet" not in screen_html(content, content_hash="x").lower()


def test_a_priority_that_no_tracker_states_is_not_made_up(cast: Cast, part: Assignment) -> None:
    row = part.recommendation
    assert row.priority == Priority.NOT_STATED
    address = reverse("recommendation", args=[row.pk])
    assert "Priority not stated in the tracker" in words_of(Client().get(address))
    assert "Priority not stated in the tracker" in screen_html(content_of(cast, row), content_hash="x")
    assert "Priority not stated" not in words_of(Client().get(reverse("inquiry", args=[row.inquiry_id])))


def test_a_priority_that_it_states_is_kept(cast: Cast, prepared: Inquiry) -> None:
    batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk, priority="high")], name="high.xlsx")
    assert Recommendation.objects.get(import_batch=batch).priority == Priority.HIGH


def test_somebody_who_knows_its_priority_says_so(cast: Cast, part: Assignment) -> None:
    row, ours = part.recommendation, cast.assignment().recommendation
    details: dict[str, Any] = {"by": cast.sam, "reason": "The minutes say so."}
    kept = correct_recommendation(recommendation=row, number="7", priority=Priority.NOT_STATED, **details)
    assert kept.after["number"] == "7"
    row.refresh_from_db()
    right = correct_recommendation(recommendation=row, priority=Priority.TOP, **details)
    assert (right.before["priority"], right.after["priority"]) == ("not_stated", "top")
    row.refresh_from_db()
    for one in (row, ours):
        with pytest.raises(ActionDenied, match="Select the priority"):
            correct_recommendation(recommendation=one, priority=Priority.NOT_STATED, **details)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=cast.recommendation(cast.inquiry()).pk).update(
            priority=Priority.NOT_STATED
        )


def test_only_where_it_stands_is_it_offered(cast: Cast, part: Assignment) -> None:
    sam = signed_in(cast.sam)
    for row, offered in ((part.recommendation, True), (cast.assignment().recommendation, False)):
        page = sam.get(reverse("correct", args=["recommendation", row.pk]))
        assert ('value="not_stated"' in text_of(page)) is offered
        assert 'value="not_known"' not in text_of(page)
