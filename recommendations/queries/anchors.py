"""Where on the page of a recommendation a row of its history stands: the ids of the entries of the timeline."""

from __future__ import annotations

from django.db.models import Model

from recommendations.models import (
    Assessment,
    Correction,
    ExemptOpening,
    InquiryTransfer,
    NoticeWithdrawal,
    Response,
    TargetChange,
    Transfer,
    Update,
    WordingChange,
)

KINDS: dict[type[Model], str] = {
    Assessment: "assessment",
    Correction: "correction",
    ExemptOpening: "opening",
    InquiryTransfer: "passing",
    NoticeWithdrawal: "withdrawal",
    Response: "response",
    TargetChange: "date",
    Transfer: "transfer",
    Update: "update",
    WordingChange: "wording",
}
"""What has an entry of its own in the timeline, and the kind of that entry."""


def fragment(row: Model) -> str:
    """Return the fragment of an address that leads to the row's entry, such as "#update-7"; "" if it has none."""
    kind = KINDS.get(type(row))
    return f"#{kind}-{row.pk}" if kind else ""
