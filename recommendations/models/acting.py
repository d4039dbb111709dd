"""The personal link by which a respondent acts in the request being served.

It is kept beside the request and on no model, so that the person fetched again in the same request has it too, and no
other request does.
"""

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
    """Let the person of `link` act by it within the block. The caller must have checked the link."""
    token = _links.set({**_links.get({}), link.person_id: link})
    try:
        yield
    finally:
        _links.reset(token)


def acting_link(user: User | AnonymousUser) -> RespondentLink | None:
    """Return the personal link that `user` acts by in this request, or None. It is not checked whether it is still
    valid.
    """
    return _links.get({}).get(user.pk) if user.pk is not None else None
