"""The bench fills what history bears out, and measures every page it names. How quick they are is no test."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from recommendations.models import Recommendation, Update
from tests.bench import fill, imports
from tests.bench.command import main
from tests.bench.pages import addresses, measure
from tests.bench.report import table

TINY = fill.SIZES["tiny"]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_smallest_size_is_consistent_and_every_page_answers() -> None:
    fill.grow(TINY)
    assert Recommendation.objects.count() == TINY.recommendations
    assert Update.objects.published().count() > TINY.recommendations
    assert Recommendation.objects.closed().exists()
    assert fill.differing(TINY.recommendations) == []
    fill.grow(TINY)  # what is there already stays
    assert Recommendation.objects.count() == TINY.recommendations

    pages = measure(TINY, requests=0)
    assert [page.name for page in pages] == [name for name, _person, _address in addresses(TINY)]
    assert all(page.queries for page in pages)
    lines = table({"pages": {"tiny": [vars(page) for page in pages]}, "packs": [], "imports": []})
    assert len(lines) == len(pages) + 1


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("file_format", imports.FORMATS)
def test_a_tracker_is_brought_in_and_taken_back(file_format: str) -> None:
    fill.grow(TINY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL DEFERRED"
        )  # as they are where each step is a transaction of its own
    before = Recommendation.objects.count()
    found = imports.measure(file_format, 40)
    assert Recommendation.objects.count() == before
    assert {"preview", "again", "apply", "undo", "page_ratio"} <= found.keys()
    assert len(table({"pages": {}, "packs": [], "imports": [found]})) == 2


@pytest.mark.django_db
def test_the_tables_guards_are_in_force_afterwards() -> None:
    fill.grow(TINY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D' AND tgrelid IN"
            " (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'rec_words'")
        assert cursor.fetchone() == (1,)


def test_works_in_a_database_of_its_own_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TESTING", False)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", "tracker")
    with pytest.raises(SystemExit, match="script/bench"):
        main(["--size", "tiny"])
