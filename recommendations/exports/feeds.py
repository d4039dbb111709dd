"""The Atom feed of what owning bodies published. Never exempt text."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator

from committee.formatting import possessive
from recommendations.lifecycle import stated
from recommendations.models import Correction, Response, Update
from recommendations.queries.changes import Change, latest_published, published_at
from recommendations.queries.corrections import CORRECTED, now_in_place, right_response, title_of

ENTRIES = 50
WORDS = 80
NAMESPACE = uuid.UUID("82a506c2-154e-4281-9358-746216027c41")
"""Within which the ids of feeds and entries are made (RFC 9562, version 5)."""


class LatestFeed(Feed):
    """The latest published updates, responses and corrections, newest first.

    Addresses are absolute, on SITE_URL. Readers know an entry by its id, which does not hold the address: the
    same entry is not read as a new one after the site has moved to another (RFC 4287, section 4.2.6).
    """

    feed_type = Atom1Feed
    language = "en-GB"
    subtitle = description = "Responses, progress updates and corrections as they are published"

    def title(self) -> str:
        return f"{settings.COUNCIL_NAME}: what became of scrutiny recommendations"

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('home')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('feed')}"

    def feed_guid(self) -> str:
        return _id("feed", settings.COUNCIL_NAME)

    def author_name(self) -> str:
        return settings.COUNCIL_NAME

    def feed_copyright(self) -> str:
        return f"© {settings.COUNCIL_NAME}"

    def items(self) -> list[Change]:
        return latest_published(ENTRIES)

    def item_title(self, item: Change) -> str:
        if isinstance(item.source, Correction):
            now = now_in_place(item.source, item.recommendation_id)
            return f"{CORRECTED}: {title_of(item.source)}{now}. {item.reference} {item.heading}"
        if isinstance(item.source, Update) and item.source.corrects_id is not None:
            claim = f", now {item.status.label}" if item.status else ""
            return f"{CORRECTED}: the {possessive(item.body)} update{claim}. {item.reference} {item.heading}"
        responded = "" if isinstance(item.source, Update) else " responded"
        label = stated(item.status.label if item.status else "")
        return f"{item.body}{responded}: {label}. {item.reference} {item.heading}"

    def item_link(self, item: Change) -> str:
        page = reverse("recommendation", args=[item.recommendation_id])
        return f"{settings.SITE_URL}{page}#{_name(_source(item))}-{_source(item).pk}"

    def item_guid(self, item: Change) -> str:
        """Return an id that the row keeps for good: of its number and the moment of its publication, in UTC."""
        row = _source(item)
        return _id(_name(row), row.pk, published_at(row).astimezone(dt.UTC).isoformat())

    def item_description(self, item: Change) -> str:
        row = _source(item)
        if isinstance(row, Correction):
            right = right_response(row)
            said = (right.text or right.reason) if right is not None else ""
            return Truncator(f"{item.words} Right: {said}" if said else item.words).words(WORDS)
        text = row.progress if isinstance(row, Update) else row.text or row.reason
        return Truncator(text).words(WORDS)

    def item_author_name(self, item: Change) -> str:
        return item.author or item.body or settings.COUNCIL_NAME

    def item_pubdate(self, item: Change) -> dt.datetime:
        return published_at(_source(item))

    def item_updateddate(self, item: Change) -> dt.datetime:
        return published_at(_source(item))


def _source(item: Change) -> Update | Response | Correction:
    assert item.source is not None  # noqa: S101 (`latest_published` always gives it)
    return item.source


def _name(row: Update | Response | Correction) -> str:
    if isinstance(row, Correction):
        return "correction"
    return "update" if isinstance(row, Update) else "response"


def _id(*parts: object) -> str:
    return uuid.uuid5(NAMESPACE, " ".join(map(str, parts))).urn
