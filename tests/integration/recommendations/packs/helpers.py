"""What the tests of packs share: a draft, a pack that is made, the body of an answer."""

from __future__ import annotations

from typing import Any

from recommendations.actions import packs as actions
from recommendations.lifecycle import (
    Claim,
    Edition,
    PackState,
)
from recommendations.models import Meeting, Pack
from recommendations.packs.build import build
from tests.factories import Cast, fresh

SECRET = "Xenolith at 417 pounds"


def make_draft(cast: Cast, meeting: Meeting, edition: str = Edition.PUBLIC, **details: Any) -> Pack:
    assignment = cast.assignment()
    cast.published(
        assignment, claim=Claim.ON_TRACK, exempt_text=SECRET, exempt_paragraphs=[3], public_summary="A cost"
    )
    details.setdefault("selection", [assignment.recommendation_id])
    return actions.compose_pack(
        by=fresh(cast.carla),
        meeting=meeting,
        edition=edition,
        contact="Clerk",
        **{"title": "Progress"} | details,
    )


def made(cast: Cast, pack: Pack) -> Pack:
    actions.queue_pack(by=fresh(cast.carla), pack=pack)
    assert build(pack.pk) == PackState.READY
    return Pack.objects.get(pk=pack.pk)


def body(answer: Any) -> bytes:
    """The whole answer; reading a file to its end closes it."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
