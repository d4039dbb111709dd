"""What trackers said of a recommendation and the record has no place for: kept as notes, and read by the committee's officers alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.fields.json import KeyTransform

from recommendations.models import ImportBatch, ImportRow, Recommendation
from recommendations.permissions import Right, may

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User


@dataclass(frozen=True)
class KeptNotes:
    """The notes of one line of a tracker."""

    source: str
    """From which file, table and row they are, and when it was brought in."""
    notes: tuple[tuple[str, str], ...]
    """Each with the header of its column before it."""


def notes_of(recommendation: Recommendation, user: User | AnonymousUser) -> list[KeptNotes]:
    """Return the notes of all lines that were brought in of a recommendation, the latest file first, in one query.

    Empty for everybody but officers of the committees whose trackers these are: the public never reads them.
    """
    if not may(user, Right.IMPORT):
        return []
    rows = (
        ImportRow.objects.visible_to(user)
        .filter(
            recommendation=recommendation,
            written=True,
            batch__in=ImportBatch.objects.order_by().applied(),
        )
        .exclude(line__notes=[])
        .named()
        .annotate(notes=KeyTransform("notes", "line"))
        .order_by("-batch__applied_at", "-batch_id", "order", "id")
    )
    return [
        KeptNotes(row.source, tuple((name, words) for name, words in row.notes)) for row in rows if row.notes
    ]
