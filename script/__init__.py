"""Tools for developers and for the demonstration; nothing in production imports them."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VAR = PROJECT / "var"
"""What the demonstration and the tests keep between runs."""


class ScriptError(Exception):
    """The script cannot go on; the message says why, and what to do about it, in one sentence."""
