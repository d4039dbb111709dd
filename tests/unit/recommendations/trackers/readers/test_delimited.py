"""Text tables: their encoding, their delimiter, and quotes that are not as they should be."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.trackers.cells import CannotBeRead, Cell
from recommendations.trackers.limits import BLANK_ROWS_KEPT, MOST_COLUMNS
from recommendations.trackers.readers import delimited
from tests.tracker_files import kinds, read, words

ROWS = "Ref;Recommendation;Due\nHS1;That carers be asked, and told;31/03/24\nHS2;That a card be tried;TBC\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    rows = [
        ["Ref", "Recommendation", "Due"],
        ["HS1", "That carers be asked, and told; each year", "31/03/24"],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    file = read(text.getvalue())
    assert (file.delimiter, words(file.tables[0])) == (delimiter, rows)


def test_commas_in_sentences_are_no_delimiter():
    assert read(ROWS).delimiter == ";"
    assert words(read(ROWS).tables[0])[1] == ["HS1", "That carers be asked, and told", "31/03/24"]


def test_lines_above_the_header_are_counted():
    file = read(f"Health Scrutiny - export of 4 March 2024;;\n\n{ROWS}")
    assert [each.number for each in file.tables[0].rows] == [1, 2, 3, 4, 5]
    assert words(file.tables[0])[0][0].startswith("Health Scrutiny")


def test_a_title_with_commas_above_a_table_with_few_columns():
    file = read(f"Response, progress, owner and date, of each, at 4 March\n{ROWS}")
    assert file.delimiter == ";"


def test_a_record_over_several_lines_is_one():
    file = read('Ref,Updates\nHS1,"June: agreed\nDec: ""paid"""\nHS2,None\n')
    assert words(file.tables[0])[1] == ["HS1", 'June: agreed\nDec: "paid"']
    assert [each.number for each in file.tables[0].rows] == [1, 2, 3]


def test_the_delimiter_that_a_file_says_is_taken_and_its_line_counted():
    file = read("sep=;\nRef;Text\n1;a, b, c\n2;d, e, f\n")
    assert file.delimiter == ";"
    assert [each.number for each in file.tables[0].rows] == [2, 3, 4]


def test_the_delimiter_that_a_person_chose():
    assert words(read("a,b;c\nd,e;f\n", delimiter=";").tables[0]) == [["a,b", "c"], ["d,e", "f"]]


def test_a_quotation_mark_within_words_is_a_letter():
    assert words(read('Ref,Text\n1,a 5" pipe\n2,b\n').tables[0])[1] == ["1", 'a 5" pipe']


def test_a_quotation_mark_that_never_closes_takes_nothing_with_it():
    file = read('Ref,Text,Due\n1,"That it be lit,May\n2,That it be heated,June\n3,x,July\n')
    assert words(file.tables[0])[1:] == [
        ["1", '"That it be lit', "May"],
        ["2", "That it be heated", "June"],
        ["3", "x", "July"],
    ]
    assert kinds(file)["stray quotes"].startswith("1 quotation mark")


def test_lines_that_were_swallowed_by_a_quotation_mark_are_told():
    file = read('Ref,Text,Due\n1,"That it be lit,May\n2,That it be heated,June\n3,so",July\n4,x,y\n')
    assert "lines in a cell" in kinds(file)


def test_each_kind_of_line_end():
    assert [len(read(ROWS.replace("\n", end)).tables[0].rows) for end in ("\n", "\r\n", "\r")] == [3, 3, 3]


def test_a_table_drawn_with_bars():
    file = read("| Ref | Text |\n|-----|:----:|\n| 1 | That it be lit |\n| 2 | That it be heated |\n")
    assert words(file.tables[0]) == [["Ref", "Text"], ["1", "That it be lit"], ["2", "That it be heated"]]
    assert [each.number for each in file.tables[0].rows] == [1, 3, 4]


def test_a_table_in_columns_of_blanks():
    file = read(
        "Recommendations at May 2024\n\n"
        "No.  Recommendation                Status\n"
        "---  ----------------------------  -----------\n"
        "1    That it be lit                Done\n"
        "2    That the fare be halved\n"
        "3    That it be heated             Not started\n"
    )
    assert file.delimiter is None
    assert words(file.tables[0])[2:] == [
        ["No.", "Recommendation", "Status"],
        ["1", "That it be lit", "Done"],
        ["2", "That the fare be halved", ""],
        ["3", "That it be heated", "Not started"],
    ]


def test_a_file_of_one_column_has_no_delimiter():
    file = read("Recommendation\nThat it be lit\nThat it be heated\n")
    assert file.delimiter is None
    assert words(file.tables[0]) == [["Recommendation"], ["That it be lit"], ["That it be heated"]]


# ------------------------------------------------------------------ encodings

POUNDS = "Ref;Text\n1;the carers\u2019 \u00a350,000 \u2013 paid\n"


@pytest.mark.parametrize(
    ("encoding", "taken"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "windows-1252"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found(encoding, taken):
    file = read(POUNDS.encode(encoding))
    assert file.encoding == taken
    assert file.tables[0].rows[1].cells[1].text == "the carers\u2019 \u00a350,000 \u2013 paid"
    assert file.tables[0].rows[0].cells[0].text == "Ref"


def test_the_encoding_that_a_person_chose():
    assert (
        read(POUNDS.encode("mac_roman"), encoding="mac_roman")
        .tables[0]
        .rows[1]
        .cells[1]
        .text.endswith("paid")
    )
    with pytest.raises(CannotBeRead, match="encoding"):
        read(POUNDS.encode("cp1252"), encoding="utf-8")
    with pytest.raises(CannotBeRead, match="encoding"):
        read(POUNDS, encoding="no such")


def test_a_few_bytes_of_another_encoding_are_read_and_told():
    content = (POUNDS * 20).encode() + b"2;pasted \x92quote\n"
    file = read(content)
    assert file.tables[0].rows[-1].cells[1].text == "pasted \u2019quote"
    assert "mixed encodings" in kinds(file)


def test_bytes_that_are_no_letters_are_told():
    assert "unreadable letters" in kinds(read(b"Ref;Text\n1;\x81\x8d\xa3\n"))


def test_a_nul_among_words_is_taken_out_and_told():
    file = read("Ref;Text\n" + "1;That it be lit and heated each day\n" * 20 + "2;a\0b\n")
    assert file.tables[0].rows[-1].cells[1].text == "ab"
    assert "control characters" in kinds(file)


# ------------------------------------------------------------------ limits


def test_formulas_and_scripts_are_words():
    file = read("Ref,Text\n1,=cmd|' /C calc'!A0\n2,<script>alert(1)</script>\n")
    assert [each[1] for each in words(file.tables[0])] == [
        "Text",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
    ]


def test_three_hundred_columns_are_read():
    file = read("\n".join(",".join(f"{row}.{at}" for at in range(300)) for row in range(3)))
    assert file.tables[0].width == 300


def test_columns_above_the_limit_are_refused():
    with pytest.raises(CannotBeRead, match="columns"):
        read(",".join(["x"] * (MOST_COLUMNS + 1)))


def test_blank_columns_at_the_end_are_none():
    assert read("Ref,Text" + "," * 1000 + "\n1,x" + "," * 1000).tables[0].width == 2


def test_a_gigantic_cell_is_refused():
    with pytest.raises(CannotBeRead, match="letters"):
        read(f"Ref,Text\n1,{'x' * 200_000}\n")
    with pytest.raises(CannotBeRead, match="letters"):
        read(f'Ref,Text\n1,"{"x" * 200_000}"\n')


def test_of_blank_lines_at_the_foot_the_first_are_kept_to_be_told():
    assert len(read(ROWS + ";;\n" * 500).tables[0].rows) == 3 + BLANK_ROWS_KEPT


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12),
            min_size=3,
            max_size=3,
        ),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read(rows, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["Ref", "Text", "Due"], *rows])
    file = read(text.getvalue(), delimiter=delimiter)
    found = {one.number: [each.text for each in one.cells] for one in file.tables[0].rows}
    for number, expected in enumerate(rows, 2):
        plain = [" ".join(each.split()) for each in expected]
        got = [" ".join(each.split()) for each in found.get(number, ["", "", ""])]
        assert len(got) == 3
        if all(each.isascii() for each in expected):
            assert got == plain


@pytest.mark.parametrize("blank", ["", ";;", " ; ;\t", '"";"";""'], ids=repr)
@pytest.mark.parametrize("behind", ["", "HS3;That it be done;TBC\n"], ids=["at the end", "between"])
def test_long_runs_of_blank_lines_are_never_records(monkeypatch, blank, behind):
    """They are left out before cells are made of them, and the numbers of the others stay."""
    made: list[str] = []
    cell = delimited._cell

    def noted(field: str, *about: Any) -> Cell:
        made.append(field)
        return cell(field, *about)

    monkeypatch.setattr(delimited, "_cell", noted)
    rows = read(ROWS + f"{blank}\n" * 5_000 + behind).tables[0].rows
    assert len(rows) == 3 + BLANK_ROWS_KEPT + bool(behind)
    assert [row.number for row in rows[:4]] == [1, 2, 3, 4]
    assert rows[-1].number == (5_004 if behind else 3 + BLANK_ROWS_KEPT)
    assert len(made) < 4 * (len(rows) + 1)


def test_blank_lines_within_quotes_stay():
    inner = "\n" * 150
    file = read(f'Ref;Text\n1;"above{inner}below"\n2;"above{inner}"\n')
    assert [row.cells[1].text for row in file.tables[0].rows[1:]] == [f"above{inner}below", "above"]
    assert [row.number for row in file.tables[0].rows] == [1, 2, 3]


def test_more_lines_than_can_be_read_are_refused(monkeypatch):
    monkeypatch.setattr(delimited, "MOST_LINES", 200)
    read(ROWS + "\n" * 5_000)
    with pytest.raises(CannotBeRead, match="The file has 304 lines and at most 200 can be read"):
        read(ROWS + "\n" * 300 + "HS3;That it be done;TBC\n")
