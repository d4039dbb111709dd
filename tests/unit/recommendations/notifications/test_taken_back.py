"""Nobody is told within the grace period; what is taken back in it is never told, and afterwards told as taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from committee import clock
from committee.accounts.models import User
from committee.models import Email, EmailState
from committee.outbox import deliver
from recommendations.actions import respondent_links, reviews, updates
from recommendations.lifecycle import NoticeKind, NoticeState
from recommendations.models import Notice, NoticeSettings, Review
from recommendations.notifications.due import reconcile
from recommendations.notifications.recipients import (
    grace_words,
    people_told,
    told_when_published,
    when_told,
    who_is_told,
)
from recommendations.notifications.send import send_notices
from tests.factories import NOON, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_minute(settings: Any) -> None:
    settings.GRACE_SECONDS = 60
    settings.NOTICES = True


def at(seconds: int) -> Any:
    return clock.frozen(NOON + dt.timedelta(seconds=seconds))


def told(kind: str) -> set[User]:
    """The people in whose messages there is a notice of this kind."""
    return {notice.to for notice in Notice.objects.told().filter(kind=kind)}


@pytest.fixture
def review(cast: Cast) -> Review:
    cast.assignment(notified_on=dt.date(2025, 9, 1))
    return reviews.open_review(
        by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 3, 2)
    )


class TestGrace:
    def test_nobody_is_told_before_the_time_is_over(self, cast: Cast, review: Review) -> None:
        send_notices()
        with at(59):
            send_notices()
            assert told(NoticeKind.ASKED) == set()
        with at(60):
            send_notices()
        assert told(NoticeKind.ASKED) == {cast.olive}

    def test_what_is_taken_back_meanwhile_is_never_told(self, cast: Cast, review: Review) -> None:
        send_notices()
        reviews.cancel_review(by=cast.sam, review=review, reason="The wrong inquiry.")
        with at(600):
            send_notices()
        assert not Notice.objects.told().exists()
        assert Notice.objects.get(kind=NoticeKind.ASKED).state == NoticeState.CANCELLED

    def test_one_that_is_due_again_waits_anew(self, cast: Cast, review: Review) -> None:
        send_notices()
        reviews.close_review(by=cast.sam, review=review)
        with at(30):
            send_notices()
            reviews.reopen_review(by=cast.sam, review=review)
            send_notices()
        with at(89):
            send_notices()
            assert told(NoticeKind.ASKED) == set()
        with at(90):
            send_notices()
        assert told(NoticeKind.ASKED) == {cast.olive}

    def test_a_recalled_update_is_not_told(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        reconcile()
        updates.recall_update(by=cast.olive, update=update)
        with at(120):
            send_notices()
        assert told(NoticeKind.SUBMITTED) == set()

    def test_an_approved_update_waits_for_nobody(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        reconcile()
        assert Notice.objects.queued().filter(kind=NoticeKind.SUBMITTED).exists()
        updates.approve_update(by=cast.ada, update=update)
        reconcile()
        assert not Notice.objects.queued().filter(kind=NoticeKind.SUBMITTED).exists()

    def test_a_personal_link_goes_out_when_the_time_is_over(self, cast: Cast) -> None:
        link = cast.link(cast.school)
        mail = Email.objects.get(to=link.person)
        assert not Email.objects.to_send().exists()
        with at(60):
            assert list(Email.objects.to_send()) == [mail]
            respondent_links.revoke_link(by=cast.sam, link=link)
            assert deliver(mail.pk, Email.objects.to_send()) == EmailState.NOT_NEEDED


class TestTakenBack:
    def test_who_was_told_of_a_review_is_told_that_it_is_cancelled_and_why(
        self, cast: Cast, review: Review
    ) -> None:
        send_notices()
        with at(60):
            send_notices()
            assert people_told(one.key for one in review.requests.all()) == [cast.olive]
            reviews.cancel_review(by=cast.sam, review=review, reason="The wrong inquiry.")
            reconcile()
            reconcile()
        notice = Notice.objects.get(kind=NoticeKind.TAKEN_BACK)
        assert notice.to == cast.olive
        assert notice.subject == "6-month review: cancelled. The wrong inquiry."

    def test_a_chase_of_which_somebody_was_told_stays(self, cast: Cast, review: Review) -> None:
        with at(60):
            reviews.chase(by=cast.sam, requests=list(review.requests.all()))
            send_notices()
        with at(120):
            send_notices()
            assert told(NoticeKind.CHASED) == {cast.olive}
            assert reviews.take_back_chase(by=cast.sam, requests=list(review.requests.all())) == 0

    def test_a_chase_taken_back_is_never_told_and_the_next_one_is(self, cast: Cast, review: Review) -> None:
        requests = list(review.requests.all())
        reviews.chase(by=cast.sam, requests=requests)
        reconcile()
        assert reviews.take_back_chase(by=cast.sam, requests=requests) == 1
        reconcile()
        assert Notice.objects.get(kind=NoticeKind.CHASED).state == NoticeState.CANCELLED
        reviews.chase(by=cast.sam, requests=requests)
        reconcile()
        assert Notice.objects.get(kind=NoticeKind.CHASED).state == NoticeState.QUEUED

    def test_the_writer_is_told_that_an_approver_mended_the_words(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        update = updates.mend_update(by=cast.ada, update=update, progress="Two of five are built.")
        assert told_when_published([update], cast.ada) == [cast.olive, cast.sam]
        updates.publish_update(by=cast.ada, update=update)
        reconcile()
        notice = Notice.objects.get(kind=NoticeKind.PUBLISHED, to=cast.olive)
        assert notice.subject.endswith("Cabinet reported progress, mended by the approver")


class TestWhoIsTold:
    def test_by_body_with_those_who_want_no_mail(self, cast: Cast) -> None:
        parts = [cast.assignment(), cast.assignment(body=cast.school), cast.assignment(body=cast.police)]
        link = cast.link(cast.school)
        NoticeSettings.objects.create(user=cast.pat, muted=[NoticeKind.ASKED])
        found = who_is_told(parts, NoticeKind.ASKED)
        assert [(one.body, one.people, one.silent) for one in found] == [
            (cast.cabinet, [cast.olive], []),
            (cast.school, [link.person], []),
            (cast.police, [], [cast.pat]),
        ]

    def test_a_notice_goes_to_the_approvers(self, cast: Cast) -> None:
        part = cast.assignment(notified_on=None)
        [one] = who_is_told([part], NoticeKind.SENT)
        assert one.people == [cast.ada]

    def test_when(self, settings: Any) -> None:
        assert grace_words() == "1 minute"
        assert "No e-mail leaves within 1 minute" in when_told()
        settings.GRACE_SECONDS = 90
        assert grace_words() == "90 seconds"
        settings.NOTICES = False
        assert "No e-mail goes out" in when_told()
