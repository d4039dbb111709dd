"""Compose a briefing pack: its details, its recommendations and their order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from recommendations.actions import packs as pack_actions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.filters import RecommendationFilter
from recommendations.forms.packs import PackForm
from recommendations.lifecycle import Edition, PackStart
from recommendations.models import Meeting, Pack
from recommendations.packs.outline import expected
from recommendations.packs.selection import moved, ordered, starting, starts, ticked
from recommendations.packs.tasks import request_build
from recommendations.permissions import Right
from recommendations.views.clerks.meetings import own_meeting, take
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    parse_pk,
    perform,
    posted_version,
    redirect_with_message,
    render_form,
)
from recommendations.views.lists import listing


def own_pack(request: SignedInRequest, pk: int) -> Pack:
    """A pack that this person may make. 404 if they may not see it, 403 if they may not make it."""
    rows = Pack.objects.visible_to(request.user).select_related("meeting__body", "replaces")
    pack = get_object_or_404(rows.defer("content"), pk=pk)
    pack_actions.require_edition(request.user, pack.edition, pack)
    return pack


# ------------------------------------------------------------------ putting a pack together


@page(Right.MAKE_PACKS, methods="GET POST")
def compose_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_meeting(request, pk, Right.MAKE_PACKS)
    asked = request.POST.get("start") or request.GET.get("start", "")
    offered = dict(starts(row, by=request.user, asked=asked))
    form = PackForm(
        bound_data(request),
        by=request.user,
        meeting=row,
        start=asked if asked in offered else PackStart.OPEN,
        initial={"edition": request.GET.get("edition", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _compose(request, row, form)
            if request.POST.get("do") == "make" and made.selection:
                request_build(by=request.user, pack=made)
                return redirect("pack_progress", pk=made.pk)
            return redirect("pack" if made.selection else "choose_recommendations", pk=made.pk)
        except ActionDenied as problem:
            take(form, problem)
    context = {
        "form": form,
        "heading": "Compose a pack",
        "caption": row,
        "starts": offered.items(),
        "start": form["start"].value(),
        "outline_address": reverse("new_pack_outline", args=[pk]),
        "wide": True,
        "back": reverse("meeting", args=[pk]),
        **_outlook(request, row, form),
    }
    return render(request, "clerks/compose.html", context)


def _compose(request: SignedInRequest, meeting: Meeting, form: PackForm) -> Pack:
    details = form.details()
    edition = details.get("edition", Edition.PUBLIC)
    chosen = starting(meeting, form.cleaned_data["start"], by=request.user, edition=edition)
    return pack_actions.compose_pack(by=request.user, meeting=meeting, selection=chosen, **details)


def _outlook(request: SignedInRequest, meeting: Meeting, form: PackForm) -> dict[str, Any]:
    """What the page of a new pack says of its start: how many recommendations, the pages to expect, what is amiss."""
    pack = form.preview(meeting)
    try:
        start = form["start"].value() or ""
        pack.selection = starting(meeting, start, by=request.user, edition=pack.edition)
    except ActionDenied as problem:
        return {"amiss": problem.message, "chosen": 0}
    return {"outline": expected(pack, by=request.user), "chosen": len(pack.selection)}


@page(Right.MAKE_PACKS, methods="GET POST")
def edit_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = own_pack(request, pk)
    form = PackForm(bound_data(request), by=request.user, meeting=pack.meeting, pack=pack)
    result = perform(
        request,
        form,
        pack_actions.edit_pack,
        details=lambda: form.details() | {"version": form.cleaned_data["version"]},
        pack=pack,
    )
    if result.done:
        onward = "pack" if pack.selection else "choose_recommendations"
        return redirect_with_message(request, "The pack is saved", onward, pk)
    return render_form(
        request,
        form,
        result,
        template="clerks/edit_pack.html",
        heading="Edit the pack",
        caption=pack.meeting,
        outline=expected(pack, by=request.user, sections=form["sections"].value() or []),
        outline_address=reverse("pack_outline", args=[pk]),
        wide=True,
        back=reverse("pack", args=[pk]),
    )


@page(Right.MAKE_PACKS, methods="GET POST")
def choose_recommendations(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = own_pack(request, pk)
    rows = pack_actions.choosable(request.user, pack.edition).for_list()
    found = listing(request, RecommendationFilter, rows, size=50)
    if request.method == "POST":
        before = set(pack.selection)
        if request.POST.get("do") == "all":
            matching = list(found.queryset.values_list("pk", flat=True))
            selection = ticked(pack.selection, matching, [*pack.selection, *matching])
        elif request.POST.get("do") == "none":
            selection = ticked(pack.selection, found.queryset.values_list("pk", flat=True), [])
        else:
            selection = ticked(pack.selection, _ids(request, "shown"), _ids(request, "pick"))
        if _select(request, pack, selection):
            done = request.POST.get("do") == "done"
            messages.success(request, _changed(before, set(selection)))
            return redirect(reverse("pack", args=[pk]) if done else request.get_full_path())
    context = {"pack": pack, "page": found.page, "filter": found.filters, "heading": "Choose recommendations"}
    return render(
        request,
        "clerks/choose.html",
        {**context, "noun": "recommendation", "filtered": bool(found.filters.chips)},
    )


def _changed(before: set[int], after: set[int]) -> str:
    """What saving a choice did, in words."""
    added, gone = len(after - before), len(before - after)
    if not added and not gone:
        return "Your choice is saved. Nothing changed"
    parts = [f"{added} added"] * bool(added) + [f"{gone} taken away"] * bool(gone)
    return f"Your choice is saved: {', '.join(parts)}"


@page(Right.MAKE_PACKS, methods="GET POST")
def order_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = own_pack(request, pk)
    typed: dict[int, str] = {}
    if request.method == "POST":
        try:
            selection = _reordered(request, pack)
        except ActionDenied as problem:
            messages.error(request, problem.message)
            typed = {one: request.POST.get(f"place-{one}", "") for one in pack.selection}
            selection = None
        if selection is None or not _select(request, pack, selection):
            pack = own_pack(request, pk)
        elif request.POST.get("do", "").startswith("move"):
            return redirect("order_pack", pk=pk)
        else:
            return redirect("pack", pk=pk)
    chosen = pack_actions.chosen(pack, by=request.user)
    context = {
        "pack": pack,
        "chosen": chosen,
        "unseen": len(pack.selection) - len(chosen),
        "typed": typed,
        "back": reverse("pack", args=[pk]),
    }
    return render(request, "clerks/order.html", context)


def _reordered(request: SignedInRequest, pack: Pack) -> list[int]:
    """The choice after the numbers typed, the ticks to leave out, and the pressed arrow. Raises NotPossible where
    something else than a number was typed."""
    shown = pack_actions.chosen(pack, by=request.user)
    inquiry_of = {row.pk: row.inquiry_id for row in shown}
    places = {}
    for row in shown:
        typed = request.POST.get(f"place-{row.pk}", "").strip()
        if typed and not (typed.isdecimal() and len(typed) < 6):
            raise ActionDenied(
                f"Enter the place of {row.reference} as a number, such as 3. You typed “{typed[:20]}”"
            )
        if typed:
            places[row.pk] = int(typed)
    selection = ordered([row.pk for row in shown], places, _ids(request, "leave"))
    pressed = request.POST.get("do", "").split("-")
    number = parse_pk(pressed[2]) if len(pressed) == 3 else None
    if number is not None:
        selection = moved(selection, number, -1 if pressed[1] == "up" else 1, inquiry_of)
    return selection


def _ids(request: SignedInRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 16]


def _select(request: SignedInRequest, pack: Pack, selection: list[int]) -> bool:
    """Save a choice; or say why not."""
    try:
        pack_actions.edit_pack(
            by=request.user, pack=pack, version=posted_version(request), selection=selection
        )
        return True
    except EditConflict:
        messages.warning(request, "Somebody changed this pack meanwhile. This is how it is now: choose again")
    except ActionDenied as problem:
        messages.error(request, problem.message)
    return False
