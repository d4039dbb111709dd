"""What the tests of committee support's pages share: signing in, days in three boxes, busy inquiries."""

from __future__ import annotations

import datetime as dt

from recommendations.actions import assignments, notices
from recommendations.models import Assignment, Inquiry
from tests.factories import Cast


def busy_inquiry(cast: Cast, count: int, *, notified_on: dt.date | None = None) -> Inquiry:
    """A published inquiry with so many recommendations, each addressed to the Cabinet and the police."""
    inquiry = cast.inquiry(f"Inquiry with {count}")
    rows = [cast.recommendation(inquiry, heading=f"Crossing {number}") for number in range(count)]
    inquiry = cast.publish(inquiry)
    parts: list[Assignment] = []
    for row in rows:
        row.refresh_from_db()
        for body in (cast.cabinet, cast.police):
            parts.append(
                assignments.address(
                    by=cast.sam, recommendation=row, body=body, first_target_on=dt.date(2025, 12, 1)
                )
            )
    if notified_on is not None:
        notices.send_notice(by=cast.sam, assignments=parts, on=notified_on)
    return inquiry
