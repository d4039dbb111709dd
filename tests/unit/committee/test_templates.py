"""How templates are written: lines that a diff can show, and components instead of typed markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
LONGEST = 160
"""Characters of a line."""

TYPED = {
    "a button": r'class="govuk-button[ "]',
    "a table": r'<table class="govuk-table[ "]',
    "a table's cell": r"govuk-table__(cell|header)",
    "a summary list": r"govuk-summary-list",
    "details": r"govuk-details",
    "an inset": r"govuk-inset-text",
    "a warning": r"govuk-warning-text__icon",
    "a notification": r"govuk-notification-banner__header",
    "hidden text": r'<span class="govuk-visually-hidden">',
    "a way back": r"govuk-back-link",
    "an empty state": r"app-empty",
    "a mark of what was corrected": r'class="[^"]*\bapp-correction\b|>\s*Corrected\s*</strong>',
}
"""Markup that ``committee.templatetags.components`` writes, and ``recommendations.templatetags.corrections``."""

STILL_TYPED: dict[str, set[str]] = {
    # What these fold away has no line at its side.
    "details": {"officers/log_update.html", "councillors/_target.html"},
    "a warning": {"officers/_warnings.html"},  # a region of its own, with a list in it
}
"""Templates that type it still. To be made fewer, never more."""


def pages() -> list[Path]:
    """Return every template of a page. Fields of forms, which are components themselves, are not pages."""
    return [path for path in sorted(TEMPLATES.rglob("*.html")) if TEMPLATES / "django" not in path.parents]


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def test_there_are_templates_to_look_at() -> None:
    assert len(pages()) > 200


def test_lines_are_short_enough_for_a_diff() -> None:
    long = {
        f"{name(path)}:{number}"
        for path in TEMPLATES.rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST
    }
    assert long == set()


@pytest.mark.parametrize("what", TYPED)
def test_markup_of_components_is_not_typed(what: str) -> None:
    typed = {name(path) for path in pages() if re.search(TYPED[what], path.read_text())}
    assert typed == STILL_TYPED.get(what, set())


def test_words_are_not_chosen_by_long_chains() -> None:
    """A word that depends on a status belongs to the status or to a property, not to a chain in one line."""
    chain = re.compile(r"\{% if [^%]*%\}[^<\n{]*(?:\{% elif [^%]*%\}[^<\n{]*){2,}\{% (?:else|endif) %\}")
    assert [name(path) for path in pages() if chain.search(path.read_text())] == []
