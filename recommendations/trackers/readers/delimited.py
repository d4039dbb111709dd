"""Reads text tables: values parted by commas, semicolons, tabs or bars, and tables drawn with bars or columns of blanks."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recommendations.trackers.cells import EMPTY, CannotBeRead, Cell, Piece, Row, Table, TrackerFile
from recommendations.trackers.limits import BLANK_ROWS_KEPT, MOST_CELL_LETTERS, MOST_LINES
from recommendations.trackers.readers.budget import Budget
from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.rows import without_blank_runs
from recommendations.trackers.readers.source import Source
from recommendations.trackers.readers.text import readable

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 2_000
"""Records by which the delimiter is chosen."""
MOST_LINES_IN_CELL = 500
"""Above this a quotation mark was opened and not closed."""
SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""The first line by which Excel is told the delimiter."""
OF_BLANK_LINES = " \n" + "".join(DELIMITERS)
OF_BORDERS = " \t\n|+:=-"
GAP = re.compile(r"\t+| {2,}")


@dataclass(frozen=True)
class Record:
    """A record of a text file: its number, from 1, and its fields."""

    number: int
    fields: list[str]


def read(source: Source) -> TrackerFile:
    """Return the file's one table. Records are counted from 1, those above the header and blank ones too."""
    notices = Notices()
    text, encoding = source.decoded(notices)
    lines = _lines(_without_blank_end(text.replace("\r\n", "\n").replace("\r", "\n")))
    delimiter, first = _chosen_delimiter(source, lines)
    if delimiter is None:
        records = list(_without_long_runs(_records_of_blanks(lines)))
    else:
        records = list(_without_long_runs(_records(lines[first - 1 :], delimiter, notices, first)))
        if delimiter == "|":
            records = _without_frame(records)
    table = _table(records, notices, Budget())
    return TrackerFile(
        name=source.name,
        format="csv",
        tables=(table,) if table.rows else (),
        notices=notices.all(),
        encoding=encoding,
        delimiter=delimiter,
    )


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; other separators of Unicode are part of the words. Raise CannotBeRead for more than
    the limit.
    """
    text = text.removesuffix("\n")
    if (count := text.count("\n") + 1) > MOST_LINES:
        raise CannotBeRead(
            f"The file has {count:,} lines and at most {MOST_LINES:,} can be read: delete the blank ones, then save it and"
            " bring it again"
        )
    return [f"{line}\n" for line in text.split("\n")]


def _without_blank_end(text: str) -> str:
    """Return the text with the first few only of the lines at its end that have no words: there can be a million of them."""
    end = len(text.rstrip(OF_BLANK_LINES))
    for _ in range(BLANK_ROWS_KEPT + 1):
        end = text.find("\n", end) + 1
        if not end:
            return text
    return text[:end]


# ------------------------------------------------------------------ the delimiter


def _chosen_delimiter(source: Source, lines: list[str]) -> tuple[str | None, int]:
    """Return the delimiter, None for columns of blanks or a single column, and the number of the first record."""
    said = SEP_LINE.fullmatch(lines[0]) if lines else None
    first = 2 if said else 1
    if source.delimiter:
        return source.delimiter, first
    return (said[1] if said else _likeliest(lines)), first


def _likeliest(lines: list[str]) -> str | None:
    """Return the delimiter by which most records have the same number of fields; the earlier of equal ones."""
    best, delimiter = 0.0, None
    for each in DELIMITERS:
        score = _consistency(lines, each)
        if score > best:
            best, delimiter = score, each
    return delimiter


def _consistency(lines: list[str], delimiter: str) -> float:
    """Return how alike the records are, 0 to 1: the share that has the commonest number of fields above one, a little more
    for more fields. Lines above the header and shorter last fields count little, as they are few.
    """
    counts: Counter[int] = Counter()
    for record in _sampled(lines, delimiter):
        if any(field.strip() for field in record):
            counts[len(record)] += 1
    parted = {count: times for count, times in counts.items() if count > 1}
    if not parted:
        return 0.0
    width, times = max(parted.items(), key=lambda item: (item[1] * (1 - 1 / item[0]), item[0]))
    return times / counts.total() * (1 - 1 / (width + 1))


def _reader(lines: list[str], delimiter: str) -> Any:
    """Return a reader that knows quotes behind a blank too: `1, "Yes, in part"`."""
    return csv.reader(iter(lines), delimiter=delimiter, skipinitialspace=delimiter != "\t")


def _sampled(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        for at, record in enumerate(_reader(lines, delimiter)):
            if at >= SAMPLE:
                return
            yield record
    except csv.Error:
        return


# ------------------------------------------------------------------ records


def _records(lines: list[str], delimiter: str, notices: Notices, number: int) -> Iterator[Record]:
    """Yield the records. A quotation mark that opens and does not close is taken as a letter, and told."""
    at = 0
    while at < len(lines):
        size, record = _record(lines[at : at + MOST_LINES_IN_CELL], delimiter)
        if record is None:
            notices.tell("stray quotes", f"record {number}")
            record = _fields(lines[at], delimiter, csv.QUOTE_NONE)
        elif size > 1 and _holds_lines(record, delimiter):
            notices.tell("lines in a cell", f"record {number}")
        yield Record(number, record)
        at += size
        number += 1


def _without_long_runs(records: Iterator[Record]) -> Iterator[Record]:
    """Yield the records, and of a run of blank ones the first few: see `without_blank_runs`."""
    run = 0
    for record in records:
        run = 0 if any(field.strip() for field in record.fields) else run + 1
        if run <= BLANK_ROWS_KEPT:
            yield record


def _record(lines: list[str], delimiter: str) -> tuple[int, list[str] | None]:
    """Return the number of lines of the first record and its fields; None for these where a quotation mark stays open."""
    if '"' not in lines[0]:
        return 1, lines[0].rstrip("\n").split(delimiter) if lines[0] != "\n" else []
    reader = _reader(lines, delimiter)
    try:
        record = next(reader)
    except csv.Error:
        return 1, None
    size = reader.line_num
    if size == len(lines) and _stays_open(lines[:size], delimiter):
        return 1, None
    return size, record


def _stays_open(lines: list[str], delimiter: str) -> bool:
    """Return whether the record does not end with these lines, by adding a line that it would swallow."""
    try:
        reader = _reader([*lines, "\n"], delimiter)
        next(reader)
    except csv.Error:
        return True
    return reader.line_num > len(lines)


def _fields(line: str, delimiter: str, quoting: int) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, quoting=quoting), [])  # type: ignore[arg-type]  # the stubs know literals
    except csv.Error as error:
        raise CannotBeRead(
            f"One cell has more than {MOST_CELL_LETTERS:,} letters: see whether the lines of the file end as they should"
        ) from error


def _holds_lines(record: list[str], delimiter: str) -> bool:
    """Return whether a field looks like lines of the table, which a quotation mark in the wrong place has swallowed."""
    beside = len(record) - 1
    return beside > 1 and any(
        line.count(delimiter) == beside for field in record for line in field.split("\n")[1:]
    )


def _is_border(line: str) -> bool:
    """Return whether it is a line of a drawn table: "+----+----+" or "|---|:--|"."""
    return ("--" in line or "==" in line) and not line.strip(OF_BORDERS)


def _without_frame(records: list[Record]) -> list[Record]:
    """Return the records of a table drawn with bars, without its lines and the bars at its sides."""
    kept = [record for record in records if not _is_border("|".join(record.fields))]
    filled = [record.fields for record in kept if len(record.fields) > 1]
    framed = filled and all(not fields[0].strip() and not fields[-1].strip() for fields in filled)
    if not framed:
        return kept
    return [Record(each.number, each.fields[1:-1] if len(each.fields) > 1 else each.fields) for each in kept]


def _records_of_blanks(lines: list[str]) -> Iterator[Record]:
    """Yield the lines, parted at runs of blanks where most of them have such runs; the columns are those of the first line
    that has the most.
    """
    split = [GAP.split(line.strip()) for line in lines]
    widths = Counter(len(fields) for fields in split if len(fields) > 1)
    parted = sum(widths.values()) * 2 > sum(1 for line in lines if line.strip())
    starts = _column_starts(lines) if parted and widths.most_common(1)[0][0] > 1 else []
    for number, line in enumerate(lines, 1):
        if _is_border(line):
            continue
        yield Record(number, _cut(line.rstrip("\n"), starts) if starts else [line.strip()])


def _column_starts(lines: list[str]) -> list[int]:
    """Return where the columns begin: at letters that no line of the table crosses."""
    expanded = [line.expandtabs().rstrip() for line in lines if len(GAP.split(line.strip())) > 1]
    wide = max(map(len, expanded))
    blank = [all(at >= len(line) or line[at] == " " for line in expanded) for at in range(wide)]
    return [at for at in range(wide) if not blank[at] and (at == 0 or blank[at - 1])]


def _cut(line: str, starts: list[int]) -> list[str]:
    line = line.expandtabs()
    crossing = any(start and line[start - 1 : start].strip() for start in starts[1:])
    if crossing or not line.strip():  # a title or a note across the table
        return [line.strip()] if line.strip() else []
    return [line[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]


# ------------------------------------------------------------------ the table


def _table(records: list[Record], notices: Notices, budget: Budget) -> Table:
    filled = [record for record in records if any(field.strip() for field in record.fields)]
    width = max((_last_filled(record.fields) for record in filled), default=0)
    rows = []
    for record in records:
        cells = tuple(_cell(field, record.number, notices, budget) for field in record.fields[:width])
        if any(cell is not EMPTY for cell in cells):
            budget.row(width)
        rows.append(Row(record.number, cells + (EMPTY,) * (width - len(cells))))
    return Table(name=1, rows=without_blank_runs(rows), width=width)


def _last_filled(fields: list[str]) -> int:
    return max(at for at, field in enumerate(fields, 1) if field.strip())


def _cell(field: str, number: int, notices: Notices, budget: Budget) -> Cell:
    if not field.strip():
        return EMPTY
    budget.letters(len(field))
    text = readable(field, notices, f"record {number}")
    return Cell((Piece(text),)) if text.strip() else EMPTY
