"""What a person sees of a number in a workbook: its format is followed as far as it changes what is read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from committee.formatting import long_date
from recommendations.trackers.cells import Value

TOKEN = re.compile(
    r'"([^"]*)"?|\\(.)|_(.)|\*(.)|\[([^\]]*)\]?|([0#?.,]+)|(General)|(.)', re.DOTALL | re.IGNORECASE
)
"""The parts of a format: a literal in quotes, an escaped letter, a blank as wide as a letter, a filling, a bracket, digits."""
CURRENCY = re.compile(r"\$([^-]*)")
DATE_LETTERS = re.compile("d+|m+|y+|h+|s+")
LAST_SERIAL = 2_958_465
"""31 December 9999."""
LEAP_DAY_1900 = 60
"""The day that Excel believes in and that never was: day 0 to this one are no days that can be meant."""


@dataclass(frozen=True)
class NumberFormat:
    """A format of numbers, taken apart."""

    code: str
    is_date: bool = False
    is_elapsed: bool = False
    """Hours that go on after 24."""
    letters: str = ""
    """The letters of a date's format, without literals: "dd/mm/yyyy"."""


GENERAL = NumberFormat("General")


@lru_cache(maxsize=2048)
def number_format(code: str) -> NumberFormat:
    """Return the format with this code."""
    letters = ""
    elapsed = False
    for match in TOKEN.finditer(_sections(code)[0]):
        bracket, other = match[5], match[8]
        if bracket is not None and re.fullmatch("h+|m+|s+", bracket, re.IGNORECASE):
            elapsed = True
        elif other and not match[7]:
            letters += other.lower()
    is_date = elapsed or bool(DATE_LETTERS.search(letters.replace("e+", "").replace("e-", "")))
    return NumberFormat(code, is_date, elapsed, letters if is_date else "")


@lru_cache(maxsize=2048)
def _sections(code: str) -> tuple[str, ...]:
    """Return the parts of a format for positive numbers, negative ones, zero and text."""
    sections = [""]
    for match in TOKEN.finditer(code):
        if match[8] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return tuple(sections)


def shown(number: float, kind: NumberFormat, *, since_1904: bool = False) -> tuple[str, Value]:
    """Return what a person sees of a stored number and what it is: a day, a moment, a time, or the number."""
    value: Value = int(number) if float(number).is_integer() else number
    if not kind.is_date:
        return _number(number, kind.code), value
    if kind.is_elapsed:
        minutes = round(number * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02d}", value
    if not 0 <= number <= LAST_SERIAL:
        return _general(number), value
    if number < 1 and "h" in kind.letters:
        time = (dt.datetime.min + dt.timedelta(seconds=round(number * 86_400))).time()
        return f"{time:%H:%M}", time
    if number <= LEAP_DAY_1900 and not since_1904:
        return _general(number), value
    epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    moment = from_excel(number, epoch)
    if not isinstance(moment, dt.datetime):
        return _general(number), value
    day_only = moment.time() == dt.time()
    return day_shown(moment, kind.letters), moment.date() if day_only else moment


def day_shown(moment: dt.datetime, letters: str) -> str:
    """Return a day in words, no more exact than its format: "1 April 2024", "April 2024", "2024"."""
    runs = DATE_LETTERS.findall(letters)
    timed = any(run[0] in "hs" for run in runs)
    day = any(run in ("d", "dd") for run in runs)
    month = any(run[0] == "m" for run in runs) and (not timed or day or any(len(run) > 2 for run in runs))
    year = any(run[0] == "y" for run in runs)
    if month and year and not day:
        words = f"{moment:%B %Y}"
    elif day and month and not year:
        words = f"{moment.day} {moment:%B}"
    elif year and not month and not day:
        words = f"{moment:%Y}"
    elif month and not day and not year:
        words = f"{moment:%B}"
    else:
        words = long_date(moment)
    if timed and moment.time() != dt.time():
        words += f" {moment:%H:%M}"
    return words


def _general(number: float) -> str:
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.10g}"
    return text if "e" not in text else repr(number)


def _number(number: float, code: str) -> str:
    """Return a number as its format shows it, "" where it hides it; as Excel shows it without a format where the format is
    none of the usual.
    """
    sections = _sections(code)
    section = sections[0]
    if len(sections) > 1 and number < 0:
        section, number = sections[1], -number
    elif len(sections) > 2 and number == 0:
        section = sections[2]
    return "" if not section and len(sections) > 1 else _by_section(number, section)


def _by_section(number: float, section: str) -> str:
    parts: list[tuple[str, str]] = []
    for match in TOKEN.finditer(section):
        literal, escaped, spaced, _, bracket, digits, general, other = match.groups()
        if digits:
            parts.append(("digits", digits))
        elif general:
            return _general(number)
        elif bracket is not None:
            if currency := CURRENCY.match(bracket):
                parts.append(("literal", currency[1]))
            elif bracket[:1] in "<>=":
                return _general(number)
        elif other and other in "/@eE":
            return _general(number)
        else:
            parts.append(("literal", literal or escaped or (" " if spaced else "") or other or ""))
    runs = [text for kind, text in parts if kind == "digits"]
    if not runs:
        return "".join(text for _, text in parts).strip() if parts else _general(number)
    sign = "-" if number < 0 else ""
    number = abs(number) * 100 ** sum(text.count("%") for kind, text in parts if kind == "literal")
    filled = [_filled(number, runs[0])] if len(runs) == 1 else _spread(number, runs)
    at = iter(filled)
    text = "".join(next(at) if kind == "digits" else text for kind, text in parts).strip()
    return f"{sign}{text}" if re.search("[1-9]", text) else text


def _filled(number: float, digits: str) -> str:
    """Return a number by one run of placeholders: "0.00", "#,##0", "0000"."""
    scaled = digits.rstrip(",")
    value = Decimal(repr(float(number))) / (1000 ** (len(digits) - len(scaled)))
    whole, _, after = scaled.partition(".")
    places = sum(sign in "0#?" for sign in after)
    value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{value:,f}" if "," in whole else f"{value:f}"
    before, _, fraction = text.partition(".")
    least = sum(sign == "0" for sign in after)
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    before = before.rjust(whole.count("0"), "0") if whole.count("0") > 1 else before
    if before == "0" and "0" not in whole and fraction:
        before = ""
    return f"{before}.{fraction}" if fraction else before


def _spread(number: float, runs: list[str]) -> list[str]:
    """Return the digits of a number over several runs of placeholders, from the right: "00/00" makes 23/24 of 2324."""
    digits = str(int(Decimal(repr(float(number))).quantize(Decimal(1), ROUND_HALF_UP)))
    filled: list[str] = []
    for run in reversed(runs[1:]):
        length = len(run)
        taken, digits = digits[-length:], digits[:-length]
        filled.append(taken.rjust(run.count("0"), "0"))
    filled.append(digits.rjust(runs[0].count("0"), "0"))
    return filled[::-1]
