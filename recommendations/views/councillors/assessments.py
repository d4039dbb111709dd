"""Work through a meeting's running list: propose the committee's view, and confirm or record it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from committee.form_recovery import FormRecovery
from recommendations.actions.assessments import assess as record_view
from recommendations.actions.proposed_verdicts import (
    confirm_proposal,
    propose_verdict,
    withdraw_proposal,
)
from recommendations.forms.assessments import AssessmentForm, OneAssessmentForm
from recommendations.lifecycle import BodyKind, Grade, Outcome
from recommendations.models import Assessment, Meeting, ProposedVerdict, Recommendation
from recommendations.permissions import Right, may, require
from recommendations.queries.agenda import Agenda, Item, Target
from recommendations.queries.correction_marks import is_told_of, marked
from recommendations.queries.corrections import for_reading
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    attempt,
    bound_data,
    find,
    parse_pk,
    perform,
    posted_version,
    redirect_with_message,
)

SAID = "said"
"""The id of what the page says was done, at its top: the page that follows begins to read there."""


@page(Right.DASHBOARD, methods="GET POST")
def assess_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Work through a meeting's running list, one recommendation after the other."""
    meeting = meeting_or_404(request, pk)
    agenda = _agenda(request, meeting)
    sent = _target(request, agenda) if request.method == "POST" else None
    if sent is not None and _carry_out(request, agenda, sent):
        return redirect(_after(request))
    _prepare(request, agenda, sent)
    rights = rights_over(request, meeting)
    context = {
        "agenda": agenda,
        "meeting": meeting,
        "heading": _heading(agenda, **rights),
        "grades": Grade,
        "outcomes": Outcome,
        "wrong": sent,
        "may_decide_dates": may(request.user, Right.DECIDE_DATES, meeting),
        "meetings": Meeting.objects.of(meeting.body).for_list().begun()[:6],
        "corrections": for_reading(meeting.corrections.all()),
        **rights,
    }
    return render(request, "councillors/assessment_meeting.html", context)


def _heading(agenda: Agenda, *, may_propose: bool, may_confirm: bool) -> str:
    if agenda.is_sheet:
        return "Sheet for the meeting"
    if not agenda.is_open:
        return "Prepare the meeting"
    return f"{'Record' if may_confirm else 'Propose'} the committee’s views"


def meeting_or_404(request: SignedInRequest, pk: int) -> Meeting:
    """Return a committee's meeting. Raise Http404 for another body's, and PermissionDenied for who is none of its
    people.
    """
    meeting: Meeting = get_object_or_404(Meeting.objects.for_list(), pk=pk, body__kind=BodyKind.COMMITTEE)
    require(request.user, Right.DASHBOARD, meeting)
    return meeting


def rights_over(request: SignedInRequest, thing: Meeting | Recommendation) -> dict[str, bool]:
    """Return whether the person may propose a view, and whether they may confirm one, for the templates."""
    return {
        "may_propose": may(request.user, Right.PROPOSE_VERDICT, thing),
        "may_confirm": may(request.user, Right.ASSESS, thing),
    }


def proposes(request: SignedInRequest, thing: Meeting | Recommendation) -> bool:
    """Return whether what was sent is a proposal: by the button pressed, else because the person may do nothing more."""
    pressed = request.POST.get("do")
    return pressed == "propose" or (pressed != "record" and not may(request.user, Right.ASSESS, thing))


def _agenda(request: SignedInRequest, meeting: Meeting) -> Agenda:
    """Return the running list as the address asks for it; what is not a number there is ignored."""
    asked = parse_pk(request.GET.get("inquiry"))
    separately = (parse_pk(number) for number in request.GET.getlist("separately"))
    agenda = Agenda(
        meeting,
        request.user,
        only_to_do=request.GET.get("show") == "to-do",
        is_sheet=request.GET.get("show") == "sheet",
        separately=frozenset(number for number in separately if number is not None),
        page_number=request.GET.get("page", "1"),
    )
    agenda.inquiry = next((one for one in agenda.inquiries if one.pk == asked), None)
    return agenda


def _carry_out(request: SignedInRequest, agenda: Agenda, target: Target) -> bool:
    """Do what the button that was pressed says, and return whether it is done. If not, the item says why."""
    if request.POST.get("do") in ("confirm", "withdraw"):
        return _end_proposal(request, agenda, target)
    proposing = proposes(request, agenda.meeting)
    form = AssessmentForm(request.POST, prefix=target.key, **_about(agenda, target))
    result = perform(
        request,
        form,
        propose_verdict if proposing else record_view,
        details=lambda: form.cleaned_data if proposing else form.to_record,
        recommendation=target.recommendation,
        assignment=target.assignment,
        meeting=agenda.meeting,
    )
    target.form, target.meanwhile = form, result.current
    return _say(request, agenda, target, result)


def _end_proposal(request: SignedInRequest, agenda: Agenda, target: Target) -> bool:
    """Confirm or withdraw the proposal that a button names, and return whether it is done. If not, the item says why."""
    proposals = ProposedVerdict.objects.at_meeting(agenda.meeting).of_recommendations(
        {target.recommendation.pk}
    )
    proposal = find(proposals, request.POST.get("proposal"))
    if proposal is None:
        raise Http404
    details: dict[str, Any] = {"proposal": proposal, "version": posted_version(request)}
    if request.POST["do"] == "withdraw":
        result = attempt(withdraw_proposal, by=request.user, **details)
    else:
        seen = parse_pk(request.POST.get("seen")) or 0
        result = attempt(confirm_proposal, by=request.user, seen=seen, **details)
    target.meanwhile = result.current
    if result.denied is not None:
        target.denied = result.denied.message
    return _say(request, agenda, target, result)


def _say(request: SignedInRequest, agenda: Agenda, target: Target, result: ActionResult) -> bool:
    """Say in a message what was done, which leads on to the next item, and return whether anything was."""
    if result.done:
        following = _following(agenda, target.recommendation.pk)
        messages.success(request, said_of(target.title, result.result), extra_tags=following)
    return result.done


def said_of(title: str, made: Assessment | ProposedVerdict) -> str:
    """Return the sentence that says what was done with a view of what `title` names."""
    if isinstance(made, Assessment):
        proposer = f", as {made.proposed_by.name} proposed" if made.proposed_by else ""
        return f"Recorded for {title}: {made}{proposer}."
    if made.is_standing:
        return f"Proposed for {title}: {made}. It counts once the chair or committee support confirms it."
    return f"Withdrawn for {title}: your proposal, {made}."


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
    targets = agenda.item(recommendation).targets
    for target in targets:
        if target.key == key:
            return target
    if request.POST.get("do") in ("confirm", "withdraw"):
        return targets[0]  # of what was proposed for the whole before one part was closed
    raise Http404


def _about(agenda: Agenda, target: Target) -> dict[str, Any]:
    """Return what the form of a target has to know of it."""
    return {
        "is_open": target.is_open,
        "later": agenda.may_invite_to,
        "not_reported": target.not_reported,
    }


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
                target.form, target.meanwhile, target.denied = sent.form, sent.meanwhile, sent.denied
            if target.form is None:
                target.kept = recovery.kept
                target.form = AssessmentForm(
                    prefix=target.key,
                    seen=_seen(target),
                    own=target.own,
                    initial=_kept_words(target),
                    **_about(agenda, target),
                )


def _kept_words(target: Target) -> dict[str, str]:
    """Return the words kept for this target, to begin its form with: they may be half a view, which is no mistake yet."""
    data = target.kept.data if target.kept else {}
    names = ("grade", "outcome", "comment", "invited_to", "version")
    return {name: data[f"{target.key}-{name}"] for name in names if f"{target.key}-{name}" in data}


def _seen(target: Target) -> int:
    """Return the last view that the author of the form's words had seen: kept words have not seen a later one."""
    seen = parse_pk(target.kept.data.get(f"{target.key}-seen")) if target.kept else None
    return target.seen if seen is None else seen


def _after(request: SignedInRequest) -> str:
    """Return the address of the same list, at what it says was done."""
    query = request.GET.urlencode()
    return f"{request.path}{'?' + query if query else ''}#{SAID}"


def _following(agenda: Agenda, recommendation_id: int) -> str:
    """Return the id of the item after this one, of its own if it is the last, else of the list."""
    items: list[Item] = agenda.items
    keys = [item.key for item in items]
    here = f"item-{recommendation_id}"
    if here in keys and keys.index(here) + 1 < len(keys):
        return keys[keys.index(here) + 1]
    return here if here in keys else "list"


@page(Right.DASHBOARD, methods="GET POST")
def assess(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose or record the committee's view of one recommendation, on a page of its own."""
    recommendation = get_object_or_404(
        Recommendation.objects.visible_to(request.user)
        .for_list()
        .select_related("inquiry__committee")
        .annotate(corrected=is_told_of("pk")),
        pk=pk,
    )
    require(request.user, Right.DASHBOARD, recommendation)
    verdicts = list(
        Assessment.objects.of_recommendations({pk}).standing().with_recommendation().for_timeline()
    )
    seen = max((verdict.pk for verdict in verdicts), default=0)
    form = OneAssessmentForm(bound_data(request), recommendation=recommendation, verdicts=verdicts, seen=seen)
    back = reverse("recommendation", args=[pk])
    proposing = proposes(request, recommendation)
    result = perform(
        request,
        form,
        propose_verdict if proposing else record_view,
        details=lambda: form.to_record,
        recommendation=recommendation,
    )
    if result.done:
        return redirect_with_message(request, said_of(recommendation.reference, result.result), back)
    rights = rights_over(request, recommendation)
    context: dict[str, Any] = {
        "recommendation": recommendation,
        "form": form,
        "last_said": marked(verdicts[-1:], with_days=True),
        "proposals": ProposedVerdict.objects.on_standing_parts()
        .standing()
        .of_recommendations({pk})
        .for_record(),
        "meanwhile": result.current,
        "heading": "Record the committee’s view" if rights["may_confirm"] else "Propose the committee’s view",
        "caption": f"{recommendation.reference} {recommendation.heading}",
        "back": back,
        "wide": True,
        **rights,
    }
    return render(request, "councillors/assessment.html", context)
