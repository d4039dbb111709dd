"""How times are written in trackers: one pattern for each way, day before month, as British councils write.

Each reads plain text (see `plain_text`): lower case, straight quotes and dashes, as long as it was.
"""

from __future__ import annotations

import re

from committee.text import ALIKE, plain_digits

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
MONTH_NUMBERS = {name: at for at, name in enumerate(MONTHS, 1)} | {
    name[:3]: at for at, name in enumerate(MONTHS, 1)
}
MONTH_NUMBERS |= {"sept": 9, "janu": 1, "febr": 2, "octo": 10, "novem": 11, "decem": 12}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "1st": 1, "2nd": 2}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18, "twenty-four": 24,
}  # fmt: skip
DIGITS = {f"{number}": number for number in range(10_000)} | {f"{number:02d}": number for number in range(10)}
"""The value of digits, with a nought before or without."""

_BLANKS = dict.fromkeys("\t\r\u00a0\u2007\u2009\u200a\u202f\u2002\u2003", " ")
PLAIN = str.maketrans(dict(ALIKE.items()) | {ord(a): b for a, b in _BLANKS.items()})


def plain_text(text: str) -> str:
    """Return text as the patterns read it. Each character stands where it stood."""
    lower = (text if text.isascii() else plain_digits(text)).translate(PLAIN).lower()
    return lower if len(lower) == len(text) else "".join(char.lower()[:1] or " " for char in text)


B = " {0,2}"
BEFORE = r"(?<![\w£$€#])(?<!\d[/.,:-])"
AFTER = r"(?!\w)(?![/.:-]\d)(?!,\d{3}(?!\d))"
DAY = r"\d{1,2}(?: ?(?:st|nd|rd|th))?"
YEAR = r"(?:19|20)\d\d"
ANY_YEAR = rf"(?:{YEAR}|'?\d\d)(?!\d)"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
WORD = r"[a-z]{3,10}(?![a-z])\.?"
"""Stands where a month should: perhaps one that is misspelt."""
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thurs?|thu|fri|sat(?:ur)?|sun)(?:day)?\.?"
TIME = r"(?:[t ,]{1,2}(?:at )?\d{1,2}[:.]\d\d(?::\d\d(?:\.\d{1,6})?)? ?(?:z|[ap]m|[+-]\d\d:?\d\d)?)?"
TWO_YEARS = rf"(?:{YEAR}{B}[/-]{B}(?:{YEAR}|\d\d)|\d\d/\d\d)(?![\d/-])"
"""Such as 2023/24, 2023-24, 2023/2024, 23/24."""
QUARTER = (
    r"(?:q(?:uarter|tr)?\.?[ -]?[1-4](?!\d)|[1-4](?:st|nd|rd|th)?[ -]?q(?:uarter|tr)?\b\.?"
    r"|(?:first|second|third|fourth|last|final) (?:quarter|qtr)\b)"
)
HALF = r"(?:h[12](?!\d)|(?:first|second|1st|2nd) half(?:-| )?(?:year)?\b|half(?:-| )year [12](?!\d))"
SEASON = r"(?:spring|summer|autumn|winter)"
KIND_OF_YEAR = r"(?:fy|f/y|financial years?|calendar years?|calendar|municipal years?|council years?|years?)"
TO = r"(?:to|until|till|and|&|or|-|/)"

OF = rf"(?:{B}[,(:-]?{B}(?:of|in)?{B}(?:the )?(?:{KIND_OF_YEAR} ?)?)"

STARTS = re.compile(
    BEFORE
    + r"(?='?\d|the \d|q(?:tr|uarter)?\.?[ -]?[1-4]|h[12]\b|(?:first|second|third|fourth|last|final|half)[ -]"
    rf"|{SEASON}\b|{KIND_OF_YEAR}\b|{MONTH}|{WEEKDAY}(?![a-z])|[a-z]{{3,10}}\.?[ ,'-]{{1,2}}{YEAR}(?!\d))"
)
"""Where something may begin that says a time."""

PATTERNS: dict[str, re.Pattern[str]] = {
    # The longest ways first: the first that fits is taken.
    "iso": re.compile(rf"(?P<year>{YEAR})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){TIME}{AFTER}"),
    "numbers": re.compile(
        rf"(?:(?P<weekday>{WEEKDAY}),? )?(?P<day>\d{{1,2}})(?P<mark>{B}[/.-]{B}| )(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d\d){TIME}{AFTER}"
    ),
    "days": re.compile(
        rf"(?P<day>{DAY}){B}{TO}{B}(?P<last>{DAY}) (?:of )?(?P<month>{MONTH}){B},?{B}(?P<year>{ANY_YEAR}){AFTER}"
    ),
    "days over months": re.compile(
        rf"(?P<day>{DAY}) (?:of )?(?P<month>{MONTH}){B}(?:to|until|-){B}(?P<last>{DAY}) (?:of )?(?P<last_month>{MONTH}){B},?{B}(?P<year>{YEAR}){AFTER}"
    ),
    "day": re.compile(
        rf"(?:(?P<weekday>{WEEKDAY}),? (?:the )?)?(?:the )?(?P<day>{DAY})(?P<mark>{B}[-/.,]?{B})(?:of )?(?P<month>{WORD}){B}[-/.,']?{B}(?P<year>{ANY_YEAR})"
        rf"{TIME}{AFTER}"
    ),
    "month and day": re.compile(
        rf"(?:(?P<weekday>{WEEKDAY}),? )?(?P<month>{WORD}){B}(?P<day>{DAY}){B},?{B}(?P<year>{YEAR}){TIME}{AFTER}"
    ),
    "quarter of months": re.compile(
        rf"(?P<quarter>{QUARTER})(?:{OF}(?P<before>{TWO_YEARS}|{YEAR}))?{B}[-:,(]{{0,2}}{B}(?P<month>{MONTH}){B}(?P<year>{YEAR})?{B}(?:to|-){B}(?P<last_month>{MONTH})"
        rf"{B},?{B}(?P<last_year>{ANY_YEAR})?{B}\)?(?:{OF}(?P<after>{TWO_YEARS}|{YEAR}))?\)?{AFTER}"
    ),
    "quarters": re.compile(
        rf"(?P<quarter>{QUARTER}){B}{TO}{B}(?P<last>{QUARTER}|[1-4](?!\d)){OF}(?P<year>{TWO_YEARS}|{YEAR})\)?{AFTER}"
    ),
    "quarter": re.compile(rf"(?P<quarter>{QUARTER}){OF}(?P<year>{TWO_YEARS}|{YEAR})\)?{AFTER}"),
    "year and quarter": re.compile(
        rf"(?:{KIND_OF_YEAR} ?)?(?P<year>{TWO_YEARS}|{YEAR}){B}[,:(-]?{B}(?P<quarter>{QUARTER})\)?{AFTER}"
    ),
    "half": re.compile(rf"(?P<half>{HALF}){OF}(?P<year>{TWO_YEARS}|{YEAR})\)?{AFTER}"),
    "year and half": re.compile(
        rf"(?:{KIND_OF_YEAR} ?)?(?P<year>{TWO_YEARS}|{YEAR}){B}[,:(-]?{B}(?P<half>{HALF})\)?{AFTER}"
    ),
    "months": re.compile(
        rf"(?P<month>{MONTH}){B}(?P<first_year>{ANY_YEAR})?{B}(?P<to>{TO}){B}(?P<last_month>{MONTH}){B}[-,']?{B}(?P<year>{ANY_YEAR}){AFTER}"
    ),
    "month": re.compile(
        rf"(?P<month>{MONTH})(?P<mark>{B}[-/.,'(]?{B}(?:of )?)(?P<year>{ANY_YEAR})\)?{AFTER}"
    ),
    "misspelt month": re.compile(rf"(?P<month>{WORD}){B}[-,']?{B}(?P<year>{YEAR}){AFTER}"),
    "year and month": re.compile(rf"(?P<year>{YEAR})[ ,-]{{1,3}}(?P<month>{MONTH}){AFTER}"),
    "season": re.compile(
        rf"(?P<season>{SEASON})(?: of)?{B}[,/]?{B}(?P<year>{TWO_YEARS}|{YEAR}|'\d\d){AFTER}"
    ),
    "seasons": re.compile(
        rf"(?P<season>{SEASON}){B}{TO}{B}(?P<last>{SEASON}){B}(?P<year>{YEAR}){AFTER}"
    ),
    "two years": re.compile(
        rf"(?:(?P<kind>{KIND_OF_YEAR}) ?(?:of )?)?(?P<year>{TWO_YEARS})(?: (?P<after>{KIND_OF_YEAR}))?{AFTER}"
    ),
    "month in numbers": re.compile(rf"(?P<month>\d{{1,2}})[/.](?P<year>{YEAR}){AFTER}"),
    "year and month in numbers": re.compile(rf"(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>\d{{1,2}}){AFTER}"),
    "month in few numbers": re.compile(rf"(?P<month>\d{{1,2}})/(?P<year>\d\d){AFTER}"),
    "year": re.compile(rf"(?:(?P<kind>{KIND_OF_YEAR}) ?(?:of )?)?(?P<year>{YEAR})(?: (?P<after>{KIND_OF_YEAR}))?{AFTER}"),
    # Without a year:
    "day without a year": re.compile(
        rf"(?:(?P<weekday>{WEEKDAY}),? )?(?:the )?(?P<day>{DAY}){B}[-/ ]?(?:of )?(?P<month>{MONTH}){AFTER}"
    ),
    "month without a year": re.compile(rf"(?P<month>{MONTH}){AFTER}"),
    "quarter without a year": re.compile(rf"(?P<quarter>{QUARTER}){AFTER}"),
    "half without a year": re.compile(rf"(?P<half>{HALF}){AFTER}"),
    "season without a year": re.compile(rf"(?P<season>{SEASON}){AFTER}"),
    "day and month in numbers": re.compile(rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}}){AFTER}"),
}  # fmt: skip
