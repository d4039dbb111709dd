"""Clerks: one selection, two editions, and the public library."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf

from recommendations.actions import pack_builds
from recommendations.models import Meeting, Pack
from tests.functional.browser import Visitor, text_of

CLERK = "clerk@marlshire.example"
EXEMPT = "pay supplement"
IN_ITS_PLACE = "Details of pay under negotiation are withheld"


def test_a_public_and_an_exempt_edition_from_one_selection(
    visitor: Callable[..., Visitor], make_queued: Callable[[], None]
) -> None:
    committee = "Children and Young People Select Committee"
    meeting = Meeting.objects.filter(body__name=committee, state="planned", packs=None).order_by("held_on")[0]
    address = f"/meetings/{meeting.pk}/"
    clerk = visitor(CLERK).go(address).sees("No packs yet").follow("Compose a pack")
    clerk.enter("Title", "Young carers in spring").choose("Public edition").press(
        "Save the draft and look first"
    )

    clerk.sees("Recommendations in it").follow("Order and leave out").press("Down").press("Save the order")
    clerk.follow("Add or take away").press("Save and go to the pack")
    clerk.follow("Edit what it says of itself").enter("Contact", "Democratic Services").press("Save")
    clerk.sees("The pack is saved", "Democratic Services")
    clerk.follow("Preview").page.get_by_text("This is how the pack would read now").wait_for()
    clerk.page.go_back()
    clerk.press("Make the pack").sees("The pack is being made")

    clerk.go(address).follow("Compose a pack").choose("Exempt edition").press("Make the pack now")
    make_queued()
    public_pack, exempt_pack = Pack.objects.filter(meeting=meeting).order_by("pk")
    assert sorted(public_pack.selection) == sorted(exempt_pack.selection)

    clerk.go(f"/packs/{exempt_pack.pk}/").sees("Not for publication")
    assert EXEMPT in text_of(clerk.download("Download the PDF"))
    clerk.follow("Release to those entitled").press("Release it").sees("The pack is released")

    clerk.go(f"/packs/{public_pack.pk}/").picture("pack")
    stranger = visitor().go("/packs/").does_not_see("Young carers in spring")
    clerk.follow("Release to the public").press("Release it").sees("The pack is released")

    stranger.go("/packs/").follow("Young carers in spring").sees("Public edition")
    for name in ("Download the PDF", "Its data as CSV", "Its data as JSON"):
        holds_nothing_exempt(stranger.download(name))
    stranger.follow("Read as a web page").does_not_see(EXEMPT)
    assert IN_ITS_PLACE in stranger.page.content()
    stranger.page.goto(f"/packs/{exempt_pack.pk}/")
    stranger.look().sees("Page not found")


def test_a_template_the_outline_and_a_supplement(
    visitor: Callable[..., Visitor], make_queued: Callable[[], None]
) -> None:
    """From a proposal to a template, from the template to a pack of the next meeting, and what came late."""
    committee = "Children and Young People Select Committee"
    meetings = Meeting.objects.filter(body__name=committee, state="planned").order_by("held_on")
    clerk = visitor(CLERK, width=1280).go(f"/meetings/{meetings[0].pk}/packs/new/")
    clerk.sees("It begins with").picture("compose")
    clerk.main.locator("#outline-title").scroll_into_view_if_needed()
    with clerk.page.expect_response(lambda answer: "/packs/outline/" in answer.url):
        clerk.tick("Review table")
    clerk.main.locator("[data-outline-shown]").get_by_text("Review table").wait_for()
    clerk.unfold("Implications").enter("Legal", "The duty to respond within two months.")
    clerk.enter("Reasons for the decisions", "The committee asked for it in October.")
    clerk.picture("outline", part=".app-pair")
    clerk.press("Save the draft and look first").sees(
        "The duty to respond within two months.", "Review table"
    )

    clerk.follow("Add or take away").select("How it stands", "Overdue").sees("How it stands: Overdue")
    clerk.press(re.compile("Take all .* of this list away")).press(re.compile("Add all .* in this list"))
    clerk.picture("choose").follow("Save a template that takes what matches this list")
    clerk.sees("How it stands: Overdue").enter("Name of the template", "What is late").picture("template")
    clerk.press("Save the template").sees("The template is saved")
    clerk.go("/meetings/").follow("Templates of packs").sees("What is late")
    clerk.follow("Rename").enter("Name of the template", "What is overdue").press("Save").sees("its new name")

    clerk.go(f"/meetings/{meetings[1].pk}/packs/new/").select("Start from", "What is overdue").press(
        "Fill in"
    )
    assert "The duty to respond" in clerk.main.get_by_label("Legal").input_value()
    clerk.enter("Title", "What is overdue in spring").press("Make the pack now").sees("being made")
    pack = Pack.objects.get(title="What is overdue in spring")
    half_way(pack)
    clerk.sees("Laid out 6 of 10 recommendations").picture("being-made", height=760)
    pack_builds.begin_again(by=pack.created_by, pack=pack)
    make_queued()
    clerk.go(f"/packs/{pack.pk}/")
    printed = clerk.download("Download the PDF")
    assert "The duty to respond within two months." in text_of(printed)
    clerk.picture("pack-pages", of=printed, sheets=(1, 3, 6))
    clerk.follow("Release to the public").press("Release it").press("Make a supplement").sees(
        "What does this supplement add?"
    )
    clerk.enter("What does this supplement add?", "One that came late.").press("Save")
    clerk.sees("Choose recommendations").main.locator("#results").get_by_role("checkbox").first.check()
    clerk.press("Save and go to the pack").sees("supplement 1", "It goes with version 1").press(
        "Make the pack"
    )
    make_queued()
    late = Pack.objects.get(replaces=pack)
    clerk.go(f"/packs/{late.pk}/").follow("Release to the public").press("Release it")

    stranger = visitor().go("/packs/").sees("Goes with version 1").picture("library")
    stranger.follow("What is overdue in spring, supplement 1").follow("Read as a web page")
    stranger.go(f"/packs/{pack.pk}/").sees("There is a supplement")

    clerk.go("/meetings/templates/").follow("Remove").sees("can’t be brought back").press("Remove it")
    clerk.sees("There are no templates yet")


def half_way(pack: Pack) -> None:
    """The pack while a worker makes it."""
    assert pack_builds.begin_pack(by=pack.created_by, pack=pack)
    assert pack_builds.report_pack(pack, 22, 30, "Laid out 6 of 10 recommendations on 9 pages")


def test_composing_without_scripts(visitor: Callable[..., Visitor]) -> None:
    committee = "Children and Young People Select Committee"
    meeting = Meeting.objects.filter(body__name=committee, state="planned").order_by("held_on")[0]
    clerk = visitor(CLERK, javascript=False).go(f"/meetings/{meeting.pk}/packs/new/").sees("to expect")
    clerk.select("Start from", "Nothing chosen yet").press("Fill in").sees("Nothing is chosen yet")
    clerk.select("Start from", "As in the last pack").press("Fill in").sees("It begins with")
    clerk.press("Save the draft and look first").sees("Pages to expect")
    before = clerk.main.locator(".app-outline__total").inner_text()
    clerk.follow("Choose other sections").tick("Review table").press("Save").sees("The pack is saved")
    assert clerk.main.locator(".app-outline__total").inner_text() != before


def holds_nothing_exempt(file: bytes) -> None:
    """The exempt words are nowhere in the file: not in its text, nor in any part of it, packed or not."""
    assert EXEMPT.encode() not in file
    if not file.startswith(b"%PDF-"):
        return
    assert IN_ITS_PLACE in text_of(file)
    assert EXEMPT not in text_of(file)
    with pikepdf.open(io.BytesIO(file)) as document:
        for item in document.objects:
            part = item.read_bytes() if isinstance(item, pikepdf.Stream) else item.unparse()
            assert EXEMPT.encode() not in part
            assert EXEMPT.encode("utf-16-be") not in part


def test_a_meeting_is_added_and_held(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor(CLERK).go("/meetings/").follow("Add a meeting").press("Add the meeting")
    clerk.sees("There is a problem")
    clerk.select("Whose meeting is it?", "Children and Young People").day("Date", "12 1 2026")
    clerk.enter("Place", "County Hall").press("Add the meeting").sees("12 January 2026", "County Hall")
    clerk.press("Record as held").sees("The meeting is now recorded as held")


def test_the_counter_counts_as_the_page_that_answers(visitor: Callable[..., Visitor]) -> None:
    meeting = Meeting.objects.filter(state="planned").order_by("held_on")[0]
    clerk = visitor(CLERK).go(f"/meetings/{meeting.pk}/packs/new/")
    page = clerk.enter("Title", "Counted").page
    purpose = page.locator("#id_purpose")
    counter = page.locator(".govuk-form-group:has(#id_purpose) .govuk-character-count__status")
    purpose.fill("🙂" * 3_999 + "\r\nno")
    assert counter.inner_text() == "You have 2 characters too many"
    clerk.press("Save the draft and look first").sees("to 4000 characters: it has 4002")
    page.locator("#id_purpose").fill("e\u0301" * 3_000 + "🙂" * 999 + "\u200b\u2067!")
    assert counter.inner_text() == "You have 0 characters remaining"
    clerk.press("Save the draft and look first").sees("Recommendations in it")
    assert len(Pack.objects.get(title="Counted").purpose) == 4_000
