"""What was taken off the record: the list, and one withholding with its reason, never with what is withheld."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from committee.paging import page_of
from recommendations.models import Withholding
from recommendations.permissions import Right, may
from recommendations.queries.withheld_excerpts import kinds_of, taken_by
from recommendations.queries.withheld_records import steps_for
from recommendations.queries.withholdings import packs_holding
from recommendations.views.decorators import page

UNAVAILABLE_FOR_LEGAL_REASONS = 451


@page(public=True, methods="GET")
def withholdings(request: HttpRequest) -> HttpResponse:
    rows = Withholding.objects.for_list()
    return render(
        request,
        "public/withholdings.html",
        {
            "heading": "Withheld from the record",
            "noun": "withholding",
            "page": page_of(rows, 50, request.GET.get("page")),
            "waiting": [*rows.waiting(), *rows.proposed_to_put_back()]
            if may(request.user, Right.WITHHOLD)
            else [],
            "may_withhold": may(request.user, Right.WITHHOLD),
        },
    )


@page(public=True, methods="GET")
def withholding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one withholding; to those with the right also what it took, and what they can do with it."""
    found = get_object_or_404(Withholding.objects.for_list(), pk=pk)
    details = {}
    if request.user.is_authenticated and may(request.user, Right.WITHHOLD):
        details = {
            "may_withhold": True,
            "taken": taken_by(request.user, found),
            "packs": packs_holding(found),
            "steps": steps_for(request.user, found),
            "proposals": found.put_back_proposals.for_list(),
        }
    return render(
        request, "public/withholding.html", {"withholding": found, "kinds": kinds_of(found), **details}
    )


def withheld_file(
    request: HttpRequest, withholding: Withholding, what: str = "file or link", **context: object
) -> HttpResponse:
    """Answer who comes for a withheld file, link or pack: when and why it was withheld, with status 451.

    Not 410, which says that it is gone for good: it may be put back. No cache keeps the answer.
    """
    response = render(
        request,
        "public/withheld_file.html",
        {"withholding": withholding, "what": what, **context},
        status=UNAVAILABLE_FOR_LEGAL_REASONS,
    )
    response["Cache-Control"] = "no-store"
    return response
