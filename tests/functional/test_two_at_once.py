"""Two people work on the same thing: the second is told, sees the difference and loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from recommendations.models import Inquiry
from tests.functional.browser import Visitor
from tests.functional.test_officers_and_approvers import an_open_part

OFFICER = "officer@marlshire.example"
SCRUTINY = "scrutiny@marlshire.example"
NOTE = "Note on where this comes from"


def test_the_same_inquiry(visitor: Callable[..., Visitor], colleague_of: Callable[[str], str]) -> None:
    inquiry = Inquiry.objects.get(title__startswith="Noticed and supported")
    address = f"/workspace/inquiries/{inquiry.pk}/edit/"
    first, second = visitor(SCRUTINY).go(address), visitor(colleague_of(SCRUTINY)).go(address)

    first.enter(NOTE, "From the tracker of 2024.").press("Save")
    first.sees("The inquiry is saved")
    second.enter(NOTE, "From the minutes of 2023.").press("Save")

    second.sees("Changed by somebody else", "From the tracker of 2024.")
    box = second.main.get_by_label(NOTE)
    assert box.input_value() == "From the minutes of 2023."
    inquiry.refresh_from_db()
    assert inquiry.source_note == "From the tracker of 2024."
    second.press("Save").sees("The inquiry is saved", "From the minutes of 2023.")


def test_the_same_draft(visitor: Callable[..., Visitor], colleague_of: Callable[[str], str]) -> None:
    address = f"/assignments/{an_open_part().pk}/update/"
    first, second = visitor(OFFICER).go(address), visitor(colleague_of(OFFICER), javascript=False)
    first.choose("On track").enter("What has been done?", "Words of the first.").press("Save draft")
    first.sees("The draft is saved")
    second.go(address)
    first.enter("What has been done?", "Words of the first, changed.").press("Save draft")
    first.sees("The draft is saved")

    second.enter("What has been done?", "Words of the second.").press("Save draft")
    second.sees("Changed by somebody else", "Words of the first, changed.", "Last saved by")
    assert second.main.get_by_label("What has been done?").input_value() == "Words of the second."
    second.press("Save draft").sees("The draft is saved")
    first.go(address)
    assert first.main.get_by_label("What has been done?").input_value() == "Words of the second."
