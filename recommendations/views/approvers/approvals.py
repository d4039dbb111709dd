"""The pages of approvers: what waits for them, and one update to publish or to return."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from committee.formatting import time_of_day
from committee.paging import page_of
from committee.text import clean_text
from recommendations.actions import updates
from recommendations.forms.approvals import ApprovalForm, MendForm
from recommendations.forms.inquiries import ConfirmForm
from recommendations.lifecycle import UpdateState
from recommendations.models import Update
from recommendations.notifications.recipients import grace_words, told_when_published, when_told
from recommendations.permissions import Right, sees_exempt
from recommendations.queries import my_work
from recommendations.queries.submitted_versions import versions_of
from recommendations.utils.personal_data import suspicions_in
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    perform,
    posted,
    redirect_with_message,
    render_form,
    with_link,
)
from recommendations.views.officers.updates import own_update


@page(Right.PUBLISH_UPDATE, methods="GET")
def approvals(request: SignedInRequest) -> HttpResponse:
    context = {
        "approved": my_work.approved_just_now(request.user),
        "page": page_of(my_work.waiting_for(request.user), 25, request.GET.get("page")),
        "awaiting_response": my_work.responses_to_give(request.user)[:25],
        "unanswered_words": my_work.unanswered_words(request.user),
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
        return redirect_with_message(request, _decided(result.result, received), home)
    if result.current is not None:
        if received and result.current.is_editable:
            messages.warning(request, _gone(result.current))
            return redirect(home)
        if result.current.state == UpdateState.DRAFT:
            messages.warning(request, _gone(result.current))
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
        "versions": versions_of(update, with_exempt=sees_exempt(request.user, update)),
        "told": told_when_published([update], request.user),
        "when_told": when_told(),
        "grace": grace_words() if settings.GRACE_SECONDS else "",
        "may_mend": not received and update.submitted_by_id != request.user.pk and not update.is_approved,
        "take_back": _take_back(update, received),
        "sees_exempt": sees_exempt(request.user, update),
        "waiting": update.state == UpdateState.SUBMITTED and not update.is_approved,
        "back": reverse(home),
        "back_words": "Workspace" if received else "Approvals",
        "received": received,
    }
    return render(request, "approvers/approval.html", context)


def _take_back(update: Update, received: bool) -> str:
    """Return the address of the page on which the approval of the update is taken back."""
    return reverse("take_back_received_approval" if received else "take_back_approval", args=[update.pk])


def _decided(update: Update, received: bool) -> str:
    """Return the message for who decided on the update."""
    what = f"The update on {update.assignment.recommendation.reference} is"
    if update.state == UpdateState.RETURNED:
        return f"{what} returned, with your reason"
    if update.published_from is None or update.state == UpdateState.PUBLISHED:
        return f"{what} published"
    words = f"{what} approved. It is published in {grace_words()}, at {time_of_day(update.published_from)}."
    return with_link(words, "Take the approval back", _take_back(update, received))


def _gone(update: Update) -> str:
    """Return what became of an update that its writers have again, while its approver read it."""
    if (
        update.state == UpdateState.RETURNED
        and update.returned_by is not None
        and update.submitted_at is not None
    ):
        return "Somebody else returned this update while you read it"
    return "Those who wrote this update took it back while you read it. It comes to you again once it is submitted"


@page(Right.PUBLISH_UPDATE, methods="GET POST")
def take_back_approval(request: SignedInRequest, pk: int) -> HttpResponse:
    return _take_back_page(request, pk, Right.PUBLISH_UPDATE, "approval")


@page(Right.PUBLISH_RECEIVED_UPDATE, methods="GET POST")
def take_back_received_approval(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a scrutiny officer the same page, about an update by personal link from a body without an approver."""
    return _take_back_page(request, pk, Right.PUBLISH_RECEIVED_UPDATE, "publish_received_update")


def _take_back_page(request: SignedInRequest, pk: int, right: Right, one: str) -> HttpResponse:
    """Ask before the approval of an update is taken back, then show the update again."""
    update = own_update(request, pk, right)
    form = ConfirmForm(posted(request))
    result = perform(request, form, updates.take_back_approval, details=dict, update=update)
    if result.done:
        return redirect_with_message(
            request, "The approval is taken back. The update waits for you again", one, pk
        )
    if request.method == "GET" and not update.is_approved:
        return redirect(one, pk)
    return render_form(
        request,
        form,
        result,
        template="_layouts/confirm.html",
        heading="Do you want to take your approval back?",
        caption=f"{update.assignment.recommendation.reference}: {update.assignment.recommendation.heading}",
        warning="The update is not published, and nobody was told of it. It waits for an approver again.",
        button="Take the approval back",
        unsaved=False,
        back=reverse(one, args=[pk]),
    )


@page(Right.PUBLISH_UPDATE, methods="GET POST")
def mend_update(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mend words of a submitted update before publishing it; how it was submitted is kept beside it."""
    update = own_update(request, pk, Right.PUBLISH_UPDATE)
    names = updates.mendable_words(request.user, update)
    form = MendForm(bound_data(request), update=update, names=names)
    result = perform(request, form, updates.mend_update, update=update)
    back = reverse("approval", args=[pk])
    if result.done:
        words = "Your changes are saved. Those who wrote the update are told of them once you publish it"
        return redirect_with_message(request, words, back)
    if result.current is not None and result.current.is_editable:
        messages.warning(request, _gone(result.current))
        return redirect(back)
    if request.method == "GET" and (update.state != UpdateState.SUBMITTED or update.is_approved):
        return redirect(back)
    return render_form(
        request,
        form,
        result,
        template="approvers/mend.html",
        heading="Mend the words",
        caption=f"{update.assignment.recommendation.reference}, {update.assignment.owner_name}",
        update=update,
        button="Save the changes",
        back=back,
    )


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
        updates.approve_update,
        details=lambda: {name: form.cleaned_data[name] for name in ("version", "looked_at")},
        update=update,
    )
