"""Docstrings: the first sentence ends, and that of a function says in the imperative what it does or returns."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path.relative_to(ROOT)
    for package in ("committee", "recommendations")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
NOT_IMPERATIVE = re.compile(
    r"(?:What|Whether|Who|Whom|How|Why|When|Where|Which|That|This|These|Those|The|A|An|All|Each|Every|Nothing|Nobody"
    r"|Somebody|As|With|Without|For|Of|In|From|Not|One|So|Its|Our|Their|None|True|False"
    r"|[A-Z]\w*[^s\W]s"  # "Returns" and "Raises", and plurals
    r"|(?!Embed\b)[A-Z]\w*[^e\W]ed"  # "Notified and open"
    r")\b"
)


def docstrings(path: Path) -> Iterator[tuple[str, bool, str]]:
    """Yield the name, whether it is a function, and the docstring of each public definition of the module."""
    tree = ast.parse((ROOT / path).read_text())
    if text := ast.get_docstring(tree):
        yield "module", False, text
    yield from _inside(tree, "")


def _inside(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[tuple[str, bool, str]]:
    for child in node.body:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef) or child.name.startswith("_"):
            continue
        text = ast.get_docstring(child)
        if text:
            yield prefix + child.name, isinstance(child, ast.FunctionDef) and not _is_property(child), text
        if isinstance(child, ast.ClassDef):
            yield from _inside(child, f"{prefix}{child.name}.")


def _is_property(function: ast.FunctionDef) -> bool:
    """Return whether it reads as an attribute, which a noun describes better than a verb."""
    return any("property" in ast.unparse(decorator) for decorator in function.decorator_list)


def problem_with(text: str, *, is_function: bool) -> str:
    """Return what is wrong with a docstring; "" if nothing is."""
    summary = text.split("\n\n")[0].rstrip()
    if not summary.endswith((".", "::", "`")):
        return "does not end in a full stop"
    if is_function and (found := NOT_IMPERATIVE.match(summary)):
        return f"begins with {found.group()!r}, not with what it does"
    if "``" in text:
        return "has double backquotes"
    return ""


def offenders(path: Path) -> list[str]:
    return [
        f"{path}: {name} {problem}"
        for name, is_function, text in docstrings(path)
        if (problem := problem_with(text, is_function=is_function))
    ]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_the_first_sentence_is_imperative_and_ends(path: Path) -> None:
    assert offenders(path) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Return the day.", ""),
        ("Address a recommendation.", ""),
        ("Embed the typeface.", ""),
        ("Feed the queue.", ""),
        ("Return the day", "full stop"),
        ("The day.", "'The'"),
        ("Whether it is late.", "'Whether'"),
        ("Returns the day.", "'Returns'"),
        ("Bodies that ended.", "'Bodies'"),
        ("Notified and open.", "'Notified'"),
        ("Return ``None``.", "backquotes"),
    ],
)
def test_what_is_wrong_is_seen(text: str, problem: str) -> None:
    found = problem_with(text, is_function=True)
    assert (problem in found) if problem else found == ""
