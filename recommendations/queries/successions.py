"""What else is affected when a body ends or inquiries pass to another committee: shown before it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recommendations.lifecycle import Role
from recommendations.models import Assignment, Body, Inquiry, Membership, RespondentLink


def affected_by_ending(ending: Sequence[Body], successors: Sequence[Body]) -> dict[str, Any]:
    """Return, by template variable, what hangs on the bodies in `ending`, and which of `successors` have nobody to write
    updates (`without_officer`) or to publish them (`without_approver`)."""
    return {
        "people": Membership.objects.current().for_list().within_any(ending),
        "posts": [post for body in ending for post in body.posts.existing()],
        "parts": [part for body in ending for part in body.parts.existing() if part not in ending],
        "links": RespondentLink.objects.valid().of_any(ending).for_list(),
        "meetings": [meeting for body in ending for meeting in body.meetings.to_come()],
        "without_officer": [
            successor
            for successor in successors
            if not successor.members_as(Role.RESPONSIBLE_OFFICER, Role.APPROVER).exists()
        ],
        "without_approver": [
            successor
            for successor in successors
            if not successor.publishes_without_approver and not successor.members_as(Role.APPROVER).exists()
        ],
    }


def affected_by_transfer(
    committee: Body, inquiries: Sequence[Inquiry], *, to: Body, ends: bool
) -> dict[str, Any]:
    """Return, by template variable, what passes on with `inquiries`, what stays behind, and who works for `committee`.

    `links_follow` says whether personal links pass on too: they do once nothing is left that `committee` follows up.
    `meetings` lists those still planned, only where `committee` ends.
    """
    return {
        "open_parts": Assignment.objects.open().of_inquiries(inquiries).count(),
        "left": [inquiry for inquiry in committee.inquiries.running() if inquiry not in inquiries],
        "links": RespondentLink.objects.valid().of_inquiries(committee, inquiries).for_list(),
        "links_follow": all(inquiry in inquiries for inquiry in committee.inquiries.followed_up()),
        "meetings": list(committee.meetings.to_come()) if ends else [],
        "people": Membership.objects.current().for_list().within(committee),
        "without_officer": not to.members_as(Role.SCRUTINY_OFFICER).exists(),
    }
