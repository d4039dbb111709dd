"""Rows that are read with no more of other tables than is shown of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.query import ModelIterable


class _JoiningWhatIsSet(ModelIterable):
    """Iterate rows with those of their related rows whose column is set in any of the rows."""

    def __iter__(self) -> Iterator[Any]:
        rows: Any = self.queryset
        joined: Any = rows.query.select_related
        optional = [name for name in joined if rows.model._meta.get_field(name).null]
        about = list(rows.select_related(None).values_list(*optional))
        if not about:
            return
        unset = {name for name, *ids in zip(optional, *about, strict=True) if not any(ids)}
        narrowed = rows._chain()
        narrowed.query.select_related = {name: path for name, path in joined.items() if name not in unset}
        yield from ModelIterable(narrowed, self.chunked_fetch, self.chunk_size)


def joining_what_is_set(rows: QuerySet[Any]) -> Any:
    """Return the rows, to be read with what `select_related` names as far as any of them has it: in two queries, or in one
    where there is no row.

    Joining the tables of all that a row may be about takes the database and Django longer than reading the rows.
    """
    chosen: Any = rows.all()
    chosen._iterable_class = _JoiningWhatIsSet
    return chosen


def with_columns(rows: QuerySet[Any], *columns: str) -> Any:
    """Return the rows, to be read with these columns alone; "body__name" joins the table of the body.

    For lists, whose templates are known: Django takes as long to write each column into SQL as to make anything of it, and what
    was left out and is asked for all the same costs a query for each row.
    """
    joined = {column.rpartition("__")[0] for column in columns} - {""}
    return rows.select_related(None).select_related(*sorted(joined)).only(*columns)
