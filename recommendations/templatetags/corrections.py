"""What was corrected, on every page alike. `{% load corrections %}`"""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recommendations.models import Assessment, Assignment, Correction, Recommendation, Response, Update
from recommendations.queries import correction_marks, corrections
from recommendations.queries.changes import Change

register = template.Library()


@register.simple_tag
def correction_mark(correction: Correction) -> SafeString:
    """Render the mark beside what was recorded in error, or beside what is right now."""
    return format_html(
        '<p class="app-small app-correction">{}{}</p>',
        _with_tag(corrections.tag_of(correction), corrections.mark(correction)),
        _where_it_went(correction),
    )


def _where_it_went(correction: Correction) -> SafeString:
    """Return the sentence that leads to the recommendation on which a view belonged that was recorded on another."""
    there = corrections.moved_to(correction)
    if there is None:
        return SafeString()
    return format_html(
        '<br>The view was moved to <a class="govuk-link" href="{}">{} {}</a>.',
        corrections.anchor_of_replacement(correction),
        there.reference,
        there.heading,
    )


def _with_tag(word: str, sentence: str) -> SafeString:
    """Return the word as a tag before the sentence, or in its place where the sentence begins with it."""
    rest = sentence.removeprefix(word)
    return format_html(
        '<strong class="govuk-tag govuk-tag--yellow">{}</strong>{}{}',
        word,
        "" if rest != sentence else " ",
        rest,
    )


@register.simple_tag
def corrected_mark(correction: Correction | None, page: str = "") -> SafeString:
    """Render the mark beside what is right now: how it read before, why it was corrected, and when, with a link to the
    correction on this page or another. Nothing where nothing was corrected.
    """
    if correction is None:
        return SafeString()
    return format_html(
        '<p class="app-small app-correction">{} <a class="govuk-link" href="{}#correction-{}">What was recorded, and why it was'
        ' corrected<span class="govuk-visually-hidden">: {}</span></a></p>',
        _with_tag(corrections.CORRECTED, corrections.corrected_words(correction)),
        page,
        correction.pk,
        corrections.title_of(correction),
    )


@register.simple_tag
def corrected_here(row: Any, page: str = "") -> SafeString:
    """Render the mark of a row in a list, with a link to what was corrected of it: on the page of its recommendation, if no
    other is given. Nothing where the list did not find it `corrected`, nor is it an update that corrects another, and where it does not
    stand: that says so alone.
    """
    told_of = getattr(row, "corrected", getattr(row, "corrects_id", None) is not None)
    if not told_of or corrections.error_word(row):
        return SafeString()
    recommendation = _recommendation_of(row)
    if recommendation is None:  # an inquiry, a finding or a meeting, which a list leads to by `page`
        return _in_a_list(correction_marks.words_in_a_list(row), page, row)
    page = page or reverse("recommendation", args=[recommendation.pk])
    return _in_a_list(correction_marks.words_in_a_list(row), page, recommendation.reference)


@register.simple_tag
def change_mark(change: Change) -> SafeString:
    """Render the mark of a change whose update corrects another, or was corrected by one; nothing for others."""
    if not change.mark:
        return SafeString()
    return _in_a_list(
        change.mark, reverse("recommendation", args=[change.recommendation_id]), change.reference
    )


def _in_a_list(words: str, page: str, of: Any) -> SafeString:
    return format_html(
        '<p class="app-small app-correction"><strong class="govuk-tag govuk-tag--yellow">{}</strong>'
        ' <a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a></p>',
        corrections.CORRECTED,
        page,
        words,
        of,
    )


def _recommendation_of(row: Any) -> Recommendation | None:
    match row:
        case Recommendation():
            return row
        case Assignment() | Assessment():
            return row.recommendation
        case Update() | Response():
            return row.assignment.recommendation
    return None


@register.simple_tag
def error_mark(row: Any) -> SafeString:
    """Render the word of the mark of a row that was recorded in error; nothing for one that stands."""
    word = corrections.error_word(row)
    return (
        format_html(' <strong class="govuk-tag govuk-tag--yellow">{}</strong>', word)
        if word
        else SafeString()
    )


@register.inclusion_tag("_components/not_asked.html")
def why_not_asked(assignment: Assignment, named: bool = False) -> dict[str, Any]:
    """Render why nothing is asked of a body's part, and since when and why it is known; nothing where something is asked."""
    recommendation = assignment.recommendation
    return {
        "why": assignment.why_nothing_is_asked,
        "correction": corrections.voided_by(assignment) if assignment.withdrawn_at is not None else None,
        "title": f"{recommendation.reference} {recommendation.heading}" if named else "",
    }


@register.inclusion_tag("_components/correction.html")
def correction_details(correction: Correction) -> dict[str, Any]:
    """Render what was recorded, what is right, and why: the entry of the timeline."""
    return {
        "facts": corrections.facts(correction) or corrections.facts_of_replaced(correction),
        "reason": correction.reason,
        "of": corrections.anchor_of(correction),
        "replacement": corrections.anchor_of_replacement(correction),
    }


@register.simple_tag
def correct_link(what: str, pk: int, words: str) -> SafeString:
    """Render the link to correct a fact; `words` say which, for a screen reader."""
    return format_html(
        '<a class="govuk-link" href="{}">Correct<span class="govuk-visually-hidden"> {}</span></a>',
        reverse("correct", args=[what, pk]),
        words,
    )
