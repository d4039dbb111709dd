"""The template library: dates, plain text, statuses, figures, tables and pages. `{% load formatting %}`"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from committee.branding import Branding, branding_for
from committee.formatting import date_and_time, file_size, long_date, plural, short_date, time_of_day

register = template.Library()

# The suffixes that widgets of several boxes add to the name of their field.
PARTS_OF_A_FIELD = ("_day", "_month", "_year", "_min", "_max", "_after", "_before", "_0", "_1")
COLOURS = frozenset({"grey", "blue", "green", "yellow", "orange", "red", "purple"})


# ------------------------------------------------------------------ days and moments


register.filter("day", long_date)
register.filter("short_day", short_date)
register.filter("moment", date_and_time)
register.filter("clock_time", time_of_day)
register.filter("file_size", file_size)


# ------------------------------------------------------------------ plain text

LINK = re.compile(
    r"(?P<address>https?://[^\s<>\"']+)|(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
BULLET = re.compile(r"^\s*[-*\u2022\u2013\u00b7\u25cf]\s+(?P<words>.*)$")
NUMBERED = re.compile(r"^\s*(?P<number>\d{1,3})[.)]\s+(?P<words>.*)$")
TRAILING = ".,;:!?)]}'\u2019\u201d"


@register.filter
def prose(value: str | None) -> SafeString:
    """Return plain text as a person typed it: escaped, with its paragraphs, lists ("- ", "• ", "1. ") and links.

    A blank line ends a paragraph; a single line break stays a line break.
    """
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        if block.strip():
            blocks.extend(_blocks(block.split("\n")))
    return mark_safe(f'<div class="app-prose">{"".join(blocks)}</div>')  # noqa: S308 - every word was escaped


def _blocks(lines: list[str]) -> Iterable[str]:
    """Return the paragraphs and lists of a block of lines, as HTML."""
    kind, start, items = "", 1, list[str]()

    def done() -> Iterable[str]:
        if not items:
            return
        if kind == "p":
            yield f'<p class="govuk-body">{"<br>".join(items)}</p>'
            return
        rows = "".join(f"<li>{item}</li>" for item in items)
        if kind == "ul":
            yield f'<ul class="govuk-list govuk-list--bullet">{rows}</ul>'
        else:
            first = f' start="{start}"' if start != 1 else ""
            yield f'<ol class="govuk-list govuk-list--number"{first}>{rows}</ol>'

    for line in lines:
        bullet, numbered = BULLET.match(line), NUMBERED.match(line)
        if bullet:
            found, words = "ul", bullet["words"]
        elif numbered:
            found, words = "ol", numbered["words"]
        elif kind in ("ul", "ol") and line[:1] in (" ", "\t") and line.strip():
            items[-1] += " " + _linked(line.strip())
            continue
        else:
            found, words = "p", line.strip()
        if found != kind:
            yield from done()
            kind, items = found, []
            start = int(numbered["number"]) if numbered else 1
        items.append(_linked(words.strip()))
    yield from done()


def _linked(words: str) -> str:
    """Return the text escaped, with web and mail addresses made into links."""
    parts, last = [], 0
    for match in LINK.finditer(words):
        found = match[0]
        tail = ""
        while (
            found
            and found[-1] in TRAILING
            and not (found[-1] == ")" and found.count("(") >= found.count(")"))
        ):
            found, tail = found[:-1], found[-1] + tail
        if not found:
            continue
        parts.append(escape(words[last : match.start()]))
        if match["mail"]:
            parts.append(format_html('<a class="govuk-link" href="mailto:{0}">{0}</a>', found))
        else:
            parts.append(
                format_html('<a class="govuk-link" href="{0}" rel="nofollow noopener">{0}</a>', found)
            )
        parts.append(escape(tail))
        last = match.end()
    parts.append(escape(words[last:]))
    return "".join(parts)


# ------------------------------------------------------------------ numbers and words


@register.filter
def count_of(number: int | None, words: str) -> str:
    """Return a number with its noun: `{{ 1|count_of:"update,updates" }}` gives "1 update"; one word takes an s."""
    singular, _, several = words.partition(",")
    return plural(number, singular, several)


@register.filter
def times(number: int | None) -> str:
    """Return how often: `{{ 2|times }}` gives "twice"."""
    return {1: "once", 2: "twice"}.get(number or 0, f"{number or 0:,} times")


@register.filter
def number(value: int | float | None) -> str:
    """Return a number with commas: "1,204". Zero is shown as 0, not as a dash."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Return the value of a mapping under a key, or nothing."""
    return mapping.get(key) if mapping else None


@register.filter
def invalid(attrs: Mapping[str, Any]) -> bool:
    """Return whether Django marked this widget's input as invalid."""
    return attrs.get("aria-invalid") == "true"


# ------------------------------------------------------------------ statuses


def _word_and_colour(value: Any) -> tuple[str, str, str]:
    """Return label, colour and meaning of a status; a plain string is its own label, in grey."""
    label = str(getattr(value, "label", value))
    colour = getattr(value, "colour", "grey")
    return label, colour if colour in COLOURS else "grey", str(getattr(value, "meaning", ""))


@register.simple_tag
def status_tag(value: Any, vocabulary: Any = None, meaning: bool = False, colour: str = "") -> SafeString:
    """Return a status as its label on its colour. `value` is a member of a Vocabulary, or a plain string.

    Model fields hold plain strings: pass the vocabulary too (`{% status_tag update.claim "Claim" %}`: the name of a
    class in `recommendations.lifecycle`). `meaning=True` adds the explanation. An empty value gives nothing.
    """
    if value is None or value == "":
        return SafeString("")
    if vocabulary and not hasattr(value, "colour"):
        value = _member(vocabulary, value)
    label, own_colour, explained = _word_and_colour(value)
    tag = format_html('<strong class="app-tag app-tag--{}">{}</strong>', colour or own_colour, label)
    if meaning and explained:
        return format_html('{} <span class="app-meaning">{}</span>', tag, explained)
    return tag


def _member(vocabulary: Any, value: str) -> Any:
    if isinstance(vocabulary, str):
        from recommendations import lifecycle

        vocabulary = getattr(lifecycle, vocabulary)
    try:
        return vocabulary(value)
    except ValueError:
        return value


# ------------------------------------------------------------------ figures and bars


@register.inclusion_tag("_components/figure.html")
def figure(
    value: Any,
    label: str,
    *,
    href: str = "",
    note: str = "",
    colour: str = "brand",
    of: int | None = None,
) -> dict[str, Any]:
    """Return a big number with its words, one item of `<ul class="app-figures">`. `of` gives "12 of 40"."""
    shown = number(value) if isinstance(value, int | float) else value
    return {
        "value": shown,
        "label": label,
        "href": href,
        "note": note,
        "colour": colour if colour in COLOURS or colour == "brand" else "grey",
        "of": number(of) if of is not None else "",
    }


@register.inclusion_tag("_components/bar.html")
def bar(
    parts: Iterable[tuple[Any, int]], *, title: str = "", thin: bool = False, key: bool = True
) -> dict[str, Any]:
    """Return parts of a whole as one bar with its key in words. `parts` are (status or word, count).

    Zeros are left out of the bar and stay in the key.
    """
    counted = [(*_word_and_colour(what)[:2], count) for what, count in parts]
    total = sum(count for *_, count in counted)
    segments, start = [], 0.0
    for label, colour, count in counted:
        width = 100 * count / total if total else 0.0
        if count:
            segments.append({"label": label, "colour": colour, "x": f"{start:.3f}", "width": f"{width:.3f}"})
        start += width
    words = ", ".join(f"{label} {count:,}" for label, _, count in counted) or "None"
    return {
        "segments": segments,
        "key": [{"label": label, "colour": colour, "count": count} for label, colour, count in counted]
        if key
        else [],
        "total": total,
        "words": f"{title}: {words}" if title else words,
        "thin": thin,
    }


# ------------------------------------------------------------------ addresses


def _query(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """Return this page's query string with some parameters changed; None or "" removes one.

    The page number is removed, unless it is what changes: another order or filter begins at the first page.
    """
    query = _query(context)
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query_string(context: Context) -> str:
    """Return this page's filters and order as a query string ("?..." or ""), for links to downloads of what is shown."""
    query = _query(context)
    query.pop("page", None)
    pairs = [(name, value) for name, values in query.lists() for value in values if value != ""]
    return "?" + urlencode(pairs) if pairs else ""


@register.inclusion_tag("_components/sort_header.html", takes_context=True)
def sort_header(
    context: Context,
    field: str,
    label: str,
    *,
    numeric: bool = False,
    param: str = "sort",
    default: str = "",
    first: str = "ascending",
) -> dict[str, Any]:
    """Return a column heading that sorts.

    `field` is the value of `?sort=` (with "-" for descending); `default` is the order of the page without one; `first`
    is the direction of a first press.
    """
    now = _query(context).get(param) or default
    state = {field: "ascending", f"-{field}": "descending"}.get(now, "none")
    descending_next = state == "ascending" or (state == "none" and first == "descending")
    return {
        "label": label,
        "state": state,
        "numeric": numeric,
        "address": query_with(context, **{param: f"-{field}" if descending_next else field}),
    }


@register.inclusion_tag("_components/page_links.html", takes_context=True)
def page_links(context: Context, page: Page, *, label: str = "Pages") -> dict[str, Any]:
    """Return links to the other pages of a list; nothing if there is only one page."""
    paginator = page.paginator
    links: list[dict[str, Any]] = []
    if paginator.num_pages > 1:
        for one in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
            if isinstance(one, int):
                links.append(
                    {"number": one, "address": query_with(context, page=one), "current": one == page.number}
                )
            else:
                links.append({"gap": True})
    return {
        "links": links,
        "label": label,
        "previous": query_with(context, page=page.number - 1) if page.has_previous() else "",
        "next": query_with(context, page=page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("_components/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """Return breadcrumbs from pairs of words and addresses: `{% crumbs "Inquiries" inquiries_url inquiry.title %}`.

    A last word without an address is this page, and is not a link.
    """
    links = [
        {"text": pairs[index], "address": pairs[index + 1] if index + 1 < len(pairs) else ""}
        for index in range(0, len(pairs), 2)
    ]
    return {"links": links}


# ------------------------------------------------------------------ around the page and its forms


@register.simple_tag(takes_context=True)
def page_branding(context: Context) -> Branding:
    """Return the branding around the page, also where no context processor ran (error pages)."""
    return context.get("branding") or branding_for(None)


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


@register.inclusion_tag("_components/chosen.html", takes_context=True)
def chosen_filters(context: Context, form: BaseForm) -> dict[str, Any]:
    """Return the active filters, each as a link that removes it, and a link that clears them all."""
    from committee.forms.versioned import in_words

    chosen = []
    query = _query(context)
    if form.is_bound:
        for field in form:
            if field.name in ("sort", "page") or field.is_hidden:
                continue
            words = in_words(getattr(form, "cleaned_data", {}).get(field.name) or None, field)
            if not words:
                continue
            left = query.copy()
            left.pop("page", None)
            for ending in ("", *PARTS_OF_A_FIELD):
                left.pop(field.html_name + ending, None)
            chosen.append({"text": f"{field.label}: {words}", "address": "?" + left.urlencode()})
    keep = QueryDict(mutable=True)
    if query.get("sort"):
        keep["sort"] = str(query["sort"])
    return {"chosen": chosen, "clear": "?" + keep.urlencode()}


@register.simple_tag(takes_context=True)
def the_filters(context: Context) -> BaseForm | None:
    """Return the form of a list's filters: `filter_form` of the context, or the form of its `filter` (a FilterSet)."""
    form: BaseForm | None = context.get("filter_form") or getattr(context.get("filter"), "form", None)
    return form


@register.filter
def shown_or(value: Any, otherwise: str) -> Any:
    """Return the value, or these words, muted, if there is none: `{{ post.holder|shown_or:"Nobody" }}`."""
    if value is None or value == "":
        return format_html('<span class="app-muted">{}</span>', otherwise)
    return conditional_escape(value)


@register.simple_tag
def joined(values: Iterable[Any], last: str = "and") -> SafeString:
    """Return items as an English list: "A, B and C"."""
    words = [conditional_escape(value) for value in values]
    if len(words) < 2:
        return SafeString("".join(words))
    start = format_html_join(", ", "{}", ((word,) for word in words[:-1]))
    return format_html("{} {} {}", start, last, words[-1])
