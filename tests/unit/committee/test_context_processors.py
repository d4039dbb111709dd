"""What stands around a page, and the pages for trouble."""

import re
from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from committee import branding, errors
from committee.branding import Entry, navigation


@pytest.fixture
def request_without_database(monkeypatch):
    """A request while the database is away: whatever asks it fails as psycopg2 does."""

    def away(*args, **kwargs):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr("committee.models.Installation.objects.filter", away)
    request = RequestFactory().get("/somewhere")
    request.user = cast(Any, SimpleLazyObject(away))
    return request


@pytest.fixture
def request_of_the_public(monkeypatch):
    monkeypatch.setattr(branding, "is_demonstration", lambda: True)
    request = RequestFactory().get("/inquiries/3/")
    request.user = AnonymousUser()
    return request


class TestTrouble:
    @pytest.mark.parametrize("status", [500, 503])
    def test_the_worst_pages_need_neither_request_nor_database(self, status):
        html = errors.answer(RequestFactory().get("/"), status).content.decode()
        assert 'class="app-header"' in html
        assert html.count("<h1") == 1

    @pytest.mark.parametrize("status", [400, 403, 404, 413])
    def test_the_others_survive_an_absent_database(self, status, request_without_database):
        html = render_to_string(f"{status}.html", {"heading": "H", "limit_mb": 20}, request_without_database)
        assert 'class="app-header"' in html
        assert html.count("<h1") == 1

    def test_a_form_that_was_open_too_long_says_what_to_do(self, request_of_the_public):
        html = errors.csrf_failure(request_of_the_public).content.decode()
        assert "<title>The page was open for too long" in html
        assert "Load the page again" in html
        assert html.count("<h1") == 1

    def test_the_reason_is_shown_as_text(self, request_of_the_public):
        html = errors.permission_denied(request_of_the_public, PermissionError("<b>no</b>")).content.decode()
        assert "&lt;b&gt;no&lt;/b&gt;" in html

    def test_the_largest_file_is_named(self, request_of_the_public):
        assert "up to 20 MB" in errors.answer(request_of_the_public, 413, limit_mb=20).content.decode()


class TestFrame:
    def test_no_page_holds_a_style_or_a_script_of_its_own(self, request_of_the_public):
        html = errors.answer(request_of_the_public, 404).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>|<script [^>]*>[^<]", html)

    def test_a_demonstration_says_so(self, request_of_the_public, settings):
        settings.COUNCIL_NAME = "Marlshire <County>"
        html = errors.answer(request_of_the_public, 404).content.decode()
        assert "<strong>Demonstration.</strong> Marlshire &lt;County&gt; is fictional" in html

    def test_a_real_installation_does_not(self, request_of_the_public, monkeypatch):
        monkeypatch.setattr(branding, "is_demonstration", lambda: False)
        assert "Demonstration" not in errors.answer(request_of_the_public, 404).content.decode()

    def test_a_logo_says_the_name(self, request_of_the_public, settings):
        settings.COUNCIL_LOGO = "/static/logo.svg"
        html = errors.answer(request_of_the_public, 404).content.decode()
        assert f'alt="{settings.COUNCIL_NAME}"' in html

    def test_nobody_is_indexed_by_accident(self, request_of_the_public):
        assert (
            '<meta name="robots" content="noindex">'
            in errors.answer(request_of_the_public, 404).content.decode()
        )


class TestNavigation:
    ENTRIES = (
        Entry("Inquiries", "inquiries", lambda user: True),
        Entry("Hidden", "bodies", lambda user: False),
        Entry("Elsewhere", "no_such_route", lambda user: True),
        Entry("Recommendations", "recommendations", lambda user: True),
    )

    def links(self, path):
        return [(link.text, link.current) for link in navigation(AnonymousUser(), path, self.ENTRIES)]

    def test_only_what_the_person_has_a_use_for_and_what_exists(self):
        assert self.links("/") == [("Inquiries", ""), ("Recommendations", "")]

    def test_the_page_itself_and_the_pages_below_it_are_told_apart(self):
        assert self.links("/inquiries/")[0] == ("Inquiries", "page")
        assert self.links("/inquiries/3/")[0] == ("Inquiries", "true")

    def test_the_public_sees_no_rooms_of_others(self, settings):
        settings.PUBLIC_SITE = True
        words = [link.text for link in navigation(AnonymousUser(), "/")]
        assert "Inquiries" in words
        assert not {"My work", "Approvals", "Dashboard", "Workspace", "Administration"} & set(words)

    def test_a_closed_site_shows_the_public_nothing(self, settings):
        settings.PUBLIC_SITE = False
        assert navigation(AnonymousUser(), "/") == []
