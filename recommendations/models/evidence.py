"""Evidence, and the record of who saw or opened exempt text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from committee import clock
from committee.audit.triggers import UNLESS_WITHHELD, append_only, audited, never_ahead
from committee.fields import CleanCharField, CleanTextField, CleanURLField
from recommendations.lifecycle import EXEMPT_PARAGRAPHS, Visibility
from recommendations.models.assignments import Assignment
from recommendations.models.base import not_blank
from recommendations.models.inquiries import Inquiry
from recommendations.models.responses import Response
from recommendations.models.search_vectors import EVIDENCE_WORDS, rows_matching
from recommendations.models.updates import Update
from recommendations.models.withholdings import Withholding, numbers_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def current(self) -> EvidenceQuerySet:
        """Return evidence that was not replaced."""
        return self.filter(replaced_by__isnull=True)

    def matching(self, words: str) -> EvidenceQuerySet:
        """Return evidence whose title contains these words."""
        return rows_matching(self, EVIDENCE_WORDS, words)

    def of_inquiries(self) -> EvidenceQuerySet:
        """Return the documents of these inquiries."""
        return self.filter(inquiry__isnull=False)

    def on_visible(self, user: User | AnonymousUser) -> EvidenceQuerySet:
        """Return evidence on updates, responses and inquiries that `user` may see.

        Its own visibility is checked by `open_to`.
        """
        return self.filter(
            Q(update__in=Update.objects.order_by().visible_to(user))
            | Q(response__assignment__in=Assignment.objects.order_by().visible_to(user))
            | Q(inquiry__in=Inquiry.objects.order_by().visible_to(user))
        ).select_related(
            "update__assignment__body",
            "update__assignment__recommendation__inquiry__committee",
            "response__assignment__body",
            "response__assignment__recommendation__inquiry__committee",
            "inquiry__committee",
        )

    def open_to(self, user: User | AnonymousUser) -> EvidenceQuerySet:
        """Return public evidence, and restricted evidence for signed-in users.

        Exempt evidence is decided one by one, with `permissions.sees_exempt`.
        """
        kinds = [Visibility.PUBLIC]
        if user.is_authenticated:
            kinds.append(Visibility.RESTRICTED)
        return self.filter(visibility__in=kinds)


def evidence_path(evidence: Evidence, filename: str) -> str:
    """Return where a file is stored: under the hash of its content, so that nothing is ever overwritten."""
    return f"evidence/{evidence.sha256[:2]}/{evidence.sha256}"


class Evidence(models.Model):
    """A file or link that shows what was done, on an update, a response or an inquiry."""

    update = models.ForeignKey(
        Update, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    response = models.ForeignKey(
        Response, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    inquiry = models.ForeignKey(
        Inquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    title = CleanCharField(max_length=200)
    url = CleanURLField(max_length=500, blank=True)
    file = models.FileField(upload_to=evidence_path, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    exempt_paragraphs = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    public_summary = CleanCharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    # Why it replaced other evidence; empty if it replaced none.
    replacement_reason = CleanCharField(max_length=300, blank=True)
    # What took the file or the link off the record, while it is off it.
    withholding = models.ForeignKey(
        Withholding, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence", editable=False
    )
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[EvidenceQuerySet] = EvidenceQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name_plural = "evidence"
        indexes = [GinIndex(EVIDENCE_WORDS, name="evidence_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(update__isnull=False, response__isnull=True, inquiry__isnull=True)
                | Q(update__isnull=True, response__isnull=False, inquiry__isnull=True)
                | Q(update__isnull=True, response__isnull=True, inquiry__isnull=False),
                name="evidence_on_one_thing",
            ),
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")), name="evidence_file_or_link"
            ),
            models.CheckConstraint(condition=not_blank("title"), name="evidence_has_title"),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.EXEMPT)
                | (Q(exempt_paragraphs__len__gt=0) & not_blank("public_summary")),
                name="evidence_exempt_with_paragraph_and_summary",
            ),
            models.CheckConstraint(
                condition=Q(exempt_paragraphs__contained_by=list(EXEMPT_PARAGRAPHS)),
                name="evidence_exempt_paragraph_known",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_with_published",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    {UNLESS_WITHHELD}
                    IF EXISTS (
                        SELECT 1 FROM recommendations_update u WHERE u.id = OLD.update_id AND u.state = 'published'
                    ) OR EXISTS (
                        SELECT 1 FROM recommendations_inquiry i
                         WHERE i.id = OLD.inquiry_id AND i.stage IN ('published', 'monitoring', 'concluded')
                    ) OR OLD.response_id IS NOT NULL THEN
                        IF TG_OP = 'DELETE' OR OLD.replaced_by_id IS NOT NULL
                            OR to_jsonb(OLD) - 'replaced_by_id' <> to_jsonb(NEW) - 'replaced_by_id'
                            OR NEW.replaced_by_id IS NOT NULL AND NOT EXISTS (
                                SELECT 1 FROM recommendations_evidence n
                                 WHERE n.id = NEW.replaced_by_id AND n.replacement_reason <> '' AND n.id <> OLD.id
                                   AND (n.update_id, n.response_id, n.inquiry_id)
                                    IS NOT DISTINCT FROM (OLD.update_id, OLD.response_id, OLD.inquiry_id)
                            )
                        THEN
                            RAISE EXCEPTION 'Evidence on the record is never changed, only replaced'
                                USING ERRCODE = 'restrict_violation';
                        END IF;
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        RETURN OLD;
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 (our own text before it)
            ),
            never_ahead("added_at"),
            audited(secret=["title", "url", "file_name", "replacement_reason"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_exempt(self) -> bool:
        return self.visibility == Visibility.EXEMPT

    @property
    def withheld_as(self) -> int | None:
        """The number of the withholding that took it off the record, or words of the address it links to; else None."""
        return self.withholding_id or next(iter(numbers_in(self.url)), None)

    @property
    def subject(self) -> Update | Response | Inquiry:
        """The update, response or inquiry that it is evidence of."""
        return self.update or self.response or self.inquiry  # type: ignore[return-value]  # a constraint: one is there


class ExemptAccessLog(models.Model):
    """One person's access to one exempt text: who, when, to what, from where. Append-only.

    Kept because only those with a right may see exempt information, and a council must be able to say who did (UK GDPR,
    accountability).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exempt_access_logs"
    )
    what = models.CharField(max_length=20)
    row_key = models.BigIntegerField()
    seen_at = models.DateTimeField(default=clock.now)
    address = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-seen_at", "-id"]
        indexes = [models.Index(fields=["what", "row_key"], name="exempt_access_by_row")]
        triggers = [*append_only("Views of exempt text"), never_ahead("seen_at")]

    def __str__(self) -> str:
        return f"{self.user} saw {self.what} {self.row_key}"


class ExemptOpening(models.Model):
    """The decision to open an exempt text to the public, on the record. Append-only.

    Information is exempt only while the public interest in withholding it outweighs disclosure (Local
    Government Act 1972, Schedule 12A, paragraph 10).
    """

    update = models.OneToOneField(
        Update, null=True, blank=True, on_delete=models.PROTECT, related_name="exempt_opening"
    )
    response = models.OneToOneField(
        Response, null=True, blank=True, on_delete=models.PROTECT, related_name="exempt_opening"
    )
    reason = CleanTextField()
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(update__isnull=False, response__isnull=True)
                | Q(update__isnull=True, response__isnull=False),
                name="opening_of_one_thing",
            ),
            models.CheckConstraint(condition=not_blank("reason"), name="opening_has_reason"),
        ]
        triggers = [*append_only("Openings of exempt text"), never_ahead("opened_at"), audited()]

    def __str__(self) -> str:
        return f"Opened at {self.opened_at}"
