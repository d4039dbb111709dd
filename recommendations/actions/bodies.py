"""Add and edit bodies and posts."""

from __future__ import annotations

from typing import Any

from committee.accounts.models import User
from recommendations.actions.base import ActionDenied, action, claim_version, save
from recommendations.models import (
    Body,
    Post,
)
from recommendations.permissions import Right, may, require


@action
def add_body(*, by: User, name: str, kind: str, parent: Body | None = None, **details: Any) -> Body:
    """Add a body. Raise ActionDenied if the name is taken under the same parent."""
    require(by, Right.EDIT_BODIES)
    body = Body()
    save(body, name=name, kind=kind, parent=parent, **details)
    _keep_lineage(body)
    return body


@action
def edit_body(*, by: User, body: Body, version: int | None = None, **details: Any) -> Body:
    """Edit a body. Raise EditConflict, and ActionDenied for a parent that is below it.

    Only administrators move a body: roles held above it count in it, so that moving it gives people rights.
    """
    require(by, Right.EDIT_BODIES)
    body = claim_version(body, version)
    parent = details.get("parent", body.parent)
    if parent is not None and body.pk in parent.lineage:
        raise ActionDenied("Select a body that is not part of this one", "parent")
    if (parent and parent.pk) != body.parent_id and not may(by, Right.ADMINISTER):
        raise ActionDenied(
            "Ask an administrator to move it: the roles held in that body count here too", "parent"
        )
    save(body, **details)
    _keep_lineage(body)
    return body


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
    require(by, Right.EDIT_BODIES)
    post = Post()
    save(post, body=body, title=title, holder=holder)
    return post


@action
def edit_post(*, by: User, post: Post, version: int | None = None, **details: Any) -> Post:
    """Change a post's title or holder, or end it with `ended_on`. Raise EditConflict."""
    require(by, Right.EDIT_BODIES)
    post = claim_version(post, version)
    save(post, **details)
    return post
