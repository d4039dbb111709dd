"""The pages of approvers: what waits, and publishing or returning one update."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import updates
from recommendations.lifecycle import Role
from recommendations.models import ExemptAccessLog, Membership
from tests.clients import hidden, signed_in
from tests.factories import fresh, person
from tests.integration.recommendations.views.officers.helpers import EXEMPT


@pytest.fixture
def update(cast):
    return cast.submitted(cast.assignment())


def address(update) -> str:
    return reverse("approval", args=[update.pk])


class TestRights:
    def test_the_approver_may(self, cast, update):
        assert signed_in(cast.ada).get(reverse("approvals")).status_code == 200
        assert signed_in(cast.ada).get(address(update)).status_code == 200

    def test_others_may_not(self, cast, update):
        for user in (cast.olive, cast.pat, cast.sam, cast.nobody):
            assert signed_in(user).get(reverse("approvals")).status_code == 403
            assert signed_in(user).get(address(update)).status_code == 403
        assert Client().get(address(update)).status_code == 302

    def test_an_update_of_another_body_does_not_exist(self, cast, update):
        peter = person("Peter Police", (Role.APPROVER, cast.police))
        assert signed_in(peter).get(address(update)).status_code == 404
        updates.publish_update(by=cast.ada, update=update)
        assert signed_in(peter).get(address(update)).status_code == 403
        assert signed_in(cast.ada).get(reverse("approval", args=[987654])).status_code == 404


class TestQueue:
    def test_nothing_waiting_says_so(self, cast):
        assert "Nothing is waiting for you" in signed_in(cast.ada).get(reverse("approvals")).content.decode()

    def test_the_same_queries_for_one_row_and_for_many(self, cast):
        def count() -> int:
            client = signed_in(cast.ada)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("approvals")).status_code == 200
            return len(queries)

        cast.submitted(cast.assignment())
        before = count()
        for _ in range(6):
            cast.submitted(cast.assignment())
        assert count() == before


class TestDeciding:
    def test_publish(self, cast, update):
        answer = signed_in(cast.ada).post(address(update), {"do": "publish", "version": update.version})
        assert answer["Location"] == reverse("approvals")
        update.refresh_from_db()
        assert (update.state, update.published_by) == ("published", cast.ada)

    def test_return_with_a_reason(self, cast, update):
        signed_in(cast.ada).post(
            address(update), {"do": "return", "version": update.version, "reason": "Name them"}
        )
        update.refresh_from_db()
        assert (update.state, update.return_reason) == ("returned", "Name them")

    def test_a_return_without_a_reason_is_told(self, cast, update):
        page = signed_in(cast.ada).post(address(update), {"do": "return", "version": update.version})
        assert "Enter what has to change" in page.content.decode()

    def test_a_reason_typed_and_publish_pressed_asks_which(self, cast, update):
        page = signed_in(cast.ada).post(
            address(update), {"do": "publish", "version": update.version, "reason": "Half typed"}
        )
        assert "You typed a reason for returning it" in page.content.decode()
        assert "Half typed" in page.content.decode()
        update.refresh_from_db()
        assert update.state == "submitted"

    def test_a_button_that_is_not_there_is_told(self, cast, update):
        page = signed_in(cast.ada).post(address(update), {"do": "burn", "version": update.version})
        assert "Choose: publish the update or return it" in page.content.decode()

    def test_one_does_not_publish_ones_own(self, cast):
        update = updates.submit_update(by=cast.ada, update=cast.draft(cast.assignment()))
        page = signed_in(cast.ada).get(address(update)).content.decode()
        assert "You submitted this update yourself" in page
        assert 'value="publish"' not in page
        answer = signed_in(cast.ada).post(address(update), {"do": "publish", "version": update.version})
        assert "Another approver has to publish it" in answer.content.decode()

    def test_the_second_approver_is_told_what_happened_and_keeps_the_reason(self, cast, update):
        updates.publish_update(by=cast.ada, update=update)
        bea = person("Bea Approver", (Role.APPROVER, cast.cabinet))
        page = (
            signed_in(bea)
            .post(address(update), {"do": "return", "version": update.version, "reason": "My long reason"})
            .content.decode()
        )
        assert "Ada Approver published it" in page
        assert "My long reason" in page

    def test_a_sign_in_that_ended_keeps_the_reason(self, cast, update):
        page = signed_in(cast.ada).get(address(update))
        typed = {"do": "return", "reason": "My long reason", "version": update.version}
        browser = Client()
        browser.post(address(update), typed | {"ticket": hidden(page, "ticket")})
        browser.force_login(fresh(cast.ada))
        assert "My long reason" in browser.get(address(update)).content.decode()


class TestReading:
    def test_what_changed_since_last_time_is_shown(self, cast):
        assignment = cast.assignment()
        cast.published(assignment, progress="Two are built. One is designed.")
        update = cast.submitted(assignment, progress="Three are built. One is designed.")
        page = signed_in(cast.ada).get(address(update)).content.decode()
        assert "<ins>" in page
        assert "<del>" in page

    def test_exempt_text_with_the_right_is_shown_and_logged(self, cast):
        update = cast.submitted(cast.assignment(), **EXEMPT)
        assert "The price is secret" in signed_in(cast.ada).get(address(update)).content.decode()
        assert ExemptAccessLog.objects.filter(user=cast.ada).exists()

    def test_exempt_text_without_the_right_is_explained(self, cast):
        Membership.objects.filter(user=cast.ada).update(sees_exempt=False)
        update = cast.submitted(cast.assignment(), **EXEMPT)
        page = signed_in(cast.ada).get(address(update)).content.decode()
        assert "The price is secret" not in page
        assert "no right to see" in page
        assert 'value="publish"' not in page
