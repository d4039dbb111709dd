"""What a pack tells of the time since the last meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from committee import clock
from committee.formatting import long_date, plural
from recommendations.lifecycle import (
    ChangeKind,
    Claim,
    Decision,
    Grade,
    Outcome,
    TargetState,
    Vocabulary,
    absence,
    stated,
)
from recommendations.lifecycle.absence import absent_sentence
from recommendations.models import Assignment, Meeting, Pack, Recommendation
from recommendations.packs.values import Data, day, day_of, sitting, status
from recommendations.queries.changes import Change, changes

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


def since(
    pack: Pack, chosen: Sequence[Recommendation], names: Mapping[int, str], moment: dt.datetime
) -> Data | None:
    """Return what came onto the record of these after the body's last meeting, up to the moment, in the order of the pack;
    None where there was no meeting.

    It is the same list as the dashboard's, but that it begins where the papers of that meeting end: what came between the
    papers and the meeting is in neither otherwise. `names` are those of the bodies, by the ids of their assignments.
    """
    previous = pack.meeting.previous(timezone.localdate(moment))
    if previous is None:
        return None
    start, papers = clock.end_of_day(previous.held_on), _papers(previous, pack.edition)
    if papers is not None and papers < start:
        start = papers
    else:
        papers = None
    ids = [row.pk for row in chosen]
    groups = changes(
        (start, moment),
        Assignment.objects.existing_at(moment).filter(recommendation__in=ids),
        Recommendation.objects.filter(pk__in=ids),
    )
    place = {pk: index for index, pk in enumerate(ids)}
    return {
        "meeting": sitting(previous),
        "papers_of": day_of(papers),
        "told": [
            {
                "kind": str(group.kind.value),
                # A pack may be about recommendations of several committees.
                "title": group.title.replace("by the committee", "by a committee"),
                "none": absence(group.none, sources_only=all(row.sources_only for row in chosen)),
            }
            for group in groups
        ],
        "groups": {
            str(group.kind.value): [
                _change(group.kind, change, names)
                for change in sorted(group.changes, key=lambda change: place[change.recommendation_id])
            ]
            for group in groups
        },
    }


def _papers(meeting: Meeting, edition: str) -> dt.datetime | None:
    """Return the moment up to which the last papers of that meeting tell, in this edition; None if there are none."""
    frozen = Pack.objects.at(meeting).frozen_of(edition)
    as_at: dt.datetime | None = frozen.values_list("as_at", flat=True).first()
    return as_at


def _change(kind: ChangeKind, change: Change, names: Mapping[int, str]) -> Data:
    """Return one thing that changed, with the words that tell it behind the recommendation and the body."""
    body = change.body
    if change.assignment_id and kind not in NAMED_AS_TOLD:
        body = names.get(change.assignment_id, body)
    item: Data = {
        "id": change.recommendation_id,
        "reference": change.reference,
        "heading": change.heading,
        "body": body,
        "on": day(change.on),
        "words": change_words(kind, change),
    }
    if change.status is not None:
        vocabulary = type(change.status)
        item[STATUS_NAMES[vocabulary]] = status(vocabulary, change.status)
    if kind in (ChangeKind.UPDATES, ChangeKind.DELIVERED):
        item["before"] = status(Claim, change.before) if change.before else None
    return item


# ------------------------------------------------------------------ the edition


def _before(change: Change) -> str:
    """Return what the body claimed before, if that was something else; of what only public sources tell of, that is not known."""
    if change.before is None:
        part = change.source.assignment if change.source is not None else None
        sources_only = part is not None and part.sources_only
        return absent_sentence(
            ", its first update",
            ", and what it said before is",
            sources_only=sources_only,
            unstated=part is not None and part.is_imported,
        )
    return f", before that {str(change.before.label).lower()}" if change.before != change.status else ""


def _mark(change: Change) -> str:
    """Return that an update corrects an earlier one, or a later one corrects it, to follow what is told of it."""
    return f"; {change.mark[:1].lower()}{change.mark[1:]}" if change.mark else ""


def change_words(kind: ChangeKind, change: Change) -> str:
    """Return what a pack tells of a change, after the recommendation and the body."""
    label = str(change.status.label) if change.status is not None else stated("")
    on = long_date(change.on)
    match kind:
        case ChangeKind.OVERDUE:
            return f"{plural(change.days, 'day')} past the {change.past}, {long_date(change.due)}"
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
            return label.lower() + _before(change) + _mark(change)
        case ChangeKind.DELIVERED:
            return on + _mark(change)
        case ChangeKind.NEW:
            return on
        case ChangeKind.CORRECTED:
            now = f", now {label.lower()}" if change.status is not None else ""
            return f"{change.words.rstrip('.')}, corrected on {on}{now}"
        case _:
            return f"{label}, {on}"
