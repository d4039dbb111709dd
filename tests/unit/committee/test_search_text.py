"""Text as it is searched: in the database and in Python, letter for letter."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from committee.search_text import LONGEST, folded
from tests.growth import PIECES, grows_too_fast


def in_database(texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_text(text) FROM unnest(%s::text[]) WITH ORDINALITY AS a(text, n) ORDER BY n",
            [texts],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("The Council’s “county lines” – fast", "the council s  county lines    fast"),
        ("KS3/4 <pilot area> s.106", "ks3 4  pilot area  s 106"),
        ("Zoë, CAFÉ, Éclair", "zoe  cafe  eclair"),
        ("Zoe\u0308 e\u0301clair", "zoe eclair"),
        ("m² ﬁne ① ½", "m2 fine 1 1 2"),
        ("Straße, Øresund, Łódź, Œuvre, ıtem", "strasse  oresund  lodz  oeuvre  item"),
        ("ПРИВЕТ ΑΒΓ", "привет αβγ"),
        ("ta\u00adxi\u200b mini\u2060cab\ufeff", "taxi minicab"),
        ("ｗｉｄｅ　ｔｅｘｔ", "wide text"),
        ("😀a𝐛", " ab"),
        ("", ""),
    ],
)
def test_words_are_what_people_type(db: None, text: str, searched: str) -> None:
    assert folded(text) == searched
    assert in_database([text]) == [searched]


def test_every_character_is_the_same_in_the_database(db: None) -> None:
    """Those of Unicode that Europe uses, presentation forms and some of every other block, if this Python knows them."""
    places = [
        *range(1, 0x3100),
        *range(0x3100, 0xF900, 7),
        *range(0xF900, 0x10000),
        *range(0x10000, 0x20000, 61),
    ]
    chars = [f"a{chr(place)}B" for place in places if unicodedata.category(chr(place)) not in ("Cs", "Cn")]
    differ = [
        (text, found, folded(text))
        for text, found in zip(chars, in_database(chars), strict=True)
        if found != folded(text)
    ]
    assert differ == []


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00"), max_size=60),
        min_size=1,
    )
)
def test_any_text_is_the_same_in_the_database(texts: list[str]) -> None:
    assert in_database(texts) == [folded(text) for text in texts]


@pytest.mark.parametrize("piece", ["a", "é", "\ufdfa", "😀", "字", "e\u0301"])
def test_the_longest_text_fits_an_index(db: None, piece: str) -> None:
    """Five texts of a row are in one vector, which PostgreSQL limits to a megabyte."""
    text = (f"{piece * 3} " * LONGEST)[:LONGEST]
    (searched,) = in_database([text])
    assert len(searched) <= LONGEST
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(to_tsvector('every_word', repeat(search_text(%s), 5)))", [text])


def test_work_grows_with_the_text() -> None:
    assert [words for piece in PIECES if (words := grows_too_fast(folded, piece, LONGEST))] == []
