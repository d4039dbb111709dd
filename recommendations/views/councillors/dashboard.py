"""The dashboard of a committee and the lists behind its figures."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from committee.paging import page_of
from recommendations.forms.dashboard import DashboardForm
from recommendations.models import Body, Recommendation
from recommendations.models.inquiries import COMMITTEE_ROLES
from recommendations.permissions import Right, may, require
from recommendations.queries import figures
from recommendations.queries.as_at import put_back
from recommendations.queries.dashboard import LISTINGS, Board
from recommendations.queries.imports import brought_in_later
from recommendations.queries.states import StateAt, as_shown
from recommendations.views.decorators import SignedInRequest, page

PER_PAGE = 50


@page(Right.DASHBOARD, methods="GET")
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Go to the committee's dashboard, or choose one where there are several."""
    committees = list(Body.objects.served_by(request.user, *COMMITTEE_ROLES).committees().for_choice())
    if len(committees) == 1:
        return redirect("committee_dashboard", pk=committees[0].pk)
    return render(request, "councillors/choose_committee.html", {"committees": committees})


@page(Right.DASHBOARD, methods="GET")
def committee_dashboard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what is late, who is late, what changed and what the committee is asked to decide."""
    committee = _committee(request, pk)
    form = DashboardForm(request.GET, committee=committee)
    put_back(form.at, committee)
    context = {
        "board": Board(committee, form),
        "form": form,
        "committee": committee,
        "may_confirm": may(request.user, Right.ASSESS, committee),
    }
    return render(request, "councillors/dashboard.html", context)


@page(Right.DASHBOARD, methods="GET")
def dashboard_list(request: SignedInRequest, pk: int, what: str) -> HttpResponse:
    """Show one of the dashboard's lists in full, under the same filters and as at the same day."""
    committee = _committee(request, pk)
    if what not in LISTINGS:
        raise Http404
    form = DashboardForm(request.GET, committee=committee)
    entries: Any = LISTINGS[what].entries(form.assignments, form.recommendations, form.at)
    shown = page_of(entries, PER_PAGE, request.GET.get("page"))
    unaddressed = [entry for entry in shown.object_list if isinstance(entry, Recommendation)]
    put_back(form.at, committee, unaddressed)
    total = None if shown.object_list else _total(form)
    context = {
        "committee": committee,
        "listing": LISTINGS[what],
        "heading": LISTINGS[what].title,
        "form": form,
        "page": shown,
        "rows": as_shown([entry for entry in shown.object_list if isinstance(entry, StateAt)], form.at),
        "unaddressed": unaddressed,
        "about": entries.recommendation_count,
        "row": entries.row,
        "none": LISTINGS[what].none_among(total) if total else "",
        "nothing_is_known": total is not None and LISTINGS[what].leaves_out_all(total),
        "noun": "recommendation",
        "brought_in_later": brought_in_later(form.at, committee),
    }
    return render(request, "councillors/dashboard_list.html", context)


def _total(form: DashboardForm) -> figures.Line:
    return figures.tally(form.assignments, form.at, form.recommendations).total


def _committee(request: SignedInRequest, pk: int) -> Body:
    committee = get_object_or_404(Body.objects.committees().select_related("parent"), pk=pk)
    require(request.user, Right.DASHBOARD, committee)
    return committee
