"""Lines of a tracker: what stands on several, what stands on one, and what the marks on them say."""

from __future__ import annotations

from typing import Any

import pytest

from recommendations.trackers.questions import Answers
from recommendations.trackers.reading import Reading
from tests.tracker_tables import asked, column, read, table


def test_one_recommendation_on_two_merged_lines() -> None:
    reading = read("""
        No. | Recommendation | To | Response
        2 | That the slipway be lit. | Highmere Harbour Trust | In part
        ^ | ^ | Lowmere Parish Council | Noted
    """)
    assert column(reading, "item") == [1, 1]
    assert column(reading, "number") == ["2", "2"]
    assert column(reading, "owners") == ["Highmere Harbour Trust", "Lowmere Parish Council"]
    assert reading.questions == ()


@pytest.mark.parametrize("below", [" | ", "1 | ", "1 | That the slipway be lit."])
def test_one_recommendation_on_two_lines_that_are_not_merged(below: str) -> None:
    reading = read(f"""
        No. | Recommendation | To
        1 | That the slipway be lit. | Highmere Harbour Trust
        {below} | Lowmere Parish Council
        2 | That the quay be swept. | Cabinet
    """)
    assert column(reading, "item") == [1, 1, 2]
    assert column(reading, "text")[:2] == ["That the slipway be lit."] * 2
    assert reading.questions == ()


def test_a_line_without_an_owner_is_told() -> None:
    reading = read("""
        No | Recommendation | Owner | Update
        1 | That permits be cheap. | Head of Highways | June 2023: drafted.
         | | | Sept 2023: sold.
    """)
    assert column(reading, "item") == [1, 1]
    assert asked(reading.entries[1]) == ["owners"]


def test_lettered_parts_with_answers_of_their_own() -> None:
    reading = read("""
        No. | Recommendation | To | Response | Status | Target
        3 | That the council\\na) say what it missed;\\nb) pay for taxis. | Cabinet | a) Agreed\\nb) Not agreed | a) Done | a) March 2024
    """)
    assert column(reading, "number") == ["3a", "3b"]
    assert column(reading, "text") == [
        "That the council say what it missed;",
        "That the council pay for taxis.",
    ]
    assert column(reading, "response") == ["accepted", "rejected"]
    assert column(reading, "response_words") == ["a) Agreed", "b) Not agreed"]
    assert column(reading, "claim") == ["delivered", None]
    assert column(reading, "target") == ["2024-03-01 to 2024-03-31", ""]
    assert asked(reading.entries[0]) == ["text"]
    assert asked(reading.entries[1]) == []
    kept = read_again(reading, drawing=PARTS, answer=False)
    assert column(kept, "number") == ["3"]


PARTS = """
    No. | Recommendation | To | Response | Status | Target
    3 | That the council\\na) say what it missed;\\nb) pay for taxis. | Cabinet | a) Agreed\\nb) Not agreed | a) Done | a) March 2024
"""


def read_again(reading: Reading, *, drawing: str, answer: Any) -> Reading:
    """Return the drawing as it is read where every question of the reading has that answer."""
    return read(drawing, answers={question.key: answer for question in reading.questions})


def test_lettered_parts_with_one_answer_stay_one() -> None:
    reading = read("""
        No. | Recommendation | To | Response
        3 | That the council\\na) say what it missed;\\nb) pay for taxis. | Cabinet | Agreed
    """)
    assert column(reading, "number") == ["3"]
    assert reading.questions == ()


def test_lettered_parts_on_rows_of_their_own() -> None:
    reading = read("""
        No. | Recommendation | Lead | Response
        3 | That the council: | |
         | a) say what it missed; | Head of Ports | Agreed
         | b) pay for taxis. | Head of Ports | Not agreed
        4 | That boats be counted. | Chief Executive | Agreed
        5 | That the trust (a) buy ropes; | Cabinet | Agreed
         | (b) sell chains. | Cabinet | Noted
        6 | a) That gulls be fed; | Cabinet | Agreed
        ^ | b) That they be counted. | Cabinet | Noted
    """)
    assert column(reading, "number") == ["3a", "3b", "4", "5a", "5b", "6a", "6b"]
    assert column(reading, "text")[1] == "That the council pay for taxis."
    assert column(reading, "text")[4] == "That the trust sell chains."
    assert [(one.row, one.reason) for one in reading.ignored] == [(2, "introduces the parts below")]
    assert [asked(entry) for entry in reading.entries] == [["text"], [], [], ["text"], [], ["text"], []]


def test_numbers_with_letters_are_as_they_stand() -> None:
    reading = read("""
        No. | Recommendation | Lead
        3a | That it say what it missed. | Head of Ports
        3b | That taxis be paid for. | Head of Ports
    """)
    assert column(reading, "number") == ["3a", "3b"]
    assert reading.questions == ()


def test_as_above_is_the_row_it_means() -> None:
    drawing = """
        No | Recommendation | Owner | Response | Progress
        1 | That permits be cheap. | Head of Highways; Highmere NHS Trust | Agreed | Sold.
        2 | That permits be few. | As above | Ditto | As above
        3 | That permits be green. | Cabinet | See recommendation 1 | See 1
    """
    reading = read(drawing)
    assert column(reading, "owners")[1] == "Head of Highways; Highmere NHS Trust"
    assert column(reading, "response") == ["accepted"] * 3
    assert column(reading, "updates")[1:] == ["", ""]
    assert asked(reading.entries[1]) == ["owners", "response", "progress"]
    answered = read_again(reading, drawing=drawing, answer=True)
    assert answered.questions == ()
    assert column(answered, "updates")[1:] == ["2024-03-31: Sold."] * 2


def test_struck_words() -> None:
    drawing = """
        No. | Recommendation | Lead | Status | Target date
        1 | That the pier be lit. | Head of Ports | ~~On track~~ Complete | ~~June 2023~~ September 2023
        ~~2~~ | ~~That the quay be swept.~~ | ~~Head of Ports~~ | ~~Done~~ | ~~May 2023~~
        3 | That boats be counted. | ~~Head of Ports~~ Chief Executive | ~~At risk~~ | May 2024
    """
    reading = read(drawing)
    assert column(reading, "claim") == ["delivered", "delivered", None]
    assert column(reading, "target")[0] == "2023-09-01 to 2023-09-30"
    assert column(reading, "earlier_targets")[0] == "2023-06-01 to 2023-06-30"
    assert column(reading, "owners")[2] == "Chief Executive"
    assert [asked(entry) for entry in reading.entries] == [[], ["outcome"], ["claim"]]


def test_struck_rows_are_closed_as_is_answered() -> None:
    drawing = """
        No. | Recommendation | Lead
        ~~2~~ | ~~That the quay be swept.~~ | ~~Head of Ports~~
    """
    closed = read_again(
        read(drawing), drawing=drawing, answer={"outcome": "close_implemented", "on": "2024-03-04"}
    )
    assert column(closed, "outcome") == ["close_implemented"]
    assert column(closed, "outcome_on") == ["2024-03-04"]
    assert closed.questions == ()


def test_hidden_rows_are_read_and_told() -> None:
    reading = read("""
        No. | Recommendation | Lead
        !hidden 1 | That the quay be swept. | Head of Ports
        !deleted 2 | That the pier be lit. | Head of Ports
    """)
    assert column(reading, "number") == ["1"]
    assert len(reading.entries[0].problems) == 1
    assert [(one.row, one.reason) for one in reading.ignored] == [(3, "deleted by a tracked change")]


def test_hidden_rows_are_left_out_where_that_is_answered() -> None:
    drawing = """
        No. | Recommendation | Lead
        !hidden 1 | That the quay be swept. | Head of Ports
        2 | That the pier be lit. | Head of Ports
    """
    left_out = read_again(read(drawing), drawing=drawing, answer=False)
    assert column(left_out, "number") == ["2"]
    assert [(one.row, one.reason) for one in left_out.ignored] == [(2, "hidden in the file, and left out")]


def test_two_wordings_are_one_where_that_is_answered() -> None:
    drawing = """
        Ref | Recommendation | Lead
        R1 | That the pier be lit. | Head of Ports
        R1 | That the quay be swept and dredged by June. | Head of Ports
    """
    one = read_again(read(drawing), drawing=drawing, answer=True)
    assert column(one, "item") == [1, 1]
    assert one.questions == ()


THREE_WORDINGS = """
    Ref | Recommendation | Lead
    R1 | That the pier be lit at night by the trust that owns it. | Head of Ports
    R1 | That the pier be lit at night by the trust that owns the quay. | Head of Ports
    R1 | That the pier be lit at night by the council that owns it. | Head of Ports
"""


def test_each_other_wording_of_a_reference_has_a_question_of_its_own() -> None:
    first, second = read(THREE_WORDINGS).questions
    assert "owns the quay" in first.sentence
    assert "the council" in second.sentence
    some = read(THREE_WORDINGS, answers={first.key: True, second.key: False})
    assert column(some, "item") == [1, 1, 2]
    assert some.questions == ()


@pytest.mark.parametrize(("answer", "taken", "kept"), [(True, 0, 1), ("later words", 1, 0)])
def test_of_two_wordings_that_are_one_the_other_is_kept_as_a_note(answer: Any, taken: int, kept: int) -> None:
    wordings = column(read(THREE_WORDINGS), "text")
    first, second = read(THREE_WORDINGS).questions
    one = read(THREE_WORDINGS, answers={first.key: answer, second.key: False})
    assert column(one, "text") == [wordings[taken], wordings[taken], wordings[2]]
    assert one.entries[kept].notes == {"Other wording": wordings[kept]}
    assert one.entries[taken].notes == {}


def test_hidden_columns_and_sheets_wait_for_an_answer() -> None:
    shown = table(
        "Ref | Recommendation | Owner | For us\nA1 | That permits be cheap. | Head of Highways | secret",
        "#As at 31 March 2024",
        name="Open",
        hidden_columns=frozenset({3}),
    )
    hidden = table(
        "Ref | Recommendation | Owner\nB1 | That permits be few. | Cabinet", name="Old", hidden=True
    )
    reading = read(shown, hidden)
    assert column(reading, "reference") == ["A1"]
    assert "secret" not in str(reading.to_json())
    taken = read(shown, hidden, answers={question.key: True for question in reading.questions})
    assert column(taken, "reference") == ["A1", "B1"]
    assert column(taken, "notes")[0] == {"For us": "secret"}


def test_two_status_columns_with_days_are_two_updates() -> None:
    reading = read("""
        Ref | Recommendation | Status June 2023 | Status Sept 2023
        R1 | That the pier be lit. | Not started | In progress
    """)
    assert column(reading, "claim") == ["on_track"]
    assert [(str(one.as_at.start), one.claim) for one in reading.entries[0].updates] == [
        ("2023-06-01", "not_started"),
        ("2023-09-01", "on_track"),
    ]


def test_original_revised_and_requested_dates() -> None:
    reading = read("""
        Ref | Recommendation | Original target date | Revised target date | Requested date
        R1 | That the pier be lit. | March 2023 | September 2023 | June 2024
        R2 | That the quay be swept. | March 2024 | |
        R3 | That boats be counted. | March 2023 | March 2023 |
    """)
    assert column(reading, "target") == [
        "2023-09-01 to 2023-09-30",
        "2024-03-01 to 2024-03-31",
        "2023-03-01 to 2023-03-31",
    ]
    assert column(reading, "earlier_targets") == ["2023-03-01 to 2023-03-31", "", ""]
    assert column(reading, "asked_target") == ["2024-06-01 to 2024-06-30", "", ""]


def test_outcomes_on_a_second_sheet_join_their_recommendations() -> None:
    reading = read(
        table(
            "Ref | Recommendation | Lead\nR1 | That the pier be lit. | Head of Ports",
            "#At 31 March 2024",
            name="Tracker",
        ),
        table(
            "Ref | Committee's decision | Date closed\nR1 | Implemented | 14 November 2023", name="Outcomes"
        ),
    )
    assert column(reading, "item") == [1, 1]
    assert column(reading, "outcome") == [None, "close_implemented"]
    assert column(reading, "outcome_on") == ["", "2023-11-14"]
    assert column(reading, "text") == ["That the pier be lit."] * 2


def test_what_is_closed_by_its_sheet_is_asked_once() -> None:
    reading = read(
        table(
            "Ref | Recommendation\nR2 | That the quay be swept.\nR3 | That the pier be lit.",
            "#At 31 March 2024",
            name="Closed",
        ),
    )
    assert column(reading, "outcome") == [None, None]
    assert [len(question.places) for question in reading.questions] == [2]


def test_response_and_progress_in_one_column() -> None:
    reading = read("""
        Ref | Recommendation | Response and progress
        R1 | That the pier be lit. | Accepted. Complete: lamps were put in.
        R2 | That the quay be swept. | Accepted and implemented
        R3 | That boats be counted. | Rejected: no staff
    """)
    assert column(reading, "response") == ["accepted", "accepted", "rejected"]
    assert column(reading, "claim") == ["delivered", "delivered", None]
    assert column(reading, "reason")[2] == "no staff"


def test_a_status_with_which_progress_begins() -> None:
    reading = read("""
        Ref | Recommendation | Progress
        R1 | That the pier be lit. | Complete. Lamps were put in.
        R2 | That the quay be swept. | Ongoing
        R3 | That boats be counted. | Boats were counted twice. Nothing else was done.
    """)
    assert column(reading, "claim") == ["delivered", "on_track", None]
    assert column(reading, "updates")[1] == ""
    assert column(reading, "updates")[2].startswith("2024-03-31: Boats were counted")


def test_the_key_of_the_file_comes_before_the_common_meaning() -> None:
    reading = read("""
        Ref | Recommendation | RAG
        R1 | That the pier be lit. | Green
        R2 | That the quay be swept. | [red]
        -
        Key | |
        Green: achieved | |
        Red: not begun | |
    """)
    assert column(reading, "claim") == ["delivered", "not_started"]


def test_colours_alone_and_numbers_before_a_status_count() -> None:
    reading = read("""
        Ref | Recommendation | RAG | Status
        R1 | That the pier be lit. | [amber] |
        R2 | That the quay be swept. | | 2 - On track
    """)
    assert column(reading, "claim") == ["at_risk", "on_track"]


def test_one_reference_with_two_wordings_keeps_both_and_asks() -> None:
    reading = read("""
        Ref | Recommendation | Lead
        R1 | That the pier be lit. | Head of Ports
        R1 | That the quay be swept and dredged by June. | Head of Ports
    """)
    assert column(reading, "item") == [1, 2]
    assert [asked(entry) for entry in reading.entries] == [["item"], ["item"]]
    assert len(reading.questions) == 1


def test_words_of_secrecy_stop_their_part() -> None:
    open_part = """
        No. | Recommendation | Progress
        1 | That the pier be lit. | Lamps bought.
        2 | That the lease be ended. | Not for publication. Talks go on.
    """
    closed_part = "No. | Recommendation | Progress\n5 | That the contract be ended. | Talks go on."
    tables = (table(open_part, "#Tracker at 31 March 2024"), table(closed_part, "#Part 2: exempt items"))
    reading = read(*tables)
    assert column(reading, "exempt") == [False, True, True]
    decided = read(*tables, answers={question.key: False for question in reading.questions})
    assert column(decided, "exempt") == [False, False, False]


def test_year_and_report_cells_over_many_rows() -> None:
    reading = read("""
        Report | Made on | Recommendation | Lead
        Ferry inquiry | 3 May 2023 | That the pier be lit. | Head of Ports
         | | That the quay be swept. | Head of Ports
        Harbour review | 7 June 2023 | That boats be counted. | Head of Ports
         | | That ropes be new. | Head of Ports
    """)
    assert column(reading, "inquiry") == ["Ferry inquiry"] * 2 + ["Harbour review"] * 2
    assert column(reading, "made_on") == ["2023-05-03"] * 2 + ["2023-06-07"] * 2


def test_a_question_is_asked_once_for_each_word() -> None:
    drawing = "Ref | Recommendation | Status\n" + "\n".join(
        f"R{n} | That pier {n} be lit. | Pending" for n in range(1, 6)
    )
    reading = read(drawing)
    assert len(reading.questions) == 1
    assert len(reading.questions[0].places) == 5
    answered = read(drawing, answers={reading.questions[0].key: "claim:not_started"})
    assert column(answered, "claim") == ["not_started"] * 5
    assert answered.questions == ()


def test_readings_and_answers_can_be_written_as_json() -> None:
    reading = read(PARTS)
    assert Reading.from_json(reading.to_json()) == reading
    answers = Answers({"word:claim:pending": "claim:on_track"})
    assert Answers.from_json(answers.to_json()) == answers


def test_on_track_after_its_date_is_asked() -> None:
    reading = read("""
        No | Recommendation | Status | Due
        1 | That permits be cheap. | On track | June 2023
        2 | That permits be few. | On track | Dec 2024
    """)
    assert column(reading, "claim") == ["off_track", "on_track"]
    assert [asked(entry) for entry in reading.entries] == [["claim"], []]


def test_on_track_after_its_first_date_is_asked_where_the_revised_one_is_none() -> None:
    reading = read("""
        No | Recommendation | Status | Original deadline | Revised target date
        1 | That permits be cheap. | In progress | 8 March 2023 | N/A
        2 | That permits be few. | In progress | 8 March 2023 | TBC
        3 | That permits be blue. | In progress | 8 March 2023 | June 2025
        4 | That permits be thin. | In progress | June 2025 | N/A
    """)
    assert column(reading, "claim") == ["off_track", "off_track", "on_track", "on_track"]
    assert [asked(entry) for entry in reading.entries] == [["claim"], ["claim"], [], []]


@pytest.mark.parametrize("header", ["Status", "Progress"])
@pytest.mark.parametrize(
    "words",
    ["On track - due March 2025", "On track (due by March 2025)", "On track. Target date: March 2025"],
)
def test_a_date_beside_a_status_is_the_target_where_no_column_has_one(header: str, words: str) -> None:
    reading = read(f"""
        No | Recommendation | {header} | Target date
        1 | That permits be cheap. | {words} |
    """)
    assert column(reading, "claim") == ["on_track"]
    assert column(reading, "target") == ["2025-03-01 to 2025-03-31"]
    assert column(reading, "updates") == [""]
    assert asked(reading.entries[0]) == []
    assert [one.words for one in reading.entries[0].sources["target"]] == [words]


def test_a_date_beside_a_status_is_left_and_pointed_out_where_a_column_has_another() -> None:
    reading = read("""
        No | Recommendation | Status | Target date
        1 | That permits be cheap. | On track - due March 2025 | June 2025
        2 | That permits be few. | On track - due March 2025 | TBC
        3 | That permits be blue. | On track - due March 2025 | March 2025
    """)
    assert column(reading, "target") == ["2025-06-01 to 2025-06-30", "", "2025-03-01 to 2025-03-31"]
    assert column(reading, "updates") == ["2024-03-31: due March 2025"] * 3
    assert [asked(entry) for entry in reading.entries] == [["target"], ["target"], []]


def test_a_date_beside_a_status_that_had_passed_is_asked() -> None:
    reading = read("""
        No | Recommendation | Status
        1 | That permits be cheap. | On track - due March 2023
    """)
    assert column(reading, "claim") == ["off_track"]
    assert asked(reading.entries[0]) == ["claim"]


@pytest.mark.parametrize(
    "words", ["report due in March 2025", "due March 2025 if funded", "expected March 2025"]
)
def test_a_date_beside_more_words_is_no_target(words: str) -> None:
    reading = read(f"""
        No | Recommendation | Status
        1 | That permits be cheap. | On track - {words}
    """)
    assert column(reading, "target") == [""]
    assert column(reading, "updates") == [f"2024-03-31: {words}"]
