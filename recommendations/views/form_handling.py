"""How a view carries out an action: for a form, for a button, or for one row of several.

Refusals and conflicts end here, so no view catches them itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from committee.form_recovery import recovery_of
from committee.text import whole_number
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.permissions import Right, require

SAME_WORDS = "Somebody saved this at the same time, with the same words. Save again to keep yours"
CHANGED = "Somebody changed this meanwhile. Look at it, then choose again"


@dataclass
class ActionResult:
    """What became of an action: `done` with its `result`, `denied`, or in conflict with the `current` row.

    Not done and neither of the two: the form has mistakes, or was not sent.
    """

    done: bool = False
    result: Any = None
    denied: ActionDenied | None = None
    """Why it was refused. `denied.row` is the index of the row, where one action takes several."""
    current: Any = None
    """The row as somebody else left it meanwhile, None where nobody did."""
    conflict: list[Any] = field(default_factory=list)
    """The differences between two people's edits, for the page of the form."""


def parse_pk(text: str | None) -> int | None:
    """Return the primary key that a button or an address names; None where no row can have it."""
    return whole_number(text) if text and text.isascii() else None


def find(rows: QuerySet[Any], text: str | None) -> Any:
    """Return the row whose number a button or an address names; None where it names none of `rows`."""
    number = parse_pk(text)
    return rows.filter(pk=number).first() if number is not None else None


def posted_version(request: HttpRequest) -> int:
    """Return the version that a button's page was opened at; 0, which never fits, where it names none."""
    return whole_number(request.POST.get("version")) or 0


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to: what was sent by POST, also where that is nothing; None on GET."""
    return request.POST if request.method == "POST" else None


def bound_data(request: HttpRequest) -> QueryDict | None:
    """Return POST data or, on GET, the data recovered after the session expired.

    A form bound with it is recoverable: its page has a ticket for it, see `committee.form_recovery`.
    """
    returned = recovery_of(request).returned
    return returned.data if returned else posted(request)


def attempt(action: Callable[..., Any], **kwargs: Any) -> ActionResult:
    """Carry out an action and return what became of it. Nothing is shown: the caller does that.

    For rows of several, and for scripts that read the answer. A form goes through `perform`, a button through
    `perform_button`.
    """
    try:
        return ActionResult(done=True, result=action(**kwargs))
    except ActionDenied as denied:
        return ActionResult(denied=denied)
    except EditConflict as stale:
        return ActionResult(current=stale.current)


def perform(
    request: HttpRequest,
    form: BaseForm,
    action: Callable[..., Any],
    *,
    details: Callable[[], dict[str, Any]] | None = None,
    error_field: str | None = None,
    changed: str | Callable[[Any], str] = SAME_WORDS,
    **kwargs: Any,
) -> ActionResult:
    """Carry out the action of a form that was sent and is valid, and show on the form what stands against it.

    Nothing is done on GET, also where the form is bound with words recovered after a sign-in.

    The action gets `by` (the person of the request), `kwargs`, and what `details` returns once the form is valid: by
    default the form's `cleaned_data`. Pass `details=dict` where the action takes nothing of the form.

    A refusal becomes an error beside its field, or `error_field`, or at the top; that of one row of several is left to
    the caller. A stale edit becomes the result's `conflict` and the form may be saved again; where both people's words are
    the same, or nothing was typed, there is nothing to compare, and the form says `changed`: words, or a function of the row as it
    is now that returns them.
    """
    if request.method != "POST" or not form.is_valid():
        return ActionResult()
    values = details() if details else form.cleaned_data
    result = attempt(action, by=request.user, **{**values, **kwargs})
    if result.denied is not None and result.denied.row is None:
        show_denied(form, result.denied, error_field)
    if result.current is not None:
        result.conflict = form.conflict(result.current) if hasattr(form, "conflict") else []
        if not result.conflict:
            form.add_error(None, _in_words(changed, result.current))
    return result


def show_denied(form: BaseForm, denied: ActionDenied, error_field: str | None = None) -> None:
    """Show a refusal on the form: beside its field, else beside `error_field`, else at the top."""
    form.add_error(denied.field if denied.field in form.fields else error_field, denied.message)


def perform_button(
    request: HttpRequest,
    action: Callable[..., Any],
    *,
    done: str | Callable[[Any], str] = "",
    changed: str | Callable[[Any], str] = CHANGED,
    **kwargs: Any,
) -> ActionResult:
    """Carry out the action of a button without a form, and say in a message what became of it.

    The action gets `by` (the person of the request) and `kwargs`. `done` is what to say once it is done, or a function of
    the action's result that returns it; `changed` is what to say where somebody else changed the row meanwhile, or a function
    of the row as it is now.
    """
    result = attempt(action, by=request.user, **kwargs)
    if result.done and done:
        messages.success(request, _in_words(done, result.result))
    if result.denied is not None:
        messages.error(request, result.denied.message)
    if result.current is not None:
        messages.warning(request, _in_words(changed, result.current))
    return result


def _in_words(words: str | Callable[[Any], str], row: Any) -> str:
    return words(row) if callable(words) else words


def render_form(
    request: HttpRequest,
    form: BaseForm,
    result: ActionResult | None = None,
    *,
    template: str = "_layouts/question.html",
    **context: Any,
) -> HttpResponse:
    """Return the page of one form, with the conflict that `perform` found. `_layouts/question.html` lists `context`."""
    conflict = result.conflict if result else []
    return render(request, template, {"form": form, "conflict": conflict, **context})


def fetch(user: Any, rows: QuerySet[Any], pk: int, right: Right) -> Any:
    """Return one of the rows that this person may see, over which they hold the right.

    Raise Http404 where `pk` is none of `rows`, PermissionDenied where they have not the right.
    """
    row = get_object_or_404(rows, pk=pk)
    require(user, right, row)
    return row


def with_link(words: str, text: str, address: str) -> SafeString:
    """Return the words of a message with a link to the page on which to go on, or to take back what was done."""
    return format_html(
        '{}. <a class="govuk-notification-banner__link" href="{}">{}</a>', words.rstrip("."), address, text
    )


def typed_values(request: HttpRequest, *buttons: str) -> list[tuple[str, Any]]:
    """Return what was sent, box by box, for a check page that only passes it on. `buttons` are those of that page."""
    left_out = {"csrfmiddlewaretoken", "ticket", "do", "looked_at", *buttons}
    return [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]


def redirect_with_message(request: HttpRequest, words: str, address: str, *args: Any) -> HttpResponse:
    """Return the redirect to the page (a route and its arguments, or an address), with a message of what was done."""
    messages.success(request, words)
    return redirect(address, *args)
