"""Preview a pack, release it, make a new version, or discard it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from committee import clock
from committee.formatting import plural
from recommendations.actions import packs as actions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.forms.meetings import VersionForm
from recommendations.lifecycle import PackState
from recommendations.packs.content import NothingToShow, build_content
from recommendations.packs.html import screen_html
from recommendations.permissions import Right
from recommendations.views.clerks.pack_builds import carry_out_button
from recommendations.views.clerks.packs import own_pack
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import posted_version
from recommendations.views.public.packs import allow_inline_style, log_pack_read, privately_cached

# ------------------------------------------------------------------ how it is made


@page(Right.MAKE_PACKS, methods="GET")
def preview_pack(request: SignedInRequest, pk: int) -> HttpResponseBase:
    row = own_pack(request, pk)
    try:
        content = build_content(row, by=request.user, moment=clock.now().replace(microsecond=0))
    except NothingToShow as problem:
        messages.warning(request, str(problem))
        return redirect("choose_recommendations", pk=pk)
    log_pack_read(request, row)
    html = screen_html(
        content,
        preview=True,
        back=reverse("pack", args=[pk]),
        back_words="Back to putting the pack together",
    )
    return privately_cached(allow_inline_style(HttpResponse(html)), row)


@page(Right.MAKE_PACKS, methods="GET POST")
def release_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first, for it can't be taken back; then release."""
    row = own_pack(request, pk)
    if request.method == "POST":
        return carry_out_button(
            request, pk, "The pack is released", actions.release_pack, version=posted_version(request)
        )
    if row.state != PackState.READY or row.released_at is not None:
        return redirect("pack", pk=pk)
    name = f"{row.title}, {row.issue_words}" if row.issue_words else row.title
    if row.is_exempt:
        heading = "Release this pack to those entitled to it?"
        reach = (
            f"Councillors and officers of {row.meeting.body.name} with the right to exempt information can read"
            " all of it. Nobody else learns that it exists."
        )
    else:
        heading, reach = "Release this pack to the public?", "Anybody can read it in the pack library."
        places = row.content["edition"]["withheld"]
        if places:
            where = plural(places, "place")
            reach += f" Exempt information is withheld in {where}, where a summary stands."
    context = {
        "form": VersionForm(version=row.version),
        "heading": heading,
        "caption": f"{name}: {row.meeting}, {row.get_edition_display()}",
        "warning": f"{reach} A release can’t be taken back.",
        "button": "Release it",
        "unsaved": False,
        "back": reverse("pack", args=[pk]),
    }
    return render(request, "_layouts/confirm.html", context)


@page(Right.MAKE_PACKS, methods="POST")
def new_pack_version(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_pack(request, pk)
    try:
        supplement = request.POST.get("kind") == "supplement"
        made = actions.new_version(by=request.user, pack=row, supplement=supplement)
        return redirect("edit_pack", pk=made.pk)
    except ActionDenied as problem:
        messages.error(request, problem.message)
        return redirect("pack", pk=pk)


@page(Right.MAKE_PACKS, methods="POST")
def discard_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_pack(request, pk)
    try:
        actions.discard_pack(by=request.user, pack=row, version=posted_version(request))
        messages.success(request, "The draft is thrown away")
        return redirect("meeting", pk=row.meeting_id)
    except EditConflict:
        messages.warning(request, "Somebody changed this pack meanwhile. Look at it before you throw it away")
    except ActionDenied as problem:
        messages.error(request, problem.message)
    return redirect("pack", pk=pk)
