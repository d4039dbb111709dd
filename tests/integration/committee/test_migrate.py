"""``manage.py migrate`` with a database that an earlier trial version made."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("recorded", [("recommendations", "0002_domain"), ("accounts", "0001_domain")])
def test_a_database_of_a_trial_version_is_refused_in_one_sentence(recorded: tuple[str, str]) -> None:
    MigrationRecorder(connection).record_applied(*recorded)
    with pytest.raises(CommandError) as refused:
        call_command("migrate", verbosity=0)
    said = str(refused.value)
    assert said.count(".") == 2  # the name of the migration has the other
    assert f"{recorded[0]}.{recorded[1]}" in said
    assert "use an empty database" in said


def test_other_apps_may_have_what_they_like() -> None:
    MigrationRecorder(connection).record_applied("an_app_that_was_removed", "0001_initial")
    call_command("migrate", verbosity=0)


def test_a_database_of_this_version_is_migrated() -> None:
    call_command("migrate", verbosity=0)
