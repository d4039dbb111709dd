"""The components of the design system as template tags. `{% load components %}`

Every page is put together from these, so that how a button or a table cell looks is decided here and nowhere else. The
words go between the tags and may hold any markup; everything else is an argument. Arguments are escaped as Django
escapes variables. A keyword that a component does not know becomes an attribute of its element: `True` writes the bare
name, `None`, `False` and `""` leave it out, and an underscore stands for a hyphen (`aria_describedby`). An `id`, `name`
or `value` is such an attribute. `classes` adds classes to the component's own.

Links name a view and its arguments as `{% url %}` does, or take `href`; `query` is put behind either::

    {% link "recommendation" it.pk %}{{ it.heading }}{% endlink %}
    {% link_button "edit_body" body.pk kind="secondary" %}Change{% endlink_button %}
    {% link_button href=action.address %}{{ action.text }}{% endlink_button %}
    {% back_link "Workspace" "workspace" %}

Buttons of a form; `submit` ignores the second press of a double click, for what must happen once::

    {% submit %}Save{% endsubmit %}
    {% submit kind="warning" name="do" value="withdraw" %}Withdraw it{% endsubmit %}
    {% button kind="secondary" %}Show{% endbutton %}

Words for screen readers only, to tell links apart whose visible words are the same::

    {% link "edit_body" body.pk %}Change{% hidden_text %} {{ body.name }}{% endhidden_text %}{% endlink %}

Tables. `heads` names the columns with "|" between them, in brackets what only screen readers need; from column
`numbers_from` on they hold numbers. Where headings depend on something or sort the table, leave `heads` out and write
`table_head` and the body yourself::

    {% table "Requests decided lately" heads="Recommendation|Body|Decision|(Action)" stack=True %}
      {% for change in decided %}
        <tr>
          {% row_heading %}{{ change.reference }}{% endrow_heading %}
          {% cell "Body" %}{{ change.body }}{% endcell %}
          {% cell "Decision" mixed=True %}{% status_tag change.state %} by the Cabinet{% endcell %}
          {% cell %}{% link "decide_date" change.pk %}Decide{% endlink %}{% endcell %}
        </tr>
      {% endfor %}
    {% endtable %}

    {% table "Bodies" %}
      {% table_head %}{% heading_cell "Name" %}{% sort_header "total" "Total" %}{% endtable_head %}
      <tbody>...</tbody>
    {% endtable %}

Summary lists. An action is a link kept under a name with `as`::

    {% summary_list %}
      {% summary_row "First date" %}{{ it.first_target_on|day }}{% endsummary_row %}
      {% link "edit_person" person.pk as change %}Change{% hidden_text %} the name{% endhidden_text %}{% endlink %}
      {% summary_row "Name" action=change %}{{ person.name }}{% endsummary_row %}
    {% endsummary_list %}

An argument that is put together is kept under a name by `slot`, without the blanks at its edges::

    {% slot as summary %}The exact words{% hidden_text %} of {{ it.reference }}{% endhidden_text %}{% endslot %}
    {% details summary open=form.errors %}...{% enddetails %}

The rest::

    {% page_heading caption=inquiry.reference %}{{ inquiry.title }}{% endpage_heading %}
    {% details "Show these figures as a table" %}...{% enddetails %}
    {% inset %}This meeting was cancelled.{% endinset %}
    {% warning_text %}This can’t be undone.{% endwarning_text %}
    {% notification "Important" id="link" %}...{% endnotification %}
    {% empty_state "No packs yet" href=compose action="Compose a pack" %}A pack puts ...{% endempty_state %}
    {% crumbs "Inquiries" inquiries_url inquiry.title %}
    <ul class="app-figures">{% figure 12 "overdue" of=40 href="#overdue" colour="red" %}</ul>
    {% tag "Turned on" colour="green" %}
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from committee.formatting import with_commas

register = template.Library()

COLOURS = frozenset({"brand", "grey", "blue", "green", "yellow", "orange", "red", "purple"})
"""The colours that a figure may have; the style sheets know each."""


# ------------------------------------------------------------------ attributes and addresses


def attributes(values: dict[str, Any]) -> str:
    """Return the attributes as HTML, each with a space before it.

    `True` gives the bare name; `None`, `False` and `""` give nothing. Underscores of names become hyphens.
    """
    written = ""
    for name, value in values.items():
        if value is True:
            written += f" {name.replace('_', '-')}"
        elif value is not None and value is not False and value != "":
            written += f' {name.replace("_", "-")}="{conditional_escape(value)}"'
    return written


def address(view: tuple[Any, ...], href: str, query: str) -> str:
    """Return the escaped address of a view with its arguments, or `href`, with `query` appended."""
    found = (
        _address_of(settings.ROOT_URLCONF, get_script_prefix(), *view) if view else conditional_escape(href)
    )
    return f"{found}{conditional_escape(query)}" if query else found


@lru_cache(maxsize=4096, typed=True)  # a page has up to 160 links, and most of them are on the next one too
def _address_of(_urlconf: str, _prefix: str, view: str, *args: Any) -> str:
    """Return the escaped address of a view. It follows from where the site is and from the arguments alone."""
    return conditional_escape(reverse(view, args=args))


def _classes(own: str, added: str) -> str:
    return f"{own} {conditional_escape(added)}" if added else own


# ------------------------------------------------------------------ links and buttons


@register.simple_block_tag
def link(
    content: str, *view: Any, href: str = "", query: str = "", classes: str = "", **others: Any
) -> SafeString:
    """Render a link in running text."""
    return SafeString(
        f'<a class="{_classes("govuk-link", classes)}" href="{address(view, href, query)}"{attributes(others)}>'
        f"{content}</a>"
    )


@register.simple_tag
def back_link(text: str, *view: Any, href: str = "", query: str = "") -> SafeString:
    """Render the back link above the page's heading; `text` names where it leads."""
    return SafeString(
        f'<nav aria-label="Back"><a href="{address(view, href, query)}" class="govuk-back-link">'
        f"{conditional_escape(text)}</a></nav>"
    )


@cache
def _button_classes(kind: str) -> str:
    if kind not in ("", "secondary", "warning"):
        raise ValueError(f"There is no button of the kind “{kind}”.")
    return f"govuk-button govuk-button--{kind}" if kind else "govuk-button"


@register.simple_block_tag
def link_button(
    content: str,
    *view: Any,
    href: str = "",
    query: str = "",
    kind: str = "",
    classes: str = "",
    **others: Any,
) -> SafeString:
    """Render a link that looks like a button, for the main way on from a page. `kind`: "", "secondary" or "warning"."""
    return SafeString(
        f'<a href="{address(view, href, query)}" class="{_classes(_button_classes(kind), classes)}" role="button"'
        f' draggable="false" data-module="govuk-button"{attributes(others)}>{content}</a>'
    )


@register.simple_block_tag
def button(content: str, *, kind: str = "", classes: str = "", **others: Any) -> SafeString:
    """Render a button, which submits its form unless `type="button"`. `kind`: "", "secondary" or "warning"."""
    return SafeString(
        f'<button class="{_classes(_button_classes(kind), classes)}"{attributes(others)} data-module="govuk-button">'
        f"{content}</button>"
    )


@register.simple_block_tag
def submit(content: str, *, kind: str = "", classes: str = "", **others: Any) -> SafeString:
    """Render a button that submits its form once, however often it is pressed."""
    return SafeString(
        f'<button class="{_classes(_button_classes(kind), classes)}"{attributes(others)} data-module="govuk-button"'
        f' data-prevent-double-click="true">{content}</button>'
    )


# ------------------------------------------------------------------ words


@register.simple_block_tag
def slot(content: str) -> SafeString:
    """Return text with markup for another component's argument: `{% slot as summary %}`."""
    return SafeString(content.strip())


@register.simple_block_tag
def hidden_text(content: str) -> SafeString:
    """Render text for screen readers only. A space at its beginning or end counts."""
    return SafeString(f'<span class="govuk-visually-hidden">{content}</span>')


@register.simple_block_tag
def page_heading(content: str, *, caption: str = "", size: str = "xl", **others: Any) -> SafeString:
    """Render the page's h1, with a caption above it that says what it belongs to."""
    above = f'<span class="app-caption">{conditional_escape(caption)}</span>' if caption else ""
    return SafeString(f'<h1 class="govuk-heading-{size}"{attributes(others)}>{above}{content}</h1>')


@register.simple_block_tag
def details(content: str, summary: str, *, open: Any = False, classes: str = "", **others: Any) -> SafeString:
    """Render content that is shown when its `summary` is pressed, or at once if `open` is true."""
    opened = " open" if open else ""
    return SafeString(
        f'<details class="{_classes("govuk-details", classes)}"{opened}{attributes(others)}>'
        f'<summary class="govuk-details__summary"><span class="govuk-details__summary-text">{conditional_escape(summary)}'
        f"</span></summary>"
        f'<div class="govuk-details__text">{content}</div></details>'
    )


@register.simple_block_tag
def inset(content: str, **others: Any) -> SafeString:
    """Render text set apart from the text around it."""
    return SafeString(f'<div class="govuk-inset-text"{attributes(others)}>{content}</div>')


@register.simple_block_tag
def warning_text(content: str) -> SafeString:
    """Render a warning of the consequences of an act."""
    return SafeString(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning: </span>'
        f"{content}</strong></div>"
    )


@register.simple_block_tag
def notification(
    content: str, title: str, *, id: str, success: bool = False, role: str = "region"
) -> SafeString:
    """Render a banner above the page's heading. `id` is the id of its title."""
    own = "govuk-notification-banner" + (" govuk-notification-banner--success" if success else "")
    name = conditional_escape(id)
    return SafeString(
        f'<div class="{own}" role="{conditional_escape(role)}" aria-labelledby="{name}" data-module="govuk-notification-banner">'
        f'<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="{name}">'
        f'{conditional_escape(title)}</h2></div><div class="govuk-notification-banner__content">{content}</div></div>'
    )


@register.simple_block_tag
def empty_state(content: str, title: str, *, href: str = "", action: str = "") -> SafeString:
    """Render an empty list: what there is none of, what to do about it, and a link `action` that does it."""
    words = f"<p>{content.strip()}</p>" if content.strip() else ""
    way_on = (
        f'<p><a class="govuk-link" href="{address((), href, "")}">{conditional_escape(action)}</a></p>'
        if href
        else ""
    )
    return SafeString(
        f'<div class="app-empty"><p class="govuk-!-font-weight-bold">{conditional_escape(title)}</p>{words}{way_on}</div>'
    )


# ------------------------------------------------------------------ tables


HEAD = '<th scope="col" class="govuk-table__header">'
SEEN = "govuk-table__caption govuk-table__caption--s"
NUMBERS_HEAD = '<th scope="col" class="govuk-table__header govuk-table__header--numeric">'


@register.simple_tag
def heading_cell(text: str = "", *, numeric: bool = False, classes: str = "", **others: Any) -> SafeString:
    """Render a column heading; `numeric` for columns of numbers."""
    if classes or others:
        own = "govuk-table__header govuk-table__header--numeric" if numeric else "govuk-table__header"
        start = f'<th scope="col" class="{_classes(own, classes)}"{attributes(others)}>'
    else:
        start = NUMBERS_HEAD if numeric else HEAD
    return SafeString(f"{start}{conditional_escape(text)}</th>")


@register.simple_block_tag
def table_head(content: str) -> SafeString:
    """Render the heading row of a table that has no `heads`."""
    return SafeString(f"<thead><tr>{content}</tr></thead>")


@register.simple_block_tag
def table(
    content: str,
    caption: str,
    *,
    heads: str = "",
    numbers_from: int = 0,
    stack: bool = False,
    dense: bool = False,
    seen: bool = False,
    classes: str = "",
    **others: Any,
) -> SafeString:
    """Render a table. `caption` is for screen readers, where the page says the same above it; else `seen`.

    `stack` shows each row as a card on a narrow screen, with the label of each `cell` beside its content. `dense` is
    for tables of figures.
    """
    own = "govuk-table app-table" + (" app-table--dense" if dense else "")
    own += " app-table--stack" if stack else ""
    if heads:
        content = f"{_head(str(conditional_escape(heads)), numbers_from)}<tbody>{content}</tbody>"
    return SafeString(
        f'<table class="{_classes(own, classes)}"{attributes(others)}>'
        f'<caption class="{SEEN if seen else "govuk-visually-hidden"}">{conditional_escape(caption)}</caption>{content}</table>'
    )


@lru_cache(maxsize=256)  # about as many as there are tables
def _head(heads: str, numbers_from: int) -> str:
    """Return the row of headings, from names already escaped."""
    cells = (
        f"{NUMBERS_HEAD if numbers_from and number >= numbers_from else HEAD}{_head_words(name)}</th>"
        for number, name in enumerate(heads.split("|"), 1)
    )
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _head_words(name: str) -> str:
    if name.startswith("(") and name.endswith(")"):
        return f'<span class="govuk-visually-hidden">{name[1:-1]}</span>'
    return name


@register.simple_block_tag
def row_heading(content: str, *, scope: str = "row", classes: str = "", **others: Any) -> SafeString:
    """Render the cell that names its row, or with `scope="colgroup"` the rows below it."""
    return SafeString(f"{_row_heading_start(scope, classes)}{attributes(others)}>{content}</th>")


@lru_cache(maxsize=64, typed=True)  # by type too: a string that is safe is not escaped
def _row_heading_start(scope: str, classes: str) -> str:
    return f'<th scope="{conditional_escape(scope)}" class="{_classes("govuk-table__header", classes)}"'


@register.simple_block_tag
def cell(
    content: str,
    label: str = "",
    *,
    numeric: bool = False,
    mixed: bool = False,
    classes: str = "",
    **others: Any,
) -> SafeString:
    """Render a cell. `label` repeats the heading of its column, for tables that `stack`.

    There label and content are laid out side by side: `mixed` keeps together text that is mixed with tags or links. A cell
    without content is left out there, with its label: the style sheet asks for `:empty`, so blanks count as nothing.
    """
    more = attributes(others) if others else ""
    inside = content if content.strip() else ""
    if mixed and inside:
        inside = f"<div>{inside}</div>"
    return SafeString(f"{_cell_start(label, classes, numeric=numeric)}{more}>{inside}</td>")


@lru_cache(maxsize=512, typed=True)  # about as many as there are columns
def _cell_start(label: str, classes: str, *, numeric: bool) -> str:
    own = "govuk-table__cell govuk-table__cell--numeric" if numeric else "govuk-table__cell"
    named = f' data-label="{conditional_escape(label)}"' if label else ""
    return f'<td class="{_classes(own, classes)}"{named}'


# ------------------------------------------------------------------ summary lists


@register.simple_block_tag
def summary_list(content: str, *, classes: str = "") -> SafeString:
    """Render a list of facts about one thing, each with its name."""
    return SafeString(f'<dl class="{_classes("govuk-summary-list", classes)}">{content}</dl>')


@register.simple_block_tag
def summary_row(content: str, key: str, *, action: str | None = None, classes: str = "") -> SafeString:
    """Render one fact of a summary list. `action` is a link that changes it, or "".

    `classes` are those of the value.
    """
    actions = (
        f'<dd class="govuk-summary-list__actions">{conditional_escape(action)}</dd>'
        if action is not None
        else ""
    )
    return SafeString(
        f'<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{conditional_escape(key)}</dt>'
        f'<dd class="{_classes("govuk-summary-list__value", classes)}">{content}</dd>{actions}</div>'
    )


# ------------------------------------------------------------------ figures, tags and breadcrumbs


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
    shown = with_commas(value) if isinstance(value, int | float) else value
    return {
        "value": shown,
        "label": label,
        "href": href,
        "note": note,
        "colour": colour if colour in COLOURS else "grey",
        "of": with_commas(of),
    }


@register.simple_tag
def tag(label: Any, colour: str = "grey") -> SafeString:
    """Render a few words on a colour. The words alone carry the meaning."""
    return _tag(label, colour)


@lru_cache(
    maxsize=256, typed=True
)  # there are about fifty statuses, and a list has a few on each of its rows
def _tag(label: Any, colour: str) -> SafeString:
    return format_html('<strong class="app-tag app-tag--{}">{}</strong>', colour, label)


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
