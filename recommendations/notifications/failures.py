"""Who could not be told: for administrators, and for committee support where a review waits for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from committee import clock
from committee.accounts.models import User
from committee.formatting import plural
from committee.models import Email
from committee.system_status import CheckResult
from recommendations.models import UpdateRequest
from recommendations.notifications.recipients import Directory
from recommendations.notifications.send import DIGEST

RECENT = dt.timedelta(days=7)


@dataclass(frozen=True)
class Unreached:
    """Somebody whose last message failed: why, and whether they answer by a personal link."""

    person: User
    why: str
    by_link: bool
    body: int


def findings() -> list[CheckResult]:
    """Return whether people are reached by mail, for the page on the health of the installation."""
    people = Email.objects.unreached().count()
    links = _unsent_links()
    return [
        CheckResult(
            "People told by mail what waits for them",
            f"The last message to {plural(people, 'person', 'people')} failed"
            if people
            else "Everybody is reached",
            not people,
            "Look under Administration, Mail: each failed message says why, and can be tried again.",
        ),
        CheckResult(
            "Codes, personal links and links to set a password",
            f"{plural(links, 'message')} could not be sent in the last 7 days" if links else "All were sent",
            not links,
            "Look under Administration, Mail: each says why. Who needs one can ask for it again.",
        ),
    ]


def _unsent_links() -> int:
    recent = Email.objects.failed().filter(created_at__gte=clock.now() - RECENT)
    return recent.exclude(builder=DIGEST).count()


def not_reached(requests: Iterable[UpdateRequest]) -> list[Unreached]:
    """Return the people asked by these requests whose last message failed, by name. One query if nobody's did."""
    failed = {one.to_id: one for one in Email.objects.unreached()}
    if not failed:
        return []
    directory = Directory()
    rows = UpdateRequest.objects.filter(pk__in=[request.pk for request in requests]).select_related(
        "assignment__body", "assignment__post", "assignment__recommendation__inquiry"
    )
    found: dict[int, Unreached] = {}
    for row in rows:
        linked = {link.person_id for link in directory.links(row.assignment)}
        for user in (directory.officers(row.assignment) | linked) & failed.keys():
            one = failed[user]
            if one.to is not None:
                found[user] = Unreached(one.to, one.failure, user in linked, row.assignment.body_id)
    return sorted(found.values(), key=lambda one: (one.person.sort_key, one.person.pk))
