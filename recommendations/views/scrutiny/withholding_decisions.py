"""Decide on what was taken off the record: confirm, put back, erase; propose to put back what is confirmed, agree or decline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from recommendations.actions import put_back_proposals, withholdings
from recommendations.forms.withholdings import (
    AgreeForm,
    ConfirmForm,
    DecisionForm,
    DeclineForm,
    EraseForm,
    ProposeForm,
    PutBackForm,
)
from recommendations.models import Withholding
from recommendations.permissions import Right
from recommendations.queries.withheld_records import NOT_THEIRS, last_step, may_decide, steps_for
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    perform,
    perform_button,
    posted,
    posted_version,
    redirect_with_message,
    render_form,
)

AT_ONCE = "Everybody can read it again at once."


@page(Right.DECIDE_WITHHELD, methods="GET POST")
def confirm_withholding(request: SignedInRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        pk,
        ConfirmForm,
        withholdings.confirm_withholding,
        step="confirm",
        done="It stays off the record",
        heading="Confirm that it stays off the record?",
        button="Confirm",
    )


@page(Right.DECIDE_WITHHELD, methods="GET POST")
def put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        pk,
        PutBackForm,
        withholdings.put_back,
        step="put_back",
        done="It is on the record again as it was",
        heading="Put it back on the record?",
        warning=AT_ONCE,
        button="Put it back",
        danger=True,
    )


@page(Right.DECIDE_WITHHELD, methods="GET POST")
def propose_put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        pk,
        ProposeForm,
        put_back_proposals.propose_put_back,
        step="propose",
        done="It stays off the record until another person agrees",
        heading="Propose to put it back on the record?",
        warning="It is confirmed, so it takes two people. Once another one agrees, everybody can read it again at once.",
        button="Propose to put it back",
    )


@page(Right.DECIDE_WITHHELD, methods="GET POST")
def agree_put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        pk,
        AgreeForm,
        put_back_proposals.agree_put_back,
        step="decide_on_proposal",
        done="It is on the record again as it was",
        heading="Agree to put it back on the record?",
        warning=AT_ONCE,
        button="Agree and put it back",
        danger=True,
    )


@page(Right.DECIDE_WITHHELD, methods="GET POST")
def decline_put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        pk,
        DeclineForm,
        put_back_proposals.decline_put_back,
        step="decide_on_proposal",
        done="It stays off the record",
        heading="Decline to put it back on the record?",
        button="Decline",
    )


@page(Right.DECIDE_WITHHELD, methods="POST")
def withdraw_put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back one's own proposal, from its button on the page of the withholding."""
    perform_button(
        request,
        put_back_proposals.withdraw_put_back,
        done="Your proposal is withdrawn. It stays off the record",
        changed=changed_meanwhile,
        withholding=get_object_or_404(Withholding, pk=pk),
        version=posted_version(request),
    )
    return redirect("withholding", pk)


@page(Right.ERASE, methods="GET POST")
def erase_withholding(request: SignedInRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        pk,
        EraseForm,
        withholdings.erase_withholding,
        step="erase",
        done="It is erased for ever",
        heading="Erase for ever what was withheld?",
        warning="The words and files leave the database and the storage. Nobody can bring them back.",
        button="Erase it for ever",
        danger=True,
    )


def changed_meanwhile(withholding: Withholding) -> str:
    """Return what to say to somebody who decides on a page that is stale."""
    return f"Nothing was done, because this was changed since you opened the page: {last_step(withholding)}"


def _decide(
    request: SignedInRequest,
    pk: int,
    form_class: type[DecisionForm],
    action: Callable[..., Withholding],
    *,
    step: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Carry out the decision, or return its page, without a form where `step`, a name of `Steps`, is not possible now.

    Raise PermissionDenied to the staff of other committees.
    """
    withholding = get_object_or_404(Withholding.objects.for_list(), pk=pk)
    if not may_decide(request.user, withholding):
        raise PermissionDenied(f"{NOT_THEIRS}.")
    form = form_class(posted(request), version=withholding.version)
    result = perform(request, form, action, changed=changed_meanwhile, withholding=withholding)
    if result.done:
        return redirect_with_message(request, done, "withholding", pk)
    withholding = Withholding.objects.for_list().get(pk=pk)
    steps = steps_for(request.user, withholding)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/withholding_decide.html",
        withholding=withholding,
        last_step=last_step(withholding),
        proposals=withholding.put_back_proposals.for_list(),
        why_not=steps.why_not,
        nothing_to_send=not getattr(steps, step),
        caption=str(withholding),
        back=reverse("withholding", args=[pk]),
        **context,
    )
