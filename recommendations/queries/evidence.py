"""Evidence on responses and updates, as a reader may see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from committee.accounts.models import User
from recommendations.lifecycle import Visibility
from recommendations.models import Response, Update
from recommendations.permissions import may_replace, sees_exempt


@dataclass
class EvidenceView:
    """Evidence as this reader may see it. Of withheld evidence only the public summary is known."""

    pk: int
    title: str
    size: int
    visibility: str
    withheld: bool
    since: dt.date | None = None
    """The day it replaced earlier evidence; None if it replaced none."""
    reason: str = ""
    """Why it took the place of an earlier piece."""
    url: str = ""
    """The address it links to, of one that is a link and is not withheld."""
    file_name: str = ""
    """The name of its file, of one that is a file and is not withheld."""
    withholding: int | None = None
    """The number of the withholding that took it off the record."""
    opens: bool = True
    """Whether the reader may open it: replaced evidence opens for few."""
    earlier: int | None = None
    """The piece that it took the place of, where this reader may open that one."""
    available_actions: list[Any] = field(default_factory=list)
    """What the reader can do with it: filled in by the view."""


def evidence_views(
    thing: Response | Update, user: User | AnonymousUser, moment: dt.datetime | None = None
) -> list[EvidenceView]:
    """Return the evidence on a response or update that counted at the moment (None: now): exempt evidence as its summary,
    restricted evidence for who signs in.
    """
    there = [one for one in thing.evidence.all() if moment is None or one.added_at <= moment]
    later = {one.pk for one in there}
    replaced = {one.replaced_by_id: one for one in there if one.replaced_by_id in later}
    gone = {one.pk for one in replaced.values()}
    views = []
    for evidence in there:
        if evidence.pk in gone:
            continue
        if evidence.visibility == Visibility.RESTRICTED and not user.is_authenticated:
            continue
        withheld = evidence.is_exempt and not sees_exempt(user, thing)
        earlier = replaced.get(evidence.pk)
        view = EvidenceView(
            evidence.pk,
            evidence.public_summary if withheld else evidence.title,
            0 if withheld else evidence.size,
            evidence.visibility,
            withheld,
            url="" if withheld else evidence.url,
            file_name="" if withheld else evidence.file_name,
            withholding=evidence.withheld_as,
            opens=evidence.replaced_by_id is None or may_replace(user, evidence),
        )
        if earlier is not None:
            view.since = timezone.localdate(evidence.added_at)
            view.reason = "" if withheld else evidence.replacement_reason
            view.earlier = earlier.pk if may_replace(user, earlier) else None
        views.append(view)
    return views
