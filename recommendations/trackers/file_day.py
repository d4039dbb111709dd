"""Finds the day of which a whole file speaks: "as at", "position at", the meeting, the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.trackers.cells import TrackerFile
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.questions import Answers, Question, question_key
from recommendations.trackers.reading import period_from_answer

KEY = question_key("day", "file", "")
SAID = re.compile(
    r"\b(?:as (?:at|of|on)|position (?:at|on|as at)|status (?:at|on)|correct (?:at|as at|to)|export(?:ed)? (?:of|on|at)|(?:last )?updated(?: on| at| to)?:?|update:?"
    r"|progress (?:at|to|as at)|up to date (?:at|to)|situation at|snapshot (?:of|at)|data as at|extract(?:ed)? (?:of|on)|printed(?: on)?|at|to)\W{0,3}$",
    re.IGNORECASE,
)
MEETING = re.compile(
    r"\b(?:meeting|committee|cabinet|council|panel|commission|board|date of meeting|held)\b[\w\s:,()'\u2019-]{0,60}$|^(?:date|day)\W{0,3}$",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"\b(?:since|until|from|by|next|published|report of|made (?:on|at|in)|agreed (?:on|at|in)|completed|before|after|due|between|adopted|first|last met|previous|review of|inquiry of)\W{0,3}(?:the )?(?:[a-z]+ ){0,2}$",
    re.IGNORECASE,
)
IN_NAME = re.compile(r"[_.+]|(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A day that the file may speak of."""

    period: Period
    weight: int
    """3 where it says so, 2 where it is that of a meeting, 1 where it merely stands in a title, 0 in the name."""


def file_day(file: TrackerFile, texts: Iterable[str], answers: Answers) -> tuple[Period, Question | None]:
    """Return the day of which the file speaks, and the question which it is where nothing says or several days do."""
    if KEY in answers:
        return _answered(answers), None
    found = [one for text in _texts(file, texts) for one in _in(text)]
    for weight in (3, 2, 1):
        of_weight = [one.period for one in found if one.weight == weight]
        spans = {(one.start, one.end) for one in of_weight}
        if len(spans) == 1:
            return of_weight[0], None
        if spans:
            latest = max(of_weight, key=lambda one: (one.end, one.start))
            return latest, _question(
                f"The file names several days: does it speak of {latest.in_words()}?", latest
            )
    if named := _in_name(file.name):
        return named, None
    return NO_PERIOD, _question("The file does not say of which day it speaks: which is it?", None)


def _answered(answers: Answers) -> Period:
    return period_from_answer(answers.get(KEY), "")


def _question(sentence: str, likelier: Period | None) -> Question:
    return Question(
        KEY,
        "day",
        likelier.words if likelier else "",
        sentence,
        (),
        likelier.end.isoformat() if likelier and likelier.end else None,
    )


def _texts(file: TrackerFile, texts: Iterable[str]) -> Iterator[str]:
    """Yield what can say it: paragraphs, titles, the names of sheets, the document's own title."""
    for paragraph in file.paragraphs:
        yield from paragraph.text.split("\n")
    for text in texts:
        yield from text.split("\n")
    for table in file.tables:
        if isinstance(table.name, str) and not table.hidden:
            yield table.name
        if table.layout_only:
            continue
    if title := file.properties.get("title"):
        yield title


def _in(text: str) -> Iterator[Found]:
    if len(text) > 400:
        return
    times = [one for one in find_times(text) if one.period and one.period.is_known and not one.doubt]
    for one in times:
        before = text[: one.start]
        if one.period is None:
            continue
        if SAID.search(before) and not OTHER.search(before):
            yield Found(one.period, 3)
        elif OTHER.search(before):
            continue
        elif MEETING.search(before):
            yield Found(one.period, 2)
        elif len(times) == 1 and len(text.split()) <= 16:
            yield Found(one.period, 1)


def _in_name(name: str) -> Period | None:
    words = IN_NAME.sub(" ", name.rsplit(".", 1)[0])
    found = [one.period for one in find_times(words) if one.period and one.period.is_known and not one.doubt]
    if len(found) == 1:
        return found[0]
    if compact := re.search(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", name):
        iso = "-".join(compact.groups())
        return next((one.period for one in find_times(iso) if one.period and not one.doubt), None)
    return None
