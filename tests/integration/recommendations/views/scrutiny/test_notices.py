"""Giving notice of a report to a body."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import notices, target_dates
from recommendations.lifecycle import NoticeKind
from recommendations.models import (
    Assignment,
)
from recommendations.notifications.due import everything
from tests.clients import boxes, form_values, signed_in, text_of, words_of
from tests.factories import TODAY, Cast, at
from tests.integration.recommendations.views.scrutiny.helpers import (
    busy_inquiry,
)

pytestmark = pytest.mark.django_db


class TestNotices:
    def test_preview_then_send(self, cast: Cast) -> None:
        inquiry = busy_inquiry(cast, 2)
        client, address = signed_in(cast.sam), reverse("send_notices", args=[inquiry.pk])
        assert text_of(client.get(address)).count("checked") == 4
        ids = [part.pk for part in Assignment.objects.all()]
        data = {"assignments": ids, **boxes("on", dt.date(2025, 12, 31))}
        words = text_of(client.post(address, data))
        assert "28 February 2026" in words  # two months from 31 December
        assert "Local Government Act 2000, s.9FE" in words
        assert "No date" in words  # the police
        assert "Ada Approver" in words  # who is told
        assert "Pat Police" in words
        assert not Assignment.objects.filter(notified_on__isnull=False).exists()
        assert client.post(address, data | {"change": "yes"}).status_code == 200
        assert client.post(address, data | {"send": "yes"}).status_code == 302
        assert Assignment.objects.filter(notified_on=dt.date(2025, 12, 31)).count() == 4
        assert "no notice left to send" in text_of(client.get(address))

    def test_bad_input(self, cast: Cast) -> None:
        inquiry = busy_inquiry(cast, 1)
        client, address = signed_in(cast.sam), reverse("send_notices", args=[inquiry.pk])
        answer = client.post(address, boxes("on", dt.date(2026, 3, 1)))
        assert "Select at least one recommendation" in text_of(answer)
        assert "must be 12 January 2026 or earlier" in text_of(answer)

    def test_not_before_publication(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        words = text_of(signed_in(cast.sam).get(reverse("send_notices", args=[inquiry.pk])))
        assert "The report is not public yet." in words

    def test_one_sent_by_mistake_is_taken_back(self, cast: Cast) -> None:
        inquiry = busy_inquiry(cast, 1)
        client, address = signed_in(cast.sam), reverse("send_notices", args=[inquiry.pk])
        ids = [part.pk for part in Assignment.objects.all()]
        data = {"assignments": ids, **boxes("on", dt.date(2025, 12, 31)), "send": "yes"}
        take_back = reverse("take_back_notices", args=[inquiry.pk])
        assert f"{take_back}?notice={ids[0]}" in text_of(client.post(address, data, follow=True))
        page = client.get(f"{take_back}?notice={ids[0]}")
        assert "Nobody was told of them by e-mail yet" in words_of(page)
        sent = form_values(page)
        assert sent["assignments"] == [str(ids[0])]
        assert "Enter why the notice is taken back" in words_of(client.post(take_back, sent))
        words = words_of(client.post(take_back, sent | {"reason": "The wrong body."}, follow=True))
        assert "1 notice is taken back" in words
        assert Assignment.objects.filter(notified_on=None).count() == 1
        recommendation = Assignment.objects.get(pk=ids[0]).recommendation_id
        public = words_of(client.get(reverse("recommendation", args=[recommendation])))
        assert "It was sent on 31 December 2025 by mistake" in public
        assert "The wrong body." in public
        for user in (cast.oscar, cast.carla, cast.olive):
            assert signed_in(user).post(take_back, sent).status_code in (403, 404)


def test_a_first_date_that_passed_before_the_notice_is_said_to(cast: Cast) -> None:
    """Before it is sent, and wherever the date is shown afterwards; nothing is overdue by it."""
    part = cast.assignment(first_target_on=dt.date(2025, 12, 1), notified_on=None)
    sam, page = signed_in(cast.sam), reverse("recommendation", args=[part.recommendation_id])
    sent = {"assignments": [part.pk], **boxes("on", TODAY)}
    check = words_of(sam.post(reverse("send_notices", args=[part.recommendation.inquiry_id]), sent))
    assert "1 December 2025, has passed before this notice. It makes nothing late" in check
    notices.send_notice(by=cast.sam, assignments=[part], on=TODAY)
    said = "First date 1 December 2025 It had passed before this was sent, so it makes nothing late"
    for client, where in (
        (Client(), page),
        (signed_in(cast.olive), reverse("assignment", args=[part.pk])),
    ):
        words = words_of(client.get(where))
        assert said in words
        assert "Overdue" not in words
    listed = words_of(Client().get(reverse("recommendations")))
    assert "First date 1 Dec 2025, passed before it was sent" in listed
    change = target_dates.request_new_date(
        by=cast.olive, assignment=part, new_date=dt.date(2026, 2, 1), reason="We begin now."
    )
    cast.agree(change)
    with at(dt.date(2026, 2, 11)):
        assert "Overdue by 10 days" in words_of(Client().get(page))
        assert "Overdue since 1 Feb 2026" in words_of(Client().get(reverse("recommendations")))
        [told] = [one for one in everything() if one.kind == NoticeKind.OVERDUE and one.to == cast.olive.pk]
        assert "the date agreed, 1 February 2026, has passed" in told.subject
