"""Expressions that are put into SQL once for all queries.

To put a subquery into SQL takes Django up to two milliseconds, often longer than the database takes to answer it, and a list
has several of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.db.models.expressions import Expression


class KeptSQL(Expression):
    """An expression over columns of a model's own rows that holds nothing of the day, the person or the request.

    In a query of that model its SQL is written once and kept. Anywhere else, and where the query goes into another one as a
    subquery, it is the expression itself. Raise ValueError when it is first used, if it reads a table that the query must join,
    sums rows up, or holds a day or a moment.
    """

    def __init__(self, model: type[Model], expression: Any) -> None:
        self.model, self.expression = model, expression
        super().__init__(output_field=expression.output_field)

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes two of them equal: the expression, by itself, because to compare it by its parts takes long."""
        return type(self), self.model, id(self.expression)

    @cached_property
    def _resolved(self) -> tuple[Any, Any]:
        """The query of all rows of the model with this expression, and the expression as it stands in it."""
        query = self.model._base_manager.order_by().annotate(kept=self.expression).query
        if [name for name, uses in query.alias_refcount.items() if uses] != [self.model._meta.db_table]:
            raise ValueError(f"SQL is kept only of what needs no join: {self.expression}")
        resolved = query.annotations["kept"]
        if resolved.contains_aggregate or resolved.contains_over_clause:
            raise ValueError(f"SQL is kept only of what each row has by itself: {self.expression}")
        return query, resolved

    @cached_property
    def _written(self) -> tuple[str, Any]:
        query, resolved = self._resolved
        # Of a copy: to write a subquery touches it, and other threads may use this one at the same time.
        sql, params = query.get_compiler("default").compile(resolved.relabeled_clone({}))
        if any(isinstance(one, dt.date) for one in params):
            raise ValueError(f"SQL is kept only of what is the same on every day: {self.expression}")
        return sql, params

    def resolve_expression(
        self,
        query: Any = None,
        allow_joins: bool = True,
        reuse: Any = None,
        summarize: bool = False,
        for_save: bool = False,
    ) -> Any:
        """Return this in a query of the model's rows, and the expression resolved by Django anywhere else."""
        own = query is not None and query.model is self.model and not summarize
        if own and query.get_initial_alias() == self.model._meta.db_table:
            # As Django does when it resolves subqueries: the query must not take their names when it becomes one itself.
            query.subq_aliases = query.subq_aliases | self._resolved[0].subq_aliases
            return self
        return self.expression.resolve_expression(query, allow_joins, reuse, summarize, for_save)

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Any:
        """Return this, or the expression where the table of the rows goes by another name."""
        if self.model._meta.db_table not in change_map:
            return self
        return self._resolved[1].relabeled_clone(change_map)

    def get_group_by_cols(self) -> list[Any]:
        columns = list(self._resolved[1].get_group_by_cols())
        return [self] if len(columns) == 1 and columns[0] is self._resolved[1] else columns

    def get_db_converters(self, connection: Any) -> list[Any]:
        return list(self._resolved[1].get_db_converters(connection))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the SQL and its parameters: a list of their own where it is one, because Django adds to it."""
        sql, params = self._written
        return sql, params[:]
