"""People and their roles, for administrators. Prefix: /administration/people/ and /administration/roles/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from committee.accounts.invitations import invite, valid_days
from committee.accounts.mfa import has_second_step, second_steps
from committee.accounts.models import User
from recommendations.actions import people as actions
from recommendations.actions.base import ActionDenied
from recommendations.forms.people import NewPersonForm, PeopleFilter, PersonForm, RoleForm
from recommendations.models import Mail, Membership
from recommendations.models.memberships import with_current_roles
from recommendations.permissions import Right, may
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.lists import listing


@page(Right.ADMINISTER, methods="GET")
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody with an account."""
    shown = listing(request, PeopleFilter, with_current_roles(User.objects.with_accounts()))
    return render(
        request,
        "administration/people.html",
        {"heading": "People", "filter": shown.filters, "page": shown.page, "noun": "person,people"},
    )


@page(Right.ADMINISTER, methods="GET POST")
def new_person(request: SignedInRequest) -> HttpResponse:
    """Add a person with their first role, and send them the link to set a password."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_person(by=request.user, **form.cleaned_data)
        except ActionDenied as problem:
            form.add_error(problem.field, problem.message)
        else:
            _send_link(request, added, f"{added.name} was added.")
            return redirect("person", added.pk)
    return render(request, "administration/new_person.html", {"form": form, "days": valid_days()})


@page(Right.ADMINISTER, methods="GET")
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: roles now and before, and how they sign in."""
    shown = get_object_or_404(User.objects.with_accounts(), pk=pk)
    link = request.session.pop(f"password-link-{pk}", None)
    return render(
        request,
        "administration/person.html",
        {
            "person": shown,
            "roles": shown.memberships.current().for_list(),
            "ended": shown.memberships.ended().for_list(),
            "posts": shown.posts.existing().select_related("body"),
            "steps": second_steps(shown),
            "unreached": Mail.objects.unreached().addressed_to(shown).first(),
            "link": link,
            "days": valid_days(),
        },
    )


@page(Right.ADMINISTER, methods="GET POST")
def edit_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a name or an address."""
    shown = get_object_or_404(User.objects.with_accounts(), pk=pk)
    form = PersonForm(request.POST or None, initial={"name": shown.name, "email": shown.email})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_person(by=request.user, person=shown, **form.cleaned_data)
        except ActionDenied as problem:
            form.add_error(problem.field, problem.message)
        else:
            messages.success(request, "The name and address were saved.")
            return redirect("person", pk)
    return render(request, "administration/edit_person.html", {"form": form, "person": shown})


@page(Right.ADMINISTER, methods="GET POST")
def grant_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    shown = get_object_or_404(User.objects.with_accounts(), pk=pk)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            granted = actions.grant_role(by=request.user, person=shown, **form.cleaned_data)
        except ActionDenied as problem:
            form.add_error(problem.field, problem.message)
        else:
            messages.success(request, f"{shown.name} is now {granted.in_words}.")
            return redirect("person", pk)
    return render(request, "administration/grant_role.html", {"form": form, "person": shown})


@page(Right.ADMINISTER, methods="GET POST")
def end_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a role, after a question."""
    membership = get_object_or_404(Membership.objects.for_list(), pk=pk)
    return _after_a_question(
        request,
        membership.user,
        lambda: actions.end_role(by=request.user, membership=membership),
        done=f"{membership.user.name} is no longer {membership.in_words}.",
        template="administration/end_role.html",
        membership=membership,
    )


@page(Right.ADMINISTER, methods="GET POST")
def change_exempt_right(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give or take the right to see exempt text, after a question."""
    membership = get_object_or_404(Membership.objects.for_list(), pk=pk)
    gives = not membership.sees_exempt
    return _after_a_question(
        request,
        membership.user,
        lambda: actions.change_exempt_right(by=request.user, membership=membership, sees_exempt=gives),
        done=f"{membership.user.name} {'may now' if gives else 'may no longer'} see exempt text as "
        f"{membership.in_words}.",
        template="administration/change_exempt_right.html",
        membership=membership,
        gives=gives,
    )


@page(Right.ADMINISTER, methods="GET POST")
def deactivate_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Switch an account off, after a question."""
    shown = get_object_or_404(User.objects.with_accounts(), pk=pk)
    return _after_a_question(
        request,
        shown,
        lambda: actions.deactivate(by=request.user, person=shown),
        done=f"The account of {shown.name} is switched off.",
        template="administration/deactivate_person.html",
        posts=shown.posts.existing().select_related("body"),
    )


@page(Right.ADMINISTER, methods="POST")
def reactivate_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Switch an account on again."""
    shown = get_object_or_404(User.objects.with_accounts(), pk=pk)
    return _done_or_told(
        request,
        shown,
        lambda: actions.reactivate(by=request.user, person=shown),
        f"The account of {shown.name} is switched on.",
    )


@page(Right.ADMINISTER, methods="GET POST")
def remove_second_step(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a person's second steps away, after a question."""
    shown = get_object_or_404(User.objects.with_accounts(), pk=pk)
    return _after_a_question(
        request,
        shown,
        lambda: actions.remove_second_steps(by=request.user, person=shown),
        done=f"{shown.name} now signs in without a second step.",
        template="administration/remove_second_step.html",
        steps=second_steps(shown),
        has_step=has_second_step(shown),
    )


@page(Right.ADMINISTER, methods="POST")
def send_password_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a new link to set a password; where mail isn't set up, show it once."""
    shown = get_object_or_404(User.objects.with_accounts(), pk=pk)
    if shown.is_active:
        _send_link(request, shown)
    else:
        messages.error(request, "Switch the account on first.")
    return redirect("person", pk)


def _send_link(request: SignedInRequest, to: User, before: str = "") -> None:
    invitation = invite(to)
    if invitation.sent:
        messages.success(request, f"{before} A link to set a password was sent to {to.email}.".strip())
    else:
        request.session[f"password-link-{to.pk}"] = invitation.link
        if before:
            messages.success(request, before)


def _after_a_question(
    request: SignedInRequest, about: User, act: Callable[[], Any], *, done: str, template: str, **context: Any
) -> HttpResponse:
    """Ask on GET; act on POST."""
    if request.method == "POST":
        return _done_or_told(request, about, act, done)
    return render(request, template, {"person": about, **context})


def _done_or_told(request: SignedInRequest, about: User, act: Callable[[], Any], done: str) -> HttpResponse:
    """Act and say so, or say what stands against it; back to the person."""
    try:
        act()
    except ActionDenied as problem:
        messages.error(request, f"{problem.message}.")
    else:
        messages.success(request, done)
    still_here = may(User.objects.get(pk=request.user.pk), Right.ADMINISTER)
    return redirect("person", about.pk) if still_here else redirect("account")
