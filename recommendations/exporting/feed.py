"""The Atom feed of what owning bodies published. Never exempt text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator

from recommendations.models import Response, Update

WORDS = 80


def entries_feed(updates: Iterable[Update], responses: Iterable[Response]) -> str:
    """The feed as XML, the latest entry first."""
    home = f"{settings.SITE_URL}{reverse('home')}"
    feed = Atom1Feed(
        title=f"{settings.COUNCIL_NAME}: what became of scrutiny recommendations",
        link=home,
        description="Responses and progress updates as they are published",
        language="en-GB",
        feed_url=f"{settings.SITE_URL}{reverse('feed')}",
        author_name=settings.COUNCIL_NAME,
        feed_copyright=f"© {settings.COUNCIL_NAME}",
    )
    entries = [_update(update) for update in updates] + [_response(response) for response in responses]
    for at, facts in sorted(entries, key=lambda entry: entry[0], reverse=True)[:50]:
        feed.add_item(pubdate=at, updateddate=at, **facts)
    return feed.writeString("utf-8")


def _update(update: Update) -> tuple[dt.datetime, dict[str, Any]]:
    recommendation = update.assignment.recommendation
    link = f"{settings.SITE_URL}{reverse('recommendation', args=[recommendation.pk])}#update-{update.pk}"
    return update.published_at or update.saved_at, {
        "title": f"{update.body_name}: {update.get_claim_display()}. {recommendation}",
        "link": link,
        "unique_id": link,
        "description": Truncator(update.progress).words(WORDS),
        "author_name": update.body_name,
    }


def _response(response: Response) -> tuple[dt.datetime, dict[str, Any]]:
    recommendation = response.assignment.recommendation
    link = f"{settings.SITE_URL}{reverse('recommendation', args=[recommendation.pk])}#response-{response.pk}"
    return response.recorded_at, {
        "title": f"{response.body_name} responded: {response.get_decision_display()}. {recommendation}",
        "link": link,
        "unique_id": link,
        "description": Truncator(response.text or response.reason).words(WORDS),
        "author_name": response.body_name,
    }
