"""A form that is sent twice is answered once.

A double click, or a second press while the first is still being answered, sends the same form again, and both would be
carried out side by side. The second waits for the first and gets its answer.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from committee.request_context import current_request

View = Callable[..., HttpResponseBase]

KEPT_FOR = 60
"""For how many seconds it is known where a form led that was sent."""
LOCKS = 0x666F726D
"""The first number of the advisory locks of forms."""


def answer_once(view: View) -> View:
    """Return the view, carrying out a form once however often it is sent. One that was refused is carried out when it is
    sent again, because what stood against it may be gone.

    The same form is one by the same person to the same address with the same content, which has Django's CSRF token of
    the page on which it was shown, another one each time. Where it was carried out (see
    `note_carried_out`) and led elsewhere, its repetition leads there too. Without that token it is a repetition only if it came in before the first was answered.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or request.user.pk is None:
            return view(request, *args, **kwargs)
        key = _key(request)
        with _locked(key):
            if (known := cache.get(key)) and _is_repetition(request, answered_at=known[1]):
                return redirect(known[0])
            carried_out: list[bool] = []
            noted = _carried_out.set(carried_out)
            try:
                response = view(request, *args, **kwargs)
            finally:
                _carried_out.reset(noted)
            if carried_out and response.status_code == 302:
                cache.set(key, [response["Location"], time.time()], KEPT_FOR)
            return response

    answer.once = True  # type: ignore[attr-defined]  # read by the test that every form goes through here
    return answer


_carried_out: ContextVar[list[bool] | None] = ContextVar("carried_out", default=None)


def note_carried_out() -> None:
    """Note that what the request being served asks for was carried out, at least in part."""
    noted = _carried_out.get()
    if noted is not None:
        noted.append(True)


def _is_repetition(request: HttpRequest, *, answered_at: float) -> bool:
    asking = current_request()
    return bool(request.POST.get("csrfmiddlewaretoken")) or (
        asking is not None and asking.came_in_at < answered_at
    )


def _key(request: HttpRequest) -> str:
    """Return what tells a sent form from every other."""
    content = hashlib.sha256(f"{request.user.pk} {request.get_full_path()}".encode())
    for name, values in sorted(request.POST.lists()):
        content.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
    return f"form:{content.hexdigest()}"


@contextmanager
def _locked(key: str) -> Iterator[None]:
    """Hold the lock of a form: another request with the same one waits."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, number])
