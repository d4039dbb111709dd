"""Administrators: who may do what, who did what, and the end of a body."""

from __future__ import annotations

from collections.abc import Callable

from tests.functional.browser import Visitor

ADMINISTRATOR = "admin@marlshire.example"


def test_the_audit_trail_tells_who_changed_what(visitor: Callable[..., Visitor]) -> None:
    scrutiny = visitor("scrutiny@marlshire.example").go("/workspace/bodies/").follow("Marlshire Constabulary")
    scrutiny.enter("Short name", "Constabulary").press("Save").sees("Marlshire Constabulary is saved")

    admin = visitor(ADMINISTRATOR).go("/administration/").follow("Audit trail")
    admin.sees("Marlshire Constabulary", "Scrutiny Manager", "127.0.0.1", "Constabulary")
    admin.enter("Person", "approver@marlshire.example")  # with scripts the list answers by itself
    admin.page.wait_for_url("**person=approver*")
    admin.look().sees("Head of Service")
    assert "Scrutiny Manager" not in admin.words


def test_who_may_do_what(visitor: Callable[..., Visitor]) -> None:
    admin = visitor(ADMINISTRATOR).go("/administration/").follow("Who may do what")
    admin.sees("Scrutiny officer", "Besides the roles")
    officer = visitor("officer@marlshire.example").go("/administration/permissions/").sees("The roles")
    officer.go("/administration/").sees("right")
    assert officer.page.title().startswith("You can")


def test_a_body_is_abolished_and_its_open_work_passes_on(visitor: Callable[..., Visitor]) -> None:
    admin = visitor(ADMINISTRATOR).go("/administration/").follow("Ends of bodies")
    row = admin.main.get_by_role("row").filter(has_text="Kestrel Young Carers")
    row.get_by_role("link").click()
    admin.look().press("Continue").sees("There is a problem")
    admin.day("The day it ended", "1 1 2026").select("Successor", "Children's Services")
    admin.enter("Reason", "The contract ended.").press("Continue")
    admin.sees("Check what passes on from Kestrel Young Carers", "This can’t be undone")
    admin.press("Change what I entered")
    assert admin.main.get_by_label("Reason").input_value() == "The contract ended."
    admin.press("Continue").press("Record the end").sees("was recorded as abolished")

    public = visitor().go("/bodies/").follow("Kestrel Young Carers")
    public.sees("1 January 2026")


def test_a_person_is_added_and_their_role_ends(visitor: Callable[..., Visitor]) -> None:
    admin = visitor(ADMINISTRATOR).go("/administration/people/").follow("Add a person")
    admin.press("Add and send the link").sees("Enter the person’s full name", "Select a role")
    admin.enter("Full name", "Robin Newcomer").enter("E-mail address", "robin@marlshire.example")
    admin.choose("Clerk").press("Add and send the link").sees("Select the body that this role is for")
    admin.select("Body", "Marlshire County Council").press("Add and send the link")
    admin.sees("Robin Newcomer was added").follow("End").press("End the role").sees("is no longer")
