"""Logs of actions of health bodies and meetings, trackers of audit recommendations, and what is no tracker at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.written_trackers.paper import Paper

PAPERS: list[Callable[[], Paper]] = []


def paper(make: Callable[[], Paper]) -> Callable[[], Paper]:
    """Keep a paper for the tests."""
    PAPERS.append(make)
    return make


@paper
def a_log_of_actions() -> Paper:
    made = Paper("xlsx", as_at="2024-02-08").say("Quality Committee Action Log, position at 08/02/2024")
    table = made.table(
        "Action ref", "Meeting date", "Agenda item", "Action", "Lead", "Due", "RAG", "Comments"
    )
    table.line(
        "QC/23/041",
        dt.date(2023, 11, 9),
        "7.2 Mortality",
        "Provide a breakdown by ward.",
        "Medical Director",
        dt.date(2024, 1, 31),
        "Blue",
        "Circulated on 24 January.",
        name="QC/23/041",
        owners=["Medical Director"],
        made_on="2023-11-09",
        target="2024-01-31",
        claim="delivered",
        updates=["file"],
    )
    table.line(
        "QC/24/004",
        dt.date(2024, 1, 25),
        "5.1 Waiting",
        "Agree a recovery plan.",
        "Chief Operating Officer",
        dt.date(2024, 4, 30),
        "Red",
        "No plan yet.",
        name="QC/24/004",
        owners=["Chief Operating Officer"],
        made_on="2024-01-25",
        target="2024-04-30",
        claim="off_track",
        updates=["file"],
    )
    return made


@paper
def short_actions() -> Paper:
    made = Paper("xlsx")
    table = made.table("Ref", "Action", "Owner", "Due", "Update", sheet="Actions")
    table.line(
        "1",
        "Publish the map.",
        "Mapping Team",
        "May 2024",
        "Drafted.",
        name="1",
        owners=["Mapping Team"],
        target="2024-05",
        updates=[None],
    )
    return made


@paper
def when_work_begins_is_no_target() -> Paper:
    made = Paper("xlsx")
    table = made.table("ID", "Recommendation", "Assigned to", "Status", "Start date", "End date")
    table.line(
        "T-1",
        "Install key safes.",
        "Housing Services",
        "Completed",
        dt.date(2023, 1, 19),
        dt.date(2023, 2, 28),
        name="T-1",
        owners=["Housing Services"],
        claim="delivered",
        target="2023-02-28",
    )
    return made


@paper
def an_answer_under_management_action() -> Paper:
    made = Paper("docx", as_at="2022-01-17").say("Audit Committee: position at 17 January 2022")
    table = made.table(
        "Audit title",
        "Finding",
        "Recommendation",
        "Management action",
        "Owner",
        "Agreed date",
        "Update January 2022",
    )
    table.line(
        "Fleet",
        "Cards are shared.",
        "Fuel cards should be issued to one driver.",
        "Agreed. Cards will be reissued.",
        "Fleet Manager",
        "30 Nov 2021",
        "All reissued.",
        owners=["Fleet Manager"],
        response="accepted",
        target="2021-11-30",
        updates=["2022-01"],
        asked="response",
    )
    table.line(
        "Fleet",
        "No log.",
        "A log of repairs should be kept.",
        "Agreed. A log will be bought.",
        "Fleet Manager",
        "31 Mar 2022",
        "Log bought.",
        owners=["Fleet Manager"],
        response="accepted",
        target="2022-03-31",
        updates=["2022-01"],
        asked="response",
    )
    return made


@paper
def original_and_revised_dates() -> Paper:
    made = Paper("xlsx", as_at="2023-09-30").say("Internal audit follow up as at 30 September 2023")
    table = made.table(
        "Rec ref",
        "Recommendation",
        "Priority",
        "Management response",
        "Responsible officer",
        "Original due date",
        "Revised due date",
        "Status",
    )
    table.line(
        "PAY01",
        "Leavers should be removed.",
        "High",
        "Accepted",
        "Payroll Manager",
        dt.date(2023, 3, 31),
        dt.date(2023, 10, 31),
        "In progress",
        name="PAY01",
        owners=["Payroll Manager"],
        response="accepted",
        target="2023-10-31",
        earlier=["2023-03-31"],
        claim="on_track",
    )
    table.line(
        "PAY02",
        "Claims should be countersigned.",
        "Medium",
        "Accepted",
        "Payroll Manager",
        dt.date(2023, 6, 30),
        "",
        "Implemented",
        name="PAY02",
        owners=["Payroll Manager"],
        response="accepted",
        target="2023-06-30",
        claim="delivered",
    )
    return made


@paper
def a_list_of_performance_beside_a_tracker() -> Paper:
    made = Paper("docx").say("Indicators")
    indicators = made.table("Ref", "Indicator", "Target", "Actual", "RAG", "Comments")
    indicators.other("K1", "Calls answered", "90%", "82%", "Red", "Vacancies")
    indicators.other("K2", "Bins missed", "40", "31", "Green", "On target")
    table = made.say("Recommendations").table("No", "Recommendation", "Lead", "Status")
    table.line(
        "1",
        "That calls be recorded.",
        "Customer Services",
        "Under way",
        name="1",
        owners=["Customer Services"],
        claim="on_track",
    )
    return made


@paper
def a_summary_before_the_lines() -> Paper:
    made = Paper("xlsx")
    summary = made.table("Status", "Number", sheet="Summary")
    summary.other("Complete", "2").other("In progress", "1").other("Total", "3")
    table = made.table("Ref", "Recommendation", "Owner", "Status", sheet="Detail")
    for number, status, claim in (
        ("1", "Complete", "delivered"),
        ("2", "Complete", "delivered"),
        ("3", "In progress", "on_track"),
    ):
        table.line(
            number,
            f"That pond {number} be dug.",
            "Parks Service",
            status,
            name=number,
            owners=["Parks Service"],
            claim=claim,
        )
    return made


# ------------------------------------------------------------------ no trackers

NO_TRACKERS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "an agenda": ("docx", (("Item", "Title", "Pages", "Lead"), ("1", "Apologies", "", ""), ("3", "Budget monitoring", "11 - 30", "Director of Finance"), ("4", "Action log", "31 - 34", "Scrutiny Officer"))),
    "a budget": ("xlsx", (("Service", "Budget 2023/24", "Actual", "Variance", "Comments"), ("Libraries", "120,000", "118,000", "-2,000", "Vacancies"), ("Total", "120,000", "118,000", "-2,000", ""))),
    "contacts": ("xlsx", (("Name", "Role", "Organisation", "Email", "Phone"), ("A. Person", "Head of Housing", "Oakshire Council", "a@example.org", "01234 567890"))),
    "a pivot table": ("xlsx", (("Row Labels", "Complete", "In progress", "Not started", "Grand Total"), ("Cabinet", "3", "2", "1", "6"), ("Grand Total", "3", "2", "1", "6"))),
    "risks": ("xlsx", (("Risk", "Likelihood", "Impact", "Score", "Mitigation", "Owner"), ("Loss of staff", "3", "4", "12", "Succession plan", "HR Manager"))),
    "a work programme": ("docx", (("Meeting date", "Topic", "Purpose", "Lead officer"), ("12 June 2024", "Buses", "To receive a report on bus services", "Head of Transport"), ("17 July 2024", "Libraries", "To scrutinise the library strategy", "Head of Culture"))),
    "declarations": ("docx", (("Member", "Item", "Nature of interest", "Action"), ("Cllr A", "5", "Governor of a school", "Left the room"), ("Cllr B", "7", "Member of a trust", "Remained"))),
    "indicators": ("xlsx", (("Ref", "Indicator", "Target", "Actual", "RAG", "Comments"), ("K1", "Calls answered", "90%", "82%", "Red", "Vacancies in the team"), ("K2", "Bins missed", "40", "31", "Green", "On target"))),
    "a forward plan": ("docx", (("Decision", "Decision maker", "Date of decision", "Contact officer", "Open or exempt"), ("Award of a contract", "Cabinet", "12 June 2024", "Waste Manager", "Open"), ("Sale of a depot", "Leader", "3 July 2024", "Estates Manager", "Exempt"))),
    "options": ("docx", (("Option", "Advantages", "Disadvantages", "Recommended?"), ("Do nothing", "Cheap", "Does not help", "No"), ("Build a pool", "Good", "Costly", "Yes"))),
    "projects": ("xlsx", (("Project", "Manager", "Start", "End", "Budget", "RAG"), ("New roof", "A. Person", "1 May 2024", "1 June 2024", "£12,000", "Green"), ("New floor", "B. Person", "1 May 2024", "1 June 2024", "£2,000", "Red"))),
    "requests": ("csv", (("Request no", "Received", "Subject", "Due", "Status"), ("F1", "01/05/2024", "Parking fines", "29/05/2024", "Closed"), ("F2", "02/05/2024", "Potholes", "30/05/2024", "Open"))),
    "questions": ("docx", (("Question", "Answer", "Asked by"), ("Why was the bus late?", "The driver was ill.", "Cllr A"), ("When will it run?", "From Monday.", "Cllr B"))),
    "costs": ("html", (("Recommendation", "Cost", "Saving"), ("Option A", "£100", "£200"), ("Option B", "£200", "£300"))),
}  # fmt: skip


def no_tracker(name: str) -> Paper:
    """Return a paper of that kind."""
    format_, (headers, *rows) = NO_TRACKERS[name]
    made = Paper(format_)
    table = made.table(*headers)
    for row in rows:
        table.other(*row)
    return made
