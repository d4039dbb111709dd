"""One recommendation as a respondent sees it: responding, and writing an update."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import updates
from recommendations.lifecycle import LinkEvent, UpdateState
from recommendations.models import Assignment, Evidence, LinkUse, RespondentLink, Response, Update
from tests.clients import text_of
from tests.factories import Cast, acting
from tests.integration.recommendations.views.respondents.helpers import (
    DECIDED,
    events,
    inside,
)
from tests.integration.sample_data import EXEMPT


class TestOneItem:
    def test_it_shows_what_everybody_reads_of_this_body(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        from recommendations.actions import assignments, notices

        other = assignments.address(by=cast.sam, recommendation=own.recommendation, body=cast.police)
        notices.send_notice(by=cast.sam, assignments=[other], on=dt.date(2025, 9, 2))
        cast.response(other, text="The police will help.")
        cast.response(own, text="The school will paint.")
        words = text_of(inside(link).get(reverse("answer_item", args=[own.pk])))
        assert "The school will paint." in words
        assert "The police will help." not in words
        assert own.recommendation.text in words
        assert LinkUse.objects.filter(link=link, event=LinkEvent.READ, about__contains="item").count() == 1

    def test_a_returned_update_shows_why(self, cast: Cast, link: RespondentLink, own: Assignment) -> None:
        update = cast.sent_by_link(link, own)
        updates.return_update(by=cast.sam, update=update, reason="Say how many children cross.")
        client = inside(link)
        for where in (reverse("answer_item", args=[own.pk]), reverse("answer_update", args=[own.pk])):
            assert "Say how many children cross." in text_of(client.get(where))
        assert "came back" in text_of(client.get(reverse("answering")))

    def test_a_closed_one_asks_for_nothing(self, cast: Cast, link: RespondentLink, own: Assignment) -> None:
        cast.close(own)
        client = inside(link)
        words = text_of(client.get(reverse("answer_item", args=[own.pk])))
        assert "Nothing more is asked of you" in words
        assert reverse("answer_response", args=[own.pk]) not in words
        for name in ("answer_response", "answer_update"):
            assert client.get(reverse(name, args=[own.pk]))["Location"] == reverse(
                "answer_item", args=[own.pk]
            )

    def test_the_same_queries_for_much_history(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        client = inside(link)

        def count() -> int:
            client.get(reverse("answer_item", args=[own.pk]))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("answer_item", args=[own.pk]))
            return len(queries)

        def more(number: int) -> None:
            update = cast.sent_by_link(link, own)
            updates.publish_update(by=cast.sam, update=update)
            cast.response(own, text=f"Answer {number}")

        more(0)
        before = count()
        for number in range(1, 6):
            more(number)
        assert count() == before


class TestResponding:
    def test_seen_first_then_recorded(self, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        where = reverse("answer_response", args=[own.pk])
        assert client.get(where).status_code == 200
        check = client.post(where, DECIDED | {"do": "check"})
        assert "Check your response" in text_of(check)
        assert "We will paint it by Easter." in text_of(check)
        assert not Response.objects.exists()
        passed_on = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text_of(check)))
        changed = client.post(where, passed_on | {"do": "change"})
        assert "We will paint it by Easter." in text_of(changed)
        assert "Check your response" not in text_of(changed)
        answer = client.post(where, passed_on | {"do": "record"})
        assert answer["Location"] == reverse("answer_item", args=[own.pk])
        response = Response.objects.get()
        assert (response.decision, response.recorded_by) == ("accepted", link.person)
        assert response.decided_on == dt.date(2026, 1, 5)
        assert "Both stay on the record" in text_of(client.get(where))
        assert events(link)[-1] in (LinkEvent.WROTE, LinkEvent.READ)
        assert LinkUse.objects.filter(link=link, event=LinkEvent.WROTE, about__contains="response").exists()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"decision": ""}, "Select what you answer"),
            ({"decision": "rejected"}, "Enter the reason the body gave"),
            (
                {"decided_on_day": "", "decided_on_month": "", "decided_on_year": ""},
                "Enter the day it was decided",
            ),
            ({"decided_on_year": "2027"}, "must be"),
            ({"decided_on_year": "2024"}, "must be"),
            ({"exempt_text": "A price"}, "Select the paragraph of Schedule 12A"),
        ],
    )
    def test_what_is_missing_is_told_and_nothing_lost(
        self, link: RespondentLink, own: Assignment, change: dict[str, str], message: str
    ) -> None:
        for do in ("check", "record"):
            page = inside(link).post(reverse("answer_response", args=[own.pk]), DECIDED | change | {"do": do})
            assert message in text_of(page)
            assert "We will paint it by Easter." in text_of(page)
        assert not Response.objects.exists()

    def test_what_looks_like_personal_data_is_pointed_out(
        self, link: RespondentLink, own: Assignment
    ) -> None:
        page = inside(link).post(
            reverse("answer_response", args=[own.pk]),
            DECIDED | {"text": "Ring 07700 900123 for the plan.", "do": "check"},
        )
        assert "07700 900123" in text_of(page)
        assert "may hold personal data" in text_of(page)

    def test_it_goes_on_record_once_it_was_looked_at(self, link: RespondentLink, own: Assignment) -> None:
        client, where = inside(link), reverse("answer_response", args=[own.pk])
        sent = DECIDED | {"text": "Ring 07700 900123 for the plan.", "do": "record"}
        page = client.post(where, sent)
        assert "Tick that you looked at what may be personal data" in text_of(page)
        assert "Check your response" in text_of(page)
        assert not Response.objects.exists()
        client.post(where, sent | {"looked_at": "on"})
        assert Response.objects.get().personal_data_looked_at

    def test_closed_meanwhile(self, cast: Cast, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        cast.close(own)
        client.post(reverse("answer_response", args=[own.pk]), DECIDED | {"do": "record"})
        assert not Response.objects.filter(recorded_by=link.person).exists()


class TestWriting:
    def write(self, client: Client, own: Assignment, **data: Any) -> Any:
        typed = {"claim": "on_track", "progress": "Half is painted.", "tab": "t1"} | data
        return client.post(reverse("answer_update", args=[own.pk]), typed)

    def test_from_draft_to_sent(self, cast: Cast, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        answer = self.write(client, own, do="preview")
        update = Update.objects.get()
        assert answer["Location"] == reverse("answer_preview", args=[update.pk])
        words = text_of(client.get(answer["Location"]))
        assert "committee support of Children" in words
        assert "Send it in" in words
        assert "/assignments/" not in words
        assert "/updates/" not in words.replace("/answer/updates/", "")
        answer = client.post(reverse("answer_preview", args=[update.pk]), {"version": update.version})
        assert answer["Location"] == reverse("answer_item", args=[own.pk])
        update.refresh_from_db()
        assert (update.state, update.submitted_by) == (UpdateState.SUBMITTED, link.person)
        assert "with the committee’s officer" in text_of(client.get(answer["Location"]))

    def test_it_saves_itself(self, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        where = reverse("answer_update", args=[own.pk])
        for number in range(3):
            answer = client.post(
                where,
                {"progress": f"Word {number}", "tab": "t1", "version": number or ""},
                headers={"X-Autosave": "1"},
            )
            assert answer.status_code == 200
        assert Update.objects.get().progress == "Word 2"
        assert LinkUse.objects.filter(link=link, event=LinkEvent.WROTE).count() == 1

    def test_two_respondents_of_one_body_meet_a_conflict(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        self.write(inside(link), own, do="save")
        other = inside(cast.link(cast.school, "Paul Parent"))
        page = self.write(other, own, do="save", progress="Mine", tab="t2")
        assert page.status_code == 200
        assert "Half is painted." in text_of(page)
        assert "Mine" in text_of(page)

    def test_two_tabs_of_one_respondent(self, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        self.write(client, own, do="save", version="")
        page = self.write(client, own, do="save", progress="In the other tab", tab="t2", version="")
        assert "In the other tab" in text_of(page)
        assert Update.objects.get().progress == "Half is painted."

    def test_a_draft_can_be_thrown_away(self, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        self.write(client, own, do="save")
        update = Update.objects.get()
        where = reverse("answer_discard", args=[update.pk])
        assert reverse("answer_update", args=[own.pk]) in text_of(client.get(where))
        assert client.post(where, {"version": update.version})["Location"] == reverse(
            "answer_item", args=[own.pk]
        )
        assert not Update.objects.exists()

    def test_evidence(self, cast: Cast, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        self.write(client, own, do="save")
        update = Update.objects.get()
        what = {"title": "Photograph", "url": "https://example.org/photo", "visibility": "restricted"}
        answer = client.post(reverse("answer_add_evidence", args=[update.pk]), what)
        assert answer["Location"] == reverse("answer_preview", args=[update.pk])
        piece = Evidence.objects.get()
        where = reverse("answer_evidence", args=[piece.pk])
        assert where in text_of(client.get(reverse("answer_update", args=[own.pk])))
        assert client.get(where)["Location"] == "https://example.org/photo"
        colleague = inside(cast.link(cast.school, "Paul Parent"))
        assert colleague.get(where).status_code == 404
        assert Client().get(reverse("evidence_file", args=[piece.pk])).status_code == 404

    def test_ones_own_exempt_words_are_shown_until_they_are_sent(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        client = inside(link)
        self.write(client, own, do="save", **EXEMPT)
        where = reverse("answer_update", args=[own.pk])
        assert "The price was £1." in text_of(client.get(where))
        colleague = inside(cast.link(cast.school, "Paul Parent"))
        assert "The price was" not in text_of(colleague.get(where))
        update = Update.objects.get()
        updates.submit_update(by=acting(link), update=update)
        words = text_of(client.get(reverse("answer_preview", args=[update.pk])))
        assert "The price was" not in words
        assert "A price is withheld." in words

    def test_a_new_date_and_steps(self, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        back = reverse("answer_item", args=[own.pk])
        date = {"new_date_day": "30", "new_date_month": "9", "new_date_year": "2026", "reason": "Rain"}
        assert client.post(reverse("answer_new_date", args=[own.pk]), date)["Location"] == back
        assert own.target_changes.get().asked_by == link.person
        steps = reverse("answer_steps", args=[own.pk])
        assert client.post(steps, {"do": "add", "new-words": "Buy paint"})["Location"] == steps
        assert "Buy paint" in text_of(client.get(back))
