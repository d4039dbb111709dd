"""Clerks: one selection, two editions, and the public library."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf

from recommendations.models import Meeting, Pack
from tests.journeys.visitor import Visitor, text_of

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
    clerk.press("Release to those entitled").sees("The pack is released")

    clerk.go(f"/packs/{public_pack.pk}/").picture("pack")
    stranger = visitor().go("/packs/").does_not_see("Young carers in spring")
    clerk.press("Release to the public").sees("The pack is released")

    stranger.go("/packs/").follow("Young carers in spring").sees("Public edition")
    for name in ("Download the PDF", "Its data as CSV", "Its data as JSON"):
        holds_nothing_exempt(stranger.download(name))
    stranger.follow("Read as a web page").does_not_see(EXEMPT)
    assert IN_ITS_PLACE in stranger.page.content()
    stranger.page.goto(f"/packs/{exempt_pack.pk}/")
    stranger.look().sees("Page not found")


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
