"""A day that stands for a longer time is printed as that, on every page, list, download, feed and pack: never as its end."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import defaultdict
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from committee import clock
from recommendations.exports.lists import FORMATS
from recommendations.lifecycle import (
    Decision,
    Edition,
    Grade,
    Outcome,
    PackSection,
    Period,
    Precision,
    Role,
)
from recommendations.lifecycle.imported import ImportedOutcome, ImportedStep, NewInquiry
from recommendations.models import Assignment, ImportBatch, Inquiry, Pack, Response, Update
from recommendations.packs.content import build_content
from recommendations.packs.data_table import table
from recommendations.packs.html import screen_html
from recommendations.queries.dashboard import LISTINGS
from recommendations.views.scrutiny.corrections import CORRECTABLE
from tests.clients import signed_in
from tests.factories import TODAY, Cast, fresh, person
from tests.imports import a_line, an_update, bring_in, make_inquiry
from tests.routes import OURS, ask

pytestmark = pytest.mark.prepared(make=make_inquiry)

TARGET = Period.of_month(2023, 3, "Mar 23")
QUARTER = Period.of_months(dt.date(2022, 7, 1), 3, Precision.QUARTER, "Q2 2022/23")
ENDS = {
    "March 2023": (2023, 3, 31),
    "Q2 2022/23 (July to September 2022)": (2022, 9, 30),
    "February 2022": (2022, 2, 28),
    "January 2022": (2022, 1, 31),
    "December 2023": (2023, 12, 31),
    "June 2026": (2026, 6, 30),
    "November 2021": (2021, 11, 30),
    "April 2022": (2022, 4, 30),
    "July 2022": (2022, 7, 31),
    "August 2023": (2023, 8, 31),
}
"""Each time as it reads, and the last day of it."""
OF_A_NEW_INQUIRY = {"November 2021", "April 2022", "July 2022", "August 2023"}
"""Its report, the meeting that closed one recommendation of it, the meeting that escalated the other, and a step of that."""
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def as_ends(day: tuple[int, int, int]) -> list[str]:
    year, month, number = day
    name = MONTHS[month - 1]
    return [f"{number} {name} {year}", f"{number} {name[:3]} {year}", f"{year}-{month:02d}-{number:02d}"]


NEVER = re.compile("|".join(rf"\b{one}\b" for day in ENDS.values() for one in as_ends(day)))

SHOW_THE_TARGET = {
    "assignment",
    "body",
    "committee_dashboard",
    "dashboard_list",
    "decide_date",
    "edit_assignment",
    "inquiry",
    "log_update",
    "my_work",
    "recommendation",
    "recommendations",
    "recommendations_file",
    "request_new_date",
}


SHOW_THE_REPORT = {
    "correct",
    "home",
    "inquiries",
    "inquiry",
    "recommendation",
}
SHOW_THE_MEETINGS = {"inquiry", "meeting", "recommendation", "recommendations_file"}


@pytest.fixture
def batch(cast: Cast, prepared: Inquiry) -> ImportBatch:
    lines = [
        a_line(
            cast,
            item,
            inquiry=prepared.pk,
            response=Decision.IN_PART,
            answered_on=Period.of_month(2022, 2, "Feb 22"),
            made_on=Period.of_month(2022, 1, "Jan 22"),
            earlier_targets=(QUARTER,) if item == 1 else (),
            target=TARGET,
            asked_target=Period.of_month(2026, 6, "06/26"),
            updates=(an_update("Two are built.", as_at=Period.of_month(2023, 12, "Dec 23")),),
        )
        for item in (1, 2)
    ]
    published = Period.of_month(2021, 11, "Nov 21")
    decided = {
        3: ImportedOutcome(
            Outcome.CLOSE_IMPLEMENTED, Period.of_month(2022, 4, "04/2022"), grade=Grade.IMPLEMENTED
        ),
        4: ImportedOutcome(Outcome.ESCALATE, Period.of_month(2022, 7, "July 22"), grade=Grade.CONCERNS),
    }
    lines += [
        a_line(
            cast,
            item,
            inquiry="new:parks",
            outcome=outcome,
            steps=(ImportedStep("Plant the hedge", Period.of_month(2023, 8, "Aug 23")),),
        )
        for item, outcome in decided.items()
    ]
    return bring_in(
        cast, lines, new_inquiries=[NewInquiry("parks", "Parks", published_on=published).to_json()]
    )


@pytest.fixture
def everyone(cast: Cast) -> Any:
    """Somebody with every role, so that one walk sees every page."""
    roles = [(role, cast.committee) for role in (Role.SCRUTINY_OFFICER, Role.CLERK, Role.COUNCILLOR)]
    roles += [(role, cast.cabinet) for role in (Role.RESPONSIBLE_OFFICER, Role.APPROVER)]
    return person("Eve Everyone", *roles, sees_exempt=True)


def arguments(names: list[str], pk: int) -> list[dict[str, Any]]:
    known: dict[str, list[Any]] = {"pk": [pk], "form": list(FORMATS), "what": [*LISTINGS, *CORRECTABLE]}
    found: list[dict[str, Any]] = [{}]
    for name in names:
        found = [{**one, name: value} for one in found for value in known.get(name, [])]
    return found


def words(answer: Any) -> str:
    """The answer as it reads; the texts of a workbook."""
    if answer["Content-Type"].startswith("application/vnd"):
        with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
            return " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    return " ".join(answer.body.decode().split())


def test_every_page(cast: Cast, batch: ImportBatch, everyone: Any) -> None:
    client: Client = signed_in(everyone)
    parts = Assignment.objects.filter(import_batch=batch).select_related("recommendation__inquiry", "body")
    part = parts.earliest("pk")
    decided = parts.filter(recommendation__inquiry__import_batch=batch)
    made: list[Any] = [cast.committee, part.body]
    for one in (part, *decided):
        made += [one, one.recommendation, one.recommendation.inquiry]
    made += [model.objects.filter(assignment=part).earliest("pk") for model in (Response, Update)]
    made += [*part.target_changes.all(), *batch.meetings_made.all(), *batch.assessments_made.all()]
    pks = {row.pk for row in made}
    wrong: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, set[str]] = defaultdict(set)
    for route in OURS:
        if "GET" not in route.methods:
            continue
        for pk in pks if "pk" in route.arguments else [0]:
            for given in arguments(route.arguments, pk):
                try:
                    answer = ask(client, reverse(route.name, kwargs=given))
                except NoReverseMatch:
                    continue
                if answer.status_code != 200:
                    continue
                text = words(answer)
                wrong[route.name] |= set(NEVER.findall(text))
                shown[route.name] |= {words for words in ENDS if words in text}
    assert {name: found for name, found in wrong.items() if found} == {}
    of_target = {name for name, found in shown.items() if "March 2023" in found}
    assert SHOW_THE_TARGET - of_target == set()
    assert shown["recommendation"] == set(ENDS)
    assert SHOW_THE_REPORT - {name for name, found in shown.items() if "November 2021" in found} == set()
    assert SHOW_THE_MEETINGS - {name for name, found in shown.items() if "April 2022" in found} == set()


def test_every_pack(cast: Cast, batch: ImportBatch) -> None:
    pack = Pack(
        meeting=cast.meeting(TODAY),
        edition=Edition.PUBLIC,
        created_by=cast.carla,
        title="Progress",
        sections=PackSection.values,
        selection=list(batch.rows.values_list("recommendation", flat=True)),
    )
    content = build_content(pack, by=fresh(cast.carla), moment=clock.now())
    html = " ".join(screen_html(content, content_hash="x").split())
    data = " ".join(cell for row in table(content) for cell in row)
    for text in (html, data, str(content)):
        assert NEVER.findall(text) == []
        assert "March 2023" in text
        for one in ("February 2022", "April 2022", "July 2022"):
            assert one in text
    assert "January 2022" in html
    assert "Who agreed it, and when, is not stated in the tracker" in html


def test_the_guard_sees_an_end() -> None:
    assert len(NEVER.findall("due 31 March 2023, 2023-03-31 and 31 Mar 2023, not March 2023")) == 3
