"""Numbers that Word prints and does not store."""

from __future__ import annotations

import pytest

from recommendations.trackers.readers.word_numbers import number_words
from tests.tracker_files import cell, list_of, para, read, row, run, table, word, words


def labels(body: str, numbering: str, styles: str = "") -> list[str]:
    return [each.label for each in read(word(body, numbering=numbering, styles=styles)).paragraphs]


def item(number: int, level: int = 0, text: str = "x") -> str:
    return para(text, numbered=(number, level))


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (28, "lowerLetter", "bb"),
        (4, "upperLetter", "D"),
        (14, "lowerRoman", "xiv"),
        (9, "upperRoman", "IX"),
        (22, "ordinal", "22nd"),
        (13, "ordinal", "13th"),
        (21, "cardinalText", "Twenty-one"),
        (32, "ordinalText", "Thirty-second"),
        (40, "ordinalText", "Fortieth"),
        (7, "chicago", "7"),
        (0, "lowerRoman", "0"),
    ],
)
def test_the_forms_of_numbers(count, form, expected):
    assert number_words(count, form) == expected


def test_levels_count_within_the_one_above():
    numbering = list_of(1, "decimal %1.", "decimal %1.%2", "lowerLetter (%3)")
    body = item(1) + item(1, 1) + item(1, 1) + item(1, 2) + item(1, 2) + item(1) + item(1, 1) + item(1, 2)
    assert labels(body, numbering) == ["1.", "1.1", "1.2", "(a)", "(b)", "2.", "2.1", "(a)"]


def test_a_level_may_go_on_over_those_above():
    """Recommendations that are numbered through all chapters."""
    numbering = list_of(1, "decimal %1.", "decimal R%2").replace(
        '"decimal"/><w:lvlText w:val="R', '"decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="R'
    )
    assert labels(item(1) + item(1, 1) + item(1) + item(1, 1), numbering) == ["1.", "R1", "2.", "R2"]


def test_a_list_that_begins_anew_and_one_that_goes_on():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = (
        list_of(1, "decimal %1.")
        + f'<w:num w:numId="2"><w:abstractNumId w:val="1"/>{again}</w:num>'
        + '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert labels(item(1) + item(1) + item(2) + item(2) + item(3), numbering) == [
        "1.",
        "2.",
        "5.",
        "6.",
        "7.",
    ]


def test_another_list_has_its_own_count():
    assert labels(item(1) + item(2) + item(1), list_of(1, "decimal %1.") + list_of(2, "decimal %1)")) == [
        "1.",
        "1)",
        "2.",
    ]


def test_a_level_of_its_own_for_one_list():
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:lvlOverride>'
    assert labels(item(1) + item(1), list_of(1, "decimal %1.", more=own)) == ["I", "II"]


def test_legal_numbers_are_decimal_in_each_place():
    numbering = list_of(1, "upperRoman %1.", "decimal %1.%2").replace('w:ilvl="1">', 'w:ilvl="1"><w:isLgl/>')
    assert labels(item(1) + item(1) + item(1, 1), numbering) == ["I.", "II.", "2.1"]


def test_numbers_with_leading_zeros():
    level = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><mc:AlternateContent'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="w14"><w:numFmt'
        ' w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="SC%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert labels(item(1) + item(1), level) == ["SC001", "SC002"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Rec"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="RecToo"><w:basedOn w:val="Rec"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Part"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def test_numbers_by_style_and_by_what_a_style_is_based_on():
    numbering = list_of(1, "decimal %1.", "lowerLetter %2)").replace(
        'w:ilvl="1">', 'w:ilvl="1"><w:pStyle w:val="Part"/>'
    )
    body = para("x", style="Rec") + para("x", style="Part") + para("x", style="RecToo")
    assert labels(body, numbering, STYLES) == ["1.", "a)", "2."]


def test_a_number_that_a_paragraph_takes_off_its_style():
    body = para("x", style="Rec") + para("x", style="Rec", numbered=(0, 0)) + para("x", style="Rec")
    assert labels(body, list_of(1, "decimal %1."), STYLES) == ["1.", "", "2."]


def test_a_list_by_a_list_style():
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Ours"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>'
    )
    styles = '<w:style w:type="numbering" w:styleId="Ours"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert labels(item(5) + item(5), list_of(1, "decimal R%1") + linked, styles) == ["R1", "R2"]


def test_a_number_that_is_a_whole_cell_is_its_words():
    number = cell(para("", numbered=(1, 0)))
    file = read(word(table(row(number, "Lit."), row(number, "Heated.")), numbering=list_of(1, "decimal %1.")))
    assert words(file.tables[0]) == [["1.", "Lit."], ["2.", "Heated."]]


def test_numbers_stand_before_the_words_of_a_cell_and_bullets_too():
    content = (
        para("publish how many;", numbered=(1, 0))
        + para("pay for a taxi.", numbered=(1, 0))
        + para("by bus", numbered=(2, 0))
    )
    numbering = list_of(1, "lowerLetter %1)") + list_of(2, "bullet \uf0b7")
    file = read(word(table(row("3", cell(content)), row("x", "y")), numbering=numbering))
    assert file.tables[0].rows[0].cells[1].text == "a) publish how many;\nb) pay for a taxi.\n\u2022 by bus"


def test_cells_that_go_on_with_the_one_above_are_not_counted():
    number = para("", numbered=(1, 0))
    file = read(
        word(
            table(
                row(cell(number, '<w:vMerge w:val="restart"/>'), "a"),
                row(cell(number, "<w:vMerge/>"), "b"),
                row(cell(number), "c"),
            ),
            numbering=list_of(1, "decimal %1."),
        )
    )
    assert [each[0] for each in words(file.tables[0])] == ["1.", "1.", "2."]


def test_paragraphs_that_were_deleted_are_not_counted():
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    deleted = '<w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>'
    body = item(1) + para(deleted, numbered=(1, 0), more=gone) + item(1)
    assert labels(body, list_of(1, "decimal %1.")) == ["1.", "2."]


def test_the_depth_of_a_paragraph_in_its_list():
    file = read(
        word(item(1) + item(1, 1) + para(run("x")), numbering=list_of(1, "decimal %1.", "lowerLetter %2)"))
    )
    assert [each.level for each in file.paragraphs] == [1, 2, 0]


def test_a_list_that_is_not_there_gives_no_number():
    assert labels(item(9), list_of(1, "decimal %1.")) == [""]
