"""The order of a pack's recommendations, and what was ticked."""

from __future__ import annotations

from recommendations.packs.selection import moved, ordered, ticked


class TestSelection:
    def test_ticks(self) -> None:
        assert ticked([1, 2, 3], shown=[2, 4, 5], ticks=[5]) == [1, 3, 5]

    def test_numbers(self) -> None:
        assert ordered([1, 2, 3], {3: 1, 1: 2, 2: 3}, []) == [3, 1, 2]
        assert ordered([1, 2, 3], {}, [2]) == [1, 3]
        assert ordered([1, 2, 3], {1: 1, 2: 2, 3: 1}, []) == [3, 1, 2]
        assert ordered([1, 2, 3], {1: 3, 2: 2, 3: 3}, []) == [2, 3, 1]

    def test_arrows(self) -> None:
        one = dict.fromkeys([1, 2, 3], 7)
        assert moved([1, 2, 3], 1, -1, one) == [1, 2, 3]
        assert moved([1, 2, 3], 3, 1, one) == [1, 2, 3]
        assert moved([1, 2, 3], 1, 1, one) == [2, 1, 3]
        assert moved([1, 2, 3], 9, 1, one) == [1, 2, 3]

    def test_arrows_take_the_inquiry_along_beyond_its_end(self) -> None:
        inquiries = {1: 7, 2: 7, 3: 8, 4: 8, 5: 9}
        assert moved([1, 2, 3, 4, 5], 3, -1, inquiries) == [3, 4, 1, 2, 5]
        assert moved([1, 2, 3, 4, 5], 4, 1, inquiries) == [1, 2, 5, 3, 4]
        assert moved([1, 3, 2, 4, 5], 2, -1, inquiries) == [2, 1, 3, 4, 5]
