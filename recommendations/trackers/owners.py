"""Reads to whom a recommendation is addressed, and parts a cell that names several owners.

Known names come first, the longest first. What is left is parted at ";", "/", line ends, commas, "and", "&" and "with" only where
each side looks like an owner: "Head of Housing and Property" is one post. What can't be told is asked, once for each text. People
who are named beside a post are left out: the post is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from committee.text import clean_line, clean_text, comparable
from recommendations.trackers.owner_doubts import may_be_several
from recommendations.trackers.owner_groups import Group, groups_of
from recommendations.trackers.owner_looks import (
    NOBODY_KNOWN,
    STRONG,
    KnownOwners,
    Look,
    look,
)
from recommendations.trackers.owner_words import (
    BARE_POST,
    EVERYBODY,
    LABEL_WITHIN,
    LABELS,
    LIST_MARK,
    NO_NAME,
    NO_OWNER,
    PART_IN_BRACKETS,
    PLURAL_OF_SEVERAL,
    POLITICAL,
    POST_OF_ANY_BODY,
    ROLE_IN_BRACKETS,
    SEPARATOR,
    SHORT_NAME,
    UNFINISHED,
    words_of,
)
from recommendations.trackers.questions import Answers, Choice, Question, Read, question_key


@dataclass(frozen=True)
class Owners:
    """Who is named in a cell."""

    read: Read[tuple[str, ...]]
    short_names: Mapping[str, str] = field(default_factory=dict)
    """Short names that the cell gives in brackets, with the full name of each."""

    @property
    def names(self) -> tuple[str, ...]:
        return self.read.value or ()


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
        beside = [lines[other] for other in (at + 1, at - 1) if 0 <= other < len(lines)]
        if post := next((one for one in beside if _holds(line, one, known)), None):
            notices.append(_left_out(line, post))
            continue
        part = _Part(line, known)
        names += [name for name in part.names if name not in names]
        short_names |= part.short_names
        notices += part.notices
        doubts += part.doubts
    question = _question(words, doubts[0], tuple(names)) if doubts else None
    return Owners(Read(tuple(names), words, question, tuple(notices)), short_names)


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
    for line in re.split(r"[\n\t]|(?<=[a-z)]) {3,}(?=[A-Z])", LABEL_WITHIN.sub("\n", words)):
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

    def __init__(self, line: str, known: KnownOwners) -> None:
        self.known = known
        self.names: list[str] = []
        self.short_names: dict[str, str] = {}
        self.notices: list[str] = []
        self.doubts: list[str] = []
        line = line[LABELS.match(comparable(line)).end() :] if LABELS.match(comparable(line)) else line  # type: ignore[union-attr]  # the same match
        self.line = clean_line(self._without_brackets(line)).strip(" .,;:")
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
        groups = groups_of(clean_line(before), self.known)
        return _tidy(groups[-1].text) if groups else _tidy(before)

    def _read(self) -> None:
        groups = groups_of(self.line, self.known)
        if groups is None:
            self.doubts.append("may be one owner or several: who is meant?")
            self.names = [_tidy(self.line)]
            return
        if len(groups) == 1:
            self._single(groups[0])
        else:
            self._several(groups)
        if not self.doubts and any(may_be_several(name, self.known) for name in self.names):
            self.doubts.append("may be one owner or several: who is meant?")

    def _single(self, group: Group) -> None:
        name = _tidy(group.text)
        self.names = [name]
        if group.look == Look.PERSON:
            if post := self.known.people.get(words_of(name)):
                self.names = [post]
                self.notices.append(_left_out(name, post))
            else:
                self.doubts.append("is a person: for which post?")
        elif group.look == Look.INITIALS:
            self.doubts.append("are initials: who is meant?")
        elif group.look == Look.NOTHING and NO_NAME.search(name):
            self.doubts.append("is no owner that is known: who is meant?")
        elif PLURAL_OF_SEVERAL.match(words_of(name)) and SEPARATOR.search(name):
            self.doubts.append("may be one owner or several: who is meant?")

    def _several(self, groups: Sequence[Group]) -> None:
        if all(group.look == Look.INITIALS for group in groups):
            self.doubts.append("are initials: who is meant?")
        kept: list[Group] = []
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
                group = Group(held, Look.POST, group.start, group.end, group.mark)
            elif group.look == Look.PERSON:
                self.doubts.append(f"names {group.text}, a person: for which post?")
            elif group.look == Look.INITIALS and not self.doubts:
                self.doubts.append(f"names {group.text}: who is meant?")
            kept.append(group)
        for first, second in pairwise(kept):
            if second.mark.strip() == "-":
                self.doubts.append("may be one owner or several: who is meant?")
            if second.mark.startswith(",") and _may_work_at(first, second):
                self.doubts.append(f"may be one owner: {first.text} of {second.text}?")
        self.names = list(dict.fromkeys(_tidy(group.text) for group in kept))


def _may_work_at(post: Group, body: Group) -> bool:
    """Return whether "Chief Executive, Highmere NHS Trust" may be one owner: a post that any body has, and the body."""
    is_open = BARE_POST.fullmatch(words_of(post.text)) or POST_OF_ANY_BODY.search(words_of(post.text))
    return post.look == Look.POST and body.look in (Look.BODY, Look.KNOWN) and bool(is_open)


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
