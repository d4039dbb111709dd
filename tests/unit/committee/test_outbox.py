"""The outbox: nothing secret at rest, and what becomes of each e-mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError

from committee import clock
from committee.audit.models import AuditEntry
from committee.models import Email, EmailState
from committee.outbox import RETRY_AFTER, queue, queue_text, record_bounce, send_due, send_email, send_now
from recommendations.actions import respondent_links
from tests.factories import Cast

FORGOTTEN = "committee.accounts.invitations.forgotten"

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(run_tasks: Callable[[], Any], django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Do something, then let the worker run."""

    def send(act: Callable[..., Any], *args: Any, **details: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **details)
        return run_tasks()

    return send


@pytest.fixture
def busy_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that takes the first e-mail and goes away before it says so."""
    send, answers = mail.EmailMessage.send, [ConnectionResetError("it went away")]

    def take(message: Any, *args: Any, **more: Any) -> int:
        count = send(message, *args, **more)
        if answers:
            raise answers.pop()
        return count

    monkeypatch.setattr("django.core.mail.EmailMessage.send", take)


def test_a_code_is_never_at_rest(cast: Cast, sent: Callable[..., Any]) -> None:
    link = cast.link(cast.school)
    sent(respondent_links.ask_for_code, by=link.person, link=link, browser="b" * 32)
    code = re.search(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    kept = str(list(Email.objects.values())) + str(list(AuditEntry.objects.values("before", "after")))
    assert f"'{code[0]}" not in kept
    assert f"{code[0]}'" not in kept


def test_text_that_is_ready_is_kept_until_it_is_sent_and_on_no_trail(
    cast: Cast, sent: Callable[..., Any]
) -> None:
    sent(queue_text, cast.olive.email, "Changed", "From 192.0.2.1", to=cast.olive)
    assert mail.outbox[-1].body == "From 192.0.2.1"
    assert Email.objects.get().text == ""
    assert "192.0.2.1" not in str(list(AuditEntry.objects.values("before", "after")))


def test_what_may_have_gone_out_goes_out_again_as_the_same(
    cast: Cast, sent: Callable[..., Any], busy_once: None
) -> None:
    sent(queue, FORGOTTEN, cast.olive.pk, to=cast.olive, subject="Link")
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert Email.objects.get().message_id == first.extra_headers["Message-ID"]


def test_a_second_code_is_another_message(cast: Cast, sent: Callable[..., Any], busy_once: None) -> None:
    link = cast.link(cast.school)
    Email.objects.all().delete()  # the invitation
    sent(respondent_links.ask_for_code, by=link.person, link=link, browser="b" * 32)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert record_bounce(second.extra_headers["Message-ID"], "550")


def test_what_is_not_needed_any_more_has_not_failed(cast: Cast, sent: Callable[..., Any]) -> None:
    sent(queue, FORGOTTEN, 987_654, to=cast.olive, subject="Link")
    assert Email.objects.get().state == EmailState.NOT_NEEDED
    assert mail.outbox == []
    assert not Email.objects.unreached().exists()


def test_a_stranger_leaves_nothing(sent: Callable[..., Any]) -> None:
    sent(queue, FORGOTTEN, 0, to=None, subject="Link")
    assert not Email.objects.exists()
    assert mail.outbox == []


def test_what_no_task_came_back_to_is_sent_by_the_next_run(cast: Cast) -> None:
    queue(FORGOTTEN, cast.olive.pk, to=cast.olive, subject="Link")
    assert send_due().sent == 1
    assert send_due().sent == 0
    assert len(mail.outbox) == 1


def test_what_is_sent_now_is_tried_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    assert not send_now(FORGOTTEN, cast.olive.pk, to=cast.olive, subject="Link")
    assert Email.objects.failed().get().failure == "The mail server could not be reached: TimeoutError"
    monkeypatch.undo()
    assert send_due().sent == 0
    assert send_now(FORGOTTEN, cast.olive.pk, to=cast.olive, subject="Link")


def test_an_e_mail_that_cannot_be_made_holds_up_no_other(cast: Cast) -> None:
    queue("committee.accounts.invitations.no_such_function", 1, to=cast.sam, subject="Broken")
    queue(FORGOTTEN, cast.olive.pk, to=cast.olive, subject="Link")
    result = send_due()
    assert (result.sent, result.waiting) == (1, 1)
    broken = Email.objects.get(to=cast.sam)
    assert broken.failure == "The message could not be written: ImportError"
    for _ in RETRY_AFTER:
        with clock.frozen(Email.objects.get(pk=broken.pk).try_after):
            send_due()
    assert Email.objects.failed().get() == broken


def test_a_task_asked_for_before_the_last_try_makes_none_before_its_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    queue(FORGOTTEN, cast.olive.pk, to=cast.olive, subject="Link")
    email = Email.objects.get()
    send_due()
    send_email.func(email.pk, 0)
    assert Email.objects.get().tries == 1
    send_email.func(email.pk, 1)
    assert Email.objects.get().tries == 2


def test_a_builder_s_own_failure_of_the_database_is_no_failure_of_the_e_mail(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(key: int) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(FORGOTTEN, gone)
    queue(FORGOTTEN, cast.olive.pk, to=cast.olive, subject="Link")
    with pytest.raises(OperationalError):
        send_due()
    assert (Email.objects.get().state, Email.objects.get().tries) == (EmailState.TO_SEND, 0)
