"""What an approver mended in a submitted update: the words before and after, each time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recommendations.models import SubmittedVersion, Update
from recommendations.models.updates import MENDABLE

LABELS = {
    "progress": "What has been done",
    "delivered_what": "What was delivered",
    "barriers": "What stands in the way",
    "next_steps": "What happens next",
    "new_date_reason": "Why a new date is needed",
    "public_summary": "What the public may read in place of the exempt text",
    "exempt_text": "Exempt text",
}
EXEMPT = ("exempt_text",)
"""The words that only people with the right to exempt information read."""


@dataclass(frozen=True)
class MendedText:
    """One text of an update, as it was and as it was mended."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Mend:
    """One time that an approver mended an update."""

    submitted_by: str
    submitted_at: dt.datetime
    mended_by: str
    mended_at: dt.datetime
    texts: list[MendedText]
    withholds: bool
    """Whether exempt text was changed that this reader may not see."""


def versions_of(update: Update, *, with_exempt: bool) -> list[Mend]:
    """Return each time that an approver mended the update, the first first. Exempt text only `with_exempt`."""
    kept = list(update.submitted_versions.for_reading())
    versions: list[SubmittedVersion | Update] = [*kept]
    versions.append(update)
    return [_mend(before, after, with_exempt) for before, after in zip(kept, versions[1:], strict=True)]


def _mend(before: SubmittedVersion, after: SubmittedVersion | Update, with_exempt: bool) -> Mend:
    changed = [name for name in MENDABLE if getattr(before, name) != getattr(after, name)]
    shown = [name for name in changed if with_exempt or name not in EXEMPT]
    return Mend(
        before.submitted_by.name,
        before.submitted_at,
        before.mended_by.name,
        before.mended_at,
        [MendedText(LABELS[name], getattr(before, name), getattr(after, name)) for name in shown],
        shown != changed,
    )
