"""What the pages of officers, approvers and external respondents share. `{% load officers %}`"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from recommendations.queries import respondent_links
from recommendations.utils.text_diff import DiffSegment, differences

register = template.Library()


@register.simple_tag(takes_context=True)
def place(context: Context, name: str, *args: Any) -> str:
    """Return the address of a page that officers and external respondents share, as this reader reaches it; see
    `respondents.place`.
    """
    return respondent_links.place(context["request"].user, name, *args)


@register.filter
def changed_from(new: str, old: str) -> list[DiffSegment]:
    """Return the differences between the old text and the new one, sentence by sentence."""
    return differences(old or "", new or "")
