"""What reads the texts that people type, on the longest text that a field takes: the work grows with the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from committee.prose import prose
from committee.text import clean_line, clean_text, comparable, sort_key
from recommendations.actions.base import LONGEST_TEXT
from recommendations.queries.similar_recommendations import _words, longest_in_common
from recommendations.templatetags.packs import numbered_prose, pack_prose
from recommendations.utils.personal_data import possible_personal_data
from recommendations.utils.text_diff import differences
from tests.growth import PIECES, grows_too_fast


def _common_passage(text: str) -> object:
    return longest_in_common(_words(text), _words(text[::-1]))


READERS: dict[str, Callable[[str], object]] = {
    "a page": prose,
    "a pack": pack_prose,
    "a numbered section": lambda text: numbered_prose(text, 2),
    "what changed, turned round": lambda text: differences(text, text[::-1]),
    "what changed, in the middle": lambda text: differences(
        text, text[: len(text) // 2] + "B. A. " + text[5:]
    ),
    "personal data": possible_personal_data,
    "storing": clean_text,
    "storing a line": clean_line,
    "comparing": comparable,
    "sorting": sort_key,
    "a passage in common": _common_passage,
}


@pytest.mark.parametrize("reader", READERS)
def test_work_grows_with_the_text(reader: str) -> None:
    read = READERS[reader]
    assert [words for piece in PIECES if (words := grows_too_fast(read, piece, LONGEST_TEXT))] == []


@pytest.mark.parametrize("reader", READERS)
def test_work_grows_with_the_text_when_nothing_repeats(reader: str) -> None:
    """Postcodes, addresses and sentences that are all different: what is kept for each must not be searched for each."""
    read = READERS[reader]
    numbered = "".join(
        f"A{at % 10}{at} {at}AA. a{at}@b.org http://c.org/{at}) " for at in range(LONGEST_TEXT // 30)
    )
    assert grows_too_fast(read, numbered[:LONGEST_TEXT], LONGEST_TEXT) == ""
