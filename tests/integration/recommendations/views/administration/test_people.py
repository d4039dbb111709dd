"""The pages of people and their roles."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from committee.audit.models import AuditEntry
from recommendations.actions import people
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Role
from recommendations.models import Membership
from tests.clients import words_of
from tests.factories import Cast, fresh, person
from tests.integration.recommendations.views.administration.helpers import queries


class TestPeople:
    def test_the_list_finds_by_name_role_body_and_state(self, cast: Cast, admin: Client) -> None:
        people.deactivate(by=cast.admin, person=cast.pat)
        address = reverse("people")
        for query, found, not_found in [
            ("q=olive", "Olive Officer", "Sam Scrutiny"),
            ("q=sam.scrutiny%40", "Sam Scrutiny", "Olive Officer"),
            ("role=clerk", "Carla Clerk", "Sam Scrutiny"),
            (f"body={cast.cabinet.pk}", "Ada Approver", "Pat Police"),
            (f"role=approver&body={cast.cabinet.pk}", "Ada Approver", "Olive Officer"),
            ("state=off", "Pat Police", "Sam Scrutiny"),
            ("state=never", "Sam Scrutiny", "Pat Police"),
        ]:
            read = words_of(admin.get(f"{address}?{query}"))
            assert found in read, query
            assert not_found not in read, query

    def test_nothing_found_is_said(self, admin: Client) -> None:
        assert "Nobody found" in words_of(admin.get(reverse("people") + "?q=zzz"))

    def test_wrong_filters_are_no_error(self, admin: Client) -> None:
        for query in ("role=king", "body=abc", "state=%00", "page=-3", "sort=nonsense"):
            assert admin.get(f"{reverse('people')}?{query}").status_code == 200, query

    def test_the_list_takes_as_many_queries_for_20_as_for_1(self, cast: Cast, admin: Client) -> None:
        few = queries(admin, reverse("people") + "?q=olive")
        for number in range(20):
            person(f"Olive Number{number}", (Role.CLERK, cast.council), (Role.COUNCILLOR, cast.committee))
        assert queries(admin, reverse("people") + "?q=olive") == few

    def test_adding_a_person_sends_the_link(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(
            reverse("new_person"),
            {
                "name": "Nina New",
                "email": "Nina.New@Example.org",
                "role": Role.CLERK,
                "body": cast.council.pk,
                "sees_exempt": "on",
            },
        )
        added = User.objects.get(email="nina.new@example.org")
        assert answer["Location"] == reverse("person", args=[added.pk])
        assert not added.has_usable_password()
        role = added.memberships.get()
        assert (role.role, role.body, role.sees_exempt) == (Role.CLERK, cast.council, True)
        assert "password/reset/key" in mail.outbox[0].body
        assert "was sent to nina.new@example.org" in words_of(admin.get(answer["Location"]))

    def test_where_mail_fails_the_link_is_shown_once(
        self, cast: Cast, admin: Client, monkeypatch: Any
    ) -> None:
        def away(*args: Any, **kwargs: Any) -> None:
            raise TimeoutError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
        address = reverse("person", args=[cast.sam.pk])
        admin.post(reverse("send_password_link", args=[cast.sam.pk]))
        assert "password/reset/key" in words_of(admin.get(address))
        assert "password/reset/key" not in words_of(admin.get(address))

    @pytest.mark.parametrize(
        ("changes", "instruction"),
        [
            ({"name": ""}, "Enter the person’s full name"),
            ({"email": "nonsense"}, "like name@example.gov.uk"),
            ({"email": "SAM.SCRUTINY@example.org"}, "Somebody already has an account with this address"),
            ({"role": ""}, "Select a role"),
            ({"role": "king"}, "Select a role from the list"),
            ({"body": ""}, "Select the body that this role is for"),
            ({"body": "999999"}, "Select a body from the list"),
            ({"name": "N" * 201}, "200 characters"),
        ],
    )
    def test_wrong_input_is_told_and_kept(
        self, cast: Cast, admin: Client, changes: dict[str, str], instruction: str
    ) -> None:
        typed = {
            "name": "Nina New",
            "email": "nina@example.org",
            "role": Role.CLERK,
            "body": str(cast.council.pk),
        }
        answer = admin.post(reverse("new_person"), typed | changes)
        assert answer.status_code == 200
        assert instruction in words_of(answer)
        assert "Error:" in answer.content.decode()
        assert not User.objects.filter(name="Nina New").exists()
        if "name" not in changes:
            assert 'value="Nina New"' in answer.content.decode()

    def test_an_administrators_role_has_no_body(self, cast: Cast, admin: Client) -> None:
        admin.post(
            reverse("new_person"),
            {
                "name": "Nina New",
                "email": "n@example.org",
                "role": Role.ADMINISTRATOR,
                "body": cast.council.pk,
                "sees_exempt": "on",
            },
        )
        role = User.objects.get(email="n@example.org").memberships.get()
        assert (role.body, role.sees_exempt) == (None, False)

    def test_a_new_address_replaces_the_old_at_sign_in(self, cast: Cast, admin: Client) -> None:
        from allauth.account.models import EmailAddress

        old = cast.olive.email
        EmailAddress.objects.create(user=cast.olive, email=old, primary=True, verified=True)
        theirs = Client()
        theirs.force_login(cast.olive)
        admin.post(
            reverse("edit_person", args=[cast.olive.pk]), {"name": "Olive Oak", "email": "olive@example.org"}
        )
        assert (fresh(cast.olive).name, fresh(cast.olive).email) == ("Olive Oak", "olive@example.org")
        assert theirs.get(reverse("account")).status_code == 302
        from tests.factories import PASSWORD

        refused = Client().post(reverse("account_login"), {"login": old, "password": PASSWORD})
        assert refused.status_code == 200


class TestRoles:
    def test_giving_ending_and_the_record(self, cast: Cast, admin: Client) -> None:
        page = reverse("person", args=[cast.nobody.pk])
        assert "No role" in words_of(admin.get(page))
        admin.post(
            reverse("grant_role", args=[cast.nobody.pk]), {"role": Role.COUNCILLOR, "body": cast.committee.pk}
        )
        role = cast.nobody.memberships.get()
        assert fresh(cast.nobody).has_role(Role.COUNCILLOR)
        answer = admin.post(reverse("end_role", args=[role.pk]), follow=True)
        assert "is no longer councillor of Children" in words_of(answer)
        assert "Roles that have ended" in words_of(answer)
        assert not fresh(cast.nobody).has_role(Role.COUNCILLOR)
        assert "already ended" in words_of(admin.post(reverse("end_role", args=[role.pk]), follow=True))

    def test_the_same_role_twice_is_refused(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(
            reverse("grant_role", args=[cast.colin.pk]), {"role": Role.COUNCILLOR, "body": cast.committee.pk}
        )
        assert "This person already has that role there" in words_of(answer)

    def test_exempt_text_is_given_and_taken_as_a_new_entry(self, cast: Cast, admin: Client) -> None:
        role = cast.colin.memberships.get()
        admin.post(reverse("change_exempt_right", args=[role.pk]))
        [now] = cast.colin.memberships.current()
        assert now.pk != role.pk
        assert now.sees_exempt
        assert Membership.objects.get(pk=role.pk).ended_on == clock.today()
        assert "This role has ended" in words_of(
            admin.post(reverse("change_exempt_right", args=[role.pk]), follow=True)
        )

    def test_administrators_see_no_exempt_text(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="no exempt text"):
            people.change_exempt_right(
                by=cast.admin, membership=cast.admin.memberships.get(), sees_exempt=True
            )

    def test_the_last_administrator_stays(self, cast: Cast, admin: Client) -> None:
        role = cast.admin.memberships.get()
        told = words_of(admin.post(reverse("end_role", args=[role.pk]), follow=True))
        assert "This is the last administrator" in told
        assert "This is the last administrator" in words_of(
            admin.post(reverse("deactivate_person", args=[cast.admin.pk]), follow=True)
        )
        assert fresh(cast.admin).is_administrator

    def test_one_of_two_may_go(self, cast: Cast, admin: Client) -> None:
        second = person("Bea Second", (Role.ADMINISTRATOR, None))
        people.deactivate(by=second, person=cast.admin)
        with pytest.raises(ActionDenied, match="last administrator"):
            people.deactivate(by=second, person=second)

    def test_an_administrator_who_ends_their_own_role_is_not_left_at_a_refusal(
        self, cast: Cast, admin: Client
    ) -> None:
        person("Bea Second", (Role.ADMINISTRATOR, None))
        answer = admin.post(reverse("end_role", args=[cast.admin.memberships.get().pk]))
        assert answer["Location"] == reverse("account")

    def test_switching_off_and_on(self, cast: Cast, admin: Client) -> None:
        admin.post(reverse("deactivate_person", args=[cast.sam.pk]))
        assert not fresh(cast.sam).is_active
        assert "Switch the account on first" in words_of(
            admin.post(reverse("send_password_link", args=[cast.sam.pk]), follow=True)
        )
        assert "already switched off" in words_of(
            admin.post(reverse("deactivate_person", args=[cast.sam.pk]), follow=True)
        )
        admin.post(reverse("reactivate_person", args=[cast.sam.pk]))
        assert fresh(cast.sam).is_active
        assert fresh(cast.sam).has_role(Role.SCRUTINY_OFFICER)

    def test_a_lost_second_step_is_removed(self, cast: Cast, admin: Client) -> None:
        from allauth.mfa.models import Authenticator

        from committee.audit.models import SecondStep

        SecondStep.objects.create(user=cast.sam, type=Authenticator.Type.TOTP, data={"secret": ""})
        assert "Authenticator app" in words_of(admin.get(reverse("person", args=[cast.sam.pk])))
        admin.post(reverse("remove_second_step", args=[cast.sam.pk]))
        assert not SecondStep.objects.filter(user=cast.sam).exists()
        entry = AuditEntry.objects.filter(table_name="mfa_authenticator", operation="DELETE").get()
        assert entry.actor == cast.admin
        assert "no second step" in words_of(
            admin.post(reverse("remove_second_step", args=[cast.sam.pk]), follow=True)
        )
