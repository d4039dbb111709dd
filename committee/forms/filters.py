"""The filters in force on a list, in words: for its page, its title, and the names of its files."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.text import Truncator, slugify

from committee.forms.versioned import in_words

NOT_FILTERS = ("sort", "page")
"""Fields of a filter form that change the order or the page, not what the list holds."""

LONGEST_DESCRIPTION = 150
"""Letters of a description within a title. Browser tabs and lists of results show fewer still."""

LONGEST_FILE_NAME = 100
"""Letters of a description within a file name. Windows takes 260 for the whole path."""


@dataclass(frozen=True)
class ChosenFilter:
    """One filter in force: the field it was chosen in, and its value in words."""

    field: BoundField
    value: str

    def __str__(self) -> str:
        return f"{self.field.label}: {self.value}"


def chosen_filters(form: BaseForm | None) -> list[ChosenFilter]:
    """Return the filters that are in force, in the order of the form; none for a form without data.

    A value that was not understood filters nothing and is not among them. Neither are hidden fields.
    """
    if form is None or not form.is_bound:
        return []
    form.is_valid()
    found = []
    for field in form:
        value = form.cleaned_data.get(field.name)
        if field.name in NOT_FILTERS or field.is_hidden or value is False:
            continue
        if words := in_words(value, field):
            found.append(ChosenFilter(field, words))
    return found


def describe_filters(form: BaseForm | None) -> str:
    """Return the filters in force as one line, such as "Owning body: Cabinet; How it stands: Overdue"; "" for none."""
    return "; ".join(" ".join(str(one).split()) for one in chosen_filters(form))


def filters_for_title(form: BaseForm | None) -> str:
    """Return `describe_filters` for a title: cut at a length that a title can have."""
    return Truncator(describe_filters(form)).chars(LONGEST_DESCRIPTION)


def filters_for_file_name(form: BaseForm | None) -> str:
    """Return the filters in force as a part of a file name: letters, digits and hyphens, not too long; "" for none.

    What can't be written so, as words in another script, still says that the list is filtered.
    """
    if not chosen_filters(form):
        return ""
    slug = slugify(describe_filters(form))
    if len(slug) > LONGEST_FILE_NAME:
        slug = slug[: LONGEST_FILE_NAME + 1].rpartition("-")[0] or slug[:LONGEST_FILE_NAME]
    return slug or "filtered"
