"""How far a job is, while it is one transaction."""

from __future__ import annotations

import pytest

from recommendations.utils.job_progress import percent_done, tell_progress

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 8, 0), (2, 8, 25), (9, 8, 100), (0, 0, 0)])
def test_is_told_while_it_runs(done: int, total: int, percent: int) -> None:
    tell_progress("import 7", done, total)
    assert percent_done("import 7") == percent


def test_of_another_job_is_not_known() -> None:
    tell_progress("import 70", 1, 2)
    assert percent_done("import 7") is None
