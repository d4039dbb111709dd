"""Finds the day of which a whole file speaks, in what stands around its tables and in its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.trackers.as_at import AS_AT_KEY, read_as_at
from recommendations.trackers.cells import TrackerFile
from recommendations.trackers.questions import Answers, Question
from recommendations.trackers.reading import period_from_answer
from recommendations.trackers.sections import Layout, Section


def file_day(file: TrackerFile, layout: Layout, answers: Answers) -> tuple[Period, Question | None]:
    """Return the day of which the file speaks, and the question which it is where nothing says or several days do."""
    if AS_AT_KEY in answers:
        return period_from_answer(answers.get(AS_AT_KEY), ""), None
    read = read_as_at(_lines(file, layout.texts), file.name, _headers(layout.sections))
    return read.value or NO_PERIOD, read.question


def _headers(sections: Iterable[Section]) -> Iterator[str]:
    """Yield what stands over the columns: "Position at 1 March 2023"."""
    for section in sections:
        yield from dict.fromkeys((*section.header.groups, *section.header.labels))


def _lines(file: TrackerFile, texts: Iterable[str]) -> Iterator[str]:
    """Yield what can say it: paragraphs, titles, the rows above and below the lines (`texts`), the names of sheets, the
    document's own title.
    """
    for paragraph in file.paragraphs:
        yield from paragraph.text.split("\n")
    for text in texts:
        yield from text.split("\n")
    for table in file.tables:
        if isinstance(table.name, str) and not table.hidden:
            yield table.name
    if title := file.properties.get("title"):
        yield title
