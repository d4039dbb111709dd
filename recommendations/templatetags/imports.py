"""What was brought in from a tracker, marked on every page alike. `{% load imports %}`"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from committee.templatetags.components import cell, hidden_text, link, row_heading, table, tag
from recommendations.lifecycle import stated
from recommendations.models import ImportBatch
from recommendations.queries.import_lines import ShownField, ShownLine
from recommendations.queries.imports import brought_in_words
from recommendations.templatetags.statuses import status_tag

register = template.Library()

UNSTATED = SafeString(f'<span class="app-muted">{stated("")}</span>')
UNDECIDED = SafeString('<span class="app-muted">Still to be decided</span>')
NOTHING = SafeString('<span class="app-muted">Nothing</span>')
ASKED = SafeString('<br><strong class="govuk-tag govuk-tag--yellow">Question</strong>')
MENDED = SafeString('<br><strong class="govuk-tag govuk-tag--blue">Mended</strong>')


MUST = SafeString(" <strong>(before it can be applied)</strong>")


@register.simple_tag
def line_sections(lines: Iterable[ShownLine], *, can_change: bool, is_applied: bool) -> SafeString:
    """Render the lines of a list, each with what is asked about it and what becomes of its values.

    `can_change` links them to the page on which they are mended, `is_applied` to what they became on the record. Python and no
    template, because a page has several hundred cells: as a template they take three times as long.
    """
    # Reversed once: for each line it would take a tenth of the page.
    start = reverse("import_line", args=[0]).removesuffix("0/") if can_change else ""
    return SafeString("".join(_section(line, start, is_applied=is_applied) for line in lines))


def _section(line: ShownLine, start: str, *, is_applied: bool) -> str:
    """Render a line. `start` is what the address begins with at which it is mended; "" where it can't be."""
    row, title, can_change = line.row, escape(line.title), bool(start)
    head = f'<a class="govuk-link" href="{start}{row.pk}/">{title}</a>' if can_change else title
    known = f"; {escape(line.known.reference)} on the record" if line.known else ""
    problems = _problems(row.problems) if row.problems and can_change else ""
    return (
        f'<section class="app-section" id="line-{row.pk}" aria-labelledby="head-{row.pk}">'
        f'<h2 class="govuk-heading-s" id="head-{row.pk}">{head}</h2>'
        f'<p>{_state_tag(row.state)} <span class="app-muted">{escape(row.place)}{known}</span>'
        f"{_record_link(line) if row.recommendation_id and is_applied else ''}</p>"
        f"{problems}{becomes_table(line)}</section>"
    )


@cache
def _state_tag(state: str) -> SafeString:
    return status_tag(state, "ImportRowState")


def _record_link(line: ShownLine) -> str:
    words = f"On the record{hidden_text(f': {escape(line.title)}')}"
    return f" {link(words, 'recommendation', line.row.recommendation_id)}"


def _problems(problems: Sequence[Mapping[str, Any]]) -> str:
    items = "".join(f"<li>{escape(one['sentence'])}{MUST if one['must'] else ''}</li>" for one in problems)
    return f'<ul class="govuk-list govuk-list--bullet">{items}</ul>'


@register.simple_tag
def becomes_table(line: ShownLine) -> SafeString:
    """Render what becomes of each value of a line, beside the file's own words."""
    caption = f"What becomes of {line.row.place}, and the file’s own words"
    rows = SafeString("".join(map(_becomes_row, line.fields)))
    return table(rows, caption, heads="Value|Becomes|In the file", stack=True)


def _becomes_row(field: ShownField) -> str:
    absent = UNDECIDED if field.is_pending or (field.is_asked and field.cells) else UNSTATED
    becomes = _in_lines(field.becomes) if field.becomes else absent
    marks = (ASKED if field.is_asked else "") + (MENDED if field.is_mended else "")
    words = "<br>".join([f"{_header(header)}{_in_lines(said)}" for header, said in field.cells])
    return (
        f"<tr>{_label(field.label)}"
        f"{cell(becomes + marks, 'Becomes', mixed=True)}"
        f"{cell(words or NOTHING, 'In the file', mixed=True, classes='app-wrap')}</tr>"
    )


@cache
def _label(label: str) -> str:
    return row_heading(escape(label))


@lru_cache(maxsize=512)  # more than the columns of a tracker, which are the same in each of its lines
def _header(header: str) -> str:
    return f'<span class="app-small app-muted">{escape(header)}:</span> '


def _in_lines(words: str) -> str:
    """Return words escaped, with their line breaks."""
    return escape(words).replace("\r\n", "<br>").replace("\r", "<br>").replace("\n", "<br>")


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
