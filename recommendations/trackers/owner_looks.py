"""What a name looks like: a body, a post, a part of a body, a person, initials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from committee.text import clean_line
from recommendations.trackers.owner_words import (
    ACRONYMS,
    BODY_BEGINS,
    BODY_ENDS,
    FIRST_NAMES,
    INITIAL_NAME,
    INITIALS,
    NAME,
    NAMES_A_SUBJECT,
    ONE_NAME,
    PART_IN_BRACKETS,
    POST_BEGINS,
    POST_ENDS,
    SERVICE_ENDS,
    TITLE,
    words_of,
)


class Look(IntEnum):
    """What a name looks like, the surer the higher."""

    NOTHING = 0
    SERVICE = 1
    INITIALS = 2
    PERSON = 3
    POST = 4
    BODY = 5
    KNOWN = 6


STRONG = (Look.POST, Look.BODY, Look.KNOWN)


@dataclass(frozen=True)
class KnownOwners:
    """The names that the committee's council knows: bodies, posts, their short names, and people by their posts."""

    names: frozenset[str] = frozenset()
    """By `words_of`."""
    people: Mapping[str, str] = field(default_factory=dict)
    """The post of each person, by `words_of` the person's name."""

    def __hash__(self) -> int:
        return hash(self.names)

    @classmethod
    def of(cls, names: Iterable[str] = (), people: Mapping[str, str] | None = None) -> KnownOwners:
        """Return the names as they are compared."""
        posts = {words_of(name): post for name, post in (people or {}).items()}
        return cls(frozenset(map(words_of, names)) - {""}, posts)


NOBODY_KNOWN = KnownOwners()


def look(name: str, known: KnownOwners = NOBODY_KNOWN) -> Look:
    """Return what a name looks like by itself."""
    return _look(clean_line(name).strip(" .,;:"), known)


@lru_cache(maxsize=8192)
def _look(name: str, known: KnownOwners) -> Look:
    words = words_of(name)
    if not words:
        return Look.NOTHING
    if words in known.names or words in ONE_NAME or words in ACRONYMS:
        return Look.KNOWN
    if words in known.people or TITLE.match(words) or INITIAL_NAME.match(name):
        return Look.PERSON
    if NAMES_A_SUBJECT.search(words):
        return Look.NOTHING
    bare = PART_IN_BRACKETS.sub("", words).strip()
    if POST_BEGINS.match(bare):
        return Look.POST
    if BODY_BEGINS.match(words) or BODY_ENDS.search(words):
        return Look.BODY
    if POST_BEGINS.match(bare) or POST_ENDS.search(bare):
        return Look.POST
    if NAME.match(name) and words.split()[0] in FIRST_NAMES and not SERVICE_ENDS.search(words):
        return Look.PERSON
    if SERVICE_ENDS.search(words):
        return Look.SERVICE
    if INITIALS.fullmatch(name):
        return Look.INITIALS
    return Look.NOTHING


def looks_like_owner(name: str, known: KnownOwners = NOBODY_KNOWN) -> bool:
    """Return whether a name looks like a body, a post or a part of a body."""
    return look(name, known) in (*STRONG, Look.SERVICE)
