"""Start the bench: ``python -m tests.bench``."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "committee.settings")
    django.setup()
    # Here, because models can be imported only once Django is set up; and the processes that lay out pages import this
    # file anew and need nothing of it.
    from tests.bench.command import main

    main(sys.argv[1:])
