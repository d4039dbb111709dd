"""What administrators see and do: people, rights, the audit trail, ends of bodies, health."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from committee.audit.models import AuditEntry
from committee.models import Heartbeat
from recommendations.actions import bodies, people
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Role
from recommendations.models import ExemptAccessLog, Membership
from recommendations.permissions import GROUPS, RIGHTS, Right
from recommendations.queries import audit_log
from tests.clients import words_of
from tests.factories import Cast, fresh, person

PAGES = (
    "administration",
    "people",
    "new_person",
    "audit_trail",
    "exempt_sights",
    "successions",
    "installation_health",
)


@pytest.fixture(autouse=True)
def _in_a_trial(settings: Any, db: None) -> None:
    settings.REQUIRE_ADMIN_MFA = False
    cache.clear()


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


class TestRights:
    @pytest.mark.parametrize("name", PAGES)
    def test_only_administrators(self, cast: Cast, admin: Client, name: str) -> None:
        address = reverse(name)
        assert admin.get(address).status_code == 200
        assert Client().get(address)["Location"].startswith(reverse("account_login"))
        for role, user in cast.everybody.items():
            if role != Role.ADMINISTRATOR:
                client = Client()
                client.force_login(user)
                assert client.get(address).status_code == 403, role

    def test_pages_about_one_thing(self, cast: Cast, admin: Client) -> None:
        role = cast.sam.memberships.get()
        other = Client()
        other.force_login(cast.carla)
        for name, pk in [
            ("person", cast.sam.pk),
            ("edit_person", cast.sam.pk),
            ("grant_role", cast.sam.pk),
            ("deactivate_person", cast.sam.pk),
            ("remove_second_step", cast.sam.pk),
            ("end_role", role.pk),
            ("change_exempt_right", role.pk),
            ("abolish_body", cast.police.pk),
        ]:
            assert admin.get(reverse(name, args=[pk])).status_code == 200, name
            assert admin.get(reverse(name, args=[999_999])).status_code == 404, name
            assert other.get(reverse(name, args=[pk])).status_code == 403, name
            assert other.post(reverse(name, args=[pk])).status_code == 403, name

    def test_what_changes_something_needs_a_post(self, cast: Cast, admin: Client) -> None:
        for name in ("reactivate_person", "send_password_link"):
            assert admin.get(reverse(name, args=[cast.sam.pk])).status_code == 405, name

    def test_the_actions_refuse_everybody_else(self, cast: Cast) -> None:
        from django.core.exceptions import PermissionDenied

        role = cast.sam.memberships.get()
        for act in (
            lambda: people.add_person(by=cast.sam, name="A", email="a@example.org", role=Role.ADMINISTRATOR),
            lambda: people.edit_person(by=cast.sam, person=cast.olive, name="A", email="a@example.org"),
            lambda: people.grant_role(by=cast.sam, person=cast.sam, role=Role.ADMINISTRATOR),
            lambda: people.end_role(by=cast.sam, membership=role),
            lambda: people.change_exempt_right(by=cast.olive, membership=role, sees_exempt=False),
            lambda: people.deactivate(by=cast.sam, person=cast.olive),
            lambda: people.reactivate(by=cast.sam, person=cast.olive),
            lambda: people.remove_second_steps(by=cast.sam, person=cast.olive),
        ):
            with pytest.raises(PermissionDenied):
                act()


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


class TestPermissionPage:
    def test_everybody_signed_in_reads_it(self, cast: Cast) -> None:
        assert Client().get(reverse("permissions")).status_code == 302
        for role, user in cast.everybody.items():
            client = Client()
            client.force_login(user)
            assert client.get(reverse("permissions")).status_code == 200, role

    def test_it_holds_every_right_role_and_place(self, admin: Client) -> None:
        read = words_of(admin.get(reverse("permissions")))
        for right, grant in RIGHTS.items():
            assert right.value in read
            for where in grant.roles.values():
                assert f"Yes , {where.value}" in read  # what follows the word is hidden from the eye
        for role in Role:
            assert role.meaning in read

    def test_its_groups_hold_each_right_once(self) -> None:
        assert sorted(right for rights in GROUPS.values() for right in rights) == sorted(Right)


class TestAuditTrail:
    def test_a_change_is_told_in_words(self, cast: Cast, admin: Client) -> None:
        bodies.edit_body(by=cast.admin, body=cast.cabinet, name="Cabinet of Testshire", response_period=3)
        read = words_of(
            admin.get(
                f"{reverse('audit_trail')}?thing=recommendations_body&row={cast.cabinet.pk}&operation=UPDATE"
            )
        )
        assert "Changed: Body, Cabinet of Testshire" in read
        assert "by Ann Administrator" in read
        assert "Response period 2 3" in read

    def test_statuses_people_and_days_are_in_words(self, cast: Cast, admin: Client) -> None:
        people.grant_role(by=cast.admin, person=cast.nobody, role=Role.CLERK, body=cast.council)
        read = words_of(
            admin.get(f"{reverse('audit_trail')}?thing=recommendations_membership&operation=INSERT")
        )
        assert "Person Nora Norole" in read
        assert "Role Clerk" in read
        assert "Body Testshire County Council" in read
        assert "Began 12 January 2026" in read

    def test_exempt_text_and_passwords_are_not_in_it(self, cast: Cast, admin: Client) -> None:
        cast.draft(
            cast.assignment(),
            exempt_text="The contractor owes 40,000 pounds",
            exempt_paragraphs=[3],
            public_summary="A dispute about money",
        )
        read = words_of(admin.get(reverse("audit_trail")))
        assert "40,000" not in read
        assert "md5$" not in read

    def test_it_filters_by_person_days_and_operation(self, cast: Cast, admin: Client) -> None:
        people.deactivate(by=cast.admin, person=cast.pat)
        address = reverse("audit_trail")
        assert "Person, Pat Police" in words_of(admin.get(f"{address}?person=ann.admin"))
        assert "No change found" in words_of(admin.get(f"{address}?person=colin"))
        today = dt.datetime.now(dt.UTC).astimezone().date()
        span = f"since_day={today.day}&since_month={today.month}&since_year={today.year}"
        assert "Person, Pat Police" in words_of(admin.get(f"{address}?{span}"))
        long_ago = "until_day=1&until_month=1&until_year=2001"
        assert "No change found" in words_of(admin.get(f"{address}?{long_ago}"))
        assert "No change found" in words_of(admin.get(f"{address}?operation=DELETE"))

    @pytest.mark.parametrize(
        "query",
        ["row=abc", "thing=nonsense", "since_day=99", "before=-1", "operation=DROP", "row=" + "9" * 30],
    )
    def test_wrong_filters_are_told(self, admin: Client, query: str) -> None:
        answer = admin.get(f"{reverse('audit_trail')}?{query}")
        assert answer.status_code == 200
        assert "There is a problem" in words_of(answer)

    def test_it_pages_without_counting(self, cast: Cast, admin: Client) -> None:
        for number in range(audit_log.PAGE + 5):
            person(f"Person {number}")
        address = reverse("audit_trail") + "?thing=accounts_user"
        with CaptureQueriesContext(connection) as seen:
            first = admin.get(address)
        assert not any("COUNT(" in query["sql"] and "auditentry" in query["sql"] for query in seen)
        assert first.content.decode().count("<article") == audit_log.PAGE
        more = first.context["more"]
        second = admin.get(f"{address}&before={more}")
        assert "The latest" in words_of(second)
        ids = {shown.entry.pk for shown in first.context["entries"]}
        assert not ids & {shown.entry.pk for shown in second.context["entries"]}

    def test_it_takes_as_many_queries_for_20_as_for_1(self, cast: Cast, admin: Client) -> None:
        address = reverse("audit_trail") + "?thing=recommendations_membership&person=ann"
        people.grant_role(by=cast.admin, person=cast.nobody, role=Role.CLERK, body=cast.council)
        few = queries(admin, address)
        for number in range(20):
            people.grant_role(by=cast.admin, person=person(f"P{number}"), role=Role.CLERK, body=cast.council)
        assert queries(admin, address) == few

    def test_every_kind_of_thing_has_words(self) -> None:
        assert {table for table, _ in audit_log.things()} <= set(audit_log.THINGS)


class TestSights:
    def test_who_saw_what_never_the_text(self, cast: Cast, admin: Client) -> None:
        from recommendations.actions.exempt import log_exempt_access

        update = cast.published(
            cast.assignment(), exempt_text="Secret words", exempt_paragraphs=[3], public_summary="A dispute"
        )
        log_exempt_access(by=cast.ada, thing=update)
        read = words_of(admin.get(reverse("exempt_sights")))
        assert "Ada Approver" in read
        assert f"Update of Cabinet on {update.assignment.recommendation.reference}" in read
        assert "Secret words" not in read
        assert "No sight" in words_of(admin.get(reverse("exempt_sights") + "?person=sam"))

    def test_a_sight_of_something_else_is_still_told(self, cast: Cast, admin: Client) -> None:
        ExemptAccessLog.objects.create(user=cast.ada, what="pack", row_key=7)
        assert "Exempt edition of a pack number 7" in words_of(admin.get(reverse("exempt_sights")))


class TestHealth:
    def test_it_says_what_needs_a_look(self, admin: Client) -> None:
        read = words_of(admin.get(reverse("installation_health")))
        assert "None was ever seen" in read
        assert "Look at this" in read
        assert "PostgreSQL" in read

    def test_a_worker_that_was_seen_is_fine(self, admin: Client) -> None:
        Heartbeat.objects.create(name="one", seen_at=clock.now())
        assert "1 at work, last seen less than a minute ago" in words_of(
            admin.get(reverse("installation_health"))
        )
