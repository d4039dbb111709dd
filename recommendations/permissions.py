"""Who may do what. One page, meant to be read by the people it governs.

A right is held by roles, in a body that has a certain relation to the object: the committee whose inquiry it is, the
body that owns the assignment, the body whose meeting it is. A role in a body counts for the bodies below it. Whether
something can be done *now* is another question, answered by `lifecycle` and the actions.

The rest of the code asks only `may()` and `require()`. Everything needs a sign-in unless it is public. What a person
may not see does not exist for them (404); what they see but may not do is refused (403).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from committee.accounts.mfa import SecondStepNeeded
from recommendations.lifecycle import Role
from recommendations.models.acting import acting_link

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User
    from recommendations.models import Body, Evidence


class Where(StrEnum):
    """Which body a role must be held in for the right to count."""

    COMMITTEE = "in the committee whose inquiry it is"
    OWNER = "in the body the recommendation is addressed to"
    MEETING = "in the body whose meeting it is"
    ADDRESSED = "in the body itself, or in a committee that sent it a notice"
    RECORD = "in the committee whose record it is, or the body whose meeting it is"
    ANYWHERE = "in any body"


class Right(StrEnum):
    """Everything that a person can be permitted to do."""

    # scrutiny officers
    EDIT_INQUIRY = "Add and edit inquiries, findings and recommendations; address them; send notices"
    RUN_REVIEWS = "Open reviews, chase and close them"
    DECIDE_DATES = "Record whether a new date was agreed"
    RECORD_RESPONSE = "Record a body's formal response"
    CORRECT = "Correct what is on the public record, with a reason that everybody can read"
    OPEN_EXEMPT = "Open exempt text to the public when it stops being exempt"
    EDIT_BODIES = "Add and edit bodies and posts"
    ISSUE_LINKS = "Issue and renew personal links, by which bodies without accounts answer"
    PUBLISH_RECEIVED_UPDATE = (
        "Publish or return an update that came by a personal link, for a body without an approver"
    )
    IMPORT = "Bring in a committee's trackers, and take an import back"
    # scrutiny officers and administrators
    WITHHOLD = "Take words, an entry or a file off the record at once; look for them again"
    DECIDE_WITHHELD = "Confirm or put back what another person took off the record; propose, agree or decline to put back what is confirmed"
    # responsible officers and approvers
    MY_WORK = "See the work of one's own body: asked for, overdue, returned, drafts"
    LOG_UPDATE = "Write and submit an update; keep milestones; ask for a new date"
    PUBLISH_UPDATE = "Publish an update or return it with a reason"
    READ_VERSIONS = "Read how an update was submitted, where its approver mended it"
    REPLACE_EVIDENCE = "Replace a file or link on the record, and open those replaced"
    # councillors, and whoever confirms what they propose
    DASHBOARD = "Read the committee's dashboard, its meetings' running lists, and what members propose there"
    PROPOSE_VERDICT = "Propose a verdict for the committee at a meeting"
    ASSESS = "Confirm or record the committee's verdict, on its behalf"
    # clerks
    EDIT_MEETINGS = "Add and edit meetings"
    MAKE_PACKS = "Compose, make and release briefing packs"
    # administrators
    ADMINISTER = "Look after people, roles and the audit trail"
    GOVERN_BODIES = "Move a body; decide its kind and response term, whether its updates need an approver, and who agrees its dates"
    ABOLISH_BODY = "Record that a body was abolished and pass on its open work"
    ERASE = "Erase for ever what was taken off the record and confirmed"
    REVOKE_LINKS = "End a personal link before its time, and read what was done with it"


@dataclass(frozen=True)
class Grant:
    """The roles that hold a right, each with the relation of the body in which it must be held."""

    roles: dict[Role, Where]


RIGHTS: dict[Right, Grant] = {
    Right.EDIT_INQUIRY: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE}),
    Right.IMPORT: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE, Role.CLERK: Where.COMMITTEE}),
    Right.RUN_REVIEWS: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE}),
    Right.DECIDE_DATES: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE}),
    Right.RECORD_RESPONSE: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE, Role.APPROVER: Where.OWNER}),
    Right.CORRECT: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE, Role.CLERK: Where.MEETING}),
    Right.OPEN_EXEMPT: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE}),
    Right.EDIT_BODIES: Grant({Role.SCRUTINY_OFFICER: Where.ADDRESSED, Role.ADMINISTRATOR: Where.ANYWHERE}),
    # Urgent, so whoever learns of it acts at once, whichever committee's record it is on.
    Right.WITHHOLD: Grant(
        {
            Role.SCRUTINY_OFFICER: Where.ANYWHERE,
            Role.CLERK: Where.ANYWHERE,
            Role.ADMINISTRATOR: Where.ANYWHERE,
        }
    ),
    Right.DECIDE_WITHHELD: Grant(
        {Role.SCRUTINY_OFFICER: Where.RECORD, Role.CLERK: Where.RECORD, Role.ADMINISTRATOR: Where.ANYWHERE}
    ),
    Right.ISSUE_LINKS: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE}),
    Right.PUBLISH_RECEIVED_UPDATE: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE}),
    Right.MY_WORK: Grant({Role.RESPONSIBLE_OFFICER: Where.OWNER, Role.APPROVER: Where.OWNER}),
    Right.LOG_UPDATE: Grant({Role.RESPONSIBLE_OFFICER: Where.OWNER, Role.APPROVER: Where.OWNER}),
    Right.PUBLISH_UPDATE: Grant({Role.APPROVER: Where.OWNER}),
    Right.READ_VERSIONS: Grant(
        {
            Role.RESPONSIBLE_OFFICER: Where.OWNER,
            Role.APPROVER: Where.OWNER,
            Role.SCRUTINY_OFFICER: Where.COMMITTEE,
        }
    ),
    Right.REPLACE_EVIDENCE: Grant({Role.APPROVER: Where.OWNER, Role.SCRUTINY_OFFICER: Where.COMMITTEE}),
    Right.DASHBOARD: Grant(
        {
            Role.COUNCILLOR: Where.COMMITTEE,
            Role.CHAIR: Where.COMMITTEE,
            Role.SCRUTINY_OFFICER: Where.COMMITTEE,
            Role.CLERK: Where.COMMITTEE,
        }
    ),
    Right.PROPOSE_VERDICT: Grant({Role.COUNCILLOR: Where.COMMITTEE, Role.CHAIR: Where.COMMITTEE}),
    Right.ASSESS: Grant(
        {
            Role.CHAIR: Where.COMMITTEE,
            Role.CLERK: Where.COMMITTEE,
            Role.SCRUTINY_OFFICER: Where.COMMITTEE,
        }
    ),
    Right.EDIT_MEETINGS: Grant({Role.CLERK: Where.MEETING, Role.SCRUTINY_OFFICER: Where.MEETING}),
    Right.MAKE_PACKS: Grant({Role.CLERK: Where.MEETING}),
    Right.ADMINISTER: Grant({Role.ADMINISTRATOR: Where.ANYWHERE}),
    Right.GOVERN_BODIES: Grant({Role.ADMINISTRATOR: Where.ANYWHERE}),
    Right.ABOLISH_BODY: Grant({Role.ADMINISTRATOR: Where.ANYWHERE}),
    Right.ERASE: Grant({Role.ADMINISTRATOR: Where.ANYWHERE}),
    Right.REVOKE_LINKS: Grant({Role.SCRUTINY_OFFICER: Where.COMMITTEE, Role.ADMINISTRATOR: Where.ANYWHERE}),
}

GROUPS: dict[str, tuple[Right, ...]] = {
    "Inquiries and recommendations": (
        Right.EDIT_INQUIRY,
        Right.RUN_REVIEWS,
        Right.DECIDE_DATES,
        Right.RECORD_RESPONSE,
        Right.CORRECT,
        Right.OPEN_EXEMPT,
        Right.IMPORT,
    ),
    "Progress": (
        Right.MY_WORK,
        Right.LOG_UPDATE,
        Right.PUBLISH_UPDATE,
        Right.READ_VERSIONS,
        Right.REPLACE_EVIDENCE,
    ),
    "Personal links": (Right.ISSUE_LINKS, Right.PUBLISH_RECEIVED_UPDATE, Right.REVOKE_LINKS),
    "The committee": (Right.DASHBOARD, Right.PROPOSE_VERDICT, Right.ASSESS),
    "Taking off the record": (Right.WITHHOLD, Right.DECIDE_WITHHELD, Right.ERASE),
    "Meetings and packs": (Right.EDIT_MEETINGS, Right.MAKE_PACKS),
    "Bodies and people": (Right.EDIT_BODIES, Right.GOVERN_BODIES, Right.ADMINISTER, Right.ABOLISH_BODY),
}
"""Every right once, in the order of the page "Who may do what"."""

BY_LINK = frozenset({Right.LOG_UPDATE, Right.RECORD_RESPONSE, Right.READ_VERSIONS})
"""All that an external respondent may do: through a valid personal link, for what the link's committee asked of its
body in published reports.
"""


def may(user: User | AnonymousUser, right: Right, thing: Any = None) -> bool:
    """Return whether `user` holds `right` over `thing`; without a thing, whether they hold it over anything.

    The bodies of a thing are found by `_lineage`.
    """
    if not user.is_authenticated:
        return False
    if user.is_respondent:
        return right in BY_LINK and _reached_by_link(user, thing)
    for role, where in RIGHTS[right].roles.items():
        if thing is None or where == Where.ANYWHERE:
            if user.has_role(role):
                return True
        elif user.bodies_as(role) & _lineage(thing, where):
            return True
    return False


def require(user: User | AnonymousUser, right: Right, thing: Any = None) -> None:
    """Raise PermissionDenied, with a sentence that says what is missing, unless the person holds the right.

    Raise SecondStepNeeded where an administrator would hold it with the second factor that they have not set up.
    """
    if not may(user, right, thing):
        if user.is_authenticated and user.is_respondent:
            raise PermissionDenied("Your personal link does not open this.")
        if user.is_authenticated and user.needs_second_step and Role.ADMINISTRATOR in RIGHTS[right].roles:
            raise SecondStepNeeded(f"Set up a second step at sign-in to use this right: {right.value}.")
        raise PermissionDenied(f"Your account does not have this right: {right.value}.")


def sees_exempt(user: User | AnonymousUser, thing: Any) -> bool:
    """Return whether `user` may see exempt text of `thing`.

    That takes a membership with this right in its committee or owning body (or the body of its meeting). Until an
    update is submitted, the author of its exempt text or exempt evidence sees what they wrote or added themselves, and
    only that.
    """
    if not user.is_authenticated:
        return False
    if user.is_respondent:
        return _is_own_writing(user, thing) and _reached_by_link(user, thing)
    if _is_own_writing(user, thing):
        return True
    lineage = _lineage(thing, Where.COMMITTEE) | _lineage(thing, Where.OWNER) | _lineage(thing, Where.MEETING)
    return any(m.sees_exempt and m.body_id in lineage for m in user.usable_memberships)


def reads_withheld(user: User, thing: Any) -> bool:
    """Return whether `user` may read what was taken from `thing`, None for what belongs to no body.

    Whoever may withhold acts on any committee's record; what was taken is for the staff of the committee whose record it is, for
    those who may see its exempt text, and for administrators.
    """
    if user.has_role(Role.ADMINISTRATOR):
        return True
    return thing is not None and (may(user, Right.DECIDE_WITHHELD, thing) or sees_exempt(user, thing))


def record_bodies(thing: Any) -> set[int]:
    """Return the ids of the bodies whose record a thing is, and of all above them: see `Where.RECORD`."""
    return _lineage(thing, Where.RECORD)


def may_replace(user: User | AnonymousUser, evidence: Evidence) -> bool:
    """Return whether `user` may replace the evidence, and open it once it is replaced."""
    return may(user, Right.REPLACE_EVIDENCE, evidence) and (
        not evidence.is_exempt or sees_exempt(user, evidence)
    )


def _reached_by_link(user: User, thing: Any) -> bool:
    """Return whether the link that this respondent acts by is valid and reaches `thing`; without a thing, anything."""
    link = acting_link(user)
    if link is None or not link.is_valid:
        return False
    if thing is None:
        return True
    assignment = _assignment_of(thing)
    if assignment is None or assignment.notified_on is None or assignment.body_id != link.body_id:
        return False
    inquiry = assignment.recommendation.inquiry
    return inquiry.committee_id == link.committee_id and assignment.recommendation.is_public


def _assignment_of(thing: Any) -> Any:
    """Return the assignment that a thing is or belongs to; None if it belongs to none."""
    from recommendations import models as m

    match thing:
        case m.Assignment():
            return thing
        case m.Update() | m.Response() | m.TargetChange() | m.Milestone() | m.UpdateRequest():
            return thing.assignment
        case m.Evidence():
            return _assignment_of(thing.update or thing.response)
    return None


def _is_own_writing(user: User | AnonymousUser, thing: Any) -> bool:
    from recommendations import models as m

    match thing:
        case m.Update():
            return thing.is_editable and thing.exempt_by_id == user.pk
        case m.Evidence(update=m.Update(is_editable=True)):
            return thing.added_by_id == user.pk
    return False


def _lineage(thing: Any, where: Where) -> set[int]:
    """Return the ids of the bodies, and of all above them, that have this relation to `thing`.

    It follows the thing to what it belongs to: an update to its assignment, an assignment to its recommendation and
    inquiry, a pack to its meeting.
    """
    from recommendations import models as m

    if where == Where.RECORD:
        return set().union(
            *(_lineage(thing, each) for each in (Where.COMMITTEE, Where.MEETING, Where.ADDRESSED))
        )
    match thing:
        case m.Body():
            return set(thing.lineage) | (_asked_by(thing) if where == Where.ADDRESSED else set())
        case m.Post():
            return _lineage(thing.body, where)
        case m.Inquiry():
            return set(thing.committee.lineage) if where == Where.COMMITTEE else set()
        case m.Finding() | m.Source():
            return _lineage(thing.inquiry, where)
        case m.Citation():
            return _lineage(thing.source, where)
        case m.Recommendation():
            if where == Where.OWNER:
                standing = (part for part in thing.assignments.all() if part.withdrawn_at is None)
                return set().union(*(part.body.lineage for part in standing))
            return _lineage(thing.inquiry, where)
        case m.Assignment():
            if where == Where.OWNER:
                return set(thing.body.lineage)
            return _lineage(thing.recommendation.inquiry, where)
        case m.Update() | m.Response() | m.TargetChange() | m.Milestone() | m.UpdateRequest():
            return _lineage(thing.assignment, where)
        case m.Assessment() | m.ProposedVerdict():
            return _lineage(thing.recommendation, where)
        case m.Relation():
            return _lineage(thing.later, where)
        case m.RespondentLink():
            return set((thing.committee if where == Where.COMMITTEE else thing.body).lineage)
        case m.ImportBatch():
            return set(thing.committee.lineage) if where == Where.COMMITTEE else set()
        case m.ImportRow():
            return _lineage(thing.batch, where)
        case m.Review():
            return set(thing.committee.lineage) if where == Where.COMMITTEE else set()
        case m.Meeting():
            return set(thing.body.lineage) if where in (Where.MEETING, Where.COMMITTEE) else set()
        case m.PackTemplate():
            return set(thing.body.lineage) if where in (Where.MEETING, Where.COMMITTEE) else set()
        case m.Pack():
            return set(thing.meeting.body.lineage) if where in (Where.MEETING, Where.COMMITTEE) else set()
        case m.Evidence():
            parent = thing.update or thing.response or thing.inquiry
            return _lineage(parent, where) if parent is not None else set()
        case m.Withholding():
            return set()  # of what belongs to no body: see `queries.withheld_records`
    raise TypeError(f"No lineage is known for {type(thing).__name__}")


def _asked_by(body: Body) -> set[int]:
    """Return the ids of the committees that sent a body a notice, and of all above them. Before any did, they
    are those whose officer added it.
    """
    lineages = [committee.lineage for committee in body.addressed_by()]
    if lineages or body.added_by is None:
        return set().union(*lineages)
    return body.added_by.bodies_as(Role.SCRUTINY_OFFICER)
