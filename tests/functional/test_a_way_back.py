"""What was sent, asked, published or released by mistake is taken back, by those who did it, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recommendations.actions import packs, updates
from recommendations.models import Pack, Review, Update
from tests.functional.browser import Visitor
from tests.functional.test_every_page import a_pack_not_released
from tests.functional.test_officers_and_approvers import an_open_part

OFFICER = "officer@marlshire.example"
APPROVER = "approver@marlshire.example"
SCRUTINY = "scrutiny@marlshire.example"
CLERK = "clerk@marlshire.example"


def test_an_update_is_recalled_mended_approved_and_the_approval_taken_back(
    visitor: Callable[..., Visitor], on_day: Callable[[str], None], settings: Any
) -> None:
    settings.GRACE_SECONDS = 60
    part = an_open_part()
    heading = part.recommendation.heading

    officer = visitor(OFFICER, javascript=False).go(f"/assignments/{part.pk}/").follow("Log an update")
    officer.choose("At risk").enter("What has been done?", "Seven of teh eleven teams.").press("Preview")
    officer.press("Submit to the approver").sees("The update is with the approver")
    officer.follow("Take it back", exact=True).sees("It leaves the list of Head of Service")
    officer.press("Take it back").sees("You have taken the update back")
    officer.enter("What has been done?", "Seven of teh eleven teams were trained.").press("Preview")
    officer.press("Submit to the approver").sees("The update is with the approver")

    approver = visitor(APPROVER, javascript=False).go("/approvals/").follow(heading)
    approver.follow("Mend the words yourself").enter(
        "What has been done", "Seven of the eleven teams were trained."
    )
    approver.press("Save the changes").sees("Your changes are saved", "As submitted by")
    approver.picture("mended", height=1500)
    approver.sees("1 minute after you press the button").press("Publish", exact=True)
    approver.sees("It is published in 1 minute").follow("Take the approval back")
    approver.press("Take the approval back").sees("The update waits for you again")
    approver.press("Publish", exact=True).sees("It is published in 1 minute")

    on_day("2026-01-13")
    assert len(updates.publish_approved()) == 1
    approver.go(f"/updates/{Update.objects.latest('id').pk}/approval/").sees("This update is published.")
    public = visitor().go(f"/recommendations/{part.recommendation_id}/")
    public.sees("Seven of the eleven teams were trained.", "The approver mended the wording")
    public.does_not_see("Seven of teh")
    officer.go(f"/assignments/{part.pk}/").follow("See what the approver mended in this update")
    officer.sees("As submitted and as mended", "Seven of teh eleven teams were trained.")


def test_a_review_a_chase_and_a_release_are_taken_back(
    visitor: Callable[..., Visitor], on_day: Callable[[str], None], settings: Any
) -> None:
    settings.GRACE_SECONDS = 60
    scrutiny = visitor(SCRUTINY, javascript=False).go("/workspace/reviews/").follow("Open a review")
    scrutiny.follow("Children and Young People Select Committee").enter("Title", "A review by mistake")
    scrutiny.day("Date the updates are due", "24 3 2026").press("Continue")
    scrutiny.sees("Who is asked", "You can cancel it").picture("review-check", height=1150)
    scrutiny.press("Open the review").sees("The review is open")
    review = Review.objects.latest("id")
    visitor(OFFICER).go("/my-work/").sees("A review by mistake")

    scrutiny.press("Chase all who have not answered").sees("Who is chased").press("Chase", exact=True)
    scrutiny.sees("requests are chased").follow("Take that back").sees("Nobody was told of these by e-mail")
    scrutiny.press("Take them back").sees("chases are taken back").does_not_see("Once, on")
    scrutiny.follow("Cancel it: opened by mistake").press("Cancel the review")
    scrutiny.sees("Enter why the review is cancelled").enter("Why is it cancelled?", "The wrong committee.")
    scrutiny.press("Cancel the review").sees("is cancelled", "The wrong committee.")
    scrutiny.picture("review-cancelled", height=760)
    told = visitor(OFFICER).go("/my-work/")
    told.sees(
        "A review by mistake was cancelled",
        "because: The wrong committee.",
        "Nothing is asked of you for it any more",
    )
    assert review.requests.filter(chases__gt=0).count() == 0

    pack = a_pack_not_released()
    clerk = visitor(CLERK, javascript=False).go(f"/packs/{pack.pk}/release/")
    clerk.sees("You can take that back within 1 minute").press("Release it").sees("is released in 1 minute")
    clerk.follow("Take that back").press("Take the release back").sees("The release is taken back")
    on_day("2026-01-13")
    assert packs.release_asked() == []
    assert Pack.objects.get(pk=pack.pk).released_at is None
