"""Decide on the new target dates that bodies ask for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from committee.formatting import long_date
from recommendations.actions import target_dates as actions
from recommendations.forms.target_dates import DateDecisionForm
from recommendations.lifecycle import TargetState
from recommendations.models import Meeting, TargetChange
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    fetch,
    perform,
    redirect_with_message,
    render_form,
)

MOST_DECIDED = 20
"""How many decided requests are listed below those that wait."""


@page(Right.DECIDE_DATES, methods="GET")
def date_requests(request: SignedInRequest) -> HttpResponse:
    changes = TargetChange.objects.of_committees_of(request.user).on_standing_parts().for_list()
    waiting = changes.requested().order_by("asked_at", "id")
    context = {"waiting": waiting, "decided": changes.decided()[:MOST_DECIDED]}
    return render(request, "scrutiny/target_dates.html", context)


@page(Right.DECIDE_DATES, methods="GET POST")
def decide_date(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = TargetChange.objects.visible_to(request.user).for_list()
    change: TargetChange = fetch(request.user, rows, pk, Right.DECIDE_DATES)
    assignment, recommendation = change.assignment, change.assignment.recommendation
    committee = recommendation.inquiry.committee
    meetings = Meeting.objects.of(committee).begun().offered()
    # Opened from the running list of a meeting: that meeting is proposed, and the way back leads there.
    from_meeting = next((one for one in meetings if str(one.pk) == request.GET.get("meeting")), None)
    back = _list_url(from_meeting, change)
    form = DateDecisionForm(
        bound_data(request), committee=committee, meetings=meetings, initial={"meeting": from_meeting}
    )
    result = perform(request, form, actions.decide_new_date, details=form.details, change=change)
    if result.done:
        return redirect_with_message(request, _decided(result.result), back)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/target_date.html",
        heading="Decide on a new date",
        caption=f"{recommendation.reference} {recommendation.heading}",
        change=change,
        assignment=assignment,
        ledger=assignment.target_changes.decided().for_list(),
        back=back,
        button="Record the decision",
    )


def _decided(change: TargetChange) -> str:
    """Return the message for who recorded the decision."""
    if change.asked_date is not None:
        asked = long_date(change.asked_date)
        return f"{long_date(change.new_date)} is recorded as agreed, in place of {asked}, which was asked for"
    return f"The new date is recorded as {'agreed' if change.state == TargetState.AGREED else 'refused'}"


def _list_url(from_meeting: Meeting | None, change: TargetChange) -> str:
    """Return the address of the list that the request was opened from: a meeting's, or that of all requests."""
    if from_meeting is None:
        return reverse("date_requests")
    item = f"item-{change.assignment.recommendation_id}"
    return f"{reverse('assess_meeting', args=[from_meeting.pk])}#{item}"
