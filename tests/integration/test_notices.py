"""The pages about notices: what each wants to be told, the log of mail, and the mail of a demonstration."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import get_connection
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.mail import written
from committee.models import Installation
from recommendations.lifecycle import MailState, NoticeKind
from recommendations.models import Mail, Notice, NoticeSettings
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def _no_second_step(settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False


def mail(cast: Cast, number: int = 1, **details: Any) -> Mail:
    details = {"state": MailState.FAILED, "failure": "The mail server said: 550 no such user", **details}
    return Mail.objects.create(
        to=cast.olive,
        day=dt.date(2026, 1, number),
        address=cast.olive.email,
        subject="1 thing for you: 1 overdue",
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
        assert (failed.state, failed.tries, failed.failure) == (MailState.TO_SEND, 0, "")
        assert signed_in(cast.admin).post(address).status_code == 404

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


class TestDemonstrationMail:
    @pytest.fixture
    def place(self, settings: Any, tmp_path: Path) -> Path:
        settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        message = written(
            "account/email/password_changed",
            "olive@example.org",
            {"user": "x", "code": "https://example.org/<b>"},
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
        settings.EMAIL = {"EMAIL_HOST": "mail"}
        assert client.get(reverse("demonstration_mail")).status_code == 404
