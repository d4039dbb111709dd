"""Reading, applying and undoing in the background: once or not at all, whoever presses and whatever dies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from committee import clock
from recommendations.actions import import_previews, import_writer, imports
from recommendations.imports import read as reading
from recommendations.imports import tasks
from recommendations.imports.recover import STOPPED, recover_imports
from recommendations.lifecycle import ImportState
from recommendations.models import ImportAnswer, ImportBatch, Recommendation
from recommendations.trackers import tracker
from recommendations.utils.job_progress import tell_progress
from tests.clients import signed_in, words_of
from tests.factories import Cast, at
from tests.trackers import CROSSING, a_tracker, answered, hand_in, handed_in, read

pytestmark = pytest.mark.django_db

INQUIRY = {"inquiry:table:1": {"new": {"title": "Road safety", "published_on": "2024-05-02"}}}


@pytest.fixture
def ready(cast: Cast) -> ImportBatch:
    """An import of which every question is answered."""
    return answered(cast, handed_in(cast, a_tracker(CROSSING)), INQUIRY)


def state(batch: ImportBatch) -> str:
    return str(ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk))


class TestOnce:
    def test_a_double_click_applies_once(self, cast: Cast, ready: ImportBatch) -> None:
        for _ in range(2):
            tasks.request_apply(by=cast.sam, batch=ready)
        for _ in range(2):
            assert tasks.apply_import.call(ready.pk, cast.sam.pk) == ImportState.APPLIED
        assert Recommendation.objects.count() == 1

    def test_how_far_it_is_is_told_in_per_cent(
        self, cast: Cast, ready: ImportBatch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[float] = []
        monkeypatch.setattr(
            import_writer, "tell_progress", lambda job, done, total: told.append(100 * done / total)
        )
        tasks.request_apply(by=cast.sam, batch=ready)
        tell_progress(ready.job_name, 2, 5)
        page = signed_in(cast.sam).get(reverse("import_progress", args=[ready.pk]))
        assert "40% done" in words_of(page)
        tasks.apply_import.call(ready.pk, cast.sam.pk)
        assert told == sorted(told)
        assert told[-1] == 100

    def test_two_people_apply_and_undo_once(self, cast: Cast, ready: ImportBatch) -> None:
        tasks.request_apply(by=cast.sam, batch=ready)
        tasks.request_apply(by=cast.carla, batch=ready)
        tasks.apply_import.call(ready.pk, cast.carla.pk)
        tasks.request_undo(by=cast.sam, batch=ready)
        tasks.request_undo(by=cast.carla, batch=ready)
        for _ in range(2):
            assert tasks.undo_import.call(ready.pk, cast.sam.pk) == ImportState.UNDONE
        assert not Recommendation.objects.exists()

    def test_a_refusal_is_told_and_nothing_is_written(self, cast: Cast, ready: ImportBatch) -> None:
        tasks.request_apply(by=cast.sam, batch=ready)
        row = ready.rows.get()
        type(row).objects.filter(pk=row.pk).update(line={**row.line, "owners": []})
        assert tasks.apply_import.call(ready.pk, cast.sam.pk) == ImportState.TO_CHECK
        assert "addressed to" in ImportBatch.objects.get(pk=ready.pk).refusal
        assert not Recommendation.objects.exists()

    def test_what_breaks_leaves_it_to_be_tried_again(
        self, cast: Cast, ready: ImportBatch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def breaks(**_details: Any) -> None:
            raise RuntimeError("boom")

        tasks.request_apply(by=cast.sam, batch=ready)
        monkeypatch.setattr(imports, "apply_import", breaks)
        with pytest.raises(RuntimeError):
            tasks.apply_import.call(ready.pk, cast.sam.pk)
        assert state(ready) == ImportState.TO_CHECK
        assert ImportBatch.objects.get(pk=ready.pk).refusal == tasks.UNEXPECTED


class TestReading:
    def test_an_answer_that_comes_meanwhile_is_read_too(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        batch = hand_in(cast, a_tracker(CROSSING))
        understand = reading.understand
        calls: list[int] = []

        def answered_meanwhile(batch: ImportBatch, file: Any) -> Any:
            found = understand(batch, file)
            if not calls:
                import_previews.answer_questions(by=cast.carla, batch=batch, answers=INQUIRY, remembered={})
            calls.append(1)
            return found

        monkeypatch.setattr(reading, "understand", answered_meanwhile)
        batch = read(cast, batch)
        assert len(calls) == 2
        assert batch.state == ImportState.TO_CHECK
        assert batch.reading["open"] == []

    def test_lines_are_read_once_with_what_is_remembered_for_the_shape_of_the_file(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read_lines = tracker._read_lines
        times: list[int] = []

        def counted(file: Any, laid_out: Any) -> Any:
            times.append(len(laid_out.answers.given))
            return read_lines(file, laid_out)

        monkeypatch.setattr(tracker, "_read_lines", counted)
        first = read(cast, hand_in(cast, a_tracker(CROSSING)))
        assert times == [0]
        ImportAnswer.objects.create(
            committee=cast.committee,
            shape=first.shape,
            question="word:claim:open",
            answer="claim:on_track",
            answered_by=cast.sam,
        )
        later = read(cast, hand_in(cast, a_tracker(CROSSING, CROSSING)))
        assert times == [0, 1]
        assert later.shape == first.shape

    def test_a_file_without_a_tracker_says_so(self, cast: Cast) -> None:
        batch = read(cast, hand_in(cast, b"a,b\n1,2\n"))
        assert (batch.state, batch.refusal) == (ImportState.FAILED, reading.NO_TRACKER)

    def test_lines_stay_the_same_rows(self, cast: Cast, ready: ImportBatch) -> None:
        before = list(ready.rows.values_list("pk", flat=True))
        again = read(cast, import_previews.read_again(by=cast.sam, batch=ready))
        assert list(again.rows.values_list("pk", flat=True)) == before


class TestRecovery:
    def test_puts_back_what_has_no_task_any_more(self, cast: Cast, ready: ImportBatch) -> None:
        imports.queue_apply(by=cast.sam, batch=ready)
        with at(clock.today() + dt.timedelta(days=1)):
            assert recover_imports() == 0, "its task may be about to be enqueued"
            assert recover_imports() == 1
        batch = ImportBatch.objects.get(pk=ready.pk)
        assert (batch.state, batch.refusal) == (ImportState.TO_CHECK, STOPPED)

    def test_leaves_alone_what_waits_for_its_task(self, cast: Cast, ready: ImportBatch) -> None:
        imports.queue_apply(by=cast.sam, batch=ready)
        DBTaskResult.objects.create(
            task_path=tasks.apply_import.module_path,
            args_kwargs={"args": [ready.pk, cast.sam.pk], "kwargs": {}},
            backend_name="default",
            run_after="2026-01-01T00:00Z",
        )
        with at(clock.today() + dt.timedelta(days=1)):
            assert [recover_imports() for _ in range(3)] == [0, 0, 0]
        assert state(ready) == ImportState.APPLYING
