import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from committee import clock as now
from committee import health
from committee.models import Heartbeat


def test_alive_without_a_database(client: Client):
    response = client.get("/health")  # no django_db mark: a query would fail the test
    assert (response.status_code, response.json()) == (200, {"alive": True})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_nothing_but_reading(client: Client, path: str):
    assert client.post(path).status_code == 405


@pytest.mark.django_db
class TestReady:
    def test_when_all_is_well(self, client: Client, clock: dt.datetime):
        Heartbeat.objects.create(name="w", seen_at=clock - dt.timedelta(seconds=59))
        response = client.get("/ready")
        assert response.status_code == 200
        assert response.json() == {
            "ready": True,
            "database": "answers",
            "migrations": "applied",
            "worker": "seen within a minute",
        }

    def test_no_worker_ever(self, client: Client):
        response = client.get("/ready")
        assert response.status_code == 503
        assert response.json()["worker"] == "never seen: run manage.py worker"

    def test_the_worker_went_silent(self, client: Client, clock: dt.datetime):
        Heartbeat.objects.create(name="w", seen_at=clock - dt.timedelta(seconds=61))
        response = client.get("/ready")
        assert response.status_code == 503
        assert "not seen for more than a minute" in response.json()["worker"]

    def test_one_of_two_workers_is_enough(self, client: Client, clock: dt.datetime):
        Heartbeat.objects.create(name="old", seen_at=clock - dt.timedelta(hours=1))
        Heartbeat.objects.create(name="new", seen_at=clock)
        assert client.get("/ready").status_code == 200

    def test_migrations_waiting(self, client: Client):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        response = client.get("/ready")
        assert response.status_code == 503
        assert response.json()["migrations"] == "1 to apply: run manage.py migrate"

    def test_the_database_away(self, client: Client, monkeypatch: pytest.MonkeyPatch):
        def away(*_args: Any) -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(health, "MigrationExecutor", away)
        response = client.get("/ready")
        assert response.status_code == 503
        assert response.json() == {"ready": False, "database": "does not answer"}


@pytest.mark.django_db
def test_probes_are_not_sent_to_https(client: Client, settings: Any):
    settings.SECURE_SSL_REDIRECT = True
    Heartbeat.objects.create(name="w", seen_at=now.now())
    assert client.get("/health").status_code == 200
    assert client.get("/ready").status_code == 200


HOSTS = ["127.0.0.1:8000", "10.0.0.7", "[fd00::7]:8000", "tracker.internal", "no host at all!", ""]


@pytest.mark.django_db
@pytest.mark.parametrize("host", HOSTS)
def test_probes_ask_by_any_host(host: str, client: Client, settings: Any):
    settings.ALLOWED_HOSTS = ["tracker.example.gov.uk"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health", headers={"host": host}).status_code == 200
    assert client.get("/ready", headers={"host": host}).status_code == 503
    Heartbeat.objects.create(name="w", seen_at=now.now())
    assert client.get("/ready", headers={"host": host}).status_code == 200
    assert client.post("/ready", headers={"host": host}).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/health/", "/healthy", "//health", "/ready?x=1/../"]
)
def test_every_other_address_is_of_this_site_only(host: str, path: str, client: Client, settings: Any):
    settings.ALLOWED_HOSTS = ["tracker.example.gov.uk"]
    expected = 503 if path.startswith("/ready?") else 400
    assert client.get(path, headers={"host": host}).status_code == expected
