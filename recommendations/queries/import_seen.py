"""What a line of a tracker was checked against, and whether the record says otherwise by the time it is applied.

A preview waits for days: meanwhile people address recommendations to further bodies, move dates, withdraw and reword, and bodies
end. What was decided in the light of the former record is not applied to another one: it is read anew first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any

from recommendations.lifecycle.imported import ImportedOwner
from recommendations.models import Assignment, Body, Post, Recommendation

Seen = dict[str, Any]
"""What a line was checked against: the recommendation on the record, its words, its parts with their dates, and those that the
line names and that had ended."""


def parts_on_record(recommendations: Iterable[int]) -> dict[int, list[Assignment]]:
    """Return the standing parts of the recommendations, by the ids of these, in one query."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.standing().filter(recommendation__in=list(recommendations))
    for part in rows.select_related("body").in_order():
        found[part.recommendation_id].append(part)
    return found


def seen_of(
    known: Recommendation | None,
    parts: Iterable[Assignment],
    owners: Iterable[ImportedOwner],
    ended: Mapping[str, Collection[int]],
) -> Seen:
    """Return what a line is checked against. `ended` are the bodies and posts that have ended."""
    named = list(owners)
    return {
        "known": known.pk if known else None,
        "words": _words(known) if known else "",
        "parts": sorted([part.body_id, part.target_on and part.target_on.isoformat()] for part in parts),
        "bodies ended": sorted({one.body for one in named if one.body in ended["bodies"]}),
        "posts ended": sorted({one.post for one in named if one.post in ended["posts"]}),
    }


def _words(row: Recommendation) -> str:
    said = (row.text, row.sort_key, row.closed_on)
    return sha256(repr(said).encode()).hexdigest()[:16]


def what_ended(owners: Iterable[ImportedOwner]) -> dict[str, set[int]]:
    """Return the bodies and posts among the owners that have ended."""
    named = list(owners)
    bodies = {one.body for one in named if isinstance(one.body, int)}
    posts = {one.post for one in named if isinstance(one.post, int)}
    gone = Body.objects.order_by().filter(pk__in=bodies, abolished_on__isnull=False)
    left = Post.objects.order_by().filter(pk__in=posts, ended_on__isnull=False)
    return {
        "bodies": set(gone.values_list("pk", flat=True)),
        "posts": set(left.values_list("pk", flat=True)),
    }


def what_changed(before: Seen, now: Seen, reference: str) -> str:
    """Return what the record says otherwise than when a line was checked, "" if nothing. `reference` names its recommendation."""
    if before["known"] != now["known"]:
        if now["known"] is None:
            return "its recommendation was withdrawn or changed on the record"
        return f"{reference} came on the record or was changed there"
    if before["words"] != now["words"]:
        return f"{reference} was reworded, renumbered or closed on the record"
    if {body for body, _ in before["parts"]} != {body for body, _ in now["parts"]}:
        return f"{reference} is addressed to other bodies on the record"
    if before["parts"] != now["parts"]:
        return f"{reference} has another target date on the record"
    if set(now["bodies ended"]) - set(before["bodies ended"]):
        return "a body to which it is addressed has ended"
    if set(now["posts ended"]) - set(before["posts ended"]):
        return "a post to which it is addressed has ended"
    return ""
