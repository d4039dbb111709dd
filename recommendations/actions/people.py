"""Manage accounts, roles, and the right to see exempt text."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from committee import clock
from committee.accounts.models import User
from committee.audit.models import SecondStep
from committee.text import email_address
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.lifecycle import Role
from recommendations.models import Body, Membership
from recommendations.permissions import Right, require

LAST_ADMINISTRATOR = "This is the last administrator. Make somebody else an administrator first"


@action
def add_person(
    *, by: User, name: str, email: str, role: str, body: Body | None = None, sees_exempt: bool = False
) -> User:
    """Add an account with its first role and without a password, which the person sets by a link.

    Somebody who answered by a personal link before is given an account. Raise ActionDenied for an address in use, and
    for a role without its body.
    """
    require(by, Right.ADMINISTER)
    person = _new_or_respondent(email)
    person.set_unusable_password()
    save(person, name=name, is_active=True, is_respondent=False)
    _grant(person, role, body, sees_exempt)
    return person


def _new_or_respondent(email: str) -> User:
    """Return a new person, or the respondent of this address whose personal links have all ended.

    What they wrote stays theirs. Raise ActionDenied while one of their links is valid: nobody acts in two ways at once.
    """
    address = email_address(email)
    person = User.objects.select_for_update().filter(email=address, is_respondent=True).first()
    if person is None:
        return User(email=address)
    link = person.respondent_links.valid().select_related("body").first()
    if link is not None:
        raise ActionDenied(
            f"{person.name} answers for {link.body.name} by a personal link. Revoke that link first, then add the"
            " account",
            "email",
        )
    return person


@action
def edit_person(*, by: User, person: User, name: str, email: str) -> User:
    """Correct a person's name or address. A new address ends all their sessions."""
    require(by, Right.ADMINISTER)
    person = _with_account(person)
    address = email_address(email)
    if address != person.email:
        # allauth finds people by these rows too: an old address must stop working.
        EmailAddress.objects.filter(user_id=person.pk).delete()
        person.session_version += 1
    save(person, name=name, email=address)
    return person


@action
def grant_role(
    *, by: User, person: User, role: str, body: Body | None = None, sees_exempt: bool = False
) -> Membership:
    """Give a person a role in a body, or everywhere for an administrator. Raise ActionDenied if they have it."""
    require(by, Right.ADMINISTER)
    person = _with_account(person)
    if not person.is_active:
        raise ActionDenied("Switch the account on first")
    return _grant(person, role, body, sees_exempt)


@action
def end_role(*, by: User, membership: Membership) -> Membership:
    """End a role today. What was done in it stays on the record. Raise ActionDenied for the last administrator."""
    require(by, Right.ADMINISTER)
    _end(membership)
    return membership


@action
def change_exempt_right(*, by: User, membership: Membership, sees_exempt: bool) -> Membership:
    """Give or take the right to see exempt text: the role ends and begins anew, so that the record shows both."""
    require(by, Right.ADMINISTER)
    membership = lock(membership)
    if membership.ended_on is not None:
        raise ActionDenied("This role has ended")
    if membership.sees_exempt == sees_exempt:
        raise ActionDenied("Nothing to change: somebody else has just done this")
    if membership.role == Role.ADMINISTRATOR:
        raise ActionDenied("Administrators see no exempt text. Give the right with a role in a body")
    _end(membership)
    return _grant(membership.user, membership.role, membership.body, sees_exempt)


@action
def deactivate(*, by: User, person: User) -> User:
    """Deactivate an account and end its sessions. The roles stay, and count again when it is reactivated."""
    require(by, Right.ADMINISTER)
    administrators = _administrators()
    person = _with_account(person)
    if not person.is_active:
        raise ActionDenied("This account is already switched off")
    if administrators == {person.pk}:
        raise ActionDenied(LAST_ADMINISTRATOR)
    person.session_version += 1
    save(person, is_active=False)
    return person


@action
def reactivate(*, by: User, person: User) -> User:
    """Reactivate an account."""
    require(by, Right.ADMINISTER)
    person = _with_account(person)
    if person.is_active:
        raise ActionDenied("This account is already switched on")
    save(person, is_active=True)
    return person


@action
def remove_second_steps(*, by: User, person: User) -> int:
    """Remove a person's authenticator app, passkeys and recovery codes, for example after a phone was lost.

    Return how many there were; all their sessions end. Raise ActionDenied if there are none.
    """
    require(by, Right.ADMINISTER)
    person = lock(person)
    removed, _ = SecondStep.objects.filter(user=person).delete()
    if not removed:
        raise ActionDenied("This person has no second step")
    person.session_version += 1
    person.save(update_fields=["session_version"])
    return removed


def first_administrator(*, email: str, name: str) -> User:
    """Return an administrator added on the command line of the server, where nobody is signed in.

    That is a new person, or the one with this address, who now has the role as well.
    """
    with transaction.atomic():
        person = User.objects.with_accounts().filter(email=email_address(email)).first()
        if person is None:
            person = _new_or_respondent(email)
            person.is_active, person.is_respondent = True, False
            person.set_unusable_password()
            save(person, name=name)
        elif not person.is_active:
            save(person, is_active=True)
        if not person.memberships.current().filter(role=Role.ADMINISTRATOR).exists():
            _grant(person, Role.ADMINISTRATOR, None, False)
        return person


def _with_account(person: User) -> User:
    """Return the person, locked. Raise ActionDenied for a respondent, who has no account."""
    locked: User = lock(person)
    if locked.is_respondent:
        raise ActionDenied(
            f"{locked.name} answers by a personal link and has no account. Revoke the link, then add the account"
        )
    return locked


def _grant(person: User, role: str, body: Body | None, sees_exempt: bool) -> Membership:
    if role == Role.ADMINISTRATOR:
        if body is not None:
            raise ActionDenied("Administrators hold their role everywhere: leave the body empty", "body")
        if sees_exempt:
            raise ActionDenied(
                "Administrators see no exempt text. Give the right with a role in a body", "sees_exempt"
            )
    elif body is None:
        raise ActionDenied("Select the body that this role is for", "body")
    elif not body.exists_on(clock.today()):
        raise ActionDenied("Select a body that was not abolished", "body")
    membership = Membership(user=person)
    save(membership, role=role, body=body, sees_exempt=sees_exempt, began_on=clock.today())
    return membership


def _end(membership: Membership) -> None:
    administrators = _administrators()
    locked = lock(membership)
    if locked.ended_on is not None:
        raise ActionDenied("This role has already ended")
    if locked.role == Role.ADMINISTRATOR and administrators <= {locked.user_id}:
        raise ActionDenied(LAST_ADMINISTRATOR)
    save(membership, ended_on=max(clock.today(), membership.began_on))


def _administrators() -> set[int]:
    """Return the ids of people who can administer now, with their roles and accounts locked.

    Else two people could remove each other at once: one ends a role while the other deactivates an account.
    """
    roles = Membership.objects.select_for_update(of=("self", "user")).select_related("user").order_by("pk")
    return {m.user_id for m in roles.current().filter(role=Role.ADMINISTRATOR) if m.user.is_active}
