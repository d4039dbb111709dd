"""Writes a document as Word, Excel, CSV or a web page, and says how its tables are called there."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from random import Random
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from tests.generated_trackers.grid import Document, Grid, GridRow, Spec, Words

W = nsdecls("w")
CHANGE = 'w:id="7" w:author="Clerk" w:date="2024-01-01T09:00:00Z"'


def write(document: Document, rng: Random) -> bytes:
    """Return the document as the bytes of its format."""
    return {"docx": _word, "xlsx": _excel, "csv": _delimited, "html": _web_page}[document.format](
        document, rng
    )


# ------------------------------------------------------------------ Word


def _word(document: Document, rng: Random) -> bytes:
    made = docx.Document()
    count = 0
    for block in document.blocks:
        if isinstance(block, Words):
            made.add_heading(block.text, block.heading) if block.heading else made.add_paragraph(block.text)
            continue
        count += 1
        block.place = count
        made.element.body.sectPr.addprevious(parse_xml(_word_table(block)))
        made.add_paragraph("") if rng.random() < 0.5 else None
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _run(text: str, *, struck: bool = False, tag: str = "w:t") -> str:
    lines = "<w:br/>".join(
        f'<{tag} xml:space="preserve">{_escaped(line)}</{tag}>' for line in text.split("\n")
    )
    return f"<w:r>{'<w:rPr><w:strike/></w:rPr>' if struck else ''}{lines}</w:r>" if text else ""


def _word_cell(spec: Spec, merge: str = "") -> str:
    properties = f'<w:tcW w:w="{1200 * spec.cols}" w:type="dxa"/>'
    if spec.cols > 1:
        properties += f'<w:gridSpan w:val="{spec.cols}"/>'
    if spec.rows > 1:
        properties += '<w:vMerge w:val="restart"/>'
    if merge:
        properties += "<w:vMerge/>"
    if spec.fill:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{spec.fill}"/>'
    runs = _run(spec.struck_before, struck=True)
    if spec.deleted_before:
        runs += f"<w:del {CHANGE}>{_run(spec.deleted_before, tag='w:delText')}</w:del><w:ins {CHANGE}>{_run(spec.text)}</w:ins>"
    else:
        runs += _run((" " if spec.struck_before else "") + spec.text if spec.text else "", struck=spec.struck)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{runs}</w:p></w:tc>"


def _word_table(grid: Grid) -> str:
    rows = []
    open_merges: dict[int, tuple[int, int]] = {}
    for row in grid.rows:
        cells = []
        for index, spec in enumerate(row.cells):
            if spec is not None:
                cells.append(_word_cell(spec))
                if spec.rows > 1:
                    open_merges[index] = (spec.rows - 1, spec.cols)
            elif index in open_merges:
                left, cols = open_merges.pop(index)
                cells.append(_word_cell(Spec(cols=cols), merge="continue"))
                if left > 1:
                    open_merges[index] = (left - 1, cols)
        properties = "<w:tblHeader/>" if row.is_header else ""
        properties += f"<w:del {CHANGE}/>" if row.deleted else ""
        rows.append(f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>")
    grid_columns = '<w:gridCol w:w="1200"/>' * grid.width
    return f"<w:tbl {W}><w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr><w:tblGrid>{grid_columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


# ------------------------------------------------------------------ Excel


def _excel(document: Document, rng: Random) -> bytes:
    book = openpyxl.Workbook()
    if book.active is not None:
        book.remove(book.active)
    for grid in document.grids:
        sheet = book.create_sheet(grid.name)
        grid.place = grid.name
        for number, row in enumerate(grid.rows, 1):
            sheet.row_dimensions[number].hidden = row.hidden
            for index, spec in enumerate(row.cells, 1):
                if spec is not None:
                    _put(sheet, number, index, spec, rng)
        for index in grid.hidden_columns:
            sheet.column_dimensions[get_column_letter(index + 1)].hidden = True
        if grid.hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Any, number: int, index: int, spec: Spec, rng: Random) -> None:
    cell = sheet.cell(number, index)
    if isinstance(spec.value, dt.date):
        cell.value = dt.datetime(spec.value.year, spec.value.month, spec.value.day)
        cell.number_format = rng.choice(["dd/mm/yyyy", "d mmm yyyy", "dd-mmm-yy"])
    elif spec.value is not None:
        cell.value = spec.value
    elif spec.struck_before:
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), spec.struck_before), f" {spec.text}")
    else:
        cell.value = spec.text or None
        if spec.text.startswith("="):
            cell.data_type = "s"
    if spec.fill:
        cell.fill = PatternFill("solid", fgColor=f"FF{spec.fill}")
    if spec.struck or spec.bold:
        cell.font = Font(strike=spec.struck, bold=spec.bold)
    if spec.rows > 1 or spec.cols > 1:
        sheet.merge_cells(
            start_row=number,
            end_row=number + spec.rows - 1,
            start_column=index,
            end_column=index + spec.cols - 1,
        )


# ------------------------------------------------------------------ CSV


def _delimited(document: Document, rng: Random) -> bytes:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=rng.choice([",", ",", ";", "\t"]), lineterminator=rng.choice(["\r\n", "\n"])
    )
    for grid in document.grids:
        grid.place = 1
        for row in grid.rows:
            writer.writerow([spec.text if spec else "" for spec in row.cells])
    encoding = rng.choice(["utf-8", "utf-8-sig", "cp1252"])
    return out.getvalue().encode(encoding, errors="replace")


# ------------------------------------------------------------------ web page


def _web_page(document: Document, rng: Random) -> bytes:
    count = 0
    parts = []
    layout = rng.random() < 0.3
    if layout:
        count += 1
    for block in document.blocks:
        if isinstance(block, Words):
            tag = f"h{block.heading}" if block.heading else "p"
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
            continue
        count += 1
        block.place = count
        parts.append(_web_table(block, rng))
    body = "\n".join(parts)
    if layout:
        body = f"<table width='100%'><tr><td><a href='#'>Home</a></td><td>{body}</td></tr></table>"
    encoding = rng.choice(["utf-8", "windows-1252"])
    page = f"<!DOCTYPE html><html><head><meta charset='{encoding}'><title>Papers</title></head><body>{body}</body></html>"
    return page.encode(encoding, errors="xmlcharrefreplace")


def _web_table(grid: Grid, rng: Random) -> str:
    heads = rng.random() < 0.5
    rows = "".join(_web_row(row, heads) for row in grid.rows)
    return f"<table border='1'>{rows}</table>"


def _web_row(row: GridRow, heads: bool) -> str:
    tag = "th" if row.is_header and heads else "td"
    cells = []
    for spec in row.cells:
        if spec is None:
            continue
        spans = f' rowspan="{spec.rows}"' if spec.rows > 1 else ""
        spans += f' colspan="{spec.cols}"' if spec.cols > 1 else ""
        style = f' style="background-color: #{spec.fill}"' if spec.fill else ""
        words = html.escape(spec.text).replace("\n", "<br>")
        if spec.struck and words:
            words = f"<s>{words}</s>"
        if spec.struck_before:
            words = f"<s>{html.escape(spec.struck_before)}</s> {words}"
        if spec.deleted_before:
            words = f"<del>{html.escape(spec.deleted_before)}</del><ins>{words}</ins>"
        cells.append(f"<{tag}{spans}{style}>{words or '&nbsp;'}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"
