"""Committee support puts right what was recorded wrong, and everybody reads what happened."""

from __future__ import annotations

from collections.abc import Callable

from recommendations.lifecycle import Decision
from recommendations.models import Assignment, Response
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
    support.choose("There was no such response").press("Continue")
    support.sees("Enter how it came to be recorded wrong. Everybody can read it")
    support.enter("How it came to be recorded wrong", WHY).press("Continue")
    support.sees("Check the correction before you record it", "None yet", WHY)
    support.press("Record the correction").sees("The correction is on the record")

    public = visitor(width=360).go(f"/recommendations/{part.recommendation_id}/")
    public.sees("Recorded in error", WHY, "Corrected: a response")
