"""The outline of a pack: the pages to expect while it is put together, as a fragment of its page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from recommendations.forms.packs import PackForm
from recommendations.lifecycle import PackStart
from recommendations.models import Pack
from recommendations.packs.outline import expected
from recommendations.packs.selection import starting_or_reason
from recommendations.permissions import Right
from recommendations.views.clerks.meetings import meeting_or_404
from recommendations.views.clerks.packs import pack_or_404
from recommendations.views.decorators import SignedInRequest, page


@page(Right.MAKE_PACKS, methods="GET")
def pack_outline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the pages to expect of a pack with the sections that the address names."""
    pack = pack_or_404(request, pk)
    if request.headers.get("X-Fragment") != "1":
        return redirect("pack", pk=pk)
    return _fragment(request, pack)


@page(Right.MAKE_PACKS, methods="GET")
def new_pack_outline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the same for a pack that is not saved yet, with the start and the edition that the address names."""
    meeting = meeting_or_404(request, pk, Right.MAKE_PACKS)
    if request.headers.get("X-Fragment") != "1":
        return redirect("compose_pack", pk=pk)
    start = request.GET.get("start", PackStart.OPEN)
    asked = {"edition": request.GET.get("edition", ""), "sections": request.GET.getlist("sections")}
    pack = PackForm(by=request.user, meeting=meeting, start=start, initial=asked).preview(meeting)
    # A start that can't be used chooses nothing, and there are no pages to expect.
    pack.selection, _ = starting_or_reason(meeting, start, by=request.user, edition=pack.edition)
    return _fragment(request, pack)


def _fragment(request: SignedInRequest, pack: Pack) -> HttpResponse:
    outline = expected(pack, by=request.user, sections=request.GET.getlist("sections"))
    return render(request, "clerks/_pack_outline.html", {"outline": outline})
