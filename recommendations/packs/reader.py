"""Reads the recommendations of a pack as at a moment, in its edition.

Only here is an edition decided: in a public one exempt text never enters the data. Its neutral summary and the paragraphs
that exempt it stand in its place.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Prefetch
from django.utils import timezone

from committee.accounts.models import User
from recommendations.lifecycle import Claim, Decision, Edition, Grade, Outcome, Priority, TargetState
from recommendations.lifecycle.events import target_change_order, verdict_order
from recommendations.lifecycle.state import AssignmentState, recommendation_state
from recommendations.models import (
    Assessment,
    Assignment,
    ImportRow,
    Pack,
    Recommendation,
    Response,
    TargetChange,
    Update,
    WordingChange,
)
from recommendations.models import expressions as rules
from recommendations.packs.values import Data, day, day_of, sitting, status
from recommendations.permissions import sees_exempt
from recommendations.queries.as_at import holders_at, put_back, target_changes_at, text_at


class PackReader:
    """Reads what a pack shows in a fixed number of queries, whatever its length."""

    def __init__(self, pack: Pack, *, by: User, moment: dt.datetime) -> None:
        self.pack, self.by, self.moment = pack, by, moment
        self.day = timezone.localdate(moment)
        self.exempt = pack.edition == Edition.EXEMPT
        self.paragraphs: set[int] = set()
        self.withheld = 0
        self._sees: dict[tuple[str, int], bool] = {}

    # ------------------------------------------------------------------ reading

    def recommendations(self) -> list[Recommendation]:
        """Return the chosen recommendations that the edition may show, in the chosen order, and read their history."""
        rows = Recommendation.objects.filter(pk__in=self.pack.selection)
        rows = rows.visible_to(self.by) if self.exempt else rows.published()
        rows = rows.existing_at(self.moment)
        rows = rows.select_related("inquiry__committee", "finding", "made_at__body").prefetch_related(
            "themes", Prefetch("import_row", ImportRow.objects.named())
        )
        place = {pk: index for index, pk in enumerate(self.pack.selection)}
        chosen = sorted(rows, key=lambda row: place[row.pk])
        self._read_assignments(chosen)
        self._read_history()
        self._read_verdicts(chosen)
        put_back(
            self.moment,
            chosen,
            self.all_assignments,
            *self.responses.values(),
            *self.changes.values(),
            *self.verdicts.values(),
        )
        # A meeting may have been on another day than was recorded then.
        for verdicts in self.verdicts.values():
            verdicts.sort(key=verdict_order)
        for agreed in self.changes.values():
            agreed.sort(key=target_change_order)
        return chosen

    def _read_assignments(self, chosen: list[Recommendation]) -> None:
        rows = (
            Assignment.objects.existing_at(self.moment)
            .filter(recommendation__in=chosen)
            .select_related("body", "formerly", "post")
            .order_by("recommendation_id", "-is_lead", "body__sort_key", "pk")
        )
        recommendations = {row.pk: row for row in chosen}
        self.assignments: dict[int, list[Assignment]] = defaultdict(list)
        self.all_assignments = list(rows)
        for row in self.all_assignments:
            row.recommendation = recommendations[row.recommendation_id]
            self.assignments[row.recommendation_id].append(row)
        self.names: dict[int, str] = {}
        by_id = {row.pk: row for row in self.all_assignments}
        for pk, body in holders_at(self.moment, by_id).items():
            self.names[pk] = by_id[pk].name_under(body)
        self.wordings: dict[int, list[WordingChange]] = defaultdict(list)
        for wording in WordingChange.objects.filter(recommendation__in=chosen).select_related("meeting"):
            self.wordings[wording.recommendation_id].append(wording)

    def _read_history(self) -> None:
        owner: dict[int, Assignment] = {row.pk: row for row in self.all_assignments}
        self.responses: dict[int, list[Response]] = defaultdict(list)
        responses = Response.objects.as_at(self.moment).filter(assignment__in=owner)
        for response in responses.select_related("meeting__body", "exempt_opening").order_by(
            *rules.FIRST_RESPONSE
        ):
            response.assignment = owner[response.assignment_id]
            self.responses[response.assignment_id].append(response)
        self.updates: dict[int, Update] = {}
        updates = Update.objects.as_at(self.moment).filter(assignment__in=owner).latest_of_each()
        for update in updates.select_related("exempt_opening"):
            update.assignment = owner[update.assignment_id]
            self.updates[update.assignment_id] = update
        self.claims = self._read_claims()
        self.changes: dict[int, list[TargetChange]] = defaultdict(list)
        changes = TargetChange.objects.as_at(self.moment).filter(assignment__in=owner)
        for change in target_changes_at(self.moment, changes.select_related("meeting__body")):
            self.changes[change.assignment_id].append(change)

    def _read_claims(self) -> dict[int, Update]:
        """Return the last update that claims something, of each part whose latest one, from a tracker, claims nothing."""
        without = [pk for pk, update in self.updates.items() if not update.claim]
        if not without:
            return {}
        claiming = Update.objects.as_at(self.moment).filter(assignment__in=without).exclude(claim="")
        return {update.assignment_id: update for update in claiming.defer("exempt_text").latest_of_each()}

    def _read_verdicts(self, chosen: list[Recommendation]) -> None:
        self.verdicts: dict[int, list[Assessment]] = defaultdict(list)
        verdicts = Assessment.objects.as_at(self.moment).filter(recommendation__in=chosen)
        for verdict in verdicts.select_related(
            "meeting__body", "invited_to", "assignment__body", "assignment__formerly"
        ).order_by(*rules.FIRST_VERDICT):
            self.verdicts[verdict.recommendation_id].append(verdict)

    # ------------------------------------------------------------------ one recommendation

    def recommendation(self, row: Recommendation) -> Data:
        assignments, verdicts = self.assignments[row.pk], self.verdicts[row.pk]
        states = [self._state(assignment) for assignment in assignments]
        whole = recommendation_state(
            states,
            [v for v in verdicts if v.assignment_id is None],
            from_public_sources=row.inquiry.is_from_public_sources,
        )
        return {
            "id": row.pk,
            "number": row.number,
            "reference": row.reference,
            "heading": row.heading,
            "text": text_at(row, self.wordings[row.pk], self.moment),
            "priority": status(Priority, row.priority),
            "sources_only": whole.sources_only,
            "tracker_only": row.tracker_only and all(state.tracker_only for state in states),
            "finding": {"number": row.finding.number, "text": row.finding.text} if row.finding else None,
            "themes": [theme.name for theme in row.themes.all()],
            "success_measure": row.success_measure,
            "made_at": sitting(row.made_at),
            "made_on": day(row.made_on),
            **({"added_on": day(row.published_on)} if row.published_on else {}),
            "imported": row.imported_from,
            "owner_note": row.owner_note,
            "bodies": [
                self.part(assignment, state) for assignment, state in zip(assignments, states, strict=True)
            ],
            "verdicts": self._latest_verdicts(verdicts),
            "standing": str(whole.standing_on(self.day)),
            "closed": {"as": status(Outcome, whole.closed_as), "on": day(whole.closed_on)}
            if whole.closed_by
            else None,
        }

    def _state(self, row: Assignment) -> AssignmentState:
        """Return where an assignment stands, as at the moment."""
        return row.derive_state(
            updates=[known[row.pk] for known in (self.claims, self.updates) if row.pk in known],
            responses=self.responses[row.pk],
            target_changes=self.changes[row.pk],
            verdicts=self.verdicts[row.recommendation_id],
            until=self.moment,
        )

    def part(self, row: Assignment, state: AssignmentState) -> Data:
        """Return an assignment as data, as at the moment, with where it stood then."""
        responses = self.responses[row.pk]
        response = responses[-1] if responses else None
        update, clock = state.last_update, state.clock_on(self.day)
        return {
            "body": self.names.get(row.pk, row.owner_name),
            "is_lead": row.is_lead if row.lead_is_known else None,
            "lead_is_known": row.lead_is_known,
            "lead_words": row.lead_words,
            "sources_only": state.sources_only,
            "tracker_only": state.tracker_only,
            "post": row.post.title if row.post else "",
            "deliverer": row.deliverer,
            "notified_on": day(state.notified_on),
            "response_due_on": day(state.response_due_on),
            "clock": {"state": clock.state.value, "words": clock.words},
            "response": self._response(response) if response else None,
            "earlier_responses": [
                {"decision": status(Decision, r.decision), "decided_on": day(r.decided_on)}
                for r in responses[:-1]
            ],
            "awaits_decision": state.awaits_response_on(self.day),
            "update": self._update(update) if update else None,
            "claim": status(Claim, state.claim) if state.claim else None,
            "dates": self._dates(row, state),
            "closed": state.is_closed,
            "handed_back": state.is_disowned,
            "closed_as": status(Outcome, state.closed_as) if state.closed_as else None,
            "awaiting_verdict": state.awaiting_verdict,
            "on_track_too_late": state.is_on_track_too_late_on(self.day),
            "overdue": _if_known(state, state.is_overdue_on(self.day)),
            "escalated_on": day(state.escalated_on),
            "invited": self._invitation(row),
        }

    def _invitation(self, row: Assignment) -> str:
        """Return where the escalation that stands invites the head of service to, in words; "" if none stands."""
        escalation = row.escalation(self.verdicts[row.recommendation_id])
        return escalation.invitation if escalation is not None else ""

    def _response(self, row: Response) -> Data:
        return {
            "body": row.body_name,
            "decision": status(Decision, row.decision),
            "decided_on": day(row.decided_on),
            "meeting": sitting(row.meeting),
            "text": row.text,
            "reason": row.reason_words,
            "exempt": self._exempt(row),
        }

    def _update(self, row: Update) -> Data:
        return {
            "body": row.body_name,
            "as_at": day(row.as_at),
            "published_on": day_of(row.published_at),
            "claim": status(Claim, row.claim),
            "progress": row.progress,
            "barriers": row.barriers,
            "next_steps": row.next_steps,
            "delivered": row.delivered_what,
            "as_last_time": row.as_last_time,
            "times_running": row.times_running,
            "exempt": self._exempt(row),
        }

    def _exempt(self, row: Update | Response) -> Data | None:
        """What the edition may say of the exempt part: all of it once opened; in the exempt edition to those with
        the right; else the neutral summary and the citation alone."""
        if not row.has_exempt:
            return None
        opening = getattr(row, "exempt_opening", None)
        if opening is not None and opening.opened_at <= self.moment:
            return {
                "state": "opened",
                "text": row.exempt_text,
                "opened_on": day_of(opening.opened_at),
                "reason": opening.reason,
                "citation": row.exempt_citation,
            }
        common = {
            "summary": row.public_summary,
            "citation": row.exempt_citation,
            "paragraphs": sorted(row.exempt_paragraphs),
        }
        if self.exempt and self._may_see(row):
            self.paragraphs.update(row.exempt_paragraphs)
            return {"state": "exempt", "text": row.exempt_text, **common}
        self.withheld += 1
        return {"state": "withheld", **common}

    def _may_see(self, row: Update | Response) -> bool:
        """``sees_exempt``, asked once for each pair of committee and owning body."""
        where = (str(row.assignment.recommendation.inquiry.committee_id), row.assignment.body_id)
        if where not in self._sees:
            self._sees[where] = sees_exempt(self.by, row)
        return self._sees[where]

    def _dates(self, row: Assignment, state: AssignmentState) -> Data:
        agreed: list[Data] = []
        refused: list[Data] = []
        asked: Data | None = None
        for change in self.changes[row.pk]:
            entry = {
                "from": day(change.old_date),
                "to": day(change.new_date),
                "reason": change.reason_words,
                "asked_on": day_of(change.asked_at),
                "decided_on": day(change.decided_on) if change.decision_is_stated else None,
                "meeting": sitting(change.meeting),
                "decided_by": change.decided_by_words,
                "decision": "" if change.decision_is_stated else change.decision_words,
                "days": change.slip_days,
                "in_place_of": day(change.asked_date),
            }
            if change.state == TargetState.REQUESTED:
                asked = entry if state.is_open else None  # what is closed needs no date
            elif change.state == TargetState.AGREED:
                agreed.append(entry)
            else:
                refused.append({**entry, "why": change.decision_note})
        return {
            "first": day(state.first_target_on),
            **({"passed_before_sent": True} if state.was_sent_too_late else {}),
            "now": day(state.target_on),
            "changes": agreed,
            "asked": asked,
            "refused": refused,
            "slips": _if_known(state, state.slips),
            "days_slipped": _if_known(state, state.slip_days),
            "days_late": _if_known(state, state.days_late_on(self.day)),
        }

    def _latest_verdicts(self, verdicts: list[Assessment]) -> list[Data]:
        """The last verdict on the whole and on each body's part, oldest first; for parts only those that a verdict
        on the whole has not overtaken."""
        latest: dict[int | None, Assessment] = {}
        for verdict in verdicts:
            if verdict.assignment_id is None:
                latest.clear()
            latest[verdict.assignment_id] = verdict
        return [self._verdict(verdict) for verdict in latest.values()]

    def _verdict(self, verdict: Assessment) -> Data:
        part = verdict.assignment
        return {
            "body": self.names.get(part.pk, part.owner_name) if part else "",
            "grade": status(Grade, verdict.grade),
            "outcome": status(Outcome, verdict.outcome),
            "comment": verdict.comment,
            "meeting": sitting(verdict.meeting),
        }

    def edition_data(self, shown: Sequence[Data]) -> Data:
        """Return what the edition says of itself on every page: its word, and for the exempt one its paragraphs."""
        paragraphs = sorted(self.paragraphs)
        return {
            "value": str(self.pack.edition),
            "label": str(Edition(self.pack.edition).label),
            "paragraphs": paragraphs if self.exempt else [],
            "citation": _citation(paragraphs) if self.exempt else "",
            "withheld": self.withheld,
        }


def _if_known(state: AssignmentState, value: int) -> int | None:
    """Return the value; None in the place of "no" or nought where only public sources tell of the part."""
    return value or (None if state.sources_only else value)


def _citation(paragraphs: Sequence[int]) -> str:
    return Update(exempt_paragraphs=list(paragraphs)).exempt_citation
