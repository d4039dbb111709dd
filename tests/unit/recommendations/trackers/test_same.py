"""Which lines are of the same recommendation."""

from __future__ import annotations

import pytest

from recommendations.trackers.same import Known, Likeness, compare, group, is_year_coded

PIER = "That the pier be lit at night by lamps that need no power."
QUAY = "That the quay be swept."


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        (
            Known(PIER, "SR (25/26) 01", inquiry="Ferries"),
            Known(PIER, "SR 25/26 1", inquiry="Harbour"),
            Likeness.SAME,
        ),
        (Known(PIER, "R1"), Known(PIER.lower(), "r1"), Likeness.SAME),
        (Known(PIER, "R1", inquiry="Ferries"), Known(QUAY, "R1", inquiry="Buses"), Likeness.OTHER),
        (Known(PIER, "R1"), Known(PIER.replace("lamps", "lights"), "R1"), Likeness.REWORDED),
        (Known(PIER, "R1"), Known(QUAY, "R1"), Likeness.TWO_WORDINGS),
        (Known(PIER, number="1"), Known(QUAY, number="1"), Likeness.OTHER),
        (Known(PIER, number="1", table=1), Known(PIER, number="2", table=2), Likeness.RENUMBERED),
        (Known(PIER, number="1", table=1), Known(PIER, number="2", table=1), Likeness.OTHER),
        (
            Known(PIER, number="1", inquiry="Ferries"),
            Known(PIER, number="1", inquiry="Buses"),
            Likeness.OTHER,
        ),
        (Known(PIER), Known(PIER), Likeness.SAME),
    ],
)
def test_two_are_compared_by_reference_then_words_and_never_by_number_alone(
    first: Known, second: Known, likeness: Likeness
) -> None:
    assert compare(first, second) is likeness
    assert compare(second, first) is likeness


def test_only_a_reference_with_a_year_is_the_only_one_of_its_council() -> None:
    assert is_year_coded("SR (25/26) 01")
    assert not is_year_coded("R1")
    assert not is_year_coded(None)


def test_lines_are_grouped_in_the_order_in_which_they_come() -> None:
    lines = [Known(PIER, number="1"), Known(QUAY, number="2"), Known(PIER, number="1"), Known("", number="2")]
    items, pairs = group(lines, [None, None, None, 1])
    assert items == [1, 2, 1, 2]
    assert pairs == []
