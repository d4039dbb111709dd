"""The lines of a tracker that is being checked: counted, filtered, and each with the untouched cells beside what they become."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.paginator import Page
from django.db import connection
from django.db.models import Count, F, Model, Q, QuerySet, Value
from django.db.models.fields.json import KeyTransform

from committee.formatting import plural
from recommendations.lifecycle import Claim, Decision, ImportRowState, Outcome, Priority
from recommendations.lifecycle.imported import NEW, ImportedLine
from recommendations.lifecycle.periods import Period
from recommendations.models import Body, ImportBatch, ImportRow, Inquiry, Meeting, Post, Recommendation
from recommendations.models.imports import IS_ASKED, OPEN

ASKED = "asked"
EXEMPT = "exempt"
STATES = (
    ImportRowState.NEW,
    ImportRowState.KNOWN,
    ImportRowState.CHANGED,
    ImportRowState.UNCHANGED,
    ImportRowState.LEFT_OUT,
)
UNDECIDED = OPEN & Q(says_exempt=True, exempt_decision="")


def answers_given(batch: ImportBatch) -> dict[str, Any]:
    """Return what was answered about this file itself, by the keys of the questions."""
    return {one["key"]: one["answer"] for one in batch.reading.get("answers", ())}


def undecided_exempt(batch: ImportBatch) -> set[str]:
    """Return the keys of the words that say "not for publication" of lines of which that is not decided."""
    problems = batch.rows.filter(UNDECIDED).values_list("problems", flat=True)
    return {one["key"] for some in problems for one in some if one["key"].startswith("exempt:")}


# ------------------------------------------------------------------ counted and filtered


@dataclass(frozen=True)
class Filter:
    """One way to look at the lines, and how many it shows."""

    name: str
    label: str
    count: int


ANY_BATCH = -1
"""Stands for an import in a query that is written once for all."""


@cache
def _counting() -> tuple[str, tuple[Any, ...]]:
    """Return the query that counts the lines of an import by their kinds, and its parameters. Indexes answer it in less time
    than it takes to put it together, so that is done once.
    """
    rows = ImportRow.objects.order_by().filter(batch=ANY_BATCH)
    by_kind = rows.values("state", "says_exempt").annotate(count=Count("*"))
    asked = rows.filter(IS_ASKED).annotate(name=Value(ASKED)).values("name").annotate(count=Count("*"))
    found = by_kind.values_list("state", "says_exempt", "count")
    both = found.union(asked.values_list("name", Value(False), "count"), all=True)
    sql, parameters = both.query.sql_with_params()
    return sql, tuple(parameters)


def filters_of(batch: ImportBatch) -> list[Filter]:
    """Return the ways to look at the lines of a file, each with its number, in one query."""
    sql, parameters = _counting()
    counted: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(sql, [batch.pk if one == ANY_BATCH else one for one in parameters])
        for name, says_exempt, count in cursor.fetchall():
            counted[name] += count
            if name != ASKED:
                counted[""] += count
                counted[EXEMPT] += count if says_exempt else 0
    return [
        Filter("", "All", counted[""]),
        Filter(ASKED, "With a question", counted[ASKED]),
        *(Filter(state.value, str(state.label), counted[state.value]) for state in STATES),
        Filter(EXEMPT, "Says “not for publication”", counted[EXEMPT]),
    ]


def shown_by(filters: Sequence[Filter], name: str) -> Filter:
    """Return the filter with a name; for a name that none has, the one that shows all."""
    return next((one for one in filters if one.name == name), filters[0])


def lines_of(batch: ImportBatch, show: str) -> QuerySet[ImportRow]:
    """Return the lines that a filter shows, in the order of the file; all for a name that no filter has."""
    rows = batch.rows.order_by("order", "id")
    if show == ASKED:
        return rows.filter(IS_ASKED)
    if show == EXEMPT:
        return rows.filter(says_exempt=True)
    return rows.filter(state=show) if show in {state.value for state in STATES} else rows


def keys_on(page: Page[Any], batch: ImportBatch, show: str) -> QuerySet[Any]:
    """Return the keys of the lines on a page of `lines_of`, not fetched yet.

    Of all lines each page has its own stretch of the order, which counts from 0: the database then does not walk over those of
    the pages before.
    """
    if show:
        keys: QuerySet[Any] = page.object_list  # type: ignore[assignment]  # a slice of them
        return keys
    first = (page.number - 1) * page.paginator.per_page
    within = batch.rows.filter(order__gte=first, order__lt=first + page.paginator.per_page)
    return within.order_by().values_list("pk", flat=True)


def _with_keys(batch: ImportBatch, keys: Iterable[int] | QuerySet[Any]) -> QuerySet[Any]:
    """Return some lines, in the order of the file, with what of their reading is shown.

    Their keys are found within the same query, before the lines: the database then sorts thousands of numbers, and not
    thousands of lines with all their cells.
    """
    rows = batch.rows.filter(pk__in=keys).order_by("order", "id")
    shown = ("batch", "member", "table", "row", "order", "cells", "problems", "state", "recommendation")
    return rows.only(*shown).annotate(
        **{f"read_{name}": KeyTransform(name, "reading") for name in ("line", "known", "mended")}
    )


def lines_with_problem(batch: ImportBatch, key: str) -> QuerySet[ImportRow]:
    """Return the lines at which a question arises."""
    return batch.rows.filter(problems__contains=[{"key": key}])


def not_ready(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Return the lines that can't be applied as they are, and that nobody left out."""
    return batch.rows.filter(OPEN, line={}).order_by("order", "id")


# ------------------------------------------------------------------ as the page shows them


@dataclass(frozen=True)
class ShownField:
    """One value of a line: what it becomes, beside the untouched words of the file."""

    label: str
    becomes: str
    cells: tuple[tuple[str, str], ...] = ()
    """The header of each cell, and its words."""
    is_asked: bool = False
    is_mended: bool = False
    is_pending: bool = False
    """Not said before something else of the line is decided: whether it is for publication at all."""


@dataclass
class ShownLine:
    """One line as the page shows it."""

    row: ImportRow
    line: ImportedLine
    fields: list[ShownField] = field(default_factory=list)
    known: Recommendation | None = None

    @property
    def title(self) -> str:
        words = " ".join(part for part in (self.line.number, self.line.text) if part)
        return f"{words[:90].rstrip()} …" if len(words) > 90 else words or "A line without wording"


FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("number", "Number and reference", ("number", "reference")),
    ("text", "Recommendation", ("text",)),
    ("inquiry", "Inquiry", ("inquiry",)),
    ("priority", "Priority", ("priority",)),
    ("made_on", "Made on", ("made_on",)),
    ("owners", "Addressed to", ("owners",)),
    ("response", "Response", ("response", "reason", "answered_on")),
    ("target", "Target date", ("target", "first target", "asked_target")),
    ("updates", "Progress", ("progress", "claim", "updated_on")),
    ("steps", "Milestones", ()),
    ("outcome", "The committee decided", ("outcome", "outcome_on")),
    ("exempt", "Not for publication", ("exempt",)),
    ("notes", "Kept as notes", ("notes", "ignored")),
)
"""What a line shows: the value, its label, and the fields of the columns from which it was read."""
ABOUT = {
    "reference": "number",
    "claim": "updates",
    "progress": "updates",
    "reason": "response",
    "asked_target": "target",
    "earlier_targets": "target",
    "answered_on": "response",
    "outcome_on": "outcome",
    "item": "text",
}
"""Under which value a problem of another field stands."""


class Names:
    """The names of what the lines of one page refer to, in a fixed number of queries."""

    def __init__(self, batch: ImportBatch, lines: Iterable[ImportedLine], known: Iterable[int]) -> None:
        some = list(lines)
        owners = [owner for line in some for owner in line.owners]
        self.bodies, self.posts, self.inquiries = _named(
            (Body, "name", {one.body for one in owners if isinstance(one.body, int)}),
            (Post, "title", {one.post for one in owners if isinstance(one.post, int)}),
            (Inquiry, "title", {line.inquiry for line in some if isinstance(line.inquiry, int)} - {0}),
        )
        self.meetings: Mapping[Any, Any] = Meeting.objects.select_related("body").in_bulk(
            {line.outcome.meeting for line in some if line.outcome and line.outcome.meeting}
        )
        self.known = Recommendation.objects.in_bulk(set(known))
        self.new: Mapping[Any, str] = {NEW + one.key: f"{one.name} (new)" for one in batch.bodies_to_make}
        # They stand in what was read of the file, which is long: it is not fetched for a page that names none of them.
        with_new_posts = any(isinstance(owner.post, str) for owner in owners)
        self.new_posts: Mapping[Any, str] = {
            NEW + one.key: f"{one.title} (new)" for one in (batch.posts_to_make if with_new_posts else ())
        }
        self.new_inquiries: Mapping[Any, str] = {
            NEW + one.key: f"{one.title} (new)" for one in batch.inquiries_to_make
        }

    def owner(self, owner: Any) -> str:
        name = self.bodies.get(owner.body) or self.new.get(owner.body, owner.words)
        post = self.posts.get(owner.post) or self.new_posts.get(owner.post)
        return f"{post}, {name}" if post else name

    def inquiry(self, inquiry: int | str) -> str:
        return self.inquiries.get(inquiry) or self.new_inquiries.get(inquiry, "")

    def meeting(self, outcome: Any) -> str:
        row = self.meetings.get(outcome.meeting)
        return row.day_words if row else outcome.held_on.in_words()


def _named(*asked: tuple[type[Model], str, set[Any]]) -> list[dict[Any, str]]:
    """Return the names of rows of several tables by their keys, without the rows and in one query: a page of lines needs no
    more of them.
    """
    parts: list[Any] = [
        model._default_manager.order_by()
        .filter(pk__in=pks)
        .annotate(asked=Value(at), words=F(name))
        .values_list("asked", "pk", "words")
        for at, (model, name, pks) in enumerate(asked)
        if pks
    ]
    named: list[dict[Any, str]] = [{} for _ in asked]
    for at, pk, words in parts[0].union(*parts[1:], all=True) if parts else ():
        named[at][pk] = words
    return named


def shown(batch: ImportBatch, keys: Iterable[int] | QuerySet[Any]) -> list[ShownLine]:
    """Return the lines with these keys as a page shows them, in the order of the file.

    The number of queries does not depend on how many they are.
    """
    some = list(_with_keys(batch, keys))
    for row in some:
        row.batch = batch
    lines = [ImportedLine.from_json(row.read_line) for row in some]
    names = Names(batch, lines, (row.read_known for row in some if row.read_known))
    return [_shown(row, line, names) for row, line in zip(some, lines, strict=True)]


def _shown(row: Any, line: ImportedLine, names: Names) -> ShownLine:
    cells: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for cell in row.cells:
        cells[cell["field"]].append((cell["header"], cell["words"]))
    asked = {ABOUT.get(problem["field"], problem["field"]) for problem in row.problems}
    mended = {ABOUT.get(name, name) for name in row.read_mended or ()}
    made = ShownLine(row, line, known=names.known.get(row.read_known))
    for name, label, sources in FIELDS:
        words: tuple[tuple[str, str], ...] = ()
        if not cells.keys().isdisjoint(sources):
            words = tuple(dict.fromkeys([cell for source in sources for cell in cells.get(source, ())]))
        becomes = BECOMES[name](line, names)
        if becomes or words or name in asked:
            pending = "exempt" in asked and bool(words or name == "exempt")
            made.fields.append(ShownField(label, becomes, words, name in asked, name in mended, pending))
    return made


def _targets(line: ImportedLine, _names: Names) -> str:
    said = [f"first {_when(one)}" for one in line.earlier_targets]
    if line.target.words or line.target.is_known:
        said.append(("now " if said else "") + _when(line.target))
    if line.asked_target.is_known:
        said.append(f"asked for: {_when(line.asked_target)}")
    return "\n".join(said)


def _when(period: Period) -> str:
    if period.is_known:
        return period.in_words()
    return f"no date (“{period.words}”)" if period.words else ""


def _response(line: ImportedLine, _names: Names) -> str:
    if not line.response:
        return ""  # words without a decision become nothing: they stay beside it
    said = str(Decision(line.response).label)
    if line.answered_on.is_known:
        said = f"{said}, {line.answered_on.in_words()}"
    return "\n".join(part for part in (said, line.response_text, line.reason) if part)


def _updates(line: ImportedLine, _names: Names) -> str:
    told = []
    for one in line.updates:
        head = ", ".join(
            part
            for part in (
                one.as_at.in_words() if one.as_at.is_known else "",
                str(Claim(one.claim).label) if one.claim else "",
            )
            if part
        )
        told.append(": ".join(part for part in (head, one.text) if part))
    return "\n".join(told)


def _outcome(line: ImportedLine, names: Names) -> str:
    if line.outcome is None:
        return ""
    meeting = names.meeting(line.outcome)
    label = str(Outcome(line.outcome.outcome).label)
    return f"{label}, at the meeting of {meeting}" if meeting else label


def _exempt(line: ImportedLine, _names: Names) -> str:
    if line.exempt is None:
        return ""
    return f"Kept apart: {plural(len(line.exempt.text.split()), 'word')}. The public reads: {line.exempt.public_summary}"


BECOMES: dict[str, Any] = {
    "number": lambda line, _: ", ".join(
        dict.fromkeys(part for part in (line.number, line.reference) if part)
    ),
    "text": lambda line, _: line.text,
    "inquiry": lambda line, names: names.inquiry(line.inquiry),
    "priority": lambda line, _: str(Priority(line.priority).label) if line.priority else "",
    "made_on": lambda line, _: _when(line.made_on),
    "owners": lambda line, names: "\n".join(map(names.owner, line.owners)),
    "response": _response,
    "target": _targets,
    "updates": _updates,
    "steps": lambda line, _: "\n".join(step.words for step in line.steps),
    "outcome": _outcome,
    "exempt": _exempt,
    "notes": lambda line, _: "\n".join(f"{name}: {words}" for name, words in line.notes.items()),
}
"""How each value of a line reads."""
