"""What must be looked at before it becomes public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recommendations.actions.base import ActionDenied
from recommendations.utils.personal_data import suspicions_by_field


def check_looked_at(suspicions: Sequence[Any], looked_at: bool) -> None:
    """Raise ActionDenied if something looks like personal data and the person did not say that they looked at it."""
    if suspicions and not looked_at:
        raise ActionDenied("Tick that you looked at what may be personal data", "looked_at")


def check_words(looked_at: bool, **words: str) -> None:
    """Raise ActionDenied as `check_looked_at` does if any of these words, which others will read, looks like personal data."""
    check_looked_at(suspicions_by_field(words), looked_at)
