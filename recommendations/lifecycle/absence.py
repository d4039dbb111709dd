"""What stands in the place of a fact that is missing: a date, a response, what a body claims, whom something is addressed to.

Pages, downloads and packs ask here, so that none of them reads an empty box as "not yet" where nobody knows.
"""

from __future__ import annotations

from typing import TypeVar

from recommendations.lifecycle.statuses import NOT_KNOWN, NOT_STATED, NOTHING_ASKED

T = TypeVar("T")


def absence(not_yet: T, *, sources_only: bool, unstated: bool = False, withdrawn: bool = False) -> T | str:
    """Return what is said where a fact is missing: `not_yet`, the words or the value of the committee's own record.

    Not so where a tracker that was brought in tells of the matter and does not state the fact (`unstated`), where nothing is
    asked of what was addressed in error or published by mistake (`withdrawn`), and where nobody knows, because only public
    sources tell of it (`sources_only`).
    """
    if unstated:
        return NOT_STATED
    if withdrawn:
        return NOTHING_ASKED
    return NOT_KNOWN if sources_only else not_yet


def stated(words: str) -> str:
    """Return the words; where there are none, as a tracker that was brought in does not state what it tells of, that it does not."""
    return words or NOT_STATED


def absent_sentence(not_yet: str, subject: str, *, sources_only: bool, unstated: bool = False) -> str:
    """Return the same as a sentence without its stop: `not_yet`, or `subject`, which ends in "is" or "are", and that it is not
    known, or not stated.
    """
    known = absence("", sources_only=sources_only, unstated=unstated)
    return f"{subject} {known[0].lower()}{known[1:]}" if known else not_yet
