"""What a pack's state and its sections allow; its release, and the time in which that is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from committee import clock
from recommendations.actions import meetings, packs
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Edition, MeetingState, PackState
from recommendations.models import Pack
from tests.factories import NOON, TODAY, Cast

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(seconds=60)


@pytest.fixture
def pack(cast: Cast, settings: Any) -> Pack:
    """A pack that is made and waits for its release."""
    settings.GRACE_SECONDS = 60
    return Pack.objects.create(
        meeting=cast.meeting(TODAY), edition=Edition.PUBLIC, title="Papers", state=PackState.READY, created_by=cast.carla,
        content={"x": 1}, content_hash="x", as_at=clock.now(), pages=1, pdf="a", pdf_hash="b", html="c", word="d",
        word_hash="e", built_by=cast.carla, queued_at=clock.now(), finished_at=clock.now(), selection=[1],
    )  # fmt: skip


def readable() -> bool:
    return Pack.objects.visible_to(AnonymousUser()).exists()


class TestRelease:
    def test_it_is_out_when_the_time_is_over(self, cast: Cast, pack: Pack) -> None:
        packs.ask_release(by=cast.carla, pack=pack)
        with clock.frozen(LATER - dt.timedelta(seconds=1)):
            assert packs.release_asked() == []
            assert not readable()
        with clock.frozen(LATER):
            assert packs.release_asked() == [pack]
            assert packs.release_asked() == []
        assert readable()
        pack.refresh_from_db()
        assert (pack.released_by, pack.released_at) == (cast.carla, LATER)

    def test_it_is_taken_back_until_then(self, cast: Cast, pack: Pack) -> None:
        packs.ask_release(by=cast.carla, pack=pack)
        with pytest.raises(ActionDenied, match="Carla Clerk is already releasing"):
            packs.ask_release(by=cast.carla, pack=pack)
        with pytest.raises(PermissionDenied):
            packs.take_back_release(by=cast.sam, pack=pack)
        packs.take_back_release(by=cast.carla, pack=pack)
        with pytest.raises(ActionDenied, match="nothing to take back"):
            packs.take_back_release(by=cast.carla, pack=pack)
        with clock.frozen(LATER):
            assert packs.release_asked() == []
        assert not readable()

    def test_what_is_out_stays(self, cast: Cast, pack: Pack) -> None:
        packs.ask_release(by=cast.carla, pack=pack)
        with clock.frozen(LATER):
            packs.release_asked()
            with pytest.raises(ActionDenied, match="is released, so it stays"):
                packs.take_back_release(by=cast.carla, pack=pack)
        with pytest.raises(DatabaseError, match="frozen pack is never changed"), transaction.atomic():
            Pack.objects.filter(pk=pack.pk).update(release_asked_at=None, release_asked_by=None)

    def test_one_that_can_not_be_released_any_more_waits_again(self, cast: Cast, pack: Pack) -> None:
        packs.ask_release(by=cast.carla, pack=pack)
        meetings.move_meeting(by=cast.carla, meeting=pack.meeting, to=MeetingState.CANCELLED)
        with clock.frozen(LATER):
            assert packs.release_asked() == []
        pack.refresh_from_db()
        assert (pack.release_asked_by, pack.released_at) == (None, None)

    def test_without_a_grace_period_it_is_out_at_once(self, cast: Cast, pack: Pack, settings: Any) -> None:
        settings.GRACE_SECONDS = 0
        assert packs.ask_release(by=cast.carla, pack=pack).released_at is not None
        assert readable()


@pytest.fixture
def draft(cast: Cast) -> Pack:
    chosen = [cast.assignment().recommendation_id]
    return packs.compose_pack(by=cast.carla, meeting=cast.meeting(TODAY), title="Progress", selection=chosen)


def test_only_sections_that_there_are(cast: Cast, draft: Pack) -> None:
    with pytest.raises(ActionDenied, match="Select sections") as denied:
        packs.compose_pack(by=cast.carla, meeting=draft.meeting, title="Other", sections=["made up"])
    assert denied.value.field == "sections"
    assert Pack.objects.get() == draft


def test_what_waits_to_be_made_is_not_discarded(cast: Cast, draft: Pack) -> None:
    waiting = packs.queue_pack(by=cast.carla, pack=draft)
    with pytest.raises(ActionDenied, match="so it stays"):
        packs.discard_pack(by=cast.carla, pack=waiting)
    assert Pack.objects.get() == draft


def test_a_draft_is_edited_not_replaced(cast: Cast, draft: Pack) -> None:
    with pytest.raises(ActionDenied, match="Edit this one instead"):
        packs.new_version(by=cast.carla, pack=draft)
    assert Pack.objects.get() == draft
