"""What administrators look after besides people: rights, the audit trail, ends of bodies, health.

Prefix: /administration/
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from committee import installation
from committee.accounts.middleware import RELAXED, second_step_required
from committee.accounts.models import Membership, User
from committee.accounts.second_step import has_second_step
from recommendations import trail
from recommendations.actions import bodies as actions
from recommendations.actions.base import NotPossible
from recommendations.forms.administration import AbolishForm, SightsForm, TrailForm
from recommendations.lifecycle import Role
from recommendations.models import Body, Succession
from recommendations.permissions import GROUPS, RIGHTS, Right
from recommendations.views.access import SignedInRequest, page


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
            "problems": [finding for finding in installation.findings() if not finding.fine],
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
    form = TrailForm(request.GET, things=trail.things())
    found, more = _page_of(form, trail.find, trail.shown, lambda last: last.entry.pk)
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
    found, more = _page_of(form, trail.find_sights, trail.shown_sights, lambda last: last.sight.pk)
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
    rows = list(find(**form.cleaned_data)[: trail.PAGE + 1])
    shown = show(rows[: trail.PAGE])
    return shown, key(shown[-1]) if len(rows) > trail.PAGE else None


def _is_first(form: Any) -> bool:
    return not getattr(form, "cleaned_data", {}).get("before")


@page(Right.ABOLISH_BODY)
@require_safe
def successions(request: SignedInRequest) -> HttpResponse:
    """Bodies that can come to an end, and those that did."""
    return render(
        request,
        "administration/successions.html",
        {
            "bodies": Body.objects.existing().for_list().order_by("name", "id"),
            "past": Succession.objects.for_list(),
        },
    )


@page(Right.ABOLISH_BODY)
@require_http_methods(["GET", "HEAD", "POST"])
def abolish_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a body came to an end: ask, show exactly what passes on, then do it."""
    body = get_object_or_404(Body.objects.for_list(), pk=pk)
    if body.abolished_on is not None:
        messages.info(request, f"{body.name} was already abolished.")
        return redirect("successions")
    form = AbolishForm(request.POST or None, body=body)
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(
            request, "administration/abolish.html", {"form": form, "body": body, "caption": "Step 1 of 2"}
        )
    passing = actions.passing_on(body, form.cleaned_data["successor"])
    seen = hashlib.sha256(passing.fingerprint.encode()).hexdigest()[:16]
    if request.POST.get("seen") == seen:
        try:
            actions.abolish_body(by=request.user, body=body, **form.cleaned_data)
        except NotPossible as problem:
            form.add_error(problem.field, problem.message)
            return render(
                request, "administration/abolish.html", {"form": form, "body": body, "caption": "Step 1 of 2"}
            )
        messages.success(request, _done(body, form.cleaned_data["successor"], len(passing.passing)))
        return redirect("successions")
    if form.cleaned_data["successor"] is None and passing.staying:
        form.add_error("successor", "Select a successor: there is open work to pass on")
        return render(
            request, "administration/abolish.html", {"form": form, "body": body, "caption": "Step 1 of 2"}
        )
    return render(request, "administration/abolish_check.html", _check(request, body, form, passing, seen))


def _check(
    request: SignedInRequest, body: Body, form: AbolishForm, passing: actions.Passing, seen: str
) -> dict[str, Any]:
    successor = form.cleaned_data["successor"]
    return {
        "body": body,
        "form": form,
        "successor": successor,
        "passing": passing,
        "seen": seen,
        "changed": "seen" in request.POST,
        "people": Membership.objects.current().for_list().within(body),
        "posts": body.posts.existing().count(),
        "parts": body.parts.existing().count(),
        "has_officer": successor and successor.members_as(Role.RESPONSIBLE_OFFICER, Role.APPROVER).exists(),
        "has_approver": successor
        and (successor.publishes_without_approver or successor.members_as(Role.APPROVER).exists()),
    }


def _done(body: Body, successor: Body | None, passed: int) -> str:
    if successor is None:
        return f"{body.name} was recorded as abolished."
    work = "1 open recommendation" if passed == 1 else f"{passed} open recommendations"
    return f"{body.name} was recorded as abolished. {work} passed to {successor.name}."


@page(Right.ADMINISTER)
@require_safe
def installation_health(request: SignedInRequest) -> HttpResponse:
    """Whether this installation is well."""
    findings = installation.findings()
    return render(
        request,
        "administration/health.html",
        {"findings": findings, "problems": [finding for finding in findings if not finding.fine]},
    )
