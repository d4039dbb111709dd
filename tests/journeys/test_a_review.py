"""A review from its opening to its close: asked of every body, answered on one page, published in one go, chased."""

from __future__ import annotations

from collections.abc import Callable

from recommendations.lifecycle import Claim, UpdateState
from recommendations.models import Assignment, Review, Update, UpdateRequest
from tests.journeys.visitor import Visitor

OFFICER = "officer@marlshire.example"
APPROVER = "approver@marlshire.example"
SCRUTINY = "scrutiny@marlshire.example"
COMMITTEE = "Children and Young People Select Committee"


def test_a_review_from_opening_to_closing(visitor: Callable[..., Visitor]) -> None:
    scrutiny = visitor(SCRUTINY).go("/workspace/reviews/").follow("Open a review").follow(COMMITTEE)
    scrutiny.enter("Title", "Winter review").day("Date the updates are due", "20 2 2026")
    scrutiny.press("Open the review").sees("The review is open", "0 of")
    review = Review.objects.latest("id")
    asked = review.requests.count()
    assert asked > 10

    mine = UpdateRequest.objects.filter(review=review, assignment__body__name="Children's Services")
    parts = [one.assignment for one in mine]
    in_hand = {update.assignment_id: update.state for update in Update.objects.unpublished()}
    officer = visitor(OFFICER).go("/my-work/").sees("Winter review")
    officer.go(f"/my-work/reviews/{review.pk}/").sees("Winter review: answer on one page")
    answered = 0
    repeated = next(
        part for part in parts if part.last_update_id and in_hand.get(part.pk) != UpdateState.SUBMITTED
    )
    for part in parts:
        if in_hand.get(part.pk) == UpdateState.SUBMITTED:
            continue
        reference = part.recommendation.reference
        if part == repeated:
            for box in (
                "What has been done?",
                "What stands in the way?",
                "What happens next?",
                "What was delivered?",
            ):
                officer.enter(f"{box} {reference}", "")
            last = Claim(part.claim).label
            officer.select(f"How does the work stand? {reference}", str(last)).tick(
                f"As last time {reference}"
            )
        else:
            officer.select(f"How does the work stand? {reference}", "On track")
            officer.enter(f"What has been done? {reference}", f"Work on {reference} goes on as planned.")
        answered += 1
    officer.press("Save, then check and submit").sees(f"{answered} updates are complete", "as last time")
    officer.press("Submit those ticked").sees(f"{answered} updates sent on their way")

    approver = visitor(APPROVER).go("/approvals/").follow("Read and publish all of them on one page")
    approver.sees("as everybody will read it").press("Publish those ticked").sees("updates are published")
    assert (
        Assignment.objects.filter(pk__in=[part.pk for part in parts], last_update__as_at="2026-01-12").count()
        >= answered
    )

    scrutiny.go(f"/workspace/reviews/{review.pk}/").sees("of them as last time", "goes on as planned.")
    scrutiny.press("Chase all who have not answered").sees("requests are chased")
    scrutiny.follow("Close the review").sees("They stay on the review as not answered")
    scrutiny.press("Close the review").sees("“Winter review” is closed")
