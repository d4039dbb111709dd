#!/usr/bin/env python
"""Django's command-line utility for the recommendation tracker."""

import os
import sys

NO_INSTALLATION = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
    "SECRET_KEY": "signs-nothing-reads-a-file-and-asks-no-database",
    "SITE_URL": "http://127.0.0.1",
}
"""Settings for what reads a file and nothing else: a clerk's tracker is tried before there is an installation."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "committee.settings")
    if sys.argv[1:2] == ["import_tracker"] and "--dry-run" in sys.argv:
        for name, value in NO_INSTALLATION.items():
            os.environ.setdefault(name, value)
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("The Python packages are missing: run script/setup, then use .venv/bin/python manage.py.")
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        from committee import settings  # noqa: F401 - a wrong value is told in its own words, without a traceback
    except ImproperlyConfigured as problem:
        sys.exit(f"The settings need mending:\n{problem}")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as problem:
        sys.exit(f"The database cannot be used now: {' '.join(str(problem).split())}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
