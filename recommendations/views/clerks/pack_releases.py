"""Preview a pack, release it, make a new version, or discard it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from committee.formatting import plural, time_of_day
from recommendations.actions import packs as actions
from recommendations.forms.meetings import VersionForm
from recommendations.lifecycle import PackState
from recommendations.models import Pack
from recommendations.notifications.recipients import grace_words
from recommendations.packs.content import NOTHING_TO_SHOW
from recommendations.packs.html import preview_html
from recommendations.packs.tasks import request_replacement
from recommendations.permissions import Right
from recommendations.views.clerks.packs import PACK_CHANGED, pack_or_404
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform_button, posted_version, render_form, with_link
from recommendations.views.public.packs import allow_inline_style, log_pack_read, privately_cached


@page(Right.MAKE_PACKS, methods="GET")
def preview_pack(request: SignedInRequest, pk: int) -> HttpResponseBase:
    pack = pack_or_404(request, pk)
    html = preview_html(pack, by=request.user, back=reverse("pack", args=[pk]))
    if html is None:
        messages.warning(request, NOTHING_TO_SHOW)
        return redirect("choose_recommendations", pk=pk)
    log_pack_read(request, pack)
    return privately_cached(allow_inline_style(HttpResponse(html)), pack)


@page(Right.MAKE_PACKS, methods="GET POST")
def release_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first, because what is released stays; then release."""
    pack = pack_or_404(request, pk)
    if request.method == "POST":
        perform_button(
            request,
            actions.ask_release,
            done=_released,
            changed=PACK_CHANGED,
            pack=pack,
            version=posted_version(request),
        )
        return redirect("pack", pk=pk)
    released = pack.released_at is not None or pack.is_being_released
    if pack.state != PackState.READY or released or pack.withholding_id is not None:
        return redirect("pack", pk=pk)
    heading, readers = _who_will_read(pack)
    name = f"{pack.title}, {pack.issue_words}" if pack.issue_words else pack.title
    return render_form(
        request,
        VersionForm(version=pack.version),
        template="_layouts/confirm.html",
        heading=heading,
        caption=f"{name}: {pack.meeting}, {pack.get_edition_display()}",
        warning=f"{readers} {_until_when()} Nobody is told by e-mail.",
        button="Release it",
        unsaved=False,
        back=reverse("pack", args=[pk]),
    )


def _released(pack: Pack) -> str:
    """Return the message for who pressed the release."""
    if pack.released_at is not None or pack.released_from is None:
        return "The pack is released"
    words = f"The pack is released in {grace_words()}, at {time_of_day(pack.released_from)}."
    return with_link(words, "Take that back", reverse("take_back_release", args=[pack.pk]))


def _until_when() -> str:
    """Return until when a release can be taken back, in a sentence."""
    if not settings.GRACE_SECONDS:
        return "A release can’t be taken back."
    return f"You can take that back within {grace_words()}, before it is out; afterwards it stays."


@page(Right.MAKE_PACKS, methods="GET POST")
def take_back_release(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then take back a release that nobody could read yet."""
    pack = pack_or_404(request, pk)
    if request.method == "POST":
        perform_button(
            request,
            actions.take_back_release,
            done="The release is taken back. Nobody could read the pack",
            pack=pack,
        )
        return redirect("pack", pk=pk)
    if not pack.is_being_released:
        return redirect("pack", pk=pk)
    return render_form(
        request,
        VersionForm(version=pack.version),
        template="_layouts/confirm.html",
        heading="Do you want to take the release back?",
        caption=f"{pack.title}: {pack.meeting}, {pack.get_edition_display()}",
        warning="The pack is not out yet, and stays as it is: ready, and not released.",
        button="Take the release back",
        unsaved=False,
        back=reverse("pack", args=[pk]),
    )


def _who_will_read(pack: Pack) -> tuple[str, str]:
    """Return the question before a release, and the sentence that says who can read the pack after it."""
    if pack.is_exempt:
        return "Release this pack to those entitled to it?", (
            f"Councillors and officers of {pack.meeting.body.name} with the right to exempt information can read"
            " all of it. Nobody else learns that it exists."
        )
    readers = "Anybody can read it in the pack library."
    withheld = pack.content["edition"]["withheld"]
    if withheld:
        readers += f" Exempt information is withheld in {plural(withheld, 'place')}, where a summary stands."
    return "Release this pack to the public?", readers


@page(Right.MAKE_PACKS, methods="POST")
def new_pack_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the draft of a new version, or of a supplement, and open it."""
    pack = pack_or_404(request, pk)
    result = perform_button(
        request, actions.new_version, pack=pack, supplement=request.POST.get("kind") == "supplement"
    )
    return redirect("edit_pack", pk=result.result.pk) if result.done else redirect("pack", pk=pk)


@page(Right.MAKE_PACKS, methods="POST")
def replace_withheld_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make at once what takes the place of a pack of which words were withheld, and watch it being made."""
    result = perform_button(request, request_replacement, pack=pack_or_404(request, pk))
    return redirect("pack_progress", pk=result.result.pk) if result.done else redirect("pack", pk=pk)


@page(Right.MAKE_PACKS, methods="POST")
def discard_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = pack_or_404(request, pk)
    result = perform_button(
        request,
        actions.discard_pack,
        done="The draft is thrown away",
        changed="Somebody changed this pack meanwhile. Look at it before you throw it away",
        pack=pack,
        version=posted_version(request),
    )
    return redirect("meeting", pk=pack.meeting_id) if result.done else redirect("pack", pk=pk)
