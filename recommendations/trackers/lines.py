"""Reads the lines of a section into drafts of entries: joins what stands on several lines, parts what stands on one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from recommendations.trackers.cells import EMPTY, Cell, Piece
from recommendations.trackers.column_fields import DATES, Field
from recommendations.trackers.drafts import Draft, LineCells, is_struck
from recommendations.trackers.fields import FieldReader, LineReader
from recommendations.trackers.fills import Fills
from recommendations.trackers.line_values import read_sources, read_values
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.part_rows import Introduction, introduced, part_of, with_wording
from recommendations.trackers.parts import Lettered, lettered_parts, refers_to
from recommendations.trackers.questions import Choice, Place, Question, plain, question_key
from recommendations.trackers.reading import Ignored
from recommendations.trackers.references import leading_number, reference_key
from recommendations.trackers.sections import Line, Section
from recommendations.trackers.swapped_days import swapped_days
from recommendations.trackers.wrapped_rows import without_wrapped_rows

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
        self.columns = list(columns)
        self.fields = fields
        self.drafts = drafts
        self.first = len(drafts)
        self.above: dict[int, Cell] = {}
        """By column, the last cell that had words."""
        self.by_name: dict[str, dict[int, Cell]] = {}
        """The cells of earlier lines, by number and by reference."""
        self.filled_down = self._filled_down()
        self.swapped = self._swapped()
        self.fills = Fills(section.lines, self.columns)
        self.introduction: Introduction | None = None
        self.introductions: list[Ignored] = []
        """Rows that only introduce the parts below."""

    def _filled_down(self) -> dict[int, bool]:
        """Return the columns that are written once over many rows, and blank below, and whether that is sure."""
        found = {}
        text = min((one.index for one in self.columns if one.is_a(Field.TEXT)), default=0)
        for column in self.columns:
            if column.hidden or column.field not in (*FILLED_DOWN, Field.OWNERS) or column.index > text:
                continue
            cells = self.section.column(column.index)
            filled = sum(1 for cell in cells if cell.text)
            if not cells or not cells[0].text or filled == len(cells):
                continue
            if filled <= 0.6 * len(cells) or column.is_a(Field.INQUIRY):
                found[column.index] = filled <= 0.6 * len(cells) and column.field is not Field.OWNERS
        return found

    def _swapped(self) -> dict[int, Question]:
        """Return the columns of dates in which a spreadsheet may have swapped days and months, with the question."""
        dates = (one.index for one in self.columns if any(one.is_a(name) for name in DATES))
        return {index: found for index in dates if (found := swapped_days(self.section.column(index)))}

    def read(self) -> None:
        """Read every line into drafts."""
        lines = without_wrapped_rows(self.section.lines, self.columns)
        followed = zip(lines, [*lines[1:], (None, [])], strict=False)
        for (line, problems), (following, _) in followed:
            self._line(line, following)
            if problems and self._last:
                self._last.problems += problems

    @property
    def _last(self) -> Draft | None:
        return self.drafts[-1] if len(self.drafts) > self.first else None

    def _place(self, line: Line) -> Place:
        return Place(self.section.table.name, line.row.number)

    def _line(self, line: Line, following: Line | None) -> None:
        is_struck_out = is_struck(line, self.columns)
        row_fill = self.fills.of_row(line)
        line = self.fills.undressed(line)
        reader = LineReader(self.fields, self._place(line), is_struck_out, self.swapped, row_fill=row_fill)
        cells = self._resolved(LineCells(line, self.columns), reader)
        if self._is_part_row(cells, reader, following):
            self.above |= {
                one.index: cell for one in self.columns if (cell := cells.line.row.cells[one.index]).text
            }
            return
        continues = self._continues(cells, reader)
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
                self.by_name.setdefault(reference_key(name), row)

    # -------------------------------------------------------------- as above, blank below

    def _resolved(self, cells: LineCells, reader: LineReader) -> LineCells:
        """Return the cells with what "As above" and a blank below mean in their place."""
        changed: dict[int, Cell] = {}
        for column in self.columns:
            cell = cells.line.row.cells[column.index]
            if column.hidden:
                continue
            if not cell.text and column.index in self.filled_down and column.index in self.above:
                if self.filled_down[column.index] or self._goes_on_blank(column, cells, reader):
                    changed[column.index] = self.above[column.index]
            elif (
                cell.struck
                and not cell.standing
                and not reader.row_struck
                and self._is_given_up(column, cell, reader)
            ):
                changed[column.index] = EMPTY
            elif cell.text and len(cell.text) < 60 and column.field in INFERRED:
                meant = self._as_above(column, cell, reader)
                if meant is not None:
                    changed[column.index] = meant
        if not changed:
            return cells
        row = cells.line.row
        whole = tuple(changed.get(index, cell) for index, cell in enumerate(row.cells))
        return LineCells(replace(cells.line, row=replace(row, cells=whole)), self.columns)

    def _goes_on_blank(self, column: Mapped, cells: LineCells, reader: LineReader) -> bool:
        """Return whether a blank means what stands above it, where most rows are filled: asked once."""
        if not cells.filled(Field.TEXT):
            return True
        key = question_key("blank below", column.field, "")
        sentence = f"This row names no {INFERRED[column.field]}: that of the row above?"
        choices = (Choice(True, "That of the row above"), Choice(False, "None"))
        question = Question(key, "as above", "", sentence, choices, True)
        return reader.ask(column.field, question, column.index) or bool(self.fields.answers.get(key))

    def _is_given_up(self, column: Mapped, cell: Cell, reader: LineReader) -> bool:
        """Return whether a cell that is struck as a whole no longer holds: asked once for each of its words."""
        if (
            column.field in DATES
            or column.field not in INFERRED
            or cell.rowspan > 1
            or column.field is Field.INQUIRY
        ):
            return False
        key = question_key("struck cell", column.field, cell.text)
        sentence = f"\u201c{cell.text}\u201d is struck through: does it still hold?"
        choices = (Choice(False, "No: leave it out"), Choice(True, "Yes: take it"))
        question = Question(key, "struck cell", cell.text, sentence, choices, False)
        return reader.ask(column.field, question, column.index) or not self.fields.answers.get(key)

    def _as_above(self, column: Mapped, cell: Cell, reader: LineReader) -> Cell | None:
        """Return the cell that "As above" or "See recommendation 3" means, told as inferred; None where it says neither."""
        refers = refers_to(cell.text)
        if refers is None:
            return None
        if refers.number is None:
            meant, where = self.above.get(column.index), "the row above"
        else:
            meant = self.by_name.get(reference_key(refers.number), {}).get(column.index)
            where = f"recommendation {refers.number}"
            if meant is None and column.field not in (Field.PROGRESS, Field.REASON, Field.RESPONSE):
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

    # -------------------------------------------------------------- lettered parts

    def _parts(self, cells: LineCells, reader: LineReader) -> Lettered | None:
        """Return the lettered parts of a recommendation that are answered apart, unless a person keeps them together."""
        wording = cells.first(Field.TEXT)
        found = lettered_parts(reader.text(wording[1])) if wording else None
        if not found or not wording:
            return None
        letters = [letter for letter, _ in found.parts]
        if not any(
            self._answers(reader.text(cell), letters) for name in PARTED for _, cell in cells.filled(name)
        ):
            return None
        key = question_key("parts", "answered apart", "")
        names = [f"{self._own_name(cells)}{letter}" for letter in letters]
        question = Question(
            key,
            "parts",
            ", ".join(letters),
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

    @staticmethod
    def _answers(words: str, letters: Sequence[str]) -> Lettered | None:
        """Return the parts of an answer, where it answers lettered parts apart."""
        found = lettered_parts(words, least=1)
        return found if found and not found.intro and all(one in letters for one, _ in found.parts) else None

    def _is_part_row(self, cells: LineCells, reader: LineReader, following: Line | None) -> bool:
        """Read a row that introduces lettered parts on the rows below, or that is one of them; return whether it is."""
        before = self.drafts[-1].line if self._last else None
        if self.introduction and (part := part_of(cells.line, self.columns, before)):
            own = with_wording(cells, self.introduction.with_part(part[1]))
            if not self.introduction.has_first and part[0] in ("a", "i"):
                self._tell_of_parts(self.introduction.draft, reader)
            self.drafts.append(self._draft(own, reader, None, letter=part[0], of=self.introduction.draft))
            return True
        found = introduced(cells, following, self.columns)
        if found is None:
            self.introduction = None
            return False
        intro, first = found
        whole = self._draft(
            cells, LineReader(self.fields, reader.place, reader.row_struck, self.swapped), None
        )
        self.introduction = Introduction(intro, whole, cells.line.row.number, bool(first))
        if first:
            self._tell_of_parts(whole, reader)
            own = with_wording(cells, self.introduction.with_part(first))
            self.drafts.append(self._draft(own, reader, None, letter="a"))
        else:
            self.introductions.append(
                Ignored(
                    self.section.table.name,
                    cells.line.row.number,
                    cells.line.row.number,
                    "introduces the parts below",
                    intro[:200],
                )
            )
        return True

    def _tell_of_parts(self, whole: Draft, reader: LineReader) -> None:
        name = whole["number"] or whole["reference"] or ""
        key = question_key("parts", "on rows", "")
        sentence = f"Lettered parts on rows of their own: made into {name}a, {name}b and so on"
        choices = (Choice(True, "One recommendation for each part"),)
        reader.ask("text", Question(key, "parts", "a, b", sentence, choices, True))

    def _own_name(self, cells: LineCells) -> str:
        found = cells.first(Field.NUMBER) or cells.first(Field.REFERENCE)
        return found[1].text.strip(" .)") if found else ""

    def _parted(self, cells: LineCells, reader: LineReader, parts: Lettered) -> Iterator[Draft]:
        """Yield a draft for each lettered part, with what is answered for it."""
        for at, (letter, words) in enumerate(parts.parts):
            own, apart = self._of_part(cells, letter, parts, words)
            part_reader = LineReader(self.fields, reader.place, reader.row_struck, self.swapped)
            if at == 0:
                part_reader.problems = reader.problems
            draft = self._draft(own, part_reader, None, letter=letter)
            for name in apart:
                if said := draft[f"{name}_words"]:
                    draft.values[f"{name}_words"] = f"{letter}) {said}"
            draft.sources = read_sources(cells, reader, draft)
            yield draft

    def _of_part(
        self, cells: LineCells, letter: str, parts: Lettered, words: str
    ) -> tuple[LineCells, list[Field]]:
        """Return the cells with what belongs to one part in place of what belongs to all, and the fields answered apart."""
        row = cells.line.row
        letters = [one for one, _ in parts.parts]
        changed: dict[int, Cell] = {}
        apart: list[Field] = []
        for column in self.columns:
            cell = row.cells[column.index]
            if column.is_a(Field.TEXT):
                changed[column.index] = Cell((Piece(f"{parts.intro.rstrip(' :')} {words}".strip()),))
                continue
            own = self._answers(cell.text, letters) if any(map(column.is_a, PARTED)) else None
            if own is None:
                continue
            apart.append(column.field)
            said = own.get(letter)
            label = f"{letter}) " if column.field in DATES else ""
            changed[column.index] = Cell((Piece(label + said),), colour=cell.colour) if said else EMPTY
        whole = tuple(changed.get(index, cell) for index, cell in enumerate(row.cells))
        return LineCells(replace(cells.line, row=replace(row, cells=whole)), self.columns), apart

    # -------------------------------------------------------------- one draft

    def _draft(
        self,
        cells: LineCells,
        reader: LineReader,
        continues: int | None,
        *,
        letter: str = "",
        of: Draft | None = None,
    ) -> Draft:
        draft = Draft(self.section, cells.line, reader.place, continues=continues, problems=reader.problems)
        before = self.drafts[continues] if continues is not None else of
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
        return bool(texts) and sum(1 for text in texts if leading_number(text)) >= 0.6 * len(texts)
