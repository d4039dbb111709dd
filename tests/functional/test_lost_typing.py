"""What is typed outlives a closed browser, a lost connection and a sign-in that ended; none of it stays in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recommendations.demo.people import PASSWORD
from recommendations.models import Inquiry, Update
from tests.functional.browser import Visitor
from tests.functional.test_officers_and_approvers import an_open_part

OFFICER = "officer@marlshire.example"
SCRUTINY = "scrutiny@marlshire.example"
DONE = "What has been done?"
STORED = "() => localStorage.length + sessionStorage.length"


def saved(page: Page) -> Any:
    """Waits for the answer to the form that saves itself."""
    return page.expect_response(lambda response: "x-autosave" in response.request.headers)


def sign_out_in_another_tab(visitor: Visitor) -> Page:
    other = visitor.page.context.new_page()
    other.goto("/accounts/logout/")
    other.locator("main").get_by_role("button", name=re.compile("Sign out")).click()
    other.wait_for_load_state()
    return other


def test_a_browser_that_was_killed(visitor: Callable[..., Visitor]) -> None:
    address = f"/assignments/{an_open_part().pk}/update/"
    officer = visitor(OFFICER).go(address)
    with saved(officer.page) as answer:
        officer.choose("On track").enter(DONE, "Typed, and no button pressed.")
    assert answer.value.ok
    expect(officer.main.get_by_text("Saved at")).to_be_visible()
    assert officer.page.evaluate(STORED) == 0
    officer.page.context.close()

    again = visitor(OFFICER).go(address)
    assert again.main.get_by_label(DONE).input_value() == "Typed, and no button pressed."


def test_a_closed_tab_does_not_wait_for_the_timer(visitor: Callable[..., Visitor]) -> None:
    address = f"/assignments/{an_open_part().pk}/update/"
    officer = visitor(OFFICER).go(address).enter(DONE, "The last words.")
    with saved(officer.page):
        officer.page.evaluate(
            "() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden' });"
            " document.dispatchEvent(new Event('visibilitychange')); }"
        )
    assert Update.objects.latest("pk").progress == "The last words."


def test_a_lost_connection(visitor: Callable[..., Visitor]) -> None:
    officer = visitor(OFFICER).go(f"/assignments/{an_open_part().pk}/update/")
    officer.page.context.set_offline(True)
    officer.enter(DONE, "Typed without a connection.")
    expect(officer.main.get_by_text("No connection. What you typed stays on this page")).to_be_visible()
    assert officer.page.evaluate(STORED) == 0
    officer.failures.clear()  # the browser's own words about the connection
    with saved(officer.page) as answer:
        officer.page.context.set_offline(False)
    assert answer.value.ok
    expect(officer.main.get_by_text("No connection.")).to_have_count(0)
    assert Update.objects.latest("pk").progress == "Typed without a connection."


def test_a_sign_in_that_ended_in_another_tab(visitor: Callable[..., Visitor]) -> None:
    officer = visitor(OFFICER).go(f"/assignments/{an_open_part().pk}/update/")
    sign_out_in_another_tab(officer)
    officer.page.bring_to_front()
    with saved(officer.page) as answer:
        officer.choose("On track").enter(DONE, "Two hours of work.")
    assert answer.value.status == 401
    expect(officer.main.get_by_text("You have been signed out.")).to_be_visible()
    with officer.page.context.expect_page() as opened:
        officer.main.get_by_role("link", name=re.compile("Sign in again")).click()
    tab = Visitor(opened.value)
    tab.page.wait_for_load_state()
    tab.page.get_by_label("E-mail address").fill(OFFICER)
    tab.page.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.press("Sign in", exact=True).sees("Your words were kept")
    assert tab.main.get_by_label(DONE).input_value() == "Two hours of work."

    # The first tab still holds the token of the earlier sign-in.
    officer.enter(DONE, "Two hours of work, and a word more.")
    officer.press("Save draft").sees("Your words were kept")
    officer.press("Save draft").sees("The draft is saved")
    assert Update.objects.latest("pk").progress == "Two hours of work, and a word more."


@pytest.mark.parametrize("javascript", [True, False])
def test_a_long_form_of_committee_support(visitor: Callable[..., Visitor], javascript: bool) -> None:
    inquiry = Inquiry.objects.get(title__startswith="Noticed and supported")
    author = visitor(SCRUTINY, javascript=javascript).go(f"/workspace/inquiries/{inquiry.pk}/findings/new/")
    sign_out_in_another_tab(author)
    author.page.bring_to_front()
    words = " ".join(["The crossing was never built."] * 200)
    author.main.get_by_role("textbox").last.fill(words)
    author.press("Save")
    author.page.get_by_label("E-mail address").fill(SCRUTINY)
    author.page.get_by_label("Password", exact=True).fill(PASSWORD)
    author.press("Sign in", exact=True).sees("Your words were kept")
    assert author.main.get_by_role("textbox").last.input_value() == words
