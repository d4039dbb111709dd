"""The main job, done once through the application's own pages: `script/demo --check`.

An officer logs progress on a recommendation of the 2015 inquiry, an approver publishes it, a councillor reads it on
the dashboard, a clerk composes the Cabinet's briefing pack and downloads it, made by a real worker. It runs in a
scratch database, so no invented progress stays on the record of a real inquiry.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import escape

from recommendations.demo.people import PASSWORD
from recommendations.lifecycle import Claim, Edition, PackState
from recommendations.models import Assignment, Meeting, Pack, Update

WORDS = "Trial of the installation: this is not real progress."
PATIENCE = 180
"""Seconds to wait for the worker to make the pack."""


def run(*, say: Callable[[str], None], pack_path: Path) -> None:
    """Do the main job and write the pack. Raise CommandError, naming the step that failed, unless all of it happened."""
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        update = _log_and_publish(say)
        _read_dashboard(say, update)
        _make_pack(say, pack_path)


def _log_and_publish(say: Callable[[str], None]) -> Update:
    assignment = Assignment.objects.for_list().get(
        recommendation__reference="BCC CSE (15/16) 01", body__name="Buckinghamshire Council"
    )
    officer = Visitor("officer@buckinghamshire.example")
    officer.open(reverse("log_update", args=[assignment.pk]))
    officer.press("Preview", claim=Claim.ON_TRACK, progress=WORDS, next_steps="None: it is a trial.")
    officer.expect(WORDS)
    officer.press("Submit")
    draft = Update.objects.get(assignment=assignment)
    say(f"An officer logged an update on {assignment.recommendation.reference} and submitted it.")
    approver = Visitor("approver@buckinghamshire.example")
    approver.open(reverse("approvals"))
    approver.expect(assignment.recommendation.heading)
    approver.open(reverse("approval", args=[draft.pk]))
    approver.press("Publish")
    draft.refresh_from_db()
    if draft.published_at is None:
        raise CommandError("The check failed: the approver pressed Publish and the update is not published.")
    say("An approver published it.")
    return draft


def _read_dashboard(say: Callable[[str], None], update: Update) -> None:
    public = Visitor()
    public.open(reverse("recommendation", args=[update.assignment.recommendation_id]))
    public.expect(WORDS)
    say("The public reads it in the recommendation's timeline.")
    committee = update.assignment.recommendation.inquiry.committee
    councillor = Visitor("councillor@buckinghamshire.example")
    councillor.open(reverse("committee_dashboard", args=[committee.pk]))
    councillor.expect(update.assignment.recommendation.inquiry.title)
    councillor.expect("not known from public sources")
    say("A councillor sees it on the dashboard, and that the rest is not known.")


def _make_pack(say: Callable[[str], None], pack_path: Path) -> None:
    meeting = Meeting.objects.get(body__name="Cabinet of Buckinghamshire County Council")
    clerk = Visitor("clerk@buckinghamshire.example")
    clerk.open(reverse("compose_pack", args=[meeting.pk]))
    clerk.press("Make the pack now")
    pack = Pack.objects.for_list().filter(meeting=meeting, edition=Edition.PUBLIC)[0]
    say("A clerk composed the Cabinet's briefing pack.")
    deadline = time.monotonic() + PATIENCE
    while pack.state not in (PackState.READY, PackState.FAILED):
        if time.monotonic() > deadline:
            raise CommandError(f"The check failed: the pack was not made within {PATIENCE} seconds.")
        time.sleep(0.5)
        pack.refresh_from_db()
    if pack.state == PackState.FAILED:
        raise CommandError(f"The check failed: the pack could not be made. {pack.failure}")
    content = clerk.download(reverse("pack_pdf", args=[pack.pk]))
    pack_path.parent.mkdir(parents=True, exist_ok=True)
    pack_path.write_bytes(content)
    say(f"The worker made it: {pack.pages} pages, {len(content) // 1024} KB.")


class Form(HTMLParser):
    """The forms of a page, as a browser would send them back."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select: str | None = None
        self._text: str | None = None
        self._button: dict[str, Any] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append({"action": given.get("action") or "", "fields": [], "buttons": []})
        if not self.forms:
            return
        fields, name = self.forms[-1]["fields"], given.get("name")
        if tag == "button":
            self._button = {"name": name, "value": given.get("value") or "", "words": ""}
            self.forms[-1]["buttons"].append(self._button)
        elif tag == "textarea" and name:
            self._text = name
            fields.append([name, ""])
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            fields.append([self._select, given.get("value") or ""])
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in given:
                    fields.append([name, given.get("value") or "on"])
            elif kind not in ("submit", "button", "file"):
                fields.append([name, given.get("value") or ""])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None
        elif tag == "button":
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button["words"] += data
        if self._text is not None and self.forms:
            self.forms[-1]["fields"][-1][1] += data


class Visitor:
    """A person at a browser that knows pages and forms, and no scripts."""

    def __init__(self, email: str | None = None) -> None:
        self._client = Client()
        self._page = ""
        self._address = "/"
        if email is not None:
            self.open(reverse("account_login"))
            self.press("Sign in", login=email, password=PASSWORD)
            if "_auth_user_id" not in self._client.session:
                raise CommandError(f"The check failed: {email} could not sign in.")

    def open(self, address: str) -> None:
        """Open a page. Raise CommandError unless it is shown."""
        self._take(self._client.get(address, follow=True), address)

    def _take(self, response: Any, address: str) -> None:
        if response.redirect_chain:
            address = response.redirect_chain[-1][0]
        if response.status_code != 200:
            raise CommandError(f"The check failed: {address} answered {response.status_code}.")
        self._address, self._page = address, response.content.decode()

    def press(self, words: str, **values: str) -> None:
        """Fill in the form that has a button with these words, and press it."""
        for form in Form(self._page).forms:
            for button in form["buttons"]:
                if " ".join(button["words"].split()).startswith(words):
                    return self._send(form, button, values)
        raise CommandError(f"The check failed: there is no button “{words}” at {self._address}.")

    def _send(self, form: dict[str, Any], button: dict[str, Any], values: dict[str, str]) -> None:
        data: dict[str, list[str]] = {}
        for name, value in form["fields"]:
            if name not in values:
                data.setdefault(name, []).append(value.removeprefix("\n"))
        data |= {name: [str(value)] for name, value in values.items()}
        if button["name"]:
            data[button["name"]] = [button["value"]]
        address = form["action"] or self._address
        self._take(self._client.post(address.split("#")[0], data, follow=True), address)

    def expect(self, words: str) -> None:
        """Raise CommandError unless the page says this."""
        if escape(words) not in self._page:
            raise CommandError(f"The check failed: {self._address} does not say “{words}”.")

    def download(self, address: str) -> bytes:
        """Return the bytes of a file. Raise CommandError unless it is sent."""
        response = self._client.get(address)
        if response.status_code != 200:
            raise CommandError(f"The check failed: {address} answered {response.status_code}.")
        return bytes(response.getvalue())
