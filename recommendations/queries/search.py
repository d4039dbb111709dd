"""The public search: recommendations, inquiries, bodies and published updates, by words or by misspelt names.

It asks only querysets of what the person may see, and only the columns in `models.search_vectors`, so exempt and
unpublished text is neither found nor shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchHeadline, SearchRank, TrigramWordSimilarity
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from committee.accounts.models import User
from recommendations.models import Assignment, Body, Inquiry, Recommendation, Update
from recommendations.models.search_vectors import (
    BODY_WORDS,
    CONFIG,
    INQUIRY_WORDS,
    RECOMMENDATION_WORDS,
    words_query,
)

SHOWN = 10
"""How many of each kind the search page shows."""
RANKED = 300
"""How many matches are ranked. More than that is a word too common to rank by."""
LONGEST = 200
"""The longest search, in characters."""

START, STOP = "\ue000", "\ue001"
"""Marks around a matched word on its way from the database: private-use characters that no text has."""


@dataclass(frozen=True)
class Hit:
    """One result: the row, its title and an excerpt, both HTML with the matched words marked."""

    row: Any
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Group:
    """The results of one kind. `more`: there are more than are shown. `close`: no text has the words, and these are the
    most similar names.
    """

    kind: str
    title: str
    hits: Sequence[Hit]
    more: bool
    close: bool


def marked(text: str | None) -> SafeString:
    """Return text with the database's marks as HTML: everything else escaped, a lone mark removed."""
    safe: str = escape(text or "")
    safe = re.sub(f"{START}([^{START}{STOP}]*){STOP}", r"<mark>\1</mark>", safe)
    return mark_safe(safe.replace(START, "").replace(STOP, ""))  # noqa: S308 (escaped above)


def search(words: str, user: User | AnonymousUser) -> list[Group]:
    """Return what this person may see of the results, in groups, without empty ones."""
    words = " ".join(words.replace("\x00", " ").split())[:LONGEST]
    if not words:
        return []
    groups = [
        _group(
            "recommendations",
            "Recommendations",
            Recommendation.objects.visible_to(user),
            words,
            vector=RECOMMENDATION_WORDS,
            title="heading",
            text=("text", "success_measure"),
            related=("inquiry",),
        ),
        _group(
            "inquiries",
            "Inquiries",
            Inquiry.objects.visible_to(user),
            words,
            vector=INQUIRY_WORDS,
            title="title",
            text=("summary", "scope"),
            related=("committee",),
        ),
        _group(
            "bodies",
            "Bodies",
            Body.objects.all(),
            words,
            vector=BODY_WORDS,
            title="name",
            text=("about",),
            related=("parent",),
        ),
        _updates(words, user),
    ]
    return [group for group in groups if group.hits]


def _group(
    kind: str,
    heading: str,
    visible: Any,
    words: str,
    *,
    vector: Any,
    title: str,
    text: tuple[str, ...],
    related: tuple[str, ...],
) -> Group:
    matches = visible.matching(words).order_by("-pk").values("pk")[:RANKED]
    best = list(
        visible.filter(pk__in=matches)
        .order_by(SearchRank(vector, words_query(words)).desc(), "-pk")
        .values_list("pk", flat=True)[: SHOWN + 1]
    )
    close = not best
    if close:
        best = _nearest(visible, title, words)
    rows = visible.filter(pk__in=best[:SHOWN]).select_related(*related)
    return Group(
        kind, heading, _hits(rows, best[:SHOWN], words, title, text), more=len(best) > SHOWN, close=close
    )


def _nearest(visible: Any, title: str, words: str) -> list[int]:
    """Return keys of the rows whose title is most similar to the words; the threshold is PostgreSQL's own, 0.6."""
    like = visible.filter(**{f"{title}__trigram_word_similar": words})
    return list(
        like.order_by(TrigramWordSimilarity(words, title).desc(), "-pk").values_list("pk", flat=True)[
            : SHOWN + 1
        ]
    )


def _updates(words: str, user: User | AnonymousUser) -> Group:
    """Return published updates that this person may see, the latest first."""
    visible = Update.objects.matching(words).filter(assignment__in=Assignment.objects.visible_to(user))
    latest = list(visible.order_by("-published_at", "-pk").values_list("pk", flat=True)[: SHOWN + 1])
    rows = (
        Update.objects.published()
        .filter(pk__in=latest[:SHOWN])
        .select_related("assignment__recommendation__inquiry", "assignment__body")
        .defer("exempt_text")
    )
    text = ("progress", "delivered_what", "barriers", "next_steps", "public_summary")
    return Group(
        "updates",
        "Progress updates",
        _hits(rows, latest[:SHOWN], words, None, text),
        more=len(latest) > SHOWN,
        close=False,
    )


def _hits(
    rows: QuerySet[Any], order: list[int], words: str, title: str | None, text: tuple[str, ...]
) -> list[Hit]:
    query = words_query(words)
    joined = F(text[0]) if len(text) == 1 else Concat(*_with_spaces(text))
    options: dict[str, Any] = {"config": CONFIG, "start_sel": START, "stop_sel": STOP}
    rows = rows.annotate(
        excerpt=SearchHeadline(joined, query, max_words=45, min_words=25, **options),
        marked_title=SearchHeadline(title, query, highlight_all=True, **options) if title else Value(""),
    )
    found = {row.pk: row for row in rows}
    return [
        Hit(found[key], marked(found[key].marked_title), marked(found[key].excerpt))
        for key in order
        if key in found
    ]


def _with_spaces(names: tuple[str, ...]) -> list[Any]:
    parts: list[Any] = []
    for name in names:
        parts += [F(name), Value(" ", output_field=TextField())]
    return parts
