"""The milestones of an assignment."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from recommendations.actions import milestones as milestones_actions
from recommendations.actions.base import ActionDenied
from recommendations.forms.milestones import MilestoneForm, MilestoneTicksForm
from recommendations.models import Assignment, Milestone
from recommendations.permissions import Right
from recommendations.queries.respondent_links import place
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import parse_pk
from recommendations.views.officers.assignments import own_assignment


def steps_page(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = own_assignment(request, pk, Right.LOG_UPDATE)
    steps = list(assignment.milestones.all())
    do = request.POST.get("do", "")
    adding = MilestoneForm(request.POST if do == "add" else None, prefix="new")
    ticks = MilestoneTicksForm(request.POST if do == "tick" else None, steps=steps)
    try:
        done = _milestone_done(request, assignment, do, adding, ticks)
    except ActionDenied as problem:
        done = ""
        if do == "add":
            adding.add_error(problem.field, problem.message)
        else:
            messages.warning(request, problem.message)
    if done:
        messages.success(request, done)
        return redirect(place(request.user, "milestones", pk))
    context = {
        "assignment": assignment,
        "steps": steps,
        "adding": adding,
        "ticks": ticks,
        "back": place(request.user, "assignment", pk),
        "form": adding,
    }
    return render(request, "officers/milestones.html", context)


def _milestone_done(
    request: SignedInRequest,
    assignment: Assignment,
    do: str,
    adding: MilestoneForm,
    ticks: MilestoneTicksForm,
) -> str:
    """Do what the pressed button asks; what was done in words, nothing where the page is to be shown again."""
    if do == "add" and adding.is_valid():
        milestones_actions.add_milestone(by=request.user, assignment=assignment, **adding.cleaned_data)
        return "The step is added"
    if do == "tick" and ticks.is_valid():
        now, before = ticks.ticked()
        milestones_actions.tick_milestones(by=request.user, assignment=assignment, done=now, before=before)
        return "The steps are saved"
    number = parse_pk(do.removeprefix("remove-"))
    if do.startswith("remove-") and number is not None:
        step = get_object_or_404(Milestone, assignment=assignment, pk=number)
        milestones_actions.remove_milestone(by=request.user, milestone=step)
        return "The step is removed"
    return ""


milestones = page(Right.LOG_UPDATE, methods="GET POST")(steps_page)
