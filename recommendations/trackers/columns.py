"""Says what each column holds: by the words over it, checked against its values, and changed by what a person answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from committee.text import whole_number
from recommendations.trackers.cells import Cell
from recommendations.trackers.column_doubles import ONCE, each_once
from recommendations.trackers.column_fields import DATES, Field
from recommendations.trackers.column_values import ask_about_unknown_words, doubt_headers, know_without_labels
from recommendations.trackers.header_words import HeaderMatch, match_header, tidy
from recommendations.trackers.headers import GENERIC, RECOMMENDED, Header, day_in, match
from recommendations.trackers.mapped import Mapped, column_key, hidden_key
from recommendations.trackers.periods import read_period_cell
from recommendations.trackers.profiles import fit, profile
from recommendations.trackers.questions import Answers, Choice, Place, Question, plain

SURE = 0.6
"""The confidence from which a column is not asked about."""
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
    doubt_headers(shown)
    know_without_labels(shown)
    ask_about_unknown_words(shown)
    each_once(shown)
    for one in shown:
        _answer(one, answers)
    _know_earlier(shown)
    return mapped


EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|prior|earlier|initial|first|original|interim|(?<!since )(?<!since the )last (?:meeting|quarter|year|month|time))\b"
)
AFTER_MONTHS = re.compile(r"\b(\d{1,2}|three|six|nine|twelve|eighteen)[ -]?months?\b|\b(\d)[ -]?years?\b")
MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}


def _know_earlier(mapped: Sequence[Mapped]) -> None:
    """Know the columns of progress that speak of a day before the file's: "Previous update" beside "Latest update", "6 months"
    beside "12 months".
    """
    some = [one for one in mapped if one.field in (Field.PROGRESS, Field.CLAIM) and not one.day]
    if len(some) < 2:
        return
    months = {one.index: _months_in(tidy(one.name)) for one in some}
    for one in some:
        one.is_earlier = bool(EARLIER.search(tidy(one.name))) or 0 < months[one.index] < max(months.values())


def _months_in(label: str) -> int:
    """Return after how many months a header says that it speaks; 0 where it does not."""
    found = AFTER_MONTHS.search(label)
    if found is None:
        return 0
    return (
        12 * (whole_number(found[2]) or 0)
        if found[2]
        else MONTHS.get(found[1]) or whole_number(found[1]) or 0
    )


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


OF_OTHER_THINGS = re.compile(
    r"\b(?:files?|folders?|case|job|box|project|contract|officer|owner|service|department|directorate|team)\b"
)
"""Words in a header by which it numbers something else than recommendations."""
YIELDING = re.compile(
    OF_OTHER_THINGS.pattern + r"|\b(?:para(?:graph)?|decision|agenda|previous|old|former|original|prior)\b"
)
"""Words in a header that leave the number and the reference to any column without them."""
MINUTED = re.compile(r"\bmin(?:ute)?s?\b")


def _number_or_reference(one: Mapped, candidates: list[Field], mapped: Sequence[Mapped]) -> list[Field]:
    """Return the candidates without what another column is headed as: beside "Ref", "No." is the number though it holds "R1",
    and "File no." is neither. Where nothing else counts the recommendations, the number of a file is asked about.
    """
    other = {Field.NUMBER: Field.REFERENCE, Field.REFERENCE: Field.NUMBER}.get(one.field)
    if other is None:
        return candidates
    label = tidy(one.label)
    beside = [o for o in mapped if o is not one and o.field in (Field.NUMBER, Field.REFERENCE)]
    own = [o for o in beside if not YIELDING.search(tidy(o.label))]
    if YIELDING.search(label) and own:
        return [Field.NOTES]
    if MINUTED.search(label) and any(
        o.field is Field.REFERENCE and not MINUTED.search(tidy(o.label)) for o in own
    ):
        return [Field.NOTES]
    if OF_OTHER_THINGS.search(label):
        one.is_unsure = True
    if other in candidates and any(o.field is other for o in beside):
        return [name for name in candidates if name is not other]
    alike = [o for o in own if o.field is one.field]
    if (
        one.field is Field.REFERENCE
        and one.field not in candidates
        and alike
        and one.found
        and one.found.numbers < 0.6
    ):
        return [Field.NOTES]  # the second of two references is no number
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
