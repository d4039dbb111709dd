"""A meeting, a draft of a pack, and a quick stand-in for the printer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from recommendations.models import Meeting, Pack
from recommendations.packs import build as building
from recommendations.packs.pdf.document import Printed
from tests.factories import Cast
from tests.integration.recommendations.packs.helpers import make_draft


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs whose PDF is a stand-in: what these tests ask does not hang on the pages."""

    def stand_in(content: Any, *, step: Callable[[int, int], None], **_more: Any) -> Printed:
        step(0, 1)
        return Printed(b"%PDF-1.7 stand-in", 3)

    monkeypatch.setattr(building, "make_pdf", stand_in)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(dt.date(2026, 1, 26))


@pytest.fixture
def draft(cast: Cast, meeting: Meeting) -> Pack:
    return make_draft(cast, meeting)
