"""Every address of the site that has a name, and one request to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from recommendations.permissions import Right

ONLY_IN_A_DEMONSTRATION = ("demonstration_mail",)
"""Not there in a real installation."""


@dataclass(frozen=True)
class Route:
    name: str
    pattern: URLPattern

    @property
    def arguments(self) -> list[str]:
        return sorted(self.pattern.pattern.regex.groupindex)

    @property
    def right(self) -> Right | None:
        return getattr(self.pattern.callback, "right", None)

    @property
    def public(self) -> bool:
        return getattr(self.pattern.callback, "public", False)

    @property
    def methods(self) -> list[str]:
        """The methods that the view's decorator names; none where it has no decorator."""
        return getattr(self.pattern.callback, "methods", "").split()

    @property
    def decorated(self) -> bool:
        return hasattr(self.pattern.callback, "right")

    @property
    def by_link(self) -> bool:
        """Whether it is a page of external respondents: test_respondents.py walks those."""
        return hasattr(self.pattern.callback, "by_link")


def routes(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[Route]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif pattern.name:
            yield Route(pattern.name, pattern)


OURS = sorted(
    (
        route
        for route in routes()
        if route.decorated and not route.by_link and route.name not in ONLY_IN_A_DEMONSTRATION
    ),
    key=lambda route: route.name,
)
BY_LINK = sorted((route for route in routes() if route.by_link), key=lambda route: route.name)


def ask(client: Client, where: str, method: str = "get") -> Any:
    """The answer to one request, undone afterwards so that each finds the same council."""
    with transaction.atomic():
        response = getattr(client, method)(where)
        response.body = response.getvalue()
        transaction.set_rollback(True)
    for close in response._resource_closers:  # not response.close(), which would end the test's connection
        close()
    return response
