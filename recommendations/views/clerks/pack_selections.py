"""Choose the recommendations of a pack, and put them in order."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import packs as actions
from recommendations.filters import RecommendationFilter
from recommendations.models import Pack
from recommendations.packs.selection import reordered, ticked
from recommendations.permissions import Right
from recommendations.views.clerks.packs import pack_or_404
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import parse_pk, perform_button, posted_version
from recommendations.views.lists import Listing, listing

SELECTION_CHANGED = "Somebody changed this pack meanwhile. This is how it is now: choose again"


@page(Right.MAKE_PACKS, methods="GET POST")
def choose_recommendations(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = pack_or_404(request, pk)
    rows = actions.choosable(request.user, pack.edition).for_list()
    found = listing(request, RecommendationFilter, rows, size=50)
    if request.method == "POST" and _save_choice(request, pack, _chosen(request, pack, found)):
        is_last = request.POST.get("do") == "done"
        return redirect(reverse("pack", args=[pk]) if is_last else request.get_full_path())
    context = {
        "pack": pack,
        "page": found.page,
        "filter": found.filters,
        "heading": "Choose recommendations",
        "noun": "recommendation",
        "filtered": bool(found.filters.chips),
    }
    return render(request, "clerks/pack_selection.html", context)


def _chosen(request: SignedInRequest, pack: Pack, found: Listing) -> list[int]:
    """Return the ids that the pack has after the button that was pressed: all of the list, none of it, or the ticks."""
    if request.POST.get("do") not in ("all", "none"):
        return ticked(pack.selection, _posted_pks(request, "shown"), _posted_pks(request, "pick"))
    matching = list(found.queryset.values_list("pk", flat=True))
    ticks = [*pack.selection, *matching] if request.POST["do"] == "all" else []
    return ticked(pack.selection, matching, ticks)


def _save_choice(request: SignedInRequest, pack: Pack, selection: list[int]) -> bool:
    """Save the choice and say what that changed. Return whether it was saved."""
    return perform_button(
        request,
        actions.edit_pack,
        done=_changes(set(pack.selection), set(selection)),
        changed=SELECTION_CHANGED,
        pack=pack,
        version=posted_version(request),
        selection=selection,
    ).done


def _changes(before: set[int], after: set[int]) -> str:
    added, gone = len(after - before), len(before - after)
    if not added and not gone:
        return "Your choice is saved. Nothing changed"
    parts = [f"{added} added"] * bool(added) + [f"{gone} taken away"] * bool(gone)
    return f"Your choice is saved: {', '.join(parts)}"


@page(Right.MAKE_PACKS, methods="GET POST")
def order_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Number the recommendations, move one by an arrow, leave some out."""
    pack, typed = pack_or_404(request, pk), dict[int, str]()
    if request.method == "POST":
        typed = {one: request.POST.get(f"place-{one}", "") for one in pack.selection}
        result = perform_button(
            request,
            _reorder,
            changed=SELECTION_CHANGED,
            pack=pack,
            version=posted_version(request),
            places=typed,
            left_out=_posted_pks(request, "leave"),
            arrow=_pressed_arrow(request),
        )
        if result.done:
            return redirect("order_pack" if request.POST.get("do", "").startswith("move") else "pack", pk=pk)
        # As somebody else left it meanwhile; what was typed fits only a pack that nobody changed.
        pack, typed = pack_or_404(request, pk), typed if result.denied else {}
    chosen = actions.chosen(pack, by=request.user)
    context = {
        "pack": pack,
        "chosen": chosen,
        "unseen": actions.unseen_count(pack, by=request.user),
        "typed": typed,
        "back": reverse("pack", args=[pk]),
    }
    return render(request, "clerks/pack_order.html", context)


def _reorder(*, by: User, pack: Pack, version: int, **order: Any) -> Pack:
    selection = reordered(actions.chosen(pack, by=by), **order)
    return actions.edit_pack(by=by, pack=pack, version=version, selection=selection)


def _pressed_arrow(request: SignedInRequest) -> tuple[int, int] | None:
    """Return the id of the recommendation whose arrow was pressed, with -1 for up or 1 for down."""
    pressed = request.POST.get("do", "").split("-")
    pk = parse_pk(pressed[2]) if len(pressed) == 3 else None
    return None if pk is None else (pk, -1 if pressed[1] == "up" else 1)


def _posted_pks(request: SignedInRequest, name: str) -> list[int]:
    return [pk for pk in map(parse_pk, request.POST.getlist(name)) if pk is not None]
