#!/usr/bin/env python
"""Django's command-line utility for the recommendation tracker."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "committee.settings")
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
