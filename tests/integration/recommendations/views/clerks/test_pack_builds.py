"""Making a pack from its page: progress, failure, and stopping."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from recommendations.actions import pack_builds
from recommendations.actions import packs as actions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import (
    PackState,
)
from recommendations.models import Pack
from recommendations.packs import build as building
from recommendations.packs.build import build
from recommendations.packs.pdf.document import Printed
from recommendations.packs.pdf.render import RenderError
from recommendations.packs.tasks import request_build
from tests.clients import signed_in
from tests.factories import Cast, fresh
from tests.integration.recommendations.packs.helpers import made


class TestMaking:
    def queued(self, cast: Cast, draft: Pack) -> Pack:
        return actions.queue_pack(by=fresh(cast.carla), pack=draft)

    def test_whole_way_with_the_real_printer(self, cast: Cast, draft: Pack) -> None:
        pack = made(cast, draft)
        with pack.pdf.open("rb") as file:
            assert file.read(5) == b"%PDF-"
        assert (pack.pages or 0) >= 5
        assert pack.html.size > 1000
        assert pack.progress_words == "Ready"

    @pytest.mark.parametrize(
        ("problem", "words"),
        [
            (OSError(errno.ENOSPC, "No space left on device"), "disk of the server is full"),
            (RenderError("Pango, which lays out the pages, is missing"), "Pango"),
            (MemoryError(), "out of memory"),
            (RuntimeError("boom"), "Something unexpected"),
        ],
    )
    def test_failure_says_why_and_can_be_tried_again(
        self, cast: Cast, draft: Pack, monkeypatch: pytest.MonkeyPatch, problem: Exception, words: str
    ) -> None:
        def fails(*_args: Any, **_kwargs: Any) -> Any:
            raise problem

        monkeypatch.setattr(building, "make_pdf", fails)
        pack = self.queued(cast, draft)
        assert build(pack.pk) == PackState.FAILED
        page = signed_in(cast.carla).get(reverse("pack", args=[pack.pk])).content.decode()
        assert words in page
        assert "Try again" in page
        monkeypatch.setattr(building, "make_pdf", lambda *a, **k: Printed(b"%PDF", 1))
        assert self.queued(cast, Pack.objects.get(pk=pack.pk)).state == PackState.QUEUED
        assert build(pack.pk) == PackState.READY

    def test_full_disk_leaves_no_half_file(
        self, cast: Cast, draft: Pack, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        real, calls = building.default_storage.save, []

        def fills_up(name: str, content: Any) -> str:
            calls.append(name)
            if len(calls) == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(name, content)

        monkeypatch.setattr(building.default_storage, "save", fills_up)
        assert build(self.queued(cast, draft).pk) == PackState.FAILED
        assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []

    def test_two_builds_one_wins(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = self.queued(cast, draft)
        assert pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        assert not pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        assert build(pack.pk) == PackState.RENDERING

    def test_stopped_while_it_is_made(
        self, cast: Cast, draft: Pack, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        def stops(*_args: Any, **_kwargs: Any) -> Printed:
            actions.cancel_pack(by=fresh(cast.carla), pack=draft)
            return Printed(b"%PDF", 1)

        monkeypatch.setattr(building, "make_pdf", stops)
        assert build(self.queued(cast, draft).pk) == PackState.DRAFT
        assert Pack.objects.get().failure == ""
        assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []

    def test_progress_in_words(self, cast: Cast, draft: Pack) -> None:
        pack = self.queued(cast, draft)
        pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        pack_builds.report_pack(pack, 30, 60, "Laying out page 14")
        client, address = signed_in(cast.carla), reverse("pack_progress", args=[pack.pk])
        page = client.get(address).content.decode()
        assert "Laying out page 14" in page
        assert "<progress" in page
        fragment = client.get(address, headers={"X-Fragment": "1"})
        assert fragment["X-Waiting"] == "1"
        assert "<html" not in fragment.content.decode()

    def test_frozen_pack_never_changes(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = made(cast, draft)
        with pytest.raises(ActionDenied):
            actions.edit_pack(by=fresh(cast.carla), pack=pack, title="Other")
        with pytest.raises(ActionDenied):
            request_build(by=fresh(cast.carla), pack=pack)
        with pytest.raises(DatabaseError), transaction.atomic():
            Pack.objects.filter(pk=pack.pk).update(title="Other")

    def test_stale_button(self, cast: Cast, draft: Pack) -> None:
        with pytest.raises(EditConflict):
            request_build(by=fresh(cast.carla), pack=draft, version=draft.version + 1)
        answer = signed_in(cast.carla).post(reverse("build_pack", args=[draft.pk]), {"version": "x"})
        assert answer["Location"] == reverse("pack", args=[draft.pk])
        assert Pack.objects.get().state == PackState.DRAFT
