"""The numbers and references in use, so that a tracker that is applied uses none twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from committee.text import number_sort_key, whole_number
from recommendations.actions.base import ActionDenied
from recommendations.models import ImportRow, Inquiry, Recommendation


class Numbers:
    """The numbers in use within each inquiry, so that none is used twice."""

    def __init__(self, inquiries: Iterable[Inquiry]) -> None:
        self.taken: dict[int, set[str]] = defaultdict(set)
        ids = [inquiry.pk for inquiry in inquiries]
        used = (
            Recommendation.objects.filter(inquiry__in=ids)
            .order_by()
            .values_list("inquiry_id", "sort_key", "number")
        )
        self.highest: dict[int, int] = defaultdict(int)
        for inquiry, key, number in used:
            self.taken[inquiry].add(key)
            self.highest[inquiry] = max(self.highest[inquiry], whole_number(number) or 0)

    def take(self, inquiry: Inquiry, row: ImportRow, number: str) -> str:
        """Return the number if it is free in the inquiry, or the next one where the file has none.

        Raise ActionDenied for one that another recommendation has.
        """
        if not number:
            self.highest[inquiry.pk] += 1
            number = str(self.highest[inquiry.pk])
        key = number_sort_key(number)
        if key in self.taken[inquiry.pk]:
            raise ActionDenied(
                f"{row.place}: “{inquiry.title}” already has a recommendation {number}, with other words."
                " Give it another number, or say that they are the same"
            )
        self.taken[inquiry.pk].add(key)
        self.highest[inquiry.pk] = max(self.highest[inquiry.pk], whole_number(number) or 0)
        return number


def taken_references(references: Iterable[str]) -> set[str]:
    """Return the keys of those of the references that recommendations have."""
    keys = {number_sort_key(one) for one in references if one}
    return set(Recommendation.objects.filter(reference_key__in=keys).values_list("reference_key", flat=True))
