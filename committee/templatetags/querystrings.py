"""Links that keep the filters and the order of a list: other pages, other orders, fewer filters. `{% load querystrings %}`"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.template.context import Context

from committee.forms import filters

register = template.Library()

# The suffixes that widgets of several boxes add to the name of their field.
PARTS_OF_A_FIELD = ("_day", "_month", "_year", "_min", "_max", "_after", "_before", "_0", "_1")


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


@register.inclusion_tag("_components/chosen.html", takes_context=True)
def chosen_filters(context: Context, form: BaseForm) -> dict[str, Any]:
    """Return the active filters, each as a link that removes it, and a link that clears them all."""
    chosen = []
    query = _query(context)
    for one in filters.chosen_filters(form):
        left = query.copy()
        left.pop("page", None)
        for ending in ("", *PARTS_OF_A_FIELD):
            left.pop(one.field.html_name + ending, None)
        chosen.append({"text": str(one), "address": "?" + left.urlencode()})
    keep = QueryDict(mutable=True)
    if query.get("sort"):
        keep["sort"] = str(query["sort"])
    return {"chosen": chosen, "clear": "?" + keep.urlencode()}


@register.simple_tag(takes_context=True)
def filters_in_title(context: Context) -> str:
    """Return the filters of the page's list for its title, such as " (Owning body: Cabinet)"; "" where none is in force.

    `base.html` asks on every page, so that no list has to: the filters are those of `the_filters`, or of the `form`
    that was filled from the address.
    """
    form = the_filters(context)
    request: HttpRequest | None = context.get("request")
    if form is None and request is not None:
        form = context.get("form")
        if not isinstance(form, BaseForm) or form.data is not request.GET:
            return ""
    words = filters.filters_for_title(form)
    return f" ({words})" if words else ""


@register.simple_tag(takes_context=True)
def the_filters(context: Context) -> BaseForm | None:
    """Return the form of a list's filters: `filter_form` of the context, or the form of its `filter` (a FilterSet)."""
    form: BaseForm | None = context.get("filter_form") or getattr(context.get("filter"), "form", None)
    return form
