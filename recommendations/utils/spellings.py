"""Other ways to write a name, a day or a number: what may be the same and reads otherwise.

Words are compared by their letters and digits alone, whatever stands between them. So it takes no list of hyphens, and no
pattern that is put together of what people typed reads a text in Python.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from committee.text import clean_text, plain_words, whole_number
from recommendations.utils.personal_data import DATE, INSTITUTIONS, STREET

MOST_WORDS = 6
"""A line of more words is a sentence, of which other spellings are not looked for."""
MOST_BETWEEN = 3
"""How many characters may stand between the parts, such as a full stop and a space."""
LEAST_OF_A_NAME, LEAST_OF_A_NUMBER = 3, 6

NUMBER = re.compile(r"\d+")
TOKENS = re.compile(r"[^\W\d_]+|\d+")
DIGITS = re.compile(r"\d(?:[ ().-]{0,3}\d){5,14}")
DAYS = re.compile(rf"(?<![^\W_]){DATE}", re.IGNORECASE)
NOT_NAMES = frozenset(
    [
        "aged",
        "and",
        "baby",
        "birth",
        "born",
        "child",
        "date",
        "dob",
        "dr",
        "master",
        "miss",
        "mr",
        "mrs",
        "ms",
        "nhs",
        "of",
        "on",
        "phone",
        "tel",
        "telephone",
        "the",
    ]
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

BETWEEN = f"[^[:alnum:]]{{0,{MOST_BETWEEN}}}"


@dataclass(frozen=True)
class Spellings:
    """The other spellings of some words: letters and digits joined, and an SQL pattern that finds texts which may have one."""

    joined: frozenset[str]
    days: frozenset[str]
    """Days of digits alone: they count as one number or as three."""
    pattern: str

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where one of them stands, as (start, end), the longest at each place."""
        tokens = [(match.start(), match.end(), plain_words(match[0])) for match in TOKENS.finditer(text)]
        longest = max(map(len, self.joined | self.days), default=0)
        found, at = [], 0
        while at < len(tokens):
            last = self._last(text, tokens, at, longest)
            if last is None:
                at += 1
                continue
            found.append((tokens[at][0], tokens[last][1]))
            at = last + 1
        return found

    def _last(
        self, text: str, tokens: Sequence[tuple[int, int, str]], first: int, longest: int
    ) -> int | None:
        """Return the last token of the longest spelling that begins with this one."""
        joined, found = "", None
        for at in range(first, len(tokens)):
            between = text[tokens[at - 1][1] : tokens[at][0]] if at > first else ""
            joined += tokens[at][2]
            if len(joined) > longest or len(between) > MOST_BETWEEN or "\n" in between:
                break
            if joined in self.joined or (joined in self.days and self._is_day(joined, at - first + 1)):
                found = at
        return found

    @staticmethod
    def _is_day(joined: str, parts: int) -> bool:
        return parts == 3 or (parts == 1 and len(joined) >= LEAST_OF_A_NUMBER)


def other_spellings(phrases: Iterable[str]) -> Spellings:
    """Return the other spellings of the phrases, and these themselves where they are names, days or numbers.

    Of a name they are other hyphens, blanks and apostrophes, the surname alone, and an initial with it; of a day all forms; of a
    number, such as a phone or NHS number, other blanks, and the prefix of the country.
    """
    joined: set[str] = set()
    days: set[str] = set()
    patterns: dict[str, None] = {}
    for phrase in phrases:
        text = clean_text(phrase)
        if len(text.split()) > MOST_WORDS:
            continue
        for match in DAYS.finditer(text):
            for day in _days(match[0]):
                forms = set(_forms(day))
                days |= {form for form in forms if NUMBER.fullmatch(form)}
                joined |= forms - days
                patterns[_pattern_of_day(day)] = None
        rest = DAYS.sub(" ", text)
        for match in DIGITS.finditer(rest):
            forms = _numbers(match[0])
            joined |= forms
            patterns[_loose(min(forms, key=len)[-9:])] = None
        names = _names(DIGITS.sub(" ", rest))
        joined |= names
        if names:
            patterns[_loose(min(names, key=len))] = None
    return Spellings(frozenset(joined), frozenset(days), "|".join(patterns))


def _loose(letters: str) -> str:
    return BETWEEN.join(letters)


# ------------------------------------------------------------------ names


def _names(text: str) -> set[str]:
    """Return the name in the text, its surname, and its initial with the surname, each joined."""
    words = [plain for word in text.split() if (plain := _letters(word)) and plain not in NOT_NAMES]
    last = text.split()[-1] if words else ""
    if not words or (len(words) > 2 and not last[:1].isupper()):
        return set()
    surname, names = words[-1], {"".join(words)}
    is_institution = INSTITUTIONS.search(surname.title()) or STREETS.fullmatch(surname.title())
    if len(words) > 1 and len(surname) >= LEAST_OF_A_NAME and not is_institution:
        names |= {surname, words[0][0] + surname}
    return {name for name in names if name.isascii() and len(name) >= LEAST_OF_A_NAME}


STREETS = re.compile(STREET)


def _letters(word: str) -> str:
    return "".join(char for char in plain_words(word) if char.isalpha())


# ------------------------------------------------------------------ numbers


def _numbers(number: str) -> set[str]:
    """Return the digits of a number, with and without the prefix of the country where it is one of a phone."""
    digits = "".join(NUMBER.findall(number))
    own = digits.removeprefix("00").removeprefix("44").removeprefix("0")
    if len(own) in (9, 10) and (digits.startswith(("0", "44"))):
        return {f"{prefix}{own}" for prefix in ("0", "44", "440", "0044", "00440")}
    return {digits}


# ------------------------------------------------------------------ days


def _days(written: str) -> list[dt.date]:
    """Return the days that this may be: those of two centuries, where the year has two digits."""
    parts = [plain_words(match[0]) for match in TOKENS.finditer(written)]
    parts = [part for part in parts if part not in ("st", "nd", "rd", "th", "of")]
    if len(parts) != 3:
        return []
    months = [at for at, part in enumerate(parts) if part[:3] in MONTHS]
    if months:
        month = MONTHS.index(parts.pop(months[0])[:3]) + 1
        day, year = parts
    elif len(parts[0]) == 4:
        year, month, day = parts[0], _number(parts[1]), parts[2]
    else:
        day, month, year = parts[0], _number(parts[1]), parts[2]
    if month > 12:
        day, month = str(month), _number(day)
    years = [_number(year)] if len(year) == 4 else [1900 + _number(year), 2000 + _number(year)]
    return [dt.date(one, month, _number(day)) for one in years if _exists(one, month, _number(day))]


def _number(digits: str) -> int:
    """Return what digits that a pattern found stand for."""
    return whole_number(digits) or 0


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _forms(day: dt.date) -> Iterable[str]:
    """Yield the ways to write a day, its parts joined."""
    numbers = {str(day.day), f"{day.day:02}"}
    ordinals = {f"{number}{_ordinal(day.day)}" for number in numbers}
    months = {str(day.month), f"{day.month:02}"}
    name = plain_words(f"{day:%B}")
    names = {name, name[:3], name[:4]} if day.month == 9 else {name, name[:3]}
    years = {str(day.year), f"{day:%y}"}
    for year in years:
        for number in numbers:
            yield from (f"{number}{month}{year}" for month in months)
            yield from (f"{month}{number}{year}" for month in months if day.day > 12)
        for number in numbers | ordinals:
            for month in names:
                yield from (f"{number}{month}{year}", f"{number}of{month}{year}", f"{month}{number}{year}")
    yield from (f"{day.year}{month}{number}" for month in months for number in numbers)


def _pattern_of_day(day: dt.date) -> str:
    number = f"0?{day.day}({_ordinal(day.day)})?"
    name = f"{MONTHS[day.month - 1]}[a-z]*"
    month, year = f"(0?{day.month}|{name})", f"({day.year // 100})?{day:%y}"
    dmy = f"{number}{BETWEEN}(of{BETWEEN})?{month}{BETWEEN}{year}"
    mdy = f"{month}{BETWEEN}{number}{BETWEEN}{year}"
    return f"{dmy}|{mdy}|{day.year}{BETWEEN}0?{day.month}{BETWEEN}0?{day.day}"
