"""A pack's content: plain data (strings, numbers, lists, dictionaries), read from history as at a moment.

This is the only place that reads the domain for a pack, and so the only place where an edition is decided. In a
public edition exempt text never enters the data: its neutral summary and the paragraphs that exempt it stand in
its place. What is not in the data can't reach a file, whatever is made of it later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from committee.branding import is_demonstration
from committee.formatting import long_date, plural
from committee.prose import entries
from recommendations.lifecycle import (
    NOT_KNOWN,
    NOT_STATED,
    BodyKind,
    ChangeKind,
    Claim,
    Decision,
    Edition,
    Grade,
    Implication,
    Outcome,
    PackSection,
    Priority,
    Role,
    Standing,
    TargetState,
    Vocabulary,
)
from recommendations.lifecycle.state import (
    AssignmentState,
    recommendation_state,
    target_change_order,
    verdict_order,
)
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Citation,
    ImportRow,
    Inquiry,
    Meeting,
    Pack,
    Recommendation,
    Response,
    TargetChange,
    Update,
    WordingChange,
)
from recommendations.models import expressions as rules
from recommendations.permissions import sees_exempt
from recommendations.queries.as_at import holders_at, put_back, target_changes_at, text_at
from recommendations.queries.changes import Change, changes
from recommendations.queries.silence import of_inquiries

FORMAT = 3
"""Raised when the shape of the data changes, so that old packs can still be read: `html.sections` knows each."""

ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]'’]")
"""An address of the web in a text, without the stop of its sentence."""

Data = dict[str, Any]

NAMED_AS_TOLD = (ChangeKind.UPDATES, ChangeKind.DELIVERED, ChangeKind.RESPONSES, ChangeKind.NEW)
"""Changes that already name the body as it was: whoever published or answered, or all bodies of a recommendation."""

STATUS_NAMES: dict[type[Vocabulary], str] = {
    Claim: "claim",
    Decision: "decision",
    Grade: "grade",
    Outcome: "outcome",
    TargetState: "state",
}
"""Under which name a change keeps the word of each vocabulary."""

Step = Callable[[int, int, str], None]


NOTHING_TO_SHOW = (
    "None of the recommendations chosen can be shown in this edition. Edit the pack and choose again"
)


class NothingToShow(Exception):
    """The pack has no recommendation that its edition may show. The message says what to do."""


def _no_step(done: int, total: int, words: str) -> None:
    return None


def build_content(pack: Pack, *, by: User, moment: dt.datetime, step: Step = _no_step) -> Data:
    """Return the pack as data, as at the moment, in its edition.

    `by` is the person it is made for: exempt text beyond their right stays out of the exempt edition too. Raise
    NothingToShow if the edition may show none of the chosen recommendations.
    """
    reader = _Reader(pack, by=by, moment=moment)
    chosen = reader.recommendations()
    if not chosen:
        raise NothingToShow(NOTHING_TO_SHOW)
    shown: list[Data] = []
    for done, recommendation in enumerate(chosen):
        if done % 10 == 0:
            step(done, len(chosen), f"Reading recommendation {done + 1} of {len(chosen)}")
        shown.append(reader.recommendation(recommendation))
    step(len(chosen), len(chosen), f"Read {len(chosen)} recommendations")
    inquiries = _by_inquiry(chosen, shown, moment)
    content = {
        "format": FORMAT,
        "language": "en-GB",
        **_council(pack.meeting.body),
        "demonstration": is_demonstration(),
        "title": pack.title,
        "number": pack.number,
        "issue": pack.issue_words,
        "replaces": _replaced(pack),
        "edition": reader.edition_data(shown),
        "meeting": _meeting(pack.meeting),
        "report_of": pack.report_of or author_words(by, pack.meeting),
        "author": author_words(by, pack.meeting),
        "contact": pack.contact,
        "as_at": moment.isoformat(timespec="seconds"),
        "made_at": timezone.localtime(clock.now()).isoformat(timespec="seconds"),
        "purpose": pack.purpose,
        "decisions": entries(pack.decisions),
        "reasons": pack.reasons,
        "implications": [
            {"label": str(kind.label), "text": pack.implications.get(kind.value, "")} for kind in Implication
        ],
        "appendices": [_appendix(line) for line in entries(pack.appendices)],
        "sections": [section for section in PackSection.values if section in pack.sections],
        "summary": summary(shown),
        "since": reader.since(chosen),
        "inquiries": inquiries,
        "overdue": _overdue(shown),
        "escalated": _escalated(shown),
        "slips": _slips(shown),
    }
    content["key"] = _key(content)
    return content


def repeated_content(pack: Pack, withheld: Pack) -> Data:
    """Return the frozen content of a pack of which words were withheld, without them, as the content of the one that takes
    its place.
    """
    about = {
        "number": pack.number,
        "issue": pack.issue_words,
        "replaces": _replaced(pack),
        "made_at": timezone.localtime(clock.now()).isoformat(timespec="seconds"),
    }
    return {**(withheld.content or {}), **about}


def _council(body: Body) -> Data:
    """Return the council that the body belongs to; else the council whose installation this is."""
    council = Body.objects.filter(pk__in=body.lineage, kind=BodyKind.COUNCIL).order_by("pk").first()
    if council is None:
        return {"council": settings.COUNCIL_NAME, "council_short": settings.COUNCIL_SHORT_NAME}
    return {"council": council.name, "council_short": council.label}


def canonical(content: Data) -> bytes:
    """Return the data as JSON in its one form: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def content_hash(content: Data) -> str:
    """SHA-256 of the canonical data, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def author_words(by: User, meeting: Meeting) -> str:
    """Return who made the pack: their post if they hold one, else their role in the meeting's body.

    Never a name or an address: the paper outlives the person's time in the post.
    """
    post = by.posts.filter(ended_on__isnull=True, body__in=meeting.body.lineage).order_by("pk").first()
    if post is not None:
        return str(post)
    for membership in by.usable_memberships:
        body = membership.body
        if body is not None and body.pk in meeting.body.lineage and membership.role == Role.CLERK:
            return f"{Role.CLERK.label}, {body.name}"
    return f"Democratic services, {settings.COUNCIL_NAME}"


class _Reader:
    """Reads what a pack shows in a fixed number of queries, whatever its length."""

    def __init__(self, pack: Pack, *, by: User, moment: dt.datetime) -> None:
        self.pack, self.by, self.moment = pack, by, moment
        self.day = timezone.localdate(moment)
        self.exempt = pack.edition == Edition.EXEMPT
        self.paragraphs: set[int] = set()
        self.withheld = 0
        self._sees: dict[tuple[str, int], bool] = {}
        self.previous = pack.meeting.previous(timezone.localdate(moment))

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
            first = by_id[pk].formerly
            was = f" (formerly {first.name})" if first and first.pk != body.pk else ""
            self.names[pk] = f"{body.name}{was}"
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
        changes = TargetChange.objects.filter(assignment__in=owner).select_related("meeting__body")
        for change in target_changes_at(self.moment, changes):
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
            "priority": _word(Priority, row.priority),
            "sources_only": whole.sources_only,
            "finding": {"number": row.finding.number, "text": row.finding.text} if row.finding else None,
            "themes": [theme.name for theme in row.themes.all()],
            "success_measure": row.success_measure,
            "made_at": _sitting(row.made_at),
            "made_on": _day(row.made_on),
            "imported": row.import_row.source if row.import_row is not None else "",
            "owner_note": row.owner_note,
            "bodies": [
                self.part(assignment, state) for assignment, state in zip(assignments, states, strict=True)
            ],
            "verdicts": self._latest_verdicts(verdicts),
            "standing": str(whole.standing_on(self.day)),
            "closed": {"as": _word(Outcome, whole.closed_as), "on": _day(whole.closed_on)}
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
            "is_lead": row.is_lead,
            "lead_is_known": row.lead_is_known,
            "sources_only": state.sources_only,
            "post": row.post.title if row.post else "",
            "deliverer": row.deliverer,
            "notified_on": _day(state.notified_on),
            "response_due_on": _day(state.response_due_on),
            "clock": {"state": clock.state.value, "words": clock.words},
            "response": self._response(response) if response else None,
            "earlier_responses": [
                {"decision": _word(Decision, r.decision), "decided_on": _day(r.decided_on)}
                for r in responses[:-1]
            ],
            "awaits_decision": state.awaits_response_on(self.day),
            "update": self._update(update) if update else None,
            "claim": _word(Claim, state.claim) if state.claim else None,
            "dates": self._dates(row, state),
            "closed": state.is_closed,
            "handed_back": state.is_disowned,
            "closed_as": _word(Outcome, state.closed_as) if state.closed_as else None,
            "awaiting_verdict": state.awaiting_verdict,
            "on_track_too_late": state.is_on_track_too_late_on(self.day),
            "overdue": state.is_overdue_on(self.day),
            "escalated_on": _day(state.escalated_on),
            "invited": self._invitation(row),
        }

    def _invitation(self, row: Assignment) -> str:
        """Return where the escalation that stands invites the head of service to, in words; "" if none stands."""
        escalation = row.escalation(self.verdicts[row.recommendation_id])
        return escalation.invitation if escalation is not None else ""

    def _response(self, row: Response) -> Data:
        return {
            "body": row.body_name,
            "decision": _word(Decision, row.decision),
            "decided_on": _day(row.decided_on),
            "meeting": _sitting(row.meeting),
            "text": row.text,
            "reason": row.reason_words,
            "exempt": self._exempt(row),
        }

    def _update(self, row: Update) -> Data:
        return {
            "body": row.body_name,
            "as_at": _day(row.as_at),
            "published_on": _day_of(row.published_at),
            "claim": _word(Claim, row.claim),
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
                "opened_on": _day_of(opening.opened_at),
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
                "from": _day(change.old_date),
                "to": _day(change.new_date),
                "reason": change.reason_words,
                "asked_on": _day_of(change.asked_at),
                "decided_on": _day(change.decided_on) if change.decision_is_stated else None,
                "meeting": _sitting(change.meeting),
                "decided_by": change.decided_by_words,
                "decision": change.decision_words,
                "days": change.slip_days,
                "in_place_of": _day(change.asked_date),
            }
            if change.state == TargetState.REQUESTED:
                asked = entry if state.is_open else None  # what is closed needs no date
            elif change.state == TargetState.AGREED:
                agreed.append(entry)
            else:
                refused.append({**entry, "why": change.decision_note})
        return {
            "first": _day(state.first_target_on),
            "now": _day(state.target_on),
            "changes": agreed,
            "asked": asked,
            "refused": refused,
            "slips": state.slips,
            "days_slipped": state.slip_days,
            "days_late": state.days_late_on(self.day),
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
            "grade": _word(Grade, verdict.grade),
            "outcome": _word(Outcome, verdict.outcome),
            "comment": verdict.comment,
            "meeting": _sitting(verdict.meeting),
        }

    # ------------------------------------------------------------------ since the last meeting

    def since(self, chosen: Sequence[Recommendation]) -> Data | None:
        """What came onto the record of these after the body's last meeting, in the order of the pack; None where there
        was no meeting. The same list as the dashboard's, but that it begins where the papers of that meeting end: what
        came between the papers and the meeting is in neither otherwise."""
        if self.previous is None:
            return None
        start, papers = clock.end_of_day(self.previous.held_on), self._papers(self.previous)
        if papers is not None and papers < start:
            start = papers
        else:
            papers = None
        ids = [row.pk for row in chosen]
        groups = changes(
            (start, self.moment),
            Assignment.objects.existing_at(self.moment).filter(recommendation__in=ids),
            Recommendation.objects.filter(pk__in=ids),
        )
        place = {pk: index for index, pk in enumerate(ids)}
        return {
            "meeting": _sitting(self.previous),
            "papers_of": _day_of(papers),
            "told": [
                {
                    "kind": str(group.kind.value),
                    # A pack may be about recommendations of several committees.
                    "title": group.title.replace("by the committee", "by a committee"),
                    "none": group.none,
                }
                for group in groups
            ],
            "groups": {
                str(group.kind.value): [
                    self._change(group.kind, change)
                    for change in sorted(group.changes, key=lambda change: place[change.recommendation_id])
                ]
                for group in groups
            },
        }

    def _papers(self, meeting: Meeting) -> dt.datetime | None:
        """The moment up to which the last papers of that meeting tell, in this edition; None if there are none."""
        frozen = Pack.objects.at(meeting).frozen_of(self.pack.edition)
        as_at: dt.datetime | None = frozen.values_list("as_at", flat=True).first()
        return as_at

    def _change(self, kind: ChangeKind, change: Change) -> Data:
        """One thing that changed, with the words that tell it behind the recommendation and the body."""
        body = change.body
        if change.assignment_id and kind not in NAMED_AS_TOLD:
            body = self.names.get(change.assignment_id, body)
        item: Data = {
            "id": change.recommendation_id,
            "reference": change.reference,
            "heading": change.heading,
            "body": body,
            "on": _day(change.on),
            "words": change_words(kind, change),
        }
        if change.status is not None:
            vocabulary = type(change.status)
            item[STATUS_NAMES[vocabulary]] = _word(vocabulary, change.status)
        if kind in (ChangeKind.UPDATES, ChangeKind.DELIVERED):
            item["before"] = _word(Claim, change.before) if change.before else None
        return item

    # ------------------------------------------------------------------ the edition

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


# ---------------------------------------------------------------------- parts without the database


def _before(change: Change) -> str:
    """Return what the body claimed before, if that was something else."""
    if change.before is None:
        return ", its first update"
    return f", before that {str(change.before.label).lower()}" if change.before != change.status else ""


def change_words(kind: ChangeKind, change: Change) -> str:
    """Return what a pack tells of a change, after the recommendation and the body."""
    label = str(change.status.label) if change.status is not None else NOT_STATED
    on = long_date(change.on)
    match kind:
        case ChangeKind.OVERDUE:
            return f"{plural(change.days, 'day')} past the first date, {long_date(change.due)}"
        case ChangeKind.RESPONSE_LATE:
            return f"due {long_date(change.due)}, {plural(change.days, 'day')} late"
        case ChangeKind.DATES:
            return f"from {long_date(change.old)} to {long_date(change.new)}"
        case ChangeKind.ASKED:
            since = "" if change.status == TargetState.REQUESTED else f", {label.lower()} since"
            return f"from {long_date(change.old)} to {long_date(change.new)}{since}"
        case ChangeKind.ASSESSED:
            return f"{label}; {str(Outcome.KEEP.label).lower()}, {on}"
        case ChangeKind.RESPONSES:
            return f"{label.lower()} on {on}"
        case ChangeKind.UPDATES:
            return label.lower() + _before(change)
        case ChangeKind.NEW | ChangeKind.DELIVERED:
            return on
        case ChangeKind.CORRECTED:
            return f"{change.words}, corrected on {on}"
        case _:
            return f"{label}, {on}"


def summary(shown: Sequence[Data]) -> Data:
    """Return the figures as "n of N", each recommendation counted once."""
    total = len(shown)
    standing = Counter(row["standing"] for row in shown)
    parts = [part for row in shown for part in row["bodies"]]
    claims = Counter(_claim_value(part) for part in parts if not part["closed"] and not part["handed_back"])

    known = total - standing[Standing.NOT_KNOWN]
    return {
        "total": total,
        "known": known,
        "sources_only": known == 0,
        "parts": len(parts),
        "standing": [
            {"value": s.value, "label": str(s.label), "meaning": s.meaning, "count": standing[s.value]}
            for s in Standing
            if (standing[s.value] if s == Standing.NOT_KNOWN else known)
        ],
        "figures": [
            *(_figures_of_known(shown, standing) if known else ()),
            *_not_known_figure(standing[Standing.NOT_KNOWN]),
        ],
        "claims": [
            {"value": c.value, "label": str(c.label), "colour": c.colour, "count": claims[c.value]}
            for c in Claim
        ]
        + [
            {"value": "", "label": "No update yet", "colour": "grey", "count": claims[""]},
            {"value": "not_known", "label": NOT_KNOWN, "colour": "grey", "count": claims["not_known"]},
        ]
        + ([{**_word(Claim, ""), "count": claims["not_stated"]}] if claims["not_stated"] else []),
        "open_parts": sum(claims.values()),
    }


def _figures_of_known(shown: Sequence[Data], standing: Counter[str]) -> list[Data]:
    """Return the figures of what the committees follow up or closed."""

    def having(test: Callable[[Data], Any]) -> int:
        return sum(1 for row in shown if any(test(part) for part in row["bodies"]))

    return [
        {
            "label": "Closed by the committee",
            "count": standing[Standing.IMPLEMENTED] + standing[Standing.CLOSED_OTHERWISE],
        },
        {"label": "of these, closed as implemented", "count": standing[Standing.IMPLEMENTED]},
        {"label": "Past the first date in at least one body", "count": having(lambda part: part["overdue"])},
        {
            "label": "With a part that is said to be delivered and not yet judged",
            "count": having(lambda part: part["awaiting_verdict"]),
        },
        {
            "label": "Waiting for a decision of at least one body",
            "count": having(lambda part: part["awaits_decision"]),
        },
        {"label": "Given a later date at least once", "count": having(lambda part: part["dates"]["slips"])},
        {"label": "Escalated", "count": having(_is_escalated)},
    ]


def _claim_value(part: Data) -> str:
    """Return the value under which a part's claim is counted: without one, whether there is none, or none is known or stated."""
    if part["claim"]:
        return str(part["claim"]["value"])
    if part["sources_only"]:
        return "not_known"
    return "not_stated" if part["update"] else ""


def _told(inquiries: Iterable[Inquiry], moment: dt.datetime) -> dict[int, Data]:
    """Return what sources tell of each inquiry, and how long nothing was heard of it, as at the moment, by its id."""
    rows = {inquiry.pk: inquiry for inquiry in inquiries}
    silences = of_inquiries(rows.values(), moment)
    told: dict[int, dict[str, list[str]]] = {pk: {} for pk in rows}
    citations = Citation.objects.as_at(moment).of_inquiries(set(rows)).with_sources()
    for citation in citations.order_by("source_id", "recorded_at", "pk"):
        of_it = told[citation.source.inquiry_id]
        of_it.setdefault(citation.source.standing.words, []).append(citation.words)
    return {
        pk: {
            "silence": silences[pk].words if pk in silences and silences[pk].is_worth_saying else "",
            "sources": [{"source": source, "facts": facts} for source, facts in told[pk].items()],
        }
        for pk in rows
    }


def _by_inquiry(chosen: Sequence[Recommendation], shown: Iterable[Data], moment: dt.datetime) -> list[Data]:
    """Return recommendations under their inquiries, both in the order chosen."""
    told = _told((row.inquiry for row in chosen), moment)
    inquiries: dict[int, Data] = {}
    for row, data in zip(chosen, shown, strict=True):
        inquiry = row.inquiry
        inquiries.setdefault(
            inquiry.pk,
            {
                "id": inquiry.pk,
                "reference": inquiry.reference,
                "title": inquiry.title,
                "committee": inquiry.committee.name,
                "published_on": _day(inquiry.published_on),
                "source_note": inquiry.source_note,
                "sources_only": inquiry.is_from_public_sources,
                **told[inquiry.pk],
                "recommendations": [],
            },
        )["recommendations"].append(data)
    return list(inquiries.values())


def _overdue(shown: Sequence[Data]) -> list[Data]:
    """Return assignments past their first date, the latest first."""
    late = [
        {
            "id": row["id"],
            "reference": row["reference"],
            "heading": row["heading"],
            "body": part["body"],
            "first": part["dates"]["first"],
            "now": part["dates"]["now"],
            "days_late": part["dates"]["days_late"],
            "slips": part["dates"]["slips"],
            "claim": part["claim"] or (part["update"] or {}).get("claim"),
        }
        for row in shown
        for part in row["bodies"]
        if part["overdue"]
    ]
    return sorted(late, key=lambda item: -item["days_late"])


def _escalated(shown: Sequence[Data]) -> list[Data]:
    return [
        {
            "id": row["id"],
            "reference": row["reference"],
            "heading": row["heading"],
            "body": part["body"],
            "on": part["escalated_on"],
            "invited": part["invited"],
        }
        for row in shown
        for part in row["bodies"]
        if _is_escalated(part)
    ]


def _is_escalated(part: Data) -> bool:
    """Return whether the head of service is invited over this part, and it is followed up."""
    return bool(part["escalated_on"]) and not part["closed"] and not part["sources_only"]


def _not_known_figure(count: int) -> list[Data]:
    """Return the line of figures for what is not known; none where all is."""
    return (
        [{"label": "Not known from public sources whether done or closed", "count": count}] if count else []
    )


def _slips(shown: Sequence[Data]) -> list[Data]:
    """Return the slippage ledger, those moved furthest first.

    It lists assignments with another date, or for which one is requested or was refused.
    """
    moved = [
        {
            "id": row["id"],
            "reference": row["reference"],
            "heading": row["heading"],
            "body": part["body"],
            **{
                name: part["dates"][name]
                for name in ("first", "now", "changes", "asked", "refused", "slips", "days_slipped")
            },
        }
        for row in shown
        for part in row["bodies"]
        if part["dates"]["changes"] or part["dates"]["asked"] or part["dates"]["refused"]
    ]
    return sorted(moved, key=lambda item: -item["days_slipped"])


def _key(content: Data) -> list[Data]:
    """Return the words that the pack uses, each with its meaning."""
    rows = [row for inquiry in content["inquiries"] for row in inquiry["recommendations"]]
    parts = [part for row in rows for part in row["bodies"]]
    verdicts = [verdict for row in rows for verdict in row["verdicts"]]
    used: list[tuple[str, type[Vocabulary], set[str]]] = [
        ("Priority", Priority, {row["priority"]["value"] for row in rows}),
        (
            "A body’s response",
            Decision,
            {p["response"]["decision"]["value"] for p in parts if p["response"]}
            | {r["decision"]["value"] for p in parts for r in p["earlier_responses"]}
            | _told_of(content, "decision"),
        ),
        (
            "A body’s claim of progress",
            Claim,
            {p["claim"]["value"] for p in parts if p["claim"]}
            | _told_of(content, "claim")
            | _told_of(content, "before"),
        ),
        (
            "The committee’s grade",
            Grade,
            {v["grade"]["value"] for v in verdicts} | _told_of(content, "grade"),
        ),
        (
            "The committee’s decision",
            Outcome,
            {v["outcome"]["value"] for v in verdicts} | _told_of(content, "outcome"),
        ),
        ("Where a recommendation stands", Standing, {row["standing"] for row in rows}),
    ]
    return [
        {
            "title": title,
            "words": [
                {"label": str(word.label), "colour": word.colour, "meaning": word.meaning}
                for word in vocabulary
                if word.value in values
            ],
        }
        for title, vocabulary, values in used
        if values
    ]


def _told_of(content: Data, name: str) -> set[str]:
    """Return the values of a status that the changes since the last meeting use."""
    groups = content["since"]["groups"].values() if content["since"] else ()
    return {item[name]["value"] for items in groups for item in items if item.get(name)}


def _replaced(pack: Pack) -> Data | None:
    if pack.replaces is None:
        return None
    earlier = pack.replaces
    return {
        "number": earlier.number,
        "issue": earlier.issue_words or "version 1",
        "supplement": pack.supplement,
        "finished_on": _day_of(earlier.finished_at),
        "content_hash": earlier.content_hash,
        "changes": pack.changes,
    }


def _meeting(meeting: Meeting) -> Data:
    return {
        "id": meeting.pk,
        "name": meeting.name,
        "body": meeting.body.name,
        "held_on": _day(meeting.held_on),
        "place": meeting.place,
        "agenda_url": meeting.agenda_url,
    }


def _sitting(meeting: Meeting | None) -> Data | None:
    return {"name": meeting.name, "held_on": _day(meeting.held_on)} if meeting else None


def _word(vocabulary: type[Vocabulary], value: str) -> Data:
    """Return a status as data; of what a tracker does not state, that it does not."""
    if not value:
        return {"value": "", "label": NOT_STATED, "colour": "grey"}
    word = vocabulary(value)
    return {"value": str(word.value), "label": str(word.label), "colour": word.colour}


def _appendix(line: str) -> Data:
    """The title of an appendix and its address, where one ends the line."""
    title, address = line, ""
    found = list(ADDRESS.finditer(line))
    if found and found[-1].end() == len(line):
        address = found[-1][0]
        title = line[: found[-1].start()].strip().rstrip(":,(–-").strip() or address
    return {"title": title, "address": address}


def _citation(paragraphs: Sequence[int]) -> str:
    return Update(exempt_paragraphs=list(paragraphs)).exempt_citation


def _day(day: dt.date | None) -> str | None:
    """Return a day as ISO 8601 writes it; one that stands for a longer time, such as a month, in words."""
    if day is None:
        return None
    return getattr(day, "in_words", "") or day.isoformat()


def _day_of(moment: dt.datetime | None) -> str | None:
    return timezone.localdate(moment).isoformat() if moment else None
