"""Delivery reports: what a mail server says became of an e-mail that it had taken (RFC 3464).

A report may tell of a delay, of a delivery or of a failure, for one recipient or several. Only `Action: failed` says that
an e-mail came back (RFC 3464, section 2.3.3).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
MESSAGE_ID_LINE = re.compile(r"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class RecipientStatus:
    """What a report says of one recipient: every address it gives for them, the action as one small word, and the reason."""

    addresses: frozenset[str]
    action: str
    reason: str


@dataclass
class DeliveryReport:
    """The Message-IDs of the e-mails that a report is about, and what became of them."""

    message_ids: list[str] = field(default_factory=list)
    recipients: list[RecipientStatus] = field(default_factory=list)

    def failure(self, address: str) -> str | None:
        """Return why the e-mail to this address came back, "" without a reason; None if it did not come back.

        Where the report names the address, only that counts; else, as after forwarding, any failure of the same e-mail.
        """
        named = [one for one in self.recipients if address.strip().lower() in one.addresses]
        failed = [one for one in named or self.recipients if one.action == "failed"]
        return failed[0].reason if failed else None


def read_report(content: bytes) -> DeliveryReport:
    """Return what a report says. One that says nothing of any recipient, such as an answer from holiday, has none."""
    report = email.message_from_bytes(content)
    found = DeliveryReport()
    for part in _parts(report):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            found.recipients += _recipients(part)
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            found.message_ids += MESSAGE_ID_LINE.findall(_text(part))[:1]
        elif kind in ("message/rfc822", "message/global"):
            found.message_ids += _message_ids(part)
    if not found.recipients:
        _read_failed_recipients(report, found)
    return found


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message, without those of messages within it: what these say was said by somebody else."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield message


def _recipients(part: Message) -> Iterator[RecipientStatus]:
    """Yield each group of fields that names a recipient; the first group is about the whole e-mail and names none."""
    payload = part.get_payload()
    for group in payload if isinstance(payload, list) else [email.message_from_string(_text(part))]:
        if not isinstance(group, Message) or not (group["Final-Recipient"] or group["Original-Recipient"]):
            continue
        addresses = frozenset(
            str(group[name] or "").rpartition(";")[2].strip().strip("<>").lower()
            for name in ("Final-Recipient", "Original-Recipient")
            if group[name]
        )
        action = str(group["Action"] or "").strip().lower()
        word = re.match(r"[a-z]+", action)
        yield RecipientStatus(addresses, word[0] if word else "", _on_one_line(group["Diagnostic-Code"]))


def _message_ids(part: Message) -> list[str]:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        return MESSAGE_ID_LINE.findall(_text(part))[:1]
    return MESSAGE_ID.findall(str(inner["Message-ID"] or ""))[:1]


def _read_failed_recipients(report: Message, found: DeliveryReport) -> None:
    """Read a report without the parts of RFC 3464: Exim's, which names who failed in a field and quotes the e-mail."""
    failed = str(report["X-Failed-Recipients"] or "")
    if not failed:
        return
    addresses = frozenset(word.strip().lower() for word in failed.split(",") if word.strip())
    found.recipients.append(RecipientStatus(addresses, "failed", ""))
    if not found.message_ids:
        quoted = "\n".join(_text(part) for part in _parts(report) if part.get_content_maintype() == "text")
        found.message_ids += MESSAGE_ID_LINE.findall(quoted)[:1]


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", errors="replace") if isinstance(content, bytes) else ""


def _on_one_line(value: object) -> str:
    return " ".join(str(value or "").split())
