"""A release is taken back before anybody could read the pack."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import packs
from recommendations.lifecycle import Edition, PackState
from recommendations.models import Pack
from tests.clients import hidden, signed_in, text_of, words_of
from tests.factories import NOON, TODAY, Cast
from tests.integration.sample_data import make_things


@pytest.fixture
def pack(cast: Cast, settings: Any) -> Pack:
    """A pack that is ready and not released."""
    settings.GRACE_SECONDS = 60
    made = make_things(cast).released
    made.pk, made.released_at, made.released_by, made._state.adding = None, None, None, True
    made.save()
    assert (made.state, made.edition, made.meeting.held_on) == (PackState.READY, Edition.PUBLIC, TODAY)
    return made


def test_pressed_then_taken_back(cast: Cast, pack: Pack) -> None:
    client, release = signed_in(cast.carla), reverse("release_pack", args=[pack.pk])
    page = client.get(release)
    assert "You can take that back within 1 minute, before it is out" in words_of(page)
    done = client.post(release, {"version": hidden(page, "version")}, follow=True)
    where = reverse("take_back_release", args=[pack.pk])
    assert "The pack is released in 1 minute, at 12:01pm" in words_of(done)
    assert text_of(done).count(where) == 2
    assert Client().get(reverse("pack", args=[pack.pk])).status_code == 404
    assert "take the release back?" in words_of(client.get(where))
    assert "The release is taken back" in words_of(client.post(where, follow=True))
    with clock.frozen(NOON + dt.timedelta(minutes=2)):
        assert packs.release_asked() == []
    assert Client().get(reverse("pack", args=[pack.pk])).status_code == 404


def test_too_late_is_said(cast: Cast, pack: Pack) -> None:
    packs.ask_release(by=cast.carla, pack=pack)
    with clock.frozen(NOON + dt.timedelta(minutes=2)):
        packs.release_asked()
        assert Client().get(reverse("pack", args=[pack.pk])).status_code == 200
        client = signed_in(cast.carla)
        words = words_of(client.post(reverse("take_back_release", args=[pack.pk]), follow=True))
    assert "This pack is released, so it stays" in words
