"""Add and edit bodies and posts."""

from __future__ import annotations

from typing import Any

from committee.accounts.models import User
from recommendations.actions.base import ActionDenied, action, claim_version, clean_text, save
from recommendations.lifecycle import BodyKind, DatesAgreedBy, PeriodUnit
from recommendations.models import (
    Body,
    GovernanceChange,
    Post,
)
from recommendations.permissions import Right, may, require

GOVERNANCE = {
    "parent": "Ask an administrator to move it: the roles held in that body count here too",
    "kind": "Ask an administrator to change its kind: it decides what the body can do",
    "response_period": "Ask an administrator to change its time to respond",
    "response_unit": "Ask an administrator to change what its time to respond is counted in",
    "response_basis": "Ask an administrator to change the legal basis of its term",
    "publishes_without_approver": "Ask an administrator to change whether updates need an approver",
    "dates_agreed_by": "Ask an administrator to change who agrees that a date may move",
}
"""What governs a body: each field, and the refusal for those who may not change it."""
TERM = ("response_period", "response_unit", "response_basis")


@action
def add_body(
    *, by: User, name: str, kind: str, parent: Body | None = None, governance_reason: str = "", **details: Any
) -> Body:
    """Add a body. Raise ActionDenied if the name is taken under the same parent.

    Its kind, its term and where it belongs are what whoever adds it enters. What else governs it (see `edit_body`) is as
    usual unless an administrator gives the reason.
    """
    require(by, Right.EDIT_BODIES)
    term = {name: details[name] for name in TERM if name in details}
    body = Body(added_by=by, kind=kind, parent=parent, **term)
    changed = _check_governance(by, body, details, governance_reason)
    save(body, name=name, kind=kind, parent=parent, **details)
    _keep_lineage(body)
    _record_governance(by, body, changed, governance_reason)
    return body


@action
def edit_body(
    *, by: User, body: Body, version: int | None = None, governance_reason: str = "", **details: Any
) -> Body:
    """Edit a body. Raise EditConflict, and ActionDenied for a parent that is below it.

    Only administrators change what governs it, and give the reason: where it belongs (roles held above it count in it, so
    that moving it gives people rights), its kind and its response term (they decide what it can do, and its clocks), whether its
    updates need an approver, and who agrees its dates.
    """
    require(by, Right.EDIT_BODIES, body)
    body = claim_version(body, version)
    parent = details.get("parent", body.parent)
    if parent is not None and body.pk in parent.lineage:
        raise ActionDenied("Select a body that is not part of this one", "parent")
    changed = _check_governance(by, body, details, governance_reason)
    save(body, **details)
    _keep_lineage(body)
    _record_governance(by, body, changed, governance_reason)
    return body


def _check_governance(by: User, body: Body, details: dict[str, Any], reason: str) -> dict[str, Any]:
    """Return the present value of each governance field that `details` changes. Raise ActionDenied without the right or
    the reason.
    """
    changed = {
        name: getattr(body, name)
        for name in GOVERNANCE
        if name in details and details[name] != getattr(body, name)
    }
    if changed and not may(by, Right.GOVERN_BODIES, body):
        name = next(iter(changed))
        raise ActionDenied(GOVERNANCE[name], name)
    if changed and not clean_text(reason):
        raise ActionDenied("Enter the reason for the change of what governs this body", "governance_reason")
    return changed


def _record_governance(by: User, body: Body, changed: dict[str, Any], reason: str) -> None:
    for name, old in changed.items():
        save(
            GovernanceChange(body=body, setting=name, recorded_by=by),
            old_value=_governance_words(name, old),
            new_value=_governance_words(name, getattr(body, name)),
            reason=reason,
        )


def _governance_words(name: str, value: Any) -> str:
    if name == "dates_agreed_by":
        return str(DatesAgreedBy(value).label)
    if name == "publishes_without_approver":
        return "No approver needed" if value else "Approver needed"
    if name == "kind":
        return str(BodyKind(value).label)
    if name == "response_period":
        return str(value or "No set term")
    if name == "response_unit":
        return str(PeriodUnit(value).label)
    if name == "response_basis":
        return str(value or "None named")
    return value.name if value is not None else "Not part of another body"


def _keep_lineage(body: Body) -> None:
    """Store the ids of a body and all above it, on it and on the bodies below it."""
    lineage = [body.pk, *(body.parent.lineage if body.parent else [])]
    if lineage != body.lineage:
        body.lineage = lineage
        body.save(update_fields=["lineage"])
        for part in body.parts.all():
            part.parent = body
            _keep_lineage(part)


@action
def add_post(*, by: User, body: Body, title: str, holder: User | None = None) -> Post:
    """Add a post to a body, with or without a holder."""
    require(by, Right.EDIT_BODIES, body)
    post = Post()
    save(post, body=body, title=title, holder=holder)
    return post


@action
def edit_post(*, by: User, post: Post, version: int | None = None, **details: Any) -> Post:
    """Change a post's title or holder, or end it with `ended_on`. Raise EditConflict."""
    require(by, Right.EDIT_BODIES, post)
    post = claim_version(post, version)
    save(post, **details)
    return post
