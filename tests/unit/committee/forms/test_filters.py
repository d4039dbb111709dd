"""Filters in words: on the page, in its title, in the names of its files."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from committee.forms.filters import (
    LONGEST_DESCRIPTION,
    LONGEST_FILE_NAME,
    chosen_filters,
    describe_filters,
    filters_for_file_name,
    filters_for_title,
)


class Filters(forms.Form):
    q = forms.CharField(label="Words", required=False)
    body = forms.ChoiceField(
        label="Owning body", choices=[("", "All bodies"), ("1", "Cabinet")], required=False
    )
    made_from = forms.DateField(label="From", required=False)
    slipped = forms.BooleanField(label="Its date has slipped", required=False)
    kinds = forms.MultipleChoiceField(
        label="Kinds", choices=[("a", "Board"), ("b", "School")], required=False
    )
    sort = forms.CharField(required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)


def filters(query: str) -> Filters:
    return Filters(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("sort=due&before=7&page=2", ""),
        ("q=&body=", ""),
        ("body=1", "Owning body: Cabinet"),
        ("body=99", ""),
        ("q=school++crossings&slipped=on", "Words: school crossings; Its date has slipped: Yes"),
        ("made_from=2025-06-01&kinds=a&kinds=b", "From: 1 June 2025; Kinds: Board, School"),
    ],
)
def test_describes_what_is_in_force_and_nothing_else(query: str, words: str) -> None:
    assert describe_filters(filters(query)) == words


def test_an_empty_form_filters_nothing() -> None:
    assert chosen_filters(None) == chosen_filters(Filters()) == []


def test_a_day_keeps_its_value() -> None:
    form = filters("made_from=2025-06-01")
    assert [one.value for one in chosen_filters(form)] == ["1 June 2025"]
    assert form.cleaned_data["made_from"] == dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", ""),
        ("q=sort", "words-sort"),
        ("q=../../etc/passwd%22%0D%0A", "words-etcpasswd"),
        ("q=Caf%C3%A9 %E2%80%9Czo%C3%AB%E2%80%9D", "words-cafe-zoe"),
        ("q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0", "words"),
        ("body=1&slipped=on", "owning-body-cabinet-its-date-has-slipped-yes"),
    ],
)
def test_a_file_name_is_plain(query: str, name: str) -> None:
    assert filters_for_file_name(filters(query)) == name


@pytest.mark.parametrize("words", ["word " * 40, "w" * 200, "- " * 100, "\N{FACE WITH TEARS OF JOY}" * 200])
def test_is_never_too_long(words: str) -> None:
    form: Any = Filters(QueryDict(mutable=True) | {"q": words})
    assert len(filters_for_title(form)) <= LONGEST_DESCRIPTION
    name = filters_for_file_name(form)
    assert 0 < len(name) <= LONGEST_FILE_NAME
    assert not name.endswith("-")
