"""The pages of responsible officers: their work, one assignment, its steps and its dates.

Writing an update is in ``writing.py``.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from committee import clock
from recommendations.actions import milestones as milestones_actions
from recommendations.actions import target_dates
from recommendations.actions.base import NotPossible
from recommendations.forms.milestones import MilestoneForm, MilestoneTicksForm
from recommendations.forms.target_dates import NewDateForm
from recommendations.models import Assignment, Milestone, TargetChange, Update, UpdateRequest
from recommendations.permissions import Right, may, require
from recommendations.queries import my_work as my_work_queries
from recommendations.queries.assignment_history import assignment_history
from recommendations.utils.respondent_links import place
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, row_number, said


def own_assignment(request: SignedInRequest, pk: int, right: Right) -> Assignment:
    """An assignment over which this person holds the right. 404 if they may not see it, 403 if they may not do it.
    Kept as what the request is about, for the record of personal links."""
    assignment = get_object_or_404(Assignment.objects.visible_to(request.user).for_list(), pk=pk)
    require(request.user, right, assignment)
    request.about = assignment
    return assignment


@page(Right.MY_WORK)
@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    bodies = my_work_queries.bodies_of(request.user)
    chosen = next((body for body in bodies if str(body.pk) == request.GET.get("body")), None)
    only = request.GET.get("show", "")
    only = only if only in {pile.key for pile in my_work_queries.PILES} else ""
    piles = my_work_queries.lay_out(request.user, body=chosen, only=only, page=request.GET.get("page", ""))
    context = {
        "piles": piles,
        "reviews": [] if only else my_work_queries.reviews_asking(request.user, body=chosen),
        "bodies": bodies if len(bodies) > 1 else [],
        "chosen": chosen,
        "only": piles[0] if only else None,
        "today": clock.today(),
        "waiting_for_me": Update.objects.waiting_for(request.user).count()
        if may(request.user, Right.PUBLISH_UPDATE)
        else 0,
    }
    return render(request, "officers/my_work.html", context)


@page(Right.MY_WORK)
@require_safe
def assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = own_assignment(request, pk, Right.MY_WORK)
    context = {
        "assignment": assignment,
        "events": assignment_history(assignment),
        "in_hand": Update.objects.of(assignment).unpublished().for_reading().first(),
        "requests": UpdateRequest.objects.unanswered().of(assignment).for_reading(),
        "date_request": TargetChange.objects.of(assignment).requested().for_list().first(),
        "agreed": TargetChange.objects.of(assignment).agreed().for_list(),
        "steps": list(assignment.milestones.all()),
        "may_record_response": assignment.is_open
        and assignment.notified_on is not None
        and may(request.user, Right.RECORD_RESPONSE, assignment),
        "may_publish": may(request.user, Right.PUBLISH_UPDATE, assignment),
    }
    return render(request, "officers/assignment.html", context)


# ------------------------------------------------------------------ for officers, and for respondents by their links


@require_http_methods(["GET", "HEAD", "POST"])
def new_date_page(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = own_assignment(request, pk, Right.LOG_UPDATE)
    form = NewDateForm(bound_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            target_dates.request_new_date(by=request.user, assignment=assignment, **form.cleaned_data)
        except NotPossible as problem:
            form.add_error(problem.field, problem.message)
        else:
            asked = "You have asked the committee for a new date. The present date stands until it decides"
            return said(request, asked, place(request.user, "assignment", pk))
    waiting = TargetChange.objects.of(assignment).requested().for_list().first()
    context = {
        "form": form,
        "assignment": assignment,
        "agreed": TargetChange.objects.of(assignment).agreed().for_list(),
        "waiting": waiting,
        "nothing_to_send": waiting is not None and not form.is_bound,
        "back": place(request.user, "assignment", pk),
    }
    return render(request, "officers/new_date.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def steps_page(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = own_assignment(request, pk, Right.LOG_UPDATE)
    steps = list(assignment.milestones.all())
    do = request.POST.get("do", "")
    adding = MilestoneForm(request.POST if do == "add" else None, prefix="new")
    ticks = MilestoneTicksForm(request.POST if do == "tick" else None, steps=steps)
    try:
        done = _milestone_done(request, assignment, do, adding, ticks)
    except NotPossible as problem:
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
    number = row_number(do.removeprefix("remove-"))
    if do.startswith("remove-") and number is not None:
        step = get_object_or_404(Milestone, assignment=assignment, pk=number)
        milestones_actions.remove_milestone(by=request.user, milestone=step)
        return "The step is removed"
    return ""


request_new_date = page(Right.LOG_UPDATE)(new_date_page)
milestones = page(Right.LOG_UPDATE)(steps_page)
