"""Headers and marks as trackers have them: none, unknown, days, broken, colours."""

from __future__ import annotations

from collections.abc import Callable

from tests.generated_trackers.grid import Spec
from tests.written_trackers.paper import Paper

PAPERS: list[Callable[[], Paper]] = []


def paper(make: Callable[[], Paper]) -> Callable[[], Paper]:
    """Keep a paper for the tests."""
    PAPERS.append(make)
    return make


AMBER, RED, BLUE = "FFC000", "FF0000", "00B0F0"


@paper
def references_of_a_year_without_a_header() -> Paper:
    made = Paper("xlsx")
    table = made.table("", "Recommendation", "Responsible", "Decision", "Progress status")
    table.line(
        "SR (25/26) 01",
        "That a lido be opened.",
        "Leisure Manager",
        "Accepted",
        "In progress",
        name="SR (25/26) 01",
        owners=["Leisure Manager"],
        response="accepted",
        claim="on_track",
    )
    table.line(
        "SR (25/26) 02",
        "That swimming be free.",
        "Leisure Manager",
        "Accepted in principle",
        "Not started",
        name="SR (25/26) 02",
        owners=["Leisure Manager"],
        response="in_principle",
        claim="not_started",
    )
    return made


@paper
def days_of_meetings_over_the_updates() -> Paper:
    made = Paper("docx", as_at="2024-05-01").say("Public accounts: recommendations as at 1 May 2024")
    table = made.table("Rec", "Recommendation", "Entity", "18 October 2023", "1 May 2024")
    table.line(
        "1",
        "Publish the asset list.",
        "Harbour Authority",
        "List in draft.",
        "List published.",
        name="1",
        owners=["Harbour Authority"],
        updates=["2023-10-18", "2024-05-01"],
    )
    table.line(
        "2",
        "Sell the old dredger.",
        "Harbour Authority",
        "Two bids.",
        "-",
        name="2",
        owners=["Harbour Authority"],
        updates=["2023-10-18"],
    )
    return made


@paper
def quarters_over_the_updates() -> Paper:
    made = Paper("xlsx").say("Task group action plan")
    table = made.table(
        "No.",
        "Recommendation",
        "Response",
        "Update Q1 2023/24",
        "Update Q2 2023/24",
        "Update Q3 2023/24",
        "Owner",
    )
    table.line(
        "1",
        "That play areas be inspected.",
        "Accepted",
        "Inspector found.",
        "Half of them done so far this year.",
        "All inspected.",
        "Head of Parks",
        name="1",
        owners=["Head of Parks"],
        response="accepted",
        updates=["Q2023-04", "Q2023-07", "Q2023-10"],
    )
    table.line(
        "2",
        "That notices be doubled.",
        "Partially accepted",
        "",
        "Design agreed.",
        "-",
        "Head of Parks",
        name="2",
        owners=["Head of Parks"],
        response="in_part",
        updates=["Q2023-07"],
    )
    return made


@paper
def two_days_over_the_status() -> Paper:
    made = Paper("xlsx", as_at=None)
    table = made.table(
        "Ref", "Recommendation", "Directorate", "Status at 30 June 2023", "Status at 30 September 2023"
    )
    table.line(
        "E1",
        "That bridges be inspected.",
        "Place Directorate",
        "Amber",
        "Green",
        name="E1",
        owners=["Place Directorate"],
        claim="on_track",
        updates=["2023-06-30", "2023-09-30"],
    )
    table.line(
        "E2",
        "That gullies be mapped.",
        "Place Directorate",
        "Not started",
        "Red",
        name="E2",
        owners=["Place Directorate"],
        claim="off_track",
        updates=["2023-06-30", "2023-09-30"],
    )
    return made


@paper
def a_key_that_turns_the_colours_round() -> Paper:
    made = Paper("docx", as_at="2024-05-20").say("Position at 20 May 2024")
    table = made.table("No", "Recommendation", "Lead", "RAG")
    table.line(
        "1",
        "That signs be repainted.",
        "Highways Manager",
        Spec(fill=BLUE),
        name="1",
        owners=["Highways Manager"],
        claim="delivered",
    )
    table.line(
        "2",
        "That verges be cut.",
        "Highways Manager",
        Spec(fill=AMBER),
        name="2",
        owners=["Highways Manager"],
        claim="at_risk",
    )
    table.line(
        "3",
        "That bollards be replaced.",
        "Highways Manager",
        Spec(fill=RED),
        name="3",
        owners=["Highways Manager"],
        claim="not_started",
    )
    key = made.say("Key").table("", "")
    key.other(Spec("Red", fill=RED), "Not started").other(
        Spec("Amber", fill=AMBER), "At risk of delay"
    ).other(Spec("Blue", fill=BLUE), "Complete")
    return made


@paper
def an_unknown_header_over_the_wording() -> Paper:
    made = Paper("docx")
    table = made.table("Date of meeting", "Our demands", "Service area", "Executive response")
    table.line(
        "10/3/24",
        "That the play streets be reopened.",
        "Highways Team",
        "Partially accepted",
        text="That the play streets be reopened.",
        owners=["Highways Team"],
        made_on="2024-03-10",
        response="in_part",
    )
    table.line(
        "10/3/24",
        "The war memorial should be cleaned by the autumn.",
        "Parks Service",
        "Declined",
        text="The war memorial should be cleaned by the autumn.",
        owners=["Parks Service"],
        made_on="2024-03-10",
        response="rejected",
    )
    return made


@paper
def questions_for_headers() -> Paper:
    made = Paper("docx")
    table = made.table(
        "What was recommended?",
        "Who is it for?",
        "Was it agreed?",
        "If not, why not?",
        "What has happened since?",
        "When will it be finished?",
    )
    table.line(
        "That seats be heated.",
        "Leisure Trust",
        "Yes",
        "",
        "Heaters bought.",
        "March 2025",
        text="That seats be heated.",
        owners=["Leisure Trust"],
        response="accepted",
        updates=[None],
        target="2025-03",
    )
    table.line(
        "That seats be free.",
        "Leisure Trust",
        "No",
        "Income is needed.",
        "",
        "",
        text="That seats be free.",
        owners=["Leisure Trust"],
        response="rejected",
    )
    return made


@paper
def headers_broken_over_lines() -> Paper:
    made = Paper("docx")
    table = made.table(
        "REC.\nNO.", "RECOM-\nMENDATION", "RESPONSIBLE\nOFFICER", "TARGET\nDATE", "CURRENT\nSTATUS"
    )
    table.line(
        "1",
        "THAT THE PIER BE PAINTED.",
        "HEAD OF ESTATES",
        "1ST MAY 2024",
        "COMPLETE",
        text="That the pier be painted.",
        name="1",
        owners=["Head of Estates"],
        target="2024-05-01",
        claim="delivered",
    )
    return made


@paper
def blank_rows_at_the_foot() -> Paper:
    made = Paper("csv", as_at="2022-11").say("Action tracker - position at November 2022")
    table = made.table("Number", "Recommendation", "Service", "Decision", "State", "When")
    table.line(
        "1",
        "That the hall be let for less.",
        "Property Services",
        "Agree",
        "Done",
        "05/09/2022",
        name="1",
        owners=["Property Services"],
        response="accepted",
        claim="delivered",
        target="2022-09-05",
    )
    table.other().other("Number", "Recommendation", "Service", "Decision", "State", "When")
    table.line(
        "2",
        "That chairs be bought.",
        "Property Services",
        "Disagree",
        "",
        "-",
        name="2",
        owners=["Property Services"],
        response="rejected",
    )
    for _ in range(4):
        table.other()
    return made


@paper
def a_theme_and_an_owner_of_the_recommendation() -> Paper:
    made = Paper("xlsx")
    table = made.table(
        "Recommendation theme",
        "Recommendation number",
        "Recommendation",
        "Recommendation owner",
        "Recommendation status",
        "Recommendation due date",
    )
    table.line(
        "Access",
        "1",
        "That ramps be built.",
        "Estates Manager",
        "Complete",
        "01/05/2024",
        text="That ramps be built.",
        name="1",
        owners=["Estates Manager"],
        claim="delivered",
        target="2024-05-01",
    )
    return made


@paper
def definitions_below_the_lines_of_a_sheet() -> Paper:
    made = Paper("xlsx", as_at="2024-05-20").say("Position at 20 May 2024")
    table = made.table("No", "Recommendation", "Lead", "RAG")
    table.line(
        "1",
        "That signs be repainted.",
        "Highways Manager",
        Spec(fill=BLUE),
        name="1",
        owners=["Highways Manager"],
        claim="delivered",
    )
    table.line(
        "2",
        "That bollards be replaced.",
        "Highways Manager",
        Spec(fill=RED),
        name="2",
        owners=["Highways Manager"],
        claim="not_started",
    )
    table.other().other("Definitions").other("Term", "Meaning")
    table.other("Red", "Not started").other("Blue", "Work is complete")
    return made


@paper
def a_title_above_records_in_a_sheet() -> Paper:
    made = Paper("csv")
    table = made.table("", "")
    table.unlisted("Response to the Loneliness Inquiry")
    first = table.line(
        "Recommendation 1",
        "That a line be funded.",
        text="That a line be funded.",
        name="1",
        owners=["Public Health"],
        response="accepted",
        target="2024-12",
    )
    for label, value in (("Response", "Accepted"), ("Lead", "Public Health"), ("Timescale", "December 2024")):
        first.unlisted(label, value)
    second = table.line(
        "Recommendation 2",
        "That benches be put up.",
        text="That benches be put up.",
        name="2",
        owners=["Parks Service"],
        response="rejected",
    )
    for label, value in (("Response", "Not accepted"), ("Lead", "Parks Service"), ("Timescale", "n/a")):
        second.unlisted(label, value)
    return made
