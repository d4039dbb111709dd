"""What a meeting's running list shows beside the choice, who reads what is proposed on it, and how it is recorded."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import corrections, evidence, meetings, target_dates
from recommendations.actions.proposed_verdicts import propose_verdict, withdraw_proposal
from recommendations.lifecycle import Claim, Decision, Grade, Outcome, ProposalState
from recommendations.models import Assessment, Assignment, Meeting, ProposedVerdict
from tests.clients import signed_in, text_of, words_of
from tests.factories import TODAY, Cast, at

pytestmark = pytest.mark.django_db

LAST = dt.date(2025, 12, 1)
NEXT = dt.date(2026, 3, 2)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(TODAY)


@pytest.fixture
def part(cast: Cast) -> Assignment:
    return cast.assignment()


def list_of(client: Client, meeting: Meeting, part: Assignment | None = None, **query: Any) -> Any:
    return client.get(reverse("assess_meeting", args=[meeting.pk]), query)


def one_of(client: Client, meeting: Meeting, part: Assignment) -> Any:
    """The page on which the view of one recommendation is recorded."""
    return client.get(reverse("assess", args=[part.recommendation_id]))


def marks(answer: Any) -> list[str]:
    """The marks of what was corrected, in the order of the page."""
    page = lxml.html.fromstring(text_of(answer))
    found = page.xpath("//main//p[contains(@class, 'app-correction')]")
    return [" ".join(mark.text_content().split()) for mark in found]


def propose(cast: Cast, part: Assignment, meeting: Meeting, **details: Any) -> ProposedVerdict:
    said = {"grade": Grade.CONCERNS, "outcome": Outcome.KEEP, "comment": "Figures next time."} | details
    return propose_verdict(by=cast.colin, recommendation=part.recommendation, meeting=meeting, **said)


def press(client: Client, meeting: Meeting, proposed: ProposedVerdict, what: str, **more: Any) -> Any:
    sent: dict[str, Any] = {
        "recommendation": proposed.recommendation_id,
        "target": proposed.target_key,
        "do": what,
    }
    sent |= {"proposal": proposed.pk, "version": proposed.version, "seen": 0} | more
    return client.post(reverse("assess_meeting", args=[meeting.pk]), sent)


class TestBesideTheChoice:
    def test_a_body_that_rejected_it_says_so_with_its_reason(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        cast.response(part, Decision.REJECTED, reason="The road belongs to the district.")
        words = words_of(list_of(signed_in(cast.colin), meeting))
        assert "Response Rejected" in words
        assert "Reason given: The road belongs to the district." in words
        assert "has reported nothing yet" not in words

    def test_a_body_that_accepted_it_and_is_silent(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        assert "Response None yet" in words_of(list_of(signed_in(cast.colin), meeting))
        cast.response(part)
        words = words_of(list_of(signed_in(cast.colin), meeting))
        assert "Cabinet has reported nothing yet Response Accepted" in words

    def test_progress_barriers_and_evidence(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        shown = evidence.add_evidence(
            by=cast.olive, update=cast.draft(part), title="Photographs", url="https://example.org/p"
        )
        cast.published(part, barriers="The contractor went bankrupt.")
        page = list_of(signed_in(cast.colin), meeting)
        words = words_of(page)
        assert "Progress Two of the five crossings are built." in words
        assert "What stands in the way The contractor went bankrupt." in words
        assert f'href="{reverse("evidence_file", args=[shown.pk])}"' in text_of(page)

    def test_the_measure_and_the_first_promise_with_what_it_became(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        part = cast.assignment(
            success_measure="No child hurt for a year.", first_target_on=dt.date(2026, 1, 31)
        )
        change = target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 9, 30), reason="The bidder withdrew."
        )
        cast.agree(change)
        words = words_of(list_of(signed_in(cast.colin), meeting))
        assert "Measure of success: No child hurt for a year." in words
        assert "First date 31 January 2026, now 30 September 2026: moved once, 242 days in all" in words

    def test_the_last_verdict_of_each_part(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        police = cast.assignment(recommendation=part.recommendation, body=cast.police)
        earlier = cast.meeting(LAST)
        cast.verdict(part, Grade.ON_COURSE, Outcome.KEEP, meeting=earlier, comment="Well begun.")
        cast.verdict(police, Grade.CONCERNS, Outcome.KEEP, meeting=earlier, comment="Too slow.")
        words = words_of(list_of(signed_in(cast.colin), meeting))
        assert (
            "The committee last said On course Keep monitoring 1 December 2025, of Cabinet Well begun."
            in words
        )
        assert (
            "The committee last said Concerns Keep monitoring 1 December 2025, of Testshire Police Too slow."
            in words
        )

    def test_in_the_order_of_the_report(self, cast: Cast, meeting: Meeting) -> None:
        inquiry = cast.inquiry()
        for number in ("10", "2", "1b", "1a"):
            cast.recommendation(inquiry, number=number, heading=f"Number {number}.")
        cast.publish(inquiry)
        items = list_of(signed_in(cast.colin), meeting).context["agenda"].items
        assert [item.recommendation.number for item in items] == ["1a", "1b", "2", "10"]

    def test_exempt_evidence_is_named_by_its_summary_alone(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        evidence.add_evidence(
            by=cast.olive, update=cast.draft(part), title="Named families", url="https://example.org/f",
            visibility="exempt", exempt_paragraphs=[1], public_summary="A list.",
        )  # fmt: skip
        cast.published(part)
        for reader, sees in ((cast.colin, False), (cast.sam, True)):
            text = text_of(list_of(signed_in(reader), meeting))
            assert ("Named families" in text) is sees
            assert ("A list. (exempt: not for publication)" in " ".join(text.split())) is not sees

    def test_the_same_number_of_queries_on_a_full_table(self, cast: Cast, meeting: Meeting) -> None:
        """For one recommendation with everything that the list can show of it, and for twelve."""
        inquiry = cast.inquiry()
        rows = [cast.recommendation(inquiry, heading=f"Number {n}") for n in range(12)]
        cast.publish(inquiry)
        earlier = cast.meeting(LAST)
        client = signed_in(cast.carla)

        def spent(**query: Any) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert list_of(client, meeting, **query).status_code == 200
            return len(queries)

        def fill(row: Any) -> None:
            row.refresh_from_db()
            one = cast.assignment(recommendation=row, first_target_on=dt.date(2025, 10, 1))
            two = cast.assignment(recommendation=row, body=cast.police)
            cast.response(one, Decision.REJECTED)
            evidence.add_evidence(
                by=cast.olive, update=cast.draft(one), title="Photographs", url="https://example.org/p"
            )
            cast.published(one, barriers="Money.")
            cast.verdict(two, Grade.CONCERNS, Outcome.KEEP, meeting=earlier)
            cast.verdict(one, Grade.CONCERNS, Outcome.KEEP, meeting=meeting)
            propose(cast, two, meeting, assignment=two)
            propose_verdict(
                by=cast.chris, recommendation=row, meeting=meeting, grade=Grade.CONCERNS, outcome=Outcome.KEEP
            )
            propose(cast, one, meeting)
            target_dates.request_new_date(
                by=cast.olive, assignment=one, new_date=dt.date(2026, 9, 30), reason="The bidder withdrew."
            )

        fill(rows[0])
        spent(), spent(show="sheet")
        one = spent(), spent(show="sheet")
        for row in rows[1:]:
            fill(row)
        assert (spent(), spent(show="sheet")) == one
        keys = {"target": [f"r{row.pk}" for row in rows]}
        several = reverse("assess_several", args=[meeting.pk])
        with CaptureQueriesContext(connection) as of_all:
            assert client.get(several, keys).status_code == 200
        with CaptureQueriesContext(connection) as of_one:
            assert client.get(several, {"target": [f"r{rows[0].pk}"]}).status_code == 200
        assert len(of_all) == len(of_one)


class TestWhatWasCorrected:
    """What the committee reads before it decides carries the marks that the public reads."""

    WHY = "Taken from the wrong line."

    def right_view(self, cast: Cast, part: Assignment, **details: Any) -> None:
        """Put the committee's last view in the place of one recorded in error."""
        wrong = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=cast.meeting(LAST))
        right = {
            "recommendation": wrong.recommendation,
            "assignment": part,
            "meeting": wrong.meeting,
            "grade": Grade.ON_COURSE,
            "outcome": Outcome.KEEP,
        }
        corrections.correct_assessment(by=cast.sam, assessment=wrong, reason=self.WHY, right=right | details)

    def test_a_view_in_the_place_of_another(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        client, places = signed_in(cast.carla), (list_of, one_of)
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=cast.meeting(dt.date(2025, 11, 3)))
        assert [marks(place(client, meeting, part=part)) for place in places] == [[], []]
        self.right_view(cast, part)
        told = f"Corrected Recorded before (Grade: {Grade.CONCERNS.label}), corrected on 12 January 2026 because: {self.WHY}"
        for place in places:
            here, of_view = marks(place(client, meeting, part=part))
            assert here.startswith("Corrected What was recorded, and why it was corrected: ")
            assert of_view.startswith(told)

    def test_a_view_recorded_at_this_meeting(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        self.right_view(cast, part, meeting=meeting)
        [_, of_view] = marks(list_of(signed_in(cast.carla), meeting))
        assert of_view.startswith("Corrected Recorded before (At the meeting: ")

    def test_the_day_of_the_meeting_of_the_last_view(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        view = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=cast.meeting(LAST))
        corrections.correct_meeting_date(
            by=cast.sam,
            meeting=Meeting.objects.get(pk=view.meeting_id),
            held_on=LAST + dt.timedelta(1),
            reason=self.WHY,
        )
        for place in (list_of, one_of):
            [mark] = marks(place(signed_in(cast.carla), meeting, part=part))
            assert mark.startswith("Corrected Recorded before (Date of the meeting: 1 December 2025)")

    def test_the_answer_the_first_date_and_the_update(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        client = signed_in(cast.carla)
        cast.correcting(cast.published(part), progress="Three are built.")
        assert marks(list_of(client, meeting)) == [
            f"Corrected It corrects an earlier update: {part.recommendation.reference}"
        ]
        part.refresh_from_db()
        corrections.correct_first_date(by=cast.sam, assignment=part, on=dt.date(2026, 6, 30), reason=self.WHY)
        assert len(marks(list_of(client, meeting))) == 2
        right = {"decision": Decision.REJECTED, "reason": "No money.", "decided_on": dt.date(2025, 10, 6)}
        corrections.correct_response(by=cast.sam, response=cast.response(part), reason=self.WHY, right=right)
        assert [mark for mark in marks(list_of(client, meeting)) if "Decision: Accepted" in mark]


class TestWhatIsProposed:
    def test_the_committees_people_read_it_and_may_confirm_it(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        propose(cast, part, meeting, comment="We want figures.")
        for reader, confirms, withdraws in (
            (cast.colin, False, True),
            (cast.chris, True, False),
            (cast.carla, True, False),
            (cast.sam, True, False),
        ):
            text = text_of(list_of(signed_in(reader), meeting))
            assert "Colin Councillor proposes" in text
            assert "We want figures." in text
            assert ("Confirm for the committee" in text) is confirms
            assert ("Withdraw my proposal" in text) is withdraws

    def test_a_member_proposes_from_the_list_and_finds_it_there_again(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        client, key = signed_in(cast.colin), f"r{part.recommendation_id}"
        sent: dict[str, Any] = {
            f"{key}-grade": "concerns",
            f"{key}-outcome": "keep",
            f"{key}-comment": "Figures.",
            f"{key}-seen": "0",
        }
        sent |= {
            "recommendation": part.recommendation_id,
            "target": key,
            "do": "propose",
            f"{key}-version": "0",
        }
        answer = client.post(reverse("assess_meeting", args=[meeting.pk]), sent, follow=True)
        assert f"Proposed for {part.recommendation.reference}: Concerns, keep monitoring." in words_of(answer)
        assert not Assessment.objects.exists()
        assert "Figures." in str(answer.context["agenda"].items[0].targets[0].form["comment"])
        assert "0 of 1 assessed" in words_of(answer)

    def test_a_forged_button_does_not_record(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        client, key = signed_in(cast.colin), f"r{part.recommendation_id}"
        sent: dict[str, Any] = {
            f"{key}-grade": "concerns",
            f"{key}-outcome": "keep",
            "target": key,
            "do": "record",
        }
        sent |= {"recommendation": part.recommendation_id}
        assert client.post(reverse("assess_meeting", args=[meeting.pk]), sent).status_code == 403
        assert press(client, meeting, propose(cast, part, meeting), "confirm").status_code == 403
        assert not Assessment.objects.exists()

    def test_confirming_says_it_and_ends_the_others(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        propose_verdict(
            by=cast.chris,
            recommendation=part.recommendation,
            meeting=meeting,
            grade=Grade.ON_COURSE,
            outcome=Outcome.KEEP,
        )
        client = signed_in(cast.carla)
        assert press(client, meeting, propose(cast, part, meeting), "confirm").status_code == 302
        words = words_of(list_of(client, meeting))
        assert "Concerns, keep monitoring, as Colin Councillor proposed." in words
        assert "Carla Clerk, 12 January 2026 at midday, as Colin Councillor proposed" in words
        assert "proposes" not in words
        assert "1 other proposal" in words

    def test_the_second_of_two_who_confirm_reads_what_stands(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        proposal = propose(cast, part, meeting)
        assert press(signed_in(cast.chris), meeting, proposal, "confirm").status_code == 302
        answer = press(signed_in(cast.carla), meeting, proposal, "confirm")
        assert answer.status_code == 200
        assert "Chris Chair has recorded a view meanwhile" in words_of(answer)
        assert "Nothing was done." in words_of(answer)
        assert f"{part.recommendation.reference}: Somebody else was first." in words_of(answer)
        assert Assessment.objects.count() == 1

    def test_what_was_withdrawn_meanwhile_is_not_confirmed(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        proposal = propose(cast, part, meeting)
        withdraw_proposal(by=cast.colin, proposal=proposal)
        answer = press(signed_in(cast.carla), meeting, proposal, "confirm")
        assert "Colin Councillor has withdrawn this proposal meanwhile" in words_of(answer)
        assert not Assessment.objects.exists()

    def test_withdrawing_says_it(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        proposal = propose(cast, part, meeting)
        client = signed_in(cast.colin)
        press(client, meeting, proposal, "withdraw")
        assert "Withdrawn for" in words_of(list_of(client, meeting))
        assert ProposedVerdict.objects.get().state == ProposalState.WITHDRAWN

    def test_another_members_is_not_withdrawn(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        answer = press(signed_in(cast.chris), meeting, propose(cast, part, meeting), "withdraw")
        assert "Only the member who proposed this can withdraw it" in words_of(answer)

    @pytest.mark.parametrize("number", ["", "x", "987654", "²"])
    def test_a_forged_proposal_is_not_found(
        self, cast: Cast, part: Assignment, meeting: Meeting, number: str
    ) -> None:
        there = propose(cast, part, meeting)
        answer = press(signed_in(cast.carla), meeting, there, "confirm", proposal=number)
        assert answer.status_code == 404

    def test_nobody_else_reads_it_anywhere(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        secret = "Zanzibarically late"
        propose(cast, part, meeting, comment=secret)
        pk, inquiry = part.recommendation_id, part.recommendation.inquiry_id
        addresses = [
            reverse("recommendation", args=[pk]), reverse("inquiry", args=[inquiry]), reverse("recommendations"),
            f"{reverse('search')}?q=Zanzibarically", reverse("assignment", args=[part.pk]), reverse("home"),
            *(reverse(name) for name in ("open_data", "my_work", "approvals", "audit_trail")),
        ]  # fmt: skip
        for reader in (None, cast.olive, cast.ada, cast.pat, cast.oscar, cast.admin, cast.nobody):
            client = signed_in(reader) if reader else Client()
            for address in addresses:
                assert secret not in text_of(client.get(address)).replace("q=Zanzibarically", ""), address
            assert list_of(client, meeting).status_code == (403 if reader else 302)


class TestClosingWhatWasNotReported:
    def test_the_form_says_that_it_asks_and_the_action_asks(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        client, key = signed_in(cast.carla), f"r{part.recommendation_id}"
        assert "with the ground: Cabinet has not reported it as delivered." in words_of(
            list_of(client, meeting)
        )
        sent: dict[str, Any] = {
            f"{key}-grade": "implemented",
            f"{key}-outcome": "close_implemented",
            "target": key,
        }
        sent |= {"recommendation": part.recommendation_id, f"{key}-seen": "0"}
        answer = client.post(reverse("assess_meeting", args=[meeting.pk]), sent)
        assert "Enter on what ground the committee closes this as implemented" in words_of(answer)
        sent[f"{key}-comment"] = "Members saw it on a visit."
        assert client.post(reverse("assess_meeting", args=[meeting.pk]), sent).status_code == 302

    def test_not_of_what_was(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        cast.published(part, claim=Claim.DELIVERED, delivered_what="All five.")
        assert "with the ground" not in words_of(list_of(signed_in(cast.carla), meeting))
        cast.verdict(part, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=meeting, comment="")
        assert not Assignment.objects.get(pk=part.pk).is_open


class TestSeveralAtOnce:
    @pytest.fixture
    def two(self, cast: Cast, part: Assignment) -> list[Assignment]:
        return [part, cast.assignment(reference="OTHER 1")]

    def where(self, meeting: Meeting, two: list[Assignment]) -> str:
        return reverse(
            "assess_several",
            args=[meeting.pk],
            query={"target": [f"r{one.recommendation_id}" for one in two]},
        )

    def said(self, two: list[Assignment], **more: Any) -> dict[str, Any]:
        seen = {f"seen-r{one.recommendation_id}": 0 for one in two}
        return {"grade": "concerns", "outcome": "keep", "comment": "Figures for both.", **seen} | more

    def test_filled_in_checked_and_recorded(
        self, cast: Cast, meeting: Meeting, two: list[Assignment]
    ) -> None:
        client, where = signed_in(cast.carla), self.where(meeting, two)
        page = client.get(where)
        assert all(one.recommendation.reference in words_of(page) for one in two)
        checked = client.post(where, self.said(two, do="check"))
        assert "Check this view" in words_of(checked)
        assert "Record this view" in words_of(checked)
        assert not Assessment.objects.exists()
        done = client.post(where, self.said(two, do="record"), follow=True)
        assert "Recorded for " in words_of(done)
        assert all(one.recommendation.reference in words_of(done) for one in two)
        assert Assessment.objects.count() == 2

    def test_a_member_proposes_for_several(self, cast: Cast, meeting: Meeting, two: list[Assignment]) -> None:
        client, where = signed_in(cast.colin), self.where(meeting, two)
        assert "Record this view" not in words_of(client.post(where, self.said(two, do="check")))
        assert client.post(where, self.said(two, do="record")).status_code == 403
        assert client.post(where, self.said(two, do="propose")).status_code == 302
        assert ProposedVerdict.objects.standing().count() == 2
        assert not Assessment.objects.exists()

    @pytest.mark.parametrize("do", ["check", "record"])
    def test_one_refusal_loses_nothing_and_names_the_item(
        self, cast: Cast, meeting: Meeting, two: list[Assignment], do: str
    ) -> None:
        cast.published(two[0], claim=Claim.DELIVERED, delivered_what="All five.")
        said = self.said(two, do=do, grade="implemented", outcome="close_implemented", comment="")
        answer = signed_in(cast.carla).post(self.where(meeting, two), said)
        assert f"{two[1].recommendation.reference}: Enter on what ground" in words_of(answer)
        assert re.search(r'value="close_implemented"[^>]* checked', text_of(answer))
        assert not Assessment.objects.exists()

    def test_what_was_recorded_meanwhile_is_told(
        self, cast: Cast, meeting: Meeting, two: list[Assignment]
    ) -> None:
        cast.verdict(two[1], Grade.ON_COURSE, Outcome.KEEP, meeting=meeting)
        client, where = signed_in(cast.carla), self.where(meeting, two)
        answer = client.post(where, self.said(two, do="record"))
        assert "Carla Clerk has recorded a view meanwhile" in words_of(answer)
        assert "Figures for both." in text_of(answer)
        assert Assessment.objects.count() == 1

    def test_changing_it_keeps_the_words(self, cast: Cast, meeting: Meeting, two: list[Assignment]) -> None:
        answer = signed_in(cast.carla).post(self.where(meeting, two), self.said(two, do="change"))
        assert "Figures for both." in text_of(answer)
        assert "Check before it is saved" in words_of(answer)

    def test_an_escalation_says_who_is_told(
        self, cast: Cast, meeting: Meeting, two: list[Assignment]
    ) -> None:
        later = cast.meeting(NEXT, place="The Old Library")
        said = self.said(two, do="check", outcome="escalate", invited_to=later.pk)
        words = words_of(signed_in(cast.carla).post(self.where(meeting, two), said))
        assert "To the meeting on 2 March 2026, The Old Library" in words
        assert "the officers of Cabinet are told by e-mail" in words

    def test_who_is_not_escalated_is_invited_to_no_meeting(
        self, cast: Cast, meeting: Meeting, two: list[Assignment]
    ) -> None:
        later = cast.meeting(NEXT)  # what the list box offers first, where no script hides it
        said = self.said(two, do="check", invited_to=later.pk)
        words = words_of(signed_in(cast.carla).post(self.where(meeting, two), said))
        assert "Check this view" in words
        assert "To the meeting on" not in words

    @pytest.mark.parametrize(
        "keys", ["", "target=", "target=r", "target=zz9", "target=r987654&target=a²", "target=r-1"]
    )
    def test_nothing_ticked_leads_back(
        self, cast: Cast, meeting: Meeting, two: list[Assignment], keys: str
    ) -> None:
        client = signed_in(cast.carla)
        answer = client.get(f"{reverse('assess_several', args=[meeting.pk])}?{keys}", follow=True)
        assert "Tick the recommendations that the view is for" in words_of(answer)

    def test_what_left_the_list_is_said(self, cast: Cast, meeting: Meeting, two: list[Assignment]) -> None:
        with at(LAST):
            earlier = cast.meeting(LAST)
        cast.verdict(two[1], Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=earlier)
        answer = signed_in(cast.carla).get(self.where(meeting, two))
        assert "1 thing that you ticked is not on this meeting’s list any more" in words_of(answer)

    def test_not_before_the_day(self, cast: Cast, two: list[Assignment]) -> None:
        later = cast.meeting(NEXT)
        answer = signed_in(cast.carla).post(self.where(later, two), self.said(two, do="record"))
        assert answer.status_code == 302
        assert not Assessment.objects.exists()


class TestInvitations:
    def test_the_meeting_is_named_everywhere(self, cast: Cast, part: Assignment, meeting: Meeting) -> None:
        later = cast.meeting(NEXT, place="The Old Library")
        client, key = signed_in(cast.carla), f"r{part.recommendation_id}"
        assert "2 March 2026, The Old Library" in words_of(list_of(client, meeting))
        sent: dict[str, Any] = {
            f"{key}-grade": "concerns",
            f"{key}-outcome": "escalate",
            f"{key}-comment": "Late.",
            "target": key,
        }
        sent |= {"recommendation": part.recommendation_id, f"{key}-seen": "0"}
        answer = client.post(reverse("assess_meeting", args=[meeting.pk]), sent)
        assert "Select the meeting to which the head of service is invited" in words_of(answer)
        sent[f"{key}-invited_to"] = later.pk
        assert client.post(reverse("assess_meeting", args=[meeting.pk]), sent).status_code == 302
        public = words_of(Client().get(reverse("recommendation", args=[part.recommendation_id])))
        assert (
            "invited the head of service on 12 January 2026, to the meeting on 2 March 2026, The Old Library"
            in public
        )
        assert "The head of service is invited to the meeting on 2 March 2026, The Old Library." in public

    def test_it_goes_with_a_meeting_that_is_moved_or_cancelled(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        later = cast.meeting(NEXT)
        cast.verdict(part, Grade.CONCERNS, Outcome.ESCALATE, meeting=meeting)
        page = reverse("recommendation", args=[part.recommendation_id])
        later = meetings.edit_meeting(by=cast.carla, meeting=later, held_on=dt.date(2026, 3, 9))
        assert "to the meeting on 9 March 2026" in words_of(Client().get(page))
        meetings.move_meeting(by=cast.carla, meeting=later, to="cancelled")
        assert "to the meeting on 9 March 2026 (cancelled)" in words_of(Client().get(page))

    def test_none_is_named_where_none_is_arranged(
        self, cast: Cast, part: Assignment, meeting: Meeting
    ) -> None:
        assert "no later meeting in the calendar" in words_of(list_of(signed_in(cast.carla), meeting))
        verdict = cast.verdict(part, Grade.CONCERNS, Outcome.ESCALATE, meeting=meeting)
        assert verdict.invitation == "to a meeting that is not arranged yet"


def test_nothing_waits_is_not_said_where_the_list_proposes_an_invitation(cast: Cast) -> None:
    """On the day of the second meeting at which it is overdue."""
    with at(dt.date(2025, 9, 15)):
        cast.assignment(first_target_on=dt.date(2025, 11, 1))
    cast.meeting(LAST)
    meeting = cast.meeting(TODAY)
    client = signed_in(cast.colin)
    board = words_of(client.get(reverse("committee_dashboard", args=[cast.committee.pk])))
    assert "Overdue at two meetings running" in words_of(list_of(client, meeting))
    assert "Invite the head of service: Safer crossings" in board
    assert "Nothing waits for the committee" not in board


def test_a_sheet_to_take_into_the_room(cast: Cast, part: Assignment, meeting: Meeting) -> None:
    page = list_of(signed_in(cast.colin), meeting, show="sheet")
    assert "Print this sheet" in words_of(page)
    assert "Reason or comment:" in words_of(page)
    assert "<form" not in text_of(page).split('id="list"')[1].split("</main>")[0]
