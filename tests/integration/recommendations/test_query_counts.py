"""Pages ask the database as often for much that was put right, withheld and told by sources as for little."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import (
    assignments,
    bodies,
    corrections,
    evidence,
    inquiries,
    sources,
    target_dates,
    updates,
    withholdings,
)
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import BodyKind, Decision, Grade, Outcome, WithholdingGround
from recommendations.models import Assignment, Inquiry, Meeting, Recommendation, Source
from tests.clients import signed_in
from tests.factories import TODAY, Cast

WHY = "Typed wrong."
MANY = 5


@dataclass
class Record:
    """An inquiry of which one recommendation after another is put right."""

    cast: Cast
    inquiry: Inquiry
    source: Source

    def part(self) -> Assignment:
        """Return a part of a new recommendation, sent to the Cabinet."""
        return self.cast.assignment(recommendation=self.cast.recommendation(self.inquiry))

    def put_right(self, part: Assignment, number: int) -> None:
        """Correct, withhold and give sources for something of every kind that pages show of a recommendation."""
        cast, by = self.cast, self.cast.sam
        day = dt.date(2025, 11, 1) + dt.timedelta(days=number)
        held = cast.meeting(day)
        update = cast.published(part, progress=f"We met Tamsin Quill the {number}th.")
        cast.correcting(update, progress="We met nobody.")
        response = cast.response(part, text=f"Answer {number}.")
        right = corrections.correct_response(
            by=by,
            response=response,
            reason=WHY,
            right={
                "decision": Decision.ACCEPTED,
                "decided_on": response.decided_on,
                "text": f"The right answer {number}.",
            },
        )
        corrections.correct_assessment(
            by=by,
            assessment=cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=held),
            reason=WHY,
            right={
                "recommendation": self.of(part),
                "assignment": Assignment.objects.get(pk=part.pk),
                "meeting": held,
                "grade": Grade.ON_COURSE,
                "outcome": Outcome.KEEP,
                "comment": f"The right comment {number}.",
            },
        )
        corrections.correct_recommendation(by=by, recommendation=self.of(part), reason=WHY, made_at=held)
        recs.edit_recommendation(by=by, recommendation=self.of(part), new_themes=[f"Theme {number}"])
        for about in (self.of(part), part, right, update, held):
            sources.cite(by=by, source=self.source, about=about, fact=f"Fact {number}.")
        withholdings.withhold_words(
            by=by,
            words=f"Tamsin Quill the {number}th",
            ground=WithholdingGround.PERSONAL_DATA,
            public_reason="It names a child.",
        )

    def of(self, part: Assignment) -> Recommendation:
        return Recommendation.objects.get(pk=part.recommendation_id)


def readdress(record: Record, part: Assignment, number: int) -> Assignment | None:
    """Correct whom a part is addressed to, to a body of its own."""
    body = bodies.add_body(by=record.cast.admin, name=f"Partner {number}", kind=BodyKind.OTHER)
    wrong = assignments.address(by=record.cast.sam, recommendation=record.of(part), body=body)
    right = bodies.add_body(by=record.cast.admin, name=f"Right partner {number}", kind=BodyKind.OTHER)
    return corrections.correct_addressee(by=record.cast.sam, assignment=wrong, body=right, reason=WHY)


@pytest.fixture
def record(cast: Cast) -> Record:
    inquiry = cast.inquiry()
    cast.recommendation(inquiry)
    inquiry = cast.publish(inquiry)
    source = sources.add_source(by=cast.sam, inquiry=inquiry, publisher="The Marl Gazette", title="Crossings")
    return Record(cast, inquiry, source)


def spent(client: Client, *address: object, **query: str) -> int:
    """Return how many queries a page takes once what is kept of one request for the next is there."""
    name, *args = address
    where = reverse(str(name), args=args)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(where, query)
            assert answer.status_code == 200
            b"".join(iter(answer))
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    count()
    return count()


@pytest.mark.parametrize("reader", ["nobody in particular", "sam"])
def test_a_recommendation_with_much_put_right(cast: Cast, record: Record, reader: str) -> None:
    part = record.part()
    client = signed_in(cast.sam) if reader == "sam" else Client()
    record.put_right(part, 0)
    first = spent(client, "recommendation", part.recommendation_id)
    for number in range(1, MANY):
        record.put_right(part, number)
    assert spent(client, "recommendation", part.recommendation_id) == first


def test_a_recommendation_addressed_in_error_several_times(cast: Cast, record: Record) -> None:
    part = record.part()
    readdress(record, part, 0)
    first = spent(Client(), "recommendation", part.recommendation_id)
    for number in range(1, MANY):
        readdress(record, part, number)
    assert spent(Client(), "recommendation", part.recommendation_id) == first


PAGES = {
    "inquiry": lambda record, meeting: ("inquiry", record.inquiry.pk),
    "dashboard": lambda record, meeting: ("committee_dashboard", record.inquiry.committee_id),
    "running list": lambda record, meeting: ("assess_meeting", meeting),
    "recommendations": lambda record, meeting: ("recommendations",),
    "download": lambda record, meeting: ("recommendations_file", "csv"),
    "feed": lambda record, meeting: ("feed",),
    "search": lambda record, meeting: ("search",),
}
SOUGHT = {"search": {"q": "right"}}


def test_lists_of_recommendations_of_which_much_was_put_right(cast: Cast, record: Record) -> None:
    clients = dict.fromkeys(PAGES, Client()) | {
        "dashboard": signed_in(cast.colin),
        "running list": signed_in(cast.carla),
    }
    meeting = cast.meeting(TODAY)

    def fill(number: int) -> None:
        part = record.part()
        record.put_right(part, number)
        readdress(record, part, number)
        finding = inquiries.add_finding(by=cast.sam, inquiry=record.inquiry, number=str(number), text="Slow.")
        corrections.correct_finding(by=cast.sam, finding=finding, reason=WHY, text=f"Too slow {number}.")

    def counts() -> dict[str, int]:
        return {
            name: spent(clients[name], *page(record, meeting.pk), **SOUGHT.get(name, {}))
            for name, page in PAGES.items()
        }

    fill(0)
    first = counts()
    for number in range(1, MANY):
        fill(number)
    assert counts() == first


def test_a_meeting_of_which_the_day_was_corrected_several_times(cast: Cast, record: Record) -> None:
    meeting, client = cast.meeting(dt.date(2025, 12, 1)), signed_in(cast.carla)

    def fill(number: int) -> None:
        part = record.part()
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=Meeting.objects.get(pk=meeting.pk))
        sources.cite(by=cast.sam, source=record.source, about=meeting, fact=f"Fact {number}.")
        corrections.correct_meeting_date(
            by=cast.sam,
            meeting=Meeting.objects.get(pk=meeting.pk),
            reason=WHY,
            held_on=meeting.held_on + dt.timedelta(days=number + 1),
        )

    fill(0)
    first = spent(client, "meeting", meeting.pk)
    for number in range(1, MANY):
        fill(number)
    assert spent(client, "meeting", meeting.pk) == first


def test_the_places_where_words_stand(cast: Cast, record: Record) -> None:
    client = signed_in(cast.sam)

    def fill(number: int) -> None:
        part = record.part()
        update = cast.draft(part, progress="We met Tamsin Quill.")
        evidence.add_evidence(
            by=cast.olive, update=update, title="Tamsin Quill, photographed", url="https://example.org/p"
        )
        updates.publish_update(
            by=cast.ada, update=updates.submit_update(by=cast.olive, update=update), looked_at=True
        )
        response = cast.response(part, text="Tamsin Quill was heard.")
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, comment="Tamsin Quill spoke.")
        target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 9, 30), reason="Tamsin Quill asked for it."
        )
        sources.cite(
            by=cast.sam, source=record.source, about=response, fact=f"Tamsin Quill was heard {number}."
        )
        corrections.correct_recommendation(
            by=cast.sam,
            recommendation=record.of(part),
            reason="Tamsin Quill wrote.",
            success_measure=f"Fewer, {number}",
        )

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.post(
                reverse("withhold_words"),
                {"words": "Tamsin Quill", "ground": "personal_data", "public_reason": "A child."},
            )
            assert page.context["places"].shown
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    fill(0)
    count()
    first = count()
    for number in range(1, MANY):
        fill(number)
    assert count() == first


BUDGETS = {
    "home": 6,
    "inquiries": 4,
    "inquiry": 21,
    "recommendations": 8,
    "recommendation": 22,
    "bodies": 3,
    "body": 18,
    "search": 6,
    "dashboard": 28,
    "a list of the dashboard": 11,
    "workspace": 20,
}
"""How many queries a page may take of which nothing was put right. Lower one when a page takes fewer."""


def test_no_page_takes_more_queries_than_it_has_to(cast: Cast, record: Record) -> None:
    part = record.part()
    cast.response(part)
    cast.published(part)
    cast.meeting(dt.date(2025, 12, 1))
    committee = record.inquiry.committee_id
    nobody, colin, sam = Client(), signed_in(cast.colin), signed_in(cast.sam)
    found = {
        "home": spent(nobody, "home"),
        "inquiries": spent(nobody, "inquiries"),
        "inquiry": spent(nobody, "inquiry", record.inquiry.pk),
        "recommendations": spent(nobody, "recommendations"),
        "recommendation": spent(nobody, "recommendation", part.recommendation_id),
        "bodies": spent(nobody, "bodies"),
        "body": spent(nobody, "body", part.body_id),
        "search": spent(nobody, "search", q="crossing"),
        "dashboard": spent(colin, "committee_dashboard", committee),
        "a list of the dashboard": spent(colin, "dashboard_list", committee, "overdue"),
        "workspace": spent(sam, "workspace"),
    }
    assert {name: count for name, count in found.items() if count > BUDGETS[name]} == {}
