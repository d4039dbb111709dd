"""Correct what is on the public record: what is right and why, a check of what that changes, and the record of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from recommendations.actions import corrections as actions
from recommendations.models import Correction, Inquiry, Meeting, Recommendation
from recommendations.permissions import Right, require
from recommendations.queries.corrections import for_reading, voided_by
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    find,
    parse_pk,
    perform,
    redirect_with_message,
    render_form,
    typed_values,
    with_link,
)
from recommendations.views.scrutiny.correctable import CORRECTABLE, Correctable, stands_in_its_place


@page(Right.CORRECT, methods="GET POST")
def correct(request: SignedInRequest, what: str, pk: str) -> HttpResponse:
    """Enter what is right and why; check what that changes; record it."""
    kind = CORRECTABLE[what]
    row = _row(request, kind, pk)
    form = kind.form(bound_data(request), row)
    about = {kind.name: row}
    made_already = voided_by(row) if kind.is_once else None
    back = _back(kind.of(row))
    if "record" in request.POST:
        result = perform(request, form, kind.act, details=form.details, **about)
        if result.done:
            return redirect_with_message(request, _said(kind.go_on(result.result)), back)
    else:
        result = _preview(request, kind, form, row)
    is_check = result.done and "change" not in request.POST
    return render_form(
        request,
        form,
        result,
        template="scrutiny/correction_check.html" if is_check else "scrutiny/correction.html",
        heading="Check the correction before you record it" if is_check else kind.heading,
        caption=_caption(kind.of(row)),
        made=for_reading(Correction.objects.about(row)) if made_already is None else [made_already],
        nothing_to_send=made_already is not None and not form.is_bound,
        about=kind.about(row),
        lead=kind.lead if made_already is None else "",
        made_already=made_already,
        now=stands_in_its_place(made_already) if made_already is not None else None,
        wide=is_check,
        preview=result.result,
        notes=kind.notes(row, form.details()) if is_check else [],
        told=kind.told(row) if is_check else [],
        reason=form.cleaned_data["why"] if is_check else "",
        typed=_typed(request) if is_check else [],
        danger=kind.danger,
        button="Continue",
        back=back,
    )


def _row(request: SignedInRequest, kind: Correctable, pk: str) -> Any:
    """Return what is corrected, also where somebody took it off the record meanwhile, so that the form can say so.

    Raise Http404 for what there is not, and PermissionDenied without the right.
    """
    # In this order: once the row is gone, its correction is there.
    row = find(kind.rows(request.user), pk) or kind.gone(request.user, parse_pk(pk) or 0)
    if row is None:
        raise Http404("There is nothing of this number to correct")
    require(request.user, Right.CORRECT, row)
    return row


def _said(link: tuple[str, str] | None) -> str:
    words = "The correction is on the record"
    return words if link is None else with_link(words, *link)


def _typed(request: SignedInRequest) -> list[tuple[str, Any]]:
    """Return what was sent, for the check page. The tick was given on the form, beside what is pointed out there."""
    looked_at = [("looked_at", "on")] if "looked_at" in request.POST else []
    return typed_values(request, "record", "change") + looked_at


def _preview(request: SignedInRequest, kind: Correctable, form: Any, row: Any) -> ActionResult:
    """Try the correction without keeping it."""
    return perform(
        request,
        form,
        actions.preview,
        details=lambda: {
            **form.details(),
            "act": kind.act,
            "recommendations": kind.concerns(row, form.details()),
            kind.name: row,
        },
    )


def _caption(thing: Any) -> str:
    return f"{thing.reference} {thing.heading}" if isinstance(thing, Recommendation) else str(thing)


def _back(thing: Any) -> str:
    """Return the page on which the correction can be read."""
    route = {Recommendation: "recommendation", Inquiry: "inquiry_workspace", Meeting: "meeting"}
    return reverse(route[type(thing)], args=[thing.pk])
