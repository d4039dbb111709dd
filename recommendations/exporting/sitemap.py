"""The addresses that search engines should know: the public pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from recommendations.models import Body, Inquiry, Recommendation

MOST = 45_000
"""The protocol takes 50,000 addresses in one file; the latest recommendations come first."""

PAGES = ("home", "inquiries", "recommendations", "bodies", "open_data", "accessibility", "cookies")


def addresses() -> Iterator[str]:
    """Every public address, absolute."""
    for name in PAGES:
        yield f"{settings.SITE_URL}{reverse(name)}"
    published = (
        ("inquiry", Inquiry.objects.published()),
        ("body", Body.objects.all()),
        ("recommendation", Recommendation.objects.published()),
    )
    for route, rows in published:
        for key in rows.order_by("-pk").values_list("pk", flat=True)[:MOST].iterator():
            yield f"{settings.SITE_URL}{reverse(route, args=[key])}"
