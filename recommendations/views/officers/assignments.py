"""One assignment as its owning body sees it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from recommendations.models import Assignment, TargetChange, Update, UpdateRequest
from recommendations.permissions import Right, may, require
from recommendations.queries.timeline import assignment_entries
from recommendations.views.available_actions import add_actions_on_entries
from recommendations.views.decorators import SignedInRequest, page


def own_assignment(request: SignedInRequest, pk: int, right: Right) -> Assignment:
    """Return an assignment over which this person holds the right, and note on the request that it is about this one.

    Raise Http404 where they may not see it, PermissionDenied where they may not do it.
    """
    rows = Assignment.objects.visible_to(request.user).for_list().select_related("post", "last_update")
    assignment = get_object_or_404(rows, pk=pk)
    require(request.user, right, assignment)
    request.about = assignment
    return assignment


@page(Right.MY_WORK, methods="GET")
def assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = own_assignment(request, pk, Right.MY_WORK)
    entries = assignment_entries(assignment, request.user)
    add_actions_on_entries(request.user, entries)
    context = {
        "assignment": assignment,
        "entries": entries,
        "open_update": Update.objects.of(assignment).unpublished().for_reading().first(),
        "requests": UpdateRequest.objects.unanswered().of(assignment).for_reading(),
        "date_request": TargetChange.objects.of(assignment).requested().for_list().first(),
        "agreed": TargetChange.objects.of(assignment).agreed().for_list(),
        "steps": list(assignment.milestones.all()),
        "may_record_response": assignment.may_be_answered
        and may(request.user, Right.RECORD_RESPONSE, assignment),
        "may_publish": may(request.user, Right.PUBLISH_UPDATE, assignment),
    }
    return render(request, "officers/assignment.html", context)
