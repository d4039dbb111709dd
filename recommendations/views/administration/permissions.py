"""Who may do what, as one table."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from recommendations.lifecycle import Role
from recommendations.models import Membership
from recommendations.permissions import GROUPS, RIGHTS, Right
from recommendations.views.decorators import SignedInRequest, page


@page(methods="GET")
def permissions(request: SignedInRequest) -> HttpResponse:
    """Show who may do what, from the very table that the software asks. Everybody who signs in may read it."""
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
