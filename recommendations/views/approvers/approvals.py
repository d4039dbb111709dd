"""The pages of approvers: what waits for them, and one update to publish or to return."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from committee.paging import page_of
from committee.text import clean_text
from recommendations.actions import updates
from recommendations.forms.approvals import ApprovalForm
from recommendations.lifecycle import UpdateState
from recommendations.models import Assignment, Update
from recommendations.permissions import Right, sees_exempt
from recommendations.utils.personal_data import suspicions_in
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import ActionResult, bound_data, perform, redirect_with_message
from recommendations.views.officers.updates import own_update


@page(Right.PUBLISH_UPDATE, methods="GET")
def approvals(request: SignedInRequest) -> HttpResponse:
    waiting = Update.objects.waiting_for(request.user).for_list("submitted_by")
    unanswered = Assignment.objects.approved_by(request.user).awaiting_response().for_list()
    context = {
        "page": page_of(waiting, 25, request.GET.get("page")),
        "awaiting_response": unanswered.order_by("response_due_on", "id")[:25],
    }
    return render(request, "approvers/approvals.html", context)


@page(Right.PUBLISH_UPDATE, methods="GET POST")
def approval(request: SignedInRequest, pk: int) -> HttpResponse:
    return _decision(request, pk, Right.PUBLISH_UPDATE, "approvals")


@page(Right.PUBLISH_RECEIVED_UPDATE, methods="GET POST")
def publish_received_update(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a scrutiny officer the same page, about an update by personal link from a body without an approver."""
    return _decision(request, pk, Right.PUBLISH_RECEIVED_UPDATE, "workspace")


def _decision(request: SignedInRequest, pk: int, right: Right, home: str) -> HttpResponse:
    """Show a submitted update to read; publish it or return it, then go home."""
    update, received = own_update(request, pk, right), right == Right.PUBLISH_RECEIVED_UPDATE
    form = ApprovalForm(bound_data(request), initial={"version": update.version})
    result = _decide(request, update, form)
    if result.done:
        decided = "returned, with your reason" if result.result.state == UpdateState.RETURNED else "published"
        reference = update.assignment.recommendation.reference
        return redirect_with_message(request, f"The update on {reference} is {decided}", home)
    if result.current is not None:
        if received and result.current.state == UpdateState.RETURNED:
            messages.warning(request, "Somebody else returned this update while you read it")
            return redirect(home)
        update = own_update(request, pk, right)
        form = ApprovalForm({"version": update.version, "reason": form.cleaned_data["reason"]})
        if update.state == UpdateState.SUBMITTED:
            form.add_error(None, "The update was changed while you read it. Read it again before you decide")
    context = {
        "update": update,
        "assignment": update.assignment,
        "form": form,
        "last": update.assignment.last_update,
        "suspicions": suspicions_in(update),
        "is_own": update.submitted_by_id == request.user.pk,
        "sees_exempt": sees_exempt(request.user, update),
        "waiting": update.state == UpdateState.SUBMITTED,
        "back": reverse(home),
        "back_words": "Workspace" if received else "Approvals",
        "received": received,
    }
    return render(request, "approvers/approval.html", context)


def _decide(request: SignedInRequest, update: Update, form: ApprovalForm) -> ActionResult:
    """Publish or return the update, as the pressed button says."""
    if request.method != "POST":
        return ActionResult()
    pressed = request.POST.get("do")
    if pressed == "return":
        return perform(
            request,
            form,
            updates.return_update,
            details=lambda: {name: form.cleaned_data[name] for name in ("version", "reason")},
            update=update,
        )
    if form.is_valid() and pressed != "publish":
        form.add_error(None, "Choose: publish the update or return it")
    elif form.is_valid() and clean_text(form.cleaned_data["reason"]):
        form.add_error(
            "reason", "You typed a reason for returning it. Return it, or clear the reason to publish"
        )
    return perform(
        request,
        form,
        updates.publish_update,
        details=lambda: {name: form.cleaned_data[name] for name in ("version", "looked_at")},
        update=update,
    )
