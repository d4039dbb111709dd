"""People and their roles, for administrators, under /administration/people/ and /administration/roles/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from committee.accounts.invitations import invite, valid_days
from committee.accounts.mfa import has_second_step, second_steps
from committee.accounts.models import User
from committee.models import Email
from recommendations.actions import people as actions
from recommendations.forms.people import NewPersonForm, PeopleFilter, PersonForm, RoleForm
from recommendations.models import Membership
from recommendations.models.memberships import with_current_roles
from recommendations.permissions import Right, may
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    perform,
    perform_button,
    posted,
    redirect_with_message,
    render_form,
)
from recommendations.views.lists import listing


def person_or_404(pk: int) -> User:
    """Return the person with this id who has an account. Raise Http404 for any other."""
    person: User = get_object_or_404(User.objects.with_accounts(), pk=pk)
    return person


@page(Right.ADMINISTER, methods="GET")
def people(request: SignedInRequest) -> HttpResponse:
    shown = listing(request, PeopleFilter, with_current_roles(User.objects.with_accounts()))
    return render(
        request,
        "administration/people.html",
        {"heading": "People", "filter": shown.filters, "page": shown.page, "noun": "person,people"},
    )


@page(Right.ADMINISTER, methods="GET POST")
def new_person(request: SignedInRequest) -> HttpResponse:
    """Add a person with their first role, and send them the link to set a password."""
    form = NewPersonForm(posted(request))
    result = perform(request, form, actions.add_person)
    if result.done:
        return redirect_with_link(request, result.result, f"{result.result.name} was added.")
    return render_form(request, form, result, template="administration/new_person.html", days=valid_days())


@page(Right.ADMINISTER, methods="GET")
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one person: their roles now and before, and how they sign in."""
    person = person_or_404(pk)
    link = request.session.pop(f"password-link-{pk}", None)
    return render(
        request,
        "administration/person.html",
        {
            "person": person,
            "roles": person.memberships.current().for_list(),
            "ended": person.memberships.ended().for_list(),
            "posts": person.posts.existing().select_related("body"),
            "steps": second_steps(person),
            "unreached": Email.objects.unreached().addressed_to(person).first(),
            "link": link,
            "days": valid_days(),
        },
    )


@page(Right.ADMINISTER, methods="GET POST")
def edit_person(request: SignedInRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    form = PersonForm(posted(request), initial={"name": person.name, "email": person.email})
    result = perform(request, form, actions.edit_person, person=person)
    if result.done:
        return redirect_with_message(request, "The name and address were saved.", "person", pk)
    return render_form(request, form, result, template="administration/edit_person.html", person=person)


@page(Right.ADMINISTER, methods="GET POST")
def grant_role(request: SignedInRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    form = RoleForm(posted(request))
    result = perform(request, form, actions.grant_role, person=person)
    if result.done:
        words = f"{person.name} is now {result.result.in_words}."
        return redirect_with_message(request, words, "person", pk)
    return render_form(request, form, result, template="administration/grant_role.html", person=person)


@page(Right.ADMINISTER, methods="GET POST")
def end_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then end a role."""
    membership = get_object_or_404(Membership.objects.for_list(), pk=pk)
    person = membership.user
    if request.method == "POST":
        done = f"{person.name} is no longer {membership.in_words}."
        return _change_account(request, person, actions.end_role, done, membership=membership)
    context = {"person": person, "membership": membership}
    return render(request, "administration/end_role.html", context)


@page(Right.ADMINISTER, methods="GET POST")
def change_exempt_right(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then give or take the right to see exempt text."""
    membership = get_object_or_404(Membership.objects.for_list(), pk=pk)
    person, gives = membership.user, not membership.sees_exempt
    if request.method == "POST":
        may_now = "may now" if gives else "may no longer"
        done = f"{person.name} {may_now} see exempt text as {membership.in_words}."
        change = {"membership": membership, "sees_exempt": gives}
        return _change_account(request, person, actions.change_exempt_right, done, **change)
    context = {"person": person, "membership": membership, "gives": gives}
    return render(request, "administration/change_exempt_right.html", context)


@page(Right.ADMINISTER, methods="GET POST")
def deactivate_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then switch an account off."""
    person = person_or_404(pk)
    if request.method == "POST":
        done = f"The account of {person.name} is switched off."
        return _change_account(request, person, actions.deactivate, done, person=person)
    context = {"person": person, "posts": person.posts.existing().select_related("body")}
    return render(request, "administration/deactivate_person.html", context)


@page(Right.ADMINISTER, methods="POST")
def reactivate_person(request: SignedInRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    done = f"The account of {person.name} is switched on."
    return _change_account(request, person, actions.reactivate, done, person=person)


@page(Right.ADMINISTER, methods="GET POST")
def remove_second_step(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then take a person's second steps away."""
    person = person_or_404(pk)
    if request.method == "POST":
        done = f"{person.name} now signs in without a second step."
        return _change_account(request, person, actions.remove_second_steps, done, person=person)
    context = {"person": person, "steps": second_steps(person), "has_step": has_second_step(person)}
    return render(request, "administration/remove_second_step.html", context)


def _change_account(
    request: SignedInRequest, account: User, action: Callable[..., Any], done: str, **kwargs: Any
) -> HttpResponse:
    """Carry out a button about somebody's account and return to their page, or to the administrator's own account where
    they have just taken their own right away."""
    perform_button(request, action, done=done, **kwargs)
    still_administers = may(User.objects.get(pk=request.user.pk), Right.ADMINISTER)
    return redirect("person", account.pk) if still_administers else redirect("account")


@page(Right.ADMINISTER, methods="POST")
def send_password_link(request: SignedInRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    if person.is_active:
        return redirect_with_link(request, person)
    messages.error(request, "Switch the account on first.")
    return redirect("person", pk)


def redirect_with_link(request: SignedInRequest, to: User, before: str = "") -> HttpResponse:
    """Send a new link to set a password and go to the person's page, which shows the link once where mail isn't set up.
    `before` is a sentence that the message begins with."""
    invitation = invite(to)
    if invitation.sent:
        messages.success(request, f"{before} A link to set a password was sent to {to.email}.".strip())
    else:
        request.session[f"password-link-{to.pk}"] = invitation.link
        if before:
            messages.success(request, before)
    return redirect("person", to.pk)
