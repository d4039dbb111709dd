"""Who may reach a view, and by which methods. Every view says both in its decorator.

The respondents' views have decorators of their own, in `respondent_sessions`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from committee import form_recovery
from committee.accounts.models import User
from committee.idempotency import answer_once
from recommendations.permissions import Right, require

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """The request of a view that only signed-in people reach: for types alone.

    `about` is the assignment that a page of an owning body is about, once it is fetched.
    """

    user: User
    about: Any


def page(right: Right | None = None, *, methods: str, public: bool = False) -> Callable[[View], View]:
    """Return a decorator that lets a view answer only those who may reach it, by the methods it takes.

    `page(Right.X, ...)` asks for an account that holds the right over something; the view's fetch then asks about the
    very thing. `page(...)` asks for any account. `page(public=True, ...)` asks for none, unless the setting PUBLIC_SITE
    is off. `methods` is "GET", "POST" or "GET POST".

    Visitors without an account are sent to sign in and back, and the form they sent is filled in when they return. A
    person without the right gets 403, and then a method that the view does not take gets 405.
    """

    def decorate(view: View) -> View:
        answer = limit_methods(methods, recover_forms(answer_once(view)))

        @wraps(answer)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if not (public and settings.PUBLIC_SITE):
                    return form_recovery.recover_after_sign_in(request, form_recovery.ACCOUNTS)
            elif right is not None:
                require(request.user, right)
            return answer(request, *args, **kwargs)

        mark(guarded, right=right, public=public, methods=methods, reauthentication=form_recovery.ACCOUNTS)
        return guarded

    return decorate


def unrestricted(*, methods: str) -> Callable[[View], View]:
    """Return a decorator for a view that answers everybody, also where the setting PUBLIC_SITE is off."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return answer(request, *args, **kwargs)

        answer = limit_methods(methods, view)
        mark(guarded, right=None, public=True, methods=methods)
        return guarded

    return decorate


def limit_methods(methods: str, view: View) -> View:
    """Return the view, answering 405 to every method but `methods` ("GET", "POST" or "GET POST"; HEAD goes with GET).

    Raise ValueError for any other value.
    """
    names = methods.split(" ")
    if names not in (["GET"], ["POST"], ["GET", "POST"]):
        raise ValueError(f"A page takes “GET”, “POST” or “GET POST”, not “{methods}”")
    allowed = ["GET", "HEAD", *names[1:]] if names[0] == "GET" else names
    limited: View = require_http_methods(allowed)(view)
    return limited


def recover_forms(view: View) -> View:
    """Return the view, with requests about the kept words of a form answered before it is called."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return form_recovery.call_with_recovery(request, view, *args, **kwargs)

    return answer


def mark(view: Any, **marks: Any) -> None:
    """Note on the view what its decorator asks for.

    `committee.form_recovery` and the tests of all addresses read these attributes.
    """
    for name, value in marks.items():
        setattr(view, name, value)
