"""A scrutiny officer brings last year's tracker in, answers what is asked and mends a line; a colleague without scripts in the
browser applies it, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recommendations.models import Recommendation
from tests.functional.browser import Visitor
from tests.trackers import HEADS, a_tracker

SCRUTINY = "scrutiny@marlshire.example"
TITLE = ("Young carers: recommendations, position at 31 March 2025",)
ROWS = (
    ("1", "That every school names somebody to whom young carers can turn.", "Children's Services", "Agreed",
     "Nov 2024: forty schools have.\nFeb 2025: all but three have.", "On track", "June 2025"),
    ("2", "That the library lends tablets to young carers.", "Friends of the Library", "In part",
     "Twelve are lent.", "Being worked up", "Q2 2024/25"),
    ("3", "That respite care is bought for two more years.", "Children's Services", "Agreed",
     "Not for publication: the price is agreed.", "Complete", "31 December 2024"),
)  # fmt: skip


def hand_in(officer: Visitor, content: bytes, name: str = "young-carers.csv") -> Visitor:
    officer.page.get_by_label("File").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    return officer


def test_from_upload_to_undo(
    site: str,
    visitor: Callable[..., Visitor],
    make_queued: Callable[[], None],
    colleague_of: Callable[[str], str],
) -> None:
    before = Recommendation.objects.count()
    officer = visitor(SCRUTINY).go("/imports/").sees("No tracker was brought in yet.")
    officer.follow("Bring a tracker").sees("Download an empty workbook")
    officer.choose("No, all of it may be published")
    officer.select("Committee", "Children and Young People Select Committee")
    hand_in(officer, b"{\\rtf1 }", "old.rtf").press("Read the file").sees("Rich text (.rtf) can't be read")
    officer.picture("bring-a-tracker")
    hand_in(officer, a_tracker(*ROWS, title=TITLE, heads=HEADS)).press("Read the file").sees("Being read")
    make_queued()
    officer.go(officer.page.url).sees("3 lines of 3 recommendations in 1 table", "questions are open")
    officer.picture("import", height=1300)

    officer.follow("To whom it is addressed")
    officer.select("“Friends of the Library”", "New: Other").picture("import-question", height=700)
    officer.press("Save the answers")
    make_queued()
    officer.go("/imports/").follow("young-carers.csv").follow("Inquiries", exact=True)
    officer.select("names no inquiry", "A new inquiry")
    officer.enter("Title of a new inquiry", "Young carers")
    officer.enter("Day on which its report was published", "2 May 2024").press("Save the answers")
    make_queued()
    officer.go("/imports/").follow("young-carers.csv").follow("What words mean")
    officer.choose("On track", exact=True) if officer.main.get_by_role("radio").count() else officer.select(
        "Being worked up", "On track"
    )
    officer.press("Save the answers")
    make_queued()

    officer.go("/imports/").follow("young-carers.csv").follow("See what each column").sees("Was taken for")
    officer.go("/imports/").follow("young-carers.csv").follow("Check and apply").sees(
        "It can’t be applied yet", "not for publication"
    )
    officer.follow("Table 1, row 5").sees("is it not for publication?")
    officer.choose("Yes: keep these words apart")
    officer.enter("Latest progress", "Care is bought.").enter(
        "The words that are not for publication", "The price is £1."
    )
    officer.tick("Paragraph 3").enter("What may the public read in their place?", "A price is not published.")
    officer.press("Save the line").sees("The line is saved", "Kept apart")
    officer.picture("import-lines", height=1300)
    assert Recommendation.objects.count() == before

    colleague = visitor(colleague_of(SCRUTINY), javascript=False).go("/imports/").follow("young-carers.csv")
    colleague.follow("Check and apply").sees(
        "3 recommendations", "Friends of the Library", "Nobody is mailed"
    )
    colleague.sees("What words mean: 1 open").press("Apply it").sees("Answer the open questions first")
    colleague.tick("Apply it with these questions open").press("Apply it")
    make_queued()
    colleague.go(colleague.page.url).sees("Applied", "Nothing that it brought is chased yet")
    assert Recommendation.objects.count() == before + 3
    row = Recommendation.objects.get(text__startswith="That the library lends")
    public = visitor(None).go(f"/recommendations/{row.pk}/")
    public.sees("Twelve are lent.")
    assert "£1" not in public.page.content()
    colleague.follow("See what would be chased").sees("June 2025")
    colleague.go("/imports/").follow("young-carers.csv").follow("Take this import back").press("Take it back")
    make_queued()
    colleague.go(colleague.page.url).sees("Undone")
    assert Recommendation.objects.count() == before


def test_a_tracker_is_thrown_away(site: str, visitor: Callable[..., Visitor], make_queued: Any) -> None:
    officer = visitor(SCRUTINY).go("/imports/new/").choose("No, all of it may be published")
    officer.select("Committee", "Children and Young People Select Committee")
    hand_in(officer, a_tracker(*ROWS, title=TITLE)).press("Read the file")
    make_queued()
    officer.go(officer.page.url).follow("Discard this import").press("Discard it").sees(
        "The import is discarded"
    )
