"""The audit trail, and the log of who read exempt text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from committee.forms.filters import chosen_filters
from recommendations.forms.audit_log import AuditLogForm, ExemptAccessForm
from recommendations.permissions import Right
from recommendations.queries import audit_log
from recommendations.views.decorators import SignedInRequest, page


@page(Right.ADMINISTER, methods="GET")
def audit_log_page(request: SignedInRequest) -> HttpResponse:
    """List every change, the latest first."""
    form = AuditLogForm(request.GET, things=audit_log.things())
    found, more = _page_of(form, audit_log.find, audit_log.audit_rows, lambda last: last.entry.pk)
    return render(
        request,
        "administration/audit_log.html",
        {"form": form, "entries": found, "more": more, "is_first": _is_first(form)},
    )


@page(Right.ADMINISTER, methods="GET")
def exempt_access(request: SignedInRequest) -> HttpResponse:
    """List who saw which exempt text, the latest first; never the text."""
    form = ExemptAccessForm(request.GET)
    found, more = _page_of(
        form, audit_log.find_exempt_access, audit_log.exempt_access_rows, lambda last: last.log.pk
    )
    return render(
        request,
        "administration/exempt_access.html",
        {
            "form": form,
            "rows": found,
            "more": more,
            "is_first": _is_first(form),
            "is_filtered": bool(chosen_filters(form)) or bool(form.errors),
        },
    )


def _page_of(
    form: Any, find: Callable[..., Any], show: Callable[[Any], list[Any]], key: Callable[[Any], int]
) -> tuple[list[Any], int | None]:
    """Return one page of what the form asks for, and the id below which the next page begins, None on the last."""
    if not form.is_valid():
        return [], None
    rows = list(find(**form.cleaned_data)[: audit_log.PAGE + 1])
    shown = show(rows[: audit_log.PAGE])
    return shown, key(shown[-1]) if len(rows) > audit_log.PAGE else None


def _is_first(form: Any) -> bool:
    return not getattr(form, "cleaned_data", {}).get("before")
