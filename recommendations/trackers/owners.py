"""Reads to whom a recommendation is addressed, and parts a cell that names several owners.

Known names come first, the longest first. What is left is parted at ";", "/", line ends, commas, "and", "&" and "with" only where
each side looks like an owner: "Head of Housing and Property" is one post. What can't be told is asked, once for each text. People
who are named beside a post are left out: the post is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from committee.text import clean_line, clean_text, comparable, occurrences
from recommendations.trackers.owner_words import (
    ACRONYMS,
    BARE_POST,
    BODY_BEGINS,
    BODY_ENDS,
    EVERYBODY,
    FIRST_NAMES,
    INITIAL_NAME,
    INITIALS,
    LABELS,
    LIST_MARK,
    NAME,
    NO_OWNER,
    ONE_NAME,
    PART_IN_BRACKETS,
    PLURAL_OF_SEVERAL,
    POLITICAL,
    POST_BEGINS,
    POST_ENDS,
    ROLE_IN_BRACKETS,
    SEPARATOR,
    SERVICE_ENDS,
    SHORT_NAME,
    TITLE,
    UNFINISHED,
    words_of,
)
from recommendations.trackers.questions import Answers, Choice, Question, Read, question_key


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


@dataclass(frozen=True)
class Owners:
    """Who is named in a cell."""

    read: Read[tuple[str, ...]]
    short_names: Mapping[str, str] = field(default_factory=dict)
    """Short names that the cell gives in brackets, with the full name of each."""

    @property
    def names(self) -> tuple[str, ...]:
        return self.read.value or ()


# ------------------------------------------------------------------ what a name looks like


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
    bare = PART_IN_BRACKETS.sub("", words).strip()
    if POST_BEGINS.match(bare) and (not BODY_ENDS.search(bare) or bare.endswith("chief executive")):
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


# ------------------------------------------------------------------ a cell


def owner_key(words: str) -> str:
    """Return the key of the question who is named. Its answer is a list of names."""
    return question_key("owner", "names", words)


def read_owners(text: str, known: KnownOwners = NOBODY_KNOWN, answers: Answers | None = None) -> Owners:
    """Return the owners that a cell names, in order, or a question."""
    words = clean_text(text)
    said = answers.get(owner_key(words)) if answers else None
    if isinstance(said, list | tuple):
        return Owners(Read(tuple(map(str, said)), words))
    return _read(words, known)


@lru_cache(maxsize=4096)
def _read(words: str, known: KnownOwners) -> Owners:
    plain = comparable(words).strip(" .;:,")
    if not plain.strip(" -?/_*") or NO_OWNER.fullmatch(plain):
        return Owners(Read((), words))
    if EVERYBODY.fullmatch(plain):
        return Owners(Read((), words, _question(words, "names nobody: who is meant?")))
    names: list[str] = []
    short_names: dict[str, str] = {}
    notices: list[str] = []
    doubts: list[str] = []
    lines = _lines(words)
    for at, line in enumerate(lines):
        part = _Part(line, known, alone=len(lines) == 1)
        if at and part.is_person and names and look(names[-1], known) == Look.POST:
            notices.append(_left_out(line, names[-1]))
            continue
        for name in part.names:
            if name not in names:
                names.append(name)
        short_names |= part.short_names
        notices += part.notices
        doubts += part.doubts
    names, dropped = _without_people(lines, names, known)
    question = _question(words, doubts[0], tuple(names)) if doubts else None
    return Owners(Read(tuple(names), words, question, tuple(notices + dropped)), short_names)


def _without_people(
    lines: Sequence[str], names: list[str], known: KnownOwners
) -> tuple[list[str], list[str]]:
    """Return the names without a person in the line before the post that the person holds."""
    kept, notices = list(names), []
    for first, second in pairwise(lines):
        if first in kept and second in kept and _holds(first, second, known):
            kept.remove(first)
            notices.append(_left_out(first, second))
    return kept, notices


def _holds(person: str, post: str, known: KnownOwners) -> bool:
    """Return whether a person beside a post is the one who holds it: a councillor holds no officer's post."""
    if look(person, known) != Look.PERSON or look(post, known) != Look.POST:
        return False
    is_councillor = bool(re.match(r"(?:cllrs?|councillors?|coun|ald|alderman)\b", comparable(person)))
    return not is_councillor or bool(POLITICAL.search(words_of(post)))


def _left_out(person: str, post: str) -> str:
    return f"{person} is a person’s name: {post} was kept"


def _question(words: str, doubt: str, likelier: tuple[str, ...] = ()) -> Question:
    choices = [Choice(list(likelier), "; ".join(likelier))] if likelier else []
    whole = clean_line(words)
    if likelier and likelier != (whole,):
        choices.append(Choice([whole], f"One: {whole}"))
    sentence = f"“{whole}” {doubt}"
    return Question(owner_key(words), "owner", whole, sentence, tuple(choices), list(likelier) or None)


def _lines(words: str) -> list[str]:
    """Return the lines and the parts between semicolons; a line that goes on in the next is one with it."""
    lines: list[str] = []
    for line in re.split(r"[\n\t]|(?<=[a-z)]) {3,}(?=[A-Z])", words):
        line = LIST_MARK.sub("", line.strip()).strip()
        if not line:
            continue
        goes_on = lines and (
            UNFINISHED.search(comparable(lines[-1])) or line[:1].islower() or line[:1] in "(&,/"
        )
        if goes_on:
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return [part for line in lines for part in (one.strip(" ,.") for one in line.split(";")) if part]


class _Part:
    """One line of a cell: its names, and what was left out of it or is doubted."""

    def __init__(self, line: str, known: KnownOwners, *, alone: bool) -> None:
        self.known = known
        self.names: list[str] = []
        self.short_names: dict[str, str] = {}
        self.notices: list[str] = []
        self.doubts: list[str] = []
        line = line[LABELS.match(comparable(line)).end() :] if LABELS.match(comparable(line)) else line  # type: ignore[union-attr]  # the same match
        self.line = clean_line(self._without_brackets(line)).strip(" .,;:")
        self.is_person = False
        if self.line:
            self._read()

    def _without_brackets(self, line: str) -> str:
        """Return the line without what brackets only add: a short name, a person, "lead"."""
        for inside in PART_IN_BRACKETS.findall(line):
            before, _, after = line.partition(f"({inside})")
            looks, beside = look(inside, self.known), look(before.rpartition(",")[2], self.known)
            plain = comparable(inside)
            if ROLE_IN_BRACKETS.fullmatch(plain):
                line = f"{before.rstrip()}{after}"
            elif looks == Look.PERSON and before.strip():
                self.notices.append(_left_out(inside, before.strip()))
                line = f"{before.rstrip()}{after}"
            elif beside == Look.PERSON and looks in STRONG:
                self.notices.append(_left_out(before.strip(), inside))
                line = f"{inside}{after}"
            elif SHORT_NAME.fullmatch(inside) and _is_short_for(inside, before):
                self.short_names[inside] = self._last_name(before)
                line = f"{before.rstrip()}{after}"
        return line

    def _last_name(self, before: str) -> str:
        groups = _groups(clean_line(before), self.known)
        return _tidy(groups[-1].text) if groups else _tidy(before)

    def _read(self) -> None:
        groups = _groups(self.line, self.known)
        if groups is None:
            self.doubts.append("may be one owner or several: who is meant?")
            self.names = [_tidy(self.line)]
            return
        if len(groups) == 1:
            self._single(groups[0])
            return
        self._several(groups)

    def _single(self, group: _Group) -> None:
        name = _tidy(group.text)
        self.names = [name]
        if group.look == Look.PERSON:
            self.is_person = True
            if post := self.known.people.get(words_of(name)):
                self.names = [post]
                self.notices.append(_left_out(name, post))
            else:
                self.doubts.append("is a person: for which post?")
        elif group.look == Look.INITIALS:
            self.doubts.append("are initials: who is meant?")
        elif PLURAL_OF_SEVERAL.match(words_of(name)) and SEPARATOR.search(name):
            self.doubts.append("may be one owner or several: who is meant?")

    def _several(self, groups: Sequence[_Group]) -> None:
        if all(group.look == Look.INITIALS for group in groups):
            self.doubts.append("are initials: who is meant?")
        kept: list[_Group] = []
        for at, group in enumerate(groups):
            beside = [groups[other] for other in (at + 1, at - 1) if 0 <= other < len(groups)]
            post = next(
                (one for one in beside if group.beside(one) and _holds(group.text, one.text, self.known)),
                None,
            )
            if group.look == Look.PERSON and post:
                self.notices.append(_left_out(group.text, _tidy(post.text)))
                continue
            if group.look == Look.PERSON and (held := self.known.people.get(words_of(group.text))):
                self.notices.append(_left_out(group.text, held))
                group = _Group(held, Look.POST, group.start, group.end, group.mark)
            elif group.look == Look.PERSON:
                self.doubts.append(f"names {group.text}, a person: for which post?")
            elif group.look == Look.INITIALS and not self.doubts:
                self.doubts.append(f"names {group.text}: who is meant?")
            kept.append(group)
        for first, second in pairwise(kept):
            if second.mark.startswith(",") and _may_work_at(first, second):
                self.doubts.append(f"may be one owner: {first.text} of {second.text}?")
        self.names = list(dict.fromkeys(_tidy(group.text) for group in kept))


def _may_work_at(post: _Group, body: _Group) -> bool:
    """Return whether "Director of Nursing, Highmere NHS Trust" may be one owner."""
    words = words_of(post.text)
    if post.look != Look.POST or body.look not in (Look.BODY, Look.KNOWN) or POLITICAL.search(words):
        return False
    of_a_council = re.search(r"\b(?:cabinet|council|committee|executive)$", words_of(body.text))
    return bool(BARE_POST.fullmatch(words)) or not of_a_council


def _tidy(name: str) -> str:
    """Return a name without a leading "the" and without marks at its ends."""
    name = clean_line(name).strip(" .,;:*•-–/&")
    return name[4:] if name[:4] in ("The ", "the ") and len(name) > 4 else name


def _is_short_for(short: str, before: str) -> bool:
    """Return whether letters in brackets are those of the name before them."""
    letters = [letter for letter in short.lower() if letter.isalpha()]
    words = re.findall(r"[a-z]+", comparable(before))
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
    return short.isupper() or at == len(letters)


# ------------------------------------------------------------------ parting a line


@dataclass(frozen=True)
class _Group:
    text: str
    look: Look
    start: int
    end: int
    mark: str
    """What stands between the name before and this one."""

    def beside(self, other: _Group) -> bool:
        """Return whether a comma or a dash stands between the two, as between a person and the post."""
        mark = other.mark if other.start > self.start else self.mark
        return mark.strip() in (",", "-", "")


def _groups(line: str, known: KnownOwners) -> list[_Group] | None:
    """Return the names of a line; None where it can't be told whether it is one or several."""
    pieces = _pieces(line, known)
    if len(pieces) == 1 or len(pieces) > 14:
        return [_Group(line, look(line, known), 0, len(line), "")]
    best = _best(line, pieces, known)
    if best is not None:
        return best
    if look(line, known) == Look.KNOWN or not any(mark.strip() for _, _, mark in pieces[1:]):
        return [_Group(line, look(line, known), 0, len(line), "")]
    if all(mark == " - " for _, _, mark in pieces[1:]):
        return [_Group(line, look(line, known), 0, len(line), "")]
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


def _best(line: str, pieces: Sequence[tuple[int, int, str]], known: KnownOwners) -> list[_Group] | None:
    """Return the way to part a line in which each part looks like an owner, the one with most parts."""
    count = len(pieces)
    ways: list[list[_Group] | None] = [None] * count + [[]]
    for at in range(count - 1, -1, -1):
        for end in range(at + 1, count + 1):
            rest = ways[end]
            if rest is None:
                continue
            group = _group(line, pieces, at, end, known)
            if group is not None and (ways[at] is None or len(rest) + 1 > len(ways[at])):  # type: ignore[arg-type]  # looked at before
                ways[at] = [group, *rest]
    return ways[0]


def _group(
    line: str, pieces: Sequence[tuple[int, int, str]], at: int, end: int, known: KnownOwners
) -> _Group | None:
    """Return the pieces from one to another as one name; None where they look like none, or like several."""
    start, stop, mark = pieces[at][0], pieces[end - 1][1], pieces[at][2]
    text = line[start:stop].strip()
    looks = look(text, known)
    if end - at == 1:
        weak = looks in (Look.SERVICE, Look.INITIALS) and not (at and _is_post(line, pieces[at - 1], known))
        if looks in STRONG or looks == Look.PERSON or (weak and _only_slashes(pieces)):
            return _Group(text, looks, start, stop, mark)
        if NAME.match(text) and looks == Look.NOTHING and _beside_post(line, pieces, at, known):
            return _Group(text, Look.PERSON, start, stop, mark)
        return None
    if looks == Look.KNOWN:
        return _Group(text, looks, start, stop, mark)
    if looks not in (Look.POST, Look.BODY) or any(
        one[2].strip() in ("/", "|", "-", "+") for one in pieces[at + 1 : end]
    ):
        return None
    inner = [look(line[first:last], known) for first, last, _ in pieces[at:end]]
    # What is known by its beginning goes on behind it, as "Head of Housing and Property"; what is known by its end begins
    # before it, as "Devon and Cornwall Police".
    first = words_of(line[pieces[at][0] : pieces[at][1]])
    begins = POST_BEGINS.match(first) if looks == Look.POST else BODY_BEGINS.match(first)
    others = inner[1:] if begins else inner[:-1]
    if any(one in STRONG or one == Look.PERSON for one in others):
        return None
    return _Group(text, looks, start, stop, mark)


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


# ------------------------------------------------------------------ over a group of recommendations

ADDRESSED = (
    re.compile(
        r"^(?:that )?(?P<who>.{2,160}?) (?:is|are) (?:recommended|asked|urged|invited|requested|called on|called upon|advised)(?: (?:to|that)\b.{0,60})?[ :–-]{0,3}$",
        re.IGNORECASE,
    ),
    re.compile(r"^recommendations? (?:to|for|addressed to) (?P<who>.{2,160}?)[ :–-]{0,3}$", re.IGNORECASE),
    re.compile(
        r"^(?:addressed |made |directed )?(?:to|for)[ :–-]{1,3}(?P<who>.{2,160}?)[ :–-]{0,3}$", re.IGNORECASE
    ),
    re.compile(
        r"^(?:owner|lead|responsible|body|responsibility|lead officer|lead body)s?[ ]?[:–-] ?(?P<who>.{2,160}?)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:we|the committee|the panel) (?:recommends?|asks?|urges?|invites?|calls? on) (?:that )?(?P<who>.{2,160}?)(?: to)?[ :–-]{0,3}$",
        re.IGNORECASE,
    ),
)


def read_owner_heading(
    text: str, known: KnownOwners = NOBODY_KNOWN, answers: Answers | None = None
) -> Owners | None:
    """Return the owners that a heading or a line above recommendations names: "The Cabinet is recommended:". None where it
    names none.
    """
    line = clean_line(text)
    for pattern in ADDRESSED:
        if match := pattern.match(line):
            owners = read_owners(match["who"], known, answers)
            names = owners.read.value or ()
            fit = (*STRONG, Look.SERVICE) if ":" in line else STRONG
            if names and all(look(name, known) in fit for name in names):
                return owners
    return None
