"""The first page after sign-in."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from committee.accounts.models import User
from recommendations.lifecycle import Role

LANDING = (
    (Role.RESPONSIBLE_OFFICER, "my_work"),
    (Role.APPROVER, "approvals"),
    (Role.CHAIR, "dashboard"),
    (Role.COUNCILLOR, "dashboard"),
    (Role.SCRUTINY_OFFICER, "workspace"),
    (Role.CLERK, "meetings"),
    (Role.ADMINISTRATOR, "administration"),
)


def landing_page(user: User) -> str:
    """Return the address of the first page of the person's first role, or of the home page.

    Administrators who have yet to set up a second step get the page that leads to it.
    """
    for role, name in LANDING:
        if user.has_role(role):
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("administration" if user.needs_second_step else "home")
