"""Give one view of the committee for several recommendations of a meeting's running list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import get_text_list

from committee.formatting import plural
from recommendations.actions.assessments import assess_several as record_several
from recommendations.actions.assessments import check_several
from recommendations.actions.proposed_verdicts import propose_several
from recommendations.forms.assessments import SeveralForm
from recommendations.lifecycle import Outcome
from recommendations.models import Meeting
from recommendations.permissions import Right
from recommendations.queries.agenda import Agenda, Target
from recommendations.views.councillors.assessments import (
    SAID,
    meeting_or_404,
    proposes,
    rights_over,
    said_of,
)
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import ActionResult, bound_data, parse_pk, perform

STEPS = {"check": check_several, "propose": propose_several, "record": record_several}
"""What each button of the page does; any other leads back to the form, with what was typed."""


@page(Right.DASHBOARD, methods="GET POST")
def assess_several(request: SignedInRequest, pk: int) -> HttpResponse:
    """Fill in one view for those named by `?target=`, check it, and propose or record it for all of them or none."""
    meeting = meeting_or_404(request, pk)
    agenda = Agenda(meeting, request.user)
    asked = request.GET.getlist("target")
    targets = agenda.chosen(_ids("r", asked), _ids("a", asked)) if agenda.is_open else []
    if not targets:
        messages.error(request, "Tick the recommendations that the view is for, then choose again")
        return redirect(_list_url(meeting))
    form = SeveralForm(
        bound_data(request),
        states={target.is_open for target in targets},
        later=agenda.may_invite_to,
        not_reported=_not_reported(targets),
    )
    result = _carry_out(request, meeting, form, targets)
    if result.done and isinstance(result.result, list):
        said = said_of(get_text_list([target.title for target in targets], "and"), result.result[0])
        messages.success(request, said)
        return redirect(_list_url(meeting))
    context: dict[str, Any] = {
        "meeting": meeting,
        "form": form,
        "targets": targets,
        "gone": len(set(asked)) - len(targets),
        "checked": form.verdict if result.done else None,
        "told": _told(form, targets) if result.done else "",
        "meanwhile": result.current,
        "proposing": proposes(request, meeting),
        "heading": f"One view for {plural(len(targets), 'item')}",
        "caption": str(meeting),
        "back": _list_url(meeting),
        "wide": True,
        **rights_over(request, meeting),
    }
    return render(request, "councillors/several.html", context)


def _ids(kind: str, keys: Sequence[str]) -> set[int]:
    """Return the ids in the keys of this kind: "r" for recommendations, "a" for parts. What is no key is ignored."""
    ids = (parse_pk(key[1:]) for key in keys if key.startswith(kind))
    return {pk for pk in ids if pk is not None}


def _carry_out(
    request: SignedInRequest, meeting: Meeting, form: SeveralForm, targets: list[Target]
) -> ActionResult:
    """Do what the button that was pressed says. What is refused of one is said with its name, and nothing is done."""
    step = STEPS.get(request.POST.get("do", ""))
    if step is None:
        return ActionResult()
    result = perform(
        request,
        form,
        step,
        details=lambda: form.verdict,
        meeting=meeting,
        targets=[(target.recommendation, target.assignment) for target in targets],
        seen=[parse_pk(request.POST.get(f"seen-{target.key}")) or 0 for target in targets],
    )
    if result.denied is not None and result.denied.row is not None:
        denied = result.denied
        field = denied.field if denied.field in form.fields else None
        form.add_error(field, f"{targets[denied.row or 0].title}: {denied.message}")
    return result


def _not_reported(targets: list[Target]) -> str:
    facts = [f"{target.title}: {target.not_reported}" for target in targets if target.not_reported]
    return "; ".join(facts)


def _told(form: SeveralForm, targets: list[Target]) -> str:
    """Return the names of the bodies that are told by e-mail of what is about to be recorded; "" if none is."""
    if form.verdict["outcome"] != Outcome.ESCALATE:
        return ""
    names = {part.owner_name for target in targets for part in target.parts}
    return get_text_list(sorted(names), "and")


def _list_url(meeting: Meeting) -> str:
    return f"{reverse('assess_meeting', args=[meeting.pk])}#{SAID}"
