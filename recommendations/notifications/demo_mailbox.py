"""The mail of a demonstration: written to files, as no mail server is set, and read again for whoever tries it."""

from __future__ import annotations

import datetime as dt
import email
import re
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from committee.prose import with_links

MOST = 30
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Written:
    """One message: to whom, what about, when, and its words."""

    to: str
    subject: str
    date: dt.datetime
    words: SafeString


def latest() -> list[Written]:
    """Return the latest messages, the newest first."""
    place = Path(settings.EMAIL_FILE_PATH)
    files = sorted(place.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:MOST]
    found: list[Written] = []
    for path in files:
        for raw in reversed(path.read_bytes().split(b"-" * 79 + b"\n")):
            if raw.strip():
                found.append(_read(raw))
    return found[:MOST]


def _read(raw: bytes) -> Written:
    message = email.message_from_bytes(raw, policy=default)
    body = message.get_body(("plain",))
    words = body.get_content() if body is not None else ""
    sent = message["Date"].datetime
    at = (
        sent if sent.tzinfo is not None else sent.replace(tzinfo=dt.UTC)
    )  # "-0000" says: in UTC, from anywhere
    return Written(str(message["To"]), str(message["Subject"]), at, with_links(words, ADDRESS, _link))


def _here(address: str) -> str:
    """An address of this site as it is reached now: the demonstration may run on another port than when it was written."""
    parts = urlsplit(address)
    return parts._replace(scheme="", netloc="").geturl() if parts.hostname in LOOPBACK else address


def _link(match: re.Match[str]) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', _here(match[0]), match[0])
