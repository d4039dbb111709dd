"""Carry out what was asked a minute ago, in the name of who asked, unless it was taken back since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from committee import clock
from recommendations.actions.base import ActionDenied

log = structlog.get_logger("recommendations.grace")


def carry_out_asked(
    asked_until: Callable[[dt.datetime], QuerySet[Any]],
    asked_by: str,
    *,
    carry_out: Callable[..., list[Any]],
    drop: Callable[..., None],
) -> list[Any]:
    """Carry out what was asked of each row GRACE_SECONDS ago, and return the rows of which it was.

    `asked_until` returns the rows of which it was asked by a moment; `asked_by` names the column with who asked. Both actions
    take the row by the name of its model; `carry_out` takes the moment too, as `until`. Of a row of which it can't be done any
    more, `drop` takes it that it was asked, so that it waits for a person again.
    """
    until = clock.now() - dt.timedelta(seconds=settings.GRACE_SECONDS)
    done = []
    for row in asked_until(until).filter(**{f"{asked_by}__isnull": False}).select_related(asked_by):
        who, about = getattr(row, asked_by), {row._meta.model_name: row}
        try:
            done += carry_out(by=who, until=until, **about)
        except (ActionDenied, PermissionDenied) as refused:
            log.warning("not carried out", what=row._meta.model_name, pk=row.pk, why=str(refused))
            drop(by=who, **about)
    return done
