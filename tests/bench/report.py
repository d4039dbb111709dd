"""What a run of the bench found, as a table and as a file."""

from __future__ import annotations

import json
import os
import platform
from typing import Any

from django.conf import settings

from committee import clock


def empty_report(size: str) -> dict[str, Any]:
    """Return a report of this machine that holds no figures yet."""
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
        "imports": [],
    }


def write(report: dict[str, Any]) -> None:
    """Keep the report as var/bench/report.json."""
    place = settings.VAR / "bench"
    place.mkdir(parents=True, exist_ok=True)
    (place / "report.json").write_text(json.dumps(report, indent=1) + "\n")


def table(report: dict[str, Any]) -> list[str]:
    """Return the report as plain lines: pages first, then packs, then imports."""
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
    return lines + _imports(report["imports"])


def _imports(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    heads = f"{'tracker':<10}{'lines':>7}{'preview s':>11}{'again s':>9}{'apply s':>9}{'undo s':>8}{'MB':>6}{'page ms':>9}"
    return [
        f"{heads}{'of admin':>10}{'load':>6}",
        *(
            f"{'.' + row['format']:<10}{row['lines']:>7}{row['preview']:>11.1f}{row['again']:>9.1f}{row['apply']:>9.1f}"
            f"{row['undo']:>8.1f}{row['megabytes']:>6}{row['page_ms']:>9.1f}{row['page_ratio']:>9.2f}x{row['load']:>6.1f}"
            for row in rows
        ),
    ]


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)
