"""The first page after sign-in."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from committee.accounts.models import User
from recommendations.lifecycle import Role

LANDING = (
    (Role.RESPONSIBLE_OFFICER, "my_work"),
    (Role.APPROVER, "approvals"),
    (Role.COUNCILLOR, "dashboard"),
    (Role.SCRUTINY_OFFICER, "workspace"),
    (Role.CLERK, "meetings"),
    (Role.ADMINISTRATOR, "administration"),
)


def landing_page(user: User) -> str:
    """Return the address of the first page of the person's first role, or of the home page."""
    for role, name in LANDING:
        if user.has_role(role):
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("home")
