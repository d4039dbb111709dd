"""What administrators look after besides people: rights, the audit trail, ends of bodies, health.

Prefix: /administration/
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from committee import installation
from committee.accounts.middleware import RELAXED, second_step_required
from committee.accounts.models import User
from committee.accounts.second_step import has_second_step
from recommendations.forms.audit_log import SightsForm, TrailForm
from recommendations.lifecycle import Role
from recommendations.models import Body, Membership
from recommendations.notifications import failures
from recommendations.permissions import GROUPS, RIGHTS, Right
from recommendations.queries import audit_log
from recommendations.views.decorators import SignedInRequest, page


@page(Right.ADMINISTER)
@require_safe
def administration(request: SignedInRequest) -> HttpResponse:
    """The first page of administrators."""
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
            "problems": [
                finding for finding in (*installation.findings(), *failures.findings()) if not finding.fine
            ],
            "relaxed": "" if has_second_step(request.user) or second_step_required() else RELAXED,
        },
    )


@page()
@require_safe
def permissions(request: SignedInRequest) -> HttpResponse:
    """Who may do what, from the very table the software asks. Open to everybody who signs in."""
    held = Membership.objects.held_now()
    roles = [{"role": role, "people": held.get(role, 0), "rights": _rights_of(role)} for role in Role]
    groups = [
        {
            "title": title,
            "rows": [{"right": right, "cells": [_cell(right, role) for role in Role]} for right in rights],
        }
        for title, rights in GROUPS.items()
    ]
    return render(
        request,
        "administration/permissions.html",
        {
            "groups": groups,
            "roles": roles,
            "columns": list(Role),
            "exempt": Membership.objects.seeing_exempt(),
            "public_site": settings.PUBLIC_SITE,
        },
    )


def _cell(right: Right, role: Role) -> str:
    where = RIGHTS[right].roles.get(role)
    return where.value if where is not None else ""


def _rights_of(role: Role) -> list[tuple[Right, str]]:
    return [(right, grant.roles[role].value) for right, grant in RIGHTS.items() if role in grant.roles]


@page(Right.ADMINISTER)
@require_safe
def audit_trail(request: SignedInRequest) -> HttpResponse:
    """Every change, the latest first."""
    form = TrailForm(request.GET, things=audit_log.things())
    found, more = _page_of(form, audit_log.find, audit_log.shown, lambda last: last.entry.pk)
    return render(
        request,
        "administration/audit_trail.html",
        {"form": form, "entries": found, "more": more, "is_first": _is_first(form)},
    )


@page(Right.ADMINISTER)
@require_safe
def exempt_sights(request: SignedInRequest) -> HttpResponse:
    """Who saw which exempt text, the latest first; never the text."""
    form = SightsForm(request.GET)
    found, more = _page_of(form, audit_log.find_sights, audit_log.shown_sights, lambda last: last.sight.pk)
    return render(
        request,
        "administration/exempt_sights.html",
        {"form": form, "sights": found, "more": more, "is_first": _is_first(form)},
    )


def _page_of(
    form: Any, find: Callable[..., Any], show: Callable[[Any], list[Any]], key: Callable[[Any], int]
) -> tuple[list[Any], int | None]:
    """One page of what the form asks for, and the number that the next page stands below, if there is one."""
    if not form.is_valid():
        return [], None
    rows = list(find(**form.cleaned_data)[: audit_log.PAGE + 1])
    shown = show(rows[: audit_log.PAGE])
    return shown, key(shown[-1]) if len(rows) > audit_log.PAGE else None


def _is_first(form: Any) -> bool:
    return not getattr(form, "cleaned_data", {}).get("before")


@page(Right.ADMINISTER)
@require_safe
def installation_health(request: SignedInRequest) -> HttpResponse:
    """Whether this installation is well."""
    findings = [*installation.findings(), *failures.findings()]
    return render(
        request,
        "administration/health.html",
        {"findings": findings, "problems": [finding for finding in findings if not finding.fine]},
    )
