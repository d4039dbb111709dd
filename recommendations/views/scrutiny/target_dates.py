"""Decide on new target dates."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import target_dates
from recommendations.forms.recommendations import MOST_MEETINGS
from recommendations.forms.target_dates import DateDecisionForm
from recommendations.models import Meeting, TargetChange
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, fetch, perform, redirect_with_message

MOST_DECIDED = 20
"""How many decided requests are listed below those that wait."""


# ------------------------------------------------------------------ new dates


@page(Right.DECIDE_DATES, methods="GET")
def date_requests(request: SignedInRequest) -> HttpResponse:
    mine = TargetChange.objects.of_committees_of(request.user).for_list()
    return render(
        request,
        "scrutiny/dates.html",
        {
            "waiting": mine.requested().order_by("asked_at", "id"),
            "decided": mine.decided()[:MOST_DECIDED],
        },
    )


@page(Right.DECIDE_DATES, methods="GET POST")
def decide_date(request: SignedInRequest, pk: int) -> HttpResponse:
    change: TargetChange = fetch(
        request.user, TargetChange.objects.visible_to(request.user).for_list(), pk, Right.DECIDE_DATES
    )
    committee = change.assignment.recommendation.inquiry.committee
    meetings = list(Meeting.objects.of(committee).by_today().for_list()[:MOST_MEETINGS])
    # Come from the running list of a meeting: that meeting is proposed, and the way back leads there.
    sitting = next((one for one in meetings if str(one.pk) == request.GET.get("meeting")), None)
    back = reverse("date_requests")
    if sitting is not None:
        back = f"{reverse('assess_meeting', args=[sitting.pk])}#item-{change.assignment.recommendation_id}"
    form = DateDecisionForm(
        bound_data(request), committee=committee, meetings=meetings, initial={"meeting": sitting}
    )
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, target_dates.decide_new_date, change=change)
        if attempt.done:
            decided = "agreed" if form.cleaned_data["agreed"] else "refused"
            return redirect_with_message(request, f"The new date is recorded as {decided}", back)
    return render(
        request,
        "scrutiny/date.html",
        {
            "form": form,
            "heading": "Decide on a new date",
            "caption": f"{change.assignment.recommendation.reference} {change.assignment.recommendation.heading}",
            "change": change,
            "assignment": change.assignment,
            "ledger": change.assignment.target_changes.decided().for_list(),
            "back": back,
            "button": "Record the decision",
        },
    )
