"""The sitemap: the public pages, and when each last changed.

The address `/sitemap.xml` is an index of one file for each kind of page, in sections of at most `PAGE_SIZE` addresses.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import DateField, F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import (
    Assessment,
    Body,
    Correction,
    Inquiry,
    Recommendation,
    Response,
    TargetChange,
    Update,
    WordingChange,
)

PAGE_SIZE = 5_000
"""The protocol allows 50,000 addresses in one file; fewer keep each answer short."""


def _public_changes() -> list[tuple[QuerySet[Any], str, str]]:
    """Return what changes a public page once a report is published: the rows, the path to their recommendation, and the
    field with the time.
    """
    published = Recommendation.objects.published().order_by().values("pk")
    dates = TargetChange.objects.agreed().filter(assignment__recommendation__in=published)
    return [
        (Update.objects.visible_to(AnonymousUser()), "assignment__recommendation", "published_at"),
        (Response.objects.published(), "assignment__recommendation", "recorded_at"),
        (dates, "assignment__recommendation", "decided_at"),
        (Assessment.objects.filter(recommendation__in=published), "recommendation", "recorded_at"),
        (Correction.objects.filter(recommendation__in=published), "recommendation", "corrected_at"),
        (
            Correction.objects.filter(assignment__recommendation__in=published),
            "assignment__recommendation",
            "corrected_at",
        ),
        (
            Correction.objects.filter(response__assignment__recommendation__in=published),
            "response__assignment__recommendation",
            "corrected_at",
        ),
        (
            Correction.objects.filter(assessment__recommendation__in=published),
            "assessment__recommendation",
            "corrected_at",
        ),
        (
            Correction.objects.filter(targetchange__assignment__recommendation__in=published),
            "targetchange__assignment__recommendation",
            "corrected_at",
        ),
        (WordingChange.objects.filter(recommendation__in=published), "recommendation", "changed_at"),
    ]


class SiteSitemap(Sitemap):
    """Addresses on SITE_URL, whichever host answers."""

    limit = PAGE_SIZE

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class PagesSitemap(SiteSitemap):
    """The pages that exist on any installation."""

    def items(self) -> list[str]:
        return ["home", "inquiries", "recommendations", "bodies", "open_data", "accessibility", "cookies"]

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(SiteSitemap):
    """A page for each published row, the latest first, with the day on which what it shows last changed."""

    route: str
    path: str
    """The lookup from a recommendation to such a row; empty for the recommendation itself."""

    def rows(self) -> QuerySet[Any]:
        """Return the rows that have a page."""
        raise NotImplementedError("each sitemap says which rows it has")

    def items(self) -> QuerySet[Any]:
        latest = [
            self._latest(rows, f"{path}__{self.path}" if self.path else path, field)
            for rows, path, field in _public_changes()
        ]
        return self.rows().order_by("-pk").annotate(changed_at=Greatest(*latest))

    @staticmethod
    def _latest(rows: QuerySet[Any], key: str, field: str) -> Subquery:
        about = rows.order_by().filter(**{key: OuterRef("pk")}).values(key)
        return Subquery(about.annotate(latest=Max(field)).values("latest"))

    def location(self, item: Any) -> str:
        return reverse(self.route, args=[item.pk])

    def lastmod(self, item: Any) -> dt.date | None:
        days = [item.told_on, item.changed_at and timezone.localdate(item.changed_at)]
        return max((day for day in days if day), default=None)

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Return when any page last changed: a few short queries instead of as many for each row."""
        moments = [rows.aggregate(latest=Max(field))["latest"] for rows, _, field in _public_changes()]
        return max((moment for moment in moments if moment), default=None)


class InquirySitemap(RecordSitemap):
    route = "inquiry"
    path = "inquiry"

    def rows(self) -> QuerySet[Inquiry]:
        return Inquiry.objects.published().only("pk").annotate(told_on=F("published_on"))


class RecommendationSitemap(RecordSitemap):
    route = "recommendation"
    path = ""

    def rows(self) -> QuerySet[Recommendation]:
        told_on = Coalesce("published_on", "inquiry__published_on")
        return Recommendation.objects.published().only("pk").annotate(told_on=told_on)


class BodySitemap(RecordSitemap):
    route = "body"
    path = "assignments__body"

    def rows(self) -> QuerySet[Body]:
        told_on = Value(None, output_field=DateField())
        return Body.objects.only("pk").annotate(told_on=told_on)


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": PagesSitemap,
    "inquiries": InquirySitemap,
    "bodies": BodySitemap,
    "recommendations": RecommendationSitemap,
}
