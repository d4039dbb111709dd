"""Statuses as labels on their colours. `{% load statuses %}`"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from committee.templatetags.components import tag
from recommendations import lifecycle
from recommendations.lifecycle import absence, stated

register = template.Library()


@register.simple_tag
def status_tag(value: Any, vocabulary: Any = None, meaning: bool = False, colour: str = "") -> SafeString:
    """Return a status as its label on its colour. `value` is a member of a Vocabulary, or a plain string.

    Model fields hold plain strings: pass the vocabulary too (`{% status_tag update.claim "Claim" %}`: the name of a
    class in `recommendations.lifecycle`). `meaning=True` adds the explanation. An empty value gives nothing.
    """
    if value is None or value == "":
        return SafeString("")
    return _status_tag(value, vocabulary, colour, meaning=bool(meaning))


@lru_cache(maxsize=512, typed=True)  # about as many as there are ways to draw a status
def _status_tag(value: Any, vocabulary: Any, colour: str, *, meaning: bool) -> SafeString:
    if vocabulary and not hasattr(value, "colour"):
        value = _member(vocabulary, value)
    label, own_colour = getattr(value, "label", value), getattr(value, "colour", "grey")
    shown = tag(label, colour or own_colour)
    if meaning and (explained := getattr(value, "meaning", "")):
        return format_html('{} <span class="app-meaning">{}</span>', shown, explained)
    return shown


@register.filter
def absent(about: Any, words: str = "") -> str:
    """Return what to say where nothing is recorded: `words`, such as "No update yet", or that it is not known where only
    public sources tell of `about` (a row, or the data of a pack), that it is not stated where only a tracker does, or that
    nothing is asked of one recorded in error.

    `{{ assignment|absent:"No update yet" }}`
    """
    return _absent(about, words, unstated=told_by_tracker_only(about))


@register.filter
def absent_here(about: Any, words: str = "") -> str:
    """Return the same of what no tracker would state, but this record: that something is open, or a step that was added here
    is not done yet.

    `{{ recommendation|absent_here:"Open" }}`
    """
    return _absent(about, words, unstated=False)


def _absent(about: Any, words: str, *, unstated: bool) -> str:
    withdrawn = getattr(about, "withdrawn_at", None) is not None
    return absence(words, sources_only=told_by_sources_only(about), unstated=unstated, withdrawn=withdrawn)


@register.filter
def unclaimed(about: Any, words: str = "") -> str:
    """Return what to say where a body claims nothing: that a tracker, which tells of its progress, does not state a status;
    else as `absent`.

    `{{ assignment|unclaimed:"No update yet" }}`
    """
    reported = about.get("update") if isinstance(about, dict) else getattr(about, "last_update_on", None)
    return f"Status {stated('').lower()}" if reported else absent(about, words)


@register.filter
def told_by_sources_only(about: Any) -> bool:
    """Return whether only public sources tell of it, at the moment that it was read for."""
    if isinstance(about, dict):
        return bool(about.get("sources_only"))
    for name in ("state_sources_only", "sources_only", "is_from_public_sources"):
        if hasattr(about, name):
            return bool(getattr(about, name))
    return False


@register.filter
def told_by_tracker_only(about: Any) -> bool:
    """Return whether only a tracker that was brought in tells of it, at the moment that it was read for."""
    found = about.get("tracker_only") if isinstance(about, dict) else getattr(about, "tracker_only", False)
    return bool(found)


def _member(vocabulary: Any, value: str) -> Any:
    if isinstance(vocabulary, str):
        vocabulary = getattr(lifecycle, vocabulary)
    try:
        return vocabulary(value)
    except ValueError:
        return value
