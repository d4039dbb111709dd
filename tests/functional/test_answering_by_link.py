"""External respondents: a school with one recommendation and a police force with thirty, by personal links."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import assignments, bodies, inquiries, notices
from recommendations.actions import recommendations as recs
from recommendations.actions import reviews as review_actions
from recommendations.lifecycle import BodyKind, LinkEvent
from recommendations.models import Assignment, Body, Inquiry, LinkUse, RespondentLink, Review, Update
from recommendations.queries.respondent_links import token_of
from tests.factories import acting
from tests.functional.browser import Visitor
from tests.routes import BY_LINK

SCRUTINY = "scrutiny@marlshire.example"
ADDRESS = "head@hill.example"
WIDTHS = (1024, 360)


def path_in(message: Any) -> str:
    """The link in a message, without the name of the site."""
    found = re.search(r"https?://[^/\s]+(/answer/\S+)", message.body)
    assert found, message.body
    return found[1]


def code_in(message: Any) -> str:
    found = re.search(r"^(\d{6})$", message.body, re.MULTILINE)
    assert found, message.body
    return found[1]


def come_in(
    somebody: Visitor, link: RespondentLink, outbox: list[Any], make_queued: Callable[[], None]
) -> Visitor:
    """By the link and the code that is mailed."""
    somebody.go(f"/answer/{token_of(link)}/").press("Send me a code").sees("Enter the code we sent you")
    make_queued()
    return somebody.enter("Code", code_in(outbox[-1])).press("Go on").sees("What is asked of")


def ask_of(body: Body, number: int) -> list[Assignment]:
    """So many recommendations of the select committee, sent to the body."""
    scrutiny = User.objects.get(email=SCRUTINY)
    committee = Body.objects.get(name="Children and Young People Select Committee")
    inquiry = inquiries.open_inquiry(
        by=scrutiny, committee=committee, title="Crossing the road to school", reference="CYP X1"
    )
    asked = [
        recs.add_recommendation(
            by=scrutiny,
            inquiry=inquiry,
            number=str(n),
            heading=f"A crossing at gate {n}",
            text=f"That a crossing is painted at gate {n} before the next school year begins.",
        )
        for n in range(1, number + 1)
    ]
    for stage in ("evidence", "drafting"):
        inquiry = inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to=stage)
    inquiries.move_inquiry(by=scrutiny, inquiry=inquiry, to="published", published_on=dt.date(2025, 12, 1))
    parts = [
        assignments.address(
            by=scrutiny, recommendation=fresh, body=body, first_target_on=dt.date(2026, 8, 31)
        )
        for fresh in type(asked[0]).objects.filter(inquiry=inquiry)
    ]
    return notices.send_notice(by=scrutiny, assignments=parts, on=dt.date(2025, 12, 2))


def test_a_school_with_one_recommendation(
    visitor: Callable[..., Visitor], mailoutbox: list[Any], make_queued: Callable[[], None]
) -> None:
    """From the link to an answer on the record, without scripts on a telephone."""
    school = bodies.add_body(
        by=User.objects.get(email="admin@marlshire.example"), name="Hill School", kind=BodyKind.SCHOOL
    )
    ask_of(school, 1)
    scrutiny = visitor(SCRUTINY).go(reverse("edit_body", args=[school.pk]))
    scrutiny.follow("Issue and look after personal links").sees("No link was issued for this body yet")
    scrutiny.enter("Full name", "Hanna Head").enter("E-mail address", ADDRESS)
    scrutiny.select("For which committee?", "Children and Young People")
    scrutiny.press("Continue").sees(ADDRESS).press("Issue the link").sees(
        f"A link is on its way to {ADDRESS}", "Never let in yet"
    )
    make_queued()
    (invitation,) = (message for message in mailoutbox if message.to == [ADDRESS])

    head = visitor(javascript=False, width=360).go(path_in(invitation))
    head.does_not_see("Hill School", "Hanna").press("Send me a code").sees("Enter the code we sent you")
    make_queued()
    head.enter("Code", "1").press("Go on").sees("Enter the 6 digits of the code")
    head.enter("Code", code_in(mailoutbox[-1])).press("Go on")
    head.sees("What is asked of Hill School", "A crossing at gate 1", "No set term")
    head.follow("Respond").choose("Accepted in part").enter("Your response", "We paint it at Easter.")
    head.press("See how it will read").sees("There is a problem")
    head.enter("Your reason", "A signal is beyond our budget.").day("When was this decided?", "5 1 2026")
    head.press("See how it will read").sees("Check your response", "A signal is beyond our budget.")
    head.press("Change it").sees("What do you answer?").press("See how it will read")
    head.press("Put it on the record").sees("Your response is on the record", "Response: Accepted in part")

    head.follow("Write an update").choose("On track").enter("What has been done?", "The paint is bought.")
    head.press("Preview").sees("The paint is bought.", "It goes to committee support of")
    head.press("Send it in").sees("The update is with the committee’s officer")

    scrutiny.go("/workspace/").sees("Came by personal link, to publish or return").follow(
        "A crossing at gate 1"
    )
    scrutiny.sees("Hill School has no approver", "The paint is bought.")
    scrutiny.enter("If you return it, what has to change?", "Say when you paint.")
    scrutiny.press("Return with this reason").sees("is returned, with your reason")
    head.go("/answer/").sees("Your update came back").follow("Change the update").sees("Say when you paint.")
    head.enter("What happens next?", "It is painted in the week of 30 March.")
    head.press("Preview").press("Send it in")
    scrutiny.go("/workspace/").follow("A crossing at gate 1").press("Publish", exact=True).sees(
        "is published"
    )
    update = Update.objects.get(assignment__body=school)
    assert (update.published_by.email, update.submitted_by.email) == (SCRUTINY, ADDRESS)  # type: ignore[union-attr]

    head.go("/answer/").sees("You have answered everything")
    head.page.get_by_role("button", name="Leave").click()
    head.look().sees("You have left").press("Go on").sees("What is asked of Hill School")
    scrutiny.go("/workspace/links/").follow("Hanna Head").sees("Let in", "Wrote").follow("Revoke the link")
    scrutiny.press("Revoke the link").sees("The link of Hanna Head has ended")
    head.go("/answer/").sees("Open your link to come in")
    head.page.goto(path_in(invitation))
    head.look().sees("This link has ended")


def test_a_police_force_with_thirty(
    visitor: Callable[..., Visitor], mailoutbox: list[Any], make_queued: Callable[[], None]
) -> None:
    """Every page under /answer/, on a telephone and on a desk; and many answered on one page."""
    link = RespondentLink.objects.for_list().get(body__name="Marlshire Constabulary")
    parts = ask_of(link.body, 30)
    scrutiny = User.objects.get(email=SCRUTINY)
    inquiry = Inquiry.objects.get(reference="CYP X1")
    review: Review = review_actions.open_review(
        by=scrutiny,
        committee=link.committee,
        inquiries=[inquiry],
        title="Early review",
        due_on=dt.date(2026, 2, 2),
    )
    police = come_in(visitor(width=360), link, mailoutbox, make_queued)
    police.sees("A crossing at gate 30", "Early review asks for 30 updates")
    police.page.set_viewport_size({"width": 1024, "height": 900})
    police.look().picture("personal-link").follow("Write them on one page").sees(
        "Early review: answer on one page"
    )
    for part in parts[:2]:
        reference = part.recommendation.reference
        police.select(f"How does the work stand? {reference}", "On track")
        police.enter(f"What has been done? {reference}", f"The officers of {reference} are named.")
    police.press("Save, then check and submit").sees("2 updates are complete")
    police.press("Submit those ticked").sees("2 updates sent on their way", "What is asked of Marlshire")
    assert Update.objects.received_by(scrutiny).count() == 2
    assert LinkUse.objects.filter(link=link, event=LinkEvent.WROTE, about__startswith="Early review").exists()

    draft = Update.objects.create(
        assignment=parts[3], author=acting(link), body_name=link.body.name, progress="Begun"
    )
    about = {
        "preview": draft,
        "discard": draft,
        "add_evidence": draft,
        "review": review,
        "review_check": review,
    }
    wrong: list[str] = []
    for route in BY_LINK:
        kind = route.name.removeprefix("answer_")
        if kind in ("leave", "link", "code", "evidence"):
            continue
        numbers = [about.get(kind, parts[4]).pk] if route.arguments else []
        police.page.goto(reverse(route.name, args=numbers))
        for width in WIDTHS:
            police.page.set_viewport_size({"width": width, "height": 900})
            wrong += police.wrong()
    assert not wrong, "\n".join(wrong)
