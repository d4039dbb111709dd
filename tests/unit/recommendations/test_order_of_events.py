"""Nothing is ordered by the moment of its entry alone, but where that moment is what is asked."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from django.apps import apps

SOURCE = Path(__file__).parents[3] / "recommendations"

ENTERED = {
    "recorded_at", "published_at", "decided_at", "changed_at", "submitted_at", "returned_at", "asked_at", "created_at",
    "saved_at", "queued_at", "opened_at", "added_at", "finished_at", "released_at", "id", "pk",
}  # fmt: skip
"""Columns that say when a row was entered, not when what it tells of happened."""

NOT_AN_ORDER = {"as_at"}
"""What an update speaks of: it is filed under `filed_on`, with what it corrects. Packs are ordered by their meeting first."""

BY_ENTRY = {
    "actions/assessments.py: -pk": "which verdict somebody may not have seen yet",
    "actions/assessments.py: pk": "the order of locks",
    "actions/corrections.py: -pk": "which corrections a preview made",
    "actions/filing.py: pk": "the order of locks",
    "actions/recompute.py: pk": "any order does: all are gone through",
    "actions/imports.py: -pk": "what an import changed last is put back first",
    "actions/imports.py: pk": "the order of locks",
    "models/imports.py: -created_at": "imports, in the order in which they were handed in",
    "models/imports.py: id": "changes by an import, in the order in which they were made",
    "actions/successions.py: pk": "the order of locks",
    "imports/from_file.py: pk": "any of its officers does, and the same each time",
    "queries/imports.py: pk": "entries of the audit trail, in the order in which they were made",
    "models/evidence.py: added_at": "a file has no day but that on which it was added",
    "models/evidence.py: opened_at": "an opening has no day but that on which it was recorded",
    "models/inquiries.py: recorded_at": "who followed it up as the record said then",
    "models/notifications.py: -created_at": "messages, in the order in which they were written",
    "actions/reviews.py: pk": "the order of locks",
    "actions/reviews.py: published_at": "the first update since a review was closed answers it once it is reopened",
    "models/notifications.py: created_at": "messages, in the order in which they were written",
    "models/packs.py: -id": "packs, in the order in which they were made",
    "models/packs.py: -pk": "packs, in the order in which they were made",
    "models/recommendations.py: -pk": "what was added last, for somebody who adds the next",
    "models/recommendations.py: changed_at": "wordings are sorted by wording_order where they are read",
    "models/recommendations.py: id": "relations have no day",
    "models/bodies.py: -recorded_at": "a setting of a body is changed when it is entered",
    "models/bodies.py: id": "the order of locks",
    "queries/changes.py: -recorded_at": "the feed tells what came onto the record last",
    "queries/trends.py: created_at": "since when it is addressed to somebody, as the record says",
    "queries/spelling.py: -pk": "the words of what was added last",
    "models/reviews.py: changed_at": "a due date has no day of change but that of its entry",
    "models/reviews.py: id": "requests have the day of their review",
    "models/sources.py: recorded_at": "a source and what it tells have no day but that of their entry",
    "queries/sources.py: recorded_at": "a source and what it tells have no day but that of their entry",
    "models/target_dates.py: asked_at": "a request is asked for when it is entered",
    "models/sealed.py: id": "what was taken at once, in the order in which it was found",
    "models/withholdings.py: id": "what is proposed to be put back, in the order in which it was withheld",
    "models/updates.py: -published_at": "news: what came onto the record last",
    "models/updates.py: -saved_at": "drafts, the one saved last first",
    "models/updates.py: submitted_at": "what waits longest comes first",
    "packs/content.py: pk": "a council, and a post, of which there is one",
    "packs/recover.py: queued_at": "packs in the order in which they were asked for",
    "queries/as_at.py: changed_at": "what the first change that was entered replaced is the text of the report",
    "queries/records.py: pk": "relations have no day",
    "queries/as_at.py: -recorded_at": "who held it as the record said then",
    "queries/audit_log.py: -id": "the audit trail",
    "queries/my_work.py: asked_at": "what waits longest comes first",
    "queries/search.py: -pk": "what was added last, behind the rank",
    "queries/workspace.py: asked_at": "what waits longest comes first",
    "views/scrutiny/target_dates.py: asked_at": "what waits longest comes first",
    "management/commands/build_pack.py: pk": "any clerk does",
    "models/transfers.py: recorded_at": "who held it as the record said then",
    "exports/sitemaps.py: -pk": "any order does: all are gone through",
    "actions/people.py: pk": "the order of locks",
    "notifications/send.py: pk": "any order does: all are gone through",
}  # fmt: skip
"""Where the moment of entry is what is asked, and why."""


FIRST_BY_ENTRY = {
    "actions/imports.py: ImportBatch.objects.of.open.with_content.first": "one is open of a file at a time",
    "actions/withheld_files.py: SealedFile.objects.standing.of.exclude.first": "any one of those that stand",
    "views/public/packs.py: pack.repeated_by.visible_to.frozen.for_list.first": "one replacement at a time",
    "views/officers/assignments.py: TargetChange.objects.of.requested.for_list.first": "one request waits at a time",
    "views/officers/updates.py: TargetChange.objects.of.requested.for_list.first": "one request waits at a time",
    "views/respondents/items.py: TargetChange.objects.of.requested.for_list.first": "one request waits at a time",
}
"""Where the first or last row is taken of what is ordered by entry, and why."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Yield the name and the tree of each module that may sort rows."""
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts and "demo" not in path.parts:
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def is_by_entry(name: str) -> bool:
    return name.split("__")[-1].lstrip("-") in ENTERED | NOT_AN_ORDER


def first_key(node: ast.AST) -> str:
    """Return by which column the call or the Meta class sorts before anything else; "" if it sorts by no single one."""
    first: ast.AST | None = None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        if node.func.attr in ("order_by", "latest", "earliest"):
            first = node.args[0]
    elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering":
        first = node.value.elts[0] if isinstance(node.value, ast.List) else None
    if isinstance(first, ast.Call):  # F("column").desc()
        first = next((one for one in ast.walk(first) if isinstance(one, ast.Constant)), None)
    return str(first.value) if isinstance(first, ast.Constant) else ""


def sort_key(node: ast.AST) -> str:
    """Return by which attribute a sort in Python sorts before anything else; "" if that is not written beside it."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func).split(".")[-1] not in (
        "sorted",
        "sort",
        "max",
        "min",
    ):
        return ""
    key = next((one.value for one in node.keywords if one.arg == "key"), None)
    first = key.body if isinstance(key, ast.Lambda) else None
    first = first.elts[0] if isinstance(first, ast.Tuple) else first
    return first.attr if isinstance(first, ast.Attribute) else ""


def orders() -> Iterator[str]:
    """Yield each place that sorts by when rows were entered before anything else."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if is_by_entry(key := first_key(node) or sort_key(node)):
                yield f"{name}: {key}"


def entered_in_order() -> dict[str, str]:
    """Return the models whose rows come in the order of their entry, by their names and by those that lead there."""
    found: dict[str, str] = {}
    for model in apps.get_app_config("recommendations").get_models():
        ordering = model._meta.ordering or [""]
        if not isinstance(ordering[0], str) or not is_by_entry(ordering[0]):
            continue
        found[model.__name__] = model.__name__
        for field in model._meta.concrete_fields:
            name = field.remote_field.get_accessor_name() if field.remote_field else None
            if name is not None:
                found[name] = model.__name__
    return found


def sorting_methods() -> dict[str, set[str]]:
    """Return the methods of each model's querysets that put rows into another order than that of their entry."""
    found: dict[str, set[str]] = defaultdict(set)
    classes = (one for _, tree in trees() for one in ast.walk(tree) if isinstance(one, ast.ClassDef))
    for one in classes:
        for function in one.body:
            sorts = (
                node for node in ast.walk(function) if ".order_by" in ast.unparse(getattr(node, "func", node))
            )
            calls = [node for node in sorts if isinstance(node, ast.Call) and node.args]
            if isinstance(function, ast.FunctionDef) and calls and not is_by_entry(first_key(calls[0])):
                found[one.name.removesuffix("QuerySet")].add(function.name)
    return found


def chain(node: ast.AST) -> Iterator[str]:
    """Yield the names of a chain of calls, the last first: `Pack.objects.all().first()` is first, all, objects, Pack."""
    while True:
        match node:
            case ast.Call(func=inner) | ast.Subscript(value=inner):
                node = inner
            case ast.Attribute(value=inner, attr=name):
                yield name
                node = inner
            case ast.Name(id=name):
                yield name
                return
            case _:
                return


def firsts() -> Iterator[str]:
    """Yield each place that takes the first or last of rows in the order of their entry, and names no row."""
    models, sorting = entered_in_order(), sorting_methods()
    for name, tree in trees():
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("first", "last")
            ):
                continue
            names = list(chain(node))
            by_key = any(
                word.arg == "pk"
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
                for word in call.keywords
            )
            of = next((models[one] for one in names if one in models), "")
            sorted_otherwise = set(names) & {"order_by", *sorting[of]}
            if of and not sorted_otherwise and not by_key:
                yield f"{name}: {'.'.join(reversed(names))}"


def test_each_order_by_entry_is_meant() -> None:
    found = set(orders())
    assert found - set(BY_ENTRY) == set(), (
        "sort by the day of the event (lifecycle.state), or say here why not"
    )


def test_nothing_is_listed_that_is_gone() -> None:
    assert set(BY_ENTRY) - set(orders()) == set()


def test_the_first_of_what_is_ordered_by_entry_is_meant() -> None:
    assert set(firsts()) == set(FIRST_BY_ENTRY), "say by which day the rows are ordered, or here why not"


def test_the_guard_sees_each_way_to_sort() -> None:
    written = """
        rows.order_by("-decided_at", "-id"); rows.order_by(F("asked_at").desc()); rows.latest("pk")
        sorted(rows, key=lambda one: one.published_at); max(rows, key=lambda one: (one.as_at, one.pk))
        rows.order_by("-filed_on", "-pk"); sorted(rows, key=update_order)
    """
    found = [first_key(node) or sort_key(node) for node in ast.walk(ast.parse(dedent(written)))]
    assert sorted(key for key in found if is_by_entry(key)) == [
        "-decided_at",
        "as_at",
        "asked_at",
        "pk",
        "published_at",
    ]
    models, sorting = entered_in_order(), sorting_methods()
    assert {"Pack", "TargetChange", "WordingChange", "wordings", "target_changes"} <= set(models)
    assert "by_meeting" in sorting["Pack"]
    assert "for_list" not in sorting["Pack"]
    assert "decided" in sorting["TargetChange"]
