"""Reads many random trackers and prints what was wrong and what was asked: python -m tests.generated_trackers [COUNT] [FIRST]."""

from __future__ import annotations

import sys
import traceback

from tests.generated_trackers.check import Count, answers_to, count, read
from tests.generated_trackers.layouts import make


def say(words: object) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{words}\n")


def main(number: int, first: int, shown: int) -> None:
    """Print the figures of `number` trackers from the seed `first`, and the first examples of what differs."""
    total, later = Count(), Count()
    for seed in range(first, first + number):
        document = make(seed)
        try:
            reading = read(document, seed)
            total += count(document, reading)
            following = make(seed, file=1)
            later += count(following, read(following, seed, answers_to(reading)))
        except Exception:
            say(f"tracker {seed} ({document.format}, {', '.join(document.hazards)}) fails:")
            traceback.print_exc(limit=-3)
            total.documents += 1
    for example in total.examples[:shown]:
        say(example)
    say(dict(total.by_field.most_common()))
    say(total)
    say(f"In the next file of its shape: {100 * later.asked / max(1, later.values):.2f} values in 100 asked")


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*[*arguments, *[1000, 0, 40][len(arguments) :]])
