"""Word documents: tables as a person sees them, tracked changes as accepted, and the marks that mean something."""

from __future__ import annotations

import pytest

from recommendations.trackers import limits
from recommendations.trackers.cells import CannotBeRead, Cell
from tests.tracker_files import cell, kinds, para, read, row, run, table, word, words

BY = 'w:id="1" w:author="Clerk"'


def only(content: str) -> str:
    """Return a document with one cell beside another, so that it is no table for layout."""
    return table(row(cell(content), "Cabinet"), row("x", "y"))


def first_cell(content: str, styles: str = "") -> Cell:
    return read(word(only(content), styles=styles)).tables[0].rows[0].cells[0]


# ------------------------------------------------------------------ tables


def test_a_merged_cell_stands_in_each_place_as_the_same_object():
    down = '<w:vMerge w:val="restart"/>'
    file = read(
        word(
            table(
                row(cell("1", down), cell("That the slipway be lit.", down), "Harbour Trust"),
                row(cell("", "<w:vMerge/>"), cell("", '<w:vMerge w:val="continue"/>'), "Parish"),
                row(cell("Total", '<w:gridSpan w:val="2"/>'), "2"),
            )
        )
    )
    first, second, third = file.tables[0].rows
    assert words(file.tables[0])[1] == ["1", "That the slipway be lit.", "Parish"]
    assert first.cells[1] is second.cells[1]
    assert (first.cells[1].rowspan, first.cells[1].colspan) == (2, 1)
    assert third.cells[0] is third.cells[1]
    assert third.cells[0].colspan == 2


def test_an_old_merge_over_columns_is_one_cell():
    file = read(
        word(
            table(
                row(cell("Title", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "x"),
                row("a", "b", "c"),
            )
        )
    )
    assert words(file.tables[0])[0] == ["Title", "Title", "x"]


def test_columns_left_out_before_a_row_are_blank():
    file = read(
        word(table(row("1", "That it be lit."), row("To the parish", properties='<w:gridBefore w:val="1"/>')))
    )
    assert words(file.tables[0])[1] == ["", "To the parish"]


def test_edges_of_the_grid_where_no_cell_begins_are_no_columns():
    """Word keeps an edge for each one that any row ever had."""
    wide = '<w:gridSpan w:val="2"/>'
    file = read(
        word(table(row(cell("No.", wide), cell("Status", wide)), row(cell("1", wide), cell("Done", wide))))
    )
    assert words(file.tables[0]) == [["No.", "Status"], ["1", "Done"]]


def test_edges_drawn_twice_within_a_millimetre_are_one():
    two = '<w:gridSpan w:val="2"/>'
    file = read(
        word(table(row("No.", cell("Status", two)), row(cell("1", two), "Done"), widths=(1000, 12, 2000)))
    )
    assert words(file.tables[0]) == [["No.", "Status"], ["1", "Done"]]


def test_narrow_columns_of_their_own_are_kept():
    file = read(word(table(row("a", "b", "c"), row("1", "2", "3"), widths=(1000, 12, 2000))))
    assert words(file.tables[0])[1] == ["1", "2", "3"]


def test_words_behind_a_merged_cell_are_hidden_and_told():
    down = '<w:vMerge w:val="restart"/>'
    file = read(word(table(row(cell("1", down), "a"), row(cell("left over", "<w:vMerge/>"), "b"))))
    assert file.tables[0].rows[0].cells[0].text == "1"
    assert file.tables[0].rows[0].cells[0].hidden == "left over"
    assert "text behind merged cells" in kinds(file)


def test_header_rows_are_marked():
    file = read(word(table(row("No.", "Status", properties="<w:tblHeader/>"), row("1", "Done"))))
    assert [each.header for each in file.tables[0].rows] == [True, False]


def test_cells_in_content_controls_are_seen():
    """python-docx leaves these out."""
    controlled = f"<w:sdt><w:sdtPr/><w:sdtContent>{cell('In progress')}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent>{row('2', 'Done')}</w:sdtContent></w:sdt>"
    file = read(word(table(row("1", controlled), rows)))
    assert words(file.tables[0]) == [["1", "In progress"], ["2", "Done"]]


@pytest.mark.parametrize("level", ["block", "run", "cell"])
def test_words_that_ask_to_fill_a_control_in_are_none(level):
    ask = "Choose an item."
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    made = {
        "block": cell(control.format(para(ask))),
        "run": cell(para(control.format(run(ask)))),
        "cell": control.format(cell(ask)),
    }[level]
    assert words(read(word(table(row("1", made), row("2", "Done")))).tables[0]) == [["1", ""], ["2", "Done"]]


def test_tables_are_counted_in_the_order_in_which_they_begin():
    inner = table(row("May 2023", "Sunday round tried."), row("June 2023", "Doubled."))
    file = read(
        word(
            table(row("1", cell(f"{inner}<w:p/>")), row("2", "None"), row("3", "None")) + table(row("a", "b"))
        )
    )
    assert [(each.name, each.nested_in) for each in file.tables] == [(1, None), (2, 1), (3, None)]
    assert file.tables[0].rows[0].cells[1].text == "May 2023\tSunday round tried.\nJune 2023\tDoubled."
    assert not file.tables[0].layout_only


def test_a_table_of_labels_and_values_with_a_larger_one_in_it_is_no_layout():
    inner = table(*[row(str(at), "May 2023", "Lamps ordered.") for at in range(5)])
    file = read(
        word(
            table(
                row("No.", "1"),
                row("Recommendation", "Lit."),
                row("To", "Cabinet"),
                row("Progress", cell(f"{inner}<w:p/>")),
            )
        )
    )
    assert [each.layout_only for each in file.tables] == [False, False]
    assert words(file.tables[0])[2] == ["To", "Cabinet"]


def test_a_box_around_words_lays_out_and_its_words_are_paragraphs_too():
    file = read(word(table(row("Position at 2 May 2024")) + table(row("1", "Done"), row("2", "Done"))))
    assert file.tables[0].layout_only
    assert [each.text for each in file.tables[1].before] == ["Position at 2 May 2024"]


def test_paragraphs_before_and_after_a_table_are_its_own():
    file = read(
        word(para("Live") + table(row("1", "x")) + para("Closed") + table(row("2", "y")) + para("Key"))
    )
    assert [[each.text for each in one.before] for one in file.tables] == [["Live"], ["Closed"]]
    assert [[each.text for each in one.after] for one in file.tables] == [["Closed"], ["Key"]]


def test_blank_rows_are_counted():
    file = read(word(table(row("1", "x"), row("", ""), row("2", "y"), row("", ""))))
    assert [each.number for each in file.tables[0].rows] == [1, 2, 3, 4]


def test_a_table_of_many_rows_is_read_as_a_stream():
    file = read(word(table(*[row(str(at), "Done") for at in range(1, 101)]) + para("Key")))
    assert [each.cells[0].text for each in file.tables[0].rows] == [str(at) for at in range(1, 101)]
    assert [each.text for each in file.tables[0].after] == ["Key"]


def test_a_document_without_tables_has_its_paragraphs():
    file = read(word(para("Report") + para("") + para("That wardens be told.")))
    assert file.tables == ()
    assert [(each.number, each.text) for each in file.paragraphs] == [
        (1, "Report"),
        (3, "That wardens be told."),
    ]


# ------------------------------------------------------------------ tracked changes


def test_insertions_are_taken_and_deletions_left_out():
    deleted = f"<w:del {BY}><w:r><w:delText>On track</w:delText></w:r></w:del>"
    found = read(word(only(para(f"{deleted}<w:ins {BY}>{run('Complete')}</w:ins>"))))
    made = found.tables[0].rows[0].cells[0]
    assert (made.text, made.deleted) == ("Complete", "On track")
    assert made.pieces[0].inserted
    assert kinds(found)["tracked changes"].endswith("insertions were taken, deletions left out")


def test_moved_words_stand_where_they_went():
    moved = f"<w:moveFrom {BY}>{run('here')}</w:moveFrom>"
    file = read(
        word(
            table(
                row(cell(para(moved)), cell(para(f"<w:moveTo {BY}>{run('here')}</w:moveTo>"))), row("x", "y")
            )
        )
    )
    assert words(file.tables[0])[0] == ["", "here"]
    assert file.tables[0].rows[0].cells[0].deleted == "here"


def test_a_deleted_row_is_marked_and_its_words_kept_apart():
    file = read(word(table(row("1", "x"), row("2", "That the fare be halved.", properties=f"<w:del {BY}/>"))))
    assert file.tables[0].rows[1].deleted
    assert file.tables[0].rows[1].cells[1].text == ""
    assert file.tables[0].rows[1].cells[1].deleted == "That the fare be halved."


def test_a_deleted_cell_has_no_words():
    file = read(word(table(row("1", cell("Red", f"<w:cellDel {BY}/>")), row("2", "Green"))))
    assert file.tables[0].rows[0].cells[1].text == ""
    assert file.tables[0].rows[0].cells[1].deleted == "Red"


def test_paragraphs_whose_end_was_deleted_are_one_line():
    end = f"<w:rPr><w:del {BY}/></w:rPr>"
    assert first_cell(para("On ", more=end) + para("track") + para("since May")).text == "On track\nsince May"


# ------------------------------------------------------------------ words


def test_line_ends_tabs_hyphens_and_signs():
    content = (
        f"<w:p>{run('one')}<w:r><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t>"
        '<w:softHyphen/><w:t>teen</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )
    assert first_cell(content).text == "one\ntwo\tthree-fourteen\u2713"


def test_a_letter_of_a_font_of_signs_is_the_sign_that_is_seen():
    assert first_cell(para(run("\u00fc", '<w:rFonts w:ascii="Wingdings"/>'))).text == "\u2713"


def test_a_field_shows_its_result_and_not_its_instruction():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("2 May 2024")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr=" REF x "><w:bookmarkStart/>{run("Recommendation 3")}</w:fldSimple>'
    assert first_cell(para(f"{field}{run(' ')}{simple}")).text == "2 May 2024 Recommendation 3"


def test_a_field_that_never_ends_takes_nothing_with_it():
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
    assert first_cell(para(broken) + para("Done")).text == "Done"


def test_what_is_chosen_in_a_forms_list_is_taken():
    data = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/><w:listEntry w:val="Amber"/></w:ddList></w:ffData>'
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert first_cell(para(field)).text == "Amber"


def test_links_and_smart_tags_are_seen_through():
    content = f"<w:hyperlink>{run('Highmere')}</w:hyperlink><w:smartTag>{run(' Council')}</w:smartTag>"
    assert first_cell(para(content)).text == "Highmere Council"


def test_newer_content_is_taken_once():
    box = f"<w:txbxContent>{para('Key')}</w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    drawn = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    file = read(word(f"<w:p>{run('Report')}{both}</w:p><w:p>{drawn}</w:p>"))
    assert [each.text for each in file.paragraphs] == ["Report", "Key", "Key"]


def test_odd_blanks_and_marks_that_nobody_sees():
    file = read(word(only("31\u00a0March 2024\u200b_x000D_\n\u202edrawrof")))
    assert file.tables[0].rows[0].cells[0].text == "31 March 2024\ndrawrof"
    assert "direction marks" in kinds(file)


def test_quotes_and_dashes_are_kept_as_they_are():
    assert (
        first_cell(para("the \u201ccarers\u2019 card\u201d \u2013 tried")).text
        == "the \u201ccarers\u2019 card\u201d \u2013 tried"
    )


def test_notes_are_told_and_their_marks_left_out():
    file = read(word(only(f'<w:p>{run("Agreed")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>')))
    assert file.tables[0].rows[0].cells[0].text == "Agreed"
    assert kinds(file)["footnotes"] == "1 footnote was not taken in"


# ------------------------------------------------------------------ marks


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="GoneToo"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="character" w:styleId="Unseen"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
)


def test_struck_words_are_told_apart_from_those_that_stand():
    made = first_cell(para(f"{run('31 March 2023', '<w:strike/>')}{run(' 30 June 2023')}"))
    assert (made.text, made.struck, made.standing) == (
        "31 March 2023 30 June 2023",
        "31 March 2023",
        "30 June 2023",
    )


def test_a_strike_by_style_can_be_taken_back():
    made = first_cell(para(run("old") + run(" new", '<w:strike w:val="0"/>'), style="GoneToo"), styles=STYLES)
    assert (made.struck, made.standing) == ("old", "new")


@pytest.mark.parametrize("look", ["<w:vanish/>", '<w:rStyle w:val="Unseen"/>'])
def test_hidden_words_are_told_and_not_taken(look):
    file = read(word(only(para(f"{run('Agreed')}{run(' (draft)', look)}")), styles=STYLES))
    made = file.tables[0].rows[0].cells[0]
    assert (made.text, made.hidden) == ("Agreed", "(draft)")
    assert "hidden text" in kinds(file)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:shd w:val="clear" w:fill="FFC000"/>', "FFC000"),
        ('<w:shd w:val="solid" w:color="92D050" w:fill="auto"/>', "92D050"),
        ('<w:shd w:val="clear" w:fill="FFFFFF"/>', None),
        ('<w:shd w:val="clear" w:fill="auto"/>', None),
    ],
)
def test_the_fill_of_a_cell_counts_without_words(properties, expected):
    file = read(word(table(row("1", cell("", properties)), row("2", "x"))))
    assert file.tables[0].rows[0].cells[1].colour == expected


def test_colours_of_letters_and_highlighting():
    made = first_cell(
        para(
            run("Red", '<w:color w:val="FF0000"/>')
            + run("Amber", '<w:highlight w:val="yellow"/>')
            + run("plain")
        )
    )
    assert [(each.text, each.colour) for each in made.pieces] == [
        ("Red", "FF0000"),
        ("Amber", "FFFF00"),
        ("plain", None),
    ]


def test_comments_are_told_with_their_cell():
    anchor = '<w:commentRangeStart w:id="0"/>' + run("Done") + '<w:r><w:commentReference w:id="0"/></w:r>'
    comments = f'<w:comment w:id="0">{para("Check the date.")}</w:comment>'
    file = read(word(table(row("1", cell(para(anchor))), row("2", "x")), comments=comments))
    assert file.tables[0].rows[0].cells[1].comments == ("Check the date.",)
    assert kinds(file)["comments"] == "The file has 1 comment: it was not taken in"
    assert file.notices[0].places == ("table 1, row 1",)


def test_headings_by_style_and_by_outline():
    outline = '<w:outlineLvl w:val="0"/>'
    file = read(
        word(para("Flooding", style="Heading2") + para("Part", more=outline) + para("words"), styles=STYLES)
    )
    assert [each.heading for each in file.paragraphs] == [2, 1, 0]


def test_heads_and_feet_of_pages_are_known_as_such():
    section = '<w:sectPr><w:headerReference r:id="rId4"/><w:footerReference r:id="rId5"/></w:sectPr>'
    file = read(
        word(
            para("Report") + section,
            header=para("Position at 2 May 2024"),
            footer=para("NOT FOR PUBLICATION"),
        )
    )
    assert [(each.where, each.text) for each in file.paragraphs] == [
        ("", "Report"),
        ("header", "Position at 2 May 2024"),
        ("footer", "NOT FOR PUBLICATION"),
    ]


# ------------------------------------------------------------------ what can't be read


def test_a_document_without_a_body_is_damaged():
    with pytest.raises(CannotBeRead, match="damaged"):
        read(word("", extra={"word/document.xml": "<w:document xmlns:w='urn:x'/>"}))


def test_tables_in_one_another_without_end_are_refused():
    deep = table(row("x", "y"))
    for _ in range(25):
        deep = table(row("1", cell(f"{deep}<w:p/>")), row("2", "x"), row("3", "z"))
    with pytest.raises(CannotBeRead, match="deep"):
        read(word(deep))


def test_more_rows_than_can_be_read_are_refused(monkeypatch):
    """Blank ones too, as they are held until their table ends."""
    monkeypatch.setattr(limits, "MOST_ROWS_OF_DOCUMENT", 30)
    rows = [row("Ref", "Text"), row("1", "a")]
    assert len(read(word(table(*rows, *[row("", "")] * 28))).tables[0].rows) == 30
    with pytest.raises(CannotBeRead, match="more than 30 rows in its tables"):
        read(word(table(*rows, *[row("", "")] * 15) + table(*[row("", "")] * 14)))
