"""Make a pack, watch it being made, and stop it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from committee import health
from recommendations.actions import packs as actions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import PackState
from recommendations.models import Pack
from recommendations.packs.tasks import request_build
from recommendations.permissions import Right
from recommendations.views.clerks.packs import own_pack
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import posted_version


@page(Right.MAKE_PACKS, methods="POST")
def build_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_pack(request, pk)
    try:
        request_build(by=request.user, pack=row, version=posted_version(request))
        return redirect("pack_progress", pk=pk)
    except EditConflict:
        messages.warning(request, "Somebody changed this pack meanwhile. Look at it, then make it")
    except ActionDenied as problem:
        messages.error(request, problem.message)
        if problem.field:
            return redirect("choose_recommendations" if problem.field == "selection" else "edit_pack", pk=pk)
    return redirect("pack", pk=pk)


@page(Right.MAKE_PACKS, methods="GET")
def pack_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_pack(request, pk)
    waiting = row.state in (PackState.QUEUED, PackState.RENDERING)
    unattended = row.state == PackState.QUEUED and health.worker() != health.WORKER_SEEN
    context = {"pack": row, "waiting": waiting, "unattended": unattended}
    if request.headers.get("X-Fragment") == "1":
        response = render(request, "clerks/_progress.html", context)
        response["X-Waiting"] = "1" if waiting else "0"
        return response
    if not waiting:
        return redirect("pack", pk=pk)
    return render(request, "clerks/progress.html", context)


def carry_out_button(
    request: SignedInRequest, pk: int, done: str, action: Any, **values: Any
) -> HttpResponse:
    """Do what a button asks, say so, and show the pack."""
    row = own_pack(request, pk)
    try:
        outcome = action(by=request.user, pack=row, **values)
        messages.success(request, done)
        return redirect("pack", pk=outcome.pk if isinstance(outcome, Pack) else pk)
    except EditConflict:
        messages.warning(request, "Somebody changed this pack meanwhile. Look at it, then choose again")
    except ActionDenied as problem:
        messages.error(request, problem.message)
    return redirect("pack", pk=pk)


@page(Right.MAKE_PACKS, methods="POST")
def cancel_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    return carry_out_button(request, pk, "The pack is stopped, and a draft again", actions.cancel_pack)
