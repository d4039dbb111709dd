"""What is entered late is filed under its own day, as people meet it: on the page, in lists, exports, changes and packs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import assignments, successions, target_dates, updates
from recommendations.lifecycle import ChangeKind, Claim, Decision, Grade, Outcome
from recommendations.models import Assignment, Meeting, Pack, TargetChange, Update
from recommendations.packs.content import build_content
from recommendations.queries.changes import changes
from tests.clients import boxes, signed_in, text_of, words_of
from tests.factories import TODAY, Cast, at, fresh

EARLIER, LATER = dt.date(2025, 11, 10), dt.date(2026, 1, 5)


def shown(part: Assignment, **query: str) -> str:
    return words_of(Client().get(reverse("recommendation", args=[part.recommendation_id]), query))


def kept(part: Assignment) -> Assignment:
    return Assignment.objects.for_list().get(pk=part.pk)


def corrected(cast: Cast, update: Update, **details: Any) -> Update:
    """A published correction of the update."""
    draft = updates.start_update(by=cast.olive, assignment=update.assignment, corrects=update)
    draft = updates.save_draft(by=cast.olive, update=draft, claim=Claim.ON_TRACK, **details)
    return updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=draft))


def in_pack(cast: Cast, part: Assignment, moment: dt.datetime | None = None) -> Any:
    day = dt.date(2026, 1, 26)
    meeting = Meeting.objects.of(cast.committee).filter(held_on=day).first() or cast.meeting(day)
    pack = Pack(meeting=meeting, created_by=cast.carla, title="All",
                selection=[part.recommendation_id])  # fmt: skip
    content = build_content(pack, by=fresh(cast.carla), moment=moment or clock.now())
    return content["inquiries"][0]["recommendations"][0]


@pytest.fixture
def part(cast: Cast) -> Assignment:
    with at(dt.date(2025, 9, 1)):
        return cast.assignment()


@pytest.fixture
def meetings(cast: Cast) -> tuple[Meeting, Meeting]:
    return cast.meeting(EARLIER), cast.meeting(LATER)


class TestResponses:
    def test_the_later_decision_stands(self, cast: Cast, part: Assignment) -> None:
        client, address = signed_in(cast.sam), f"{reverse('record_response')}?assignment={part.pk}"
        for decision, day, reason in (
            (Decision.ACCEPTED, dt.date(2025, 12, 1), ""),
            (Decision.NOTED, dt.date(2025, 10, 1), "For later."),
        ):
            typed = {"decision": decision, "reason": reason, "text": "", **boxes("decided_on", day)}
            answer = client.post(address, typed)
            assert answer.status_code == 302, text_of(answer)
        assert kept(part).decision == Decision.ACCEPTED
        page = shown(part)
        assert "Decided: 1 December 2025" in page
        assert page.index("Response: Accepted") < page.index("Response: Noted")
        told = in_pack(cast, part)["bodies"][0]
        assert told["response"]["decision"]["value"] == Decision.ACCEPTED
        assert [one["decision"]["value"] for one in told["earlier_responses"]] == [Decision.NOTED]
        file: Any = Client().get(reverse("recommendations_file", args=["csv"]))
        rows = b"".join(file.streaming_content).decode("utf-8-sig")
        assert "Accepted" in rows
        assert "2025-12-01" in rows


class TestUpdates:
    def test_the_one_that_speaks_of_a_later_day_stands(self, cast: Cast, part: Assignment) -> None:
        with at(dt.date(2026, 1, 6)):
            cast.published(part, claim=Claim.AT_RISK, barriers="Money", as_at=dt.date(2025, 12, 31))
        cast.published(part, claim=Claim.ON_TRACK, progress="The autumn.", as_at=dt.date(2025, 9, 30))
        assert kept(part).claim == Claim.AT_RISK
        page = shown(part)
        assert page.index("Progress update: At risk") < page.index("Progress update: On track")
        assert "published 12 January 2026" in page
        assert in_pack(cast, part)["bodies"][0]["claim"]["value"] == Claim.AT_RISK
        groups = changes((clock.end_of_day(dt.date(2026, 1, 7)), None), Assignment.objects.all())
        told = {group.kind: group.changes for group in groups}[ChangeKind.UPDATES]
        assert [(one.status, one.before) for one in told] == [(Claim.ON_TRACK, None)]

    def test_a_correction_takes_the_place_of_what_it_corrects(self, cast: Cast, part: Assignment) -> None:
        first = cast.published(part, claim=Claim.AT_RISK, barriers="Money")
        with at(dt.date(2026, 1, 13)):
            corrected(cast, first, progress="It goes on.", as_at=dt.date(2025, 12, 1))
            assert kept(part).claim == Claim.ON_TRACK

    def test_a_correction_of_a_correction_takes_its_place(self, cast: Cast, part: Assignment) -> None:
        latest = cast.published(part, progress="As first told.", as_at=dt.date(2026, 1, 10))
        for day, words in ((13, "As corrected."), (14, "As corrected again."), (15, "As it is now.")):
            with at(dt.date(2026, 1, day)):
                latest = corrected(cast, latest, progress=words, as_at=dt.date(2026, 1, 1))
                assert kept(part).last_update == latest
                assert in_pack(cast, part)["bodies"][0]["update"]["progress"] == words
                page = shown(part)
                words_told = page[page.index("Correction to an update") :]
                assert words_told.index(words) < words_told.index("As first told.")
        assert Update.objects.of(part).first() == latest

    def test_what_was_claimed_before_is_read_as_the_record_stood_then(
        self, cast: Cast, part: Assignment
    ) -> None:
        with at(dt.date(2025, 12, 1)):
            cast.published(part, claim=Claim.AT_RISK, barriers="Money", as_at=dt.date(2025, 11, 30))
        span = clock.start_of_day(dt.date(2025, 11, 1)), clock.end_of_day(dt.date(2025, 12, 31))

        def told() -> list[Any]:
            groups = {group.kind: group.changes for group in changes(span, Assignment.objects.all())}
            return [(one.status, one.before) for one in groups[ChangeKind.UPDATES]]

        assert told() == [(Claim.AT_RISK, None)]
        cast.published(part, claim=Claim.ON_TRACK, progress="The autumn.", as_at=dt.date(2025, 10, 31))
        assert told() == [(Claim.AT_RISK, None)]


class TestDates:
    """Dates asked for, which the committee decides later, and records later still."""

    def ask(self, cast: Cast, part: Assignment, day: dt.date, new_date: dt.date) -> TargetChange:
        with at(day):
            part.refresh_from_db()
            return target_dates.request_new_date(
                by=cast.olive, assignment=part, new_date=new_date, reason="The contractor is late."
            )

    def decide(self, cast: Cast, change: TargetChange, meeting: Meeting) -> TargetChange:
        return target_dates.decide_new_date(
            by=cast.sam, change=change, agreed=True, note="Last time.", meeting=meeting
        )

    def test_one_decided_later_waited_then(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        change = self.ask(cast, part, dt.date(2025, 10, 1), dt.date(2026, 6, 30))
        client, address = signed_in(cast.sam), reverse("recommendation", args=[part.recommendation_id])
        with at(dt.date(2025, 11, 3)):
            before = words_of(client.get(address))
        with at(EARLIER):
            self.decide(cast, change, meetings[0])
        then = clock.end_of_day(dt.date(2025, 11, 3))
        page = words_of(client.get(address, {"as_at": "2025-11-03"}))
        for words in (
            "New date asked for",
            "30 June 2026",
            "Asked for",
        ):
            assert words in before, words
            assert words in page, words
        assert "Last time." not in page
        assert "New date agreed" not in page
        assert "New date" not in shown(part, as_at="2025-11-03"), "the public reads what was decided"
        assert "New date agreed" in shown(part)
        assert list(TargetChange.objects.waiting_at(then)) == [change]

    def test_one_of_a_part_that_was_closed_waited_no_more(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        change = self.ask(cast, part, dt.date(2025, 10, 1), dt.date(2026, 6, 30))
        with at(EARLIER):
            cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meetings[0])
            assert list(TargetChange.objects.waiting_at(None)) == []
        for day, waiting in ((9, [change]), (10, [])):
            moment = clock.end_of_day(dt.date(2025, 11, day))
            assert list(TargetChange.objects.waiting_at(moment)) == waiting
            content = in_pack(cast, part, moment)
            assert bool(content["bodies"][0]["dates"]["asked"]) == bool(waiting)
        for day, count in ((9, 1), (10, 0)):
            board = signed_in(cast.colin).get(
                reverse("committee_dashboard", args=[cast.committee.pk]), {"as_at": f"2025-11-{day:02}"}
            )
            assert board.context["board"].dates_asked == count

    def test_they_stand_in_the_order_of_the_meetings(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        other = cast.assignment(body=cast.police)
        late = self.ask(cast, part, dt.date(2025, 10, 1), dt.date(2026, 6, 30))
        soon = self.ask_police(cast, other, dt.date(2025, 10, 2), dt.date(2026, 7, 31))
        with at(dt.date(2026, 1, 6)):
            self.decide(cast, soon, meetings[1])
        self.decide(cast, late, meetings[0])
        assert [one.pk for one in TargetChange.objects.decided()] == [soon.pk, late.pk]

    def ask_police(self, cast: Cast, part: Assignment, day: dt.date, new_date: dt.date) -> TargetChange:
        with at(day):
            return target_dates.request_new_date(
                by=cast.pat, assignment=part, new_date=new_date, reason="The contractor is late."
            )


class TestVerdicts:
    def record(self, client: Client, part: Assignment, meeting: Meeting, grade: str, outcome: str) -> Any:
        seen = part.recommendation.assessments.order_by("-pk").values_list("pk", flat=True).first() or 0
        next_one = Meeting.objects.of(meeting.body).after(meeting).first()
        return client.post(
            reverse("assess", args=[part.recommendation_id]),
            {
                "meeting": meeting.pk,
                "grade": grade,
                "outcome": outcome,
                "invited_to": next_one.pk if next_one and outcome == Outcome.ESCALATE else "",
                "comment": "We heard them.",
                "seen": seen,
            },
        )

    @pytest.mark.parametrize(
        ("later", "earlier", "closed", "escalated"),
        [
            ((Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED), (Grade.CONCERNS, Outcome.KEEP), True, False),
            ((Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED), (Grade.CONCERNS, Outcome.ESCALATE), True, False),
            ((Grade.ON_COURSE, Outcome.KEEP), (Grade.CONCERNS, Outcome.CLOSE_SUPERSEDED), False, False),
            ((Grade.ON_COURSE, Outcome.KEEP), (Grade.CONCERNS, Outcome.ESCALATE), False, True),
        ],
    )
    def test_that_of_the_later_meeting_stands(
        self,
        cast: Cast,
        part: Assignment,
        meetings: tuple[Meeting, Meeting],
        later: tuple[str, str],
        earlier: tuple[str, str],
        closed: bool,
        escalated: bool,
    ) -> None:
        client = signed_in(cast.carla)
        for meeting, said in ((meetings[1], later), (meetings[0], earlier)):
            answer = self.record(client, part, meeting, *said)
            assert answer.status_code == 302, words_of(answer)
        row = kept(part)
        assert (row.grade, row.is_open, row.is_escalated) == (later[0], not closed, escalated)
        told = in_pack(cast, part)
        assert bool(told["closed"]) == closed
        assert told["verdicts"][-1]["grade"]["value"] == later[0]
        page = shown(part)
        assert page.index("At its meeting of 5 January 2026") > 0
        assert page.index(f"Committee’s view: {Grade(later[0]).label}") < page.index(
            f"Committee’s view: {Grade(earlier[0]).label}"
        )

    def test_a_claim_made_after_the_meeting_still_waits(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        with at(dt.date(2026, 1, 8)):
            cast.published(part, claim=Claim.DELIVERED, delivered_what="All of it.")
        self.record(signed_in(cast.carla), part, meetings[1], Grade.ON_COURSE, Outcome.KEEP)
        assert kept(part).awaiting_verdict
        assert "The committee has not yet given its view" in shown(part) or "claim is newer" in shown(part)

    def test_nothing_is_known_before_it_is_entered(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        self.record(signed_in(cast.carla), part, meetings[0], Grade.CONCERNS, Outcome.ESCALATE)
        assert "Escalated" not in shown(part, as_at="2026-01-06")
        assert "invited the head of service on 10 November 2025" in shown(part)

    def test_what_fits_neither_then_nor_now_is_refused(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        answer = self.record(signed_in(cast.carla), part, meetings[0], Grade.CONCERNS, Outcome.REOPEN)
        assert answer.status_code == 200
        assert part.recommendation.assessments.count() == 0


class TestWhatIsOffered:
    """The page offers what can be recorded of the meetings, and says which fits where."""

    def offered(self, answer: Any) -> set[str]:
        return {value for value, _ in answer.context["form"].fields["outcome"].choices}

    def test_all_where_it_depends_on_the_meeting_and_what_it_was(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        client, address = signed_in(cast.carla), reverse("assess", args=[part.recommendation_id])
        assert Outcome.REOPEN not in self.offered(client.get(address))
        cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meetings[0])
        assert self.offered(client.get(address)) == {Outcome.REOPEN}
        assert "fits only what was closed" not in words_of(client.get(address))
        cast.verdict(part, Grade.CONCERNS, Outcome.REOPEN, meeting=meetings[1])
        assert self.offered(client.get(address)) == set(Outcome)
        assert (
            "It was closed on 10 November 2025 and reopened on 5 January 2026. “Reopen” fits only what was closed at the"
            " meeting, the others only what was open." in words_of(client.get(address))
        )
        answer = TestVerdicts().record(client, part, meetings[0], Grade.ON_COURSE, Outcome.KEEP)
        assert "This was closed at that meeting. Select one of: Reopen" in words_of(answer)
        assert "We heard them." in text_of(answer)

    def test_the_running_list_of_an_earlier_meeting(
        self, cast: Cast, part: Assignment, meetings: tuple[Meeting, Meeting]
    ) -> None:
        """One part was closed after it, so that the whole had one state then and has two now."""
        assignments.address(by=cast.sam, recommendation=part.recommendation, body=cast.police)
        cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meetings[1])
        client = signed_in(cast.carla)
        (then, now) = (client.get(reverse("assess_meeting", args=[one.pk])) for one in meetings)
        (whole,) = then.context["agenda"].items[0].targets
        assert (whole.assignment, whole.is_open) == (None, True)
        assert "already closed" not in words_of(then)
        parts = now.context["agenda"].items[0].targets
        assert {(one.assignment.body_id, one.is_open) for one in parts} == {
            (cast.cabinet.pk, False),
            (cast.police.pk, True),
        }
        sent = {"grade": Grade.ON_COURSE, "outcome": Outcome.KEEP, "comment": "", "seen": whole.seen}
        answer = client.post(
            reverse("assess_meeting", args=[meetings[0].pk]),
            {"recommendation": part.recommendation_id, "target": whole.key}
            | {f"{whole.key}-{name}": value for name, value in sent.items()},
        )
        assert answer.status_code == 302, words_of(answer)
        assert kept(part).closed_on == LATER


class TestSuccessions:
    def test_a_page_of_the_past_knows_nothing_of_one_entered_later(
        self, cast: Cast, part: Assignment
    ) -> None:
        before = shown(part, as_at="2025-12-01")
        assert "Sent to Cabinet" in before
        successions.abolish_body(
            by=cast.admin, body=cast.cabinet, on=dt.date(2025, 8, 1), reason="Merged", successor=cast.police
        )
        assert "Sent to Testshire Police" in shown(part)
        assert "Testshire Police" not in shown(part, as_at="2025-12-01")
        assert "Sent to Cabinet" in shown(part, as_at="2025-12-01")


class TestPublishedOn:
    """The day of publication is no later than what followed the report."""

    def edit(self, cast: Cast, part: Assignment, day: dt.date) -> Any:
        inquiry = part.recommendation.inquiry
        inquiry.refresh_from_db()
        typed = {
            "title": inquiry.title, "reference": inquiry.reference, "version": inquiry.version,
            "why": "Typed wrong.", "record": "yes", **boxes("published_on", day),
        }  # fmt: skip
        return signed_in(cast.sam).post(reverse("correct", args=["inquiry", inquiry.pk]), typed)

    def test_refused_with_the_reason(self, cast: Cast, part: Assignment) -> None:
        answer = self.edit(cast, part, dt.date(2025, 10, 1))
        assert answer.status_code == 200
        assert "A notice was sent on 1 September 2025, so the report was published by then" in words_of(
            answer
        )
        part.recommendation.inquiry.refresh_from_db()
        assert part.recommendation.inquiry.published_on == dt.date(2025, 9, 1)

    def test_earlier_is_fine_and_the_same_day_too(self, cast: Cast, part: Assignment) -> None:
        for day in (dt.date(2025, 8, 1), dt.date(2025, 9, 1)):
            assert self.edit(cast, part, day).status_code == 302

    def test_behind_a_verdict_alone(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=None)
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=cast.meeting(EARLIER))
        answer = self.edit(cast, part, dt.date(2025, 12, 1))
        assert "The committee gave its view on 10 November 2025" in words_of(answer)

    def test_no_notice_before_the_report(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=None)
        answer = signed_in(cast.sam).post(
            reverse("send_notices", args=[part.recommendation.inquiry_id]),
            {"assignments": part.pk, "send": "", **boxes("on", dt.date(2025, 8, 1))},
        )
        assert kept(part).notified_on is None
        assert "1 September 2025, or a later one" in words_of(answer)


class TestMeetings:
    """A meeting on which business hangs is not moved or cancelled, and the page says why."""

    def test_moved(self, cast: Cast, part: Assignment) -> None:
        meeting = cast.meeting(TODAY)
        cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meeting)
        typed = {"version": meeting.version, **boxes("held_on", dt.date(2028, 6, 30))}
        answer = signed_in(cast.carla).post(reverse("edit_meeting", args=[meeting.pk]), typed)
        assert answer.status_code == 200
        assert "The committee’s view was recorded at this meeting, so its date stays" in words_of(answer)
        assert 'value="2028"' in text_of(answer)
        meeting.refresh_from_db()
        assert meeting.held_on == TODAY

    def test_cancelled(self, cast: Cast, part: Assignment) -> None:
        meeting = cast.meeting(TODAY)
        cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meeting)
        answer = signed_in(cast.carla).post(
            reverse("move_meeting", args=[meeting.pk]),
            {"to": "cancelled", "version": meeting.version},
            follow=True,
        )
        assert "so it can’t be cancelled" in words_of(answer)
        meeting.refresh_from_db()
        assert meeting.state == "planned"


class TestWorkingThroughAList:
    def test_nothing_is_skipped(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        for number in range(1, 33):
            cast.recommendation(inquiry, number=str(number), heading=f"Heading-{number:02}")
        cast.publish(inquiry)
        carla, meeting = signed_in(cast.carla), cast.meeting(TODAY)
        address = reverse("assess_meeting", args=[meeting.pk])

        def on(page: int) -> list[int]:
            answer = carla.get(address, {"show": "to-do", "page": str(page)})
            return [item.recommendation.pk for item in answer.context["agenda"].items]

        everything = [*on(1), *on(2)]
        assert len(everything) == 32
        done = on(1)[:4]
        for pk in done:
            details = {"grade": Grade.CONCERNS, "outcome": Outcome.KEEP, "comment": "", "seen": "0"}
            sent = {f"r{pk}-{name}": value for name, value in details.items()}
            answer = carla.post(
                f"{address}?show=to-do&page=1", {"recommendation": pk, "target": f"r{pk}", **sent}
            )
            assert answer.status_code == 302
        assert [*on(1), *on(2)] == [pk for pk in everything if pk not in done]
        assert on(2) == everything[25:]
