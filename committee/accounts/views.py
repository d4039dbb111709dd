"""Wrappers around django-allauth's views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from committee.audit.actor import set_audit_actor


def on_the_record(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return the view wrapped in one transaction, with the signed-in person as the actor of the audit trail."""

    @wraps(view)
    def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            set_audit_actor(request.user)
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            return response

    return recorded


def not_here(request: HttpRequest) -> HttpResponse:
    """Raise Http404: nobody signs up here."""
    raise Http404
