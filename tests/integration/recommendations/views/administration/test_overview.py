"""The health of the installation."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from committee import clock
from committee.models import Heartbeat
from tests.clients import words_of


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
