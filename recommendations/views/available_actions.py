"""The links of a page to what a person has the right to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from recommendations.models import Assignment, Inquiry
from recommendations.permissions import Right, may, may_replace
from recommendations.queries.records import RecommendationRecord
from recommendations.queries.respondent_links import place
from recommendations.queries.timeline import TimelineEntry


@dataclass(frozen=True)
class AvailableAction:
    """A link that looks like a button. The first of a page is its primary one."""

    text: str
    address: str


def _available(text: str, route: str, *args: Any, **query: Any) -> AvailableAction:
    return AvailableAction(text, reverse(route, args=args, query=query or None))


def actions_on_inquiry(user: Any, inquiry: Inquiry) -> list[AvailableAction]:
    """Return what the person can do with the inquiry."""
    if not may(user, Right.EDIT_INQUIRY, inquiry):
        return []
    return [_available("Open the workspace", "inquiry_workspace", inquiry.pk)]


def actions_on_record(user: Any, record: RecommendationRecord) -> list[AvailableAction]:
    """Return what can be done with the recommendation as a whole, and note on its parts what can be done with each.

    Empty on a page that shows the past.
    """
    if record.moment is not None or not user.is_authenticated:
        return []
    recommendation = record.recommendation
    available: list[AvailableAction] = []
    for part in record.parts:
        part.available_actions = _actions_on_assignment(user, part.assignment)
        part.may_correct = recommendation.is_public and may(user, Right.CORRECT, part.assignment)
    add_actions_on_entries(user, record.entries)
    if (
        recommendation.is_public
        and not recommendation.withdrawn_at
        and may(user, Right.ASSESS, recommendation)
    ):
        available.append(_available("Record the committee’s view", "assess", recommendation.pk))
    elif may(user, Right.PROPOSE_VERDICT, recommendation):
        available.append(_available("Propose the committee’s view", "assess", recommendation.pk))
    if may(user, Right.EDIT_INQUIRY, recommendation):
        if not recommendation.is_public and recommendation.inquiry.is_public:
            available.append(
                _available("Publish the recommendation", "publish_recommendation", recommendation.pk)
            )
        if recommendation.withdrawn_at is None:
            available.append(_available("Edit the recommendation", "edit_recommendation", recommendation.pk))
        available.append(_available("Open the workspace", "inquiry_workspace", recommendation.inquiry_id))
    return available


def _actions_on_assignment(user: Any, assignment: Assignment) -> list[AvailableAction]:
    if assignment.is_closed or assignment.withdrawn_at is not None:
        return []
    available: list[AvailableAction] = []
    if assignment.is_open and may(user, Right.LOG_UPDATE, assignment):
        available.append(_available("Log an update", "log_update", assignment.pk))
        if assignment.target_on is not None:
            available.append(_available("Ask for a new date", "request_new_date", assignment.pk))
    if assignment.may_be_answered and may(user, Right.RECORD_RESPONSE, assignment):
        available.append(_available("Record the response", "record_response", assignment=assignment.pk))
    return available


def add_actions_on_entries(user: Any, entries: Sequence[TimelineEntry]) -> None:
    """Note on each response and update what this person can do with its evidence, and read of its earlier versions."""
    add_versions_on_entries(user, entries)
    for entry in entries:
        if entry.kind in ("response", "update"):
            _add_actions_on_evidence(user, entry)
        what = {"response": "response", "assessment": "view", "date": "date"}.get(entry.kind)
        if entry.kind == "date" and entry.row.decided_at is None:
            what = None
        if what and entry.correction is None and may(user, Right.CORRECT, entry.row):
            entry.available_actions.append(_available("Correct", "correct", what, entry.row.pk))
        if entry.kind == "notice":
            _add_actions_on_notice(user, entry)


def _add_actions_on_notice(user: Any, entry: TimelineEntry) -> None:
    """Note on the notice of each body how its date is corrected."""
    for part in entry.row:
        if part.withdrawn_at is None and part.notified_on is not None and may(user, Right.CORRECT, part):
            text = f"Correct the date for {part.owner_name}" if len(entry.row) > 1 else "Correct the date"
            entry.available_actions.append(_available(text, "correct", "notice", part.pk))


def add_versions_on_entries(user: Any, entries: Iterable[TimelineEntry]) -> None:
    """Note on each update that its approver mended where this person reads how it was submitted."""
    for entry in entries:
        if entry.kind == "update" and entry.row.mended_at and may(user, Right.READ_VERSIONS, entry.row):
            address = place(user, "update_versions", entry.row.pk)
            entry.available_actions.append(
                AvailableAction("See what the approver mended in this update", address)
            )


def _add_actions_on_evidence(user: Any, entry: TimelineEntry) -> None:
    """Note on each file or link how to replace it, and on a response how to add one."""
    rows = {row.pk: row for row in entry.row.evidence.all()}
    for evidence in entry.evidence:
        if may_replace(user, rows[evidence.pk]):
            evidence.available_actions = [_available("Replace", "replace_evidence", evidence.pk)]
        if evidence.withholding is None and may(user, Right.WITHHOLD):
            evidence.available_actions.append(_available("Withhold", "withhold_file", evidence.pk))
    stands = entry.kind == "response" and entry.correction is None
    if stands and may(user, Right.RECORD_RESPONSE, entry.row):
        entry.available_actions.append(
            _available("Add a file or link to this response", "add_response_evidence", entry.row.pk)
        )
