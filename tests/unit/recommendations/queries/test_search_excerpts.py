"""Excerpts of what a search found."""

from __future__ import annotations

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from committee.search_text import folded
from recommendations.queries.search_excerpts import START, STOP, TOO_MUCH, excerpt, title
from tests.growth import PIECES, grows_too_fast


def found(text: str, *words: str) -> str:
    """The text as the database gives it back: as it is searched, with these words marked."""
    searched = folded(text)
    for word in words:
        searched = searched.replace(word, f"{START}{word}{STOP}")
    return searched


def test_the_text_is_shown_as_it_was_written() -> None:
    text = "The Council’s partners met “county lines” gangs in the <pilot area> – fast"
    shown = excerpt(text, found(text, "county", "lines", "pilot"))
    assert shown == (
        "The Council’s partners met “<mark>county</mark> <mark>lines</mark>” gangs in the "
        "&lt;<mark>pilot</mark> area&gt; – fast"
    )


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("Zoë said", "zoe", "<mark>Zoë</mark> said"),
        ("Zoe\u0308 said", "zoe", "<mark>Zoe\u0308</mark> said"),
        ("a ﬁne day", "fine", "a <mark>ﬁne</mark> day"),
        ("10 m² each", "m2", "10 <mark>m²</mark> each"),
        ("taxi/minicab", "minicab", "taxi/<mark>minicab</mark>"),
        ("😀 joy", "joy", "😀 <mark>joy</mark>"),
        (f"{START}a{STOP} b", "b", "a  <mark>b</mark>"),
    ],
)
def test_a_whole_letter_is_marked(text: str, word: str, shown: str) -> None:
    assert title(text, found(text, word)).strip() == shown


def test_the_sentence_with_most_of_the_words_is_chosen() -> None:
    text = "Taxis first. " + "Filler. " * 40 + "Taxi drivers of the county were trained. " + "Filler. " * 40
    shown = excerpt(text, found(text, "taxi", "drivers"))
    assert shown.startswith("<mark>Taxi</mark> <mark>drivers</mark> of the county were trained.")


def test_a_very_long_sentence_is_cut_at_blanks_around_the_word() -> None:
    text = "word " * 400 + "needle " + "word " * 400
    shown = excerpt(text, found(text, "needle"))
    assert "<mark>needle</mark>" in shown
    assert shown.startswith("… word ")
    assert shown.endswith(" word …")
    assert len(shown) < TOO_MUCH + 40


def test_without_a_word_the_beginning_is_shown() -> None:
    assert excerpt("One. Two.", folded("One. Two.")) == "One. Two."
    assert excerpt("", "") == ""


def test_marks_of_another_text_are_not_carried_over() -> None:
    assert title("Another", found("Something else", "else")) == "Another"


@given(st.text(max_size=80), st.sampled_from(["a", "é", "ab", "1"]))
def test_nothing_is_lost_from_a_title(text: str, word: str) -> None:
    clean = text.replace(START, " ").replace(STOP, " ")
    shown = title(clean, found(clean, *filter(None, [folded(word).strip()])))
    assert shown.replace("<mark>", "").replace("</mark>", "") == escape(clean)


@pytest.mark.parametrize("show", [excerpt, title])
def test_work_grows_with_the_text(show: object) -> None:
    def read(text: str) -> None:
        show(text, found(text, "a", "1"))  # type: ignore[operator]

    assert [words for piece in PIECES if (words := grows_too_fast(read, piece, 20_000))] == []
