"""An empty database and one that was begun before come to the same tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db.migrations import Migration, RunSQL
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

APP = "recommendations"
ONLY_FOR_ROWS = "UPDATE recommendations_assignment SET claimed_on"
"""Begins what a single step does for rows that are there, of which an empty database has none."""


def at_once_and_by_steps() -> Iterable[tuple[MigrationLoader, Migration]]:
    loader = MigrationLoader(None)
    for migration in loader.disk_migrations.values():
        if migration.app_label == APP and migration.replaces:
            yield loader, migration


def statements(migrations: Iterable[Migration]) -> set[str]:
    """Return the SQL that the migrations run as it is written."""
    return {str(one.sql) for each in migrations for one in each.operations if isinstance(one, RunSQL)}


def triggers(state: ProjectState) -> set[tuple[str, str]]:
    """Return the SQL that makes each trigger, beside its model's name."""
    models = [(name, model) for (app, name), model in state.models.items() if app == APP]
    return {(name, one.install_sql) for name, model in models for one in model.options.get("triggers", [])}


def test_all_at_once_makes_what_single_steps_make() -> None:
    for loader, at_once in at_once_and_by_steps():
        steps = MigrationLoader(None, replace_migrations=False)
        by_steps = steps.project_state(at_once.replaces[-1])
        made = loader.project_state((APP, at_once.name))
        for one, other in ((by_steps, made), (made, by_steps)):
            assert MigrationAutodetector(one, other).changes(steps.graph, trim_to_apps={APP}) == {}
        assert triggers(by_steps) == triggers(made)
        replaced = [steps.disk_migrations[key] for key in at_once.replaces]
        wanted = {sql for sql in statements(replaced) if not sql.startswith(ONLY_FOR_ROWS)}
        assert statements([at_once]) == wanted


def test_there_is_one_to_look_at() -> None:
    assert apps.is_installed(APP)
    assert [migration.name for _, migration in at_once_and_by_steps()] == [
        "0001_squashed_0004_import_row_order"
    ]
