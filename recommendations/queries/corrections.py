"""What was corrected, in words: the same on the page of a recommendation, in the changes, the pack, the feed and on the
forms.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from committee.formatting import long_date, possessive
from recommendations.lifecycle import (
    CLOSING,
    DatesAgreedBy,
    DayPrecision,
    Decision,
    Grade,
    MeetingState,
    Outcome,
    Priority,
    RelationKind,
    TargetState,
    Vocabulary,
)
from recommendations.lifecycle.events import stands
from recommendations.lifecycle.period_ends import as_period_end, day_or_month
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Citation,
    Correction,
    Evidence,
    Finding,
    Meeting,
    Post,
    Recommendation,
    Relation,
    Response,
    TargetChange,
    Theme,
    Update,
)
from recommendations.models.corrections import CorrectionQuerySet
from recommendations.queries.anchors import fragment

CHOICES = {
    "decision": Decision,
    "grade": Grade,
    "outcome": Outcome,
    "state": TargetState,
    "decided_as": DatesAgreedBy,
}
WHOLE = {
    "assignment": "whom it is addressed to",
    "recommendation": "withdrawn",
    "assessment": "the committee’s view",
    "targetchange": "the decision on a new date",
}
"""What a correction is of that says that all of a row was recorded in error."""

CORRECTED = "Corrected"
"""The word of the mark beside what is right now."""

RECORDED_IN_ERROR, ADDRESSED_IN_ERROR, WITHDRAWN = "Recorded in error", "Addressed in error", "Withdrawn"
"""The words of the marks on a response or verdict, on a body's part, and on a recommendation that do not count."""

LABELS = {
    "notified_on": "Date of the notice",
    "response_due_on": "Response due",
    "first_target_on": "First date",
    "body_id": "Addressed to",
    "number": "Number",
    "reference": "Reference",
    "heading": "Heading",
    "priority": "Priority",
    "success_measure": "How success will show",
    "owner_note": "Note on whom it is for",
    "finding_id": "Finding",
    "made_at_id": "Agreed at",
    "relation": "Relation",
    "text": "Text",
    "held_on": "Date of the meeting",
    "state": "State of the meeting",
    "day_precision": "What is known of the date",
    "published_on": "Date of publication",
    "title": "Title",
    "scope": "What the committee looked into",
    "summary": "Summary",
    "chair": "Chairman or chairwoman",
}
"""What the columns are called that can be corrected."""

NAMED: dict[str, Callable[[], QuerySet[Any]]] = {
    "body_id": Body.objects.all,
    "finding_id": Finding.objects.all,
    "made_at_id": Meeting.objects.for_list,
    "post_id": lambda: Post.objects.select_related("body"),
    "themes": Theme.objects.all,
}
"""Columns that hold the ids of rows, and these rows."""

VOCABULARIES: tuple[tuple[type[Vocabulary], str], ...] = (
    (Priority, "priority"),
    (DayPrecision, "day_precision"),
    (MeetingState, "state"),
)
"""The vocabularies of columns that hold a word of one."""

Names = Mapping[tuple[str, int], str]
"""The names of rows, by the column that holds their id, and the id."""


@dataclass(frozen=True)
class CorrectedFact:
    """One fact that was corrected: what was recorded, and what is right."""

    label: str
    before: str
    after: str


def facts(correction: Correction) -> list[CorrectedFact]:
    """Return what was recorded and what is right, in words; nothing where a row as a whole was recorded in error."""
    if correction.voids and correction.assignment_id is None:
        return []
    names = (
        correction.names if correction.names is not None else names_in([correction.before, correction.after])
    )
    return [
        CorrectedFact(
            label_of(correction, name),
            value_in_words(name, correction.before, names),
            value_in_words(name, correction.after, names),
        )
        for name in _corrected_columns(correction)
    ]


def _corrected_columns(correction: Correction) -> list[str]:
    """Return the columns that were corrected; the period that stands beside a day is corrected with it."""
    differing = [
        name
        for name, before in correction.before.items()
        if before != correction.after.get(name) and name != "heading_is_ours"
    ]
    days = [name.replace("_period", "_on") for name in differing]
    return list(dict.fromkeys(days))


def value_in_words(column: str, values: Mapping[str, Any], names: Names) -> str:
    """Return one of the values that a row showed, or shows, as a person reads it: a day with what the others say of it."""
    period = values.get(column.replace("_on", "_period"))
    precision = values.get("day_precision") if column == "held_on" else None
    if (period or precision) and (day := parse_date(str(values.get(column)))):
        return long_date(as_period_end(day, period) if period else day_or_month(day, str(precision)))
    return in_words(column, values.get(column), names)


def for_reading(rows: CorrectionQuerySet) -> list[Correction]:
    """Return the corrections with all that is read of them, in a fixed number of queries."""
    return with_names(list(rows.for_reading()))


def with_names(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections with the names of the rows that they name, in a query for each kind of row."""
    found = list(corrections)
    names = names_in(values for one in found for values in (one.before, one.after))
    for one in found:
        one.names = names
    return found


def names_in(kept: Iterable[Mapping[str, Any]]) -> Names:
    """Return the names of the rows that kept values name by their ids, in a query for each kind of row."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for values in kept:
        for column in values.keys() & NAMED.keys():
            value = values[column]
            wanted[column].update(value if isinstance(value, list) else [] if value is None else [value])
    return {
        (column, row.pk): row.name if isinstance(row, Body) else str(row)
        for column, ids in wanted.items()
        for row in NAMED[column]().filter(pk__in=ids)
    }


RIGHT_INSTEAD = {
    "response": {
        "decision": "Decision",
        "text": "Text",
        "reason": "Reason given",
        "decided_on": "Decided on",
        "meeting_id": "At the meeting",
    },
    "assessment": {
        "recommendation_id": "Recommendation",
        "assignment_id": "About the work of",
        "meeting_id": "At the meeting",
        "grade": "Grade",
        "outcome": "Decision",
        "invited_to_id": "The head of service is invited to",
        "comment": "Reason or comment",
    },
    "targetchange": {
        "state": "Decision",
        "agreed_date": "Date agreed",
        "decided_on": "Decided on",
        "decided_as": "Decided by",
        "meeting_id": "At the meeting",
        "decision_note": "Note",
    },
}
"""What a response, a verdict and a decision on a new date say, with labels: by these one recorded in error is held against the one in its place."""


def facts_of_replaced(correction: Correction) -> list[CorrectedFact]:
    """Return what a response, a verdict or a decision on a date recorded in error says, and what the one in its place says, where they differ."""
    for name, labels in RIGHT_INSTEAD.items():
        wrong, right = getattr(correction, name), getattr(correction, f"replacing_{name}")
        if wrong is not None:
            return [
                CorrectedFact(
                    label,
                    _said(wrong, column),
                    _said(right, column) if right is not None else "There was none",
                )
                for column, label in labels.items()
                if getattr(wrong, column) != (getattr(right, column) if right is not None else None)
                and (
                    _said(wrong, column) != _said(right, column)
                    if right is not None
                    else getattr(wrong, column)
                )
            ]
    return []


def _said(row: Any, column: str) -> str:
    """Return what a response or a verdict says in a column, as a person reads it."""
    value = getattr(row, column)
    if column in CHOICES and value:
        return str(CHOICES[column](value).label)
    if isinstance(value, dt.date):
        return long_date(value)
    if column == "recommendation_id":
        return str(row.recommendation.reference)
    if column == "assignment_id":
        return row.assignment.body.name if row.assignment is not None else "Everybody it is addressed to"
    if column in ("meeting_id", "invited_to_id") and value is not None:
        return str(row.meeting if column == "meeting_id" else row.invited_to)
    return in_words(column, value, {})


def label_of(correction: Correction, column: str) -> str:
    """Return what a column is called, with whose it is where that is not the recommendation's."""
    label = LABELS.get(column, column)
    if correction.finding_id is not None:
        return "Number of the finding" if column == "number" else "The finding"
    if correction.inquiry_id is not None and column in ("reference", "title"):
        return f"{label} of the inquiry"
    return label


def in_words(column: str, value: Any, names: Names) -> str:
    """Return a value that a row showed, or shows, as a person reads it."""
    if value is None or value == "":
        return "None"
    if column in NAMED:
        ids = value if isinstance(value, list) else [value]
        found = (name for (of, pk), name in names.items() if of == column and pk in ids)
        return ", ".join(found) or "None"
    if column == "is_lead":
        return "Leads" if value else "Contributes"
    for vocabulary, of in VOCABULARIES:
        if column == of and value in vocabulary.values:
            return str(vocabulary(value).label)
    if column == "relation":
        return f"{RelationKind(value['kind']).label} {value['reference']}"
    if column.endswith("_on") and (day := parse_date(value)):  # not where it was withheld
        return long_date(day)
    return str(value)


def title_of(correction: Correction) -> str:
    """Return what was corrected in a few words, such as "date of the notice"."""
    if correction.voids and correction.response is not None:
        return f"the {possessive(correction.response.body_name)} response"
    if correction.voids:
        subject = next(name for name in WHOLE if getattr(correction, f"{name}_id") is not None)
        return WHOLE[subject]
    names = [label_of(correction, name) for name, before in correction.before.items()]
    names = [
        label_of(correction, name) for name in _corrected_columns(correction) if name != "response_due_on"
    ] or names
    return ", ".join(f"{name[:1].lower()}{name[1:]}" for name in dict.fromkeys(names))


def corrected_words(correction: Correction) -> str:
    """Return what stands beside what is right now: what was recorded, the day, and the reason. The texts of a response and of a
    view are left to the entry of the correction.
    """
    on = long_date(timezone.localdate(correction.corrected_at))
    in_full = {RIGHT_INSTEAD["response"]["text"], RIGHT_INSTEAD["response"]["reason"]}
    in_full |= {RIGHT_INSTEAD["assessment"]["comment"], RIGHT_INSTEAD["targetchange"]["decision_note"]}
    told = facts(correction) or [fact for fact in facts_of_replaced(correction) if fact.label not in in_full]
    was = "; ".join(f"{fact.label}: {fact.before}" for fact in told)
    before = f"Recorded before ({was}), corrected" if was else CORRECTED
    return f"{before} on {on} because: {correction.reason}"


def mark(correction: Correction) -> str:
    """Return the mark that stands beside what was recorded in error, or beside what is right now."""
    on = long_date(timezone.localdate(correction.corrected_at))
    if correction.recommendation_id is not None and correction.voids:
        return f"{WITHDRAWN} on {on} because: {correction.reason}"
    if correction.voids and correction.assignment is not None:
        body = correction.assignment.owner_name
        return f"{ADDRESSED_IN_ERROR} to {body}, corrected on {on} because: {correction.reason}"
    if correction.voids:
        return f"{RECORDED_IN_ERROR}, corrected on {on} because: {correction.reason}"
    was = "; ".join(f"{fact.label}: {fact.before}" for fact in facts(correction))
    return f"Recorded in error before ({was}), corrected on {on} because: {correction.reason}"


def author_of(committee: Body) -> str:
    """Return who corrects the record of what this committee follows up: those who keep it, and no person by name."""
    return f"Committee support, {committee.name}"


def right_response(correction: Correction, moment: dt.datetime | None = None) -> Response | None:
    """Return the response in the place of one recorded in error, unless that was known to be in error too at the moment."""
    right = correction.replacing_response
    return right if right is not None and stands(right, moment) else None


def right_view(correction: Correction, moment: dt.datetime | None = None) -> Assessment | None:
    """Return the verdict in the place of one recorded in error, unless that was known to be in error too at the moment."""
    right = correction.replacing_assessment
    return right if right is not None and stands(right, moment) else None


def right_date(correction: Correction, moment: dt.datetime | None = None) -> TargetChange | None:
    """Return the decision on a new date in the place of one recorded in error, unless that was known to be in error too at the
    moment.
    """
    right = correction.replacing_targetchange
    return right if right is not None and stands(right, moment) else None


def status_in_place(
    correction: Correction, of: int | None, moment: dt.datetime | None = None
) -> Vocabulary | None:
    """Return the decision of the response or on a date, or what the committee found, that is in the place of what was recorded in error on
    the recommendation of the id `of`: nothing where the view went to another.
    """
    response, view = right_response(correction, moment), right_view(correction, moment)
    if response is not None:
        return Decision(response.decision)
    change = right_date(correction, moment)
    if change is not None:
        return TargetState(change.state)
    return status_of_view(view) if view is not None and view.recommendation_id == of else None


def now_in_place(correction: Correction, of: int | None, moment: dt.datetime | None = None) -> str:
    """Return the words now in place of what was recorded in error on the recommendation of the id `of`, and where it went or
    came from, to follow its title; "" where nothing is.
    """
    status = status_in_place(correction, of, moment)
    return moved_in_words(correction, of) + (f", now {status.label}" if status is not None else "")


def moved_to(correction: Correction) -> Recommendation | None:
    """Return the recommendation to which a view went that was recorded on another; None for one that did not."""
    wrong, right = correction.assessment, correction.replacing_assessment
    if wrong is None or right is None or wrong.recommendation_id == right.recommendation_id:
        return None
    return right.recommendation


def moved_in_words(correction: Correction, of: int | None) -> str:
    """Return where a view went that was recorded on the wrong recommendation or of the wrong body's work, or where it came from,
    as read on the recommendation of the id `of`; "" for one that stayed where it was.
    """
    wrong, right = correction.assessment, correction.replacing_assessment
    if wrong is None or right is None:
        return ""
    there = moved_to(correction)
    if there is not None:
        here = there.pk == of
        return (
            f", moved here from {wrong.recommendation.reference}" if here else f", moved to {there.reference}"
        )
    whose = [_said(row, "assignment_id") for row in (wrong, right)]
    return f", moved from {whose[0]} to {whose[1]}" if whose[0] != whose[1] else ""


def status_of_view(view: Assessment) -> Outcome | Grade | None:
    """Return the outcome of a verdict that closes, else its grade; None where a tracker does not state it."""
    if view.outcome in CLOSING:
        return Outcome(view.outcome)
    return Grade(view.grade) if view.grade else None


def tag_of(correction: Correction) -> str:
    """Return the word of the mark."""
    if not correction.voids:
        return CORRECTED
    if correction.recommendation_id is not None:
        return WITHDRAWN
    return ADDRESSED_IN_ERROR if correction.assignment_id is not None else RECORDED_IN_ERROR


def error_word(row: Any) -> str:
    """Return the word of the mark of a row that was recorded in error, or that belongs to one that was; "" for all that
    stands.
    """
    match row:
        case Recommendation():
            return WITHDRAWN if row.withdrawn_at is not None else ""
        case Assignment():
            return error_word(row.recommendation) or (
                ADDRESSED_IN_ERROR if row.withdrawn_at is not None else ""
            )
        case Response():
            return error_word(row.assignment) or (RECORDED_IN_ERROR if row.voided_at is not None else "")
        case TargetChange():
            return RECORDED_IN_ERROR if row.voided_at is not None else ""
        case Assessment():
            return error_word(row.recommendation) or (RECORDED_IN_ERROR if row.voided_at is not None else "")
        case Update():
            return error_word(row.assignment)
        case Evidence():
            return error_word(row.update or row.response)
        case Citation():
            return error_word(row.response or row.update or row.assignment or row.recommendation)
    return ""


def voided_by(row: Any) -> Correction | None:
    """Return the correction that says that a row was recorded in error; None if it stands. A body's part falls with its
    recommendation.
    """
    if isinstance(row, Relation):
        taken_back = for_reading(Correction.objects.about(row))
        return taken_back[-1] if taken_back else None
    about = {str(row._meta.model_name): [row.pk]}
    if isinstance(row, Assignment):
        about["recommendation"] = [row.recommendation_id]
    found = for_reading(Correction.objects.among(**about).filter(voids=True))
    return found[-1] if found else None


def relation_taken_back(pk: int, among: QuerySet[Recommendation]) -> Relation | None:
    """Return a relation of one of these recommendations as it was before its correction took it back; None where none did."""
    found = for_reading(Correction.objects.of_relation(pk).filter(recommendation__in=among))
    if not found:
        return None
    was = found[-1].before["relation"]
    earlier = Recommendation.objects.get(pk=was["earlier_id"])
    return Relation(pk=pk, later=found[-1].recommendation, earlier=earlier, kind=was["kind"])


def anchor_of(correction: Correction) -> str:
    """Return the place on the recommendation's page of what was recorded in error; "" where no row is."""
    row = correction.response or correction.assessment or correction.targetchange
    return fragment(row) if row is not None else ""


def anchor_of_replacement(correction: Correction) -> str:
    """Return the place of the right row, which may be on the page of another recommendation; "" if there is none."""
    if correction.replacing_response is not None:
        return fragment(correction.replacing_response)
    if correction.replacing_targetchange is not None:
        return fragment(correction.replacing_targetchange)
    right = correction.replacing_assessment
    if right is None:
        return ""
    page = reverse("recommendation", args=[right.recommendation_id])
    return f"{page}{fragment(right)}"


def part_of(correction: Correction, recommendation_id: int | None = None) -> Assignment | None:
    """Return the body's part that a correction is about; None if it is about more than one.

    A verdict recorded on the wrong recommendation is about a part of each of two: `recommendation_id` says of which.
    """
    if correction.assignment is not None:
        return correction.assignment
    row = correction.response or correction.assessment or correction.targetchange
    right = correction.replacing_assessment
    if right is not None and right.recommendation_id == recommendation_id:
        row = right
    return row.assignment if row is not None else None


OF_RECOMMENDATION = (
    "recommendation",
    "assignment__recommendation",
    "response__assignment__recommendation",
    "assessment__recommendation",
    "replacing_assessment__recommendation",
    "targetchange__assignment__recommendation",
)
"""The ways from a correction to the recommendation that it is of."""


def of_its_day(correction: Correction | None, row: Response | Assessment | TargetChange) -> Correction | None:
    """Return the correction of the day of a row's meeting, if the row was on the record with the wrong day; else None."""
    at = row.decided_at if isinstance(row, TargetChange) else row.recorded_at
    return correction if correction is not None and at is not None and at <= correction.corrected_at else None


ON_WHICH_IT_STANDS = {
    "finding": "finding",
    "inquiry": "inquiry",
    "made_at": "meeting",
    "assessments__meeting": "meeting",
    "assignments__responses__meeting": "meeting",
    "assignments__target_changes__meeting": "meeting",
    "wordings__meeting": "meeting",
}
"""The ways from a recommendation to what it shows and what is corrected by itself, with its name."""


def recommendations_of(corrections: Collection[Correction]) -> dict[int, set[int]]:
    """Return the ids of the recommendations that each correction is of, by its own id: for a finding, an inquiry or a meeting
    those that it says something of. In a fixed number of queries.
    """
    of: dict[int, set[int]] = {}
    about: dict[str, dict[int, list[int]]] = {
        name: defaultdict(list) for name in ("finding", "inquiry", "meeting")
    }
    for one in corrections:
        part, whole = part_of(one), one.assessment or one
        own = part.recommendation_id if part is not None else whole.recommendation_id
        right = one.replacing_assessment
        of[one.pk] = {pk for pk in (own, right.recommendation_id if right else None) if pk is not None}
        for name, found in about.items():
            subject = getattr(one, f"{name}_id")
            if subject is not None and one.is_of_a_decision:
                found[subject].append(one.pk)
    for path, name in ON_WHICH_IT_STANDS.items():
        rows = Recommendation.objects.order_by().filter(**{f"{path}__in": list(about[name])})
        for subject, pk in rows.values_list(path, "pk") if about[name] else ():
            for one_pk in about[name][subject]:
                of[one_pk].add(pk)
    return of


def of_recommendations(ids: Collection[int]) -> dict[int, list[Correction]]:
    """Return all corrections of each of these recommendations, by its id, in their order: of itself and its parts, of responses,
    views and dates, and of the finding, the inquiry and the meetings that it stands on. In a fixed number of queries.
    """
    mine = Recommendation.objects.order_by().of_ids(set(ids))
    wanted = Q()
    for path in OF_RECOMMENDATION:
        wanted |= Q(**{f"{path}__in": mine.values("pk")})
    for path, name in ON_WHICH_IT_STANDS.items():
        wanted |= Q(**{f"{name}__in": mine.filter(**{f"{path}__isnull": False}).values(path)})
    found = for_reading(Correction.objects.filter(wanted))
    of = recommendations_of(found)
    return {pk: [one for one in found if pk in of[one.pk]] for pk in ids}


def told_in_a_line(correction: Correction, of: int) -> str:
    """Return all that a download says of a correction in a row of the recommendation of the id `of`: of a response, a view or a date also
    whose it was, and what is in its place.
    """
    if correction.response_id is correction.assessment_id is correction.targetchange_id is None:
        return mark(correction)
    title = f"{title_of(correction)}{now_in_place(correction, of)}"
    return f"{title[:1].upper()}{title[1:]}: {mark(correction)}"


def about_whole(correction: Correction) -> bool:
    """Return whether it is about the recommendation itself, or what it stands on: finding, inquiry, meeting."""
    own = (correction.recommendation_id, correction.finding_id, correction.inquiry_id, correction.meeting_id)
    return any(pk is not None for pk in own)
