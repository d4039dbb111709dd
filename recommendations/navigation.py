"""The entries of the navigation, each with who sees it, and the links of the footer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from committee.accounts.models import User
from committee.branding import Entry
from recommendations.permissions import Right, may


def _anybody(user: User | AnonymousUser) -> bool:
    return bool(settings.PUBLIC_SITE) or user.is_authenticated


def _with(*rights: Right) -> Callable[[User | AnonymousUser], bool]:
    return lambda user: any(may(user, right) for right in rights)


def _administrator(user: User | AnonymousUser) -> bool:
    """Return whether the person administers, or will once their second step is set up, to which the entry leads."""
    return may(user, Right.ADMINISTER) or (user.is_authenticated and user.needs_second_step)


NAVIGATION: tuple[Entry, ...] = (
    Entry("My work", "my_work", _with(Right.MY_WORK)),
    Entry("Approvals", "approvals", _with(Right.PUBLISH_UPDATE)),
    Entry("Dashboard", "dashboard", _with(Right.DASHBOARD)),
    Entry("Workspace", "workspace", _with(Right.EDIT_INQUIRY)),
    Entry("Meetings", "meetings", _with(Right.EDIT_MEETINGS, Right.MAKE_PACKS)),
    Entry("Imports", "imports", _with(Right.IMPORT)),
    Entry("Inquiries", "inquiries", _anybody),
    Entry("Recommendations", "recommendations", _anybody),
    Entry("Bodies", "bodies", _anybody),
    Entry("Packs", "packs", _anybody),
    Entry("Administration", "administration", _administrator),
)

FOOTER: tuple[tuple[str, str], ...] = (
    ("Accessibility statement", "accessibility"),
    ("Data and feeds", "open_data"),
    ("Withheld from the record", "withholdings"),
    ("Cookies", "cookies"),
)
