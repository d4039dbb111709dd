"""Send recommendations to the bodies that have to answer them, which starts their response clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from committee.text import clean_text
from recommendations.actions.base import (
    ActionDenied,
    action,
    lock,
    save,
)
from recommendations.actions.personal_data import check_words
from recommendations.actions.recompute import recompute_recommendation
from recommendations.models import (
    Assignment,
    NoticeWithdrawal,
)
from recommendations.permissions import Right, require


@action
def send_notice(
    *, by: User, assignments: Sequence[Assignment], on: dt.date, from_source: bool = False
) -> list[Assignment]:
    """Record that recommendations were sent to their owning bodies on that day, and start the response clocks.

    The response period is the body's own: two calendar months for the executive (Local Government Act 2000, s.9FE),
    none for a partner. Assignments already notified keep their date. Return those that were notified now.

    Of an inquiry that is compiled from public sources, a notice `from_source` is one that a source tells of: it is
    recorded, no clock starts, and nobody is told.
    """
    if on > clock.today():
        raise ActionDenied("Enter the day the notice was sent: today or earlier", "on")
    sent = []
    for assignment in assignments:
        require(by, Right.EDIT_INQUIRY, assignment)
        assignment = lock(assignment)
        if assignment.notified_on is not None:
            continue
        recommendation = assignment.recommendation
        if not recommendation.inquiry.is_public:
            raise ActionDenied("Publish the report before you send its recommendations")
        if from_source and not assignment.recommendation.inquiry.is_from_public_sources:
            raise ActionDenied(
                "This is the committee’s own record, so its notices are not known from sources", "from_source"
            )
        published = recommendation.public_since
        if published is None:
            raise ActionDenied(f"Publish recommendation {recommendation.number} before you send it")
        if assignment.withdrawn_at is not None:
            raise ActionDenied(
                f"Recommendation {recommendation.number} was taken back from {assignment.body.name}"
            )
        if on < published:
            what = "recommendation" if recommendation.published_on else "report"
            raise ActionDenied(
                f"Enter the day the {what} was published, {long_date(published)}, or a later one", "on"
            )
        assignment.version += 1
        save(
            assignment,
            notified_on=on,
            response_due_on=None if from_source else assignment.body.response_due(on),
            notice_recorded_at=clock.now(),
            notice_from_source=from_source,
        )
        if assignment.sources_only:
            recompute_recommendation(assignment.recommendation)
            assignment.refresh_from_db(fields=["sources_only"])
        sent.append(assignment)
    return sent


@action
def take_back_notices(
    *,
    by: User,
    assignments: Sequence[Assignment],
    reason: str,
    looked_at: bool = False,
) -> list[NoticeWithdrawal]:
    """Take back notices that were sent by mistake, with a reason that everybody can read. Their response clocks end.

    Raise ActionDenied once the body has begun to answer, by a response, an update or the wish for another date.
    """
    if not clean_text(reason):
        raise ActionDenied("Enter why the notice is taken back", "reason")
    check_words(looked_at, reason=reason)
    taken_back = []
    for assignment in assignments:
        require(by, Right.EDIT_INQUIRY, assignment)
        assignment = lock(assignment)
        if assignment.notified_on is None:
            raise ActionDenied(f"The notice to {assignment.body.name} was already taken back")
        if assignment.withdrawn_at is not None:
            raise ActionDenied(
                f"{assignment.recommendation.reference} was taken back from {assignment.body.name} by a correction, which"
                " says so to everybody"
            )
        if not Assignment.objects.with_notice_to_take_back().filter(pk=assignment.pk).exists():
            raise ActionDenied(
                f"{assignment.body.name} has begun to answer {assignment.recommendation.reference}, so its notice stays"
            )
        withdrawal = NoticeWithdrawal(
            assignment=assignment,
            notified_on=assignment.notified_on,
            response_due_on=assignment.response_due_on,
            notice_recorded_at=assignment.notice_recorded_at or clock.start_of_day(assignment.notified_on),
            withdrawn_by=by,
            withdrawn_at=clock.now(),
        )
        save(withdrawal, reason=reason)
        assignment.version += 1
        save(
            assignment,
            notified_on=None,
            response_due_on=None,
            notice_recorded_at=None,
            notice_from_source=False,
        )
        recompute_recommendation(assignment.recommendation)
        taken_back.append(withdrawal)
    return taken_back
