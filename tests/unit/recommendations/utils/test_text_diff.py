"""What changed between two texts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

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


def test_a_very_long_text_is_compared_too():
    old = "A. " * 30_000
    assert [piece.kind for piece in differences(old, old + "B.")] == ["same", "added"]


def test_sentences_that_repeat_keep_their_order():
    assert differences("Yes. Two. Yes. Four.", "Yes. Two. No. Yes. Four.") == [
        DiffSegment("same", "Yes. Two."),
        DiffSegment("added", "No."),
        DiffSegment("same", "Yes. Four."),
    ]


def test_sentences_that_changed_places():
    assert differences("One. Two. Three. End.", "Three. One. Two. End.") == [
        DiffSegment("added", "Three."),
        DiffSegment("same", "One. Two."),
        DiffSegment("removed", "Three."),
        DiffSegment("same", "End."),
    ]


few_sentences = st.lists(st.sampled_from(["A.", "B.", "C."]), max_size=12)


@given(few_sentences, few_sentences)
def test_both_texts_can_be_read_from_the_segments(old, new):
    segments = differences(" ".join(old), "\n".join(new))
    assert " ".join(piece.text for piece in segments if piece.kind != "added") == " ".join(old)
    assert " ".join(piece.text for piece in segments if piece.kind != "removed") == " ".join(new)
    assert all(a.kind != b.kind for a, b in pairwise(segments))
