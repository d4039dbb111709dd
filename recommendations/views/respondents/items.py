"""What an external respondent reads and answers, under /answer/.

Writing an update, its preview, evidence, milestones and new dates are the officers' own pages.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from recommendations.actions.exempt import log_exempt_access
from recommendations.actions.responses import record_response
from recommendations.forms.respondent_links import OwnResponseForm
from recommendations.lifecycle import Visibility
from recommendations.models import Evidence, TargetChange, Update, UpdateRequest
from recommendations.models.acting import acting_link
from recommendations.permissions import Right, sees_exempt
from recommendations.queries import records
from recommendations.views.available_actions import add_versions_on_entries
from recommendations.views.decorators import SignedInRequest
from recommendations.views.form_handling import bound_data, perform, redirect_with_message, typed_values
from recommendations.views.officers.assignments import own_assignment
from recommendations.views.officers.bulk_updates import bulk_check_page, bulk_update_page
from recommendations.views.officers.milestones import milestones_page
from recommendations.views.officers.target_dates import new_date_page
from recommendations.views.officers.updates import (
    discard_page,
    evidence_page,
    preview_page,
    recall_page,
    update_page,
    versions_page,
)
from recommendations.views.public.evidence import answer_with
from recommendations.views.respondent_sessions import respondent_required


@respondent_required(Right.LOG_UPDATE, methods="GET")
def answer_item(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = own_assignment(request, pk, Right.LOG_UPDATE)
    record = records.record(assignment.recommendation, AnonymousUser())
    entries = [entry for entry in record.entries if entry.is_about(assignment)]
    add_versions_on_entries(request.user, entries)
    context = {
        "link": acting_link(request.user),
        "assignment": assignment,
        "part": next(part for part in [*record.parts, *record.in_error] if part.assignment.pk == pk),
        "entries": entries,
        "open_update": Update.objects.of(assignment).unpublished().for_reading().first(),
        "requests": UpdateRequest.objects.unanswered().of(assignment).for_reading(),
        "date_request": TargetChange.objects.of(assignment).requested().for_list().first(),
    }
    return render(request, "respondents/item.html", context)


@respondent_required(Right.RECORD_RESPONSE, methods="GET POST")
def answer_response(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the body's formal response, see it as it will stand on the record, and put it there."""
    assignment = own_assignment(request, pk, Right.RECORD_RESPONSE)
    if not assignment.may_be_answered:
        closed = "The committee has closed this recommendation, so no response is needed"
        messages.warning(request, assignment.why_nothing_is_asked or closed)
        return redirect("answer_item", pk)
    form = OwnResponseForm(bound_data(request), assignment=assignment)
    pressed = request.POST.get("do")
    if pressed == "record":
        result = perform(
            request,
            form,
            record_response,
            details=lambda: {"assignments": [assignment], **form.cleaned_data},
        )
        if result.done:
            return redirect_with_message(request, "Your response is on the record", "answer_item", pk)
    only_to_look = set(form.errors) <= {"looked_at"}
    checked = request.method == "POST" and only_to_look and pressed != "change"
    context = {
        "form": form,
        "assignment": assignment,
        "earlier": assignment.responses.standing().for_timeline(),
        "typed": typed_values(request) if checked else [],
        "suspicions": form.suspicions if checked else [],
    }
    return render(request, f"respondents/response{'_check' if checked else ''}.html", context)


@respondent_required(methods="GET")
def answer_evidence(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Send a file or link on an item of the link: what is public, and what its reader added themselves."""
    evidence = get_object_or_404(Evidence.objects.on_visible(request.user), pk=pk)
    own = evidence.added_by_id == request.user.pk
    if evidence.is_exempt:
        if not sees_exempt(request.user, evidence):
            raise Http404
        log_exempt_access(by=request.user, thing=evidence)
    elif evidence.visibility == Visibility.RESTRICTED and not own:
        raise Http404
    return answer_with(request, evidence, to_anybody=False)


answer_update = respondent_required(Right.LOG_UPDATE, methods="GET POST")(update_page)
answer_preview = respondent_required(Right.LOG_UPDATE, methods="GET POST")(preview_page)
answer_discard = respondent_required(Right.LOG_UPDATE, methods="GET POST")(discard_page)
answer_recall = respondent_required(Right.LOG_UPDATE, methods="GET POST")(recall_page)
answer_versions = respondent_required(Right.READ_VERSIONS, methods="GET")(versions_page)
answer_add_evidence = respondent_required(Right.LOG_UPDATE, methods="GET POST")(evidence_page)
answer_new_date = respondent_required(Right.LOG_UPDATE, methods="GET POST")(new_date_page)
answer_review = respondent_required(Right.LOG_UPDATE, methods="GET POST")(bulk_update_page)
answer_check_review = respondent_required(Right.LOG_UPDATE, methods="GET POST")(bulk_check_page)
answer_steps = respondent_required(Right.LOG_UPDATE, methods="GET POST")(milestones_page)
