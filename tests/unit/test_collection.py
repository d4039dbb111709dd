"""Tests are collected in one order by every process: those that share the work refuse to begin otherwise."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]


def out_of_sets(source: str) -> list[int]:
    """Return the lines on which a test takes its cases out of a set, whose order differs from process to process."""
    return [
        case.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "parametrize"
        for case in node.args[1:]
        if _is_set(case)
    ]


def _is_set(value: ast.AST) -> bool:
    match value:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Call(func=ast.Name(id="set" | "frozenset")):
            return True
        case ast.Call(func=ast.Name(id="list" | "tuple" | "enumerate"), args=[inner, *_]):
            return _is_set(inner)
        case ast.Call(
            func=ast.Attribute(attr="union" | "intersection" | "difference" | "symmetric_difference")
        ):
            return True
        case ast.BinOp(op=ast.Sub() | ast.BitAnd() | ast.BitOr() | ast.BitXor()):
            return _is_set(value.left) or _is_set(value.right)
        case ast.ListComp(generators=[first, *_]) | ast.GeneratorExp(generators=[first, *_]):
            return _is_set(first.iter)
    return False


def test_no_cases_come_out_of_a_set() -> None:
    found = {
        f"{path.relative_to(TESTS)}:{line}"
        for path in TESTS.rglob("*.py")
        for line in out_of_sets(path.read_text())
    }
    assert found == set()


def test_the_guard_sees_them() -> None:
    mark = "@pytest.mark.parametrize('case', {})\ndef test(case): ..."
    for cases in (
        "{1, 2}",
        "set(ALL) - {1}",
        "ALL - {1}",
        "list({1, 2})",
        "[one for one in {1, 2}]",
        "A.union(B)",
    ):
        assert out_of_sets(mark.format(cases)) == [1], cases
    for cases in ("[1, 2]", "sorted(set(ALL) - {1})", "list(Kind)", "ALL"):
        assert out_of_sets(mark.format(cases)) == [], cases
