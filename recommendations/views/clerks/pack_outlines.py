"""The outline of a pack: the pages to expect while it is put together, as a fragment of its page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from recommendations.actions.base import ActionDenied
from recommendations.forms.packs import PackForm
from recommendations.lifecycle import PackStart
from recommendations.packs.outline import Outline, expected
from recommendations.packs.selection import starting
from recommendations.permissions import Right
from recommendations.views.clerks.meetings import own_meeting
from recommendations.views.clerks.packs import own_pack
from recommendations.views.decorators import SignedInRequest, page


@page(Right.MAKE_PACKS, methods="GET")
def pack_outline(request: SignedInRequest, pk: int) -> HttpResponse:
    """The pages to expect of a pack with the sections that the address names."""
    pack = own_pack(request, pk)
    if request.headers.get("X-Fragment") != "1":
        return redirect("pack", pk=pk)
    return _fragment(request, expected(pack, by=request.user, sections=request.GET.getlist("sections")))


@page(Right.MAKE_PACKS, methods="GET")
def new_pack_outline(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for a pack that is not saved yet, with the start and the edition that the address names."""
    meeting = own_meeting(request, pk, Right.MAKE_PACKS)
    if request.headers.get("X-Fragment") != "1":
        return redirect("compose_pack", pk=pk)
    start = request.GET.get("start", PackStart.OPEN)
    asked = {"edition": request.GET.get("edition", ""), "sections": request.GET.getlist("sections")}
    pack = PackForm(by=request.user, meeting=meeting, start=start, initial=asked).preview(meeting)
    try:
        pack.selection = starting(meeting, start, by=request.user, edition=pack.edition)
    except ActionDenied:
        return _fragment(request, None)
    return _fragment(request, expected(pack, by=request.user, sections=request.GET.getlist("sections")))


def _fragment(request: SignedInRequest, outline: Outline | None) -> HttpResponse:
    return render(request, "clerks/_outline.html", {"outline": outline})
