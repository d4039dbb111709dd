"""An empty workbook for those who would rather start clean: its columns are understood without a question."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import cache

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

COLUMNS = (
    ("Reference", 14, "The council’s own, such as SR (25/26) 03, if there is one"),
    ("No.", 8, "Its number in the report: 1, 2, 3a"),
    ("Inquiry", 28, "The title of the inquiry or report"),
    ("Recommendation", 60, "The words of the report"),
    ("Addressed to", 30, "A body or a post. One on each line where there are several"),
    ("Date made", 16, "A day, or a month such as March 2024"),
    ("Priority", 12, "Top, high, or empty"),
    ("Response", 16, "Accepted, accepted in part, rejected, noted"),
    ("Reason for response", 40, "Their words"),
    ("Date of response", 16, "A day or a month"),
    ("Original target date", 18, "The first one that was agreed"),
    ("Revised target date", 18, "The present one, if it was moved"),
    ("Progress", 60, "What was done. Begin each report with its month: “March 2024: two are built.”"),
    ("Status", 14, "Not started, on track, at risk, off track, complete"),
    (
        "Outcome agreed by committee",
        26,
        "Only what the committee decided: implemented, not implemented, superseded",
    ),
    ("Date closed by committee", 18, "The day of the meeting"),
    ("Exempt", 14, "Not for publication, where something in the row is not"),
)
"""Each column's header, its width in characters, and what is written below it."""
TITLE = "Recommendations of the … Select Committee: position at …"


MADE = dt.datetime(2025, 4, 1)
"""When the workbook says it was made: always the same, so that its bytes are."""


@cache
def template_workbook() -> bytes:
    """Return the workbook as the bytes of an .xlsx file, the same each time."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Recommendations"
    sheet.append([TITLE])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([name for name, _, _ in COLUMNS])
    for at, (_, width, _) in enumerate(COLUMNS, 1):
        cell = sheet.cell(row=2, column=at)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A3"
    help_sheet = book.create_sheet("What goes where")
    for name, _, words in COLUMNS:
        help_sheet.append([f"{name}: {words[0].lower()}{words[1:]}"])
    help_sheet.column_dimensions["A"].width = 120
    book.properties.created = MADE
    file = io.BytesIO()
    book.save(file)
    return _undated(file)


def _undated(file: io.BytesIO) -> bytes:
    """Return the archive without the time at which it was written."""
    undated = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                before, _, after = content.partition(b"<dcterms:modified")
                content = before + after.partition(b"</dcterms:modified>")[2]
            new.writestr(zipfile.ZipInfo(part.filename, MADE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return undated.getvalue()
