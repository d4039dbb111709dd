"""Whatever people do, in whatever order: no state that the tables of transitions don't allow, and nothing on the record
that changes.

People of every role try actions on a few recommendations with values good and bad, days pass between, and after each
thing that goes through the whole council is looked over. The order is drawn by chance from fixed seeds. What an action refuses is no failure; anything else that it raises is.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.forms import model_to_dict

from committee import clock
from recommendations.actions import (
    assessments,
    bodies,
    corrections,
    evidence,
    inquiries,
    meetings,
    proposed_verdicts,
    responses,
    reviews,
    successions,
    target_dates,
    updates,
)
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import (
    INQUIRY_TRANSITIONS,
    PROPOSAL_TRANSITIONS,
    TARGET_TRANSITIONS,
    UPDATE_TRANSITIONS,
    BodyKind,
    Claim,
    DatesAgreedBy,
    Decision,
    Grade,
    Outcome,
    Stage,
    TargetState,
    UpdateState,
)
from recommendations.lifecycle.events import verdict_order
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Correction,
    Evidence,
    Inquiry,
    Meeting,
    ProposedVerdict,
    Recommendation,
    RespondentLink,
    Response,
    Review,
    TargetChange,
    Update,
    UpdateRequest,
)
from tests.factories import TODAY, Cast, acting, at, fresh
from tests.unit.recommendations.readings import (
    assert_changes_account_for_states,
    assert_corrections_stand,
    assert_lists_and_downloads_agree,
    assert_readings_agree,
    assert_the_running_list_agrees,
    by_rules,
    derived,
    told_up_to,
)

WORDS = ("It goes on.", "Two are built.", "x" * 5000, "It goes on.", "Two are built.", " ", "")
DAYS = tuple(TODAY + dt.timedelta(days=n) for n in (-400, -60, -1, 0, 14, 30, 60, 90, 200, 400))
FITTING_VIEWS = (
    (Grade.ON_COURSE, Outcome.KEEP),
    (Grade.CONCERNS, Outcome.ESCALATE),
    (Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED),
    (Grade.CONCERNS, Outcome.REOPEN),
)
VIEWS = (
    *FITTING_VIEWS * 5,
    *[(grade, outcome) for grade in Grade for outcome in Outcome],
    ("made up", "made up"),
)
PEOPLE = ("sam", "carla", "colin", "chris", "olive", "ada", "pat", "oscar", "admin", "nobody", "hanna")
STEPS = 160
BEGINNING = clock.start_of_day(TODAY - dt.timedelta(days=1))
MOMENTS = 3
"""At how many moments of each history all readings of the state are held against each other, beside its end."""
TRANSITIONS: tuple[tuple[Any, str, frozenset[tuple[str, str]]], ...] = (
    (Update, "state", UPDATE_TRANSITIONS),
    (TargetChange, "state", TARGET_TRANSITIONS),
    (Inquiry, "stage", INQUIRY_TRANSITIONS),
    (ProposedVerdict, "state", PROPOSAL_TRANSITIONS),
)
IN_HAND, SENT = (UpdateState.DRAFT, UpdateState.RETURNED), (UpdateState.SUBMITTED,)
WENT_THROUGH = {
    "start_update", "save_draft", "submit_update", "publish_update", "return_update", "discard_draft",
    "request_new_date", "decide_new_date", "assess", "propose_verdict", "confirm_proposal", "record_response", "open_review", "add_evidence",
    "add_meeting", "move_meeting", "abolish_body", "move_inquiry", "chase", "close_review", "change_due_date",
    "replace_evidence",
}  # fmt: skip
"""Actions that must have gone through at least once, or the test tried nothing worth the name."""
NEVER_CHANGED = (Assessment, Response)
SENT_TOO_LATE = {
    "first_target_on": TODAY - dt.timedelta(days=90),
    "notified_on": TODAY - dt.timedelta(days=60),
}
"""The dates of a part of which the first date had passed before it was sent."""


def follows(transitions: frozenset[tuple[str, str]], old: str, new: str) -> bool:
    """Whether the table leads from one state to the other, in one move or several."""
    reached, edge = {old}, {old}
    while edge:
        edge = {str(after) for before, after in transitions if str(before) in edge} - reached
        reached |= edge
    return new in reached


def invitation(sitting: Meeting | None, part: Assignment) -> dict[str, Meeting]:
    """The meeting that an escalation names, where there is one to name."""
    inquiry = part.recommendation.inquiry
    later = Meeting.objects.to_invite_to(sitting, inquiry).first() if sitting is not None else None
    return {"invited_to": later} if later is not None else {}


class Council:
    """People acting on three parts of two recommendations: of the Cabinet, the police, and a school by link."""

    def __init__(self, cast: Cast, link: RespondentLink, successor: Body, seed: int) -> None:
        self.cast, self.link, self.successor = cast, link, successor
        self.chance = random.Random(seed)  # noqa: S311  # which thing is tried next, no secret
        self.looks = random.Random(seed)  # noqa: S311  apart, so that looking changes nothing of what is tried
        self.members = random.Random(seed)  # noqa: S311  apart as well: what members propose
        self.day = TODAY
        self.done: Counter[str] = Counter()
        self.tried: list[str] = []
        self.kept: dict[Any, dict[int, Any]] = {}
        self.stood: dict[dt.date, dict[int, Any]] = {}
        """Where each part stood at the end of each day, by what was kept then."""
        self.told: dict[dt.date, dict[str, Any]] = {}
        """What was told at the end of each day of what had happened since the beginning."""

    # -------------------------------------------------------------- how somebody tries something

    def attempt(self, who: str, act: Any, **what: Any) -> None:
        """One person tries one thing. None in place of a row means that there is none: nothing is tried."""
        if any(value is None or value == [None] for value in what.values()):
            return
        self.tried.append(f"{self.day} {who}: {act.__name__} {what}"[:160])
        with at(self.day, 12):
            person = acting(self.link) if who == "hanna" else fresh(getattr(self.cast, who))
            try:
                with transaction.atomic():
                    act(by=person, **what)
            except (ActionDenied, PermissionDenied, EditConflict):
                return
        self.done[act.__name__] += 1
        self.all_is_well()

    def row(self, model: Any, **likely: Any) -> Any:
        """One of the rows there are, mostly one for which the action is meant; None where there is none."""
        rows = list(model.objects.order_by("pk"))
        fitting = [
            one for one in rows if all(getattr(one, name) in values for name, values in likely.items())
        ]
        if fitting and self.chance.random() < 0.8:
            return self.chance.choice(fitting)
        return self.chance.choice(rows) if rows else None

    def one(self, *of: Any) -> Any:
        return self.chance.choice(of)

    def sitting(self) -> Any:
        return self.row(Meeting, body=[self.cast.committee])

    # -------------------------------------------------------------- what people do

    def days_pass(self) -> None:
        self.stood[self.day] = {part.pk: by_rules(part, self.day) for part in Assignment.objects.standing()}
        with at(self.day, 12):
            self.told[self.day] = told_up_to(self.cast, BEGINNING, None)
        self.day += dt.timedelta(days=self.chance.randint(1, 12))

    def begin(self) -> None:
        who, part = self.one("olive", "olive", "hanna", "pat", "colin"), self.row(Assignment)
        self.attempt(who, updates.start_update, assignment=part, **self.what_it_corrects(part))

    def what_it_corrects(self, part: Any) -> dict[str, Any]:
        """One of the published updates of the part, mostly the last, or nothing."""
        known = list(Update.objects.of(part).published().order_by("-pk")[:3]) if part else []
        return (
            {"corrects": self.looks.choice([*known[:1], *known])}
            if known and self.looks.random() < 0.6
            else {}
        )

    def write(self) -> None:
        details: dict[str, Any] = {
            "claim": self.one(*Claim.values, *Claim.values, "", "made up"),
            "progress": self.one(*WORDS),
            "barriers": self.one(*WORDS),
            "delivered_what": self.one(*WORDS),
            "as_at": self.day - dt.timedelta(days=self.looks.choice((0, 0, 3, 20))),
        }
        if self.chance.random() < 0.3:
            details |= {
                "exempt_text": self.one(*WORDS),
                "exempt_paragraphs": [3],
                "public_summary": self.one(*WORDS),
            }
        who = self.one("olive", "olive", "hanna", "pat", "sam")
        self.attempt(who, updates.save_draft, update=self.row(Update, state=IN_HAND), **details)

    def submit(self) -> None:
        who = self.one("olive", "olive", "ada", "hanna", "pat")
        self.attempt(who, updates.submit_update, update=self.row(Update, state=IN_HAND))

    def publish(self) -> None:
        who = self.one("ada", "ada", "sam", "olive", "hanna")
        self.attempt(who, updates.publish_update, update=self.row(Update, state=SENT))

    def send_back(self) -> None:
        update = self.row(Update, state=SENT)
        self.attempt(
            self.one("ada", "ada", "sam", "olive"),
            updates.return_update,
            update=update,
            reason=self.one(*WORDS),
        )

    def throw_away(self) -> None:
        who = self.one("olive", "ada", "hanna", "nobody")
        self.attempt(who, updates.discard_draft, update=self.row(Update, state=IN_HAND))

    def the_usual_way(self) -> None:
        """From nothing to a published update, so that there are some."""
        who, body = self.one(
            ("olive", self.cast.cabinet), ("pat", self.cast.police), ("hanna", self.cast.school)
        )
        part = Assignment.objects.filter(body=body).first()
        self.attempt(who, updates.start_update, assignment=part, **self.what_it_corrects(part))
        draft = Update.objects.of(part).unpublished().first() if part else None
        claim = self.one(Claim.ON_TRACK, Claim.DELIVERED)
        said: dict[str, Any] = {"progress": "It goes on.", "delivered_what": "All of it."}
        said["as_at"] = self.day - dt.timedelta(days=self.looks.choice((0, 1, 5, 10, 20)))
        self.attempt(who, updates.save_draft, update=draft, claim=claim, **said)
        if self.chance.random() < 0.5:
            paper = {"title": "A paper", "url": "https://example.org/p"}
            self.attempt(who, evidence.add_evidence, update=draft, **paper)
        self.attempt(who, updates.submit_update, update=draft)
        if self.chance.random() < 0.3:
            return  # it waits for somebody who publishes or returns it
        self.attempt("ada" if who == "olive" else "sam", updates.publish_update, update=draft)

    def correct_the_last(self) -> None:
        """Correct what was entered last of a part, so that there are corrections of corrections."""
        last = Update.objects.published().filter(assignment__body=self.cast.cabinet).order_by("-pk").first()
        part = last.assignment if last else None
        self.attempt("olive", updates.start_update, assignment=part, corrects=last)
        draft = Update.objects.of(part).unpublished().first() if part else None
        claim = self.looks.choice((Claim.ON_TRACK, Claim.DELIVERED))
        said = {"claim": claim, "progress": "It is put right.", "delivered_what": "All of it."}
        spoken_of = self.day - dt.timedelta(days=self.looks.choice((0, 5, 20, 40)))
        self.attempt("olive", updates.save_draft, update=draft, as_at=spoken_of, **said)
        self.attempt("olive", updates.submit_update, update=draft)
        self.attempt("ada", updates.publish_update, update=draft)

    def ask_for_a_date(self) -> None:
        self.attempt(
            self.one("olive", "olive", "pat", "hanna", "sam"),
            target_dates.request_new_date,
            assignment=self.row(Assignment),
            new_date=self.one(*DAYS),
            reason=self.one(*WORDS),
        )

    def decide_a_date(self) -> None:
        self.attempt(
            self.one("sam", "sam", "colin"),
            target_dates.decide_new_date,
            change=self.row(TargetChange, state=[TargetState.REQUESTED]),
            agreed=self.one(True, False),
            note=self.one(*WORDS),
            meeting=self.sitting(),
        )

    def judge(self) -> None:
        part = self.row(Assignment)
        about = self.one({}, {"assignment": part})
        grade, outcome = self.one(*VIEWS)
        who, sitting = self.one("carla", "sam", "ada"), self.sitting()
        said = {"recommendation": part.recommendation, "meeting": sitting, "grade": grade, "outcome": outcome}
        said |= {"comment": self.one(*WORDS), **about, **invitation(sitting, part)}
        self.attempt(who, assessments.assess, **said)
        self.propose(**said)

    def propose(self, **said: Any) -> None:
        """A member proposes the same, and something that was proposed is confirmed or withdrawn."""
        who = self.members.choice(["colin", "chris", "ada"])
        self.attempt(who, proposed_verdicts.propose_verdict, **said)
        proposals = list(ProposedVerdict.objects.order_by("pk"))
        if not proposals:
            return
        end = self.members.choice([proposed_verdicts.confirm_proposal, proposed_verdicts.withdraw_proposal])
        who = self.members.choice(["carla", "chris", "colin"])
        self.attempt(who, end, proposal=self.members.choice(proposals[-3:]))

    def plan_a_meeting(self) -> None:
        body = getattr(self.cast, self.one("committee", "cabinet", "other_committee"))
        self.attempt("carla", meetings.add_meeting, body=body, held_on=self.one(*DAYS))

    def move_a_meeting(self) -> None:
        to = self.one("held", "cancelled", "planned")
        self.attempt("carla", meetings.move_meeting, meeting=self.row(Meeting), to=to, reason="Not that one.")

    def answer(self) -> None:
        self.attempt(
            self.one("sam", "ada", "hanna", "pat"),
            responses.record_response,
            assignments=[self.row(Assignment)],
            decision=self.one(*Decision.values, "made up"),
            decided_on=self.one(*DAYS),
            reason=self.one(*WORDS),
        )

    def open_a_review(self) -> None:
        who = self.one("sam", "sam", "oscar")
        self.attempt(
            who, reviews.open_review, committee=self.cast.committee, title="A review", due_on=self.one(*DAYS)
        )

    def run_a_review(self) -> None:
        review = self.row(Review, closed_on=[None])
        if review is None:
            return
        match self.one("chase", "close", "move", "also"):
            case "chase":
                self.attempt("sam", reviews.chase, requests=list(review.requests.all()))
            case "close":
                self.attempt("sam", reviews.close_review, review=review)
            case "move":
                moved = {"due_on": self.one(*DAYS), "reason": self.one(*WORDS)}
                self.attempt("sam", reviews.change_due_date, review=review, **moved)
            case "also":
                self.attempt("sam", reviews.request_from_new_assignments, review=review)

    def add_evidence(self) -> None:
        update = self.row(Update, state=IN_HAND)
        who = self.one("olive", "olive", "hanna", "ada")
        self.attempt(who, evidence.add_evidence, update=update, title="A paper", url="https://example.org/p")

    def replace_evidence(self) -> None:
        piece = self.row(Evidence, update=list(Update.objects.published()))
        newer = {"title": "A newer paper", "url": "https://example.org/q", "reason": self.one(*WORDS)}
        self.attempt(self.one("ada", "sam", "olive"), evidence.replace_evidence, evidence=piece, **newer)

    def end_the_school(self) -> None:
        if self.chance.random() < 0.2:
            successor = self.one({}, {"successor": self.successor})
            self.attempt(
                "admin",
                successions.abolish_body,
                body=self.cast.school,
                on=self.one(*DAYS),
                reason="It closed",
                **successor,
            )

    def move_an_inquiry(self) -> None:
        if self.chance.random() < 0.3:
            self.attempt("sam", inquiries.move_inquiry, inquiry=self.row(Inquiry), to=self.one(*Stage.values))

    def anybody_tries_what_is_not_theirs(self) -> None:
        who = self.one(*PEOPLE)
        self.attempt(who, updates.start_update, assignment=self.row(Assignment))
        self.attempt(who, updates.publish_update, update=self.row(Update))
        self.attempt(who, reviews.open_review, committee=self.cast.committee, title="Mine", due_on=self.day)

    # -------------------------------------------------------------- what always holds

    def all_is_well(self) -> None:
        """Looked over after each thing that went through."""
        try:
            self.states_moved_as_the_tables_say()
            self.nothing_on_the_record_changed_or_went()
            self.first_dates_stand()
            self.what_is_kept_is_what_history_says()
            self.one_thing_at_a_time_in_hand()
            self.requests_are_answered_by_what_was_published()
            self.only_a_verdict_closes()
            self.only_reopening_opens()
            self.what_is_concluded_has_nothing_open()
            assert_corrections_stand()
        except AssertionError as wrong:
            raise AssertionError("\n".join([str(wrong), "after:", *self.tried[-30:]])) from wrong

    def states_moved_as_the_tables_say(self) -> None:
        for model, field, transitions in TRANSITIONS:
            now = dict(model.objects.values_list("pk", field))
            before = self.kept.get((model, field), {})
            for pk, state in now.items():
                if pk in before:
                    assert follows(transitions, before[pk], state), (
                        f"{model.__name__} {before[pk]} -> {state}"
                    )
            self.kept[model, field] = now

    def nothing_on_the_record_changed_or_went(self) -> None:
        rows: list[tuple[Any, Any]] = [(model, model.objects.all()) for model in NEVER_CHANGED]
        rows.append((Update, Update.objects.filter(state=UpdateState.PUBLISHED)))
        for model, published in rows:
            now = {row.pk: model_to_dict(row) for row in published}
            for pk, before in self.kept.get(model, {}).items():
                assert now.get(pk) == before, f"{model.__name__} {pk} changed or went"
            self.kept[model] = now

    def first_dates_stand(self) -> None:
        now = dict(Assignment.objects.values_list("pk", "first_target_on"))
        for pk, before in self.kept.get("first dates", {}).items():
            made = Correction.objects.filter(assignment=pk, before__first_target_on=str(before))
            assert now[pk] == before or made.exists()
        self.kept["first dates"] = now

    def what_is_kept_is_what_history_says(self) -> None:
        assert [words for _, words in differing_recommendations()] == []

    def one_thing_at_a_time_in_hand(self) -> None:
        for in_hand in (Update.objects.unpublished(), TargetChange.objects.requested()):
            parts = list(in_hand.values_list("assignment", flat=True))
            assert len(parts) == len(set(parts))

    def requests_are_answered_by_what_was_published(self) -> None:
        answered = UpdateRequest.objects.filter(fulfilled_by__isnull=False)
        assert not answered.exclude(fulfilled_by__state=UpdateState.PUBLISHED).exists()

    def only_a_verdict_closes(self) -> None:
        for assignment in Assignment.objects.filter(closed_on__isnull=False).select_related("closed_by"):
            assert assignment.closed_by is not None
            assert assignment.closed_by.closes

    def only_reopening_opens(self) -> None:
        """What was closed is open only by a “Reopen”, and none was recorded of what was open at its meeting; unless a view or
        the day of a meeting was recorded in error."""
        in_error = Assessment.objects.filter(
            Q(voided_at__isnull=False) | Q(meeting__corrections__isnull=False)
        )
        verdicts = list(Assessment.objects.select_related("meeting").order_by("pk"))
        for part in Assignment.objects.exclude(recommendation__in=in_error.values("recommendation")):
            entered = [one for one in verdicts if one.covers(part)]
            filed: list[Assessment] = []
            for one in entered:
                before = [other for other in filed if other.meeting.held_on <= one.meeting.held_on]
                was_closed = bool(before) and before[-1].closes
                assert (one.outcome == Outcome.REOPEN) == was_closed, f"{one} at {one.meeting}"
                filed = sorted([*filed, one], key=verdict_order)

    def what_is_concluded_has_nothing_open(self) -> None:
        concluded = Assignment.objects.filter(recommendation__inquiry__stage=Stage.CONCLUDED)
        assert not concluded.open().exists()

    def every_reading_is_the_same(self, cast: Cast) -> None:
        """Looked over at a few moments of the history, the last of them now."""
        meeting = Meeting.objects.of(cast.committee).order_by("pk").first()
        assert meeting is not None
        days = [*sorted(self.looks.sample(sorted(self.stood), min(MOMENTS, len(self.stood)))), self.day]
        with at(self.day, 12):
            for day in days:
                moment = clock.now().replace(year=day.year, month=day.month, day=day.day)
                assert_readings_agree(cast, moment, meeting)
                if day in self.stood:
                    there = Assignment.objects.existing_at(moment)
                    stands = {part.pk: by_rules(derived(part, moment), day) for part in there}
                    assert stands == self.stood[day]
                    assert told_up_to(self.cast, BEGINNING, moment) == self.told[day], day
            assert_lists_and_downloads_agree(self.day)
            for earlier, later in pairwise(days):
                start, end = (
                    clock.now().replace(year=day.year, month=day.month, day=day.day)
                    for day in (earlier, later)
                )
                assert_changes_account_for_states(start, end)

    def correct(self) -> None:
        """Committee support finds that something was recorded wrong."""
        part, why = self.row(Assignment, withdrawn_at=[None]), self.one("Typed wrong.", "Typed wrong.", " ")
        who = self.one("sam", "sam", "sam", "sam", "carla", "olive")
        match self.one(
            "notice", "first date", "response", "no response", "view", "no view", "meeting", "date", "no date"
        ):
            case "notice":
                on = self.day - dt.timedelta(days=self.looks.choice((0, 20, 60, 90)))
                self.attempt(who, corrections.correct_notice_date, assignment=part, on=on, reason=why)
            case "first date":
                on = self.one(*DAYS)
                self.attempt(who, corrections.correct_first_date, assignment=part, on=on, reason=why)
            case "response" | "no response" as what:
                wrong, decided = self.row(Response, voided_at=[None]), self.day - dt.timedelta(days=2)
                said = {"decision": self.one(*Decision.values), "decided_on": decided, "reason": "So it was."}
                right = {"right": said} if what == "response" else {}
                self.attempt(who, corrections.correct_response, response=wrong, reason=why, **right)
            case "view" | "no view" as what:
                wrong = self.row(Assessment, voided_at=[None])
                grade, outcome = self.one(*FITTING_VIEWS)
                given = {"recommendation": part.recommendation, "meeting": self.sitting()}
                given |= {"grade": grade, "outcome": outcome, "comment": "We heard them."}
                right = {"right": given} if what == "view" else {}
                self.attempt(who, corrections.correct_assessment, assessment=wrong, reason=why, **right)
            case "date" | "no date" as what:
                wrong = self.row(TargetChange, voided_at=[None])
                ruling = {"agreed": self.one(True, False), "decided_as": self.one(*DatesAgreedBy.values)}
                ruling |= {
                    "note": "So it was.",
                    "decided_on": self.day - dt.timedelta(days=self.one(0, 2, 20)),
                }
                ruling |= {"meeting": self.one(None, self.sitting()), "other_date": self.one(None, *DAYS)}
                right = {"right": ruling} if what == "date" else {}
                self.attempt(who, corrections.correct_date_decision, change=wrong, reason=why, **right)
            case "meeting":
                day = self.day - dt.timedelta(days=self.looks.choice((0, 1, 10, 40)))
                act = corrections.correct_meeting_date
                self.attempt(who, act, meeting=self.sitting(), held_on=day, reason=why)
        with at(self.day, 23):
            assert_the_running_list_agrees(self.cast, Meeting.objects.earliest("pk"))

    def correct_the_addressee(self) -> None:
        body = getattr(self.cast, self.one("cabinet", "police", "school", "council"))
        part = self.row(Assignment, withdrawn_at=[None])
        self.attempt("sam", corrections.correct_addressee, assignment=part, body=body, reason="Typed wrong.")

    def withdraw(self) -> None:
        if self.chance.random() < 0.2:
            row = self.row(Recommendation)
            self.attempt("sam", corrections.withdraw_recommendation, recommendation=row, reason="By mistake.")


TRIES = [
    Council.days_pass, Council.begin, Council.write, Council.submit, Council.publish, Council.send_back,
    Council.throw_away, Council.the_usual_way, Council.ask_for_a_date, Council.decide_a_date, Council.judge,
    Council.plan_a_meeting, Council.move_a_meeting, Council.answer, Council.open_a_review, Council.run_a_review,
    Council.ask_for_a_date, Council.decide_a_date, Council.add_evidence, Council.replace_evidence, Council.end_the_school, Council.move_an_inquiry,
    Council.anybody_tries_what_is_not_theirs,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_people_do_in_whatever_order(cast: Cast) -> None:
    inquiry = cast.inquiry()
    first, second = cast.recommendation(inquiry), cast.recommendation(inquiry, heading="Another")
    cast.publish(inquiry)
    for recommendation, body in ((first, cast.cabinet), (first, cast.school), (second, cast.police)):
        recommendation.refresh_from_db()
        dates = SENT_TOO_LATE if body == cast.police else {}
        cast.assignment(recommendation=recommendation, body=body, **dates)
    cast.meeting(TODAY)
    successor = bodies.add_body(by=cast.admin, name="Mill School", kind=BodyKind.SCHOOL)
    link = cast.link(cast.school, until=dt.date(2027, 1, 1))
    done: Counter[str] = Counter()
    for seed in range(4):
        council = Council(cast, link, successor, seed)
        with transaction.atomic():
            for _ in range(STEPS):
                council.chance.choice(TRIES)(council)
            council.every_reading_is_the_same(cast)
            transaction.set_rollback(True)
        done += council.done
    assert set(done) >= WENT_THROUGH, f"never went through: {sorted(WENT_THROUGH - set(done))}"


CORRECTING = [
    Council.days_pass, Council.days_pass, Council.the_usual_way, Council.ask_for_a_date, Council.decide_a_date,
    Council.judge, Council.judge, Council.answer, Council.answer, *[Council.correct] * 5,
    Council.correct_the_addressee, Council.withdraw,
]  # fmt: skip
CORRECTED = {
    "correct_notice_date", "correct_first_date", "correct_response", "correct_assessment", "correct_meeting_date",
    "correct_addressee", "withdraw_recommendation",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_is_corrected_in_whatever_order(cast: Cast) -> None:
    inquiry = cast.inquiry()
    first, second = cast.recommendation(inquiry), cast.recommendation(inquiry, heading="Another")
    cast.publish(inquiry)
    for recommendation, body in ((first, cast.cabinet), (first, cast.school), (second, cast.police)):
        recommendation.refresh_from_db()
        first_date = TODAY + dt.timedelta(days=60)
        part = cast.assignment(recommendation=recommendation, body=body, first_target_on=first_date)
        cast.response(part, decided_on=TODAY)
    for day in (30, 0):
        cast.meeting(TODAY - dt.timedelta(days=day))
    link = cast.link(cast.school, until=dt.date(2027, 1, 1))
    done: Counter[str] = Counter()
    for seed in range(2):
        council = Council(cast, link, cast.school, seed)
        with transaction.atomic():
            for _ in range(70):
                council.chance.choice(CORRECTING)(council)
            council.every_reading_is_the_same(cast)
            transaction.set_rollback(True)
        done += council.done
    assert set(done) >= CORRECTED, f"never went through: {sorted(CORRECTED - set(done))}"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_committee_decides_in_whatever_order(cast: Cast, seed: int) -> None:
    """Verdicts on the whole and on its parts, of meetings in any order, most of them entered late."""
    whole = cast.assignment().recommendation
    parts = [*whole.assignments.all(), cast.assignment(recommendation=whole, body=cast.police)]
    days = [TODAY - dt.timedelta(days=n) for n in (90, 60, 30, 0)]
    sittings = [cast.meeting(day) for day in days]
    council = Council(cast, cast.link(cast.school), cast.school, seed)
    for _ in range(40):
        grade, outcome = council.one(*FITTING_VIEWS)
        about = council.one({}, {"assignment": parts[0]}, {"assignment": parts[1]})
        details = {"grade": grade, "outcome": outcome, "comment": "We heard them.", **about}
        sitting = council.one(*sittings)
        details |= invitation(sitting, parts[0])
        council.attempt("carla", assessments.assess, recommendation=whole, meeting=sitting, **details)
    assert council.done["assess"] > 10


@pytest.mark.slow
@pytest.mark.django_db
def test_corrections_of_corrections(cast: Cast) -> None:
    cast.published(cast.assignment())
    cast.meeting(TODAY)
    link = cast.link(cast.school, until=dt.date(2027, 1, 1))
    for seed in range(3):
        council = Council(cast, link, cast.school, seed)
        with transaction.atomic():
            for _ in range(8):
                council.days_pass()
                council.correct_the_last()
            council.every_reading_is_the_same(cast)
            assert Update.objects.published().filter(corrects__corrects__isnull=False).count() > 4
            transaction.set_rollback(True)
