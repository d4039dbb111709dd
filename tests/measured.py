"""Coverage is measured where tests are about what it measures, and rests in the others.

On Python before 3.14 every step of a process is slower by half while it is measured, whatever it executes. The modules below
walk over pages that other tests open one by one, or are about what is not measured at all. What only they reach counts as
not reached, so the floor in pyproject.toml is not easier to hold for it.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent
NOT_MEASURED = (
    # Not about actions, lifecycle, queries and permissions.
    "integration/committee",
    "integration/script",
    "unit/committee",
    "unit/script",
    "unit/static",
    "unit/test_docstrings.py",
    "unit/test_guides.py",
    "unit/test_long_texts.py",
    "unit/test_measured.py",
    "unit/test_regular_expressions.py",
    "unit/test_requirements.py",
    "unit/test_text_lookups.py",
    "unit/test_text_rules.py",
    "unit/recommendations/packs/test_editions.py",
    "unit/recommendations/packs/test_lines.py",
    "unit/recommendations/packs/test_paper.py",
    "unit/recommendations/packs/test_pdf.py",
    "unit/recommendations/packs/test_stored.py",
    "unit/recommendations/packs/test_weasyprint.py",
    "unit/recommendations/packs/test_word.py",
    "unit/recommendations/trackers",
    # Journeys and walks.
    "functional",
    "integration/recommendations/test_searches_of_the_demonstration.py",
    "integration/recommendations/test_urls.py",
    "integration/recommendations/views/test_awkward_queries.py",
    "integration/recommendations/views/test_long_texts.py",
    "integration/recommendations/views/test_typed_text.py",
)
FOR_PROCESSES = "COVERAGE_PROCESS_CONFIG"
"""The variable by which coverage measures the processes that a test starts."""


def is_measured(path: Path) -> bool:
    """Return whether what the tests of the module reach counts."""
    inside = path.relative_to(TESTS)
    return not any(inside.is_relative_to(place) for place in NOT_MEASURED)


class Measuring:
    """What coverage has set to follow each step of this process, if it is measured at all."""

    def __init__(self) -> None:
        self._resting: tuple[Any, Any] | None = None
        self._for_processes = os.environ.get(FOR_PROCESSES)

    def follow(self, path: Path) -> None:
        """Let coverage rest, or go on, as the tests of the module want it."""
        if is_measured(path):
            self.go_on()
        elif self._resting is None and _is_coverage(sys.gettrace()):
            self._resting = sys.gettrace(), threading.gettrace()
            sys.settrace(None)
            threading.settrace(None)  # None is what it is when nothing follows
            os.environ.pop(FOR_PROCESSES, None)

    def go_on(self) -> None:
        """Measure again, if coverage rests."""
        if self._resting is not None:
            ours, of_threads = self._resting
            self._resting = None
            threading.settrace(of_threads)
            sys.settrace(ours)
            if self._for_processes is not None:
                os.environ[FOR_PROCESSES] = self._for_processes


def _is_coverage(tracer: Any) -> bool:
    return type(tracer).__module__.partition(".")[0] == "coverage"
