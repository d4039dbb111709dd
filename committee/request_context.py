"""Who is asking: the address and the id of the request being served, for the audit trail and the log.

Set by ``committee.middleware.request_context`` around every request, and empty in the worker and on the command line.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request: the client's address as seen past the trusted proxies, and the id that its log lines carry."""

    address: str | None
    request_id: str


request_context: ContextVar[RequestContext | None] = ContextVar("request_context", default=None)


def current_request() -> RequestContext | None:
    """The request being served in this thread, or None outside a request."""
    return request_context.get()
