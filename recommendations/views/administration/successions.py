"""Bodies that end, merge or are split, and inquiries that pass to another committee. Each asks first, then shows exactly what
passes on, and does it only when that is confirmed and still so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from committee.formatting import plural
from recommendations.actions import successions as successions_actions
from recommendations.forms.successions import (
    EndingForm,
    MergeForm,
    NameSuccessorForm,
    PassInquiriesForm,
    SharesForm,
    SplitForm,
)
from recommendations.lifecycle import Role
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    InquiryTransfer,
    Membership,
    RespondentLink,
    Succession,
)
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, posted, redirect_with_message


@page(Right.ABOLISH_BODY, methods="GET")
def successions(request: SignedInRequest) -> HttpResponse:
    """Bodies that can come to an end, and those that did; inquiries that passed on."""
    return render(
        request,
        "administration/successions.html",
        {
            "bodies": Body.objects.existing().for_list().order_by("name", "id"),
            "past": Succession.objects.for_list(),
            "passed": InquiryTransfer.objects.for_list(),
            "left": Body.objects.ended_with_inquiries(),
        },
    )


# ------------------------------------------------------------------ one ends, several merge


@page(Right.ABOLISH_BODY, methods="GET POST")
def abolish_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """One body ended, and one takes its work over, or none is needed."""
    body = get_object_or_404(Body.objects.for_list(), pk=pk)
    if body.abolished_on is not None:
        messages.info(request, f"{body.name} was already abolished.")
        return redirect("successions")
    form = EndingForm(posted(request), successors=_may_take_over(body))
    return _asked_then_shown(
        request,
        form,
        ending=lambda given: [body],
        act=lambda given: successions_actions.abolish_body(by=request.user, body=body, **given),
        context={
            "heading": f"Record the end of {body.name}",
            "split_of": body,
            "running": body.inquiries.running().count(),
        },
    )


@page(Right.ABOLISH_BODY, methods="GET POST")
def merge_bodies(request: SignedInRequest) -> HttpResponse:
    """Several bodies ended, and one takes their place."""
    form = MergeForm(posted(request), bodies=list(Body.objects.existing().for_choice()))
    return _asked_then_shown(
        request,
        form,
        ending=lambda given: given["bodies"],
        act=lambda given: successions_actions.merge_bodies(by=request.user, **given),
        context={"heading": "Merge bodies"},
    )


def _may_take_over(body: Body) -> list[Body]:
    return list(Body.objects.existing().not_below(body).for_choice())


def _asked_then_shown(
    request: SignedInRequest,
    form: Form,
    *,
    ending: Callable[[dict[str, Any]], Sequence[Body]],
    act: Callable[[dict[str, Any]], list[Assignment]],
    context: dict[str, Any],
) -> HttpResponse:
    """The two steps of bodies that have one successor or none."""
    asking = {"form": form, "caption": "Step 1 of 2", **context}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "administration/abolish.html", asking)
    given = dict(form.cleaned_data)
    passing = successions_actions.passing_on(ending(given), given["successor"])
    if given["successor"] is None and passing.passing:
        form.add_error("successor", "Select a successor: there is open work to pass on")
        return render(request, "administration/abolish.html", asking)
    return _confirmed(
        request,
        form,
        ending=ending(given),
        heirs=[given["successor"]] if given["successor"] else [],
        passing=passing,
        act=lambda: act(given),
        context={**asking, "caption": "Step 2 of 2"},
    )


def _confirmed(
    request: SignedInRequest,
    form: Form,
    *,
    ending: Sequence[Body],
    heirs: Sequence[Body],
    passing: successions_actions.Passing,
    act: Callable[[], list[Assignment]],
    context: dict[str, Any],
) -> HttpResponse:
    """Show all that would happen; do it once it was shown, is confirmed and is still so."""
    seen = hashlib.sha256(passing.fingerprint.encode()).hexdigest()[:16]
    if request.POST.get("seen") == seen:
        attempt = perform(request, form, lambda by: act(), details=dict)
        if attempt.done:
            return redirect_with_message(request, _done(ending, heirs, len(attempt.result)), "successions")
        return render(request, "administration/abolish.html", {**context, "caption": ""})
    return render(
        request,
        "administration/abolish_check.html",
        {
            **context,
            **_around(ending, heirs),
            "ending": ending,
            "heirs": heirs,
            "passing": passing,
            "in_hand": successions_actions.in_hand(passing.passing),
            "seen": seen,
            "changed": "seen" in request.POST,
        },
    )


def _around(ending: Sequence[Body], heirs: Sequence[Body]) -> dict[str, Any]:
    """What hangs on bodies that end, and who works for those that take over."""
    return {
        "people": Membership.objects.current().for_list().within_any(ending),
        "posts": [post for body in ending for post in body.posts.existing()],
        "parts": [part for body in ending for part in body.parts.existing() if part not in ending],
        "links": RespondentLink.objects.valid().of_any(ending).for_list(),
        "meetings": [meeting for body in ending for meeting in body.meetings.to_come()],
        "without_officer": [
            heir for heir in heirs if not heir.members_as(Role.RESPONSIBLE_OFFICER, Role.APPROVER).exists()
        ],
        "without_approver": [
            heir
            for heir in heirs
            if not heir.publishes_without_approver and not heir.members_as(Role.APPROVER).exists()
        ],
    }


def _done(ending: Sequence[Body], heirs: Sequence[Body], passed: int) -> str:
    were = "was recorded as abolished" if len(ending) == 1 else "were recorded as merged"
    if not heirs:
        return f"{_names(ending)} {were}."
    work = plural(passed, "open recommendation")
    return f"{_names(ending)} {were}. {work} passed to {_names(heirs)}."


def _names(bodies: Sequence[Body]) -> str:
    names = [body.name for body in bodies]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


# ------------------------------------------------------------------ one is shared out


@page(Right.ABOLISH_BODY, methods="GET POST")
def split_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """A body ended, and several share its open work."""
    body = get_object_or_404(Body.objects.existing().for_list(), pk=pk)
    form = SplitForm(posted(request), heirs=_may_take_over(body))
    context: dict[str, Any] = {"form": form, "body": body, "heading": f"Share out the work of {body.name}"}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        asking = {**context, "caption": "Step 1 of 3", "running": body.inquiries.running().count()}
        return render(request, "administration/abolish.html", asking)
    given = dict(form.cleaned_data)
    work = successions_actions.passing_on([body], None).passing
    shares = SharesForm(_shares(request, work), parts=work, heirs=given["heirs"])
    asked = "check" in request.POST or "seen" in request.POST
    if work and ("share" in request.POST or not asked or not shares.is_valid()):
        return render(
            request,
            "administration/split.html",
            {**context, "shares": shares, "heirs": given["heirs"], "caption": "Step 2 of 3"},
        )
    chosen = shares.shares() if work else {}
    return _confirmed(
        request,
        form,
        ending=[body],
        heirs=given["heirs"],
        passing=successions_actions.passing_on([body], None, chosen),
        act=lambda: successions_actions.split_body(by=request.user, body=body, shares=chosen, **given),
        context={**context, "shares": shares, "caption": "Step 3 of 3"},
    )


def _shares(request: SignedInRequest, work: Sequence[Assignment]) -> Mapping[str, Any] | None:
    """What is chosen for each part: all to one body where its button was pressed; else as sent; nothing at first."""
    to_all = request.POST.get("all", "")
    if to_all:
        return SharesForm.all_to(to_all, work)
    sent = any(f"to-{part.pk}" in request.POST for part in work) or "check" in request.POST
    return request.POST if sent else None


@page(Right.ABOLISH_BODY, methods="GET POST")
def name_successor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who takes over from a body that ended without a successor, where the committee reopens something."""
    body = get_object_or_404(Body.objects.without_successor(), pk=pk)
    form = NameSuccessorForm(posted(request), successors=_may_take_over(body))
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, successions_actions.name_successor, body=body)
        if attempt.done:
            successor = attempt.result.successor.name
            return redirect_with_message(
                request, f"{successor} is the successor of {body.name}.", "successions"
            )
    return render(
        request,
        "administration/name_successor.html",
        {
            "form": form,
            "body": body,
            "heading": f"Name the successor of {body.name}",
            "back": reverse("successions"),
            "button": "Name the successor",
        },
    )


# ------------------------------------------------------------------ inquiries pass on


@page(Right.ABOLISH_BODY, methods="GET POST")
def pass_inquiries(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another committee follows inquiries of this one up, which may have ended already."""
    committee = get_object_or_404(Body.objects.committees().for_list(), pk=pk)
    form = PassInquiriesForm(
        posted(request),
        committee=committee,
        inquiries=list(Inquiry.objects.of_committee(committee)),
        committees=list(Body.objects.committees().existing().not_below(committee).for_choice()),
    )
    context = {
        "form": form,
        "committee": committee,
        "heading": f"Pass inquiries of the {committee.name} to another committee",
        "caption": "Step 1 of 2",
        "back": reverse("successions"),
        "button": "Continue",
    }
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "administration/pass_inquiries.html", context)
    given = form.cleaned_data
    if "confirm" in request.POST:
        attempt = perform(
            request, form, successions_actions.pass_inquiries, details=dict, committee=committee, **given
        )
        if attempt.done:
            number = plural(len(attempt.result), "inquiry", "inquiries")
            return redirect_with_message(
                request, f"{number} passed to the {given['to'].name}.", "successions"
            )
        return render(request, "administration/pass_inquiries.html", context)
    return render(
        request,
        "administration/pass_inquiries_check.html",
        {**context, **_what_follows(committee, given), "caption": "Step 2 of 2"},
    )


def _what_follows(committee: Body, given: dict[str, Any]) -> dict[str, Any]:
    """What passes on with inquiries, what stays behind, and who works for either committee."""
    chosen = {inquiry.pk for inquiry in given["inquiries"]}
    follow, stay = successions_actions.reviews_that_follow(committee, given["inquiries"])
    still_followed_up = committee.inquiries.followed_up().exclude(pk__in=chosen)
    return {
        "given": given,
        "open_parts": Assignment.objects.open().of_inquiries(given["inquiries"]).count(),
        "follow": follow,
        "stay": stay,
        "left": [one for one in committee.inquiries.running() if one.pk not in chosen],
        "links": RespondentLink.objects.valid().of_inquiries(committee, given["inquiries"]).for_list(),
        "links_follow": not still_followed_up.exists(),
        "links_beside": successions_actions.links_beside(committee, given["to"], given["inquiries"]),
        "meetings": list(committee.meetings.to_come()) if given.get("ends") else [],
        "people": Membership.objects.current().for_list().within(committee),
        "without_officer": not given["to"].members_as(Role.SCRUTINY_OFFICER).exists(),
    }
