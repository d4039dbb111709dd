"""Councillors: the dashboard now and on a past day, and the committee's views at a meeting."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from recommendations.models import Body, Meeting
from tests.functional.browser import Visitor

COUNCILLOR = "councillor@marlshire.example"
CHAIR = "chair@marlshire.example"
CLERK = "clerk@marlshire.example"
PROPOSE = "Propose this view"
COMMITTEE = "Children and Young People Select Committee"


def test_a_councillor_reads_the_dashboard(visitor: Callable[..., Visitor]) -> None:
    councillor = visitor(COUNCILLOR, width=1280).go("/dashboard/").follow(COMMITTEE)
    councillor.sees("as at 12 January 2026", "Overdue", "Committee to judge", "By inquiry", "By owning body")
    charts = councillor.main.get_by_role("img")
    assert charts.count() >= 3
    assert all(chart.get_attribute("aria-labelledby") for chart in charts.all())
    assert councillor.main.get_by_role("table", name="Recommendations by inquiry").count() == 1
    councillor.picture("dashboard", height=1180)

    figure = councillor.main.get_by_role("listitem").filter(has_text="Past the first date").inner_text()
    overdue = int(figure.split()[0])
    assert overdue > 1
    councillor.follow("Overdue", exact=True)
    listed = councillor.main.locator("tbody tr").count()  # a line for each body that is late
    assert listed >= overdue
    councillor.follow("Back to the dashboard")

    councillor.unfold("Choose a day or filter").enter("As at", "2025-01-31").press("Show")
    councillor.sees("This is how things stood at the end of 31 January 2025")
    assert "as_at=2025-01-31" in councillor.page.url
    councillor.enter("As at", "2027-01-31").press("Show").sees("Enter today or an earlier day")
    councillor.follow("Clear").sees("as at 12 January 2026")


def test_the_dashboard_on_a_telephone(visitor: Callable[..., Visitor]) -> None:
    visitor(COUNCILLOR, width=360).go("/dashboard/").follow(COMMITTEE).sees("as at 12 January 2026")


def test_members_propose_and_the_clerk_confirms_what_the_committee_agreed(
    visitor: Callable[..., Visitor],
) -> None:
    meeting = last_meeting()
    councillor = visitor(COUNCILLOR).go(f"/assess/{meeting.pk}/")
    before = assessed(councillor)
    items = councillor.main.locator("article.app-item:not(.app-item--done)")
    keep, close = [str(items.nth(n).get_attribute("id")) for n in (0, 1)]
    expect(councillor.page.locator("#app-said")).to_have_count(1)  # there before anything is said in it

    give_view(
        councillor, keep, "Concerns", "Keep monitoring", "The committee asks for figures next time.", PROPOSE
    )
    give_view(councillor, close, "Not implemented", "Closed: implemented", "", PROPOSE)
    councillor.sees("does not go with the grade")
    expect(councillor.page.locator("#app-said")).to_contain_text("Not recorded")
    give_view(
        councillor,
        close,
        "Implemented",
        "Closed: implemented",
        "Seen on a visit.",
        PROPOSE,
        open_already=True,
    )
    expect(councillor.page.locator("#app-said")).to_contain_text("Proposed for")
    councillor.sees(f"{before} of")

    public = visitor().go(f"/recommendations/{close.removeprefix('item-')}/")
    public.does_not_see("Seen on a visit.")

    clerk = visitor(CLERK).go(f"/assess/{meeting.pk}/").sees("Committee Member proposes", "Seen on a visit.")
    clerk.picture("proposed", part=f"#{keep}")
    for key in (keep, close):
        with clerk.page.expect_response(lambda response: response.request.method == "POST"):
            clerk.page.locator(f"#{key}").get_by_role("button", name="Confirm for the committee").click()
        expect(clerk.page.locator("#app-said")).to_contain_text("as Committee Member proposed")
        clerk.page.wait_for_load_state("networkidle")
        expect(clerk.page.locator("article.app-item:focus")).to_have_count(1)
    clerk.look().sees(f"{before + 2} of")

    public.go(f"/recommendations/{close.removeprefix('item-')}/").sees(
        "Closed: implemented", "Seen on a visit."
    )
    public.go(f"/recommendations/{keep.removeprefix('item-')}/")
    public.sees("The committee asks for figures next time.", "Concerns")


def test_one_view_for_several_without_scripts(visitor: Callable[..., Visitor]) -> None:
    """Ticked, filled in, checked and recorded by the chair, with the keyboard's own forms and no script."""
    meeting = last_meeting()
    chair = visitor(CHAIR, javascript=False).go(f"/assess/{meeting.pk}/")
    before = assessed(chair)
    ticks = chair.main.locator("article.app-item:not(.app-item--done) input[type=checkbox][name=target]")
    for number in range(2):
        ticks.nth(number).check(force=True)
    chair.press("Give one view to those ticked").sees("What the view is for")
    chair.page.get_by_role("radio", name="Concerns", exact=True).check()
    chair.page.get_by_role("radio", name="Keep monitoring", exact=True).check()
    chair.page.get_by_label("The committee’s reason or comment").fill("Figures for both, please.")
    chair.press("Check before it is saved").sees("Check this view", "Figures for both, please.")
    chair.picture("several-check", height=760)
    chair.press("Record this view").sees("Recorded for", f"{before + 2} of")
    assert chair.page.evaluate("document.activeElement.id || document.querySelector(':target').id") == "said"


def test_what_is_recorded_leaves_the_list_of_what_is_to_do(visitor: Callable[..., Visitor]) -> None:
    """The part goes without the page; the others stay as they are, and nothing is started a second time."""
    meeting = last_meeting()
    councillor = visitor(CHAIR).go(f"/assess/{meeting.pk}/?show=to-do")
    before = assessed(councillor)
    gone = str(councillor.main.locator("article.app-item").first.get_attribute("id"))
    give_view(councillor, gone, "Concerns", "Keep monitoring", "Figures are wanted.")
    expect(councillor.page.locator(f"#{gone}")).to_have_count(0)
    assert assessed(councillor) == before + 1


def test_what_is_typed_in_the_room_outlives_a_lost_page(visitor: Callable[..., Visitor]) -> None:
    meeting = last_meeting()
    councillor = visitor(CHAIR).go(f"/assess/{meeting.pk}/")
    item = councillor.main.locator("article.app-item:not(.app-item--done)").first
    key = str(item.get_attribute("id"))
    form = councillor.page.locator(f"#{key} details.app-item__form form").first
    form.get_by_role("radio", name="Concerns", exact=True).check()
    with councillor.page.expect_response(lambda response: response.request.method == "POST") as kept:
        form.get_by_label("The committee’s reason or comment").fill("Figures are wanted.")
    assert kept.value.status == 204
    stored = councillor.page.evaluate("() => localStorage.length + sessionStorage.length")
    assert stored == 0  # nothing stays on a computer that others use
    councillor.go(f"/assess/{meeting.pk}/").sees("was kept. It is not recorded yet.")
    assert form.get_by_label("The committee’s reason or comment").input_value() == "Figures are wanted."
    assert form.get_by_role("radio", name="Concerns", exact=True).is_checked()
    give_view(councillor, key, "Concerns", "Keep monitoring", "Figures are wanted.", open_already=True)
    councillor.go(f"/assess/{meeting.pk}/").does_not_see("was kept. It is not recorded yet.")
    assert form.get_by_label("The committee’s reason or comment").input_value() == ""


def last_meeting() -> Meeting:
    """The last meeting held of a committee, whose views can be recorded."""
    committee = Body.objects.get(name="Communities and Environment Select Committee")
    return Meeting.objects.filter(body=committee, state="held").order_by("-held_on")[0]


def assessed(councillor: Visitor) -> int:
    """How many of the meeting's recommendations have a view, as the page counts them."""
    return int(councillor.page.locator("#running").inner_text().split()[0])


def give_view(
    councillor: Visitor,
    key: str,
    grade: str,
    outcome: str,
    comment: str,
    button: str = "Record this view",
    *,
    open_already: bool = False,
) -> None:
    """Fill in the form of one recommendation on the meeting's list, and press its button."""
    item = councillor.page.locator(f"#{key} details.app-item__form")
    form = item.locator("form").first
    if not form.is_visible():
        item.locator("summary").first.click()
    form.get_by_role("radio", name=grade, exact=True).check()
    form.get_by_role("radio", name=outcome, exact=True).check()
    form.get_by_label("The committee’s reason or comment").fill(comment)
    with councillor.page.expect_response(lambda response: response.request.method == "POST"):
        form.get_by_role("button", name=re.compile(button)).click()
    councillor.page.wait_for_load_state("networkidle")
    councillor.look()
