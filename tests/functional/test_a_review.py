"""A review of forty parts from its opening to its close, by the people of the demonstration: asked of every body,
answered on one page by officers and by two personal links, published, chased, judged at a meeting, closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from recommendations.lifecycle import UPDATE_TRANSITIONS, Claim, Grade, UpdateState
from recommendations.models import Assignment, Meeting, RespondentLink, Review, Update, UpdateRequest
from tests.functional.browser import Visitor
from tests.functional.test_answering_by_link import come_in
from tests.functional.test_the_committee import assessed, give_view

COMMITTEE = "Children and Young People Select Committee"
SCRUTINY = "scrutiny@marlshire.example"
CLERK = "clerk@marlshire.example"
CHAIR = "chair@marlshire.example"
PEOPLE = {
    "officer@marlshire.example": (
        "approver@marlshire.example",
        ("Children's Services", "Highways and Transport"),
    ),
    "cabinet.support@marlshire.example": (
        "monitoring.officer@marlshire.example",
        ("Cabinet of Marlshire County Council",),
    ),
    "liaison@partners.example": (
        "director@partners.example",
        (
            "Marlshire and Vale Integrated Care Board",
            "Marlshire Learning Trust",
            "Marlshire Community Health NHS Trust",
            "Kestrel Young Carers",
            "Marlshire Safeguarding Children Partnership",
        ),
    ),
}
"""Officers, each with the approver and the bodies they answer for."""
BY_LINK = ("Marlshire Constabulary", "Marlshire Association of Secondary Schools")


def test_a_review_from_opening_to_closing(
    visitor: Callable[..., Visitor],
    on_day: Callable[[str], None],
    mailoutbox: list[Any],
    make_queued: Callable[[], None],
) -> None:
    clerk = visitor(CLERK).go("/meetings/new/")
    clerk.select("Whose meeting is it?", COMMITTEE).day("Date", "24 2 2026")
    clerk.press("Add the meeting").sees("24 February 2026")
    meeting = Meeting.objects.latest("id")

    scrutiny = visitor(SCRUTINY).go("/workspace/reviews/").follow("Open a review").follow(COMMITTEE)
    scrutiny.enter("Title", "Winter review").select("For which meeting?", "24 February 2026")
    scrutiny.press("Continue").sees("Who is asked").press("Open the review").sees(
        "The review is open", "0 of", "Due 13 February 2026"
    )
    review = Review.objects.latest("id")
    requests = list(UpdateRequest.objects.filter(review=review).select_related("assignment__body"))
    asked = len(requests)
    assert asked >= 40
    assert len({one.assignment.body_id for one in requests}) >= 6
    before = {update.pk: update.state for update in Update.objects.all()}

    answers_by_link(visitor, review, mailoutbox, make_queued)
    scrutiny.go("/workspace/").follow("Read and publish all of them on one page").sees("by personal link")
    scrutiny.press("Publish those ticked").sees("updates are published")
    for email, (_, bodies) in PEOPLE.items():
        officer_answers(visitor(email), review, bodies)
    for approver in {approver for approver, _ in PEOPLE.values()}:
        publish_all(visitor(approver))
    waiting = Update.objects.filter(state=UpdateState.SUBMITTED, assignment__requests__review=review)
    assert not waiting.exists()

    on_day("2026-02-14")
    scrutiny.go(f"/workspace/reviews/{review.pk}/").sees(
        "of them as last time", "goes on as planned.", "late"
    )
    scrutiny.picture("review", height=1100)
    outstanding = review.requests.filter(fulfilled_by=None).select_related("assignment__recommendation")
    assert outstanding.count() == 1
    scrutiny.press("Chase all who have not answered").sees("Who is chased").press("Chase", exact=True).sees(
        "request is chased", "Once, on"
    )
    late = outstanding[0].assignment
    officer = visitor("officer@marlshire.example").go("/my-work/").sees("Chased once", "late")
    officer.go(f"/assignments/{late.pk}/update/").choose("At risk").enter(
        "What has been done?", "The last tender failed; a second one is out."
    )
    officer.picture("log-update", height=1300)
    officer.press("Preview").press("Submit").sees("with the approver")
    approver_page = visitor("approver@marlshire.example").go("/approvals/")
    approver_page.follow(late.recommendation.heading).press("Publish", exact=True).sees("is published")
    scrutiny.go(f"/workspace/reviews/{review.pk}/").sees(f"{asked} of {asked}")

    on_day("2026-02-24")
    councillor = visitor(CHAIR).go(f"/assess/{meeting.pk}/").picture("running-list", height=1100)
    done = assessed(councillor)
    todo = councillor.main.locator("article.app-item:not(.app-item--done)")
    first, second = [str(todo.nth(n).get_attribute("id")) for n in (0, 1)]
    give_view(councillor, first, "On course", "Keep monitoring", "Figures next time.")
    give_view(councillor, second, "Implemented", "Closed: implemented", "The committee heard both.")
    councillor.sees(f"{done + 2} of")
    assert Assignment.objects.filter(
        requests__review=review, grade=Grade.IMPLEMENTED, closed_on="2026-02-24"
    ).exists()

    scrutiny.go(f"/workspace/reviews/{review.pk}/").follow("Close the review").press("Close the review")
    scrutiny.sees("“Winter review” is closed")
    for update in Update.objects.filter(assignment__requests__review=review):
        came_from = before.get(update.pk, UpdateState.DRAFT)
        assert update.state == came_from or reachable(came_from, update.state)


def reachable(old: str, new: str) -> bool:
    """Whether the table of moves leads from one state to the other."""
    seen, edge = {old}, {old}
    while edge:
        edge = {str(b) for a, b in UPDATE_TRANSITIONS if str(a) in edge} - seen
        seen |= edge
    return new in seen


def officer_answers(officer: Visitor, review: Review, bodies: tuple[str, ...]) -> None:
    """All that is asked of these bodies, on one page: one as last time, the rest anew, and one of Children's
    Services left out."""
    officer.go("/my-work/").sees(f"{review.title} asks you for")
    if "Children's Services" in bodies:
        officer.picture("my-work")
    officer.follow(re.compile(f"Answer all of them on one page.*{review.title}")).sees(
        f"{review.title}: answer on one page"
    )
    if "Children's Services" in bodies:
        officer.picture("many-on-one-page", height=1100)
    answered = fill_in(officer, parts_of(review, bodies), leave_out="Children's Services" in bodies)
    officer.press("Save, then check and submit").sees(f"{answered} updates are complete")
    officer.press("Submit those ticked").sees(f"{answered} updates sent on their way")


def answers_by_link(
    visitor: Callable[..., Visitor], review: Review, mailoutbox: list[Any], make_queued: Callable[[], None]
) -> None:
    for name in BY_LINK:
        link = RespondentLink.objects.for_list().get(body__name=name)
        respondent = come_in(visitor(), link, mailoutbox, make_queued)
        respondent.sees(review.title).follow("Write them on one page").sees("answer on one page")
        answered = fill_in(respondent, parts_of(review, (name,)))
        respondent.press("Save, then check and submit").sees(f"{answered} updates are complete")
        respondent.press("Submit those ticked").sees(f"{answered} updates sent on their way")


def parts_of(review: Review, bodies: tuple[str, ...]) -> list[Assignment]:
    """What the review asks of these bodies and nobody has submitted yet."""
    asked = review.requests.filter(fulfilled_by=None, assignment__body__name__in=bodies)
    submitted = Update.objects.filter(state=UpdateState.SUBMITTED).values("assignment")
    return [
        one.assignment
        for one in asked.exclude(assignment__in=submitted).select_related("assignment__recommendation")
    ]


def fill_in(somebody: Visitor, parts: list[Assignment], *, leave_out: bool = False) -> int:
    """Fill in a form for each part and tell how many; where there is a last time, one repeats it."""
    begun = set(Update.objects.unpublished().values_list("assignment", flat=True))
    fresh = [part for part in parts if part.pk not in begun]
    if leave_out:
        parts = [part for part in parts if part != fresh[-1]]
    repeated = next((part for part in fresh if part.last_update_id), None)
    for part in parts:
        reference = part.recommendation.reference
        same = part == repeated and part in parts
        claim = Claim(part.claim) if same else Claim.ON_TRACK
        claim_box = f"How does the work stand? {reference}"
        somebody.select(claim_box, str(claim.label))
        if same:
            somebody.tick(f"As last time {reference}")
        else:
            somebody.enter(f"What has been done? {reference}", f"Work on {reference} goes on as planned.")
    return len(parts)


def publish_all(approver: Visitor) -> None:
    """Everything that can be published on one page; what cannot, on its own."""
    approver.go("/approvals/").follow("Read and publish all of them on one page")
    approver.sees("as everybody will read it").picture("publish-many").press("Publish those ticked").sees(
        "published"
    )
