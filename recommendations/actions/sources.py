"""Record where an inquiry's record comes from: its sources, and the facts that each of them tells."""

from __future__ import annotations

from typing import Any

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.actions.meetings import lock_meeting
from recommendations.actions.personal_data import check_words
from recommendations.lifecycle import DayPrecision
from recommendations.lifecycle.clocks import end_of_month
from recommendations.models import Citation, Inquiry, Meeting, Source
from recommendations.models.sources import CITED
from recommendations.permissions import Right, require


@action
def add_source(*, by: User, inquiry: Inquiry, publisher: str, **details: Any) -> Source:
    """Add a source of an inquiry: who published it and, as far as they are known, its title, day and address."""
    require(by, Right.EDIT_INQUIRY, inquiry)
    source = Source(recorded_by=by, recorded_at=clock.now())
    save(source, inquiry=inquiry, publisher=publisher, **_published(details))
    return source


def _published(details: dict[str, Any]) -> dict[str, Any]:
    """Return the details with the day of publication as it is kept. Raise ActionDenied for a day to come, and for a
    source that nobody could find again.
    """
    month_only = details.pop("month_only", False)
    if details.get("published_on") is not None and month_only:
        details["published_on"] = end_of_month(details["published_on"])
    details["day_precision"] = DayPrecision.MONTH if month_only else DayPrecision.DAY
    if details.get("read_on") is not None and details["read_on"] > clock.today():
        raise ActionDenied("Enter the day it was read: today or earlier", "read_on")
    if not any(clean_text(details.get(name, "")) for name in ("address", "where", "title")):
        raise ActionDenied(
            "Enter the title or the address of the source, or say where it can be found", "title"
        )
    return details


@action
def correct_source(
    *,
    by: User,
    source: Source,
    publisher: str,
    reason: str,
    looked_at: bool = False,
    **details: Any,
) -> Source:
    """Put a corrected source in the place of this one, which stays on the record with the reason.

    What this one was cited for, the new one is cited for. Raise ActionDenied if it was corrected already.
    """
    require(by, Right.EDIT_INQUIRY, source.inquiry)
    source = lock(source)
    if Source.objects.filter(replaces=source).exists():
        raise ActionDenied(
            "This source was corrected already. Open the list of sources and correct the one that stands"
        )
    if not clean_text(reason):
        raise ActionDenied("Enter what was wrong with the source as it stands", "reason")
    check_words(looked_at, reason=reason)
    newer = Source(recorded_by=by, recorded_at=clock.now(), inquiry=source.inquiry, replaces=source)
    save(newer, publisher=publisher, reason=reason, **_published(details))
    return newer


@action
def cite(
    *,
    by: User,
    source: Source,
    about: Any,
    fact: str,
    looked_at: bool = False,
) -> Citation:
    """Record that a source tells a fact of the record. `about` is the row that the fact is about: the inquiry or a
    recommendation, assignment, response, update, meeting or succession.
    """
    require(by, Right.EDIT_INQUIRY, source.inquiry)
    field = type(about)._meta.model_name or ""
    if field not in CITED:
        raise ActionDenied("Select what the fact is about", "about")
    if Source.objects.filter(replaces=source).exists():
        raise ActionDenied("This source was corrected. Select the one that stands", "source")
    if isinstance(about, Meeting):
        about = lock_meeting(about, "about")
    check_words(looked_at, fact=fact)
    citation = Citation(recorded_by=by, recorded_at=clock.now(), source=source)
    setattr(citation, field, about)
    if (
        Citation.objects.standing()
        .filter(**{"source": source, field: about, "fact": clean_text(fact)})
        .exists()
    ):
        raise ActionDenied("This source is already given for this fact", "fact")
    save(citation, fact=fact)
    return citation


@action
def withdraw_citation(
    *,
    by: User,
    citation: Citation,
    reason: str,
    looked_at: bool = False,
) -> Citation:
    """Withdraw a fact that the source does not tell. It stays on the record with the reason."""
    require(by, Right.EDIT_INQUIRY, citation.source.inquiry)
    citation = lock(citation)
    if citation.withdrawn_at is not None:
        raise ActionDenied("This was withdrawn already")
    if not clean_text(reason):
        raise ActionDenied("Enter why the source does not tell this", "reason")
    check_words(looked_at, reason=reason)
    citation.withdrawn_at, citation.withdrawn_by = clock.now(), by
    save(citation, withdrawn_because=reason)
    return citation
