"""Diagrams of the transitions as a page for people, `docs/transitions.md`.

`manage.py draw_transitions` writes the page; a test compares it with the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from recommendations.lifecycle import statuses, transitions
from recommendations.lifecycle.statuses import (
    CLOSING,
    GRADES_FOR_OUTCOME,
    OUTCOMES_WHEN_CLOSED,
    OUTCOMES_WHEN_OPEN,
    Grade,
    Outcome,
)


class Status(Protocol):
    """What the page tells of a state: members of `Vocabulary` have it, and the states that belong to the site."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> Any: ...
    @property
    def meaning(self) -> str: ...


@dataclass(frozen=True)
class Table:
    """One table of transitions, the vocabulary of its states, the initial state, and what it is about."""

    title: str
    about: str
    words: Iterable[Status]
    transitions: frozenset[tuple[str, str]]
    first: Status


TABLES = (
    Table(
        "Inquiry",
        "From “Report published” on everybody may read it. Nothing leads back behind a published report.",
        statuses.Stage,
        transitions.INQUIRY_TRANSITIONS,
        statuses.Stage.SCOPING,
    ),
    Table(
        "Import of a tracker",
        "Nothing is written to the record before it is applied, and undone it leaves nothing behind.",
        statuses.ImportState,
        transitions.IMPORT_TRANSITIONS,
        statuses.ImportState.READING,
    ),
    Table(
        "Update",
        "What an owning body says of its progress. Published, it is on the record and only another corrects it.",
        statuses.UpdateState,
        transitions.UPDATE_TRANSITIONS,
        statuses.UpdateState.DRAFT,
    ),
    Table(
        "New date asked for",
        "An entry of the slippage ledger. The present date stands until the new one is agreed.",
        statuses.TargetState,
        transitions.TARGET_TRANSITIONS,
        statuses.TargetState.REQUESTED,
    ),
    Table(
        "Meeting",
        "One recorded as held by mistake is planned again as long as nothing was recorded at it; its papers stay released.",
        statuses.MeetingState,
        transitions.MEETING_TRANSITIONS,
        statuses.MeetingState.PLANNED,
    ),
    Table(
        "Proposed verdict",
        "What a member proposes at a meeting. Only the chair or committee support confirms, and that is the verdict.",
        statuses.ProposalState,
        transitions.PROPOSAL_TRANSITIONS,
        statuses.ProposalState.STANDING,
    ),
    Table(
        "Briefing pack",
        "Ready, it is frozen; a change makes a new version.",
        statuses.PackState,
        transitions.PACK_TRANSITIONS,
        statuses.PackState.DRAFT,
    ),
    Table(
        "Withholding",
        "Off the record from the beginning; a second person decides whether it stays off. Once confirmed, it takes two to put it back. Erased, nobody can bring it back.",
        statuses.WithholdingState,
        transitions.WITHHOLDING_TRANSITIONS,
        statuses.WithholdingState.HIDDEN,
    ),
    Table(
        "Proposal to put back",
        "What is confirmed is put back by two: one proposes it with a reason, another one agrees. Until then it can't be erased.",
        statuses.PutBackState,
        transitions.PUT_BACK_TRANSITIONS,
        statuses.PutBackState.OPEN,
    ),
    Table(
        "Notice",
        "One thing that one person is to be told.",
        statuses.NoticeState,
        transitions.NOTICE_TRANSITIONS,
        statuses.NoticeState.QUEUED,
    ),
)

INTRODUCTION = """# What may follow what

Every state in the tracker, and every transition from one to another that is allowed. The actions ask these tables before they
change anything, and the database refuses any other transition by itself. This page is drawn from the same tables: change
`recommendations/lifecycle/transitions.py` (for messages `committee/models.py`), then run `manage.py draw_transitions`.
"""


def page(others: Iterable[Table] = ()) -> str:
    """Return the whole page, in Markdown with Mermaid diagrams, ending in one newline.

    `others` are tables that do not belong to the domain, such as that of e-mails: they follow those of the domain.
    """
    return "\n".join([INTRODUCTION, *(_section(table) for table in (*TABLES, *others)), _follow_up()])


def _section(table: Table) -> str:
    return "\n".join(
        [f"## {table.title}", table.about, "", *_diagram(table), "", *_meanings(table.words), ""]
    )


def _diagram(table: Table) -> list[str]:
    """Return a state diagram, with states and transitions in the order of the vocabulary."""
    order = [word.value for word in table.words]
    pairs = sorted(table.transitions, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    leaving = {str(old) for old, _ in table.transitions}
    return [
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {word.value}: {word.label}" for word in table.words),
        f"    [*] --> {table.first.value}",
        *(f"    {old} --> {new}" for old, new in pairs),
        *(f"    {word.value} --> [*]" for word in table.words if word.value not in leaving),
        "```",
    ]


def _meanings(words: Iterable[Status]) -> list[str]:
    return ["| state | meaning |", "| --- | --- |", *(f"| {word.label} | {word.meaning} |" for word in words)]


def _follow_up() -> str:
    """Return the diagram and the table of open and closed: what the committee may decide in each, and with which grade."""
    return "\n".join(
        [
            "## Recommendation and each body’s part",
            "Only a verdict of the committee, given at a meeting, closes or reopens. A claim of delivery closes nothing.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            "    open: Open",
            "    closed: Closed",
            "    [*] --> open",
            *_verdicts("open", OUTCOMES_WHEN_OPEN),
            *_verdicts("closed", OUTCOMES_WHEN_CLOSED),
            "```",
            "",
            "| what the committee decides | while it is | goes with the grade | meaning |",
            "| --- | --- | --- | --- |",
            *(_outcome(outcome) for outcome in Outcome),
            "",
        ]
    )


def _verdicts(state: str, outcomes: Any) -> list[str]:
    return [
        f"    {state} --> {'closed' if outcome in CLOSING else 'open'}: {Outcome(outcome).label.replace(':', ',')}"
        for outcome in outcomes
    ]


def _outcome(outcome: Outcome) -> str:
    state = "open" if outcome in OUTCOMES_WHEN_OPEN else "closed"
    allowed = GRADES_FOR_OUTCOME[outcome]
    grades = "any" if set(allowed) == set(Grade) else ", ".join(str(Grade(grade).label) for grade in allowed)
    return f"| {outcome.label} | {state} | {grades} | {outcome.meaning} |"
