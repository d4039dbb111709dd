"""The errors of forms, at the top of the page and at their inputs. `{% load form_errors %}`"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def invalid(attrs: Mapping[str, Any]) -> bool:
    """Return whether Django marked this widget's input as invalid."""
    return attrs.get("aria-invalid") == "true"


@register.simple_tag
def select_options(groups: list[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """Return the options of a select, in their groups: a filter has hundreds, too many to draw each by a template."""
    drawn = []
    for name, options, _ in groups:
        html = "\n".join(map(_option, options))
        drawn.append(f'<optgroup label="{conditional_escape(name)}">\n{html}\n</optgroup>' if name else html)
    return mark_safe("\n".join(drawn))  # noqa: S308 (escaped above and in _option)


def _option(option: dict[str, Any]) -> str:
    attrs = flatatt(option["attrs"]) if option["attrs"] else ""
    return f'<option value="{escape(option["value"])}"{attrs}>{conditional_escape(option["label"])}</option>'


@register.inclusion_tag("_components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet | list[BaseForm] | None) -> dict[str, Any]:
    """Return the error summary at the top of the page, each error with a link to its input, for any number of forms,
    formsets and lists of forms.
    """
    problems: list[dict[str, str]] = []
    for form in forms:
        if isinstance(form, list):
            for one in form:
                problems += _problems(one)
            continue
        if isinstance(form, BaseFormSet):
            if form.is_bound:
                problems += [{"text": str(text), "address": ""} for text in form.non_form_errors()]
                for one in form.forms:
                    problems += _problems(one)
        elif form is not None and isinstance(form, BaseForm):
            problems += _problems(form)
    return {"problems": problems}


def _problems(form: BaseForm) -> list[dict[str, str]]:
    problems = [{"text": str(text), "address": ""} for text in form.non_field_errors()]
    for field in form:
        if field.is_hidden:
            problems += [{"text": str(text), "address": ""} for text in field.errors]
            continue
        box = getattr(field, "first_box", field.id_for_label)
        problems += [{"text": str(text), "address": f"#{box}"} for text in field.errors]
    return problems
