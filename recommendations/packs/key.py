"""The key of a pack: the words that it uses, each with its meaning, from its data alone."""

from __future__ import annotations

from recommendations.lifecycle import (
    PRIORITIES_NOBODY_GAVE,
    Claim,
    Decision,
    Grade,
    Outcome,
    Priority,
    Standing,
    Vocabulary,
)
from recommendations.packs.values import Data


def key(content: Data) -> list[Data]:
    """Return the words that the pack uses, each with its meaning."""
    rows = [row for inquiry in content["inquiries"] for row in inquiry["recommendations"]]
    parts = [part for row in rows for part in row["bodies"]]
    verdicts = [verdict for row in rows for verdict in row["verdicts"]]
    followed_up = {row["priority"]["value"] for row in rows if not row.get("sources_only")}
    used: list[tuple[str, type[Vocabulary], set[str]]] = [
        ("Priority", Priority, {row["priority"]["value"] for row in rows}),
        (
            "A body’s response",
            Decision,
            {p["response"]["decision"]["value"] for p in parts if p["response"]}
            | {r["decision"]["value"] for p in parts for r in p["earlier_responses"]}
            | _told_of(content, "decision"),
        ),
        (
            "A body’s claim of progress",
            Claim,
            {p["claim"]["value"] for p in parts if p["claim"]}
            | _told_of(content, "claim")
            | _told_of(content, "before"),
        ),
        (
            "The committee’s grade",
            Grade,
            {v["grade"]["value"] for v in verdicts} | _told_of(content, "grade"),
        ),
        (
            "The committee’s decision",
            Outcome,
            {v["outcome"]["value"] for v in verdicts} | _told_of(content, "outcome"),
        ),
        ("Where a recommendation stands", Standing, {row["standing"] for row in rows}),
    ]
    return [
        {
            "title": title,
            "words": [
                {"label": str(word.label), "colour": word.colour, "meaning": _meaning(word, followed_up)}
                for word in vocabulary
                if word.value in values
            ],
        }
        for title, vocabulary, values in used
        if values
    ]


def _meaning(word: Vocabulary, followed_up: set[str]) -> str:
    """Return the meaning of a word. What a priority asks for is said of what a committee follows up; `followed_up` are the
    priorities of that.
    """
    told = isinstance(word, Priority) and word not in PRIORITIES_NOBODY_GAVE and word.value not in followed_up
    return "So called by the public sources" if told else word.meaning


def _told_of(content: Data, name: str) -> set[str]:
    """Return the values of a status that the changes since the last meeting use."""
    groups = content["since"]["groups"].values() if content["since"] else ()
    return {item[name]["value"] for items in groups for item in items if item.get(name)}
