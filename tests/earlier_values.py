"""Which columns' earlier values the database keeps, read from the triggers themselves."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def kept_columns(model: Any) -> set[str]:
    """The columns whose earlier values the model's trigger keeps, and the lists that the triggers of their tables keep."""
    kept: set[str] = set()
    for trigger in model._meta.triggers:
        if trigger.name == "earlier_values":
            compiled = str(trigger.condition.resolve(model))
            kept |= {
                part.split(" ")[0].removeprefix('"').removesuffix('"') for part in compiled.split("OLD.")[1:]
            }
    for field in model._meta.many_to_many:
        names = {
            trigger.name
            for table in apps.get_models()
            if table._meta.proxy_for_model is field.remote_field.through
            for trigger in getattr(table._meta, "triggers", ())
        }
        if {"earlier_added", "earlier_taken"} <= names:
            kept.add(field.name)
    return kept
