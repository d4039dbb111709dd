"""The words over columns: what councils, health bodies, audit committees and parliaments write, and what it means."""

from __future__ import annotations

import pytest

from recommendations.trackers.header_words import match_header

HEADERS = {
    "number": "No.|No|#|Rec No|Rec. No.|Recommendation number|Recommendation no.|Item no|Serial no|Item|Action no.|S.No",
    "reference": "Ref|Ref no.|Reference|Ref number|Recommendation ref|ID|Unique ID|UID|Minute|Minute no.|Minute number|Min ref|Action ref|Tracker ref|Code|Rec ID|Minute reference",
    "text": "Recommendation|Recommendations|Recommendation(s)|Scrutiny recommendation|Select committee recommendation|Panel's recommendation|Recommendation text|Text of the recommendation"
    "|Wording of recommendation|What was recommended|We recommend|Recommendation from scrutiny|Full text of recommendation|Recommendation / action|Resolution|Recommendation (as agreed)"
    "|Agreed recommendation|Task group recommendation|Recommendations of the review|Committee recommendations to Cabinet|Audit recommendation|Action agreed|Proposal",
    "inquiry": "Inquiry|Review|Review title|Scrutiny review|Report|Report title|Name of review|Topic|Task and finish group|Source report|Title of report|Name of inquiry|Inquiry or review|Audit report|Enquiry",
    "owners": "Owner|Lead|Lead officer|Responsible officer|Officer responsible|Responsible person|Responsibility|To|To whom|By whom|Who|Made to|Addressed to|Directed to|Owning body"
    "|Responsible body|Lead member|Cabinet member|Executive member|Portfolio holder|Lead department|Service area|Directorate|Organisation|Action owner|Recommendation owner"
    "|Lead officer / member|Accountable officer|Assigned to|Partner|SRO|Lead agency|Recommendation made to|Who is responsible?|Responsible officer(s)|Lead director|Lead organisation"
    "|Responsible department|Named officer|Officer|Lead Cllr|Implementing body|Recipient|Department responsible",
    "response": "Response|Cabinet response|Executive response|Executive decision|Government response|Response of the Cabinet|Response to recommendation|Decision of Cabinet|Accepted?|Accepted / rejected"
    "|Agreed (Y/N)|Accept, part accept or reject|Formal response|Management response|Cabinet's decision|Welsh Government response|Response (accepted/not accepted)|Trust response|Service response"
    "|Recommendation accepted?|Was it accepted?|Accepted or not|Response from the Board|Initial response|Original response|Mayor's response|Council response|Agreed / not agreed|Decision"
    "|Response status|Acceptance|Executive's response|Minister's response|HSE response|Departmental response|What the Cabinet said",
    "reason": "Reason|Reasons|Reason if not accepted|Reason for rejection|Rationale for response|Reasons for decision|Why not?|Explanation|Justification|Response comments|Response detail"
    "|Comments on response|Cabinet comments|Executive comments|If rejected, why?",
    "answered_on": "Date of response|Response date|Date of Cabinet response|Responded on|Answered on|Date considered by Cabinet|Cabinet date|Date of Cabinet decision|Date agreed by Cabinet|Response received"
    "|Date response received|Date of Executive decision|Date to Cabinet|Date of reply|Decision date",
    "claim": "Status|RAG|RAG status|RAG rating|BRAG|Current status|Progress status|Implementation status|Status (RAG)|Delivery status|Completion status|% complete|Percentage complete|Complete?"
    "|Completed?|Implemented?|Recommendation status|Status of recommendation|Overall status|Action status|Progress RAG|Status at 31 March 2024|Progress rating|Done?|Traffic light|Has it been done?|Status of action",
    "progress": "Progress|Progress update|Update|Updates|Latest update|Latest position|Current position|Action taken|Actions taken|Actions taken to date|Progress to date|What has been done|What was done"
    "|Officer update|Update from officers|Progress made|Progress since last meeting|Commentary|Status update|Update on progress|Implementation update|Progress report|Progress / comments|Update (June 2023)"
    "|Position at June 2023|Lead officer's update|Latest progress|Update on implementation|6 month update|12 month update|Twelve-month progress|Quarterly update|Narrative|Progress against recommendation|Action taken and progress",
    "updated_on": "Last updated|Date of update|Update date|Date updated|Date of last update|Last reviewed|Date of last review",
    "outcome": "Committee's view|Committee decision|Committee's assessment|Scrutiny assessment|Panel's view|Signed off|Signed off by committee|Sign-off|Scrutiny decision|Members' view|Committee verdict"
    "|Assessment|Closed?|Scrutiny sign off|Committee's conclusion|Agreed by committee as complete|Outcome agreed by committee|Panel assessment|What the committee thinks|Committee outcome|Committee judgement",
    "outcome_on": "Closed on|Date closed|Date signed off|Sign off date|Closure date|Date of closure|Closed at meeting of|Date discharged|Date of committee decision",
    "made_on": "Date|Date made|Made on|Date of meeting|Meeting date|Date of recommendation|Date raised|Date of committee|Committee date|Date of report|Report date|When made|Date recommended|Scrutiny date"
    "|Date of committee meeting|Date of publication|Date published|Date added|Recommendation date|Meeting",
    "target": "Target|Target date|Due|Due date|Date due|Deadline|By when|When|By|Timescale|Timescales|Timeframe|Completion date|Target completion date|Implementation date|Expected completion|Expected completion date"
    "|Estimated completion date|Anticipated completion|Revised target date|Revised date|New target date|Current target date|Date for completion|To be completed by|Target for completion|Planned completion"
    "|Timetable|Delivery date|Date for implementation|Completion due|Agreed date|End date|Forecast completion|When will it be done?|Target implementation date|Date to be completed|Due by|Revised deadline"
    "|Timescale for completion|Proposed completion date|Updated target date|Revised completion date|Target deadline|Implementation timescale",
    "first target": "Original target date|Original date|Original deadline|Initial target date|First target|Original completion date|Previous target date|Original timescale|Previous deadline|Initial deadline|Original due date|Baseline date|Old target",
    "asked_target": "Requested date|Extension requested|Extension requested to|Requested extension|New date requested|Date requested by officers|Proposed new date|Proposed revised date|Extension sought|Revised date requested|Proposed new deadline",
    "priority": "Priority|Priority (H/M/L)|Priority level|High/medium/low|Importance|Urgency",
    "exempt": "Exempt?|Confidential|Public / private|Open or exempt",
    "ignored": "Days late|Days overdue|Overdue?|Age|Days open|No. of days overdue|Days to target",
    "notes": "Budget|Cost|Ward|Theme|Link|Link to report|Corporate priority|Next update|Next review date|Reason for extension|Date completed|Completed on|Actual completion date|Date implemented|Previous RAG"
    "|Committee comments|Response due|Planned action|Proposed action|Notes|Impact|Next steps|Budget code|Response deadline|Next meeting|Previous status|Success measures|Page|Paragraph|Reason for closure|Closure reason|Why closed"
    "|Officer's file|Officer’s file|Lead officer's email|Team folder|Owner's record|Page no.|Lead officer tel.",
    "response and progress": "Response / progress|Response and action taken|Response & update|Decision and progress|Original response and actions",
    "response and claim": "Response/status|Decision and status",
    "claim and progress": "Status / update|Status and comments|Progress / status|Status/progress|RAG and commentary|Status & update",
    "owners and target": "Owner and deadline|By whom / by when|Lead officer and timescale|Who and when|Responsible officer / target date",
    "reference and made_on": "Minute and date|Date and minute no.|Ref / date",
    "inquiry and made_on": "Review and date|Report / date",
    "response and answered_on": "Response and date|Cabinet decision and date",
    "outcome and outcome_on": "Committee's decision and date",
}
CASES = [(field, header) for field, headers in HEADERS.items() for header in headers.split("|")]


@pytest.mark.parametrize(("field", "header"), CASES, ids=[header for _, header in CASES])
def test_headers_in_use_are_known(field: str, header: str) -> None:
    found = match_header(header)
    assert (" and ".join(found.fields) if found else "notes") == field


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Party",
        "Telephone",
        "Definition",
        "Meaning",
        "Advantages",
        "Venue",
        "Councillors present",
        "x" * 200,
    ],
)
def test_other_words_are_not_taken_for_one(header: str) -> None:
    found = match_header(header)
    assert found is None or found.field in ("notes", "owners")


def test_case_line_breaks_and_question_marks_do_not_matter() -> None:
    assert match_header("LEAD\nOFFICER") == match_header("Lead officer") == match_header("lead officer?")
