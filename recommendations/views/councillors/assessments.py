"""Record the committee's view at a meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from committee.form_recovery import FormRecovery
from recommendations.actions.assessments import assess as record_view
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.forms.assessments import AssessmentForm, OneAssessmentForm
from recommendations.lifecycle import BodyKind
from recommendations.models import Assessment, Meeting, Recommendation
from recommendations.permissions import Right, may, require
from recommendations.queries.agenda import Agenda, Item, Target
from recommendations.views.councillors.dashboard import _kept_words, _seen
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, redirect_with_message

# ------------------------------------------------------------------ the committee's view


@page(Right.ASSESS, methods="GET POST")
def assess_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The running list of a meeting: each recommendation with the form for the committee's view, saved one by one."""
    meeting = get_object_or_404(Meeting.objects.for_list(), pk=pk, body__kind=BodyKind.COMMITTEE)
    require(request.user, Right.ASSESS, meeting)
    agenda = _agenda(request, meeting)
    wrong = None
    if request.method == "POST":
        saved, wrong = _record_one(request, agenda)
        if saved is not None:
            return redirect(_after(request, agenda, saved))
    _prepare(request, agenda, wrong)
    context = {
        "agenda": agenda,
        "meeting": meeting,
        "wrong": wrong,
        "may_decide_dates": may(request.user, Right.DECIDE_DATES, meeting),
        "meetings": Meeting.objects.of(meeting.body).for_list().begun()[:6],
    }
    return render(request, "councillors/assess_meeting.html", context)


def _agenda(request: SignedInRequest, meeting: Meeting) -> Agenda:
    """The running list as the address asks for it; what is not a number there is ignored."""
    asked = request.GET.get("inquiry", "")
    agenda = Agenda(
        meeting,
        only_to_do=request.GET.get("show") == "to-do",
        separately=frozenset(int(n) for n in request.GET.getlist("separately") if _is_id(n)),
        page_number=request.GET.get("page", "1"),
    )
    agenda.inquiry = next((one for one in agenda.inquiries if str(one.pk) == asked), None)
    return agenda


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _record_one(request: SignedInRequest, agenda: Agenda) -> tuple[Assessment | None, Target | None]:
    """Record the verdict that was posted. Gives it, or the target whose form has to be shown again."""
    target = _target(request, agenda)
    form = AssessmentForm(request.POST, prefix=target.key, is_open=target.is_open)
    target.form = form
    if form.is_valid():
        try:
            verdict = record_view(
                by=request.user,
                recommendation=target.recommendation,
                assignment=target.assignment,
                meeting=agenda.meeting,
                **form.cleaned_data,
            )
        except ActionDenied as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except EditConflict as stale:
            target.meanwhile = stale.current
            form.see(stale.current)
        else:
            messages.success(request, f"Recorded for {target.recommendation.reference}: {verdict}.")
            return verdict, None
    return None, target


def _target(request: SignedInRequest, agenda: Agenda) -> Target:
    """What the posted form is about. Anything that is not on this meeting's list is 404."""
    number = request.POST.get("recommendation", "")
    if not _is_id(number):
        raise Http404
    recommendation = get_object_or_404(Recommendation.objects.for_agenda(agenda.meeting), pk=int(number))
    key = request.POST.get("target", "")
    if key.startswith("a"):
        agenda.separately |= {recommendation.pk}
    for target in agenda.item(recommendation).targets:
        if target.key == key:
            return target
    raise Http404


def _prepare(request: SignedInRequest, agenda: Agenda, wrong: Target | None) -> None:
    """Give every target on the page its form, with the words kept for it; the one that was posted keeps what was sent."""
    for item in agenda.items:
        for target in item.targets:
            recovery = FormRecovery(request, target.key)
            target.ticket = recovery.ticket
            if wrong is not None and wrong.key == target.key:
                target.form, target.meanwhile = wrong.form, wrong.meanwhile
            else:
                target.kept = recovery.kept
                target.form = AssessmentForm(
                    prefix=target.key,
                    is_open=target.is_open,
                    seen=_seen(target),
                    initial=_kept_words(target),
                )


def _after(request: SignedInRequest, agenda: Agenda, verdict: Assessment) -> str:
    """The same list at the item that follows the one just recorded."""
    query = request.GET.urlencode()
    return f"{request.path}{'?' + query if query else ''}#{_following(agenda, verdict.recommendation_id)}"


def _following(agenda: Agenda, recommendation_id: int) -> str:
    items: list[Item] = agenda.items
    keys = [item.key for item in items]
    here = f"item-{recommendation_id}"
    if here in keys and keys.index(here) + 1 < len(keys):
        return keys[keys.index(here) + 1]
    return here if here in keys else "list"


@page(Right.ASSESS, methods="GET POST")
def assess(request: SignedInRequest, pk: int) -> HttpResponse:
    """The committee's view of one recommendation, on a page of its own."""
    recommendation = get_object_or_404(
        Recommendation.objects.visible_to(request.user).for_list().select_related("inquiry__committee"), pk=pk
    )
    require(request.user, Right.ASSESS, recommendation)
    verdicts = list(Assessment.objects.of_recommendations({pk}).for_timeline())
    seen = max((verdict.pk for verdict in verdicts), default=0)
    form = OneAssessmentForm(bound_data(request), recommendation=recommendation, seen=seen)
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            verdict = record_view(by=request.user, recommendation=recommendation, **form.cleaned_data)
        except ActionDenied as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except EditConflict as stale:
            meanwhile = stale.current
            form.see(meanwhile)
        else:
            return redirect_with_message(
                request, f"Recorded: {verdict}.", reverse("recommendation", args=[pk])
            )
    context: dict[str, Any] = {
        "recommendation": recommendation,
        "form": form,
        "verdicts": verdicts,
        "meanwhile": meanwhile,
        "heading": "Record the committee’s view",
        "caption": f"{recommendation.reference} {recommendation.heading}",
        "button": "Record the committee’s view",
        "back": reverse("recommendation", args=[pk]),
        "wide": True,
    }
    return render(request, "councillors/assess.html", context)
