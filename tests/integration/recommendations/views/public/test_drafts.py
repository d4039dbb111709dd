"""What a report said while it was a draft is nobody's to read, today or on any page of the past."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from committee import clock
from recommendations.actions import assignments, bodies, corrections, inquiries, milestones
from recommendations.actions import recommendations as recs
from recommendations.actions.themes import add_theme
from recommendations.lifecycle import Edition, Priority, RecordKind, RelationKind
from recommendations.models import (
    Assignment,
    EarlierValue,
    Finding,
    Milestone,
    Pack,
    Recommendation,
    Theme,
)
from recommendations.packs.content import NothingToShow, build_content
from recommendations.queries.dashboard import LISTINGS
from tests.clients import signed_in
from tests.earlier_values import kept_columns
from tests.factories import Cast, at, fresh

pytestmark = pytest.mark.django_db

WORD = "unseen"
FIRST, CHANGED = dt.date(2025, 3, 3), dt.date(2025, 3, 5)
PRINTED, PUBLIC = dt.date(2025, 6, 1), dt.date(2025, 6, 20)
"""The report is of 1 June and was made public here on 20 June."""
DAYS = [
    dt.date(2025, 2, 10),
    FIRST,
    dt.date(2025, 3, 4),
    CHANGED,
    PRINTED,
    dt.date(2025, 6, 5),
    dt.date(2025, 6, 19),
    PUBLIC,
    dt.date(2025, 7, 1),
]

OF_A_DRAFT = ("Assignment", "Finding", "Inquiry", "Milestone", "Recommendation", "Theme")
"""The models whose rows are nobody's to read before the report is public. The others are public by themselves."""
PUBLIC_BY_ITSELF = ("Assessment", "Body", "Meeting", "Post", "Response", "TargetChange")


@pytest.fixture
def row(cast: Cast) -> Recommendation:
    """A recommendation of which every value was another before its report was published."""
    with at(dt.date(2025, 2, 3)):
        elsewhere = cast.inquiry("Parks", reference="PARKS")
        public = cast.recommendation(elsewhere, heading="Open the gates")
        cast.publish(elsewhere, dt.date(2025, 2, 3))
        post = bodies.add_post(by=cast.admin, body=cast.cabinet, title="Cabinet Member for Roads")
        later = cast.meeting(dt.date(2025, 2, 3), title="Special meeting")
        earlier = cast.meeting(dt.date(2025, 1, 6), title="Meeting of January")
    with at(FIRST):
        inquiry = cast.inquiry(
            f"{WORD} title",
            reference=f"{WORD} 1",
            source_note=f"{WORD} note",
            record_kind=RecordKind.PUBLIC_SOURCES,
            scope=f"{WORD} scope",
            summary=f"{WORD} summary",
            chair=f"{WORD} chair",
            published_on=dt.date(2025, 3, 1),
        )
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="66", text=f"{WORD} finding")
        kept = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="77", text=f"{WORD} kept finding")
        found = cast.recommendation(
            inquiry, "88", reference=f"{WORD} 88", heading=f"{WORD} heading", text=f"That {WORD}.", finding=finding,
            priority=Priority.HIGH, success_measure=f"{WORD} measure", made_at=earlier, owner_note=f"{WORD} owner",
            new_themes=[f"{WORD} theme", f"{WORD} second theme"],
        )  # fmt: skip
        dropped = cast.recommendation(inquiry, "89", reference=f"{WORD} 89", heading=f"{WORD} dropped")
        recs.relate(by=cast.sam, later=found, earlier=public, kind=RelationKind.REPEATS)
        gone = recs.relate(by=cast.sam, later=found, earlier=public, kind=RelationKind.SUPERSEDES)
        part = assignments.address(
            by=cast.sam, recommendation=found, body=cast.cabinet, post=None, deliverer=f"{WORD} Ltd"
        )
        step = Milestone.objects.create(
            assignment=part,
            words=f"{WORD} step",
            due_on=dt.date(2033, 3, 3),
            done_on=FIRST,
            done_by=cast.olive,
        )
        removed = Milestone.objects.create(assignment=part, words=f"{WORD} removed step")
    with at(CHANGED):
        recs.unrelate(by=cast.sam, relation=gone)
        recs.remove_recommendation(by=cast.sam, recommendation=dropped)
        theme = add_theme(by=cast.sam, name="Walking")
        Theme.objects.filter(name=f"{WORD} second theme").update(name="Second theme", sort_key="second theme")
        recs.edit_recommendation(
            by=cast.sam, recommendation=found, number="1", reference="SR 1", heading="Safe ways to school",
            text="That the Cabinet builds a crossing.", finding=kept, priority=Priority.STANDARD,
            success_measure="Fewer accidents.", made_at=later, owner_note="", themes=[theme],
        )  # fmt: skip
        inquiries.remove_finding(by=cast.sam, finding=finding)
        inquiries.edit_finding(by=cast.sam, finding=kept, number="2", text="Cars drive fast.")
        inquiries.edit_inquiry(
            by=cast.sam, inquiry=inquiry, title="Roads", reference="ROADS", source_note="From the minutes.",
            record_kind=RecordKind.COMMITTEE, scope="Roads.", summary="Cars drive fast.", chair="Councillor Lee", published_on=dt.date(2025, 3, 2),
        )  # fmt: skip
        assignments.edit_assignment(
            by=cast.sam,
            assignment=part,
            is_lead=False,
            post=post,
            deliverer="Highways Ltd",
            first_target_on=None,
        )
        Milestone.objects.filter(pk=step.pk).update(
            words="Survey", due_on=dt.date(2026, 3, 3), done_on=None, done_by=None
        )
        milestones.remove_milestone(by=cast.olive, milestone=removed)
    with at(PUBLIC):
        inquiry.refresh_from_db()
        cast.publish(inquiry, PRINTED)
    return Recommendation.objects.get(pk=found.pk)


ONCE_PUBLIC = {
    "Recommendation": {"published_on", "withdrawn_at"},
    "Assignment": {"notified_on", "response_due_on", "notice_recorded_at", "first_target_on", "withdrawn_at"},
}
"""What is changed only on the public record, by a correction."""

OF_AN_IMPORT = {
    "Inquiry": {"published_period"},
    "Recommendation": {"heading_is_ours"},
    "Assignment": {"first_target_period"},
    "Milestone": {"due_period"},
}
"""What only rows have that an import of a tracker made."""


def test_every_value_that_is_kept_was_another_in_the_draft(row: Recommendation) -> None:
    for name in OF_A_DRAFT:
        model = apps.get_model("recommendations", name)
        changed = EarlierValue.objects.filter(table_name=model._meta.db_table, removed=False)
        values = [one.before for one in changed]
        kept = kept_columns(model) - ONCE_PUBLIC.get(name, set()) - OF_AN_IMPORT.get(name, set())
        assert {key for before in values for key in before} == kept, name
    kept = {
        model.__name__ for model in apps.get_app_config("recommendations").get_models() if kept_columns(model)
    }
    assert kept == {*OF_A_DRAFT, *PUBLIC_BY_ITSELF}


def addresses(patterns: Any = None) -> Iterator[tuple[str, set[str]]]:
    """Every public address, by its name and the names of its arguments."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name and getattr(pattern.callback, "public", False):
            yield pattern.name, set(pattern.pattern.converters)


def every_public_address(row: Recommendation) -> Iterator[str]:
    keys = {
        "inquiry": {row.inquiry_id},
        "recommendation": set(Recommendation.objects.values_list("pk", flat=True)),
        "body": {row.inquiry.committee_id, *row.assignments.values_list("body_id", flat=True)},
    }
    for name, arguments in sorted({(name, frozenset(arguments)) for name, arguments in addresses()}):
        pks = keys.get(name.removesuffix("_file"), {row.pk}) if "pk" in arguments else {0}
        forms = ("csv", "json", "xlsx") if "form" in arguments else ("",)
        for pk in pks:
            for form in forms:
                given = {"pk": pk, "form": form, "section": "recommendations"}
                yield reverse(name, kwargs={one: given[one] for one in arguments})


def words(answer: Any) -> str:
    """What the answer says, of a workbook or an archive what all its files say."""
    data = answer.getvalue() if answer.streaming else answer.content
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b" ".join(archive.read(name) for name in archive.namelist())
    return str(data.decode(errors="replace")).lower()


@pytest.mark.parametrize("who", ["a visitor", "somebody without a role"])
def test_no_public_page_shows_a_word_of_it(cast: Cast, row: Recommendation, who: str) -> None:
    client = Client() if who == "a visitor" else signed_in(cast.nobody)
    answered = set()
    for address in every_public_address(row):
        days = DAYS if address.startswith("/recommendations/") else [FIRST, dt.date(2025, 6, 5), PUBLIC]
        for query in [{}, *({"as_at": day.isoformat(), "q": "school"} for day in days)]:
            answer = client.get(address, query)
            assert answer.status_code in (200, 301, 302, 404), (address, query)
            if answer.status_code == 200:
                answered.add(address)
                assert WORD not in words(answer), (address, query)
    for name in ("home", "inquiries", "recommendations", "bodies", "search", "feed", "sitemap"):
        assert reverse(name) in answered
    assert {
        reverse("recommendation", args=[pk]) for pk in Recommendation.objects.values_list("pk", flat=True)
    } <= answered
    assert reverse("recommendations_file", args=["xlsx"]) in answered


def test_its_own_page_shows_nothing_of_the_time_before(row: Recommendation) -> None:
    address = reverse("recommendation", args=[row.pk])
    for day in DAYS:
        answer = words(Client().get(address, {"as_at": day.isoformat()}))
        was_there = day >= PUBLIC
        assert ("was not yet published" in answer) is not was_there, day
        assert ("fewer accidents." in answer) is was_there, day
        assert "safe ways to school" in answer


def test_a_public_page_that_a_draft_refers_to_does_not_name_the_draft(row: Recommendation) -> None:
    public = row.relations.get().earlier
    address = reverse("recommendation", args=[public.pk])
    for day in DAYS:
        answer = words(Client().get(address, {"as_at": day.isoformat()}))
        assert ("repeated by" in answer) is (day >= PUBLIC), day


def test_no_dashboard_shows_a_word_of_it(cast: Cast, row: Recommendation) -> None:
    colin = signed_in(cast.colin)
    for day in DAYS:
        for address in (
            reverse("committee_dashboard", args=[cast.committee.pk]),
            *(reverse("dashboard_list", args=[cast.committee.pk, slug]) for slug in LISTINGS),
        ):
            answer = words(colin.get(address, {"as_at": day.isoformat()}))
            assert WORD not in answer, (address, day)


def test_no_pack_prints_a_word_of_it(cast: Cast, row: Recommendation) -> None:
    meeting = cast.meeting(dt.date(2026, 2, 2))
    chosen = list(Recommendation.objects.values_list("pk", flat=True))
    pack = Pack(meeting=meeting, edition=Edition.PUBLIC, created_by=cast.carla, selection=chosen, title="All")
    printed = 0
    for day in [*DAYS, clock.today()]:
        try:
            content = build_content(pack, by=fresh(cast.carla), moment=clock.end_of_day(day))
        except NothingToShow:
            continue
        assert WORD not in json.dumps(content, default=str).lower(), day
        printed += 1
    assert printed


def test_a_finding_that_was_removed_breaks_no_page(cast: Cast) -> None:
    with at(FIRST):
        inquiry = cast.inquiry()
        first = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="The first finding.")
        second = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="2", text="The second finding.")
        found = cast.recommendation(inquiry, finding=first)
        cast.publish(inquiry, FIRST)
    with at(PRINTED):
        found.refresh_from_db()
        corrections.correct_recommendation(
            by=cast.sam, recommendation=found, finding=second, reason="Typed wrong"
        )
        with pgtrigger.ignore("recommendations.Finding:stays_on_the_record"):
            Finding.objects.filter(pk=first.pk).delete()
    for day, shown in ((dt.date(2025, 4, 1), "first"), (PRINTED, "second")):
        answer = Client().get(reverse("recommendation", args=[found.pk]), {"as_at": day.isoformat()})
        assert answer.status_code == 200
        assert f"The {shown} finding." in answer.content.decode()


def test_figures_of_then_count_what_was_public_then(cast: Cast, row: Recommendation) -> None:
    colin = signed_in(cast.colin)
    address = reverse("committee_dashboard", args=[cast.committee.pk])

    def total(day: dt.date) -> int:
        return int(colin.get(address, {"as_at": day.isoformat()}).context["board"].total.total)

    assert [total(day) for day in (CHANGED, dt.date(2025, 6, 5), PUBLIC)] == [1, 1, 2]
    assert Assignment.objects.existing_at(clock.end_of_day(dt.date(2025, 6, 5))).count() == 0
