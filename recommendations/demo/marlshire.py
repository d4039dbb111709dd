"""Performs the stories of `data.py` with the product's own actions, on the days they happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile

from committee import clock
from committee.accounts.models import User
from recommendations.actions import (
    assignments,
    bodies,
    inquiries,
    meetings,
    milestones,
    notices,
    packs,
    proposed_verdicts,
    responses,
    reviews,
    successions,
    target_dates,
    themes,
    updates,
)
from recommendations.actions import evidence as evidence_actions
from recommendations.actions import recommendations as recs
from recommendations.actions.people import end_role
from recommendations.actions.respondent_links import issue_link
from recommendations.demo.days import moment, months_after, weekday_before
from recommendations.demo.stories import STORIES
from recommendations.demo.stories.notation import Owner, Rec, Slip, Story, Up
from recommendations.lifecycle import (
    BodyKind,
    Claim,
    Edition,
    Outcome,
    PackState,
    PeriodUnit,
    RelationKind,
    Stage,
    add_months,
)
from recommendations.models import (
    Assignment,
    Body,
    Evidence,
    Finding,
    Inquiry,
    Meeting,
    Membership,
    Recommendation,
    Update,
)
from recommendations.packs import selection
from recommendations.packs.build import build

EXECUTIVE: dict[str, object] = {"response_period": 2, "response_basis": "Local Government Act 2000, s.9FE"}
REGARD: dict[str, object] = {
    "response_basis": "Must have regard to the report (Local Government Act 2000, s.9FF)"
}
NHS: dict[str, object] = {
    "response_period": 28,
    "response_unit": PeriodUnit.DAYS,
    "response_basis": "Health scrutiny regulations (SI 2013/218), reg. 22",
}
CRIME: dict[str, object] = {
    "response_period": 28,
    "response_unit": PeriodUnit.DAYS,
    "response_basis": "Crime and Disorder (Overview and Scrutiny) Regulations 2009 (SI 2009/942)",
}

BODIES: tuple[tuple[str, str, str, BodyKind, str | None, dict[str, Any]], ...] = (
    ("council", "Marlshire County Council", "Marlshire", BodyKind.COUNCIL, None, {}),
    ("young", "Children and Young People Select Committee", "", BodyKind.COMMITTEE, "council",
     {"reference_prefix": "CYP"}),
    ("places", "Communities and Environment Select Committee", "", BodyKind.COMMITTEE, "council",
     {"reference_prefix": "CE"}),
    ("cabinet", "Cabinet of Marlshire County Council", "Cabinet", BodyKind.EXECUTIVE, "council", EXECUTIVE),
    ("children", "Children's Services", "", BodyKind.DEPARTMENT, "council", EXECUTIVE),
    ("highways", "Highways and Transport", "", BodyKind.DEPARTMENT, "council", EXECUTIVE),
    ("partnership", "Marlshire Safeguarding Children Partnership", "Safeguarding Partnership", BodyKind.BOARD,
     None, REGARD),
    ("trust", "Marlshire Learning Trust", "Learning Trust", BodyKind.TRUST, None, REGARD),
    ("schools", "Marlshire Association of Secondary Schools", "Secondary Schools", BodyKind.SCHOOL, None, REGARD),
    ("police", "Marlshire Constabulary", "", BodyKind.POLICE, None, CRIME),
    ("icb", "Marlshire and Vale Integrated Care Board", "Integrated Care Board", BodyKind.HEALTH, None, NHS),
    ("community", "Marlshire Community Health NHS Trust", "Community Health Trust", BodyKind.HEALTH, None, NHS),
    ("district", "Aldermoor District Council", "", BodyKind.DISTRICT, None, REGARD),
    ("kestrel", "Kestrel Young Carers", "", BodyKind.PROVIDER, None,
     {"response_basis": "By its contract with the council"}),
    ("drainage", "Marlshire Drainage Partnership", "", BodyKind.BOARD, None, REGARD),
    ("water_board", "Marlshire Flood and Water Board", "", BodyKind.BOARD, None, REGARD),
)  # fmt: skip

POSTS = {
    "cabinet": (
        "Cabinet Member for Children's Services",
        "Cabinet Member for Highways",
        "Leader of the Council",
    ),
    "children": ("Director of Children's Services", "Head of Early Help"),
    "highways": ("Head of Highways", "Passenger Transport Manager"),
    "police": ("Chief Superintendent, Local Policing",),
    "icb": ("Director of Primary Care",),
    "community": ("Head of Community Services",),
    "trust": ("Chief Executive",),
    "schools": ("Chair of the Association",),
    "district": ("Head of Housing and Communities",),
    "partnership": ("Independent Scrutineer",),
}

RESPONDENTS = (
    ("schools", "Chair of the Association", "chair@secondary-schools.example"),
    ("police", "Chief Superintendent", "local.policing@constabulary.example"),
)
"""The people who answer by a personal link: body, name, address."""

INSIDE = ("cabinet", "children", "highways")


@dataclass
class Marlshire:
    """The council while its history is made."""

    today: dt.date
    people: dict[str, User]
    bodies: dict[str, Body] = field(default_factory=dict)
    meetings: dict[str, list[Meeting]] = field(default_factory=dict)
    inquiries: dict[str, Inquiry] = field(default_factory=dict)
    recommendations: dict[tuple[str, int], Recommendation] = field(default_factory=dict)

    def officer(self, body: str) -> User:
        inside = {"cabinet": "cabinet_officer"}.get(body, "officer")
        return self.people[inside if body in INSIDE else "partner_officer"]

    def approver(self, body: str) -> User:
        inside = {"cabinet": "cabinet_approver"}.get(body, "approver")
        return self.people[inside if body in INSIDE else "partner_approver"]


def make_bodies(by: User) -> dict[str, Body]:
    """Create the council, its committees and services, and its partners."""
    made: dict[str, Body] = {}
    for key, name, short, kind, parent, details in BODIES:
        made[key] = bodies.add_body(
            by=by, name=name, short_name=short, kind=kind, parent=made[parent] if parent else None, **details
        )
    for key, titles in POSTS.items():
        for title in titles:
            bodies.add_post(by=by, body=made[key], title=title)
    return made


def load(council: Marlshire) -> None:
    """Make the whole history, in the order it happened for each inquiry."""
    _hold_meetings(council)
    for story in STORIES:
        _tell(council, story)
    _pass_on_drainage(council)
    _this_week(council)
    _keep_papers(council)
    _issue_links(council)


def _hold_meetings(council: Marlshire) -> None:
    clerk = council.people["clerk"]
    schedules = {"young": (70, 91, 1), "places": (50, 91, 2), "cabinet": (23, 56, 0)}
    for key, (last, every, weekday) in schedules.items():
        held: list[Meeting] = []
        count = 1120 // every
        for number in range(-2, count):
            day = weekday_before(council.today - dt.timedelta(days=last + every * number), weekday)
            if day >= council.today:
                with clock.frozen(moment(council.today, 8)):
                    held.append(
                        meetings.add_meeting(
                            by=clerk, body=council.bodies[key], held_on=day, place="County Hall"
                        )
                    )
                continue
            with clock.frozen(moment(day, 20)):
                meeting = meetings.add_meeting(
                    by=clerk, body=council.bodies[key], held_on=day, place="County Hall"
                )
                held.append(meetings.move_meeting(by=clerk, meeting=meeting, to="held"))
        council.meetings[key] = sorted(held, key=lambda meeting: meeting.held_on)


def _first_meeting(council: Marlshire, key: str, not_before: dt.date) -> Meeting | None:
    return next((m for m in council.meetings[key] if m.held_on >= not_before), None)


def _tell(council: Marlshire, story: Story) -> None:
    published = add_months(council.today, -story.months_ago) - dt.timedelta(days=story.days)
    assigned: list[tuple[Owner, Assignment]] = []
    scrutiny = council.people["scrutiny"]
    with clock.frozen(moment(add_months(published, -5), 10)):
        inquiry = inquiries.open_inquiry(
            by=scrutiny,
            committee=council.bodies[story.committee],
            reference=story.reference,
            title=story.title,
            scope=story.scope,
            summary=story.summary,
            chair=story.chair,
        )
        inquiry = inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to=Stage.EVIDENCE)
    with clock.frozen(moment(published, 9)):
        inquiry = inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to=Stage.DRAFTING)
        findings = [
            inquiries.add_finding(by=scrutiny, inquiry=inquiry, number=str(n), text=text)
            for n, text in enumerate(story.findings, start=1)
        ]
        inquiry.published_on = published
        for position, rec in enumerate(story.recommendations, start=1):
            recommendation = _recommend(council, inquiry, rec, position, findings)
            council.recommendations[story.key, position] = recommendation
            for owner in rec.owners:
                assigned.append((owner, _address(council, recommendation, owner, published)))
        inquiry = inquiries.move_inquiry(
            by=scrutiny, inquiry=inquiry, to=Stage.PUBLISHED, published_on=published
        )
    council.inquiries[story.key] = inquiry
    with clock.frozen(moment(published, 15)):
        notices.send_notice(by=scrutiny, assignments=[assignment for _, assignment in assigned], on=published)
    for owner, assignment in assigned:
        _answer(council, owner, assignment, published)
    if story.months_ago > 3:
        with clock.frozen(moment(add_months(published, 3), 9)):
            inquiry = inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to=Stage.MONITORING)
    for number in range(1, 4):
        meeting = _first_meeting(council, story.committee, add_months(published, 6 * number))
        if meeting is None or meeting.held_on >= council.today:
            break
        _review(council, inquiry, meeting, number, assigned)
    if story.concluded:
        last = max(
            a.closed_on for a in Assignment.objects.filter(recommendation__inquiry=inquiry) if a.closed_on
        )
        with clock.frozen(moment(last + dt.timedelta(days=7), 9)):
            inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to=Stage.CONCLUDED)


def _recommend(
    council: Marlshire, inquiry: Inquiry, rec: Rec, position: int, findings: list[Finding]
) -> Recommendation:
    scrutiny = council.people["scrutiny"]
    recommendation = recs.add_recommendation(
        by=scrutiny,
        inquiry=inquiry,
        number=rec.number or str(position),
        heading=rec.heading,
        text=rec.text,
        priority=rec.priority,
        success_measure=rec.measure,
        finding=findings[rec.finding - 1] if rec.finding else None,
        themes=[themes.add_theme(by=scrutiny, name=name) for name in rec.themes],
    )
    if rec.repeats:
        recs.relate(
            by=scrutiny,
            later=recommendation,
            earlier=council.recommendations[rec.repeats],
            kind=RelationKind.REPEATS,
        )
    return recommendation


def _address(
    council: Marlshire, recommendation: Recommendation, owner: Owner, published: dt.date
) -> Assignment:
    body = council.bodies[owner.body]
    return assignments.address(
        by=council.people["scrutiny"],
        recommendation=recommendation,
        body=body,
        is_lead=owner.lead,
        post=body.posts.first(),
        deliverer=owner.deliverer,
        first_target_on=months_after(published, owner.due) if owner.due else None,
    )


def _answer(council: Marlshire, owner: Owner, assignment: Assignment, published: dt.date) -> None:
    """Record the body's answer: the council's own at a Cabinet meeting, the partners' by letter."""
    if owner.answer is None:
        return
    decision, text = owner.answer
    meeting = None
    day = published + dt.timedelta(days=75 if owner.answered_late else 20)
    if owner.body in INSIDE:
        meeting = _first_meeting(council, "cabinet", published + dt.timedelta(days=5))
        if meeting is None or meeting.held_on >= council.today:
            return
        day = meeting.held_on
    with clock.frozen(moment(day + dt.timedelta(days=1), 11)):
        responses.record_response(
            by=council.people["scrutiny"],
            assignments=[assignment],
            decision=decision,
            text=text,
            reason=owner.reason,
            decided_on=day,
            meeting=meeting,
        )
        officer = council.officer(owner.body)
        for words, months, _ in owner.milestones:
            milestones.add_milestone(
                by=officer, assignment=assignment, words=words, due_on=months_after(published, months)
            )


def _review(
    council: Marlshire,
    inquiry: Inquiry,
    meeting: Meeting,
    number: int,
    assigned: list[tuple[Owner, Assignment]],
) -> None:
    """Run one review: opened five weeks before the meeting, answered, chased, and graded at the meeting."""
    scrutiny = council.people["scrutiny"]
    asked = meeting.held_on - dt.timedelta(days=35)
    due = meeting.held_on - dt.timedelta(days=14)
    with clock.frozen(moment(asked, 9)):
        review = reviews.open_review(
            by=scrutiny,
            committee=inquiry.committee,
            inquiries=[inquiry],
            title=f"{6 * number}-month review",
            due_on=due,
            meeting=meeting,
        )
    open_now = set(review.requests.values_list("assignment_id", flat=True))
    for position, (owner, assignment) in enumerate(assigned):
        up = owner.updates[number - 1] if number <= len(owner.updates) else None
        if up is None or assignment.pk not in open_now:
            continue
        day = due - dt.timedelta(days=2 + position % 6)
        _log(council, owner.body, assignment, up, day)
        for slip in owner.slips:
            if slip.after == number:
                _slip(council, owner.body, assignment, slip, day, meeting)
    with clock.frozen(moment(due + dt.timedelta(days=1), 9)):
        reviews.chase(by=scrutiny, requests=list(review.requests.all()))
    for position, (owner, assignment) in enumerate(assigned):
        say = owner.verdicts[number - 1] if number <= len(owner.verdicts) else None
        if say is None:
            continue
        with clock.frozen(moment(meeting.held_on, 14, position % 50)):
            later = Meeting.objects.to_invite_to(meeting, inquiry)
            proposal = proposed_verdicts.propose_verdict(
                by=council.people["councillor"],
                recommendation=assignment.recommendation,
                assignment=assignment,
                meeting=meeting,
                grade=say.grade,
                outcome=say.outcome,
                comment=say.comment,
                invited_to=later.first() if say.outcome == Outcome.ESCALATE else None,
            )
            proposed_verdicts.confirm_proposal(by=council.people["clerk"], proposal=proposal)
    with clock.frozen(moment(meeting.held_on + dt.timedelta(days=1), 9)):
        reviews.close_review(by=scrutiny, review=review)


def _draft(council: Marlshire, body: str, assignment: Assignment, up: Up) -> Update:
    """Save a draft with everything that its claim needs."""
    officer = council.officer(body)
    update = updates.start_update(by=officer, assignment=assignment)
    details: dict[str, Any] = {}
    if up.exempt:
        text, paragraph, summary = up.exempt
        details = {"exempt_text": text, "exempt_paragraphs": [paragraph], "public_summary": summary}
    update = updates.save_draft(
        by=officer,
        update=update,
        claim=up.claim,
        progress=up.progress,
        barriers=up.barriers,
        next_steps=up.next_steps,
        delivered_what=up.progress if up.claim == Claim.DELIVERED else "",
        **details,
    )
    if up.claim == Claim.DELIVERED:
        evidence_actions.add_evidence(
            by=officer,
            update=update,
            title="Note of what was delivered",
            file=_note("what-was-delivered.txt", assignment.recommendation.heading, up.progress),
        )
    return update


def _note(name: str, *paragraphs: str) -> ContentFile:
    """Return a file of plain text, invented like everything here."""
    return ContentFile("\n\n".join(paragraphs).encode() + b"\n", name=name)


def _log(council: Marlshire, body: str, assignment: Assignment, up: Up, day: dt.date) -> Update:
    """Log, submit and publish an update: written one day, published the next."""
    officer = council.officer(body)
    with clock.frozen(moment(day, 10)):
        update = _draft(council, body, assignment, up)
        update = updates.submit_update(by=officer, update=update)
        done = [m.pk for m in assignment.milestones.all() if m.due_on and m.due_on <= day]
        if done:
            milestones.tick_milestones(by=officer, assignment=assignment, done=done)
    with clock.frozen(moment(day + dt.timedelta(days=1), 16)):
        return updates.publish_update(by=council.approver(body), update=update)


def _slip(
    council: Marlshire, body: str, assignment: Assignment, slip: Slip, day: dt.date, meeting: Meeting
) -> None:
    assignment.refresh_from_db()
    if assignment.target_on is None:
        return
    with clock.frozen(moment(day, 11)):
        change = target_dates.request_new_date(
            by=council.officer(body),
            assignment=assignment,
            new_date=months_after(assignment.target_on, slip.months),
            reason=slip.reason,
        )
    if slip.agreed is not None:
        with clock.frozen(moment(meeting.held_on, 15)):
            target_dates.decide_new_date(
                by=council.people["scrutiny"],
                change=change,
                agreed=slip.agreed,
                note="" if slip.agreed else "The committee wants the first date kept.",
                meeting=meeting,
            )


def _pass_on_drainage(council: Marlshire) -> None:
    """Transfer the work of the Drainage Partnership, which ended two months ago, to the new board."""
    day = council.today - dt.timedelta(days=40)
    with clock.frozen(moment(day, 9)):
        successions.abolish_body(
            by=council.people["admin"],
            body=council.bodies["drainage"],
            on=day,
            successor=council.bodies["water_board"],
            reason="Its members agreed to join the new Flood and Water Board",
        )


def _keep_papers(council: Marlshire) -> None:
    """Add a paper to each report, and a note on the record that a better one replaced."""
    for story in STORIES:
        inquiry = council.inquiries[story.key]
        evidence_actions.add_document(
            by=council.people["scrutiny"],
            to=inquiry,
            title="What the committee found, in short",
            file=_note("findings.txt", story.title, *story.findings),
        )
    note = Evidence.objects.filter(update__assignment__body=council.bodies["children"]).first()
    if note is not None and note.update is not None:
        with clock.frozen(moment(council.today - dt.timedelta(days=1), 11)):
            evidence_actions.replace_evidence(
                by=council.approver("children"),
                evidence=note,
                reason="The first note left out the last quarter.",
                title="Note of what was delivered, with the last quarter",
                file=_note(
                    "what-was-delivered-2.txt",
                    note.update.assignment.recommendation.heading,
                    note.update.progress,
                ),
            )


def _this_week(council: Marlshire) -> None:
    """Make the reviews that are running now: answered, waiting, returned, begun and not begun."""
    scrutiny = council.people["scrutiny"]
    for key, title, ago, due_in in (
        ("carers", "24-month review", 12, 9),
        ("floods", "12-month review", 5, 24),
    ):
        inquiry = council.inquiries[key]
        meeting = _first_meeting(council, "young" if key == "carers" else "places", council.today)
        with clock.frozen(moment(council.today - dt.timedelta(days=ago), 9)):
            reviews.open_review(
                by=scrutiny,
                committee=inquiry.committee,
                inquiries=[inquiry],
                title=title,
                due_on=council.today + dt.timedelta(days=due_in),
                meeting=meeting,
            )
    _log(
        council,
        "partnership",
        _find(council, "carers", 9, "partnership"),
        Up(
            Claim.ON_TRACK,
            "1,150 of about 1,900 staff are trained.",
            next_steps="Two courses a month until summer.",
        ),
        council.today - dt.timedelta(days=4),
    )
    with clock.frozen(moment(council.today - dt.timedelta(days=2), 10)):
        updates.submit_update(
            by=council.people["officer"],
            update=_draft(
                council,
                "children",
                _find(council, "carers", 4, "children"),
                Up(
                    Claim.AT_RISK,
                    "The average wait is four and a half weeks; 66% begin within a month. The last vacant post was "
                    "filled this month.",
                    "The new member of staff starts in six weeks.",
                    "Waits are looked at each week until nine in ten begin within a month.",
                ),
            ),
        )
        back = updates.submit_update(
            by=council.people["officer"],
            update=_draft(
                council,
                "children",
                _find(council, "carers", 2, "children"),
                Up(Claim.DELIVERED, "All teams use the form and answers are passed on quickly."),
            ),
        )
    with clock.frozen(moment(council.today - dt.timedelta(days=1), 15)):
        updates.return_update(
            by=council.people["approver"],
            update=back,
            reason="Say how many working days it takes now, as the committee asked.",
        )
    with clock.frozen(moment(council.today - dt.timedelta(days=1), 11)):
        _draft(
            council,
            "highways",
            _find(council, "floods", 9, "highways"),
            Up(Claim.AT_RISK, "Five of six stores are set up; the supermarket has agreed in writing."),
        )


def _issue_links(council: Marlshire) -> None:
    """Issue personal links: since last week the schools and the police, which have no accounts, answer by them."""
    without = [council.bodies[body] for body, _, _ in RESPONDENTS]
    for membership in Membership.objects.current().filter(body__in=without):
        end_role(by=council.people["admin"], membership=membership)
    with clock.frozen(moment(council.today - dt.timedelta(days=5), 10)):
        for body, name, email in RESPONDENTS:
            issue_link(
                by=council.people["scrutiny"],
                committee=council.bodies["young"],
                body=council.bodies[body],
                name=name,
                email=email,
            )


def release_a_pack(council: Marlshire) -> None:
    """Make and release the pack of the committee's last meeting, as its clerk did the week before it.

    If the machine cannot print, the pack stays unreleased and says why.
    """
    clerk = User.objects.get(pk=council.people["clerk"].pk)
    meeting = max(
        (meeting for meeting in council.meetings["young"] if meeting.held_on < council.today),
        key=lambda meeting: meeting.held_on,
    )
    published_by_then = {
        recommendation.pk
        for recommendation in council.recommendations.values()
        if (recommendation.inquiry.published_on or council.today) < meeting.held_on
    }
    with clock.frozen(moment(meeting.held_on - dt.timedelta(days=7), 15)):
        pack = packs.compose_pack(
            by=clerk,
            meeting=meeting,
            title="Progress on the committee's recommendations",
            report_of="Democratic Services Officer",
            contact="Democratic Services Officer, democratic.services@marlshire.example",
            purpose="To show the committee how work on its open recommendations stands before it gives its view.",
            decisions="Give the committee's view of each recommendation\nDecide on the new dates asked for",
            selection=[
                pk
                for pk in selection.of_meeting(meeting, by=clerk, edition=Edition.PUBLIC)
                if pk in published_by_then
            ],
        )
        pack = packs.queue_pack(by=clerk, pack=pack)
        if build(pack.pk) == PackState.READY:
            pack.refresh_from_db()
            packs.release_pack(by=clerk, pack=pack)


def _find(council: Marlshire, story: str, position: int, body: str) -> Assignment:
    recommendation = council.recommendations[story, position]
    return Assignment.objects.get(recommendation=recommendation, body=council.bodies[body])
