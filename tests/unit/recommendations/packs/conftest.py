from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from committee import clock
from recommendations.lifecycle import Claim, Decision, Edition
from recommendations.models import Assignment, Meeting, Pack
from recommendations.packs.content import build_content
from recommendations.packs.values import Data
from tests.factories import Cast, fresh

SECRET = "Xenolith Zanzibar contract at 417 pounds"
SUMMARY = "The cost of one contract"


@dataclass
class Case:
    """A recommendation with an exempt update, and the meeting that hears of it."""

    cast: Cast
    meeting: Meeting
    assignment: Assignment
    update: Any

    def pack(self, edition: str = Edition.PUBLIC, **details: Any) -> Pack:
        details.setdefault("selection", [self.assignment.recommendation_id])
        details.setdefault("title", "Progress on scrutiny recommendations")
        return Pack(meeting=self.meeting, edition=edition, created_by=self.cast.carla, **details)

    def content(self, edition: str = Edition.PUBLIC, **details: Any) -> Data:
        return build_content(self.pack(edition, **details), by=fresh(self.cast.carla), moment=clock.now())


@pytest.fixture
def case(cast: Cast) -> Case:
    assignment = cast.assignment(first_target_on=dt.date(2025, 12, 31))
    cast.response(assignment, Decision.IN_PART)
    update = cast.published(
        assignment,
        claim=Claim.AT_RISK,
        exempt_text=SECRET,
        exempt_paragraphs=[3],
        public_summary=SUMMARY,
    )
    return Case(cast, cast.meeting(dt.date(2026, 1, 26)), assignment, update)
