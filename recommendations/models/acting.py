"""Which personal link a respondent acts by in the request being served. Kept beside the request and on no model, so that a
person fetched anew in the same request has it too, and in no other request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User
    from recommendations.models.respondent_links import RespondentLink

_links: ContextVar[Mapping[int, RespondentLink]] = ContextVar("acting_links")


@contextmanager
def acting_by(link: RespondentLink) -> Iterator[None]:
    """Let the person of `link` act by it within the block. Call it only where the visit by this link was checked."""
    token = _links.set({**_links.get({}), link.person_id: link})
    try:
        yield
    finally:
        _links.reset(token)


def acting_link(user: User | AnonymousUser) -> RespondentLink | None:
    """Return the personal link that `user` acts by in this request, or None. Whether it is still valid is not asked."""
    return _links.get({}).get(user.pk) if user.pk is not None else None
