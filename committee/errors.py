"""Error pages: each says what happened and what to do, in the council's style if that can be rendered at all."""

from __future__ import annotations

import errno
import sys

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html

from committee.request_context import current_request

log = structlog.get_logger("committee.errors")

WORDS = {
    400: ("Sorry, there is a problem with the request", "Go back, and try again."),
    403: ("You cannot use this page", "If you need it, ask the administrator of this service."),
    404: ("Page not found", "If you typed or pasted the web address, check that it is correct and complete."),
    405: ("This page opens by a button", "Nothing was done. Go back to the button, and press it again."),
    413: ("The file is too large", "Go back, and choose a smaller file."),
    500: ("Sorry, there is a problem with the service", "Try again later. Nothing that was saved is lost."),
    503: ("Sorry, the service is unavailable", "Try again in a few minutes. Nothing that was saved is lost."),
}
PLAIN_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{heading} – {council}</title></head>
<body><main><h1>{heading}</h1><p>{advice}</p>{reference}</main></body></html>"""


def answer(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    """Return the page of this status, from the template of that name; a plain one when the template cannot be rendered.

    500 and 503 are rendered without the request: its user and messages would ask a database that may be away.
    """
    heading, advice = WORDS[status]
    current = current_request()
    context |= {
        "status": status,
        "heading": heading,
        "advice": advice,
        "request_id": current and current.request_id,
    }
    try:
        body = render_to_string(f"{status}.html", context, request=None if status >= 500 else request)
    except Exception:
        # The template can fail for the reason that caused the error; the plain page cannot.
        log.warning("error page not rendered", status=status, exc_info=status < 500)
        reference = (
            format_html("<p>Reference: {}</p>", current.request_id) if current and status >= 500 else ""
        )
        body = format_html(
            PLAIN_PAGE, heading=heading, advice=advice, council=settings.COUNCIL_NAME, reference=reference
        )
    response = HttpResponse(body, status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return 400, or 413 for a request that is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return answer(request, 413, limit_mb=settings.UPLOAD_LIMIT // (1024 * 1024))
    return answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403, reason=str(exception or ""))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return 500, or 503 if the database or the disk is unavailable. Call it while the exception is being handled."""
    return answer(request, 503 if is_out_of_service(sys.exc_info()[1]) else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return 403 for a form that was open too long or came from another site."""
    return answer(request, 403, reason="", csrf=True)


def is_out_of_service(exception: BaseException | None) -> bool:
    """Return whether an exception means that the database or the disk is unavailable, rather than a fault of ours."""
    seen = 0
    while exception is not None and seen < 20:
        if isinstance(exception, OperationalError | InterfaceError):
            return True
        if isinstance(exception, OSError) and exception.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        exception, seen = exception.__cause__ or exception.__context__, seen + 1
    return False
