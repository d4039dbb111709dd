"""The table of rights itself."""

from __future__ import annotations

import ast
from pathlib import Path

from recommendations import actions
from recommendations.lifecycle import Role
from recommendations.permissions import GROUPS, RIGHTS, Right, Where

ACTIONS = sorted(Path(actions.__file__).parent.glob("*.py"))
OF_NO_THING_YET = {
    ("bodies.py", "add_body", "EDIT_BODIES"),
    ("themes.py", "add_theme", "EDIT_INQUIRY"),
    ("withholdings.py", "withhold_words", "WITHHOLD"),
}
"""Where an officer's right is asked for about nothing: the thing is only being made, or words stand anywhere."""


def test_only_administrators_hold_a_right_everywhere() -> None:
    """But for taking something off the record, which is too urgent to wait for the right committee."""
    wide = {right for right, grant in RIGHTS.items() for role, where in grant.roles.items()
            if where == Where.ANYWHERE and role != Role.ADMINISTRATOR}  # fmt: skip
    assert wide == {Right.WITHHOLD}


def test_every_right_is_granted_and_shown_once() -> None:
    assert set(RIGHTS) == set(Right)
    assert sorted(right for rights in GROUPS.values() for right in rights) == sorted(Right)


def test_actions_ask_about_the_very_thing() -> None:
    """`require(by, right)` without a thing asks for the right over anything: enough for administrators alone."""
    administrators = {
        right.name for right, grant in RIGHTS.items() if set(grant.roles) == {Role.ADMINISTRATOR}
    }
    wide, asked = set(), 0
    for path in ACTIONS:
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id == "require"
                ):
                    asked += 1
                    right = call.args[1]
                    name = right.attr if isinstance(right, ast.Attribute) else ""
                    if len(call.args) == 2 and name not in administrators:
                        wide.add((path.name, function.name, name))
    assert wide == OF_NO_THING_YET
    assert asked > 30
