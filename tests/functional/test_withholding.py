"""A scrutiny officer takes a name off the public record everywhere and proves it; a second person confirms; an
administrator erases it, or two people put it back. Without a script in the browser it works as well."""

from __future__ import annotations

from collections.abc import Callable

from committee.accounts.models import User
from recommendations.actions import updates, withholdings
from recommendations.lifecycle import WithholdingGround
from recommendations.models import Assignment
from tests.functional.browser import Visitor

NAME = "Tamsin Quill"
SCRUTINY = "scrutiny@marlshire.example"
ADMIN = "admin@marlshire.example"


def a_published_slip() -> Assignment:
    """An update with a child's name and date of birth, published and then "corrected", as it should not be."""
    assignment = (
        Assignment.objects.filter(body__name="Children's Services", closed_on=None)
        .exclude(updates__state="draft")
        .exclude(updates__state="submitted")
        .exclude(updates__state="returned")[0]
    )
    officer = User.objects.get(email="officer@marlshire.example")
    approver = User.objects.get(email="approver@marlshire.example")
    for words in (f"{NAME}, born 3 May 2012, now has a key worker.", "A child now has a key worker."):
        update = updates.start_update(by=officer, assignment=assignment)
        update = updates.save_draft(by=officer, update=update, claim="on_track", progress=words)
        update = updates.submit_update(by=officer, update=update)
        updates.publish_update(by=approver, update=update, looked_at=True)
    return assignment


def test_a_name_is_taken_off_the_record(site: str, visitor: Callable[..., Visitor]) -> None:
    assignment = a_published_slip()
    record = f"/recommendations/{assignment.recommendation_id}/"
    public = visitor(None).go(record).sees(NAME)

    scrutiny = visitor(SCRUTINY).go("/workspace/").follow("Withheld from the record")
    scrutiny.follow("Take words off the record").enter("Words to take off the record", f"{NAME}\n3 May 2012")
    scrutiny.choose("Personal data of a living person")
    scrutiny.enter("Reason for the public", "It named a child. Taken off at the parents’ request.")
    scrutiny.picture("withhold-words", height=1750)
    scrutiny.press("Find them").sees("On the record:", "without being shown to you")
    scrutiny.picture("withhold-check")
    scrutiny.press("Withhold them now").sees("It is off the record", "Waiting to be confirmed")
    scrutiny.follow("Look again").sees("These words stand nowhere else on the record.")

    assert NAME not in public.go(record).page.content()
    public.sees("Withheld on this page", "It named a child.")
    public.follow("[withheld on").sees("Personal data of a living person").picture("withholding", height=760)
    assert NAME not in public.page.content()

    admin = visitor(ADMIN, javascript=False).go("/administration/")
    admin.sees("Taken off the record, to confirm or put back").follow("No.")
    admin.sees(NAME).follow("Confirm").press("Confirm").sees("It stays off the record")
    admin.follow("Erase for ever").sees("Nobody can bring them back").press("Erase it for ever")
    admin.sees("It is erased for ever")
    assert NAME not in admin.page.content()


def test_two_put_back_what_is_confirmed(site: str, visitor: Callable[..., Visitor]) -> None:
    record = f"/recommendations/{a_published_slip().recommendation_id}/"
    officer, admin = (User.objects.get(email=email) for email in (SCRUTINY, ADMIN))
    withholding = withholdings.withhold_words(
        by=officer, words=NAME, ground=WithholdingGround.PERSONAL_DATA, public_reason="It named a child."
    )
    withholdings.confirm_withholding(by=admin, withholding=withholding)
    page = f"/withheld/{withholding.pk}/"

    scrutiny = visitor(SCRUTINY).go(page).follow("Propose to put back")
    scrutiny.enter("Why is it to be put back?", "The parents agreed.").press("Propose to put it back")
    scrutiny.sees("It stays off the record until another person agrees", "Withdraw my proposal")

    second = visitor(ADMIN, javascript=False).go("/administration/")
    second.sees("somebody proposes to put it back").follow("No.").sees("The parents agreed.")
    assert NAME not in visitor(None).go(record).page.content()
    second.follow("Agree to put back").press("Agree and put it back")
    second.sees("It is on the record again as it was")
    visitor(None).go(record).sees(NAME)
