"""Knows columns by their values: those without a label, under words that are not known, or under words that can't be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recommendations.trackers.column_fields import DATES, Field
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.profiles import Profile, fit

PLAIN = (Field.CLAIM, Field.RESPONSE, Field.TARGET)
"""What a column is known to hold by its values alone, in the order in which it is tried."""


DOUBTED = frozenset({Field.OWNERS, Field.INQUIRY, Field.PRIORITY, Field.NUMBER, Field.REFERENCE}) | DATES
"""Headers that are doubted where the values say another thing."""


def _told_by_values(found: Profile, wanted: Iterable[Field]) -> Field | None:
    """Return the one of `PLAIN` that nearly all values of a column are."""
    shares = {
        Field.CLAIM: max(found.claims, found.coloured) if found.average < 40 else 0.0,
        Field.RESPONSE: found.responses if found.average < 60 and found.yes_no < 0.5 else 0.0,
        Field.TARGET: found.dates if found.average < 40 else 0.0,
    }
    return next((name for name in PLAIN if name in wanted and shares[name] >= 0.7), None)


def doubt_headers(mapped: Sequence[Mapped]) -> None:
    """Doubt a header whose words say one thing and whose values, all alike, say another: the values are taken and asked."""
    free = set(PLAIN) - {name for one in mapped for name in one.fields if one.confidence}
    for one in mapped:
        found = one.found
        if found is None or found.is_empty or len(one.fields) > 1:
            continue
        if one.field in (Field.NOTES, Field.PROGRESS) and one.confidence:
            if Field.RESPONSE in free and found.responses >= 0.7:
                one.fields, one.others, one.confidence = (Field.RESPONSE,), (one.field,), 0.5
                free.discard(Field.RESPONSE)
            continue
        told = _told_by_values(found, free) if one.field in DOUBTED else None
        if told is None or told in one.others or (one.field in DATES and told is Field.TARGET):
            continue
        if fit(one.field, found) <= 0.4:
            one.fields, one.others, one.confidence = (told,), (one.field,), 0.5
            free.discard(told)


def ask_about_unknown_words(mapped: Sequence[Mapped]) -> None:
    """Ask about a column under words that are not known, where its values may be what no other column of the table holds."""
    have = {name for one in mapped for name in one.fields if one.confidence}
    for one in mapped:
        found = one.found
        if not one.label or one.confidence or found is None or found.is_empty:
            continue
        if Field.TEXT not in have and found.sentences > 0.6:
            one.fields, one.confidence = (Field.TEXT,), 0.8 if found.sentences > 0.8 else 0.5
            have.add(Field.TEXT)
            continue
        guess = _told_by_values(found, set(PLAIN) - have)
        if guess is None and Field.OWNERS not in have and found.owners >= 0.8 and found.average < 60:
            guess = Field.OWNERS
        if (
            guess is None
            and Field.PROGRESS not in have
            and found.average >= 25
            and found.different > 0.5 * found.count
        ):
            guess = Field.PROGRESS
        if guess:
            one.fields, one.confidence, one.others = (guess,), 0.5, (Field.NOTES,)
            have.add(guess)


def know_without_labels(mapped: Sequence[Mapped]) -> None:
    """Know columns that have no label by their values, as far as nothing else holds what they seem to."""
    have = {name for one in mapped for name in one.fields if one.confidence}
    text = next((one.index for one in mapped if Field.TEXT in one.fields), None)
    for one in mapped:
        if (one.label and one.confidence) or one.found is None or one.found.is_empty:
            continue
        found = one.found
        guess: Field | None = None
        if one.label:  # of words that are not known
            named = have & {Field.REFERENCE, Field.NUMBER}
            if found.numbers >= 0.9 and not named and (text is None or one.index < text):
                one.fields, one.confidence = (Field.NUMBER,), 0.8
                have.add(Field.NUMBER)
            continue
        if (
            max(found.numbers, found.references) >= 0.6
            and found.average < 24
            and (found.dates < 0.6 or _are_years_and_numbers(one.index, text, found))
            and not have & {Field.REFERENCE, Field.NUMBER}
        ):
            guess = Field.REFERENCE
        elif (found.claims >= 0.7 or found.coloured >= 0.4) and Field.CLAIM not in have:
            guess = Field.CLAIM
        elif found.responses >= 0.7 and Field.RESPONSE not in have:
            guess = Field.RESPONSE
        elif found.sentences >= 0.5 and Field.TEXT not in have:
            guess = Field.TEXT
        elif found.owners >= 0.7 and found.average < 60 and Field.OWNERS not in have:
            guess = Field.OWNERS
        elif found.dates >= 0.7 and found.average < 40:
            guess = Field.MADE_ON if text is not None and one.index < text else Field.TARGET
            guess = None if guess in have else guess
        if guess:
            sure = guess in (Field.REFERENCE, Field.CLAIM, Field.TEXT) and (
                text is None or one.index < text or guess is not Field.REFERENCE
            )
            one.fields, one.confidence = (guess,), 0.8 if sure else 0.5
            have.add(guess)


def _are_years_and_numbers(index: int, text: int | None, found: Profile) -> bool:
    """Return whether a column before the wording counts within years: "2023-01", "2023-02". Months would come again."""
    is_before = index == 0 or (text is not None and index < text)
    return is_before and found.years_and_numbers >= 0.6 and found.different > 0.5 * found.count
