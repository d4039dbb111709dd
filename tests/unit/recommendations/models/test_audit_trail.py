"""The audit trail that triggers keep: every table of ours has it, and it says who did what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps

from committee.accounts.models import User
from committee.audit.models import AuditEntry
from recommendations.actions import inquiries, reviews
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import Decision
from recommendations.models import (
    Pack,
)
from recommendations.queries import audit_log
from tests.factories import Cast

EXEMPT: dict[str, Any] = {
    "exempt_text": "The price was £1.",
    "exempt_paragraphs": [3],
    "public_summary": "A price is withheld.",
}


class TestAuditTrail:
    OWN = ("committee", "accounts", "recommendations")
    WITHOUT = {
        "AuditEntry": "is the trail",
        "Heartbeat": "signs of life, every few seconds",
        "Installation": "says what the database is",
        "ExemptAccessLog": "is a log itself, and append-only",
        "LinkUse": "is a log itself, and append-only",
        "EarlierValue": "is a log itself, and append-only",
    }

    def test_every_domain_table_has_it(self) -> None:
        """Those that Django makes for many-to-many fields too, each by a proxy that bears the trigger."""
        audited = {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if "audit" in [trigger.name for trigger in getattr(model._meta, "triggers", [])]
        }
        for label in self.OWN:
            for model in apps.get_app_config(label).get_models(include_auto_created=True):
                if model.__name__ not in self.WITHOUT:
                    assert model._meta.db_table in audited, f"{model.__name__} has no audit trail"

    def test_every_many_to_many_field_is_in_it(self) -> None:
        """Also those that lead to another package's table, or come from one."""
        audited = {table for table, _ in audit_log.things()}
        fields: list[Any] = [field for model in apps.get_models() for field in model._meta.local_many_to_many]
        ours = [
            field
            for field in fields
            if field.model._meta.app_label in self.OWN
            or field.remote_field.through._meta.app_label in self.OWN
        ]
        assert {"themes", "inquiries"} <= {field.name for field in ours}
        assert [field for field in ours if field.remote_field.through._meta.db_table not in audited] == []

    def test_themes_and_inquiries_are_told_one_by_one(self, cast: Cast) -> None:
        assignment = cast.assignment()
        recommendation = assignment.recommendation
        for themes in (["Roads", "Schools"], ["Schools"]):
            recommendation.refresh_from_db()
            recs.edit_recommendation(
                by=cast.sam, recommendation=recommendation, themes=[], new_themes=themes, version=None
            )
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="R", due_on=dt.date(2026, 2, 2),
            inquiries=[recommendation.inquiry],
        )  # fmt: skip
        rows = audit_log.audit_rows(AuditEntry.objects.filter(table_name__endswith="_themes").order_by("id"))
        told = [
            (row.operation, row.entry.actor_id, *[change.after or change.before for change in row.changes])
            for row in rows
        ]
        reference = recommendation.reference
        assert told == [
            ("Added", cast.sam.pk, reference, "Roads"),
            ("Added", cast.sam.pk, reference, "Schools"),
            ("Removed", cast.sam.pk, reference, "Roads"),
        ]
        (row,) = audit_log.audit_rows(AuditEntry.objects.filter(table_name__endswith="_review_inquiries"))
        assert row.thing == "Inquiry of a review"
        assert [change.after for change in row.changes] == [review.title, recommendation.inquiry.title]

    def test_keeps_who_and_before_and_after(self, cast: Cast) -> None:
        inquiry = cast.inquiry(title="Old title")
        inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, title="New title")
        entry = AuditEntry.objects.filter(table_name="recommendations_inquiry", operation="UPDATE").latest(
            "id"
        )
        assert entry.actor_id == cast.sam.pk
        assert entry.before
        assert entry.after
        assert entry.before["title"] == "Old title"
        assert entry.after["title"] == "New title"
        assert "summary" not in entry.after, "only what changed is kept"

    def test_never_holds_exempt_text_or_passwords(self, cast: Cast) -> None:
        assignment = cast.assignment()
        cast.response(assignment, Decision.IN_PART, **EXEMPT)
        cast.draft(assignment, **EXEMPT)
        assert cast.olive.password
        for entry in AuditEntry.objects.all():
            kept = f"{entry.before} {entry.after}"
            assert EXEMPT["exempt_text"] not in kept
            assert cast.olive.password not in kept

    def test_never_holds_the_words_of_a_pack(self, cast: Cast) -> None:
        pack = Pack(
            meeting=cast.meeting(dt.date(2026, 1, 12)), title="The price of Hill House", created_by=cast.carla
        )
        pack.save()
        Pack.objects.filter(pk=pack.pk).update(purpose="To sell Hill House")
        entries = AuditEntry.objects.filter(table_name="recommendations_pack")
        assert entries.count() == 2
        assert not any("Hill House" in f"{entry.before} {entry.after}" for entry in entries)

    def test_sign_in_times_are_not_changes(self, cast: Cast) -> None:
        before = AuditEntry.objects.count()
        User.objects.filter(pk=cast.olive.pk).update(last_login=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        assert AuditEntry.objects.count() == before
