"""Packs whose maker is killed outright are made all the same: never stuck, never half a file. And a long one keeps no
short one waiting."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from committee import clock
from recommendations.actions import pack_builds
from recommendations.actions import packs as actions
from recommendations.lifecycle import (
    PackState,
)
from recommendations.models import Pack
from recommendations.packs import build as building
from recommendations.packs import leftovers
from recommendations.packs.build import build
from recommendations.packs.leftovers import clear_files
from recommendations.packs.recover import recover_packs
from tests.factories import Cast, fresh
from tests.integration.script.scratch import WITH_DATABASE, environment, manage, scratch_checkout


@pytest.fixture(scope="module")
def council(request: pytest.FixtureRequest) -> Path:
    place = scratch_checkout(request, "packs")
    (place / "tests").symlink_to(Path(__file__).parents[3])
    manage(place, "load_demo")
    return place


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "outcome"),
    [
        ("a_worker_is_killed_while_another_lives", ["ready"]),
        ("the_database_is_killed", ["ready"]),
        ("a_process_that_lays_out_is_killed", ["ready"]),
        ("two_are_made_at_once", ["ready", "ready", "short"]),
    ],
)
def test_is_ready_in_the_end(council: Path, scenario: str, outcome: list[str]) -> None:
    done = subprocess.run(
        [*WITH_DATABASE, "-m", "tests.integration.recommendations.packs.crash_helpers", scenario],
        cwd=council,
        env={**environment(), "PACK_PROCESSES": "2"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.stdout.split() == outcome, done.stderr[-3000:]
    stored = [path for path in (council / "var" / "files" / "packs").iterdir() if path.stat().st_size == 0]
    assert stored == []


class TestRecovery:
    def queued(self, cast: Cast, draft: Pack) -> Pack:
        return actions.queue_pack(by=fresh(cast.carla), pack=draft)

    def test_worker_killed_half_way_is_begun_again_then_given_up(
        self, cast: Cast, draft: Pack, quick: None
    ) -> None:
        pack = self.queued(cast, draft)
        for state in (PackState.QUEUED, PackState.QUEUED, PackState.FAILED):
            assert pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
            assert recover_packs() == 1
            assert Pack.objects.get().state == state
        assert "stopped 3 times" in Pack.objects.get().failure

    def test_recovered_pack_is_made(
        self,
        cast: Cast,
        draft: Pack,
        quick: None,
        django_capture_on_commit_callbacks: Any,
        run_tasks: Any,
    ) -> None:
        pack_builds.begin_pack(by=fresh(cast.carla), pack=self.queued(cast, draft))
        with django_capture_on_commit_callbacks(execute=True):
            recover_packs()
        run_tasks()
        assert Pack.objects.get().state == PackState.READY

    def test_is_left_to_its_maker_while_that_lives(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = self.queued(cast, draft)
        pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        maker = connection.copy()
        try:
            with maker.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s, %s)", [building.LOCKS, pack.pk])
            assert recover_packs() == 0
            assert Pack.objects.get().state == PackState.RENDERING
        finally:
            maker.close()
        assert recover_packs() == 1

    def test_database_that_goes_at_the_last_moment_costs_only_time(
        self, cast: Cast, draft: Pack, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        def gone(**_details: Any) -> bool:
            raise OperationalError("server closed the connection unexpectedly")

        pack = self.queued(cast, draft)
        with monkeypatch.context() as patched:
            patched.setattr(pack_builds, "finish_pack", gone)
            with pytest.raises(OperationalError):
                build(pack.pk)
        assert Pack.objects.get().state == PackState.RENDERING
        assert recover_packs() == 1
        assert build(pack.pk) == PackState.READY
        # Whether the row named the files could not be known, so they stayed; they are cleared once they are old.
        monkeypatch.setattr(leftovers, "SAFE_AGE", dt.timedelta(0))
        assert len(clear_files()) == 3
        kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
        assert len(kept) == 3

    def test_attempt_thought_dead_finds_its_ticket_gone(self, cast: Cast, draft: Pack) -> None:
        pack = self.queued(cast, draft)
        pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        Pack.objects.filter(pk=pack.pk).update(queued_at=clock.now() + dt.timedelta(minutes=1))
        assert not pack_builds.report_pack(pack, 1, 2, "still here")
