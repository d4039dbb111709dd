"""Several dated updates in one cell."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.trackers.cells import Cell, Piece, Row, Table, TrackerFile
from recommendations.trackers.dated_updates import read_updates
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.period_meanings import Known
from recommendations.trackers.tracker import read_tracker
from tests.growth import PIECES, grows_too_fast

KNOWN = Known(near=dt.date(2024, 5, 2))


def told(text: str) -> list[tuple[str, str]]:
    return [
        (one.as_at.value.in_words() if one.as_at and one.as_at.value else "", one.text)
        for one in read_updates(text, KNOWN)
    ]


TOLD = {
    "Nov 2023: rota agreed.\nApril 2024: first late sailing on 1 April.": [("November 2023", "rota agreed."), ("April 2024", "first late sailing on 1 April.")],
    "1 June 2023: criteria agreed\nDec 2023: 41 applications; Feb 2024: 19 paid": [("1 June 2023", "criteria agreed"), ("December 2023", "41 applications"), ("February 2024", "19 paid")],
    "12/03/2024 - Contract let. 01/02/2024 - Tender out": [("1 February 2024", "Tender out"), ("12 March 2024", "Contract let.")],
    "Update May 2024: lamps ordered": [("May 2024", "lamps ordered")],
    "March 2024 update - lamps ordered": [("March 2024", "lamps ordered")],
    "Update (March 2024): done": [("March 2024", "done")],
    "[12/03/24] Contract let": [("12 March 2024", "Contract let")],
    "12/03/2024 Contract let.": [("12 March 2024", "Contract let.")],
    "May 2023\tSunday round tried.\nJune 2023\tBeach bins doubled.": [("May 2023", "Sunday round tried."), ("June 2023", "Beach bins doubled.")],
    "May 2023\nSunday round tried.\nJune 2023\nBeach bins doubled.": [("May 2023", "Sunday round tried."), ("June 2023", "Beach bins doubled.")],
    "(May 2023) Tried. (June 2023) Done.": [("May 2023", "Tried."), ("June 2023", "Done.")],
    "As at 3 May 2023: all done": [("3 May 2023", "all done")],
    "Rota agreed. April 2024: first sailing": [("", "Rota agreed."), ("April 2024", "first sailing")],
    "Q2 2023/24: lamps. Q3 2023/24: more": [("Q2 2023/24 (July to September 2023)", "lamps."), ("Q3 2023/24 (October to December 2023)", "more")],
    "Lamps ordered.": [("", "Lamps ordered.")],
    "Lamps ordered (March 2024)": [("March 2024", "Lamps ordered")],
    "Lamps ordered. (12/03/2024)": [("12 March 2024", "Lamps ordered.")],
    "Lamps ordered (12 March 2024).\nPower laid (as at 3 May 2023).": [("3 May 2023", "Power laid"), ("12 March 2024", "Lamps ordered")],
    "Lamps ordered (March 2024). Power laid (April 2024).": [("March 2024", "Lamps ordered"), ("April 2024", "Power laid")],
    "Lamps ordered (March 2024)\nPower to follow": [("March 2024", "Lamps ordered"), ("", "Power to follow")],
    "Report to Cabinet (12 March 2024)": [("12 March 2024", "Report to Cabinet")],
    "Update (March 2024)\nLamps ordered.": [("March 2024", "Lamps ordered.")],
    "The lease (March 2019) runs on": [("", "The lease (March 2019) runs on")],
    "Lamps ordered (March 2024). Power to follow.": [("", "Lamps ordered (March 2024). Power to follow.")],
    "First late sailing on 1 April 2024. Second on 3 May 2024.": [("", "First late sailing on 1 April 2024. Second on 3 May 2024.")],
    "In March 2024 the council agreed.": [("", "In March 2024 the council agreed.")],
    "The deadline is May 2024: we aim for April": [("", "The deadline is May 2024: we aim for April")],
    "": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_updates(text: str) -> None:
    assert told(text) == TOLD[text]


@pytest.mark.parametrize(
    "text",
    ["Agreed. June 2025: opening", "Nov: rota agreed. April 2024: more", "May 2023 Sunday round tried."],
)
def test_a_day_that_is_not_sure_is_asked(text: str) -> None:
    assert any(one.as_at and one.as_at.question for one in read_updates(text, KNOWN))


@pytest.mark.parametrize(
    "text", ["Survey begun (Nov 25).", "Survey begun (Nov 25)", "(Nov 25): Survey begun"]
)
def test_a_bracket_around_a_day_is_none_of_its_words(text: str) -> None:
    assert [one.as_at and one.as_at.words for one in read_updates(text, KNOWN)] == ["Nov 25"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("(March 2024)", "March 2024"), ("March (2024)", "March (2024)"), ("(Q2 2023/24)", "Q2 2023/24")],
)
def test_a_bracket_that_opens_before_a_time_is_none_of_its_words(text: str, words: str) -> None:
    (found,) = find_times(text)
    assert found.period is not None
    assert found.period.words == words


DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2024, 5, 2))
TEXTS = st.sampled_from(
    [
        "rota agreed",
        "Lamps ordered",
        "41 applications, 19 paid",
        "The first sailing was on 1 April",
        "met the trust",
    ]
)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(DAYS, TEXTS), min_size=1, max_size=4, unique_by=lambda one: one[0]),
    st.sampled_from(
        [
            "{d:%d/%m/%Y}: {t}.",
            "{d.day} {d:%B %Y} - {t}.",
            "Update {d:%d/%m/%y}: {t}.",
            "{d.day} {d:%b %Y}: {t}.",
        ]
    ),
    st.sampled_from(["\n", " ", "\n\n"]),
)
def test_dated_texts_are_found_again(updates: list[tuple[dt.date, str]], form: str, between: str) -> None:
    text = between.join(form.format(d=day, t=words) for day, words in updates)
    found = [
        (one.as_at.value.start if one.as_at and one.as_at.value else None, one.text)
        for one in read_updates(text, KNOWN)
    ]
    assert found == [(day, f"{words}.") for day, words in sorted(updates, key=lambda one: one[0])]


@settings(max_examples=200)
@given(st.text(max_size=120))
def test_no_letter_is_lost_where_nothing_is_dated(text: str) -> None:
    found = read_updates(text)
    if len(found) == 1 and found[0].as_at is None:
        assert found[0].text


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    assert grows_too_fast(read_updates, piece, 20_000) == ""


def test_as_above_of_a_day_is_no_progress_and_the_line_says_so():
    words = ("Ref", "Recommendation", "Owner", "Progress")
    rows = (
        (
            "1",
            "That the Cabinet publish a winter plan.",
            "Cabinet",
            "12/9/23: It is drafted.\n12/3/24: It is out.",
        ),
        ("2", "That the Cabinet report back on damp.", "Cabinet", "12/9/23: Begun.\n12/3/24: As above."),
    )
    table = Table(
        1,
        tuple(
            Row(at, tuple(Cell((Piece(text),)) for text in row)) for at, row in enumerate((words, *rows), 1)
        ),
        4,
    )
    first, second = read_tracker(TrackerFile("tracker.docx", "docx", (table,))).entries
    assert [one.text for one in first.updates] == ["It is drafted.", "It is out."]
    assert [one.text for one in second.updates] == ["Begun."]
    assert not any("As above" in problem.sentence for problem in first.problems)
    assert [problem.sentence for problem in second.problems if "As above" in problem.sentence] == [
        "“As above.” of 12 March 2024 names no progress of its own and was not taken: enter what is meant"
    ]
