"""Parts a line that names owners where each side looks like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from committee.text import comparable, occurrences
from recommendations.trackers.owner_looks import (
    STRONG,
    KnownOwners,
    Look,
    look,
)
from recommendations.trackers.owner_words import (
    ALONE,
    BODY_BEGINS,
    NAME,
    ONE_NAME,
    PART_OF_BODY,
    POST_BEGINS,
    SEPARATOR,
    SERVICE_ENDS,
    SUBJECTS,
    TOPIC_BODY,
    words_of,
)


@dataclass(frozen=True)
class Group:
    text: str
    look: Look
    start: int
    end: int
    mark: str
    """What stands between the name before and this one."""

    def beside(self, other: Group) -> bool:
        """Return whether a comma or a dash stands between the two, as between a person and the post."""
        mark = other.mark if other.start > self.start else self.mark
        return mark.strip() in (",", "-", "")


def groups_of(line: str, known: KnownOwners) -> list[Group] | None:
    """Return the names of a line; None where it can't be told whether it is one or several."""
    pieces = _pieces(line, known)
    if len(pieces) == 1 or len(pieces) > 14:
        return [Group(line, look(line, known), 0, len(line), "")]
    best = _best(line, pieces, known)
    if best is not None:
        return best
    if look(line, known) == Look.KNOWN or not any(mark.strip() for _, _, mark in pieces[1:]):
        return [Group(line, look(line, known), 0, len(line), "")]
    if all(mark == " - " for _, _, mark in pieces[1:]):
        return [Group(line, look(line, known), 0, len(line), "")]
    return None


def _pieces(line: str, known: KnownOwners) -> list[tuple[int, int, str]]:
    """Return where the pieces between separators begin and end, each with the separator before it. Separators within known
    names part nothing.
    """
    taken = _known_spans(line, known)
    pieces: list[tuple[int, int, str]] = []
    start, mark = 0, ""
    depth = 0
    brackets = [depth := depth + (char == "(") - (char == ")") for char in line]
    for match in SEPARATOR.finditer(line):
        inside = any(first <= match.start() < last for first, last in taken)
        if inside or brackets[match.start()] > 0 or match.start() == start:
            continue
        pieces.append((start, match.start(), mark))
        start, mark = match.end(), match[0]
    return [*pieces, (start, len(line), mark)]


def _known_spans(line: str, known: KnownOwners) -> list[tuple[int, int]]:
    """Return where names that hold a separator stand, the longest first."""
    plain = comparable(line)
    names = [
        name
        for name in (*known.names, *ONE_NAME)
        if SEPARATOR.search(name) and (name in plain or name.replace(" and ", " & ") in plain)
    ]
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=len, reverse=True):
        for form in (name, name.replace(" and ", " & ")):
            for start, end in occurrences(line, form):
                if not any(start < last and first < end for first, last in taken):
                    taken.append((start, end))
    return taken


@dataclass(frozen=True)
class _Way:
    """A way to part the rest of a line."""

    groups: tuple[Group, ...] = ()
    weight: int = 0
    """How plainly the separators part: a comma more than "and", a slash more than a comma."""
    is_only: bool = True
    """Whether no other way is as good."""

    @property
    def rank(self) -> tuple[int, int]:
        return len(self.groups), self.weight


def _best(line: str, pieces: Sequence[tuple[int, int, str]], known: KnownOwners) -> list[Group] | None:
    """Return the way to part a line in which each part looks like an owner, the one with most parts. Of ways with as many, the
    one that parts at the plainer separators; None where two are as good.
    """
    count = len(pieces)
    ways: list[_Way | None] = [None] * count + [_Way()]
    for at in range(count - 1, -1, -1):
        for end in range(at + 1, count + 1):
            rest = ways[end]
            group = _group(line, pieces, at, end, known) if rest else None
            if rest is None or group is None:
                continue
            weight = rest.weight + (_weight(pieces[end][2]) if end < count else 0)
            weight -= STRANGE if _goes_on_strangely(line, pieces, at, end, group) else 0
            way = _Way((group, *rest.groups), weight, rest.is_only)
            best = ways[at]
            if best is None or way.rank > best.rank:
                ways[at] = way
            elif way.rank == best.rank:
                ways[at] = replace(best, is_only=False)
    best = ways[0]
    return list(best.groups) if best and best.is_only else None


STRANGE = 3
"""What a way loses where a post goes on with words that no post is for."""


def _goes_on_strangely(
    line: str, pieces: Sequence[tuple[int, int, str]], at: int, end: int, group: Group
) -> bool:
    """Return whether a post is made to go on with a name: "Leader of the Council and Tern" of "Leader of the Council and Tern,
    Ousel and Wren Valleys NHS Trust".
    """
    if group.look != Look.POST:
        return False
    words = [words_of(line[first:last]) for first, last, _ in pieces[at:end]]
    return not all(SUBJECTS.fullmatch(one) or SERVICE_ENDS.search(one) for one in words[1:])


def _weight(mark: str) -> int:
    if mark.strip() in ("/", "|"):
        return 4
    return 1 if mark.strip() in ("and", "&") else 2


def _group(
    line: str, pieces: Sequence[tuple[int, int, str]], at: int, end: int, known: KnownOwners
) -> Group | None:
    """Return the pieces from one to another as one name; None where they look like none, or like several."""
    start, stop, mark = pieces[at][0], pieces[end - 1][1], pieces[at][2]
    text = line[start:stop].strip()
    looks = look(text, known)
    if looks == Look.BODY and begins_before(line, pieces, at, end, known):
        return None
    if end - at == 1:
        weak = looks in (Look.SERVICE, Look.INITIALS) and not (at and _is_post(line, pieces[at - 1], known))
        if looks in STRONG or looks == Look.PERSON or (weak and _only_slashes(pieces)):
            return Group(text, looks, start, stop, mark)
        if NAME.match(text) and looks == Look.NOTHING and _beside_post(line, pieces, at, known):
            return Group(text, Look.PERSON, start, stop, mark)
        return None
    if looks == Look.KNOWN:
        return Group(text, looks, start, stop, mark)
    if looks not in (Look.POST, Look.BODY) or any(
        one[2].strip() in ("/", "|", "-", "+") for one in pieces[at + 1 : end]
    ):
        return None
    inner = [look(line[first:last], known) for first, last, _ in pieces[at:end]]
    if _is_of_several(line, pieces, at, end, inner):
        return None
    # What is known by its beginning goes on behind it, as "Head of Housing and Property"; what is known by its end begins
    # before it, as "Devon and Cornwall Police".
    first = words_of(line[pieces[at][0] : pieces[at][1]])
    begins = POST_BEGINS.match(first) if looks == Look.POST else BODY_BEGINS.match(first)
    others = inner[1:] if begins else inner[:-1]
    if any(one in STRONG or one == Look.PERSON for one in others):
        return None
    return Group(text, looks, start, stop, mark)


def _is_of_several(
    line: str, pieces: Sequence[tuple[int, int, str]], at: int, end: int, inner: Sequence[Look]
) -> bool:
    """Return whether pieces that end like an owner are rather several: "Parks and Leisure Services, Monitoring Officer", "Group
    Manager, Leader of the Council".
    """
    last = words_of(line[pieces[end - 1][0] : pieces[end - 1][1]])
    if POST_BEGINS.match(last) and inner[-1] == Look.POST:
        return True
    return any(
        pieces[one + 1][2].strip() == "," and PART_OF_BODY.search(words_of(line[first:stop]))
        for one, (first, stop, _) in enumerate(pieces[: end - 1])
        if one >= at
    )


def _is_post(line: str, piece: tuple[int, int, str], known: KnownOwners) -> bool:
    return look(line[piece[0] : piece[1]], known) == Look.POST


def _only_slashes(pieces: Sequence[tuple[int, int, str]]) -> bool:
    return all(mark.strip() in ("/", "|") for _, _, mark in pieces[1:])


def _beside_post(line: str, pieces: Sequence[tuple[int, int, str]], at: int, known: KnownOwners) -> bool:
    """Return whether a comma or a dash parts the piece from a post, as it does a person's name."""
    for other, mark in ((at + 1, pieces[at + 1][2] if at + 1 < len(pieces) else ""), (at - 1, pieces[at][2])):
        if 0 <= other < len(pieces) and mark.strip() in (",", "-"):
            words = line[pieces[other][0] : pieces[other][1]]
            if look(words, known) == Look.POST:
                return True
    return False


def begins_before(
    line: str, pieces: Sequence[tuple[int, int, str]], at: int, end: int, known: KnownOwners
) -> bool:
    """Return whether pieces that end like a body are parted at the wrong place.

    Of "Cabinet Member for Children and Families, Cabinet" neither "Families, Cabinet" nor "Children and Families, Cabinet" is a
    body; of "Head of Planning, Health and Wellbeing Board" neither is "Wellbeing Board".
    """
    words = [words_of(line[first:last]) for first, last, _ in pieces[:end]]
    joined = at > 0 and pieces[at][2].strip() in ("and", "&")
    if TOPIC_BODY.fullmatch(words[-1]) and end - at == 1:
        return joined and bool(SUBJECTS.fullmatch(words[at - 1]))
    if end - at == 1:
        return False
    if words[-1] in ALONE:
        return True
    if not at or not SUBJECTS.fullmatch(words[at]):
        return False
    before = [line[first:last] for first, last, _ in pieces[:at]]
    while before and SUBJECTS.fullmatch(words_of(before[-1])):
        before.pop()
    # Behind a comma "Children and Families Board" is one; behind "and" it can't be told what goes with the post.
    is_one = TOPIC_BODY.fullmatch(words[-1]) and not joined
    return bool(before) and look(before[-1], known) == Look.POST and not is_one
