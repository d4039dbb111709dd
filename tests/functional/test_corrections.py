"""Committee support puts right what was recorded wrong, and everybody reads what happened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from committee.formatting import possessive
from recommendations.lifecycle import Decision
from recommendations.models import Assignment, Inquiry, Response
from tests.functional.browser import Visitor

SUPPORT = "scrutiny@marlshire.example"
WHY = "Typed wrong: the letter bears another day."


def test_a_wrong_response_is_corrected_in_the_open(visitor: Callable[..., Visitor]) -> None:
    part = (
        Assignment.objects.published()
        .open()
        .filter(decision=Decision.ACCEPTED, recommendation__inquiry__committee__name__startswith="Children")
        .order_by("pk")
        .first()
    )
    assert part is not None
    wrong = Response.objects.standing().filter(assignment=part).latest("decided_on", "pk")
    support = visitor(SUPPORT, width=1280).go(f"/workspace/correct/response/{wrong.pk}/")
    support.sees("Correct a response", "How it came to be recorded wrong")
    support.choose("Nothing: there was no such response").press("Continue")
    support.sees("Enter how it came to be recorded wrong. Everybody can read it")
    support.enter("How it came to be recorded wrong", WHY).press("Continue")
    support.sees("Check the correction before you record it", "None yet", WHY)
    support.press("Record the correction").sees("The correction is on the record")

    public = visitor(width=360).go(f"/recommendations/{part.recommendation_id}/")
    public.sees("Recorded in error", WHY, f"Corrected: the {possessive(wrong.body_name)} response")


def test_a_wrong_date_of_a_notice_is_corrected_from_where_it_is_read(
    visitor: Callable[..., Visitor],
) -> None:
    part = (
        Assignment.objects.published()
        .open()
        .filter(recommendation__inquiry__committee__name__startswith="Children", decision="")
        .notified()
        .order_by("-notified_on", "pk")
        .first()
    )
    assert part is not None
    assert part.notified_on is not None
    right = part.notified_on + dt.timedelta(days=1)
    support = visitor(SUPPORT).go(f"/recommendations/{part.recommendation_id}/")
    support.follow(re.compile(r"^Correct the date")).sees("What is recorded now stands in the form")
    support.day("The day the notice was sent", f"{right.day} {right.month} {right.year}")
    support.enter("How it came to be recorded wrong", WHY).press("Continue").sees("Response clock")
    support.picture("correction", height=1200).press("Record the correction").sees("Corrected")

    public = visitor().go(f"/recommendations/{part.recommendation_id}/").sees("Recorded in error before", WHY)
    public.page.locator(f"#body-{part.pk}-name").scroll_into_view_if_needed()
    public.picture("corrected", part=f"#body-{part.pk}")


def test_an_added_recommendation_is_a_draft_until_it_is_published(visitor: Callable[..., Visitor]) -> None:
    inquiry = Inquiry.objects.filter(
        committee__name__startswith="Children and Young", stage="published"
    ).order_by("pk")[0]
    support = visitor(SUPPORT).go(f"/workspace/inquiries/{inquiry.pk}/").follow("Add a recommendation")
    support.enter("Short heading", "Quiet streets at four").enter(
        "Exact words of the recommendation",
        "That the Cabinet closes the streets beside schools for half an hour each afternoon.",
    )
    support.press("Save", exact=True).sees("is added")
    visitor().go(f"/inquiries/{inquiry.pk}/").does_not_see("Quiet streets at four")
    support.follow(re.compile("^Publish")).sees("Publish recommendation").picture("publish-added", height=760)
    support.press("Publish the recommendation").sees("Its notices can be sent now")
    visitor().go(f"/inquiries/{inquiry.pk}/").sees("Quiet streets at four")
