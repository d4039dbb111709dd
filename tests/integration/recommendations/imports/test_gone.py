"""What an earlier tracker had and a later one leaves out: who said what became of it, and what that changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import assessments, corrections, import_previews, imports
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.imports import gone as answers
from recommendations.imports import mend
from recommendations.imports.gone import Said
from recommendations.lifecycle import GoneAnswer, Grade, ImportRowState, Outcome
from recommendations.models import ImportBatch, ImportRow, Recommendation
from recommendations.queries import import_gone
from recommendations.queries.import_gone import GoneSince
from tests.clients import signed_in, words_of
from tests.factories import Cast
from tests.imports import every_row
from tests.trackers import a_tracker, answered, handed_in, read

pytestmark = pytest.mark.django_db

LATER = ("Road safety near schools: recommendations, position at 31 December 2025",)
INQUIRY = {"inquiry:table:1": {"new": {"title": "Road safety near schools", "published_on": "2024-05-02"}}}


def line(number: str, text: str, progress: str = "Begun.") -> tuple[str, ...]:
    return (number, text, "Cabinet", "Agreed", progress, "On track", "31 March 2027")


CROSSING = line("1", "That the Cabinet builds a safe crossing on the road to the school.")
BUSES = line("2", "That buses stop at the hospital until ten in the evening.")
LAMPS = line("3", "That every lamp in the high street is mended within a week.")
NEW = line("7", "Evening transport for patients and their visitors, on each day.", "Talks are held.")


@pytest.fixture
def first(cast: Cast) -> ImportBatch:
    batch = answered(cast, handed_in(cast, a_tracker(CROSSING, BUSES, LAMPS)), INQUIRY)
    return imports.apply_import(by=cast.sam, batch=batch)


@pytest.fixture
def later(cast: Cast, first: ImportBatch) -> ImportBatch:
    """A later file without buses and lamps, and with something new."""
    inquiry = Recommendation.objects.first().inquiry_id  # type: ignore[union-attr]
    batch = handed_in(cast, a_tracker(CROSSING, NEW, title=LATER))
    return answered(cast, batch, {"inquiry:table:1": {"inquiry": inquiry}})


def row_of(text: str) -> Recommendation:
    return Recommendation.objects.get(text=text)


def new_line(batch: ImportBatch) -> ImportRow:
    return batch.rows.get(reading__line__number="7")


def said(batch: ImportBatch) -> dict[str, GoneAnswer | None]:
    since = GoneSince(ImportBatch.objects.get(pk=batch.pk))
    return {one.recommendation.text: one.answer for one in since.shown(since.keys)}


def page_of(client: Client, batch: ImportBatch, name: str = "import_gone") -> str:
    return words_of(client.get(reverse(name, args=[batch.pk])))


def sent(client: Client, batch: ImportBatch, **answers: Any) -> dict[str, Any]:
    """Return what the page sends, with these answers by the ids of recommendations."""
    form = client.get(reverse("import_gone", args=[batch.pk])).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return {**data, **answers}


def answer(cast: Cast, batch: ImportBatch, row: Recommendation, *what: Any) -> ImportBatch:
    versions = {row.pk: GoneSince(ImportBatch.objects.get(pk=batch.pk)).version_of(row.pk)}
    return answers.answer(by=cast.sam, batch=batch, answers={row.pk: Said(*what)}, versions=versions)


class TestAnswers:
    def test_are_counted_until_they_are_given(self, cast: Cast, later: ImportBatch) -> None:
        client = signed_in(cast.sam)
        for name in ("import", "apply_import"):
            assert "2 recommendations" in page_of(client, later, name)
            assert "none answered yet" in page_of(client, later, name).lower()
        answer(cast, later, row_of(BUSES[1]), GoneAnswer.OPEN)
        assert "2 gone since the last file, 1 unanswered." in page_of(client, later, "import")
        assert "2 recommendations, 1 unanswered" in page_of(client, later)

    def test_say_who_gave_them_and_are_kept_when_the_file_is_read_anew(
        self, cast: Cast, later: ImportBatch
    ) -> None:
        client = signed_in(cast.sam)
        buses, lamps = row_of(BUSES[1]), row_of(LAMPS[1])
        data = sent(client, later, **{f"answer_{buses.pk}": "open", f"answer_{lamps.pk}": "closed"})
        page = words_of(client.post(reverse("import_gone", args=[later.pk]), data, follow=True))
        assert "The answers are saved" in page
        read(cast, import_previews.read_again(by=cast.carla, batch=later))
        page = page_of(signed_in(cast.carla), later)
        assert f"Still open said by {cast.sam.name} on 12 January 2026" in page
        assert "2 recommendations, all answered" in page
        assert said(later) == {BUSES[1]: GoneAnswer.OPEN, LAMPS[1]: GoneAnswer.CLOSED}

    def test_change_nothing_on_the_record(self, cast: Cast, later: ImportBatch) -> None:
        before = every_row()
        for what in (GoneAnswer.OPEN, GoneAnswer.CLOSED):
            answer(cast, later, row_of(BUSES[1]), what)
        assert every_row() == before

    def test_are_taken_back(self, cast: Cast, later: ImportBatch) -> None:
        buses = row_of(BUSES[1])
        answer(cast, later, buses, GoneAnswer.OPEN)
        client = signed_in(cast.sam)
        data = sent(client, later, **{f"answer_{buses.pk}": ""})
        client.post(reverse("import_gone", args=[later.pk]), data)
        assert said(later)[BUSES[1]] is None

    def test_are_given_for_all_alike_and_leave_those_that_were_given(
        self, cast: Cast, later: ImportBatch
    ) -> None:
        answer(cast, later, row_of(LAMPS[1]), GoneAnswer.CLOSED)
        client = signed_in(cast.sam)
        client.post(reverse("import_gone", args=[later.pk]), {"do": "all open"})
        assert said(later) == {BUSES[1]: GoneAnswer.OPEN, LAMPS[1]: GoneAnswer.CLOSED}

    def test_of_two_people_the_later_is_told(self, cast: Cast, later: ImportBatch) -> None:
        sam, carla = signed_in(cast.sam), signed_in(cast.carla)
        buses, lamps = row_of(BUSES[1]), row_of(LAMPS[1])
        hers = sent(carla, later, **{f"answer_{buses.pk}": "closed"})
        other = sent(carla, later, **{f"answer_{lamps.pk}": "closed"})
        address = reverse("import_gone", args=[later.pk])
        sam.post(address, sent(sam, later, **{f"answer_{buses.pk}": "open"}))
        assert "Somebody changed this meanwhile" in words_of(carla.post(address, hers, follow=True))
        assert said(later)[BUSES[1]] == GoneAnswer.OPEN
        carla.post(address, other)
        assert said(later) == {BUSES[1]: GoneAnswer.OPEN, LAMPS[1]: GoneAnswer.CLOSED}

    def test_of_what_is_gone_no_more_are_not_dropped_in_silence(self, cast: Cast, later: ImportBatch) -> None:
        client = signed_in(cast.sam)
        buses, lamps = row_of(BUSES[1]), row_of(LAMPS[1])
        data = sent(client, later, **{f"answer_{buses.pk}": "open", f"answer_{lamps.pk}": "open"})
        corrections.withdraw_recommendation(by=cast.sam, recommendation=buses, reason="Made twice")
        page = client.post(reverse("import_gone", args=[later.pk]), data, follow=True)
        assert "Somebody changed this meanwhile" in words_of(page)
        assert said(later) == {LAMPS[1]: None}

    def test_while_the_file_is_read_wait(self, cast: Cast, later: ImportBatch) -> None:
        import_previews.read_again(by=cast.sam, batch=later)
        with pytest.raises(ActionDenied, match="being read anew"):
            answer(cast, later, row_of(BUSES[1]), GoneAnswer.OPEN)

    def test_are_for_officers_of_the_committee(self, cast: Cast, later: ImportBatch) -> None:
        address = reverse("import_gone", args=[later.pk])
        assert signed_in(cast.oscar).post(address, {"do": "all open"}).status_code in (403, 404)
        assert signed_in(cast.colin).get(address).status_code in (403, 404)

    def test_of_an_applied_import_are_read_only(self, cast: Cast, later: ImportBatch) -> None:
        answer(cast, later, row_of(BUSES[1]), GoneAnswer.CLOSED)
        imports.apply_import(by=cast.sam, batch=later)
        client = signed_in(cast.sam)
        assert "2 recommendations of the earlier files" in page_of(client, later, "import")
        page = client.get(reverse("import_gone", args=[later.pk]))
        assert b"<fieldset" not in page.content.split(b"<main")[1]
        assert "Nobody has said what became of it" in words_of(page)
        assert reverse("assess", args=[row_of(BUSES[1]).pk]) in page.content.decode()
        with pytest.raises(ActionDenied):
            answer(cast, later, row_of(LAMPS[1]), GoneAnswer.OPEN)

    def test_of_what_was_closed_since_stay(self, cast: Cast, later: ImportBatch) -> None:
        buses = row_of(BUSES[1])
        answer(cast, later, buses, GoneAnswer.CLOSED)
        assessments.assess(
            by=cast.carla,
            recommendation=buses,
            meeting=cast.meeting(dt.date(2026, 1, 12)),
            grade=Grade.NOT_IMPLEMENTED,
            outcome=Outcome.CLOSE_NOT_IMPLEMENTED,
            comment="No longer asked.",
        )
        assert "On the record as closed on" in page_of(signed_in(cast.sam), later)
        assert said(later) == {BUSES[1]: GoneAnswer.CLOSED, LAMPS[1]: None}


class TestTheSameAsALine:
    def test_makes_no_new_recommendation_and_is_undone_with_the_import(
        self, cast: Cast, later: ImportBatch
    ) -> None:
        client = signed_in(cast.sam)
        buses, new = row_of(BUSES[1]), new_line(later)
        before, there = every_row(), Recommendation.objects.count()
        data = sent(client, later, **{f"answer_{buses.pk}": "same", f"line_{buses.pk}": str(new.pk)})
        page = words_of(client.post(reverse("import_gone", args=[later.pk]), data, follow=True))
        assert "The same as a new line of this file Table 1, row 4 , said by" in page
        new.refresh_from_db()
        assert (new.state, new.recommendation) == (ImportRowState.KNOWN, buses)
        batch = read(cast, import_previews.read_again(by=cast.sam, batch=later))
        assert said(batch)[BUSES[1]] == GoneAnswer.SAME
        imports.apply_import(by=cast.sam, batch=batch)
        assert Recommendation.objects.count() == there
        assert said(batch)[BUSES[1]] == GoneAnswer.SAME
        imports.undo_import(by=cast.sam, batch=batch)
        assert every_row() == before

    def test_is_taken_back_with_another_answer(self, cast: Cast, later: ImportBatch) -> None:
        buses, new = row_of(BUSES[1]), new_line(later)
        answer(cast, later, buses, GoneAnswer.SAME, new.pk)
        answer(cast, later, buses, GoneAnswer.OPEN)
        new.refresh_from_db()
        assert (new.state, new.recommendation) == (ImportRowState.NEW, None)
        assert said(later)[BUSES[1]] == GoneAnswer.OPEN

    def test_holds_as_long_as_the_line_says_so(self, cast: Cast, later: ImportBatch) -> None:
        buses, new = row_of(BUSES[1]), new_line(later)
        answer(cast, later, buses, GoneAnswer.SAME, new.pk)
        new.refresh_from_db()
        mend.as_it_was_read(by=cast.sam, row=new, version=import_previews.line_version(new))
        assert said(later)[BUSES[1]] is None

    def test_goes_from_one_to_the_other_at_once(self, cast: Cast, later: ImportBatch) -> None:
        buses, lamps, new = row_of(BUSES[1]), row_of(LAMPS[1]), new_line(later)
        answer(cast, later, buses, GoneAnswer.SAME, new.pk)
        since = GoneSince(ImportBatch.objects.get(pk=later.pk))
        both = {lamps.pk: Said(GoneAnswer.SAME, new.pk), buses.pk: Said(GoneAnswer.OPEN)}
        versions = {pk: since.version_of(pk) for pk in both}
        answers.answer(by=cast.sam, batch=later, answers=both, versions=versions)
        assert said(later) == {BUSES[1]: GoneAnswer.OPEN, LAMPS[1]: GoneAnswer.SAME}

    def test_is_still_offered_where_the_list_of_new_lines_is_cut_off(
        self, cast: Cast, later: ImportBatch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        buses, lamps = row_of(BUSES[1]), row_of(LAMPS[1])
        answer(cast, later, buses, GoneAnswer.SAME, new_line(later).pk)
        monkeypatch.setattr(import_gone, "MOST_OFFERED", 0)
        client = signed_in(cast.sam)
        data = sent(client, later, **{f"answer_{lamps.pk}": "open"})
        assert "The answers are saved" in words_of(
            client.post(reverse("import_gone", args=[later.pk]), data, follow=True)
        )
        assert said(later) == {BUSES[1]: GoneAnswer.SAME, LAMPS[1]: GoneAnswer.OPEN}

    def test_is_one_line_for_one_recommendation(self, cast: Cast, later: ImportBatch) -> None:
        client = signed_in(cast.sam)
        rows, new = (row_of(BUSES[1]), row_of(LAMPS[1])), new_line(later)
        chosen = {f"answer_{row.pk}": "same" for row in rows} | {
            f"line_{row.pk}": str(new.pk) for row in rows
        }
        page = client.post(reverse("import_gone", args=[later.pk]), sent(client, later, **chosen))
        assert "two recommendations can’t be the same line" in words_of(page)
        without = sent(client, later, **{f"answer_{rows[0].pk}": "same"})
        page = client.post(reverse("import_gone", args=[later.pk]), without)
        assert f"Select the line that {rows[0].reference} is the same as" in words_of(page)
        assert set(said(later).values()) == {None}

    def test_is_refused_of_a_line_that_is_not_new_any_more(self, cast: Cast, later: ImportBatch) -> None:
        buses, lamps, new = row_of(BUSES[1]), row_of(LAMPS[1]), new_line(later)
        answer(cast, later, lamps, GoneAnswer.SAME, new.pk)
        with pytest.raises(ActionDenied, match="no new recommendation any more"):
            answer(cast, later, buses, GoneAnswer.SAME, new.pk)

    def test_conflicts_with_what_somebody_said_of_it_meanwhile(self, cast: Cast, later: ImportBatch) -> None:
        buses, new = row_of(BUSES[1]), new_line(later)
        seen = {buses.pk: GoneSince(later).version_of(buses.pk)}
        answer(cast, later, buses, GoneAnswer.OPEN)
        with pytest.raises(EditConflict):
            answers.answer(
                by=cast.carla,
                batch=later,
                answers={buses.pk: Said(GoneAnswer.SAME, new.pk)},
                versions=seen,
            )


class TestReading:
    def test_takes_as_many_queries_for_many_as_for_two(self, cast: Cast, later: ImportBatch) -> None:
        client = signed_in(cast.sam)
        few = queries_of(client, later)
        many = [
            line(str(number), f"Question {number} of the report: what about it?") for number in range(20, 35)
        ]
        inquiry = Recommendation.objects.first().inquiry_id  # type: ignore[union-attr]
        batch = answered(cast, handed_in(cast, a_tracker(*many)), {"inquiry:table:1": {"inquiry": inquiry}})
        imports.apply_import(by=cast.sam, batch=batch)
        assert len(GoneSince(ImportBatch.objects.get(pk=later.pk)).keys) > 10
        assert queries_of(client, later) == few

    def test_reads_neither_the_earlier_file_nor_the_lines_that_are_known(
        self, cast: Cast, later: ImportBatch
    ) -> None:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            assert len(GoneSince(ImportBatch.objects.get(pk=later.pk)).keys) == 2
        assert not [one for one in taken.captured_queries if '"cells"' in one["sql"]]
        read_of_earlier = [
            one for one in taken.captured_queries[1:] if '"importbatch"."reading"' in one["sql"]
        ]
        assert read_of_earlier == []


def queries_of(client: Client, batch: ImportBatch) -> int:
    client.get(reverse("import_gone", args=[batch.pk]))
    with CaptureQueriesContext(connection) as taken:
        client.get(reverse("import_gone", args=[batch.pk]))
    return len(taken)
