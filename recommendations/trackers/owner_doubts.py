"""Doubts whether what was read as one name is one: it is asked rather than guessed."""

from __future__ import annotations

import re

from committee.text import comparable
from recommendations.trackers.owner_looks import STRONG, KnownOwners, Look, look, looks_like_owner
from recommendations.trackers.owner_words import (
    BODY_ENDS,
    PART_OF_BODY,
    POST_BEGINS,
    POST_WITH_SUBJECT,
    SEPARATOR,
    TOPIC_BODY,
    words_of,
)

TOGETHER = re.compile(
    r" (?:jointly with|together with|in partnership with|in conjunction with|in collaboration with|working with|supported by|with (?:the )?support (?:of|from)|alongside|along with|plus) "
)
"""What parts two names wherever it stands."""
ORGANISED = re.compile(
    r"\b(?:services?|teams?|directorates?|departments?|divisions?|units?|offices?|resources)$"
)
"""The end of a part of a body, not of a subject: "Parks & Leisure Services", and not "Leisure and Tourism"."""
TEAM = re.compile(r"\b(?:teams?|directorates?|departments?|units?)$")
POST_FOR = re.compile(r"\b(?:of|for)\b|:| - ")
"""What stands between a post and its subject, with which words behind "and" may go too."""
AND = re.compile(r" (?:and|&) ")


def may_be_several(name: str, known: KnownOwners) -> bool:
    """Return whether what was read as one name may be several, or a post and the person who holds it."""
    looks = look(name, known)
    if looks == Look.KNOWN:
        return False
    if TOGETHER.search(comparable(name)) or (
        look(name.partition(" (")[0], known) == Look.PERSON and (looks != Look.PERSON or "(" in name)
    ):
        return True
    depth = 0
    brackets = [depth := depth + (char == "(") - (char == ")") for char in name]
    return any(
        _parts(name[: mark.start()], mark[0], name[mark.end() :], known)
        for mark in SEPARATOR.finditer(name)
        if brackets[mark.start()] <= 0
    )


def _parts(left: str, mark: str, right: str, known: KnownOwners) -> bool:
    """Return whether a mark may part two names."""
    if not left.strip() or not right.strip():
        return False
    first, second = look(left, known), look(right, known)
    if second == Look.PERSON or (first == Look.PERSON and mark.strip() in ("-", ",")):
        return True
    if mark.strip() == "-":
        return False
    if mark.strip() == ",":
        if not AND.search(right):
            return True
        return looks_like_owner(left, known) and (second in STRONG or bool(ORGANISED.search(words_of(right))))
    if mark.strip() not in ("and", "&") or not looks_like_owner(left, known):
        return False
    if POST_WITH_SUBJECT.match(words_of(right)):
        return True
    if second in STRONG:
        return first in STRONG or _is_part(left) or _is_whole(right, second)
    if second == Look.SERVICE and (
        first in (Look.BODY, Look.KNOWN) or not POST_FOR.search(left) or BODY_ENDS.search(words_of(left))
    ):
        return first in STRONG
    return first in STRONG and bool(TEAM.search(words_of(right)))


def _is_part(name: str) -> bool:
    """Return whether a name says that it is a part of a body, as "Adult Social Care" and not "Parks" of "Parks and Highways"."""
    return bool(PART_OF_BODY.search(words_of(name)))


def _is_whole(name: str, looks: Look) -> bool:
    """Return whether a name needs nothing before "and": not "Highways Manager", not "Planning Committee"."""
    words = words_of(name)
    return bool(POST_BEGINS.match(words)) if looks == Look.POST else not TOPIC_BODY.fullmatch(words)
