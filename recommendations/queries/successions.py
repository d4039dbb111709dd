"""What else is affected when a body ends or inquiries pass to another committee: shown before it is confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from committee.formatting import plural
from recommendations.lifecycle import Role
from recommendations.lifecycle.absence import absent_sentence
from recommendations.models import Assignment, Body, Inquiry, Membership, RespondentLink


def work_in_words(work: Collection[Assignment]) -> str:
    """Return how many recommendations these parts are that bodies hand over: how many are open, and of how many only public
    sources tell, so that it is not known.
    """
    unknown = sum(part.sources_only for part in work)
    state = absent_sentence("", "whose state is", sources_only=True)
    told = [plural(len(work) - unknown, "open recommendation")] if unknown < len(work) or not work else []
    if unknown:
        told.append(f"{unknown if told else plural(unknown, 'recommendation')} {state}")
    return " and ".join(told)


def passing_in_words(work: Collection[Assignment]) -> str:
    """Return the same as what happens to them: "2 open recommendations pass"."""
    return f"{work_in_words(work)} {'passes' if len(work) == 1 else 'pass'}"


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
