"""Roles of people in bodies, as the site's accounts and the lists of administrators read them."""

from __future__ import annotations

from committee.accounts.models import ADMINISTRATOR, User
from recommendations.lifecycle import Role
from recommendations.models import Membership
from recommendations.models.memberships import holding, with_current_roles
from tests.factories import Cast


def test_the_site_and_the_domain_name_the_administrator_alike() -> None:
    assert ADMINISTRATOR == Role.ADMINISTRATOR


def test_role_and_body_are_asked_of_one_membership(cast: Cast) -> None:
    Membership.objects.create(user=cast.olive, body=cast.police, role=Role.APPROVER)
    everybody = User.objects.all()
    assert list(holding(everybody, Role.APPROVER, cast.cabinet)) == [cast.ada]
    assert set(holding(everybody, "", cast.police)) == {cast.olive, cast.pat}
    assert set(holding(everybody)) == set(everybody)


def test_ended_roles_are_neither_held_nor_shown(cast: Cast) -> None:
    Membership.objects.filter(user=cast.ada).update(ended_on=Membership.objects.get(user=cast.ada).began_on)
    assert not holding(User.objects.all(), Role.APPROVER).exists()
    assert with_current_roles(User.objects.filter(pk=cast.ada.pk)).get().present_roles == []  # type: ignore[attr-defined]  # a prefetch
