"""Says what each column holds: by the words over it, checked against its values, and changed by what a person answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from recommendations.trackers.cells import Cell
from recommendations.trackers.column_fields import DATES, Field
from recommendations.trackers.header_words import HeaderMatch, match_header, tidy
from recommendations.trackers.headers import GENERIC, RECOMMENDED, Header, day_in, match
from recommendations.trackers.periods import read_period_cell
from recommendations.trackers.profiles import Profile, fit, profile
from recommendations.trackers.questions import Answers, Choice, Place, Question, plain, question_key
from recommendations.trackers.reading import Column
from recommendations.trackers.status_words import VOCABULARY, status_key

SURE = 0.6
"""The confidence from which a column is not asked about."""
ONCE = (
    Field.TEXT,
    Field.NUMBER,
    Field.REFERENCE,
    Field.INQUIRY,
    Field.RESPONSE,
    Field.OUTCOME,
    Field.OUTCOME_ON,
    Field.MADE_ON,
    Field.ANSWERED_ON,
    Field.TARGET,
    Field.ASKED_TARGET,
    Field.PRIORITY,
    Field.EXEMPT,
    Field.UPDATED_ON,
)
"""Fields that one column of a table holds; others, such as owners and progress, several may."""
UNDECIDED = frozenset({"notes", "note", "outcome", "outcomes", "result"})
"""Headers whose words and values together do not tell what they are: they are asked about."""
LABELS = {
    Field.NUMBER: "its number in the report",
    Field.REFERENCE: "its reference",
    Field.TEXT: "the wording of the recommendation",
    Field.INQUIRY: "the inquiry or report",
    Field.OWNERS: "to whom it is addressed",
    Field.PRIORITY: "the priority",
    Field.RESPONSE: "the response",
    Field.REASON: "the reason for the response",
    Field.ANSWERED_ON: "the day of the response",
    Field.CLAIM: "the status that its owner gives",
    Field.PROGRESS: "progress in words",
    Field.UPDATED_ON: "the day of the update",
    Field.OUTCOME: "what the committee decided",
    Field.OUTCOME_ON: "the day on which the committee decided",
    Field.MADE_ON: "the day on which it was made",
    Field.TARGET: "the target date",
    Field.FIRST_TARGET: "an earlier target date",
    Field.ASKED_TARGET: "a date that is asked for",
    Field.EXEMPT: "whether it is not for publication",
    Field.NOTES: "something else, kept as notes",
    Field.IGNORED: "nothing that is wanted",
}
"""What a person chooses from when a column is asked about."""


@dataclass
class Mapped:
    """One column and what it was taken for."""

    index: int
    label: str
    group: str
    fields: tuple[Field, ...]
    confidence: float
    others: tuple[Field, ...] = ()
    """What else it may be."""
    day: str = ""
    """Words of a day or month in the header: "Status at 31 March 2024"."""
    hidden: bool = False
    is_to_come: bool = False
    """Whether a day in it is after the file's own: then it tells of no past."""
    is_unsure: bool = False
    """Whether a person is asked even where the values fit."""
    is_ticked: bool = False
    """Whether its header is the status, and a tick in it chooses that: "Accepted", "Rejected"."""
    samples: tuple[str, ...] = ()
    question: Question | None = None
    found: Profile | None = field(default=None, repr=False)

    @property
    def field(self) -> Field:
        return self.fields[0]

    @property
    def name(self) -> str:
        """The header as people know it: with the words above where its own say little."""
        label = self.label.replace("\n", " ").strip()
        if self.group and tidy(label) in GENERIC:
            return f"{self.group} / {label}"
        return label or self.group or f"Column {column_letter(self.index)}"

    @property
    def meaning(self) -> str:
        if self.hidden:
            return "ignored (hidden)"
        return " and ".join(self.fields)

    @property
    def is_wordy(self) -> bool:
        """Return whether a column of statuses holds sentences rather than words of a list."""
        if self.found is None:
            return False
        known = self.found.responses if self.field is Field.RESPONSE else self.found.claims
        return self.found.average > 24 and known < 0.7

    def is_a(self, wanted: Field) -> bool:
        return not self.hidden and wanted in self.fields

    def told(self) -> Column:
        """Return the column as the reading tells it."""
        return Column(
            self.index,
            self.label,
            self.meaning,
            round(self.confidence, 2),
            () if self.hidden else self.samples,
            column_key(self.name),
        )


def column_letter(index: int) -> str:
    """Return the letters by which a workbook calls the column with that index from 0: A, B, ..., Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_key(name: str) -> str:
    """Return the key of the question what a column with that header holds."""
    return question_key("column", "meaning", name)


def hidden_key(name: str) -> str:
    """Return the key of the question whether a hidden column is taken."""
    return question_key("column", "hidden", name)


def map_columns(
    header: Header,
    columns: Sequence[Sequence[Cell]],
    answers: Answers,
    *,
    hidden: frozenset[int] = frozenset(),
    near: dt.date | None = None,
) -> list[Mapped]:
    """Return what each column of a table is taken for. `columns` are the cells of the lines, `hidden` the indexes of columns
    that the file hides: they are taken only where the answer says so. `near` is the file's own day.
    """
    mapped = [
        _by_header(index, header.labels[index], header.groups[index], cells)
        for index, cells in enumerate(columns)
    ]
    _leave_out_doubles(mapped, columns)
    for one in mapped:
        one.hidden = one.index in hidden and answers.get(hidden_key(one.name)) is not True
    shown = [one for one in mapped if not one.hidden]
    for one in shown:
        if one.others and {one.field, *one.others} & DATES and near:
            one.is_to_come = any(_is_after(cell, near) for cell in columns[one.index][:100])
    _straighten(shown, columns)
    _by_values(shown)
    _against_values(shown)
    _without_labels(shown)
    _of_unknown_words(shown)
    _each_once(shown)
    for one in shown:
        _answer(one, answers)
    return mapped


def _leave_out_doubles(mapped: Sequence[Mapped], columns: Sequence[Sequence[Cell]]) -> None:
    """Leave out columns whose cells are all merged with those to their left, header and all."""
    for one, before in zip(mapped[1:], mapped, strict=False):
        left, here = columns[before.index], columns[one.index]
        filled = [(a, b) for a, b in zip(left, here, strict=True) if a.text or b.text]
        if filled and one.label == before.label and all(a is b for a, b in filled):
            one.fields, one.confidence, one.others, one.found = (Field.IGNORED,), 1.0, (), profile([])


def _by_header(index: int, label: str, group: str, cells: Sequence[Cell]) -> Mapped:
    found = profile(cells)
    samples = tuple(dict.fromkeys(cell.text for cell in cells if cell.text))[:3]
    day, rest = day_in(label)
    known = match(group, rest if day else label)
    if day and not rest and not (known and known.field in (Field.CLAIM, Field.PROGRESS, Field.RESPONSE)):
        known = HeaderMatch((Field.PROGRESS,), 0.7, (Field.CLAIM, Field.NOTES))
    if not day and group:
        day, _ = day_in(group)
    fields, confidence, others = (
        (known.fields, known.confidence, known.also) if known else ((Field.NOTES,), 0.0, ())
    )
    if day and fields[0] not in (Field.CLAIM, Field.PROGRESS, Field.RESPONSE, Field.UPDATED_ON):
        day = ""
    return Mapped(index, label, group, fields, confidence, others, day, samples=samples, found=found)


def _straighten(mapped: Sequence[Mapped], columns: Sequence[Sequence[Cell]]) -> None:
    """Put headers that stand one column beside their values, as converting leaves them, over the values."""
    if not mapped or len(mapped) < 4:
        return

    def score(shift: int) -> float:
        return sum(
            fit(one.field, other.found) * one.confidence
            for one in mapped
            if one.confidence and one.field is not Field.NOTES
            for other in mapped
            if other.index == one.index + shift and other.found and not other.found.is_empty
        )

    here = score(0)
    best = max((1, -1), key=score)
    named = sum(1 for one in mapped if one.confidence)
    if named < 3 or score(best) < here + 0.3 * named or here > 0.45 * named:
        return
    known = {one.index: (one.label, one.group, one.fields, one.confidence, one.others) for one in mapped}
    for one in mapped:
        one.label, one.group, one.fields, confidence, one.others = known.get(
            one.index - best, ("", "", (Field.NOTES,), 0.0, ())
        )
        one.confidence = min(confidence, 0.5)


YEAR = re.compile(r"\byear\b", re.IGNORECASE)


def _taken(mapped: Iterable[Mapped]) -> set[Field]:
    """Return what columns hold by their headers alone. A year leaves the day it was made to a column that has it."""
    return {
        name
        for one in mapped
        if not one.others
        for name in one.fields
        if name is not Field.MADE_ON or not YEAR.search(one.label)
    }


def _by_values(mapped: Sequence[Mapped]) -> None:
    """Decide headers whose words may mean several things, by the values and by what other columns are."""
    taken = _taken(mapped)
    names = [one.field for one in mapped]
    wording = [one for one in mapped if RECOMMENDED.search(one.label)]
    for one in (*wording, *(other for other in mapped if other not in wording)):
        if not one.others or one.found is None:
            continue
        candidates = [name for name in (one.field, *one.others) if not (name in ONCE and name in taken)]
        candidates = _possible(one, candidates, mapped, names)
        if not candidates:
            candidates = [Field.NOTES]
        _choose(one, candidates)
        if one.field in ONCE:
            taken.add(one.field)


def _choose(one: Mapped, candidates: Sequence[Field]) -> None:
    """Take the candidate that fits the values best; the first where none does clearly better."""
    if one.found is None:
        return
    first = candidates[0]
    if first is Field.CLAIM and one.found.average < 40:
        candidates = [name for name in candidates if name is not Field.PROGRESS]
    if first is Field.PROGRESS and one.found.claims < 0.6:
        candidates = [name for name in candidates if name is not Field.CLAIM]
    found = one.found
    fits = {name: fit(name, found) for name in candidates}
    best = max(candidates, key=lambda name: fits[name] + (0.15 if name is first else 0.0))
    if found.is_empty:
        best = first
    one.confidence = 0.9 if best is first else min(0.85, 0.35 + 0.5 * fits[best])
    if set(candidates) <= {Field.PROGRESS, Field.CLAIM}:
        one.confidence = 0.9  # a status is found in either
    if one.is_unsure:
        one.confidence = min(one.confidence, 0.5)
    one.fields, one.others = (best,), tuple(name for name in candidates if name is not best)


def _possible(
    one: Mapped, candidates: list[Field], mapped: Sequence[Mapped], names: Sequence[Field]
) -> list[Field]:
    """Return the candidates in the order that the other columns suggest."""
    label = tidy(one.label)
    if one.field is Field.PROGRESS and _is_of_a_series(one, mapped):
        return [Field.PROGRESS]
    candidates = _number_or_reference(one, candidates, mapped)
    has = set(names) - {one.field} | {other.field for other in mapped if other is not one}
    if one.field is Field.PROGRESS and "action" in label:
        if Field.TEXT not in has:
            return [Field.TEXT]
        if any(o.field is Field.PROGRESS and o is not one for o in mapped):
            return [Field.NOTES]
        one.is_unsure = "taken" not in label
        return [Field.PROGRESS, Field.NOTES]
    if (
        one.field is Field.TEXT
        and Field.TEXT in has
        and any(o.field is Field.TEXT and o is not one and not o.others for o in mapped)
    ):
        return [name for name in candidates if name is not Field.TEXT]
    if label in ("comment", "comments", "remarks"):
        return _comments(one, candidates, mapped)
    if (
        label in GENERIC
        and Field.NOTES in candidates
        and any(o.field is Field.PROGRESS and not o.others for o in mapped)
    ):
        return [name for name in candidates if name is not Field.PROGRESS]
    if label in UNDECIDED and (label in ("outcome", "outcomes", "result") or one.field is Field.PROGRESS):
        one.is_unsure = True
    if one.field is not Field.PROGRESS and any(o.field is Field.PROGRESS and o is not one for o in mapped):
        candidates = [name for name in candidates if name is not Field.PROGRESS]
    if len(set(candidates) & DATES) > 1:
        return _dates(one, candidates, mapped)
    return candidates


def _is_of_a_series(one: Mapped, mapped: Sequence[Mapped]) -> bool:
    """Return whether a column is one of several with the same label and days of their own: "Q1 Comment", "Q2 Comment"."""
    same = [other for other in mapped if tidy(other.label) == tidy(one.label)]
    days = [other.day for other in same]
    return len(same) > 1 and all(days) and len(set(days)) == len(days)


def _number_or_reference(one: Mapped, candidates: list[Field], mapped: Sequence[Mapped]) -> list[Field]:
    """Return the candidates without what another column is headed as: beside "Ref", "No." is the number though it holds "R1"."""
    other = {Field.NUMBER: Field.REFERENCE, Field.REFERENCE: Field.NUMBER}.get(one.field)
    if other in candidates and any(o is not one and o.field is other for o in mapped):
        return [name for name in candidates if name is not other]
    return candidates


def _comments(one: Mapped, candidates: list[Field], mapped: Sequence[Mapped]) -> list[Field]:
    """Return what comments are: progress where nothing else is; the reason right after a response; else notes."""
    if one.field is Field.REASON:
        return [Field.REASON]
    above = match_header(one.group) if one.group else None
    if above and above.field in (Field.PROGRESS, Field.CLAIM, Field.TARGET):
        return [Field.PROGRESS]
    before = next((other for other in reversed(mapped) if other.index < one.index), None)
    has_progress = any(other.field is Field.PROGRESS and other is not one for other in mapped)
    if before and before.field is Field.RESPONSE:
        one.is_unsure = not has_progress
        return [Field.REASON]
    return [Field.NOTES] if has_progress else [Field.PROGRESS]


def _dates(one: Mapped, candidates: list[Field], mapped: Sequence[Mapped]) -> list[Field]:
    """Return what "Date" may be: a target where a day is still to come; before the wording the day it was made; behind an
    answer the day of that; else it is asked.
    """
    to_come: list[Field] = [name for name in candidates if name in (Field.TARGET, Field.ASKED_TARGET)]
    if one.is_to_come and to_come:
        return to_come
    text = next((other.index for other in mapped if Field.TEXT in other.fields), None)
    if text is not None and one.index < text and Field.MADE_ON in candidates:
        return [Field.MADE_ON]
    before = next((other for other in reversed(mapped) if other.index < one.index), None)
    beside = {
        Field.RESPONSE: Field.ANSWERED_ON,
        Field.OUTCOME: Field.OUTCOME_ON,
        Field.PROGRESS: Field.UPDATED_ON,
    }
    if before and before.field in beside and beside[before.field] is not Field.UPDATED_ON:
        return [beside[before.field]]
    one.is_unsure = len(candidates) > 1
    return candidates


def _is_after(cell: Cell, day: dt.date) -> bool:
    """Return whether a cell names a time that begins after a day."""
    if not cell.text and cell.value is None:
        return False
    read = read_period_cell(cell)
    return bool(read.is_sure and read.value and read.value.start and read.value.start > day)


PLAIN = (Field.CLAIM, Field.RESPONSE, Field.TARGET)
"""What a column is known to hold by its values alone, in the order in which it is tried."""


DOUBTED = frozenset({Field.OWNERS, Field.INQUIRY, Field.PRIORITY, Field.NUMBER, Field.REFERENCE}) | DATES
"""Headers that are doubted where the values say another thing."""


def _told_by_values(found: Profile, wanted: Iterable[Field]) -> Field | None:
    """Return the one of `PLAIN` that nearly all values of a column are."""
    shares = {
        Field.CLAIM: max(found.claims, found.coloured) if found.average < 40 else 0.0,
        Field.RESPONSE: found.responses if found.average < 60 and found.yes_no < 0.5 else 0.0,
        Field.TARGET: found.dates if found.average < 40 else 0.0,
    }
    return next((name for name in PLAIN if name in wanted and shares[name] >= 0.7), None)


def _against_values(mapped: Sequence[Mapped]) -> None:
    """Doubt a header whose words say one thing and whose values, all alike, say another: the values are taken and asked."""
    free = set(PLAIN) - {name for one in mapped for name in one.fields if one.confidence}
    for one in mapped:
        found = one.found
        if found is None or found.is_empty or len(one.fields) > 1:
            continue
        if one.field in (Field.NOTES, Field.PROGRESS) and one.confidence:
            if Field.RESPONSE in free and found.responses >= 0.7:
                one.fields, one.others, one.confidence = (Field.RESPONSE,), (one.field,), 0.5
                free.discard(Field.RESPONSE)
            continue
        told = _told_by_values(found, free) if one.field in DOUBTED else None
        if told is None or told in one.others or (one.field in DATES and told is Field.TARGET):
            continue
        if fit(one.field, found) <= 0.4:
            one.fields, one.others, one.confidence = (told,), (one.field,), 0.5
            free.discard(told)


def _of_unknown_words(mapped: Sequence[Mapped]) -> None:
    """Ask about a column under words that are not known, where its values may be what no other column of the table holds."""
    have = {name for one in mapped for name in one.fields if one.confidence}
    for one in mapped:
        found = one.found
        if not one.label or one.confidence or found is None or found.is_empty:
            continue
        if Field.TEXT not in have and found.sentences > 0.6:
            one.fields, one.confidence = (Field.TEXT,), 0.8 if found.sentences > 0.8 else 0.5
            have.add(Field.TEXT)
            continue
        guess = _told_by_values(found, set(PLAIN) - have)
        if guess is None and Field.OWNERS not in have and found.owners >= 0.8 and found.average < 60:
            guess = Field.OWNERS
        if (
            guess is None
            and Field.PROGRESS not in have
            and found.average >= 25
            and found.different > 0.5 * found.count
        ):
            guess = Field.PROGRESS
        if guess:
            one.fields, one.confidence, one.others = (guess,), 0.5, (Field.NOTES,)
            have.add(guess)


def _without_labels(mapped: Sequence[Mapped]) -> None:
    """Know columns that have no label by their values, as far as nothing else holds what they seem to."""
    have = {name for one in mapped for name in one.fields if one.confidence}
    text = next((one.index for one in mapped if Field.TEXT in one.fields), None)
    for one in mapped:
        if (one.label and one.confidence) or one.found is None or one.found.is_empty:
            continue
        found = one.found
        guess: Field | None = None
        if one.label:  # of words that are not known
            named = have & {Field.REFERENCE, Field.NUMBER}
            if found.numbers >= 0.9 and not named and (text is None or one.index < text):
                one.fields, one.confidence = (Field.NUMBER,), 0.8
                have.add(Field.NUMBER)
            continue
        if (
            max(found.numbers, found.references) >= 0.6
            and found.average < 24
            and (found.dates < 0.6 or _are_years_and_numbers(one.index, text, found))
            and not have & {Field.REFERENCE, Field.NUMBER}
        ):
            guess = Field.REFERENCE
        elif (found.claims >= 0.7 or found.coloured >= 0.4) and Field.CLAIM not in have:
            guess = Field.CLAIM
        elif found.responses >= 0.7 and Field.RESPONSE not in have:
            guess = Field.RESPONSE
        elif found.sentences >= 0.5 and Field.TEXT not in have:
            guess = Field.TEXT
        elif found.owners >= 0.7 and found.average < 60 and Field.OWNERS not in have:
            guess = Field.OWNERS
        elif found.dates >= 0.7 and found.average < 40:
            guess = Field.MADE_ON if text is not None and one.index < text else Field.TARGET
            guess = None if guess in have else guess
        if guess:
            sure = guess in (Field.REFERENCE, Field.CLAIM, Field.TEXT) and (
                text is None or one.index < text or guess is not Field.REFERENCE
            )
            one.fields, one.confidence = (guess,), 0.8 if sure else 0.5
            have.add(guess)


def _are_years_and_numbers(index: int, text: int | None, found: Profile) -> bool:
    """Return whether a column before the wording counts within years: "2023-01", "2023-02". Months would come again."""
    is_before = index == 0 or (text is not None and index < text)
    return is_before and found.years_and_numbers >= 0.6 and found.different > 0.5 * found.count


def _each_once(mapped: Sequence[Mapped]) -> None:
    """Leave a field that one column holds to the one that fits best; what the other is follows."""
    _ticked(mapped)
    _targets([one for one in mapped if one.field is Field.TARGET])
    _responses([one for one in mapped if one.fields == (Field.RESPONSE,) and not one.is_ticked])
    for name in ONCE:
        holders = [one for one in mapped if name in one.fields and not one.is_ticked]
        if len(holders) < 2:
            continue
        best = max(holders, key=lambda one: (_merit(name, one), -one.index))
        for one in holders:
            if one is not best:
                _give_way(one, name, mapped)


def _ticked(mapped: Sequence[Mapped]) -> None:
    """Know columns whose headers are statuses of one fact, and in which ticks choose: "Accept", "Part accept", "Reject"."""
    facts = {"response": Field.RESPONSE, "claim": Field.CLAIM}
    found: dict[Field, list[Mapped]] = {}
    for one in mapped:
        meanings = VOCABULARY.get(status_key(one.label))
        is_choice = one.found and not one.found.is_empty and one.found.yes_no >= 0.9
        if meanings and is_choice:
            found.setdefault(facts[meanings[0].fact], []).append(one)
    for name, some in found.items():
        if len(some) > 1:
            for one in some:
                one.fields, one.others, one.confidence, one.is_ticked = (name,), (), 0.8, True


def _merit(name: Field, one: Mapped) -> float:
    if one.found is None or one.found.is_empty:
        return -1.0
    merit = one.confidence + fit(name, one.found)
    if name is Field.TEXT:
        merit += 1.0 if re.search(r"recommend|\brec\b|wording", one.label, re.IGNORECASE) else 0.0
        merit += 0.3 * one.found.sentences + 0.3 * min(1.0, one.found.average / 80)
    if name is Field.MADE_ON:
        merit += (
            0.5 if re.search(r"made|meeting|committee|raised|recommend", one.label, re.IGNORECASE) else 0.0
        )
    return merit


def _give_way(one: Mapped, name: Field, mapped: Sequence[Mapped]) -> None:
    """Take the column for the next thing that it may be."""
    have = {other_name for other in mapped if other is not one for other_name in other.fields}
    rest = tuple(other for other in one.fields if other is not name)
    if rest:
        one.fields = rest
        return
    found = one.found
    if (
        name is Field.TEXT
        and found
        and (found.numbers > 0.6 or (found.references > 0.6 and found.average < 20))
    ):
        one.fields = (Field.REFERENCE if found.numbers < 0.6 else Field.NUMBER,)
        return
    if name is Field.NUMBER and Field.REFERENCE not in have:
        one.fields = (Field.REFERENCE,)
    elif name is Field.REFERENCE and Field.NUMBER not in have and found and found.numbers > 0.6:
        one.fields = (Field.NUMBER,)
    else:
        nexts = [other for other in one.others if other not in have or other not in ONCE]
        one.fields = (nexts[0] if nexts else Field.NOTES,)


def _targets(holders: Sequence[Mapped]) -> None:
    """Of several target dates, the revised one is the present one and the others came before it."""
    if len(holders) < 2:
        return
    revised = [
        one
        for one in holders
        if re.search(
            r"revis|new|current|latest|amended|updat|extended|forecast", one.label + one.group, re.IGNORECASE
        )
    ]
    present = revised[-1] if revised else None
    for one in holders:
        if present and one is not present:
            one.fields = (Field.FIRST_TARGET,)
        elif not present and one.found and one.found.is_empty:
            one.fields = (Field.NOTES,)


def _responses(holders: Sequence[Mapped]) -> None:
    """Of several responses, the one in fixed words is the decision and another in free words its reason."""
    if len(holders) < 2:
        return
    coded = max(
        holders,
        key=lambda one: (
            (fit(Field.RESPONSE, one.found) if one.found else 0.0)
            - (one.found.average / 400 if one.found else 0.0)
        ),
    )
    for one in holders:
        if one is not coded:
            one.fields = (Field.REASON,)


def _answer(one: Mapped, answers: Answers) -> None:
    """Take what a person said of the column, or ask where it is not sure."""
    key = column_key(one.name)
    if key in answers:
        said = answers.get(key)
        one.fields = tuple(Field(name) for name in ([said] if isinstance(said, str) else said))
        one.confidence, one.others = 1.0, ()
        return
    if one.found is None or one.found.is_empty or not (one.label or one.confidence):
        return
    if one.confidence >= SURE or one.confidence == 0.0 or one.field in (Field.NOTES, Field.IGNORED):
        return
    choices = list(dict.fromkeys((one.field, *one.others, Field.PROGRESS, Field.NOTES)))
    one.question = Question(
        key,
        "column",
        one.name,
        f"What does the column \u201c{one.name}\u201d hold? It was taken for {LABELS[one.field]}.",
        tuple(Choice(str(name), LABELS[name]) for name in choices),
        str(one.field),
        (Place(None, None, one.index),),
    )


def shape_of(header: Header) -> str:
    """Return what tables with the same headers have in common."""
    return plain(header.shape)
