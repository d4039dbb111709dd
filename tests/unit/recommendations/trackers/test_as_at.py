"""The day of which a file speaks."""

from __future__ import annotations

import pytest

from recommendations.trackers.as_at import AS_AT_KEY, day_in_name, read_as_at

LINES = {
    "Transport Select Committee. Position at 2 May 2024": "2 May 2024",
    "Housing Scrutiny: open recommendations at 31 January 2024": "31 January 2024",
    "Health Scrutiny – export of 4 March 2024": "4 March 2024",
    "Item 7: recommendations at 6 July 2023": "6 July 2023",
    "March 2024": "March 2024",
    "Bus stops inquiry: tracker at 30 June 2023": "30 June 2023",
    "Last updated 01/05/24": "1 May 2024",
    "Action plan (updated May 2024)": "May 2024",
    "Scrutiny Committee - 12 March 2024": "12 March 2024",
    "Meeting of the Panel on Tuesday 12 March 2024": "12 March 2024",
    "Status as at the end of March 2024": "31 March 2024",
    "Quarter ending 30 June 2023": "30 June 2023",
    "Exported 04/03/2024": "4 March 2024",
    "Report issued 4 March 2024": "4 March 2024",
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_says_it(line: str) -> None:
    read = read_as_at(["Action plan", line, "Live"])
    assert read.value
    assert (read.value.in_words(), read.question) == (LINES[line], None)


@pytest.mark.parametrize(
    "line",
    [
        "Recommendations made since May 2022",
        "Recommendation tracker 2023/24",
        "Completed since April",
        "Report published in May 2021",
        "Action plan",
    ],
)
def test_other_days_are_not_the_file_s(line: str) -> None:
    read = read_as_at([line])
    assert read.value is None
    assert read.question
    assert read.question.key == AS_AT_KEY


def test_what_says_it_most_plainly_counts() -> None:
    read = read_as_at(["Committee meeting 12 March 2024", "Updated: 1 March 2024"], "tracker-april-2024.xlsx")
    assert read.value
    assert read.value.in_words() == "1 March 2024"


def test_two_days_are_asked() -> None:
    read = read_as_at(["As at 1 May 2024", "As at 3 May 2024"])
    assert read.value
    assert (read.value.in_words(), read.question and read.question.key) == ("3 May 2024", AS_AT_KEY)


NAMES = {"Tracker March 2024.xlsx": "March 2024", "2024-03 tracker.docx": "March 2024", "tracker_20240331_v2.xlsx": "31 March 2024", "31.03.2024 tracker.xlsx": "31 March 2024", "a-june-2023.docx": "June 2023", "q3 2023-24.xlsx": "Q3 2023/24 (October to December 2023)", "tracker.xlsx": None, "s2-register.xlsx": None, "tracker v2024.1.csv": None}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_the_file(name: str) -> None:
    found = day_in_name(name)
    assert (found and found.in_words()) == NAMES[name]


def test_the_headers_say_it_where_no_line_does() -> None:
    headers = ["Recommendation", "Target date", "Position at 1 March 2024"]
    read = read_as_at(["Action plan"], "tracker-april-2024.xlsx", headers)
    assert (read.value and read.value.in_words(), read.question) == ("1 March 2024", None)
    read = read_as_at(["As at 3 May 2024"], "", headers)
    assert (read.value and read.value.in_words(), read.question) == ("3 May 2024", None)
    assert read_as_at([], "", ["Response due by 4 March 2024", "Progress"]).value is None
