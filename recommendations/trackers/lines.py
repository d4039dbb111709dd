"""Reads the lines of a section into drafts of entries: joins what stands on several lines, parts what stands on one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from recommendations.trackers.cells import EMPTY, Cell, Piece
from recommendations.trackers.columns import Mapped
from recommendations.trackers.drafts import Draft, LineCells, is_struck
from recommendations.trackers.fields import FieldReader, LineReader
from recommendations.trackers.header_words import Field
from recommendations.trackers.lettered import PART, Parts, parts_of
from recommendations.trackers.line_values import read_values
from recommendations.trackers.questions import Choice, Place, Question, plain, question_key
from recommendations.trackers.reading import Problem
from recommendations.trackers.sections import Line, Section

AS_ABOVE = re.compile(
    r"(?:(?:the )?same )?(?:as|see) (?:the )?(?:above|previous|before)|ditto|do\.|same(?: as above| again)?|\"|''|\u3003|as per above|(?:see )?above|idem|as for the above"
)
NUMBER_BEFORE = re.compile(
    r"(?:(?:recommendation|rec\.?) )?\(?(?:[a-z]{0,4}[ -]?\d{1,3}[a-h]?|[ivx]{1,5})(?:[.):]|\s[\u2013-])?\s+(?=\S)",
    re.IGNORECASE,
)
AS_OTHER = re.compile(
    r"(?:(?:the )?same )?(?:as|see|as for|refer to|as per|please see|see response to|as in|as at)(?: the)?(?: response| answer| update)?(?: to| for| under| in)? ?"
    r"(?:recommendations?|recs?\.?|no\.?|number|item|ref\.?|reference|r)? ?((?:[a-z]{1,4} ?)?\d{1,4}[a-h]?)(?: above| below)?"
)


PARTED = (
    Field.OWNERS,
    Field.RESPONSE,
    Field.REASON,
    Field.CLAIM,
    Field.PROGRESS,
    Field.OUTCOME,
    Field.TARGET,
    Field.FIRST_TARGET,
    Field.ASKED_TARGET,
    Field.ANSWERED_ON,
    Field.OUTCOME_ON,
)
"""What the lettered parts of a recommendation may have of their own."""
FILLED_DOWN = (Field.INQUIRY, Field.MADE_ON)
"""What is written once over many rows."""
INFERRED = {
    Field.OWNERS: "owner",
    Field.RESPONSE: "response",
    Field.REASON: "reason",
    Field.CLAIM: "status",
    Field.OUTCOME: "committee\u2019s decision",
    Field.TARGET: "target date",
    Field.MADE_ON: "day on which it was made",
    Field.ANSWERED_ON: "day of the response",
    Field.INQUIRY: "inquiry",
    Field.PROGRESS: "progress",
}
"""What "As above" may stand for."""


class SectionReader:
    """Reads the lines of one section, each in the light of those before it."""

    def __init__(
        self, section: Section, columns: Sequence[Mapped], fields: FieldReader, drafts: list[Draft]
    ) -> None:
        self.section = section
        self.columns = columns
        self.fields = fields
        self.drafts = drafts
        self.first = len(drafts)
        self.above: dict[int, Cell] = {}
        """By column, the last cell that had words."""
        self.by_name: dict[str, dict[int, Cell]] = {}
        """The cells of earlier lines, by number and by reference."""
        self.filled_down = self._filled_down()

    def _filled_down(self) -> set[int]:
        """Return the columns that are written once over many rows, and blank below."""
        found = set()
        text = min((one.index for one in self.columns if one.is_a(Field.TEXT)), default=0)
        for column in self.columns:
            if not any(column.is_a(name) for name in FILLED_DOWN) or column.index > text:
                continue
            cells = self.section.column(column.index)
            filled = sum(1 for cell in cells if cell.text)
            if cells and cells[0].text and 0 < filled <= 0.6 * len(cells):
                found.add(column.index)
        return found

    def read(self) -> None:
        """Read every line into drafts."""
        for line in self.section.lines:
            self._line(line)

    @property
    def _last(self) -> Draft | None:
        return self.drafts[-1] if len(self.drafts) > self.first else None

    def _place(self, line: Line) -> Place:
        return Place(self.section.table.name, line.row.number)

    def _line(self, line: Line) -> None:
        reader = LineReader(self.fields, self._place(line), is_struck(line, self.columns))
        cells = self._resolved(LineCells(line, self.columns), reader)
        last = self._last
        continues = self._continues(cells, reader)
        if last and continues is None and self._is_wrapped(cells, last):
            self._wrap(cells, last)
            return
        parts = self._parts(cells, reader) if continues is None else None
        if parts:
            for draft in self._parted(cells, reader, parts):
                self.drafts.append(draft)
        else:
            self.drafts.append(self._draft(cells, reader, continues))
        self._remember(cells)

    def _remember(self, cells: LineCells) -> None:
        row = {column.index: cells.line.row.cells[column.index] for column in self.columns}
        self.above |= {index: cell for index, cell in row.items() if cell.text}
        draft = self.drafts[-1]
        for name in (draft["number"], draft["reference"]):
            if name:
                self.by_name.setdefault(plain(name).replace(" ", ""), row)

    # -------------------------------------------------------------- as above, blank below

    def _resolved(self, cells: LineCells, reader: LineReader) -> LineCells:
        """Return the cells with what "As above" and a blank below mean in their place."""
        changed: dict[int, Cell] = {}
        for column in self.columns:
            cell = cells.line.row.cells[column.index]
            if column.hidden:
                continue
            if not cell.text and column.index in self.filled_down and column.index in self.above:
                changed[column.index] = self.above[column.index]
            elif cell.text and len(cell.text) < 60 and column.field in INFERRED:
                meant = self._as_above(column, cell, reader)
                if meant is not None:
                    changed[column.index] = meant
        if not changed:
            return cells
        row = cells.line.row
        whole = tuple(changed.get(index, cell) for index, cell in enumerate(row.cells))
        return LineCells(replace(cells.line, row=replace(row, cells=whole)), self.columns)

    def _as_above(self, column: Mapped, cell: Cell, reader: LineReader) -> Cell | None:
        """Return the cell that "As above" or "See recommendation 3" means, told as inferred; None where it says neither."""
        words = plain(cell.text)
        meant: Cell | None = None
        if AS_ABOVE.fullmatch(words):
            meant = self.above.get(column.index)
            where = "the row above"
        elif found := AS_OTHER.fullmatch(words):
            meant = self.by_name.get(found[1].replace(" ", ""), {}).get(column.index)
            where = f"recommendation {found[1]}"
            if meant is None and column.field not in (Field.PROGRESS, Field.REASON):
                return None
        else:
            return None
        what = INFERRED[column.field]
        if meant is None:
            self._ask_above(reader, column, cell, f"\u201c{cell.text}\u201d: which {what} is meant?", None)
            return EMPTY
        if column.field is Field.PROGRESS:
            open_ = self._ask_above(
                reader, column, cell, f"\u201c{cell.text}\u201d: the {what} of {where}?", False
            )
            key = question_key("as above", column.field, cell.text)
            return EMPTY if open_ or not self.fields.answers.get(key) else meant
        if self._ask_above(
            reader, column, cell, f"\u201c{cell.text}\u201d was read as the {what} of {where}", True
        ):
            return meant
        return meant if self.fields.answers.get(question_key("as above", column.field, cell.text)) else EMPTY

    def _ask_above(
        self, reader: LineReader, column: Mapped, cell: Cell, sentence: str, likelier: bool | None
    ) -> bool:
        key = question_key("as above", column.field, cell.text)
        choices = (
            Choice(True, f"Take the {INFERRED[column.field]} of that row"),
            Choice(False, "Take nothing"),
        )
        return reader.ask(
            column.field, Question(key, "as above", cell.text, sentence, choices, likelier), column.index
        )

    # -------------------------------------------------------------- one recommendation on several lines

    def _continues(self, cells: LineCells, reader: LineReader) -> int | None:
        """Return the position of the draft whose recommendation goes on in this line; None if another begins."""
        last = self._last
        columns = [column.index for column, _ in cells.of(Field.TEXT)]
        if last is None or not columns:
            return None
        here = cells.line.row.cells[columns[0]]
        before = last.line.row.cells[columns[0]]
        name = self._name(cells)
        at = len(self.drafts) - 1
        if here.text:
            if here is before and not last.values.get("part"):
                return at
            same_words = plain(here.text) == plain(before.text)
            return (
                at
                if same_words and name in ("", self._name_of(last)) and not last.values.get("part")
                else None
            )
        if name and name != self._name_of(last):
            return None
        return at

    def _name(self, cells: LineCells) -> str:
        """Return the number or reference of a line; "" where it has none of its own."""
        return "|".join(
            plain(cell.text) for name in (Field.REFERENCE, Field.NUMBER) for _, cell in cells.filled(name)
        )

    def _name_of(self, draft: Draft) -> str:
        return str(draft["name"] or "")

    def _is_wrapped(self, cells: LineCells, last: Draft) -> bool:
        """Return whether a line holds nothing but the rest of a sentence, as converting leaves it."""
        filled = [cell for column in self.columns if (cell := cells.line.row.cells[column.index]).text]
        wording = cells.first(Field.TEXT)
        text = str(last["text"] or "")
        return (
            wording is not None
            and len(filled) == 1
            and wording[1].text[:1].islower()
            and not PART.match(wording[1].text)
            and bool(text)
            and text[-1] not in ".;:!?"
        )

    def _wrap(self, cells: LineCells, last: Draft) -> None:
        found = cells.first(Field.TEXT)
        if found:
            last.values["text"] = f"{last['text']} {found[1].text}"
            last.problems.append(
                Problem(
                    f"The wording was joined with row {cells.line.row.number}, which holds nothing else",
                    "text",
                )
            )

    # -------------------------------------------------------------- lettered parts

    def _parts(self, cells: LineCells, reader: LineReader) -> Parts | None:
        """Return the lettered parts of a recommendation that are answered apart, unless a person keeps them together."""
        wording = cells.first(Field.TEXT)
        found = parts_of(reader.text(wording[1])) if wording else None
        if not found or len(found.parts) < 2 or not wording:
            return None
        answered = set()
        for name in PARTED:
            for _, cell in cells.filled(name):
                if parts := parts_of(reader.text(cell)):
                    letters = set(parts.parts) & set(found.parts)
                    if letters and not parts.lead and (len(letters) > 1 or name is not Field.PROGRESS):
                        answered.add(name)
        if not answered:
            return None
        key = question_key("parts", "answered apart", "")
        letters = ", ".join(found.parts)
        names = [f"{self._own_name(cells)}{letter}" for letter in found.parts]
        question = Question(
            key,
            "parts",
            letters,
            f"{len(names)} lettered parts with answers of their own: made into {', '.join(names[:-1])} and {names[-1]}",
            (
                Choice(True, "One recommendation for each part"),
                Choice(False, "One recommendation with its parts"),
            ),
            True,
        )
        if reader.ask("text", question, wording[0].index) or self.fields.answers.get(key):
            return found
        return None

    def _own_name(self, cells: LineCells) -> str:
        found = cells.first(Field.NUMBER) or cells.first(Field.REFERENCE)
        return found[1].text.strip(" .)") if found else ""

    def _parted(self, cells: LineCells, reader: LineReader, parts: Parts) -> Iterator[Draft]:
        """Yield a draft for each lettered part, with what is answered for it."""
        for at, (letter, words) in enumerate(parts.parts.items()):
            own = self._of_part(cells, letter, parts, words)
            part_reader = LineReader(self.fields, reader.place, reader.row_struck)
            if at == 0:
                part_reader.problems = reader.problems
            yield self._draft(own, part_reader, None, letter=letter)

    def _of_part(self, cells: LineCells, letter: str, parts: Parts, words: str) -> LineCells:
        """Return the cells with what belongs to one part in place of what belongs to all."""
        row = cells.line.row
        changed: dict[int, Cell] = {}
        for column in self.columns:
            cell = row.cells[column.index]
            if column.is_a(Field.TEXT):
                lead = parts.lead.rstrip(" :")
                changed[column.index] = replace(cell, pieces=(Piece(f"{lead} {words}".strip()),))
            elif any(column.is_a(name) for name in PARTED) and (of_cell := parts_of(cell.text)):
                if set(of_cell.parts) <= set(parts.parts):
                    label = of_cell.labels.get(letter, "")
                    own = f"{label} {of_cell.parts[letter]}" if letter in of_cell.parts else of_cell.lead
                    changed[column.index] = Cell((Piece(own),), colour=cell.colour) if own else EMPTY
        whole = tuple(changed.get(index, cell) for index, cell in enumerate(row.cells))
        return LineCells(replace(cells.line, row=replace(row, cells=whole)), self.columns)

    # -------------------------------------------------------------- one draft

    def _draft(
        self, cells: LineCells, reader: LineReader, continues: int | None, *, letter: str = ""
    ) -> Draft:
        draft = Draft(self.section, cells.line, reader.place, continues=continues, problems=reader.problems)
        before = self.drafts[continues] if continues is not None else None
        draft.values["name"] = self._name(cells) or (before["name"] if before else "")
        read_values(draft, cells, reader, before, letter=letter, is_numbered=self._wording_is_numbered)
        return draft

    @cached_property
    def _wording_is_numbered(self) -> bool:
        """Return whether the wording of most lines begins with a number, and no column holds one."""
        if any(one.is_a(name) for one in self.columns for name in (Field.NUMBER, Field.REFERENCE)):
            return False
        columns = [one.index for one in self.columns if one.is_a(Field.TEXT)]
        texts = [line.row.cells[columns[0]].text for line in self.section.lines] if columns else []
        texts = [text for text in texts if text]
        return bool(texts) and sum(1 for text in texts if NUMBER_BEFORE.match(text)) >= 0.6 * len(texts)
