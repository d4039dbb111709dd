"""What the tests of personal links share."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.models import LinkUse, RespondentLink
from recommendations.queries.respondent_links import token_of
from recommendations.views import respondent_sessions
from tests.factories import NOON

DECIDED = {
    "decision": "accepted",
    "text": "We will paint it by Easter.",
    "decided_on_day": "5",
    "decided_on_month": "1",
    "decided_on_year": "2026",
}


def door(link: RespondentLink) -> str:
    return reverse("answer_link", args=[token_of(link)])


def code() -> str:
    found = re.search(r"^(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def inside(link: RespondentLink, client: Client | None = None) -> Client:
    """A browser in the middle of a visit."""
    client = client or Client()
    session = client.session
    session[respondent_sessions.SESSION_KEY] = [link.pk, link.generation]
    session.save()
    return client


def events(link: RespondentLink) -> list[str]:
    return list(LinkUse.objects.filter(link=link).order_by("id").values_list("event", flat=True))


def later(**span: float) -> Any:
    return clock.frozen(NOON + dt.timedelta(**span))
