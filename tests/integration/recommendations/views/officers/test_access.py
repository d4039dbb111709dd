"""Who reaches the pages of officers, and what happens when the sign-in has ended."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from committee.form_recovery import COOKIE, SESSION_KEY
from recommendations.models import Update
from tests.clients import signed_in, update_form
from tests.factories import fresh
from tests.integration.recommendations.views.officers.helpers import EXEMPT


class TestRights:
    PAGES = ("assignment", "log_update", "request_new_date", "milestones")

    @pytest.mark.parametrize("name", PAGES)
    def test_the_bodys_people_may(self, cast, assignment, name):
        for user in (cast.olive, cast.ada):
            assert signed_in(user).get(reverse(name, args=[assignment.pk])).status_code == 200

    @pytest.mark.parametrize("name", PAGES)
    def test_others_may_not(self, cast, assignment, name):
        address = reverse(name, args=[assignment.pk])
        for user in (cast.pat, cast.colin, cast.nobody):
            assert signed_in(user).get(address).status_code == 403
        answer = Client().get(address)
        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]

    @pytest.mark.parametrize("name", PAGES)
    def test_a_wrong_id_is_not_found(self, cast, name):
        assert signed_in(cast.olive).get(reverse(name, args=[987654])).status_code == 404

    @pytest.mark.parametrize("name", ["preview_update", "discard_update", "add_evidence"])
    def test_a_draft_does_not_exist_for_others(self, cast, assignment, name):
        address = reverse(name, args=[cast.draft(assignment).pk])
        assert signed_in(cast.olive).get(address).status_code == 200
        assert signed_in(cast.pat).get(address).status_code == 404
        assert signed_in(cast.nobody).get(address).status_code == 403

    def test_only_the_methods_there_are(self, cast, assignment):
        client = signed_in(cast.olive)
        assert client.post(reverse("my_work")).status_code == 405
        assert client.put(reverse("log_update", args=[assignment.pk])).status_code == 405


class TestASignInThatEnded:
    def test_what_was_typed_waits_behind_the_sign_in(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        typed = update_form(
            signed_in(cast.olive).get(address), **(EXEMPT | {"progress": "Two hours of work"})
        )
        browser = Client()
        answer = browser.post(address, typed)
        assert reverse("account_login") in answer["Location"]
        assert not Update.objects.exists()
        stored = str(dict(browser.session))
        assert "Two hours of work" not in stored
        assert "The price is secret" not in stored
        assert browser.cookies[COOKIE]["httponly"]
        browser.force_login(fresh(cast.olive))
        page = browser.get(address)
        assert "Your words were kept" in page.content.decode()
        assert "Two hours of work" in page.content.decode()
        browser.post(address, update_form(page, progress="Two hours of work"))
        assert Update.objects.get().progress == "Two hours of work"
        assert "Your words were kept" not in browser.get(address).content.decode()

    def test_somebody_else_does_not_get_the_words(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        typed = update_form(signed_in(cast.olive).get(address), progress="Two hours of work")
        browser = Client()
        browser.post(address, typed)
        browser.force_login(fresh(cast.ada))
        assert "Two hours of work" not in browser.get(address).content.decode()

    def test_without_a_ticket_nothing_is_parked(self, assignment):
        browser = Client()
        answer = browser.post(
            reverse("log_update", args=[assignment.pk]), {"progress": "x", "ticket": "forged"}
        )
        assert answer.status_code == 302
        assert SESSION_KEY not in browser.session

    def test_a_token_of_an_earlier_sign_in_loses_nothing_and_does_nothing(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        browser = signed_in(cast.olive, enforce_csrf_checks=True)
        typed = update_form(browser.get(address), progress="Two hours of work", csrfmiddlewaretoken="old")
        answer = browser.post(address, typed, headers={"Origin": "http://testserver"})
        assert answer["Location"] == address
        assert not Update.objects.exists()
        assert "Two hours of work" in browser.get(address).content.decode()

    def test_another_site_can_not_post(self, cast, assignment):
        browser = signed_in(cast.olive, enforce_csrf_checks=True)
        assert browser.post(reverse("log_update", args=[assignment.pk]), {"progress": "x"}).status_code == 403
        assert not Update.objects.exists()
