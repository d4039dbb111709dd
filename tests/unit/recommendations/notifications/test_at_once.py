"""Two runs at once, and a run that is killed: each message once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Any

import pytest
from django.db import connection

from committee import clock, outbox
from committee.models import Email, EmailState
from recommendations.models import Notice
from recommendations.notifications import send
from tests.at_once import at_once
from tests.factories import NOON, make_cast
from tests.unit.recommendations.notifications.conftest import Postbox
from tests.unit.recommendations.notifications.test_notices import open_review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(postbox: Postbox) -> Postbox:
    with clock.frozen(NOON):
        cast = make_cast()
        cast.assignment()
        open_review(cast)
    return postbox


def test_four_runs_at_once_send_each_message_once(waiting: Postbox) -> None:
    at_once(send.send_notices, 4)
    assert waiting.addresses == ["olive.officer@example.org"]
    assert Email.objects.get().state == EmailState.SENT
    assert Notice.objects.filter(mail=None).count() == 0


def test_four_tasks_at_once_send_a_link_once(postbox: Postbox) -> None:
    email = make_cast_and_queue_a_link()
    at_once(lambda: outbox.send_email.func(email.pk), 4)
    assert postbox.addresses == ["olive.officer@example.org"]
    assert Email.objects.get().state == EmailState.SENT


def make_cast_and_queue_a_link() -> Email:
    with clock.frozen(NOON):
        olive = make_cast().olive
        outbox.queue("committee.accounts.invitations.forgotten", olive.pk, to=olive, subject="Link")
    return Email.objects.get()


def test_killed_between_the_server_and_the_mark_it_goes_out_again_as_the_same(
    waiting: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    save = Email.save

    def kill(mail: Email, *args: Any, **more: Any) -> None:
        if mail.pk is not None:
            raise Killed
        save(mail, *args, **more)

    with clock.frozen(NOON):
        monkeypatch.setattr(Email, "save", kill)
        with pytest.raises(Killed):
            send.send_notices()
        assert Email.objects.get().state == EmailState.TO_SEND
        monkeypatch.undo()
    at_once(send.send_notices, 2)
    assert [message["Message-ID"] for message in waiting.taken] == [Email.objects.get().message_id] * 2


def _run_here() -> None:
    """What a process of its own does: no thread but this one, and a connection of its own."""
    with clock.frozen(NOON):
        send.send_notices()
    connection.close()
    os._exit(0)


def in_processes(number: int) -> list[Any]:
    """Send from so many processes at once."""
    connection.close()  # nobody may inherit it
    forked = multiprocessing.get_context("fork")
    processes: list[Any] = [forked.Process(target=_run_here) for _ in range(number)]
    for process in processes:
        process.start()
    return processes


@pytest.mark.slow
def test_two_processes_at_once_send_each_message_once(waiting: Postbox) -> None:
    for process in (processes := in_processes(2)):
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert waiting.addresses == ["olive.officer@example.org"]


def test_a_process_killed_while_it_sends_leaves_the_message_to_the_next(waiting: Postbox) -> None:
    waiting.hold = threading.Event()
    [process] = in_processes(1)
    assert waiting.reading.wait(30)
    os.kill(process.pid, signal.SIGKILL)
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert Email.objects.get().state == EmailState.TO_SEND
    waiting.hold = None
    for _ in range(50):  # until the database has noticed that the process is gone
        at_once(send.send_notices, 1)
        if Email.objects.get().state == EmailState.SENT:
            break
        threading.Event().wait(0.1)
    mail = Email.objects.get()
    assert mail.state == EmailState.SENT
    assert {message["Message-ID"] for message in waiting.taken} == {mail.message_id}
