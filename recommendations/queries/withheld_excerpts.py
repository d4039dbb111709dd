"""Where words stand, as the person who withholds them may see it: each place with an excerpt, the rest in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from committee.accounts.models import User
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Citation,
    Correction,
    Evidence,
    ExemptOpening,
    Finding,
    Inquiry,
    InquiryTransfer,
    Meeting,
    Milestone,
    NoticeWithdrawal,
    Pack,
    PackTemplate,
    Post,
    PutBackProposal,
    Recommendation,
    Response,
    Review,
    SealedText,
    Source,
    Succession,
    TargetChange,
    Theme,
    Transfer,
    Update,
    Withholding,
    WordingChange,
)
from recommendations.permissions import reads_withheld, sees_exempt
from recommendations.queries.anchors import fragment
from recommendations.queries.audit_log import column_words, thing_words
from recommendations.queries.withheld_places import Found, Place, Spans, column_of, texts_in
from recommendations.queries.withholdings import name_of, originals_of

AROUND = 60
"""How many characters of the text are shown on either side of the words."""

Rows = Callable[[User], models.QuerySet[Any]]


def _visible(model: type[models.Model], through: str = "", of: type[models.Model] | None = None) -> Rows:
    """Return the function to the rows that a person may see: those of the model, or of what `through` leads to."""

    def rows(user: User) -> models.QuerySet[Any]:
        if of is None:
            return model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]  # each has it
        seen = of._default_manager.all().visible_to(user).order_by()  # type: ignore[attr-defined]  # each has it
        return model._default_manager.filter(**{f"{through}__in": seen})

    return rows


def _everybody(model: type[models.Model]) -> Rows:
    return lambda user: model._default_manager.all()


SEEN: dict[type[models.Model], Rows] = {
    Assessment: _visible(Assessment, "recommendation", Recommendation),
    Assignment: _visible(Assignment),
    Body: _everybody(Body),
    Citation: _visible(Citation, "source__inquiry", Inquiry),
    Correction: lambda user: Correction.objects.filter(
        Q(recommendation__in=Recommendation.objects.order_by().visible_to(user))
        | Q(assignment__in=Assignment.objects.order_by().visible_to(user))
        | Q(response__in=Response.objects.order_by().visible_to(user))
        | Q(assessment__recommendation__in=Recommendation.objects.order_by().visible_to(user))
        | Q(targetchange__assignment__in=Assignment.objects.order_by().visible_to(user))
        | Q(finding__in=Finding.objects.order_by().visible_to(user))
        | Q(inquiry__in=Inquiry.objects.order_by().visible_to(user))
        | Q(meeting__isnull=False)
    ),
    Evidence: lambda user: Evidence.objects.on_visible(user),
    ExemptOpening: lambda user: ExemptOpening.objects.filter(
        Q(update__in=Update.objects.order_by().visible_to(user))
        | Q(response__in=Response.objects.order_by().visible_to(user))
    ),
    Finding: _visible(Finding),
    Inquiry: _visible(Inquiry),
    InquiryTransfer: _visible(InquiryTransfer, "inquiry", Inquiry),
    Meeting: _everybody(Meeting),
    Milestone: _visible(Milestone, "assignment", Assignment),
    NoticeWithdrawal: _visible(NoticeWithdrawal, "assignment", Assignment),
    Pack: _visible(Pack),
    PackTemplate: _visible(PackTemplate),
    Post: _everybody(Post),
    PutBackProposal: _everybody(PutBackProposal),
    Recommendation: _visible(Recommendation),
    Response: _visible(Response),
    Review: _visible(Review),
    Source: _visible(Source, "inquiry", Inquiry),
    Succession: _everybody(Succession),
    TargetChange: _visible(TargetChange, "assignment", Assignment),
    Theme: _everybody(Theme),
    Transfer: _visible(Transfer, "assignment", Assignment),
    Update: _visible(Update),
    Withholding: _everybody(Withholding),
    WordingChange: _visible(WordingChange, "recommendation", Recommendation),
}
"""The rows of each table that a person may see. Rows of other tables are withheld without being shown."""


_OF_A_PART = ("assignment__recommendation__inquiry__committee", "assignment__body")
_OF_AN_UPDATE = tuple(f"update__{path}" for path in _OF_A_PART)
_OF_A_RESPONSE = tuple(f"response__{path}" for path in _OF_A_PART)
_OF_A_DATE = tuple(f"targetchange__{path}" for path in _OF_A_PART)
BELONG_TO: dict[type[models.Model], tuple[str, ...]] = {
    Assessment: ("recommendation__inquiry__committee",),
    Assignment: ("recommendation__inquiry__committee",),
    Citation: ("source__inquiry__committee",),
    Correction: (
        *_OF_A_PART,
        *_OF_A_RESPONSE,
        *_OF_A_DATE,
        "assessment__recommendation__inquiry__committee",
        "recommendation__inquiry__committee",
        "finding__inquiry__committee",
        "inquiry__committee",
        "meeting__body",
    ),
    Evidence: (*_OF_AN_UPDATE, *_OF_A_RESPONSE, "inquiry__committee"),
    ExemptOpening: (*_OF_AN_UPDATE, *_OF_A_RESPONSE),
    Finding: ("inquiry__committee",),
    Inquiry: ("committee",),
    InquiryTransfer: ("inquiry__committee",),
    Meeting: ("body",),
    Milestone: _OF_A_PART,
    NoticeWithdrawal: _OF_A_PART,
    Pack: ("meeting__body",),
    PackTemplate: ("body",),
    Post: ("body",),
    PutBackProposal: ("withholding",),
    Recommendation: ("inquiry__committee",),
    Response: _OF_A_PART,
    Source: ("inquiry__committee",),
    Succession: ("body",),
    TargetChange: _OF_A_PART,
    Transfer: _OF_A_PART,
    Update: _OF_A_PART,
    WordingChange: ("recommendation__inquiry__committee",),
}
"""What is read with the rows of each table: what they belong to, and who may read their exempt text."""


OF_OTHERS = (Pack, PackTemplate, PutBackProposal, Withholding)
ENTRIES = {model._meta.model_name: model for model in SEEN if model not in OF_OTHERS}
"""What can be withheld as a whole, by the name of its kind in addresses. Packs are made of other entries, and
withholdings and what is decided on them are about others."""


@dataclass(frozen=True)
class PlaceShown:
    """One text of the record with the words in it, for somebody who may read it."""

    name: str
    thing: str
    column: str
    of: str
    """What it belongs to, such as the reference of a recommendation."""
    address: str
    before: str
    words: str
    after: str
    pieces: list[tuple[str, bool]]
    """The excerpt piece by piece, each with whether it is the words: every place in the text where they stand."""
    count: int
    """How often the words stand in it."""


@dataclass(frozen=True)
class Places:
    """The places that a person may see, and how many others there are, by kind of thing."""

    shown: list[PlaceShown]
    copies: list[tuple[str, int]]

    @property
    def unseen(self) -> int:
        return sum(count for _, count in self.copies)

    @property
    def total(self) -> int:
        return len(self.shown) + self.unseen


def places_for(user: User, found: Iterable[Found], spans: Spans) -> Places:
    """Return the places as this person may see them."""
    found = list(found)
    rows = readable_rows(user, found)
    shown, others = [], Counter[str]()
    for one in found:
        row = rows.get((one.place.table, one.place.row))
        if row is None or one.place.inside is not None or not _reads_column(user, row, one.place):
            others[thing_words(one.place.table)] += 1
        else:
            shown.append(_shown(one.place, row, spans))
    return Places(shown, sorted(others.items()))


def readable_rows(user: User, found: Iterable[Found]) -> dict[tuple[str, str], models.Model]:
    """Return the rows of the places that this person may see, by table and key."""
    wanted: dict[type[models.Model], set[str]] = {}
    for one in found:
        if one.place.column.model in SEEN:
            wanted.setdefault(one.place.column.model, set()).add(one.place.row)
    return {
        (model._meta.db_table, str(row.pk)): row
        for model, keys in wanted.items()
        for row in SEEN[model](user).filter(pk__in=keys).select_related(*BELONG_TO.get(model, ()))
    }


def _reads_column(user: User, row: models.Model, place: Place) -> bool:
    """Return whether the person may read this text of a row that they may see."""
    if place.column.name == "private_note":
        return True  # who withholds may read the notes of others who did
    if place.column.name == "exempt_text" or (isinstance(row, Evidence) and row.is_exempt):
        return sees_exempt(user, row)
    if isinstance(row, Pack | PackTemplate) and row.is_exempt:
        return sees_exempt(user, row)
    return True


def _shown(place: Place, row: models.Model, spans: Spans) -> PlaceShown:
    found = [(text, each) for text in texts_in(place) for each in spans(text)]
    text, (start, end) = found[0] if found else (place.value, (0, 0))
    of, address = belongs_to(row)
    return PlaceShown(
        name=name_of(place),
        thing=thing_words(place.table),
        column=column_words(place.table, place.column.name).lower(),
        of=of,
        address=address,
        before=_cut_before(text[:start]),
        words=_cut_words(text[start:end]),
        after=_cut_after(text[end:]),
        pieces=_pieces(texts_in(place), spans),
        count=max(len(found), 1),
    )


def _pieces(texts: Iterable[str], spans: Spans) -> list[tuple[str, bool]]:
    """Return the excerpt of the texts: the words wherever they stand, with what is around them."""
    pieces: list[tuple[str, bool]] = []
    for text in texts:
        found = spans(text)
        if not found:
            continue
        if pieces:
            pieces.append((" … ", False))
        pieces.append((_cut_before(text[: found[0][0]]), False))
        for (start, end), (following, _) in zip(found, [*found[1:], (len(text), 0)], strict=True):
            pieces.append((_cut_words(text[start:end]), True))
            between = text[end:following]
            pieces.append((_cut_between(between) if following < len(text) else _cut_after(between), False))
    return pieces


def _cut_words(text: str) -> str:
    return text if len(text) <= 4 * AROUND else f"{text[: 4 * AROUND]} …"


def _cut_between(text: str) -> str:
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]} … {text[-AROUND:]}"


def _cut_before(text: str) -> str:
    return text if len(text) <= AROUND else f"… {text[-AROUND:]}"


def _cut_after(text: str) -> str:
    return text if len(text) <= AROUND else f"{text[:AROUND]} …"


def belongs_to(row: Any) -> tuple[str, str]:
    """Return what a row belongs to, in words, and the address of the page that shows it ("" if none does)."""
    match row:
        case Recommendation():
            return row.reference, reverse("recommendation", args=[row.pk])
        case Inquiry():
            return row.title, reverse("inquiry", args=[row.pk])
        case Finding():
            return row.inquiry.title, f"{reverse('inquiry', args=[row.inquiry_id])}#finding-{row.pk}"
        case Body():
            return row.name, reverse("body", args=[row.pk])
        case Post() | Succession():
            return row.body.name, reverse("body", args=[row.body_id])
        case InquiryTransfer():
            return belongs_to(row.inquiry)
        case Source():
            return row.inquiry.title, f"{reverse('inquiry', args=[row.inquiry_id])}#sources"
        case Citation():
            return belongs_to(row.source)
        case ExemptOpening():
            return belongs_to(row.update or row.response)
        case Evidence() | Correction():
            return belongs_to(row.subject)
        case Pack():
            return row.title, reverse("pack", args=[row.pk])
        case PutBackProposal():
            return belongs_to(row.withholding)
        case Withholding():
            return str(row), reverse("withholding", args=[row.pk])
        case Assignment() | Assessment() | WordingChange():
            of, address = belongs_to(row.recommendation)
            return of, f"{address}{fragment(row)}"
        case Update() | Response() | TargetChange() | Milestone() | Transfer() | NoticeWithdrawal():
            _, address = belongs_to(row.assignment.recommendation)
            return (
                f"{row.assignment.recommendation.reference}, {row.assignment.body.label}",
                f"{address}{fragment(row)}",
            )
    return str(row), ""


@dataclass(frozen=True)
class TakenFrom:
    """One kind of place from which a withholding took something, with what it took where the reader may know it."""

    thing: str
    column: str
    of: str
    address: str
    original: str
    marker: str


def _taken_from(withholding: Withholding) -> tuple[list[tuple[SealedText, str]], list[Found]]:
    """Return what a withholding took, and the places that it took this from."""
    texts = originals_of(withholding)
    return texts, [
        Found(Place(one.table_name, one.row_key, column_of(one.table_name, one.column_name), original))
        for one, original in texts
    ]


def rows_taken(user: User, withholding: Withholding) -> list[models.Model]:
    """Return the entries that a withholding took something from and that this person may see."""
    return list(readable_rows(user, _taken_from(withholding)[1]).values())


@dataclass(frozen=True)
class Taken:
    """What a withholding took, as a person may know it."""

    shown: list[TakenFrom]
    others: list[tuple[str, int]]
    """How many texts are from places that this person may not see, by kind of thing."""
    unread: int
    """How many are from places that the person may see, whose withheld words only others read."""


def taken_by(user: User, withholding: Withholding) -> Taken:
    """Return what a withholding took from places that this person may see, with the words for those who may read them: whoever
    withheld them, and the staff of the committee.
    """
    texts, found = _taken_from(withholding)
    rows = readable_rows(user, found)
    is_own = withholding.withheld_by_id == user.pk
    reads = {key: is_own or reads_withheld(user, home_of(row)) for key, row in rows.items()}
    taken, others, unread = [], Counter[str](), 0
    for one, (text, original) in zip(found, texts, strict=True):
        key = (one.place.table, one.place.row)
        row = rows.get(key)
        if row is None or not _reads_column(user, row, one.place):
            others[thing_words(one.place.table)] += 1
            continue
        if not reads[key]:
            unread += 1
            continue
        of, address = belongs_to(row)
        column = column_words(one.place.table, one.place.column.name).lower()
        taken.append(TakenFrom(thing_words(one.place.table), column, of, address, original, text.marker))
    return Taken(taken, sorted(others.items()), unread)


def home_of(row: Any) -> Any:
    """Return what has a committee or body of its own: the row itself, or what it belongs to. None if nothing has."""
    match row:
        case Theme() | Withholding() | PutBackProposal():
            return None
        case Assessment() | WordingChange():
            return row.recommendation
        case Correction():
            return home_of(row.subject)
        case ExemptOpening():
            return row.update or row.response
        case InquiryTransfer() | Finding() | Source():
            return row.inquiry
        case Citation():
            return row.source.inquiry
        case TargetChange() | Milestone() | Transfer() | NoticeWithdrawal():
            return row.assignment
        case Post() | Succession():
            return row.body
    return row


def kinds_of(withholding: Withholding) -> str:
    """Return what kinds of things of the record a withholding took something from, for everybody: no words, no numbers."""
    tables = set(withholding.texts.values_list("table_name", flat=True))
    public = {
        model._meta.db_table
        for model in SEEN
        if model not in (PackTemplate, PutBackProposal, Review, Withholding)
    }
    kinds = sorted(thing_words(table).lower() for table in tables & public)
    if withholding.files.filter(evidence__isnull=False).exists() and "evidence" not in kinds:
        kinds.append("evidence")
    return ", ".join(kinds)
