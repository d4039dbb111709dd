"""Withholdings as pages show them, and the places where words stand on the record."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, models

from committee.text import clean_text, plain_words
from recommendations.lifecycle import WithholdingKind
from recommendations.models import (
    Correction,
    Evidence,
    Pack,
    Recommendation,
    SealedText,
    Withholding,
    WordingChange,
)
from recommendations.models.corrections import SUBJECTS
from recommendations.models.packs import PackQuerySet
from recommendations.models.withholdings import MARKERS
from recommendations.queries.withheld_places import (
    Column,
    Found,
    Place,
    Spans,
    candidates,
    column_of,
    columns,
    find,
    markers_in,
    passages_in,
    places_of,
    spans_of,
    whole,
    with_each_text,
)
from recommendations.utils.spellings import Spellings as OtherSpellings
from recommendations.utils.spellings import other_spellings

COPIES = ("audit_auditentry", "recommendations_earliervalue")
"""Tables with copies of what stands in another: the audit trail and the values that were shown before."""


MOST_PHRASES = 50
"""How many lines are looked for at once: each is looked for in every column."""
TOO_MANY = f"Enter up to {MOST_PHRASES} lines. Take the others off the record afterwards"


def phrases(words: str) -> list[str]:
    """Return what is looked for: each line by itself, those without a letter or digit left out."""
    lines = [line.strip() for line in clean_text(words).split("\n")]
    return list(dict.fromkeys(line for line in lines if any(char.isalnum() for char in plain_words(line))))


def find_words(wanted: Sequence[str]) -> list[Found]:
    """Return every place where one of the phrases stands."""
    return find(wanted)


TELLING = 20
"""A text of so many characters is taken for a copy wherever it stands; a shorter one may stand elsewhere by chance."""

NAMES = {"number", "reference", "reference_prefix", "body_name", "short_name", "response_basis"}
"""Columns by which an entry is found and known. They stay when an entry is withheld; words in them can be withheld."""


def telling(texts: Iterable[str]) -> list[str]:
    """Return the texts that are long enough to be looked for everywhere."""
    return list(dict.fromkeys(text for text in texts if len(plain_words(text)) >= TELLING))


def find_entry(entry: models.Model) -> tuple[list[Found], list[Found], Spans]:
    """Return the texts of an entry, and the passages elsewhere that are copies of them, with what finds these."""
    rows: list[models.Model] = [entry]
    if isinstance(entry, Recommendation):
        rows += WordingChange.objects.filter(recommendation=entry)
    corrections = Correction.objects.about(entry) if entry._meta.model_name in SUBJECTS else ()
    own = [one for row in rows for one in texts_of(row)]
    own += [one for correction in corrections for one in texts_of(correction, ["reason"])]
    of_rows = [place for row in [*rows, *corrections] for place in _copies_of(row)]
    of_rows += [place for correction in corrections for place in _both_versions(correction)]
    texts = telling(passage for one in own for passage in one.passages)
    everywhere = spans_of(texts)
    told = {name for row in rows for name in _told_columns(type(row))}
    earlier = {text for place in of_rows for text in _texts_at(place, told)}

    def spans(text: str) -> list[tuple[int, int]]:
        return whole(text) if text in earlier else everywhere(text)

    copies = copies_of(texts, own)
    known = {one.place.key for one in copies}
    copies = passages_in((one.place for one in copies), spans)
    copies += [one for one in passages_in(of_rows, spans) if one.place.key not in known]
    return own, copies, spans


OF_A_FILE = ("title", "file_name", "public_summary")
"""The texts of a file or link that are withheld with it, unless they tell nothing."""


def find_file(evidence: Evidence, *, with_title: bool = True) -> tuple[list[Found], list[Found], Spans]:
    """Return the texts of this file or link wherever it was added, and the passages elsewhere that read like one of them,
    with what finds these.
    """
    names = ["url", *(OF_A_FILE if with_title else ())]
    own = [one for row in same_files(evidence) for one in texts_of(row, names)]
    texts = telling(passage for one in own for passage in one.passages)
    return own, copies_of(texts, own), spans_of(texts)


def copies_of(texts: Sequence[str], own: Iterable[Found]) -> list[Found]:
    """Return where the texts stand, but for the places of `own` themselves."""
    keys = {one.place.key for one in own}
    return [one for one in find(texts) if one.place.key not in keys or one.place.inside]


def texts_of(entry: models.Model, names: Collection[str] | None = None) -> Iterator[Found]:
    """Yield the texts of a row that can be withheld whole: all but its names, or those of the columns named."""
    for place in places_of(type(entry), entry.pk):
        if place.column.name in names if names is not None else _is_told(place.column):
            yield from passages_in([place], whole)


def _is_told(column: Column) -> bool:
    """Return whether a column is a text of its entry, not its name or a web address."""
    return column.name not in NAMES and not isinstance(column.field, models.URLField)


def _told_columns(model: type[models.Model]) -> set[str]:
    """Return the columns of an entry that are withheld with it, and the keys that follow from them."""
    told = [column for column in columns().get(model, []) if _is_told(column)]
    return {column.name for column in told} | {str(key.column) for column in told for key in column.keys}


def same_files(evidence: Evidence) -> models.QuerySet[Evidence]:
    """Return the evidence with this very file or link that is not withheld."""
    rows = Evidence.objects.filter(withholding__isnull=True)
    if evidence.sha256:
        return rows.filter(sha256=evidence.sha256)
    return rows.filter(url=evidence.url).exclude(url="")


def same_file_elsewhere(evidence: Evidence) -> models.QuerySet[Evidence]:
    """Return other evidence with this very file or link that is not withheld."""
    return same_files(evidence).exclude(pk=evidence.pk)


def files_still_served(withholding: Withholding) -> list[str]:
    """Return the stored names of files that a standing withholding took and that are still where files are served from."""
    if not withholding.stands:
        return []
    names = [one.served.name for one in withholding.files.with_owner()]
    return [name for name in names if name and default_storage.exists(name)]


def _copies_of(entry: models.Model) -> list[Place]:
    """Return what the audit trail and the earlier values hold of a row."""
    table, places = entry._meta.db_table, []
    for copies, row in zip(COPIES, ("row_key", "row_id::text"), strict=True):
        names = ("before", "after") if copies == COPIES[0] else ("before",)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id::text, {', '.join(f'to_jsonb({name})::text' for name in names)} FROM {copies}"  # noqa: S608 (one of two tables)
                f" WHERE table_name = %s AND {row} = %s",
                [table, str(entry.pk)],
            )
            for key, *values in cursor.fetchall():
                places += [
                    Place(copies, key, column_of(copies, name), value)
                    for name, value in zip(names, values, strict=True)
                    if value
                ]
    return places


def _both_versions(correction: Correction) -> list[Place]:
    """Return what a correction says was recorded, and what is right."""
    return [place for place in places_of(Correction, correction.pk) if place.column.is_json]


def _texts_at(place: Place, names: Collection[str]) -> Iterator[str]:
    """Yield the texts of these columns in a copy of a row."""
    row: dict[str, Any] = json.loads(place.value) or {}
    yield from (value for name, value in row.items() if name in names and isinstance(value, str) and value)


def name_of(place: Place) -> str:
    """Return the name of a place for a form: table, row and column."""
    return ":".join(place.key)


def without(found: Iterable[Found], keep: Collection[str]) -> list[Found]:
    """Return those that are not to be kept: copies of a kept row are kept as well."""
    if not keep:
        return list(found)
    rows = {tuple(name.split(":")[:2]) for name in keep}
    return [
        one
        for one in found
        if name_of(one.place) not in keep
        and not (one.place.table in COPIES and _copied_row(one.place) in rows)
    ]


def _copied_row(place: Place) -> tuple[str, str]:
    """Return the table and the row of which an entry of the audit trail, or an earlier value, is a copy."""
    row = "row_key" if place.table == COPIES[0] else "row_id::text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT table_name, {row} FROM {place.table} WHERE id = %s", [place.row])  # noqa: S608 (one of two tables)
        return tuple(cursor.fetchone())


def by_place(withholding: Withholding) -> dict[tuple[str, str, str], list[SealedText]]:
    """Return what a withholding sealed, by table, row and column."""
    places = defaultdict(list)
    for text in withholding.texts.all():
        places[text.table_name, text.row_key, text.column_name].append(text)
    return dict(places)


def values_of(key: tuple[str, str, str]) -> list[Place]:
    """Return the column of the row as it is now, if it is there, and all that is sealed of it."""
    table, row, name = key
    column, quote = column_of(table, name), connection.ops.quote_name
    text = f"to_jsonb({quote(name)})::text" if column.is_json else quote(name)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {text} FROM {quote(table)} WHERE {quote(column.primary)} = %s",  # noqa: S608 (our own tables and columns)
            [row],
        )
        places = [Place(table, row, column, value) for (value,) in cursor.fetchall() if value]
    sealed = SealedText.objects.filter(table_name=table, row_key=row, column_name=name).exclude(original="")
    return [*places, *(Place(table, row, column, one.original, inside=one.pk) for one in sealed)]


def copies_made_since(withholding: Withholding) -> list[SealedText]:
    """Return what would be sealed of the places to which the product copied a text with a marker in it, each once, not saved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.copied_table, c.copied_row, c.copied_column, s.marker, s.original"
            " FROM recommendations_sealedtext s,"
            " LATERAL copies_of(s.table_name, s.row_key, s.column_name, s.marker) c"
            " WHERE s.withholding_id = %s AND s.original <> '' AND NOT EXISTS (SELECT 1 FROM recommendations_sealedtext o"
            " WHERE (o.table_name, o.row_key, o.column_name, o.marker)"
            " = (c.copied_table, c.copied_row, c.copied_column, s.marker))",
            [withholding.pk],
        )
        found = [((table, row, name), marker, original) for table, row, name, marker, original in cursor]
    return [
        SealedText(
            withholding=withholding,
            table_name=key[0],
            row_key=key[1],
            column_name=key[2],
            marker=marker,
            original=original,
        )
        for key, marker, original in found
        if any(marker in place.value for place in values_of(key))
    ]


def with_originals(place: Place, texts: Iterable[SealedText]) -> str:
    """Return the value of the place with the originals in the place of their markers."""
    originals = {text.marker: text.original for text in texts}

    def put_back(text: str) -> str:
        for marker, original in originals.items():
            text = text.replace(marker, original)
        return text

    return with_each_text(place, put_back)


def originals_of(withholding: Withholding) -> list[tuple[SealedText, str]]:
    """Return each text that a withholding took, with how it read when nothing was withheld: what another withholding has taken
    of it stands in it again. "" once it is erased.
    """
    texts = list(withholding.texts.all())
    within = [one for one in texts if markers_in(one.original)]
    others: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for one in SealedText.objects.filter(
        table_name__in={one.table_name for one in within},
        row_key__in={one.row_key for one in within},
        column_name__in={one.column_name for one in within},
    ).exclude(original=""):
        others[one.table_name, one.row_key, one.column_name][one.marker] = one.original
    return [
        (one, _with_originals(one.original, others[one.table_name, one.row_key, one.column_name]))
        for one in texts
    ]


def _with_originals(text: str, originals: dict[str, str]) -> str:
    """Return the text with the originals in the place of markers, also of those that stand in another original."""
    left = dict(originals)
    while standing := markers_in(text) & left.keys():
        for marker in standing:
            text = text.replace(marker, left.pop(marker))
    return text


def words_of(withholding: Withholding) -> list[str]:
    """Return what a withholding took, each text once however it was written; nothing once it is erased.

    A text with the marker of another withholding in it, such as a copy made after that one, can't be looked for.
    """
    originals = [text for _, text in originals_of(withholding) if text and not markers_in(text)]
    each = {plain_words(original): original for original in originals}
    return list(each.values()) if withholding.kind == WithholdingKind.WORDS else telling(each.values())


def still_there(wanted: Sequence[str]) -> tuple[list[Found], list[Found], Spans, OtherSpellings]:
    """Return every place where one of the phrases stands now, and where another spelling of one does, with what finds these and
    what they are; but for what is sealed.
    """
    exact, other = spans_of(wanted), other_spellings(wanted)

    def spans(text: str) -> list[tuple[int, int]]:
        taken = [match.span() for match in MARKERS.finditer(text)] + exact(text)
        return [
            (start, end)
            for start, end in other.spans(text)
            if not any(start < last and first < end for first, last in taken)
        ]

    places = [one for one in candidates(wanted, other.pattern) if one.inside is None] if wanted else []
    return passages_in(places, exact), passages_in(places, spans), spans, other


def packs_holding(withholding: Withholding) -> PackQuerySet:
    """Return the packs whose texts or frozen content held the words. Their content has markers now; their files don't."""
    rows = withholding.texts.filter(table_name=Pack._meta.db_table).values_list("row_key", flat=True)
    return Pack.objects.filter(pk__in=set(rows))
