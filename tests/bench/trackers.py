"""Trackers of many lines as files, for the bench: plain tables of invented recommendations, with several dated updates each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests import tracker_files as files

HEADS = ("Ref", "Recommendation", "Addressed to", "Response", "Progress", "Status", "Target date", "Notes")
SERVICES = (
    "Libraries",
    "Footpaths",
    "Allotments",
    "Street lamps",
    "Playgrounds",
    "Ferries",
    "Car parks",
    "Museums",
)
DEEDS = (
    "publishes its plan for each village and reviews it with the people who live there",
    "names one officer who answers for the work, and tells the committee who it is",
    "sets out what it costs, who pays and what is saved by the end of the second year",
    "writes to every parish council before the budget is set, and reports what they said",
)
RESPONSES = ("Agreed", "Agreed", "Partially agreed", "Rejected: there is no budget for it before 2027")
STATUSES = ("On track", "At risk", "Not started", "Delayed")
FIRST_DAY = dt.date(2024, 4, 1)


def tracker(file_format: str, lines: int, owners: Sequence[str]) -> bytes:
    """Return a tracker of so many lines as the bytes of a file: "xlsx" or "docx"."""
    rows = [
        [escape(words) for words in each] for each in [HEADS, *(_line(at, owners) for at in range(lines))]
    ]
    title = escape("Environment Select Committee: recommendations, position at 30 September 2025")
    if file_format == "docx":
        return files.word(files.para(title) + files.table(*(files.row(*each) for each in rows)))
    return files.workbook(files.sheet_data([title], *rows), names=["Tracker"])


def _line(at: int, owners: Sequence[str]) -> list[str]:
    begun = FIRST_DAY + dt.timedelta(days=at % 300)
    service, deed = SERVICES[at % len(SERVICES)], DEEDS[at // 7 % len(DEEDS)]
    return [
        f"BENCH/{at // 1000 + 1}/{at % 1000 + 1}",
        f"That the {service} service of district {at + 1} {deed}.",
        owners[at % len(owners)],
        RESPONSES[at % len(RESPONSES)],
        f"{begun:%d/%m/%Y}: A first meeting was held with {at % 9 + 2} residents of district {at + 1}.\n"
        f"{begun + dt.timedelta(days=120):%d/%m/%Y}: The draft for district {at + 1} has been shared with all who asked for it.",
        STATUSES[at % len(STATUSES)],
        f"{begun + dt.timedelta(days=700):%d %B %Y}",
        f"Officer's file {at + 1}" if at % 5 == 0 else "",
    ]
