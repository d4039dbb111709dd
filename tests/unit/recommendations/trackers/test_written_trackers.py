"""Trackers in shapes that councils, health bodies, auditors and parliaments use are read as a clerk reads them, or asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.written_trackers import actions, headers, scrutiny
from tests.written_trackers.actions import NO_TRACKERS, no_tracker
from tests.written_trackers.paper import Paper


@pytest.mark.parametrize(
    "make", [*scrutiny.PAPERS, *headers.PAPERS, *actions.PAPERS], ids=lambda make: make.__name__
)
def test_a_tracker_is_read_as_a_clerk_reads_it(make: Callable[[], Paper]) -> None:
    assert make().differences() == []


@pytest.mark.parametrize("name", NO_TRACKERS)
def test_nothing_is_made_of_what_is_no_tracker(name: str) -> None:
    assert no_tracker(name).read().entries == ()
