"""Workbooks: stored values as a person sees them, merges, colours, comments, and what is hidden."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl.utils import get_column_letter

from recommendations.trackers.cells import EMPTY, CannotBeRead, Cell
from recommendations.trackers.readers import excel
from recommendations.trackers.readers.excel_sheet import _without_blank_rows
from tests.tracker_files import S, kinds, looks, read, relations, sheet_data, words, workbook

STYLES = looks(
    "General",
    "dd/mm/yyyy",
    "0%",
    "mmm-yy",
    "General @font=1",
    "General @fill=1",
    "General @font=2",
    ";;;",
    fonts='<font/><font><strike/></font><font><color rgb="FFFF0000"/></font>',
    fills='<fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFFC000"/></patternFill></fill>',
)
PLAIN, DAY, PERCENT, MONTH, STRUCK, AMBER, RED, UNSEEN = (str(at) for at in range(8))


def number(value: str, style: str = PLAIN) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def only(cell: str, *, about: str = "", strings: str = "") -> Cell:
    """Return the second cell of the second row of a sheet."""
    return (
        read(workbook(sheet_data(["Ref", "Value"], ["1", cell]), styles=STYLES, about=about, strings=strings))
        .tables[0]
        .rows[1]
        .cells[1]
    )


# ------------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (number("45383", DAY), "1 April 2024", dt.date(2024, 4, 1)),
        (number("45383"), "45383", 45383),
        (number("45383", MONTH), "April 2024", dt.date(2024, 4, 1)),
        (number("0.5", PERCENT), "50%", 0.5),
        (number("3.0"), "3", 3),
        ('<c t="b"><v>1</v></c>', "TRUE", True),
        ('<c t="b"><v>0</v></c>', "FALSE", False),
        ('<c t="d" s="1"><v>2024-04-01T00:00:00</v></c>', "1 April 2024", dt.date(2024, 4, 1)),
        ('<c t="str"><f>A1</f><v>Agreed</v></c>', "Agreed", None),
        ('<c t="n"><v>not a number</v></c>', "not a number", None),
    ],
)
def test_stored_values_are_read_as_a_person_sees_them(cell, text, value):
    assert (only(cell).text, only(cell).value) == (text, value)


def test_days_counted_from_1904():
    about = '<workbookPr date1904="1"/>'
    assert only(number("43921", DAY), about=about).value == dt.date(2024, 4, 1)


def test_shared_words_with_marks_of_their_own():
    strings = (
        "<si><t>Agreed</t></si>"
        "<si><r><t>was March</t></r><r><rPr><strike/></rPr><t> 2023</t></r><r><rPr/><t> now June</t></r><rPh><t>x</t></rPh></si>"
    )
    assert only('<c t="s"><v>0</v></c>', strings=strings).text == "Agreed"
    mixed = only('<c t="s"><v>1</v></c>', strings=strings)
    assert (mixed.text, mixed.struck, mixed.standing) == (
        "was March 2023 now June",
        "2023",
        "was March now June",
    )
    assert only('<c t="s"><v>99</v></c>', strings=strings) is EMPTY


def test_line_ends_as_excel_writes_them():
    assert only("June: agreed_x000D_\nDec: paid").text == "June: agreed\nDec: paid"
    assert only("copied_x005F_x000D_\nfrom an e-mail").text == "copied\nfrom an e-mail"


def test_a_formula_is_known_by_its_stored_value():
    made = only("<c><f>TODAY()-H5</f><v>33</v></c>")
    assert (made.text, made.value, made.formula) == ("33", 33, True)


def test_a_formula_without_a_stored_value_is_told():
    file = read(workbook(sheet_data(["Ref", "Late"], ["1", "<c><f>TODAY()</f></c>"])))
    assert file.tables[0].rows[1].cells[1].formula
    assert file.tables[0].rows[1].cells[1].text == ""
    assert file.notices[0].places == ("Sheet1!B2",)
    assert "no stored value" in kinds(file)["formulas without a value"]


def test_an_error_is_read_as_it_is_seen_and_told():
    file = read(workbook(sheet_data(["Ref", "Late"], ["1", '<c t="e"><f>A1/0</f><v>#REF!</v></c>'])))
    assert file.tables[0].rows[1].cells[1].text == "#REF!"
    assert "errors" in kinds(file)


def test_cells_that_are_formulas_in_words_are_words():
    assert only("=cmd|' /C calc'!A0").text == "=cmd|' /C calc'!A0"


# ------------------------------------------------------------------ marks


def test_a_whole_cell_can_be_struck():
    assert only(f'<c s="{STRUCK}" t="inlineStr"><is><t>Withdrawn</t></is></c>').struck == "Withdrawn"


def test_colours_of_cells_and_letters():
    assert only(f'<c s="{AMBER}"/>').colour == "FFC000"
    assert only(f'<c s="{AMBER}"/>').text == ""
    made = only(f'<c s="{RED}" t="inlineStr"><is><t>late</t></is></c>')
    assert made.pieces[0].colour == "FF0000"


def test_a_number_that_its_format_hides_is_not_taken():
    assert (only(number("7", UNSEEN)).text, only(number("7", UNSEEN)).hidden) == ("", "7")


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        ('<patternFill patternType="solid"><fgColor theme="4"/></patternFill>', "4F81BD"),
        (
            '<patternFill patternType="solid"><fgColor theme="4" tint="0.5999938962981048"/></patternFill>',
            "B9CDE5",
        ),
        ('<patternFill patternType="solid"><fgColor theme="0"/></patternFill>', None),
        ('<patternFill patternType="solid"><fgColor indexed="10"/></patternFill>', "FF0000"),
        ('<patternFill patternType="solid"><fgColor indexed="64"/></patternFill>', None),
        (
            '<patternFill patternType="lightUp"><fgColor rgb="FF000000"/><bgColor rgb="FF92D050"/></patternFill>',
            "92D050",
        ),
        ('<patternFill patternType="none"><fgColor rgb="FF92D050"/></patternFill>', None),
        ('<gradientFill><stop position="0"><color rgb="FF92D050"/></stop></gradientFill>', "92D050"),
    ],
)
def test_fills_by_theme_by_number_and_by_pattern(fill, expected):
    styles = looks("General", "General @fill=1", fills=f"<fill/><fill>{fill}</fill>")
    file = read(workbook(sheet_data(["Ref", "RAG"], ["1", '<c s="1"/>']), styles=styles))
    assert file.tables[0].rows[1].cells[1].colour == expected


def test_a_status_by_colour_alone_behind_the_last_words():
    file = read(workbook(sheet_data(["Ref", ""], ["1", f'<c s="{AMBER}"/>']), styles=STYLES))
    assert file.tables[0].width == 2
    assert file.tables[0].rows[1].cells[1].colour == "FFC000"


def test_a_row_that_is_coloured_to_its_end_has_no_more_columns():
    coloured = "".join(f'<c r="{get_column_letter(at)}2" s="{AMBER}"/>' for at in range(3, 2_000))
    sheet = sheet_data(["Ref", "RAG"], ["1", f'<c s="{AMBER}"/>']).replace(
        "</row></sheetData>", f"{coloured}</row></sheetData>"
    )
    table = read(workbook(sheet, styles=STYLES)).tables[0]
    assert table.width == 2
    assert table.rows[1].cells[1].colour == "FFC000"


def test_colours_by_rules_are_told():
    rules = '<conditionalFormatting sqref="A1"><cfRule type="cellIs"/></conditionalFormatting>'
    assert "colours by rules" in kinds(read(workbook(sheet_data(["a", "b"]) + rules)))


# ------------------------------------------------------------------ rows and columns


def test_merged_cells_stand_in_each_place():
    merges = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="C1:D9999999"/></mergeCells>'
    file = read(workbook(sheet_data(["Title", "", ""], ["1", "a", "b"], ["", "c", "d"]) + merges))
    first, second, third = file.tables[0].rows
    assert first.cells[0] is first.cells[2]
    assert second.cells[0] is third.cells[0]
    assert (second.cells[0].rowspan, first.cells[0].colspan) == (2, 3)


def test_a_merge_over_all_rows_ends_with_the_last_words():
    merges = '<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>'
    file = read(workbook(sheet_data(["Theme", "Text"], ["Homes", "a"], ["", "b"]) + merges))
    assert [each.cells[0].text for each in file.tables[0].rows] == ["Theme", "Homes", "Homes"]


def test_words_behind_a_merged_cell_are_told():
    merges = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    assert "text behind merged cells" in kinds(
        read(workbook(sheet_data(["Title", "left over"], ["1", "a"]) + merges))
    )


def test_hidden_rows_are_read_and_told():
    sheet = sheet_data(["Ref", "Text"], ["1", "a"], ["2", "b"]).replace(
        '<row r="2">', '<row r="2" hidden="1">'
    )
    file = read(workbook(sheet + '<autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter>'))
    assert [each.hidden for each in file.tables[0].rows] == [False, True, False]
    assert kinds(file)["hidden rows"] == "1 row is hidden in the file: it was read"
    assert "filters" in kinds(file)


def test_hidden_columns_are_told():
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" width="0"/></cols>'
    file = read(workbook(columns + sheet_data(["Ref", "Officer", "Text"], ["1", "J. Invented", "a"])))
    assert file.tables[0].hidden_columns == {1}
    assert file.notices[0].places == ("Sheet1!B",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_told(state):
    file = read(
        workbook(
            sheet_data(["a", "b"]), sheet_data(["c", "d"]), names=["Open", "Old"], states=["visible", state]
        )
    )
    assert [(each.name, each.hidden) for each in file.tables] == [("Open", False), ("Old", True)]
    assert file.notices[0].places == ("Old",)


def test_rows_keep_their_numbers_and_long_blank_runs_are_cut():
    sheet = sheet_data(["Ref", "Text"]).replace("</sheetData>", "") + sheet_data(
        ["1", "a"], first=5000
    ).replace("<sheetData>", "")
    rows = read(workbook(sheet)).tables[0].rows
    assert [rows[0].number, rows[1].number, rows[-1].number] == [1, 2, 5000]
    assert len(rows) == 102


def test_rows_and_cells_that_do_not_say_their_place():
    sheet = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    assert words(read(workbook(sheet)).tables[0]) == [["1", "2"], ["3", ""]]


def framed(first: int, last: int) -> str:
    return "".join(
        f'<row r="{at}">' + "".join(f'<c r="{c}{at}" s="1"/>' for c in "ABCDEFGH") + "</row>"
        for at in range(first, last)
    )


@pytest.mark.parametrize("behind", ["", '<row r="20005"><c r="B20005"><v>9</v></c></row>'])
def test_framed_blank_rows_are_no_rows(behind):
    """Several megabytes of them, before other words or not, are passed over."""
    sheet = sheet_data(["Ref", "Text"], ["1", "a"]).replace(
        "</sheetData>", f"{framed(3, 20_000)}{behind}</sheetData>"
    )
    merges = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    table = read(workbook(sheet + merges, styles=STYLES)).tables[0]
    assert table.width == 2
    assert table.rows[0].cells[0].colspan == 2
    assert (table.rows[-1].number, table.rows[-1].cells[1].text) == ((20005, "9") if behind else (2, "a"))
    assert len(table.rows) == (103 if behind else 2)


STRINGS = '<si><t>Ref</t></si><si><t xml:space="preserve"> </t></si><si><t/></si><si><t>\xa0</t></si><si><t>\u200e</t></si>'
BLANK_CELLS = {
    "nothing": '<c r="@" s="1"/>',
    "nothing within": '<c r="@" s="1"></c>',
    "a shared blank": '<c r="@" s="1" t="s"><v>1</v></c>',
    "a shared nothing": '<c r="@" s="1" t="s"><v>2</v></c>',
    "a shared blank that does not break": '<c r="@" t="s"><v>3</v></c>',
    "an inline blank": '<c r="@" t="inlineStr"><is><t xml:space="preserve"> &#160;</t></is></c>',
    "an inline nothing": '<c r="@" t="inlineStr"><is><t/></is></c>',
    "an empty inline text": '<c r="@" t="inlineStr"><is/></c>',
    "no result": '<c r="@" t="str"><v></v></c>',
    "a blank result": '<c r="@" s="1" t="str"><v xml:space="preserve"> </v></c>',
    "no number": '<c r="@" s="1"><v/></c>',
}
NOT_BLANK = {
    "words": '<c r="@" t="s"><v>0</v></c>',
    "a shared mark of direction, which is told": '<c r="@" t="s"><v>4</v></c>',
    "an inline word": '<c r="@" t="inlineStr"><is><t>a</t></is></c>',
    "a formula": '<c r="@" t="str"><f>IF(A1="","",A1)</f><v></v></c>',
    "a number": '<c r="@"><v>1</v></c>',
    "false": '<c r="@" t="b"><v> </v></c>',
    "an error": '<c r="@" t="e"><v> </v></c>',
    "the words after a number": '<c r="@" t="s"><v>11</v></c>',
}


def rows_of(cell: str, first: int, last: int) -> str:
    return "".join(
        f'<row r="{at}">{"".join(cell.replace("@", f"{column}{at}") for column in "ABCD")}</row>'
        for at in range(first, last)
    )


def left_of(xml: str, size: int, prefix: str = "") -> bytes:
    """Return what is left of the XML of a sheet, taken in pieces of this size, when blank rows are left out."""
    if prefix:
        xml = xml.replace("</", "@/").replace("<", f"<{prefix}").replace("@/", f"</{prefix}")
    content = xml.encode()
    pieces = (content[at : at + size] for at in range(0, len(content), size))
    return b"".join(_without_blank_rows(pieces, [1, 2, 3]))


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("blank", BLANK_CELLS.values(), ids=BLANK_CELLS)
def test_rows_of_blank_cells_are_never_parsed(blank, prefix):
    """Neither those between rows with words, nor those at the foot, wherever a piece of the file ends."""
    words = rows_of(NOT_BLANK["words"], 1, 2)
    sheet = f"<sheetData>{words}{{0}}{words.replace('1', '60')}{{1}}</sheetData>"
    whole = sheet.format(rows_of(blank, 2, 60), rows_of(blank, 61, 90))
    expected = left_of(sheet.format("", ""), 10**6, prefix)
    assert left_of(whole, 10**6, prefix) == expected
    assert left_of(whole, 300, prefix).count(b"row ") <= expected.count(b"row ")
    assert left_of(whole, 7, prefix).count(b"row ") <= expected.count(b"row ")


@pytest.mark.parametrize("cell", NOT_BLANK.values(), ids=NOT_BLANK)
@pytest.mark.parametrize("size", [7, 300, 10**6])
def test_rows_that_say_something_are_all_parsed(cell, size):
    rows = rows_of(cell, 2, 30)
    sheet = f"<sheetData>{rows}{rows_of(BLANK_CELLS['nothing'], 30, 40)}{rows_of(cell, 40, 42)}</sheetData>"
    assert left_of(sheet, size) == f"<sheetData>{rows}{rows_of(cell, 40, 42)}</sheetData>".encode()


@pytest.mark.parametrize(
    "xml",
    [
        rows_of(BLANK_CELLS["nothing"], 2, 9) + "<row><c><v>1</v></c></row>",
        "<row r='2'><c r='A2'/></row><row r='3'><c r='A3'><v>1</v></c></row>",
        '<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[<row r="3"></row><row r="4"/>]]></t></is></c></row>',
    ],
    ids=["before a row without a number", "in other quotes", "within words"],
)
def test_no_row_is_left_out_that_another_needs(xml):
    sheet = f"<sheetData>{rows_of(NOT_BLANK['words'], 1, 2)}{xml}</sheetData>"
    left = left_of(sheet, 10**6)
    assert left.endswith(xml[-60:].encode() + b"</sheetData>")
    assert b"CDATA" not in left or xml.encode() in left


def test_a_sheet_reads_alike_with_blank_texts_and_without_cells():
    def file(cell: str) -> bytes:
        data = sheet_data(["Ref", "Text"], ["1", "a"]).replace("</sheetData>", "")
        behind = '<row r="70"><c r="B70" t="s"><v>0</v></c></row></sheetData>'
        return workbook(data + rows_of(cell, 3, 70) + behind, styles=STYLES, strings=STRINGS)

    plain = read(file(BLANK_CELLS["nothing"]))
    for blank in BLANK_CELLS.values():
        assert read(file(blank)) == plain


def test_blank_rows_are_bounded(monkeypatch):
    """Words in each tenth row of a long sheet do not make rows of all that is between."""
    monkeypatch.setattr(excel, "MOST_BLANK_ROWS", 30)
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(10, 1000, 10))
    found = read(workbook(f"<sheetData>{rows}</sheetData>")).tables[0].rows
    assert [row.number for row in found if row.cells[0].text] == list(range(10, 1000, 10))
    assert len(found) < 99 * 2 + 40
    assert found[-2].number == 981


def test_a_dimension_that_lies_makes_no_difference():
    sheet = '<dimension ref="A1:XFD1048576"/>' + sheet_data(["Ref", "Text"], ["1", "a"])
    assert words(read(workbook(sheet)).tables[0]) == [["Ref", "Text"], ["1", "a"]]
    assert (
        len(read(workbook('<dimension ref="A1"/>' + sheet_data(["a", "b"], ["c", "d"]))).tables[0].rows) == 2
    )


def test_a_cell_far_to_the_right_is_refused():
    sheet = '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'
    with pytest.raises(CannotBeRead, match="16,384 columns"):
        read(workbook(sheet))


def test_a_workbook_without_words_has_no_tables():
    assert read(workbook("<sheetData/>")).tables == ()


# ------------------------------------------------------------------ beside the cells


def with_parts(sheet: str, *parts: tuple[str, str, str]) -> bytes:
    """Return a workbook whose sheet has these parts: kind, name, content."""
    return workbook(
        sheet,
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                *((kind, f"../{name}") for kind, name, _ in parts)
            ),
            **{f"xl/{name}": content for _, name, content in parts},
        },
    )


def note(reference: str, text: str) -> str:
    return f'<comment ref="{reference}"><text><r><t>{text}</t></r></text></comment>'


def test_notes_and_conversations_are_told_with_their_cell():
    notes = f'<comments xmlns="{S}"><commentList>{note("B2", "Check.")}{note("A1", "[Threaded comment] see")}</commentList></comments>'
    talk = '<ThreadedComments><threadedComment ref="A1"><text>Is it so?</text></threadedComment></ThreadedComments>'
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    file = read(
        with_parts(
            sheet_data(["Ref", "Text"], ["1", "a"]),
            ("comments", "comments1.xml", notes),
            (kind, "threadedComments/t1.xml", talk),
        )
    )
    assert file.tables[0].rows[1].cells[1].comments == ("Check.",)
    assert file.tables[0].rows[0].cells[0].comments == ("Is it so?",)
    assert kinds(file)["comments"] == "The file has 2 comments: they were not taken in"


def test_the_header_of_a_sheets_own_table_is_marked():
    own = f'<table xmlns="{S}" ref="A2:B3"/>'
    file = read(
        with_parts(
            sheet_data(["Title", ""], ["Ref", "Text"], ["1", "a"]), ("table", "tables/table1.xml", own)
        )
    )
    assert [each.header for each in file.tables[0].rows] == [False, True, False]


def test_words_in_shapes_and_on_pages_are_paragraphs():
    shape = '<wsDr xmlns:a="x"><a:txBody><a:p><a:r><a:t>Key: red is late</a:t></a:r></a:p></a:txBody></wsDr>'
    page = '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;14Position at 31 January 2024&amp;RPage &amp;P</oddHeader></headerFooter>'
    file = read(with_parts(sheet_data(["Ref", "Text"]) + page, ("drawing", "drawings/drawing1.xml", shape)))
    assert [(each.where, each.text) for each in file.paragraphs] == [
        ("", "Key: red is late"),
        ("header", "Position at 31 January 2024"),
        ("header", "Page"),
    ]
    assert [each.text for each in file.tables[0].before] == ["Key: red is late"]


def test_chart_sheets_are_told():
    content = workbook(
        sheet_data(["a", "b"]),
        names=["Open"],
        extra={
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "chartsheets/sheet1.xml")
            ),
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="r"><sheets><sheet name="Open" r:id="rId1"/><sheet name="Chart" r:id="rId2"/></sheets></workbook>',
        },
    )
    assert kinds(read(content)) == {"charts": "1 sheet is a chart: it was not read"}
