"""What makes a function an action."""

from __future__ import annotations

from typing import Any

import pytest

from committee.accounts.models import User
from recommendations.actions.base import action


@action
def greet(*, by: User, **words: Any) -> str:
    return f"{by.name} says {words}"


def test_takes_keyword_arguments_only(cast: Any) -> None:
    call: Any = greet
    with pytest.raises(TypeError, match="keyword arguments only"):
        call(cast.sam)


@pytest.mark.parametrize("by", [None, "Sam"])
def test_needs_the_person_who_does_it(by: Any) -> None:
    with pytest.raises(TypeError, match="needs by="):
        greet(by=by)
