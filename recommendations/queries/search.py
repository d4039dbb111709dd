"""The search: every kind of thing by its words, recommendations by reference, and names by what is most like them.

It asks only querysets of what the person may see, and only the columns in `models.search_vectors`, so exempt and
unpublished text is neither found nor shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchRank,
    SearchVectorExact,
    TrigramWordSimilarity,
)
from django.db.models import F, Func, Model, Prefetch, TextField, Value
from django.urls import reverse
from django.utils.safestring import SafeString

from committee.accounts.models import User
from committee.formatting import long_date
from committee.kept_sql import KeptSQL
from committee.search_text import SearchText, folded
from recommendations.lifecycle import Claim, FollowUpStatus, Grade, Role
from recommendations.models import (
    Assessment,
    Assignment,
    Body,
    Evidence,
    Finding,
    Inquiry,
    Meeting,
    Pack,
    Post,
    Recommendation,
    Response,
    Update,
)
from recommendations.models import expressions as rules
from recommendations.models.search_vectors import CONFIG, RankedVector, is_reference, words_query
from recommendations.queries import search_excerpts
from recommendations.queries.correction_marks import is_told_of, is_told_of_row
from recommendations.queries.search_excerpts import START, STOP, marked
from recommendations.queries.spelling import probably_meant

__all__ = ["START", "STOP", "marked"]

SHOWN = 10
"""How many of each kind the search page shows."""
RANKED = 300
"""How many matches are ranked. More than that is a word too common to rank by."""
MANY = 50
"""So many matches take longer to rank than to look which have the words in their titles."""
LONGEST = 200
"""The longest search, in characters."""
OF_AN_INQUIRY = 10
"""How many recommendations of an inquiry that was found are shown below it."""

REFERENCE = "reference"
"""What the recommendations are found as that have the words for their reference."""
NAMES_FIRST = ("bodies", "inquiries")
"""Kinds that come before the others if the words are in a name."""


@dataclass(frozen=True)
class Hit:
    """One result: the row, its title and an excerpt, both HTML with the matched words marked; where it is, what it
    belongs to, and what belongs to it.
    """

    row: Any
    title: SafeString
    excerpt: SafeString
    address: str = ""
    about: str = ""
    of_it: Sequence[Recommendation] = ()


@dataclass(frozen=True)
class Group:
    """The results of one kind.

    `more`: there are more than are shown, all of them at `everything` if that is given.
    `close`: no text has the words, and these are the most similar names. `named`: the words are in the first one's title.
    """

    kind: str
    title: str
    hits: Sequence[Hit]
    more: bool
    close: bool
    named: bool = False
    everything: str = ""


@dataclass(frozen=True)
class Status:
    """A status of which the words are the name, and the list of recommendations that have it."""

    label: str
    address: str


@dataclass(frozen=True)
class Answer:
    """What a search answers: the groups; the statuses that the words name; and what was `meant`.

    `instead`: the groups are of what was meant, because nothing has the words as they were typed.
    """

    words: str
    groups: Sequence[Group]
    statuses: Sequence[Status] = ()
    meant: str = ""
    instead: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is searched. `title` is the column that names it, "" if the recommendation does."""

    name: str
    heading: str
    rows: Callable[[Any], Any]
    title: str
    texts: tuple[str, ...]
    address: Callable[[Any], str]
    about: Callable[[Any], str]
    related: tuple[str, ...] = ()
    called: Callable[[Any], str] = lambda row: ""
    names: tuple[str, ...] = ()
    """The columns that people call it by, if not by its title alone."""
    like: bool = False
    latest: str = ""
    everything: str = ""
    reads: tuple[str, ...] = ()
    """The columns that a result is told with beside its texts, if not all."""
    hidden: tuple[str, ...] = ()


MARK = ("withdrawn_at", "recommendation__withdrawn_at")
"""The columns of a part that say whether it, or what is said of it, was recorded in error."""
OF_A_PART = (
    "body_name",
    "assignment__recommendation__reference",
    "assignment__recommendation__heading",
    *(f"assignment__{name}" for name in MARK),
)


class _Lines(Func):
    """The texts of a row below one another, as `_hit` puts them together."""

    function = "CONCAT_WS"
    template = "%(function)s(E'\\n', %(expressions)s)"
    output_field = TextField()


def _page(name: str, key: Callable[[Any], Any] = lambda row: row.pk) -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[key(row)])


def _entry(kind: str, recommendation: Callable[[Any], int]) -> Callable[[Any], str]:
    """Return where an entry of a recommendation's record is; see `TimelineEntry.anchor`."""
    return lambda row: f"{reverse('recommendation', args=[recommendation(row)])}#{kind}-{row.pk}"


def _of_assignment(row: Any) -> Recommendation:
    recommendation: Recommendation = row.assignment.recommendation
    return recommendation


def _inquiry_words(row: Inquiry) -> str:
    published = f", {long_date(row.published_on)}" if row.published_on else ""
    return f"{row.reference}. {row.committee.name}{published}"


def _evidence_recommendation(row: Evidence) -> Recommendation | None:
    voice = row.update or row.response
    return _of_assignment(voice) if voice else None


def _evidence_words(row: Evidence) -> str:
    recommendation = _evidence_recommendation(row)
    return _named(recommendation) if recommendation else f"{row.inquiry}"


def _evidence_page(row: Evidence) -> str:
    recommendation = _evidence_recommendation(row)
    if recommendation:
        return reverse("recommendation", args=[recommendation.pk])
    return reverse("inquiry", args=[row.inquiry_id])


def _named(recommendation: Recommendation) -> str:
    return f"{recommendation.reference}. {recommendation.heading}"


KINDS = (
    Kind(
        "recommendations",
        "Recommendations",
        lambda user: Recommendation.objects.visible_to(user),
        "heading",
        ("text", "success_measure"),
        _page("recommendation"),
        lambda row: f"{row.reference}. {row.inquiry.title}",
        ("inquiry",),
        like=True,
        everything="recommendations",
        reads=("reference", "withdrawn_at", "inquiry__title"),
    ),
    Kind(
        "inquiries",
        "Inquiries",
        lambda user: Inquiry.objects.visible_to(user),
        "title",
        ("summary", "scope"),
        _page("inquiry"),
        _inquiry_words,
        ("committee",),
        names=("title", "reference"),
        like=True,
        everything="inquiries",
        reads=("reference", "published_on", "published_period", "committee__name"),
    ),
    Kind(
        "bodies",
        "Bodies",
        lambda user: Body.objects.all(),
        "name",
        ("about",),
        _page("body"),
        lambda row: row.get_kind_display() + (f". {row.parent.name}" if row.parent else ""),
        ("parent",),
        names=("name", "short_name"),
        like=True,
        everything="bodies",
        reads=("kind", "parent__name"),
    ),
    Kind(
        "updates",
        "Progress updates",
        lambda user: Update.objects.published().filter(assignment__in=Assignment.objects.visible_to(user)),
        "",
        ("progress", "delivered_what", "barriers", "next_steps", "public_summary"),
        _entry("update", lambda row: row.assignment.recommendation_id),
        lambda row: f"{row.body_name}, published {long_date(row.published_at)}",
        ("assignment__recommendation",),
        called=lambda row: _of_assignment(row).heading,
        latest="-published_at",
        reads=("published_at", "corrects", *OF_A_PART),
    ),
    Kind(
        "responses",
        "Responses",
        lambda user: Response.objects.visible_to(user),
        "",
        ("text", "reason", "public_summary"),
        _entry("response", lambda row: row.assignment.recommendation_id),
        lambda row: f"{row.body_name}, {long_date(row.decided_on)}",
        ("assignment__recommendation",),
        called=lambda row: _of_assignment(row).heading,
        latest="-decided_on",
        reads=("decided_on", "decided_period", "voided_at", *OF_A_PART),
    ),
    Kind(
        "verdicts",
        "Views of committees",
        lambda user: Assessment.objects.filter(recommendation__in=Recommendation.objects.visible_to(user)),
        "",
        ("comment",),
        _entry("assessment", lambda row: row.recommendation_id),
        lambda row: f"{row.meeting}",
        ("recommendation", "meeting__body"),
        called=lambda row: row.recommendation.heading,
        latest="-meeting__held_on",
        reads=(
            "voided_at",
            "recommendation__reference",
            "recommendation__heading",
            "recommendation__withdrawn_at",
            "meeting__held_on",
            "meeting__day_precision",
            "meeting__title",
            "meeting__body__name",
        ),
    ),
    Kind(
        "findings",
        "Findings",
        lambda user: Finding.objects.visible_to(user),
        "",
        ("text",),
        lambda row: f"{reverse('inquiry', args=[row.inquiry_id])}#finding-{row.pk}",
        lambda row: f"{row.inquiry.reference}. {row.inquiry.title}",
        ("inquiry",),
        called=str,
        reads=("number", "inquiry__reference", "inquiry__title"),
    ),
    Kind(
        "evidence",
        "Evidence",
        lambda user: Evidence.objects.current().open_to(user).on_visible(user),
        "title",
        (),
        _evidence_page,
        _evidence_words,
        ("update__assignment__recommendation", "response__assignment__recommendation", "inquiry"),
    ),
    Kind(
        "posts",
        "Posts",
        lambda user: Post.objects.existing(),
        "title",
        (),
        _page("body", lambda row: row.body_id),
        lambda row: f"{row.body.name}",
        ("body",),
    ),
    Kind(
        "meetings",
        "Meetings",
        lambda user: (
            Meeting.objects.served_by(user, Role.CLERK, Role.SCRUTINY_OFFICER)
            if user.is_authenticated
            else Meeting.objects.none()
        ),
        "title",
        ("place",),
        _page("meeting"),
        lambda row: f"{row.body.name}, {row.day_words}",
        ("body",),
        latest="-held_on",
    ),
    Kind(
        "packs",
        "Briefing packs",
        lambda user: Pack.objects.visible_to(user),
        "title",
        ("purpose", "decisions"),
        _page("pack"),
        lambda row: f"{row.meeting}",
        ("meeting__body",),
        hidden=("content",),
    ),
)


def answer(words: str, user: User | AnonymousUser) -> Answer:
    """Return what this person may see of the results, what was probably meant, and the statuses that the words name."""
    words = _short(words)
    groups = search(words, user)
    statuses = statuses_named(words)
    if any(not group.close for group in groups if group.kind in ("bodies", "inquiries", "recommendations")):
        return Answer(words, groups, statuses)
    meant = probably_meant(words, user)
    corrected = search(meant, user) if meant else []
    if not any(not group.close for group in corrected):
        return Answer(words, groups, statuses)
    if any(not group.close for group in groups):
        return Answer(words, groups, statuses, meant)
    return Answer(words, corrected, statuses, meant, instead=True)


def search(words: str, user: User | AnonymousUser) -> list[Group]:
    """Return what this person may see of the results, in groups, without empty ones: first those of which the words are
    in a title.
    """
    words = _short(words)
    if not folded(words).strip():
        return []
    visible = {kind.name: kind.rows(user) for kind in KINDS}
    matches = _matches(visible, words)
    groups = [_group(kind, visible[kind.name], matches, words) for kind in KINDS]
    return sorted((group for group in groups if group.hits), key=_place)


def _place(group: Group) -> tuple[bool, int]:
    """Return where a group stands: a name that was typed first, and of those the widest thing."""
    return not group.named, NAMES_FIRST.index(group.kind) if group.named and group.kind in NAMES_FIRST else 2


def statuses_named(words: str) -> list[Status]:
    """Return the statuses that are called so, with the list of recommendations for each."""
    typed = folded(words).split()
    return [
        Status(str(member.label), f"{reverse('recommendations')}?{urlencode({name: member.value})}")
        for name, vocabulary in (("status", FollowUpStatus), ("claim", Claim), ("grade", Grade))
        for member in vocabulary
        if typed and folded(str(member.label)).split() == typed
    ]


def _short(words: str) -> str:
    return " ".join(words.replace("\x00", " ").split())[:LONGEST]


def _matches(visible: dict[str, Any], words: str) -> dict[str, list[int]]:
    """Return for each kind the keys of the rows that have the words, and for `REFERENCE` of the recommendations of which
    they are the reference; in one query, because most kinds have none.

    They are the latest where those are shown first, and otherwise those that are ranked.
    """
    parts = [_keys(kind.name, visible[kind.name].matching(words), kind.latest) for kind in KINDS]
    if is_reference(words):
        parts.append(_keys(REFERENCE, visible["recommendations"].with_typed_reference(words)))
    found: dict[str, list[int]] = {}
    for name, key in parts[0].union(*parts[1:], all=True):
        found.setdefault(name, []).append(key)
    return found


def _keys(name: str, matches: Any, latest: str = "") -> Any:
    order = (latest, "-pk") if latest else ("-pk",)
    named = matches.annotate(found_as=Value(name, output_field=TextField()))
    return named.order_by(*order).values_list("found_as", "pk")[: SHOWN + 1 if latest else RANKED]


def _group(kind: Kind, visible: Any, matches: dict[str, list[int]], words: str) -> Group:
    keys = matches.get(kind.name, [])
    exact = matches.get(REFERENCE, []) if kind.name == "recommendations" else []
    close = kind.like and not (exact or keys)
    if close:
        best = _shown(kind, _nearest(visible, kind.title, words), words)
    elif exact or keys:
        rows = visible.model._default_manager.filter(rules.is_one_of(exact or keys))
        best = _shown(kind, _best(kind, rows, words, exact=bool(exact), many=len(keys) > MANY), words)
    else:
        best = []
    return Group(
        kind.name,
        kind.heading,
        [_hit(kind, row) for row in best[:SHOWN]],
        more=len(best) > SHOWN,
        close=close,
        named=bool(best and best[0].named),
        everything=f"{reverse(kind.everything)}?{urlencode({'q': words})}" if kind.everything else "",
    )


def _best(kind: Kind, rows: Any, words: str, *, exact: bool, many: bool) -> Any:
    """Return the rows with the best first, and whether each is `named` so: the words are in its title, or are its
    reference. Of `many` rows only those so named are ranked, where they fill what is shown: they come first.
    """
    names = kind.names or tuple(filter(None, (kind.title,)))
    if exact or kind.latest or not names:
        rows = rows.annotate(named=Value(exact))
    else:
        named = SearchVectorExact(_vector(rows.model, names), words_query(words))
        if many and not exact:
            so_named = list(rows.order_by().filter(named).values_list("pk", flat=True))
            rows = rows.filter(rules.is_one_of(so_named)) if len(so_named) > SHOWN else rows
        rows = rows.annotate(named=named)
    if exact:
        return rows.order_by("-pk")
    if kind.latest:
        return rows.order_by(kind.latest, "-pk")
    columns = tuple(filter(None, (kind.title, *kind.texts)))
    rank = SearchRank(_vector(rows.model, columns), words_query(words)).desc()
    return rows.order_by("-named", rank, "-pk")


def _nearest(visible: Any, title: str, words: str) -> Any:
    """Return the rows whose title is most similar to the words; the threshold is PostgreSQL's own, 0.6."""
    like = visible.filter(**{f"{title}__trigram_word_similar": words}).annotate(named=Value(False))
    return like.order_by(TrigramWordSimilarity(words, title).desc(), "-pk")


def _shown(kind: Kind, rows: Any, words: str) -> list[Any]:
    """Return the first rows, one more than are shown, with the words marked in their texts."""
    rows = rows.select_related(*kind.related)
    if kind.reads:
        rows = rows.only(*filter(None, (kind.title,)), *kind.texts, *kind.reads)
    else:
        rows = rows.defer(*kind.hidden)
    if kind.name == "inquiries":
        of_it = Recommendation.objects.standing().in_reports().in_order()
        of_it = of_it.only("reference", "heading", "inquiry", "withdrawn_at")
        of_it = of_it.annotate(corrected=is_told_of("pk"))[:OF_AN_INQUIRY]
        rows = rows.prefetch_related(Prefetch("recommendations", of_it, to_attr="first_recommendations"))
    told = is_told_of_row(rows.model)
    if told is not None:
        rows = rows.annotate(corrected=told)
    rows = rows.annotate(
        title_found=_headline(_searched(rows.model, (kind.title,)), words) if kind.title else Value(""),
        text_found=_headline(_searched(rows.model, kind.texts), words) if kind.texts else Value(""),
    )
    return list(rows[: SHOWN + 1])


@cache
def _vector(model: type[Model], columns: tuple[str, ...]) -> KeptSQL:
    return KeptSQL(model, RankedVector(*columns))


@cache
def _searched(model: type[Model], texts: tuple[str, ...]) -> KeptSQL:
    return KeptSQL(model, SearchText(_Lines(*texts) if len(texts) > 1 else F(*texts)))


def _hit(kind: Kind, row: Any) -> Hit:
    text = "\n".join(getattr(row, name) for name in kind.texts)
    return Hit(
        row,
        search_excerpts.title(getattr(row, kind.title), row.title_found)
        if kind.title and getattr(row, kind.title)
        else search_excerpts.marked(kind.called(row) or str(row)),
        search_excerpts.excerpt(text, row.text_found),
        kind.address(row),
        kind.about(row),
        getattr(row, "first_recommendations", ()),
    )


def _headline(text: Any, words: str) -> SearchHeadline:
    return SearchHeadline(
        text,
        words_query(words),
        config=CONFIG,
        start_sel=START,
        stop_sel=STOP,
        highlight_all=True,
    )
