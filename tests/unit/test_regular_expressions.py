"""Regular expressions: each reads any text in time that grows with its length, whatever the text is."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import deque
from pathlib import Path
from typing import Any

import pytest

import committee
import recommendations
from tests.growth import PIECES, grows_too_fast

ROOT = Path(__file__).resolve().parents[2]
LONG = 20_000
"""Long enough for work that grows with the square to be seen, and short enough not to wait for it."""
CALLS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
MADE_OF_OUR_OWN = {
    "recommendations/packs/chart_image.py": "reads the drawings that the program made itself",
}
"""Modules with a pattern that is put together at the time, and why its text is nobody's typing."""


def _sources() -> dict[Path, str]:
    return {
        path: path.read_text()
        for package in ("committee", "recommendations")
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    }


def _modules() -> list[str]:
    return [
        module.name
        for package in (committee, recommendations)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if ".migrations" not in module.name and module.name != "committee.gunicorn"
    ]


def _compiled() -> dict[str, tuple[re.Pattern[Any], str]]:
    """Return the patterns that modules keep, alone or in a dictionary or sequence, by where they are, and where in a text
    they are looked for.
    """
    found: dict[str, tuple[re.Pattern[Any], str]] = {}
    uses_of: dict[str, set[str]] = {}
    for label, method in re.findall(
        r"\b(\w+)\b(?! = |: dict|,$|\n)(?=(?:\.(\w+))?)", "".join(_sources().values())
    ):
        uses_of.setdefault(label, set()).add(method)
    for name in _modules():
        for label, value in vars(importlib.import_module(name)).items():
            inside = (
                value.values()
                if isinstance(value, dict)
                else value
                if isinstance(value, list | tuple)
                else [value]
            )
            for one in inside:
                if isinstance(one, re.Pattern):
                    uses = uses_of.get(label, set())
                    at = "match" if uses and uses <= {"match", "fullmatch"} else "finditer"
                    found[f"{name}.{label} {one.pattern!r:.60}"] = one, at
    return found


def _calls(text: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in CALLS
    ]


def _written() -> dict[str, tuple[re.Pattern[Any], str]]:
    """Return the patterns written out where they are used."""
    found: dict[str, tuple[re.Pattern[Any], str]] = {}
    for path, text in _sources().items():
        for call in _calls(text):
            method = call.func.attr  # type: ignore[attr-defined]  # chosen by ``_calls``
            if method != "compile" and isinstance(call.args[0], ast.Constant):
                where = f"{path.relative_to(ROOT)}:{call.lineno} {call.args[0].value!r:.60}"
                at = method if method in {"match", "fullmatch"} else "finditer"
                found[where] = re.compile(call.args[0].value), at
    return found


def _each_once(
    patterns: dict[str, tuple[re.Pattern[Any], str]],
) -> dict[str, tuple[re.Pattern[Any], str]]:
    """Leave out a pattern that is there already under another name: modules import those of others."""
    first: dict[tuple[str | bytes, int, str], str] = {}
    for where, (pattern, at) in sorted(patterns.items()):
        first.setdefault((pattern.pattern, pattern.flags, at), where)
    return {where: patterns[where] for where in first.values()}


PATTERNS = _each_once(_written() | _compiled())


@pytest.mark.parametrize("where", sorted(PATTERNS))
def test_work_grows_with_the_text(where: str) -> None:
    pattern, method = PATTERNS[where]

    def read(text: str) -> None:
        subject: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
        found = getattr(pattern, method)(subject)
        if method == "finditer":
            deque(found, maxlen=0)

    assert [words for piece in PIECES if (words := grows_too_fast(read, piece, LONG))] == []


def test_every_pattern_is_tried() -> None:
    """A pattern put together inside a function can't be tried here: keep it in the module instead."""
    made = {
        str(path.relative_to(ROOT))
        for path, text in _sources().items()
        for call in _calls(text)
        if call.func.attr != "compile" and not isinstance(call.args[0], ast.Constant)  # type: ignore[attr-defined]  # chosen by ``_calls``
    }
    assert made == set(MADE_OF_OUR_OWN)


def test_texts_are_not_compared_by_difflib() -> None:
    """Its work grows with the square of the text, or worse, when sentences repeat."""
    assert [path for path, text in _sources().items() if "difflib" in text] == []


def test_a_pattern_that_grows_too_fast_is_seen() -> None:
    pattern = re.compile(r"[a-z.]+@[a-z]+")
    assert grows_too_fast(lambda text: list(pattern.finditer(text)), ".", LONG)
