"""Who reaches the pages of administration."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import people
from recommendations.lifecycle import Role
from tests.factories import Cast

PAGES = (
    "administration",
    "people",
    "new_person",
    "audit_trail",
    "exempt_access_log",
    "successions",
    "installation_health",
)


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
