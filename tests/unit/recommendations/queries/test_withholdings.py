"""What a withholding took, as those who may read it see it."""

from __future__ import annotations

from typing import Any

import pytest

from recommendations.actions import withholdings
from recommendations.lifecycle import WithholdingGround
from recommendations.models import Withholding
from recommendations.queries.withheld_excerpts import taken_by
from recommendations.queries.withholdings import words_of
from tests.factories import Cast

WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It named a child."}
WORDS = "Tamsin Quill of Hill School spoke."


def withhold(cast: Cast, words: str) -> Withholding:
    return withholdings.withhold_words(by=cast.sam, words=words, **WHY)


def read(cast: Cast, withholding: Withholding) -> set[str]:
    return {one.original for one in taken_by(cast.sam, withholding).shown}


class TestOverlaps:
    @pytest.mark.parametrize("first", [WORDS, "Quill"])
    def test_are_read_as_they_stood(self, cast: Cast, first: str) -> None:
        update = cast.published(cast.assignment(), progress=WORDS)
        cast.published(cast.assignment(), progress="Quill again.")
        if first == WORDS:
            outer = withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)
            withhold(cast, "Quill")
        else:
            withhold(cast, "Quill")
            outer = withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)
        assert WORDS in read(cast, outer)
        assert "[withheld" not in "".join(read(cast, outer))
        assert words_of(outer) == [WORDS]

    def test_are_read_through_several(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), progress=WORDS)
        found = [withhold(cast, words) for words in ("Hill School", "Quill")]
        outer = withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)
        assert read(cast, outer) >= {WORDS}
        assert [words_of(one) for one in found] == [["Hill School"], ["Quill"]]

    def test_are_not_read_once_erased(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), progress=WORDS)
        cast.published(cast.assignment(), progress="Quill again.")
        outer = withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)
        inner = withholdings.confirm_withholding(by=cast.carla, withholding=withhold(cast, "Quill"))
        withholdings.erase_withholding(by=cast.admin, withholding=inner)
        assert "Quill" not in "".join(read(cast, outer))
        assert any(f"no. {inner.pk}]" in text for text in read(cast, outer))


class TestWhoReads:
    @pytest.mark.parametrize(
        ("who", "reads"), [("sam", True), ("carla", True), ("admin", True), ("oscar", False)]
    )
    def test_are_the_staff_of_the_committee(self, cast: Cast, who: str, reads: bool) -> None:
        """Oscar serves another committee,."""
        cast.published(cast.assignment(), progress=WORDS)
        withholding = withholdings.withhold_words(by=cast.admin, words="Quill", **WHY)
        taken = taken_by(getattr(cast, who), withholding)
        assert (bool(taken.shown), taken.unread) == ((True, 0) if reads else (False, 1))

    def test_is_who_withheld_it(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=WORDS)
        withholding = withholdings.withhold_words(by=cast.oscar, words="Quill", **WHY)
        assert taken_by(cast.oscar, withholding).shown
