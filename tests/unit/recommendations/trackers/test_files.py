"""Files are taken by their content; what can't be read is refused with one sentence that says why and what to do."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.trackers import limits
from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.files import read_tracker_file
from recommendations.utils import file_types
from tests.tracker_files import (
    content_types,
    para,
    read,
    relations,
    row,
    sheet_data,
    table,
    word,
    words,
    workbook,
    zipped,
)

TABLE = table(row("No.", "Status"), row("1", "Done"))
SHEET = sheet_data(["No.", "Status"], ["1", "Done"])
EXPECTED = [["No.", "Status"], ["1", "Done"]]


def refusal(content: bytes | str, name: str = "tracker.docx") -> str:
    with pytest.raises(CannotBeRead) as refused:
        read(content, name)
    sentence = str(refused.value)
    assert len(sentence) < 250
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word(TABLE), "docx"),
        (workbook(SHEET), "xlsx"),
        (b"No.,Status\n1,Done\n", "csv"),
        (b"No.\tStatus\n1\tDone\n", "csv"),
        (b"<table><tr><td>No.<td>Status<tr><td>1<td>Done</table>", "html"),
        (
            b"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x.dtd'>"
            b"<html xmlns='http://www.w3.org/1999/xhtml'><table><tr><td>No.</td><td>Status</td></tr><tr><td>1</td><td>Done</td>"
            b"</tr></table></html>",
            "html",
        ),
    ],
)
def test_the_name_does_not_matter(content, kind):
    file = read(content, "C:\\Users\\Sam\\wrong.exe")
    assert (file.format, file.name, words(file.tables[0])) == (kind, "wrong.exe", EXPECTED)


def test_a_file_by_its_path(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text("No.,Status\n1,Done\n")
    assert read_tracker_file(path).name == "tracker.csv"
    with pytest.raises(CannotBeRead, match="opened"):
        read_tracker_file(tmp_path / "missing.csv")


MACROS = "application/vnd.ms-{}.macroEnabled{}.main+xml"


@pytest.mark.parametrize(
    "content",
    [
        word(
            TABLE,
            main="application/vnd.ms-word.document.macroEnabled.main+xml",
            extra={"word/vbaProject.bin": b"x"},
        ),
        workbook(
            SHEET,
            main="application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            extra={"xl/vbaProject.bin": b"x"},
        ),
    ],
)
def test_macros_are_told_and_never_run(content):
    file = read(content)
    assert words(file.tables[0]) == EXPECTED
    assert [notice.kind for notice in file.notices] == ["macros"]


# ------------------------------------------------------------------ other kinds


def ole(*names: str) -> bytes:
    """Return a file of old Office, with these names in its directory."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 0)
    return bytes(header) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names).ljust(
        512, b"\0"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (ole("Root Entry", "EncryptedPackage"), "locked with a password"),
        (ole("Root Entry", "WordDocument"), "Old Word documents"),
        (ole("Root Entry", "Workbook"), "Old Excel workbooks"),
        (ole("Root Entry", "__substg1.0_001A001E"), "can't be read"),
        (b"{\\rtf1\\ansi That it be lit}", "Rich text"),
        (b"%PDF-1.7\n%\xe2\xe3\n%%EOF", "PDF files"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "Web archives"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(range(256)) * 8, "no file that can be read"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "no file that can be read"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "XML files"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "XML files"),
        (zipped({"a.docx": word(TABLE)}), "Archives"),
        (zipped({"[Content_Types].xml": content_types("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin"),
                 "xl/workbook.bin": b"x"}), ".xlsb"),
        (zipped({"[Content_Types].xml": content_types("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "ppt/presentation.xml")}), "Presentations"),
        (b"", "empty"),
    ],
)  # fmt: skip
def test_other_kinds_are_refused_with_what_to_do(content, expected):
    assert expected in refusal(content)


def test_the_zip_of_an_opendocument_is_known_by_its_first_part():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "OpenDocument" in refusal(file.getvalue())


# ------------------------------------------------------------------ damage and deceit


def test_a_file_that_was_cut_off():
    assert "damaged" in refusal(word(TABLE)[:-40])
    assert "damaged" in refusal(workbook(SHEET)[: len(workbook(SHEET)) // 2])


def test_a_part_that_was_changed():
    content = bytearray(word(TABLE + para("x" * 500)))
    at = content.find(b"word/document.xml") + 60
    content[at : at + 40] = b"\0" * 40
    assert "damaged" in refusal(bytes(content))


@pytest.mark.parametrize(
    "missing", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels", "word/document.xml"]
)
def test_a_part_that_is_missing(missing):
    whole = word(TABLE) if missing.startswith("word") else workbook(SHEET)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != missing}
    assert "damaged" in refusal(zipped(parts))


def test_xml_that_does_not_close():
    assert "damaged" in refusal(word("</w:p>" + TABLE))


def test_a_file_above_the_limit_is_not_opened():
    class Large(io.BytesIO):
        def read(self, *args):
            raise AssertionError("read")

        def seek(self, offset, whence=0):
            return 200 * 1024**2

    with pytest.raises(CannotBeRead, match="200 MB"):
        read_tracker_file(Large(), "tracker.xlsx")


def test_bytes_that_are_no_letters():
    """NUL bytes make a text file none, and damage a workbook; written as Excel writes them they are taken out."""
    assert "no file that can be read" in refusal("Ref,Text\n1,a\0b\n" * 20)
    assert "damaged" in refusal(workbook(sheet_data(["Ref", "Text"], ["1", "Be\0gun"])))
    file = read(workbook(sheet_data(["Ref", "Text"], ["1", "Be_x0000_gun"])))
    assert file.tables[0].rows[1].cells[1].text == "Begun"
    assert any("nobody can see" in notice.sentence for notice in file.notices)


def test_many_columns_are_read_and_too_many_refused():
    def cells(count):
        return "".join(f'<c t="inlineStr"><is><t>week {at}</t></is></c>' for at in range(count))

    for count in (300, limits.MOST_COLUMNS):
        file = read(workbook(f"<sheetData><row>{cells(count)}</row></sheetData>"))
        assert file.tables[0].width == count
        assert read(",".join(f"week {at}" for at in range(count)) + "\n1\n").tables[0].width == count
    too_many = limits.MOST_COLUMNS + 1
    assert f"{too_many} columns" in refusal(workbook(f"<sheetData><row>{cells(too_many)}</row></sheetData>"))
    assert f"{too_many} columns" in refusal(",".join(f"week {at}" for at in range(too_many)) + "\n")


def test_a_bomb_within_a_document(monkeypatch):
    monkeypatch.setattr(file_types, "MOST_UNPACKED", 1_000_000)
    assert "too large" in refusal(word(TABLE, extra={"word/media/image1.png": bytes(1_100_000)}))


def test_a_bomb_of_words(monkeypatch):
    monkeypatch.setattr("recommendations.trackers.readers.office.MOST_TREE_BYTES", 1_000_000)
    assert "more than can be read" in refusal(word(para("x" * 2_000_000)))
    assert "more than can be read" in refusal(word(TABLE, comments=" " * 2_000_000))
    assert "more than can be read" in refusal(
        workbook(f"<sheetData><row r='1'>{'<c/>' * 500_000}</row></sheetData>")
    )


def test_more_rows_or_words_than_the_limits(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 10)
    long = [[str(at), "Done"] for at in range(20)]
    for content in (
        workbook(sheet_data(*long)),
        word(table(*[row(*each) for each in long])),
        "\n".join(",".join(each) for each in long),
        "<table>" + "".join(f"<tr><td>{a}<td>{b}" for a, b in long) + "</table>",
    ):
        assert "more than 10 rows" in refusal(content)
    monkeypatch.setattr(limits, "MOST_ROWS", 1000)
    monkeypatch.setattr(limits, "MOST_LETTERS", 10)
    assert "more words" in refusal(word(para("x" * 50)))


def test_many_parts_and_parts_that_overlap():
    assert "too many parts" in refusal(word(TABLE, extra={f"x/{at}.xml": "" for at in range(5_001)}))
    assert "deceive" in refusal(word(TABLE, extra={"../../etc/passwd": "x"}))


def test_a_locked_zip():
    content = bytearray(word(TABLE))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "password" in refusal(bytes(content))


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_entities_are_refused(part):
    xml = f'{ENTITIES}<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>'
    assert "declarations" in refusal(word(TABLE, extra={part: xml}))


def test_entities_in_other_encodings_are_refused():
    xml = f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}<document><body/></document>'
    assert "declarations" in refusal(word(TABLE, extra={"word/document.xml": xml.encode("utf-16")}))


def test_links_to_other_files_are_not_followed():
    outside = relations(("styles", "file:///etc/passwd"), ("numbering", "http://example.org/x.xml")).replace(
        "<Relationship ", '<Relationship TargetMode="External" '
    )
    file = read(word(TABLE, extra={"word/_rels/document.xml.rels": outside}))
    assert words(file.tables[0]) == EXPECTED


def test_xml_that_is_nested_without_end():
    for content in (
        word("<w:sdt><w:sdtContent>" * 2_000 + para("x") + "</w:sdtContent></w:sdt>" * 2_000),
        "<table><tr><td>" * 3_000 + "x",
        "<div>" * 30_000 + "x",
    ):
        refusal(content)


WHOLE = (
    word(TABLE),
    workbook(SHEET),
    "<table><tr><td>No.<td>Status<tr><td>1<td>Done</table>".encode("utf-16"),
    b'No.,Status\n1,"Done\n2,""x""\n',
)


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=4)), min_size=1, max_size=4),
)
def test_whatever_was_changed_a_file_is_read_or_refused(content, changes):
    changed = bytearray(content)
    for at, others in changes:
        at %= len(changed)
        changed[at : at + 2] = others
    with contextlib.suppress(CannotBeRead):
        read(bytes(changed))


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(CannotBeRead):
        read(content)
