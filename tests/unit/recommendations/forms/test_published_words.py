"""Every box for long words, in every form: read by others and looked at before it is, or not, and why."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest
from django import forms

import recommendations.forms
from committee.forms.choices import LongText
from recommendations.forms.corrections import CorrectionForm
from recommendations.forms.personal_data import PublishedWordsForm

LOOKED_AT_LATER = {
    "ApprovalForm": {"reason": "read by the author alone"},
    "RowForm": dict.fromkeys(
        ("progress", "barriers", "next_steps", "delivered_what"),
        "a draft, looked at when it is sent or published",
    ),
    "UpdateForm": dict.fromkeys(
        ("progress", "barriers", "next_steps", "delivered_what", "public_summary", "new_date_reason"),
        "a draft, looked at when it is sent or published",
    )
    | {"exempt_text": "exempt"},
    "LineForm": dict.fromkeys(
        ("text", "response_text", "reason", "progress", "exempt_text"),
        "the words of a tracker, checked line by line",
    ),
    "AnswerForm": {"exempt_text": "exempt"},
    "ReasonForm": {"private_note": "read by those who may withhold"},
    "WordsForm": {"words": "taken off the record"},
    "SearchAgainForm": {"words": "taken off the record"},
    "DeclineForm": {"reason": "read by those who may withhold"},
    "BodyForm": {"governance_reason": "read by administrators"},
}
"""Boxes whose words nobody else reads, or are looked at before anybody does, with the reason."""

WORDS_OF_PAPERS = {
    "AssessmentForm": {"comment"},
    "BodyForm": {"about"},
    "InquiryForm": {"scope", "summary", "source_note"},
    "FindingForm": {"text"},
    "RecommendationForm": {"text", "success_measure"},
    "PackForm": {"purpose", "decisions", "reasons", "appendices", "changes"},
}
"""Boxes for the words of reports, papers and decisions that are not looked at yet. To be made fewer, never more."""


def every_form() -> list[type[forms.Form]]:
    modules = [
        importlib.import_module(f"recommendations.forms.{one.name}")
        for one in pkgutil.iter_modules(recommendations.forms.__path__)
    ]
    found = {
        one
        for module in modules
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, forms.Form) and one.__module__.startswith("recommendations.forms.")
    }
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def boxes(form: type[forms.Form]) -> set[str]:
    """Return the boxes for long words, and for reasons of any length."""
    return {
        name
        for name, field in form.base_fields.items()
        if isinstance(field, LongText) or (name == "reason" and isinstance(field, forms.CharField))
    }


def looked_at(form: type[forms.Form]) -> set[str]:
    """Return those of its boxes that it asks about."""
    if issubclass(form, CorrectionForm):
        return boxes(form)  # all that is typed, see `CorrectionForm.new_words`
    if issubclass(form, PublishedWordsForm):
        return set(form.published)
    return boxes(form) if "looked_at" in form.base_fields and hasattr(form, "suspicions") else set()


def test_there_are_forms_to_look_at() -> None:
    assert len(every_form()) > 60


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__name__)
def test_words_that_others_read_are_looked_at(form: type[forms.Form]) -> None:
    known = looked_at(form)
    for one in form.__mro__:
        known |= set(LOOKED_AT_LATER.get(one.__name__, ())) | WORDS_OF_PAPERS.get(one.__name__, set())
    assert boxes(form) - known == set(), "point out what looks like personal data: PublishedWordsForm"


@pytest.mark.parametrize(
    "form",
    [one for one in every_form() if issubclass(one, PublishedWordsForm) and one is not PublishedWordsForm],
    ids=lambda form: form.__name__,
)
def test_a_form_asks_about_boxes_that_it_has(form: type[PublishedWordsForm]) -> None:
    assert set(form.published) <= set(form.base_fields)
    assert "looked_at" in form.base_fields


def test_nothing_is_let_off_that_is_gone() -> None:
    by_name = {form.__name__: form for form in every_form()}
    let_off = [
        (name, box) for names in (LOOKED_AT_LATER, WORDS_OF_PAPERS) for name in names for box in names[name]
    ]
    assert [(name, box) for name, box in let_off if box not in by_name[name].base_fields] == []
