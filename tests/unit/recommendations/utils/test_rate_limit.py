"""How often something may be tried."""

from __future__ import annotations

import pytest

from recommendations.utils import rate_limit
from recommendations.utils.rate_limit import within_limit


class ExpiredCount:
    """A cache in which a count is still there when it is added, and gone when it is raised."""

    def add(self, key: str, value: int, seconds: int) -> bool:
        return False

    def incr(self, key: str) -> int:
        raise ValueError(key)


@pytest.mark.django_db
def test_allows_as_many_as_the_limit() -> None:
    assert [within_limit("limit-a", 3, 60) for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_counts_each_key_by_itself() -> None:
    assert within_limit("limit-b", 1, 60)
    assert within_limit("limit-c", 1, 60)
    assert not within_limit("limit-b", 1, 60)


def test_begins_anew_where_the_count_expired_between_two_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "cache", ExpiredCount())
    assert within_limit("limit-d", 0, 60)
