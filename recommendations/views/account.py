"""One's own account, under /accounts/me/."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render

from committee.accounts.mfa import has_recovery_codes, has_second_step, second_steps
from recommendations.views.decorators import SignedInRequest, page


@page(methods="GET")
def my_account(request: SignedInRequest) -> HttpResponse:
    """Show one's own name, roles and ways of signing in."""
    person = request.user
    prefetch_related_objects(person.current_memberships, "body")
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
