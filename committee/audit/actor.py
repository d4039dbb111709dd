"""The actor of the audit trail: the person named as having made a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from committee import clock
from committee.request_context import current_request

if TYPE_CHECKING:
    from committee.accounts.models import User


def set_audit_actor(by: User) -> None:
    """Name `by`, their address and the request in every audit entry written until this transaction ends.

    The moment is for triggers that keep what was shown until then.
    """
    asking = current_request()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tracker.actor', %s, true), set_config('tracker.address', %s, true),"
            " set_config('tracker.request', %s, true), set_config('tracker.moment', %s, true)",
            [
                str(by.pk),
                (asking and asking.address) or "",
                (asking and asking.request_id) or "",
                clock.now().isoformat(),
            ],
        )
