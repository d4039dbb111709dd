"""Transitions: which state may follow which. The database refuses any other by itself.

The outcomes that close, reopen and escalate are in `statuses`; `diagrams` draws these tables as a page.
"""

from __future__ import annotations

from recommendations.lifecycle.statuses import (
    ImportState,
    MeetingState,
    NoticeState,
    PackState,
    ProposalState,
    PutBackState,
    Stage,
    TargetState,
    UpdateState,
    WithholdingState,
)

MEETING_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (MeetingState.PLANNED, MeetingState.HELD),
        (MeetingState.HELD, MeetingState.PLANNED),  # recorded by mistake; only while nothing was done at it
        (MeetingState.PLANNED, MeetingState.CANCELLED),
        (MeetingState.CANCELLED, MeetingState.PLANNED),
        (MeetingState.PLANNED, MeetingState.NOT_KNOWN),
        (MeetingState.NOT_KNOWN, MeetingState.HELD),
        (MeetingState.NOT_KNOWN, MeetingState.CANCELLED),
    }
)

IMPORT_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (ImportState.READING, ImportState.TO_CHECK),
        (ImportState.READING, ImportState.FAILED),
        (ImportState.READING, ImportState.DISCARDED),
        (ImportState.FAILED, ImportState.READING),
        (ImportState.FAILED, ImportState.DISCARDED),
        (ImportState.TO_CHECK, ImportState.READING),  # read anew, with what was answered
        (ImportState.TO_CHECK, ImportState.APPLYING),
        (ImportState.TO_CHECK, ImportState.DISCARDED),
        (ImportState.APPLYING, ImportState.TO_CHECK),  # refused: nothing was written
        (ImportState.APPLYING, ImportState.APPLIED),
        (ImportState.APPLIED, ImportState.UNDOING),
        (ImportState.UNDOING, ImportState.APPLIED),  # refused: something stands on it
        (ImportState.UNDOING, ImportState.UNDONE),
    }
)

INQUIRY_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (Stage.SCOPING, Stage.EVIDENCE),
        (Stage.EVIDENCE, Stage.SCOPING),
        (Stage.EVIDENCE, Stage.DRAFTING),
        (Stage.DRAFTING, Stage.EVIDENCE),
        (Stage.SCOPING, Stage.DRAFTING),
        (Stage.DRAFTING, Stage.PUBLISHED),
        (Stage.PUBLISHED, Stage.MONITORING),
        (Stage.MONITORING, Stage.CONCLUDED),
        (Stage.CONCLUDED, Stage.MONITORING),
    }
)

UPDATE_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (UpdateState.DRAFT, UpdateState.SUBMITTED),
        (UpdateState.RETURNED, UpdateState.SUBMITTED),
        (UpdateState.SUBMITTED, UpdateState.RETURNED),
        (UpdateState.SUBMITTED, UpdateState.DRAFT),  # recalled by those who wrote it
        (UpdateState.SUBMITTED, UpdateState.PUBLISHED),
    }
)

TARGET_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {(TargetState.REQUESTED, TargetState.AGREED), (TargetState.REQUESTED, TargetState.REFUSED)}
)

PROPOSAL_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (ProposalState.STANDING, ProposalState.TAKEN),
        (ProposalState.STANDING, ProposalState.NOT_TAKEN),
        (ProposalState.STANDING, ProposalState.WITHDRAWN),
    }
)

PACK_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (PackState.DRAFT, PackState.QUEUED),
        (PackState.QUEUED, PackState.RENDERING),
        (PackState.QUEUED, PackState.DRAFT),
        (PackState.QUEUED, PackState.FAILED),
        (PackState.RENDERING, PackState.READY),
        (PackState.RENDERING, PackState.FAILED),
        (PackState.RENDERING, PackState.QUEUED),
        (PackState.RENDERING, PackState.DRAFT),
        (PackState.FAILED, PackState.QUEUED),
        (PackState.FAILED, PackState.DRAFT),
    }
)

NOTICE_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (NoticeState.QUEUED, NoticeState.SENT),
        (NoticeState.QUEUED, NoticeState.CANCELLED),
        (NoticeState.CANCELLED, NoticeState.QUEUED),  # its reason applies again, and it was never sent
    }
)

WITHHOLDING_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (WithholdingState.HIDDEN, WithholdingState.CONFIRMED),
        (WithholdingState.HIDDEN, WithholdingState.PUT_BACK),
        (
            WithholdingState.CONFIRMED,
            WithholdingState.PUT_BACK,
        ),  # its ground has gone; one proposes it, another agrees
        (WithholdingState.CONFIRMED, WithholdingState.ERASED),
    }
)

PUT_BACK_TRANSITIONS: frozenset[tuple[str, str]] = frozenset(
    {
        (PutBackState.OPEN, PutBackState.AGREED),
        (PutBackState.OPEN, PutBackState.DECLINED),
        (PutBackState.OPEN, PutBackState.WITHDRAWN),
    }
)


def can_transition(transitions: frozenset[tuple[str, str]], old: str, new: str) -> bool:
    """Return whether the table of transitions leads from the old state to the new one in one step."""
    return (old, new) in transitions
