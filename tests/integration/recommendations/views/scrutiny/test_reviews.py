"""Reviews, chasing, and the committee's decisions on new dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import corrections, reviews, target_dates, updates
from recommendations.lifecycle import DatesAgreedBy, Grade, Outcome, TargetState
from recommendations.models import Body, Review, TargetChange, UpdateRequest
from tests.clients import boxes, form_values, signed_in, text_of, words_of
from tests.factories import TODAY, Cast, at
from tests.integration.recommendations.views.scrutiny.helpers import busy_inquiry

pytestmark = pytest.mark.django_db


def open_review(cast: Cast) -> Review:
    return reviews.open_review(
        by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 2)
    )


@pytest.fixture
def review(cast: Cast) -> Review:
    busy_inquiry(cast, 2, notified_on=dt.date(2025, 11, 3))
    return open_review(cast)


class TestRights:
    def test_another_committee_sees_nothing(self, cast: Cast, review: Review) -> None:
        for name in ("review", "close_review"):
            assert signed_in(cast.oscar).get(reverse(name, args=[review.pk])).status_code == 404
            assert signed_in(cast.carla).get(reverse(name, args=[review.pk])).status_code == 403
        assert "6-month review" not in text_of(signed_in(cast.oscar).get(reverse("reviews")))
        inquiry = UpdateRequest.objects.earliest("pk").assignment.recommendation.inquiry
        address = reverse("new_review") + f"?inquiry={inquiry.pk}"
        assert signed_in(cast.oscar).get(address).status_code == 403

    @pytest.mark.parametrize("query", ["inquiry=99999", "committee=99999", "committee=x"])
    def test_wrong_addresses(self, cast: Cast, query: str) -> None:
        assert signed_in(cast.sam).get(reverse("new_review") + f"?{query}").status_code == 404


class TestNewReview:
    def test_the_due_day_is_counted_back_from_the_meeting(self, cast: Cast) -> None:
        inquiry = busy_inquiry(cast, 2, notified_on=dt.date(2025, 11, 3))
        meeting = cast.meeting(dt.date(2026, 4, 14))
        client, address = signed_in(cast.sam), reverse("new_review") + f"?inquiry={inquiry.pk}"
        words = text_of(client.get(address))
        assert "updates by 1 April 2026" in words  # Good Friday and Easter Monday lie between
        assert 'value="6-month review"' in words
        data = {"title": "6-month review", "inquiries": [inquiry.pk], "meeting": meeting.pk}
        assert client.post(address, data | boxes("due_on", None) | {"do": "open"}).status_code == 302
        review = Review.objects.get()
        assert (review.due_on, review.requests.count()) == (dt.date(2026, 4, 1), 4)

    def test_a_proposed_one_comes_with_its_meeting(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry  # published on 1 September 2025
        meeting = cast.meeting(dt.date(2026, 3, 9))
        client = signed_in(cast.sam)
        assert "due about 1 March 2026, for the meeting on 9 March 2026" in text_of(
            client.get(reverse("workspace"))
        )
        page = client.get(reverse("new_review") + f"?inquiry={inquiry.pk}")
        assert page.context["form"]["meeting"].value() == meeting.pk

    def test_bad_input(self, cast: Cast) -> None:
        busy_inquiry(cast, 1, notified_on=dt.date(2025, 11, 3))
        soon = cast.meeting(dt.date(2026, 1, 20))
        client, address = signed_in(cast.sam), reverse("new_review")
        words = text_of(client.post(address, {"title": ""} | boxes("due_on", None)))
        assert "Enter a title" in words
        assert "or select a meeting" in words
        words = text_of(client.post(address, {"title": "R", "meeting": soon.pk} | boxes("due_on", None)))
        assert "is past" in words
        words = text_of(client.post(address, {"title": "R"} | boxes("due_on", dt.date(2026, 1, 1))))
        assert "must be 12 January 2026 or later" in words

    def test_nothing_open(self, cast: Cast) -> None:
        data = {"title": "R", **boxes("due_on", dt.date(2026, 3, 1))}
        assert "nothing open" in text_of(signed_in(cast.sam).post(reverse("new_review"), data))


class TestAskedAlready:
    """Before a review is opened it is said what an open one asks already, so that nobody is asked twice unawares."""

    def check(self, cast: Cast) -> str:
        data = {"title": "Second", **boxes("due_on", dt.date(2026, 3, 1))}
        return words_of(signed_in(cast.sam).post(reverse("new_review"), data))

    def first(self, cast: Cast) -> Review:
        return reviews.open_review(
            by=cast.sam, committee=cast.committee, title="First", due_on=dt.date(2026, 2, 1)
        )

    def test_by_an_open_review_and_when_it_was_chased(self, cast: Cast) -> None:
        part, other = cast.assignment(), cast.assignment()
        review = self.first(cast)
        reviews.chase(by=cast.sam, requests=list(review.requests.filter(assignment=part)))
        cast.published(other)
        told = (
            "Cabinet, by “First” of 12 January 2026, due 1 February 2026, chased on 12 January 2026:"
            f" {part.recommendation.reference} It is asked again by this review"
        )
        assert f"Asked already, by a review that is still open: {told}" in self.check(cast)
        again = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Second", due_on=dt.date(2026, 3, 1)
        )
        cast.published(part)
        assert not again.requests.filter(assignment=part, fulfilled_by=None).exists()

    @pytest.mark.parametrize("ends", ["cancelled", "closed", "answered", "addressed in error"])
    def test_not_by_one_that_asks_no_more(self, ends: str, cast: Cast) -> None:
        part = cast.assignment()
        cast.assignment(body=cast.police)
        review = self.first(cast)
        match ends:
            case "cancelled":
                reviews.cancel_review(by=cast.sam, review=review, reason="By mistake.")
            case "closed":
                reviews.close_review(by=cast.sam, review=review)
            case "answered":
                cast.published(part)
            case _:
                corrections.correct_addressee(by=cast.sam, assignment=part, body=None, reason="Typed wrong.")
        assert "Cabinet, by “First”" not in self.check(cast)

    def test_before_others_are_asked_too(self, cast: Cast) -> None:
        cast.assignment()
        review = self.first(cast)
        cast.assignment(body=cast.police)
        reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Another", due_on=dt.date(2026, 3, 1)
        )
        page = words_of(signed_in(cast.sam).get(reverse("review", args=[review.pk])))
        assert "Testshire Police, by “Another” of 12 January 2026" in page
        assert "Cabinet, by “Another”" not in page


class TestReview:
    def test_chase_some_then_all(self, cast: Cast, review: Review) -> None:
        client, address = signed_in(cast.sam), reverse("review", args=[review.pk])
        assert "Select at least one request to chase" in text_of(client.post(address, {}))
        one = review.requests.earliest("pk")
        assert "1 request is chased" in text_of(
            client.post(address, {"requests": [one.pk], "do": "chase"}, follow=True)
        )
        assert "3 requests are chased" in text_of(
            client.post(address, {"chase": "all", "do": "chase"}, follow=True)
        )
        assert "already chased today" in text_of(
            client.post(address, {"chase": "all", "do": "chase"}, follow=True)
        )
        assert client.post(address, {"requests": ["999999"]}).status_code == 200

    def test_answers_are_counted(self, cast: Cast, review: Review) -> None:
        part = review.requests.filter(assignment__body=cast.cabinet).earliest("pk").assignment
        cast.published(part)
        words = text_of(signed_in(cast.sam).get(reverse("review", args=[review.pk])))
        assert "of 4" in words
        assert "On track" in words
        assert "1 of 4" in text_of(signed_in(cast.sam).get(reverse("workspace")))

    def test_close(self, cast: Cast, review: Review) -> None:
        client, address = signed_in(cast.sam), reverse("close_review", args=[review.pk])
        assert "4 of 4 did not answer" in text_of(client.get(address))
        assert client.post(address).status_code == 302
        assert "already closed" in text_of(client.post(address))
        words = text_of(client.get(reverse("review", args=[review.pk])))
        assert "Not answered" in words
        assert ">Chase<" not in words
        assert "Waiting" not in words
        only = words_of(client.get(reverse("review", args=[review.pk]) + "?show=not_answered"))
        assert "All 4 Not answered 4" in only
        answer = client.post(reverse("review", args=[review.pk]), {"chase": "all", "do": "chase"})
        assert "This review is closed" in text_of(answer)

    def test_query_budgets(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        counts = []
        for count in (1, 20):
            inquiry = busy_inquiry(cast, count, notified_on=dt.date(2025, 11, 3))
            review = reviews.open_review(
                by=cast.sam,
                committee=cast.committee,
                inquiries=[inquiry],
                title="R",
                due_on=dt.date(2026, 3, 1),
            )
            for address in (reverse("review", args=[review.pk]), reverse("reviews")):
                client.get(address)
                with CaptureQueriesContext(connection) as seen:
                    client.get(address)
                counts.append(len(seen))
        assert counts[:2] == counts[2:]


class TestBoard:
    def test_by_body_with_what_came_back(self, cast: Cast) -> None:
        part = cast.assignment()
        other = cast.assignment(body=cast.police, recommendation=part.recommendation)
        review = open_review(cast)
        cast.published(part, progress="Two of the five crossings are built.")
        client, address = signed_in(cast.sam), reverse("review", args=[review.pk])
        words = text_of(client.get(address))
        for said in ("1 of 1 answered", "0 of 1 answered", "Two of the five crossings", "Testshire Police"):
            assert said in words
        assert "Two of the five crossings" not in text_of(client.get(address, {"show": "waiting"}))
        client.post(address, {"chase": f"body-{cast.police.pk}", "do": "chase"})
        assert [one.assignment for one in UpdateRequest.objects.filter(chases=1)] == [other]
        assert client.post(address, {"chase": "body-1000000"}).status_code == 200

    def test_what_came_by_link_is_yours_to_publish_and_is_not_chased(self, cast: Cast) -> None:
        part = cast.assignment(body=cast.school)
        review = open_review(cast)
        update = cast.sent_by_link(cast.link(cast.school), part)
        client, address = signed_in(cast.sam), reverse("review", args=[review.pk])
        words = text_of(client.get(address))
        assert "With committee support" in words
        assert f'href="{reverse("publish_received_update", args=[update.pk])}"' in words
        assert "Chase all who have not answered" not in words
        assert client.post(address, {"chase": "all", "do": "chase"}).status_code == 200
        assert client.post(address, {"requests": [review.requests.get().pk]}).status_code == 200
        assert review.requests.get().chases == 0
        updates.publish_update(by=cast.sam, update=update)
        assert reverse("publish_received_update", args=[update.pk]) not in text_of(client.get(address))

    def test_late_alone_are_chased(self, cast: Cast) -> None:
        cast.assignment()
        review = open_review(cast)
        client, address = signed_in(cast.sam), reverse("review", args=[review.pk])
        assert "Select at least one request" in text_of(
            client.post(address, {"chase": "late", "do": "chase"})
        )
        with at(review.due_on + dt.timedelta(days=1)):
            client.post(address, {"chase": "late", "do": "chase"})
        assert UpdateRequest.objects.get().chases == 1

    def test_due_reviews_are_proposed_with_one_click(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        client = signed_in(cast.sam)
        for name in ("reviews", "workspace"):
            page = client.get(reverse(name)).content.decode()
            assert f"?inquiry={inquiry.pk}" in page
            assert "Open the 6-month review of" in page


class TestDates:
    @pytest.fixture
    def change(self, cast: Cast) -> TargetChange:
        return target_dates.request_new_date(
            by=cast.olive,
            assignment=cast.assignment(),
            new_date=dt.date(2026, 6, 1),
            reason="The contractor went.",
        )

    def test_agreed(self, cast: Cast, change: TargetChange) -> None:
        meeting = cast.meeting(TODAY)
        client, address = signed_in(cast.sam), reverse("decide_date", args=[change.pk])
        words = text_of(client.get(address))
        assert "The contractor went." in words
        assert "31 March 2026" in words
        data = {"agreed": "True", "meeting": meeting.pk, "note": ""}
        assert client.post(address, data).status_code == 302
        change.refresh_from_db()
        assert (change.state, change.meeting) == (TargetState.AGREED, meeting)
        again = text_of(client.post(address, {"agreed": "False", "meeting": meeting.pk, "note": "Too late."}))
        assert "This request was already decided" in again
        assert "New date decided" in again
        change.refresh_from_db()
        assert (change.state, change.decision_note) == (TargetState.AGREED, "")
        assert "Decided lately" in text_of(client.get(reverse("date_requests")))

    def test_refused_with_a_reason(self, cast: Cast, change: TargetChange) -> None:
        client, address = signed_in(cast.sam), reverse("decide_date", args=[change.pk])
        assert "Select what the committee decided" in text_of(client.post(address, {}))
        assert "Enter why the new date was refused" in text_of(client.post(address, {"agreed": "False"}))
        refusal = {"agreed": "False", "note": "Too late."}
        assert "Select the meeting at which" in text_of(client.post(address, refusal))
        meeting = cast.meeting(TODAY)
        assert client.post(address, refusal | {"meeting": meeting.pk}).status_code == 302
        change.refresh_from_db()
        assert change.state == TargetState.REFUSED

    @pytest.mark.parametrize(
        ("who", "words"),
        [
            (DatesAgreedBy.MEETING, "Agreed by the committee on 12 January 2026"),
            (DatesAgreedBy.CHAIR, "Agreed by the chair on 12 January 2026"),
            (DatesAgreedBy.OFFICER, "Agreed by the scrutiny officer under delegation on 12 January 2026"),
        ],
    )
    def test_by_whom_the_committee_has_set(
        self, cast: Cast, change: TargetChange, who: str, words: str
    ) -> None:
        Body.objects.filter(pk=cast.committee.pk).update(dates_agreed_by=who)
        meeting = cast.meeting(TODAY) if who == DatesAgreedBy.MEETING else None
        data = {"agreed": "True", "meeting": meeting.pk if meeting else ""}
        assert signed_in(cast.sam).post(reverse("decide_date", args=[change.pk]), data).status_code == 302
        page = signed_in(cast.olive).get(reverse("assignment", args=[change.assignment_id]))
        assert words in text_of(page)

    def test_who_may(self, cast: Cast, change: TargetChange) -> None:
        address = reverse("decide_date", args=[change.pk])
        for who in (cast.oscar, cast.olive, cast.colin, cast.nobody):
            assert signed_in(who).get(address).status_code == 403
            assert signed_in(who).post(address, {"agreed": "True"}).status_code == 403

    def test_none(self, cast: Cast, client: Any) -> None:
        assert "No new date is asked for." in text_of(signed_in(cast.sam).get(reverse("date_requests")))


class TestCheckPages:
    def test_who_is_asked_stands_there_before_it_happens(self, cast: Cast) -> None:
        inquiry = busy_inquiry(cast, 1, notified_on=dt.date(2025, 11, 3))
        client, address = signed_in(cast.sam), reverse("new_review") + f"?inquiry={inquiry.pk}"
        data = {"title": "6-month review", "inquiries": [inquiry.pk]}
        data |= boxes("due_on", dt.date(2026, 3, 2))
        page = client.post(address, data)
        words = words_of(page)
        assert "asks for 2 updates, due 2 March 2026" in words
        assert "Olive Officer" in words
        assert "told by e-mail" in words or "No e-mail goes out" in words
        assert not Review.objects.exists()
        again = client.post(address, form_values(page) | {"do": "change"})
        assert 'value="6-month review"' in text_of(again)
        opened = client.post(address, form_values(page) | {"do": "open"}, follow=True)
        assert reverse("cancel_review", args=[Review.objects.get().pk]) in text_of(opened)

    def test_who_is_chased_stands_there_before_it_happens(self, cast: Cast, review: Review) -> None:
        client, address = signed_in(cast.sam), reverse("review", args=[review.pk])
        page = client.post(address, {"chase": "all"})
        assert "Chase 4 requests?" in words_of(page)
        assert "Olive Officer" in words_of(page)
        assert not review.requests.filter(chases__gt=0).exists()
        done = client.post(address, form_values(page) | {"do": "chase"}, follow=True)
        assert reverse("take_back_chase", args=[review.pk]) in text_of(done)
        again = words_of(client.post(address, {"chase": "all"}))
        assert "4 requests were already chased today" in again


class TestWaysBack:
    def test_a_chase(self, cast: Cast, review: Review) -> None:
        client, address = signed_in(cast.sam), reverse("take_back_chase", args=[review.pk])
        assert "Nothing that was chased today can be taken back" in words_of(client.get(address))
        reviews.chase(by=cast.sam, requests=list(review.requests.all()))
        answer = client.post(address, form_values(client.get(address)), follow=True)
        assert "4 chases are taken back" in words_of(answer)

    def test_a_review_opened_by_mistake(self, cast: Cast, review: Review) -> None:
        client, address = signed_in(cast.sam), reverse("cancel_review", args=[review.pk])
        form = words_of(client.get(address))
        assert "Nobody was told of it by e-mail yet, so no e-mail says that it is cancelled." in form
        assert "read on their list of work for 14 days that it was cancelled, and why" in form
        assert "Cancel the review Go back" in form
        assert "Enter why the review is cancelled" in words_of(client.post(address, {"reason": ""}))
        words = words_of(client.post(address, {"reason": "The wrong inquiry."}, follow=True))
        assert "Sam Scrutiny cancelled it" in words
        assert "The wrong inquiry." in words
        assert "4 no longer asked" in words
        assert "All 4 No longer asked 4" in words
        for untrue in ("not answered", "Not answered", "Waiting", "0 of 4", "Nothing yet"):
            assert untrue not in words
        mine = words_of(signed_in(cast.olive).get(reverse("my_work")))
        assert "6-month review asks you" not in mine
        assert mine.count("6-month review") == 1
        assert "6-month review was cancelled on 12 January 2026, because: The wrong inquiry." in mine
        assert "6-month review" not in words_of(signed_in(cast.oscar).get(reverse("my_work")))
        with at(dt.date(2026, 1, 27)):
            assert "6-month review" not in words_of(signed_in(cast.olive).get(reverse("my_work")))
        assert "already cancelled" in words_of(client.post(address, {"reason": "Again."}))
        assert "Cancelled 12 January 2026" in words_of(client.get(reverse("reviews")))

    def test_a_closed_one_is_reopened(self, cast: Cast, review: Review) -> None:
        client = signed_in(cast.sam)
        closed = client.post(reverse("close_review", args=[review.pk]), follow=True)
        address = reverse("reopen_review", args=[review.pk])
        assert text_of(closed).count(address) == 2
        assert "4 requests without an answer are asked again" in words_of(client.get(address))
        assert "is open again" in words_of(client.post(address, follow=True))
        assert "already open" in words_of(client.post(address))
        assert "6-month review" in words_of(signed_in(cast.olive).get(reverse("my_work")))

    def test_what_waits_is_counted_as_on_the_page_of_the_review(self, cast: Cast, review: Review) -> None:
        client = signed_in(cast.sam)
        asked = [one.assignment for one in review.requests.order_by("pk")]
        ours = next(part for part in asked if part.body == cast.cabinet)
        others = [part for part in asked if part != ours]
        cast.verdict(others[0], Grade.NOT_IMPLEMENTED, Outcome.CLOSE_NOT_IMPLEMENTED)
        assert "3 of 4 did not answer" in words_of(client.get(reverse("close_review", args=[review.pk])))
        client.post(reverse("close_review", args=[review.pk]))
        assert "All 4 Not answered 3 Closed by the committee 1" in words_of(
            client.get(reverse("review", args=[review.pk]))
        )
        address = reverse("reopen_review", args=[review.pk])
        assert "3 requests without an answer are asked again" in words_of(client.get(address))
        cast.published(ours)
        assert "2 requests without an answer are asked again" in words_of(client.get(address))
        for part in others[1:]:
            cast.verdict(part, Grade.NOT_IMPLEMENTED, Outcome.CLOSE_NOT_IMPLEMENTED)
        assert "No body is asked again" in words_of(client.get(address))
        client.post(address)
        page = words_of(client.get(reverse("review", args=[review.pk])))
        assert "All 4 Answered 1 Closed by the committee 3" in page

    def test_others_may_not(self, cast: Cast, review: Review) -> None:
        for name in ("cancel_review", "reopen_review", "take_back_chase"):
            address = reverse(name, args=[review.pk])
            assert signed_in(cast.oscar).post(address).status_code == 404
            for user in (cast.carla, cast.olive, cast.colin):
                assert signed_in(user).post(address).status_code in (403, 404)


class TestAnotherDate:
    @pytest.fixture
    def change(self, cast: Cast) -> TargetChange:
        return target_dates.request_new_date(
            by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 12, 31), reason="A permit."
        )

    def test_both_dates_are_read(self, cast: Cast, change: TargetChange) -> None:
        client, address = signed_in(cast.sam), reverse("decide_date", args=[change.pk])
        data = {"agreed": "other", "meeting": cast.meeting(TODAY).pk, "note": "Half a year is enough."}
        page = client.post(address, data | boxes("other_date", dt.date(2026, 6, 30)), follow=True)
        said = "30 June 2026 is recorded as agreed, in place of 31 December 2026, which was asked for"
        assert said in words_of(page)
        assert "in place of 31 December 2026" in words_of(client.get(address))
        recommendation = reverse("recommendation", args=[change.assignment.recommendation_id])
        assert "31 December 2026 was asked for by Cabinet" in words_of(client.get(recommendation))

    @pytest.mark.parametrize(
        ("agreed", "other", "why"),
        [
            ("other", None, "Enter the date that was agreed"),
            ("True", dt.date(2026, 6, 30), "Clear this date, or select “Another date agreed”"),
            ("other", dt.date(2026, 12, 31), "This is the date that was asked for"),
        ],
    )
    def test_mistakes(
        self, cast: Cast, change: TargetChange, agreed: str, other: dt.date | None, why: str
    ) -> None:
        data = {"agreed": agreed, "meeting": cast.meeting(TODAY).pk, "note": "Why."}
        page = signed_in(cast.sam).post(
            reverse("decide_date", args=[change.pk]), data | boxes("other_date", other)
        )
        assert why in words_of(page)
        change.refresh_from_db()
        assert change.state == TargetState.REQUESTED
