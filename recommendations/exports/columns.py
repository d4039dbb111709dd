"""The columns of the downloads. Exempt text has no column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from recommendations.exports.lists import Column
from recommendations.lifecycle import absence
from recommendations.models import Assignment, Body, Citation, ImportRow, Inquiry, Recommendation, Source
from recommendations.queries.corrections import of_recommendations, part_of, told_in_a_line

CHUNK = 500

Row = tuple[Recommendation, Assignment | None]


def recommendation_rows(recommendations: QuerySet[Recommendation]) -> Iterator[Row]:
    """Yield a row for each owning body of each recommendation; one without a body if it has none."""
    rows = recommendations.prefetch_related(
        _with_sources(), _with_lines("import_row"), _with_lines("assignments__import_row")
    )
    found = rows.iterator(chunk_size=CHUNK)
    for recommendation in _with_corrections(found, lambda row: row):
        assignments = [one for one in recommendation.assignments.all() if one.withdrawn_at is None]
        if not assignments:
            yield recommendation, None
        for assignment in assignments:
            yield recommendation, assignment


def assignment_rows(assignments: QuerySet[Assignment]) -> Iterator[Row]:
    """Yield a row for each assignment, for lists by owning body."""
    rows = assignments.prefetch_related(
        _with_sources("recommendation__"),
        _with_lines("import_row"),
        _with_lines("recommendation__import_row"),
    )
    found = rows.iterator(chunk_size=CHUNK)
    for assignment in _with_corrections(found, lambda row: row.recommendation):
        yield assignment.recommendation, assignment


def inquiry_rows(inquiries: QuerySet[Inquiry]) -> Iterator[Inquiry]:
    """Yield the inquiries with the sources of their records, for `INQUIRY_COLUMNS`."""
    standing = Prefetch("sources", Source.objects.current(), to_attr="standing_sources")
    return inquiries.prefetch_related(standing).iterator(chunk_size=CHUNK)


def body_rows(bodies: QuerySet[Body]) -> Iterator[Body]:
    """Yield the bodies with their ends, for `BODY_COLUMNS`."""
    return bodies.prefetch_related("successions").iterator(chunk_size=CHUNK)


def _with_corrections(rows: Iterator[Any], of: Callable[[Any], Recommendation]) -> Iterator[Any]:
    """Yield the rows with all that was corrected of the recommendation that `of` returns of each, a chunk at a time."""
    while chunk := list(islice(rows, CHUNK)):
        made = of_recommendations({of(row).pk for row in chunk})
        for row in chunk:
            of(row).all_corrections = made[of(row).pk]  # type: ignore[attr-defined]  # for `_row_corrected`
        yield from chunk


def _address(route: str) -> Callable[[Any], str]:
    return lambda row: f"{settings.SITE_URL}{reverse(route, args=[row.pk])}"


def _of(read: Callable[[Recommendation], Any]) -> Callable[[Row], Any]:
    return lambda row: read(row[0])


def _known(
    read: Callable[[Assignment], Any],
    none: Any = None,
    unstated: Callable[[Assignment], Any] = lambda assignment: None,
    *,
    derived: bool = False,
) -> Callable[[Row], Any]:
    """Return how to read a fact of an assignment. Where it has none, or no body is named, `absence` says what stands there:
    `none` on a committee's own record, and that a tracker does not state it where only a tracker tells of the assignment or
    `unstated` returns anything. What is `derived` on this record, such as that something is overdue, no tracker states.
    """

    def value(row: Row) -> Any:
        recommendation, assignment = row
        if assignment is None:
            return absence(
                None,
                sources_only=recommendation.sources_only,
                unstated=recommendation.tracker_only and not derived,
            )
        found = read(assignment)
        if found not in (None, "", 0, False):
            return found
        told = assignment.tracker_only or bool(unstated(assignment))
        return absence(none, sources_only=assignment.sources_only, unstated=told and not derived)

    return value


def _sources(recommendation: Recommendation) -> str:
    """Return the sources that tell of a recommendation, each in one line."""
    words = (citation.source.standing.words for citation in recommendation.told_by)  # type: ignore[attr-defined]  # prefetched by `_with_sources`
    return "; ".join(dict.fromkeys(words))


def _told(recommendation: Recommendation) -> str:
    """Return what the sources tell of a recommendation, such as that its text is a summary."""
    told = (citation.fact for citation in recommendation.told_by)  # type: ignore[attr-defined]  # prefetched by `_with_sources`
    return "; ".join(dict.fromkeys(told))


def _with_sources(path: str = "") -> Prefetch[Any]:
    return Prefetch(f"{path}citations", Citation.objects.standing().with_sources(), to_attr="told_by")


def _with_lines(path: str) -> Prefetch[Any]:
    """Return what fetches the lines of trackers from which rows were brought in, without their cells."""
    return Prefetch(path, ImportRow.objects.named())


def _number(row: Any, count: int) -> int | str:
    """Return a count of an inquiry or a body; not known where it is nought and there are some of which it is not known."""
    unknown = row.not_known_count or getattr(row, "known_from_sources_only", False)
    return count or absence(count, sources_only=bool(unknown))


def _row_corrected(row: Row) -> str | None:
    """Return all that was corrected of a recommendation, in words, but for what is of the part of a body with a row of its
    own; None if nothing was.
    """
    recommendation, assignment = row
    told = [
        told_in_a_line(one, recommendation.pk)
        for one in recommendation.all_corrections  # type: ignore[attr-defined]  # from `_with_corrections`
        if (part := part_of(one, recommendation.pk)) is None
        or part.withdrawn_at is not None
        or part == assignment
    ]
    return "; ".join(told) or None


def _row_imported(row: Row) -> str | None:
    """Return from which file, table and row a recommendation and the part were brought in, and when; None if neither was."""
    made = [one.imported_from for one in row if one is not None]
    return "; ".join(dict.fromkeys(filter(None, made))) or None


def _imported(row: Any) -> str | None:
    """Return from which file an inquiry or a body was brought in, and when; None for one that was recorded here."""
    return row.imported_from or None


RECOMMENDATION_COLUMNS = [
    Column("reference", "Reference", _of(lambda r: r.reference)),
    Column("number", "Number in the report", _of(lambda r: r.number)),
    Column("inquiry", "Inquiry", _of(lambda r: r.inquiry.title)),
    Column("committee", "Committee", _of(lambda r: r.inquiry.committee.name)),
    Column("report_published", "Report published", _of(lambda r: r.inquiry.published_on)),
    Column("heading", "Heading", _of(lambda r: r.heading)),
    Column("recommendation", "Recommendation", _of(lambda r: r.text)),
    Column("priority", "Priority", _of(lambda r: r.get_priority_display())),
    Column("owning_body", "Owning body", _known(lambda a: a.body.name)),
    Column("first_owner", "First addressed to", _known(lambda a: (a.formerly or a.body).name)),
    Column("lead", "Lead or contributing", _known(lambda a: a.lead_words)),
    Column("sent", "Sent to the body", _known(lambda a: a.notified_on)),
    Column("response_due", "Response due", _known(lambda a: a.response_due_on)),
    Column("response", "Response", _known(lambda a: a.get_decision_display())),
    Column("response_date", "Response decided", _known(lambda a: a.decided_on)),
    Column("first_date", "First date", _known(lambda a: a.first_target_on)),
    Column("present_date", "Present date", _known(lambda a: a.target_on)),
    Column("slips", "Times the date slipped", _known(lambda a: a.slips, 0)),
    Column("slip_days", "Days the date slipped in all", _known(lambda a: a.slip_days, 0)),
    Column(
        "body_says",
        "What the body says",
        _known(lambda a: a.get_claim_display(), unstated=lambda a: a.last_update_on),
    ),
    Column("body_says_date", "Latest update as at", _known(lambda a: a.last_update_on)),
    Column(
        "committee_found",
        "What the committee found",
        _known(lambda a: a.get_grade_display(), unstated=lambda a: a.assessed_on),
    ),
    Column("committee_found_date", "Found at the meeting of", _known(lambda a: a.assessed_on)),
    Column("overdue", "Overdue", _known(lambda a: a.overdue_now, False, derived=True)),
    Column("closed", "Closed", _known(lambda a: a.closed_on, derived=True)),
    Column("closed_as", "Closed as", _known(lambda a: a.get_closed_as_display(), derived=True)),
    Column("record", "Record", _of(lambda r: r.inquiry.get_record_kind_display())),
    Column("sources", "Sources", _of(_sources)),
    Column("sources_tell", "What the sources tell", _of(_told)),
    Column("published", "Published", _of(lambda r: r.public_since)),
    Column("withdrawn", "Withdrawn", _of(lambda r: r.withdrawn_at is not None)),
    Column("corrected", "Corrected", _row_corrected),
    Column("made", "Made", _of(lambda r: r.made_on)),
    Column("heading_is_ours", "Heading made from the first words", _of(lambda r: r.heading_is_ours)),
    Column("imported", "Brought in from", _row_imported),
    Column("address", "Address", _of(_address("recommendation"))),
]

INQUIRY_COLUMNS = [
    Column("reference", "Reference", lambda i: i.reference),
    Column("title", "Title", lambda i: i.title),
    Column("committee", "Committee", lambda i: i.committee.name),
    Column("stage", "Stage", lambda i: i.get_stage_display()),
    Column("report_published", "Report published", lambda i: i.published_on),
    Column("recommendations", "Recommendations", lambda i: i.recommendation_count),
    Column("open", "Open", lambda i: _number(i, i.open_count)),
    Column("closed", "Closed", lambda i: _number(i, i.closed_count)),
    Column("not_known", "Not known from public sources", lambda i: i.not_known_count),
    Column("record", "Record", lambda i: i.get_record_kind_display()),
    Column("sources", "Sources", lambda i: "; ".join(source.words for source in i.standing_sources)),
    Column("about_record", "About this record", lambda i: i.source_note),
    Column("report", "Report", lambda i: i.report_url),
    Column("imported", "Brought in from a tracker", _imported),
    Column("address", "Address", _address("inquiry")),
]

BODY_COLUMNS = [
    Column("name", "Name", lambda b: b.name),
    Column("kind", "Kind of body", lambda b: b.get_kind_display()),
    Column("parent", "Part of", lambda b: b.part_of),
    Column("response_term", "Term for a response", lambda b: b.term),
    Column("response_basis", "Basis of the term", lambda b: b.response_basis),
    Column("open", "Open recommendations", lambda b: _number(b, b.open_count)),
    Column("abolished", "Abolished", lambda b: b.abolished_on),
    Column("successor", "Successor", lambda b: b.successor.name if b.successor else None),
    Column("end_reason", "Why it ended", lambda b: "; ".join(b.why_it_ended) or None),
    Column("imported", "Brought in from a tracker", _imported),
    Column("address", "Address", _address("body")),
]

DATA_SETS = [
    ("Recommendations", "A recommendation and one body it is addressed to", "recommendations_file"),
    ("Inquiries", "An inquiry whose report is public", "inquiries_file"),
    ("Bodies", "A body that recommends or answers", "bodies_file"),
]
"""The downloads of the data page: title, what a row is, and the route."""
