"""What was probably meant."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

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
