"""No view of the installation is exempt from Django's CSRF check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views.decorators.csrf import csrf_exempt


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        where = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, where)
        else:
            yield where, pattern.callback


def exempt(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """The addresses that Django's middleware lets through unchecked."""
    return [where for where, view in views(patterns) if getattr(view, "csrf_exempt", False)]


def test_no_address_is_exempt():
    assert len(list(views(get_resolver().url_patterns))) > 150
    assert exempt(get_resolver().url_patterns) == []


def test_the_guard_sees_an_exempt_view():
    view: Callable[..., HttpResponse] = csrf_exempt(lambda _: HttpResponse())
    assert exempt([path("open", view), path("closed", lambda _: HttpResponse())]) == ["open"]


def test_the_middleware_is_djangos_own():
    assert settings.MIDDLEWARE.count("django.middleware.csrf.CsrfViewMiddleware") == 1
