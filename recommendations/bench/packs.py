"""Packs of several sizes, each made in a process of its own so that its memory can be told."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.bench import fill
from recommendations.models import Meeting, Pack, Recommendation
from recommendations.packs.content import Data, build_content, content_hash
from recommendations.packs.html import screen_html
from recommendations.packs.paper import pool
from recommendations.packs.pdf import made_with, make_pdf

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def measure_apart(number: int) -> dict[str, Any]:
    """What ``measure`` says, from another process."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "bench", "--one-pack", str(number)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def measure(number: int) -> dict[str, Any]:
    """Make a pack of so many recommendations; nothing of it is kept."""
    chosen = list(
        Recommendation.objects.published()
        .filter(inquiry__committee=fill.FIRST_COMMITTEE)
        .order_by("pk")
        .values_list("pk", flat=True)[:number]
    )
    meeting = Meeting.objects.for_list().get(pk=fill.FIRST_COMMITTEE * 1000 + 9)
    clerk = User.objects.get(pk=fill.CLERK)
    pack = Pack(
        meeting=meeting, title="Progress on scrutiny recommendations", selection=chosen, created_by=clerk
    )
    before = _megabytes()
    began = time.perf_counter()
    content = build_content(pack, by=clerk, moment=clock.now().replace(microsecond=0))
    read = time.perf_counter()
    digest, software = content_hash(content), made_with()
    _warm(content, digest, software)
    warm = time.perf_counter()
    printed = make_pdf(content, content_hash=digest, made_with=software)
    done = time.perf_counter()
    peak = _megabytes()
    return {
        "recommendations": len(chosen),
        "pages": printed.pages,
        "seconds": round(done - warm + read - began, 2),
        "reading_seconds": round(read - began, 2),
        "megabytes_before": before,
        "megabytes": peak,
        "browser_seconds": _by_browser(screen_html(content, content_hash=digest, made_with=software)),
    }


def _warm(content: Data, digest: str, software: dict[str, str]) -> None:
    """Begin the processes that lay out pages, as a worker that has made a pack before has them."""
    few = {**content, "inquiries": [
        {**inquiry, "recommendations": inquiry["recommendations"][:1]} for inquiry in content["inquiries"][:1]
    ], "overdue": [], "escalated": [], "since": None}  # fmt: skip
    for _ in range(2):
        make_pdf(few, content_hash=digest, made_with=software)


def _megabytes() -> int:
    """The most memory this process and those that lay out pages have held so far, together."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = pool.peaks()
    return (own + sum(children)) // 1024


def _by_browser(html: str) -> float | None:
    """Seconds that headless Chromium needs to print the same page; None where there is none."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        return None
    with tempfile.TemporaryDirectory(prefix="bench") as place:
        page, pdf = Path(place) / "pack.html", Path(place) / "pack.pdf"
        page.write_text(html)
        began = time.perf_counter()
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={place}/profile",
                f"--print-to-pdf={pdf}",
                page.as_uri(),
            ],
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=300,
            check=False,
        )
        return round(time.perf_counter() - began, 2) if pdf.exists() else None
