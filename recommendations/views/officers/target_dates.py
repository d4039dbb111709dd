"""Ask for a new target date."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from recommendations.actions import target_dates
from recommendations.forms.target_dates import NewDateForm
from recommendations.models import TargetChange
from recommendations.permissions import Right
from recommendations.queries.respondent_links import place
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, perform, redirect_with_message
from recommendations.views.officers.assignments import own_assignment


def new_date_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a new target date; respondents reach the same page by their links."""
    assignment = own_assignment(request, pk, Right.LOG_UPDATE)
    form = NewDateForm(bound_data(request))
    if perform(request, form, target_dates.request_new_date, assignment=assignment).done:
        asked = "You have asked the committee for a new date. The present date stands until it decides"
        return redirect_with_message(request, asked, place(request.user, "assignment", pk))
    changes = TargetChange.objects.of(assignment).for_list()
    waiting = changes.requested().first()
    context = {
        "form": form,
        "assignment": assignment,
        "agreed": changes.agreed(),
        "waiting": waiting,
        "nothing_to_send": (waiting is not None or not assignment.is_open) and not form.is_bound,
        "back": place(request.user, "assignment", pk),
    }
    return render(request, "officers/target_date.html", context)


request_new_date = page(Right.LOG_UPDATE, methods="GET POST")(new_date_page)
