"""The audit trail in words: what each entry changed, by whom, before and after.

The trail is written by database triggers with table and column names (`committee.audit.triggers`); here these become
the words of the field. It is for administrators; what users see as history are the domain's own rows.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date, parse_datetime

from committee import clock
from committee.accounts.models import User
from committee.audit.models import AuditEntry
from committee.formatting import date_and_time, long_date
from committee.text import whole_number
from recommendations.models import ExemptAccessLog, Response, Update

PAGE = 50
LONGEST_SHOWN = 4000
ID_SLACK = 10_000
"""Entries are numbered approximately in the order of their times; concurrent ones may be out of order by at most this
many.
"""

OPERATIONS = {"INSERT": "Added", "UPDATE": "Changed", "DELETE": "Removed"}

THINGS: dict[str, str] = {
    "accounts_user": "Person",
    "audit_auditentry": "Entry of the audit trail",
    "committee_email": "Mail",
    "recommendations_membership": "Role of a person",
    "mfa_authenticator": "Second step at sign-in",
    "recommendations_assignment": "Recommendation addressed to a body",
    "recommendations_assessment": "Committee’s assessment",
    "recommendations_body": "Body",
    "recommendations_citation": "Fact that a source tells",
    "recommendations_correction": "Correction",
    "recommendations_duedatechange": "Change of a review’s due date",
    "recommendations_earliervalue": "Earlier value",
    "recommendations_evidence": "Evidence",
    "recommendations_exemptopening": "Opening of exempt text",
    "recommendations_finding": "Finding",
    "recommendations_governancechange": "Change of what governs a body",
    "recommendations_importanswer": "Answer about a tracker",
    "recommendations_importbatch": "Import of a tracker",
    "recommendations_importchange": "Change by an import",
    "recommendations_importrow": "Line of a tracker",
    "recommendations_inquiry": "Inquiry",
    "recommendations_linkuse": "Use of a personal link",
    "recommendations_meeting": "Meeting",
    "recommendations_milestone": "Milestone",
    "recommendations_inquirytransfer": "Passing on of an inquiry",
    "recommendations_notice": "Notice to a person",
    "recommendations_noticewithdrawal": "Notice to a body that was taken back",
    "recommendations_noticesettings": "What a person is told by mail",
    "recommendations_pack": "Briefing pack",
    "recommendations_packtemplate": "Template of briefing packs",
    "recommendations_post": "Post",
    "recommendations_proposedverdict": "Verdict that a member proposes",
    "recommendations_putbackproposal": "Proposal to put back what was withheld",
    "recommendations_recommendation": "Recommendation",
    "recommendations_recommendation_themes": "Theme of a recommendation",
    "recommendations_relation": "Relation of two recommendations",
    "recommendations_respondentlink": "Personal link",
    "recommendations_response": "Response",
    "recommendations_review": "Review",
    "recommendations_review_inquiries": "Inquiry of a review",
    "recommendations_source": "Source",
    "recommendations_submittedversion": "Update before it was mended",
    "recommendations_succession": "End of a body",
    "recommendations_targetchange": "Change of date",
    "recommendations_theme": "Theme",
    "recommendations_transfer": "Passing on of a recommendation",
    "recommendations_update": "Update",
    "recommendations_updaterequest": "Request for an update",
    "recommendations_sealedfile": "File taken off the record",
    "recommendations_sealedtext": "Words taken off the record",
    "recommendations_withholding": "Withholding",
    "recommendations_wordingchange": "Earlier wording",
}

FIELDS: dict[str, str] = {
    "id": "Number",
    "user_id": "Person",
    "email": "E-mail address",
    "is_active": "Switched on",
    "session_version": "Times all sign-ins were ended",
    "generation": "Times issued",
    "sees_exempt": "May see exempt text",
    "began_on": "Began",
    "ended_on": "Ended",
    "on": "Day",
    "pk": "Number",
    "import_batch_id": "Import of a tracker",
    "import_row_id": "Line of a tracker",
    "first_target_period": "First date, as a period",
    "target_period": "Present date, as a period",
    "decided_period": "Day of the decision, as a period",
    "published_period": "Date of publication, as a period",
    "due_period": "Day it is due, as a period",
    "made_period": "Day it was made, as a period",
    "assessed_period": "Day of the committee's view, as a period",
    "escalated_period": "Day of the invitation, as a period",
    "closed_period": "Day it was closed, as a period",
    "lineage": "Bodies above it",
    "version": "Times saved",
    "first_target_on": "First date",
    "target_on": "Present date",
    "notified_on": "Notice sent",
    "response_due_on": "Response due",
    "closed_on": "Closed",
    "closed_by_id": "Assessment that closed it",
    "closed_as": "Closed as",
    "claim": "What the body says",
    "grade": "What the committee found",
    "is_lead": "Leads",
    "slips": "Times the date slipped",
    "slip_days": "Days slipped",
    "sort_key": "Place in the order",
    "reference_key": "Place in the order of references",
    "title_key": "Place in the order of titles",
    "to_id": "To",
    "targetchange_id": "Change of a date",
    "replacing_targetchange_id": "Change of a date in its place",
    "decided_day": "Day of the decision",
}

FOLLOWING = {"version", "sort_key", "reference_key", "title_key"}
"""Columns that change with others, and tell a reader nothing beside them."""

UNREMARKABLE = {
    "builder",
    "decided_in",
    "id",
    "lineage",
    "message_id",
    "once",
    "sealed_in",
    "search",
    *FOLLOWING - {"version"},
}
"""Columns that tell a reader nothing when a row is added; their change is still shown."""

NAMED: dict[str, str] = {
    "User": "name",
    "Body": "name",
    "Recommendation": "reference",
    "Inquiry": "title",
    "Post": "title",
    "Theme": "name",
    "Review": "title",
    "Assignment": "recommendation__reference",
    "Update": "assignment__recommendation__reference",
    "Response": "assignment__recommendation__reference",
    "TargetChange": "assignment__recommendation__reference",
    "Milestone": "assignment__recommendation__reference",
    "UpdateRequest": "assignment__recommendation__reference",
    "Assessment": "recommendation__reference",
    "ProposedVerdict": "recommendation__reference",
    "WordingChange": "recommendation__reference",
}
"""Nouns whose ids can be shown as names, and the field with the name; rows of a recommendation go by its reference."""

PAGES: dict[str, str] = {
    "accounts_user": "person",
    "recommendations_body": "body",
    "recommendations_inquiry": "inquiry",
    "recommendations_recommendation": "recommendation",
    "recommendations_assignment": "assignment",
    "recommendations_meeting": "meeting",
    "recommendations_pack": "pack",
    "recommendations_withholding": "withholding",
}


@dataclass(frozen=True)
class FieldChange:
    """One column: its label, its old and its new value, in words."""

    label: str
    before: str
    after: str


@dataclass
class AuditRow:
    """One entry as the page shows it."""

    entry: AuditEntry
    operation: str
    thing: str
    name: str = ""
    address: str = ""
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def after_heading(self) -> str:
        """Return the heading of what the row holds since."""
        return "Recorded" if self.entry.operation == "INSERT" else "After"


@lru_cache(maxsize=1)
def _models() -> dict[str, type[models.Model]]:
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }


@lru_cache(maxsize=1)
def things() -> list[tuple[str, str]]:
    """Return every kind of row that the trail holds, as (table, words), in the order of the words."""
    audited = [
        model._meta.db_table
        for model in apps.get_models()
        if any(trigger.name == "audit" for trigger in getattr(model._meta, "triggers", []))
    ]
    return sorted(((table, thing_words(table)) for table in audited), key=lambda pair: pair[1])


def thing_words(table: str) -> str:
    if table in THINGS:
        return THINGS[table]
    model = _models().get(table)
    words = str(model._meta.verbose_name) if model else table.replace("_", " ")
    return words[:1].upper() + words[1:]


def _column(table: str, column: str) -> models.Field[Any, Any] | None:
    model = _models().get(table)
    if model is None:
        return None
    return next((f for f in model._meta.concrete_fields if f.column == column), None)


def column_words(table: str, column: str) -> str:
    """Return the label of a column: our own, or the field's name as words."""
    if column in FIELDS:
        return FIELDS[column]
    known = _column(table, column)
    words = str(known.verbose_name) if known is not None else column.removesuffix("_id").replace("_", " ")
    return words[:1].upper() + words[1:]


# ------------------------------------------------------------------ finding


def find(
    *,
    person: str = "",
    thing: str = "",
    row: int | None = None,
    operation: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    before: int | None = None,
) -> QuerySet[AuditEntry]:
    """Return entries that meet all of these, the latest first, below the entry numbered `before`.

    Each combination reads an index from its end, so that a page is as quick in a trail of millions; nothing is counted.
    Days are in London; `until` is inclusive.
    """
    entries = AuditEntry.objects.select_related("actor").order_by("-id")
    if person:
        entries = entries.filter(actor__in=list(User.objects.named_like(person).values_list("pk", flat=True)))
    if thing:
        entries = entries.filter(table_name=thing)
    if row is not None:
        entries = entries.filter(row_key=str(row))
    if operation:
        entries = entries.filter(operation=operation)
    if since or until:
        entries = _between(entries, since, until)
    if before:
        entries = entries.filter(id__lt=before)
    return entries


def find_exempt_access(
    *, person: str = "", since: dt.date | None = None, until: dt.date | None = None, before: int | None = None
) -> QuerySet[ExemptAccessLog]:
    """Return accesses to exempt text, the latest first."""
    logs = ExemptAccessLog.objects.select_related("user").order_by("-id")
    if person:
        logs = logs.filter(user__in=User.objects.named_like(person))
    if since:
        logs = logs.filter(seen_at__gte=clock.start_of_day(since))
    if until:
        logs = logs.filter(seen_at__lt=clock.start_of_day(until + dt.timedelta(days=1)))
    if before:
        logs = logs.filter(id__lt=before)
    return logs


def _between(
    entries: QuerySet[AuditEntry], since: dt.date | None, until: dt.date | None
) -> QuerySet[AuditEntry]:
    """Return entries of those days.

    The ids at the ends of the period bound the search as well, so that the index by id is not read through all later
    years.
    """
    span = AuditEntry.objects.all()
    if since:
        entries = entries.filter(at__gte=clock.start_of_day(since))
        first = (
            span.filter(at__gte=clock.start_of_day(since)).order_by("at").values_list("id", flat=True).first()
        )
        entries = entries.filter(id__gte=first - ID_SLACK) if first else entries.none()
    if until:
        end = clock.start_of_day(until + dt.timedelta(days=1))
        entries = entries.filter(at__lt=end)
        last = span.filter(at__lt=end).order_by("-at").values_list("id", flat=True).first()
        entries = entries.filter(id__lte=last + ID_SLACK) if last else entries.none()
    return entries


# ------------------------------------------------------------------ showing


def audit_rows(entries: Iterable[AuditEntry]) -> list[AuditRow]:
    """Return entries in words. Names are fetched once for each kind of noun, however many entries there are."""
    entries = list(entries)
    names = _names(entries)
    return [
        AuditRow(
            entry=entry,
            operation=OPERATIONS.get(entry.operation, entry.operation),
            thing=thing_words(entry.table_name),
            name=_name_of_row(entry, names),
            address=_address(entry),
            changes=_changes(entry, names),
        )
        for entry in entries
    ]


Names = dict[str, dict[int, str]]


def _names(entries: list[AuditEntry]) -> Names:
    """Return the names of everything that the entries refer to, by noun and id."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        model = _models().get(entry.table_name)
        pk = whole_number(entry.row_key)
        if model is not None and model.__name__ in NAMED and pk is not None:
            wanted[model.__name__].add(pk)
        for values in (entry.before or {}, entry.after or {}):
            for column, value in values.items():
                known = _column(entry.table_name, column)
                if isinstance(known, models.ForeignKey) and isinstance(value, int):
                    noun = known.related_model.__name__
                    if noun in NAMED:
                        wanted[noun].add(value)
    nouns = {model.__name__: model for model in _models().values() if model.__name__ in NAMED}
    return {
        noun: dict(nouns[noun]._default_manager.filter(pk__in=keys).values_list("pk", NAMED[noun]))
        for noun, keys in wanted.items()
    }


def _name_of_row(entry: AuditEntry, names: Names) -> str:
    model = _models().get(entry.table_name)
    pk = whole_number(entry.row_key)
    if model is not None and pk is not None:
        found = names.get(model.__name__, {}).get(pk)
        if found:
            return found
    return f"number {entry.row_key}"


def _address(entry: AuditEntry) -> str:
    name, pk = PAGES.get(entry.table_name), whole_number(entry.row_key)
    if name is None or entry.operation == "DELETE" or pk is None:
        return ""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def _changes(entry: AuditEntry, names: Names) -> list[FieldChange]:
    before, after = entry.before or {}, entry.after or {}
    columns = list(dict.fromkeys([*before, *after]))
    if len(columns) > 1:
        columns = [column for column in columns if column not in FOLLOWING]
    if entry.operation != "UPDATE":
        columns = [
            column
            for column in columns
            if column not in UNREMARKABLE and not _is_empty(before.get(column, after.get(column)))
        ]
    order = (
        [f.column for f in _models()[entry.table_name]._meta.concrete_fields]
        if entry.table_name in _models()
        else []
    )
    columns.sort(key=lambda column: order.index(column) if column in order else len(order))
    return [
        FieldChange(
            column_words(entry.table_name, column),
            _words(entry.table_name, column, before.get(column), names),
            _words(entry.table_name, column, after.get(column), names),
        )
        for column in columns
    ]


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _words(table: str, column: str, value: Any, names: Names) -> str:
    """A stored value as a person reads it: a status by its label, a day in words, a person by name."""
    if _is_empty(value):
        return ""
    known = _column(table, column)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(known, models.ForeignKey):
        noun = known.related_model.__name__
        return names.get(noun, {}).get(value) or f"number {value}"
    if known is not None and known.choices:
        return str(dict(known.flatchoices).get(value, value))
    if isinstance(known, models.DateTimeField) and (parsed := parse_datetime(str(value))):
        return date_and_time(parsed)
    if isinstance(known, models.DateField) and not isinstance(known, models.DateTimeField):
        parsed_day = parse_date(str(value))
        return long_date(parsed_day) if parsed_day else str(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {one}" for key, one in value.items())[:LONGEST_SHOWN]
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}… (cut here)"


@dataclass(frozen=True)
class ExemptAccessRow:
    """One access to exempt text: where the text is, never the text."""

    log: ExemptAccessLog
    thing: str
    address: str


EXEMPT_ACCESS_WORDS = {
    "update": "Update",
    "response": "Response",
    "evidence": "Evidence",
    "pack": "Exempt edition of a pack",
}


def exempt_access_rows(logs: Iterable[ExemptAccessLog]) -> list[ExemptAccessRow]:
    """Return accesses in words: to which text of which recommendation, in two queries."""
    logs = list(logs)
    places: dict[tuple[str, int], Any] = {}
    for what, model in (("update", Update), ("response", Response)):
        keys = {log.row_key for log in logs if log.what == what}
        rows = model._default_manager.filter(pk__in=keys).select_related(
            "assignment__recommendation", "assignment__body"
        )
        places |= {(what, row.pk): row.assignment for row in rows}
    return [_exempt_access_row(log, places.get((log.what, log.row_key))) for log in logs]


def _exempt_access_row(log: ExemptAccessLog, assignment: Any) -> ExemptAccessRow:
    words = EXEMPT_ACCESS_WORDS.get(log.what, log.what.capitalize())
    if assignment is None:
        return ExemptAccessRow(log, f"{words} number {log.row_key}", "")
    words = f"{words} of {assignment.body.label} on {assignment.recommendation.reference}"
    try:
        address = reverse("recommendation", args=[assignment.recommendation_id])
    except NoReverseMatch:
        address = ""
    return ExemptAccessRow(log, words, address)
