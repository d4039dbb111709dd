"""The ends of bodies, step by step: one with one successor, several that merge, one that is split; and inquiries that pass
to another committee."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import assessments, reviews
from recommendations.lifecycle import Priority, RecordKind
from recommendations.models import (
    Assignment,
    Body,
    InquiryTransfer,
    Succession,
    Transfer,
)
from tests.clients import words_of
from tests.factories import Cast, fresh


@pytest.fixture(autouse=True)
def _in_a_trial(settings: Any, db: None) -> None:
    settings.REQUIRE_ADMIN_MFA = False


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


class TestEndOfABody:
    def entered(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        return {
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
            "successor": cast.police.pk,
            "reason": "The Testshire (Structural Changes) Order 2025",
        } | changes

    def test_what_nobody_knows_to_be_open_is_not_called_open(self, cast: Cast, admin: Client) -> None:
        inquiry = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
        row = cast.recommendation(inquiry, priority=Priority.NOT_KNOWN)
        cast.publish(inquiry, dt.date(2015, 11, 3))
        cast.assignment(recommendation=row, notified_on=None, first_target_on=None)
        address = reverse("abolish_body", args=[cast.cabinet.pk])
        check = admin.post(address, self.entered(cast))
        told = "1 recommendation whose state is not known from public sources"
        assert f"{told} passes to Testshire Police" in words_of(check)
        done = admin.post(address, self.entered(cast, seen=check.context["seen"]), follow=True)
        assert f"{told} passed to Testshire Police" in words_of(done)

    def test_from_the_list_to_the_record(self, cast: Cast, admin: Client) -> None:
        passing = cast.assignment(heading="Safer crossings")
        shared = cast.assignment(heading="Slower lorries")
        theirs = cast.assignment(body=cast.police, recommendation=shared.recommendation)
        address = reverse("abolish_body", args=[cast.cabinet.pk])
        check = admin.post(address, self.entered(cast))
        read = words_of(check)
        assert "2 open recommendations pass to Testshire Police" in read
        assert "1 of them stands beside another part of the same recommendation" in read
        assert "Nobody publishes updates for Testshire Police yet" in read
        assert "Olive Officer" in read
        assert not Succession.objects.exists()
        done = admin.post(address, self.entered(cast, seen=check.context["seen"]), follow=True)
        assert "2 open recommendations passed to Testshire Police" in words_of(done)
        assert "Structural Changes" in words_of(done)
        held = {part.pk: part.owner_name for part in Assignment.objects.for_list()}
        assert held == {
            passing.pk: "Testshire Police (formerly Cabinet)",
            shared.pk: "Testshire Police (formerly Cabinet)",
            theirs.pk: "Testshire Police",
        }
        assert Transfer.objects.count() == 2
        assert "already abolished" in words_of(admin.get(address, follow=True))
        page = words_of(Client().get(reverse("recommendation", args=[shared.recommendation_id])))
        assert "Testshire Police (formerly Cabinet)" in page
        assert "Passed from Cabinet on 1 January 2026" in page

    def test_what_changed_since_is_shown_again(self, cast: Cast, admin: Client) -> None:
        cast.assignment()
        address = reverse("abolish_body", args=[cast.cabinet.pk])
        seen = admin.post(address, self.entered(cast)).context["seen"]
        cast.assignment(heading="One more")
        again = admin.post(address, self.entered(cast, seen=seen))
        assert "The work has changed since you looked" in words_of(again)
        assert not Succession.objects.exists()

    def test_what_was_entered_can_be_changed(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(reverse("abolish_body", args=[cast.cabinet.pk]), self.entered(cast, change="1"))
        assert "Structural Changes" in answer.content.decode()
        assert "Step 1 of 2" in words_of(answer)

    @pytest.mark.parametrize(
        ("changes", "instruction"),
        [
            ({"reason": ""}, "Enter the reason"),
            ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the day"),
            ({"on_year": "2031"}, "or earlier"),
            ({"successor": ""}, "Select a successor"),
            ({"successor": "999999"}, "Select a body from the list"),
        ],
    )
    def test_wrong_input_is_told(
        self, cast: Cast, admin: Client, changes: dict[str, str], instruction: str
    ) -> None:
        cast.assignment()
        answer = admin.post(reverse("abolish_body", args=[cast.cabinet.pk]), self.entered(cast, **changes))
        assert instruction in words_of(answer)
        assert not Succession.objects.exists()

    def test_a_body_without_open_work_needs_no_successor(self, cast: Cast, admin: Client) -> None:
        address = reverse("abolish_body", args=[cast.school.pk])
        check = admin.post(address, self.entered(cast, successor=""))
        admin.post(address, self.entered(cast, successor="", seen=check.context["seen"]))
        assert Succession.objects.get().successor is None


class TestMerger:
    def entered(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        return {
            "bodies": [cast.police.pk, cast.school.pk],
            "successor": cast.cabinet.pk,
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
            "reason": "The Merger Order 2025",
        } | changes

    def test_two_parts_of_one_recommendation_meet_and_stay_two(self, cast: Cast, admin: Client) -> None:
        first = cast.assignment(body=cast.police)
        second = cast.assignment(body=cast.school, recommendation=first.recommendation)
        check = admin.post(reverse("merge_bodies"), self.entered(cast))
        read = words_of(check)
        assert "2 open recommendations pass to Cabinet" in read
        assert "2 of them stand beside another part" in read
        done = admin.post(
            reverse("merge_bodies"), self.entered(cast, seen=check.context["seen"]), follow=True
        )
        assert "were recorded as merged. 2 open recommendations passed to Cabinet" in words_of(done)
        names = {
            part.owner_name for part in Assignment.objects.for_list().filter(pk__in=[first.pk, second.pk])
        }
        assert names == {"Cabinet (formerly Testshire Police)", "Cabinet (formerly Hill School)"}

    @pytest.mark.parametrize(
        ("changes", "instruction"),
        [
            ({"bodies": []}, "Select the bodies that were merged"),
            ({"reason": ""}, "Enter the reason"),
            ({"successor": ""}, "Select the body that they were merged into"),
            ({"on_year": "2027"}, "or earlier"),
        ],
    )
    def test_wrong_input_is_told(
        self, cast: Cast, admin: Client, changes: dict[str, Any], instruction: str
    ) -> None:
        assert instruction in words_of(admin.post(reverse("merge_bodies"), self.entered(cast, **changes)))
        assert not Succession.objects.exists()

    def test_not_into_itself(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(reverse("merge_bodies"), self.entered(cast, successor=cast.police.pk))
        assert "not among those that ended" in words_of(answer)


class TestSplit:
    def entered(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        return {
            "successors": [cast.police.pk, cast.school.pk],
            "successor": cast.police.pk,
            "on_day": "1",
            "on_month": "1",
            "on_year": "2026",
            "reason": "The Split Order 2025",
        } | changes

    def test_each_part_to_one(self, cast: Cast, admin: Client) -> None:
        first, second = cast.assignment(heading="Safer crossings"), cast.assignment(heading="Slower lorries")
        address = reverse("split_body", args=[cast.cabinet.pk])
        asked = words_of(admin.post(address, self.entered(cast)))
        assert "Say who takes over each of its 2 open recommendations." in asked
        missing = admin.post(address, self.entered(cast, check="1", **{f"to-{first.pk}": cast.police.pk}))
        assert f"Select who takes over {second.recommendation.reference}" in words_of(missing)
        assert not Succession.objects.exists()
        chosen = {f"to-{first.pk}": cast.police.pk, f"to-{second.pk}": cast.school.pk}
        shown = admin.post(address, self.entered(cast, check="1", **chosen))
        assert "1 open recommendation passes to Testshire Police" in words_of(shown)
        assert "1 open recommendation passes to Hill School" in words_of(shown)
        assert not Succession.objects.exists()
        seen = shown.context["seen"]
        other = {f"to-{first.pk}": cast.school.pk, f"to-{second.pk}": cast.school.pk}
        assert "has changed since you looked" in words_of(
            admin.post(address, self.entered(cast, seen=seen, **other))
        )
        back = admin.post(address, self.entered(cast, seen=seen, share="1", **chosen))
        assert back.context["shares"][f"to-{second.pk}"].value() == str(cast.school.pk)
        done = admin.post(address, self.entered(cast, seen=seen, **chosen), follow=True)
        assert "2 open recommendations passed to Testshire Police and Hill School" in words_of(done)
        assert Assignment.objects.get(pk=first.pk).body == cast.police
        assert Assignment.objects.get(pk=second.pk).body == cast.school
        assert Succession.objects.count() == 2
        page = words_of(Client().get(reverse("body", args=[cast.cabinet.pk])))
        assert "Ended on 1 January 2026; succeeded by Testshire Police and Hill School" in page
        assert page.count("The Split Order 2025") == 1
        assert "Recorded by" not in page
        assert "Recorded by Ann Administrator" in words_of(admin.get(reverse("body", args=[cast.cabinet.pk])))
        successor = words_of(Client().get(reverse("body", args=[cast.school.pk])))
        assert "which ended on 1 January 2026. The Split Order 2025" in successor
        assert Body.objects.get(pk=cast.cabinet.pk).successor == cast.police

    def test_all_to_one_by_a_button(self, cast: Cast, admin: Client) -> None:
        part = cast.assignment()
        answer = admin.post(
            reverse("split_body", args=[cast.cabinet.pk]), self.entered(cast, all=str(cast.school.pk))
        )
        assert answer.context["shares"][f"to-{part.pk}"].value() == str(cast.school.pk)
        assert not Succession.objects.exists()

    def test_into_one_is_no_split(self, cast: Cast, admin: Client) -> None:
        answer = admin.post(
            reverse("split_body", args=[cast.cabinet.pk]), self.entered(cast, successors=[cast.police.pk])
        )
        assert "Select two bodies or more" in words_of(answer)


class TestPassingInquiriesOn:
    def entered(self, cast: Cast, inquiry: Any, **changes: Any) -> dict[str, Any]:
        return {
            "inquiries": [inquiry.pk],
            "to": cast.other_committee.pk,
            "on_day": "12",
            "on_month": "1",
            "on_year": "2026",
            "reason": "Decided by the Council on 12 January 2026",
        } | changes

    def test_the_new_committee_goes_on(self, cast: Cast, admin: Client) -> None:
        part = cast.assignment()
        cast.verdict(part, "concerns", "keep")
        inquiry = part.recommendation.inquiry
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 3, 1)
        )
        address = reverse("pass_inquiries", args=[cast.committee.pk])
        assert "1 part open" in words_of(admin.post(address, self.entered(cast, inquiry)))
        assert not InquiryTransfer.objects.exists()
        done = admin.post(address, self.entered(cast, inquiry, confirm="1", ends="on"), follow=True)
        assert "1 inquiry passed to the Transport Select Committee" in words_of(done)
        inquiry.refresh_from_db()
        review.refresh_from_db()
        assert inquiry.committee == review.committee == cast.other_committee
        assert inquiry.reference == "INQ 1"
        page = words_of(Client().get(reverse("inquiry", args=[inquiry.pk])))
        assert "Inquiry of the Children's Select Committee until 12 January 2026" in page
        assert "followed up since by the Transport Select Committee" in page
        client = Client()
        client.force_login(cast.oscar)
        assert client.get(reverse("review", args=[review.pk])).status_code == 200
        meeting = cast.meeting(clock.today(), body=cast.other_committee)
        oscar = fresh(cast.oscar)
        verdict = assessments.assess(
            by=oscar,
            recommendation=Assignment.objects.get(pk=part.pk).recommendation,
            meeting=meeting,
            grade="implemented",
            outcome="close_implemented",
            comment="The committee saw it.",
        )
        assert verdict.closes
        for committee in (cast.committee, cast.other_committee):
            admin_view = Client()
            admin_view.force_login(cast.carla)
            assert admin_view.get(reverse("committee_dashboard", args=[committee.pk])).status_code == 200

    @pytest.mark.parametrize(
        ("changes", "instruction"),
        [
            ({"inquiries": []}, "Select at least one inquiry"),
            ({"to": ""}, "Select the committee"),
            ({"reason": ""}, "Enter the reason"),
        ],
    )
    def test_wrong_input_is_told(
        self, cast: Cast, admin: Client, changes: dict[str, Any], instruction: str
    ) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        address = reverse("pass_inquiries", args=[cast.committee.pk])
        assert instruction in words_of(admin.post(address, self.entered(cast, inquiry, **changes)))

    def test_a_committee_that_still_follows_up_does_not_end(self, cast: Cast, admin: Client) -> None:
        first = cast.assignment().recommendation.inquiry
        cast.assignment(heading="Another")
        address = reverse("pass_inquiries", args=[cast.committee.pk])
        shown = words_of(admin.post(address, self.entered(cast, first, ends="on")))
        assert "can’t have ended while inquiries stay with it" in shown
        answer = admin.post(address, self.entered(cast, first, confirm="1", ends="on"))
        assert "has 1 inquiry that is not concluded" in words_of(answer)
        assert not InquiryTransfer.objects.exists()
