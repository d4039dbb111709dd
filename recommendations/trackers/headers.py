"""Finds the rows that say what the columns hold, by their words, wherever they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.trackers.cells import Cell, Row, Table
from recommendations.trackers.column_fields import Field
from recommendations.trackers.header_words import IN_BRACKETS, HeaderMatch, match_header
from recommendations.trackers.profiles import NUMBERED, REFERENCE, THAT
from recommendations.trackers.questions import plain

LONGEST = 90
"""Letters in a header; more is wording."""
MOST_ROWS = 3
"""Rows that a header has at most."""
ANSWERS = {
    Field.OWNERS,
    Field.RESPONSE,
    Field.CLAIM,
    Field.PROGRESS,
    Field.OUTCOME,
    Field.TARGET,
    Field.ANSWERED_ON,
    Field.REASON,
    Field.OUTCOME_ON,
}
"""What is told of a recommendation beside its wording."""
OTHER_TABLES = frozenset(
    [
        "party",
        "ward",
        "telephone",
        "tel",
        "phone",
        "email",
        "e-mail",
        "attendance",
        "apologies",
        "definition",
        "meaning",
        "term",
        "abbreviation",
        "acronym",
        "option",
        "options",
        "cost",
        "budget",
        "interest",
        "interests",
        "likelihood",
        "impact",
        "mitigation",
        "present",
        "role",
        "pages",
        "page",
        "abstained",
        "votes",
        "vote",
        "time",
        "venue",
    ]
)
"""Words over the columns of members' lists, definitions, choices, agendas, registers of risks."""
WORDING = re.compile(
    r"(?:that|to|we|it is|it was)\b.{24,}|.{1,400}[.;]\s*$|(?:\S+\s+){8}\S|.{1,200}\bshould\b"
    r"|(?:the committee|the panel|officers?|cabinet|members)\b(?=.{24,}).{0,200}\b(?:be|is|are|was|were|to|has|have|had|will|must|shall|would|agree[sd]?|note[sd]?|recommend(?:s|ed)?|consider(?:s|ed)?|ask(?:s|ed)?|approve[sd]?)\b",
    re.IGNORECASE | re.DOTALL,
)
ASKS = re.compile(r"^(?:\(?\w{1,5}[.):]? )?that\b|\b(?:should|must|recommend(?:s|ed)?)\b")
"""Words by which something is recommended, and not only said."""
RECOMMENDED = re.compile(r"recommend|\brecs?\b|wording", re.IGNORECASE)


NAMED_WORDING = re.compile(r"(?:recommendation|rec\.?|r) ?\d{1,3}[a-z]?[ .:)\n–-]{1,4}(?:\S+\s+){3}\S")
"""A recommendation behind its own name: "Recommendation 3 That bed and breakfast end"."""
MONTHS = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
DAY_IN_HEADER = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ /.-](?:of )?(?:{MONTHS}|\d{{1,2}})[ /.,-]+\d{{2,4}}|\d{{4}}-\d\d-\d\d|{MONTHS}[ .,'-]+(?:\d{{4}}|\d\d)\b"
    rf"|q(?:uarter|tr)? ?[1-4][ ,]+\(?\d{{4}}(?: ?[/-] ?\d{{2,4}})?\)?|(?:\d{{4}} ?[/-] ?\d\d )?q[1-4]\b|(?:spring|summer|autumn|winter) \d{{4}}|\b20\d\d ?[/-] ?\d\d\b",
    re.IGNORECASE,
)
JOINING = re.compile(
    r"\b(?:as at|at|in|for|on|to|by|of|as of|from|since)\s*$|[()\[\],:;\u2013-]+\s*$|^\s*[()\[\],:;\u2013-]+",
    re.IGNORECASE,
)


def day_in(label: str) -> tuple[str, str]:
    """Return the words of a day in a header, and the header without them; ("", the header) where there is none."""
    found = DAY_IN_HEADER.search(label)
    if not found:
        return "", label
    rest = f"{label[: found.start()].strip()} {label[found.end() :].strip()}".strip()
    while (shorter := JOINING.sub("", rest).strip()) != rest:
        rest = shorter
    return found.group(), rest


@dataclass(frozen=True)
class Header:
    """The rows that name the columns."""

    rows: tuple[int, ...]
    """Their numbers."""
    labels: tuple[str, ...]
    """Of each column, as written in the lowest row that has words there."""
    groups: tuple[str, ...]
    """Of each column, the words of the rows above, which several columns may share."""
    texts: tuple[tuple[str, ...], ...]
    """Of each row, the words of its cells as they are compared, to know it when it comes again."""

    @property
    def shape(self) -> str:
        """The same for tables with the same headers."""
        return "|".join(
            plain(f"{group} {label}") for group, label in zip(self.groups, self.labels, strict=True)
        )


def words_of(row: Row) -> tuple[str, ...]:
    """Return the words of a row's cells as they are compared."""
    return tuple(plain(cell.text) for cell in row.cells)


def distinct(row: Row) -> list[tuple[int, Cell]]:
    """Return the cells of a row that are not blank, each merged one once, with the index of its first column."""
    found: list[tuple[int, Cell]] = []
    for index, cell in enumerate(row.cells):
        if cell.text and not any(cell is other for _, other in found[-1:]):
            found.append((index, cell))
    return found


def _is_a_day(label: str) -> bool:
    """Return whether a label is a day, a month or a quarter and nothing else."""
    day, rest = day_in(label)
    return bool(day) and not rest


def match(group: str, label: str) -> HeaderMatch | None:
    """Return what a header says together with the words above it, where its own do not tell."""
    own = match_header(label)
    if own is None and not group and _is_a_day(label):
        return HeaderMatch((Field.PROGRESS,), 0.7, (Field.CLAIM, Field.NOTES))
    if not label or not group or plain(group) == plain(label):
        return own
    if own and own.field is Field.NOTES and own.confidence == 1.0:
        return own
    above = match_header(group)
    if own and not own.also and own.confidence > 0.7 and own.field not in (Field.NOTES, Field.PRIORITY):
        return _within(above, own)
    return _within(above, own) if own and own.also else match_header(f"{group} {label}") or own


WITHIN = {
    Field.RESPONSE: {
        Field.PROGRESS: Field.REASON,
        Field.MADE_ON: Field.ANSWERED_ON,
        Field.CLAIM: Field.RESPONSE,
        Field.NOTES: Field.REASON,
    },
    Field.TEXT: {Field.CLAIM: Field.PRIORITY},
    Field.PROGRESS: {
        Field.MADE_ON: Field.UPDATED_ON,
        Field.NOTES: Field.PROGRESS,
        Field.OUTCOME: Field.CLAIM,
    },
    Field.CLAIM: {Field.MADE_ON: Field.UPDATED_ON, Field.NOTES: Field.PROGRESS, Field.OUTCOME: Field.CLAIM},
    Field.OUTCOME: {
        Field.MADE_ON: Field.OUTCOME_ON,
        Field.ANSWERED_ON: Field.OUTCOME_ON,
        Field.CLAIM: Field.OUTCOME,
        Field.PROGRESS: Field.NOTES,
        Field.RESPONSE: Field.OUTCOME,
    },
    Field.TARGET: {Field.MADE_ON: Field.TARGET},
}
"""What an undecided header is under a group: under "The answer", comments are reasons and a date is that of the answer."""
GENERIC = frozenset(
    ["comments", "comment", "notes", "note", "remarks", "date", "status", "decision", "details", "detail"]
)


def _within(above: HeaderMatch | None, own: HeaderMatch) -> HeaderMatch:
    changed = WITHIN.get(above.field, {}).get(own.field) if above else None
    if above is None or changed is None:
        return own
    if own.also and (changed in own.also or changed is not own.field):
        return HeaderMatch((changed,), 0.85, (own.field,))
    return own


def is_wording(cell: Cell) -> bool:
    """Return whether a cell is too long, or too much of a sentence, to be a header."""
    text = cell.text
    return len(text) > LONGEST or (len(text) > 30 and bool(WORDING.match(text)))


def _is_too_wordy(cell: Cell) -> bool:
    """Return whether a cell is wording also without what it explains in brackets: "Status (R = late, G = on time)"."""
    if not is_wording(cell):
        return False
    bare = IN_BRACKETS.sub(" ", cell.text).strip()
    return bare == cell.text or len(bare) > 30 or match_header(bare) is None


def _could_be_header(row: Row) -> bool:
    cells = distinct(row)
    if not cells or row.deleted:
        return False
    if any(
        _is_too_wordy(cell) or isinstance(cell.value, int | float | dt.date | dt.datetime)
        for _, cell in cells
    ):
        return False
    if any(NAMED_WORDING.match(plain(cell.text)) for _, cell in cells):
        return False
    first = plain(cells[0][1].text)
    if re.search(r"\d", first) and (NUMBERED.fullmatch(first) or REFERENCE.fullmatch(first)):
        return False
    return not any(re.fullmatch(r"[0-9]+", plain(cell.text)) for _, cell in cells)


def quality(labels: Sequence[tuple[str, str]]) -> float:
    """Return how well (group, label) pairs name the columns of a tracker; 0 if they do not."""
    named = [(group, label) for group, label in dict.fromkeys(labels) if label]
    found = [(label, match(group, label)) for group, label in named]
    recommended = any(RECOMMENDED.search(label) for label, one in found if one)
    # A day or month heads a column of updates only beside a column of recommendations: else it is a value.
    matches = [(label, one) for label, one in found if one and (recommended or not _is_a_day(label))]
    fields = {field for _, one in matches for field in one.fields}
    if len(matches) < 2 or len(fields) < 2:
        return 0.0
    if len(matches) < 0.5 * len(named) and not _name_wording(matches):
        return 0.0
    tokens = {word for label, _ in found for word in plain(label).split()}
    beside = _answers_beside(matches)
    numbered = bool(fields & {Field.NUMBER, Field.REFERENCE})
    if tokens & OTHER_TABLES and len(beside) < 2 and not (beside and numbered and recommended):
        return 0.0
    possible = fields | {field for _, one in matches for field in one.also}
    if Field.TEXT in fields:
        enough = bool(fields & ANSWERS) or (recommended and numbered)
    elif Field.TEXT in possible:
        enough = len(beside) >= 2 or (numbered and bool(beside))
    else:
        enough = numbered and len(fields & ANSWERS - {Field.OWNERS}) >= 1
    return sum(one.confidence for _, one in matches) if enough else 0.0


def _name_wording(matches: Sequence[tuple[str, HeaderMatch]]) -> bool:
    """Return whether one label says that its column holds recommendations, and another what is told of them: then it does not
    matter how many columns beside them are not known.
    """
    of_wording = [label for label, one in matches if one.field is Field.TEXT and RECOMMENDED.search(label)]
    told = {field for label, one in matches if label not in of_wording for field in one.fields}
    return bool(of_wording) and bool(told & (ANSWERS | {Field.NUMBER, Field.REFERENCE}))


def _answers_beside(matches: Sequence[tuple[str, HeaderMatch]]) -> set[Field]:
    """Return what is told of a recommendation by other columns than the one that may hold its wording."""
    wording = any(Field.TEXT in one.fields for _, one in matches)
    return {
        field
        for _, one in matches
        if wording or Field.TEXT not in one.also
        for field in one.fields
        if field in ANSWERS
    }


def _leaves(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return of each column its group and its label."""
    pairs = []
    for column in range(len(rows[0].cells)):
        texts: list[str] = []
        is_group = False
        previous: Cell | None = None
        for row, below in zip(rows, [*rows[1:], None], strict=True):
            cell = row.cells[column]
            if cell.text and cell is not previous:
                if cell.text not in texts[-1:]:
                    texts.append(cell.text)
                is_group = below is not None and _is_group(row, below, column)
            previous = cell
        label = "" if is_group else texts.pop() if texts else ""
        pairs.append((" ".join(texts), label))
    return pairs


def _is_group(row: Row, below: Row, column: int) -> bool:
    """Return whether the words stand over several columns: merged, or with blanks to the right where words are below."""
    cell = row.cells[column]
    if sum(1 for other in row.cells if other is cell) > 1:
        return True
    right = column + 1
    return (
        right < len(row.cells)
        and not row.cells[right].text
        and bool(below.cells[right].text)
        and below.cells[column] is not cell
    )


def _spans(row: Row) -> bool:
    """Return whether a cell of the row stands over several columns and not over all."""
    cells = distinct(row)
    return any(1 < sum(1 for other in row.cells if other is cell) < len(row.cells) for _, cell in cells)


def _is_sparse(row: Row, below: Row) -> bool:
    """Return whether the row has words here and there over a fuller row, as groups have where cells cannot be merged."""
    return 1 <= len(distinct(row)) < len(distinct(below))


def _goes_on(above: Row, below: Row) -> bool:
    """Return whether the row below belongs to the header that the row above begins."""
    if not _could_be_header(below):
        return False
    fresh = [(index, cell) for index, cell in distinct(below) if cell is not above.cells[index]]
    if not fresh:
        return True
    grouped = all(
        1 < sum(1 for other in above.cells if other is above.cells[index]) < len(above.cells)
        and above.cells[index].text
        for index, _ in fresh
    )
    if grouped:
        return True
    if not _spans(above) and not _is_sparse(above, below):
        return _only_below_groups(above, fresh)
    return quality([("", cell.text) for cell in below.cells]) > 0


def _only_below_groups(above: Row, fresh: Sequence[tuple[int, Cell]]) -> bool:
    """Return whether all words of the row below are under a label with nothing to its right, or under that nothing: "Target
    date", blank over "Original", "Revised".
    """
    indexes = {index for index, _ in fresh}
    for index in indexes:
        if above.cells[index].text and not (index + 1 in indexes and not above.cells[index + 1].text):
            return False
        if not above.cells[index].text and index - 1 not in indexes:
            return False
    return len(indexes) > 1 and all(match_header(cell.text) or len(cell.text) < 20 for _, cell in fresh)


def header_at(rows: Sequence[Row], at: int, *, by_values: bool = False) -> int:
    """Return how many rows from `at` are the header of a tracker; 0 if it is none. With `by_values` the rows below may tell
    which column holds the wording.
    """
    if len(distinct(rows[at])) < 2 or not _could_be_header(rows[at]):
        return 0
    size = 0
    for count in range(1, MOST_ROWS + 1):
        block = rows[at : at + count]
        if len(block) < count or (count > 1 and not _goes_on(block[-2], block[-1])):
            break
        if len(distinct(block[-1])) < 2:
            continue
        below = rows[at + count : at + count + 12] if by_values else ()
        if quality(_leaves(block)) or _heads_wording(_leaves(block), below):
            size = count
    return size


def _heads_wording(labels: Sequence[tuple[str, str]], below: Sequence[Row]) -> bool:
    """Return whether labels name the columns of a tracker if one that is not known heads wording: "That ... be ..."."""
    known = [(group, label) for group, label in labels if label and match(group, label)]
    if len(known) < 2:
        return False
    for index, (group, label) in enumerate(labels):
        if not label or len(label) > 40 or match(group, label):
            continue
        texts = [row.cells[index].text for row in below if index < len(row.cells) and row.cells[index].text]
        wordings = [text for text in texts if len(text) > 24 and THAT.match(plain(text))]
        asking = [text for text in wordings if ASKS.search(plain(text))]
        if len(wordings) > 0.6 * len(texts) and len(asking) > 0.5 * len(texts):
            return quality([*known, ("", "Recommendation")]) > 0
    return False


def find_header(rows: Sequence[Row], start: int = 0, most: int = 80) -> tuple[int, int] | None:
    """Return the index and the number of rows of the first header from `start`; None if there is none."""
    seen = 0
    for at in range(start, len(rows)):
        if not any(cell.text for cell in rows[at].cells):
            continue
        if size := header_at(rows, at, by_values=True):
            while at > start and size < MOST_ROWS and _is_group_row(rows[at - 1], rows[at]):
                at, size = at - 1, size + 1
            return at, size
        seen += 1
        if seen > most:
            return None
    return None


def _is_group_row(row: Row, below: Row) -> bool:
    return len(distinct(row)) > 1 and _could_be_header(row) and (_spans(row) or _is_sparse(row, below))


def make_header(table: Table, at: int, size: int) -> Header:
    """Return the header that those rows of the table are."""
    rows = table.rows[at : at + size]
    leaves = _leaves(rows)
    return Header(
        tuple(row.number for row in rows),
        tuple(label for _, label in leaves),
        tuple(group for group, _ in leaves),
        tuple(words_of(row) for row in rows),
    )


def is_repeated(header: Header, words: tuple[str, ...]) -> bool:
    """Return whether a row with those words is one of the header's rows again, as at the head of a page."""
    return any(_alike(words, texts) for texts in header.texts)


def _alike(words: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    if words == texts:
        return True
    named = [(word, text) for word, text in zip(words, texts, strict=False) if word or text]
    same = sum(1 for word, text in named if word == text)
    return len(named) > 2 and same >= 0.8 * len(named)
