"""What the tests of committee support's pages share: signing in, days in three boxes, busy inquiries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client

from committee.accounts.models import User
from recommendations.actions import assignments, notices
from recommendations.models import Assignment, Inquiry
from tests.factories import Cast


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def boxes(name: str, day: dt.date | None) -> dict[str, str]:
    """A day as the three boxes of a DayField send it."""
    if day is None:
        return {f"{name}_{part}": "" for part in ("day", "month", "year")}
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def text_of(response: Any) -> str:
    return response.content.decode()


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
