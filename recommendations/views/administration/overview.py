"""The first page of administrators, and the health of the installation, under /administration/."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from committee import system_status
from committee.accounts.mfa import has_second_step, second_step_required
from committee.accounts.middleware import RELAXED
from committee.accounts.models import User
from recommendations.lifecycle import Role
from recommendations.models import Body
from recommendations.notifications import failures
from recommendations.permissions import Right
from recommendations.queries.withheld_records import to_decide
from recommendations.views.decorators import SignedInRequest, page


@page(Right.ADMINISTER, methods="GET")
def administration(request: SignedInRequest) -> HttpResponse:
    """Show the first page of administrators."""
    return render(
        request,
        "administration/home.html",
        {
            "people_on": User.objects.switched_on().count(),
            "never_signed_in": User.objects.never_signed_in().count(),
            "administrators": User.objects.administrators().count(),
            "bodies": Body.objects.existing().count(),
            "never_url": f"{reverse('people')}?state=never",
            "administrators_url": f"{reverse('people')}?role={Role.ADMINISTRATOR}",
            "withheld": to_decide(request.user),
            "problems": [
                finding for finding in (*system_status.findings(), *failures.findings()) if not finding.fine
            ],
            "relaxed": "" if has_second_step(request.user) or second_step_required() else RELAXED,
        },
    )


@page(Right.ADMINISTER, methods="GET")
def installation_health(request: SignedInRequest) -> HttpResponse:
    """Show whether this installation is well."""
    findings = [*system_status.findings(), *failures.findings()]
    return render(
        request,
        "administration/health.html",
        {"findings": findings, "problems": [finding for finding in findings if not finding.fine]},
    )
