"""Trackers as they are once every question is answered, for tests of what an import makes of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection

from recommendations.actions import import_previews, imports
from recommendations.lifecycle import Claim, Decision, ImportState, Period, Precision
from recommendations.lifecycle.imported import ImportedLine, ImportedOwner, ImportedStep, ImportedUpdate
from recommendations.lifecycle.period_ends import period_to_json
from recommendations.models import ImportBatch, ImportRow, Inquiry
from recommendations.trackers.questions import Place
from recommendations.trackers.reading import Entry, entry_to_json
from tests.factories import Cast

AS_AT = dt.date(2025, 3, 31)
"""The own day of a tracker of the tests, long before the day on which it is brought in."""
MARCH = Period.of_month(2024, 3, "Mar 24")
"""A time that is no day: it is over on 1 April 2024."""

KEPT_BY_AN_IMPORT = {
    "audit_auditentry",
    "recommendations_importbatch",
    "recommendations_importrow",
    "recommendations_importchange",
}
"""Tables that tell of an import after it was undone."""


def day(year: int, month: int, number: int) -> Period:
    return Period.of_day(dt.date(year, month, number))


def a_line(cast: Cast, item: int = 1, **details: Any) -> ImportedLine:
    """A line of one recommendation to the Cabinet, with nothing but its words unless told otherwise."""
    details.setdefault(
        "text", f"That the Cabinet builds crossing {item} on the road to the school before winter comes."
    )
    details.setdefault("owners", (ImportedOwner(cast.cabinet.pk),))
    return ImportedLine(item=item, **details)


def make_inquiry(cast: Cast) -> Inquiry:
    """A public inquiry of the committee with a recommendation of its own that is followed up."""
    inquiry = cast.inquiry("Road safety", reference="INQ 1")
    row = cast.recommendation(inquiry)
    cast.publish(inquiry, dt.date(2023, 5, 2))
    row.refresh_from_db()
    part = cast.assignment(recommendation=row, first_target_on=None)
    cast.published(part, claim=Claim.ON_TRACK)
    return Inquiry.objects.get(pk=inquiry.pk)


def full_line(cast: Cast, inquiry: Inquiry | str, item: int = 1, **details: Any) -> ImportedLine:
    """A line that says all that a tracker can say, but what the committee decided."""
    told: dict[str, Any] = {
        "inquiry": inquiry if isinstance(inquiry, str) else inquiry.pk,
        "response": Decision.IN_PART,
        "answered_on": MARCH,
        "earlier_targets": (MARCH,),
        "target": day(2025, 6, 30),
        "updates": (
            an_update("Two are built.", as_at=day(2024, 9, 1)),
            an_update("Three are built.", Claim.ON_TRACK),
        ),
        "steps": (ImportedStep("Survey"),),
        "made_on": day(2023, 4, 4),
    }
    return a_line(cast, item, **{**told, **details})


def an_update(text: str, claim: str = "", as_at: Period | None = None) -> ImportedUpdate:
    return ImportedUpdate(text, as_at or Period(), claim)


def read(
    cast: Cast,
    lines: Sequence[ImportedLine],
    *,
    as_at: dt.date = AS_AT,
    name: str = "tracker.xlsx",
    says_exempt: bool = False,
    **details: Any,
) -> ImportBatch:
    """A tracker of the committee that was read and checked, and is not applied yet. `says_exempt` says that its lines say that
    they are not for publication.
    """
    content = repr((lines, as_at, name)).encode()
    batch = imports.hand_in(
        by=cast.sam,
        committee=cast.committee,
        file=None,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        file_format="xlsx",
    )
    if batch.state != ImportState.READING:
        batch = import_previews.read_again(by=cast.sam, batch=batch)
    rows = [
        ImportRow(
            table="Tracker",
            row=number + 2,
            order=number,
            item=line.item,
            says_exempt=says_exempt,
            reading=_reading(line, number + 2),
            line=line.to_json(),
        )
        for number, line in enumerate(lines)
    ]
    return import_previews.keep_reading(
        by=cast.sam,
        batch=batch,
        version=batch.version,
        rows=rows,
        as_at=period_to_json(Period(as_at.isoformat(), as_at, as_at, Precision.DAY)),
        not_for_publication=False,
        **details,
    )


def _reading(line: ImportedLine, row: int) -> dict[str, Any]:
    """What is kept of a line that somebody mended to be this one, whatever was read of it."""
    entry = Entry(Place("Tracker", row), line.item, line.text)
    return {"line": line.to_json(), "entry": entry_to_json(entry), "mended": line.to_json()}


def bring_in(cast: Cast, lines: Sequence[ImportedLine], **details: Any) -> ImportBatch:
    """A tracker of the committee that was applied."""
    return imports.apply_import(by=cast.sam, batch=read(cast, lines, **details))


def every_row() -> dict[str, list[str]]:
    """Every row of every table as text, but those that tell of an import after it was undone."""
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed
    }
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - KEPT_BY_AN_IMPORT):
            cursor.execute(f'SELECT to_jsonb(r)::text FROM "{table}" r ORDER BY 1')
            found[table] = [row for (row,) in cursor.fetchall()]
    return found
