"""Nothing on the public record is changed without a public trace: each column of each of its tables is tried, past all our
code. What the database does not refuse is named here, with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models, transaction
from psycopg2.errors import RaiseException, RestrictViolation

from recommendations.actions import corrections, inquiries, milestones
from recommendations.actions import recommendations as recs
from recommendations.actions.evidence import add_document, replace_evidence
from recommendations.actions.themes import add_theme
from recommendations.lifecycle import Claim, Decision, Grade, Outcome, RelationKind
from recommendations.models import (
    Assessment,
    Assignment,
    Correction,
    Evidence,
    Finding,
    Inquiry,
    InquiryTransfer,
    Meeting,
    Milestone,
    Recommendation,
    Relation,
    Response,
    TargetChange,
    Transfer,
    Update,
    WordingChange,
)
from recommendations.models.recommendations import RecommendationTheme
from tests.factories import Cast
from tests.history import agree_date
from tests.imports import a_line, bring_in

KEPT_STATE = "derived from history, and `recompute_state` finds every difference"
SORTED_BY = "how another column is sorted and compared; shown nowhere"
TOLD = "changed in place, and what it was before is told on the timeline, with the day"
LOCK = "the version for optimistic locks; shown nowhere"

NOT_GUARDED: dict[Any, dict[str, str]] = {
    Recommendation: {
        "version": LOCK,
        "sort_key": SORTED_BY,
        "reference_key": SORTED_BY,
        **dict.fromkeys(("closed_on", "closed_period", "closed_by", "closed_as", "grade", "sources_only"), KEPT_STATE),
    },
    Assignment: {
        "version": LOCK,
        **dict.fromkeys(("is_lead", "post", "deliverer"), TOLD),
        "target_on": KEPT_STATE,
        **dict.fromkeys(
            (
                "target_period", "decided_period", "last_update_period", "claimed_on", "claimed_period",
                "decision", "decided_on", "stopped_on", "claim", "last_update", "last_update_on", "awaiting_verdict",
                "slips", "slip_days", "grade", "assessed_on", "escalated_on", "closed_on", "closed_by", "closed_as",
                "assessed_period", "escalated_period", "closed_period", "sources_only",
            ),
            KEPT_STATE,
        ),
    },
    Inquiry: {
        "version": LOCK,
        "sort_key": SORTED_BY,
        "reference_key": SORTED_BY,
        "report_url": "the address of a page elsewhere, which moves",
        "record_kind": "says whose record this is; what it was before stands on pages of the past",
        "source_note": "says of this record where it comes from; not what the committee published",
    },
    Finding: {"version": LOCK, "sort_key": SORTED_BY},
    Meeting: {
        "version": LOCK,
        "title_key": SORTED_BY,
        "title": "what a sitting is called; an earlier title stands on pages of the past",
        "state": "moves only as the table of transitions says, and not away from business",
        "place": "a detail of the sitting; nothing hangs on it",
        "agenda_url": "the address of a page elsewhere, which moves",
    },
    Milestone: {
        "version": LOCK,
        **dict.fromkeys(("words", "due_on", "due_period", "done_on"), TOLD),
        "done_by": "not public",
    },
    TargetChange: {},
    Evidence: {"search_text": SORTED_BY},
}  # fmt: skip


@pytest.fixture
def record(cast: Cast) -> dict[Any, Any]:
    """A public row of each table, with something behind each of its columns."""
    inquiry = cast.inquiry()
    finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Too fast.")
    made_at = cast.meeting(dt.date(2025, 6, 2))
    row = cast.recommendation(inquiry, finding=finding, made_at=made_at, new_themes=["Walking"])
    cast.publish(inquiry)
    row.refresh_from_db()
    part = cast.assignment(recommendation=row, first_target_on=dt.date(2026, 3, 31))
    milestones.add_milestone(by=cast.olive, assignment=part, words="Survey", due_on=dt.date(2026, 2, 2))
    cast.response(part, Decision.IN_PART)
    cast.published(part, claim=Claim.ON_TRACK)
    agree_date(cast, part, dt.date(2026, 6, 30))
    cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
    recs.edit_recommendation(by=cast.sam, recommendation=row, text="Other words.", reason="Agreed")
    other = cast.assignment().recommendation
    add_theme(by=cast.sam, name="Cycling")
    recs.relate(by=cast.sam, later=row, earlier=other, kind=RelationKind.REPEATS)
    corrections.correct_first_date(
        by=cast.sam, assignment=part, on=dt.date(2026, 4, 30), reason="Typed wrong"
    )
    tables: tuple[Any, ...] = (
        Recommendation, Assignment, Inquiry, Finding, Response, Assessment, Update, TargetChange, WordingChange,
        Milestone, Relation, Correction, RecommendationTheme,
    )  # fmt: skip
    # Something for the columns of what a tracker brought in.
    bring_in(cast, [a_line(cast, inquiry=inquiry.pk, reference="SR (19/20) 01")])
    rows = {model: model._default_manager.order_by("pk").first() for model in tables}
    return {**rows, Meeting: Assessment.objects.get().meeting}


def others(field: models.Field[Any, Any], value: Any) -> Iterator[Any]:
    """Other values of a column, for a try."""
    match field:
        case models.ForeignKey():
            pks = field.related_model._default_manager.exclude(pk=value).values_list("pk", flat=True)
            yield from [*pks[:1], *([None] if field.null and value is not None else [])]
        case ArrayField():
            yield [3, 7] if value != [3, 7] else [3]
        case models.BooleanField():
            yield not value
        case models.DateTimeField():
            yield (value or dt.datetime(2025, 1, 1, tzinfo=dt.UTC)) + dt.timedelta(days=1)
        case models.DateField():
            yield (value or dt.date(2025, 10, 1)) + dt.timedelta(days=1)
        case models.IntegerField():
            yield (value or 0) + 1
        case models.JSONField():
            yield {"other": 1}
        case _ if field.choices:
            yield next(key for key, _ in field.flatchoices if key != value)
        case models.CharField() | models.TextField():
            yield "Other"


def guarded(row: Any, field: models.Field[Any, Any]) -> bool:
    """Whether the database refuses every other value by a rule of ours, not for its form alone."""
    tried = False
    for other in others(field, getattr(row, field.attname)):
        tried = True
        try:
            with transaction.atomic():
                type(row)._default_manager.filter(pk=row.pk).update(**{field.attname: other})
                transaction.set_rollback(True)
        except DatabaseError as refused:
            if not isinstance(refused.__cause__, RestrictViolation | RaiseException):
                return False
        else:
            return False
    return tried


def test_every_column_is_guarded_or_has_its_reason(record: dict[Any, Any]) -> None:
    unguarded = {
        model.__name__: {
            field.name
            for field in model._meta.concrete_fields
            if not isinstance(field, models.GeneratedField)
            and field.name not in NOT_GUARDED.get(model, {})
            and not guarded(row, field)
        }
        for model, row in record.items()
    }
    assert {name: fields for name, fields in unguarded.items() if fields} == {}


def test_the_reasons_are_of_columns_that_there_are() -> None:
    for model, reasons in NOT_GUARDED.items():
        if model is not Evidence:
            assert set(reasons) <= {field.name for field in model._meta.concrete_fields}, model.__name__


@pytest.mark.parametrize(
    "model",
    [Recommendation, Assignment, Inquiry, Finding, Relation, Response, Assessment, Correction, WordingChange],
    ids=lambda model: model.__name__,
)
def test_no_row_is_removed(model: Any, record: dict[Any, Any]) -> None:
    rows = model._default_manager.filter(pk=record[model].pk)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        rows._raw_delete(rows.db)
    assert isinstance(refused.value.__cause__, RestrictViolation | RaiseException)


def test_a_correction_lets_through_what_it_says_and_nothing_else(cast: Cast, record: dict[Any, Any]) -> None:
    """By SQL too: another value than the one the correction gives, or the same in a later transaction, is refused."""
    row = record[Recommendation]
    told = {"recommendation": row, "reason": "Typed wrong", "corrected_by": cast.sam}
    rows = Recommendation.objects.filter(pk=row.pk)
    Correction.objects.create(**told, before={"heading": row.heading}, after={"heading": "Right"})
    for wrong in ({"heading": "Another"}, {"heading": "Right", "number": "9"}):
        with pytest.raises(DatabaseError, match="only corrected"), transaction.atomic():
            rows.update(**wrong)
    rows.update(heading="Right")


def test_a_correction_counts_in_its_own_transaction_alone(cast: Cast, record: dict[Any, Any]) -> None:
    """A database that was restored counts its transactions anew, so a number may come back."""
    row = record[Recommendation]
    told = {"recommendation": row, "reason": "Typed wrong", "corrected_by": cast.sam}
    Correction.objects.create(**told, before={"heading": row.heading}, after={"heading": "Right"})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE recommendations_correction DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE recommendations_correction SET transaction = split_part(transaction, ' ', 1) || ' 1.0'"
        )
        cursor.execute("ALTER TABLE recommendations_correction ENABLE TRIGGER USER")
    with pytest.raises(DatabaseError, match="only corrected"), transaction.atomic():
        Recommendation.objects.filter(pk=row.pk).update(heading="Right")


def test_an_earlier_wording_does_not_come_back_by_itself(cast: Cast, record: dict[Any, Any]) -> None:
    row = record[Recommendation]
    row.refresh_from_db()
    earlier = row.text
    recs.edit_recommendation(by=cast.sam, recommendation=row, text="Words after that.", reason="Agreed")
    with pytest.raises(DatabaseError, match="changes only with a reason"), transaction.atomic():
        Recommendation.objects.filter(pk=row.pk).update(text=earlier)


def test_a_relation_is_taken_back_by_a_correction_that_says_which(cast: Cast, record: dict[Any, Any]) -> None:
    relation = record[Relation]
    told = {"recommendation": relation.later, "reason": "Typed wrong", "corrected_by": cast.sam}
    other = {"id": relation.pk, "kind": RelationKind.SUPERSEDES, "earlier_id": relation.earlier_id}
    Correction.objects.create(**told, before={"relation": other}, after={"relation": None})
    with pytest.raises(DatabaseError, match="stay there"), transaction.atomic():
        relation.delete()


def test_evidence_is_replaced_with_a_reason_at_its_place(cast: Cast, record: dict[Any, Any]) -> None:
    """By SQL too: another row does not hide it."""
    response = record[Response]
    first, second = (
        add_document(by=cast.sam, to=response, title=title, url=f"https://example.org/{title}")
        for title in ("one", "two")
    )
    elsewhere = add_document(by=cast.sam, to=cast.inquiry(), title="three", url="https://example.org/three")
    for other in (second, elsewhere, first):
        with pytest.raises(DatabaseError, match="only replaced"), transaction.atomic():
            Evidence.objects.filter(pk=first.pk).update(replaced_by=other)
    newer = replace_evidence(
        by=cast.sam, evidence=first, reason="Wrong file", title="four", url="https://example.org/four"
    )
    assert Evidence.objects.get(pk=first.pk).replaced_by == newer


def test_transfers_are_the_only_way_to_another_body(cast: Cast, record: dict[Any, Any]) -> None:
    part, inquiry = record[Assignment], record[Inquiry]
    assert not Transfer.objects.exists()
    assert not InquiryTransfer.objects.exists()
    with pytest.raises(DatabaseError, match="by a transfer on the record"), transaction.atomic():
        Assignment.objects.filter(pk=part.pk).update(body=cast.police, formerly=part.body)
    with pytest.raises(DatabaseError, match="passed to another committee"), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(committee=cast.other_committee)
