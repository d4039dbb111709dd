"""The library of packs, one pack, and its files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import IO, Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header

from committee.accounts.models import User
from committee.prose import entries
from recommendations.actions import packs as actions
from recommendations.actions.exempt import log_exempt_access
from recommendations.forms.meetings import PackFilter
from recommendations.lifecycle import Implication, PackSection, PackState
from recommendations.models import Pack
from recommendations.packs.content import nothing_written
from recommendations.packs.html import style_source
from recommendations.packs.outline import expected
from recommendations.packs.word import CONTENT_TYPE as WORD
from recommendations.packs.zip_bundle import bundle, csv_bytes, json_bytes
from recommendations.permissions import Right, may, sees_exempt
from recommendations.queries.corrections import for_reading
from recommendations.utils.stored_files import are_stored, open_stored, stored_size
from recommendations.views.decorators import page
from recommendations.views.lists import listing
from recommendations.views.public.withholdings import withheld_file

HEAD_OF_PAGE = '<header class="'
"""Where the kept page of a pack begins to speak of the pack."""


def visible_pack(request: HttpRequest, pk: int, *, ready: bool = False) -> Pack:
    """Return a pack this person may see. Raise Http404 for any other and, with `ready`, for one that is not ready."""
    pack = get_object_or_404(Pack.objects.visible_to(request.user).for_page(), pk=pk)
    if ready and pack.state != PackState.READY:
        raise Http404("This pack is not ready")
    return pack


def log_pack_read(request: HttpRequest, pack: Pack) -> None:
    """Log that this person read the pack, where it is exempt."""
    if pack.is_exempt and isinstance(request.user, User):
        log_exempt_access(by=request.user, thing=pack)


def privately_cached(response: HttpResponseBase, pack: Pack) -> HttpResponseBase:
    """Return the response for anybody's cache to keep, where the pack is released and public. All else is for one person
    alone.

    A cache asks each time whether it may still show it: a frozen pack never changes, but words of it may be withheld,
    and then it is gone at once.
    """
    public = settings.PUBLIC_SITE and not pack.is_exempt and pack.released_at is not None
    response["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if not public:
        response["X-Robots-Tag"] = "noindex"
    return response


@page(public=True, methods="GET")
def packs(request: HttpRequest) -> HttpResponse:
    found = listing(
        request,
        PackFilter,
        Pack.objects.visible_to(request.user).for_library().with_corrections_of_meetings(),
    )
    context = {
        "heading": "Packs",
        "page": found.page,
        "filter": found.filters,
        "noun": "pack",
        "filtered": found.is_filtered,
        "signed_in": request.user.is_authenticated,
        "meetings": reverse("meetings") if may(request.user, Right.MAKE_PACKS) else "",
    }
    return render(request, "public/packs.html", context)


@page(public=True, methods="GET")
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_pack(request, pk)
    makes = may(request.user, Right.MAKE_PACKS, row)
    if row.state != PackState.READY and not makes:
        raise Http404("This pack is not ready")
    draft = makes and row.state in (PackState.DRAFT, PackState.FAILED)
    by = request.user if isinstance(request.user, User) else None
    seen = Pack.objects.visible_to(request.user)
    chosen = actions.chosen(row, by=by) if makes and by and row.state != PackState.READY else []
    unseen = actions.unseen_count(row, by=by) if draft and by else 0
    followers = list(row.replaced_by.visible_to(request.user).for_list())
    context = {
        "pack": row,
        "makes": makes,
        "sections": [section for section in PackSection if section.value in row.sections],
        "implications": [(kind.label, row.implications.get(kind.value)) for kind in Implication],
        "decisions": entries(row.decisions),
        "appendices": row.appendices.splitlines(),
        "chosen": chosen,
        "unseen": unseen,
        "nothing_written": nothing_written(one.inquiry for one in chosen),
        "number": len(chosen) + unseen if draft else len(row.selection),
        "outline": expected(row, by=by) if draft and by else None,
        "sizes": {name: stored_size(getattr(row, name)) for name in ("pdf", "html", "word")},
        "other_edition": _may_have_exempt_twin(request, row),
        "earlier_is_seen": row.replaces is not None and seen.contains(row.replaces),
        "followers": followers,
        "corrections": for_reading(row.meeting.corrections.all()),
        "closed": makes and bool(row.new_version_refusal),
        "back": reverse("meeting", args=[row.meeting_id]) if makes else reverse("packs"),
        "may_withhold": row.state == PackState.READY and may(request.user, Right.WITHHOLD),
    }
    if row.withholding is not None:
        context |= {
            "instead": _replacement(request, row),
            "may_replace": makes and not row.replacement_refusal,
            "asks_clerk": context["may_withhold"] and not makes and not row.replacement_refusal,
        }
        return render(request, "public/withheld_pack.html", context)
    return render(request, "public/pack.html", context)


def _may_have_exempt_twin(request: HttpRequest, pack: Pack) -> bool:
    """Return whether the exempt edition can be composed from this one, which is a public one."""
    by = request.user
    if not isinstance(by, User) or pack.is_exempt or pack.supplement or pack.state != PackState.READY:
        return False
    return sees_exempt(by, pack) and may(by, Right.MAKE_PACKS, pack)


def pack_file(view: Callable[[HttpRequest, Pack], HttpResponseBase]) -> Any:
    """Make a view of one file of a ready pack: it is sent to those who may see the pack, and that of an exempt pack is
    logged. In the place of a withheld one stands when and why it was withheld.
    """

    @wraps(view)
    def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
        row = visible_pack(request, pk, ready=True)
        if row.withholding is not None:
            return withheld_file(request, row.withholding, "pack", instead=_replacement(request, row))
        log_pack_read(request, row)
        return privately_cached(view(request, row), row)

    return page(public=True, methods="GET")(answer)


def _replacement(request: HttpRequest, pack: Pack) -> Pack | None:
    """Return the pack that takes the place of a withheld one, if this person may see it."""
    return pack.repeated_by.visible_to(request.user).frozen().for_list().first()


def _opened(file: FieldFile) -> IO[Any]:
    """Return the kept file, open for reading. Raise Http404 where storage has not got it."""
    opened = open_stored(file)
    if opened is None:
        raise Http404("The file of this pack is not where it should be")
    return opened


@pack_file
def pack_pdf(request: HttpRequest, row: Pack) -> HttpResponseBase:
    return FileResponse(
        _opened(row.pdf),
        content_type="application/pdf",
        filename=f"{row.file_name}.pdf",
        as_attachment="download" in request.GET,
    )


@pack_file
def pack_html(request: HttpRequest, row: Pack) -> HttpResponseBase:
    with _opened(row.html) as kept:
        body = kept.read().decode()
    return allow_inline_style(HttpResponse(_with_later_packs(request, row, body)))


def _with_later_packs(request: HttpRequest, pack: Pack, body: str) -> str:
    """Return the kept page, with word above it of released packs that take its place or go with it.

    The file itself, in the ZIP too, stays as it was frozen.
    """
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


def allow_inline_style(response: HttpResponse) -> HttpResponse:
    """Let the page's own style through the content security policy, by its hash."""
    response._csp_update = {"style-src": [style_source(response.content.decode())]}  # type: ignore[attr-defined]  # read by django-csp
    return response


@pack_file
def pack_json(request: HttpRequest, row: Pack) -> HttpResponseBase:
    response = HttpResponse(json_bytes(row.content, row.content_hash), content_type="application/json")
    return _named(response, f"{row.file_name}.json")


@pack_file
def pack_csv(request: HttpRequest, row: Pack) -> HttpResponseBase:
    response = HttpResponse(csv_bytes(row.content), content_type="text/csv; charset=utf-8")
    return _named(response, f"{row.file_name}.csv")


@pack_file
def pack_word(request: HttpRequest, row: Pack) -> HttpResponseBase:
    if not row.word:
        raise Http404("This pack was made before packs had a Word document")
    return FileResponse(
        _opened(row.word), content_type=WORD, filename=f"{row.file_name}.docx", as_attachment=True
    )


@pack_file
def pack_zip(request: HttpRequest, row: Pack) -> HttpResponseBase:
    """Send all files of the pack, with a manifest of their hashes."""
    if not are_stored(row.pdf, row.html, row.word):
        raise Http404("A file of this pack is not where it should be")
    response = HttpResponse(bundle(row), content_type="application/zip")
    return _named(response, f"{row.file_name}.zip")


def _named(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
