"""Who receives which notice, read once for a whole run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from recommendations.lifecycle import Role
from recommendations.models import Assignment, Body, Membership, NoticeSettings, RespondentLink
from recommendations.models.assignments import OWNER_ROLES


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

    def writes(self, user: int, assignment: Assignment) -> bool:
        """Return whether this person writes for the owning body now: by a role, or by a personal link."""
        return user in self.holding(assignment.body, *OWNER_ROLES) or any(
            link.person_id == user for link in self.links(assignment)
        )

    def scrutiny(self, assignment: Assignment) -> set[int]:
        """Return the ids of the scrutiny officers of the committee that made it."""
        return self.holding(assignment.recommendation.inquiry.committee, Role.SCRUTINY_OFFICER)

    def withholding(self) -> set[int]:
        """Return the ids of all who may withhold, wherever they hold their role: see `Right.WITHHOLD`."""
        officers = (people for (role, _), people in self._holders.items() if role == Role.SCRUTINY_OFFICER)
        return self.administrators.union(*officers)

    def links(self, assignment: Assignment) -> Iterable[RespondentLink]:
        """Return the valid personal links of the body for this committee; none before it was sent."""
        if assignment.notified_on is None:
            return []
        return self._links[assignment.body_id, assignment.recommendation.inquiry.committee_id]

    def wants(self, user: int, kind: str) -> bool:
        return kind not in self.muted.get(user, ())
