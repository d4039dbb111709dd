"""The main job, on the real inquiry of 2015: progress is logged, published, read, and put before the Cabinet.

Told three times: with scripts, without any, and by somebody who has no mouse.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from tests.functional.browser import Visitor, text_of

HEADING = "Risk awareness and resilience of secondary school pupils"
INQUIRY = "Preventing child sexual exploitation in Buckinghamshire"
DONE = "Lessons on online risk were given in 12 of 20 secondary schools."
NEXT = "The other eight schools have dates in the spring term."
CABINET = "Cabinet of Buckinghamshire County Council"

OFFICER = "officer@buckinghamshire.example"
APPROVER = "approver@buckinghamshire.example"
COUNCILLOR = "councillor@buckinghamshire.example"
CLERK = "clerk@buckinghamshire.example"


def test_the_public_reads_the_real_inquiry(visitor: Callable[..., Visitor]) -> None:
    public = visitor().go("/").menu("Inquiries").follow(INQUIRY)
    public.sees("holds only what they tell", "the numbers and references are ours", HEADING)
    public.follow(HEADING).sees("Buckinghamshire Council")
    public.does_not_see(DONE)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_logged_update_to_a_pack_for_cabinet(
    javascript: bool, visitor: Callable[..., Visitor], make_queued: Callable[[], None]
) -> None:
    def somebody(email: str | None = None) -> Visitor:
        return visitor(email, javascript=javascript)

    officer = somebody(OFFICER).go("/my-work/").follow(HEADING).follow("Log an update")
    officer.choose("On track").enter("What has been done?", DONE).enter("What happens next?", NEXT)
    officer.press("Preview").sees("How the update will read", DONE, NEXT, "It is public only once")
    officer.press("Submit to the approver").sees("Waiting for approval", "Submitted by Responsible Officer")

    approver = somebody(APPROVER).go("/approvals/").sees("Waiting for you").follow(HEADING).sees(DONE)
    approver.press("Publish", exact=True).sees("is published", "Nothing is waiting for you")

    public = somebody().go("/inquiries/").follow(INQUIRY).follow(HEADING).sees("On track", DONE, NEXT)
    public.sees("Buckinghamshire Council (formerly Buckinghamshire County Council) says")

    councillor = (
        somebody(COUNCILLOR).go("/dashboard/").sees("6 recommendations as at 12 January 2026", INQUIRY)
    )
    councillor.sees(
        "Of 6 recommendations it is not known from public sources whether they were done or closed"
    )
    councillor.follow("Not known", exact=True).sees("On track").follow(HEADING).sees(DONE)

    clerk = somebody(CLERK).go("/meetings/").follow(CABINET).sees("11 January 2016").follow("Compose a pack")
    clerk.enter("Title", "Briefing pack for Cabinet").press("Make the pack now").sees(
        "The pack is being made"
    )
    make_queued()
    if javascript:
        clerk.page.wait_for_url(lambda address: "progress" not in address)
    else:
        clerk.page.reload()
    clerk.look().sees("Ready", "Read the PDF")
    holds_the_update(clerk.download("Download the PDF"))
    clerk.follow("Read as a web page").page.get_by_text(DONE).first.wait_for()


def holds_the_update(pdf: bytes) -> None:
    """The pack is a whole PDF, tagged, with its language and title, that says what was logged."""
    assert pdf.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == "en-GB"
        assert "Briefing pack for Cabinet" in str(document.docinfo["/Title"])
    assert DONE in text_of(pdf)


class TestWithoutAMouse:
    """Tab, Enter, Space and typing; wherever the focus goes, it is seen."""

    def test_past_the_menu_by_the_skip_link(self, visitor: Callable[..., Visitor]) -> None:
        public = visitor().go("/recommendations/").tab_to("Skip to main content").keys("Enter")
        assert public.page.evaluate("document.activeElement.id") == "main-content"
        public.keys("Tab")
        assert public.page.evaluate("document.querySelector('main').contains(document.activeElement)")

    def test_the_whole_main_job(
        self, visitor: Callable[..., Visitor], make_queued: Callable[[], None]
    ) -> None:
        officer = visitor()
        self.sign_in(officer, OFFICER)
        officer.tab_to(HEADING).enter_key()
        officer.tab_to("Log an update").enter_key()
        officer.tab_to("Not started").keys("Space", "ArrowDown").tab_to("What has been done?").type(DONE)
        officer.tab_to("What happens next?").type(NEXT).tab_to("Preview").enter_key().sees(DONE, "On track")
        officer.tab_to("Submit to the approver").enter_key().sees("Waiting for approval")

        approver = visitor()
        self.sign_in(approver, APPROVER)
        approver.tab_to(HEADING).enter_key().tab_to("Publish").enter_key().sees("is published")

        public = visitor().go("/").tab_to("Inquiries").enter_key().tab_to(INQUIRY).enter_key()
        public.tab_to(HEADING).enter_key().sees(DONE)

        councillor = visitor()
        self.sign_in(councillor, COUNCILLOR)
        councillor.sees(INQUIRY).tab_to("Not known").enter_key()
        councillor.tab_to(HEADING).enter_key().sees(DONE)

        clerk = visitor()
        self.sign_in(clerk, CLERK)
        clerk.tab_to(CABINET).enter_key().tab_to("Compose a pack").enter_key()
        clerk.tab_to("Title").keys("Control+a").type("Briefing pack for Cabinet")
        clerk.tab_to("Make the pack now").enter_key().sees("The pack is being made")
        make_queued()
        clerk.page.wait_for_url(lambda address: "progress" not in address)
        clerk.look().tab_to("Download the PDF")
        holds_the_update(clerk.download("Download the PDF"))

    def sign_in(self, somebody: Visitor, email: str) -> None:
        somebody.go("/").tab_to("Sign in").enter_key()
        somebody.tab_to("E-mail address").type(email).tab_to("Password").type("demonstration")
        somebody.enter_key()
