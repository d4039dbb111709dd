"""Packs of several sizes, each made in a process of its own so that its memory can be told."""

from __future__ import annotations

import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

from committee import clock
from committee.accounts.models import User
from recommendations.models import Meeting, Pack, Recommendation
from recommendations.packs.content import build_content, content_hash
from recommendations.packs.html import screen_html
from recommendations.packs.pdf import worker_pool
from recommendations.packs.pdf.document import made_with, make_pdf
from recommendations.packs.values import Data
from tests.bench import fill

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""So that nothing but printing is timed: without them a browser on a closed network waits for answers."""

TRIES = 2
"""How often both print; the better one counts. Nothing of a pack is kept from one to the next."""


def measure_apart(number: int) -> dict[str, Any]:
    """What ``measure`` says, from another process."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--one-pack", str(number)],
        cwd=settings.BASE_DIR,
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
    tries: list[float] = []
    for _ in range(TRIES):
        started = time.perf_counter()
        printed = make_pdf(content, content_hash=digest, made_with=software)
        tries.append(time.perf_counter() - started)
    peak = _megabytes()
    ours = {
        "recommendations": len(chosen),
        "pages": printed.pages,
        "seconds": round(min(tries) + read - began, 2),
        "printing_seconds": round(min(tries), 2),
        "megabytes_before": before,
        "megabytes": peak,
        "faults": _faults(printed.data),
    }
    return ours | _by_browser(screen_html(content, content_hash=digest, made_with=software))


def _warm(content: Data, digest: str, software: dict[str, str]) -> None:
    """Begin the processes that lay out pages, as a worker that has made a pack before has them."""
    few = {**content, "inquiries": [
        {**inquiry, "recommendations": inquiry["recommendations"][:1]} for inquiry in content["inquiries"][:1]
    ], "overdue": [], "escalated": [], "slips": [], "since": None}  # fmt: skip
    for _ in range(2):
        make_pdf(few, content_hash=digest, made_with=software)


def _megabytes() -> int:
    """The most memory this process and those that lay out pages have held so far, together."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = worker_pool.peaks()
    return (own + sum(children)) // 1024


def _by_browser(html: str) -> dict[str, Any]:
    """What headless Chromium needs to print the same page, and what it makes; nothing where there is none. Its memory is that of all its processes at the worst moment, shared pages counted once."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    tries = [_printed(browser, html) for _ in range(TRIES)] if browser else []
    if not tries:
        return {}
    best = min(tries, key=lambda one: one["browser_seconds"])
    return best | {"browser_megabytes": max(one["browser_megabytes"] for one in tries)}


def _printed(browser: str, html: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench") as place:
        page, pdf = Path(place) / "pack.html", Path(place) / "pack.pdf"
        page.write_text(html)
        began = time.perf_counter()
        process = subprocess.Popen(
            [
                browser,
                *FLAGS,
                f"--user-data-dir={place}/profile",
                f"--print-to-pdf={pdf}",
                "--no-pdf-header-footer",
                page.as_uri(),
            ],
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, _of_profile(place))
            time.sleep(0.1)
        seconds = round(time.perf_counter() - began, 2)
        data = pdf.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as document:
        pages = len(document.pages)
    return {
        "browser_seconds": seconds,
        "browser_megabytes": peak // 1024,
        "browser_pages": pages,
        "browser_faults": _faults(data),
    }


def _of_profile(place: str) -> int:
    """Kilobytes that the processes of this profile hold, each shared page parted among those that share it."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            if place.encode() in (entry / "cmdline").read_bytes():
                rollup = (entry / "smaps_rollup").read_text()
                total += int(rollup.split("Pss:")[1].split()[0])
        except (OSError, IndexError):  # it has ended meanwhile
            continue
    return total


def _faults(data: bytes) -> int | None:
    """How many faults a validator finds against PDF/UA-1 and PDF/A-3a together; None where none is installed, as on a
    server."""
    try:
        import page as validator
    except ImportError:
        return None
    limits = validator.SafetyLimits(max_reference_depth=20_000)
    profiles = (validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_3A)
    reports = [validator.validate_pdf_bytes(data, profile=profile, limits=limits) for profile in profiles]
    return sum(len(report.failures) for report in reports)
