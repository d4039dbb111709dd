"""Trackers in the shapes that councils publish, drawn small, and what a careful clerk reads off each."""

from __future__ import annotations

from recommendations.trackers.reading import Reading
from tests.tracker_tables import asked, column, read, table


def meanings(reading: Reading) -> dict[str, str]:
    return {one.header: one.meaning for one in reading.tables[0].columns}


def ignored(reading: Reading) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in reading.ignored]


def test_a_plain_table() -> None:
    reading = read("""
        No. | Recommendation | To | Response | Progress | Status | Target date
        1 | That the pier be lit. | Cabinet | Agreed | Lamps bought. | On track | June 2024
        2 | That the quay be swept. | Harbour Trust | Not agreed | | | -
    """)
    assert column(reading, "number") == ["1", "2"]
    assert column(reading, "text") == ["That the pier be lit.", "That the quay be swept."]
    assert column(reading, "owners") == ["Cabinet", "Harbour Trust"]
    assert column(reading, "response") == ["accepted", "rejected"]
    assert column(reading, "claim") == ["on_track", None]
    assert column(reading, "target") == ["2024-06-01 to 2024-06-30", ""]
    assert column(reading, "updates") == ["2024-03-31: Lamps bought.", ""]
    assert reading.questions == ()
    assert reading.summary == "2 lines of 2 recommendations in 1 table, no questions, 0 rows left out"


def test_columns_that_are_not_known_hide_no_header() -> None:
    unknown = range(300)
    lines = [["No", "Recommendation", *(f"C{at}" for at in unknown)]]
    lines += [
        [f"{row}", f"That pier {row} be lit.", *(f"v{row}-{at}" for at in unknown)] for row in (1, 2, 3)
    ]
    reading = read("\n".join(" | ".join(cells) for cells in lines))
    assert column(reading, "text") == ["That pier 1 be lit.", "That pier 2 be lit.", "That pier 3 be lit."]
    assert column(reading, "number") == ["1", "2", "3"]
    assert reading.tables[0].header_rows == (1,)


def test_titles_totals_keys_feet_and_blank_runs_are_left_out_with_the_reason() -> None:
    reading = read("""
        Housing Scrutiny Committee | < | <
        Tracker, updated 31 March 2024 | < | <
        -
        -
        Ref | Recommendation | Status
        R1 | That the pier be lit. | On track
        -
        Total | 1 |
        Key | |
        Green: on track | |
        * The owner changed in May | |
        Page 1 of 3 | |
    """)
    assert ignored(reading)[:3] == [(1, "title"), (2, "title"), (3, "blank")]
    assert dict(ignored(reading)) == {
        1: "title", 2: "title", 3: "blank", 7: "blank", 8: "total", 9: "key", 10: "key", 11: "key", 12: "key",
    }  # fmt: skip
    assert next(one for one in reading.ignored if one.row == 3).last_row == 4
    assert reading.rows_left_out == 10


def test_a_header_of_two_rows_that_comes_again() -> None:
    reading = read("""
        The recommendation | < | The answer | < | Progress | <
        No. | Recommendation | Response | Comments | Action taken | Status
        1 | That the pier be lit. | In part | Not at the end of it. | Lamps bought. | Amber
        The recommendation | < | The answer | < | Progress | <
        No. | Recommendation | Response | Comments | Action taken | Status
        2 | That the quay be swept. | Agreed | | |
    """)
    assert reading.tables[0].header_rows == (1, 2)
    assert meanings(reading)["Comments"] == "reason"
    assert column(reading, "reason") == ["Not at the end of it.", None]
    assert ignored(reading) == [(4, "header repeated"), (5, "header repeated")]


def test_groups_over_blank_cells_where_nothing_can_be_merged() -> None:
    reading = read("""
        Scrutiny | | Executive | | Delivery |
        Ref | Recommendation | Lead | Response | Update | Status
        R1 | That the pier be lit. | Head of Ports | Agreed | Lamps bought. | Done
    """)
    assert reading.tables[0].header_rows == (1, 2)
    assert list(meanings(reading).values()) == [
        "reference",
        "text",
        "owners",
        "response",
        "progress",
        "claim",
    ]


def test_labels_below_one_that_they_part() -> None:
    reading = read("""
        Ref | Recommendation | Target date | <
        ^ | ^ | Original | Revised
        R1 | That the pier be lit. | March 2023 | June 2024
    """)
    assert column(reading, "target") == ["2024-06-01 to 2024-06-30"]
    assert column(reading, "earlier_targets") == ["2023-03-01 to 2023-03-31"]


def test_an_owner_in_a_row_across_the_table() -> None:
    reading = read("""
        No. | Recommendation | Response
        Cabinet Member for Ports | < | <
        1 | That the pier be lit. | Agreed
        2 | That the quay be swept. | Agreed
        Highmere Harbour Trust | < | <
        3 | That boats be counted. | Noted
    """)
    assert column(reading, "owners") == ["Cabinet Member for Ports"] * 2 + ["Highmere Harbour Trust"]


def test_an_inquiry_in_a_row_across_the_table_and_numbers_that_begin_again() -> None:
    reading = read("""
        No. | Recommendation | Owner
        Review of parking | < | <
        1 | That permits be cheap. | Head of Highways
        Review of buses | < | <
        1 | That buses run late. | Head of Highways
    """)
    assert column(reading, "inquiry") == ["Review of parking", "Review of buses"]
    assert column(reading, "item") == [1, 2]
    assert reading.questions == ()


def test_a_theme_is_kept_as_a_note() -> None:
    reading = read("""
        Ref | Recommendation | Owner
        Theme 1: Safety | |
        A1 | That permits be cheap. | Head of Highways
    """)
    assert column(reading, "notes") == [{"Theme": "Theme 1: Safety"}]
    assert column(reading, "inquiry") == [None]


def test_states_in_rows_across_the_table() -> None:
    reading = read("""
        Ref | Recommendation | Owner
        Completed | < | <
        A1 | That permits be cheap. | Head of Highways
        In progress | < | <
        A2 | That permits be few. | Head of Highways
    """)
    assert column(reading, "claim") == ["delivered", "on_track"]


def test_several_tables_by_state_are_one_tracker() -> None:
    head = "Ref | Recommendation | Progress\n"
    reading = read(
        table(head + "R1 | That the pier be lit. | Lamps bought.", "#Tracker at 31 March 2024", "##Live"),
        table(head + "R2 | That the quay be swept. | Swept.", "##Completed since the last meeting"),
        table(head + "None | |", "##On hold"),
    )
    assert column(reading, "claim") == [None, "delivered"]
    assert [one.title for one in reading.tables] == ["Live", "Completed since the last meeting"]
    assert ignored(reading) == [(2, "says that there are none")]


def test_one_small_table_for_each_recommendation() -> None:
    drawing = """
        Recommendation {0} | That pier {0} be lit.
        Cabinet response | In part: no money for lamps
        Lead | Head of Ports
        Update | Lamps bought.
    """
    reading = read(table(drawing.format(1), "#As at 31 March 2024"), table(drawing.format(2)))
    assert column(reading, "number") == ["1", "2"]
    assert column(reading, "response") == ["in_part", "in_part"]
    assert column(reading, "reason") == ["no money for lamps"] * 2
    assert [(entry.place.table, entry.place.row) for entry in reading.entries] == [(1, 1), (2, 1)]


def test_labels_and_values_of_several_recommendations_in_one_table() -> None:
    reading = read("""
        Recommendation 1 | That the pier be lit. | < | <
        Responsibility: | Head of Ports | Date: | June 2024
        Evidence of progress (March 2024): | Lamps bought. | |
        Recommendation 2 | That the quay be swept. | < | <
        Responsibility: | Chief Executive | Date: | July 2024
        Evidence of progress (March 2024): | | |
    """)
    assert column(reading, "number") == ["1", "2"]
    assert column(reading, "owners") == ["Head of Ports", "Chief Executive"]
    assert column(reading, "target") == ["2024-06-01 to 2024-06-30", "2024-07-01 to 2024-07-31"]
    assert column(reading, "updates") == ["2024-03-01 to 2024-03-31: Lamps bought.", ""]


def test_wording_in_paragraphs_below_a_summary() -> None:
    summary = """
        Rec | Lead | Status
        1 | Head of Ports | On track
        2 | Chief Executive | Complete
    """
    below = ["1. That the pier be lit.", "2. That the quay be swept."]
    reading = read(table(summary, "#Summary at 3 May 2024"), also=below)
    assert column(reading, "text") == ["That the pier be lit.", "That the quay be swept."]


def test_a_number_that_begins_the_wording_and_a_reference_without_a_label() -> None:
    begins = read("""
        Recommendation | Lead
        1. That the pier be lit. | Head of Ports
        2. That the quay be swept. | Head of Ports
    """)
    assert column(begins, "number") == ["1", "2"]
    assert column(begins, "text")[0] == "That the pier be lit."
    unlabelled = read("""
         | Recommendation | Lead
        EN7 | That the pier be lit. | Head of Ports
        EN8 | That the quay be swept. | Head of Ports
    """)
    assert column(unlabelled, "reference") == ["EN7", "EN8"]


def test_a_table_that_goes_on_without_its_header() -> None:
    reading = read(
        table(
            "Ref | Recommendation | Lead | Status\nR1 | That the pier be lit. | Head of Ports | Done",
            "#At 31 March 2024",
        ),
        table(
            "R2 | That the quay be swept. | Head of Ports | Done\nR3 | That boats be counted. | Head of Ports | Done"
        ),
    )
    assert column(reading, "reference") == ["R1", "R2", "R3"]
    assert reading.questions == ()


def test_headers_that_stand_one_column_beside_their_values_are_asked_about() -> None:
    reading = read("""
        Recommendation | Lead | Response | Status |
        1 | That the pier be lit by the end of the year. | Head of Ports | Accepted | In progress
        2 | That the quay be swept each week in summer. | Chief Executive | Rejected | Completed
    """)
    assert column(reading, "text")[0] == "That the pier be lit by the end of the year."
    assert column(reading, "response") == ["accepted", "rejected"]
    assert {question.kind for question in reading.questions} == {"column"}


def test_other_tables_are_none() -> None:
    reading = read(
        table("Item | Title | Page\n1 | Apologies | 1\n2 | Minutes | 3"),
        table("Councillor | Party | Ward\nA. Invented | None | North"),
        table("Term | Definition\nRAG | Red, amber, green"),
        table("Option | Description | Cost\n1 | Do nothing | None"),
    )
    assert reading.entries == ()
    assert {one.reason for one in reading.ignored} == {"not a table of recommendations"}


def test_two_headers_in_one_sheet() -> None:
    reading = read("""
        Open recommendations | < | <
        Ref | Recommendation | Owner
        A1 | That permits be cheap. | Head of Highways
        -
        Completed recommendations | < | <
        Ref | Recommendation | What was done
        A2 | That permits be few. | Halved.
    """)
    assert column(reading, "reference") == ["A1", "A2"]
    assert column(reading, "claim") == [None, "delivered"]
    assert [one.header_rows for one in reading.tables] == [(2,), (6,)]


def test_the_columns_of_a_report_that_asks_in_plain_words() -> None:
    reading = read("""
        What we recommended | What the Cabinet said | What has happened since | Who | By when
        That permits be cheap. | Yes | Sold since May. | Head of Highways | June 2024
    """)
    assert list(meanings(reading).values()) == ["text", "response", "progress", "owners", "target"]


def test_dates_by_where_they_stand() -> None:
    reading = read("""
        Minute | Date | Recommendation | Executive response | Date | Progress
        12 | 3 May 2023 | That the pier be lit. | Agreed | 7 June 2023 | Lamps bought.
    """)
    assert column(reading, "made_on") == ["2023-05-03"]
    assert column(reading, "answered_on") == ["2023-06-07"]
    to_come = read("""
        Ref | Recommendation | Lead | Date
        R1 | That the pier be lit. | Head of Ports | June 2024
        R2 | That the quay be swept. | Head of Ports | June 2023
    """)
    assert column(to_come, "target") == ["2024-06-01 to 2024-06-30", "2023-06-01 to 2023-06-30"]
    past = read("""
        Ref | Recommendation | Lead | Date
        R1 | That the pier be lit. | Head of Ports | June 2023
    """)
    assert asked(past.entries[0]) != []


def test_who_and_when_in_one_column() -> None:
    reading = read("""
        Ref | Recommendation | By whom / by when
        R1 | That the pier be lit. | Head of Ports, June 2024
        R2 | That the quay be swept. | Head of Ports\\nMarch 2025
    """)
    assert column(reading, "owners") == ["Head of Ports"] * 2
    assert column(reading, "target") == ["2024-06-01 to 2024-06-30", "2025-03-01 to 2025-03-31"]


def test_an_issue_beside_the_recommendation_is_a_note() -> None:
    reading = read("""
        Ref | Issue | Recommendation | Agreed action | Lead
        1.1 | Permits cost too much. | That permits be cheap. | Cut the price | Head of Highways
    """)
    assert column(reading, "text") == ["That permits be cheap."]
    assert column(reading, "notes") == [{"Issue": "Permits cost too much.", "Agreed action": "Cut the price"}]


def test_a_list_of_actions() -> None:
    reading = read("""
        Meeting date | Action | Officer | Due | Status
        3 May 2023 | Send the ferry figures to members | Head of Ports | June 2023 | Done
    """)
    assert column(reading, "text") == ["Send the ferry figures to members"]
    assert column(reading, "made_on") == ["2023-05-03"]


def test_a_heading_with_the_wording_over_a_table_without_it() -> None:
    drawing = "Response | Accepted\nLead | Head of Ports\nProgress | Lamps bought.\nTarget date | June 2024"
    reading = read(
        table(drawing, "#As at 1 March 2024", "##Recommendation 1: That the pier be lit."),
        table(drawing, "##Recommendation 2: That the quay be swept."),
    )
    assert column(reading, "number") == ["1", "2"]
    assert column(reading, "text") == ["That the pier be lit.", "That the quay be swept."]


def test_the_day_of_a_meeting_in_a_row_across_the_table() -> None:
    reading = read("""
        No | Recommendation | Owner
        Meeting of 3 May 2023 | < | <
        1 | That permits be cheap. | Head of Highways
    """)
    assert column(reading, "made_on") == ["2023-05-03"]
    assert column(reading, "inquiry") == [None]


def test_a_key_of_colours_in_a_table_of_its_own() -> None:
    reading = read(
        table(
            "No | Recommendation | RAG\n1 | That permits be cheap. | [green]\n2 | That buses run. | [red]",
            "#As at 3 May 2024",
        ),
        table("[green] | Complete\n[red] | Not started"),
    )
    assert column(reading, "claim") == ["delivered", "not_started"]


def test_an_owner_written_once_over_several_rows_is_asked_once() -> None:
    reading = read("""
        Owner | Ref | Recommendation
        Head of Ports | R1 | That the pier be lit.
         | R2 | That the quay be swept.
         | R3 | That boats be counted.
    """)
    assert column(reading, "owners") == ["Head of Ports"] * 3
    assert len(reading.questions) == 1


def test_a_column_merged_with_the_one_beside_it() -> None:
    reading = read("""
        No | Recommendation | < | Response
        1 | That the pier be lit. | < | Agreed
        2 | That the quay be swept. | < | Noted
    """)
    assert column(reading, "number") == ["1", "2"]
    assert column(reading, "text")[0] == "That the pier be lit."


def test_headers_that_do_not_tell_are_asked_about() -> None:
    reading = read("""
        Ref | Recommendation | Status | Outcome
        R1 | That the pier be lit. | Done | Implemented
    """)
    assert asked(reading.entries[0]) == ["outcome"]
    planned = read("""
        Ref | Recommendation | Action | Status
        R1 | That the pier be lit. | Buy lamps | Done
    """)
    assert asked(planned.entries[0]) == ["progress"]


def test_what_a_column_holds_is_changed_by_an_answer() -> None:
    drawing = """
        Ref | Recommendation | Status | Outcome
        R1 | That the pier be lit. | Done | Implemented
    """
    key = read(drawing).questions[0].key
    changed = read(drawing, answers={key: "notes"})
    assert column(changed, "outcome") == [None]
    assert column(changed, "notes") == [{"Outcome": "Implemented"}]
    assert changed.questions == ()


def test_the_status_with_which_progress_begins_comes_before_that_of_the_title() -> None:
    reading = read(
        table(
            """
            No. | Recommendation | Progress
            1 | That the pier be lit. | Complete: lamps lit.
            2 | That the quay be swept. | Paused. The broom broke.
            """,
            "Position at 31 March 2024",
            "#Completed",
        )
    )
    assert column(reading, "claim") == ["delivered", "paused"]
    assert column(reading, "updates") == ["2024-03-31: lamps lit", "2024-03-31: The broom broke"]
    assert list(map(asked, reading.entries)) == [[], ["claim"]]


def test_a_number_that_looks_like_a_reference_leaves_the_reference_to_its_own_column() -> None:
    reading = read("""
        No. | Ref | Recommendation | Response
        R1 | PT-21-001 | That the pier be lit. | Agreed
        R2 | PT-21-002 | That the quay be swept. | Agreed
    """)
    assert list(meanings(reading).values())[:2] == ["number", "reference"]
    assert column(reading, "reference") == ["PT-21-001", "PT-21-002"]
    assert column(reading, "number") == ["R1", "R2"]


def test_a_priority_of_the_plan_is_not_that_of_the_recommendation() -> None:
    reading = read("""
        No. | Recommendation | Status | Corporate plan priority
        1 | That the pier be lit. | On track | Safe harbours
    """)
    assert column(reading, "priority") == [None]
    assert reading.entries[0].notes == {"Corporate plan priority": "Safe harbours"}


def test_comments_of_several_quarters_are_updates() -> None:
    reading = read("""
        The recommendation | < | Q1 2023/24 | < | Q2 2023/24 | <
        No. | Recommendation | RAG | Comment | RAG | Comment
        1 | That the pier be lit. | Green | Lamps drawn. | Amber | Lamps late.
        2 | That the quay be swept. | Green | Brooms bought. | Green | Swept weekly.
    """)
    assert column(reading, "updates") == [
        "2023-04-01 to 2023-06-30: Lamps drawn.; 2023-07-01 to 2023-09-30: Lamps late.",
        "2023-04-01 to 2023-06-30: Brooms bought.; 2023-07-01 to 2023-09-30: Swept weekly.",
    ]
    assert column(reading, "claim") == ["at_risk", "on_track"]


def test_a_column_that_asks_what_is_public() -> None:
    reading = read("""
        No. | Recommendation | Response | Public?
        1 | That the pier be lit. | Agreed | Yes
        2 | That the quay be sold. | Agreed | No
    """)
    assert column(reading, "exempt") == [False, True]
