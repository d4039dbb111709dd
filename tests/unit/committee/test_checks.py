import ctypes.util

import pytest
from django.db import DatabaseError

from committee import checks


def ids(messages):
    return [message.id for message in messages]


def test_a_pale_colour_is_refused(settings):
    settings.COUNCIL_COLOUR = "#777777"
    (message,) = checks.council()
    assert message.id == "committee.E001"
    assert "4.5 to 1" in str(message.hint)


def test_the_default_look_is_fine():
    assert checks.council() == []


def test_a_logo_is_an_image_that_exists(settings, tmp_path):
    settings.COUNCIL_LOGO = str(tmp_path / "none.svg")
    assert ids(checks.council()) == ["committee.E002"]
    (tmp_path / "logo.txt").touch()
    settings.COUNCIL_LOGO = str(tmp_path / "logo.txt")
    assert ids(checks.council()) == ["committee.E002"]
    (tmp_path / "logo.svg").touch()
    settings.COUNCIL_LOGO = str(tmp_path / "logo.svg")
    assert checks.council() == []


def test_missing_pango_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None if "pango" in name else name)
    (message,) = checks.pdf_library()
    assert "pango-1.0, pangoft2-1.0 is missing" in message.msg
    assert "apt-get install libpango-1.0-0" in str(message.hint)


def test_front_end_not_built(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    assert ids(checks.front_end()) == ["committee.W005"]


def test_front_end_not_collected(settings, tmp_path):
    settings.BASE_DIR = settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    (tmp_path / "static" / "built").mkdir(parents=True)
    (tmp_path / "static" / "built" / "app.css").touch()
    assert ids(checks.front_end()) == ["committee.W001"]
    (tmp_path / "staticfiles.json").touch()
    assert checks.front_end() == []


def test_debug_with_real_hosts(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["tracker.example.org", "127.0.0.1"]
    (message,) = checks.exposure()
    assert message.id == "committee.E003"
    assert "tracker.example.org" in message.msg


@pytest.mark.parametrize("host", ["*", ".example.org"])
def test_hosts_that_are_not_named_in_full(settings, host):
    settings.ALLOWED_HOSTS = [host]
    assert ids(checks.exposure()) == ["committee.E004"]


def test_secure_without_a_proxy(settings):
    settings.SECURE, settings.PROXIES = True, 0
    assert ids(checks.exposure()) == ["committee.E005"]


def test_a_real_installation_without_https_or_mail(settings):
    settings.DEMO = settings.TESTING = settings.SECURE = False
    settings.EMAIL = None
    assert ids(checks.exposure()) == ["committee.W002"]
    assert ids(checks.outside_services()) == ["committee.W003"]


def test_object_storage_without_its_package(settings):
    settings.FILES_BUCKET = {"bucket_name": "bucket"}
    assert ids(checks.outside_services()) == ["committee.E006"]


@pytest.mark.parametrize("powers", [[], ["it owns the tables"]])
def test_a_role_that_could_pass_the_triggers_is_warned_of(monkeypatch, powers):
    monkeypatch.setattr(checks, "powers_over_history", lambda connection: powers)
    found = checks.database_role()
    assert ids(found) == (["committee.W006"] if powers else [])
    assert all(
        "it owns the tables" in message.msg and "DATABASE_OWNER_URL" in str(message.hint) for message in found
    )


def test_a_database_that_does_not_answer_is_said_to_be_asked_again(monkeypatch):
    def refuse(connection):
        raise DatabaseError("no")

    monkeypatch.setattr(checks, "powers_over_history", refuse)
    assert ids(checks.database_role()) == ["committee.W007"]
