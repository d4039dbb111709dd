"""Sign-in: what goes wrong, passwords, and the second step."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.functional.browser import Visitor

COUNCILLOR = "councillor@marlshire.example"


def code_of(somebody: Visitor) -> str:
    """What an authenticator app would show now for the key on the page."""
    secret = somebody.main.locator("code").first.inner_text()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_wrong_password_says_what_to_do_and_too_many_are_stopped(visitor: Callable[..., Visitor]) -> None:
    somebody = visitor().go("/my-work/").sees("You need to sign in to see this page")
    somebody.press("Sign in", exact=True).sees("Enter your e-mail address", "Enter your password")
    for attempt in range(12):
        somebody.enter("E-mail address", COUNCILLOR).enter("Password", f"wrong {attempt}", exact=True)
        somebody.press("Sign in", exact=True)
        if "Too many" in somebody.words:
            break
        assert "There is a problem" in somebody.words
    assert "Too many" in somebody.words
    assert attempt >= 3


def test_signing_in_leads_to_the_work_and_out_again(visitor: Callable[..., Visitor]) -> None:
    councillor = visitor().sign_in(COUNCILLOR).sees("Dashboards")
    councillor.page.get_by_role("button", name="Sign out").click()
    councillor.look()
    councillor.go("/dashboard/").sees("You need to sign in to see this page")


def test_a_password_is_changed(visitor: Callable[..., Visitor]) -> None:
    councillor = visitor().sign_in(COUNCILLOR).go("/accounts/me/").follow("Change your password")
    councillor.enter("Present password", "demonstration").enter("New password", "short", exact=True)
    councillor.enter("New password again", "other").press("Change password").sees("There is a problem")
    councillor.enter("Present password", "demonstration")
    councillor.enter("New password", "a quite new sentence", exact=True)
    councillor.enter("New password again", "a quite new sentence").press("Change password")
    visitor().sign_in(COUNCILLOR, "a quite new sentence")


def test_a_second_step_is_set_up_and_asked_for(visitor: Callable[..., Visitor]) -> None:
    councillor = visitor().sign_in(COUNCILLOR).go("/accounts/me/").follow("Set up your second step")
    councillor.follow("Add a passkey").sees("Confirm that it is you")
    councillor.enter("Password", "demonstration", exact=True).press("Confirm")
    councillor.sees("Add a passkey", "Your browser asks where to keep the passkey").go(
        "/accounts/second-step/"
    )
    councillor.follow("Set up an authenticator app")
    councillor.enter("Code from the app", "000000").press("Set up").sees("There is a problem")
    councillor.enter("Code from the app", code_of(councillor)).press("Set up").look()
    councillor.go("/accounts/second-step/").sees("Set up").follow("See your recovery codes")
    recovery = councillor.main.locator("li code").all_inner_texts()
    assert len(recovery) >= 8

    again = visitor().go("/accounts/login/").enter("E-mail address", COUNCILLOR)
    again.enter("Password", "demonstration", exact=True).press("Sign in", exact=True)
    assert "/second-step/" in again.page.url
    again.enter("Code", "000000", exact=True).press("Sign in", exact=True)
    again.sees("There is a problem")


def test_a_forgotten_password(
    visitor: Callable[..., Visitor], mailoutbox: list[Any], make_queued: Callable[[], None]
) -> None:
    somebody = visitor().go("/accounts/login/").follow("Forgotten your password?")
    somebody.enter("E-mail address", COUNCILLOR).press("Send the link")
    make_queued()
    [message] = [one for one in mailoutbox if one.to == [COUNCILLOR]]
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)
    path = "/accounts/" + link.split("/accounts/", 1)[1]
    somebody.go(path).enter("New password", "one more sentence of mine", exact=True)
    somebody.enter("New password again", "one more sentence of mine").press("Set password and go on")
    visitor().sign_in(COUNCILLOR, "one more sentence of mine")
    visitor().go(path).sees("This link can’t be used any more")
