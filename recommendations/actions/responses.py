"""Record the formal responses of owning bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, in_row, lock, save
from recommendations.actions.exempt import check_exempt
from recommendations.actions.meetings import check_sitting
from recommendations.actions.personal_data import check_looked_at
from recommendations.actions.recompute import recompute_assignment
from recommendations.lifecycle import NEEDS_REASON
from recommendations.models import Assignment, Meeting, Response
from recommendations.permissions import Right, require
from recommendations.utils.personal_data import suspicions_by_field


@action
def record_response(
    *,
    by: User,
    assignments: Sequence[Assignment],
    decision: str,
    decided_on: dt.date,
    text: str = "",
    reason: str = "",
    meeting: Meeting | None = None,
    exempt_text: str = "",
    exempt_paragraphs: Sequence[int] = (),
    public_summary: str = "",
    looked_at: bool = False,
    corrects: Response | None = None,
) -> list[Response]:
    """Record a body's response to one recommendation, or the same response to several ("approved as a whole").

    Each gets its own row. A further response follows the earlier one, which stays. Every response but "accepted" needs
    its reason. The date is when the body decided, not before it was notified and not in the future. A response equal to
    the last one on the record is not recorded again: the form was sent twice. `looked_at` says that the person looked at
    what looks like personal data in it. `corrects` is a response in whose place it comes, also where the committee has
    closed it since.
    """
    if not assignments:
        raise ActionDenied("Select at least one recommendation")
    if decision in NEEDS_REASON and not clean_text(reason):
        raise ActionDenied("Enter the reason the body gave", "reason")
    if decided_on > clock.today():
        raise ActionDenied("Enter the day the body decided: today or earlier", "decided_on")
    if meeting is not None:
        meeting = check_sitting(meeting)
    check_exempt(exempt_text, exempt_paragraphs, public_summary)
    check_looked_at(
        suspicions_by_field({"text": text, "reason": reason, "summary": public_summary}), looked_at
    )
    responses = []
    for assignment in assignments:
        require(by, Right.RECORD_RESPONSE, assignment)
        assignment = lock(assignment)
        _check_sent(assignment, decided_on)
        if assignment.withdrawn_at is not None and corrects is None:
            if assignment.recommendation.withdrawn_at is not None:
                raise ActionDenied(
                    "The recommendation was withdrawn, so nothing is asked of this body any more"
                )
            raise ActionDenied("It was sent to this body in error, so nothing is asked of it any more")
        if assignment.is_closed and corrects is None:
            raise ActionDenied(
                "The committee has closed this. It has to reopen it before a new response is recorded"
            )
        said = {
            "decision": decision,
            "text": clean_text(text),
            "reason": clean_text(reason),
            "decided_on": decided_on,
            "meeting": meeting,
            "body_name": corrects.body_name if corrects is not None else assignment.body.name,
            "exempt_text": clean_text(exempt_text),
            "exempt_paragraphs": sorted(exempt_paragraphs),
            "public_summary": clean_text(public_summary),
        }
        last = assignment.responses.standing().last() if corrects is None else None
        if last is not None and all(getattr(last, name) == value for name, value in said.items()):
            raise ActionDenied(f"This answer to {assignment.recommendation.number} is already on the record")
        response = Response(assignment=assignment, recorded_by=by, recorded_at=clock.now())
        save(response, personal_data_looked_at=looked_at, **said)
        recompute_assignment(assignment)
        responses.append(response)
    return responses


def _check_sent(assignment: Assignment, decided_on: dt.date) -> None:
    """Raise ActionDenied if the body had nothing before it on that day. Where only public sources tell of a
    recommendation its notice may not be known: the report was public by then.
    """
    if assignment.notified_on is not None:
        if decided_on < assignment.notified_on:
            raise ActionDenied("The body can't have decided before it was notified", "decided_on")
        return
    published_from = assignment.recommendation.inquiry.published_from
    if not assignment.sources_only or published_from is None:
        raise ActionDenied("Send the notice before you record the response")
    if decided_on < published_from:
        raise ActionDenied("The body can't have decided before the report was published", "decided_on")


@action
def record_answers(
    *,
    by: User,
    answers: Sequence[dict[str, Any]],
    decided_on: dt.date,
    meeting: Meeting | None = None,
) -> list[Response]:
    """Record a body's responses of one day, one for each recommendation, all or none.

    Each item holds an `assignment` and what `record_response` takes; ActionDenied names the one it is about.
    """
    if not answers:
        raise ActionDenied("Select what the body decided on at least one recommendation")
    responses: list[Response] = []
    for number, answer in enumerate(answers):
        details = {name: value for name, value in answer.items() if name != "assignment"}
        with in_row(number):
            responses += record_response(
                by=by,
                assignments=[answer["assignment"]],
                decided_on=decided_on,
                meeting=meeting,
                **details,
            )
    return responses
