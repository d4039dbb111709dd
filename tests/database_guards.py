"""What the database itself refuses, to the role that runs the site, past all our code."""

from __future__ import annotations

from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from committee.audit.models import AuditEntry
from script.postgres import SITE_ROLE


def run(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def refused(message: str, statement: str, *parameters: Any) -> None:
    """See the database refuse a statement of the role that runs the site."""
    run(f"SET ROLE {SITE_ROLE}")
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        run(statement, *parameters)


def our_models() -> list[Any]:
    ours: list[Any] = [
        *apps.get_app_config("recommendations").get_models(include_auto_created=True),
        AuditEntry,
    ]
    return [one for one in ours if not one._meta.proxy]


def triggers_on(model: Any) -> list[pgtrigger.Trigger]:
    """Return the triggers of a table, also those that a proxy of it declares."""
    return [
        trigger
        for one in apps.get_models(include_auto_created=True)
        if one._meta.db_table == model._meta.db_table
        for trigger in getattr(one._meta, "triggers", [])
    ]
