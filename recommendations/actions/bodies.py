"""What people do to bodies and posts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import NotPossible, action, claim_version, clean_text, lock, save
from recommendations.actions.state import refresh_recommendation
from recommendations.models import Assignment, Body, Post, Succession, Transfer
from recommendations.permissions import Right, may, require


@action
def add_body(*, by: User, name: str, kind: str, parent: Body | None = None, **details: Any) -> Body:
    """A new body. Raises NotPossible when the name is taken under the same parent."""
    require(by, Right.EDIT_BODIES)
    body = Body()
    save(body, name=name, kind=kind, parent=parent, **details)
    _keep_lineage(body)
    return body


@action
def edit_body(*, by: User, body: Body, version: int | None = None, **details: Any) -> Body:
    """Change what is kept about a body. Raises StaleEdit, and NotPossible for a parent that lies below it.

    Only administrators move a body: roles held above it count in it, so that moving it gives people rights.
    """
    require(by, Right.EDIT_BODIES)
    body = claim_version(body, version)
    parent = details.get("parent", body.parent)
    if parent is not None and body.pk in parent.lineage:
        raise NotPossible("Select a body that is not part of this one", "parent")
    if (parent and parent.pk) != body.parent_id and not may(by, Right.ADMINISTER):
        raise NotPossible(
            "Ask an administrator to move it: the roles held in that body count here too", "parent"
        )
    save(body, **details)
    _keep_lineage(body)
    return body


def _keep_lineage(body: Body) -> None:
    """Keep the ids of a body and all above it, here and in the bodies below it."""
    lineage = [body.pk, *(body.parent.lineage if body.parent else [])]
    if lineage != body.lineage:
        body.lineage = lineage
        body.save(update_fields=["lineage"])
        for part in body.parts.all():
            part.parent = body
            _keep_lineage(part)


@action
def abolish_body(
    *, by: User, body: Body, on: dt.date, reason: str, successor: Body | None = None
) -> list[Assignment]:
    """Record that a body came to an end, and pass its open work to the successor.

    Returns the assignments that passed on. Their history keeps the old body's name. Raises NotPossible without
    a reason, for a body already abolished, for a successor that did not exist on that day, and when open work
    would be left with nobody.
    """
    require(by, Right.ABOLISH_BODY)
    body = lock(body)
    if body.abolished_on is not None:
        raise NotPossible(f"{body.name} was already abolished")
    if not clean_text(reason):
        raise NotPossible("Enter the reason, such as the order or decision", "reason")
    if successor is not None and (successor.pk == body.pk or body.pk in successor.lineage):
        raise NotPossible("Select a successor that is not part of this body", "successor")
    if successor is not None and not successor.exists_on(on):
        raise NotPossible("Select a successor that existed on that day", "successor")
    open_work = list(body.assignments.open().select_related("recommendation"))
    if open_work and successor is None:
        raise NotPossible(
            f"Select a successor: {len(open_work)} open "
            f"{'recommendation is' if len(open_work) == 1 else 'recommendations are'} addressed to this body",
            "successor",
        )
    body.version += 1
    save(body, abolished_on=on, successor=successor)
    Succession.objects.create(
        body=body,
        successor=successor,
        on=on,
        reason=clean_text(reason),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    if successor is None:
        return []
    return [
        assignment
        for assignment in open_work
        if pass_on(by=by, assignment=assignment, to=successor, on=on, reason=reason)
    ]


@dataclass(frozen=True)
class Passing:
    """What would happen to a body's open work if it ended with that successor."""

    passing: list[Assignment]
    """What passes on."""
    staying: list[Assignment]
    """What can't, because the successor already owns a part of the same recommendation."""

    @property
    def fingerprint(self) -> str:
        """Differs when the open work differs: what a person has looked at before they confirm."""
        return "-".join(str(a.pk) for a in sorted([*self.passing, *self.staying], key=lambda a: a.pk))


def passing_on(body: Body, successor: Body | None) -> Passing:
    """The open work of a body, parted by whether it can pass to the successor. Two queries; changes nothing."""
    work = list(body.assignments.open().for_list().in_order())
    if successor is None:
        return Passing([], work)
    owned = set(successor.assignments.values_list("recommendation_id", flat=True))
    return Passing(
        [a for a in work if a.recommendation_id not in owned],
        [a for a in work if a.recommendation_id in owned],
    )


def pass_on(*, by: User, assignment: Assignment, to: Body, on: dt.date, reason: str) -> bool:
    """Pass one open assignment to another body, inside an action that has asked for the right. Returns whether
    it passed.

    Where the other body already owns a part of the same recommendation the two stay side by side and the old
    assignment stays with the abolished body's name, so that no history is merged.
    """
    if assignment.recommendation.assignments.filter(body=to).exists():
        return False
    Transfer.objects.create(
        assignment=assignment,
        from_body=assignment.body,
        to_body=to,
        on=on,
        reason=clean_text(reason),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    assignment.formerly = assignment.formerly or assignment.body
    assignment.body = to
    assignment.post = None
    assignment.version += 1
    assignment.save(update_fields=["body", "formerly", "post", "version"])
    refresh_recommendation(assignment.recommendation)
    return True


@action
def add_post(*, by: User, body: Body, title: str, holder: User | None = None) -> Post:
    """A new post in a body, held by a person or by nobody yet."""
    require(by, Right.EDIT_BODIES)
    post = Post()
    save(post, body=body, title=title, holder=holder)
    return post


@action
def edit_post(*, by: User, post: Post, version: int | None = None, **details: Any) -> Post:
    """Change a post's title or holder, or end it with ``ended_on``. Raises StaleEdit."""
    require(by, Right.EDIT_BODIES)
    post = claim_version(post, version)
    save(post, **details)
    return post
