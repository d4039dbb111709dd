"""Send recommendations to the bodies that have to answer them, which starts their response clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from recommendations.actions.base import (
    ActionDenied,
    action,
    lock,
    save,
)
from recommendations.actions.recompute import recompute_recommendation
from recommendations.models import (
    Assignment,
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
        published = assignment.recommendation.inquiry.published_on
        if published is None or not assignment.recommendation.inquiry.is_public:
            raise ActionDenied("Publish the report before you send its recommendations")
        if from_source and not assignment.recommendation.inquiry.is_from_public_sources:
            raise ActionDenied(
                "This is the committee’s own record, so its notices are not known from sources", "from_source"
            )
        if on < published:
            raise ActionDenied(
                f"Enter the day the report was published, {long_date(published)}, or a later one", "on"
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
