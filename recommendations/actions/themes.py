"""Add themes."""

from __future__ import annotations

from committee.accounts.models import User
from recommendations.actions.base import (
    action,
    clean_text,
)
from recommendations.models import (
    Theme,
)
from recommendations.permissions import Right, require


@action
def add_theme(*, by: User, name: str) -> Theme:
    """Return the theme of that name, added if it is new."""
    require(by, Right.EDIT_INQUIRY)
    theme, _ = Theme.objects.get_or_create(name=clean_text(name))
    return theme
