"""Propose the committee's verdict at a meeting, change or withdraw a proposal, and confirm one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions.assessments import Targets, assess, check_verdict, on_each
from recommendations.actions.base import ActionDenied, EditConflict, action, lock, save
from recommendations.lifecycle import PROPOSAL_TRANSITIONS, ProposalState, can_transition
from recommendations.models import Assessment, Assignment, Meeting, ProposedVerdict, Recommendation
from recommendations.permissions import Right, require


@action
def propose_verdict(
    *,
    by: User,
    recommendation: Recommendation,
    meeting: Meeting,
    grade: str,
    outcome: str,
    comment: str = "",
    invited_to: Meeting | None = None,
    assignment: Assignment | None = None,
    seen: int | None = None,
    version: int | None = None,
) -> ProposedVerdict:
    """Propose a verdict to the committee, or change the one that this member has proposed of the same at this meeting.

    Nothing is decided by it, and nobody but the committee's people sees it. Raise ActionDenied and EditConflict as a
    verdict would, see `check_verdict`. `version` is that of the member's own proposal where they began (0 where there was
    none, None to skip the check): raise EditConflict with it if they changed it in another window.
    """
    require(by, Right.PROPOSE_VERDICT, recommendation)
    checked = check_verdict(
        recommendation=recommendation,
        assignment=assignment,
        meeting=meeting,
        grade=grade,
        outcome=outcome,
        comment=comment,
        invited_to=invited_to,
        seen=seen,
    )
    proposals = ProposedVerdict.objects.standing().by(by).at_meeting(meeting)
    own = proposals.filter(recommendation=recommendation, assignment=assignment).first()
    if own is not None and version is not None and own.version != version:
        raise EditConflict(own)
    proposal = own or ProposedVerdict(proposed_by=by, version=0)
    save(proposal, version=proposal.version + 1, proposed_at=clock.now(), **checked.columns)
    return proposal


@action
def propose_several(
    *, by: User, targets: Targets, seen: Sequence[int | None], **verdict: Any
) -> list[ProposedVerdict]:
    """Propose one verdict on several recommendations or parts: on all, or where one is refused on none.

    Raise ActionDenied with the index of the one refused as `row`; see `assess_several`.
    """
    return on_each(targets, seen, partial(propose_verdict, by=by, **verdict))


@action
def withdraw_proposal(*, by: User, proposal: ProposedVerdict, version: int | None = None) -> ProposedVerdict:
    """Take back what one has proposed. Raise ActionDenied for what somebody else proposed.

    Raise EditConflict with the proposal if it has ended or was changed meanwhile.
    """
    require(by, Right.PROPOSE_VERDICT, proposal)
    if proposal.proposed_by_id != by.pk:
        raise ActionDenied("Only the member who proposed this can withdraw it")
    proposal = _standing(proposal, version, ProposalState.WITHDRAWN)
    save(proposal, state=ProposalState.WITHDRAWN)
    return proposal


@action
def confirm_proposal(
    *, by: User, proposal: ProposedVerdict, version: int | None = None, seen: int | None = None
) -> Assessment:
    """Record what a member proposed as the committee's verdict, on its behalf.

    Raise EditConflict with the verdict that was recorded meanwhile, or with the proposal if it was changed or withdrawn;
    ActionDenied as `assess` does.
    """
    require(by, Right.ASSESS, proposal)
    lock(proposal.recommendation)  # as every verdict on it does first
    proposal = _standing(proposal, version, ProposalState.TAKEN)
    return assess(
        by=by,
        recommendation=proposal.recommendation,
        assignment=proposal.assignment,
        meeting=proposal.meeting,
        grade=proposal.grade,
        outcome=proposal.outcome,
        comment=proposal.comment,
        invited_to=proposal.invited_to,
        seen=seen,
    )


def _standing(proposal: ProposedVerdict, version: int | None, to: str) -> ProposedVerdict:
    """Return the proposal, locked. Raise EditConflict if it can't become `to`, or is no longer of that version: with the
    verdict that ended it, else with the proposal.
    """
    locked: ProposedVerdict = lock(proposal)
    changed = version is not None and locked.version != version
    if changed or not can_transition(PROPOSAL_TRANSITIONS, locked.state, to):
        raise EditConflict(locked.verdict or locked)
    return locked
