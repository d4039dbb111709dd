"""What invented councils recommend, to whom, what is answered and done, with what a clerk reads in each form of words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

Span = tuple[str | None, str | None, str]
"""First and last day as ISO 8601 writes them, and the precision."""
NOTHING: Span = (None, None, "none")

THINGS = [
    "ferry timetable",
    "slipway lamps",
    "allotment waiting list",
    "library opening hours",
    "school crossing patrols",
    "footpath register",
    "winter gritting routes",
    "flood warnings",
    "carers' cards",
    "empty homes list",
    "rent statements",
    "tenants' handbook",
    "lift repairs",
    "foster carers' training",
    "youth clubs",
    "play areas",
    "tree planting",
    "bus shelters",
    "cycle racks",
    "parking permits",
    "street lighting",
    "dental waiting times",
    "hospital discharge letters",
    "health visitor rounds",
    "speech therapy places",
    "apprenticeships",
    "food hygiene notices",
    "taxi licences",
    "noise complaints",
    "beach wardens",
    "harbour dues",
    "museum entry charges",
    "grants for village halls",
    "recycling calendars",
]
ENDINGS = [
    "be published each quarter",
    "be reviewed with the people who use it",
    "be put on the council's web pages",
    "be extended to all villages",
    "be brought to the committee within the year",
    "be explained in plain words",
    "be paid for from reserves",
    "be shared with parish councils",
    "be tried in two towns first",
    "be kept under review by officers and partners",
    "be checked by an independent person",
    "be written anew, and tested with residents before it is used",
    "no longer depend on a single officer",
]
OPENINGS = (
    "That the {}",
    "That the {}",
    "The {} should",
    "We recommend that the {}",
    "It is recommended that the {}",
    "Officers should see that the {}",
)
PROGRESS = [
    "Contract let and first deliveries received.",
    "A working group has met three times.",
    "Officers are drafting a paper for the next meeting.",
    "The survey closed with 412 answers.",
    "Money was found in the capital programme.",
    "Training was given to 35 members of staff.",
    "The new form has been tested with residents.",
    "Partners have been written to.",
    "Leaflets were sent to all households.",
    "The pilot in Lowmere has begun.",
    "Recruitment to the post is under way; interviews are next month.",
    "A report went to the management team.",
    "Draft policy prepared, awaiting legal advice.",
    "Two of five sites have been visited.",
    "Software has been bought but not installed.",
]
REASONS = [
    "There is no budget for this",
    "The duty lies with the health board",
    "Existing arrangements do this already",
    "It would need a change in the law",
    "Only the first half can be afforded",
    "Staff cannot be released before the summer",
    "A national scheme is expected",
]
POSTS = [
    "Head of Highways",
    "Director of Public Health",
    "Cabinet Member for Homes",
    "Cabinet Member for Children's Services",
    "Leader of the Council",
    "Chief Executive",
    "Assistant Director of Housing",
    "Service Manager for Libraries",
    "Portfolio Holder for Finance",
    "Executive Member for Transport",
    "Head of Legal Services",
    "Democratic Services Manager",
    "Director of Adult Social Care",
    "Monitoring Officer",
    "Head of Planning",
    "Cabinet Member for Health",
]
BODIES = [
    "Highmere NHS Trust",
    "Lowmere Parish Council",
    "Cabinet",
    "Highmere Harbour Trust",
    "Wessmere Police",
    "Highmere Fire and Rescue Service",
    "Drainage Board",
    "Highmere Safeguarding Board",
    "Waste Partnership",
    "Lowmere Leisure Ltd",
    "Health and Wellbeing Board",
    "Wessmere and Holt Police",
    "Tern, Ousel and Wren Valleys NHS Foundation Trust",
]
WITH_JOINTS = {
    "Highmere Fire and Rescue Service",
    "Health and Wellbeing Board",
    "Wessmere and Holt Police",
    "Tern, Ousel and Wren Valleys NHS Foundation Trust",
}
INQUIRIES = [
    "Ferry inquiry",
    "Review of empty homes",
    "Hospital discharge review",
    "Youth services task and finish group",
    "Flood resilience inquiry",
    "Scrutiny review of parking",
    "Carers' inquiry",
    "School transport review",
]

RESPONSES: dict[str, tuple[str, ...]] = {
    "accepted": (
        "Agreed",
        "Accepted",
        "Yes",
        "accepted",
        "Accept",
        "Agree",
        "Approved",
        "Fully accepted",
        "Supported",
    ),
    "in_part": (
        "In part",
        "Partially accepted",
        "Partly agreed",
        "Accepted in part",
        "Agreed in part",
        "Part accepted",
    ),
    "in_principle": ("Accepted in principle", "Agreed in principle", "In principle"),
    "noted": ("Noted", "Acknowledged"),
    "rejected": ("Rejected", "Not accepted", "Not agreed", "No", "Declined", "Disagree"),
}
AWAITED = ("Response awaited", "Under consideration", "To follow", "TBC", "Awaited", "")
CLAIMS: dict[str, tuple[str, ...]] = {
    "not_started": ("Not started", "Not yet started", "Yet to start", "Not due"),
    "on_track": ("On track", "In progress", "Ongoing", "On-going", "Under way", "Green", "On target"),
    "at_risk": ("At risk", "Amber", "Minor slippage"),
    "off_track": ("Off track", "Red", "Overdue", "Slipped", "Stalled", "Behind schedule"),
    "paused": ("Paused", "On hold", "Suspended"),
    "delivered": (
        "Complete",
        "Completed",
        "Done",
        "Actioned",
        "Implemented",
        "Achieved",
        "Delivered",
        "COMPLETE",
        "100%",
    ),
    "not_feasible": ("Not feasible", "Unfeasible", "Cannot be done"),
}
UNKNOWN_CLAIMS = (
    "Pending",
    "Outstanding",
    "Closed",
    "Superseded",
    "Carried forward",
    "Monitor",
    "75%",
    "No longer relevant",
)
OUTCOMES = {
    "close_implemented": ("Implemented", "Agreed as complete", "Closed: implemented", "Closed - implemented"),
    "close_not_implemented": (
        "Not implemented; no further action",
        "Closed: not implemented",
        "Closed - not implemented",
    ),
    "close_superseded": ("Closed: superseded", "Superseded"),
    "close_no_longer_relevant": ("Closed: no longer relevant", "No longer relevant"),
}


@dataclass(frozen=True)
class Time:
    """A time in words and what they mean."""

    words: str
    span: Span
    value: dt.date | None = None
    """The day, where it is one."""
    is_asked: bool = False
    """Whether a careful clerk asks."""


NO_TIME = Time("", NOTHING)


@dataclass
class Update:
    """One report of progress."""

    text: str
    when: Time | None = None


@dataclass
class Owners:
    """Owners in words and whom they name."""

    words: str
    names: list[str]
    is_asked: bool = False


@dataclass
class Item:
    """One recommendation."""

    number: int
    text: str
    owners: list[Owners]
    """Of each line."""
    response: tuple[str | None, str] = (None, "")
    reason: str = ""
    claim: tuple[str | None, str] = (None, "")
    claim_is_asked: bool = False
    claim_before: tuple[str | None, str] = (None, "")
    outcome: tuple[str | None, str] = (None, "")
    outcome_on: Time = NO_TIME
    made_on: Time = NO_TIME
    answered_on: Time = NO_TIME
    target: Time = NO_TIME
    first_target: Time = NO_TIME
    asked_target: Time = NO_TIME
    updates: list[Update] = field(default_factory=list)
    inquiry: str | None = None
    priority: str = ""


def iso(day: dt.date) -> str:
    return day.isoformat()


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def day_in_words(day: dt.date, rng: Random, forms: str = "abcdefgh") -> str:
    """Return a day in one of the forms in use."""
    return {
        "a": f"{day.day} {day:%B %Y}",
        "b": f"{ordinal(day.day)} {day:%B %Y}",
        "c": f"{day:%d/%m/%Y}",
        "d": f"{day:%d/%m/%y}",
        "e": f"{day.day}-{day:%b-%y}",
        "f": f"{day:%d.%m.%Y}",
        "g": f"{ordinal(day.day).upper()} {day:%B}, {day:%Y}".upper(),
        "h": f"{day.day} {day:%b} {day:%Y}",
    }[rng.choice(forms)]


def month_span(year: int, month: int, count: int = 1) -> tuple[str, str]:
    last = dt.date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1) - dt.timedelta(days=1)
    return iso(dt.date(year, month, 1)), iso(last)


def a_day(rng: Random, start: dt.date, end: dt.date) -> dt.date:
    return start + dt.timedelta(days=rng.randrange(max(1, (end - start).days)))


def day_time(rng: Random, start: dt.date, end: dt.date, forms: str = "abcdefgh") -> Time:
    day = a_day(rng, start, end)
    return Time(day_in_words(day, rng, forms), (iso(day), iso(day), "day"), day)


def any_time(rng: Random, start: dt.date, end: dt.date) -> Time:
    """Return a target date in any form in use."""
    day = a_day(rng, start, end)
    kind = rng.random()
    year = day.year if day.month >= 4 else day.year - 1
    if kind < 0.45:
        return day_time(rng, start, end)
    if kind < 0.65:
        words = rng.choice(
            [f"{day:%B %Y}", f"by {day:%B}, {day:%Y}", f"{day:%b %Y}", f"{day:%b-%y}", f"By {day:%B %Y}"]
        )
        return Time(words, (*month_span(day.year, day.month), "month"))
    if kind < 0.73:
        last = month_span(day.year, day.month)[1]
        return Time(
            rng.choice([f"end of {day:%B %Y}", f"End {day:%B %Y}", f"By the end of {day:%B %Y}"]),
            (last, last, "day"),
        )
    if kind < 0.80:
        quarter = (day.month - 4) % 12 // 3
        first = (4 + 3 * quarter - 1) % 12 + 1
        words = rng.choice(
            [
                f"Q{quarter + 1} {year}/{(year + 1) % 100:02d}",
                f"Quarter {quarter + 1} {year}/{(year + 1) % 100:02d}",
            ]
        )
        return Time(words, (*month_span(year + (first < 4), first, 3), "quarter"))
    if kind < 0.85:
        return Time(f"{year}/{(year + 1) % 100:02d}", (f"{year}-04-01", f"{year + 1}-03-31", "year"))
    if kind < 0.89:
        season, first = rng.choice([("Spring", 3), ("Summer", 6), ("Autumn", 9)])
        return Time(f"{season} {day.year}", (*month_span(day.year, first, 3), "season"))
    if kind < 0.97:
        return Time(rng.choice(["Ongoing", "TBC", "-", "", "ASAP", "n/a", "\u2013", "On-going"]), NOTHING)
    if kind < 0.985:
        return Time(rng.choice(["31/02/2023", "17/20/2022", "30 February 2024"]), NOTHING, is_asked=True)
    return Time(rng.choice(["Q2", "Q3"]), NOTHING, is_asked=True)


def owners(rng: Random) -> Owners:
    """Return owners as a cell writes them."""
    count = rng.choices([1, 2, 3], [70, 24, 6])[0]
    names = rng.sample([*POSTS, *BODIES], count)
    if count == 1:
        return Owners(names[0], names, is_asked=names[0] in WITH_JOINTS)
    joint = rng.choice(["; ", "\n", " / ", ", ", " and ", " & ", "/"])
    asked = any(name in WITH_JOINTS for name in names) and joint in (", ", " and ", " & ")
    return Owners(joint.join(names), names, is_asked=asked or any(name in WITH_JOINTS for name in names))


def wording(rng: Random) -> str:
    text = f"{rng.choice(OPENINGS).format(rng.choice(THINGS))} {rng.choice(ENDINGS)}"
    if rng.random() < 0.3:
        text += f", and that the {rng.choice(THINGS)} {rng.choice(ENDINGS)}"
    return text + rng.choice([".", ".", ""])


def make_items(rng: Random, count: int, as_at: dt.date, *, year: int) -> list[Item]:
    """Return that many recommendations made in the two years before the file's day."""
    seen: set[str] = set()
    items: list[Item] = []
    while len(items) < count:
        text = wording(rng)
        if text.rstrip(".") in seen:
            continue
        seen.add(text.rstrip("."))
        items.append(_item(rng, len(items) + 1, text, as_at, year))
    return items


def _item(rng: Random, number: int, text: str, as_at: dt.date, year: int) -> Item:
    made = day_time(rng, dt.date(year, 5, 1), as_at - dt.timedelta(days=90))
    item = Item(number, text, [owners(rng)], made_on=made)
    code = rng.choices([*RESPONSES, ""], [50, 14, 8, 8, 12, 8])[0]
    item.response = (code, rng.choice(RESPONSES[code])) if code else (None, rng.choice(AWAITED))
    if code in ("in_part", "rejected", "noted", "in_principle") and rng.random() < 0.7:
        item.reason = rng.choice(REASONS)
    item.answered_on = day_time(rng, made.value or as_at, as_at) if code else NO_TIME
    item.target = any_time(rng, as_at - dt.timedelta(days=300), as_at + dt.timedelta(days=500))
    claim = rng.choices([*CLAIMS, ""], [12, 32, 10, 8, 4, 26, 2, 6])[0]
    ended = item.target.span[1]
    if claim == "on_track" and ended and ended < iso(as_at):
        claim = "at_risk"
    item.claim = (claim, rng.choice(CLAIMS[claim])) if claim else (None, "")
    if rng.random() < 0.02:
        item.claim, item.claim_is_asked = (None, rng.choice(UNKNOWN_CLAIMS)), True
    if rng.random() < 0.8:
        item.updates = [Update(rng.choice(PROGRESS))]
    item.priority = rng.choice(["High", "Medium", "Low"])
    return item
