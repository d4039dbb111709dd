"""What a title, a sheet or the document says of the inquiry that recommendations belong to."""

import pytest

from recommendations.trackers.cells import Cell, Paragraph, Piece, Row, Table, TrackerFile
from recommendations.trackers.inquiry_titles import inquiry_in_title, proposed_inquiry, without_day
from recommendations.trackers.tracker import read_tracker


def _table(name, *titles, across=None):
    rows = [("No.", "Recommendation", "Lead officer")]
    rows += [(across, "", "")] if across else []
    rows += [
        ("1", f"That the Cabinet publish its plan for table {name}.", "Head of Housing"),
        ("2", f"That the Cabinet report back on table {name}.", "Head of Planning"),
    ]
    return Table(
        name,
        tuple(
            Row(number, tuple(Cell((Piece(words),)) for words in row)) for number, row in enumerate(rows, 1)
        ),
        3,
        before=tuple(Paragraph(number, (Piece(words),)) for number, words in enumerate(titles, 1)),
    )


def _inquiries(*tables, kind="docx", name="tracker"):
    reading = read_tracker(TrackerFile(f"{name}.{kind}", kind, tables))
    asked = [any(problem.field == "inquiry" for problem in one.problems) for one in reading.entries[::2]]
    return [one.inquiry for one in reading.entries[::2]], asked


@pytest.mark.parametrize(
    ("title", "inquiry"),
    [
        ("Ferries Inquiry", "Ferries Inquiry"),
        ("Recommendations of the Ferries Inquiry", "Ferries Inquiry"),
        ("Cabinet response to the Review of Home Care", "Review of Home Care"),
        ("Ferries inquiry: action plan", "Ferries inquiry"),
        ("Recommendation tracker - Food Poverty Task and Finish Group", "Food Poverty Task and Finish Group"),
        ("Youth Services Review (March 2023)", "Youth Services Review (March 2023)"),
        ("Review of Parking - 2023", "Review of Parking - 2023"),
        ("Young Carers Spotlight Review", "Young Carers Spotlight Review"),
    ],
)
def test_a_title_names_an_inquiry(title, inquiry):
    assert inquiry_in_title(title) == inquiry


@pytest.mark.parametrize(
    "title",
    [
        "Sheet1",
        "Recommendation tracker",
        "Action log 2024/25",
        "Overview and Scrutiny Committee",
        "Policy Review Committee",
        "Review date: 3 May 2024",
        "Last reviewed 3 May 2024",
        "Review of recommendations",
        "Annual review",
        "Task and Finish Groups",
        "Recommendations monitoring - Housing Scrutiny Panel",
        "This table shows what became of each review.",
    ],
)
def test_a_general_title_names_none(title):
    assert inquiry_in_title(title) is None


def test_each_table_belongs_to_the_inquiry_in_its_own_title():
    tables = _table(1, "Recommendation tracker", "Ferries Inquiry"), _table(2, "Review of Home Care")
    assert _inquiries(*tables) == (["Ferries Inquiry", "Review of Home Care"], [False, False])


def test_a_table_under_a_state_belongs_to_the_inquiry_above():
    tables = _table(1, "Ferries Inquiry", "Live"), _table(2, "Completed")
    assert _inquiries(*tables)[0] == ["Ferries Inquiry"] * 2


def test_a_sheet_is_named_after_its_inquiry():
    tables = _table("Youth Services Review"), _table("Food Poverty Task and Finish Gr")
    assert _inquiries(*tables, kind="xlsx") == (
        ["Youth Services Review", "Food Poverty Task and Finish Gr"],
        [False, False],
    )


def test_sheets_that_may_be_named_after_inquiries_are_asked_about():
    tables = _table("Access to GPs"), _table("Road Safety Outside Schools")
    assert _inquiries(*tables, kind="xlsx") == (
        ["Access to GPs", "Road Safety Outside Schools"],
        [True, True],
    )


def test_the_name_of_the_file_names_the_inquiry():
    assert _inquiries(_table(1), name="Ferries_Inquiry")[0] == ["Ferries Inquiry"]


def test_a_general_name_gives_none():
    assert _inquiries(_table(1, "Recommendation tracker", "Position at 3 May 2024")) == ([None], [False])


@pytest.mark.parametrize("words", ["Review of the Library Service", "Road Safety Outside Schools"])
def test_a_row_across_the_table_that_ends_like_a_body_is_an_inquiry(words):
    assert _inquiries(_table(1, "Recommendation tracker", across=words))[0] == [words]


def test_a_name_alone_in_a_first_column_of_dates_heads_the_rows_below():
    rows = (
        ("Date agreed by Committee", "Recommendation made", "Owner"),
        ("Access to GPs - 2021", "", ""),
        ("2 August 2021", "That the Cabinet publish a winter plan.", "Head of Housing"),
        ("3 August 2021", "That the Cabinet report back on damp.", "Head of Planning"),
    )
    table = Table(
        1,
        tuple(Row(at, tuple(Cell((Piece(words),)) for words in row)) for at, row in enumerate(rows, 1)),
        3,
    )
    reading = read_tracker(TrackerFile("tracker.csv", "csv", (table,)))
    assert [one.inquiry for one in reading.entries] == ["Access to GPs - 2021"] * 2


STATES = [
    "Closed",
    "Completed since April",
    "Completed (March 2024)",
    "Previously completed",
    "Superseded",
    "Extension requested",
    "Awaiting response",
    "Outstanding recommendations",
    "Not yet started",
]


@pytest.mark.parametrize("title", [*STATES, "Sheet1", "3", "March 2024", "Item 7: recommendations"])
def test_no_inquiry_is_proposed_under_the_name_of_a_state_or_a_number(title):
    assert proposed_inquiry(title) == ""


@pytest.mark.parametrize(
    ("title", "inquiry"),
    [
        ("Road safety near schools: recommendations, position at 3 May 2024", "Road safety near schools"),
        ("Agreed recommendations of the Ferries Inquiry", "Ferries Inquiry"),
        ("Active travel", "Active travel"),
    ],
)
def test_an_inquiry_is_proposed_by_what_stands_over_its_table(title, inquiry):
    assert proposed_inquiry(title) == inquiry


@pytest.mark.parametrize("state", STATES)
def test_a_state_over_one_of_several_tables_names_no_inquiry(state):
    tables = _table(1, "Access to GPs"), _table(2, state), _table(3, "Road Safety Outside Schools")
    assert _inquiries(*tables)[0] == ["Access to GPs", None, "Road Safety Outside Schools"]


@pytest.mark.parametrize("state", ["Superseded", "Extension requested"])
def test_a_state_in_a_row_across_the_table_is_no_inquiry(state):
    assert _inquiries(_table(1, "Recommendation tracker", across=state))[0] == [None]


@pytest.mark.parametrize(
    ("words", "title", "day"),
    [
        ("Winter roads (reported 14 June 2023)", "Winter roads", "14 June 2023"),
        ("Winter roads [May 2023]", "Winter roads", "May 2023"),
        ("Home care (final report, 12 March 2024)", "Home care", "12 March 2024"),
        ("Ferries – published May 2023", "Ferries", "May 2023"),
        ("Ferries (phase 2)", "Ferries (phase 2)", ""),
        ("Ferries (2023/24)", "Ferries (2023/24)", ""),
        ("Ferries (target March 2030)", "Ferries (target March 2030)", ""),
        ("Winter 2023", "Winter 2023", ""),
    ],
)
def test_the_day_of_its_report_is_no_part_of_a_title(words, title, day):
    found, published = without_day(words)
    assert (found, published.in_words() if published.is_known else "") == (title, day)
