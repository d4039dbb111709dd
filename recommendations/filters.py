"""The filters of every list, for all audiences. They are in the address, so a filtered list can be sent and bookmarked.

A value that is not understood is ignored, and a message beside its field says so; the list never fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, QueryDict

from committee import clock
from committee.formatting import plural
from committee.forms.filters import chosen_filters, describe_filters
from recommendations.lifecycle import (
    BodyKind,
    Claim,
    Decision,
    FollowUpStatus,
    Grade,
    Priority,
    Stage,
    Vocabulary,
)
from recommendations.lifecycle.absence import absent_sentence
from recommendations.models import Assignment, Body, Inquiry, Recommendation, Theme
from recommendations.models import expressions as rules

TO_NOBODY = "nobody"
"""What stands in an address in the place of a body: those that are addressed to nobody, or to whom is not known."""
MOST_INQUIRIES = 200
"""How many inquiries the filter offers, the latest first. Any other still works in the address."""
OF_STATE = ("status", "decision", "claim", "grade", "priority", "slipped")
"""The filters by what public sources may not tell."""


def standing(value: str, on: dt.date | None = None) -> Q:
    """Return the condition on an assignment for a standing on that day (default: today)."""
    day = on or clock.today()
    conditions: dict[str, Q] = {
        FollowUpStatus.OPEN: rules.is_followed_up(),
        FollowUpStatus.NOT_KNOWN: rules.is_not_known(),
        FollowUpStatus.CLOSED: rules.is_closed(),
        FollowUpStatus.IMPLEMENTED: rules.is_closed_as_implemented(),
        FollowUpStatus.OVERDUE: rules.is_overdue(day),
        FollowUpStatus.AWAITING_RESPONSE: rules.awaits_response(day),
        FollowUpStatus.RESPONSE_LATE: rules.is_response_late(day),
        FollowUpStatus.AWAITING_COMMITTEE: rules.is_awaiting_verdict(),
        FollowUpStatus.ESCALATED: rules.is_escalated(),
    }
    return conditions[value]


# ------------------------------------------------------------------ fields


class WordsFilter(django_filters.CharFilter):
    """A filter of words, by the queryset's `matching()`."""

    def filter(self, qs: Any, value: str | None) -> Any:
        words = (value or "").strip()
        return qs.matching(words) if words else qs


class FirstChoices(django_filters.fields.ModelChoiceIterator):
    """The choices of a field up to its `most`. They are read when they are drawn, once, like those of any other field."""

    def __init__(self, field: ManyChoiceField) -> None:
        super().__init__(field)
        self.queryset = field.queryset[: field.most]


class ManyChoiceField(django_filters.fields.ModelChoiceField):
    """A model choice field that renders at most `most` options but accepts any value of the queryset."""

    iterator = FirstChoices

    def __init__(self, *args: Any, most: int | None = None, **kwargs: Any) -> None:
        self.most = most
        super().__init__(*args, **kwargs)


class NamedChoices(FirstChoices):
    """The same, of rows that a column or two name: without a row in memory for each, because there are hundreds."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        field = self.field
        if field.empty_label is not None:
            yield "", field.empty_label
        for pk, *names in self.queryset.values_list("pk", *field.named_by):
            yield pk, field.named(*names)


class NamedChoiceField(ManyChoiceField):
    """A model choice field of rows that are called by columns of theirs."""

    iterator = NamedChoices

    def __init__(self, *args: Any, named_by: tuple[str, ...] = ("name",), **kwargs: Any) -> None:
        self.named_by = named_by
        super().__init__(*args, **kwargs)

    def named(self, *names: str) -> str:
        """Return what a row is called, from the columns `named_by`."""
        return names[0]

    def label_from_instance(self, obj: Any) -> str:
        return self.named(*(getattr(obj, name) for name in self.named_by))


class NamedFilter(django_filters.ModelChoiceFilter):
    """A filter by a row that is called by its name."""

    field_class = NamedChoiceField


class OwnerChoices(NamedChoices):
    """The owning bodies, behind a choice for what is addressed to none."""

    def __iter__(self) -> Iterator[Any]:
        bodies = super().__iter__()
        yield next(bodies)
        if self.field.offers_nobody:
            yield (TO_NOBODY, "None is named")
        yield from bodies


class OwnerField(NamedChoiceField):
    """A choice of one owning body, or of none: then its value is `TO_NOBODY`."""

    iterator = OwnerChoices

    def __init__(self, *args: Any, offers_nobody: bool = True, **kwargs: Any) -> None:
        self.offers_nobody = offers_nobody
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return TO_NOBODY if self.offers_nobody and value == TO_NOBODY else super().to_python(value)


class OwnerFilter(django_filters.ModelChoiceFilter):
    """A filter by the owning body, or by none."""

    field_class = OwnerField


class InquiryChoiceField(NamedChoiceField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, named_by=("title", "reference"), **kwargs)

    def named(self, *names: str) -> str:
        title, reference = names
        return f"{title} ({reference})"


class InquiryFilterField(django_filters.ModelChoiceFilter):
    field_class = InquiryChoiceField


def _user(request: HttpRequest | None) -> Any:
    return getattr(request, "user", None) or AnonymousUser()


def visible_inquiries(request: HttpRequest | None) -> QuerySet[Inquiry]:
    return Inquiry.objects.visible_to(_user(request)).only(
        "id", "title", "reference", "published_on", "published_period"
    )


def inquiring_committees(request: HttpRequest | None) -> QuerySet[Body]:
    return Body.objects.filter(Exists(visible_inquiries(request).filter(committee=OuterRef("pk")))).only(
        "id", "name"
    )


def owning_bodies(request: HttpRequest | None) -> QuerySet[Body]:
    parts = Assignment.objects.standing().visible_to(_user(request))
    return Body.objects.owning_among(parts).only("id", "name")


def used_themes(request: HttpRequest | None) -> QuerySet[Theme]:
    return Theme.objects.used_in(Recommendation.objects.standing().visible_to(_user(request)))


def _choice(vocabulary: type[Vocabulary], label: str, anything: str) -> Any:
    return django_filters.ChoiceFilter(
        label=label, choices=vocabulary.choices, empty_label=anything, method="keep"
    )


def day_filter(label: str) -> Any:
    return django_filters.DateFilter(
        label=label,
        method="keep",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d %B %Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date, such as 27/3/2025"},
    )


# ------------------------------------------------------------------ sets


@dataclass(frozen=True)
class Chip:
    """An active filter: its label, its value in words, and the query of the list without it."""

    label: str
    words: str
    without: str


class GovukFilterSet(django_filters.FilterSet):
    """What all filter sets share: sorting by name, and the list of active filters.

    `SORTS` names each order the list can take; the first is the default. An order's fields always end in the primary
    key, so that paging is stable.
    """

    SORTS: ClassVar[dict[str, tuple[str, list[Any]]]] = {}

    def keep(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Return the queryset unchanged: `conditions` applies this filter together with others."""
        return queryset

    def conditions(self, queryset: Any, chosen: dict[str, Any]) -> Any:
        """Return the queryset under those filters that must be combined in one condition."""
        return queryset

    def filter_queryset(self, queryset: Any) -> Any:
        return self.narrowed(queryset, self.form.cleaned_data)

    def narrowed(self, queryset: Any, chosen: dict[str, Any]) -> Any:
        """Return the queryset under these values of the filters."""
        for name, filter_ in self.filters.items():
            if name in chosen:
                queryset = filter_.filter(queryset, chosen[name])
        return self.conditions(queryset, chosen)

    @property
    def chosen_sort(self) -> str:
        asked = self.data.get("sort", "")
        return asked if asked in self.SORTS else next(iter(self.SORTS))

    @property
    def sorted(self) -> Any:
        """Return the filtered queryset in the requested order."""
        return self._order(self.qs, self.chosen_sort)

    def get_form_class(self) -> type[forms.Form]:
        form = super().get_form_class()
        for field in form.base_fields.values():
            if "invalid_choice" in field.error_messages:
                field.error_messages["invalid_choice"] = f"Select one of the list, or “{field.empty_label}”"
        if len(self.SORTS) > 1:
            choices = [(name, words) for name, (words, _) in self.SORTS.items()]
            form.base_fields["sort"] = forms.ChoiceField(label="Sort by", choices=choices, required=False)
        return form

    def _order(self, queryset: Any, name: str) -> Any:
        return queryset.order_by(*self.SORTS[name][1])

    def query(self, **changes: Any) -> str:
        """Return the query string of this list with these parameters set, or removed if None, on page 1."""
        values = {name: value for name, value in self.given.items() if name not in changes and name != "page"}
        values |= {name: value for name, value in changes.items() if value is not None}
        return urlencode(values)

    @property
    def given(self) -> dict[str, str]:
        """Return this list's own parameters in the address, without empty ones."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict(urlencode(self.data or {}))
        names = [*self.filters, "sort"]
        return {name: str(data[name]) for name in names if data.get(name)}

    @property
    def chips(self) -> list[Chip]:
        """Return the active filters, for links that remove one of them."""
        return [
            Chip(str(one.field.label), one.value, self.query(**{one.field.name: None}))
            for one in chosen_filters(self.form)
        ]

    @property
    def description(self) -> str:
        """Return the active filters as one line; "" for none."""
        return describe_filters(self.form)


class InquiryFilter(GovukFilterSet):
    """Filters of a list of inquiries."""

    SORTS = {
        "latest": ("Latest published first", [F("published_on").desc(nulls_first=True), "id"]),
        "earliest": ("Earliest published first", [F("published_on").asc(nulls_last=True), "id"]),
        "title": ("Title", ["sort_key", "id"]),
    }

    q = WordsFilter(label="Words", max_length=200)
    committee = NamedFilter(label="Committee", queryset=inquiring_committees, empty_label="All committees")
    stage = django_filters.ChoiceFilter(
        label="Stage", choices=Stage.choices, empty_label="All stages", method="at_stage"
    )
    made_from = day_filter("Published from")
    made_to = day_filter("Published to")

    class Meta:
        model = Inquiry
        fields: ClassVar[list[str]] = []

    def at_stage(self, queryset: QuerySet[Inquiry], name: str, value: str) -> QuerySet[Inquiry]:
        return queryset.filter(stage=value)

    def conditions(self, queryset: Any, chosen: dict[str, Any]) -> Any:
        if chosen.get("made_from"):
            queryset = queryset.filter(published_on__gte=chosen["made_from"])
        if chosen.get("made_to"):
            queryset = queryset.filter(published_on__lte=chosen["made_to"])
        return queryset


class _WorkFilter(GovukFilterSet):
    """Filters that lists of recommendations and of assignments share."""

    recommendation: ClassVar[str]
    """The column of a row that holds the id of its recommendation."""
    prefix_of_it: ClassVar[str] = ""
    """The way from a row to its recommendation."""

    q = WordsFilter(label="Words", max_length=200)
    inquiry = InquiryFilterField(
        label="Inquiry",
        queryset=visible_inquiries,
        empty_label="All inquiries",
        most=MOST_INQUIRIES,
        method="keep",
    )
    committee = NamedFilter(
        label="Committee", queryset=inquiring_committees, empty_label="All committees", method="keep"
    )
    body = OwnerFilter(
        label="Owning body",
        queryset=owning_bodies,
        empty_label="All bodies",
        offers_nobody=False,
        method="keep",
    )
    status = _choice(FollowUpStatus, "How it stands", "Open and closed")
    decision = _choice(Decision, "Response", "Any response or none")
    claim = _choice(Claim, "What the body says", "Any progress or none")
    grade = _choice(Grade, "What the committee found", "Any view or none")
    priority = _choice(Priority, "Priority", "Any priority")
    theme = NamedFilter(label="Theme", queryset=used_themes, empty_label="All themes", method="keep")
    slipped = django_filters.BooleanFilter(
        label="Its date has slipped", widget=forms.CheckboxInput, method="keep"
    )
    made_from = day_filter("Report published from")
    made_to = day_filter("Report published to")

    @cached_property
    def not_known(self) -> int:
        """How many recommendations are not in the list though they may belong in it: by all other filters they do, and what
        is asked of their state only public sources could tell, and do not.
        """
        if not self._asked_of_state:
            return 0
        unknown = self.of_unknown_state(self._whatever_their_state, self._asked_of_state)
        return self._recommendations(unknown.exclude(pk__in=self.qs.order_by().values("pk")))

    @cached_property
    def nothing_is_known(self) -> bool:
        """Whether it is of nothing at all known that it belongs in the list, nor that it does not."""
        return bool(self.not_known) and self.not_known == self._recommendations(self._whatever_their_state)

    @cached_property
    def _asked_of_state(self) -> dict[str, Any]:
        chosen = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        return {name: chosen[name] for name in OF_STATE if chosen.get(name)}

    @property
    def _whatever_their_state(self) -> Any:
        """Return the rows under all other filters."""
        chosen = self.form.cleaned_data | dict.fromkeys(self._asked_of_state)
        return self.narrowed(self.queryset, chosen).order_by()

    def _recommendations(self, rows: Any) -> int:
        number: int = rows.values(self.recommendation).distinct().count()
        return number

    @property
    def not_known_words(self) -> str:
        """The same as a sentence without its stop; "" where it is none."""
        subject = f"Of {plural(self.not_known, 'recommendation')} this is"
        return absent_sentence("", subject, sources_only=True) if self.not_known else ""

    @property
    def none_matches(self) -> str:
        """What stands where the list is empty, as far as that is known."""
        return (
            "No recommendation is known to match these filters"
            if self.not_known
            else "No recommendation matches these filters"
        )

    def of_unknown_state(self, rows: Any, asked: dict[str, Any]) -> Any:
        """Return those of the rows of which nobody knows whether their state is what these filters ask for."""
        raise NotImplementedError

    def may_be(self, asked: dict[str, Any]) -> Q:
        """Return the condition that nothing is on record of an assignment that these filters would not let through."""
        named = {name: asked[name] for name in ("decision", "claim", "grade") if name in asked}
        return Q(**{f"{name}__in": ("", value) for name, value in named.items()})

    def may_have_priority(self, asked: dict[str, Any]) -> Q:
        """Return the condition that the priority of a recommendation is the one asked for, or not known."""
        if "priority" not in asked:
            return Q()
        return Q(**{f"{self.prefix_of_it}priority__in": (asked["priority"], Priority.NOT_KNOWN)})

    def of_recommendation(self, chosen: dict[str, Any], prefix: str = "") -> Q:
        """Return the conditions on the recommendation itself, from a row that reaches it by `prefix`."""
        lookups = {
            "inquiry": "inquiry",
            "committee": "inquiry__committee",
            "priority": "priority",
            "theme": "themes",
            "made_from": "inquiry__published_on__gte",
            "made_to": "inquiry__published_on__lte",
        }
        return Q(**{prefix + lookup: chosen[name] for name, lookup in lookups.items() if chosen.get(name)})

    def of_assignment(self, chosen: dict[str, Any]) -> Q:
        """Return the conditions that one assignment has to meet together."""
        named = (
            name for name in ("body", "decision", "claim") if chosen.get(name) not in ("", None, TO_NOBODY)
        )
        condition = Q(**{name: chosen[name] for name in named})
        if chosen.get("slipped"):
            condition &= Q(slips__gt=0)
        return condition


class RecommendationFilter(_WorkFilter):
    """Filters of a list of recommendations. Those about owning bodies must be true of one and the same assignment."""

    recommendation = "pk"

    SORTS = {
        "inquiry": (
            "Latest inquiry first",
            [F("inquiry__published_on").desc(nulls_first=True), "inquiry_id", "sort_key", "id"],
        ),
        "due": ("First date, earliest first", [F("first_due").asc(nulls_last=True), "id"]),
        "updated": ("Latest update first", [F("updated_on").desc(nulls_last=True), "-id"]),
        "slips": ("Most often slipped first", [F("most_slips").desc(nulls_last=True), "id"]),
        "slip_days": ("Slipped by most days first", [F("most_slip_days").desc(nulls_last=True), "id"]),
        "reference": ("Reference", ["reference_key", "id"]),
    }

    class Meta:
        model = Recommendation
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["body"].extra["offers_nobody"] = True  # in its place among those that lists share

    def conditions(self, queryset: Any, chosen: dict[str, Any]) -> Any:
        queryset = queryset.filter(self.of_recommendation(chosen))
        if chosen.get("body") == TO_NOBODY:
            # As figures count them: a draft is not sent to anybody yet, and of what is withdrawn nothing is asked.
            queryset = queryset.published().standing().addressed_to_nobody()
        condition = self.of_assignment(chosen)
        status = chosen.get("status")
        of_the_whole = {
            FollowUpStatus.OPEN: queryset.followed_up,
            FollowUpStatus.NOT_KNOWN: queryset.not_known,
            FollowUpStatus.CLOSED: queryset.closed,
            FollowUpStatus.IMPLEMENTED: queryset.implemented,
        }
        if status in of_the_whole and not condition:
            queryset = of_the_whole[status]()
        elif status:
            condition &= standing(status)
        grade = chosen.get("grade")
        if grade and condition:
            condition &= Q(grade=grade)
        elif grade:
            graded = Assignment.objects.standing().filter(recommendation=OuterRef("pk"), grade=grade)
            queryset = queryset.filter(Q(grade=grade) | Exists(graded))
        if condition:
            assignments = Assignment.objects.standing().filter(condition, recommendation=OuterRef("pk"))
            queryset = queryset.filter(Exists(assignments))
        return queryset

    def of_unknown_state(self, rows: Any, asked: dict[str, Any]) -> Any:
        if set(asked) == {"priority"}:
            return rows.filter(priority=Priority.NOT_KNOWN)
        parts = Assignment.objects.standing().filter(recommendation=OuterRef("pk"))
        may_be = ~Exists(parts) | Exists(parts.filter(self.may_be(asked)))
        return rows.not_known().filter(may_be, self.may_have_priority(asked))

    def _order(self, queryset: Any, name: str) -> Any:
        parts = Assignment.objects.standing().filter(recommendation=OuterRef("pk")).order_by()
        of_it = parts.values("recommendation")
        if name == "due":
            still_open = of_it.filter(closed_on__isnull=True)
            queryset = queryset.annotate(
                first_due=Subquery(still_open.annotate(first=Min("first_target_on")).values("first"))
            )
        if name == "updated":
            dated = parts.filter(last_update_on__isnull=False)
            queryset = queryset.annotate(
                updated_on=Subquery(dated.order_by("-last_update_on").values("last_update_on")[:1])
            )
        if name in ("slips", "slip_days"):
            most = of_it.annotate(most=Max(name)).values("most")
            queryset = queryset.annotate(**{f"most_{name}": Subquery(most)})
        return super()._order(queryset, name)


class AssignmentWords(WordsFilter):
    def filter(self, qs: Any, value: str | None) -> Any:
        words = (value or "").strip()
        if not words:
            return qs
        return qs.filter(recommendation__in=Recommendation.objects.order_by().matching(words).values("pk"))


class AssignmentFilter(_WorkFilter):
    """Filters of a list of assignments: recommendations by owning body."""

    SORTS = {
        "inquiry": (
            "Latest inquiry first",
            [
                F("recommendation__inquiry__published_on").desc(nulls_first=True),
                "recommendation__inquiry_id",
                "recommendation__sort_key",
                "-is_lead",
                "id",
            ],
        ),
        "due": ("First date, earliest first", [F("first_target_on").asc(nulls_last=True), "id"]),
        "updated": ("Latest update first", [F("last_update_on").desc(nulls_last=True), "-id"]),
        "response": ("Response due, earliest first", [F("response_due_on").asc(nulls_last=True), "id"]),
        "slips": ("Most often slipped first", ["-slips", "-slip_days", "id"]),
        "slip_days": ("Slipped by most days first", ["-slip_days", "-slips", "id"]),
    }

    recommendation = "recommendation_id"
    prefix_of_it = "recommendation__"

    q = AssignmentWords(label="Words", max_length=200)

    class Meta:
        model = Assignment
        fields: ClassVar[list[str]] = []

    def of_unknown_state(self, rows: Any, asked: dict[str, Any]) -> Any:
        if set(asked) == {"priority"}:
            return rows.filter(recommendation__priority=Priority.NOT_KNOWN)
        return rows.not_known().filter(self.may_be(asked), self.may_have_priority(asked))

    def conditions(self, queryset: Any, chosen: dict[str, Any]) -> Any:
        condition = self.of_recommendation(chosen, "recommendation__") & self.of_assignment(chosen)
        if chosen.get("status"):
            condition &= standing(chosen["status"])
        if chosen.get("grade"):
            condition &= Q(grade=chosen["grade"])
        return queryset.filter(condition)


class BodyWorkFilter(AssignmentFilter):
    """Filters of the list on one body's own page, which asks for no body."""

    body = None  # type: ignore[assignment]  # takes the filter away


class BodyFilter(GovukFilterSet):
    """Filters of a list of bodies."""

    SORTS = {
        "name": ("Name", ["sort_key", "id"]),
        "open": ("Most open recommendations first", ["-open_count", "sort_key", "id"]),
    }

    q = WordsFilter(label="Words", max_length=200)
    kind = django_filters.ChoiceFilter(
        label="Kind of body", choices=BodyKind.choices, empty_label="All kinds", method="of_kind"
    )

    class Meta:
        model = Body
        fields: ClassVar[list[str]] = []

    def of_kind(self, queryset: QuerySet[Body], name: str, value: str) -> QuerySet[Body]:
        return queryset.filter(kind=value)
