"""People and their accounts: who is given one, and who is not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from committee.accounts.models import User
from committee.accounts.passwords import set_own_password
from recommendations.actions import people, successions
from recommendations.actions.base import ActionDenied
from recommendations.actions.respondent_links import revoke_link
from recommendations.lifecycle import Role
from recommendations.models import Membership, RespondentLink
from recommendations.permissions import Right, may
from tests.factories import TODAY, Cast, fresh


@pytest.fixture
def link(cast: Cast) -> RespondentLink:
    return cast.link(cast.school)


class TestNoAccount:
    """A respondent is a person without an account, until an administrator gives them one."""

    def test_the_database_refuses_a_password(self, link: RespondentLink) -> None:
        person = link.person
        person.set_password("correct horse battery staple")
        with pytest.raises(IntegrityError, match="user_respondent_has_no_password"), transaction.atomic():
            person.save()
        with pytest.raises(PermissionDenied):
            set_own_password(by=person, password="correct horse battery staple")

    def test_no_role_and_no_switch(self, cast: Cast, link: RespondentLink) -> None:
        for refused in (
            lambda: people.grant_role(
                by=cast.admin, person=link.person, role=Role.APPROVER, body=cast.school
            ),
            lambda: people.edit_person(by=cast.admin, person=link.person, name="X", email="x@example.org"),
            lambda: people.deactivate(by=cast.admin, person=link.person),
            lambda: people.reactivate(by=cast.admin, person=link.person),
        ):
            with pytest.raises(ActionDenied, match="has no account"):
                refused()

    def test_a_role_in_the_table_counts_for_nothing(self, cast: Cast, link: RespondentLink) -> None:
        Membership.objects.create(
            user=link.person, body=cast.committee, role=Role.SCRUTINY_OFFICER, sees_exempt=True
        )
        assert fresh(link.person).bodies_as(*Role) == set()
        assert not any(may(fresh(link.person), right) for right in Right)

    def test_not_among_those_with_accounts(self, link: RespondentLink) -> None:
        assert link.person not in User.objects.with_accounts()
        assert link.person not in User.objects.switched_on()
        assert link.person not in User.objects.never_signed_in()
        assert link.person not in User.objects.in_state("on")

    def test_an_account_once_the_links_have_ended(self, cast: Cast, link: RespondentLink) -> None:
        what: dict[str, Any] = {"name": "Hanna Head", "email": link.person.email, "role": Role.APPROVER}
        with pytest.raises(ActionDenied, match="Revoke that link first"):
            people.add_person(by=cast.admin, body=cast.school, **what)
        revoke_link(by=cast.sam, link=link)
        person = people.add_person(by=cast.admin, body=cast.school, **what)
        assert person.pk == link.person_id
        assert not fresh(person).is_respondent
        assert fresh(person).has_role(Role.APPROVER)
        with pytest.raises(ActionDenied, match="has an account"):
            cast.link(cast.school)

    def test_the_first_administrator_is_no_respondent(self, cast: Cast, link: RespondentLink) -> None:
        with pytest.raises(ActionDenied, match="Revoke that link first"):
            people.first_administrator(email=link.person.email, name="Hanna")
        revoke_link(by=cast.sam, link=link)
        person = people.first_administrator(email=link.person.email, name="Hanna")
        assert not fresh(person).is_respondent


class TestRoles:
    def test_none_for_an_account_that_is_switched_off(self, cast: Cast) -> None:
        people.deactivate(by=cast.admin, person=cast.nobody)
        with pytest.raises(ActionDenied, match="Switch the account on first"):
            people.grant_role(by=cast.admin, person=cast.nobody, role=Role.CLERK, body=cast.council)

    def test_an_administrator_is_one_everywhere(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="leave the body empty") as denied:
            people.grant_role(by=cast.admin, person=cast.nobody, role=Role.ADMINISTRATOR, body=cast.council)
        assert denied.value.field == "body"

    def test_an_administrator_sees_no_exempt_text(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="see no exempt text") as denied:
            people.grant_role(by=cast.admin, person=cast.nobody, role=Role.ADMINISTRATOR, sees_exempt=True)
        assert denied.value.field == "sees_exempt"
        with pytest.raises(ActionDenied, match="see no exempt text"):
            people.change_exempt_right(
                by=cast.admin, membership=cast.admin.memberships.get(), sees_exempt=True
            )

    def test_every_other_role_is_for_a_body(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="Select the body") as denied:
            people.grant_role(by=cast.admin, person=cast.nobody, role=Role.CLERK)
        assert denied.value.field == "body"

    def test_none_in_a_body_that_was_abolished(self, cast: Cast) -> None:
        successions.abolish_body(
            by=cast.admin, body=cast.school, on=TODAY - dt.timedelta(days=1), reason="It closed"
        )
        cast.school.refresh_from_db()
        with pytest.raises(ActionDenied, match="not abolished") as denied:
            people.grant_role(by=cast.admin, person=cast.nobody, role=Role.APPROVER, body=cast.school)
        assert denied.value.field == "body"

    def test_what_has_ended_changes_no_more(self, cast: Cast) -> None:
        ended = people.end_role(by=cast.admin, membership=cast.olive.memberships.get())
        with pytest.raises(ActionDenied, match="has ended"):
            people.change_exempt_right(by=cast.admin, membership=ended, sees_exempt=True)
        assert not fresh(cast.olive).memberships.current().exists()
