import os
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from committee.worker import work


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
        parser.add_argument(
            "--at-once",
            type=int,
            default=max(2, os.cpu_count() or 1),
            help="how many tasks to do at once (default: as many as there are processors, at least 2)",
        )

    def handle(self, *, queues: str, interval: float, at_once: int, **_options: object) -> None:
        if at_once < 1:
            raise CommandError("--at-once is a number from 1 on")
        work(queues=[name.strip() for name in queues.split(",")], interval=interval, at_once=at_once)
