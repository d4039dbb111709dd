"""What was probably meant."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.queries.spelling import probably_meant
from tests.factories import Cast

NOBODY = AnonymousUser()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("safegarding", "safeguarding"),
        ("Yuong crossings", "young crossings"),
        ("safeguardding", "safeguarding"),
        ("safeguardimg", "safeguarding"),
        ("safeguarding", ""),
        ("zebra", ""),
        ("the", ""),
        ("", ""),
        ("-" * 40, ""),
        ("x" * 5_000, ""),
    ],
)
def test_one_slip_in_a_word(cast: Cast, typed: str, meant: str) -> None:
    cast.assignment(heading="Safeguarding young people at crossings")
    assert probably_meant(typed, NOBODY) == meant


def test_words_of_what_a_person_may_not_see_are_not_suggested(cast: Cast) -> None:
    cast.recommendation(cast.inquiry("Zebras"), heading="Zebras everywhere")
    assert probably_meant("zebars", NOBODY) == ""
    assert probably_meant("zebars", cast.oscar) == ""
    assert probably_meant("zebars", cast.colin) == "zebras"


def texts_read(seen: CaptureQueriesContext) -> list[str]:
    """The queries that read texts: whether something was withheld meanwhile is asked each time."""
    asked = [query["sql"] for query in seen if "recommendations_" in query["sql"]]
    return [sql for sql in asked if 'FROM "recommendations_withholding"' not in sql]


class TestKept:
    """What everybody may see is read once in some minutes, not for each search that finds nothing."""

    def test_the_texts_are_read_once_for_all_who_did_not_sign_in(self, cast: Cast) -> None:
        cast.assignment(heading="Safeguarding")
        for number, reads in enumerate((True, False, False)):
            with CaptureQueriesContext(connection) as seen:
                assert probably_meant("safegarding", NOBODY) == "safeguarding"
            assert bool(texts_read(seen)) == reads, number
        cast.assignment(heading="Zebras everywhere")
        cache.clear()  # as when the time is over
        assert probably_meant("zebars", NOBODY) == "zebras"

    def test_nothing_that_others_may_see_is_kept(self, cast: Cast) -> None:
        cast.recommendation(cast.inquiry("Zebras"), heading="Zebras everywhere")
        for reader in (cast.colin, cast.sam):
            assert probably_meant("zebars", reader) == "zebras"
            assert probably_meant("zebars", NOBODY) == ""
            assert probably_meant("zebars", cast.oscar) == ""

    def test_those_who_sign_in_are_not_answered_from_what_is_kept(self, cast: Cast) -> None:
        assert probably_meant("zebars", NOBODY) == ""
        cast.recommendation(cast.inquiry("Zebras"), heading="Zebras everywhere")
        assert probably_meant("zebars", cast.colin) == "zebras"

    def test_no_known_word_at_all_is_kept_too(self, db: None) -> None:
        for _ in range(2):
            with CaptureQueriesContext(connection) as seen:
                assert probably_meant("zebars", NOBODY) == ""
        assert texts_read(seen) == []
