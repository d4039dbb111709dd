"""`manage.py record_bounce`: what a mail server reports of an e-mail, and what becomes of it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from committee import clock
from committee.delivery_reports import read_report
from committee.models import Email, EmailState
from tests.factories import Cast


@pytest.fixture
def sent(cast: Cast) -> Email:
    """An e-mail to Olive that the mail server took."""
    return Email.objects.create(
        to=cast.olive,
        address=cast.olive.email,
        subject="Notice",
        state=EmailState.SENT,
        sent_at=clock.now(),
        message_id="<1@here>",
    )


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Hand a report to the command."""

    def run(text: str) -> None:
        content = text.encode() if isinstance(text, str) else text
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        call_command("record_bounce")

    return run


def recipient(action: str, address: str = "olive.officer@example.org", **fields: str) -> str:
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\n{more}\n"


def dsn(*recipients: str, original: str = "Message-ID: <1@here>\nSubject: x\n") -> str:
    return (
        "From: MAILER-DAEMON@mx.example.org\nMessage-ID: <report@mx>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is what became of it.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        f"{''.join(recipients)}--b\nContent-Type: message/rfc822\n\n{original}\nHello\n\n--b--\n"
    )


def state_of(email: Email) -> str:
    email.refresh_from_db()
    return email.state


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "Delayed", "", "x-failed"])
def test_only_a_failure_counts(action: str, sent: Email, report: Any, capsys: Any) -> None:
    report(dsn(recipient(action, Status="4.4.1")))
    assert state_of(sent) == EmailState.SENT
    assert "does not say that the message failed" in capsys.readouterr().out


@pytest.mark.parametrize("action", ["failed", "Failed", "FAILED ", "failed (expired in the queue)"])
def test_a_failure(action: str, sent: Email, report: Any) -> None:
    report(dsn(recipient(action, Diagnostic_Code="smtp; 550 no\n such user")))
    assert state_of(sent) == EmailState.FAILED
    assert sent.failure == "The message came back: smtp; 550 no such user"


def test_delayed_and_then_failed(sent: Email, report: Any) -> None:
    report(dsn(recipient("delayed")))
    assert state_of(sent) == EmailState.SENT
    report(dsn(recipient("failed")))
    assert state_of(sent) == EmailState.FAILED
    report(dsn(recipient("delayed")))
    assert state_of(sent) == EmailState.FAILED


class TestSeveralRecipients:
    """Ours is the one that counts where the report names it."""

    def test_ours_arrived_and_anothers_failed(self, sent: Email, report: Any) -> None:
        report(dsn(recipient("failed", "copy@example.org"), recipient("delivered")))
        assert state_of(sent) == EmailState.SENT

    def test_ours_failed_and_anothers_arrived(self, sent: Email, report: Any) -> None:
        report(
            dsn(
                recipient("delivered", "copy@example.org"),
                recipient("failed", Diagnostic_Code="smtp; 552 full"),
            )
        )
        assert state_of(sent) == EmailState.FAILED
        assert "552 full" in sent.failure

    def test_ours_was_passed_on_under_another_name(self, sent: Email, report: Any) -> None:
        passed_on = {"Original_Recipient": "rfc822;Olive.Officer@example.org"}
        report(
            dsn(recipient("failed", "olive@mail.example.org", **passed_on), recipient("delivered", "a@b.org"))
        )
        assert state_of(sent) == EmailState.FAILED

    def test_nobody_is_named_that_we_know(self, sent: Email, report: Any) -> None:
        report(dsn(recipient("delayed", "a@b.org"), recipient("delivered", "c@d.org")))
        assert state_of(sent) == EmailState.SENT
        report(dsn(recipient("failed", "olive@mail.example.org")))
        assert state_of(sent) == EmailState.FAILED


class TestWithoutTheParts:
    def test_exims_own_report(self, sent: Email, report: Any) -> None:
        report(
            "X-Failed-Recipients: olive.officer@example.org\nFrom: Mailer-Daemon@mx\nSubject: Mail delivery failed\n\n"
            "A message could not be delivered:\n\nReturn-path: <x@here>\nMessage-ID: <1@here>\nSubject: x\n\nHello\n"
        )
        assert state_of(sent) == EmailState.FAILED

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\x00\xff",
            "Subject: hello\n\nHello\n",
            "Subject: Out of office\nIn-Reply-To: <1@here>\nAuto-Submitted: auto-replied\n\nBack on Monday.\n",
            "Subject: Fwd\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\nMessage-ID: <1@here>\n\nHello\n",
            dsn(original="Subject: x\n"),
            dsn(recipient("failed"), original="Message-ID: <other@there>\n"),
            dsn(),
        ],
    )
    def test_what_is_no_report_about_ours(self, text: str, sent: Email, report: Any) -> None:
        with pytest.raises(CommandError, match="no delivery report"):
            report(text)
        assert state_of(sent) == EmailState.SENT

    def test_a_report_within_a_forwarded_message_is_none(self, sent: Email, report: Any) -> None:
        forwarded = "Subject: Fwd\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + dsn(
            recipient("failed")
        )
        with pytest.raises(CommandError, match="no delivery report"):
            report(forwarded)
        assert state_of(sent) == EmailState.SENT


@pytest.mark.parametrize("state", [EmailState.TO_SEND, EmailState.NOT_NEEDED])
def test_what_waits_to_be_sent_again_is_left_alone(state: str, sent: Email, report: Any) -> None:
    Email.objects.filter(pk=sent.pk).update(message_id="<2@here>")
    again = Email.objects.create(
        to=sent.to, address=sent.address, subject="Notice", state=state, message_id="<1@here>"
    )
    report(dsn(recipient("failed")))
    assert state_of(again) == state


def test_odd_reports_are_read_without_an_error() -> None:
    whole = dsn(recipient("failed", Diagnostic_Code="smtp; 550"))
    for end in range(0, len(whole), 7):
        read_report(whole[:end].encode())
    read_report(whole.replace("message/delivery-status", 'message/delivery-status; charset="x\\"').encode())
    read_report(whole.replace("boundary=", "boundary*0=").encode())
    read_report(b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n")
