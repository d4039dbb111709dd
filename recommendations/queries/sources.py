"""The sources of a record, and which of them tells what."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from recommendations.lifecycle import absence
from recommendations.models import (
    Assignment,
    Body,
    Citation,
    Inquiry,
    Meeting,
    Recommendation,
    Response,
    Source,
    Succession,
    Update,
)
from recommendations.models.sources import CITED, CitationQuerySet


@dataclass
class SourceRecord:
    """A source as it stands, the ones it took the place of, and the facts that they were cited for."""

    source: Source
    earlier: list[Source] = field(default_factory=list)
    """The corrected ones, the latest first; each newer one says why it took the place of the next."""
    citations: list[Citation] = field(default_factory=list)


@dataclass
class ToldMeeting:
    """A meeting that sources of an inquiry tell of, and what they tell."""

    meeting: Meeting
    citations: list[Citation] = field(default_factory=list)


def sources_of(inquiry: Inquiry) -> list[SourceRecord]:
    """Return the sources of the inquiry that stand, in the order in which they were recorded, in two or three queries; in one
    if there are none.
    """
    rows = {source.pk: source for source in inquiry.sources.all()}
    if not rows:
        return []
    newer = {source.replaces_id: source for source in rows.values() if source.replaces_id}
    told: dict[int, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.standing().of_inquiries({inquiry.pk}).for_list():
        told[citation.source_id].append(citation)
    return [_source_record(source, rows, told) for source in rows.values() if source.pk not in newer]


def _source_record(source: Source, rows: dict[int, Source], told: dict[int, list[Citation]]) -> SourceRecord:
    found, one = SourceRecord(source, citations=list(told[source.pk])), source
    while one.replaces_id is not None:
        one = rows[one.replaces_id]
        found.earlier.append(one)
        found.citations += told[one.pk]
    found.citations.sort(key=lambda citation: (citation.recorded_at, citation.pk))
    return found


def credited_records() -> list[tuple[Inquiry, list[Source]]]:
    """Return the public inquiries that are compiled from public sources, by reference, each with the sources that stand."""
    found: dict[Inquiry, list[Source]] = {}
    rows = Source.objects.current().of_public_records().select_related("inquiry")
    for source in rows.order_by("inquiry__reference_key", "inquiry", "recorded_at", "id"):
        found.setdefault(source.inquiry, []).append(source)
    return list(found.items())


def meetings_told_of(sources: Iterable[SourceRecord]) -> list[ToldMeeting]:
    """Return the meetings that these sources of an inquiry tell of, the earliest first, each with what they tell."""
    found: dict[int, ToldMeeting] = {}
    citations = [
        (citation.meeting.held_on, citation.recorded_at, citation.pk, citation)
        for source in sources
        for citation in source.citations
        if citation.meeting is not None
    ]
    for *_, citation in sorted(citations, key=lambda one: one[:3]):
        found.setdefault(citation.meeting.pk, ToldMeeting(citation.meeting)).citations.append(citation)
    return list(found.values())


def told_of_meeting(meeting: Meeting, visible: CitationQuerySet) -> list[Citation]:
    """Return what sources tell of a meeting, of the citations that somebody may see."""
    return list(visible.standing().filter(meeting=meeting).with_sources())


def none_in_words(citations: Iterable[Citation]) -> str:
    """Return what stands where nothing more is on record of what these citations are about: that it is not known, where they
    are of a record that is compiled from public sources.
    """
    inquiries = [citation.source.inquiry for citation in citations]
    compiled = any(inquiry.is_from_public_sources for inquiry in inquiries)
    return absence("None on record" if inquiries else "None", sources_only=compiled)


def told_of_end(body: Body, visible: CitationQuerySet) -> list[Citation]:
    """Return what sources tell of the end of a body, of the citations that somebody may see."""
    return list(visible.standing().filter(succession__body=body).with_sources())


def told_of_recommendation(
    recommendation: Recommendation, at: dt.datetime | None = None
) -> dict[tuple[str, int], list[Citation]]:
    """Return what sources tell of a recommendation, its parts, responses and updates at the moment (None: now), by the
    name and the id of the row that each fact is about.
    """
    rows = Citation.objects.standing() if at is None else Citation.objects.as_at(at)
    own = (
        Q(recommendation=recommendation)
        | Q(assignment__recommendation=recommendation)
        | Q(response__assignment__recommendation=recommendation)
        | Q(update__assignment__recommendation=recommendation)
    )
    found: dict[tuple[str, int], list[Citation]] = defaultdict(list)
    for citation in rows.filter(own).with_sources():
        name = next(name for name in CITED if getattr(citation, f"{name}_id") is not None)
        found[name, getattr(citation, f"{name}_id")].append(citation)
    return found


def facts_of(inquiry: Inquiry) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Return the rows of the inquiry's record that a source can tell of, each with its words, in groups with their titles:
    the inquiry, its recommendations, their parts, responses and updates, the meetings of the bodies concerned, and how
    these bodies ended. What was recorded in error is left out.
    """
    parts = list(Assignment.objects.standing().of_inquiry(inquiry).for_list().in_order())
    committee = inquiry.committee
    concerned = {committee.pk, *committee.lineage} | {pk for part in parts for pk in _bodies(part)}
    meetings = Meeting.objects.for_list().filter(
        Q(body__in=concerned) | Q(body__parent__in=committee.lineage) | Q(citations__source__inquiry=inquiry)
    )
    ends = Succession.objects.for_list().filter(body__in=concerned)
    numbered = "recommendation__sort_key", "pk"
    groups: list[tuple[str, Iterable[tuple[Any, str]]]] = [
        ("The inquiry", [(inquiry, inquiry.title)]),
        (
            "Recommendations",
            (
                (row, f"{row.number}. {row.heading}")
                for row in inquiry.recommendations.standing().order_by("sort_key", "pk")
            ),
        ),
        ("Addressed to a body", ((row, f"{row.recommendation.number}: {row.owner_name}") for row in parts)),
        (
            "Responses",
            (
                (row, f"{row.assignment.recommendation.number}: {row.body_name}, {row}")
                for row in Response.objects.standing()
                .filter(assignment__in=parts)
                .select_related("assignment__recommendation")
                .order_by(*(f"assignment__{name}" for name in numbered), "decided_on", "pk")
            ),
        ),
        (
            "Progress reports",
            (
                (row, f"{row.assignment.recommendation.number}: {row.body_name}, {row.get_claim_display()}")
                for row in Update.objects.published()
                .filter(assignment__in=parts)
                .select_related("assignment__recommendation")
                .order_by(*(f"assignment__{name}" for name in numbered), "filed_on", "pk")
            ),
        ),
        ("Meetings", ((row, str(row)) for row in meetings.distinct().order_by("held_on", "pk"))),
        ("Bodies that ended", ((row, f"{row.body.name}, {row.on:%-d %B %Y}") for row in ends)),
    ]
    return [(title, found) for title, rows in groups if (found := list(rows))]


def _bodies(part: Assignment) -> set[int]:
    return {part.body_id} | ({part.formerly_id} if part.formerly_id else set())
