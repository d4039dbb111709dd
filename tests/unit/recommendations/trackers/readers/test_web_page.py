"""Saved web pages: tables in one another, spans, lists, and what is struck or hidden. Nothing is fetched or run."""

from __future__ import annotations

import pytest

from recommendations.trackers.cells import CannotBeRead, Cell, TrackerFile
from recommendations.trackers.readers import web_page
from tests.tracker_files import kinds, read, words


def page(body: str, head: str = "") -> TrackerFile:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")


def first_cell(content: str, head: str = "") -> Cell:
    return (
        page(f"<table><tr><td>{content}</td><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>", head)
        .tables[0]
        .rows[0]
        .cells[0]
    )


# ------------------------------------------------------------------ tables


def test_cells_over_rows_and_columns():
    file = page(
        "<table><tr><th colspan=2>Recommendation<th>To</tr>"
        "<tr><td>1<td>Lit<td rowspan=2>Cabinet</tr><tr><td>2<td>Heated</tr></table>"
    )
    assert words(file.tables[0]) == [
        ["Recommendation", "Recommendation", "To"],
        ["1", "Lit", "Cabinet"],
        ["2", "Heated", "Cabinet"],
    ]
    assert file.tables[0].rows[1].cells[2] is file.tables[0].rows[2].cells[2]
    assert file.tables[0].rows[0].header


@pytest.mark.parametrize("rowspan", ["0", "65534", "99999999999"])
def test_spans_end_with_their_group(rowspan):
    file = page(
        f"<table><tbody><tr><td rowspan={rowspan}>A<td>1<tr><td>2</tbody><tbody><tr><td>B<td>3</tbody></table>"
    )
    assert words(file.tables[0]) == [["A", "1"], ["A", "2"], ["B", "3"]]


def test_a_title_over_more_columns_than_there_are():
    file = page('<table><tr><td colspan="1000">Live</td></tr><tr><td>1</td><td>Lit</td></tr></table>')
    assert file.tables[0].width == 2
    assert file.tables[0].rows[0].cells[0].colspan == 2


def test_tables_are_counted_in_the_order_in_which_they_begin():
    file = page(
        "<table><tr><td><table><tr><td>Menu</td></tr></table></td><td><h2>Item 7</h2><p>Live</p>"
        "<table><tr><td>1</td><td>Lit</td><td><table><tr><td>May</td><td>tried</td></tr><tr><td>June</td><td>done</td></tr></table></td></tr>"
        "<tr><td>2</td><td>Heated</td><td></td></tr></table><p>Closed</p><table><tr><td>3</td><td>x</td></tr></table></td></tr></table>"
    )
    assert [(each.name, each.nested_in, each.layout_only) for each in file.tables] == [
        (1, None, True),
        (2, 1, True),
        (3, 1, False),
        (4, 3, False),
        (5, 1, False),
    ]
    assert file.tables[2].rows[0].cells[2].text == "May\ttried\nJune\tdone"
    assert [each.text for each in file.tables[2].before] == ["Menu", "Item 7", "Live"]
    assert [each.text for each in file.tables[4].before] == ["Closed"]


def test_a_caption_is_a_paragraph_before_its_table():
    file = page("<table><caption>Completed since April</caption><tr><td>1</td><td>Lit</td></tr></table>")
    assert [each.text for each in file.tables[0].before] == ["Completed since April"]


def test_rows_in_the_head_of_a_table_are_marked():
    file = page(
        "<table><thead><tr><td>No.</td><td>To</td></tr></thead><tbody><tr><td>1</td><td>Cabinet</td></tr></tbody></table>"
    )
    assert [each.header for each in file.tables[0].rows] == [True, False]


def test_tables_by_their_role():
    file = page(
        "<div role=table><div role=row><div role=columnheader>No.</div><div role=columnheader>To</div></div>"
        "<div role=row><div role=cell>1</div><div role=cell>Cabinet</div></div></div>"
    )
    assert words(file.tables[0]) == [["No.", "To"], ["1", "Cabinet"]]


def test_cells_that_a_tag_has_taken_in():
    file = page("<table><tr><td><b>1<td><i>Lit<td>x<tr><td>2<td>Heated<td>y</table>")
    assert words(file.tables[0]) == [["1", "Lit", "x"], ["2", "Heated", "y"]]


def test_tags_that_are_not_closed():
    file = page("<table><tr><td>1<td><b>Lit<tr><td>2<td>Heated</table><p>Key")
    assert words(file.tables[0]) == [["1", "Lit"], ["2", "Heated"]]
    assert file.paragraphs[-1].text == "Key"


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("On   track\n since <b>May</b>", "On track since May"),
        ("one<br>two<br/><br>three", "one\ntwo\nthree"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<div>one<div>two</div>three</div>", "one\ntwo\nthree"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        (
            "bins:<ol type=a><li>on Sundays;</li><li>at the beach.</li></ol>",
            "bins:\n(a) on Sundays;\n(b) at the beach.",
        ),
        ("<ol start=3><li>x<li value=7>y</ol>", "3. x\n7. y"),
        ('<ol style="list-style-type: lower-roman"><li>x</ol>', "(i) x"),
        ("<ol reversed><li>x<li>y</ol>", "2. x\n1. y"),
        ("<ul><li>x</li><li><p>y</p></li></ul>", "\u2022 x\n\u2022 y"),
        ("<ol><li>x<ol type=i><li>y</ol></ol>", "1. x\n(i) y"),
        ("5&nbsp;May&#160;2024 &pound;5 &rsquo;", "5 May 2024 \u00a35 \u2019"),
        (
            "<script>alert(1)</script><style>x{}</style><template>t</template>Done<noscript>n</noscript>",
            "Done",
        ),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ('<img src="http://example.org/g.png" alt="Green">', "Green"),
        ("<select><option>Red<option selected>Amber</select>", "Amber"),
        ('<input value="31 March 2024"><input type=hidden value=x>', "31 March 2024"),
        ("<input type=checkbox checked>done <input type=checkbox>late", "\u2612 done \u2610 late"),
        ("<textarea>some words</textarea>", "some words"),
        ("<o:p>words</o:p>", "words"),
        ("the carers&#146; card &#x96; tried&#133;", "the carers\u2019 card \u2013 tried\u2026"),
    ],
)
def test_the_words_of_a_cell(content, expected):
    assert first_cell(content).text == expected


def test_lists_that_word_saved():
    file = page(
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1."
        "<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>That it be lit.<o:p></o:p></p>"
        "<p style='mso-list:l1 level1'><span style='mso-list:Ignore'>\u00b7<span>&nbsp;</span></span>That it be heated.</p>"
    )
    assert [(each.label, each.text, each.level) for each in file.paragraphs] == [
        ("1.", "That it be lit.", 2),
        ("\u2022", "That it be heated.", 1),
    ]


def test_headings_and_paragraphs():
    file = page(
        "<h2>Item 7</h2>words <i>here</i><p>more<br>lines</p><ol><li>first</li></ol>", "<title>Item 7</title>"
    )
    assert [(each.number, each.heading, each.label, each.text) for each in file.paragraphs] == [
        (1, 2, "", "Item 7"),
        (2, 0, "", "words here"),
        (3, 0, "", "more\nlines"),
        (4, 0, "1.", "first"),
    ]
    assert file.properties == {"title": "Item 7"}


# ------------------------------------------------------------------ marks


@pytest.mark.parametrize(
    "tag",
    [
        "<s>{}</s>",
        "<strike>{}</strike>",
        "<del>{}</del>",
        '<span style="text-decoration:line-through">{}</span>',
        "<i class=gone>{}</i>",
    ],
)
def test_struck_words(tag):
    made = first_cell(
        f"{tag.format('31 March')} 30 June",
        "<style>/* x */ .gone, #a { text-decoration: line-through; }</style>",
    )
    assert (made.struck, made.standing) == ("31 March", "30 June")


def test_tracked_changes_that_word_saved():
    file = page(
        "<table><tr><td>1<td><del class=msoDel cite=x>On track</del><ins class=msoIns>Complete</ins><tr><td>2<td>x</table>"
    )
    made = file.tables[0].rows[0].cells[1]
    assert (made.text, made.deleted) == ("Complete", "On track")
    assert "tracked changes" in kinds(file)


@pytest.mark.parametrize(
    "tag",
    [
        '<span style="display:none">{}</span>',
        '<span style="DISPLAY : NONE !important">{}</span>',
        "<span hidden>{}</span>",
        '<span style="visibility:hidden">{}</span>',
        '<span style="mso-hide:all">{}</span>',
        '<span class="sr-only">{}</span>',
        "<span class=unseen>{}</span>",
    ],
)
def test_hidden_words_are_told_and_not_taken(tag):
    file = page(
        f"<table><tr><td>1<td>Agreed{tag.format(' draft')}<tr><td>2<td>x</table>",
        "<style>span.unseen{display:none}</style>",
    )
    assert (file.tables[0].rows[0].cells[1].text, file.tables[0].rows[0].cells[1].hidden) == (
        "Agreed",
        "draft",
    )
    assert "hidden text" in kinds(file)


def test_rules_for_print_and_for_other_elements_hide_nothing():
    head = "<style>@media print{.a{display:none}} .no-js .a{display:none} .a:hover{display:none} @import url(http://example.org/x.css);</style>"
    assert first_cell("<b class=a>Agreed</b>", head).text == "Agreed"


def test_hidden_rows_columns_and_tables():
    file = page(
        "<table><tr><td>No.<td style='display:none'>Officer<td>Text<tr style='display:none'><td>1<td style='display:none'>J.<td>a</table>"
        "<div style='display:none'><table><tr><td>2<td>b</table></div>"
    )
    assert file.tables[0].hidden_columns == {1}
    assert [each.hidden for each in file.tables[0].rows] == [False, True]
    assert words(file.tables[0])[1] == ["1", "J.", "a"]
    assert (file.tables[1].hidden, words(file.tables[1])) == (True, [["2", "b"]])
    assert {"hidden rows", "hidden columns", "hidden tables"} <= kinds(file).keys()


@pytest.mark.parametrize(
    "cell",
    [
        "<td bgcolor=#92D050></td>",
        "<td bgcolor='92d050'></td>",
        "<td style='background:#92D050;mso-pattern:black none'></td>",
        "<td style='background-color: rgb(146, 208, 80)'></td>",
        "<td class=xl65></td>",
        "<td class='a xl65'> </td>",
    ],
)
def test_colours_of_cells_count_without_words(cell):
    file = page(
        f"<table><tr><td>1{cell}<td>a<tr><td>2<td>b<td>c</table>",
        "<style><!-- .xl65 {background:#92D050} --></style>",
    )
    assert file.tables[0].rows[0].cells[1].colour == "92D050"
    assert file.tables[0].rows[0].cells[1].text == ""


def test_colours_of_rows_and_of_words():
    file = page(
        "<table><tr bgcolor=yellow><td>1<td>a<tr><td>2<td><span style='background:#FFC000'>Amber</span></table>"
    )
    assert file.tables[0].rows[0].cells[1].colour == "FFFF00"
    assert file.tables[0].rows[1].cells[1].colour == "FFC000"
    assert first_cell("<font color=red>late</font>").pieces[0].colour == "FF0000"


# ------------------------------------------------------------------ encodings and limits

WORDS = "<table><tr><td>1<td>\u00a350 \u2013 carers\u2019</table>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-8", "utf-8"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("no-such", "utf-8"),
        ("utf-16", "utf-8"),
    ],
)
def test_the_encoding_is_found_even_where_the_page_is_wrong(declared, encoding):
    content = f'<html><meta charset="{declared}">{WORDS}</html>'.encode(encoding)
    assert words(read(content).tables[0]) == [["1", "\u00a350 \u2013 carers\u2019"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_mark_at_the_beginning_decides(encoding):
    assert (
        words(read(f"<html>{WORDS}</html>".encode(encoding)).tables[0])[0][1]
        == "\u00a350 \u2013 carers\u2019"
    )


def test_nothing_is_fetched_and_entities_stay_closed():
    file = read(
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><link rel=stylesheet href="http://example.org/x.css">'
        '<table background="http://example.org/x.png"><tr><td>&x;<td><img src="http://example.org/y.png"></table>'
        '<iframe src="http://example.org/"></iframe></html>'
    )
    assert "root" not in str(words(file.tables[0]))
    assert "other pages" in kinds(file)


def test_a_nul_within_a_page_ends_nothing():
    assert words(page("<table><tr><td>1<td>a\0b<tr><td>2<td>c</table>" + "<p>words</p>" * 50).tables[0]) == [
        ["1", "ab"],
        ["2", "c"],
    ]


def test_a_page_above_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("recommendations.trackers.readers.source.MOST_TEXT_BYTES", 1000)
    with pytest.raises(CannotBeRead, match="MB"):
        page("x" * 2000)


def test_a_page_of_many_spans_stays_bounded():
    cells = "<td colspan=1000 rowspan=60000>x" * 5
    with pytest.raises(CannotBeRead):
        page("<table>" + f"<tr>{cells}" * 20_000 + "</table>")


@pytest.mark.parametrize(
    ("limit", "more"),
    [("MOST_ROWS_OF_PAGE", "<tr></tr>"), ("MOST_ROWS_OF_PAGE", "<TR\n/>"), ("MOST_TAGS", "<br>")],
)
def test_more_rows_or_tags_than_can_be_read_are_refused(monkeypatch, limit, more):
    """Before the page is parsed: a million empty rows take gigabytes."""
    page = "<table><tr><th>Ref<th>Text</tr><tr><td>1<td>a</tr>{}</table>"
    monkeypatch.setattr(web_page, limit, 60)
    assert read(page.format(more * 40)).tables[0].rows[1].cells[1].text == "a"
    monkeypatch.setattr(web_page, "_parsed", lambda text: pytest.fail("it was parsed"))
    with pytest.raises(CannotBeRead, match="more rows and tags than can be read"):
        read(page.format(more * 61))
