"""Packs: the library, one pack and its files, and how it is made."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committee import clock, health
from committee.accounts.models import User
from committee.formatting import plural
from recommendations.actions import packs as actions
from recommendations.actions.base import NotPossible, StaleEdit
from recommendations.actions.exempt import note_sight
from recommendations.forms.meetings import PackFilter, VersionForm
from recommendations.lifecycle import Implication, PackSection, PackState
from recommendations.models import Pack
from recommendations.packs.content import NothingToShow, build_content, entries
from recommendations.packs.html import screen_html, style_source
from recommendations.packs.outline import expected
from recommendations.packs.tasks import request_build
from recommendations.packs.word import CONTENT_TYPE as WORD
from recommendations.packs.zip_bundle import bundle, csv_bytes, json_bytes
from recommendations.permissions import Right, may, sees_exempt
from recommendations.views.clerks import own_pack, posted_version
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.lists import listing

HEAD_OF_PAGE = '<header class="'
"""Where the kept page of a pack begins to speak of the pack."""


def visible_pack(request: HttpRequest, pk: int, *, ready: bool = False) -> Pack:
    """A pack this person may see; 404 for any other, and where it must be ready for one that is not."""
    pack = get_object_or_404(Pack.objects.visible_to(request.user).for_page(), pk=pk)
    if ready and pack.state != PackState.READY:
        raise Http404("This pack is not ready")
    return pack


def _seen(request: HttpRequest, pack: Pack) -> None:
    """Put a sight of an exempt pack on the record."""
    if pack.is_exempt and isinstance(request.user, User):
        note_sight(by=request.user, thing=pack)


def _privately(response: HttpResponseBase, pack: Pack) -> HttpResponseBase:
    """A released public pack may be kept by anybody's cache: it never changes. All else is for one person."""
    public = settings.PUBLIC_SITE and not pack.is_exempt and pack.released_at is not None
    response["Cache-Control"] = "public, max-age=86400, immutable" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if not public:
        response["X-Robots-Tag"] = "noindex"
    return response


# ------------------------------------------------------------------ /packs/


@page(public=True)
@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    found = listing(request, PackFilter, Pack.objects.visible_to(request.user).for_library())
    context = {
        "heading": "Packs",
        "page": found.page,
        "filter": found.filters,
        "noun": "pack",
        "filtered": found.is_filtered,
        "signed_in": request.user.is_authenticated,
        "meetings": reverse("meetings") if may(request.user, Right.MAKE_PACKS) else "",
    }
    return render(request, "packs/library.html", context)


@page(public=True)
@require_safe
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_pack(request, pk)
    makes = may(request.user, Right.MAKE_PACKS, row)
    if row.state != PackState.READY and not makes:
        raise Http404("This pack is not ready")
    draft = makes and row.state in (PackState.DRAFT, PackState.FAILED)
    by = request.user if isinstance(request.user, User) else None
    seen = Pack.objects.visible_to(request.user)
    chosen = actions.chosen(row, by=by) if draft and by else []
    followers = list(row.replaced_by.visible_to(request.user).for_list())
    context = {
        "pack": row,
        "makes": makes,
        "sections": [section for section in PackSection if section.value in row.sections],
        "implications": [(kind.label, row.implications.get(kind.value)) for kind in Implication],
        "decisions": entries(row.decisions),
        "appendices": row.appendices.splitlines(),
        "chosen": chosen,
        "unseen": len(row.selection) - len(chosen) if draft else 0,
        "outline": expected(row, by=by) if draft and by else None,
        "sizes": _sizes(row),
        "other_edition": _may_have_exempt_twin(request, row),
        "earlier_is_seen": row.replaces_id is not None and seen.filter(pk=row.replaces_id).exists(),
        "followers": followers,
        "closed": row.supplement or any(not later.supplement for later in followers),
        "back": reverse("meeting", args=[row.meeting_id]) if makes else reverse("packs"),
    }
    return render(request, "clerks/pack.html", context)


def _may_have_exempt_twin(request: HttpRequest, pack: Pack) -> bool:
    """Whether the exempt edition can be composed from this one, which is a public one."""
    by = request.user
    if not isinstance(by, User) or pack.is_exempt or pack.supplement or pack.state != PackState.READY:
        return False
    return sees_exempt(by, pack) and may(by, Right.MAKE_PACKS, pack)


def _sizes(pack: Pack) -> dict[str, int | None]:
    """How long the kept files are, in bytes; None where there is none or its place doesn't tell."""
    found: dict[str, int | None] = {}
    for name in ("pdf", "html", "word"):
        file = getattr(pack, name)
        try:
            found[name] = file.size if file else None
        except OSError:
            found[name] = None
    return found


@page(public=True)
@require_safe
def pack_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = visible_pack(request, pk, ready=True)
    _seen(request, row)
    try:
        body = row.pdf.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The file of this pack is not where it should be") from missing
    response = FileResponse(
        body,
        content_type="application/pdf",
        filename=f"{row.file_name}.pdf",
        as_attachment="download" in request.GET,
    )
    return _privately(response, row)


@page(public=True)
@require_safe
def pack_html(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = visible_pack(request, pk, ready=True)
    _seen(request, row)
    try:
        with row.html.open("rb") as kept:
            body = kept.read().decode()
    except FileNotFoundError as missing:
        raise Http404("The file of this pack is not where it should be") from missing
    response = _privately(_own_style(HttpResponse(_told(request, row, body))), row)
    if "immutable" in response["Cache-Control"]:  # the file never changes; what follows it does
        response["Cache-Control"] = "public, max-age=300"
    return response


def _told(request: HttpRequest, pack: Pack, body: str) -> str:
    """The kept page, with word above it of released packs that take its place or go with it. The file itself, in the
    ZIP too, stays as it was frozen."""
    followers = pack.replaced_by.visible_to(request.user).released().for_list()
    notices = [
        format_html(
            '<section class="later" aria-label="{}"><b>{}</b> <a href="{}">{}</a> {}.</section>\n',
            "A supplement" if later.supplement else "A later version",
            "There is a supplement." if later.supplement else "There is a later version.",
            reverse("pack", args=[later.pk]),
            later.issue_words.capitalize(),
            "goes with this pack" if later.supplement else "takes the place of this pack",
        )
        for later in followers
    ]
    place = body.find(HEAD_OF_PAGE)
    return body if place < 0 else body[:place] + "".join(notices) + body[place:]


def _own_style(response: HttpResponse) -> HttpResponse:
    """Let the page's own style through the content security policy, by its hash."""
    response._csp_update = {"style-src": [style_source(response.content.decode())]}  # type: ignore[attr-defined]  # read by django-csp
    return response


@page(public=True)
@require_safe
def pack_json(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = visible_pack(request, pk, ready=True)
    _seen(request, row)
    response = HttpResponse(json_bytes(row.content, row.content_hash), content_type="application/json")
    return _privately(_named(response, f"{row.file_name}.json"), row)


@page(public=True)
@require_safe
def pack_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = visible_pack(request, pk, ready=True)
    _seen(request, row)
    response = HttpResponse(csv_bytes(row.content), content_type="text/csv; charset=utf-8")
    return _privately(_named(response, f"{row.file_name}.csv"), row)


@page(public=True)
@require_safe
def pack_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = visible_pack(request, pk, ready=True)
    if not row.word:
        raise Http404("This pack was made before packs had a Word document")
    _seen(request, row)
    try:
        body = row.word.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The file of this pack is not where it should be") from missing
    response = FileResponse(body, content_type=WORD, filename=f"{row.file_name}.docx", as_attachment=True)
    return _privately(response, row)


@page(public=True)
@require_safe
def pack_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All files of the pack, with a manifest of their hashes."""
    row = visible_pack(request, pk, ready=True)
    _seen(request, row)
    try:
        body = bundle(row)
    except FileNotFoundError as missing:
        raise Http404("A file of this pack is not where it should be") from missing
    response = HttpResponse(body, content_type="application/zip")
    return _privately(_named(response, f"{row.file_name}.zip"), row)


def _named(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


# ------------------------------------------------------------------ how it is made


@page(Right.MAKE_PACKS)
@require_safe
def preview_pack(request: SignedInRequest, pk: int) -> HttpResponseBase:
    row = own_pack(request, pk)
    try:
        content = build_content(row, by=request.user, moment=clock.now().replace(microsecond=0))
    except NothingToShow as problem:
        messages.warning(request, str(problem))
        return redirect("choose_recommendations", pk=pk)
    _seen(request, row)
    html = screen_html(
        content,
        preview=True,
        back=reverse("pack", args=[pk]),
        back_words="Back to putting the pack together",
    )
    return _privately(_own_style(HttpResponse(html)), row)


@page(Right.MAKE_PACKS)
@require_POST
def build_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_pack(request, pk)
    try:
        request_build(by=request.user, pack=row, version=posted_version(request))
        return redirect("pack_progress", pk=pk)
    except StaleEdit:
        messages.warning(request, "Somebody changed this pack meanwhile. Look at it, then make it")
    except NotPossible as problem:
        messages.error(request, problem.message)
        if problem.field:
            return redirect("choose_recommendations" if problem.field == "selection" else "edit_pack", pk=pk)
    return redirect("pack", pk=pk)


@page(Right.MAKE_PACKS)
@require_safe
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


def _press(request: SignedInRequest, pk: int, done: str, action: Any, **values: Any) -> HttpResponse:
    """Do what a button asks, say so, and show the pack."""
    row = own_pack(request, pk)
    try:
        outcome = action(by=request.user, pack=row, **values)
        messages.success(request, done)
        return redirect("pack", pk=outcome.pk if isinstance(outcome, Pack) else pk)
    except StaleEdit:
        messages.warning(request, "Somebody changed this pack meanwhile. Look at it, then choose again")
    except NotPossible as problem:
        messages.error(request, problem.message)
    return redirect("pack", pk=pk)


@page(Right.MAKE_PACKS)
@require_POST
def cancel_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    return _press(request, pk, "The pack is stopped, and a draft again", actions.cancel_pack)


@page(Right.MAKE_PACKS)
@require_http_methods(["GET", "HEAD", "POST"])
def release_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first, for it can't be taken back; then release."""
    row = own_pack(request, pk)
    if request.method == "POST":
        return _press(
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


@page(Right.MAKE_PACKS)
@require_POST
def new_pack_version(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_pack(request, pk)
    try:
        supplement = request.POST.get("kind") == "supplement"
        made = actions.new_version(by=request.user, pack=row, supplement=supplement)
        return redirect("edit_pack", pk=made.pk)
    except NotPossible as problem:
        messages.error(request, problem.message)
        return redirect("pack", pk=pk)


@page(Right.MAKE_PACKS)
@require_POST
def discard_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_pack(request, pk)
    try:
        actions.discard_pack(by=request.user, pack=row, version=posted_version(request))
        messages.success(request, "The draft is thrown away")
        return redirect("meeting", pk=row.meeting_id)
    except StaleEdit:
        messages.warning(request, "Somebody changed this pack meanwhile. Look at it before you throw it away")
    except NotPossible as problem:
        messages.error(request, problem.message)
    return redirect("pack", pk=pk)
