"""External respondents: coming in by a personal link, and the list of what is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import respondent_links as actions
from recommendations.actions import reviews, target_dates
from recommendations.lifecycle import LinkEvent
from recommendations.models import Assignment, LinkUse, RespondentLink, Update
from recommendations.queries.respondent_links import BROWSER_SALT, token_of
from recommendations.views import respondent_sessions
from tests.clients import text_of
from tests.factories import Cast, acting, at
from tests.integration.recommendations.views.respondents.helpers import (
    code,
    door,
    events,
    inside,
    later,
)


class TestComingIn:
    def test_opening_it_does_nothing_and_tells_nothing(
        self, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        for method in (client.get, client.head):
            page = method(door(link))
            assert page.status_code == 200
        words = text_of(client.get(door(link)))
        for told in ("Hill School", "Hanna", "example.org", own.recommendation.heading, "Children"):
            assert told not in words
        assert "Send me a code" in words
        assert mail.outbox == []
        assert events(link) == [LinkEvent.ISSUED]

    def test_by_a_code(self, link: RespondentLink, own: Assignment, client: Client, post: Any) -> None:
        assert post(client, door(link))["Location"] == reverse("answer_code")
        words = text_of(client.get(reverse("answer_code")))
        assert "Hill School" not in words
        assert "Hanna" not in words
        answer = post(client, reverse("answer_code"), {"code": code(), "remember": "on"})
        assert answer["Location"] == reverse("answering")
        words = text_of(client.get(reverse("answering")))
        assert "What is asked of Hill School" in words
        assert own.recommendation.text in words
        assert events(link)[1:4] == [LinkEvent.OPENED, LinkEvent.CODE_SENT, LinkEvent.LET_IN]
        assert LinkUse.objects.filter(link=link, event=LinkEvent.LET_IN, address="127.0.0.1").exists()

    def test_the_link_opens_the_list_during_a_visit(self, link: RespondentLink) -> None:
        assert inside(link).get(door(link))["Location"] == reverse("answering")

    def test_a_wrong_code_stays_outside(self, link: RespondentLink, client: Client, post: Any) -> None:
        post(client, door(link))
        wrong = f"{(int(code()) + 1) % 1_000_000:06d}"
        page = post(client, reverse("answer_code"), {"code": wrong})
        assert "it was wrong" in text_of(page)
        assert "Error: Enter the code we sent you" in text_of(page)
        assert client.get(reverse("answering")).status_code == 200
        assert "Open your link" in text_of(client.get(reverse("answering")))
        assert "Enter the code from the message" in text_of(
            post(client, reverse("answer_code"), {"code": ""})
        )

    def test_the_code_works_once_and_in_no_other_browser(
        self, link: RespondentLink, client: Client, post: Any
    ) -> None:
        post(client, door(link))
        sent = code()
        thief = Client()
        assert post(thief, reverse("answer_code"), {"code": sent})["Location"] == reverse("answering")
        post(thief, door(link))
        assert "latest message" not in code()
        stolen = post(thief, reverse("answer_code"), {"code": sent})
        assert stolen.status_code == 200
        assert "What is asked" not in text_of(thief.get(reverse("answering")))
        post(client, door(link))
        assert post(client, reverse("answer_code"), {"code": code()}).status_code == 302
        post(client, reverse("answer_leave"))
        assert post(client, reverse("answer_code"), {"code": sent})["Location"] == reverse("answering")

    def test_two_tabs_ask_and_the_latest_code_serves_both(
        self, link: RespondentLink, client: Client, post: Any
    ) -> None:
        post(client, door(link))
        post(client, door(link))
        assert post(client, reverse("answer_code"), {"code": code()}).status_code == 302

    def test_another_code_and_its_limit(self, link: RespondentLink, client: Client, post: Any) -> None:
        post(client, door(link))
        again = {"do": "again"}
        for _ in range(4):
            assert post(client, reverse("answer_code"), again).status_code == 302
        assert len(mail.outbox) == 5
        page = post(client, reverse("answer_code"), again)
        assert "Wait until 1:00pm" in text_of(page)
        assert "Wait until 1:00pm" in text_of(post(client, door(link)))
        assert len(mail.outbox) == 5

    def test_a_remembered_browser_needs_no_code(
        self, link: RespondentLink, client: Client, post: Any
    ) -> None:
        post(client, door(link))
        answer = post(client, reverse("answer_code"), {"code": code(), "remember": "on"})
        cookie = answer.cookies[f"answering-{link.pk}"]
        assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/answer/", "Lax", True)
        assert cookie["max-age"] == 30 * 24 * 3600
        post(client, reverse("answer_leave"))
        sent = len(mail.outbox)
        for where in (door(link), reverse("answering")):
            words = text_of(client.get(where))
            assert "Answer for Hill School" in words
            assert post(client, where)["Location"] == reverse("answering")
            assert "What is asked of Hill School" in text_of(client.get(reverse("answering")))
            post(client, reverse("answer_leave"))
        assert len(mail.outbox) == sent

    def test_not_remembered_where_it_was_not_wished(
        self, link: RespondentLink, client: Client, post: Any
    ) -> None:
        post(client, door(link))
        answer = post(client, reverse("answer_code"), {"code": code()})
        assert f"answering-{link.pk}" not in answer.cookies
        post(client, reverse("answer_leave"))
        assert "Send me a code" in text_of(client.get(door(link)))

    def test_a_browser_can_be_forgotten_and_is_after_a_renewal(
        self, cast: Cast, link: RespondentLink, client: Client, post: Any
    ) -> None:
        for end in (
            lambda: post(client, reverse("answering"), {"do": "forget"}),
            lambda: actions.renew_link(by=cast.sam, link=link),
        ):
            now = RespondentLink.objects.get(pk=link.pk)
            post(client, door(now))
            post(client, reverse("answer_code"), {"code": code(), "remember": "on"})
            post(client, reverse("answer_leave"))
            end()
            now = RespondentLink.objects.get(pk=link.pk)
            assert "Send me a code" in text_of(client.get(door(now)))
            assert "Open your link" in text_of(client.get(reverse("answering")))

    def test_a_forged_or_old_cookie_is_nothing(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        other = cast.link(cast.police, "Peter Police")
        from django.core import signing

        good = signing.dumps([other.pk, other.generation], salt=BROWSER_SALT)
        for value in ("", "x", good, signing.dumps([link.pk, link.generation], salt="other")):
            client.cookies[f"answering-{link.pk}"] = value
            assert "Send me a code" in text_of(client.get(door(link)))

    @pytest.mark.parametrize("ended", ["expired", "revoked", "renewed"])
    def test_a_link_that_has_ended(
        self, cast: Cast, link: RespondentLink, client: Client, ended: str
    ) -> None:
        if ended == "revoked":
            actions.revoke_link(by=cast.sam, link=link)
        if ended == "renewed":
            actions.renew_link(by=cast.sam, link=link)
        with later(days=100 if ended == "expired" else 0):
            for method in (client.get, client.post, client.get):
                page = method(door(link))
                assert page.status_code == 410
                assert "This link has ended" in text_of(page)
                assert "Hill School" not in text_of(page)
        assert events(link).count(LinkEvent.REFUSED) == 1

    def test_what_is_no_link(self, client: Client) -> None:
        for token in ("x", "WzEsMV0.AAAA", "%00", "é", "a" * 500):
            page = client.get(f"/answer/{token}/")
            assert page.status_code == 404
            assert "This is not a link of ours" in text_of(page)

    def test_guessing_is_stopped(self, link: RespondentLink, client: Client) -> None:
        for _ in range(respondent_sessions.MOST_PRESSES):
            client.get("/answer/guess/")
        page = client.get("/answer/guess/")
        assert page.status_code == 429
        assert "Wait five minutes" in text_of(page)
        assert client.post(door(link)).status_code == 429
        assert client.get(door(link)).status_code == 200

    def test_one_persons_presses_stop_nobody_else_at_their_address(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        other = cast.link(cast.school, "Gus Governor")
        for _ in range(respondent_sessions.MOST_PRESSES_OF_LINK):
            client.post(door(link))
        assert client.post(door(link)).status_code == 429
        assert Client().post(door(other)).status_code == 302

    def test_a_whole_council_comes_in_by_one_address(self, link: RespondentLink, client: Client) -> None:
        for number in range(100):
            client.get(f"/answer/guess-{number}/")
        assert client.post(door(link)).status_code == 302

    def test_nothing_of_it_is_kept_or_passed_on(
        self, link: RespondentLink, client: Client, caplog: Any
    ) -> None:
        token = token_of(link)
        page = client.get(door(link))
        assert page["Referrer-Policy"] == "strict-origin"
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]
        client.post(door(link))
        client.get("/answer/" + token[:-1] + "/")
        assert token not in caplog.text
        assert token[:-1] not in caplog.text
        assert not LinkUse.objects.filter(about__contains=token[:20]).exists()
        from committee.audit.models import AuditEntry

        assert not [entry for entry in AuditEntry.objects.all() if token in f"{entry.before}{entry.after}"]

    def test_another_site_cannot_press_the_button(self, link: RespondentLink) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(door(link)).status_code == 403
        assert events(link) == [LinkEvent.ISSUED]


class TestTheList:
    def test_nothing_asked(self, link: RespondentLink) -> None:
        assert "Nothing is asked of you at present." in text_of(inside(link).get(reverse("answering")))

    def test_what_is_to_do_and_what_is_not(self, cast: Cast, link: RespondentLink) -> None:
        new = cast.assignment(body=cast.school, heading="Brand new")
        answered = cast.assignment(body=cast.school, heading="Answered already")
        cast.response(answered)
        closed = cast.assignment(body=cast.school, heading="Over and done")
        cast.close(closed)
        asked = cast.assignment(body=cast.school, heading="Asked about")
        cast.response(asked)
        inquiry = asked.recommendation.inquiry
        reviews.open_review(
            by=cast.sam, committee=cast.committee, inquiries=[inquiry], title="Winter review",
            due_on=dt.date(2026, 1, 22),
        )  # fmt: skip
        cast.assignment(body=cast.police, heading="Of the police")
        page = inside(link).get(reverse("answering"))
        assert [item.assignment.pk for item in page.context["to_do"]] == [asked.pk, new.pk]
        assert [item.assignment.pk for item in page.context["others"]] == [answered.pk]
        assert [item.assignment.pk for item in page.context["closed"]] == [closed.pk]
        assert "Winter review" in text_of(page)
        assert "due in 10 days" in text_of(page)
        assert "Of the police" not in text_of(page)

    def test_several_of_one_review_lead_to_one_page(self, cast: Cast, link: RespondentLink) -> None:
        parts = [cast.assignment(body=cast.school, heading=f"Crossing {n}") for n in (1, 2)]
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Winter review", due_on=dt.date(2026, 1, 22)
        )
        client = inside(link)
        where = reverse("answer_review", args=[review.pk])
        assert where in text_of(client.get(reverse("answering")))
        words = text_of(client.get(where))
        assert "My work" not in words
        data = {f"a{part.pk}-progress": "Painted." for part in parts}
        data |= {f"a{part.pk}-claim": "on_track" for part in parts}
        data |= {"as_at_day": "12", "as_at_month": "1", "as_at_year": "2026", "do": "check"}
        answer = client.post(where, data)
        assert answer["Location"] == reverse("answer_check_review", args=[review.pk])
        assert Update.objects.drafts().filter(author=link.person).count() == 2
        assert LinkUse.objects.filter(link=link, event=LinkEvent.WROTE, about__startswith="Winter").exists()
        words = text_of(client.get(answer["Location"]))
        assert "/assignments/" not in words

    def test_the_same_queries_for_one_and_for_thirty(self, cast: Cast, link: RespondentLink) -> None:
        def count() -> int:
            client = inside(link)
            client.get(reverse("answering"))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("answering")).status_code == 200
            return len(queries)

        def more(number: int) -> None:
            for n in range(number):
                part = cast.assignment(body=cast.school, heading=f"Crossing {n}")
                cast.sent_by_link(link, part)
                target_dates.request_new_date(
                    by=acting(link), assignment=part, new_date=dt.date(2026, 8, 1), reason="Rain"
                )
            reviews.open_review(
                by=cast.sam, committee=cast.committee, title=f"R{number}", due_on=dt.date(2026, 2, 2)
            )

        more(1)
        one = count()
        more(29)
        assert count() == one
        assert one < 20


def test_the_day_is_not_the_real_one(link: RespondentLink) -> None:
    """The limits above read the frozen clock."""
    with at(dt.date(2026, 1, 13)), transaction.atomic():
        actions.log_link_use(by=link.person, link=link, event=LinkEvent.READ)
    assert LinkUse.objects.get(event=LinkEvent.READ).at.date() == dt.date(2026, 1, 13)
