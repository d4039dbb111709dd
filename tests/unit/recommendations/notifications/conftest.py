"""A real mail server on loopback for the tests of notices."""

from __future__ import annotations

import asyncio
import email
import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

ANSWER = "250 OK"


class Postbox:
    """What the server took, and what it says to the next message; while it is held, it reads and says nothing."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: list[str] = []
        self.hold: threading.Event | None = None
        self.reading = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.reading.set()
        while self.hold is not None and not self.hold.is_set():
            await asyncio.sleep(0.02)
        answer = self.answers.pop(0) if self.answers else ANSWER
        if answer == ANSWER:
            self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return answer

    @property
    def addresses(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A mail server that listens on this machine, and Django told to use it."""
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "tracker@example.org"
    settings.NOTICES = True
    yield box
    controller.stop()
