"""Nothing is ordered by the moment of its entry alone, but where that moment is what is asked."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "recommendations"

ENTERED = {
    "recorded_at", "published_at", "decided_at", "changed_at", "submitted_at", "returned_at", "asked_at", "created_at",
    "saved_at", "queued_at", "opened_at", "added_at", "id", "pk",
}  # fmt: skip
"""Columns that say when a row was entered, not when what it tells of happened."""

BY_ENTRY = {
    "actions/assessments.py: -pk": "which verdict somebody may not have seen yet",
    "actions/recompute.py: pk": "any order does: all are gone through",
    "actions/successions.py: pk": "the order of locks",
    "models/evidence.py: added_at": "a file has no day but that on which it was added",
    "models/evidence.py: opened_at": "an opening has no day but that on which it was recorded",
    "models/inquiries.py: recorded_at": "who followed it up as the record said then",
    "models/notifications.py: -created_at": "messages, in the order in which they were written",
    "models/notifications.py: created_at": "messages, in the order in which they were written",
    "models/packs.py: -id": "packs, in the order in which they were made",
    "models/packs.py: -pk": "packs, in the order in which they were made",
    "models/recommendations.py: -pk": "what was added last, for somebody who adds the next",
    "models/recommendations.py: changed_at": "wordings are sorted by wording_order where they are read",
    "models/recommendations.py: id": "relations have no day",
    "models/responses.py: -recorded_at": "a feed tells what came onto the record",
    "models/reviews.py: changed_at": "a due date has no day of change but that of its entry",
    "models/reviews.py: id": "requests have the day of their review",
    "models/target_dates.py: -decided_at": "the list of what was decided last, for who decided it",
    "models/target_dates.py: asked_at": "a request is asked for when it is entered",
    "models/updates.py: -saved_at": "drafts, the one saved last first",
    "models/updates.py: submitted_at": "what waits longest comes first",
    "packs/content.py: pk": "a council, and a post, of which there is one",
    "packs/content.py: asked_at": "requests in the order in which they were asked",
    "packs/recover.py: queued_at": "packs in the order in which they were asked for",
    "queries/as_at.py: -recorded_at": "who held it as the record said then",
    "queries/audit_log.py: -id": "the audit trail",
    "queries/my_work.py: asked_at": "what waits longest comes first",
    "queries/search.py: -pk": "what was added last, behind the rank",
    "queries/search.py: -published_at": "what became public last",
    "queries/timeline.py: asked_at": "requests in the order in which they were asked",
    "queries/workspace.py: asked_at": "what waits longest comes first",
    "views/scrutiny/target_dates.py: asked_at": "what waits longest comes first",
    "management/commands/build_pack.py: pk": "any clerk does",
    "models/assignments.py: recorded_at": "who held it as the record said then",
    "exports/sitemaps.py: -pk": "any order does: all are gone through",
    "actions/people.py: pk": "the order of locks",
    "notifications/send.py: pk": "any order does: all are gone through",
}  # fmt: skip
"""Where the moment of entry is what is asked, and why."""


def orders() -> Iterator[str]:
    """Yield each place that sorts by when rows were entered before anything else."""
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts or "demo" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            first = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                if node.func.attr in ("order_by", "latest", "earliest"):
                    first = node.args[0]
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering":
                first = node.value.elts[0] if isinstance(node.value, ast.List) else None
            name = str(first.value) if isinstance(first, ast.Constant) else ""
            if name.split("__")[-1].lstrip("-") in ENTERED:
                yield f"{path.relative_to(SOURCE).as_posix()}: {name}"


def test_each_order_by_entry_is_meant() -> None:
    found = set(orders())
    assert found - set(BY_ENTRY) == set(), (
        "sort by the day of the event (lifecycle.state), or say here why not"
    )


def test_nothing_is_listed_that_is_gone() -> None:
    assert set(BY_ENTRY) - set(orders()) == set()
