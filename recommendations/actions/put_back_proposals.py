"""Propose to put back what a second person has confirmed; agree, decline or withdraw. It takes two people of the staff of the
committee whose record it is.
"""

from __future__ import annotations

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, claim_version, exclusive_action, save
from recommendations.actions.personal_data import check_words
from recommendations.actions.withholdings import check_repeats_nothing, put_on_the_record, require_decider
from recommendations.lifecycle import PutBackState, WithholdingState
from recommendations.models import PutBackProposal, Withholding

NOTHING_PROPOSED = "Nobody proposes to put it back any more"


@action
def propose_put_back(
    *,
    by: User,
    withholding: Withholding,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
) -> Withholding:
    """Propose to put back what is confirmed, with the reason that the public reads once another person has agreed.

    Raise EditConflict with the withholding if anything was decided or proposed since `version`.
    """
    require_decider(by, withholding)
    withholding = claim_version(withholding, version)
    if not clean_text(reason):
        raise ActionDenied("Enter why it is to be put back", "reason")
    check_words(looked_at, reason=reason)
    if not withholding.is_confirmed:
        raise ActionDenied(
            "Nobody has confirmed it yet, so a second person can put it back at once"
            if withholding.is_waiting
            else f"This is {withholding.get_state_display().lower()} already"
        )
    if withholding.proposal is not None:
        raise ActionDenied("Somebody has proposed to put it back. Agree or decline")
    check_repeats_nothing(withholding, reason)
    save(PutBackProposal(withholding=withholding, proposed_at=clock.now(), proposed_by=by), reason=reason)
    save(withholding)
    return withholding


@exclusive_action
def agree_put_back(*, by: User, withholding: Withholding, version: int | None = None) -> Withholding:
    """Agree to what another person proposes: everything that the withholding took is put back where it stood.

    Exclusive, as `put_back` is. Raise EditConflict with the withholding if anything was decided since `version`.
    """
    require_decider(by, withholding)
    withholding, proposal = _proposed(by, withholding, version)
    _end(by, proposal, PutBackState.AGREED)
    save(withholding, state=WithholdingState.PUT_BACK)
    put_on_the_record(withholding)
    return withholding


@action
def decline_put_back(
    *, by: User, withholding: Withholding, reason: str, version: int | None = None
) -> Withholding:
    """Decline what another person proposes, with a reason: it stays off the record, and may be proposed again."""
    require_decider(by, withholding)
    withholding, proposal = _proposed(by, withholding, version)
    if not clean_text(reason):
        raise ActionDenied("Enter why it stays off the record", "reason")
    check_repeats_nothing(withholding, reason)
    _end(by, proposal, PutBackState.DECLINED, reason)
    save(withholding)
    return withholding


@action
def withdraw_put_back(*, by: User, withholding: Withholding, version: int | None = None) -> Withholding:
    """Take back one's own proposal. Raise ActionDenied for what somebody else proposed."""
    withholding = claim_version(withholding, version)
    proposal = withholding.proposal
    if proposal is None:
        raise ActionDenied(NOTHING_PROPOSED)
    if proposal.proposed_by_id != by.pk:
        raise ActionDenied("Only who proposed it can withdraw it. Agree or decline")
    _end(by, proposal, PutBackState.WITHDRAWN)
    save(withholding)
    return withholding


def _proposed(by: User, withholding: Withholding, version: int | None) -> tuple[Withholding, PutBackProposal]:
    """Return the withholding, locked, and the proposal on which another person than the proposer decides."""
    withholding = claim_version(withholding, version)
    proposal = withholding.proposal
    if proposal is None:
        raise ActionDenied(NOTHING_PROPOSED)
    if proposal.proposed_by_id == by.pk:
        raise ActionDenied("Somebody else than the person who proposed it decides. Ask a colleague")
    return withholding, proposal


def _end(by: User, proposal: PutBackProposal, state: PutBackState, reason: str = "") -> None:
    save(proposal, state=state, decided_at=clock.now(), decided_by=by, decision_reason=clean_text(reason))
