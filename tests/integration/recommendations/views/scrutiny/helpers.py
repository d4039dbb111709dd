"""What the tests of committee support's pages share: signing in, days in three boxes, busy inquiries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import assignments, notices
from recommendations.lifecycle import Priority
from recommendations.models import (
    Assignment,
    Inquiry,
)
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


def queries(client: Any, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


RECOMMENDATION = {
    "number": "1",
    "heading": "Safer crossings",
    "text": "That the Cabinet builds a crossing at each school.",
    "priority": Priority.HIGH,
}


def body_rows(*rows: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    data: dict[str, Any] = {"form-TOTAL_FORMS": str(total or len(rows)), "form-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        row = {"is_lead": "True", **row}
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


def response_address(*parts: Assignment) -> str:
    return reverse("record_response") + "?" + "&".join(f"assignment={part.pk}" for part in parts)
