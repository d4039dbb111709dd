"""The milestones of an assignment."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from recommendations.actions import milestones as actions
from recommendations.forms.milestones import MilestoneForm, MilestoneTicksForm
from recommendations.models import Assignment
from recommendations.permissions import Right
from recommendations.queries.respondent_links import place
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import parse_pk, perform, perform_button, redirect_with_message
from recommendations.views.officers.assignments import own_assignment


def milestones_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add, tick and remove milestones; respondents reach the same page by their links."""
    assignment = own_assignment(request, pk, Right.LOG_UPDATE)
    steps = list(assignment.milestones.all())
    here, pressed = place(request.user, "milestones", pk), request.POST.get("do", "")
    adding = MilestoneForm(request.POST if pressed == "add" else None, prefix="new")
    ticks = MilestoneTicksForm(request.POST if pressed == "tick" else None, steps=steps)
    if perform(request, adding, actions.add_milestone, assignment=assignment).done:
        return redirect_with_message(request, "The step is added", here)
    if ticks.is_valid():
        done, before = ticks.ticked()
        tick = partial(actions.tick_milestones, assignment=assignment, done=done, before=before)
        if perform_button(request, tick, done="The steps are saved").done:
            return redirect(here)
    if pressed.startswith("remove-") and _remove(request, assignment, pressed.removeprefix("remove-")):
        return redirect(here)
    context = {
        "assignment": assignment,
        "steps": steps,
        "adding": adding,
        "ticks": ticks,
        "back": place(request.user, "assignment", pk),
        "form": adding,
    }
    return render(request, "officers/milestones.html", context)


def _remove(request: SignedInRequest, assignment: Assignment, number: str) -> bool:
    """Remove the milestone that a button names, and return whether it is gone. Raise Http404 for one of others."""
    pk = parse_pk(number)
    if pk is None:
        return False
    milestone = get_object_or_404(assignment.milestones, pk=pk)
    return perform_button(
        request, actions.remove_milestone, done="The step is removed", milestone=milestone
    ).done


milestones = page(Right.LOG_UPDATE, methods="GET POST")(milestones_page)
