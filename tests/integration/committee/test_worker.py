import datetime as dt
import signal
import threading
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from committee import worker
from committee.models import Heartbeat

pytestmark = pytest.mark.django_db


@task()
def add(first: int, second: int) -> int:
    return first + second


def running(clock: dt.datetime, *, started: int, workers: list[str]) -> DBTaskResult:
    """A task that says it runs: since that many seconds ago, by the last of these workers."""
    row = DBTaskResult.objects.get(pk=add.enqueue(1, 2).id)
    row.status, row.started_at, row.worker_ids = "RUNNING", clock - dt.timedelta(seconds=started), workers
    row.save()
    return row


class TestRecovery:
    def test_the_task_of_a_silent_worker_is_queued_again(self, clock: dt.datetime, run_tasks: Any):
        row = running(clock, started=600, workers=["gone"])
        assert worker.recover_lost_tasks() == [str(row.pk)]
        row.refresh_from_db()
        assert row.status == "READY"
        run_tasks()
        row.refresh_from_db()
        assert (row.status, row.return_value) == ("SUCCESSFUL", 3)

    def test_a_long_task_of_a_living_worker_is_left_alone(self, clock: dt.datetime):
        row = running(clock, started=6000, workers=["alive"])
        Heartbeat.objects.create(name="alive", seen_at=clock - dt.timedelta(seconds=80))
        assert worker.recover_lost_tasks() == []
        row.refresh_from_db()
        assert row.status == "RUNNING"

    def test_a_task_that_has_only_just_begun_is_left_alone(self, clock: dt.datetime):
        running(clock, started=5, workers=["just started, no sign of life yet"])
        assert worker.recover_lost_tasks() == []

    def test_the_third_loss_is_a_failure(self, clock: dt.datetime):
        row = running(clock, started=600, workers=["a", "b", "c"])
        worker.recover_lost_tasks()
        row.refresh_from_db()
        assert row.status == "FAILED"
        assert "WorkerLost" in row.exception_class_path

    def test_old_signs_of_life_are_forgotten(self, clock: dt.datetime):
        Heartbeat.objects.create(name="old", seen_at=clock - dt.timedelta(days=2))
        worker.recover_lost_tasks()
        assert not Heartbeat.objects.exists()


def test_a_heartbeat_is_one_row(clock: dt.datetime):
    worker.record_heartbeat("w")
    worker.record_heartbeat("w")
    assert list(Heartbeat.objects.values_list("name", "seen_at")) == [("w", clock)]


@pytest.mark.django_db(transaction=True)
def test_the_worker_records_heartbeats_works_and_stops_quietly(monkeypatch: pytest.MonkeyPatch):
    result = add.enqueue(2, 3)
    seen: list[Any] = []

    def look_then_stop() -> None:
        from django.db import connection

        for _ in range(200):
            row = DBTaskResult.objects.get(pk=result.id)
            if row.status == "SUCCESSFUL" and Heartbeat.objects.exists():
                seen.append(row.return_value)
                break
            threading.Event().wait(0.05)
        connection.close()
        signal.raise_signal(signal.SIGTERM)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    watcher = threading.Thread(target=look_then_stop)
    watcher.start()
    try:
        with pytest.raises(SystemExit) as ended:
            call_command("worker", interval=0.05)
    finally:
        watcher.join()
        for number, handler in before.items():
            signal.signal(number, handler)
    assert ended.value.code == 0
    assert seen == [5]
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_regular_task_that_breaks_does_not_end_the_heartbeats(monkeypatch: pytest.MonkeyPatch):
    heartbeat, recorded = worker.HeartbeatThread("w"), []

    def record(name: str) -> None:
        recorded.append(name)
        if len(recorded) == 3:
            heartbeat.stopping.set()

    def broken() -> None:
        raise LookupError("It was there a moment ago")

    monkeypatch.setattr(worker, "HEARTBEAT_EVERY", 0)
    monkeypatch.setattr(worker, "record_heartbeat", record)
    monkeypatch.setattr(worker, "ask_periodically", broken)
    heartbeat.run()
    assert recorded == ["w"] * 3
