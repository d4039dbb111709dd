"""Who receives which notice, read once for a whole run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from committee.accounts.models import User
from committee.formatting import plural
from recommendations.lifecycle import NoticeKind, Role
from recommendations.models import (
    Assignment,
    Body,
    Membership,
    Notice,
    NoticeSettings,
    RespondentLink,
    Update,
)
from recommendations.models.assignments import OWNER_ROLES
from recommendations.permissions import record_bodies


class Directory:
    """The people who hold roles now, by role and body, and the kinds of notice that each has switched off."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, int], set[int]] = defaultdict(set)
        roles = Membership.objects.current().filter(user__is_active=True, body__isnull=False)
        for role, body, user in roles.values_list("role", "body_id", "user_id"):
            self._holders[role, body].add(user)
        self.administrators = set(
            Membership.objects.current()
            .filter(user__is_active=True, role=Role.ADMINISTRATOR)
            .values_list("user_id", flat=True)
        )
        self.muted = dict(NoticeSettings.objects.values_list("user_id", "muted"))
        self._links: dict[tuple[int, int], list[RespondentLink]] = defaultdict(list)
        for link in RespondentLink.objects.valid().filter(person__is_active=True):
            self._links[link.body_id, link.committee_id].append(link)

    def holding(self, body: Body, *roles: str) -> set[int]:
        """Return the ids of the people who hold any of the roles in the body or above it."""
        return set().union(*(self._holders[role, above] for role in roles for above in body.lineage))

    def officers(self, assignment: Assignment) -> set[int]:
        """Return the ids of the people who write for the owning body.

        The holder of the post that answers for it, if they write for the body; else its responsible officers; if it
        has none, its approvers.
        """
        writers = self.holding(assignment.body, Role.RESPONSIBLE_OFFICER)
        approvers = self.holding(assignment.body, Role.APPROVER)
        holder = assignment.post.holder_id if assignment.post is not None else None
        if holder is not None and holder in writers | approvers:
            return {holder}
        return writers or approvers

    def responding(self, assignment: Assignment) -> set[int]:
        """Return the ids of the people who record the body's response: its approvers; if it has none, who writes for it."""
        return self.holding(assignment.body, Role.APPROVER) or self.officers(assignment)

    def writes(self, user: int, assignment: Assignment) -> bool:
        """Return whether this person writes for the owning body now: by a role, or by a personal link."""
        return user in self.holding(assignment.body, *OWNER_ROLES) or any(
            link.person_id == user for link in self.links(assignment)
        )

    def writers(self, update: Update) -> set[int]:
        """Return the ids of an update's author and submitter, if they still write for the body."""
        wrote = {pk for pk in (update.author_id, update.submitted_by_id) if pk is not None}
        return {pk for pk in wrote if self.writes(pk, update.assignment)}

    def hearing_of(self, update: Update) -> set[int]:
        """Return the ids of the people who hear that an update is published: those who wrote it, and committee support."""
        return self.writers(update) | self.scrutiny(update.assignment)

    def scrutiny(self, assignment: Assignment) -> set[int]:
        """Return the ids of the scrutiny officers of the committee that made it."""
        return self.holding(assignment.recommendation.inquiry.committee, Role.SCRUTINY_OFFICER)

    def deciding_on_withheld(self, records: Iterable[Any]) -> set[int]:
        """Return the ids of the administrators, and of the scrutiny officers who may decide on what was taken from all of these
        records: see `Right.DECIDE_WITHHELD`.
        """
        officers = [
            set().union(*(self._holders[Role.SCRUTINY_OFFICER, body] for body in record_bodies(record)))
            for record in records
        ]
        return self.administrators | set.intersection(*officers)

    def links(self, assignment: Assignment) -> Iterable[RespondentLink]:
        """Return the valid personal links of the body for this committee; none before it was sent."""
        if assignment.notified_on is None:
            return []
        return self._links[assignment.body_id, assignment.recommendation.inquiry.committee_id]

    def addressees(self, assignment: Assignment, kind: str) -> set[int]:
        """Return the ids of those whom a notice of this kind about the assignment is for, also by links that will open it
        once it is sent.
        """
        answering = self.responding(assignment) if kind == NoticeKind.SENT else self.officers(assignment)
        links = self._links[assignment.body_id, assignment.recommendation.inquiry.committee_id]
        return answering | {link.person_id for link in links}

    def wants(self, user: int, kind: str) -> bool:
        return kind not in self.muted.get(user, ())


@dataclass
class Told:
    """Whom one body's people a notice is for, and what it is about."""

    body: Body
    parts: list[Assignment] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    silent: list[User] = field(default_factory=list)
    """Those of them who have switched off the e-mail about it: they find it on their list of work."""


def who_is_told(assignments: Sequence[Assignment], kind: str) -> list[Told]:
    """Return the people whom a notice of this kind about these assignments is for, by body.

    Also by links that open only what was sent: they open it once it is.
    """
    directory = Directory()
    prefetch_related_objects(assignments, "body", "post", "recommendation__inquiry")
    found: dict[int, Told] = {}
    people: dict[int, set[int]] = defaultdict(set)
    for part in assignments:
        found.setdefault(part.body_id, Told(part.body)).parts.append(part)
        people[part.body_id] |= directory.addressees(part, kind)
    known = User.objects.in_bulk(set().union(*people.values()))
    for body, told in found.items():
        named = sorted((known[pk] for pk in people[body]), key=lambda one: (one.sort_key, one.pk))
        told.people = [one for one in named if directory.wants(one.pk, kind)]
        told.silent = [one for one in named if not directory.wants(one.pk, kind)]
    return sorted(found.values(), key=lambda told: (told.body.sort_key, told.body.pk))


def told_when_published(updates: Sequence[Update], by: User) -> list[User]:
    """Return the people who are told by e-mail once `by` has published the updates, by name."""
    directory = Directory()
    hearing = set().union(*(directory.hearing_of(update) for update in updates)) - {by.pk}
    wanted = {pk for pk in hearing if directory.wants(pk, NoticeKind.PUBLISHED)}
    return list(User.objects.filter(pk__in=wanted).order_by("sort_key", "pk"))


def people_told(keys: Iterable[str]) -> list[User]:
    """Return the people who were told by e-mail of things with these keys, by name; such as "request:1"."""
    told = Notice.objects.told().exclude(kind=NoticeKind.TAKEN_BACK).about_any(keys)
    return list(User.objects.filter(pk__in=told.order_by().values("to")).order_by("sort_key", "pk"))


def when_told() -> str:
    """Return when people are told by e-mail of what is done now, in a sentence."""
    if not settings.NOTICES:
        return "No e-mail goes out, because this service is set to send none. They find it on their list of work."
    wait = (
        f" No e-mail leaves within {grace_words()}, so that you can take it back."
        if settings.GRACE_SECONDS
        else ""
    )
    return (
        "It is on their list of work at once. They are told by e-mail in the one message a day that each gets, from"
        f" {settings.NOTICES_HOUR} o’clock.{wait}"
    )


def grace_words() -> str:
    """Return the grace period in words: "60 seconds", "2 minutes"."""
    seconds = settings.GRACE_SECONDS
    return plural(seconds // 60, "minute") if seconds % 60 == 0 else plural(seconds, "second")
