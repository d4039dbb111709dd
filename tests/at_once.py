"""Several people, or machines, that do the same thing at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

from committee import clock
from tests.factories import NOON

T = TypeVar("T")


def at_once(act: Callable[[], T], number: int) -> list[T]:
    """Do `act` in `number` threads that start together, each with a connection of its own, at noon on the day of the tests.

    Return what each gave. Raise what one of them raised, or TimeoutError for one that takes a minute. The test needs
    `transaction=True`: other connections don't see what is not committed.
    """
    start = threading.Barrier(number)

    def run() -> T:
        try:
            with clock.frozen(NOON):
                start.wait(10)
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return [one.result(60) for one in [pool.submit(run) for _ in range(number)]]
