"""Reads sentences around a table that say what became of its recommendations: "All recommendations were signed off by the
Committee on 4 March 2024". What they say is proposed and asked; those about no line are told as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from committee.text import whole_number
from recommendations.lifecycle import Claim
from recommendations.trackers.cells import Paragraph, Table, TrackerFile
from recommendations.trackers.drafts import Draft
from recommendations.trackers.keys import NEGATED
from recommendations.trackers.outcomes import AGREED, NOT_YET, CommitteeDecision, committee_decision
from recommendations.trackers.period_patterns import plain_text
from recommendations.trackers.questions import Asked, question_key
from recommendations.trackers.reading import Ignored, Problem
from recommendations.trackers.references import reference_key
from recommendations.trackers.sections import Layout
from recommendations.trackers.status_words import Fact, Meaning, meaning_of
from recommendations.trackers.word_questions import word_question

LONGEST = 400
"""Letters of a sentence that is looked at."""
MANY = 60
"""Recommendations that a range of numbers names at most."""
SENTENCE_ENDS = re.compile(
    r"(?<=[.!?])(?<!\bno\.)(?<!\bnos\.)(?<!\brec\.)(?<!\brecs\.)[ \t]+(?=[A-Z(])|\n", re.IGNORECASE
)
NUMBER = r"(?:[a-z]{1,3}[ ./-]?)?\d{1,3}(?:\.\d{1,2})?[a-h]?(?!\d)"
NAMED = re.compile(
    rf"\b(?:recommendations?|recs?\.?|actions?|items?)(?: (?:nos?\.?|numbers?|refs?\.?))? (?P<list>{NUMBER}(?: ?(?:,|;|&|and|to|-|\u2013|, ?and) ?{NUMBER}(?!\d| (?:january|february|march|april|may|june|july|august|september|october|november|december))){{0,30}})"
)
"""The recommendations that a sentence names."""
ALL = re.compile(
    r"(?:\W{0,3}(?:note|nb|update)\b\W{1,3})?(?:all|both|the above|these|each)\b.{0,60}?\b(?:recommendations?|recs|actions?|items?|above|were|have|are)\b"
)
OF_THEM = re.compile(r"\b(?:recommendations?|recs|actions?|items?)\b")
ENDED = re.compile(
    r"\b(?:signed off|sign(?:ed)?-off|closed|discharged|superseded|no longer (?:relevant|required)|withdrawn|completed?|implemented|delivered|removed|deleted|achieved)\b"
)
HAS_COME_TO_PASS = re.compile(r"\b(?:was|were|has|have|is|are|been|agreed|resolved|confirmed)\b")
HAPPENED = re.compile(r"\b(?:accepted|signed|closed|noted|discharged|removed)\b")
"""Verbs by which also a heading speaks, where it names no numbers."""


@dataclass(frozen=True)
class Saying:
    """A sentence that says what became of recommendations."""

    words: str
    named: frozenset[str]
    """Their numbers and references as they are compared; none where it speaks of all."""
    decision: CommitteeDecision | None
    """What the committee decided; None where it is not said that it did."""

    @property
    def may_be_a_heading(self) -> bool:
        """Return whether it speaks of no line by its number and ends as headings do."""
        return not self.named and not self.words.endswith((".", "!"))

    @property
    def fact(self) -> Fact:
        return "outcome" if self.decision else "claim"

    @property
    def likelier(self) -> Meaning | None:
        if self.decision is None:
            return Meaning("claim", str(Claim.DELIVERED)) if self._is_done else None
        code = self.decision.outcome.value
        return Meaning("outcome", code) if code else None

    @property
    def _is_done(self) -> bool:
        return bool(re.search(r"\b(?:completed?|implemented|delivered|achieved)\b", plain_text(self.words)))


def sayings(text: str) -> Iterator[Saying]:
    """Yield the sentences of a text that say what became of recommendations."""
    for sentence in SENTENCE_ENDS.split(text):
        plain = plain_text(sentence.strip())
        if not plain or len(plain) > LONGEST:
            continue
        by_committee = AGREED.search(plain) and OF_THEM.search(plain)
        named = NAMED.search(plain)
        happened = HAS_COME_TO_PASS.search(plain) or (named and HAPPENED.search(plain))
        if not happened or not (by_committee or named or ALL.match(plain)):
            continue
        if not ENDED.search(NEGATED.sub(" ", plain)) or NOT_YET.search(plain) or " being " in plain:
            continue
        numbers = frozenset(_numbers(named["list"])) if named else frozenset[str]()
        yield Saying(sentence.strip(), numbers, committee_decision(sentence))


def is_saying(title: str) -> bool:
    """Return whether a title is a sentence of that kind, and not the heading of what it speaks of."""
    found = list(sayings(title))
    return any(saying.named for saying in found) or (bool(found) and title.rstrip().endswith("."))


def _numbers(words: str) -> Iterator[str]:
    """Yield the numbers of a list such as "1, 3 and 5" or "R2 to R4"."""
    parts = re.split(r" ?(, ?and|,|;|&|and|to|-|\u2013) ?", words)
    last = ""
    for mark, part in zip(["", *parts[1::2]], parts[::2], strict=True):
        begins, ends = _counted(last), _counted(part)
        if mark in ("to", "-", "\u2013") and begins and ends:
            span = range(begins[1] + 1, min(ends[1], begins[1] + MANY))
            yield from (reference_key(f"{begins[0]}{number}") for number in span)
        yield reference_key(part)
        last = part


def _counted(name: str) -> tuple[str, int] | None:
    """Return the letters and the number of a name such as "R2"; None for others."""
    found = re.fullmatch(r"(\D{0,5})(\d{1,3})", name)
    number = whole_number(found[2]) if found else None
    return (found[1], number) if found and number is not None else None


def ask_about_sayings(file: TrackerFile, layout: Layout, drafts: Sequence[Draft], asked: Asked) -> None:
    """Propose to the lines of each table what sentences around it say of them, and ask."""
    by_table: dict[str | int | None, list[Draft]] = {}
    for draft in drafts:
        by_table.setdefault(draft.section.table.name, []).append(draft)
    for table in file.tables:
        own = by_table.get(table.name, [])
        for place, text in _around(table, layout, is_first=table is file.tables[0]):
            for saying in sayings(text):
                if place is not None and table is not file.tables[-1] and saying.may_be_a_heading:
                    continue  # it is of the next table
                meant = _meant(saying, own, drafts)
                for draft in meant:
                    _propose(draft, saying, asked)
                if not meant and own and place is not None:
                    reason = "says what became of recommendations that are not in the table"
                    layout.ignored.append(Ignored(None, place, place, reason, saying.words[:200]))


def _around(table: Table, layout: Layout, *, is_first: bool) -> Iterator[tuple[int | None, str]]:
    """Yield the paragraphs below a table, and over the first, with their numbers; and the notes among its rows."""
    paragraphs: tuple[Paragraph, ...] = table.before + table.after if is_first else table.after
    for paragraph in paragraphs:
        yield paragraph.number, paragraph.text
    for one in layout.ignored:
        if one.table == table.name and one.reason in ("note", "title"):
            yield None, one.words


def _meant(saying: Saying, own: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the lines of which a sentence speaks: those of its table, and for numbers that are not there, those of others."""
    if not saying.named:
        return list(own)
    meant = [draft for draft in own if _names(draft) & saying.named]
    missing = saying.named.difference(*map(_names, meant)) if meant else saying.named
    return meant + [
        draft for draft in drafts if _names(draft) & missing and all(draft is not other for other in meant)
    ]


def _names(draft: Draft) -> set[str]:
    return {reference_key(name) for name in (draft["number"], draft["reference"]) if name}


def _propose(draft: Draft, saying: Saying, asked: Asked) -> None:
    """Ask what a sentence says of a line, unless the line says so itself; take what was answered, or what is likelier."""
    fact = saying.fact
    likelier = saying.likelier
    if draft[fact] and (fact == "outcome" or (likelier and draft[fact] == likelier.code)):
        return
    key = question_key("word", "around a table", saying.words)
    sentence = f"\u201c{saying.words}\u201d: does it hold for these lines?"
    question = replace(word_question(fact, saying.words, sentence, likelier), key=key)
    if asked.ask(question, [draft.place]):
        draft.problems.append(Problem(sentence, fact, key))
        found = likelier
    else:
        found = meaning_of(str(asked.answers.get(key)))
    if not found or not found.code or draft[found.fact]:
        return
    draft.values |= {found.fact: found.code, f"{found.fact}_words": saying.words}
    if found.fact == "outcome" and saying.decision and saying.decision.on and not draft["outcome_on"].words:
        draft.values["outcome_on"] = saying.decision.on
