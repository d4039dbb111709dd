"""How a view carries out an action for a form: what the action refuses is shown on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect

from committee.form_recovery import recovery_of
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.permissions import Right, require


class ActionResult:
    """What came of an action: ``done`` with its ``result``; or not done, with ``conflict`` (the differences
    between two people's edits) or ``row`` (which of several rows was refused, and ``refused`` why)."""

    def __init__(self) -> None:
        self.done = False
        self.result: Any = None
        self.conflict: list[Any] = []
        self.refused: ActionDenied | None = None


def parse_pk(text: str | None) -> int | None:
    """The number of a row that a button or an address names; None where it is none that a row can have."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def posted_version(request: HttpRequest) -> int:
    """Return the version that a button's page was opened at; 0, which never fits, where it names none."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, also where that is nothing; None while the page is only opened."""
    return request.POST if request.method == "POST" else None


def bound_data(request: HttpRequest) -> QueryDict | None:
    """Return POST data or, on GET, the data recovered after the session expired.

    A form bound with it is recoverable: its page has a ticket for it, see `committee.form_recovery`.
    """
    returned = recovery_of(request).returned
    return returned.data if returned else posted(request)


def perform(form: BaseForm, act: Callable[..., Any], **what: Any) -> ActionResult:
    """Carry out the action. A refusal becomes the form's error, beside its field where it has one; a stale edit
    becomes the attempt's ``conflict``, and the form keeps what was typed and may be saved again."""
    attempt = ActionResult()
    try:
        attempt.result = act(**what)
        attempt.done = True
    except ActionDenied as refused:
        attempt.refused = refused
        if refused.row is None:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    except EditConflict as stale:
        attempt.conflict = form.conflict(stale.current)  # type: ignore[attr-defined]  # a versioned form has it
        if not attempt.conflict:
            form.add_error(
                None, "Somebody saved this at the same time, with the same words. Save again to keep yours"
            )
    return attempt


def fetch(user: Any, rows: QuerySet[Any], pk: int, right: Right) -> Any:
    """The row among those this person may see (404 for any other), if they hold the right over it (403)."""
    row = get_object_or_404(rows, pk=pk)
    require(user, right, row)
    return row


def redirect_with_message(request: HttpRequest, words: str, address: str, *args: Any) -> HttpResponse:
    """Go to the page (a route and its arguments, or an address) and say there what was done."""
    messages.success(request, words)
    return redirect(address, *args)
