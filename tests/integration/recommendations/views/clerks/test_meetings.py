"""The pages of meetings, as clerks keep them."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import packs as actions
from recommendations.lifecycle import (
    MeetingState,
)
from recommendations.models import Meeting, Pack
from recommendations.packs.tasks import request_build
from tests.clients import signed_in
from tests.factories import Cast, fresh
from tests.integration.recommendations.packs.helpers import made


class TestMeetings:
    def test_list_and_page(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        assert "26 January 2026" in client.get(reverse("meetings")).content.decode()
        assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 200

    def test_packs_asked_for_are_shown_to_whoever_asked(self, cast: Cast, draft: Pack, quick: None) -> None:
        def shown(user: User) -> str:
            return signed_in(user).get(reverse("meetings")).content.decode()

        assert "Packs you asked for" not in shown(cast.carla)
        request_build(by=fresh(cast.carla), pack=draft)
        assert reverse("pack_progress", args=[draft.pk]) in shown(cast.carla)
        made(cast, draft)
        assert "Not released yet" in shown(cast.carla)
        assert "Packs you asked for" not in shown(cast.sam)
        actions.release_pack(by=fresh(cast.carla), pack=draft)
        assert "Packs you asked for" not in shown(cast.carla)

    def test_filters(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        assert client.get(reverse("meetings"), {"state": "cancelled"}).context["page"].paginator.count == 0
        assert (
            client.get(reverse("meetings"), {"held_from": "2026-01-20"}).context["page"].paginator.count == 1
        )
        assert client.get(reverse("meetings"), {"body": "nonsense", "held_from": "x"}).status_code == 200

    def test_add(self, cast: Cast) -> None:
        data = {
            "body": cast.cabinet.pk,
            "held_on_day": "2",
            "held_on_month": "2",
            "held_on_year": "2026",
            "place": "Hall",
        }
        answer = signed_in(cast.carla).post(reverse("new_meeting"), data)
        assert answer.status_code == 302
        assert Meeting.objects.get(body=cast.cabinet).held_on == dt.date(2026, 2, 2)

    def test_bad_input_keeps_what_was_typed(self, cast: Cast) -> None:
        answer = signed_in(cast.carla).post(
            reverse("new_meeting"), {"place": "The long room", "held_on_day": "31", "held_on_month": "2"}
        )
        assert answer.status_code == 200
        assert "The long room" in answer.content.decode()
        assert "Select" in answer.content.decode()

    def test_two_people_editing(self, cast: Cast, meeting: Meeting) -> None:
        data = {
            "held_on_day": "26",
            "held_on_month": "1",
            "held_on_year": "2026",
            "place": "Mine",
            "version": meeting.version,
        }
        client = signed_in(cast.carla)
        client.post(reverse("edit_meeting", args=[meeting.pk]), {**data, "place": "Theirs"})
        answer = client.post(reverse("edit_meeting", args=[meeting.pk]), data)
        assert answer.status_code == 200
        assert "Changed by somebody else" in answer.content.decode()
        assert "Theirs" in answer.content.decode()

    def test_cancel_and_plan_again(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        client.post(
            reverse("move_meeting", args=[meeting.pk]), {"to": "cancelled", "version": meeting.version}
        )
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CANCELLED
        client.post(
            reverse("move_meeting", args=[meeting.pk]), {"to": "nonsense", "version": meeting.version}
        )
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CANCELLED

    def test_rights(self, cast: Cast, meeting: Meeting) -> None:
        address = reverse("meeting", args=[meeting.pk])
        assert Client().get(address).status_code == 302
        assert signed_in(cast.colin).get(address).status_code == 403
        assert signed_in(cast.oscar).get(address).status_code == 404
        assert signed_in(cast.sam).get(address).status_code == 200
        assert signed_in(cast.carla).get(reverse("meeting", args=[999_999])).status_code == 404

    def test_same_queries_for_one_and_twenty(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        client.get(reverse("meetings"))
        with CaptureQueriesContext(connection) as one:
            client.get(reverse("meetings"))
        for number in range(20):
            cast.meeting(dt.date(2026, 3, number + 1))
        with CaptureQueriesContext(connection) as many:
            client.get(reverse("meetings"))
        assert len(many) == len(one)
