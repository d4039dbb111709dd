"""One's own account, and what stands around django-allauth's views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committee.accounts.second_step import has_recovery_codes, has_second_step, second_steps
from committee.audit.actor import set_audit_actor
from recommendations.views.access import SignedInRequest, page


def on_the_record(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view in one transaction that the audit trail knows as the signed-in person's doing."""

    @wraps(view)
    def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            set_audit_actor(request.user)
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            return response

    return recorded


@page()
@require_safe
def my_account(request: SignedInRequest) -> HttpResponse:
    """Who I am here, what I may do, and how I sign in."""
    person = request.user
    return render(
        request,
        "account/me.html",
        {
            "person": person,
            "memberships": person.current_memberships,
            "steps": second_steps(person),
            "has_second_step": has_second_step(person),
            "has_codes": has_recovery_codes(person),
            "has_password": person.has_usable_password(),
        },
    )


def not_here(request: HttpRequest) -> HttpResponse:
    """Nobody signs up: 404."""
    raise Http404
