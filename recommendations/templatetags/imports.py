"""What was brought in from a tracker, marked on every page alike. `{% load imports %}`"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from committee.templatetags.components import cell, row_heading, table, tag
from recommendations.models import ImportBatch
from recommendations.queries.import_lines import ShownField, ShownLine
from recommendations.queries.imports import brought_in_words

register = template.Library()

NOT_STATED = SafeString('<span class="app-muted">Not stated in the tracker</span>')
UNDECIDED = SafeString('<span class="app-muted">Still to be decided</span>')
NOTHING = SafeString('<span class="app-muted">Nothing</span>')
ASKED = SafeString('<br><strong class="govuk-tag govuk-tag--yellow">Question</strong>')
MENDED = SafeString('<br><strong class="govuk-tag govuk-tag--blue">Mended</strong>')


@register.simple_tag
def becomes_table(line: ShownLine) -> SafeString:
    """Render what becomes of each value of a line, beside the file's own words.

    Python and no template, because a page has several hundred of its cells: as a template they take three times as long.
    """
    caption = f"What becomes of {line.row.place}, and the file’s own words"
    rows = SafeString("".join(map(_becomes_row, line.fields)))
    return table(rows, caption, heads="Value|Becomes|In the file", stack=True)


def _becomes_row(field: ShownField) -> str:
    absent = UNDECIDED if field.is_asked and field.cells else NOT_STATED
    becomes = _in_lines(field.becomes) if field.becomes else absent
    marks = (ASKED if field.is_asked else "") + (MENDED if field.is_mended else "")
    words = "<br>".join(
        f'<span class="app-small app-muted">{escape(header)}:</span> {_in_lines(said)}'
        for header, said in field.cells
    )
    return (
        f"<tr>{row_heading(escape(field.label))}"
        f"{cell(becomes + marks, 'Becomes', mixed=True)}"
        f"{cell(words or NOTHING, 'In the file', mixed=True, classes='app-wrap')}</tr>"
    )


def _in_lines(words: str) -> str:
    """Return words escaped, with their line breaks."""
    return linebreaksbr(words) if "\n" in words or "\r" in words else escape(words)


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
