"""Asking for a new target date, alone and with an update."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from recommendations.actions import target_dates, updates
from recommendations.actions.base import ActionDenied
from recommendations.models import TargetChange, Update
from tests.clients import signed_in, update_form

NEW_DATE = {
    "new_date_day": "30",
    "new_date_month": "9",
    "new_date_year": "2026",
    "new_date_reason": "The bidder withdrew.",
}


class TestAskingForADateWithTheUpdate:
    def test_it_is_asked_for_once_the_update_is_published(self, cast, assignment):
        client = signed_in(cast.olive)
        address = reverse("log_update", args=[assignment.pk])
        client.post(address, update_form(client.get(address), **NEW_DATE))
        update = Update.objects.get()
        assert (update.new_date, update.new_date_reason) == (dt.date(2026, 9, 30), "The bidder withdrew.")
        read = client.get(reverse("preview_update", args=[update.pk])).content.decode()
        assert "30 September 2026 in place of 31 March 2026" in read
        update = updates.submit_update(by=cast.olive, update=update)
        assert not TargetChange.objects.exists()
        assert "30 September 2026 in place of" in (
            signed_in(cast.ada).get(reverse("approval", args=[update.pk])).content.decode()
        )
        updates.publish_update(by=cast.ada, update=update)
        change = TargetChange.objects.get()
        assert (change.state, change.asked_by, change.reason) == (
            "requested",
            cast.olive,
            "The bidder withdrew.",
        )
        assert change.new_date == dt.date(2026, 9, 30)
        page = client.get(address).content.decode()
        assert "You asked for a new date, 30 September 2026" in page
        assert "new_date_reason" not in page

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"new_date_reason": ""}, "Enter why a new date is needed"),
            (
                {"new_date_day": "", "new_date_month": "", "new_date_year": ""},
                "Enter the new date, or clear why",
            ),
            ({"new_date_year": "2025"}, "Enter a date that is still to come"),
            ({"new_date_day": "31", "new_date_month": "3"}, "Enter a date other than the present one"),
        ],
    )
    def test_what_is_wrong_is_told_in_the_preview(self, cast, assignment, typed, told):
        client = signed_in(cast.olive)
        address = reverse("log_update", args=[assignment.pk])
        client.post(address, update_form(client.get(address), **NEW_DATE | typed))
        update = Update.objects.get()
        assert told in client.get(reverse("preview_update", args=[update.pk])).content.decode()
        with pytest.raises(ActionDenied, match=told):
            updates.submit_update(by=cast.olive, update=update)

    def test_half_a_date_is_told_at_its_box(self, cast, assignment):
        client = signed_in(cast.olive)
        address = reverse("log_update", args=[assignment.pk])
        page = client.post(address, update_form(client.get(address), **NEW_DATE | {"new_date_month": ""}))
        assert "The new date must include a month" in page.content.decode()

    def test_a_date_asked_for_meanwhile_sends_it_back_to_the_officer(self, cast, assignment):
        update = cast.submitted(assignment, new_date=dt.date(2026, 9, 30), new_date_reason="Late")
        target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 8, 31), reason="Late"
        )
        with pytest.raises(ActionDenied, match=r"can’t be asked for now\. A new date has already"):
            updates.publish_update(by=cast.ada, update=update)

    def test_closed_meanwhile_it_is_published_and_nothing_is_asked_for(self, cast, assignment):
        update = cast.submitted(assignment, new_date=dt.date(2026, 9, 30), new_date_reason="Late")
        cast.close(assignment)
        updates.publish_update(by=cast.ada, update=update)
        assert not TargetChange.objects.exists()

    def test_nothing_is_offered_where_there_is_no_date(self, cast):
        assignment = cast.assignment(first_target_on=None)
        page = signed_in(cast.olive).get(reverse("log_update", args=[assignment.pk])).content.decode()
        assert "Ask for a new date" not in page


class TestStepsAndDates:
    def test_while_one_waits_there_is_nothing_to_fill_in(self, cast, assignment):
        target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 8, 31), reason="Late"
        )
        page = signed_in(cast.olive).get(reverse("request_new_date", args=[assignment.pk])).content.decode()
        assert "was already asked for" in page
        assert "Why is a new date needed?" not in page
        assert "Ask the committee</button>" not in page

    def test_a_new_date_is_asked_for_with_its_reason(self, cast, assignment):
        address = reverse("request_new_date", args=[assignment.pk])
        client = signed_in(cast.olive)
        day = {"new_date_day": "1", "new_date_month": "9", "new_date_year": "2026"}
        assert "Enter why a new date is needed" in client.post(address, day).content.decode()
        assert client.post(address, day | {"reason": "The contractor left"}).status_code == 302
        assert TargetChange.objects.requested().count() == 1
        assert "already been asked for" in client.post(address, day | {"reason": "Again"}).content.decode()
