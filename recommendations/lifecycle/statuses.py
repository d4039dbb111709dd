"""Every status that the tracker knows, with its label, colour and meaning.

Templates, forms, filters, packs, exports and tests take their words from here and nowhere else.
"""

from __future__ import annotations

from django.db.models import TextChoices


class Colour(TextChoices):
    """The colours of statuses, each with the one meaning that it has in every vocabulary, figure and chart."""

    GREY = "grey", "Neutral: a kind of thing, nothing yet, not known, or ended without a result"
    BLUE = "blue", "Open: under way"
    PURPLE = "purple", "Waiting: asked or claimed, and somebody has to decide"
    GREEN = "green", "Settled: done, agreed, allowed"
    YELLOW = "yellow", "Qualified: in part, changed, late but done, or at risk"
    ORANGE = "orange", "Unsettled: doubted, undecided, stopped or sent back"
    RED = "red", "Against: late, refused, failed, not done, or not for publication"


class Vocabulary(TextChoices):
    """A closed list of choices. Each has a value (stored), a label (shown), a colour name and a meaning.

    The colour is one of `Colour`, and says the same in every list. It never stands alone: templates show it only behind
    the label.
    """

    colour: str
    meaning: str

    def __new__(cls, value: str, colour: str = "grey", meaning: str = "") -> Vocabulary:
        member = str.__new__(cls, value)
        member._value_ = value
        member.colour = colour
        member.meaning = meaning
        return member


NOT_KNOWN = "Not known from public sources"
"""The answer where an inquiry is compiled from public sources and they do not say. It is another answer than "not yet"."""


NOTHING_ASKED = "Nothing is asked"
"""Where something was addressed in error, or published by mistake."""

NOT_STATED = "Not stated in the tracker"
"""The answer where a tracker that was brought in says nothing. Nothing is made up in its place."""
DAY_NOT_STATED = "day not stated in the tracker"
"""The same, in the place of a day."""


# ------------------------------------------------------------------ imports


class ImportState(Vocabulary):
    """What became of a tracker that was handed in. Nothing is written of it before it is applied."""

    READING = "reading", "blue", "Being read", "Being read"
    TO_CHECK = "to_check", "purple", "Read; somebody checks it before it is applied", "To be checked"
    APPLYING = "applying", "blue", "Being written to the record", "Being applied"
    APPLIED = "applied", "green", "On the record", "Applied"
    UNDOING = "undoing", "blue", "Being taken off the record again", "Being undone"
    UNDONE = "undone", "grey", "Taken off the record again, all of it", "Undone"
    FAILED = "failed", "red", "Could not be read, for the reason given", "Failed"
    DISCARDED = "discarded", "grey", "Thrown away before it was applied", "Discarded"


OPEN_IMPORT_STATES = (ImportState.READING, ImportState.TO_CHECK, ImportState.APPLYING)


class ExemptDecision(Vocabulary):
    """What was decided of a line that says that it is not for publication."""

    OPEN = "open", "green", "It may be published after all", "May be published"
    EXEMPT = (
        "exempt",
        "red",
        "Its exempt words stay apart, for those with the right to them",
        "Kept apart as exempt",
    )


class ImportRowState(Vocabulary):
    """What a line of a tracker is to the record."""

    NEW = "new", "green", "A recommendation that is not on the record yet", "New"
    KNOWN = "known", "blue", "A recommendation on the record, of which it says more", "Known, with news"
    CHANGED = (
        "changed",
        "orange",
        "A recommendation on the record, of which it says something else",
        "Changed",
    )
    UNCHANGED = "unchanged", "grey", "All that it says is on the record", "Unchanged"
    LEFT_OUT = "left_out", "grey", "Left out by whoever checked it", "Left out"
    GONE = "gone", "yellow", "In the last file and not in this one", "Gone: what became of it?"


class GoneAnswer(Vocabulary):
    """What became of a recommendation that an earlier tracker had and a later one leaves out."""

    OPEN = "open", "blue", "Only left out of this file. Nothing changes on the record", "Still open"
    SAME = (
        "same",
        "green",
        "It goes on under that line’s number or words. The line is no new recommendation then",
        "The same as a new line of this file",
    )
    CLOSED = (
        "closed",
        "grey",
        "Say how, and at which meeting, on its own page: a tracker that leaves it out closes nothing",
        "Closed by the committee",
    )


# ------------------------------------------------------------------ bodies and people


class BodyKind(Vocabulary):
    """The kinds of body that make or own recommendations."""

    COUNCIL = "council", "grey", "A council as a whole", "Council"
    COMMITTEE = "committee", "grey", "A select, scrutiny or other committee of a council", "Committee"
    EXECUTIVE = "executive", "grey", "A council's Cabinet or other executive", "Executive"
    DEPARTMENT = "department", "grey", "A directorate, department or service of a council", "Council service"
    BOARD = (
        "board",
        "grey",
        "A safeguarding or health and wellbeing board or partnership",
        "Board or partnership",
    )
    SCHOOL = "school", "grey", "A school or a group of schools", "School"
    TRUST = "trust", "grey", "A learning, academy or other trust", "Trust"
    POLICE = "police", "grey", "A police force or commissioner", "Police"
    HEALTH = "health", "grey", "An NHS body", "Health"
    DISTRICT = "district", "grey", "A district, borough or parish council", "District council"
    PROVIDER = "provider", "grey", "A commissioned service provider or charity", "Provider"
    OTHER = "other", "grey", "Any other body", "Other"


class PeriodUnit(Vocabulary):
    MONTHS = (
        "months",
        "grey",
        "Calendar months, ending on the same day of the month or its last day",
        "Months",
    )
    DAYS = "days", "grey", "Calendar days", "Days"


class Role(Vocabulary):
    """A person's role in a body. One person may have several."""

    SCRUTINY_OFFICER = (
        "scrutiny_officer",
        "grey",
        "Runs a committee's inquiries, recommendations and reviews",
        "Scrutiny officer",
    )
    CLERK = "clerk", "grey", "Runs a body's meetings and makes its briefing packs", "Clerk"
    COUNCILLOR = (
        "councillor",
        "grey",
        "Sits on a committee: reads its dashboard, proposes its verdicts",
        "Councillor",
    )
    CHAIR = (
        "chair",
        "grey",
        "Chairs a committee: does what its councillors do, and confirms its verdicts on its behalf",
        "Chair",
    )
    RESPONSIBLE_OFFICER = (
        "responsible_officer",
        "grey",
        "Logs progress on the recommendations addressed to a body",
        "Responsible officer",
    )
    APPROVER = "approver", "grey", "Publishes a body's updates and records its responses", "Approver"
    ADMINISTRATOR = "administrator", "grey", "Looks after people, bodies and the audit trail", "Administrator"


# ------------------------------------------------------------------ meetings and inquiries


class MeetingState(Vocabulary):
    PLANNED = "planned", "blue", "Still to come, or not yet recorded as held", "Planned"
    HELD = "held", "grey", "Took place", "Held"
    CANCELLED = "cancelled", "grey", "Did not take place", "Cancelled"
    NOT_KNOWN = (
        "not_known",
        "grey",
        "Public sources say that it was to take place, not whether it did",
        "Not known whether it was held",
    )


class Stage(Vocabulary):
    """The stages of an inquiry. From "published" on, the public may read it."""

    SCOPING = "scoping", "grey", "The committee is deciding what to look into", "Scoping"
    EVIDENCE = "evidence", "grey", "The committee is hearing evidence", "Gathering evidence"
    DRAFTING = "drafting", "grey", "The report is being written", "Drafting the report"
    PUBLISHED = "published", "blue", "The report is public and responses are awaited", "Report published"
    MONITORING = "monitoring", "blue", "The committee is following up what it recommended", "Monitoring"
    CONCLUDED = "concluded", "green", "The committee has ended its follow-up", "Concluded"


class RecordKind(Vocabulary):
    """Whose record of an inquiry this is. It decides what an empty box means: "not yet", or "not known"."""

    COMMITTEE = (
        "committee",
        "grey",
        "What is not here has not happened yet",
        "The committee’s own record",
    )
    PUBLIC_SOURCES = (
        "public_sources",
        "grey",
        "What is not here is not known from public sources",
        "Compiled from public sources",
    )


class DayPrecision(Vocabulary):
    """How much is known of the day of a meeting."""

    DAY = "day", "grey", "The day is known", "The day is known"
    MONTH = "month", "grey", "The sources name the month only", "Only the month is known"


class Precision(Vocabulary):
    """How exactly a time is known. A period has the first and the last day that its words allow."""

    DAY = "day", "grey", "A day, or the days from one to another", "Day"
    MONTH = "month", "grey", "A month, or a run of months", "Month"
    QUARTER = "quarter", "grey", "Three months of a council's or a calendar year", "Quarter"
    SEASON = (
        "season",
        "grey",
        "Spring from March, summer from June, autumn from September, winter from December",
        "Season",
    )
    HALF_YEAR = "half_year", "grey", "Six months of a council's or a calendar year", "Half-year"
    YEAR = (
        "year",
        "grey",
        "A council's year from April, a municipal year from May, or a calendar year",
        "Year",
    )
    NONE = "none", "grey", "No time is given, or none that can be told", "No date"


PUBLIC_STAGES = (Stage.PUBLISHED, Stage.MONITORING, Stage.CONCLUDED)


class Priority(Vocabulary):
    TOP = "top", "grey", "The committee's first concern; delivery needs evidence", "Top priority"
    HIGH = "high", "grey", "Important; delivery needs evidence", "High priority"
    STANDARD = "standard", "grey", "Followed up in the ordinary way", "Standard priority"
    NOT_KNOWN = (
        "not_known",
        "grey",
        "The public sources do not say which priority the committee gave it",
        "Priority not known from public sources",
    )
    NOT_STATED = (
        "not_stated",
        "grey",
        "The tracker that it was brought in from does not state a priority; followed up in the ordinary way",
        "Priority not stated in the tracker",
    )


PRIORITIES_NEEDING_EVIDENCE = (Priority.TOP, Priority.HIGH)
PRIORITIES_NOBODY_GAVE = (Priority.NOT_KNOWN, Priority.NOT_STATED)
ORDINARY_PRIORITIES = (Priority.STANDARD, Priority.NOT_STATED)
"""Those that lists leave out: what has one of them is followed up in the ordinary way."""


class RelationKind(Vocabulary):
    REPEATS = "repeats", "grey", "Asks again for what an earlier recommendation asked", "Repeats"
    SUPERSEDES = "supersedes", "grey", "Takes the place of an earlier recommendation", "Supersedes"


# ------------------------------------------------------------------ responses


class Decision(Vocabulary):
    """A body's formal response to a recommendation. Not the same fact as progress."""

    ACCEPTED = "accepted", "green", "The body will do what is recommended", "Accepted"
    IN_PART = "in_part", "yellow", "The body will do some of it and says what not and why", "Accepted in part"
    IN_PRINCIPLE = (
        "in_principle",
        "orange",
        "The body agrees with the aim but commits to nothing yet; the committee still awaits a decision",
        "Accepted in principle",
    )
    NOTED = (
        "noted",
        "orange",
        "The body took note and decided nothing; the committee still awaits a decision",
        "Noted",
    )
    REJECTED = "rejected", "red", "The body will not do it and says why", "Rejected"
    NOT_OURS = (
        "not_ours",
        "grey",
        "The body says the recommendation is for somebody else, and for whom",
        "Not for this body",
    )


DECISIVE = (Decision.ACCEPTED, Decision.IN_PART, Decision.REJECTED, Decision.NOT_OURS)
"""Decisions that stop the response clock. "Noted" and "in principle" are responses but leave it running."""

NEEDS_REASON = tuple(decision for decision in Decision if decision != Decision.ACCEPTED)


# ------------------------------------------------------------------ progress


class Claim(Vocabulary):
    """The owning body's own account of its progress. A claim, not the committee's view."""

    NOT_STARTED = "not_started", "grey", "No work has begun", "Not started"
    ON_TRACK = "on_track", "blue", "Work is under way and will be done by the date", "On track"
    AT_RISK = (
        "at_risk",
        "yellow",
        "The date or part of the work is in doubt without further action",
        "At risk",
    )
    OFF_TRACK = "off_track", "red", "The date will be missed or the work has stalled", "Off track"
    PAUSED = "paused", "orange", "Work has stopped for the time being, for the reason given", "Paused"
    DELIVERED = "delivered", "purple", "The body says everything recommended is done", "Delivered"
    NOT_FEASIBLE = (
        "not_feasible",
        "red",
        "The body says it cannot be done, for the reason given",
        "Not feasible",
    )


class UpdateState(Vocabulary):
    DRAFT = "draft", "grey", "Seen only by the owning body", "Draft"
    SUBMITTED = "submitted", "purple", "Waiting for the approver", "Waiting for approval"
    RETURNED = "returned", "orange", "Sent back by the approver with a reason", "Returned"
    PUBLISHED = "published", "green", "On the record; never edited, only corrected by another", "Published"


EDITABLE_UPDATE_STATES = (UpdateState.DRAFT, UpdateState.RETURNED)
UNPUBLISHED_UPDATE_STATES = (UpdateState.DRAFT, UpdateState.SUBMITTED, UpdateState.RETURNED)


class TargetState(Vocabulary):
    REQUESTED = "requested", "purple", "Asked for, not yet decided", "Asked for"
    AGREED = "agreed", "green", "The new date is agreed", "Agreed"
    REFUSED = "refused", "red", "The earlier date stands", "Refused"


# ------------------------------------------------------------------ the committee's verdict


class Grade(Vocabulary):
    """The committee's own view of delivery, given at a meeting."""

    IMPLEMENTED = "implemented", "green", "Done, to the committee's satisfaction", "Implemented"
    ON_COURSE = "on_course", "blue", "Expected to be done to the committee's satisfaction", "On course"
    CONCERNS = "concerns", "orange", "The committee doubts that it will be fully done", "Concerns"
    NOT_IMPLEMENTED = "not_implemented", "red", "Not done", "Not implemented"


class Outcome(Vocabulary):
    """The committee's decision on what to do next. Only this closes, reopens or escalates a recommendation."""

    KEEP = "keep", "blue", "Progress will be asked for again", "Keep monitoring"
    ESCALATE = "escalate", "red", "The head of service is invited to a meeting", "Escalate"
    REOPEN = "reopen", "orange", "Follow-up begins again", "Reopen"
    CLOSE_IMPLEMENTED = "close_implemented", "green", "The committee agrees it is done", "Closed: implemented"
    CLOSE_NOT_IMPLEMENTED = (
        "close_not_implemented",
        "red",
        "The committee ends its follow-up of something that was not done",
        "Closed: not implemented",
    )
    CLOSE_SUPERSEDED = (
        "close_superseded",
        "grey",
        "A later recommendation takes its place",
        "Closed: superseded",
    )
    CLOSE_NO_LONGER_RELEVANT = (
        "close_no_longer_relevant",
        "grey",
        "Events have overtaken it",
        "Closed: no longer relevant",
    )


CLOSING = (
    Outcome.CLOSE_IMPLEMENTED,
    Outcome.CLOSE_NOT_IMPLEMENTED,
    Outcome.CLOSE_SUPERSEDED,
    Outcome.CLOSE_NO_LONGER_RELEVANT,
)

OUTCOMES_WHEN_OPEN = (Outcome.KEEP, Outcome.ESCALATE, *CLOSING)
OUTCOMES_WHEN_CLOSED = (Outcome.REOPEN,)


def outcomes_when(is_open: bool) -> tuple[Outcome, ...]:
    """Return the outcomes that may follow where something is open, or closed."""
    return OUTCOMES_WHEN_OPEN if is_open else OUTCOMES_WHEN_CLOSED


GRADES_FOR_OUTCOME: dict[str, tuple[str, ...]] = {
    Outcome.KEEP: (Grade.ON_COURSE, Grade.CONCERNS, Grade.NOT_IMPLEMENTED, Grade.IMPLEMENTED),
    Outcome.ESCALATE: (Grade.CONCERNS, Grade.NOT_IMPLEMENTED),
    Outcome.REOPEN: (Grade.ON_COURSE, Grade.CONCERNS, Grade.NOT_IMPLEMENTED),
    Outcome.CLOSE_IMPLEMENTED: (Grade.IMPLEMENTED,),
    Outcome.CLOSE_NOT_IMPLEMENTED: (Grade.NOT_IMPLEMENTED, Grade.CONCERNS),
    Outcome.CLOSE_SUPERSEDED: tuple(Grade),
    Outcome.CLOSE_NO_LONGER_RELEVANT: tuple(Grade),
}
"""The grades that fit an outcome: a recommendation cannot be closed as implemented while the grade says it is not."""


class ProposalState(Vocabulary):
    """What became of a verdict that a member proposed. Only the committee's people see any of it."""

    STANDING = "standing", "purple", "Proposed, and nothing is confirmed yet", "Proposed"
    TAKEN = "taken", "green", "Confirmed as the committee's verdict", "Taken"
    NOT_TAKEN = "not_taken", "grey", "The committee's verdict was another", "Not taken"
    WITHDRAWN = "withdrawn", "grey", "Taken back by the member who proposed it", "Withdrawn"


# ------------------------------------------------------------------ what may be seen


class Visibility(Vocabulary):
    PUBLIC = "public", "green", "Anybody may read it", "Public"
    RESTRICTED = "restricted", "yellow", "People who sign in may read it", "Signed-in people only"
    EXEMPT = "exempt", "red", "Only people with the right to exempt information may read it", "Exempt"


EXEMPT_PARAGRAPHS: dict[int, str] = {
    1: "Information relating to any individual",
    2: "Information likely to reveal the identity of an individual",
    3: "Information relating to the financial or business affairs of any person",
    4: "Information relating to labour relations consultations or negotiations",
    5: "Information in which legal professional privilege could be claimed",
    6: "Information revealing a proposed notice, order or direction",
    7: "Information relating to the prevention, investigation or prosecution of crime",
}
"""Local Government Act 1972, Schedule 12A, Part 1."""


# ------------------------------------------------------------------ withholding


class WithholdingGround(Vocabulary):
    """The legal grounds on which something is taken off the public record."""

    PERSONAL_DATA = (
        "personal_data",
        "grey",
        "Publishing it would breach the UK GDPR or the Data Protection Act 2018",
        "Personal data of a living person",
    )
    CONFIDENTIAL = (
        "confidential",
        "grey",
        "Given in confidence by a government department, or a law or court forbids disclosure"
        " (Local Government Act 1972, s.100A(3))",
        "Confidential information",
    )
    EXEMPT = (
        "exempt",
        "grey",
        "It falls under Schedule 12A of the Local Government Act 1972 and was published by mistake",
        "Exempt information published by mistake",
    )
    COURT_ORDER = (
        "court_order",
        "grey",
        "An order of a court or a statutory reporting restriction forbids publication",
        "Court order or reporting restriction",
    )
    DEFAMATION = "defamation", "grey", "It may be defamatory", "Defamation"
    COPYRIGHT = "copyright", "grey", "The council has no right to publish it", "Copyright"
    OTHER = "other", "grey", "Another law, named in the reason", "Another legal ground"


class WithholdingKind(Vocabulary):
    """What a withholding takes off the record."""

    WORDS = "words", "grey", "Words, wherever they stood on the record", "Words"
    ENTRY = "entry", "grey", "All texts of one entry of the record", "A whole entry"
    FILE = "file", "grey", "A file, or the address of a link", "A file or link"
    EDITION = "edition", "grey", "All files and words of a frozen pack", "An edition of a pack"


class WithholdingState(Vocabulary):
    """What became of a withholding. It holds at once; a second person decides whether it stays."""

    HIDDEN = (
        "hidden",
        "purple",
        "Off the record since it was withheld; a second person confirms it or puts it back",
        "Waiting to be confirmed",
    )
    CONFIRMED = "confirmed", "red", "A second person confirmed that it stays off the record", "Confirmed"
    PUT_BACK = "put_back", "green", "It is on the record again as it was", "Put back"
    ERASED = (
        "erased",
        "grey",
        "Confirmed, then erased for ever: only the SHA-256 of what stood there is kept",
        "Erased",
    )


class PutBackState(Vocabulary):
    """What became of a proposal to put back what a second person had confirmed. Another person agrees or declines."""

    OPEN = "open", "purple", "Another person agrees to put it back, or declines", "Waiting for another person"
    AGREED = "agreed", "green", "Another person agreed: it was put back", "Agreed"
    DECLINED = "declined", "red", "Another person declined: it stays off the record", "Declined"
    WITHDRAWN = "withdrawn", "grey", "Whoever proposed it took the proposal back", "Withdrawn"

    @property
    def step(self) -> str:
        """What somebody did with the proposal, in a sentence that begins with their name."""
        return {
            "open": "proposed to put it back",
            "agreed": "agreed to put it back",
            "declined": "declined to put it back",
            "withdrawn": "withdrew the proposal to put it back",
        }[self.value]


# ------------------------------------------------------------------ packs, notices


class Edition(Vocabulary):
    PUBLIC = "public", "green", "Open to the public; holds no exempt information", "Public edition"
    EXEMPT = (
        "exempt",
        "red",
        "Not for publication: holds exempt information under Schedule 12A of the Local Government Act 1972",
        "Exempt edition",
    )


class PackState(Vocabulary):
    DRAFT = "draft", "grey", "Not made yet", "Draft"
    QUEUED = "queued", "blue", "Waiting to be made", "Waiting to be made"
    RENDERING = "rendering", "blue", "Being made now", "Being made"
    READY = "ready", "green", "Made and frozen", "Ready"
    FAILED = "failed", "red", "Could not be made, for the reason given", "Failed"


class PackSection(Vocabulary):
    """The sections that a briefing pack may have, in their order. The purpose and the file's own details are always
    there.
    """

    COVER = (
        "cover",
        "grey",
        "A front page. Without it, meeting, edition and author stand at the head of the first page",
        "Cover",
    )
    CONTENTS = "contents", "grey", "Each section and recommendation with its page", "Contents"
    DECISIONS = (
        "decisions",
        "grey",
        "A different thing from the tracked recommendations",
        "Decisions asked of this meeting",
    )
    REASONS = (
        "reasons",
        "grey",
        "“None” or “Not stated” is written out where you leave one empty",
        "Reasons and implications",
    )
    SUMMARY = "summary", "grey", "Figures and a chart: n of N as at the date", "Summary"
    SINCE = "since", "grey", "What changed since the body's last meeting", "Since the last meeting"
    RECOMMENDATIONS = "recommendations", "grey", "One block for each recommendation", "Recommendations"
    OVERDUE = "overdue", "grey", "What is past its first date", "Overdue and escalated"
    SLIPS = "slips", "grey", "Each later date, why, and who agreed it", "Dates that slipped"
    TABLE = "table", "grey", "The committee’s four columns, on landscape pages", "Review table"
    APPENDICES = "appendices", "grey", "By number and title", "Appendices"
    KEY = "key", "grey", "What the words and symbols mean", "Key"


class Implication(Vocabulary):
    """The implications that a report to a meeting must state. If nothing is entered, "None" is printed, or "Not stated" where
    all of the pack is compiled from public sources.
    """

    FINANCIAL = "financial", "grey", "Costs, savings and where the money comes from", "Financial"
    LEGAL = "legal", "grey", "Duties and powers", "Legal"
    EQUALITY = "equality", "grey", "Under the Equality Act 2010, section 149", "Equality"
    RISK = "risk", "grey", "Risks, and how children and adults are kept safe", "Risk and safeguarding"
    OTHER = "other", "grey", "For example property, staff or the environment", "Other"


class Picks(Vocabulary):
    """How a template of packs picks recommendations, anew on the day a pack is made from it."""

    OPEN = "open", "grey", "Those that are open on the day and concern the body", "All that are open"
    MATCHING = (
        "matching",
        "grey",
        "The filters of a list are asked again on the day",
        "Those that match a list",
    )
    THESE = "these", "grey", "In the order they have in this pack", "These recommendations"


class NoticeKind(Vocabulary):
    """The kinds of notice sent by e-mail. Each is sent once for each state of its subject."""

    SENT = (
        "sent",
        "grey",
        "Recommendations were sent to your body; a response is asked for",
        "Recommendations sent",
    )
    WITHDRAWN = (
        "withdrawn",
        "grey",
        "A recommendation was sent to your body in error, or is withdrawn",
        "Sent in error",
    )
    ASKED = "asked", "grey", "A committee asks your body for an update", "Update asked for"
    CHASED = "chased", "grey", "Committee support asks again for an update", "Chased"
    DUE_SOON = "due_soon", "grey", "An update or a response of your body is due soon", "Due soon"
    OVERDUE = "overdue", "grey", "An update, a response or a date of your body is late", "Overdue"
    SUBMITTED = "submitted", "grey", "An update waits for you to publish or return it", "Waiting for approval"
    RETURNED = "returned", "grey", "Your update was sent back with a reason", "Returned"
    PUBLISHED = "published", "grey", "An update was published", "Published"
    DATE_ASKED = "date_asked", "grey", "A body asks the committee for a new date", "New date asked for"
    DATE_DECIDED = (
        "date_decided",
        "grey",
        "The new date you asked for was agreed or refused",
        "New date decided",
    )
    ESCALATED = "escalated", "grey", "The committee invites the head of service", "Escalated"
    TAKEN_BACK = (
        "taken_back",
        "grey",
        "Something that you were told of was sent or asked by mistake",
        "Taken back",
    )
    PACK_READY = "pack_ready", "grey", "A pack you asked for was made, or could not be", "Pack ready"
    WITHHELD = (
        "withheld",
        "grey",
        "Something was taken off the record and waits for a second person",
        "Taken off the record",
    )


class NoticeState(Vocabulary):
    QUEUED = "queued", "blue", "Waits for the person's next message", "To be sent"
    SENT = "sent", "green", "Is in a message, whose own state says whether it went out", "In a message"
    CANCELLED = "cancelled", "grey", "Its reason went before it was sent", "Cancelled"


# ------------------------------------------------------------------ personal links


class LinkState(Vocabulary):
    VALID = "valid", "green", "Its person can answer by it", "Valid"
    EXPIRED = "expired", "grey", "Its time is over; it can be renewed", "Expired"
    REVOKED = "revoked", "red", "It was ended before its time", "Revoked"


class LinkEvent(Vocabulary):
    """The events of an external respondent's personal link; all are kept."""

    ISSUED = "issued", "grey", "The link was made and sent", "Issued"
    OPENED = "opened", "grey", "Somebody followed the link", "Opened"
    CODE_SENT = "code_sent", "grey", "A code went to the respondent's address", "Code sent"
    CODE_WRONG = "code_wrong", "orange", "A wrong code was entered", "Wrong code"
    LET_IN = "let_in", "green", "The right code was entered", "Let in"
    LIMITED = "limited", "orange", "Too many tries: made to wait", "Made to wait"
    READ = "read", "grey", "The respondent read an item", "Read"
    WROTE = "wrote", "grey", "The respondent saved, sent or answered something", "Wrote"
    REFUSED = "refused", "red", "The link had expired or was revoked", "Refused"
    RENEWED = "renewed", "grey", "A new link took the place of the old one", "Renewed"
    REVOKED = "revoked", "red", "The link was ended before its time", "Revoked"


# ------------------------------------------------------------------ who agrees new dates


class DatesAgreedBy(Vocabulary):
    """Who, by a committee's own rules, agrees to a new date. Committees differ in this."""

    MEETING = "meeting", "grey", "The committee itself, at a meeting", "The committee at a meeting"
    CHAIR = "chair", "grey", "The chair, between meetings or at one", "The chair"
    OFFICER = (
        "officer",
        "grey",
        "The scrutiny officer, under delegation",
        "The scrutiny officer under delegation",
    )


class ClockState(Vocabulary):
    NOT_STARTED = "not_started", "grey", "The recommendation has not been sent to the body", "Not sent yet"
    NO_TERM = "no_term", "grey", "No term is set for this body to respond within", "No set term"
    RUNNING = "running", "purple", "An answer is due", "Awaiting response"
    LATE = "late", "red", "The term is over and no decision has come", "Response late"
    ANSWERED_OPEN = "answered_open", "orange", "Answered, but without a decision", "Answered, no decision"
    STOPPED = "stopped", "green", "Decided within the term", "Decided"
    STOPPED_LATE = "stopped_late", "yellow", "Decided after the term", "Decided late"
    ENDED = "ended", "grey", "The committee closed it before a decision came", "No longer awaited"
    NOT_ASKED = (
        "not_asked",
        "grey",
        "It was addressed in error, or published by mistake",
        "No answer is asked",
    )
    NOT_KNOWN = (
        "not_known",
        "grey",
        "The public sources do not say whether it was sent and how the body answered",
        NOT_KNOWN,
    )
    NOT_STATED = (
        "not_stated",
        "grey",
        "The tracker does not say whether it was sent and how the body answered",
        NOT_STATED,
    )


# ------------------------------------------------------------------ where things stand


class Standing(Vocabulary):
    """The standing of a recommendation: each is in exactly one of these, in the order in which a bar shows them.

    A recommendation addressed to several bodies has the standing of its slowest assignment.
    """

    IMPLEMENTED = "implemented", "green", "Closed: the committee agrees it is done", "Implemented"
    CLOSED_OTHERWISE = (
        "closed_otherwise",
        "grey",
        "Closed for another reason: not implemented, superseded or no longer relevant",
        "Closed otherwise",
    )
    AWAITING = (
        "awaiting",
        "purple",
        "The body says it has delivered; the committee has not yet given its view",
        "Committee to judge",
    )
    IN_TIME = "in_time", "blue", "Open, and not past a first date", "Open, not overdue"
    OVERDUE = "overdue", "red", "Open, and past its first date", "Overdue"
    NOT_KNOWN = (
        "not_known",
        "grey",
        "Compiled from public sources, which do not say whether it was done or closed",
        NOT_KNOWN,
    )


class FollowUpStatus(Vocabulary):
    """The statuses by which a list of recommendations is filtered."""

    OPEN = "open", "blue", "The committee still follows it up", "Open"
    CLOSED = "closed", "grey", "The committee ended its follow-up", "Closed"
    IMPLEMENTED = (
        "implemented",
        "green",
        "Closed, and the committee agrees it is done",
        "Closed as implemented",
    )
    OVERDUE = "overdue", "red", "Open and past its first date", "Overdue"
    AWAITING_RESPONSE = "awaiting_response", "purple", "Sent, and no decision yet", "Awaiting response"
    RESPONSE_LATE = "response_late", "red", "No decision by the end of the term", "Response late"
    AWAITING_COMMITTEE = (
        "awaiting_committee",
        "purple",
        "The body says it is delivered; the committee has not yet given its view",
        "Awaiting the committee",
    )
    ESCALATED = "escalated", "red", "The head of service is invited to a meeting", "Escalated"
    NOT_KNOWN = (
        "not_known",
        "grey",
        "Compiled from public sources, which do not say whether it was done or closed",
        NOT_KNOWN,
    )


class RequestStatus(Vocabulary):
    """The progress of one request of a review. What a body has not published yet is shown only as being in preparation."""

    ANSWERED = "answered", "green", "An update was published", "Answered"
    APPROVING = (
        "approving",
        "purple",
        "The body has written its update and an approver has it",
        "With the approver",
    )
    TAKING_IN = (
        "taking_in",
        "purple",
        "It came by a personal link, and the body has no approver: you publish or return it",
        "With committee support",
    )
    WRITING = "writing", "blue", "Somebody in the body has begun", "Being written"
    WAITING = "waiting", "grey", "Nobody has begun", "Waiting"
    NOT_ANSWERED = "not_answered", "grey", "The review was closed without an update", "Not answered"
    CANCELLED = "cancelled", "grey", "The review was cancelled, so nothing is asked for it", "No longer asked"
    CLOSED = "closed", "grey", "The committee has closed it meanwhile", "Closed by the committee"
    NOT_OURS = "not_ours", "grey", "The body answered that it is for somebody else", "Not for this body"
    NOT_ASKED = "not_asked", "grey", "Only public sources tell of it, so nobody is asked", "Nobody is asked"


class ChangeKind(Vocabulary):
    """The kinds of change, in the order in which they are listed."""

    CLOSED = "closed", "grey", "No recommendation was closed.", "Closed by the committee"
    REOPENED = "reopened", "orange", "No recommendation was reopened.", "Reopened by the committee"
    ESCALATED = "escalated", "red", "No recommendation was escalated.", "Escalated"
    OVERDUE = "overdue", "red", "Nothing became overdue.", "Newly overdue"
    RESPONSE_LATE = "response_late", "red", "No response became late.", "Responses that became late"
    DELIVERED = "delivered", "purple", "Nothing was said to be delivered.", "Said to be delivered"
    DATES = "dates", "yellow", "No new date was agreed.", "Dates changed"
    ASKED = "asked", "purple", "No new date was asked for.", "New dates asked for"
    ASSESSED = "assessed", "grey", "Nothing else was assessed.", "Other assessments"
    RESPONSES = "responses", "grey", "No response was received.", "Responses received"
    UPDATES = "updates", "grey", "No update was published.", "Updates published"
    NEW = "new", "grey", "No recommendation was added.", "New recommendations"
    CORRECTED = "corrected", "yellow", "Nothing was corrected.", "Corrected on the record"


class PackStart(Vocabulary):
    """The contents that a new pack can start with, beside templates."""

    OPEN = "open", "grey", "", "All that are open"
    LAST = "last", "grey", "In the same order", "The same as in the last pack of this body"
    NONE = "none", "grey", "You choose on the next page", "None yet"
