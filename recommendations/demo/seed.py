"""The first real case: the 2015 Buckinghamshire inquiry, with the published facts and nothing invented.

Sources: the county council's press release of 3 November 2015, and two reports of January 2016 on the Cabinet's
meeting. The numbered list of ten recommendations, the other owners and every progress report are not public, so they
are not here: the inquiry is recorded as compiled from public sources, and what these do not tell is not known.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions import assignments, bodies, inquiries, meetings, sources, successions
from recommendations.actions import recommendations as recs
from recommendations.demo.days import moment
from recommendations.lifecycle import BodyKind, MeetingState, Priority, RecordKind, Stage
from recommendations.models import Body, Inquiry, Source

PUBLISHED = dt.date(2015, 11, 3)
CABINET_MET = dt.date(2016, 1, 11)
NOT_NAMED = "The published source does not name an owning body."

SUMMARY = """\
The Children's Social Care and Learning Select Committee of Buckinghamshire County Council held an inquiry into \
preventing child sexual exploitation. Its report was published on 3 November 2015. It was to be discussed by the \
Buckinghamshire Safeguarding Children Board in November 2015 and by the County Council's Cabinet in January 2016."""

SOURCE_NOTE = """\
This record is compiled from public sources and holds only what they tell. The six measures are those that the \
council's press release of 3 November 2015 names; each is a summary of the release in our words and not the wording of \
the report, and the numbers and references are ours.

The report itself had ten recommendations. Its numbered list, the owners and all progress reports are not public, so \
none of them is here.

The County Council's Cabinet met on Monday 11 January 2016. Nine of the ten recommendations were fully backed; the one \
not fully backed was a commissioned service for parents of victims, “not practical” within the budget. Two news reports \
are cited together for this paragraph and for the number of ten; which of them tells which part is not recorded. Which \
of the measures are among the nine is not known, so the answers stand here and not beside a measure.

The Select Committee's chairman changed in July 2016, before any follow-up. A second list, of 14 recommendations by \
another body, came in 2017 on the same subject. No source of this record is cited for that.

On 1 April 2020 the County Council was abolished and succeeded by Buckinghamshire Council. No source of this record is \
cited for that."""

CITED_TOGETHER = (
    "Cited together: bucksfreepress.co.uk and stevebaker.info; which of them tells which part is not recorded"
)

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
        Priority.NOT_KNOWN,
        [],
    ),
    (
        "Looked after children and sexual health providers",
        "Share regularly with sexual health providers the names of looked after children, both those placed in the "
        "county and those placed outside it.",
        Priority.NOT_KNOWN,
        ["council"],
    ),
    (
        "Targeted awareness raising",
        "Targeted awareness raising: schemes such as Hotel Watch, a Thames Valley Police scheme already run in High "
        "Wycombe, and work with the night-time economy: taxi drivers, takeaways, pubs and nightclubs.",
        Priority.NOT_KNOWN,
        [],
    ),
    (
        "Commissioned service providers",
        "All commissioned service providers should be aware of how to spot and address child sexual exploitation.",
        Priority.NOT_KNOWN,
        [],
    ),
    (
        "Further research",
        "Further research into how children of primary school age can be helped to build resilience, also against "
        "other forms of exploitation such as radicalisation, and into child sexual exploitation involving boys and "
        "lesbian, gay, bisexual and transgender young people.",
        Priority.NOT_KNOWN,
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
        ),
        "board": bodies.add_body(
            by=by,
            name="Buckinghamshire Safeguarding Children Board",
            kind=BodyKind.BOARD,
        ),
        "learning_trust": bodies.add_body(by=by, name="Buckinghamshire Learning Trust", kind=BodyKind.TRUST),
        "schools": bodies.add_body(by=by, name="Schools in Buckinghamshire", kind=BodyKind.SCHOOL),
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
            chair="Val Letheren",
            source_note=SOURCE_NOTE,
            record_kind=RecordKind.PUBLIC_SOURCES,
        )
        release = sources.add_source(
            by=scrutiny,
            inquiry=inquiry,
            publisher="Buckinghamshire County Council",
            title="Committee recommends raft of measures to prevent CSE in Buckinghamshire",
            published_on=PUBLISHED,
            where="Press release; its address is not known",
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
            sources.cite(
                by=scrutiny,
                source=release,
                about=recommendation,
                fact="The measure, here in summary and not in the report’s words, and the bodies named for it"
                if owners
                else "The measure, here in summary and not in the report’s words; no body is named for it",
            )
        for stage in (Stage.EVIDENCE, Stage.DRAFTING):
            inquiry = inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to=stage)
        inquiry = inquiries.move_inquiry(
            by=scrutiny, inquiry=inquiry, to=Stage.PUBLISHED, published_on=PUBLISHED
        )
        _cite(
            by=scrutiny,
            source=release,
            facts=[
                (inquiry, "The report was published on 3 November 2015"),
                (inquiry, "Who was the chairman of the Select Committee"),
            ],
        )
    _record_meetings(by=scrutiny, clerk=clerk, at=at, inquiry=inquiry, release=release)
    with clock.frozen(moment(dt.date(2020, 4, 1), 9)):
        successions.abolish_body(
            by=by,
            body=at["council"],
            on=dt.date(2020, 4, 1),
            successor=at["successor"],
            reason="Abolished, and succeeded by Buckinghamshire Council. No source of this record is cited for that",
        )
    return inquiry


def _record_meetings(
    *, by: User, clerk: User, at: dict[str, Body], inquiry: Inquiry, release: Source
) -> None:
    """Record the two meetings that the sources tell of, with what is known of them and no more."""
    with clock.frozen(moment(CABINET_MET, 18)):
        board = meetings.add_meeting(
            by=clerk, body=at["board"], held_on=dt.date(2015, 11, 1), month_only=True, only_announced=True
        )
        cabinet = meetings.add_meeting(by=clerk, body=at["cabinet"], held_on=CABINET_MET)
        cabinet = meetings.move_meeting(by=clerk, meeting=cabinet, to=MeetingState.HELD)
        reports = [
            sources.add_source(by=by, inquiry=inquiry, publisher=publisher, where=where)
            for publisher, where in (
                ("bucksfreepress.co.uk", "bucksfreepress.co.uk 14197847"),
                ("stevebaker.info", "stevebaker.info 2016/01"),
            )
        ]
        _cite(
            by=by,
            source=release,
            facts=[
                (board, "The Board was to discuss the report in November 2015"),
                (cabinet, "The County Council’s Cabinet was to discuss the report in January 2016"),
            ],
        )
        for report in reports:
            _cite(
                by=by,
                source=report,
                facts=[
                    (inquiry, f"The report had ten recommendations. {CITED_TOGETHER}"),
                    (
                        cabinet,
                        "Cabinet met on Monday 11 January 2016. Nine of the ten recommendations were fully backed. The one"
                        " not fully backed was a commissioned service for parents of victims, “not practical” within the"
                        f" budget. Which of the measures are among the nine is not known. {CITED_TOGETHER}",
                    ),
                ],
            )


def _cite(*, by: User, source: Source, facts: list[tuple[Any, str]]) -> None:
    for about, fact in facts:
        sources.cite(by=by, source=source, about=about, fact=fact)
