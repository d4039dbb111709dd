"""What corrections and mended updates are called: every column that can be corrected or mended has its words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from recommendations.models import Assignment, Finding, Inquiry, Meeting, Recommendation
from recommendations.models.updates import MENDABLE
from recommendations.queries import corrections, submitted_versions

NEVER_CORRECTED: dict[str, set[str]] = {
    "assignment": {"first_target_set_at", "notice_recorded_at", "notice_from_source"},
    "finding": {"inquiry_id"},
    "meeting": {"body_id"},
    "recommendation": {
        "created_at", "inquiry_id", "published_on", "text", "made_on", "heading_is_ours", "version",
    },
    "inquiry": set(),
}  # fmt: skip
"""What the database guards and no action corrects. A period is told by the day beside it."""


@pytest.mark.parametrize("model", [Assignment, Finding, Inquiry, Meeting, Recommendation])
def test_every_column_that_can_be_corrected_has_its_label(model: Any) -> None:
    triggers = [trigger for trigger in model._meta.triggers if "is only corrected" in (trigger.func or "")]
    guarded = {
        name
        for trigger in triggers
        for names in re.findall(r"ARRAY\[(.*?)\]", trigger.func)
        for name in re.findall(r"'(\w+)'", names)
    }
    assert guarded
    corrected = guarded - {"id"} - NEVER_CORRECTED[model._meta.model_name]
    corrected = {name.replace("_period", "_on") for name in corrected} - NEVER_CORRECTED[
        model._meta.model_name
    ]
    assert corrected <= set(corrections.LABELS)


def test_every_text_that_can_be_mended_has_its_label() -> None:
    assert set(submitted_versions.LABELS) == set(MENDABLE)
