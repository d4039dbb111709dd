"""The commands that make a pack and list the meetings."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recommendations.lifecycle import (
    PackState,
)
from recommendations.models import Meeting, Membership, Pack
from recommendations.packs import build as building
from tests.factories import Cast


class TestReading:
    def test_stopped_at_the_command_line_it_is_not_made_later(
        self, cast: Cast, meeting: Meeting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cast.assignment()

        def stopped(*_args: Any, **_more: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(building, "make_pdf", stopped)
        with pytest.raises(CommandError, match="Stopped"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "pack.pdf")
        assert Pack.objects.get().state == PackState.DRAFT
        assert list(tmp_path.iterdir()) == []


class TestCommands:
    def test_build_pack(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        cast.assignment()
        out = io.StringIO()
        target = tmp_path / "pack.pdf"
        call_command("build_pack", meeting=meeting.pk, edition="public", output=target, stdout=out)
        assert target.read_bytes().startswith(b"%PDF")
        assert "1 recommendations" in out.getvalue()

    def test_nothing_to_put_in_it(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="Choose at least one"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "x.pdf")
        assert list(tmp_path.glob("*.pdf")) == []

    def test_wrong_meeting_person_or_directory(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="no meeting 999999"):
            call_command("build_pack", meeting=999_999, output=tmp_path / "x.pdf")
        with pytest.raises(CommandError, match="Nobody has an account"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "x.pdf", user="no@example.org")
        with pytest.raises(CommandError, match="no directory"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "none" / "x.pdf")

    def test_exempt_needs_a_clerk_with_the_right(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        Membership.objects.filter(user=cast.carla).update(sees_exempt=False)
        with pytest.raises(CommandError, match="no clerk who may make this edition"):
            call_command("build_pack", meeting=meeting.pk, edition="exempt", output=tmp_path / "x.pdf")

    def test_list_meetings(self, cast: Cast, meeting: Meeting) -> None:
        out = io.StringIO()
        call_command("list_meetings", next=True, id_only=True, stdout=out)
        assert out.getvalue().strip() == str(meeting.pk)
        call_command("list_meetings", stdout=out)
        assert "2026-01-26" in out.getvalue()

    def test_no_meetings(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="No meeting is to come"):
            call_command("list_meetings", next=True)
