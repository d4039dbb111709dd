"""Record that bodies ended, merged or were split, under /administration/successions/.

Each form asks first, then shows exactly what passes on, and does it only when that is confirmed and still so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from recommendations.actions import successions as actions
from recommendations.forms.successions import EndingForm, MergeForm, NameSuccessorForm, SharesForm, SplitForm
from recommendations.models import Assignment, Body, InquiryTransfer, Succession
from recommendations.permissions import Right
from recommendations.queries.successions import affected_by_ending, passing_in_words, work_in_words
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, posted, redirect_with_message, render_form


@page(Right.ABOLISH_BODY, methods="GET")
def successions(request: SignedInRequest) -> HttpResponse:
    """List the bodies that can come to an end, those that did, and the inquiries that passed on."""
    return render(
        request,
        "administration/successions.html",
        {
            "bodies": Body.objects.existing().for_list().order_by("sort_key", "id"),
            "past": Succession.objects.for_list(),
            "passed": InquiryTransfer.objects.for_list(),
            "left": Body.objects.ended_with_inquiries(),
        },
    )


def possible_successors(body: Body) -> list[Body]:
    """Return the bodies that can take over from `body`, to choose from."""
    return list(Body.objects.existing().not_below(body).for_choice())


# ------------------------------------------------------------------ one successor or none


@page(Right.ABOLISH_BODY, methods="GET POST")
def abolish_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the end of one body whose work one other takes over, or nobody."""
    body = get_object_or_404(Body.objects.for_list(), pk=pk)
    if body.abolished_on is not None:
        messages.info(request, f"{body.name} was already abolished.")
        return redirect("successions")
    form = EndingForm(posted(request), successors=possible_successors(body))
    context = {
        "heading": f"Record the end of {body.name}",
        "split_of": body,
        "running": body.inquiries.running().count(),
    }
    return _end_in_two_steps(request, form, actions.abolish_body, lambda: [body], context, body=body)


@page(Right.ABOLISH_BODY, methods="GET POST")
def merge_bodies(request: SignedInRequest) -> HttpResponse:
    """Record the end of several bodies that one takes the place of."""
    form = MergeForm(posted(request), bodies=list(Body.objects.existing().for_choice()))
    context = {"heading": "Merge bodies"}
    return _end_in_two_steps(
        request, form, actions.merge_bodies, lambda: form.cleaned_data["bodies"], context
    )


def _end_in_two_steps(
    request: SignedInRequest,
    form: Form,
    action: Callable[..., list[Assignment]],
    ending: Callable[[], Sequence[Body]],
    context: dict[str, Any],
    **kwargs: Any,
) -> HttpResponse:
    """Ask for the day, the reason and the successor; then check what passes on, and confirm.

    `ending` returns the bodies that end, once the form is valid.
    """
    first = {**context, "caption": "Step 1 of 2"}
    if _is_asking(request, form):
        return _ask(request, form, first)
    successor = form.cleaned_data["successor"]
    transfer = actions.plan_transfer(ending(), successor)
    if successor is None and transfer.assignments:
        form.add_error("successor", "Select a successor: there is work to pass on")
        return _ask(request, form, first)
    successors = [successor] if successor else []
    last = {**context, "caption": "Step 2 of 2"}
    return _check_and_confirm(request, form, action, ending(), successors, transfer, last, **kwargs)


def _is_asking(request: SignedInRequest, form: Form) -> bool:
    """Return whether the first step is shown: at the beginning, after a mistake, and to change what was entered."""
    return request.method != "POST" or not form.is_valid() or "change" in request.POST


def _ask(request: SignedInRequest, form: Form, context: dict[str, Any]) -> HttpResponse:
    return render_form(request, form, template="administration/abolish.html", **context)


def _check_and_confirm(
    request: SignedInRequest,
    form: Form,
    action: Callable[..., list[Assignment]],
    ending: Sequence[Body],
    successors: Sequence[Body],
    transfer: actions.WorkTransfer,
    context: dict[str, Any],
    **kwargs: Any,
) -> HttpResponse:
    """Show all that would happen; do it once it was shown, is confirmed and is still so."""
    fingerprint = hashlib.sha256(transfer.fingerprint.encode()).hexdigest()[:16]
    if request.POST.get("seen") != fingerprint:
        return render(
            request,
            "administration/abolish_check.html",
            {
                **context,
                **affected_by_ending(ending, successors),
                "form": form,
                "ending": ending,
                "successors": successors,
                "transfer": transfer,
                "passing": [
                    (passing_in_words(work), successor, work) for successor, work in transfer.by_new_body
                ],
                "open_work": actions.open_work(transfer.assignments),
                "seen": fingerprint,
                "changed": "seen" in request.POST,
            },
        )
    result = perform(request, form, action, **kwargs)
    if result.done:
        return redirect_with_message(request, _recorded(ending, successors, result.result), "successions")
    return _ask(request, form, {**context, "caption": ""})


def _recorded(ending: Sequence[Body], successors: Sequence[Body], passed: Sequence[Assignment]) -> str:
    were = "was recorded as abolished" if len(ending) == 1 else "were recorded as merged"
    if not successors:
        return f"{_names(ending)} {were}."
    return f"{_names(ending)} {were}. {work_in_words(passed)} passed to {_names(successors)}."


def _names(bodies: Sequence[Body]) -> str:
    names = [body.name for body in bodies]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


# ------------------------------------------------------------------ several successors


@page(Right.ABOLISH_BODY, methods="GET POST")
def split_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the end of one body whose open work several others share."""
    body = get_object_or_404(Body.objects.existing().for_list(), pk=pk)
    form = SplitForm(posted(request), successors=possible_successors(body))
    context: dict[str, Any] = {"body": body, "heading": f"Share out the work of {body.name}"}
    if _is_asking(request, form):
        running = body.inquiries.running().count()
        return _ask(request, form, {**context, "caption": "Step 1 of 3", "running": running})
    successors = form.cleaned_data["successors"]
    work = actions.plan_transfer([body], None).assignments
    shares = SharesForm(_posted_shares(request, work), parts=work, successors=successors)
    context["shares"] = shares
    if work and _is_sharing(request, shares):
        context |= {"successors": successors, "caption": "Step 2 of 3", "work": work_in_words(work)}
        return render_form(request, form, template="administration/split.html", **context)
    chosen = shares.shares() if work else {}
    transfer = actions.plan_transfer([body], None, chosen)
    context["caption"] = "Step 3 of 3"
    return _check_and_confirm(
        request, form, actions.split_body, [body], successors, transfer, context, body=body, shares=chosen
    )


def _is_sharing(request: SignedInRequest, shares: SharesForm) -> bool:
    """Return whether the second step is shown: before the shares are sent, after a mistake, and to change them."""
    sent = "check" in request.POST or "seen" in request.POST
    return "share" in request.POST or not sent or not shares.is_valid()


def _posted_shares(request: SignedInRequest, work: Sequence[Assignment]) -> Mapping[str, Any] | None:
    """Return who takes each assignment: all to one body where its button was pressed; else as sent; None at first."""
    to_all = request.POST.get("all", "")
    if to_all:
        return SharesForm.all_to(to_all, work)
    sent = any(f"to-{part.pk}" in request.POST for part in work) or "check" in request.POST
    return request.POST if sent else None


# ------------------------------------------------------------------ a successor named later


@page(Right.ABOLISH_BODY, methods="GET POST")
def name_successor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name the successor of a body that ended without one, so that the committee can reopen what was closed."""
    body = get_object_or_404(Body.objects.without_successor(), pk=pk)
    form = NameSuccessorForm(posted(request), successors=possible_successors(body))
    result = perform(request, form, actions.name_successor, body=body)
    if result.done:
        words = f"{result.result.successor.name} is the successor of {body.name}."
        return redirect_with_message(request, words, "successions")
    return render_form(
        request,
        form,
        result,
        template="administration/name_successor.html",
        body=body,
        heading=f"Name the successor of {body.name}",
        back=reverse("successions"),
        button="Name the successor",
    )
