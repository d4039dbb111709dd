"""Officers and approvers of an owning body: an update that comes back, and a date that slips."""

from __future__ import annotations

from collections.abc import Callable

from committee import clock
from recommendations.models import Assignment, Meeting
from tests.functional.browser import Visitor

OFFICER = "officer@marlshire.example"
APPROVER = "approver@marlshire.example"
SCRUTINY = "scrutiny@marlshire.example"


def an_open_part(**which: object) -> Assignment:
    """A part of Children's Services with a date to come, no update begun and no request waiting."""
    own = Assignment.objects.filter(body__name="Children's Services", closed_on=None, **which)
    free = own.exclude(updates__state__in=["draft", "submitted", "returned"])
    return free.exclude(target_changes__state="requested").exclude(target_on=None).order_by("id")[0]


def test_an_update_is_returned_mended_and_published(visitor: Callable[..., Visitor]) -> None:
    part = an_open_part()
    heading = part.recommendation.heading

    officer = visitor(OFFICER).go(f"/assignments/{part.pk}/").follow("Log an update")
    officer.press("Preview").sees("Before you can submit this", "Select how the work stands")
    officer.follow("Change it").choose("At risk").enter("What has been done?", "Some teams were trained.")
    officer.enter("What happens next?", "The others in spring.").press("Preview").press(
        "Submit to the approver"
    )

    approver = visitor(APPROVER).go("/approvals/").follow(heading)
    approver.press("Return with this reason").sees("There is a problem")
    approver.enter("If you return it, what has to change?", "Say how many of the eleven teams.")
    approver.press("Return with this reason").sees("is returned, with your reason")

    officer.go("/my-work/").sees("Returned to you", "Say how many of the eleven teams.")
    officer.go(f"/assignments/{part.pk}/").sees("Returned by Head of Service").follow("Change the update")
    officer.sees("Say how many of the eleven teams.")
    officer.enter("What has been done?", "Seven of the eleven teams were trained.")
    officer.press("Preview").sees("Seven of the eleven teams").press("Submit to the approver")

    approver.go("/approvals/").follow(heading).sees("What changed since last time")
    approver.press("Publish", exact=True).sees("is published")
    public = visitor().go(f"/recommendations/{part.recommendation_id}/")
    public.sees("Seven of the eleven teams were trained.").does_not_see("Say how many of the eleven teams")


def test_nobody_publishes_what_they_submitted_themselves(visitor: Callable[..., Visitor]) -> None:
    part = an_open_part()
    approver = visitor(APPROVER).go(f"/assignments/{part.pk}/update/").choose("On track")
    approver.enter("What has been done?", "Written by the approver.").press("Preview")
    approver.sees("Nobody else can approve").press("Submit to the approver")
    approver.go("/approvals/").follow(part.recommendation.heading)
    approver.sees("another approver has to publish it")
    assert approver.main.get_by_role("button", name="Publish", exact=True).count() == 0


def test_a_new_date_is_asked_for_and_agreed_and_the_slip_stays_in_view(
    visitor: Callable[..., Visitor],
) -> None:
    part = an_open_part(slips=0)
    heading = part.recommendation.heading
    assert part.target_on is not None
    year = part.target_on.year + 1

    officer = visitor(OFFICER).go(f"/assignments/{part.pk}/").follow("Ask for a new date")
    officer.press("Ask the committee").sees("Enter the new date", "Enter why a new date is needed")
    officer.day("Which new date do you ask for?", f"30 6 {year}")
    officer.enter("Why is a new date needed?", "The contractor began three months late.")
    officer.press("Ask the committee").sees("You have asked the committee for a new date")
    officer.sees(f"30 June {year}")

    scrutiny = visitor(SCRUTINY).go("/workspace/").follow("New dates asked for").follow(heading)
    scrutiny.sees("The contractor began three months late.", "First date")
    scrutiny.press("Record the decision").sees("Select what the committee decided")
    scrutiny.choose("Agreed").press("Record the decision").sees("Select the meeting at which")
    committee = part.recommendation.inquiry.committee
    Meeting.objects.create(body=committee, held_on=clock.today(), title="Special meeting")
    scrutiny.go(scrutiny.page.url).choose("Agreed").select("At which meeting?", "12 January 2026")
    scrutiny.press("Record the decision").sees("Decided lately", "By the committee")

    part.refresh_from_db()
    first, days = part.first_target_on, part.slip_days
    assert first is not None
    assert days == (part.target_on - first).days
    officer.go(f"/assignments/{part.pk}/").sees(f"{days} days in all")
    public = visitor().go(f"/recommendations/{part.recommendation_id}/")
    public.sees(f"{first.day} {first:%B %Y}", f"30 June {year}", "The contractor began three months late.")
