"""The page that tells every right of every role."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from recommendations.lifecycle import Role
from recommendations.permissions import GROUPS, RIGHTS, Right
from tests.clients import words_of
from tests.factories import Cast


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
