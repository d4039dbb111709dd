"""The roles that people hold in bodies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from committee import clock
from committee.audit.triggers import audited
from recommendations.lifecycle import Role

if TYPE_CHECKING:
    from committee.accounts.models import UserQuerySet
    from recommendations.models.bodies import Body


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Return memberships that have not ended."""
        return self.filter(ended_on__isnull=True)

    def ended(self) -> MembershipQuerySet:
        """Return memberships that have ended, the latest first."""
        return self.filter(ended_on__isnull=False).order_by("-ended_on", "-id")

    def for_list(self) -> MembershipQuerySet:
        return self.select_related("user", "body")

    def within(self, body: Body) -> MembershipQuerySet:
        """Return roles held in the body itself, by name."""
        return self.filter(body=body).order_by("user__sort_key", "id")

    def within_any(self, bodies: Iterable[Body]) -> MembershipQuerySet:
        """Return roles held in any of these bodies themselves, by name."""
        return self.filter(body__in=[body.pk for body in bodies]).order_by("user__sort_key", "id")

    def held_now(self) -> dict[str, int]:
        """Return how many active people now hold each role."""
        return dict(
            self.current()
            .filter(user__is_active=True)
            .order_by()
            .values("role")
            .annotate(people=Count("user", distinct=True))
            .values_list("role", "people")
        )

    def seeing_exempt(self) -> int:
        """Return how many active people may see exempt text of some body."""
        return self.current().filter(user__is_active=True, sees_exempt=True).values("user").distinct().count()


class Membership(models.Model):
    """A role that a person holds in a body, and in the bodies below it. Administrators hold theirs everywhere.

    `sees_exempt` is a right of its own: it opens exempt text of that body's matters, and each access is logged.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(
        "recommendations.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    sees_exempt = models.BooleanField(default=False)
    began_on = models.DateField(default=clock.today)
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["user__sort_key", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "body", "role"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(body__isnull=True, role=Role.ADMINISTRATOR)
                | (Q(body__isnull=False) & ~Q(role=Role.ADMINISTRATOR)),
                name="membership_body_unless_administrator",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="membership_ends_after",
            ),
        ]
        triggers = [audited()]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.where}"

    @property
    def where(self) -> str:
        """The body's name, or "everywhere" for an administrator."""
        return self.body.name if self.body else "everywhere"

    @property
    def in_words(self) -> str:
        """The role for the middle of a sentence: "clerk of Testshire County Council"."""
        role = str(self.get_role_display()).lower()
        return f"{role} of {self.body.name}" if self.body else f"an {role}"

    @property
    def meaning(self) -> str:
        """What the role does, in a sentence."""
        return Role(self.role).meaning


def with_current_roles(people: UserQuerySet) -> UserQuerySet:
    """Return `people` with their current roles and bodies as `present_roles`, in two queries."""
    return people.prefetch_related(
        models.Prefetch(
            "memberships", Membership.objects.current().select_related("body"), to_attr="present_roles"
        )
    )


def holding(people: UserQuerySet, role: str = "", body: Body | None = None) -> UserQuerySet:
    """Return those of `people` who now hold `role` in `body`, in one membership; either may be left open."""
    if not role and body is None:
        return people
    held = Membership.objects.current().filter(user=OuterRef("pk"))
    if role:
        held = held.filter(role=role)
    if body is not None:
        held = held.filter(body=body)
    return people.filter(Exists(held))
