"""A small council and its people, made by the product's own actions, for tests to stand on.

The day is Monday 12 January 2026 unless a test says otherwise (the ``clock`` fixture freezes it). Everybody is
named by what they do, so that a test reads as a story: Sam is the scrutiny officer, Carla the clerk.
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from committee import clock
from committee.accounts.models import User
from committee.text import comparable, without_accents
from recommendations.actions import (
    assessments,
    assignments,
    bodies,
    inquiries,
    meetings,
    notices,
    respondent_links,
    responses,
    target_dates,
    updates,
)
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import BodyKind, Claim, Decision, Grade, Outcome, Role, Stage
from recommendations.models import (
    Assignment,
    Body,
    Inquiry,
    Meeting,
    Membership,
    Recommendation,
    RespondentLink,
    Response,
    TargetChange,
    Update,
)
from recommendations.models.acting import acting_by

LONDON = ZoneInfo("Europe/London")
TODAY = dt.date(2026, 1, 12)
NOON = dt.datetime(2026, 1, 12, 12, 0, tzinfo=LONDON)
PASSWORD = "correct horse battery staple"


def at(day: dt.date, hour: int = 12) -> Any:
    """A context in which it is that day, at that hour in London."""
    return clock.frozen(dt.datetime(day.year, day.month, day.day, hour, tzinfo=LONDON))


def person(name: str, *roles: tuple[str, Body | None], sees_exempt: bool = False) -> User:
    """A person with an account and these roles."""
    email = f"{without_accents(comparable(name)).replace(' ', '.')}@example.org"
    user = User.objects.create_user(email=email, name=name, password=PASSWORD)
    for role, body in roles:
        Membership.objects.create(user=user, body=body, role=role, sees_exempt=sees_exempt)
    return user


def fresh(user: User) -> User:
    """The person as fetched anew, so that memberships cached on the object are read again."""
    return User.objects.get(pk=user.pk)


_ACTING = ExitStack()


def acting(link: RespondentLink) -> User:
    """The link's person, acting by it until the test ends, as a page under /answer/ has them."""
    link = RespondentLink.objects.for_list().get(pk=link.pk)
    _ACTING.enter_context(acting_by(link))
    return link.person


def nobody_acts() -> None:
    """Let nobody act by a personal link any more."""
    _ACTING.close()


@dataclass
class Cast:
    """The council of the tests: a county with a select committee, a Cabinet, a police force and a school."""

    admin: User
    council: Body
    committee: Body
    cabinet: Body
    police: Body
    school: Body
    other_committee: Body
    sam: User  # scrutiny officer of the committee, sees exempt text
    carla: User  # clerk of the whole council
    colin: User  # councillor on the committee
    chris: User  # its chair
    olive: User  # responsible officer for the Cabinet
    ada: User  # approver for the Cabinet, sees exempt text
    pat: User  # responsible officer of the police
    oscar: User  # scrutiny officer of the other committee
    nobody: User  # signed in, no role

    @property
    def everybody(self) -> dict[str, User]:
        """One person for each role, by the role's name, and somebody without any."""
        return {
            Role.SCRUTINY_OFFICER: self.sam,
            Role.CLERK: self.carla,
            Role.COUNCILLOR: self.colin,
            Role.CHAIR: self.chris,
            Role.RESPONSIBLE_OFFICER: self.olive,
            Role.APPROVER: self.ada,
            Role.ADMINISTRATOR: self.admin,
            "no role": self.nobody,
        }

    def meeting(self, day: dt.date, body: Body | None = None, **details: Any) -> Meeting:
        return meetings.add_meeting(by=self.carla, body=body or self.committee, held_on=day, **details)

    def inquiry(self, title: str = "Road safety near schools", **details: Any) -> Inquiry:
        """An inquiry at the scoping stage."""
        details.setdefault("reference", f"INQ {Inquiry.objects.count() + 1}")
        return inquiries.open_inquiry(by=self.sam, committee=self.committee, title=title, **details)

    def recommendation(self, inquiry: Inquiry, number: str = "", **details: Any) -> Recommendation:
        details.setdefault("heading", "Safer crossings")
        details.setdefault("text", "That the Cabinet puts in a safe crossing at each school on an A road.")
        added = recs.add_recommendation(
            by=self.sam, inquiry=inquiry, number=number or inquiry.next_number(), **details
        )
        inquiry = Inquiry.objects.get(pk=inquiry.pk)
        if not inquiry.is_public or inquiry.published_on is None:
            return added
        return recs.publish_recommendation(by=self.sam, recommendation=added, on=inquiry.published_on)

    def publish(self, inquiry: Inquiry, on: dt.date | None = None) -> Inquiry:
        """Publish an inquiry's report, through the stages before it."""
        for stage in (Stage.EVIDENCE, Stage.DRAFTING):
            inquiry = inquiries.move_inquiry(by=self.sam, inquiry=inquiry, to=stage)
        return inquiries.move_inquiry(
            by=self.sam, inquiry=inquiry, to=Stage.PUBLISHED, published_on=on or dt.date(2025, 9, 1)
        )

    def assignment(
        self,
        *,
        body: Body | None = None,
        recommendation: Recommendation | None = None,
        first_target_on: dt.date | None = dt.date(2026, 3, 31),
        notified_on: dt.date | None = dt.date(2025, 9, 1),
        **details: Any,
    ) -> Assignment:
        """A published recommendation addressed to a body (the Cabinet) and notified."""
        if recommendation is None:
            inquiry = self.inquiry()
            recommendation = self.recommendation(inquiry, **details)
            self.publish(inquiry)
            recommendation.refresh_from_db()
        assignment = assignments.address(
            by=self.sam,
            recommendation=recommendation,
            body=body or self.cabinet,
            first_target_on=first_target_on,
        )
        if notified_on is not None:
            notices.send_notice(by=self.sam, assignments=[assignment], on=notified_on)
        return Assignment.objects.for_list().get(pk=assignment.pk)

    def draft(self, assignment: Assignment, **details: Any) -> Update:
        """A draft by the Cabinet's officer, complete unless told otherwise."""
        details.setdefault("claim", Claim.ON_TRACK)
        details.setdefault("progress", "Two of the five crossings are built.")
        update = updates.start_update(by=self.olive, assignment=assignment)
        return updates.save_draft(by=self.olive, update=update, **details)

    def submitted(self, assignment: Assignment, **details: Any) -> Update:
        return updates.submit_update(by=self.olive, update=self.draft(assignment, **details))

    def published(self, assignment: Assignment, **details: Any) -> Update:
        submitted = self.submitted(assignment, **details)
        return updates.publish_update(by=self.ada, update=submitted, looked_at=True)

    def correcting(self, wrong: Update, **details: Any) -> Update:
        """An update that corrects a published one, published itself."""
        details.setdefault("claim", Claim.ON_TRACK)
        update = updates.start_update(by=self.olive, assignment=wrong.assignment, corrects=wrong)
        update = updates.save_draft(by=self.olive, update=update, **details)
        submitted = updates.submit_update(by=self.olive, update=update)
        return updates.publish_update(by=self.ada, update=submitted, looked_at=True)

    def link(self, body: Body, name: str = "Hanna Head", **details: Any) -> RespondentLink:
        """A personal link by which somebody of the body answers the committee."""
        details.setdefault("email", f"{name.lower().replace(' ', '.')}@example.org")
        link = respondent_links.issue_link(
            by=self.sam, committee=self.committee, body=body, name=name, **details
        )
        return RespondentLink.objects.for_list().get(pk=link.pk)

    def sent_by_link(self, link: RespondentLink, assignment: Assignment, **details: Any) -> Update:
        """An update that the link's person wrote and sent in."""
        person = acting(link)
        details.setdefault("claim", Claim.ON_TRACK)
        details.setdefault("progress", "The crossing is painted.")
        update = updates.start_update(by=person, assignment=assignment)
        update = updates.save_draft(by=person, update=update, **details)
        return updates.submit_update(by=person, update=update)

    def response(self, assignment: Assignment, decision: str = Decision.ACCEPTED, **details: Any) -> Response:
        details.setdefault("decided_on", dt.date(2025, 10, 6))
        if decision != Decision.ACCEPTED:
            details.setdefault("reason", "The budget for it is not agreed.")
        return responses.record_response(by=self.sam, assignments=[assignment], decision=decision, **details)[
            0
        ]

    def verdict(self, assignment: Assignment, grade: str, outcome: str, **details: Any) -> Any:
        """The committee's verdict on one body's part, at a meeting today unless one is given.

        Escalated, it invites to the next meeting in the calendar.
        """
        details.setdefault(
            "meeting", Meeting.objects.of(self.committee).first() or self.meeting(clock.today())
        )
        details.setdefault("comment", "The committee heard the Cabinet Member.")
        if outcome == Outcome.ESCALATE:
            inquiry = assignment.recommendation.inquiry
            details.setdefault(
                "invited_to", Meeting.objects.to_invite_to(details["meeting"], inquiry).first()
            )
        return assessments.assess(
            by=self.carla,
            recommendation=assignment.recommendation,
            assignment=assignment,
            grade=grade,
            outcome=outcome,
            **details,
        )

    def agree(self, change: TargetChange, *, agreed: bool = True, note: str = "") -> TargetChange:
        """The committee's decision on a new date, at a meeting today."""
        today = Meeting.objects.of(self.committee).filter(held_on=clock.today()).first()
        meeting = today or self.meeting(clock.today())
        return target_dates.decide_new_date(
            by=self.sam, change=change, agreed=agreed, note=note, meeting=meeting
        )

    def close(self, assignment: Assignment) -> Any:
        return self.verdict(assignment, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)


def make_cast() -> Cast:
    """The council and its people, with nothing recommended yet."""
    admin = person("Ann Administrator", (Role.ADMINISTRATOR, None))
    council = bodies.add_body(by=admin, name="Testshire County Council", kind=BodyKind.COUNCIL)
    committee = bodies.add_body(
        by=admin, name="Children's Select Committee", kind=BodyKind.COMMITTEE, parent=council
    )
    other = bodies.add_body(
        by=admin, name="Transport Select Committee", kind=BodyKind.COMMITTEE, parent=council
    )
    cabinet = bodies.add_body(
        by=admin,
        name="Cabinet",
        kind=BodyKind.EXECUTIVE,
        parent=council,
        response_period=2,
        response_basis="Local Government Act 2000, s.9FE",
    )
    police = bodies.add_body(by=admin, name="Testshire Police", kind=BodyKind.POLICE)
    school = bodies.add_body(by=admin, name="Hill School", kind=BodyKind.SCHOOL)
    return Cast(
        admin=admin,
        council=council,
        committee=committee,
        cabinet=cabinet,
        police=police,
        school=school,
        other_committee=other,
        sam=person("Sam Scrutiny", (Role.SCRUTINY_OFFICER, committee), sees_exempt=True),
        carla=person("Carla Clerk", (Role.CLERK, council), sees_exempt=True),
        colin=person("Colin Councillor", (Role.COUNCILLOR, committee)),
        chris=person("Chris Chair", (Role.CHAIR, committee)),
        olive=person("Olive Officer", (Role.RESPONSIBLE_OFFICER, cabinet)),
        ada=person("Ada Approver", (Role.APPROVER, cabinet), sees_exempt=True),
        pat=person("Pat Police", (Role.RESPONSIBLE_OFFICER, police)),
        oscar=person("Oscar Other", (Role.SCRUTINY_OFFICER, other)),
        nobody=person("Nora Norole"),
    )
