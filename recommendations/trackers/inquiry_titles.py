"""Finds the inquiry that a table's title, its sheet or the document names, where no column and no row across the table does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from committee.text import clean_line
from recommendations.lifecycle import Precision
from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.trackers.as_at import day_in_line
from recommendations.trackers.cells import TrackerFile
from recommendations.trackers.owner_looks import STRONG, look
from recommendations.trackers.period_grammar import find_times
from recommendations.trackers.questions import plain
from recommendations.trackers.row_words import DAY_OF_MEETING, OWNER, THEME, heads_state
from recommendations.trackers.sections import InquiryTitle, Section

LONGEST_NAME = 18
"""Words in the name of an inquiry."""
SAYS_INQUIRY = re.compile(
    r"\b(?:inquiry|enquiry|task (?:and |& )?finish|task group|working group|spotlight|deep dive|investigation|(?:scrutiny|feasibility) study|reviews?)\b"
)
"""What the name of an inquiry has in it, in comparable words."""
SURELY_INQUIRY = re.compile(
    r"\b(?:inquiry|enquiry|task (?:and |& )?finish|task group|working group|spotlight)\b"
)
GENERAL = re.compile(
    r"\b(?:trackers?|logs?|registers?|monitoring|action plans?|monitor|(?:recommendations?|actions?|progress|status|update|implementation) (?:report|list|schedule|summary)|work programme|agenda|minutes|appendix|annex|schedule|export|extract)\b"
    r"|^(?:scrutiny |cabinet |executive |council(?:'s)? |all |summary of |list of )*(?:recommendations?|actions?|responses?|progress|updates?|status)\b(?! (?:of|from|arising))"
    r"|\b(?:for|under|last|next|annual|quarterly|monthly|periodic|regular|performance|date of|in) reviews?\b|\breview(?:s of (?:recommendations|progress|actions)|ed| dates?| by| of (?:recommendations|progress|actions|outstanding|the tracker))\b"
    r"|^(?:task (?:and |& )?(?:finish )?groups?|(?:scrutiny )?(?:reviews?|inquiry|enquiry|inquiries)|working groups?|all reviews)$"
)
"""What the title of a tracker as a whole has in it, and that of an inquiry has not."""
NAME_OF_COMMITTEE = re.compile(
    r"\b(?:committee|commission|panel|board|cabinet|council|executive|forum|team)$"
)
STATE = (
    r"(?:(?:in)?completed?|finished|closed|archived?|discharged|signed off|done|delivered|implemented|achieved|actioned|superseded|withdrawn|cancelled|removed|deleted|rejected"
    r"|declined|accepted|agreed|open|live|active|current|new|outstanding|overdue|late|pending|awaiting|awaited|deferred|paused|on hold|suspended|stalled|slipped|delayed"
    r"|ongoing|under ?way|in progress|on track|off track|at risk|(?:not|yet to) (?:be )?start(?:ed)?|started|carried forward|extensions?)"
)
GIVES_STATE = re.compile(
    rf"(?:(?:all|the|not|now|yet|still|already|previously|recently|newly|fully|partly|partially|nearly) ){{0,3}}{STATE}(?: ?(?:and|or|&|/|,|-) ?(?:not |still )?{STATE}){{0,3}}"
    r"(?:$|[ (:,-]{1,3}(?:recommendations?|recs?|actions?|items?|entries|rows|responses?|requested|granted|agreed|since|in|at|by|as|for|during|from|on|to|this|last|before|after|until"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} ?\d|\d))"
)
"""A title that says how far the recommendations under it are, in comparable words: "Previously completed", "Extension requested"."""
NO_NAME = re.compile(
    r"(?:sheet|item|table|tab|data|page|part|section|appendix|annex|list|rows?)? ?\W*\w{0,3}|.{0,3}|[\W\d]*(?:20\d\d)[\W\d]*"
)
OF_INQUIRY = re.compile(
    r"^(?:(?:scrutiny |agreed |final |the )*recommendations?|(?:cabinet |executive |council )?responses? to|(?:the )?(?:final )?reports?|findings|progress (?:on|against)|updates? on|follow[ -]?up (?:of|to))\b"
    r"(?: (?:made |arising )?(?:of|from|by|in|to|on)\b(?: (?:the )?(?:recommendations?|reports?|findings) (?:of|from|by|on)\b)?)?(?: the)? (?=\S)",
    re.IGNORECASE,
)
"""What stands before the name: "Recommendations of the Ferries Inquiry"."""
BETWEEN = re.compile(r" [-\u2013\u2014|] |: ")


DATED = re.compile(
    r"(?P<title>.*\S) ?(?:[(\[](?P<inside>[^()\[\]]{3,60})[)\]]|[,;\u2013\u2014-] ?(?P<behind>(?:final |full )?(?:reported|published|agreed|adopted|report)\b[^,;]{3,60}))",
    re.DOTALL,
)
"""A title with what stands behind it: "Winter roads (reported 14 June 2023)"."""
OF_REPORT = re.compile(
    r"(?:the )?(?:final |full )?(?:inquiry |review )?(?:reported|published|agreed|adopted|report|completed)?[ ,:]{0,2}(?:of|on|in|at|to (?:cabinet|council))?[ ,:]{0,2}(?:(?:of|on|in) )?"
)


def without_day(title: str) -> tuple[str, Period]:
    """Return the title of an inquiry without the day of its report behind it, and that day."""
    words = clean_line(title)
    if found := DATED.fullmatch(words):
        behind = (found["inside"] or found["behind"]).strip()
        times = list(find_times(behind))
        period = times[0].period if len(times) == 1 and times[0].end == len(behind) else None
        if period and period.precision in (Precision.DAY, Precision.MONTH):
            before = plain(behind[: len(behind) - len(period.words)])
            if OF_REPORT.fullmatch(before):
                return found["title"].strip(), period
    return words, NO_PERIOD


def inquiry_in_title(title: str) -> str | None:
    """Return the inquiry that a title says it is of: "Recommendations of the Ferries Inquiry" is of the "Ferries Inquiry".
    None where it says none, as "Recommendation tracker" or the name of a committee.
    """
    whole = clean_line(title)
    if _is_inquiry(whole):
        return _name(whole)
    named = [_name(part) for part in BETWEEN.split(whole) if _is_inquiry(part)]
    return named[0] if len(named) == 1 else None


def _name(words: str) -> str:
    rest = OF_INQUIRY.sub("", words, count=1)
    return rest.strip(" .,;:") if SAYS_INQUIRY.search(plain(rest)) else words.strip(" .,;:")


def _is_inquiry(words: str) -> bool:
    rest = plain(OF_INQUIRY.sub("", words, count=1))
    if not SAYS_INQUIRY.search(rest) or GENERAL.search(rest) or len(words.split()) > LONGEST_NAME:
        return False
    if words.rstrip().endswith((".", "?")):
        return False
    return bool(SURELY_INQUIRY.search(rest)) or not NAME_OF_COMMITTEE.search(rest)


def gives_state(title: str) -> bool:
    """Return whether a title says how far the recommendations under it are, also where that has to be asked: "Superseded"."""
    return heads_state(title) or GIVES_STATE.match(plain(title)) is not None


def may_be_inquiry(title: str) -> bool:
    """Return whether a title that says no such word may be an inquiry's, as "Access to GPs" over one of several tables. One that
    gives a state, a day, a theme or an owner may not.
    """
    words = plain(title)
    return not (
        NO_NAME.fullmatch(words)
        or GENERAL.search(words)
        or NAME_OF_COMMITTEE.search(words)
        or gives_state(title)
        or THEME.match(title)
        or OWNER.match(title)
        or DAY_OF_MEETING.fullmatch(title)
        or look(title) in STRONG
        or day_in_line(title)
        or re.search(r"\b(?:key|legend|notes?|guidance|status|rag|open|closed|live|new)\b", words)
        or len(words.split()) > 10
        or title.rstrip().endswith((".", "?", ":"))
    )


def proposed_inquiry(title: str) -> str:
    """Return the title that a new inquiry may take from what stands over a table or from its sheet; what is before a colon. Return
    "" where that can't be one's: "Closed" and "Completed since April" give a state.
    """
    if named := inquiry_in_title(title):
        return named
    before = clean_line(title).partition(":")[0].strip()
    return before if not gives_state(title) and may_be_inquiry(before) else ""


def name_inquiries(file: TrackerFile, sections: Sequence[Section]) -> None:
    """Give each section the inquiry that its nearest title names, else the one that stood over the section before it, else that
    of the document. A title of its own that does not say that it is an inquiry's is taken only in doubt.
    """
    document = next(filter(None, map(inquiry_in_title, _of_document(file))), None)
    own = [_own(section) for section in sections]
    several = len({title for title in own if title}) > 1
    last: tuple[object, str] | None = None
    for section, nearest in zip(sections, own, strict=True):
        named = next(filter(None, map(inquiry_in_title, reversed(section.titles))), None)
        if named is None and nearest and several:
            section.inquiry = InquiryTitle(nearest, is_sure=False)
            continue
        if named is None and last and (file.format != "xlsx" or last[0] == section.table.name):
            named = last[1]
        named = named or document
        if named:
            last = section.table.name, named
            section.inquiry = InquiryTitle(named, is_sure=True)


def _own(section: Section) -> str | None:
    """Return the nearest title that may be an inquiry's."""
    nearest = section.titles[-1:] if not isinstance(section.table.name, str) else ()
    sheet = section.titles[:1] if section.titles[:1] == (section.table.name,) else ()
    return next((clean_line(one) for one in (*nearest, *sheet) if may_be_inquiry(clean_line(one))), None)


def _of_document(file: TrackerFile) -> Iterator[str]:
    """Yield what the document calls itself."""
    yield from (paragraph.text for paragraph in file.paragraphs if paragraph.heading == 1)
    yield file.properties.get("title", "")
    yield re.sub(r"[_\s-]+", " ", file.name.rpartition(".")[0])
