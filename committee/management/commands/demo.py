from argparse import SUPPRESS, ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from committee import demo


class Command(BaseCommand):
    help = (
        "Runs the demonstration: the embedded database, the web server and a worker. Ctrl-C ends all of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port on this machine (default: 8000)")
        parser.add_argument(
            "--check", action="store_true", help="run the main job and write the pack, without serving"
        )
        parser.add_argument("--check-inside", action="store_true", help=SUPPRESS)

    def handle(self, *, port: int, check: bool, check_inside: bool, **_options: object) -> None:
        if not 1 <= port <= 65535:
            raise CommandError("--port: write a number from 1 to 65535.")
        if check_inside:
            demo.check_inside(self.say)
        elif check:
            demo.check(self.say)
        else:
            demo.serve(port, self.say)

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
