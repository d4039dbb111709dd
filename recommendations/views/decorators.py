"""What a view needs before it begins: sign-in, a right, or nothing because it is public.

Every view says so in its decorator; a test walks all addresses and holds the answers against it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from committee import form_recovery
from committee.accounts.models import User
from recommendations.permissions import SECOND_FACTOR_RIGHTS, Right, may

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """The request of a view that only signed-in people reach: for types alone. ``about`` is the assignment that a page
    of an owning body is about, once it is fetched."""

    user: User
    about: Any


def page(right: Right | None = None, *, public: bool = False) -> Callable[[View], View]:
    """Decorate a view with what it needs.

    ``page(Right.X)``: signed in and holding the right over something (the view's fetch then asks about the very
    thing). ``page()``: anybody signed in. ``page(public=True)``: everybody, unless PUBLIC_SITE is off, when
    everybody must sign in. Anonymous visitors are sent to sign in, and words of a form that they sent are in it when they
    come back; a person without the right gets 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if not (public and settings.PUBLIC_SITE):
                    return form_recovery.recover_after_sign_in(request, form_recovery.ACCOUNTS)
            elif right is not None and not may(request.user, right):
                raise PermissionDenied(f"Your account does not have this right: {right.value}.")
            return form_recovery.call_with_recovery(request, view, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]  # a mark that the walk over addresses reads
        guarded.public = public  # type: ignore[attr-defined]  # a mark that the walk over addresses reads
        # A mark that committee.accounts.middleware reads.
        guarded.requires_second_factor = right in SECOND_FACTOR_RIGHTS  # type: ignore[attr-defined]  # put on a function
        guarded.reauthentication = form_recovery.ACCOUNTS  # type: ignore[attr-defined]  # form_recovery reads it
        return guarded

    return decorate
