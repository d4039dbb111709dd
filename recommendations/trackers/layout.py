"""Finds the tables of a tracker and says what each row is: a line, a heading for the lines below, or left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recommendations.trackers.cells import Cell, Paragraph, Row, Table, TrackerFile
from recommendations.trackers.column_fields import DATES, Field
from recommendations.trackers.header_words import match_header
from recommendations.trackers.headers import (
    Header,
    distinct,
    find_header,
    header_at,
    is_repeated,
    is_wording,
    make_header,
    match,
    words_of,
)
from recommendations.trackers.inquiry_titles import gives_state, inquiry_in_title, name_inquiries
from recommendations.trackers.keys import read_key
from recommendations.trackers.owner_looks import STRONG, look, looks_like_owner
from recommendations.trackers.owners import read_owner_heading
from recommendations.trackers.profiles import NUMBERED, REFERENCE, THAT, fit, profile
from recommendations.trackers.questions import plain
from recommendations.trackers.reading import Ignored
from recommendations.trackers.records import records_of
from recommendations.trackers.row_words import (
    ADDRESSED,
    CONTINUED,
    DAY_OF_MEETING,
    FOOT,
    INQUIRY,
    INQUIRY_LABEL,
    KEY,
    KEY_HEADING,
    MEETING_OF,
    NONE,
    NOTE,
    OWNER,
    OWNER_LABEL,
    STATUS_WORD,
    THEME,
    TOTAL,
    heads_state,
)
from recommendations.trackers.sections import Group, Heads, Layout, Line, Section
from recommendations.trackers.transposed import on_its_side

LONGEST_KEY = 1200
"""Letters in a paragraph that can be a key."""
TITLE_WORDS = 18
"""Words in a paragraph that can be a title."""


def lay_out(file: TrackerFile, *, hidden_sheets: frozenset[str] = frozenset()) -> Layout:
    """Return the sections of a tracker and what was left out. A hidden sheet is looked at only if its name is given."""
    layout = Layout()
    layout_only = {table.name for table in file.tables if table.layout_only}
    previous: Section | None = None
    for table in file.tables:
        if table.layout_only or (table.nested_in is not None and table.nested_in not in layout_only):
            continue
        if table.hidden and str(table.name) not in hidden_sheets:
            continue
        previous = _TableReader(table, layout, previous).read() or previous
    name_inquiries(file, layout.sections)
    layout.keys += [paragraph.text for paragraph in file.paragraphs if len(paragraph.text) < LONGEST_KEY]
    return layout


class _TableReader:
    """Reads one table into the layout."""

    def __init__(self, table: Table, layout: Layout, previous: Section | None) -> None:
        self.table = table
        self.layout = layout
        self.previous = previous
        self.rows = table.rows
        self.titles = _titles_before(table)

    def read(self) -> Section | None:
        """Return the last section of the table; None if it is no tracker."""
        if records := records_of(self.table, self.titles):
            self.layout.sections += records
            return records[-1]
        if turned := on_its_side(self.table, self.titles):
            self._above(0, turned.start)
            turned.section.title = _title(self.table, turned.section.titles)
            self.layout.sections.append(turned.section)
            return turned.section
        found = find_header(self.rows)
        if found is None:
            return self._without_header()
        section: Section | None = None
        start = 0
        while found:
            at, size = found
            self._above(start, at)
            section = Section(
                self.table, make_header(self.table, at, size), titles=self._all_titles(start, at)
            )
            section.title = _title(self.table, section.titles)
            self.layout.keys += [label for label in section.header.labels if "=" in label]
            self.layout.sections.append(section)
            end, found = self._next_header(section, at + size)
            self._classify(section, at + size, end)
            start = end
        return section

    def _all_titles(self, start: int, at: int) -> tuple[str, ...]:
        above = [_words(row) for row in self.rows[start:at] if any(cell.text for cell in row.cells)]
        if start:
            return (*self.titles[:1], *above)
        return (*self.titles, *above)

    def _next_header(self, section: Section, start: int) -> tuple[int, tuple[int, int] | None]:
        """Return where the section ends, and the next header if there is another in the table."""
        known = section.header
        for at in range(start, len(self.rows)):
            row = self.rows[at]
            if len(row.cells) and not is_repeated(known, words_of(row)):
                cells = distinct(row)
                if len(cells) < 2 or any(is_wording(cell) for _, cell in cells):
                    continue
                size = header_at(self.rows, at)
                below = self.rows[at + 1 : at + size]
                if any(is_repeated(known, words_of(other)) for other in below):
                    continue
                if size and not _is_line(row, known):
                    other = make_header(self.table, at, size)
                    if other.shape != known.shape:
                        return self._back_over_titles(start, at), (at, size)
        return len(self.rows), None

    def _back_over_titles(self, start: int, at: int) -> int:
        """Return where the titles over the header at `at` begin."""
        while at > start and len(distinct(self.rows[at - 1])) <= 1:
            at -= 1
        return at

    def _above(self, start: int, at: int) -> None:
        """Leave out what stands above a header."""
        for row in self.rows[start:at]:
            words = _words(row)
            self._ignore(row, "title" if words else "blank", words)
            if words:
                self.layout.texts.append(words)

    def _ignore(self, row: Row, reason: str, words: str = "") -> None:
        last = self.layout.ignored[-1] if self.layout.ignored else None
        if (
            reason == "blank"
            and last
            and last.table == self.table.name
            and last.reason == "blank"
            and last.last_row == row.number - 1
        ):
            self.layout.ignored[-1] = Ignored(last.table, last.row, row.number, "blank")
            return
        self.layout.ignored.append(Ignored(self.table.name, row.number, row.number, reason, words[:200]))

    def _classify(self, section: Section, start: int, end: int) -> None:
        rows = self.rows[start:end]
        kinds = _with_keys(rows, [_Kind.of(row, section) for row in rows], section)
        last = max((at for at, kind in enumerate(kinds) if kind.name == "line"), default=-1)
        groups: dict[Heads, Group] = {}
        pending: list[tuple[Row, _Kind]] = []
        has_owners = _has_values(section, rows, kinds, Field.OWNERS)
        has_inquiry = _has_values(section, rows, kinds, Field.INQUIRY)
        in_key = has_none = False
        for at, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
            words = _words(row)
            if at > last:
                in_key = self._foot(row, kind, words, in_key)
                continue
            if kind.name == "group":
                pending = [] if has_none else pending
                has_none = False
                pending.append((row, kind))
                self._ignore(row, "heading of the rows below", words)
                continue
            if kind.name == "line":
                _take_groups(groups, pending, has_owners=has_owners, has_inquiry=has_inquiry)
                pending = []
                section.lines.append(Line(row, tuple(groups.values())))
                continue
            has_none = kind.name == "none" or (has_none and kind.name == "blank")
            self._ignore(row, kind.reason, words)
            if kind.name == "key":
                self.layout.key_rows.append(row.cells)

    def _foot(self, row: Row, kind: _Kind, words: str, in_key: bool) -> bool:
        """Leave out a row below the last line; return whether the next may go on with a key."""
        if kind.name in ("blank", "repeated", "deleted", "total", "none"):
            self._ignore(row, kind.reason, words)
            return in_key and kind.name != "blank"
        if in_key or kind.name == "key" or KEY.match(plain(words)):
            self._ignore(row, "key", words)
            self.layout.key_rows.append(row.cells)
            return True
        self._ignore(row, "note", words)
        self.layout.texts.append(words)
        return False

    def _without_header(self) -> Section | None:
        """Return the section of a table that goes on with the one before, or whose columns are known by their values."""
        rows = [row for row in self.rows if any(cell.text for cell in row.cells)]
        if not rows:
            return None
        before = self.previous
        if (
            before
            and before.table.width == self.table.width
            and not before.is_record
            and not _own_title(self.table)
        ):
            section = Section(
                self.table,
                Header((), before.header.labels, before.header.groups, ()),
                before.title,
                before.titles,
            )
            if _text_fits(section, rows):
                self.layout.sections.append(section)
                self._classify(section, 0, len(self.rows))
                return section
        if _is_key(rows):
            for row in self.rows:
                self._ignore(row, "key" if _words(row) else "blank", _words(row))
                self.layout.key_rows.append(row.cells)
            return None
        if _looks_like_lines(rows, self.table.width):
            blank = ("",) * self.table.width
            section = Section(
                self.table,
                Header((), blank, blank, ()),
                _title(self.table, self.titles),
                self.titles,
                is_guessed=True,
            )
            self.layout.sections.append(section)
            self._classify(section, 0, len(self.rows))
            return section
        self.layout.ignored.append(
            Ignored(
                self.table.name, self.rows[0].number, self.rows[-1].number, "not a table of recommendations"
            )
        )
        return None


@dataclass(frozen=True)
class _Kind:
    """What a row is, by itself."""

    name: str
    reason: str = ""

    @classmethod
    def of(cls, row: Row, section: Section) -> _Kind:
        if row.deleted:
            return cls("deleted", "deleted by a tracked change")
        cells = distinct(row)
        if not cells:
            return cls("blank", "blank")
        if is_repeated(section.header, words_of(row)):
            return cls("repeated", "header repeated")
        first = plain(cells[0][1].text)
        if TOTAL.match(first) and len(first) < 60 and not _is_line(row, section.header):
            return cls("total", "total")
        if NONE.fullmatch(first) and (
            len(cells) == 1
            or all(NONE.fullmatch(plain(c.text)) or plain(c.text) in ("", "-") for _, c in cells[1:])
        ):
            return cls("none", "says that there are none")
        if len(cells) == 1:
            return cls._single(row, cells[0][0], cells[0][1], section)
        if len(cells) == 2 and _is_labelled_group(cells, section) and not _is_line(row, section.header):
            return cls("group")
        return cls("line")

    @classmethod
    def _single(cls, row: Row, index: int, cell: Cell, section: Section) -> _Kind:
        words = plain(cell.text)
        width = sum(1 for other in row.cells if other is cell)
        columns = _columns(section.header)
        across = width > 1 and width >= 0.5 * len(row.cells)
        if CONTINUED.fullmatch(words) and len(words) < 90 and (across or index == 0):
            return cls("title", "title repeated")
        if KEY.match(words) and not THAT.match(words):
            return cls("key", "key")
        if NOTE.match(words):
            return cls("note", "note")
        if across:
            return cls("note", "note") if len(words) > 220 or FOOT.match(words) else cls("group")
        here = columns.get(index)
        if here in (Field.NUMBER, Field.REFERENCE, Field.INQUIRY, Field.MADE_ON) or (
            index == 0 and here in DATES
        ):
            if NUMBERED.fullmatch(words) or REFERENCE.fullmatch(words):
                return cls("note", "only a number")
            return cls("group") if len(words) < 160 else cls("note", "note")
        if here is Field.TEXT and index == 0 and len(words) < 70 and not is_sentence(cell.text):
            return cls("group")
        if here is None and index == 0 and len(words) < 160:
            return cls("group")
        return cls("line")


def _with_keys(rows: Sequence[Row], kinds: Sequence[_Kind], section: Section) -> list[_Kind]:
    """Return the kinds of rows, with those below "Key" or "Definitions" up to the next blank one as a key, and those that begin
    with a status where a number stands.
    """
    found: list[_Kind] = []
    columns = _columns(section.header)
    in_key = False
    for row, kind in zip(rows, kinds, strict=True):
        cells = distinct(row)
        if cells and KEY_HEADING.fullmatch(plain(cells[0][1].text)):
            in_key = len(cells) == 1
            if not in_key and _are_a_key(cells[1:]):
                kind = _Kind("key", "key")
        elif kind.name in ("blank", "repeated"):
            in_key = False
        elif kind.name == "line" and len(cells) == 2:
            first, label = cells[0][0], plain(cells[0][1].text)
            named = columns.get(first) in (Field.NUMBER, Field.REFERENCE, Field.INQUIRY, Field.MADE_ON)
            in_key = in_key or (named and len(label) > 1 and bool(STATUS_WORD.fullmatch(label)))
        elif len(cells) > 3:
            in_key = False
        found.append(_Kind("key", "key") if in_key else kind)
    return found


def _are_a_key(cells: Sequence[tuple[int, Cell]]) -> bool:
    """Return whether each of the cells says what a word means: "Green = on track"."""
    return all(read_key([cell.text]) for _, cell in cells)


def is_sentence(text: str) -> bool:
    """Return whether words say that something be done, as a recommendation does and a heading does not."""
    words = plain(text)
    if text.rstrip().endswith(".") or re.search(r"\b(?:should|be|must|shall|is|are|that)\b", words):
        return True
    return bool(THAT.match(words)) and not INQUIRY.search(words) and look(text) not in STRONG


def _is_labelled_group(cells: Sequence[tuple[int, Cell]], section: Section) -> bool:
    """Return whether two cells are a label and its value, such as "Review:" and "Ferries"."""
    index, label = cells[0][0], cells[0][1].text
    found = match_header(label)
    heads = (Field.INQUIRY, Field.OWNERS)
    if index or cells[0][1].rowspan > 1 or not found or found.field not in heads:
        return False
    if _columns(section.header).get(0) in heads and not label.rstrip().endswith(":"):
        return False
    return label.rstrip().endswith(":") or (len(label) < 30 and not OWNER.match(label))


def _columns(header: Header) -> dict[int, Field]:
    found = {}
    for index, (group, label) in enumerate(zip(header.groups, header.labels, strict=True)):
        if label and (one := match(group, label)):
            found[index] = one.field
    return found


def _is_line(row: Row, header: Header) -> bool:
    """Return whether the row has words where the wording stands that are no header."""
    for index, meaning in _columns(header).items():
        if (
            meaning is Field.TEXT
            and index < len(row.cells)
            and (is_wording(row.cells[index]) or THAT.match(plain(row.cells[index].text)))
        ):
            return True
    return False


def _has_values(section: Section, rows: Sequence[Row], kinds: Sequence[_Kind], meaning: Field) -> bool:
    """Return whether a column of that meaning has values in most lines."""
    lines = [row for row, kind in zip(rows, kinds, strict=True) if kind.name == "line"]
    indexes = [index for index, found in _columns(section.header).items() if found is meaning]
    filled = sum(1 for row in lines if any(row.cells[index].text for index in indexes))
    return bool(lines) and filled > 0.5 * len(lines)


def _take_groups(
    groups: dict[Heads, Group], pending: Sequence[tuple[Row, _Kind]], *, has_owners: bool, has_inquiry: bool
) -> None:
    """Put the rows across the table that stand right over a line in the place of earlier ones of their kind."""
    fresh: dict[Heads, Group] = {}
    for row, _ in pending:
        cells = distinct(row)
        words = cells[-1][1].text if len(cells) == 2 else cells[0][1].text
        label = cells[0][1].text if len(cells) == 2 else ""
        said = f"{label}: {words}" if label else words
        heads, words = _heads(label, words, has_owners=has_owners, has_inquiry=has_inquiry)
        if heads is Heads.INQUIRY and heads in fresh:
            heads = Heads.THEME
        fresh[heads] = Group(row.number, words, heads, said)
    if Heads.INQUIRY in fresh or Heads.STATE in fresh:
        groups.pop(Heads.THEME, None)
    groups.update(fresh)


def _heads(label: str, words: str, *, has_owners: bool, has_inquiry: bool) -> tuple[Heads, str]:
    """Return what a row across the table heads, and its words without a label."""
    whole = f"{label}: {words}" if label else words
    whole = re.sub(r"\s+", " ", whole.replace("::", ":"))
    if heads_state(whole):
        return Heads.STATE, whole
    if DAY_OF_MEETING.fullmatch(whole) and not INQUIRY.search(MEETING_OF.sub("", whole)):
        return Heads.MADE_ON, whole
    if found := INQUIRY_LABEL.match(whole):
        return Heads.INQUIRY, whole[found.end() :]
    if found := THEME.match(whole):
        return Heads.THEME, whole
    if not has_inquiry and (named := inquiry_in_title(whole)):
        return Heads.INQUIRY, named
    if (found := ADDRESSED.match(whole)) and looks_like_owner(whole[found.end() :]):
        return Heads.OWNERS, whole[found.end() :]
    if OWNER.match(whole) or (look(whole) in STRONG and not INQUIRY.search(whole)):
        return Heads.OWNERS, whole
    if not has_owners:
        if found := OWNER_LABEL.match(whole):
            return Heads.OWNERS, whole[found.end() :]
        if (addressed := read_owner_heading(whole)) and addressed.names:
            return Heads.OWNERS, "; ".join(addressed.names)
    return (Heads.THEME if has_inquiry or gives_state(whole) else Heads.INQUIRY), whole


def _words(row: Row) -> str:
    return " ".join(cell.text for _, cell in distinct(row))


def _is_title(paragraph: Paragraph) -> bool:
    words = paragraph.text.split()
    return bool(words) and (paragraph.heading > 0 or (len(words) <= TITLE_WORDS and not paragraph.label))


def _titles_before(table: Table) -> tuple[str, ...]:
    """Return what stands before the table and can be its title, the nearest last."""
    name = (
        [table.name]
        if isinstance(table.name, str) and not re.fullmatch(r"(?:sheet|table|blad)\s?\d*", table.name.lower())
        else []
    )
    return (*name, *(paragraph.text for paragraph in table.before if _is_title(paragraph)))


def _own_title(table: Table) -> bool:
    return any(_is_title(paragraph) and len(paragraph.text) > 2 for paragraph in table.before)


def _title(table: Table, titles: Sequence[str]) -> str | None:
    """Return what the table is called: what gives its state, else the nearest heading, else the first words above."""
    for title in reversed(titles):
        if heads_state(title):
            return title
    headings = [paragraph.text for paragraph in table.before if paragraph.heading]
    if headings:
        return headings[-1]
    above = [title for title in titles if title != table.name]
    if table.before and above:
        return above[-1] if len(above[-1].split()) <= 8 else above[0]
    return above[0] if above else None


def _text_fits(section: Section, rows: Sequence[Row]) -> bool:
    columns = [index for index, found in _columns(section.header).items() if found is Field.TEXT]
    return any(fit(Field.TEXT, profile([row.cells[index] for row in rows])) > 0.5 for index in columns)


def _is_key(rows: Sequence[Row]) -> bool:
    """Return whether the rows say what words or colours mean."""
    cells = [distinct(row) for row in rows]
    said = [plain(some[0][1].text) if some else "" for some in cells]
    filled = [any(cell.colour and not cell.text for cell in row.cells) for row in rows]
    found = sum(
        1
        for some, words, is_filled in zip(cells, said, filled, strict=True)
        if (len(some) == 2 and STATUS_WORD.fullmatch(words))
        or (len(some) == 1 and (KEY.match(words) or (is_filled and len(words) < 60)))
    )
    return len(rows) > 1 and found >= 0.6 * len(rows) and all(len(words) < 300 for words in said)


def _looks_like_lines(rows: Sequence[Row], width: int) -> bool:
    """Return whether rows without a header read as recommendations: "That ..." beside an answer."""
    if width < 3 or len(rows) < 2:
        return False
    for index in range(width):
        found = profile([row.cells[index] for row in rows])
        if found.sentences >= 0.6 and found.count >= 0.7 * len(rows) and found.average > 28:
            texts = [plain(row.cells[index].text) for row in rows if row.cells[index].text]
            if sum(
                1 for text in texts if text.startswith("that ") or re.match(r"\(?\w{1,5}[.):]? ?that ", text)
            ) >= 0.5 * len(texts):
                return True
    return False


def wording_below(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    """Yield the number and the wording of each recommendation that stands in the paragraphs of a document."""
    for paragraph, following in pairwise((*paragraphs, Paragraph(0, ()))):
        text = paragraph.text
        if paragraph.label and text:
            yield paragraph.label.strip("().: "), text
        elif found := re.match(
            r"(?:recommendation|rec\.?)\s*(?:no\.?\s*)?(\w{1,6})\s*[:.)\u2013-]?\s*", text, re.IGNORECASE
        ):
            rest = text[found.end() :]
            yield found[1], rest or following.text
        elif found := re.match(r"\(?(\w{0,3}\d{1,3}[a-h]?)[.):]\s+(?=\S)", text):
            yield found[1], text[found.end() :]
