"""Trackers of scrutiny committees and parliaments."""

from __future__ import annotations

from collections.abc import Callable

from tests.written_trackers.paper import Paper

PAPERS: list[Callable[[], Paper]] = []


def paper(make: Callable[[], Paper]) -> Callable[[], Paper]:
    """Keep a paper for the tests."""
    PAPERS.append(make)
    return make


@paper
def reviews_as_rows_across_the_table() -> Paper:
    made = Paper("docx", as_at="2024-06-14").say("Recommendation monitoring: position as at 14 June 2024")
    table = made.table(
        "Rec No",
        "Recommendation",
        "Lead Officer",
        "Agreed / Not Agreed",
        "Progress Update",
        "Completion Date",
        "BRAG",
    )
    table.across("Review of Home to School Transport")
    table.line(
        "1",
        "That the guidance be reviewed each year.",
        "Director of Education",
        "Agreed",
        "Reissued.",
        "30/04/2024",
        "Blue",
        name="1",
        owners=["Director of Education"],
        response="accepted",
        claim="delivered",
        target="2024-04-30",
        updates=["file"],
    )
    table.across("Review of Elective Home Education")
    table.line(
        "1",
        "That a newsletter be started.",
        "Head of Inclusion",
        "Not Agreed",
        "There is no budget.",
        "N/A",
        "",
        name="1",
        owners=["Head of Inclusion"],
        response="rejected",
        updates=["file"],
    )
    return made


@paper
def sentences_of_a_government() -> Paper:
    made = Paper("docx", as_at="2023-06-15").say(
        "Report on ferries: Government response, 15 June 2023", heading=1
    )
    table = made.table(
        "Paragraph", "Committee's recommendation", "Scottish Government's response", "Lead", "Next steps"
    )
    table.line(
        "112",
        "The Committee recommends that ticketing be joined.",
        "The Government accepts this recommendation. Work has begun.",
        "Transport Agency",
        "Pilot",
        owners=["Transport Agency"],
        response="accepted",
    )
    table.line(
        "118",
        "The Committee recommends that islanders come first.",
        "The Government partially accepts this recommendation.",
        "Transport Agency",
        "",
        owners=["Transport Agency"],
        response="in_part",
    )
    table.line(
        "121",
        "The Committee recommends that fares be frozen.",
        "The Government does not accept this recommendation.",
        "Transport Agency",
        "",
        owners=["Transport Agency"],
        response="rejected",
    )
    table.line(
        "125",
        "The Committee recommends that piers be raised.",
        "The Government is unable to accept this recommendation.",
        "Transport Agency",
        "",
        owners=["Transport Agency"],
        response="rejected",
    )
    table.line(
        "126",
        "The Committee recommends that boats be named.",
        "We support this in principle but funds are short.",
        "Transport Agency",
        "",
        owners=["Transport Agency"],
        response="in_principle",
        asked="response",
    )
    return made


@paper
def a_tick_chooses_the_column() -> Paper:
    made = Paper("docx")
    table = made.table("No", "Recommendation", "Accept", "Partially accept", "Reject", "Lead")
    table.line(
        "1",
        "That doors be widened.",
        "X",
        "",
        "",
        "Estates Manager",
        name="1",
        owners=["Estates Manager"],
        response="accepted",
    )
    table.line(
        "2",
        "That stairs be lit.",
        "",
        "X",
        "",
        "Estates Manager",
        name="2",
        owners=["Estates Manager"],
        response="in_part",
    )
    table.line(
        "3",
        "That lifts be doubled.",
        "",
        "",
        "X",
        "Estates Manager",
        name="3",
        owners=["Estates Manager"],
        response="rejected",
    )
    return made


@paper
def ticks_for_accepted_and_for_completed() -> Paper:
    made = Paper("html")
    table = made.table("No", "Recommendation", "Accepted", "Completed", "Lead")
    table.line(
        "1",
        "That doors be widened.",
        "✓",
        "✓",
        "Estates Manager",
        name="1",
        owners=["Estates Manager"],
        response="accepted",
        claim="delivered",
    )
    table.line(
        "2",
        "That stairs be lit.",
        "✓",
        "",
        "Estates Manager",
        name="2",
        owners=["Estates Manager"],
        response="accepted",
    )
    table.line(
        "3",
        "That lifts be doubled.",
        "✗",
        "",
        "Estates Manager",
        name="3",
        owners=["Estates Manager"],
        response="rejected",
    )
    return made


@paper
def letters_explained_in_the_header() -> Paper:
    made = Paper("docx", as_at="2024-03-01").say("Position at 1 March 2024")
    table = made.table(
        "Ref", "Recommendation", "Officer", "Status\n(R = not started, A = in progress, G = complete)"
    )
    table.line(
        "1", "That the bells be rung.", "Town Clerk", "G", name="1", owners=["Town Clerk"], claim="delivered"
    )
    table.line(
        "2", "That the clock be lit.", "Town Clerk", "A", name="2", owners=["Town Clerk"], claim="on_track"
    )
    table.line(
        "3",
        "That the flag be flown.",
        "Town Clerk",
        "R",
        name="3",
        owners=["Town Clerk"],
        claim="not_started",
    )
    return made


@paper
def owners_over_the_tables() -> Paper:
    made = Paper("docx").say("Recommendations to the Cabinet Member for Education")
    table = made.table("No", "Recommendation", "Response", "By")
    table.line(
        "1",
        "That breakfast clubs be free.",
        "Agreed",
        "1 September 2024",
        name="1",
        owners=["Cabinet Member for Education"],
        response="accepted",
        target="2024-09-01",
    )
    table = made.say("Recommendations to Oakshire Police").table("No", "Recommendation", "Response", "By")
    table.line(
        "2",
        "That patrols be doubled.",
        "Not agreed",
        "-",
        name="2",
        owners=["Oakshire Police"],
        response="rejected",
    )
    return made


@paper
def two_bodies_answer_in_one_cell() -> Paper:
    made = Paper("docx")
    table = made.table("No", "Recommendation", "To", "Response")
    table.line(
        "1",
        "That data be shared.",
        "Oakshire Police; Fernley NHS Trust",
        "Police: Agreed. NHS: Not agreed.",
        name="1",
        owners=["Oakshire Police", "Fernley NHS Trust"],
        asked="response",
    )
    return made


@paper
def the_committee_decides_and_officers_assess() -> Paper:
    made = Paper("docx")
    table = made.table(
        "Ref", "Recommendation", "Owner", "Officer assessment", "Committee decision", "Date closed"
    )
    table.line(
        "H1",
        "That voids be let in 20 days.",
        "Head of Housing",
        "Complete",
        "Closed – implemented",
        "12/03/2024",
        name="H1",
        owners=["Head of Housing"],
        claim="delivered",
        outcome="close_implemented",
        outcome_on="2024-03-12",
    )
    table.line(
        "H2",
        "That rents be lower.",
        "Head of Housing",
        "Unfeasible",
        "Closed: no longer relevant",
        "12/03/2024",
        name="H2",
        owners=["Head of Housing"],
        claim="not_feasible",
        outcome="close_no_longer_relevant",
        outcome_on="2024-03-12",
    )
    table.line(
        "H3",
        "That gardens be cut.",
        "Head of Housing",
        "In progress",
        "Keep monitoring",
        "",
        name="H3",
        owners=["Head of Housing"],
        claim="on_track",
    )
    table.line(
        "H4",
        "That keys be logged.",
        "Head of Housing",
        "Complete",
        "",
        "",
        name="H4",
        owners=["Head of Housing"],
        claim="delivered",
    )
    return made


@paper
def a_title_by_which_the_committee_closed() -> Paper:
    made = Paper("html").say("Recommendations agreed by the Committee as implemented")
    table = made.table("No", "Recommendation", "Owner")
    table.line(
        "1",
        "That a ramp be built.",
        "Estates Manager",
        name="1",
        owners=["Estates Manager"],
        outcome="close_implemented",
    )
    table = made.say("Ongoing recommendations").table("No", "Recommendation", "Owner")
    table.line(
        "2",
        "That a lift be built.",
        "Estates Manager",
        name="2",
        owners=["Estates Manager"],
        claim="on_track",
    )
    return made


@paper
def status_at_the_day_of_publication() -> Paper:
    made = Paper("html").say("Committee of Public Accounts: minute of the Department", heading=2)
    table = made.table(
        "Report",
        "Recommendation No.",
        "Committee recommendation",
        "Department's response",
        "Accepted / Rejected",
        "Status at date of publication",
    )
    table.line(
        "Second Report",
        "2.1",
        "The Committee recommends that the plan be published.",
        "It was published.",
        "Accepted",
        "Implemented",
        name="2.1",
        response="accepted",
        claim="delivered",
    )
    table.line(
        "Second Report",
        "2.2",
        "The Committee recommends that grants be audited.",
        "The limit is under review.",
        "Noted",
        "Ongoing",
        name="2.2",
        response="noted",
        claim="on_track",
    )
    return made


@paper
def doubts_behind_a_status() -> Paper:
    made = Paper("csv")
    table = made.table("Ref", "Recommendation", "Lead body", "Response", "Status")
    body = "Fernley NHS Trust"
    table.line(
        "1",
        "That a van be bought.",
        body,
        "Recommendation 1 accepted",
        "✓ Complete",
        name="1",
        owners=[body],
        response="accepted",
        claim="delivered",
    )
    table.line(
        "2",
        "That letters be short.",
        body,
        "Accepted (revised wording)",
        "Complete?",
        name="2",
        owners=[body],
        response="accepted",
        claim="delivered",
        asked="response claim",
    )
    table.line(
        "3",
        "That a shop be shut.",
        "Lead: Fernley NHS Trust\nSupport: Oakshire Council",
        "Does not accept",
        "Not complete",
        name="3",
        owners=[body, "Oakshire Council"],
        response="rejected",
        asked="claim",
    )
    return made
