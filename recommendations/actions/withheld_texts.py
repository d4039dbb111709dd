"""Move withheld words out of their columns, with a marker in their place, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from psycopg2.errors import UniqueViolation

from committee import clock
from recommendations.actions.base import ActionDenied
from recommendations.models import SealedText, Withholding
from recommendations.models.withholdings import marker_text
from recommendations.queries import withholdings
from recommendations.queries.withheld_places import Found, Place, Spans, cut, cut_text, markers_in, spans_of

NAME_IS_TAKEN = (
    "Something was given the same name, number or day meanwhile. Change that one first, then put this back"
)
LITTLE_ROOM = 20
"""How many characters a marker takes at most beside other words in a column with little room."""


@dataclass
class _Markers:
    """The markers of one withholding: one for each different passage, so that each can be put back as it was.

    `standing` are those that stand in the texts already. Somebody may have typed one before it was given.
    """

    withholding: Withholding
    standing: Collection[str]
    variants: dict[str, int] = field(default_factory=dict)
    last: int = -1

    def of(self, passage: str, room: int | None = None) -> str:
        if passage not in self.variants:
            self.variants[passage] = self._next()
        return self._text(self.variants[passage], room)

    def _next(self) -> int:
        self.last += 1
        while any(self._text(self.last, room) in self.standing for room in (None, LITTLE_ROOM)):
            self.last += 1
        return self.last

    def _text(self, variant: int, room: int | None) -> str:
        return marker_text(self.withholding.pk, clock.today(), variant, room)


def seal(withholding: Withholding, *parts: tuple[Iterable[Found], Spans]) -> None:
    """Move the passages of each place into sealed rows, and put markers in their place.

    All places are found before the first is sealed, so that nothing is looked for in what this withholding took itself.
    """
    places = [(one, spans) for found, spans in parts for one in found]
    markers = _Markers(withholding, {marker for one, _ in places for marker in markers_in(one.place.value)})
    for one, spans in places:
        shown, taken = _shown(one, spans, markers)
        known = set(
            SealedText.objects.filter(
                withholding=withholding, table_name=one.place.table, row_key=one.place.row
            ).values_list("column_name", "marker")
        )
        SealedText.objects.bulk_create(
            SealedText(
                withholding=withholding,
                table_name=one.place.table,
                row_key=one.place.row,
                column_name=one.place.column.name,
                marker=marker,
                original=passage,
            )
            for passage, marker in taken.items()
            if (one.place.column.name, marker) not in known
        )
        _write(one.place, shown)


def _shown(one: Found, spans: Spans, markers: _Markers) -> tuple[str, dict[str, str]]:
    """Return the value of the place with markers, and the passages that these stand for.

    Where the column has no room for a marker beside the rest, its whole text is taken.
    """
    room = None if one.place.column.is_json or one.place.inside else one.place.column.field.max_length
    for most in (None, LITTLE_ROOM):
        taken = {passage: markers.of(passage, most) for passage in one.passages}
        shown = cut(one.place, spans, taken.__getitem__)
        if room is None or len(shown) <= room:
            return shown, taken
    marker = markers.of(one.place.value, room)
    if not marker:
        raise ActionDenied("A number is too short to hold a mark. Change it by itself first")
    return marker, {one.place.value: marker}


def _write(place: Place, value: str) -> None:
    """Put the value in its place. Raise ActionDenied if the place changed meanwhile."""
    if place.inside is not None:
        SealedText.objects.filter(pk=place.inside).update(original=value)
        return
    column, quote = place.column, connection.ops.quote_name
    sets, parameters = [f"{quote(column.name)} = {_from_text(place)}"], [value]
    for key in column.keys:
        sets.append(f"{quote(str(key.column))} = %s")
        parameters.append(key.key(value))
    if any(one.name == "version" for one in column.model._meta.concrete_fields):
        sets.append("version = version + 1")
    text = f"to_jsonb({quote(column.name)})::text" if column.is_json else quote(column.name)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(place.table)} SET {', '.join(sets)} WHERE {quote(column.primary)} = %s AND {text} = %s",  # noqa: S608 (our own tables and columns)
            [*parameters, place.row, place.value],
        )
        if cursor.rowcount != 1:
            raise ActionDenied("Somebody changed one of these places just now. Look at them again")


def _from_text(place: Place) -> str:
    """Return the SQL that makes the column's value of its text."""
    if not place.column.is_json:
        return "%s"
    if place.column.cast.endswith("[]"):
        return f"ARRAY(SELECT jsonb_array_elements_text(%s::jsonb))::{place.column.cast}"
    return f"%s::{place.column.cast}"


def unseal(withholding: Withholding) -> None:
    """Put the words back in their columns, or into what an earlier or later withholding has sealed of the same column; also in
    what was copied from there while they were withheld.
    """
    try:
        with transaction.atomic():
            _seal_copies(withholding)
            for key, texts in withholdings.by_place(withholding).items():
                for place in withholdings.values_of(key):
                    shown = withholdings.with_originals(place, texts)
                    if shown != place.value:
                        _check_room(place, shown)
                        _write(place, shown)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise ActionDenied(NAME_IS_TAKEN) from error


def _seal_copies(withholding: Withholding) -> None:
    """Seal what the withholding took also for the places to which its marker was copied since, and the copies of these."""
    while copies := withholdings.copies_made_since(withholding):
        SealedText.objects.bulk_create(copies)


def _check_room(place: Place, shown: str) -> None:
    room = None if place.column.is_json or place.inside else place.column.field.max_length
    if room is not None and len(shown) > room:
        raise ActionDenied("A text was lengthened meanwhile and has no room for the words. Shorten it first")


def forget_in_sessions(withholding: Withholding, phrases: list[str]) -> None:
    """Replace the words in what sessions keep, such as messages that are not shown yet."""
    spans, marker = spans_of(phrases), marker_text(withholding.pk, clock.today(), 0)
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        replaced = _replace_in(kept, spans, marker)
        if replaced != kept:
            session.session_data = Session.objects.encode(replaced)
            session.save(update_fields=["session_data"])


def _replace_in(value: Any, spans: Spans, marker: str) -> Any:
    match value:
        case str():
            return cut_text(value, spans, lambda _: marker)
        case dict():
            return {key: _replace_in(one, spans, marker) for key, one in value.items()}
        case list() | tuple():
            return [_replace_in(one, spans, marker) for one in value]
    return value
