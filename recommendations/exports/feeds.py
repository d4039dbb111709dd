"""The Atom feed of what owning bodies published. Never exempt text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator

from recommendations.models import Response, Update

ENTRIES = 50
WORDS = 80


@dataclass(frozen=True)
class Entry:
    """One entry of the feed. `link` is absolute and permanent: feed readers identify the entry by it."""

    title: str
    link: str
    description: str
    author: str
    published_at: dt.datetime


class LatestFeed(Feed):
    """The latest published updates and responses, newest first.

    Addresses are absolute, on SITE_URL, so that an entry keeps its identity whichever host answers.
    """

    feed_type = Atom1Feed
    language = "en-GB"
    subtitle = description = "Responses and progress updates as they are published"

    def title(self) -> str:
        return f"{settings.COUNCIL_NAME}: what became of scrutiny recommendations"

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('home')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('feed')}"

    def author_name(self) -> str:
        return settings.COUNCIL_NAME

    def feed_copyright(self) -> str:
        return f"© {settings.COUNCIL_NAME}"

    def items(self) -> list[Entry]:
        updates = Update.objects.visible_to(AnonymousUser()).for_list()[:ENTRIES]
        responses = Response.objects.published().for_feed()[:ENTRIES]
        entries = [_update(update) for update in updates] + [_response(response) for response in responses]
        return sorted(entries, key=lambda entry: entry.published_at, reverse=True)[:ENTRIES]

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_link(self, item: Entry) -> str:
        return item.link

    def item_description(self, item: Entry) -> str:
        return item.description

    def item_author_name(self, item: Entry) -> str:
        return item.author

    def item_pubdate(self, item: Entry) -> dt.datetime:
        return item.published_at

    def item_updateddate(self, item: Entry) -> dt.datetime:
        return item.published_at


def _update(update: Update) -> Entry:
    recommendation = update.assignment.recommendation
    return Entry(
        title=f"{update.body_name}: {update.get_claim_display()}. {recommendation}",
        link=f"{settings.SITE_URL}{reverse('recommendation', args=[recommendation.pk])}#update-{update.pk}",
        description=Truncator(update.progress).words(WORDS),
        author=update.body_name,
        published_at=update.published_at or update.saved_at,
    )


def _response(response: Response) -> Entry:
    recommendation = response.assignment.recommendation
    return Entry(
        title=f"{response.body_name} responded: {response.get_decision_display()}. {recommendation}",
        link=f"{settings.SITE_URL}{reverse('recommendation', args=[recommendation.pk])}#response-{response.pk}",
        description=Truncator(response.text or response.reason).words(WORDS),
        author=response.body_name,
        published_at=response.recorded_at,
    )
