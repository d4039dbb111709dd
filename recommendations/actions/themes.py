"""Add themes."""

from __future__ import annotations

from committee.accounts.models import User
from committee.text import clean_line, sort_key
from recommendations.actions.base import action
from recommendations.models import (
    Theme,
)
from recommendations.permissions import Right, require


@action
def add_theme(*, by: User, name: str) -> Theme:
    """Return the theme of that name, however it is typed; added if it is new."""
    require(by, Right.EDIT_INQUIRY)
    theme, _ = Theme.objects.get_or_create(sort_key=sort_key(name), defaults={"name": clean_line(name)})
    return theme
