"""Meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from recommendations.actions import meetings as meeting_actions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.forms.meetings import MEETING_ROLES, MeetingFilter, MeetingForm
from recommendations.lifecycle import MeetingState
from recommendations.models import Meeting, Pack
from recommendations.permissions import Right, may, require
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    perform,
    posted_version,
    redirect_with_message,
    render_form,
)
from recommendations.views.lists import listing


def own_meeting(request: SignedInRequest, pk: int, right: Right) -> Meeting:
    """A meeting of a body this person serves, over which they hold the right. 404 if they may not see it."""
    rows = Meeting.objects.served_by(request.user, *MEETING_ROLES).for_list()
    meeting = get_object_or_404(rows, pk=pk)
    require(request.user, right, meeting)
    return meeting


def take(form: Any, problem: ActionDenied) -> None:
    """Show on the form why it can't be done, beside its field where it has one."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.message)


# ------------------------------------------------------------------ /meetings/


@page(Right.EDIT_MEETINGS, methods="GET")
def meetings(request: SignedInRequest) -> HttpResponse:
    packs = Pack.objects.visible_to(request.user)
    rows = Meeting.objects.served_by(request.user, *MEETING_ROLES).for_list().counting_packs(packs)
    found = listing(request, MeetingFilter, rows)
    context = {
        "heading": "Meetings",
        "page": found.page,
        "filter": found.filters,
        "noun": "meeting",
        "filtered": found.is_filtered,
        "next": rows.to_come()[:3] if not found.is_filtered and found.page.number == 1 else [],
        "makes_packs": may(request.user, Right.MAKE_PACKS),
        "in_hand": packs.in_hand(request.user).for_list()[:5],
    }
    return render(request, "clerks/meetings.html", context)


@page(Right.EDIT_MEETINGS, methods="GET")
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_meeting(request, pk, Right.EDIT_MEETINGS)
    context = {
        "meeting": row,
        "made": row.recommendations_made.for_list().in_order(),
        "responses": row.responses.for_timeline().with_recommendation(),
        "verdicts": row.assessments.for_timeline().with_recommendation(),
        "packs": Pack.objects.visible_to(request.user).for_library().at(row),
        "makes_packs": may(request.user, Right.MAKE_PACKS, row),
        "moves": row.moves_now(),
    }
    return render(request, "clerks/meeting.html", context)


@page(Right.EDIT_MEETINGS, methods="GET POST")
def new_meeting(request: SignedInRequest) -> HttpResponse:
    form = MeetingForm(bound_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = meeting_actions.add_meeting(by=request.user, **form.cleaned_data)
            messages.success(request, "The meeting is added")
            return redirect("meeting", pk=made.pk)
        except ActionDenied as problem:
            take(form, problem)
    context = {
        "form": form,
        "heading": "Add a meeting",
        "button": "Add the meeting",
        "back": reverse("meetings"),
    }
    return render(request, "_layouts/question.html", context)


@page(Right.EDIT_MEETINGS, methods="GET POST")
def edit_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_meeting(request, pk, Right.EDIT_MEETINGS)
    form = MeetingForm(bound_data(request), by=request.user, meeting=row)
    result = perform(request, form, meeting_actions.edit_meeting, meeting=row)
    if result.done:
        return redirect_with_message(request, "The meeting is saved", "meeting", pk)
    back = reverse("meeting", args=[pk])
    return render_form(request, form, result, heading="Edit the meeting", caption=row, back=back)


@page(Right.EDIT_MEETINGS, methods="POST")
def move_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    row = own_meeting(request, pk, Right.EDIT_MEETINGS)
    to = request.POST.get("to", "")
    try:
        meeting_actions.move_meeting(by=request.user, meeting=row, to=to, version=posted_version(request))
        messages.success(request, f"The meeting is now recorded as {MeetingState(to).label.lower()}")
    except (ActionDenied, ValueError) as problem:
        messages.error(request, getattr(problem, "message", "Choose one of the buttons"))
    except EditConflict:
        messages.warning(request, "Somebody changed the meeting meanwhile. Look at it, then choose again")
    return redirect("meeting", pk=pk)
