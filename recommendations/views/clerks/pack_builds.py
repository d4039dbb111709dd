"""Make a pack, watch it being made, and stop it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from committee import health
from recommendations.actions import packs as actions
from recommendations.lifecycle import PackState
from recommendations.packs.tasks import request_build
from recommendations.permissions import Right
from recommendations.views.clerks.packs import pack_or_404
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform_button, posted_version


@page(Right.MAKE_PACKS, methods="POST")
def build_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the pack into the queue; where something is missing, lead on to the page where it is entered."""
    pack = pack_or_404(request, pk)
    result = perform_button(
        request,
        request_build,
        changed="Somebody changed this pack meanwhile. Look at it, then make it",
        pack=pack,
        version=posted_version(request),
    )
    if result.done:
        return redirect("pack_progress", pk=pk)
    missing = result.denied.field if result.denied else None
    if missing:
        return redirect("choose_recommendations" if missing == "selection" else "edit_pack", pk=pk)
    return redirect("pack", pk=pk)


@page(Right.MAKE_PACKS, methods="GET")
def pack_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far the making is, also as the fragment that the page fetches."""
    pack = pack_or_404(request, pk)
    waiting = pack.state in (PackState.QUEUED, PackState.RENDERING)
    unattended = pack.state == PackState.QUEUED and health.worker() != health.WORKER_SEEN
    context = {"pack": pack, "waiting": waiting, "unattended": unattended}
    if request.headers.get("X-Fragment") == "1":
        response = render(request, "clerks/_pack_build.html", context)
        response["X-Waiting"] = "1" if waiting else "0"
        return response
    if not waiting:
        return redirect("pack", pk=pk)
    return render(request, "clerks/pack_build.html", context)


@page(Right.MAKE_PACKS, methods="POST")
def cancel_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = pack_or_404(request, pk)
    perform_button(request, actions.cancel_pack, done="The pack is stopped, and a draft again", pack=pack)
    return redirect("pack", pk=pk)
