"""The second factor that administrators must set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from committee.accounts.mfa import has_second_step
from committee.models import Installation

RELAXED = (
    "This is a demonstration, so administrators get in with a password alone. In a real installation they must set up "
    "an authenticator app or a passkey first."
)


def second_step_for_administrators(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Redirect an administrator without a second factor to set one up before any view marked `requires_second_factor`.

    Skipped in a demonstration and with REQUIRE_ADMIN_MFA=0; the pages then say so.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not getattr(view, "requires_second_factor", False) or not request.user.is_authenticated:
            return None
        if not request.user.is_administrator or has_second_step(request.user):
            return None
        if second_step_required():
            messages.info(
                request,
                "Administrators need a second step at sign-in. Set up an authenticator app or a passkey to go on.",
            )
            return redirect("mfa_index")
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it on the function
    return middleware


def second_step_required() -> bool:
    """Return whether administrators must have a second factor on this installation."""
    return settings.REQUIRE_ADMIN_MFA and not Installation.objects.filter(demonstration=True).exists()
