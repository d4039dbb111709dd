"""The longest text of a field, made of what is awkward: every page that shows it is drawn in time that grows with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions.base import LONGEST_TEXT
from tests.clients import signed_in
from tests.factories import Cast
from tests.growth import MOST_GROWTH, TIMES_AS_LONG

PIECES = (".", "_-", "- ", "a. b. ", "a@", "http://a)", "[", "<a ", "\n", "a\n", "\n - ", "a", "1 jan ", "é", "or \"")  # fmt: skip
SECONDS_TO_MEASURE = 0.5
"""Processor seconds too few to measure: a page takes some whatever is on it."""

Story = Callable[[Cast, str], tuple[Client, list[str]]]


def _public(cast: Cast, text: str) -> tuple[Client, list[str]]:
    """What everybody reads: a recommendation with its response, update and verdict, its inquiry, and the search."""
    assignment = cast.assignment(text=text, success_measure=text)
    cast.response(assignment, text=text)
    cast.published(assignment, progress=text, barriers=text, next_steps=text)
    cast.verdict(assignment, "concerns", "keep", comment=text)
    recommendation = assignment.recommendation
    return Client(), [
        reverse("recommendation", args=[recommendation.pk]),
        reverse("inquiry", args=[recommendation.inquiry_id]),
        f"{reverse('search')}?q=crossings",
        f"{reverse('search')}?q=a",
        f"{reverse('recommendations')}?q=1",
    ]


def _approver(cast: Cast, text: str) -> tuple[Client, list[str]]:
    """An approver's page with what changed since the last update, most of it moved."""
    assignment = cast.assignment()
    cast.published(assignment, progress=text, barriers=text)
    turned = f"b. {text[: len(text) // 2 : -1]}{text[:-9]}"
    submitted = cast.submitted(assignment, progress=turned[:LONGEST_TEXT], barriers=text[1:])
    return signed_in(cast.ada), [reverse("approval", args=[submitted.pk])]


def _officer(cast: Cast, text: str) -> tuple[Client, list[str]]:
    """The owning officer's form and its check before it is sent."""
    assignment = cast.assignment(text=text)
    draft = cast.draft(assignment, progress=text, barriers=text)
    return signed_in(cast.olive), [
        reverse("assignment", args=[assignment.pk]),
        reverse("log_update", args=[assignment.pk]),
        reverse("preview_update", args=[draft.pk]),
    ]


def _support(cast: Cast, text: str) -> tuple[Client, list[str]]:
    """What committee support works on."""
    inquiry = cast.inquiry(summary=text, scope=text)
    recommendation = cast.recommendation(inquiry, text=text)
    return signed_in(cast.sam), [
        reverse("edit_inquiry", args=[inquiry.pk]),
        reverse("edit_recommendation", args=[recommendation.pk]),
    ]


STORIES: dict[str, Story] = {
    "public": _public,
    "approver": _approver,
    "officer": _officer,
    "support": _support,
}


def _seconds(client: Client, addresses: list[str]) -> dict[str, float]:
    taken = {}
    for address in addresses:
        begun = time.process_time()
        response: Any = client.get(address)
        taken[address.rstrip("0123456789/")] = time.process_time() - begun
        assert response.status_code == 200, address
    return taken


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("piece", PIECES)
def test_pages_are_drawn_in_proportion(cast: Cast, story: str, piece: str) -> None:
    text = (f"Crossings. {piece}" + piece * LONGEST_TEXT)[: LONGEST_TEXT - 1] + "x"
    story_of_long = STORIES[story](cast, text)
    if max(_seconds(*story_of_long).values()) < SECONDS_TO_MEASURE:
        return
    short = _seconds(*STORIES[story](cast, text[: LONGEST_TEXT // TIMES_AS_LONG]))
    # Measured anew: what a process draws for the first time includes the reading of its templates.
    long = _seconds(*story_of_long)
    grown = {
        address: f"{short[address]:.2f} to {seconds:.2f}"
        for (address, seconds) in long.items()
        if seconds > SECONDS_TO_MEASURE and seconds > MOST_GROWTH * short.get(address, seconds)
    }
    assert grown == {}
