"""What was brought in from a tracker, marked on every page alike. `{% load imports %}`"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from committee.templatetags.components import tag
from recommendations.models import ImportBatch
from recommendations.queries.imports import brought_in_words

register = template.Library()


@register.simple_tag
def imported_mark(row: Any) -> SafeString:
    """Render from which file (and table and row, if it is of one line) something was brought in, and when; nothing for what was recorded here."""
    source = getattr(row, "imported_from", "")
    if not source:
        return SafeString("")
    return format_html(
        '<p class="app-small app-muted app-imported">{} {}</p>',
        tag("Imported", "grey"),
        source,
    )


@register.simple_tag
def heading_mark(recommendation: Any) -> SafeString:
    """Render that a heading was made from the first words; nothing for one that somebody wrote."""
    if not recommendation.heading_is_ours:
        return SafeString("")
    return SafeString(
        '<p class="app-small app-muted app-imported">The heading was made from the first words of the text.</p>'
    )


@register.inclusion_tag("_components/brought_in_later.html")
def brought_in_later(batches: Sequence[ImportBatch], on: dt.date) -> dict[str, Any]:
    """Render which trackers were brought in after the day that a page tells of, though it shows what they hold."""
    return {"imports": [brought_in_words(batch) for batch in batches], "on": on}
