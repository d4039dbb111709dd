"""Small trackers made by code, as the bytes of files: each test writes only what it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from recommendations.trackers.cells import Table, TrackerFile
from recommendations.trackers.files import read_tracker_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENT = f"{OFFICE}.wordprocessingml.document.main+xml"
WORKBOOK = f"{OFFICE}.spreadsheetml.sheet.main+xml"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """Return a part of relations, rId1 onwards, of these kinds and targets."""
    each = "".join(
        f'<Relationship Id="rId{at}" Type="{kind if kind.startswith("http") else f"{KIND}/{kind}"}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def content_types(main: str, part: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )


# ------------------------------------------------------------------ Word


def word(
    body: str, *, main: str = DOCUMENT, extra: Mapping[str, str | bytes] | None = None, **parts: str
) -> bytes:
    """Return a Word document with this body. `parts` are "styles", "numbering", "comments", "header", "footer", "theme"."""
    names = ("styles", "numbering", "comments", "header", "footer", "theme")
    body = body.replace("<w:tbl>", "<w:tbl><w:tblPr/>")
    return zipped(
        {
            "[Content_Types].xml": content_types(main, "word/document.xml"),
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": (
                f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
                f' xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>'
            ),
            "word/_rels/document.xml.rels": relations(*((name, f"{name}.xml") for name in names)),
            **{
                f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{xml}</w:{name}>' for name, xml in parts.items()
            },
            **(extra or {}),
        }
    )


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, *, style: str = "", numbered: tuple[int, int] | None = None, more: str = "") -> str:
    """Return a paragraph of runs, or of plain words. `numbered` is its list and its level."""
    content = content if content.startswith("<") or not content else run(content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    properties += more
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    content = content if content.startswith("<") else para(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells, or of plain words."""
    made = "".join(each if each.startswith(("<w:tc>", "<w:sdt>")) else cell(each) for each in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{made}</w:tr>"


def table(*rows: str, widths: Iterable[int] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def list_of(number: int, *levels: str, more: str = "") -> str:
    """Return a list with these levels, each "format text", and the number that paragraphs name it by."""
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{level.partition(" ")[0]}"/>'
        f'<w:lvlText w:val="{level.partition(" ")[2]}"/></w:lvl>'
        for at, level in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{more}</w:num>'
    )


# ------------------------------------------------------------------ Excel


def workbook(
    *sheets: str,
    names: Iterable[str] = (),
    states: Iterable[str] = (),
    strings: str = "",
    styles: str = "",
    about: str = "",
    main: str = WORKBOOK,
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook. Each sheet is what stands in its <worksheet>; `styles` in its <styleSheet>; `strings` in its <sst>."""
    names = list(names) or [f"Sheet{at}" for at in range(1, len(sheets) + 1)]
    states = [*states, *["visible"] * len(sheets)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" state="{states[at - 1]}" r:id="rId{at}"/>'
        for at, name in enumerate(names, 1)
    )
    targets = [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]
    targets += [("sharedStrings", "sharedStrings.xml")] if strings else []
    targets += [("styles", "styles.xml")] if styles else []
    return zipped(
        {
            "[Content_Types].xml": content_types(main, "xl/workbook.xml"),
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{about}<sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(*targets),
            **{
                f"xl/worksheets/sheet{at}.xml": f'<worksheet xmlns="{S}" xmlns:r="{R}">{sheet}</worksheet>'
                for at, sheet in enumerate(sheets, 1)
            },
            **({"xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>'} if strings else {}),
            **({"xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>'} if styles else {}),
            **(extra or {}),
        }
    )


def sheet_data(*rows: Iterable[str], first: int = 1) -> str:
    """Return rows of cells. A cell is its words, or an element as it stands in the file, without its place."""
    made = ""
    for number, cells in enumerate(rows, first):
        each = ""
        for column, content in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", cells, strict=False):
            if content.startswith("<c"):
                each += content.replace("<c", f'<c r="{column}{number}"', 1)
            elif content:
                each += f'<c r="{column}{number}" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'
        made += f'<row r="{number}">{each}</row>'
    return f"<sheetData>{made}</sheetData>"


def looks(*formats: str, fonts: str = "<font/>", fills: str = "<fill/>") -> str:
    """Return styles: each format is "code", with " font=N" and " fill=N" behind it where they are not the first."""
    codes, made = "", ""
    for at, each in enumerate(formats):
        code, *others = each.split(" @")
        font = next((one[5:] for one in others if one.startswith("font=")), "0")
        fill = next((one[5:] for one in others if one.startswith("fill=")), "0")
        codes += f'<numFmt numFmtId="{200 + at}" formatCode="{code}"/>'
        made += f'<xf numFmtId="{200 + at}" fontId="{font}" fillId="{fill}"/>'
    return f"<numFmts>{codes}</numFmts><fonts>{fonts}</fonts><fills>{fills}</fills><cellXfs>{made}</cellXfs>"


# ------------------------------------------------------------------ reading them


def read(content: bytes | str, name: str = "tracker", **chosen: str) -> TrackerFile:
    """Return what is read of a file with this content."""
    return read_tracker_file(
        io.BytesIO(content.encode() if isinstance(content, str) else content), name, **chosen
    )


def words(table: Table) -> list[list[str]]:
    """Return the words of each cell, row by row."""
    return [[each.text for each in one.cells] for one in table.rows]


def kinds(file: TrackerFile) -> dict[str, str]:
    """Return what the notices say by their kind."""
    return {notice.kind: notice.sentence for notice in file.notices}
