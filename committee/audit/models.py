"""The audit trail, and the audited proxy of another package's table."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import models

from committee.audit.triggers import append_only, audited, never_ahead


class AuditEntry(models.Model):
    """One change of one row: who, when, from which address, before and after.

    Written by database triggers only (`committee.audit.triggers.audited`). An update keeps only the columns that
    changed. Exempt text and passwords are never in it.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    address = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=64)
    operation = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            # The audit page filters by one object's history and by one person's changes,
            models.Index(fields=["table_name", "row_key", "-id"], name="audit_by_row"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            # by one kind of object, and by deletions, which are rare.
            models.Index(fields=["table_name", "-id"], name="audit_by_table"),
            models.Index(fields=["-id"], condition=models.Q(operation="DELETE"), name="audit_of_removals"),
        ]
        triggers = [*append_only("Audit entries"), never_ahead("at")]

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.row_key}"


class SecondStep(Authenticator):
    """A person's authenticator app, passkey or recovery codes: allauth's model, audited."""

    class Meta:
        proxy = True
        triggers = [audited(secret=["data"], unremarkable=["last_used_at", "data"])]
