"""Meetings of the bodies that a person serves as clerk or scrutiny officer, under /meetings/."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from recommendations.actions import meetings as actions
from recommendations.forms.meetings import MEETING_ROLES, MeetingFilter, MeetingForm, PlanAgainForm
from recommendations.lifecycle import BodyKind, MeetingState
from recommendations.models import Citation, Meeting, Pack
from recommendations.permissions import Right, may
from recommendations.queries.correction_marks import marked
from recommendations.queries.corrections import for_reading
from recommendations.queries.sources import none_in_words, told_of_meeting
from recommendations.queries.withheld_records import to_decide
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    fetch,
    perform,
    perform_button,
    posted_version,
    redirect_with_message,
    render_form,
)
from recommendations.views.lists import listing


def meeting_or_404(request: SignedInRequest, pk: int, right: Right) -> Meeting:
    """Return a meeting of a body that the person serves. Raise Http404 for any other, and PermissionDenied without
    `right` over it."""
    rows = Meeting.objects.served_by(request.user, *MEETING_ROLES).for_list()
    meeting: Meeting = fetch(request.user, rows, pk, right)
    return meeting


@page(Right.EDIT_MEETINGS, methods="GET")
def meetings(request: SignedInRequest) -> HttpResponse:
    packs = Pack.objects.visible_to(request.user)
    served = Meeting.objects.served_by(request.user, *MEETING_ROLES)
    rows = served.for_list().counting_packs(packs).with_corrections()
    found = listing(request, MeetingFilter, rows)
    context = {
        "heading": "Meetings",
        "page": found.page,
        "filter": found.filters,
        "noun": "meeting",
        "filtered": found.is_filtered,
        "next": served.for_list().to_come()[:3] if not found.is_filtered and found.page.number == 1 else [],
        "makes_packs": may(request.user, Right.MAKE_PACKS),
        "pending": packs.pending_for(request.user).for_list()[:5],
        "withheld": to_decide(request.user),
    }
    return render(request, "clerks/meetings.html", context)


@page(Right.EDIT_MEETINGS, methods="GET")
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk, Right.EDIT_MEETINGS)
    plans_again = MeetingState.PLANNED if meeting.state == MeetingState.HELD else None
    done = meeting.keeps_held()
    citations = told_of_meeting(meeting, Citation.objects.visible_to(request.user))
    context = {
        "meeting": meeting,
        "made": meeting.recommendations_made.for_list().in_order(),
        "responses": marked(meeting.responses.for_timeline().with_recommendation()),
        "verdicts": marked(meeting.assessments.for_timeline().with_recommendation()),
        "citations": citations,
        "none_on_record": none_in_words(citations),
        "packs": Pack.objects.visible_to(request.user).for_library().at(meeting),
        "makes_packs": may(request.user, Right.MAKE_PACKS, meeting),
        "has_list": meeting.body.kind == BodyKind.COMMITTEE and may(request.user, Right.DASHBOARD, meeting),
        "moves": [state for state in meeting.next_states() if state != plans_again],
        "plans_again": plans_again in meeting.next_states(),
        "stays_held": actions.stays_held(done) if plans_again and done else "",
        "corrections": for_reading(meeting.corrections.all()),
        "may_correct": bool(meeting.business()) and may(request.user, Right.CORRECT, meeting),
    }
    return render(request, "clerks/meeting.html", context)


@page(Right.EDIT_MEETINGS, methods="GET POST")
def new_meeting(request: SignedInRequest) -> HttpResponse:
    form = MeetingForm(bound_data(request), by=request.user)
    result = perform(request, form, actions.add_meeting)
    if result.done:
        return redirect_with_message(request, "The meeting is added", "meeting", result.result.pk)
    return render_form(
        request,
        form,
        result,
        heading="Add a meeting",
        button="Add the meeting",
        back=reverse("meetings"),
    )


@page(Right.EDIT_MEETINGS, methods="GET POST")
def edit_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk, Right.EDIT_MEETINGS)
    form = MeetingForm(bound_data(request), by=request.user, meeting=meeting)
    result = perform(request, form, actions.edit_meeting, meeting=meeting)
    if result.done:
        return redirect_with_message(request, "The meeting is saved", "meeting", pk)
    back = reverse("meeting", args=[pk])
    return render_form(request, form, result, heading="Edit the meeting", caption=meeting, back=back)


@page(Right.EDIT_MEETINGS, methods="POST")
def move_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a meeting was held or cancelled, or plan it again."""
    meeting = meeting_or_404(request, pk, Right.EDIT_MEETINGS)
    perform_button(
        request,
        actions.move_meeting,
        done=lambda moved: _moved(moved, request.POST.get("to", "")),
        changed="Somebody changed the meeting meanwhile. Look at it, then choose again",
        meeting=meeting,
        to=request.POST.get("to", ""),
        version=posted_version(request),
    )
    return redirect("meeting", pk=pk)


@page(Right.EDIT_MEETINGS, methods="GET POST")
def plan_meeting_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plan a meeting again that was recorded as held, with the reason."""
    meeting = meeting_or_404(request, pk, Right.EDIT_MEETINGS)
    form = PlanAgainForm(bound_data(request), version=meeting.version)
    result = perform(request, form, actions.move_meeting, meeting=meeting, to=MeetingState.PLANNED)
    if result.done:
        return redirect_with_message(request, _moved(result.result, MeetingState.PLANNED), "meeting", pk)
    return render_form(
        request,
        form,
        result,
        heading="Plan this meeting again",
        caption=meeting,
        button="Record as planned",
        back=reverse("meeting", args=[pk]),
    )


def _moved(meeting: Meeting, to: str) -> str:
    """Return the message for who recorded what became of a meeting."""
    words = f"The meeting is now recorded as {meeting.get_state_display().lower()}"
    if to == MeetingState.PLANNED:
        return words
    return f"{words}. If that is wrong, press “Record as planned” below"
