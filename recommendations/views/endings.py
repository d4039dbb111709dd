"""Bodies that end, merge or are split, and inquiries that pass to another committee. Each asks first, then shows exactly what
passes on, and does it only when that is confirmed and still so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from committee.accounts.models import Membership
from recommendations.actions import bodies as actions
from recommendations.forms.administration import (
    AbolishForm,
    MergeForm,
    PassInquiriesForm,
    SharesForm,
    SplitForm,
)
from recommendations.lifecycle import Role
from recommendations.models import Assignment, Body, Inquiry, InquiryTransfer, RespondentLink, Succession
from recommendations.permissions import Right
from recommendations.views.access import SignedInRequest, page
from recommendations.views.doing import carry_out, posted

METHODS = ["GET", "HEAD", "POST"]


@page(Right.ABOLISH_BODY)
@require_safe
def successions(request: SignedInRequest) -> HttpResponse:
    """Bodies that can come to an end, and those that did; inquiries that passed on."""
    return render(
        request,
        "administration/successions.html",
        {
            "bodies": Body.objects.existing().for_list().order_by("name", "id"),
            "past": Succession.objects.for_list(),
            "passed": InquiryTransfer.objects.select_related(
                "inquiry", "from_committee", "to_committee", "recorded_by"
            ).order_by("-on", "-id"),
        },
    )


@page(Right.ABOLISH_BODY)
@require_http_methods(METHODS)
def abolish_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """One body ended, and one takes its work over, or none is needed."""
    body = get_object_or_404(Body.objects.for_list(), pk=pk)
    if body.abolished_on is not None:
        messages.info(request, f"{body.name} was already abolished.")
        return redirect("successions")
    form = AbolishForm(posted(request), body=body)
    return _two_steps(
        request,
        form,
        heading=f"Record the end of {body.name}",
        passing=lambda given: actions.passing_on([body], given["successor"]),
        act=lambda given: actions.abolish_body(by=request.user, body=body, **given),
        context={"ending": [body], "split_of": body},
    )


@page(Right.ABOLISH_BODY)
@require_http_methods(METHODS)
def merge_bodies(request: SignedInRequest) -> HttpResponse:
    """Several bodies ended, and one takes their place."""
    form = MergeForm(posted(request), bodies=list(Body.objects.existing().for_choice()))
    return _two_steps(
        request,
        form,
        heading="Merge bodies",
        passing=lambda given: actions.passing_on(given["bodies"], given["successor"]),
        act=lambda given: actions.merge_bodies(by=request.user, **given),
        context={},
    )


def _two_steps(
    request: SignedInRequest,
    form: Form,
    *,
    heading: str,
    passing: Callable[[dict[str, Any]], actions.Passing],
    act: Callable[[dict[str, Any]], list[Assignment]],
    context: dict[str, Any],
) -> HttpResponse:
    asking = {"form": form, "heading": heading, "caption": "Step 1 of 2", **context}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "administration/abolish.html", asking)
    given = dict(form.cleaned_data)
    found = passing(given)
    seen = hashlib.sha256(found.fingerprint.encode()).hexdigest()[:16]
    if given["successor"] is None and found.passing:
        form.add_error("successor", "Select a successor: there is open work to pass on")
        return render(request, "administration/abolish.html", asking)
    if request.POST.get("seen") == seen:
        attempt = carry_out(form, act, given=given)
        if not attempt.done:
            return render(request, "administration/abolish.html", asking)
        ending = given.get("bodies") or context["ending"]
        messages.success(request, _done(ending, given["successor"], len(attempt.result)))
        return redirect("successions")
    ending = given.get("bodies") or context["ending"]
    return render(
        request,
        "administration/abolish_check.html",
        {
            **asking,
            **_around(ending, [given["successor"]] if given["successor"] else []),
            "ending": ending,
            "successor": given["successor"],
            "passing": found,
            "seen": seen,
            "changed": "seen" in request.POST,
            "caption": "Step 2 of 2",
        },
    )


def _around(ending: Sequence[Body], heirs: Sequence[Body]) -> dict[str, Any]:
    """What hangs on bodies that end, and who works for those that take over."""
    return {
        "people": Membership.objects.current()
        .for_list()
        .filter(body__in=ending)
        .order_by("user__name", "id"),
        "posts": sum(body.posts.existing().count() for body in ending),
        "parts": sum(body.parts.existing().count() for body in ending),
        "links": RespondentLink.objects.valid().filter(body__in=ending).count(),
        "without_officer": [
            heir for heir in heirs if not heir.members_as(Role.RESPONSIBLE_OFFICER, Role.APPROVER).exists()
        ],
        "without_approver": [
            heir
            for heir in heirs
            if not heir.publishes_without_approver and not heir.members_as(Role.APPROVER).exists()
        ],
    }


def _done(ending: Sequence[Body], successor: Body | None, passed: int) -> str:
    names = " and ".join(body.name for body in ending)
    were = "was recorded as abolished" if len(ending) == 1 else "were recorded as merged"
    if successor is None:
        return f"{names} {were}."
    work = "1 open recommendation" if passed == 1 else f"{passed} open recommendations"
    return f"{names} {were}. {work} passed to {successor.name}."


@page(Right.ABOLISH_BODY)
@require_http_methods(METHODS)
def split_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """A body ended, and several share its open work."""
    body = get_object_or_404(Body.objects.existing().for_list(), pk=pk)
    heirs = list(Body.objects.existing().not_below(body).for_choice())
    form = SplitForm(posted(request), heirs=heirs)
    context: dict[str, Any] = {"form": form, "body": body, "heading": f"Share out the work of {body.name}"}
    asking = {**context, "caption": "Step 1 of 2", "ending": [body]}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "administration/abolish.html", asking)
    chosen = form.cleaned_data["heirs"]
    work = actions.passing_on([body], None).passing
    shares = SharesForm(_shares(request, work), parts=work, heirs=chosen)
    if "confirm" in request.POST and shares.is_valid():
        given = {
            "on": form.cleaned_data["on"],
            "reason": form.cleaned_data["reason"],
            "shares": shares.shares(),
        }
        attempt = carry_out(form, actions.abolish_body, by=request.user, body=body, **given)
        if attempt.done:
            names = " and ".join(heir.name for heir in chosen)
            messages.success(request, f"{body.name} was recorded as abolished. Its work passed to {names}.")
            return redirect("successions")
        return render(request, "administration/abolish.html", asking)
    return render(
        request,
        "administration/split.html",
        {**context, **_around([body], chosen), "shares": shares, "heirs": chosen, "caption": "Step 2 of 2"},
    )


def _shares(request: SignedInRequest, work: Sequence[Assignment]) -> Any:
    """What is chosen for each part: as sent; all to one body where its button was pressed; nothing at first."""
    to_all = request.POST.get("all", "")
    if to_all:
        return {f"to-{part.pk}": to_all for part in work}
    return (
        request.POST
        if any(f"to-{part.pk}" in request.POST for part in work) or "confirm" in request.POST
        else None
    )


@page(Right.ABOLISH_BODY)
@require_http_methods(METHODS)
def pass_inquiries(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another committee follows inquiries of this one up."""
    committee = get_object_or_404(Body.objects.committees().existing().for_list(), pk=pk)
    inquiries = list(Inquiry.objects.of_committee(committee))
    committees = list(Body.objects.committees().existing().not_below(committee).for_choice())
    form = PassInquiriesForm(posted(request), inquiries=inquiries, committees=committees)
    context = {
        "form": form,
        "committee": committee,
        "heading": f"Pass inquiries of the {committee.name} to another committee",
        "caption": "Step 1 of 2",
        "back": reverse("successions"),
        "back_text": "Ends of bodies",
        "button": "Continue",
    }
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "administration/pass_inquiries.html", context)
    given = form.cleaned_data
    if "confirm" in request.POST:
        attempt = carry_out(form, actions.pass_inquiries, by=request.user, committee=committee, **given)
        if attempt.done:
            number = "1 inquiry" if len(attempt.result) == 1 else f"{len(attempt.result)} inquiries"
            messages.success(request, f"{number} passed to the {given['to'].name}.")
            return redirect("successions")
        return render(request, "administration/pass_inquiries.html", context)
    return render(
        request,
        "administration/pass_inquiries_check.html",
        {
            **context,
            "caption": "Step 2 of 2",
            "given": given,
            "open_parts": Assignment.objects.open().of_inquiries(given["inquiries"]).count(),
            "reviews": committee.reviews.open().count(),
            "people": Membership.objects.current().for_list().within(committee),
            "without_officer": not given["to"].members_as(Role.SCRUTINY_OFFICER).exists(),
        },
    )
