"""``manage.py bench``: how quick the pages and packs are, as ratios within one run. Use script/bench."""

from __future__ import annotations

import json
import os
import platform
from argparse import SUPPRESS, ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from committee import clock
from committee.accounts.models import User
from committee.database.cluster import Cluster
from recommendations.bench import fill, packs, pages
from recommendations.models import Recommendation

SCRATCH = "bench"
"""How the name of the scratch database begins."""
PACKS = (10, 60, 100, 500)


class Command(BaseCommand):
    help = (
        "Fills a scratch database with synthetic data, measures the main pages as ratios to a bare view and packs of"
        " several sizes, prints a table and writes var/bench/report.json."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", choices=list(fill.SIZES), default="large", help="how much there is (default: large)"
        )
        parser.add_argument("--pages", action="store_true", help="measure the pages only")
        parser.add_argument("--packs", action="store_true", help="measure the packs only")
        parser.add_argument(
            "--keep", action="store_true", help="use the scratch database that is there, and leave it there"
        )
        parser.add_argument("--one-pack", type=int, help=SUPPRESS)

    def handle(self, *, size: str, keep: bool, one_pack: int | None, **options: Any) -> None:
        self._only_scratch()
        if one_pack:
            self.stdout.write(json.dumps(packs.measure(one_pack)))
            return
        both = options["pages"] == options["packs"]
        report = self._begin(size)
        self._prepare(keep)
        try:
            wanted = [fill.SIZES[size]]
            if size in ("large", "host") and (both or options["pages"]):
                wanted.insert(0, fill.SIZES["typical"])
            for each in wanted:
                if Recommendation.objects.count() > each.recommendations:
                    self.say(f"The scratch database holds more than {each.name}: it is left out.")
                    continue
                self._fill(each)
                if both or options["pages"]:
                    measured = pages.measure(each, say=self.say)
                    report["pages"][each.name] = [asdict(page) for page in measured]
            if both or options["packs"]:
                for number in PACKS:
                    self.say(f"A pack of {number}")
                    report["packs"].append(packs.measure_apart(number))
            self._write(report)
        finally:
            if not keep:
                self._drop()

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _only_scratch(self) -> None:
        name = str(settings.DATABASES["default"]["NAME"])
        if not name.startswith(SCRATCH) and not settings.TESTING:
            raise CommandError(
                "The bench writes synthetic data and works in a database of its own, whose name begins with"
                f" “{SCRATCH}”. Use: script/bench"
            )

    @property
    def _cluster(self) -> Cluster | None:
        found = settings.DATABASES["default"].get("CLUSTER")
        return found if isinstance(found, Cluster) and not settings.TESTING else None

    def _prepare(self, keep: bool) -> None:
        if self._cluster is not None and not keep:
            self._cluster.use()
            self._cluster.drop_database(str(settings.DATABASES["default"]["NAME"]))
            self._cluster.make_database(str(settings.DATABASES["default"]["NAME"]))
        if not settings.TESTING:
            self.say("Making the tables")
            call_command("migrate", verbosity=0)
        if User.objects.exclude(email__endswith="@bench.example").exists():
            raise CommandError("This database holds people of its own. Give the bench an empty one.")

    def _fill(self, size: fill.Size) -> None:
        self.say(f"{size.name}: {size.recommendations:,} recommendations, {size.updates:,} updates")
        fill.grow(size, self.say)
        if not connection.in_atomic_block:
            fill.vacuum()
        wrong = fill.differing()
        if wrong:
            raise CommandError(f"What was written is not consistent: {'; '.join(wrong[:5])}")

    def _drop(self) -> None:
        if self._cluster is not None:
            connections.close_all()
            self._cluster.drop_database(str(settings.DATABASES["default"]["NAME"]))

    def _begin(self, size: str) -> dict[str, Any]:
        return {
            "at": clock.now().isoformat(timespec="seconds"),
            "size": size,
            "machine": {
                "cores": os.cpu_count(),
                "system": f"{platform.system()} {platform.machine()}",
                "python": platform.python_version(),
                "debug": settings.DEBUG,
            },
            "pages": {},
            "packs": [],
        }

    def _write(self, report: dict[str, Any]) -> None:
        place = settings.VAR / "bench"
        place.mkdir(parents=True, exist_ok=True)
        (place / "report.json").write_text(json.dumps(report, indent=1) + "\n")
        for line in table(report):
            self.say(line)
        self.say("Written to var/bench/report.json")


def table(report: dict[str, Any]) -> list[str]:
    """The report as plain lines."""
    lines: list[str] = []
    names = list(report["pages"])
    if names:
        lines.append(
            f"{'page':<40}" + "".join(f"{name + ' ms':>12}{'x bare':>8}{'queries':>9}" for name in names)
        )
        for rows in zip(*report["pages"].values(), strict=True):
            line = f"{rows[0]['name']:<40}" + "".join(
                f"{row['milliseconds']:>12.1f}{row['ratio']:>8.1f}{row['queries']:>9}" for row in rows
            )
            if len(rows) > 1:
                line += f"   {rows[-1]['milliseconds'] / rows[0]['milliseconds']:.2f} of {names[0]}"
            lines.append(line)
    if report["packs"]:
        lines.append(
            f"{'pack of':>8}{'pages':>7}{'seconds':>9}{'printing':>10}{'each':>8}{'MB':>6}{'faults':>8}"
            f"{'Chromium s':>12}{'pages':>7}{'MB':>6}{'faults':>8}{'ours is':>9}"
        )
        for row in report["packs"]:
            each = row["printing_seconds"] / max(1, row["recommendations"])
            line = (
                f"{row['recommendations']:>8}{row['pages']:>7}{row['seconds']:>9.2f}{row['printing_seconds']:>10.2f}{each:>8.3f}"
                f"{row['megabytes']:>6}{_number(row['faults']):>8}"
            )
            if row.get("browser_seconds"):
                line += (
                    f"{row['browser_seconds']:>12.2f}{row['browser_pages']:>7}{row['browser_megabytes']:>6}"
                    f"{_number(row['browser_faults']):>8}{row['printing_seconds'] / row['browser_seconds']:>8.2f}x"
                )
            lines.append(line)
    return lines


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)
