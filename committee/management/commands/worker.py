import contextlib
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import Error

from committee.worker import work
from recommendations.packs.recover import recover_packs


class Command(BaseCommand):
    help = (
        "Runs background tasks, such as making packs. Start as many as you like, on any number of machines."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--queues", default="*", help="the queues to serve, separated by commas (default: all)"
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds between looks at an empty queue"
        )

    def handle(self, *, queues: str, interval: float, **_options: object) -> None:
        # Packs that a killed worker left half-made; the worker waits for a database that is away, so this may fail.
        with contextlib.suppress(Error):
            recover_packs()
        work(queues=[name.strip() for name in queues.split(",")], interval=interval)
