"""Record the committee's view at a meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from committee.form_recovery import FormRecovery
from recommendations.actions.assessments import assess as record_view
from recommendations.forms.assessments import AssessmentForm, OneAssessmentForm
from recommendations.lifecycle import BodyKind
from recommendations.models import Assessment, Meeting, Recommendation
from recommendations.permissions import Right, may, require
from recommendations.queries.agenda import Agenda, Item, Target
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, find, parse_pk, perform, redirect_with_message


@page(Right.ASSESS, methods="GET POST")
def assess_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the committee's view of each recommendation on a meeting's running list, one by one."""
    meeting = get_object_or_404(Meeting.objects.for_list(), pk=pk, body__kind=BodyKind.COMMITTEE)
    require(request.user, Right.ASSESS, meeting)
    agenda = _agenda(request, meeting)
    sent = _target(request, agenda) if request.method == "POST" else None
    if sent is not None and _record(request, agenda, sent):
        return redirect(_after(request, agenda, sent))
    _prepare(request, agenda, sent)
    context = {
        "agenda": agenda,
        "meeting": meeting,
        "wrong": sent,
        "may_decide_dates": may(request.user, Right.DECIDE_DATES, meeting),
        "meetings": Meeting.objects.of(meeting.body).for_list().begun()[:6],
    }
    return render(request, "councillors/assessment_meeting.html", context)


def _agenda(request: SignedInRequest, meeting: Meeting) -> Agenda:
    """Return the running list as the address asks for it; what is not a number there is ignored."""
    asked = parse_pk(request.GET.get("inquiry"))
    separately = (parse_pk(number) for number in request.GET.getlist("separately"))
    agenda = Agenda(
        meeting,
        only_to_do=request.GET.get("show") == "to-do",
        separately=frozenset(number for number in separately if number is not None),
        page_number=request.GET.get("page", "1"),
    )
    agenda.inquiry = next((one for one in agenda.inquiries if one.pk == asked), None)
    return agenda


def _record(request: SignedInRequest, agenda: Agenda, target: Target) -> bool:
    """Record the view that was sent about the target, and return whether it is recorded. If not, its form says why."""
    form = AssessmentForm(request.POST, prefix=target.key, is_open=target.is_open)
    result = perform(
        request,
        form,
        record_view,
        recommendation=target.recommendation,
        assignment=target.assignment,
        meeting=agenda.meeting,
    )
    target.form, target.meanwhile = form, result.current
    if result.done:
        messages.success(request, f"Recorded for {target.recommendation.reference}: {result.result}.")
    return result.done


def _target(request: SignedInRequest, agenda: Agenda) -> Target:
    """Return what the form that was sent is about. Raise Http404 for anything that is not on this meeting's list."""
    recommendation = find(
        Recommendation.objects.for_agenda(agenda.meeting), request.POST.get("recommendation")
    )
    if recommendation is None:
        raise Http404
    key = request.POST.get("target", "")
    if key.startswith("a"):
        agenda.separately |= {recommendation.pk}
    for target in agenda.item(recommendation).targets:
        if target.key == key:
            return target
    raise Http404


def _prepare(request: SignedInRequest, agenda: Agenda, sent: Target | None) -> None:
    """Give every target on the page its form, with the words kept for it; `sent` keeps the form that was sent.

    What was sent is on the page also where the list is without it by now, as when somebody else recorded a view meanwhile.
    """
    if sent is not None and sent.key not in {target.key for item in agenda.items for target in item.targets}:
        agenda.items.insert(0, agenda.item(sent.recommendation))
    for item in agenda.items:
        for target in item.targets:
            recovery = FormRecovery(request, target.key)
            target.ticket = recovery.ticket
            if sent is not None and sent.key == target.key:
                target.form, target.meanwhile = sent.form, sent.meanwhile
            else:
                target.kept = recovery.kept
                target.form = AssessmentForm(
                    prefix=target.key,
                    is_open=target.is_open,
                    seen=_seen(target),
                    initial=_kept_words(target),
                )


def _kept_words(target: Target) -> dict[str, str]:
    """Return the words kept for this target, to begin its form with: they may be half a view, which is no mistake yet."""
    data = target.kept.data if target.kept else {}
    names = ("grade", "outcome", "comment")
    return {name: data[f"{target.key}-{name}"] for name in names if f"{target.key}-{name}" in data}


def _seen(target: Target) -> int:
    """Return the last view that the author of the form's words had seen: kept words have not seen a later one."""
    seen = parse_pk(target.kept.data.get(f"{target.key}-seen")) if target.kept else None
    return target.seen if seen is None else seen


def _after(request: SignedInRequest, agenda: Agenda, recorded: Target) -> str:
    """Return the address of the same list at the item that follows the one just recorded."""
    query = request.GET.urlencode()
    return f"{request.path}{'?' + query if query else ''}#{_following(agenda, recorded.recommendation.pk)}"


def _following(agenda: Agenda, recommendation_id: int) -> str:
    items: list[Item] = agenda.items
    keys = [item.key for item in items]
    here = f"item-{recommendation_id}"
    if here in keys and keys.index(here) + 1 < len(keys):
        return keys[keys.index(here) + 1]
    return here if here in keys else "list"


@page(Right.ASSESS, methods="GET POST")
def assess(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the committee's view of one recommendation, on a page of its own."""
    recommendation = get_object_or_404(
        Recommendation.objects.visible_to(request.user).for_list().select_related("inquiry__committee"), pk=pk
    )
    require(request.user, Right.ASSESS, recommendation)
    verdicts = list(Assessment.objects.of_recommendations({pk}).for_timeline())
    seen = max((verdict.pk for verdict in verdicts), default=0)
    form = OneAssessmentForm(bound_data(request), recommendation=recommendation, verdicts=verdicts, seen=seen)
    back = reverse("recommendation", args=[pk])
    result = perform(request, form, record_view, recommendation=recommendation)
    if result.done:
        return redirect_with_message(request, f"Recorded: {result.result}.", back)
    context: dict[str, Any] = {
        "recommendation": recommendation,
        "form": form,
        "verdicts": verdicts,
        "meanwhile": result.current,
        "heading": "Record the committee’s view",
        "caption": f"{recommendation.reference} {recommendation.heading}",
        "button": "Record the committee’s view",
        "back": back,
        "wide": True,
    }
    return render(request, "councillors/assessment.html", context)
