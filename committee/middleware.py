"""Middleware: request log, size limit, method errors, caching."""

from __future__ import annotations

import ipaddress
import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

from committee import errors, health
from committee.log_config import without_secrets
from committee.request_context import RequestContext, request_context
from committee.text import whole_number

Handler = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("committee.requests")

REQUEST_ID = re.compile(r"[A-Za-z0-9_.\-]{8,64}")
READ_AND_DROP = 200 * 1024 * 1024
KNOWN_METHODS = ["GET", "HEAD", "POST"]
PROBES: dict[str, Handler] = {"/health": health.health, "/ready": health.ready}
"""What monitoring asks for; it is answered before the host is looked at."""


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address as the outermost trusted proxy saw it; None if there is none (a Unix socket).

    PROXIES is the number of our own proxies in front. Each appends the address it was called from, so the client's is
    that many from the right; anything further left was written by the client and proves nothing.
    """
    candidate = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXIES:
            candidate = hops[-settings.PROXIES]
    if match := re.fullmatch(r"\[(.+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+", candidate):
        candidate = match[1] or match[2]
    try:
        return str(ipaddress.ip_address(candidate))
    except ValueError:
        return None


def request_log(get_response: Handler) -> Handler:
    """Give the request its id and address, for the log and the audit trail, and log one line when it is answered.

    The id is the proxy's X-Request-ID if that is a plain word of 8 to 64 characters, else a new one. It is returned in
    the answer, so that a user can quote it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("X-Request-ID", "")
        request_id = asked if REQUEST_ID.fullmatch(asked) else uuid.uuid4().hex
        context = RequestContext(address=client_address(request), request_id=request_id)
        token = request_context.set(context)
        started = time.perf_counter()
        try:
            response = get_response(request)
            response["X-Request-ID"] = request_id
            if request.path not in PROBES or response.status_code >= 400:
                _log_answer(request, response, started, context)
            return response
        finally:
            request_context.reset(token)

    return middleware


def _log_answer(
    request: HttpRequest, response: HttpResponse, started: float, context: RequestContext
) -> None:
    match = request.resolver_match
    user = request.__dict__.get("_cached_user")  # not request.user, which could ask the database
    numbers = {key: value for key, value in match.kwargs.items() if isinstance(value, int)} if match else {}
    log.info(
        "request",
        method=request.method,
        route=f"/{match.route}" if match else without_secrets(request.path),
        **({"ids": numbers} if numbers else {}),
        status=response.status_code,
        milliseconds=round((time.perf_counter() - started) * 1000),
        address=context.address,
        user=getattr(user, "pk", None),
    )


def known_methods(get_response: Handler) -> Handler:
    """Refuse every method but GET, HEAD and POST with 405: Django's own forms, such as those of signing in, would take PUT
    for POST.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in KNOWN_METHODS:
            return HttpResponseNotAllowed(KNOWN_METHODS)
        return get_response(request)

    return middleware


def probes(get_response: Handler) -> Handler:
    """Answer /health and /ready whatever host they are asked for under.

    Load balancers and orchestrators ask a machine by its own address, which is none of ALLOWED_HOSTS. Nothing of these
    answers depends on the host; all other addresses are still checked.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        view = PROBES.get(request.path)
        return view(request) if view is not None else get_response(request)

    return middleware


def upload_limit(get_response: Handler) -> Handler:
    """Refuse a request larger than UPLOAD_LIMIT before any of it is stored, with the 413 page.

    A body of moderate size is read and dropped first, because most browsers show an answer only after they have sent
    everything.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = whole_number(request.META.get("CONTENT_LENGTH") or 0)
        if length is None or length > settings.UPLOAD_LIMIT:
            if length is not None and length <= READ_AND_DROP:
                while request.read(64 * 1024):
                    pass
            raise RequestDataTooBig("The request is larger than UPLOAD_LIMIT_MB.")
        return get_response(request)

    return middleware


def only_by_a_button(get_response: Handler) -> Handler:
    """Show a page when somebody opens an address that accepts POST only, as after signing in again.

    The empty answer to a wrong method would be the browser's own error page, without a way on.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            page = errors.answer(request, 405)
            for name, value in response.items():  # such as the cache policy
                if name not in page:
                    page[name] = value
            return page
        return response

    return middleware


def private_pages(get_response: Handler) -> Handler:
    """Keep pages for a signed-in user out of every cache, so that the next user of a shared computer does not see them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = request.__dict__.get("_cached_user")
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware
