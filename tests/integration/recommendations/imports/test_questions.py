"""What is asked about a tracker is asked once for each name, and what was answered holds for the next file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from recommendations.actions import bodies, imports, successions
from recommendations.actions import import_previews as previews
from recommendations.actions.base import ActionDenied
from recommendations.imports import mend, tasks
from recommendations.imports.kinds import open_keys, questions_of
from recommendations.imports.questions import Offered, answer_from, box_value
from recommendations.lifecycle import ImportRowState
from recommendations.models import Body, ImportAnswer, ImportBatch, Inquiry
from recommendations.queries.import_gone import gone
from recommendations.queries.import_matching import NamedBodies
from tests.factories import Cast
from tests.imports import every_row
from tests.trackers import BUSES, CROSSING, HEADS, a_tracker, answered, handed_in, questions, read

pytestmark = pytest.mark.django_db

LATER = ("Road safety near schools: recommendations, position at 31 December 2025",)


def line(number: str, text: str, to: str = "Cabinet", progress: str = "Begun.") -> tuple[str, ...]:
    return (number, text, to, "Agreed", progress, "On track", "March 2027")


@pytest.fixture
def inquiry(cast: Cast) -> Inquiry:
    return cast.inquiry("Road safety near schools", reference="INQ 7")


def brought_in(cast: Cast, inquiry: Inquiry, *rows: Sequence[str], **details: Any) -> ImportBatch:
    """An import of these rows that is on the record."""
    batch = handed_in(cast, a_tracker(*rows, **details))
    batch = answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}})
    assert questions(batch) == {}
    return imports.apply_import(by=cast.sam, batch=batch)


class TestOwners:
    def test_are_asked_once_for_each_name_and_never_again(self, cast: Cast) -> None:
        rows = [
            line(str(at), f"That the agency mends bridge number {at} of the county.", BUSES[2])
            for at in range(1, 6)
        ]
        batch = handed_in(cast, a_tracker(*rows))
        key = "body:name:highways agency"
        assert questions(batch)[key]["count"] == 5
        batch = answered(cast, batch, {key: {"body": cast.police.pk, "post": None}})
        assert key not in questions(batch)
        assert {row.reading["line"]["owners"][0]["words"] for row in batch.rows.all()} == {"Highways Agency"}
        assert ImportAnswer.objects.get(question=key).shape == ""
        assert key not in questions(handed_in(cast, a_tracker(*rows, title=LATER)))

    def test_are_parted_first_and_asked_about_only_then(self, cast: Cast, inquiry: Inquiry) -> None:
        both = "Director of Education / Finance"
        batch = handed_in(cast, a_tracker(line("1", CROSSING[1], both)))
        batch = answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}})
        (key,) = questions(batch)
        assert key.startswith("owner:")
        assert batch.rows.get().line == {}
        batch = answered(cast, batch, {key: ["Director of Education", "Director of Finance"]})
        parts = {"body:name:director of education", "body:name:director of finance"}
        assert set(questions(batch)) == parts
        batch = answered(cast, batch, {part: {"new": "department"} for part in parts})
        imports.apply_import(by=cast.sam, batch=batch)
        assert not Body.objects.filter(name=both).exists()
        names = Body.objects.filter(import_batch=batch).values_list("name", flat=True)
        assert set(names) == {"Director of Education", "Director of Finance"}

    def test_of_two_bodies_with_one_post_are_asked(self, cast: Cast) -> None:
        for body in (cast.police, cast.school):
            bodies.add_post(by=cast.admin, body=body, title="Safety Lead")
        asked = questions(
            handed_in(cast, a_tracker(line("1", "That somebody looks after safety.", "Safety Lead")))
        )
        assert len(asked["body:name:safety lead"]["choices"]) == 2

    def test_that_look_like_a_post_become_one_in_one_click_and_undone_it_is_gone(
        self, cast: Cast, inquiry: Inquiry
    ) -> None:
        before = every_row()
        batch = handed_in(cast, a_tracker(line("1", "That the piers be mended.", "Head of Piers")))
        key = "body:name:head of piers"
        groups = dict(Offered([cast.cabinet, cast.school]).groups(questions(batch)[key]))
        ((chosen, label),) = groups["Add it as a new post"]
        assert label == f"New post in {cast.cabinet}"
        said = answer_from(questions(batch)[key], chosen, "")
        assert box_value(questions(batch)[key], said)[0] == chosen
        batch = answered(cast, batch, {key: said, "inquiry:table:1": {"inquiry": inquiry.pk}})
        assert questions(batch) == {}
        assert not ImportAnswer.objects.filter(question=key).exists()
        batch = imports.apply_import(by=cast.sam, batch=batch)
        part = inquiry.recommendations.get().assignments.get()
        assert part.post is not None
        assert (part.body, part.post.title) == (cast.cabinet, "Head of Piers")
        assert part.post.import_batch == batch
        imports.undo_import(by=cast.sam, batch=batch)
        assert every_row() == before

    def test_that_have_ended_are_asked_in_the_order_of_the_lines_own_day(self, cast: Cast) -> None:
        successions.abolish_body(
            by=cast.admin, body=cast.police, on=dt.date(2025, 4, 1), successor=cast.council, reason="Merged"
        )
        named = NamedBodies(dt.date(2025, 9, 30))
        first = [named.match(cast.police.name, on).candidates[0].body for on in (None, dt.date(2024, 5, 1))]
        assert first == [cast.council, cast.police]

    def test_that_have_ended_are_asked_with_their_successors(self, cast: Cast) -> None:
        successions.abolish_body(
            by=cast.admin, body=cast.police, on=dt.date(2025, 4, 1), successor=cast.council, reason="Merged"
        )
        batch = handed_in(cast, a_tracker(line("1", "That the police count cars.", cast.police.name)))
        (question,) = [one for key, one in questions(batch).items() if key.startswith("body:")]
        assert question["choices"][0]["answer"]["body"] == cast.council.pk
        assert "has ended" in question["sentence"]


class TestInquiries:
    @pytest.mark.parametrize(("published", "is_known"), [("14 June 2023", True), ("15 June 2023", False)])
    def test_are_known_with_the_day_of_their_report_behind_their_name(
        self, cast: Cast, published: str, is_known: bool
    ) -> None:
        inquiry = cast.inquiry("Winter roads", published_on=dt.date(2023, 6, 14))
        rows = a_tracker((*CROSSING, f"Winter roads (reported {published})"), heads=(*HEADS, "Inquiry"))
        batch = handed_in(cast, rows)
        assert (batch.rows.get().reading["line"]["inquiry"] == inquiry.pk) is is_known
        assert any(key.startswith("inquiry:") for key in questions(batch)) is not is_known


class TestTheSameAgain:
    def test_needs_no_question_and_tells_what_is_new(self, cast: Cast, inquiry: Inquiry) -> None:
        brought_in(cast, inquiry, CROSSING)
        again = handed_in(cast, a_tracker((*CROSSING[:4], "All five are built.", *CROSSING[5:]), title=LATER))
        assert questions(again) == {}
        (row,) = again.rows.all()
        assert row.state == ImportRowState.KNOWN
        assert row.line["inquiry"] == inquiry.pk

    def test_that_a_table_was_numbered_anew_is_asked_once(self, cast: Cast, inquiry: Inquiry) -> None:
        rows = [
            line(str(at), f"That the agency mends bridge {at} of the county before winter.")
            for at in range(1, 5)
        ]
        brought_in(cast, inquiry, *rows)
        anew = [(f"{int(row[0]) + 10}", *row[1:]) for row in rows]
        again = handed_in(cast, a_tracker(*anew, title=LATER))
        ((key, question),) = questions(again).items()
        assert question["count"] == 4
        assert question["sentence"].startswith("4 recommendations were numbered anew: ")
        assert question["sentence"].endswith("has the number 3 on the record, and 13 in the file; and 1 more")
        assert {row.line["renumbers"] for row in again.rows.all()} == {False}
        again = answered(cast, again, {key: True})
        assert questions(again) == {}
        assert {row.line["renumbers"] for row in again.rows.all()} == {True}

    def test_renumbered_is_recognised_and_proposed(self, cast: Cast, inquiry: Inquiry) -> None:
        brought_in(cast, inquiry, CROSSING)
        again = handed_in(cast, a_tracker(("7", *CROSSING[1:]), title=LATER))
        (key,) = questions(again)
        assert key.startswith("renumbered:")
        assert not again.rows.get().line["renumbers"]
        again = answered(cast, again, {key: True})
        assert again.rows.get().state == ImportRowState.CHANGED

    def test_reworded_with_its_number_is_asked_before_it_is_applied(
        self, cast: Cast, inquiry: Inquiry
    ) -> None:
        brought_in(cast, inquiry, CROSSING)
        other = CROSSING[1].replace("a safe crossing", "two safe crossings")
        again = handed_in(cast, a_tracker(("1", other, *CROSSING[2:]), title=LATER))
        again = answered(cast, again, {"inquiry:table:1": {"inquiry": inquiry.pk}})
        (key,) = questions(again)
        assert key.startswith("reworded:")
        assert again.rows.get().line == {}
        again = answered(cast, again, {key: "new words"})
        assert again.rows.get().line["rewords"]
        imports.apply_import(by=cast.sam, batch=again)
        assert inquiry.recommendations.get().text == other

    def test_merely_alike_stays_two(self, cast: Cast, inquiry: Inquiry) -> None:
        brought_in(cast, inquiry, CROSSING)
        other = CROSSING[1].replace("school", "church hall")
        again = handed_in(cast, a_tracker(("2", other, *CROSSING[2:]), title=LATER))
        again = answered(cast, again, {"inquiry:table:1": {"inquiry": inquiry.pk}})
        (key,) = questions(again)
        assert key.startswith("alike:")
        assert again.rows.get().state == ImportRowState.NEW
        imports.apply_import(by=cast.sam, batch=again)
        assert inquiry.recommendations.count() == 2

    def test_what_is_gone_is_told(self, cast: Cast, inquiry: Inquiry) -> None:
        second = line("2", "That the school keeps its gates shut in the mornings.")
        brought_in(cast, inquiry, CROSSING, second)
        again = handed_in(cast, a_tracker(CROSSING, title=LATER))
        assert [row.number for row in gone(again)] == ["2"]

    def test_what_is_gone_is_told_however_the_file_is_laid_out(self, cast: Cast, inquiry: Inquiry) -> None:
        second = line("2", "That the school keeps its gates shut in the mornings.")
        brought_in(cast, inquiry, CROSSING, second)
        heads = ("Ref", "What was recommended", "Lead", "Reply", "Position", "RAG", "Due")
        again = handed_in(cast, a_tracker(CROSSING, title=LATER, heads=heads))
        assert again.shape != ImportBatch.objects.exclude(pk=again.pk).get().shape
        assert [row.number for row in gone(again)] == ["2"]

    def test_what_waits_or_is_left_out_is_not_gone(self, cast: Cast, inquiry: Inquiry) -> None:
        brought_in(cast, inquiry, CROSSING)
        again = handed_in(cast, a_tracker((*CROSSING[:2], "Pier Agency", *CROSSING[3:]), title=LATER))
        assert again.rows.get().line == {}
        assert gone(again) == []
        mend.leave_out(
            by=cast.sam, row=again.rows.get(), version=previews.line_version(again.rows.get()), out=True
        )
        assert gone(again) == []

    def test_an_older_file_that_comes_later_tells_nothing_of_the_newer(
        self, cast: Cast, inquiry: Inquiry
    ) -> None:
        second = line("2", "That the school keeps its gates shut in the mornings.")
        brought_in(cast, inquiry, CROSSING, second, title=LATER)
        assert gone(handed_in(cast, a_tracker(CROSSING))) == []


class TestOneReferenceWithTwoWordings:
    FIRST = CROSSING[1]
    LATER = CROSSING[1].replace("a safe crossing", "two safe crossings")
    HEADS = ("Reference", "Recommendation", "To", "Response", "Progress", "Status", "Target date")

    @pytest.fixture
    def batch(self, cast: Cast, inquiry: Inquiry) -> ImportBatch:
        rows = (line("SR (25/26) 31", self.FIRST), line("SR (25/26) 31", self.LATER, progress="Half done."))
        batch = handed_in(cast, a_tracker(*rows, heads=self.HEADS))
        return answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}})

    def test_holds_its_lines_up_until_it_is_answered(self, cast: Cast, batch: ImportBatch) -> None:
        (key,) = questions(batch)
        assert key.startswith("same:reworded:")
        assert [row.line for row in batch.rows.all()] == [{}, {}]
        with pytest.raises(ActionDenied):
            imports.apply_import(by=cast.sam, batch=batch)

    @pytest.mark.parametrize(
        ("answer", "texts"), [(False, [FIRST, LATER]), (True, [FIRST]), ("later words", [LATER])]
    )
    def test_becomes_what_was_answered(
        self, cast: Cast, inquiry: Inquiry, batch: ImportBatch, answer: Any, texts: list[str]
    ) -> None:
        batch = answered(cast, batch, dict.fromkeys(questions(batch), answer))
        imports.apply_import(by=cast.sam, batch=batch)
        assert [row.text for row in inquiry.recommendations.order_by("pk")] == texts
        lines = [row.imported_line for row in batch.rows.all()]
        notes = {words for one in lines if one is not None for words in one.notes.values()}
        assert notes == {self.FIRST, self.LATER} - set(texts)

    def test_both_are_known_in_the_next_file_whatever_their_order(
        self, cast: Cast, inquiry: Inquiry, batch: ImportBatch
    ) -> None:
        batch = answered(cast, batch, dict.fromkeys(questions(batch), False))
        imports.apply_import(by=cast.sam, batch=batch)
        rows = (line("SR (25/26) 31", self.LATER), line("SR (25/26) 31", self.FIRST))
        again = handed_in(cast, a_tracker(*rows, heads=self.HEADS, title=LATER))
        again = answered(cast, again, {"inquiry:table:1": {"inquiry": inquiry.pk}})
        again = answered(cast, again, dict.fromkeys(questions(again), False))
        imports.apply_import(by=cast.sam, batch=again)
        assert {row.text for row in inquiry.recommendations.all()} == {self.FIRST, self.LATER}
        assert inquiry.recommendations.count() == 2

    def test_a_reference_with_wholly_other_words_is_asked(
        self, cast: Cast, inquiry: Inquiry, batch: ImportBatch
    ) -> None:
        batch = answered(cast, batch, dict.fromkeys(questions(batch), False))
        imports.apply_import(by=cast.sam, batch=batch)
        other = "That the pier is painted blue before the summer fair."
        again = handed_in(cast, a_tracker(line("SR (25/26) 31", other), heads=self.HEADS, title=LATER))
        again = answered(cast, again, {"inquiry:table:1": {"inquiry": inquiry.pk}})
        (key,) = questions(again)
        assert key.startswith("reworded:reference")
        assert again.rows.get().line == {}
        again = answered(cast, again, {key: "another"})
        imports.apply_import(by=cast.sam, batch=again)
        assert inquiry.recommendations.get(text=other).reference != "SR (25/26) 31"
        assert inquiry.recommendations.count() == 3


class TestNumbersAndWords:
    def test_used_twice_are_asked_once(self, cast: Cast, inquiry: Inquiry) -> None:
        rows = (CROSSING, line("1", "That the buses stop in front of the hospital."))
        batch = handed_in(cast, a_tracker(*rows))
        batch = answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}})
        assert {key.rpartition(":")[0] for key in questions(batch)} == {
            "number:used twice",
            "same:numbered twice:1",
        }
        batch = answered(cast, batch, {"number:used twice:": "next"})
        imports.apply_import(by=cast.sam, batch=batch)
        assert {row.number for row in inquiry.recommendations.all()} == {"1", "2"}

    def test_what_says_it_is_exempt_is_decided_first(self, cast: Cast, inquiry: Inquiry) -> None:
        batch = handed_in(
            cast, a_tracker(line("1", CROSSING[1], progress="Confidential: the price is agreed."))
        )
        batch = answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}})
        row = batch.rows.get()
        assert row.says_exempt
        assert row.line == {}
        with pytest.raises(ActionDenied, match="not for publication"):
            imports.apply_import(by=cast.sam, batch=batch)


class TestAStoppedLine:
    """Nothing else is asked or taken of a line that may not be for publication."""

    STOPPED = (
        "1",
        CROSSING[1],
        "Pier Agency",
        "Perhaps in part",
        "Confidential: nothing yet.",
        "",
        "31 February 2027",
    )
    OTHER = line("2", "That the school keeps its gates shut in the mornings.")

    @pytest.fixture
    def batch(self, cast: Cast, inquiry: Inquiry) -> ImportBatch:
        batch = handed_in(cast, a_tracker(self.STOPPED, self.OTHER))
        return answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry.pk}})

    def kinds(self, batch: ImportBatch) -> set[str]:
        still_open = open_keys(batch)
        return {one["kind"] for one in questions_of(batch) if one["key"] in still_open}

    def test_is_asked_nothing_else(self, batch: ImportBatch) -> None:
        assert self.kinds(batch) == {"exempt"}
        stopped, other = batch.rows.order_by("order")
        assert [one["key"].partition(":")[0] for one in stopped.problems] == ["exempt"]
        assert stopped.line == {}
        assert other.line

    def test_is_asked_the_rest_once_it_may_be_published(self, cast: Cast, batch: ImportBatch) -> None:
        answers = dict.fromkeys(questions(batch), False)
        batch = read(cast, tasks.decide_exempt_words(by=cast.sam, batch=batch, answers=answers))
        assert {"body", "word", "period"} <= self.kinds(batch)
        assert batch.rows.earliest("order").exempt_decision == "open"

    def test_is_asked_the_rest_once_it_is_mended(self, cast: Cast, batch: ImportBatch) -> None:
        row = batch.rows.earliest("order")
        version = previews.line_version(row)
        row = mend.mend_line(by=cast.sam, row=row, version=version, mended={}, exempt="open", reference="")
        assert row.line == {}
        assert {"body", "word", "period"} <= self.kinds(ImportBatch.objects.get(pk=batch.pk))

    def test_that_is_left_out_makes_no_body(self, cast: Cast, batch: ImportBatch) -> None:
        batch = answered(cast, batch, {"body:name:pier agency": {"new": "provider"}})
        answers = dict.fromkeys(questions(batch), True)
        batch = read(cast, tasks.decide_exempt_words(by=cast.sam, batch=batch, answers=answers))
        assert self.kinds(batch) == set()
        imports.apply_import(by=cast.sam, batch=batch)
        assert not Body.objects.filter(name="Pier Agency").exists()
