"""Other ways to write a name, a day or a number: what may be the same and reads otherwise.

Words are compared by their letters and digits alone, whatever stands between them. So it takes no list of hyphens, and no
pattern that is put together of what people typed reads a text in Python.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from committee.text import clean_text, plain_words, whole_number
from recommendations.utils.personal_data import DATE, INSTITUTIONS, STREET

MOST_WORDS = 6
"""A line of more words is a sentence, of which other spellings are not looked for."""
MOST_BETWEEN = 3
"""How many characters may stand between the parts, such as a full stop and a space."""
MOST_MIDDLE_NAMES = 2
NO_NAME_GOES_OVER = ",;:!?/&"
NO_SURNAME_FIRST_GOES_OVER = NO_NAME_GOES_OVER.replace(",", "")
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
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    *(f"twenty-{one}" for one in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")),
    "thirtieth", "thirty-first",
)  # fmt: skip
"""The days of a month in words."""
IN_WORDS = re.compile(
    rf"\b(?:the )?({'|'.join(one.replace('-', '[ -]?') for one in sorted(ORDINALS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

BETWEEN = f"[^[:alnum:]]{{0,{MOST_BETWEEN}}}"


class _Tokens:
    """The runs of letters or digits of a text, in their order."""

    def __init__(self, text: str) -> None:
        found = list(TOKENS.finditer(text))
        self.text = text
        self.ends = [(match.start(), match.end()) for match in found]
        self.plain = [match[0].lower() if match[0].isascii() else plain_words(match[0]) for match in found]

    def __len__(self) -> int:
        return len(self.ends)

    def before(self, at: int) -> str:
        """Return what stands between this one and the one before it."""
        return self.text[self.ends[at - 1][1] : self.ends[at][0]]

    def follows(self, at: int) -> bool:
        """Return whether there is such a one, and it belongs to the one before it."""
        if not 0 < at < len(self.ends):
            return False
        between = self.before(at)
        return len(between) <= MOST_BETWEEN and "\n" not in between

    def goes_on(self, at: int, stops: str = NO_NAME_GOES_OVER) -> bool:
        """Return whether a name may go on with this one: a full stop before it is that of an initial."""
        if not self.follows(at):
            return False
        between = self.before(at)
        return not set(between) & set(stops) and ("." not in between or len(self.plain[at - 1]) == 1)

    def is_capital(self, at: int) -> bool:
        return self.text[self.ends[at][0]].isupper()

    def is_initial(self, at: int) -> bool:
        return len(self.plain[at]) == 1 and self.is_capital(at)

    def after(self, at: int, *words: str) -> int | None:
        """Return the place behind the run that begins here and is, joined, the longest of these words; None without one."""
        joined, longest, found = "", max(map(len, words)), None
        for end in range(at, len(self)):
            joined += self.plain[end]
            if len(joined) > longest or (end > at and not self.follows(end)):
                break
            if joined in words:
                found = end + 1
        return found


@dataclass(frozen=True)
class Name:
    """A first name and a surname, with what may stand between and around them."""

    first: str
    last: str

    @property
    def families(self) -> tuple[str, str, str]:
        """The surname, and how a whole family is called."""
        return self.last, f"{self.last}s", f"{self.last}es"

    def after(self, tokens: _Tokens, at: int) -> int | None:
        """Return the place behind the longest form of the name that begins here: "Ann Marie Lee", "A. M. Lee", "Lee, Ann",
        or the first name, the surname or the initials alone.
        """
        found = [
            *self._in_order(tokens, at),
            *self._surname_first(tokens, at),
            *self._alone(tokens, at),
        ]
        return max(found, default=None)

    def is_part(self, joined: str) -> bool:
        """Return whether letters are only a part of the name."""
        return joined in (self.first, *self.families, self.first[0] + self.last[0])

    def _in_order(self, tokens: _Tokens, at: int) -> Iterator[int]:
        middle = at + 1 if tokens.is_initial(at) and tokens.plain[at] == self.first[0] else None
        middle = middle or tokens.after(at, self.first)
        for _ in range(MOST_MIDDLE_NAMES + 1):
            if middle is None or not tokens.goes_on(middle):
                return
            if (end := tokens.after(middle, *self.families)) is not None:
                yield end
            if tokens.plain[middle] in NOT_NAMES or not tokens.is_capital(middle):
                return
            middle += 1

    def _surname_first(self, tokens: _Tokens, at: int) -> Iterator[int]:
        first = tokens.after(at, self.last)
        if first is None or not tokens.goes_on(first, NO_SURNAME_FIRST_GOES_OVER):
            return
        if (end := tokens.after(first, self.first)) is not None:
            yield end
        elif (
            "," in tokens.before(first) and tokens.is_initial(first) and tokens.plain[first] == self.first[0]
        ):
            yield first + 1

    def _alone(self, tokens: _Tokens, at: int) -> Iterator[int]:
        for words in (self.families, (self.first,)):
            if len(words[0]) >= LEAST_OF_A_NAME or (len(words[0]) > 1 and tokens.is_capital(at)):
                end = tokens.after(at, *words)
                if end is not None:
                    yield end
        if self._are_initials(tokens, at):
            yield at + 2

    def _are_initials(self, tokens: _Tokens, at: int) -> bool:
        """Return whether the initials of both names begin here, with a full stop between: "A. L."."""
        return (
            tokens.follows(at + 1)
            and tokens.before(at + 1).startswith(".")
            and tokens.is_initial(at)
            and tokens.is_initial(at + 1)
            and (tokens.plain[at], tokens.plain[at + 1]) == (self.first[0], self.last[0])
        )


@dataclass(frozen=True)
class Spellings:
    """The other spellings of some words: letters and digits joined, and an SQL pattern that finds texts which may have one."""

    joined: frozenset[str]
    days: frozenset[str]
    """Days of digits alone: they count as one number or as three."""
    names: tuple[Name, ...]
    pattern: str

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What a spelling may begin with: most texts have few of these, and are long."""
        words = {*self.joined, *self.days}
        words.update(word for name in self.names for word in (name.first, *name.families))
        return frozenset(word[:length] for word in words for length in range(1, len(word) + 1))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where one of them stands, as (start, end), the longest at each place."""
        tokens = _Tokens(text)
        longest = max(map(len, self.joined | self.days), default=0)
        found, at = [], 0
        while at < len(tokens):
            if tokens.plain[at] not in self._beginnings:
                at += 1
                continue
            ends = [self._after(tokens, at, longest), *(name.after(tokens, at) for name in self.names)]
            end = max((one for one in ends if one is not None), default=None)
            if end is None:
                at += 1
                continue
            found.append((tokens.ends[at][0], tokens.ends[end - 1][1]))
            at = end
        return found

    def is_part(self, words: str) -> bool:
        """Return whether words are only a part of a name, which many others have: a first name, a surname or initials."""
        joined = "".join(plain_words(match[0]) for match in TOKENS.finditer(words))
        return any(name.is_part(joined) for name in self.names)

    def _after(self, tokens: _Tokens, first: int, longest: int) -> int | None:
        """Return the place behind the longest joined spelling that begins here."""
        joined, found = "", None
        for at in range(first, len(tokens)):
            joined += tokens.plain[at]
            if len(joined) > longest or (at > first and not tokens.follows(at)):
                break
            if joined in self.joined or (joined in self.days and self._is_day(joined, at - first + 1)):
                found = at + 1
        return found

    @staticmethod
    def _is_day(joined: str, parts: int) -> bool:
        return parts == 3 or (parts == 1 and len(joined) >= LEAST_OF_A_NUMBER)


def other_spellings(phrases: Iterable[str]) -> Spellings:
    """Return the other spellings of the phrases, and these themselves where they are names, days or numbers.

    Of a name they are other hyphens, blanks and apostrophes, middle names or initials between, the surname before the first
    name, the family ("the Quills"), initials, and the first name and the surname alone; of a day all forms, in words too; of a
    number, such as a phone or NHS number, other blanks, and the prefix of the country.
    """
    joined: set[str] = set()
    days: set[str] = set()
    names: dict[Name, None] = {}
    patterns: dict[str, None] = {}
    for phrase in phrases:
        text = IN_WORDS.sub(_day_in_digits, clean_text(phrase))
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
        together, name = _names(DIGITS.sub(" ", rest))
        joined |= together
        if together:
            patterns[_loose(min(together, key=len))] = None
        if name is not None:
            names[name] = None
            patterns |= dict.fromkeys(_patterns_of_name(name))
    return Spellings(frozenset(joined), frozenset(days), tuple(names), "|".join(patterns))


def _loose(letters: str) -> str:
    return BETWEEN.join(letters)


def _patterns_of_name(name: Name) -> Iterator[str]:
    """Yield the patterns of texts that may have a name: its parts, the short ones as words of their own, and its initials."""
    for part in dict.fromkeys((name.first, name.last)):
        if len(part) >= LEAST_OF_A_NAME:
            yield _loose(part)
        elif len(part) > 1:
            yield rf"(^|[^a-z]|\\[nrt]){part}(e?s)?([^a-z]|$)"
    yield rf"{name.first[0]}\.[^[:alnum:]]{{0,2}}{name.last[0]}"


# ------------------------------------------------------------------ names


def _names(text: str) -> tuple[set[str], Name | None]:
    """Return what the name in the text reads like, joined, and its first name and surname, where it has both and is a
    person's.
    """
    words = [plain for word in text.split() if (plain := _letters(word)) and plain not in NOT_NAMES]
    last = text.split()[-1] if words else ""
    if not words or (len(words) > 2 and not last[:1].isupper()):
        return set(), None
    together = {"".join(words)}
    if text.split()[0].endswith(","):
        words = [*words[1:], words[0]]
    surname = words[-1]
    if len(words) == 1:
        together.add(f"{surname}s")
    is_institution = INSTITUTIONS.search(surname.title()) or STREETS.fullmatch(surname.title())
    is_person = len(words) > 1 and not is_institution and all(one.isascii() for one in words)
    name = Name(words[0], surname) if is_person and len(surname) > 1 else None
    if name is not None:
        together |= {f"{words[0]}{surname}", f"{words[0][0]}{surname}"}
    return {one for one in together if one.isascii() and len(one) >= LEAST_OF_A_NAME}, name


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


def _day_in_digits(words: re.Match[str]) -> str:
    """Return the day of a month that is written in words in digits."""
    plain = [one.replace("-", "") for one in ORDINALS]
    return str(plain.index(_letters(words[1])) + 1)


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _forms(day: dt.date) -> Iterable[str]:
    """Yield the ways to write a day, its parts joined."""
    numbers = {str(day.day), f"{day.day:02}"}
    in_words = ORDINALS[day.day - 1].replace("-", "")
    ordinals = {in_words, *(f"{number}{_ordinal(day.day)}" for number in numbers)}
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
                yield f"{month}the{number}{year}"
    yield from (f"{day.year}{month}{number}" for month in months for number in numbers)


def _pattern_of_day(day: dt.date) -> str:
    in_words = ORDINALS[day.day - 1].replace("-", BETWEEN)
    number = f"(0?{day.day}({_ordinal(day.day)})?|{in_words})"
    name = f"{MONTHS[day.month - 1]}[a-z]*"
    month, year = f"(0?{day.month}|{name})", f"({day.year // 100})?{day:%y}"
    dmy = f"{number}{BETWEEN}(of{BETWEEN})?{month}{BETWEEN}{year}"
    mdy = f"{month}{BETWEEN}(the{BETWEEN})?{number}{BETWEEN}{year}"
    return f"{dmy}|{mdy}|{day.year}{BETWEEN}0?{day.month}{BETWEEN}0?{day.day}"
