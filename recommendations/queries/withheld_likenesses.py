"""What may be the same as withheld words and was not looked for by itself: other spellings, and attached files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from committee.accounts.models import User
from committee.text import plain_words
from recommendations.models import Citation, Evidence, Inquiry, Recommendation, Withholding
from recommendations.permissions import may_replace, sees_exempt
from recommendations.queries.withheld_excerpts import (
    Places,
    PlaceShown,
    belongs_to,
    places_for,
    readable_rows,
    rows_taken,
)
from recommendations.queries.withheld_places import Found, Spans


@dataclass(frozen=True)
class Spelling:
    """Another way in which withheld words may be written, with the places that a person may see."""

    words: str
    is_part: bool
    """Whether it is only a part of a name, such as a surname: often somebody else's, or a common word."""
    places: list[PlaceShown] = field(default_factory=list)

    @property
    def is_too_common(self) -> bool:
        """Whether it stands in too many places to decide on all of them at once."""
        return len(self.places) > MOST_AT_ONCE


MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Spellings:
    """The other spellings, and how many places have one that a person may not see."""

    each: list[Spelling]
    unseen: int

    @property
    def whole(self) -> list[Spelling]:
        return [one for one in self.each if not one.is_part]

    @property
    def parts(self) -> list[Spelling]:
        """The parts of names, the rarest first."""
        return sorted((one for one in self.each if one.is_part), key=lambda one: len(one.places))

    @property
    def total(self) -> int:
        return len(self.each) + self.unseen


def spellings_for(
    user: User, found: Iterable[Found], spans: Spans, is_part: Callable[[str], bool]
) -> Spellings:
    """Return the other spellings that were found, each once, as this person may see them."""
    found = list(found)
    places: Places = places_for(user, found, spans)
    each: dict[str, Spelling] = {}
    for place in places.shown:
        for words in dict.fromkeys(text for text, marked in place.pieces if marked):
            key = plain_words(words)
            if key not in each:
                each[key] = Spelling(words, is_part(words))
            each[key].places.append(place)
    return Spellings(list(each.values()), places.unseen)


@dataclass(frozen=True)
class FileBeside:
    """A file of the entries where words stand or stood. Nobody looked inside it."""

    pk: int
    title: str
    of: str
    opens: bool
    """Whether this person may open it."""


def files_beside(
    user: User, found: Iterable[Found], withholding: Withholding | None = None
) -> list[FileBeside]:
    """Return the files and links of the same recommendations and inquiries, but for those that are withheld."""
    rows: list[models.Model] = list(readable_rows(user, found).values())
    if withholding is not None:
        rows += rows_taken(user, withholding)
    recommendations = {pk for row in rows if (pk := _recommendation_of(row)) is not None}
    inquiries = {pk for row in rows if (pk := _inquiry_of(row)) is not None}
    inquiries |= set(Recommendation.objects.filter(pk__in=recommendations).values_list("inquiry", flat=True))
    if not inquiries:
        return []
    evidence = Evidence.objects.on_visible(user).filter(
        Q(update__assignment__recommendation__in=recommendations)
        | Q(response__assignment__recommendation__in=recommendations)
        | Q(inquiry__in=inquiries),
        withholding__isnull=True,
    )
    return [_file_beside(user, one) for one in evidence]


def _file_beside(user: User, evidence: Evidence) -> FileBeside:
    secret = evidence.is_exempt and not sees_exempt(user, evidence)
    return FileBeside(
        evidence.pk,
        evidence.public_summary if secret else evidence.title,
        belongs_to(evidence)[0],
        opens=not secret and (evidence.replaced_by_id is None or may_replace(user, evidence)),
    )


def _recommendation_of(row: Any) -> int | None:
    """Return the number of the recommendation that an entry is of. A citation is of the inquiry of its source."""
    if isinstance(row, Recommendation):
        return row.pk
    if isinstance(row, Citation):
        return None
    if getattr(row, "recommendation_id", None) is not None:
        pk: int = row.recommendation_id
        return pk
    for name in ("update", "response", "assessment", "targetchange", "assignment"):
        if getattr(row, f"{name}_id", None) is not None:
            return _recommendation_of(getattr(row, name))
    return None


def _inquiry_of(row: Any) -> int | None:
    """Return the number of the inquiry that an entry is of, if it is not one of a recommendation."""
    if isinstance(row, Inquiry):
        return row.pk
    if isinstance(row, Citation):
        return row.source.inquiry_id
    return getattr(row, "inquiry_id", None)
