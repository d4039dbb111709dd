"""What was checked in the light of one record is not applied to another: what changed meanwhile is told, and nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse

from recommendations.actions import assignments, bodies, corrections, import_previews, imports
from recommendations.actions.base import ActionDenied
from recommendations.actions.import_parts import OLDER
from recommendations.imports import mend
from recommendations.lifecycle import BodyKind, ImportState
from recommendations.models import Body, ImportBatch, Inquiry, Recommendation
from tests.clients import signed_in, words_of
from tests.factories import Cast
from tests.trackers import CROSSING, a_tracker, answered, handed_in, read

pytestmark = pytest.mark.django_db

LATER = ("Road safety near schools: recommendations, position at 31 December 2025",)
TRUST = "Testshire Learning Trust"
INQUIRY = {"inquiry:table:1": {"new": {"title": "Road safety near schools", "published_on": "2024-05-02"}}}
LINE = (*CROSSING[:2], TRUST, "Agreed", "Half of them are built.", "On track", "31 March 2027")


@pytest.fixture
def trust(cast: Cast) -> Body:
    return bodies.add_body(by=cast.admin, name=TRUST, kind=BodyKind.TRUST)


@pytest.fixture
def checked(cast: Cast, trust: Body) -> ImportBatch:
    """A newer file of a recommendation on the record, of which nothing is asked."""
    first = answered(cast, handed_in(cast, a_tracker(LINE)), INQUIRY)
    imports.apply_import(by=cast.sam, batch=first)
    newer = handed_in(cast, a_tracker((*LINE[:4], "All are built.", *LINE[5:]), title=LATER))
    assert newer.reading["open"] == []
    return newer


def _addressed(cast: Cast, row: Recommendation) -> None:
    assignments.address(by=cast.sam, recommendation=row, body=cast.police)


def _withdrawn(cast: Cast, row: Recommendation) -> None:
    corrections.withdraw_recommendation(by=cast.sam, recommendation=row, reason="Made twice")


def _ended(cast: Cast, row: Recommendation) -> None:
    body = Body.objects.get(name=TRUST)
    bodies.edit_body(by=cast.admin, body=body, abolished_on=dt.date(2026, 1, 12))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_addressed, "is addressed to other bodies on the record"),
        (_withdrawn, "its recommendation was withdrawn or changed on the record"),
        (_ended, "a body to which it is addressed has ended"),
    ],
)
def test_is_told_in_a_sentence_and_nothing_is_written(
    cast: Cast, checked: ImportBatch, change: Callable[[Cast, Recommendation], None], says: str
) -> None:
    change(cast, Recommendation.objects.get())
    with pytest.raises(
        ActionDenied, match=f"^Since the file was read, .*{says} .*table 1, row 3.*Read the file anew"
    ):
        imports.apply_import(by=cast.sam, batch=checked)
    checked.refresh_from_db()
    assert checked.state == ImportState.TO_CHECK
    assert Recommendation.objects.count() == 1


def test_the_page_says_so_before_it_is_applied(cast: Cast, checked: ImportBatch) -> None:
    client, address = signed_in(cast.sam), reverse("apply_import", args=[checked.pk])
    assert "It can’t be applied yet" not in words_of(client.get(address))
    _addressed(cast, Recommendation.objects.get())
    page = words_of(client.get(address))
    assert "It can’t be applied yet" in page
    assert "is addressed to other bodies on the record (table 1, row 3)" in page


def test_a_line_that_a_colleague_mended_meanwhile_is_seen_first(cast: Cast, checked: ImportBatch) -> None:
    client, address = signed_in(cast.sam), reverse("apply_import", args=[checked.pk])
    seen = client.get(address).context["batch"].version
    row = checked.rows.get()
    mend.mend_line(
        by=cast.carla,
        row=row,
        version=import_previews.line_version(row),
        mended={"priority": "high"},
        exempt="",
        reference="",
    )
    page = client.post(address, {"version": seen})
    assert "Somebody changed this import since you looked" in words_of(page)
    checked.refresh_from_db()
    assert checked.state == ImportState.TO_CHECK
    assert client.post(address, {"version": page.context["batch"].version}).status_code == 302


def test_another_file_that_brought_the_same_line_first(cast: Cast, trust: Body) -> None:
    """Two files are handed in together: the second is read anew once the first is on the record."""
    first = answered(cast, handed_in(cast, a_tracker(LINE)), INQUIRY)
    second = answered(cast, handed_in(cast, a_tracker(LINE, title=LATER)), INQUIRY)
    imports.apply_import(by=cast.sam, batch=first)
    with pytest.raises(ActionDenied, match="came on the record"):
        imports.apply_import(by=cast.sam, batch=second)
    second = read(cast, import_previews.read_again(by=cast.sam, batch=second))
    imports.apply_import(by=cast.sam, batch=second)
    assert (Recommendation.objects.count(), Inquiry.objects.count()) == (1, 1)


def test_a_date_of_an_older_file_is_told_and_not_taken(cast: Cast, checked: ImportBatch) -> None:
    imports.apply_import(by=cast.sam, batch=checked)
    title = ("Road safety near schools: recommendations, position at 31 December 2024",)
    older = handed_in(cast, a_tracker((*LINE[:6], "31 March 2025"), title=title))
    told = [one["sentence"] for one in older.rows.get().problems]
    assert told == [OLDER]
    imports.apply_import(by=cast.sam, batch=older)
    assert str(Recommendation.objects.get().assignments.get().target_on) == "2027-03-31"
