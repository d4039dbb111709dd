"""Misspelt words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recommendations.trackers.spelling import edits, nearest


def test_edits() -> None:
    pairs = {
        ("setpember", "september"): 1,
        ("febuary", "february"): 1,
        ("implememented", "implemented"): 2,
        ("", "ab"): 2,
        ("abc", "xyz"): 3,
        ("a", "abcdef"): 3,
    }
    assert {pair: edits(*pair) for pair in pairs} == pairs


def test_the_nearest_is_one_alone() -> None:
    assert nearest("jume", ("june", "july"), 1) == "june"
    assert nearest("jule", ("june", "july"), 1) is None
    assert nearest("xyz", ("june",), 1) is None


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_edits_are_the_same_both_ways(one: str, other: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
