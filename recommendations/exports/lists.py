"""A list as a file: CSV, Excel or JSON of exactly what is shown, all its pages, in its order.

Never exempt text: columns are named one by one. What a person typed cannot act as a formula in a spreadsheet.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from committee import clock
from recommendations.exports.excel import excel

FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
"""The file name extensions of downloads, with their names on the page."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
"""How a formula may begin; Excel takes the wide signs of East Asian keyboards for plain ones."""
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column: its name in JSON, its title in spreadsheets, and how to read it from a row of the list."""

    name: str
    title: str
    read: Callable[[Any], Any]

    def value(self, row: Any) -> Any:
        """Return what the column has of a row: a day as a date, and one that stands for a longer time in words."""
        found = self.read(row)
        return getattr(found, "in_words", "") or found


@dataclass(frozen=True)
class Download:
    """A list to be written: the name of its file, its title, its columns and its rows, and its filters in words."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    filters: str = ""

    @property
    def full_title(self) -> str:
        """Return the title with the filters in force, such as "Bodies (Kind of body: School)"."""
        return f"{self.title} ({self.filters})" if self.filters else self.title

    @property
    def source(self) -> str:
        return settings.SITE_URL

    @property
    def file_name(self) -> str:
        return f"{self.name}-{clock.today().isoformat()}"


def downloads(route: str, *args: Any) -> list[tuple[str, str]]:
    """Return the name and the address of each format, for the foot of a list; the list's filters are appended there."""
    return [(f"Download as {words}", reverse(route, args=[*args, form])) for form, words in FORMATS.items()]


def answer(request: HttpRequest, form: str, download: Download) -> HttpResponseBase:
    """Return the list as a file of that format. Raise Http404 for a format that is not in FORMATS."""
    made: HttpResponseBase
    match form:
        case "xlsx":
            made = FileResponse(
                excel(
                    download.title,
                    [column.title for column in download.columns],
                    ([column.value(row) for column in download.columns] for row in download.rows),
                    described=download.full_title,
                ),
                as_attachment=True,
                filename=f"{download.file_name}.xlsx",
                content_type=EXCEL_TYPE,
            )
        case "json":
            made = _streamed(as_json(download), f"{download.file_name}.json", "application/json")
        case "csv":
            made = _streamed(as_csv(download), f"{download.file_name}.csv", "text/csv; charset=utf-8")
        case _:
            raise Http404("There is no such download")
    if request.user.is_authenticated:
        made["Cache-Control"] = "private, no-store"
    return made


def _streamed(lines: Iterator[str], name: str, content_type: str) -> StreamingHttpResponse:
    made = StreamingHttpResponse((line.encode() for line in lines), content_type=content_type)
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made


# ------------------------------------------------------------------ formats


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def _plain(value: Any) -> Any:
    """Return a value as CSV keeps it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    return harmless(value if isinstance(value, int) else str(value))


class _Echo:
    """A file that returns what is written to it, so that rows are sent one by one."""

    def write(self, line: str) -> str:
        return line


def as_csv(download: Download) -> Iterator[str]:
    """Yield UTF-8 with a byte order mark, which Excel needs to read accents and quotes correctly."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([column.title for column in download.columns])
    for row in download.rows:
        yield writer.writerow([_plain(column.value(row)) for column in download.columns])


def as_json(download: Download) -> Iterator[str]:
    """Yield an object with the list's title, its day, the publisher of the file, and its rows."""
    head = {
        "title": download.full_title,
        "as_at": clock.today(),
        "file_publisher": settings.COUNCIL_NAME,
        "source": download.source,
    }
    yield json.dumps(head, cls=DjangoJSONEncoder)[:-1] + ', "rows": ['
    between = "\n"
    for row in download.rows:
        facts = {column.name: column.value(row) for column in download.columns}
        yield between + json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"
