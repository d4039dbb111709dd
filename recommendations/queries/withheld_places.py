"""Every place of the database where words can stand, and where given words do.

All columns of text, JSON and lists of text of all tables are places, whatever is added later; what can't hold words that
people typed is named here, with its reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from committee.fields import SortKeyField
from committee.text import occurrences, plain_words
from recommendations.models import SealedText
from recommendations.models.withholdings import MARKERS

WITHOUT_WORDS: dict[str, str] = {
    "auth": "names of Django's own permissions",
    "contenttypes": "names of models",
    "sites": "this site's address",
    "sessions": "signed and packed: `recommendations.actions.withheld_texts` looks into them itself",
    "account": "addresses for signing in",
    "mfa": "secrets of second steps",
    "socialaccount": "names and keys of a council's own sign-in",
    "committee_heartbeat": "names of machines",
    "accounts_user.password": "a hash",
    "accounts_user.email": "the address by which a person signs in",
    "audit_auditentry.address": "a network address",
    "audit_auditentry.request_id": "a random number",
    "audit_auditentry.table_name": "a table",
    "audit_auditentry.row_key": "a number",
    "audit_auditentry.operation": "a word of the database",
    "committee_email.address": "the address that it goes to",
    "committee_email.builder": "a function",
    "committee_email.once": "a key",
    "committee_email.message_id": "a random number",
    "recommendations_earliervalue.table_name": "a table",
    "recommendations_exemptaccesslog": "kinds, numbers and network addresses",
    "recommendations_linkuse.address": "a network address",
    "recommendations_respondentlink.code_hash": "a hash",
    "recommendations_notice.about": "a key",
    "recommendations_notice.path": "an address of this site",
    "recommendations_update.saved_from": "a random number",
    "recommendations_evidence.content_type": "a kind of file",
    "recommendations_evidence.sha256": "a hash",
    "recommendations_importbatch.applied_in": "a number",
    "recommendations_importbatch.undone_in": "a number",
    "recommendations_importbatch.file_format": "a kind of file",
    "recommendations_importbatch.sha256": "a hash",
    "recommendations_importbatch.shape": "a hash",
    "recommendations_importanswer.shape": "a hash",
    "recommendations_importchange.table_name": "a table",
    "recommendations_assignment.assessed_period": "a month",
    "recommendations_assignment.escalated_period": "a month",
    "recommendations_assignment.closed_period": "a month",
    "recommendations_recommendation.closed_period": "a month",
    "recommendations_pack.sections": "names of sections",
    "recommendations_pack.content_hash": "a hash",
    "recommendations_pack.pdf_hash": "a hash",
    "recommendations_pack.word_hash": "a hash",
    "recommendations_pack.made_with": "versions of programs",
    "recommendations_packtemplate.sections": "names of sections",
    "recommendations_sealedtext.table_name": "a table",
    "recommendations_sealedtext.row_key": "a number",
    "recommendations_sealedtext.column_name": "a column",
    "recommendations_sealedtext.marker": "what stands in the place of words",
    "recommendations_sealedtext.sha256": "a hash",
    "recommendations_sealedfile": "hashes, and random names of files",
    "recommendations_correction.transaction": "a number",
    "recommendations_withholding.sealed_in": "a number",
    "recommendations_withholding.decided_in": "a number",
    "django_tasks_database_dbtaskresult.task_path": "a function",
    "django_tasks_database_dbtaskresult.queue_name": "a name in the settings",
    "django_tasks_database_dbtaskresult.backend_name": "a name in the settings",
    "django_tasks_database_dbtaskresult.worker_ids": "names of processes",
    "django_tasks_database_dbtaskresult.exception_class_path": "a class",
}
"""What can't hold words that people typed, by app, table, or table and column, and why. Besides: choices of a fixed list,
keys that follow from a text (`SortKeyField`), and the names under which files are stored.
"""


@dataclass(frozen=True)
class Column:
    """One column that can hold words."""

    model: type[models.Model]
    field: models.Field[Any, Any]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        return str(self.field.column)

    @property
    def primary(self) -> str:
        """The column of the primary key."""
        return str(self.model._meta.pk.column)

    @property
    def is_json(self) -> bool:
        """Whether it holds more than one text."""
        return isinstance(self.field, models.JSONField | ArrayField)

    @property
    def cast(self) -> str:
        """The type of the column in the database, for the values of an update."""
        return str(self.field.db_type(connection))

    @property
    def keys(self) -> list[SortKeyField]:
        """The columns that follow from this one."""
        return [
            one
            for one in self.model._meta.concrete_fields
            if isinstance(one, SortKeyField) and one.of == self.field.name
        ]


@cache
def columns() -> dict[type[models.Model], list[Column]]:
    """Return the columns of every table that can hold words."""
    found: dict[type[models.Model], list[Column]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        own = [Column(model, one) for one in model._meta.concrete_fields if _holds_words(model, one)]
        if own:
            found[model] = own
    return found


def _holds_words(model: type[models.Model], one: models.Field[Any, Any]) -> bool:
    table = model._meta.db_table
    if {model._meta.app_label, table, f"{table}.{one.column}"} & WITHOUT_WORDS.keys():
        return False
    if isinstance(one, SortKeyField | models.FileField) or one.choices:
        return False
    if isinstance(one, ArrayField):
        return isinstance(one.base_field, models.CharField | models.TextField) and not one.base_field.choices
    return isinstance(one, models.CharField | models.TextField | models.JSONField)


@dataclass(frozen=True)
class Place:
    """One column of one row, with its value as text: that of a JSON column as the database writes it.

    `inside` is the number of the SealedText in which the words stand, if they do not stand in the column itself any more.
    """

    table: str
    row: str
    column: Column
    value: str
    inside: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.table, self.row, self.column.name


@dataclass
class Found:
    """A place with the passages of it that are to be taken out, each once."""

    place: Place
    passages: list[str] = field(default_factory=list)


RUN = re.compile("[a-z0-9]+")

Spans = Callable[[str], list[tuple[int, int]]]
"""What is to be taken out of a text, as (start, end) in order, none over another."""


def spans_of(phrases: Sequence[str]) -> Spans:
    """Return the function that finds any of the phrases in a text. What is withheld already is left alone."""

    def spans(text: str) -> list[tuple[int, int]]:
        markers = [match.span() for match in MARKERS.finditer(text)]
        found = sorted(one for phrase in phrases for one in occurrences(text, phrase))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if any(start < last and first < end for first, last in markers):
                continue
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    return spans


def markers_in(text: str) -> set[str]:
    """Return the markers that stand in a text, whoever wrote them."""
    return {match[0] for match in MARKERS.finditer(text)}


def whole(text: str) -> list[tuple[int, int]]:
    """Return the whole text as what is to be taken out; nothing where no words but markers are left in it."""
    return [(0, len(text))] if MARKERS.sub("", text).strip() else []


def cut(place: Place, spans: Spans, replace: Callable[[str], str]) -> str:
    """Return the value of the place with each passage replaced."""

    return with_each_text(place, lambda text: cut_text(text, spans, replace))


def cut_text(text: str, spans: Spans, replace: Callable[[str], str]) -> str:
    """Return the text with each passage replaced."""
    parts, last = [], 0
    for start, end in spans(text):
        parts += [text[last:start], replace(text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def with_each_text(place: Place, change: Callable[[str], str]) -> str:
    """Return the value of the place with its text changed, or each of its texts where it is JSON."""
    if not place.column.is_json or place.inside is not None:
        return change(place.value)
    return _each_text(place.value, change)


def texts_in(place: Place) -> list[str]:
    """Return the text of the place, or each of its texts where it is JSON."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    with_each_text(place, note)
    return found


JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"(\s*:)?|[\[\]{}]')
DAY_OR_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")

CODES_OF_PACKS = {"colour", "sections", "standing", "value"}
"""Members of the content of a pack that hold words of our own code, such as "green", beside those named as columns are."""


@cache
def _members() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of members of JSON whose texts people type, and of those that hold no such text.

    JSON repeats rows by the names of their columns. A name is one of code, such as `state`, if no table has a column of it
    that takes any text. A day may stand where some table has a day of that name, whatever another keeps under it.
    """
    typed: set[str] = set()
    days: set[str] = set()
    codes = set(CODES_OF_PACKS)
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.concrete_fields:
            takes_any = (
                isinstance(one, models.CharField | models.TextField | SortKeyField) and not one.choices
            )
            (typed if takes_any or isinstance(one, models.JSONField) else codes).add(str(one.column))
            if isinstance(one, models.DateField):
                days.add(str(one.column))
    return frozenset(typed - days), frozenset(codes - typed)


def _is_code(member: str, text: str) -> bool:
    """Return whether a text in JSON is a word of our own code, a day or a moment, and nothing that somebody typed."""
    typed, codes = _members()
    return member in codes or (member not in typed and DAY_OR_MOMENT.fullmatch(text) is not None)


def _each_text(value: str, change: Callable[[str], str]) -> str:
    """Return JSON with each text in it changed that people may have typed. Names of members are no texts, and the rest stays as
    it is, so that numbers stay as they were written and what our code reads stays readable.
    """
    member = [""]

    def changed(match: re.Match[str]) -> str:
        token = match[0]
        if not _is_text(match, member):
            return token
        text = json.loads(token)
        return token if _is_code(member[-1], text) else json.dumps(change(text), ensure_ascii=False)

    return JSON_TOKEN.sub(changed, value)


def json_texts(value: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each text of JSON, with the member it stands in before it, and whether somebody may have typed it after it."""
    member = [""]
    for match in JSON_TOKEN.finditer(value):
        if _is_text(match, member):
            text = json.loads(match[0])
            yield member[-1], text, not _is_code(member[-1], text)


def _is_text(token: re.Match[str], member: list[str]) -> bool:
    """Return whether a token of JSON is a text, and note in `member`, a stack, the names of the members that it stands in."""
    if token[0] in ("[", "{"):
        member.append(member[-1])
    elif token[0] in ("]", "}"):
        member.pop()
    elif token[1]:
        member[-1] = json.loads(token[0].removesuffix(token[1]))
    else:
        return True
    return False


def find(phrases: Sequence[str]) -> list[Found]:
    """Return every place where any of the phrases stands, in the database as it is now."""
    if not any(plain_words(phrase) for phrase in phrases):
        return []
    return passages_in(candidates(phrases), spans_of(phrases))


def passages_in(places: Iterable[Place], spans: Spans) -> list[Found]:
    """Return those of the places with something to be taken out."""
    found = []
    for place in places:
        passages: dict[str, None] = {}

        def note(words: str, passages: dict[str, None] = passages) -> str:
            passages[words] = None
            return words

        cut(place, spans, note)
        if passages:
            found.append(Found(place, list(passages)))
    return found


def candidates(phrases: Sequence[str], pattern: str = "") -> Iterator[Place]:
    """Yield the places that hold the longest plain word of any phrase, or match the SQL pattern: all that hold a phrase, and
    others.
    """
    runs = [_longest_run(plain_words(phrase)) for phrase in phrases if plain_words(phrase)]
    for own in columns().values():
        yield from _places(own, runs, pattern)


def places_of(model: type[models.Model], pk: Any) -> list[Place]:
    """Return the places of one row that are not empty."""
    return list(_places(columns().get(model, []), [], pk=pk))


def _longest_run(plain: str) -> str:
    return max(RUN.findall(plain), key=len, default="")


PUNCTUATION = "‘’“”–—…•£€\u00a0"
"""What English texts hold beyond ASCII: left as it is, because a run of plain letters has none of it. Folding is slow."""


def _searched(text: str) -> str:
    """Return the SQL of a text in which a run of plain letters is found wherever `occurrences` finds it, and perhaps elsewhere:
    all else than plain letters is left out, whatever it is.
    """
    folded = (
        f"regexp_replace(translate(normalize(replace(replace({text}, 'ß', 'ss'), 'ẞ', 'ss'), NFKD), 'ıȷ', 'ij'),"
        " '[^ -~]', '', 'g')"
    )
    plain = f"{text} !~ '[^\\t\\n\\r -~{PUNCTUATION}]'"
    return f"(CASE WHEN {plain} THEN {text} ELSE {folded} END)"


ESCAPED = "%%[0-9A-Fa-f]{2}"
"""A character as an address writes it, as an SQL pattern: which it is, `occurrences` finds out."""


def _places(own: Sequence[Column], runs: Sequence[str], pattern: str = "", pk: Any = None) -> Iterator[Place]:
    """Yield the places of these columns of one table that hold any of the runs or match the pattern; of one row, if `pk` says
    which.
    """
    if not own:
        return
    table, key = own[0].table, own[0].primary
    texts = [
        f"to_jsonb({_quoted(one.name)})::text" if one.is_json else f"{_quoted(one.name)}::text" for one in own
    ]
    parameters: list[Any] = []
    conditions = []
    if pk is not None:
        conditions.append(f"{_quoted(key)} = %s")
        parameters.append(pk)
    if runs and all(runs):
        each = []
        for text in texts:
            each.append(f"{text} ~ '{ESCAPED}'")
            for run in runs:
                each.append(f"{_searched(text)} ILIKE %s")
                parameters.append(f"%{run}%")
            if pattern:
                each.append(f"{_searched(text)} ~* %s")
                parameters.append(pattern)
        conditions.append(f"({' OR '.join(each)})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_quoted(key)}::text, {', '.join(texts)} FROM {_quoted(table)}{where} ORDER BY 1",  # noqa: S608 (our own tables and columns)
            parameters,
        )
        rows = cursor.fetchall()
    sealed = own[0].model is SealedText
    for row, *values in rows:
        for column, value in zip(own, values, strict=True):
            if value:
                yield _sealed_place(row, value) if sealed else Place(table, row, column, value)


@cache
def _by_table() -> dict[str, dict[str, Column]]:
    return {own[0].table: {one.name: one for one in own} for own in columns().values()}


def _sealed_place(row: str, value: str) -> Place:
    """Return the place of what was sealed: the column that it was taken from."""
    home = SealedText.objects.get(pk=row)
    return Place(
        home.table_name, home.row_key, column_of(home.table_name, home.column_name), value, inside=home.pk
    )


def column_of(table: str, name: str) -> Column:
    return _by_table()[table][name]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
