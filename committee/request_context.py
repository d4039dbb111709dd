"""The request being served: its client address and id, for the audit trail and the log.

Set by `committee.middleware.request_log` around every request; empty in the worker and on the command line.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The client's address as seen behind the trusted proxies, the id that the log lines of the request carry, and when it
    came in, in seconds since 1970.
    """

    address: str | None
    request_id: str
    came_in_at: float = field(default_factory=time.time)


request_context: ContextVar[RequestContext | None] = ContextVar("request_context", default=None)


def current_request() -> RequestContext | None:
    """Return the request being served in this thread, or None outside a request."""
    return request_context.get()
