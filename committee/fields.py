"""Columns for text that people type, cleaned however a row is written, and columns for the keys that follow from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Func, Q, TextField, Value
from django.db.models.expressions import Col, Combinable
from django.db.models.functions import Replace, StrIndex, Substr
from django.db.models.lookups import Contains

from committee.search_text import SearchText, folded
from committee.text import BEFORE_NAME, clean_line, clean_text, comparable, email_address, sort_key


@lru_cache(maxsize=4096)  # there are about 500 columns, most of them under a name or two
def col_of(field: models.Field[Any, Any], alias: str, output_field: models.Field[Any, Any]) -> Col:
    """Return the column of a field that is read as another kind, the same one every time.

    Django keeps those of its own fields likewise: a query with an order compares all its columns, and to work out by what a
    new one is compared takes longer than to write its SQL.
    """
    return Col(alias, field, output_field)


class _CleanMixin(models.Field[Any, Any]):
    """Clean the text on its way to the database: by `save`, `create`, `bulk_create` and `update` alike."""

    clean_text: Callable[[str | None], str]
    plain: models.Field[Any, Any]
    """Django's own field of this kind."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = type(self).clean_text(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            value = type(self).clean_text(value)
        return super().get_db_prep_save(value, connection)

    def get_col(self, alias: str, output_field: models.Field[Any, Any] | None = None) -> Any:
        """Return the column for a query, of Django's own type, so that it goes together with other texts."""
        return col_of(self, alias, output_field or self.plain)

    def deconstruct(self) -> Any:
        """Return what migrations write: the column is an ordinary one."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{type(self.plain).__name__}", args, kwargs


ADDRESS_FORMAT = "Enter an e-mail address in the correct format, like name@example.com"


def plain_letters(address: str) -> None:
    """Raise ValidationError for an e-mail address with letters beyond ASCII."""
    if not address.isascii():
        raise ValidationError(ADDRESS_FORMAT)


class CleanCharField(_CleanMixin, models.CharField[str | Combinable, str]):
    """A line of text as `clean_line` keeps it."""

    plain = models.CharField()
    clean_text = staticmethod(clean_line)


class CleanTextField(_CleanMixin, models.TextField[str | Combinable, str]):
    """Lines of text as `clean_text` keeps them."""

    plain = models.TextField()
    clean_text = staticmethod(clean_text)


class CleanURLField(_CleanMixin, models.URLField[str | Combinable, str]):
    """A web address as `clean_line` keeps it."""

    plain = models.URLField()
    clean_text = staticmethod(clean_line)


class CleanEmailField(_CleanMixin, models.EmailField[str | Combinable, str]):
    """An e-mail address as `email_address` keeps it, in plain letters: no mail server of ours takes others, and "ı" would
    pass for "i".
    """

    plain = models.EmailField()
    clean_text = staticmethod(email_address)
    default_validators = [EmailValidator(message=ADDRESS_FORMAT), plain_letters]


class SortKeyField(models.CharField[str | Combinable, str]):
    """The key that follows from the text of the field `of`: lists are ordered by it, and a name is unique by it.

    It is written with the row. `key` is `sort_key`, or `number_sort_key` for numbers and references.
    """

    def __init__(self, *, of: str = "", key: Callable[[str | None], str] = sort_key, **options: Any) -> None:
        self.of, self.key = of, key
        # Keys are made to be compared byte by byte; a server's own collation would pass over their blanks.
        for name, value in {"editable": False, "blank": True, "db_collation": "C", "default": ""}.items():
            options.setdefault(name, value)
        super().__init__(**options)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        made = self.key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, made)
        return made

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def named(column: str, word: str) -> Q:
    """Return the condition that the name behind this column, a SortKeyField, holds the word: whatever its case, and with
    or without its accents and apostrophes.

    Only the half of the key that is the name counts, not the one it is sorted by.
    """
    same = comparable(word)
    name = Substr(column, StrIndex(column, Value(BEFORE_NAME)) + len(BEFORE_NAME))
    condition = Q(Contains(name, same))
    if plain := " ".join(folded(same.replace("'", "")).split()):
        bare = SearchText(Replace(name, Value("'"), Value("")))
        blanks = Func(
            bare, Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
        )
        condition |= Q(Contains(blanks, plain))
    return condition
