"""What administrators see and do: people, rights, the audit trail, ends of bodies, health."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.accounts.models import Membership, User
from committee.models import AuditEntry, Heartbeat
from recommendations import trail
from recommendations.actions import assessments, bodies, people, reviews
from recommendations.actions.base import NotPossible
from recommendations.lifecycle import Role
from recommendations.models import Assignment, ExemptSight, InquiryTransfer, Succession, Transfer
from recommendations.permissions import GROUPS, RIGHTS, Right
from tests.cast import Cast, fresh, person

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


def words(answer: Any) -> str:
    """The page as it reads: without tags, with single spaces."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


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
            read = words(admin.get(f"{address}?{query}"))
            assert found in read, query
            assert not_found not in read, query

    def test_nothing_found_is_said(self, admin: Client) -> None:
        assert "Nobody found" in words(admin.get(reverse("people") + "?q=zzz"))

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
        assert "was sent to nina.new@example.org" in words(admin.get(answer["Location"]))

    def test_where_mail_fails_the_link_is_shown_once(
        self, cast: Cast, admin: Client, monkeypatch: Any
    ) -> None:
        def away(*args: Any, **kwargs: Any) -> None:
            raise TimeoutError

        monkeypatch.setattr("committee.accounts.links.send_mail", away)
        address = reverse("person", args=[cast.sam.pk])
        admin.post(reverse("send_password_link", args=[cast.sam.pk]))
        assert "password/reset/key" in words(admin.get(address))
        assert "password/reset/key" not in words(admin.get(address))

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
        assert instruction in words(answer)
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
        from tests.cast import PASSWORD

        refused = Client().post(reverse("account_login"), {"login": old, "password": PASSWORD})
        assert refused.status_code == 200


class TestRoles:
    def test_giving_ending_and_the_record(self, cast: Cast, admin: Client) -> None:
        page = reverse("person", args=[cast.nobody.pk])
        assert "No role" in words(admin.get(page))
        admin.post(
            reverse("grant_role", args=[cast.nobody.pk]), {"role": Role.COUNCILLOR, "body": cast.committee.pk}
        )
        role = cast.nobody.memberships.get()
        assert fresh(cast.nobody).has_role(Role.COUNCILLOR)
        answer = admin.post(reverse("end_role", args=[role.pk]), follow=True)
        assert "is no longer councillor of Children" in words(answer)
        assert "Roles that have ended" in words(answer)
        assert not fresh(cast.nobody).has_role(Role.COUNCILLOR)
        assert "already ended" in words(admin.post(reverse("end_role", args=[role.pk]), follow=True))

    def test_the_same_role_twice_is_refused(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(
            reverse("grant_role", args=[cast.colin.pk]), {"role": Role.COUNCILLOR, "body": cast.committee.pk}
        )
        assert "This person already has that role there" in words(answer)

    def test_exempt_text_is_given_and_taken_as_a_new_entry(self, cast: Cast, admin: Client) -> None:
        role = cast.colin.memberships.get()
        admin.post(reverse("change_exempt_right", args=[role.pk]))
        [now] = cast.colin.memberships.current()
        assert now.pk != role.pk
        assert now.sees_exempt
        assert Membership.objects.get(pk=role.pk).ended_on == clock.today()
        assert "This role has ended" in words(
            admin.post(reverse("change_exempt_right", args=[role.pk]), follow=True)
        )

    def test_administrators_see_no_exempt_text(self, cast: Cast) -> None:
        with pytest.raises(NotPossible, match="no exempt text"):
            people.change_exempt_right(
                by=cast.admin, membership=cast.admin.memberships.get(), sees_exempt=True
            )

    def test_the_last_administrator_stays(self, cast: Cast, admin: Client) -> None:
        role = cast.admin.memberships.get()
        told = words(admin.post(reverse("end_role", args=[role.pk]), follow=True))
        assert "This is the last administrator" in told
        assert "This is the last administrator" in words(
            admin.post(reverse("deactivate_person", args=[cast.admin.pk]), follow=True)
        )
        assert fresh(cast.admin).is_administrator

    def test_one_of_two_may_go(self, cast: Cast, admin: Client) -> None:
        second = person("Bea Second", (Role.ADMINISTRATOR, None))
        people.deactivate(by=second, person=cast.admin)
        with pytest.raises(NotPossible, match="last administrator"):
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
        assert "Switch the account on first" in words(
            admin.post(reverse("send_password_link", args=[cast.sam.pk]), follow=True)
        )
        assert "already switched off" in words(
            admin.post(reverse("deactivate_person", args=[cast.sam.pk]), follow=True)
        )
        admin.post(reverse("reactivate_person", args=[cast.sam.pk]))
        assert fresh(cast.sam).is_active
        assert fresh(cast.sam).has_role(Role.SCRUTINY_OFFICER)

    def test_a_lost_second_step_is_removed(self, cast: Cast, admin: Client) -> None:
        from allauth.mfa.models import Authenticator

        from committee.accounts.models import SecondStep

        SecondStep.objects.create(user=cast.sam, type=Authenticator.Type.TOTP, data={"secret": ""})
        assert "Authenticator app" in words(admin.get(reverse("person", args=[cast.sam.pk])))
        admin.post(reverse("remove_second_step", args=[cast.sam.pk]))
        assert not SecondStep.objects.filter(user=cast.sam).exists()
        entry = AuditEntry.objects.filter(table_name="mfa_authenticator", operation="DELETE").get()
        assert entry.actor == cast.admin
        assert "no second step" in words(
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
        read = words(admin.get(reverse("permissions")))
        for right, grant in RIGHTS.items():
            assert right.value in read
            for where in grant.roles.values():
                assert f"Yes , {where.value}" in read or f"Yes, {where.value}" in read
        for role in Role:
            assert role.meaning in read

    def test_its_groups_hold_each_right_once(self) -> None:
        assert sorted(right for rights in GROUPS.values() for right in rights) == sorted(Right)


class TestAuditTrail:
    def test_a_change_is_told_in_words(self, cast: Cast, admin: Client) -> None:
        bodies.edit_body(by=cast.admin, body=cast.cabinet, name="Cabinet of Testshire", response_period=3)
        read = words(
            admin.get(
                f"{reverse('audit_trail')}?thing=recommendations_body&row={cast.cabinet.pk}&operation=UPDATE"
            )
        )
        assert "Changed: Body, Cabinet of Testshire" in read
        assert "by Ann Administrator" in read
        assert "Response period 2 3" in read

    def test_statuses_people_and_days_are_in_words(self, cast: Cast, admin: Client) -> None:
        people.grant_role(by=cast.admin, person=cast.nobody, role=Role.CLERK, body=cast.council)
        read = words(admin.get(f"{reverse('audit_trail')}?thing=accounts_membership&operation=INSERT"))
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
        read = words(admin.get(reverse("audit_trail")))
        assert "40,000" not in read
        assert "md5$" not in read

    def test_it_filters_by_person_days_and_operation(self, cast: Cast, admin: Client) -> None:
        people.deactivate(by=cast.admin, person=cast.pat)
        address = reverse("audit_trail")
        assert "Person, Pat Police" in words(admin.get(f"{address}?person=ann.admin"))
        assert "No change found" in words(admin.get(f"{address}?person=colin"))
        today = dt.datetime.now(dt.UTC).astimezone().date()
        span = f"since_day={today.day}&since_month={today.month}&since_year={today.year}"
        assert "Person, Pat Police" in words(admin.get(f"{address}?{span}"))
        long_ago = "until_day=1&until_month=1&until_year=2001"
        assert "No change found" in words(admin.get(f"{address}?{long_ago}"))
        assert "No change found" in words(admin.get(f"{address}?operation=DELETE"))

    @pytest.mark.parametrize(
        "query",
        ["row=abc", "thing=nonsense", "since_day=99", "before=-1", "operation=DROP", "row=" + "9" * 30],
    )
    def test_wrong_filters_are_told(self, admin: Client, query: str) -> None:
        answer = admin.get(f"{reverse('audit_trail')}?{query}")
        assert answer.status_code == 200
        assert "There is a problem" in words(answer)

    def test_it_pages_without_counting(self, cast: Cast, admin: Client) -> None:
        for number in range(trail.PAGE + 5):
            person(f"Person {number}")
        address = reverse("audit_trail") + "?thing=accounts_user"
        with CaptureQueriesContext(connection) as seen:
            first = admin.get(address)
        assert not any("COUNT(" in query["sql"] and "auditentry" in query["sql"] for query in seen)
        assert first.content.decode().count("<article") == trail.PAGE
        more = first.context["more"]
        second = admin.get(f"{address}&before={more}")
        assert "The latest" in words(second)
        ids = {shown.entry.pk for shown in first.context["entries"]}
        assert not ids & {shown.entry.pk for shown in second.context["entries"]}

    def test_it_takes_as_many_queries_for_20_as_for_1(self, cast: Cast, admin: Client) -> None:
        address = reverse("audit_trail") + "?thing=accounts_membership&person=ann"
        people.grant_role(by=cast.admin, person=cast.nobody, role=Role.CLERK, body=cast.council)
        few = queries(admin, address)
        for number in range(20):
            people.grant_role(by=cast.admin, person=person(f"P{number}"), role=Role.CLERK, body=cast.council)
        assert queries(admin, address) == few

    def test_every_kind_of_thing_has_words(self) -> None:
        assert {table for table, _ in trail.things()} <= set(trail.THINGS)


class TestSights:
    def test_who_saw_what_never_the_text(self, cast: Cast, admin: Client) -> None:
        from recommendations.actions.exempt import note_sight

        update = cast.published(
            cast.assignment(), exempt_text="Secret words", exempt_paragraphs=[3], public_summary="A dispute"
        )
        note_sight(by=cast.ada, thing=update)
        read = words(admin.get(reverse("exempt_sights")))
        assert "Ada Approver" in read
        assert f"Update of Cabinet on {update.assignment.recommendation.reference}" in read
        assert "Secret words" not in read
        assert "No sight" in words(admin.get(reverse("exempt_sights") + "?person=sam"))

    def test_a_sight_of_something_else_is_still_told(self, cast: Cast, admin: Client) -> None:
        ExemptSight.objects.create(user=cast.ada, what="pack", row_key=7)
        assert "Exempt edition of a pack number 7" in words(admin.get(reverse("exempt_sights")))


class TestEndOfABody:
    def entered(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        return {
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
            "successor": cast.police.pk,
            "reason": "The Testshire (Structural Changes) Order 2025",
        } | changes

    def test_from_the_list_to_the_record(self, cast: Cast, admin: Client) -> None:
        passing = cast.assignment(heading="Safer crossings")
        shared = cast.assignment(heading="Slower lorries")
        theirs = cast.assignment(body=cast.police, recommendation=shared.recommendation)
        address = reverse("abolish_body", args=[cast.cabinet.pk])
        check = admin.post(address, self.entered(cast))
        read = words(check)
        assert "2 open recommendations pass to Testshire Police" in read
        assert "1 of them stands beside another part of the same recommendation" in read
        assert "Nobody publishes updates for Testshire Police yet" in read
        assert "Olive Officer" in read
        assert not Succession.objects.exists()
        done = admin.post(address, self.entered(cast, seen=check.context["seen"]), follow=True)
        assert "2 open recommendations passed to Testshire Police" in words(done)
        assert "Structural Changes" in words(done)
        held = {part.pk: part.owner_name for part in Assignment.objects.for_list()}
        assert held == {
            passing.pk: "Testshire Police (formerly Cabinet)",
            shared.pk: "Testshire Police (formerly Cabinet)",
            theirs.pk: "Testshire Police",
        }
        assert Transfer.objects.count() == 2
        assert "already abolished" in words(admin.get(address, follow=True))
        page = words(Client().get(reverse("recommendation", args=[shared.recommendation_id])))
        assert "Testshire Police (formerly Cabinet)" in page
        assert "Passed from Cabinet on 1 January 2026" in page

    def test_what_changed_since_is_shown_again(self, cast: Cast, admin: Client) -> None:
        cast.assignment()
        address = reverse("abolish_body", args=[cast.cabinet.pk])
        seen = admin.post(address, self.entered(cast)).context["seen"]
        cast.assignment(heading="One more")
        again = admin.post(address, self.entered(cast, seen=seen))
        assert "The open work has changed since you looked" in words(again)
        assert not Succession.objects.exists()

    def test_what_was_entered_can_be_changed(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(reverse("abolish_body", args=[cast.cabinet.pk]), self.entered(cast, change="1"))
        assert "Structural Changes" in answer.content.decode()
        assert "Step 1 of 2" in words(answer)

    @pytest.mark.parametrize(
        ("changes", "instruction"),
        [
            ({"reason": ""}, "Enter the reason"),
            ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the day"),
            ({"on_year": "2031"}, "or earlier"),
            ({"successor": ""}, "Select a successor"),
            ({"successor": "999999"}, "Select a body from the list"),
        ],
    )
    def test_wrong_input_is_told(
        self, cast: Cast, admin: Client, changes: dict[str, str], instruction: str
    ) -> None:
        cast.assignment()
        answer = admin.post(reverse("abolish_body", args=[cast.cabinet.pk]), self.entered(cast, **changes))
        assert instruction in words(answer)
        assert not Succession.objects.exists()

    def test_a_body_without_open_work_needs_no_successor(self, cast: Cast, admin: Client) -> None:
        address = reverse("abolish_body", args=[cast.school.pk])
        check = admin.post(address, self.entered(cast, successor=""))
        admin.post(address, self.entered(cast, successor="", seen=check.context["seen"]))
        assert Succession.objects.get().successor is None


class TestMerger:
    def entered(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        return {
            "bodies": [cast.police.pk, cast.school.pk],
            "successor": cast.cabinet.pk,
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
            "reason": "The Merger Order 2025",
        } | changes

    def test_two_parts_of_one_recommendation_meet_and_stay_two(self, cast: Cast, admin: Client) -> None:
        first = cast.assignment(body=cast.police)
        second = cast.assignment(body=cast.school, recommendation=first.recommendation)
        check = admin.post(reverse("merge_bodies"), self.entered(cast))
        read = words(check)
        assert "2 open recommendations pass to Cabinet" in read
        assert "2 of them stand beside another part" in read
        done = admin.post(
            reverse("merge_bodies"), self.entered(cast, seen=check.context["seen"]), follow=True
        )
        assert "were recorded as merged. 2 open recommendations passed to Cabinet" in words(done)
        names = {
            part.owner_name for part in Assignment.objects.for_list().filter(pk__in=[first.pk, second.pk])
        }
        assert names == {"Cabinet (formerly Testshire Police)", "Cabinet (formerly Hill School)"}

    @pytest.mark.parametrize(
        ("changes", "instruction"),
        [
            ({"bodies": []}, "Select the bodies that were merged"),
            ({"reason": ""}, "Enter the reason"),
            ({"successor": ""}, "Select the body that they were merged into"),
            ({"on_year": "2027"}, "or earlier"),
        ],
    )
    def test_wrong_input_is_told(
        self, cast: Cast, admin: Client, changes: dict[str, Any], instruction: str
    ) -> None:
        assert instruction in words(admin.post(reverse("merge_bodies"), self.entered(cast, **changes)))
        assert not Succession.objects.exists()

    def test_not_into_itself(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(reverse("merge_bodies"), self.entered(cast, successor=cast.police.pk))
        assert "not among those that ended" in words(answer)


class TestSplit:
    def entered(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        return {
            "heirs": [cast.police.pk, cast.school.pk],
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
            "reason": "The Split Order 2025",
        } | changes

    def test_each_part_to_one(self, cast: Cast, admin: Client) -> None:
        first, second = cast.assignment(heading="Safer crossings"), cast.assignment(heading="Slower lorries")
        address = reverse("split_body", args=[cast.cabinet.pk])
        assert "who takes it over" in words(admin.post(address, self.entered(cast)))
        missing = admin.post(address, self.entered(cast, confirm="1", **{f"to-{first.pk}": cast.police.pk}))
        assert f"Select who takes over {second.recommendation.reference}" in words(missing)
        assert not Succession.objects.exists()
        chosen = {f"to-{first.pk}": cast.police.pk, f"to-{second.pk}": cast.school.pk}
        done = admin.post(address, self.entered(cast, confirm="1", **chosen), follow=True)
        assert "Its work passed to Testshire Police and Hill School" in words(done)
        assert Assignment.objects.get(pk=first.pk).body == cast.police
        assert Assignment.objects.get(pk=second.pk).body == cast.school
        assert Succession.objects.count() == 2
        page = words(Client().get(reverse("body", args=[cast.cabinet.pk])))
        assert "Its open work passed to" in page
        assert "Hill School" in page

    def test_all_to_one_by_a_button(self, cast: Cast, admin: Client) -> None:
        part = cast.assignment()
        answer = admin.post(
            reverse("split_body", args=[cast.cabinet.pk]), self.entered(cast, all=str(cast.school.pk))
        )
        assert answer.context["shares"][f"to-{part.pk}"].value() == str(cast.school.pk)
        assert not Succession.objects.exists()

    def test_into_one_is_no_split(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(
            reverse("split_body", args=[cast.cabinet.pk]), self.entered(cast, heirs=[cast.police.pk])
        )
        assert "Select two bodies or more" in words(answer)


class TestPassingInquiriesOn:
    def entered(self, cast: Cast, inquiry: Any, **changes: Any) -> dict[str, Any]:
        return {
            "inquiries": [inquiry.pk],
            "to": cast.other_committee.pk,
            "on_day": "12",
            "on_month": "1",
            "on_year": "2026",
            "reason": "Decided by the Council on 12 January 2026",
        } | changes

    def test_the_new_committee_goes_on(self, cast: Cast, admin: Client) -> None:
        part = cast.assignment()
        cast.verdict(part, "concerns", "keep")
        inquiry = part.recommendation.inquiry
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 3, 1)
        )
        address = reverse("pass_inquiries", args=[cast.committee.pk])
        assert "1 part open" in words(admin.post(address, self.entered(cast, inquiry)))
        assert not InquiryTransfer.objects.exists()
        done = admin.post(address, self.entered(cast, inquiry, confirm="1", ends="on"), follow=True)
        assert "1 inquiry passed to the Transport Select Committee" in words(done)
        inquiry.refresh_from_db()
        review.refresh_from_db()
        assert inquiry.committee == review.committee == cast.other_committee
        assert inquiry.reference == "INQ 1"
        page = words(Client().get(reverse("inquiry", args=[inquiry.pk])))
        assert "Until 12 January 2026 an inquiry of the Children's Select Committee" in page
        client = Client()
        client.force_login(cast.oscar)
        assert client.get(reverse("review", args=[review.pk])).status_code == 200
        meeting = cast.meeting(clock.today(), body=cast.other_committee)
        oscar = fresh(cast.oscar)
        verdict = assessments.assess(
            by=oscar,
            recommendation=Assignment.objects.get(pk=part.pk).recommendation,
            meeting=meeting,
            grade="implemented",
            outcome="close_implemented",
        )
        assert verdict.closes
        for committee in (cast.committee, cast.other_committee):
            admin_view = Client()
            admin_view.force_login(cast.carla)
            assert admin_view.get(reverse("committee_dashboard", args=[committee.pk])).status_code == 200

    @pytest.mark.parametrize(
        ("changes", "instruction"),
        [
            ({"inquiries": []}, "Select at least one inquiry"),
            ({"to": ""}, "Select the committee"),
            ({"reason": ""}, "Enter the reason"),
        ],
    )
    def test_wrong_input_is_told(
        self, cast: Cast, admin: Client, changes: dict[str, Any], instruction: str
    ) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        address = reverse("pass_inquiries", args=[cast.committee.pk])
        assert instruction in words(admin.post(address, self.entered(cast, inquiry, **changes)))

    def test_a_committee_that_still_follows_up_does_not_end(self, cast: Cast, admin: Client) -> None:
        first = cast.assignment().recommendation.inquiry
        cast.assignment(heading="Another")
        address = reverse("pass_inquiries", args=[cast.committee.pk])
        answer = admin.post(address, self.entered(cast, first, confirm="1", ends="on"))
        assert "still follows inquiries up" in words(answer)
        assert not InquiryTransfer.objects.exists()


class TestHealth:
    def test_it_says_what_needs_a_look(self, admin: Client) -> None:
        read = words(admin.get(reverse("installation_health")))
        assert "None was ever seen" in read
        assert "Look at this" in read
        assert "PostgreSQL" in read

    def test_a_worker_that_was_seen_is_fine(self, admin: Client) -> None:
        Heartbeat.objects.create(name="one", seen_at=clock.now())
        assert "1 at work, last seen less than a minute ago" in words(
            admin.get(reverse("installation_health"))
        )
