"""The first real case: the 2015 Buckinghamshire inquiry, with the published facts and nothing invented.

Source: the county council's press release of 3 November 2015; the succession of 1 April 2020 is law (the
Buckinghamshire (Structural Changes) Order 2019). The numbered list of ten recommendations, the other owners and
every progress report are not public, so they are not here.
"""

from __future__ import annotations

import datetime as dt

from committee import clock
from committee.accounts.models import User
from recommendations.actions import assignments, bodies, inquiries, meetings, successions
from recommendations.actions import recommendations as recs
from recommendations.demo.days import moment
from recommendations.lifecycle import BodyKind, Priority, Stage
from recommendations.models import Body, Inquiry

PUBLISHED = dt.date(2015, 11, 3)
NOT_NAMED = "The published source does not name an owning body."

SUMMARY = """\
A cross-party select committee looked at how child sexual exploitation is prevented in Buckinghamshire, after \
serious case reviews elsewhere in England, and agreed a report that was published on 3 November 2015. The \
Buckinghamshire Safeguarding Children Board was to discuss it in November 2015 and the County Council's Cabinet in \
January 2016."""

SOURCE_NOTE = """\
This record holds only what is public. The six measures are those that the council's press release of \
3 November 2015 names; they are put in our words and numbered by us. Where a page says that there is none yet, or \
nothing yet, nothing public was found.

The report itself had ten recommendations. Its numbered list, most of the owning bodies and all progress reports \
are not public, so none of them is here.

The County Council's Cabinet met on 11 January 2016. It was reported to have fully backed nine of the ten \
recommendations; the one it did not fully back was a commissioned service for parents of victims, which it called \
not practical within the budget. Which of the measures below its other answers belong to is not public, so no \
response is recorded against them.

On 1 April 2020 the County Council was abolished and succeeded by Buckinghamshire Council."""

MEASURES: list[tuple[str, str, Priority, list[str]]] = [
    (
        "Risk awareness and resilience of secondary school pupils",
        "Help secondary school pupils to become more aware of risk, and build children's resilience from an early "
        "age so that they are protected from all forms of exploitation.",
        Priority.TOP,
        ["council", "learning_trust", "schools"],
    ),
    (
        "Pupils who are often absent",
        "Identify quickly the pupils who are often absent from school, and persistently offer them information, "
        "advice and guidance.",
        Priority.STANDARD,
        [],
    ),
    (
        "Looked after children and sexual health providers",
        "Share regularly with sexual health providers the names of looked after children, both those placed in the "
        "county and those placed outside it.",
        Priority.STANDARD,
        ["council"],
    ),
    (
        "Targeted awareness raising",
        "Extend targeted awareness raising across the county: schemes such as Hotel Watch, run by Thames Valley "
        "Police and already at work in High Wycombe, and work with the night-time economy, including taxi drivers, "
        "takeaways, pubs and nightclubs.",
        Priority.STANDARD,
        [],
    ),
    (
        "Commissioned service providers",
        "Make sure that all commissioned service providers know how to spot child sexual exploitation and how to "
        "address it.",
        Priority.STANDARD,
        [],
    ),
    (
        "Further research",
        "Carry out further research into how children of primary school age can be helped to build resilience, "
        "also against other forms of exploitation such as radicalisation, and into how child sexual exploitation "
        "affects boys and lesbian, gay, bisexual and transgender young people.",
        Priority.STANDARD,
        [],
    ),
]


def make_bodies(by: User) -> dict[str, Body]:
    """Create the bodies that the published source names, and the council's successor."""
    council = bodies.add_body(by=by, name="Buckinghamshire County Council", kind=BodyKind.COUNCIL)
    successor = bodies.add_body(by=by, name="Buckinghamshire Council", kind=BodyKind.COUNCIL)
    return {
        "council": council,
        "successor": successor,
        "committee": bodies.add_body(
            by=by,
            name="Children's Social Care and Learning Select Committee",
            kind=BodyKind.COMMITTEE,
            parent=council,
            reference_prefix="BCC CSE",
        ),
        "cabinet": bodies.add_body(
            by=by,
            name="Cabinet of Buckinghamshire County Council",
            short_name="Cabinet",
            kind=BodyKind.EXECUTIVE,
            parent=council,
            response_period=2,
            response_basis="Local Government Act 2000, s.9FE",
        ),
        "board": bodies.add_body(
            by=by,
            name="Buckinghamshire Safeguarding Children Board",
            kind=BodyKind.BOARD,
            response_basis="Must have regard to the report",
        ),
        "learning_trust": bodies.add_body(by=by, name="Buckinghamshire Learning Trust", kind=BodyKind.TRUST),
        "schools": bodies.add_body(by=by, name="Schools in Buckinghamshire", kind=BodyKind.SCHOOL),
        "police": bodies.add_body(by=by, name="Thames Valley Police", kind=BodyKind.POLICE),
    }


def load(*, by: User, scrutiny: User, clerk: User, at: dict[str, Body]) -> Inquiry:
    """Record the inquiry on the day it was published, then transfer its open work to the successor council."""
    with clock.frozen(moment(PUBLISHED, 9)):
        inquiry = inquiries.open_inquiry(
            by=scrutiny,
            committee=at["committee"],
            reference="BCC CSE 2015",
            title="Preventing child sexual exploitation in Buckinghamshire",
            summary=SUMMARY,
            scope="The prevention of child sexual exploitation in Buckinghamshire, across all organisations that "
            "work with children and young people.",
            chair="Val Letheren",
            source_note=SOURCE_NOTE,
        )
        for number, (heading, text, priority, owners) in enumerate(MEASURES, start=1):
            recommendation = recs.add_recommendation(
                by=scrutiny,
                inquiry=inquiry,
                number=str(number),
                heading=heading,
                text=text,
                priority=priority,
                reference=f"BCC CSE (15/16) {number:02d}",
                owner_note="" if owners else NOT_NAMED,
            )
            for owner in owners:
                assignments.address(by=scrutiny, recommendation=recommendation, body=at[owner], is_lead=True)
        for stage in (Stage.EVIDENCE, Stage.DRAFTING):
            inquiry = inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to=stage)
        inquiry = inquiries.move_inquiry(
            by=scrutiny, inquiry=inquiry, to=Stage.PUBLISHED, published_on=PUBLISHED
        )
    with clock.frozen(moment(dt.date(2016, 1, 11), 18)):
        meetings.move_meeting(
            by=clerk,
            meeting=meetings.add_meeting(by=clerk, body=at["cabinet"], held_on=dt.date(2016, 1, 11)),
            to="held",
        )
    with clock.frozen(moment(dt.date(2020, 4, 1), 9)):
        successions.abolish_body(
            by=by,
            body=at["council"],
            on=dt.date(2020, 4, 1),
            successor=at["successor"],
            reason="Succeeded by Buckinghamshire Council under the Buckinghamshire (Structural Changes) Order 2019",
        )
    return inquiry
