"""Write, submit, publish, return and discard progress updates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.assignments import check_asked
from recommendations.actions.base import ActionDenied, EditConflict, action, claim_version, lock, save
from recommendations.actions.evidence import forget_evidence
from recommendations.actions.exempt import check_exempt
from recommendations.actions.grace import carry_out_asked
from recommendations.actions.milestones import tick_milestones_of
from recommendations.actions.personal_data import check_looked_at
from recommendations.actions.recompute import recompute_assignment
from recommendations.actions.target_dates import ask_for_new_date, check_new_date
from recommendations.lifecycle import (
    EDITABLE_UPDATE_STATES,
    UPDATE_TRANSITIONS,
    Claim,
    UpdateState,
    Visibility,
    can_transition,
)
from recommendations.models import Assignment, SubmittedVersion, Update, UpdateRequest
from recommendations.models.updates import MENDABLE
from recommendations.permissions import Right, may, require, sees_exempt
from recommendations.utils.personal_data import suspicions_in

UPDATE_FIELDS = (
    "as_at",
    "claim",
    "progress",
    "barriers",
    "next_steps",
    "delivered_what",
    "exempt_text",
    "exempt_paragraphs",
    "public_summary",
    "done_steps",
    "new_date",
    "new_date_reason",
)


@action
def start_update(*, by: User, assignment: Assignment, corrects: Update | None = None) -> Update:
    """Return the pending update of an assignment: the one somebody already started, or a new draft.

    Raise ActionDenied for a closed assignment and while an update waits for approval.
    """
    require(by, Right.LOG_UPDATE, assignment)
    assignment = lock(assignment)
    check_asked(assignment, "The committee has closed this recommendation, so no more updates are needed")
    open_update = assignment.updates.exclude(state=UpdateState.PUBLISHED).first()
    if open_update is not None:
        if open_update.state == UpdateState.SUBMITTED:
            raise ActionDenied("An update is waiting for approval. It has to be published or returned first")
        return open_update
    if corrects is not None and (
        corrects.assignment_id != assignment.pk or corrects.state != UpdateState.PUBLISHED
    ):
        raise ActionDenied("Only a published update of this recommendation can be corrected")
    update = Update(assignment=assignment, author=by, corrects=corrects)
    update.created_at = update.saved_at = clock.now()
    save(update, body_name=assignment.body.name, as_at=clock.today())
    return update


@action
def write_update(
    *,
    by: User,
    assignment: Assignment,
    version: int | None,
    tab: str = "",
    corrects: Update | None = None,
    **details: Any,
) -> Update:
    """Save what was typed on the form of an assignment's update, as a new draft if there is none.

    `version` is the one that the form was opened with, None if there was no pending update then; `tab` identifies the
    open page. Raise EditConflict if somebody else began or saved one meanwhile, and ActionDenied as `start_update`
    does.
    """
    require(by, Right.LOG_UPDATE, assignment)
    assignment = lock(assignment)
    begun = assignment.updates.unpublished().first()
    waits = begun is not None and not begun.is_editable  # raises as start_update does
    if begun is not None and not waits and version is None and not (tab and tab == begun.saved_from):
        raise EditConflict(begun)
    if begun is None and version is not None:
        raise ActionDenied(
            "The draft you began from was published or thrown away meanwhile. Save again to begin a new one"
        )
    update = start_update(by=by, assignment=assignment, corrects=corrects)
    return save_draft(by=by, update=update, version=version, tab=tab, **details)


@action
def save_draft(
    *, by: User, update: Update, version: int | None = None, tab: str = "", **details: Any
) -> Update:
    """Save what was typed so far. Nothing is required. Raise EditConflict if somebody else saved meanwhile."""
    require(by, Right.LOG_UPDATE, update)
    update = _claim_draft(update, version, tab)
    if update.state not in EDITABLE_UPDATE_STATES:
        raise ActionDenied(f"This update is {update.get_state_display().lower()} and can't be changed now")
    if update.has_exempt and not sees_exempt(by, update):
        for name in ("exempt_text", "exempt_paragraphs", "public_summary"):
            details.pop(name, None)
    unknown = set(details) - set(UPDATE_FIELDS)
    if unknown:
        raise TypeError(f"Not fields of an update: {sorted(unknown)}")
    previous = update.assignment.last_update
    update.saved_at, update.saved_by, update.saved_from = clock.now(), by, tab[:40]
    if "exempt_text" in details:
        exempt_text = clean_text(details["exempt_text"])
        if not exempt_text:
            details["exempt_paragraphs"], details["public_summary"] = [], ""
        if exempt_text != update.exempt_text:
            update.exempt_by = by if exempt_text else None
    if details.get("exempt_text"):
        check_exempt(
            details["exempt_text"], details.get("exempt_paragraphs") or [], details.get("public_summary", "")
        )
    update.as_last_time = bool(
        previous is not None
        and clean_text(details.get("progress", update.progress)) == previous.progress
        and details.get("claim", update.claim) == previous.claim
    )
    running = previous.times_running if previous is not None else 0
    update.times_running = running + 1 if update.as_last_time else 0
    save(update, **details)
    return update


def _claim_draft(update: Update, version: int | None, tab: str) -> Update:
    """Lock the draft and raise its version. Raise EditConflict.

    The page that saved last may continue from an older version, because nobody else's change is in between: the answer
    to its last save may have been lost.
    """
    locked: Update = lock(update)
    if version not in (None, locked.version) and not (tab and tab == locked.saved_from):
        raise EditConflict(locked)
    locked.version += 1
    return locked


@action
def submit_update(*, by: User, update: Update, version: int | None = None, looked_at: bool = False) -> Update:
    """Submit a complete update to the approver, or publish it at once if the body has chosen to do without one.

    `looked_at` says, of one that is published at once, that what looks like personal data was looked at. Raise ActionDenied, naming the field, while something is missing.
    """
    require(by, Right.LOG_UPDATE, update)
    update = claim_version(update, version)
    if not can_transition(UPDATE_TRANSITIONS, update.state, UpdateState.SUBMITTED):
        raise ActionDenied(f"This update is {update.get_state_display().lower()} and can't be submitted now")
    check_complete(update)
    check_asked(
        update.assignment, "The committee has closed this recommendation, so no more updates are needed"
    )
    at_once = update.assignment.body.publishes_without_approver
    if at_once and update.has_exempt and not sees_exempt(by, update):
        raise ActionDenied(
            "This update holds exempt text that your account has no right to see, and submitting would publish it."
            " Ask a colleague with that right to submit it"
        )
    if at_once:
        check_looked_at(suspicions_in(update), looked_at)
    save(
        update,
        state=UpdateState.SUBMITTED,
        submitted_by=by,
        submitted_at=clock.now(),
        mended_by=None,
        mended_at=None,
    )
    if at_once:
        _approve(by, update, looked_at)
    return update


@action
def recall_update(*, by: User, update: Update, version: int | None = None) -> Update:
    """Take a submitted update back to the people who write it, until an approver has published or returned it.

    It is a draft again, or as it was returned before. Raise ActionDenied, saying what became of it, once somebody has
    decided on it.
    """
    require(by, Right.LOG_UPDATE, update)
    update = claim_version(update, version)
    if update.state == UpdateState.PUBLISHED and update.published_by is not None:
        raise ActionDenied(
            f"{update.published_by.name} has published this update. Only a correction changes it now"
        )
    if update.state == UpdateState.RETURNED and update.returned_by is not None:
        raise ActionDenied(
            f"{update.returned_by.name} has returned this update, so you can change it already"
        )
    if update.state == UpdateState.DRAFT:
        raise ActionDenied("This update was recalled already. It is a draft again")
    if update.approved_by is not None and not update.may_be_recalled:
        raise ActionDenied(
            f"{update.approved_by.name} has just approved this update. Ask them to take the approval back"
        )
    was_returned = update.returned_at is not None
    save(
        update,
        state=UpdateState.RETURNED if was_returned else UpdateState.DRAFT,
        submitted_by=None,
        submitted_at=None,
        **NOT_APPROVED,
    )
    return update


def check_complete(update: Update) -> None:
    """Raise ActionDenied, naming the field, unless the update is complete."""
    for problem in what_is_missing(update):
        raise problem


def what_is_missing(update: Update) -> list[ActionDenied]:
    """Return everything that keeps an update from being submitted, each as an instruction with its field."""
    missing: list[ActionDenied] = []
    if not update.claim:
        missing.append(ActionDenied("Select how the work stands", "claim"))
    if update.as_at > clock.today():
        missing.append(ActionDenied("Enter the day the update speaks of: today or earlier", "as_at"))
    if not update.progress:
        missing.append(ActionDenied("Enter what has been done", "progress"))
    if update.claim in (Claim.PAUSED, Claim.NOT_FEASIBLE, Claim.OFF_TRACK) and not update.barriers:
        missing.append(ActionDenied("Enter what stands in the way", "barriers"))
    if update.claim == Claim.DELIVERED:
        if not update.delivered_what:
            missing.append(ActionDenied("Enter what was delivered", "delivered_what"))
        if update.assignment.recommendation.needs_evidence and not update.evidence.exists():
            missing.append(
                ActionDenied(
                    "Add a file or link that shows it was delivered: this is a priority recommendation",
                    "evidence",
                )
            )
    missing += _what_is_wrong_with_the_new_date(update)
    try:
        check_exempt(update.exempt_text, update.exempt_paragraphs, update.public_summary)
    except ActionDenied as problem:
        missing.append(problem)
    return missing


def _what_is_wrong_with_the_new_date(update: Update) -> list[ActionDenied]:
    """Return the problems with the new date that the update asks for; none if it asks for none.

    They do not matter if the committee closed the recommendation meanwhile.
    """
    if update.new_date is None and not update.new_date_reason:
        return []
    if not update.assignment.is_open:
        return []
    if update.new_date is None:
        return [ActionDenied("Enter the new date, or clear why it is needed", "new_date")]
    try:
        check_new_date(update.assignment, update.new_date, update.new_date_reason)
    except ActionDenied as problem:
        field = "new_date_reason" if problem.field == "reason" else "new_date"
        return [ActionDenied(problem.message, field)]
    return []


def _require_to_decide(by: User, update: Update) -> None:
    if may(by, Right.PUBLISH_UPDATE, update):
        return
    require(by, Right.PUBLISH_RECEIVED_UPDATE if update.is_received else Right.PUBLISH_UPDATE, update)


@action
def publish_update(
    *, by: User, update: Update, version: int | None = None, looked_at: bool = False
) -> Update:
    """Publish a submitted update.

    The approver is another person than the submitter, and must have the right to exempt information if the update or
    its evidence holds any. `looked_at` says that they looked at what looks like personal data in it. What came by personal link from a body without an approver is published by the committee's
    scrutiny officer.
    """
    _require_to_decide(by, update)
    update = claim_version(update, version)
    _check_publishable(by, update, looked_at)
    return _publish(by, update, looked_at)


@action
def approve_update(
    *, by: User, update: Update, version: int | None = None, looked_at: bool = False
) -> Update:
    """Approve a submitted update, which is published GRACE_SECONDS later; until then the approval can be taken back.

    Right and conditions are those of `publish_update`.
    """
    _require_to_decide(by, update)
    update = claim_version(update, version)
    if update.approved_by is not None and update.state == UpdateState.SUBMITTED:
        raise ActionDenied(f"{update.approved_by.name} has already approved this update")
    _check_publishable(by, update, looked_at)
    return _approve(by, update, looked_at)


def _approve(by: User, update: Update, looked_at: bool) -> Update:
    save(update, approved_by=by, approved_at=clock.now(), personal_data_looked_at=looked_at)
    return update if settings.GRACE_SECONDS else _publish(by, update, looked_at)


NOT_APPROVED: dict[str, Any] = {"approved_by": None, "approved_at": None, "personal_data_looked_at": False}
"""The columns of an update that is not approved."""


@action
def take_back_approval(*, by: User, update: Update, version: int | None = None) -> Update:
    """Take back the approval of an update that is not published yet. It waits for an approver again.

    What is published stays on the record, whoever has read it. Raise ActionDenied for that.
    """
    _require_to_decide(by, update)
    update = claim_version(update, version)
    if update.state == UpdateState.PUBLISHED:
        raise ActionDenied(
            "This update is published, so it stays. A correction can follow it, and committee support can withhold words"
        )
    if not update.is_approved:
        raise ActionDenied("This update is not approved, so there is nothing to take back")
    save(update, **NOT_APPROVED)
    return update


def publish_approved() -> list[Update]:
    """Publish the updates that were approved GRACE_SECONDS ago, each in the name of who approved it.

    One that can't be published any more waits for an approver again.
    """
    return carry_out_asked(
        Update.objects.approved_until, "approved_by", carry_out=_publish_approved, drop=_drop_approval
    )


@action
def _publish_approved(*, by: User, update: Update, until: dt.datetime) -> list[Update]:
    update = claim_version(update, None)
    if not update.is_approved or update.approved_at is None or update.approved_at > until:
        return []  # taken back meanwhile, or another worker was quicker
    if not update.assignment.body.publishes_without_approver:
        _require_to_decide(by, update)
        _check_publishable(by, update, update.personal_data_looked_at)
    return [_publish(by, update, update.personal_data_looked_at)]


@action
def _drop_approval(*, by: User, update: Update) -> None:
    update = claim_version(update, None)
    if update.is_approved:
        save(update, **NOT_APPROVED)


def _check_publishable(by: User, update: Update, looked_at: bool) -> None:
    """Raise ActionDenied unless this person can publish the update as it is."""
    if not can_transition(UPDATE_TRANSITIONS, update.state, UpdateState.PUBLISHED):
        raise ActionDenied(_not_waiting(update, "published"))
    if update.submitted_by_id == by.pk:
        raise ActionDenied("You submitted this update yourself. Another approver has to publish it")
    if update.assignment.withdrawn_at is not None:
        raise ActionDenied(update.assignment.why_nothing_is_asked)
    holds_exempt = update.has_exempt or update.evidence.filter(visibility=Visibility.EXEMPT).exists()
    if holds_exempt and not sees_exempt(by, update):
        raise ActionDenied(
            "This update holds exempt information that your account has no right to see."
            " Another approver has to publish it"
        )
    for problem in _what_is_wrong_with_the_new_date(update):
        raise ActionDenied(
            f"The new date that this update asks for can’t be asked for now. {problem.message}."
            " Return the update, so that it is put right"
        )
    check_looked_at(suspicions_in(update), looked_at)


def _not_waiting(update: Update, done: str) -> str:
    """Return why an update that is not submitted can't be published or returned."""
    if update.state == UpdateState.DRAFT:
        return (
            "The people who wrote this update have taken it back. It comes to you again once it is submitted"
        )
    return f"This update is {update.get_state_display().lower()} and can't be {done} now"


@action
def mend_update(*, by: User, update: Update, version: int | None = None, **words: str) -> Update:
    """Mend words of a submitted update before it is published, by an approver of the body.

    How it was submitted is kept beside it. Only words can be mended, exempt ones only with the right to them. Raise
    ActionDenied if nothing is changed, or if the update would not be complete.
    """
    require(by, Right.PUBLISH_UPDATE, update)
    update = claim_version(update, version)
    if update.state != UpdateState.SUBMITTED:
        raise ActionDenied(_not_waiting(update, "changed"))
    if update.is_approved:
        raise ActionDenied("This update is approved already. Take the approval back first")
    if update.submitted_by is None or update.submitted_at is None or update.submitted_by_id == by.pk:
        raise ActionDenied("You submitted this update yourself. Recall it to change it")
    if set(words) - set(mendable_words(by, update)):
        raise PermissionDenied("Your account does not have the right to these words.")
    before = {name: getattr(update, name) for name in MENDABLE}
    if all(clean_text(text) == before[name] for name, text in words.items()):
        raise ActionDenied("Nothing is changed. Change the words, or go back and publish the update")
    for name, text in words.items():
        if before[name] and not clean_text(text):
            raise ActionDenied("These words can be mended and not taken out. Return the update instead", name)
    save(
        SubmittedVersion(
            update=update,
            submitted_by=update.submitted_by,
            submitted_at=update.submitted_at,
            mended_by=by,
            mended_at=clock.now(),
        ),
        **before,
    )
    if clean_text(words.get("progress", before["progress"])) != before["progress"]:
        update.as_last_time, update.times_running = False, 0
    save(update, mended_by=by, mended_at=clock.now(), **words)
    check_complete(update)
    return update


def mendable_words(by: User, update: Update) -> list[str]:
    """Return the names of the words of a submitted update that this person may mend: those it has."""
    exempt = update.has_exempt and sees_exempt(by, update)
    return [
        name
        for name in MENDABLE
        if getattr(update, name) and (name not in ("exempt_text", "public_summary") or exempt)
    ]


def _publish(by: User, update: Update, looked_at: bool) -> Update:
    assignment = lock(update.assignment)
    if assignment.withdrawn_at is not None:
        raise ActionDenied(assignment.why_nothing_is_asked)
    # Begun by a body that has ended, it is published by its successor, in the successor's name.
    save(
        update,
        state=UpdateState.PUBLISHED,
        published_by=by,
        published_at=clock.now(),
        filed_on=_filed_on(update),
        body_name=assignment.body.name,
        personal_data_looked_at=looked_at,
    )
    tick_milestones_of(update)
    if update.new_date is not None and assignment.is_open:
        ask_for_new_date(assignment, update.submitted_by or by, update.new_date, update.new_date_reason)
    recompute_assignment(assignment)
    for request in UpdateRequest.objects.unanswered().filter(assignment=assignment):
        request.fulfilled_by = update
        request.save(update_fields=["fulfilled_by"])
    return update


def _filed_on(update: Update) -> dt.date:
    """Return the day under which the update is filed: the one it speaks of, but not before what it corrects."""
    corrected = update.corrects.filed_on if update.corrects is not None else None
    return max(update.as_at, corrected) if corrected is not None else update.as_at


@action
def return_update(*, by: User, update: Update, reason: str, version: int | None = None) -> Update:
    """Return a submitted update to its author, with a reason."""
    _require_to_decide(by, update)
    update = claim_version(update, version)
    if not can_transition(UPDATE_TRANSITIONS, update.state, UpdateState.RETURNED):
        raise ActionDenied(_not_waiting(update, "returned"))
    if not clean_text(reason):
        raise ActionDenied("Enter what has to change before it can be published", "reason")
    save(
        update,
        state=UpdateState.RETURNED,
        returned_by=by,
        returned_at=clock.now(),
        return_reason=reason,
        **NOT_APPROVED,
    )
    return update


@action
def discard_draft(*, by: User, update: Update, version: int | None = None) -> None:
    """Discard a draft that was never submitted, with its evidence."""
    require(by, Right.LOG_UPDATE, update)
    update = claim_version(update, version)
    if update.state != UpdateState.DRAFT:
        raise ActionDenied("Only a draft can be thrown away")
    for evidence in update.evidence.all():
        forget_evidence(evidence)
    update.delete()
