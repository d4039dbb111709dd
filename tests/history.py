"""A committee with three years behind it, for tests of figures and of kept state."""

from __future__ import annotations

import datetime as dt

from recommendations.actions import assessments, bodies, successions, target_dates
from recommendations.lifecycle import BodyKind, Claim, Decision, Grade, Outcome
from recommendations.models import Assignment, Body, Recommendation
from tests.factories import Cast, at

MEETINGS = [dt.date(2025, 9, 15), dt.date(2025, 11, 10), dt.date(2026, 1, 5)]


def agree_date(cast: Cast, assignment: Assignment, new_date: dt.date) -> None:
    change = target_dates.request_new_date(
        by=cast.olive, assignment=assignment, new_date=new_date, reason="The contractor withdrew."
    )
    cast.agree(change)


def busy(cast: Cast) -> dict[str, Assignment]:
    """Assignments by what became of them, with history on several days. Ends before the cast's TODAY."""
    with at(dt.date(2024, 2, 1)):
        inquiry = cast.inquiry("Road safety near schools")
        words = ["Crossings", "Speed", "Training", "Buses", "Lights", "Paths", "Signs"]
        made: list[Recommendation] = [cast.recommendation(inquiry, heading=word) for word in words]
        cast.publish(inquiry, on=dt.date(2024, 2, 1))
        for recommendation in made:
            recommendation.refresh_from_db()

        def to_cabinet(index: int, first: dt.date | None) -> Assignment:
            return cast.assignment(
                recommendation=made[index], first_target_on=first, notified_on=dt.date(2024, 2, 1)
            )

        done = to_cabinet(0, dt.date(2025, 3, 31))
        late = to_cabinet(1, dt.date(2025, 6, 30))
        claimed = to_cabinet(2, dt.date(2025, 6, 30))
        dropped = to_cabinet(3, dt.date(2026, 12, 31))
        reopened = to_cabinet(4, dt.date(2025, 10, 31))
        undated = to_cabinet(5, None)
        shared = to_cabinet(6, dt.date(2026, 12, 31))
        with_police = cast.assignment(
            recommendation=made[6],
            body=cast.police,
            first_target_on=dt.date(2025, 12, 1),
            notified_on=dt.date(2024, 2, 1),
        )
        meetings = [cast.meeting(day) for day in MEETINGS]
    with at(dt.date(2024, 3, 15)):
        for assignment, decision in [
            (done, Decision.ACCEPTED),
            (late, Decision.IN_PRINCIPLE),
            (claimed, Decision.IN_PART),
            (dropped, Decision.REJECTED),
        ]:
            cast.response(assignment, decision, decided_on=dt.date(2024, 3, 14))
    with at(dt.date(2025, 3, 1)):
        cast.published(done, claim=Claim.DELIVERED, delivered_what="All five crossings.")
        agree_date(cast, late, dt.date(2025, 12, 31))
    with at(dt.date(2025, 6, 1)):
        cast.published(late, claim=Claim.ON_TRACK)
        agree_date(cast, late, dt.date(2026, 6, 30))
    with at(MEETINGS[0], 15):
        cast.verdict(
            done,
            Grade.IMPLEMENTED,
            Outcome.CLOSE_IMPLEMENTED,
            meeting=meetings[0],
            comment="Seen on a visit.",
        )
        cast.verdict(late, Grade.CONCERNS, Outcome.KEEP, meeting=meetings[0])
        cast.verdict(reopened, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meetings[0])
    with at(dt.date(2025, 10, 20)):
        cast.published(claimed, claim=Claim.DELIVERED, delivered_what="Every class was trained.")
    with at(MEETINGS[1], 15):
        assessments.assess(
            by=cast.carla,
            recommendation=made[3],
            meeting=meetings[1],
            grade=Grade.NOT_IMPLEMENTED,
            outcome=Outcome.CLOSE_NOT_IMPLEMENTED,
            comment="The Cabinet will not do it.",
        )
        cast.verdict(
            reopened, Grade.CONCERNS, Outcome.REOPEN, meeting=meetings[1], comment="The lights went out."
        )
        cast.verdict(with_police, Grade.CONCERNS, Outcome.KEEP, meeting=meetings[1])
    with at(MEETINGS[2], 15):
        cast.verdict(
            reopened, Grade.CONCERNS, Outcome.ESCALATE, meeting=meetings[2], comment="Late for a second time."
        )
    return {
        "done": done,
        "late": late,
        "claimed": claimed,
        "dropped": dropped,
        "reopened": reopened,
        "undated": undated,
        "shared": shared,
        "with_police": with_police,
    }


def abolish_police(cast: Cast) -> Body:
    """The police force ends and another takes on its open work."""
    successor = bodies.add_body(by=cast.admin, name="Two Counties Police", kind=BodyKind.POLICE)
    successions.abolish_body(
        by=cast.admin,
        body=cast.police,
        on=dt.date(2026, 1, 8),
        reason="The Two Counties Police Order 2025.",
        successor=successor,
    )
    return successor
