"""Reads many random trackers and prints what was wrong and what was asked: python -m tests.generated_trackers [COUNT] [FIRST]."""

from __future__ import annotations

import sys
import traceback

from tests.generated_trackers.check import Count, count, read
from tests.generated_trackers.layouts import make


def main(number: int, first: int, shown: int) -> None:
    """Print the figures of `number` trackers from the seed `first`, and the first examples of what differs."""
    total = Count()
    for seed in range(first, first + number):
        document = make(seed)
        try:
            total += count(document, read(document, seed))
        except Exception:
            print(f"tracker {seed} ({document.format}, {', '.join(document.hazards)}) fails:")  # noqa: T201  # a command
            traceback.print_exc(limit=-3)
            total.documents += 1
    for example in total.examples[:shown]:
        print(example)  # noqa: T201  # a command
    print(dict(total.by_field.most_common()))  # noqa: T201  # a command
    print(total)  # noqa: T201  # a command


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*[*arguments, *[1000, 0, 40][len(arguments) :]])
