"""From what a tracker says to what becomes of it on the record: names become bodies and inquiries, and what can't be told is
asked, once for each name.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from committee.text import clean_line, clean_text, comparable, number_sort_key
from recommendations.imports.drafts import EXEMPT, NO_INQUIRY, Decisions, DraftLine, by_item
from recommendations.imports.owners_on_record import OwnersOnRecord
from recommendations.imports.renumbered import ask_renumbered
from recommendations.lifecycle import BodyKind, Decision, Precision, Priority
from recommendations.lifecycle.imported import (
    NEW,
    ImportedLine,
    ImportedOutcome,
    ImportedOwner,
    ImportedStep,
    ImportedUpdate,
    NewBody,
    NewInquiry,
    NewPost,
)
from recommendations.lifecycle.periods import NO_PERIOD, Period
from recommendations.models import Body, Recommendation
from recommendations.queries.import_matching import (
    NamedBodies,
    NamedInquiries,
    NamedOwner,
    alike_on_record,
    meetings_to_choose,
    name_key,
)
from recommendations.queries.imports import Known, recognised
from recommendations.trackers.inquiry_titles import without_day
from recommendations.trackers.owners import read_owners
from recommendations.trackers.questions import Answers, Asked, Choice, Place, Question, question_key
from recommendations.trackers.reading import Entry, Reading, period_from_answer
from recommendations.trackers.same import is_year_coded

NOBODY = "nobody"
"""The answer that a name is to be left out."""
BY_DAY = "by day"
"""The answer that the inquiry of each line is told by the day on which it was made."""
NOT_DECIDED = "not decided"
"""The answer that the committee decided nothing."""
SAME_WORDS, NEW_WORDS, ANOTHER = "same words", "new words", "another"
"""The answers whether a line is the recommendation on the record that has its number."""
SPLIT = "owner:"
"""What the keys of questions begin with that ask how many owners a cell names."""
MUST_BE_ANSWERED = ("same:reworded:",)
"""What the keys of those questions of the file begin with that hold a line up: two wordings are never made one unasked."""
LONGEST_NUMBER, LONGEST_REFERENCE = 20, 40
WITHIN_THE_COUNCIL = (BodyKind.DEPARTMENT, BodyKind.EXECUTIVE, BodyKind.COMMITTEE)


class LineMaker:
    """Makes the lines of one file, and gathers what is asked about them as a whole."""

    def __init__(self, committee: Body, answers: Answers, as_at: Period) -> None:
        self.committee = committee
        self.answers = answers
        self.as_at = as_at
        self.asked = Asked(Answers())
        self.bodies = NamedBodies(as_at.end)
        self.inquiries = NamedInquiries(committee)
        self.new_bodies: dict[str, NewBody] = {}
        self.new_posts: dict[str, NewPost] = {}
        self.new_inquiries: dict[str, NewInquiry] = {}
        self._meetings: tuple[Choice, ...] | None = None
        self.questions: tuple[Question, ...] = ()
        """What is asked of the lines that are left in, once for each name."""

    def make(self, reading: Reading, decisions: Mapping[Any, Decisions]) -> list[DraftLine]:
        """Return the lines of the file. `decisions` are those of earlier readings, by `line_key`."""
        titles = {table.table: table.title for table in reading.tables}
        drafts = [
            DraftLine(entry, decisions.get(key, Decisions()))
            for key, entry in zip(line_keys(reading.entries), reading.entries, strict=True)
        ]
        taken = [draft for draft in drafts if not draft.decisions.left_out and not draft.is_stopped]
        for draft in drafts:
            self._make(draft, titles.get(draft.entry.place.table) or "")
        self._recognise(taken)
        on_record = OwnersOnRecord(taken, self.answers, self._ask)
        on_record.check()
        for draft in taken:
            self._check_inquiry(draft)
        self._check_items(taken)
        self._check_numbers(taken)
        on_record.tell_seen(taken, self.bodies.ended)
        still_asked = {problem.key for draft in taken for problem in draft.problems}
        self.questions = tuple(one for one in self.asked.questions if one.key in still_asked)
        return drafts

    # -------------------------------------------------------------- one line

    def _make(self, draft: DraftLine, title: str) -> None:
        entry, mended = draft.entry, draft.decisions.mended
        for problem in entry.problems:
            if problem.key.startswith(EXEMPT):
                if not draft.decisions.exempt:
                    draft.say(problem.sentence, "exempt", problem.key, must=True)
            elif problem.field not in mended and not (problem.field == "text" and mended.get("text")):
                must = problem.key.startswith(MUST_BE_ANSWERED)
                draft.say(problem.sentence, problem.field, problem.key, must=must)
        owners = () if "owners" in mended else self._owners(draft)
        inquiry = NO_INQUIRY if "inquiry" in mended else self._inquiry(draft, title)
        draft.line = replace(plain_line(entry), owners=owners, inquiry=inquiry)
        if mended:
            draft.line = with_mends(draft.line, mended)
        if not draft.decisions.left_out:
            self._outcome(draft)
        self._check_words(draft)

    def _owners(self, draft: DraftLine) -> tuple[ImportedOwner, ...]:
        """Return the owners, and ask about those that are unknown: but not while it is asked how many a cell names."""
        found: dict[int | str, ImportedOwner] = {}
        names: Sequence[str] = draft.entry.owners
        split = [problem for problem in draft.problems if problem.key.startswith(SPLIT)]
        if split and not all(map(self._is_known, names)):
            for problem in split:
                problem.must = True
            names = [name for name in names if self._is_known(name)]
        for name in names:
            owner = self._owner(draft, name)
            if owner is None:
                continue
            first = found.setdefault(owner.body, owner)
            if first.post is None:
                found[owner.body] = replace(first, post=owner.post)
            elif owner.post not in (None, first.post):
                draft.say(
                    f"“{name}” is left out beside “{first.words}”: one post answers for a body", "owners"
                )
        for source in draft.entry.sources.get("owners", ()):
            for notice in read_owners(source.words).read.notices:
                draft.say(notice, "owners")
        return tuple(found.values())

    def _is_known(self, name: str) -> bool:
        """Return whether nothing has to be asked about a name."""
        return question_key("body", "name", name) in self.answers or bool(self.bodies.match(name).sure)

    def _owner(self, draft: DraftLine, name: str) -> ImportedOwner | None:
        key = question_key("body", "name", name)
        said = self.answers.get(key)
        if said == NOBODY:
            return None
        if isinstance(said, Mapping) and (chosen := self.bodies.named(said.get("body"), said.get("post"))):
            return ImportedOwner(chosen.body.pk, chosen.post.pk if chosen.post else None, name)
        match = self.bodies.match(name, draft.entry.made_on.end)
        if match.sure:
            return ImportedOwner(match.sure.body.pk, match.sure.post.pk if match.sure.post else None, name)
        if isinstance(said, Mapping) and said.get("new"):
            there = self.bodies.called(name, self._parent(str(said["new"])))
            if there is None:
                return ImportedOwner(self._new_body(name, str(said["new"])), None, name)
            if there.abolished_on is None:
                return ImportedOwner(there.pk, None, name)
        if isinstance(said, Mapping) and (body := self.bodies.named(said.get("new_post"))):
            return ImportedOwner(body.body.pk, self._new_post(name, body.body.pk), name)
        self._ask(draft, _body_question(key, name, match.candidates), "owners")
        return None

    def _new_body(self, name: str, kind: str) -> str:
        key = name_key(name)
        self.new_bodies.setdefault(key, NewBody(key, clean_line(name), kind, self._parent(kind)))
        return NEW + key

    def _parent(self, kind: str) -> int | None:
        """Return the id of the body in which a new one of that kind is made."""
        return self.committee.parent_id if kind in WITHIN_THE_COUNCIL else None

    def _new_post(self, name: str, body: int) -> str:
        key = name_key(name)
        self.new_posts.setdefault(key, NewPost(key, clean_line(name), body))
        return NEW + key

    def _ask(self, draft: DraftLine, question: Question, about: str, *, must: bool = True) -> None:
        """Ask a question that arises at a line, to which no answer holds; none at a line that is stopped."""
        if draft.is_stopped:
            return
        self.asked.ask(question, [draft.entry.place])
        draft.say(question.sentence, about, question.key, must=must)

    # -------------------------------------------------------------- its inquiry

    def _inquiry(self, draft: DraftLine, title: str) -> int | str:
        words = clean_line(draft.entry.inquiry or "")
        if words:
            if there := self.inquiries.match(words) or self.inquiries.match_dated(*without_day(words)):
                return there.pk
            return self._asked_inquiry(
                draft,
                question_key("inquiry", "name", words),
                words,
                f"“{words}” is no inquiry of the committee that is on the record: which is it?",
            )
        table = draft.entry.place.table
        key = question_key("inquiry", "table", str(table))
        if self.answers.get(key) == BY_DAY and draft.entry.made_on.is_known:
            return self._inquiry_of_day(draft)
        sentence = f"{_of_table(table, title)} names no inquiry: to which do its lines belong?"
        return self._asked_inquiry(draft, key, title or str(table or ""), sentence)

    def _inquiry_of_day(self, draft: DraftLine) -> int | str:
        made_on = draft.entry.made_on
        if there := self.inquiries.published_on(made_on):
            return there.pk
        key = question_key("inquiry", "made", f"{made_on.end}")
        words = made_on.in_words()
        return self._asked_inquiry(
            draft, key, words, f"No report was published on {words}: to which inquiry do these lines belong?"
        )

    def _asked_inquiry(self, draft: DraftLine, key: str, words: str, sentence: str) -> int | str:
        said = self.answers.get(key)
        if isinstance(said, Mapping):
            there = self.inquiries.rows.get(said.get("inquiry") or 0)
            if there is not None:
                return there.pk
            if isinstance(said.get("new"), Mapping):
                made = self.inquiries.match(str(said["new"].get("title", "")))
                return made.pk if made else self._new_inquiry(said["new"])
        likely = self.inquiries.likeliest(words)
        choices = [Choice({"inquiry": likely.pk}, likely.title)] if likely else []
        question = Question(
            key, "inquiry", words, sentence, tuple(choices), {"inquiry": likely.pk} if likely else None
        )
        self._ask(draft, question, "inquiry", must=False)
        return NO_INQUIRY

    def _new_inquiry(self, new: Mapping[str, Any]) -> str:
        title = clean_line(str(new.get("title", "")))
        key = name_key(title)
        published = period_from_answer(new.get("published_on"), "")
        self.new_inquiries.setdefault(key, NewInquiry(key, title, published_on=published))
        return NEW + key

    def _check_inquiry(self, draft: DraftLine) -> None:
        """Take the inquiry of a recommendation that is known where the line names none; else it has to be said."""
        if draft.known is not None and draft.line.inquiry == NO_INQUIRY:
            draft.line = replace(draft.line, inquiry=draft.known.recommendation.inquiry_id)
            draft.problems = [one for one in draft.problems if not one.key.startswith("inquiry:")]
        if draft.line.inquiry == NO_INQUIRY:
            for problem in draft.problems:
                problem.must = problem.must or problem.key.startswith("inquiry:")
            if not any(problem.key.startswith("inquiry:") for problem in draft.problems):
                draft.say("Select its inquiry", "inquiry", must=True)

    # -------------------------------------------------------------- what the committee decided

    def _outcome(self, draft: DraftLine) -> None:
        outcome = draft.line.outcome
        if outcome is None or outcome.meeting is not None:
            return
        day = outcome.held_on.end
        latest = self.as_at.end or dt.date.max
        fits = outcome.held_on.precision in (Precision.DAY, Precision.MONTH)
        if day is not None and fits and day <= latest:
            return
        table = draft.entry.place.table
        words = outcome.held_on.words
        key = question_key("meeting", str(table), words)
        said = self.answers.get(key)
        if said == NOT_DECIDED:
            draft.line = replace(draft.line, outcome=None)
        elif isinstance(said, Mapping) and isinstance(said.get("meeting"), int):
            draft.line = replace(draft.line, outcome=replace(outcome, meeting=said["meeting"]))
        elif isinstance(said, Mapping) and said.get("on"):
            on = period_from_answer(said["on"], words)
            draft.line = replace(draft.line, outcome=replace(outcome, held_on=on))
        else:
            when = f"“{words}” names no day of a meeting" if words else "no day is named"
            sentence = f"The committee decided, and {when}: at which meeting? ({_of_table(table, '')})"
            question = Question(key, "meeting", words, sentence, self._meeting_choices())
            self._ask(draft, question, "outcome")

    def _meeting_choices(self) -> tuple[Choice, ...]:
        if self._meetings is None:
            until = self.as_at.end or dt.date.max
            rows = meetings_to_choose(self.committee, until)
            self._meetings = tuple(
                Choice({"meeting": row.pk}, f"{row.day_words}, {row.name}") for row in rows
            )
        return self._meetings

    # -------------------------------------------------------------- what has no room

    def _check_words(self, draft: DraftLine) -> None:
        line = draft.line
        if not clean_text(line.text):
            draft.problems = [one for one in draft.problems if not (one.field == "text" and not one.key)]
            draft.say("This line has no wording: enter it, or leave the line out", "text", must=True)
        for name, value, most in (
            ("number", line.number, LONGEST_NUMBER),
            ("reference", line.reference, LONGEST_REFERENCE),
        ):
            if len(value) > most:
                draft.say(f"Its {name} is longer than {most} characters: shorten it", name, must=True)

    # -------------------------------------------------------------- the same again

    def _recognise(self, drafts: Sequence[DraftLine]) -> None:
        """Find the recommendations on the record that lines mean, and ask about those that may be."""
        chosen = [pk for draft in drafts if (pk := draft.decisions.is_recommendation)]
        there = Recommendation.objects.of_committees({self.committee.pk}).select_related("inquiry")
        by_choice = there.in_bulk(chosen) if chosen else {}
        found = recognised(self.committee, (draft.line for draft in drafts))
        for item, some in by_item(drafts).items():
            pk = next(
                (one.decisions.is_recommendation for one in some if one.decisions.is_recommendation), None
            )
            known = Known(by_choice[pk], "chosen") if pk in by_choice else found.get(item)
            for draft in some:
                draft.known = known
        self._ask_alike([draft for draft in drafts if draft.known is None])
        groups = [some for some in by_item(drafts).values() if some[0].known is not None]
        for some in groups:
            if some[0].known is not None:
                self._ask_changed(some[0], some[0].known)
        ask_renumbered((some[0] for some in groups), self.answers, self.asked)
        for some in groups:
            if some[0].known is not None:
                for one in some[1:]:
                    one.known = some[0].known
                    one.line = replace(one.line, number=some[0].line.number)

    def _ask_alike(self, drafts: Sequence[DraftLine]) -> None:
        """Ask whether lines of unknown recommendations are some that are merely alike; they are not, unless somebody says so."""
        first = {item: some[0] for item, some in by_item(drafts).items()}
        alike = alike_on_record(self.committee, {item: draft.line.text for item, draft in first.items()})
        there = Recommendation.objects.in_bulk([pk for pk, _ in alike.values()])
        for item, (pk, _) in alike.items():
            draft, row = first[item], there[pk]
            key = question_key("alike", str(pk), draft.line.text)
            said = self.answers.get(key)
            if said == pk:
                for one in drafts:
                    if one.line.item == item:
                        one.known = Known(row, "chosen")
            elif said is None:
                choices = (
                    Choice("", "Another recommendation: keep both"),
                    Choice(pk, f"The same as {row.reference}"),
                )
                sentence = f"It is like {row.reference}, which reads “{row.text}”: are they one?"
                question = Question(key, "alike", draft.line.text, sentence, choices, "")
                self._ask(draft, question, "item", must=False)

    def _ask_changed(self, draft: DraftLine, known: Known) -> None:
        """Propose to change the words on the record to those of the tracker."""
        row, line = known.recommendation, draft.line
        if known.is_asked(line):
            self._ask_same_number(draft, known)
        elif known.is_reworded(line):
            changes = self._proposed(
                draft,
                row,
                line.text,
                f"{row.reference} has other words on the record: “{row.text}”",
            )
            draft.line = replace(draft.line, rewords=changes)

    def _ask_same_number(self, draft: DraftLine, known: Known) -> None:
        """Ask whether a line with the number, or the reference, of a recommendation on the record is that."""
        row, line = known.recommendation, draft.line
        key = question_key("reworded", f"{known.by} {row.pk}", line.text)
        said = self.answers.get(key)
        if said == SAME_WORDS:
            draft.known = Known(row, "chosen")
        elif said == NEW_WORDS:
            draft.known = Known(row, "chosen")
            draft.line = replace(line, rewords=True)
        elif said == ANOTHER:
            draft.known = None
            is_number = known.by == "number"
            draft.line = replace(line, number="") if is_number else replace(line, reference="")
        else:
            choices = (
                Choice(SAME_WORDS, "The same: leave its words on the record"),
                Choice(NEW_WORDS, "The same: change its words to those of the file"),
                Choice(ANOTHER, f"Another: give it the next free {known.by}"),
            )
            sentence = f"{row.reference} has this {known.by}, and reads “{row.text}”: is it the same?"
            self._ask(draft, Question(key, "reworded", line.text, sentence, choices), "text")

    def _proposed(self, draft: DraftLine, row: Recommendation, words: str, sentence: str) -> bool:
        key = question_key("reworded", str(row.pk), words)
        said = self.answers.get(key)
        if said is None:
            choices = (
                Choice(False, "Leave the record as it is"),
                Choice(True, "Change the record to what the file says"),
            )
            self._ask(draft, Question(key, "reworded", words, sentence, choices, False), "text", must=False)
        return said is True

    # -------------------------------------------------------------- lines of one recommendation

    def _check_items(self, drafts: Sequence[DraftLine]) -> None:
        """See that what somebody answered has somebody who answered it, and what the committee decided is of a public report."""
        key = question_key("body", "lines without", "")
        for some in by_item(drafts).values():
            if some[0].known is None and not any(one.line.owners for one in some):
                problems = [problem for one in some for problem in one.problems]
                if any(
                    one.key.startswith("body:") or (one.key.startswith(SPLIT) and one.must)
                    for one in problems
                ):
                    continue
                for one in some:
                    self._address(one, key)
            for one in some:
                if one.line.outcome is not None and not self._is_public(one):
                    one.say(
                        "It says what the committee decided, so its inquiry has to be public: enter the day on which the"
                        " report was published",
                        "inquiry",
                        must=True,
                    )

    def _address(self, draft: DraftLine, key: str) -> None:
        """Ask to whom a line is addressed that names nobody and says what they answered."""
        line = draft.line
        if not (
            line.response or line.updates or line.steps or line.target.is_known or line.asked_target.is_known
        ):
            return
        said = self.answers.get(key)
        if isinstance(said, Mapping) and (chosen := self.bodies.named(said.get("body"), said.get("post"))):
            owner = ImportedOwner(chosen.body.pk, chosen.post.pk if chosen.post else None)
            draft.line = replace(line, owners=(owner,))
            return
        sentence = "Some lines name nobody, and say what was answered: to whom are they addressed?"
        self._ask(draft, Question(key, "body", "", sentence), "owners")

    def _is_public(self, draft: DraftLine) -> bool:
        if draft.known is not None:
            return draft.known.recommendation.is_public
        inquiry = draft.line.inquiry
        if isinstance(inquiry, int):
            row = self.inquiries.rows.get(inquiry)
            return row is None or row.is_public
        new = self.new_inquiries.get(inquiry.removeprefix(NEW))
        return new is None or new.published_on.is_known

    def _check_numbers(self, drafts: Sequence[DraftLine]) -> None:
        """Ask what to do where two recommendations of one inquiry have one number."""
        taken: dict[tuple[Any, str], Any] = {}
        numbers = Recommendation.objects.order_by().filter(inquiry__in=self.inquiries.rows)
        for inquiry, sort_key, pk in numbers.values_list("inquiry_id", "sort_key", "pk"):
            taken[inquiry, sort_key] = ("record", pk)
        for item, some in by_item(drafts).items():
            first = some[0]
            line = first.line
            if not line.number or line.inquiry == NO_INQUIRY:
                continue
            place = (line.inquiry, number_sort_key(line.number))
            if first.known is not None and not line.renumbers:
                continue
            if place not in taken:
                taken[place] = ("item", item)
            elif taken[place] != ("item", item):
                self._numbered_twice(some)

    def _numbered_twice(self, some: Sequence[DraftLine]) -> None:
        key = question_key("number", "used twice", "")
        said = self.answers.get(key)
        if said == "next":
            for one in some:
                one.line = replace(one.line, number="")
            return
        choices = (Choice("next", "Give the later ones the next free numbers of the inquiry"),)
        sentence = "Some numbers are used twice in one inquiry, for recommendations with other words"
        self._ask(some[0], Question(key, "number", some[0].line.number, sentence, choices), "number")


# ------------------------------------------------------------------ from an entry


def line_keys(entries: Iterable[Entry]) -> list[tuple[str, int, str]]:
    """Return table, row and part of each entry; of several from one row, the later ones are counted."""
    seen: dict[tuple[str, int, str], int] = defaultdict(int)
    keys = []
    for entry in entries:
        key = (_table_name(entry.place), entry.place.row or 0, entry.part)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else (*key[:2], f"{entry.part} {seen[key]}".strip()))
    return keys


def _table_name(place: Place) -> str:
    return "" if place.table is None else str(place.table)


def plain_line(entry: Entry) -> ImportedLine:
    """Return what an entry says for itself, without the names that are looked up."""
    reference = clean_line(entry.reference or "")
    number = clean_line(entry.number or "") or (
        reference if len(reference) <= LONGEST_NUMBER and not is_year_coded(reference) else ""
    )
    reason = clean_text(entry.reason or "")
    agrees = entry.response == Decision.ACCEPTED
    return ImportedLine(
        item=entry.item,
        text=clean_text(entry.text),
        inquiry=NO_INQUIRY,
        number=number,
        reference=reference,
        priority=_priority(entry.priority),
        made_on=entry.made_on,
        response=entry.response or "",
        response_text="\n".join(
            filter(None, (clean_text(entry.response_text or ""), reason if agrees else ""))
        ),
        reason="" if agrees else reason,
        answered_on=entry.answered_on,
        earlier_targets=entry.earlier_targets,
        target=entry.target,
        asked_target=entry.asked_target,
        updates=_updates(entry),
        steps=tuple(ImportedStep(clean_text(step)) for step in entry.steps),
        outcome=ImportedOutcome(entry.outcome, entry.outcome_on) if entry.outcome else None,
        notes=dict(entry.notes),
    )


def _updates(entry: Entry) -> tuple[ImportedUpdate, ...]:
    """Return the reports of progress; what is claimed as of the tracker's own day goes with the latest."""
    made = [ImportedUpdate(clean_text(one.text), one.as_at, one.claim or "") for one in entry.updates]
    made = [one for one in made if one.text or one.claim]
    if not entry.claim or (made and max(made, key=_order).claim == entry.claim):
        return tuple(made)
    undated = [at for at, one in enumerate(made) if not one.as_at.is_known and not one.claim]
    if undated:
        made[undated[-1]] = replace(made[undated[-1]], claim=entry.claim)
    else:
        made.append(ImportedUpdate("", NO_PERIOD, entry.claim))
    return tuple(made)


def _order(update: ImportedUpdate) -> dt.date:
    return update.as_at.end or dt.date.max


PRIORITIES = {
    "top": Priority.TOP,
    "top priority": Priority.TOP,
    "high": Priority.HIGH,
    "high priority": Priority.HIGH,
}


def _priority(words: str | None) -> str:
    """Return the priority that the words mean: the ordinary one where it is none that has a name here; "" without words."""
    said = comparable(words or "").strip(" .")
    return str(PRIORITIES.get(said, Priority.STANDARD)) if said else ""


def with_mends(line: ImportedLine, mended: Mapping[str, Any]) -> ImportedLine:
    """Return the line with what a person entered in place of what was read."""
    return ImportedLine.from_json({**line.to_json(), **mended})


def _of_table(table: str | int | None, title: str) -> str:
    if title:
        return f"The table “{title}”"
    return f"Table {table}" if isinstance(table, int) else f"The sheet “{table}”" if table else "The file"


def _body_question(key: str, name: str, candidates: Sequence[NamedOwner]) -> Question:
    choices = tuple(Choice(owner_value(one), one.label) for one in candidates)
    has_ended = any(one.body.abolished_on for one in candidates)
    if has_ended:
        doubt = "has ended"
    elif any(
        name_key(name) in (name_key(one.body.name), name_key(one.post.title if one.post else ""))
        for one in candidates
    ):
        doubt = "may mean several"
    else:
        doubt = f"is {'not on the record by that name' if candidates else 'no body or post that is on the record'}"
    is_meant = has_ended or bool(candidates and name_key(candidates[0].body.name) == name_key(name))
    likelier = choices[0].value if is_meant else None
    return Question(key, "body", name, f"“{name}” {doubt}: who is meant?", choices, likelier)


def owner_value(owner: NamedOwner) -> dict[str, int | None]:
    """Return an owner as answers keep it."""
    return {"body": owner.body.pk, "post": owner.post.pk if owner.post else None}
