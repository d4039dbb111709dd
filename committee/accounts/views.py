"""What stands around django-allauth's views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from committee.audit.actor import set_audit_actor


def on_the_record(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view in one transaction that the audit trail knows as the signed-in person's doing."""

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
    """Nobody signs up: 404."""
    raise Http404
