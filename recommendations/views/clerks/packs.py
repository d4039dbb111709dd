"""Compose a briefing pack for a meeting, and edit what it says of itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from recommendations.actions import packs as actions
from recommendations.forms.packs import PackForm
from recommendations.lifecycle import PackStart
from recommendations.models import Meeting, Pack
from recommendations.packs.outline import expected
from recommendations.packs.selection import compose_from_start, starting_or_reason, starts
from recommendations.packs.tasks import request_build
from recommendations.permissions import Right
from recommendations.views.clerks.meetings import meeting_or_404
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    perform,
    perform_button,
    redirect_with_message,
    render_form,
)

PACK_CHANGED = "Somebody changed this pack meanwhile. Look at it, then choose again"


def pack_or_404(request: SignedInRequest, pk: int) -> Pack:
    """Return a pack that the person may make. Raise Http404 for one that they may not see, and PermissionDenied where
    they may not make packs there, or not exempt ones."""
    rows = Pack.objects.visible_to(request.user).select_related("meeting__body", "replaces")
    pack = get_object_or_404(rows.defer("content"), pk=pk)
    actions.require_edition(request.user, pack.edition, pack)
    return pack


@page(Right.MAKE_PACKS, methods="GET POST")
def compose_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk, Right.MAKE_PACKS)
    asked = request.POST.get("start") or request.GET.get("start", "")
    offered = dict(starts(meeting, by=request.user, asked=asked))
    form = PackForm(
        bound_data(request),
        by=request.user,
        meeting=meeting,
        start=asked if asked in offered else PackStart.OPEN,
        initial={"edition": request.GET.get("edition", "")},
    )
    result = perform(request, form, compose_from_start, details=form.details, meeting=meeting)
    if result.done:
        return _redirect_after_composing(request, result.result)
    return render_form(
        request,
        form,
        result,
        template="clerks/pack_compose.html",
        heading="Compose a pack",
        caption=meeting,
        starts=offered.items(),
        start=form["start"].value(),
        outline_address=reverse("new_pack_outline", args=[pk]),
        wide=True,
        back=reverse("meeting", args=[pk]),
        **_proposed(request, meeting, form),
    )


def _redirect_after_composing(request: SignedInRequest, pack: Pack) -> HttpResponse:
    """Lead on to the choice where nothing is chosen, else to the making of the pack where that was asked for."""
    if not pack.selection:
        return redirect("choose_recommendations", pk=pack.pk)
    if request.POST.get("do") == "make" and perform_button(request, request_build, pack=pack).done:
        return redirect("pack_progress", pk=pack.pk)
    return redirect("pack", pk=pack.pk)


def _proposed(request: SignedInRequest, meeting: Meeting, form: PackForm) -> dict[str, Any]:
    """Return, by template variable, how many recommendations a new pack starts with, the pages to expect of it, and
    why its start can't be used (`amiss`), empty where it can."""
    pack, start = form.preview(meeting), form["start"].value() or ""
    pack.selection, amiss = starting_or_reason(meeting, start, by=request.user, edition=pack.edition)
    return {"amiss": amiss, "chosen": len(pack.selection), "outline": expected(pack, by=request.user)}


@page(Right.MAKE_PACKS, methods="GET POST")
def edit_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = pack_or_404(request, pk)
    form = PackForm(bound_data(request), by=request.user, meeting=pack.meeting, pack=pack)
    result = perform(request, form, actions.edit_pack, details=form.details, pack=pack)
    if result.done:
        route = "pack" if result.result.selection else "choose_recommendations"
        return redirect_with_message(request, "The pack is saved", route, pk)
    return render_form(
        request,
        form,
        result,
        template="clerks/pack_edit.html",
        heading="Edit the pack",
        caption=pack.meeting,
        outline=expected(pack, by=request.user, sections=form["sections"].value() or []),
        outline_address=reverse("pack_outline", args=[pk]),
        wide=True,
        back=reverse("pack", args=[pk]),
    )
