"""An empty installation becomes a working one: people, bodies, an inquiry, its notices and its responses."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command

from tests.functional.browser import Visitor

PASSWORD = "enough words to be safe"
COUNCIL = "Testshire County Council"
COMMITTEE = "Roads Select Committee"
TITLE = "Safer roads near schools"


@pytest.mark.empty_system
def test_a_council_begins_to_use_the_tracker(
    visitor: Callable[..., Visitor], capsys: pytest.CaptureFixture[str], mailoutbox: list[Any], settings: Any
) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    nobody = visitor().go("/").go("/inquiries/").go("/recommendations/").go("/bodies/").go("/packs/")
    nobody.sees("No packs have been released yet")

    admin = the_first_administrator(visitor, capsys)
    the_bodies(admin)
    for name, role, body in (
        ("Sam Scrutiny", "Scrutiny officer", COMMITTEE),
        ("Carla Clerk", "Clerk", COUNCIL),
        ("Olive Officer", "Responsible officer", "Cabinet"),
        ("Ada Approver", "Approver", "Cabinet"),
    ):
        add_person(admin, name, role, body)

    clerk = invited(visitor, mailoutbox, "carla")
    clerk.go("/meetings/").sees("There are no meetings yet").follow("Add a meeting")
    clerk.select("Whose meeting is it?", "Cabinet").day("Date", "12 1 2026").press("Add the meeting")
    clerk.sees("12 January 2026")

    scrutiny = invited(visitor, mailoutbox, "sam")
    an_inquiry_with_two_recommendations(scrutiny)
    publish(scrutiny)
    send_the_notices(scrutiny)
    record_both_responses(scrutiny)

    nobody.go("/inquiries/").follow(TITLE).sees("A crossing at each school", "Speed checks")
    nobody.follow("A crossing at each school").sees("Accepted in part", "The budget allows six of the nine.")

    officer = invited(visitor, mailoutbox, "olive")
    officer.go("/my-work/").sees("A crossing at each school")


def the_first_administrator(visitor: Callable[..., Visitor], capsys: pytest.CaptureFixture[str]) -> Visitor:
    """Made at the command line; sets a password by the printed link and the second step that they must have."""
    call_command("add_administrator", "ann@testshire.example", "Ann Administrator")
    admin = visitor()
    set_password(admin, capsys.readouterr().out.split()[-1])
    admin.go("/administration/").sees("Administrators need a second step")
    admin.follow("Set up an authenticator app")
    if "Confirm that it is you" in admin.words:
        admin.enter("Password", PASSWORD, exact=True).press("Confirm")
    secret = admin.main.locator("code").first.inner_text()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    admin.enter("Code from the app", code).press("Set up")
    return admin.go("/administration/").sees("People and roles")


def set_password(somebody: Visitor, link: str) -> None:
    somebody.go(urlsplit(link).path).enter("New password", PASSWORD, exact=True)
    somebody.enter("New password again", PASSWORD).press("Set password and go on")


def invited(visitor: Callable[..., Visitor], mailoutbox: list[Any], name: str) -> Visitor:
    """Somebody who follows the link of their invitation."""
    mail = next(mail for mail in mailoutbox if mail.to[0].startswith(name))
    somebody = visitor()
    set_password(somebody, next(word for word in mail.body.split() if "/password/reset/key/" in word))
    return somebody


def the_bodies(admin: Visitor) -> None:
    admin.follow("Bodies and posts").sees("There are no bodies yet")
    add_body(admin, "Council", COUNCIL)
    add_body(admin, "Committee", COMMITTEE, parent=COUNCIL)
    add_body(admin, "Executive", "Cabinet", parent=COUNCIL)
    admin.sees("It has no posts yet").follow("Add a post")
    admin.enter("Title of the post", "Cabinet Member for Highways").press("Add the post").sees("is added")
    add_body(admin, "Police", "Testshire Police")


def add_body(admin: Visitor, kind: str, name: str, parent: str = "") -> None:
    admin.go("/workspace/bodies/").follow("Add a body").choose(kind, exact=True).press("Continue")
    admin.enter("Name", name, exact=True)
    if parent:
        admin.select("Part of", parent)
    admin.press("Add the body").sees(f"{name} is added")


def add_person(admin: Visitor, name: str, role: str, body: str) -> None:
    admin.go("/administration/people/new/").enter("Full name", name)
    admin.enter("E-mail address", f"{name.split()[0].lower()}@testshire.example").choose(role, exact=True)
    admin.select("Body", body).press("Add and send the link").sees(f"{name} was added")


def an_inquiry_with_two_recommendations(scrutiny: Visitor) -> None:
    scrutiny.go("/workspace/").sees("There are no inquiries yet").follow("Begin an inquiry")
    scrutiny.enter("Title", TITLE, exact=True).enter("Reference", "RSC 2026/01")
    scrutiny.enter("What the committee is looking into", "Why children are hurt on the way to school.")
    scrutiny.press("Begin the inquiry").sees("The inquiry is begun", "There are no findings on record")

    scrutiny.follow("Add a finding").enter("What the committee found", "Nine schools have no crossing.")
    scrutiny.press("Save", exact=True).sees("Finding 1 is added")

    scrutiny.follow("Add a recommendation").enter("Short heading", "A crossing at each school")
    scrutiny.enter("Exact words of the recommendation", "That the Cabinet builds a crossing at each of them.")
    scrutiny.select("Finding it follows from", "Nine schools").press("Save and address it")
    scrutiny.sees("Address the recommendation")
    first, second = (scrutiny.main.get_by_role("group", name=f"Body {n}", exact=True) for n in (1, 2))
    first.get_by_label("Owning body").select_option(label="Cabinet")
    first.get_by_label("Answerable post").select_option(label="Cabinet Member for Highways")
    for label, number in (("Day", "31"), ("Month", "12"), ("Year", "2026")):
        first.get_by_label(label, exact=True).fill(number)
    second.get_by_label("Owning body").select_option(label="Testshire Police")
    second.get_by_role("radio", name="Contributes").check()
    scrutiny.press("Save", exact=True).sees("Cabinet", "Testshire Police")

    scrutiny.follow("Add a recommendation").enter("Short heading", "Speed checks")
    scrutiny.enter("Exact words of the recommendation", "That the police check speeds in the morning.")
    scrutiny.press("Save and address it")
    first.get_by_label("Owning body").select_option(label="Testshire Police")
    scrutiny.press("Save", exact=True)


def publish(scrutiny: Visitor) -> None:
    scrutiny.follow("Drafting the report").press("Move the inquiry")
    scrutiny.follow("Report published").day("When was the report published?", "9 1 2026")
    scrutiny.press("Move the inquiry").sees("The inquiry is now at the stage")


def send_the_notices(scrutiny: Visitor) -> None:
    scrutiny.follow("Send notices").press("Continue").sees("Check before you send", "12 March 2026")
    scrutiny.press("Send the notices").sees("3 sent")


def record_both_responses(scrutiny: Visitor) -> None:
    scrutiny.follow("Record its response (Cabinet)").choose("Accepted in part")
    scrutiny.day("When did the body decide?", "12 1 2026").press("Record the response")
    scrutiny.sees("Enter the reason the body gave")
    scrutiny.enter("Reason the body gave", "The budget allows six of the nine.").press("Record the response")
    scrutiny.sees("The response is recorded")
    scrutiny.follow("Record its response (Testshire Police)").choose("The same answer to all of them")
    scrutiny.choose("Accepted", exact=True).day("When did the body decide?", "10 1 2026")
    scrutiny.press("Record the response").sees("decided before it was notified")
    scrutiny.day("When did the body decide?", "12 1 2026").press("Record the response")
    scrutiny.sees("2 responses are recorded")
