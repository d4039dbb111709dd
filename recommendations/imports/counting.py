"""Goes through the steps of applying without the rows that they would make: thousands of models take seconds to make."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from recommendations.actions.import_writer import ImportWriter
from recommendations.models import Assessment, Assignment

FIRST_CLAIM = Assignment._meta.get_field("claim").get_default()
ASKED_AGAIN = (Assignment, Assessment)
"""The rows that later steps hold lines against. Of the others there are many thousands."""


class Counted:
    """Stands for a row that would be made: it has the values that it is given, and none in its other columns."""

    pk: int | None = None
    claim: str = FIRST_CLAIM

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        if name.endswith("_id"):
            return getattr(self.__dict__.get(name.removesuffix("_id")), "pk", None)
        if name.startswith("__"):
            raise AttributeError(name)
        return None


class CountingWriter(ImportWriter):
    """Writes nothing, and keeps what would be made to be counted."""

    def add(self, model: type[Model], **values: Any) -> Any:
        """Put what stands for a row in `made`: of what is only counted, whether it has an exempt part."""
        row = Counted(**values) if model in ASKED_AGAIN else bool(values.get("exempt_text"))
        self.made[model].append(row)
        return row
