"""Only the committee closes: columns, titles and sentences that say so."""

from __future__ import annotations

import pytest

from recommendations.trackers.outcomes import committee_decision, read_outcome, read_title
from tests.tracker_tables import read, table

CLOSED = {
    "Implemented": "close_implemented", "Complete": "close_implemented", "Agreed complete": "close_implemented", "Implemented. Members thanked the officers.": "close_implemented", "Implemented (14 November 2023)": "close_implemented", "Closed: implemented 12 March 2024": "close_implemented",
    "Not implemented; no further action": "close_not_implemented", "Closed - not implemented": "close_not_implemented", "Superseded": "close_superseded", "Closed - superseded by rec 4": "close_superseded", "No longer relevant": "close_no_longer_relevant",
}  # fmt: skip


@pytest.mark.parametrize("words", CLOSED)
def test_a_column_of_decisions(words: str) -> None:
    read, _ = read_outcome(words)
    assert (read.value, read.question) == (CLOSED[words], None)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "N/A",
        "Keep monitoring",
        "Open",
        "Remain open",
        "Further update requested",
        "Partially implemented",
    ],
)
def test_what_stays_open(words: str) -> None:
    read, _ = read_outcome(words)
    assert (read.value, read.question) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        "Closed",
        "Discharged",
        "No further action",
        "Satisfied",
        "Not implemented",
        "Implemented, but members remain concerned",
        "Withdrawn",
    ],
)
def test_closed_how_is_asked(words: str) -> None:
    assert read_outcome(words)[0].question


def test_a_closed_sheet_says_that_it_is_closed() -> None:
    read, _ = read_outcome("Not implemented", closed=True)
    assert (read.value, read.question) == ("close_not_implemented", None)


def test_the_day_beside_it() -> None:
    _, on = read_outcome("Implemented (14 November 2023)")
    assert on
    assert on.in_words() == "14 November 2023"


SENTENCES = {
    "Committee agreed complete": ("close_implemented", None),
    "Agreed as complete by Panel 12/3/24": ("close_implemented", "12 March 2024"),
    "Done. The committee agreed that this was complete (May 2024).": ("close_implemented", "May 2024"),
    "Signed off by the Scrutiny Committee": ("close_implemented", None),
    "Complete (verified by committee 12/3/24)": ("close_implemented", "12 March 2024"),
    "Completed March 2023 and signed off by Committee 20/04/2023": ("close_implemented", "20 April 2023"),
    "The committee was satisfied that this is complete (May 2024)": ("close_implemented", "May 2024"),
    "The Panel verified completion on 4 May 2024": ("close_implemented", "4 May 2024"),
    "The Committee agreed that the work was not implemented and closed it": ("close_not_implemented", None),
}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_that_closes(text: str) -> None:
    decision = committee_decision(text)
    assert decision
    assert (decision.outcome.value, decision.on and decision.on.in_words()) == SENTENCES[text]
    assert decision.outcome.question is None


@pytest.mark.parametrize(
    "text",
    [
        "Closed by the committee on 3 May 2024",
        "Discharged by committee",
        "Committee satisfied - remove from list (9 Nov 2023)",
        "Committee agreed to close",
        "The committee agreed closure",
    ],
)
def test_a_sentence_that_does_not_say_how(text: str) -> None:
    decision = committee_decision(text)
    assert decision
    assert decision.outcome.value is None
    assert decision.outcome.question


@pytest.mark.parametrize(
    "text",
    [
        "Complete",
        "Closed",
        "Cabinet agreed it was complete",
        "The committee did not agree that it was complete",
        "Committee to agree closure",
        "Proposed for closure by the committee",
        "Awaiting committee sign off",
        "The committee considered progress in May 2024",
        "Officers closed the site",
        "",
    ],
)
def test_nothing_else_closes(text: str) -> None:
    assert committee_decision(text) is None


TITLES = {
    "Completed since April": ("", "delivered", ""), "Completed recommendations": ("", "delivered", ""), "Table 2: Completed actions": ("", "delivered", ""), "In progress": ("", "on_track", ""), "Not started": ("", "not_started", ""), "Overdue": ("", "off_track", ""),
    "Recommendations not accepted": ("rejected", "", ""), "Recommendations agreed as complete": ("", "", "close_implemented"), "Live": ("", "", ""), "Extension requested": ("", "", ""), "Ferry inquiry: action plan": ("", "", ""),
    "Housing Scrutiny: open recommendations at 31 January 2024": ("", "", ""), "Outstanding": ("", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_titles(title: str) -> None:
    state = read_title(title)
    assert (state.response.value or "", state.claim.value or "", state.outcome.value or "") == TITLES[title]


@pytest.mark.parametrize("title", ["Closed", "Closed recommendations", "Discharged since the last meeting"])
def test_a_closed_title_asks_how(title: str) -> None:
    state = read_title(title, sheet=True)
    assert state.is_closed
    assert state.outcome.question


CLOSED_SHEET = """
    Ref | Recommendation                  | Owner           | Date closed | How closed
    4   | Move records to the new archive | Head of Records | 4 May 2023  | Implemented
    5   | Merge the two helpdesks         | Head of IT      | 6 July 2023 | No longer needed
"""


def test_the_sheet_closes_no_line_whose_own_words_are_asked_about() -> None:
    closed = table(CLOSED_SHEET, name="Completed & closed")
    found = read(closed, name="tracker.xlsx")
    assert [one.outcome for one in found.entries] == ["close_implemented", None]
    key = next(one.key for one in found.questions if one.words == "No longer needed")
    again = read(closed, name="tracker.xlsx", answers={key: ""})
    assert [one.outcome for one in again.entries] == ["close_implemented", None]


@pytest.mark.parametrize("header", ["Recommendation agreed", "Recommendations approved"])
def test_a_column_of_wordings_that_were_agreed_is_no_response(header: str) -> None:
    found = read(
        f"Ref | {header} | Owner | Progress\nHSC1 | Inspect every block for damp | Head of Homes | Surveys began"
    )
    assert [one.text for one in found.entries] == ["Inspect every block for damp"]
