"""Rows and titles that look like something else than they are."""

from __future__ import annotations

import pytest

from recommendations.lifecycle.statuses import Claim, Decision
from tests.tracker_tables import column, read, table

HEADS = "Ref | Recommendation | Owner | RAG | Comments"
KEY = "RAG: Blue - complete, Green - on target, Amber - some slippage, Red - not progressing"


def test_a_title_that_is_a_key_says_nothing_of_the_lines() -> None:
    rows = f"""
        {HEADS}
        1 | That the market be moved     | Head of Trade | Red |
        2 | To note the report on shops  | Head of Trade |     |
    """
    found = read(table(rows, KEY))
    assert column(found, "claim") == [Claim.OFF_TRACK, None]
    assert [entry.problems for entry in found.entries] == [(), ()]


def test_a_recommendation_with_its_name_before_it_is_no_header() -> None:
    found = read("""
        Recommendation | Accept / Reject | Action to be taken | By when
        Recommendation 1\\nThat a second shelter be opened | Accept | We lease a building | October 2024
        Recommendation 2\\nThat bed and breakfast end | Reject | No other place is there. |
        Recommendation 3\\nThat data be shared with health | Accept | An agreement is signed | May 2024
    """)
    assert column(found, "number") == ["1", "2", "3"]
    assert column(found, "response") == [Decision.ACCEPTED, Decision.REJECTED, Decision.ACCEPTED]


def test_a_key_over_several_columns_is_no_line() -> None:
    found = read(f"""
        {HEADS}
        1 | That every block be inspected | Head of Homes | Green | Surveys began
        -
        Key | Green = on track | Amber = delayed | Red = not started |
    """)
    assert column(found, "reference") + column(found, "number") in (["1", None], [None, "1"])
    assert "key" in {one.reason for one in found.ignored}


def test_what_the_committee_decided_is_read_in_comments_beside_a_status() -> None:
    found = read(f"""
        {HEADS}
        1 | That a business forum meet | Head of Trade | Blue  | Agreed by Panel 6/2/23 to remove
        2 | That the pier be lit       | Head of Trade | Green | Committee agreed complete 6/2/23
    """)
    assert column(found, "outcome") == [None, "close_implemented"]
    assert [one.field for one in found.entries[0].problems] == ["outcome"]
    assert column(found, "updates") == [
        "2024-03-31: Agreed by Panel 6/2/23 to remove",
        "2024-03-31: Committee agreed complete 6/2/23",
    ]


def test_a_status_by_which_the_committee_may_have_closed_offers_that() -> None:
    rows = f"""
        {HEADS}
        1 | That the market be moved | Head of Trade | Closed   | Moved
        2 | That the pier be lit     | Head of Trade | On hold  |
    """
    (question,) = read(rows).questions
    values = {one.value: one.label for one in question.choices}
    assert values["outcome:close_implemented"] == "The committee closed it: implemented"
    found = read(rows, answers={question.key: "outcome:close_implemented"})
    assert column(found, "outcome") == ["close_implemented", None]
    assert column(found, "claim") == [None, Claim.PAUSED]
    assert found.questions == ()


@pytest.mark.parametrize("words", ["Rejected then accepted", "Accepted (later rejected)"])
def test_a_response_that_became_another_is_asked(words: str) -> None:
    found = read(f"No | Recommendation | Owner | Response\n1 | That hedges be laid | Parks | {words}")
    assert [one.words for one in found.questions] == [words]


def test_codes_of_a_system_are_words() -> None:
    found = read("""
        rec_id   | rec_text              | directed_to | response_status    | progress_status | progress_pct
        2023-001 | Run buses until two   | Transport   | PARTIALLY_ACCEPTED | IN_PROGRESS     |
        2023-002 | Sell tickets by phone | Transport   | ACCEPTED           |                 | 100
        2023-003 | Light every stop      | Transport   | ACCEPTED           |                 | 0.6
    """)
    assert column(found, "response") == [Decision.IN_PART, Decision.ACCEPTED, Decision.ACCEPTED]
    assert column(found, "claim") == [Claim.ON_TRACK, Claim.DELIVERED, None]
    assert [one.words for one in found.questions] == ["60%"]
