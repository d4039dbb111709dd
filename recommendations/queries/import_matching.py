"""What the names in a tracker mean on the record: bodies, posts and people, inquiries, and recommendations that are alike.

A name is matched as a whole and without guessing. Where two fit, or one fits that has ended, the candidates are given and a
person is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from committee.text import clean_line, comparable, sort_key
from recommendations.lifecycle import Role
from recommendations.lifecycle.periods import Period
from recommendations.models import Body, Inquiry, Meeting, Membership, Post

ALIKE_NAMES = 0.5
"""How alike two names are, from 0 to 1, for one to be suggested for the other."""
MOST_SUGGESTED = 5


def name_key(name: str) -> str:
    """Return a name as it is compared: without its article, with "and" for "&", without full stops and commas."""
    plain = comparable(name).replace("&", " and ")
    return " ".join(re.sub(r"[.,;:()]", " ", plain).split()).removeprefix("the ")


def likeness_of(one: str, other: str) -> float:
    """Return from 0 to 1 how like two names are, by the groups of three letters that they share."""
    left, right = _trigrams(one), _trigrams(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


@lru_cache(maxsize=4096)
def _trigrams(name: str) -> frozenset[str]:
    padded = f"  {name} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


# ------------------------------------------------------------------ to whom it is addressed


@dataclass(frozen=True)
class NamedOwner:
    """A body that a name in a tracker may mean, and the post in it."""

    body: Body
    post: Post | None = None
    person: str = ""
    """The name of the person who answers for the body, where the name is theirs."""

    @property
    def label(self) -> str:
        """The name in a list of choices."""
        if self.post is not None:
            return f"{self.post.title}, {self.body.name}"
        if self.person:
            return f"{self.body.name}, for which {self.person} answers"
        return f"{self.body.name}{self.ended_words}"

    @property
    def ended_words(self) -> str:
        return (
            f" (ended {self.body.abolished_on:%d %B %Y})".replace(" 0", " ") if self.body.abolished_on else ""
        )


@dataclass(frozen=True)
class Match:
    """What a name may mean: `sure` where nothing needs to be asked, and the likely candidates."""

    sure: NamedOwner | None = None
    candidates: tuple[NamedOwner, ...] = ()


class NamedBodies:
    """All bodies, posts and people who answer for bodies, by name."""

    def __init__(self, on: dt.date | None) -> None:
        """Fetch them. `on` is the day of which the tracker speaks: a body that ended before it is asked about."""
        self.on = on
        self.bodies = {body.pk: body for body in Body.objects.for_choice().select_related("successor")}
        self.by_place = {(body.parent_id, body.sort_key): body for body in self.bodies.values()}
        self.posts = {post.pk: post for post in Post.objects.existing().order_by("sort_key", "pk")}
        ended = Post.objects.order_by().filter(ended_on__isnull=False)
        self.ended = {
            "bodies": {pk for pk, body in self.bodies.items() if body.abolished_on is not None},
            "posts": set(ended.values_list("pk", flat=True)),
        }
        """What has ended: its keys are as `import_seen` names them."""
        self.by_name: dict[str, list[NamedOwner]] = defaultdict(list)
        for body in self.bodies.values():
            for name in dict.fromkeys((body.name, body.short_name)):
                self._add(name, NamedOwner(body))
        for post in self.posts.values():
            self._add(post.title, NamedOwner(self.bodies[post.body_id], post))
        answering = (
            Membership.objects.current().for_list().filter(role__in=(Role.RESPONSIBLE_OFFICER, Role.APPROVER))
        )
        for membership in answering:
            if membership.body_id is not None:
                self._add(
                    membership.user.name,
                    NamedOwner(self.bodies[membership.body_id], person=membership.user.name),
                )

    def _add(self, name: str, owner: NamedOwner) -> None:
        key = name_key(name)
        if key and all(one.body != owner.body or one.post != owner.post for one in self.by_name[key]):
            self.by_name[key].append(owner)

    def match(self, name: str, on: dt.date | None = None) -> Match:
        """Return what the name means. `on` is the day of the line that names it; the tracker's own where it has none."""
        found = self.by_name.get(name_key(name), [])
        if not found:
            return Match(candidates=self.suggestions(name))
        there = [one for one in found if one.body.abolished_on is None and not one.person]
        if len(there) == 1:
            return Match(there[0], tuple(found))
        return Match(
            candidates=(*there, *self._of_ended(found, on or self.on), *(one for one in found if one.person))
        )

    def _of_ended(self, found: Iterable[NamedOwner], on: dt.date | None) -> list[NamedOwner]:
        """Return ended bodies with their successors: the body itself first where it was there on the day."""
        ordered: list[NamedOwner] = []
        for one in found:
            if one.body.abolished_on is None:
                continue
            later = [NamedOwner(one.body.successor)] if one.body.successor is not None else []
            was_there = on is not None and one.body.exists_on(on)
            ordered += [one, *later] if was_there else [*later, one]
        return ordered

    def suggestions(self, name: str) -> tuple[NamedOwner, ...]:
        """Return existing bodies and posts whose names are like this one, the likest first."""
        key = name_key(name)
        words = set(key.split())
        scored = []
        for other, owners in self.by_name.items():
            if not words & set(other.split()):
                continue
            likeness = likeness_of(key, other)
            if f" {other} " in f" {key} " or likeness >= ALIKE_NAMES:
                scored += [(likeness, one) for one in owners if one.body.abolished_on is None]
        scored.sort(key=lambda each: -each[0])
        return tuple(one for _, one in scored[:MOST_SUGGESTED])

    def called(self, name: str, parent: int | None) -> Body | None:
        """Return the body that has this name in that parent: no other can have it there, also where this one has ended."""
        return self.by_place.get((parent, sort_key(clean_line(name))))

    def named(self, body: object, post: object = None) -> NamedOwner | None:
        """Return the body and the post with these ids; None where they are not there any more."""
        if not isinstance(body, int) or body not in self.bodies:
            return None
        known = self.posts.get(post) if isinstance(post, int) else None
        return NamedOwner(self.bodies[body], known if known and known.body_id == body else None)


# ------------------------------------------------------------------ inquiries


class NamedInquiries:
    """The inquiries of a committee and of those below it, by title, reference and day."""

    def __init__(self, committee: Body) -> None:
        self.rows = {row.pk: row for row in Inquiry.objects.within(committee).latest_first()}
        self.by_name: dict[str, list[Inquiry]] = defaultdict(list)
        for row in self.rows.values():
            for name in dict.fromkeys((row.title, row.reference)):
                if key := name_key(name):
                    self.by_name[key].append(row)

    def match(self, words: str) -> Inquiry | None:
        """Return the inquiry that is called so, if there is just one."""
        found = self.by_name.get(name_key(words), [])
        return found[0] if len(found) == 1 else None

    def match_dated(self, title: str, published: Period) -> Inquiry | None:
        """Return the one inquiry that is called so and whose report is not known to be of another day."""
        found = self.match(title) if published.is_known else None
        is_other = found and found.published_on and not published.holds(found.published_on)
        return None if is_other else found

    def likeliest(self, words: str) -> Inquiry | None:
        """Return the inquiry whose title is most like these words; None if none is."""
        key = name_key(words)
        scored = [
            (
                1.0 if f" {name} " in f" {key} " else likeness_of(key, name),
                -row.pk,
                row,
            )
            for name, rows in self.by_name.items()
            for row in rows
        ]
        best = max(scored, key=lambda each: each[:2], default=None)
        return best[2] if best and best[0] >= ALIKE_NAMES else None

    def published_on(self, made_on: Period) -> Inquiry | None:
        """Return the inquiry whose report was published on that day, if there is just one."""
        found = [row for row in self.rows.values() if row.published_on and row.published_on == made_on.end]
        return found[0] if len(found) == 1 else None


def meetings_to_choose(committee: Body, until: dt.date, most: int = 60) -> list[Meeting]:
    """Return the meetings of a committee at which it may have decided, the latest first."""
    return list(Meeting.objects.of(committee).begun(until)[:most])


# ------------------------------------------------------------------ recommendations that are alike

LIKE_ENOUGH = 0.5
"""How alike two wordings are, from 0 to 1 by trigrams, to ask whether they are one recommendation."""
MOST_LOOKED_UP = 1000
MOST_COMPARED = 1000
"""How many wordings are looked up, and how many characters of each."""


def alike_on_record(committee: Body, texts: Mapping[int, str]) -> dict[int, tuple[int, float]]:
    """Return for each of the texts, by its key, the recommendation of the committee that is most like it, by its id, and how
    like it is. A text that none is like has no entry.
    """
    asked: Sequence[tuple[int, str]] = [
        (key, text[:MOST_COMPARED]) for key, text in texts.items() if len(text) > 20
    ][:MOST_LOOKED_UP]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.id, show_trgm(r.text)
              FROM recommendations_recommendation r
              JOIN recommendations_inquiry i ON i.id = r.inquiry_id
              JOIN recommendations_body b ON b.id = i.committee_id
             WHERE b.lineage @> ARRAY[%s]::bigint[] AND r.withdrawn_at IS NULL
             ORDER BY r.id
            """,
            [committee.pk],
        )
        there = [(pk, frozenset(trigrams)) for pk, trigrams in cursor.fetchall()]
        cursor.execute(
            "SELECT key, show_trgm(words) FROM unnest(%s::bigint[], %s::text[]) AS typed(key, words)",
            [[key for key, _ in asked], [text for _, text in asked]],
        )
        found = {key: _most_like(frozenset(trigrams), there) for key, trigrams in cursor.fetchall()}
    return {key: best for key, best in found.items() if best}


def _most_like(
    trigrams: frozenset[str], there: Iterable[tuple[int, frozenset[str]]]
) -> tuple[int, float] | None:
    """Return which of `there` shares most trigrams, and how like it is as `similarity` of pg_trgm has it; the first of equals.

    The database makes the trigrams, once for each text. To compare thousands of pairs there, it would make them for each pair.
    """
    best = None
    for pk, others in there:
        least, most = sorted((len(trigrams), len(others)))
        if not most or least / most < (best[1] if best else LIKE_ENOUGH):
            continue
        shared = len(trigrams & others)
        score = shared / (least + most - shared)
        if score > best[1] if best else score >= LIKE_ENOUGH:
            best = (pk, score)
    return best
