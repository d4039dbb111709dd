"""What a pack's state and its sections allow."""

from __future__ import annotations

import pytest

from recommendations.actions import packs
from recommendations.actions.base import ActionDenied
from recommendations.models import Pack
from tests.factories import TODAY, Cast


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
