"""Take words, an entry or a file off the record; search again. What is decided on it is in `withholding_decisions.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from recommendations.actions import withholdings as actions
from recommendations.forms.withholdings import (
    FileForm,
    ReasonForm,
    SearchAgainForm,
    WordsForm,
    with_added_words,
)
from recommendations.models import Evidence, Pack, Withholding
from recommendations.permissions import Right
from recommendations.queries import withholdings as reading
from recommendations.queries.withheld_excerpts import ENTRIES, SEEN, Places, belongs_to, places_for, taken_by
from recommendations.queries.withheld_likenesses import files_beside, spellings_for
from recommendations.queries.withheld_places import columns, spans_of, whole
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    find,
    perform,
    posted,
    posted_version,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.withholding_decisions import changed_meanwhile

MOST_SHOWN = 300
"""How many places a page shows with a box to tick; the others are withheld with them."""
REASONS = ("ground", "public_reason", "private_note")
WITHHELD = "It is off the record. A second person confirms it or puts it back"


@page(Right.WITHHOLD, methods="GET POST")
def withhold_words(request: SignedInRequest) -> HttpResponse:
    """Type the words; check where they stand, and which other spellings to add to them; withhold them."""
    stale = _stale(request)
    if stale is not None:
        messages.warning(request, changed_meanwhile(stale))
        return redirect("withholding", stale.pk)
    form = WordsForm(with_added_words(bound_data(request)))
    keep = _kept(request)
    result = ActionResult()
    if "withhold" in request.POST:
        result = perform(request, form, actions.withhold_words, keep=keep)
    if result.done:
        return redirect_with_message(request, WITHHELD, "withholding", result.result.pk)
    places: Places | None = None
    beside: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        places, beside = _look_for(request, reading.phrases(form.cleaned_data["words"]))
        if not places.total:
            form.add_error("words", actions.NOWHERE)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/withhold_check.html" if places and places.total else "scrutiny/withhold.html",
        heading="Take words off the record",
        places=places,
        keep=keep,
        most=MOST_SHOWN,
        wide=bool(places and places.total),
        back=reverse("withholdings"),
        button="Find them",
        **beside,
    )


def _stale(request: SignedInRequest) -> Withholding | None:
    """Return the withholding that was looked for again, if it was changed since the page with the spellings was opened."""
    again = find(Withholding.objects.for_list(), request.POST.get("again"))
    return again if again is not None and again.version != posted_version(request) else None


def _look_for(
    request: SignedInRequest, phrases: Sequence[str], withholding: Withholding | None = None
) -> tuple[Places, dict[str, Any]]:
    """Return where the words stand, and what may be the same: other spellings, and the files of the same entries."""
    found, others, spans, kinds = reading.still_there(phrases)
    return places_for(request.user, found, spans_of(phrases)), {
        "spellings": spellings_for(request.user, others, spans, kinds.is_part),
        "files_beside": files_beside(request.user, [*found, *others], withholding),
    }


@page(Right.WITHHOLD, methods="GET POST")
def withhold_entry(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Take all texts of one entry of the record off it."""
    if kind not in ENTRIES:
        raise Http404
    entry = get_object_or_404(SEEN[ENTRIES[kind]](request.user), pk=pk)
    own, copies, spans = reading.find_entry(entry)
    of, back = belongs_to(entry)
    keep = _kept(request)
    return _withhold(
        request,
        ReasonForm(bound_data(request)),
        partial(actions.withhold_entry, entry=entry, keep=keep),
        template="scrutiny/withhold_entry.html",
        heading="Take this entry off the record?",
        caption=of,
        own=places_for(request.user, own, whole),
        places=places_for(request.user, copies, spans),
        keep=keep,
        most=MOST_SHOWN,
        nothing_to_send=not own,
        wide=True,
        back=back or reverse("withholdings"),
        button="Withhold the entry",
    )


@page(Right.WITHHOLD, methods="GET POST")
def withhold_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a file or link off the record."""
    evidence = get_object_or_404(Evidence.objects.on_visible(request.user), pk=pk)
    _, copies, spans = reading.find_file(evidence)
    keep = _kept(request)
    of, back = belongs_to(evidence)
    return _withhold(
        request,
        FileForm(bound_data(request), evidence=evidence),
        partial(actions.withhold_file, evidence=evidence, keep=keep),
        template="scrutiny/withhold_file.html",
        heading="Take this file or link off the record?",
        caption=of,
        evidence=evidence,
        others=reading.same_file_elsewhere(evidence).count(),
        places=places_for(request.user, copies, spans),
        keep=keep,
        most=MOST_SHOWN,
        wide=True,
        back=back,
        button="Withhold it",
    )


@page(Right.WITHHOLD, methods="GET POST")
def withhold_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a frozen pack off the record."""
    pack = get_object_or_404(Pack.objects.visible_to(request.user).frozen().for_page(), pk=pk)
    return _withhold(
        request,
        ReasonForm(bound_data(request)),
        partial(actions.withhold_edition, pack=pack),
        then=reverse("pack", args=[pk]),
        template="scrutiny/withhold_pack.html",
        heading="Take this pack off the record?",
        caption=pack,
        pack=pack,
        back=reverse("pack", args=[pk]),
        button="Withhold the pack",
    )


def _withhold(
    request: SignedInRequest,
    form: ReasonForm,
    action: Callable[..., Withholding],
    *,
    then: str = "",
    **context: Any,
) -> HttpResponse:
    """Carry out the action and go on to `then`, by default the page of the withholding; or return the page of the form."""
    result = perform(request, form, action)
    if result.done:
        return redirect_with_message(
            request, WITHHELD, then or reverse("withholding", args=[result.result.pk])
        )
    return render_form(request, form, result, danger=True, **context)


def _kept(request: SignedInRequest) -> set[str]:
    """Return the places that were shown with a box and not ticked."""
    return set(request.POST.getlist("shown")) - set(request.POST.getlist("places"))


@page(Right.WITHHOLD, methods="GET POST")
def search_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look for what was withheld everywhere once more, and say where it stands now."""
    withholding = get_object_or_404(Withholding.objects.for_list(), pk=pk)
    unread = taken_by(request.user, withholding).unread
    phrases = [] if unread else reading.words_of(withholding)
    form = SearchAgainForm(posted(request), version=withholding.version)
    if not phrases:
        result = perform(
            request, form, actions.look_again, changed=changed_meanwhile, withholding=withholding
        )
        phrases = result.result or []
    searched = columns()
    places, beside = _look_for(request, phrases, withholding) if phrases else (None, {})
    return render(
        request,
        "scrutiny/withholding_search.html",
        {
            "form": form,
            "further": ReasonForm(initial=model_to_dict(withholding, REASONS)),
            "withholding": withholding,
            "unread": unread,
            "places": places,
            **beside,
            "most": MOST_SHOWN,
            "files": reading.files_still_served(withholding),
            "tables": len(searched),
            "columns": sum(len(own) for own in searched.values()),
            "back": reverse("withholding", args=[pk]),
        },
    )
