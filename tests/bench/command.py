"""The command line of the bench, and the order in which it fills and measures."""

from __future__ import annotations

import json
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection

from recommendations.models import Recommendation
from tests.bench import fill, imports, packs, pages
from tests.bench.report import empty_report, table, write
from tests.bench.scratch import prepare, refuse_any_other

PACK_SIZES = (10, 60, 100, 500)


def main(arguments: Sequence[str]) -> None:
    """Measure what the command line asks for, print a table and write var/bench/report.json."""
    chosen = _parse(arguments)
    refuse_any_other()
    if chosen.one_pack:
        say(json.dumps(packs.measure(chosen.one_pack)))
        return
    if chosen.one_import:
        say(json.dumps(imports.measure(chosen.one_import, chosen.lines)))
        return
    report = empty_report(chosen.size)
    prepare()
    _measure(chosen, report)
    write(report)
    for line in [*table(report), "Written to var/bench/report.json"]:
        say(line)


def say(words: str) -> None:
    """Print a line at once, also where the output is a file."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _parse(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(
        prog="script/bench",
        description="Fills a scratch database with synthetic data, measures the main pages as ratios to a bare view"
        ", packs of several sizes and trackers brought in, prints a table and writes var/bench/report.json.",
    )
    parser.add_argument(
        "--size", choices=list(fill.SIZES), default="large", help="how much there is (default: large)"
    )
    parser.add_argument("--pages", action="store_true", help="measure the pages only")
    parser.add_argument("--packs", action="store_true", help="measure the packs only")
    parser.add_argument("--imports", action="store_true", help="measure trackers brought in only")
    parser.add_argument(
        "--lines", type=int, default=imports.LINES, help="how many lines a tracker has (default: 5,000)"
    )
    parser.add_argument("--one-pack", type=int, help=SUPPRESS)
    parser.add_argument("--one-import", choices=imports.FORMATS, help=SUPPRESS)
    return parser.parse_args(arguments)


def _measure(chosen: Namespace, report: dict[str, Any]) -> None:
    everything = not (chosen.pages or chosen.packs or chosen.imports)
    for size in _sizes(chosen.size, with_pages=everything or chosen.pages):
        if Recommendation.objects.count() > size.recommendations:
            say(f"The scratch database holds more than {size.name}: it is left out.")
            continue
        _fill(size)
        if everything or chosen.pages:
            report["pages"][size.name] = [asdict(page) for page in pages.measure(size, say=say)]
    if everything or chosen.packs:
        for number in PACK_SIZES:
            say(f"A pack of {number}")
            report["packs"].append(packs.measure_apart(number))
    if everything or chosen.imports:
        for file_format in imports.FORMATS:
            say(f"A tracker of {chosen.lines:,} lines, .{file_format}")
            report["imports"].append(imports.measure_apart(file_format, chosen.lines))


def _sizes(name: str, *, with_pages: bool) -> Iterator[fill.Size]:
    """Yield the size asked for; before a big one the typical, so that its pages can be compared."""
    if name in ("large", "host") and with_pages:
        yield fill.SIZES["typical"]
    yield fill.SIZES[name]


def _fill(size: fill.Size) -> None:
    say(f"{size.name}: {size.recommendations:,} recommendations, {size.updates:,} updates")
    fill.grow(size, say)
    if not connection.in_atomic_block:
        fill.vacuum()
    wrong = fill.differing()
    if wrong:
        sys.exit(f"What was written is not consistent: {'; '.join(wrong[:5])}")
