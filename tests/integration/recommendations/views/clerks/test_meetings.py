"""The pages of meetings, as clerks keep them."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from recommendations.actions import meetings
from recommendations.actions import packs as actions
from recommendations.lifecycle import Edition, Grade, MeetingState, Outcome, PackState
from recommendations.models import Meeting, Pack
from recommendations.packs.tasks import request_build
from tests.clients import signed_in, text_of, words_of
from tests.factories import TODAY, Cast, at, fresh
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

    def test_one_recorded_as_held_by_mistake_says_why_it_is_planned_again(self, cast: Cast) -> None:
        held = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to="held")
        client = signed_in(cast.carla)
        where = reverse("plan_meeting_again", args=[held.pk])
        assert where in text_of(client.get(reverse("meeting", args=[held.pk])))
        empty = client.post(where, {"reason": "", "version": held.version})
        assert "Enter why this meeting is planned again" in text_of(empty)
        without = client.post(
            reverse("move_meeting", args=[held.pk]), {"to": "planned", "version": held.version}, follow=True
        )
        assert "Enter why this meeting is planned again" in text_of(without)
        said = client.post(where, {"reason": "It was put off.", "version": held.version}, follow=True)
        held.refresh_from_db()
        assert held.state == MeetingState.PLANNED
        assert "The meeting is now recorded as planned" in words_of(said)
        assert (
            "Recorded in error before (State of the meeting: Held), corrected on 12 January 2026 because: It was put off."
            in words_of(said)
        )
        assert where not in text_of(said)

    def test_one_whose_papers_are_released_is_planned_again_and_they_say_why(self, cast: Cast) -> None:
        meeting = cast.meeting(TODAY)
        pack = Pack.objects.create(
            meeting=meeting, edition=Edition.PUBLIC, title="Papers", state=PackState.READY, created_by=cast.carla,
            content={"x": 1}, content_hash="x", as_at=clock.now(), pages=1, pdf="a", pdf_hash="b", html="c", word="d",
            word_hash="e", built_by=cast.carla, queued_at=clock.now(), finished_at=clock.now(), selection=[1],
        )  # fmt: skip
        actions.release_pack(by=cast.carla, pack=pack)
        held = meetings.move_meeting(by=cast.carla, meeting=meeting, to="held")
        client, where = signed_in(cast.carla), reverse("plan_meeting_again", args=[held.pk])
        assert where in text_of(client.get(reverse("meeting", args=[held.pk])))
        client.post(where, {"reason": "It was put off.", "version": held.version})
        held.refresh_from_db()
        assert held.state == MeetingState.PLANNED
        with at(TODAY + dt.timedelta(days=1)):
            for page in (reverse("pack", args=[pack.pk]), reverse("packs")):
                assert "corrected on 12 January 2026 because: It was put off." in words_of(Client().get(page))

    def test_what_keeps_one_recorded_as_held_is_said(self, cast: Cast) -> None:
        view = cast.verdict(cast.assignment(), Grade.CONCERNS, Outcome.KEEP)
        held = meetings.move_meeting(by=cast.carla, meeting=view.meeting, to="held")
        client, where = signed_in(cast.carla), reverse("plan_meeting_again", args=[held.pk])
        read = text_of(client.get(reverse("meeting", args=[held.pk])))
        assert where not in read
        said = "view was recorded at this meeting, so it stays recorded as held. If that was recorded in error, correct it first"
        assert said in read
        assert said in text_of(client.post(where, {"reason": "It was put off.", "version": held.version}))

    def test_every_page_that_names_one_planned_again_says_so(self, cast: Cast) -> None:
        cast.assignment()
        earlier = cast.meeting(dt.date(2025, 11, 3))
        held = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to="held")
        meetings.move_meeting(by=cast.carla, meeting=held, to="planned", reason="It was put off.")
        with at(TODAY + dt.timedelta(days=2)):
            told = "Recorded in error before (State of the meeting: Held), corrected on 12 January 2026 because: It was put off."
            listed = words_of(signed_in(cast.carla).get(reverse("meetings")))
            assert f"Planned Corrected {told}" in listed
            assert told in words_of(signed_in(cast.chris).get(reverse("assess_meeting", args=[held.pk])))
            board = words_of(
                signed_in(cast.colin).get(reverse("committee_dashboard", args=[cast.committee.pk]))
            )
            assert f"after the meeting on {long_date(earlier.held_on)}" in board
            coming = cast.meeting(TODAY + dt.timedelta(days=30))
            assert coming.previous() == earlier

    def test_one_at_which_something_was_decided_after_all_is_the_last_one(self, cast: Cast) -> None:
        part = cast.assignment()
        cast.meeting(dt.date(2025, 11, 3))
        held = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to="held")
        planned = meetings.move_meeting(by=cast.carla, meeting=held, to="planned", reason="Not begun yet.")
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=planned)
        assert cast.meeting(TODAY + dt.timedelta(days=30)).previous() == planned

    def test_one_moved_to_another_day_counts_from_then_on(self, cast: Cast) -> None:
        held = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to="held")
        planned = meetings.move_meeting(by=cast.carla, meeting=held, to="planned", reason="It was put off.")
        moved = meetings.edit_meeting(by=cast.carla, meeting=planned, held_on=TODAY + dt.timedelta(days=7))
        assert cast.meeting(TODAY + dt.timedelta(days=30)).previous() == moved

    def test_that_is_not_told_of_what_is_decided_at_it_later(self, cast: Cast) -> None:
        part = cast.assignment()
        held = meetings.move_meeting(by=cast.carla, meeting=cast.meeting(TODAY), to="held")
        planned = meetings.move_meeting(by=cast.carla, meeting=held, to="planned", reason="It was put off.")
        cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=planned)
        page = words_of(Client().get(reverse("recommendation", args=[part.recommendation_id])))
        assert "It was put off." not in page
        assert "Corrected" not in page

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
