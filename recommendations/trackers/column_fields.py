"""What a column of a tracker can hold."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What a column can hold."""

    NUMBER = "number"
    REFERENCE = "reference"
    TEXT = "text"
    INQUIRY = "inquiry"
    OWNERS = "owners"
    PRIORITY = "priority"
    RESPONSE = "response"
    REASON = "reason"
    ANSWERED_ON = "answered_on"
    CLAIM = "claim"
    PROGRESS = "progress"
    UPDATED_ON = "updated_on"
    OUTCOME = "outcome"
    OUTCOME_ON = "outcome_on"
    MADE_ON = "made_on"
    TARGET = "target"
    FIRST_TARGET = "first target"
    ASKED_TARGET = "asked_target"
    EXEMPT = "exempt"
    NOTES = "notes"
    IGNORED = "ignored"


DATES = frozenset(
    {Field.MADE_ON, Field.ANSWERED_ON, Field.UPDATED_ON, Field.OUTCOME_ON, Field.TARGET, Field.FIRST_TARGET}
    | {Field.ASKED_TARGET}
)
"""Fields that hold a day or a period."""
