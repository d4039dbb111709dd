"""Record access to exempt text, and open it when it stops being exempt."""

from __future__ import annotations

from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from committee.request_context import current_request
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action
from recommendations.actions.personal_data import check_words
from recommendations.lifecycle import EXEMPT_PARAGRAPHS
from recommendations.models import Evidence, ExemptAccessLog, ExemptOpening, Pack, Response, Update
from recommendations.permissions import Right, require, sees_exempt


def check_exempt(text: str, paragraphs: Sequence[int], summary: str) -> None:
    """Raise ActionDenied unless exempt text comes with its paragraphs and a public summary.

    Local Government Act 1972, Schedule 12A, Part 1.
    """
    if not clean_text(text):
        return
    if not paragraphs:
        raise ActionDenied(
            "Select the paragraph of Schedule 12A that makes this text exempt", "exempt_paragraphs"
        )
    if any(number not in EXEMPT_PARAGRAPHS for number in paragraphs):
        raise ActionDenied("Select a paragraph from 1 to 7", "exempt_paragraphs")
    if not clean_text(summary):
        raise ActionDenied("Enter a neutral summary that the public may read in its place", "public_summary")


@action
def log_exempt_access(*, by: User, thing: Update | Response | Evidence | Pack) -> ExemptAccessLog:
    """Record that `by` was shown the exempt text of an update or response, or opened exempt evidence or an exempt pack."""
    asking = current_request()
    return ExemptAccessLog.objects.create(
        user=by,
        what=thing._meta.model_name or "",
        row_key=thing.pk,
        seen_at=clock.now(),
        address=(asking and asking.address) or "",
    )


@action
def open_exempt(
    *,
    by: User,
    thing: Update | Response,
    reason: str,
    looked_at: bool = False,
) -> ExemptOpening:
    """Open the exempt text of a published update or a response to everybody, with the reason, on the record."""
    require(by, Right.OPEN_EXEMPT, thing)
    check_words(looked_at, reason=reason)
    if not sees_exempt(by, thing):
        raise ActionDenied(
            "Your account does not have the right to see this exempt text, so you can't open it"
        )
    if not thing.has_exempt:
        raise ActionDenied("There is no exempt text here")
    if isinstance(thing, Update) and thing.published_at is None:
        raise ActionDenied("The update is not published yet")
    if not clean_text(reason):
        raise ActionDenied("Enter why the text is no longer exempt and who decided so", "reason")
    key = "update" if isinstance(thing, Update) else "response"
    if ExemptOpening.objects.filter(**{key: thing}).exists():
        raise ActionDenied("This text was already opened")
    return ExemptOpening.objects.create(
        **{key: thing}, reason=clean_text(reason), opened_by=by, opened_at=clock.now()
    )
