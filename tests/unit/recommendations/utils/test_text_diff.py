"""What changed between two texts."""

from __future__ import annotations

from recommendations.utils.text_diff import DiffSegment, differences


def test_equal_texts_are_one_piece():
    assert differences("One. Two.", "One. Two.") == [DiffSegment("same", "One. Two.")]


def test_a_changed_sentence_is_taken_out_and_added():
    assert differences("One. Two. Three.", "One. Four. Three.") == [
        DiffSegment("same", "One."),
        DiffSegment("removed", "Two."),
        DiffSegment("added", "Four."),
        DiffSegment("same", "Three."),
    ]


def test_nothing_before_is_all_added():
    assert differences("", "One.") == [DiffSegment("added", "One.")]


def test_a_very_long_text_is_told_as_replaced_whole():
    old = "A. " * 3000
    assert [piece.kind for piece in differences(old, old + "B.")] == ["removed", "added"]
