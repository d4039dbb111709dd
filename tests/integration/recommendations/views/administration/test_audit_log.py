"""The audit log: what changed, and who saw exempt text."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.models import Email
from recommendations.actions import bodies, people
from recommendations.lifecycle import Role
from recommendations.models import ExemptAccessLog
from recommendations.queries import audit_log
from tests.clients import words_of
from tests.factories import Cast, person
from tests.integration.recommendations.views.administration.helpers import queries


class TestAuditTrail:
    def test_a_change_is_told_in_words(self, cast: Cast, admin: Client) -> None:
        bodies.edit_body(
            by=cast.admin,
            body=cast.cabinet,
            name="Cabinet of Testshire",
            response_period=3,
            governance_reason="Agreed with the Cabinet.",
        )
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

    def test_an_email_is_told_without_names_of_code(self, cast: Cast, admin: Client) -> None:
        Email.objects.create(
            to=cast.pat, address=cast.pat.email, subject="1 thing for you", builder="package.module.digest"
        )
        read = words_of(admin.get(f"{reverse('audit_trail')}?thing=committee_email"))
        assert "Subject 1 thing for you" in read
        assert "package.module" not in read

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
        read = words_of(admin.get(reverse("exempt_access_log")))
        assert "Ada Approver" in read
        assert f"Update of Cabinet on {update.assignment.recommendation.reference}" in read
        assert "Secret words" not in read
        assert "No views" in words_of(admin.get(reverse("exempt_access_log") + "?person=sam"))

    def test_a_sight_of_something_else_is_still_told(self, cast: Cast, admin: Client) -> None:
        ExemptAccessLog.objects.create(user=cast.ada, what="pack", row_key=7)
        assert "Exempt edition of a pack number 7" in words_of(admin.get(reverse("exempt_access_log")))


def test_a_new_name_is_told_without_its_key(cast: Cast, admin: Client) -> None:
    bodies.edit_body(by=cast.admin, body=cast.police, name="Testshire Constabulary")
    words = words_of(admin.get(reverse("audit_trail")))
    assert "Testshire Constabulary" in words
    assert "Place in the order" not in words
    assert "!testshire" not in words
