"""The second factor that administrators must set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from committee.accounts.mfa import SecondStepNeeded

RELAXED = (
    "This is a demonstration, so administrators get in with a password alone. In a real installation they must set up "
    "an authenticator app or a passkey first."
)


def second_step_for_administrators(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Redirect an administrator to set up a second factor wherever the missing factor was the reason for a refusal
    (`SecondStepNeeded`).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SecondStepNeeded):
            return None
        messages.info(
            request,
            "Administrators need a second step at sign-in. Set up an authenticator app or a passkey to go on.",
        )
        return redirect("mfa_index")

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it on the function
    return middleware
