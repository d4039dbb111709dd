"""The pages about notices: what each wants to be told, the log of mail, and the mail of a demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import get_connection
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.mail import Parts, Refused, written
from committee.models import Email, EmailState, Installation
from committee.outbox import queue, queue_text
from recommendations.actions import notifications, reviews
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import NoticeKind
from recommendations.models import Notice, NoticeSettings
from recommendations.notifications.send import DIGEST
from tests.clients import signed_in
from tests.factories import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_step(settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False


def mail(cast: Cast, number: int = 1, **details: Any) -> Email:
    details = {
        "to": cast.olive,
        "address": cast.olive.email,
        "subject": "1 thing for you: 1 overdue",
        "builder": DIGEST,
        "state": EmailState.FAILED,
        "failure": "The mail server said: 550 no such user",
        **details,
    }
    return Email.objects.create(
        day=dt.date(2026, 1, number),
        message_id=f"<{number}@example.org>",
        **details,
    )


class TestChoosing:
    def test_what_is_not_ticked_is_muted(self, cast: Cast) -> None:
        client = signed_in(cast.olive)
        page = client.get(reverse("my_notices")).content.decode()
        assert "Update asked for" in page
        assert "New date asked for" not in page  # for committee support
        answer = client.post(reverse("my_notices"), {"told": ["asked", "overdue"], "working_days_only": "on"})
        assert answer.status_code == 302
        kept = NoticeSettings.objects.get()
        assert kept.working_days_only
        assert NoticeKind.RETURNED in kept.muted
        assert NoticeKind.ASKED not in kept.muted
        assert NoticeKind.DATE_ASKED not in kept.muted

    def test_somebody_without_a_role_chooses_only_the_days(self, cast: Cast) -> None:
        assert b"Tell me by mail about" not in signed_in(cast.nobody).get(reverse("my_notices")).content

    def test_a_kind_that_is_none(self, cast: Cast) -> None:
        answer = signed_in(cast.olive).post(reverse("my_notices"), {"told": ["everything"]})
        assert answer.status_code == 200
        assert not NoticeSettings.objects.exists()


class TestLog:
    def test_says_what_became_of_each_and_filters(self, cast: Cast) -> None:
        Notice.objects.create(
            kind="overdue", to=cast.olive, about="x", subject="SR 1: late", state="sent", mail=mail(cast)
        )
        client = signed_in(cast.admin)
        page = client.get(reverse("mail_log")).content.decode()
        assert "550 no such user" in page
        assert "SR 1: late" in page
        assert "SR 1: late" not in client.get(reverse("mail_log"), {"state": "sent"}).content.decode()
        assert "SR 1: late" in client.get(reverse("mail_log"), {"to": "olive"}).content.decode()

    def test_tried_again_by_an_administrator_alone(self, cast: Cast) -> None:
        failed = mail(cast)
        address = reverse("try_mail_again", args=[failed.pk])
        assert signed_in(cast.sam).post(address).status_code == 403
        assert signed_in(cast.admin).post(address).status_code == 302
        failed.refresh_from_db()
        assert (failed.state, failed.tries, failed.failure) == (EmailState.TO_SEND, 0, "")
        assert signed_in(cast.admin).post(address).status_code == 404

    def test_tried_again_at_once(
        self, cast: Cast, run_tasks: Callable[[], Any], django_capture_on_commit_callbacks: Any
    ) -> None:
        failed = mail(cast, builder="committee.accounts.invitations.forgotten", key=cast.olive.pk)
        with django_capture_on_commit_callbacks(execute=True):
            signed_in(cast.admin).post(reverse("try_mail_again", args=[failed.pk]))
        run_tasks()
        failed.refresh_from_db()
        assert failed.state == EmailState.SENT

    def test_what_is_no_longer_kept_is_not_tried_again(self, cast: Cast) -> None:
        came_back = mail(cast, builder="", subject="Your password was changed")
        client = signed_in(cast.admin)
        page = client.get(reverse("mail_log")).content.decode()
        assert "Your password was changed" in page
        assert "Try again" not in page
        assert client.post(reverse("try_mail_again", args=[came_back.pk])).status_code == 404
        with pytest.raises(ActionDenied, match="was not kept"):
            notifications.try_again(by=cast.admin, mail=came_back)

    def test_every_message_is_in_it(self, cast: Cast) -> None:
        queue("committee.accounts.invitations.forgotten", cast.olive.pk, to=cast.olive, subject="A link")
        queue("committee.accounts.invitations.forgotten", 0, to=None, subject="A stranger's")
        queue_text("gone@example.org", "Your address was changed", "Changed", to=None)
        page = signed_in(cast.admin).get(reverse("mail_log")).content.decode()
        assert "A link" in page
        assert "gone@example.org" in page
        assert "A stranger" not in page

    def test_of_a_day(self, cast: Cast) -> None:
        mail(cast, 3)
        mail(cast, 4, failure="Another")
        page = signed_in(cast.admin).get(reverse("mail_log"), {"day": "2026-01-04"}).content.decode()
        assert "Another" in page
        assert "550" not in page
        page = signed_in(cast.admin).get(reverse("mail_log"), {"day": "nonsense"}).content.decode()
        assert "Another" in page
        assert "550" in page

    def test_as_many_queries_for_one_as_for_twenty(self, cast: Cast) -> None:
        client = signed_in(cast.admin)
        counts = []
        for number in range(1, 21):
            mail(cast, number)
            if number in (1, 20):
                client.get(reverse("mail_log"))
                with CaptureQueriesContext(connection) as seen:
                    client.get(reverse("mail_log"))
                counts.append(len(seen))
        assert counts[0] == counts[1]


class TestWhoIsNotReached:
    """Shown to administrators, and to committee support where a review waits for them."""

    def test_on_the_page_on_health(self, cast: Cast) -> None:
        client = signed_in(cast.admin)
        assert "Everybody is reached" in client.get(reverse("installation_health")).content.decode()
        mail(cast)
        assert (
            "The last message to 1 person failed"
            in client.get(reverse("installation_health")).content.decode()
        )
        mail(cast, 2, state=EmailState.SENT, failure="", sent_at=clock.now())
        assert "Everybody is reached" in client.get(reverse("installation_health")).content.decode()

    def test_a_code_that_was_refused(
        self,
        cast: Cast,
        run_tasks: Callable[[], Any],
        django_capture_on_commit_callbacks: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def refuse(message: Any) -> None:
            raise Refused("The mail server said: 550 no such user")

        monkeypatch.setattr("committee.mail.hand_over", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            queue("committee.accounts.invitations.forgotten", cast.olive.pk, to=cast.olive, subject="Link")
        run_tasks()
        page = signed_in(cast.admin).get(reverse("installation_health")).content.decode()
        assert "1 message could not be sent in the last 7 days" in page

    def test_on_the_page_of_the_person(self, cast: Cast) -> None:
        client = signed_in(cast.admin)
        page = reverse("person", args=[cast.olive.pk])
        assert "The last message to" not in client.get(page).content.decode()
        mail(cast)
        shown = client.get(page).content.decode()
        assert "The last message to Olive Officer failed." in shown
        assert "550 no such user" in shown

    def test_on_the_page_of_the_review_that_waits_for_them(self, cast: Cast) -> None:
        cast.assignment()
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 16)
        )
        page = reverse("review", args=[review.pk])
        client = signed_in(cast.sam)
        assert "could not be told" not in client.get(page).content.decode()
        mail(cast)
        shown = client.get(page).content.decode()
        assert "1 person could not be told by e-mail" in shown
        assert "olive.officer@example.org" in shown
        reviews.close_review(by=cast.sam, review=review)
        assert "could not be told" not in client.get(page).content.decode()

    def test_a_respondent_is_given_another_link(self, cast: Cast) -> None:
        cast.assignment(body=cast.police)
        link = cast.link(cast.police)
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 16)
        )
        mail(cast, to=link.person, address=link.person.email)
        shown = signed_in(cast.sam).get(reverse("review", args=[review.pk])).content.decode()
        assert reverse("body_links", args=[cast.police.pk]) in shown
        assert "Issue a link to another address" in shown

    def test_in_as_many_queries_for_one_as_for_twenty(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        client = signed_in(cast.sam)
        mail(cast)
        counts = []
        for number in (2, 20):
            for index in range(number):
                cast.assignment(recommendation=cast.recommendation(inquiry, number=f"{number}.{index}"))
            review = reviews.open_review(
                by=cast.sam, committee=cast.committee, title=f"Review {number}", due_on=dt.date(2026, 2, 16)
            )
            page = reverse("review", args=[review.pk])
            client.get(page)
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            counts.append(len(seen))
        assert counts[0] == counts[1]


class TestDemonstrationMail:
    @pytest.fixture
    def place(self, settings: Any, tmp_path: Path) -> Path:
        settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        message = written(
            Parts(
                "account/email/password_changed",
                "olive@example.org",
                {"user": "x", "code": "https://example.org/<b>"},
            )
        )
        message.connection = get_connection()
        message.send()
        return tmp_path

    def test_not_in_a_real_installation(self, client: Client, place: Path, db: None) -> None:
        assert client.get(reverse("demonstration_mail")).status_code == 404

    def test_shows_what_would_have_been_sent(self, client: Client, place: Path, settings: Any) -> None:
        Installation.objects.create(id=1, demonstration=True)
        page = client.get(reverse("demonstration_mail"))
        assert page.status_code == 200
        assert b"olive@example.org" in page.content
        assert b"Mail of this demonstration</a>" in page.content
        settings.EMAIL = {"EMAIL_HOST": "mail"}
        assert client.get(reverse("demonstration_mail")).status_code == 404
        assert b"Mail of this demonstration" not in client.get(reverse("home")).content

    def test_links_lead_to_where_it_runs_now(self, client: Client, settings: Any, tmp_path: Path) -> None:
        Installation.objects.create(id=1, demonstration=True)
        settings.EMAIL_FILE_PATH = str(tmp_path)
        (tmp_path / "1.log").write_bytes(
            b"Subject: A <code>\nTo: a@example.org\nDate: Mon, 12 Jan 2026 12:00:00 -0000\n\n"
            b"Open http://127.0.0.1:9/answer/x/?a=1 or https://example.org/y <script>\n" + b"-" * 79 + b"\n"
        )
        page = client.get(reverse("demonstration_mail")).content.decode()
        assert 'href="/answer/x/?a=1"' in page
        assert 'href="https://example.org/y"' in page
        assert "<script>\n" not in page
        assert "A &lt;code&gt;" in page
        assert "12 January 2026 at midday" in page
