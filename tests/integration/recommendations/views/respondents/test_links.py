"""External respondents: coming in by a personal link, answering, and everything that must not be possible."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.accounts.adapters import AccountAdapter
from committee.accounts.invitations import set_password_link
from committee.accounts.models import User
from recommendations.actions import evidence, reviews, target_dates, updates
from recommendations.actions import respondent_links as actions
from recommendations.lifecycle import LinkEvent, Role, UpdateState
from recommendations.models import Assignment, Evidence, LinkUse, Membership, RespondentLink, Response, Update
from recommendations.queries.respondent_links import BROWSER_SALT, token_of
from recommendations.views import respondent_sessions
from tests.clients import answer_of, text_of
from tests.factories import NOON, Cast, acting, at
from tests.integration.sample_data import EXEMPT, Things, make_things
from tests.routes import BY_LINK, OURS, ask

DECIDED = {
    "decision": "accepted",
    "text": "We will paint it by Easter.",
    "decided_on_day": "5",
    "decided_on_month": "1",
    "decided_on_year": "2026",
}


@pytest.fixture(autouse=True)
def _nobody_pressed_yet(db: None, settings: Any) -> None:
    cache.clear()
    settings.REQUIRE_ADMIN_MFA = False


@pytest.fixture
def link(cast: Cast) -> RespondentLink:
    return cast.link(cast.school)


@pytest.fixture
def own(cast: Cast) -> Assignment:
    return cast.assignment(body=cast.school)


@pytest.fixture
def post(run_tasks: Callable[[], Any], django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Posts, and does what waits for the commit and for the worker."""

    def send(client: Client, where: str, data: dict[str, Any] | None = None) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(where, data or {})
        run_tasks()
        return response

    return send


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


class TestAVisit:
    @pytest.mark.parametrize("ended", ["expired", "revoked", "renewed"])
    def test_it_ends_with_the_link_at_once(
        self, cast: Cast, link: RespondentLink, own: Assignment, ended: str
    ) -> None:
        client = inside(link)
        where = reverse("answer_item", args=[own.pk])
        assert client.get(where).status_code == 200
        if ended == "revoked":
            actions.revoke_link(by=cast.sam, link=link)
        if ended == "renewed":
            actions.renew_link(by=cast.sam, link=link)
        with later(days=100 if ended == "expired" else 0):
            assert client.get(where)["Location"] == reverse("answering")
            assert "Open your link" in text_of(client.get(reverse("answering")))
        assert events(link)[-1] == LinkEvent.REFUSED

    def test_leaving(self, link: RespondentLink, own: Assignment) -> None:
        client = inside(link)
        page = client.get(reverse("answering"))
        assert 'action="/answer/leave/"' in text_of(page)
        assert ">Leave</button>" in text_of(page)
        client.post(reverse("answer_leave"))
        assert client.get(reverse("answer_item", args=[own.pk])).status_code == 302
        assert client.get(reverse("answer_leave")).status_code == 405

    def test_one_comes_back_to_where_one_was(
        self, link: RespondentLink, own: Assignment, client: Client, post: Any
    ) -> None:
        where = reverse("answer_update", args=[own.pk])
        assert client.get(where)["Location"] == reverse("answering")
        post(client, door(link))
        assert post(client, reverse("answer_code"), {"code": code()})["Location"] == where

    def test_what_was_typed_is_kept_when_it_ended(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        client = inside(link)
        where = reverse("answer_update", args=[own.pk])
        ticket = re.search(r'name="ticket" value="([^"]+)"', text_of(client.get(where)))
        assert ticket
        client.post(reverse("answer_leave"))
        typed = {"progress": "All of it is painted.", "claim": "on_track", "ticket": ticket[1]}
        saved_itself = client.post(where, typed, headers={"X-Autosave": "1"})
        assert saved_itself.status_code == 401
        assert saved_itself.json()["sign_in"] == reverse("answering")
        assert client.post(where, typed)["Location"] == reverse("answering")
        assert not Update.objects.exists()
        words = text_of(inside(link, client).get(where))
        assert "Your words were kept" in words
        assert "All of it is painted." in words
        another = inside(cast.link(cast.school, "Paul Parent"), client)
        assert "All of it is painted." not in text_of(another.get(where))

    def test_a_token_of_an_earlier_sign_in_loses_nothing_and_does_nothing(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        strict = inside(link, Client(enforce_csrf_checks=True))
        where = reverse("answer_update", args=[own.pk])
        ticket = re.search(r'name="ticket" value="([^"]+)"', text_of(strict.get(where)))
        assert ticket
        typed = {"progress": "All of it is painted.", "claim": "on_track", "ticket": ticket[1]}
        ours = {"Origin": "http://testserver"}
        assert strict.post(where, typed).status_code == 403
        assert strict.post(where, typed, headers={"Origin": "https://elsewhere.example"}).status_code == 403
        assert strict.post(where, typed, headers=ours)["Location"] == where
        assert not Update.objects.exists()
        assert "All of it is painted." in text_of(strict.get(where))
        other = inside(cast.link(cast.school, "Paul Parent"), Client(enforce_csrf_checks=True))
        assert other.post(where, typed, headers=ours).status_code == 403
        nobody = Client(enforce_csrf_checks=True)
        nobody.force_login(cast.sam)  # an account is nobody on these pages
        assert nobody.post(where, typed, headers=ours)["Location"] == reverse("answering")
        assert "All of it is painted." in text_of(inside(link, nobody).get(where))

    def test_an_account_and_a_visit_never_mix(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        client = Client()
        client.force_login(cast.sam)
        inside(link, client)
        words = text_of(client.get(reverse("answering")))
        assert "Hanna Head" in words
        assert "Sam Scrutiny" not in words
        assert "Workspace" not in words
        words = text_of(client.get(reverse("workspace")))
        assert "Sam Scrutiny" in words
        assert "Hanna Head" not in words
        client.post(reverse("answer_response", args=[own.pk]), DECIDED | {"do": "record"})
        assert Response.objects.get().recorded_by == link.person
        client.post(reverse("account_logout"))
        assert "Open your link" in text_of(client.get(reverse("answering")))

    def test_exempt_text_of_others_is_not_shown_to_who_could_read_it_by_account(
        self, cast: Cast, link: RespondentLink, own: Assignment
    ) -> None:
        update = cast.sent_by_link(link, own, **EXEMPT)
        updates.publish_update(by=cast.sam, update=update)
        client = Client()
        client.force_login(cast.sam)
        words = text_of(inside(link, client).get(reverse("answer_item", args=[own.pk])))
        assert "A price is withheld." in words
        assert "The price was" not in words

    def test_an_internal_installation_lets_respondents_in(
        self, link: RespondentLink, own: Assignment, settings: Any
    ) -> None:
        settings.PUBLIC_SITE = False
        assert Client().get(door(link)).status_code == 200
        assert inside(link).get(reverse("answer_item", args=[own.pk])).status_code == 200
        assert inside(link).get(reverse("home")).status_code == 302


ARGUMENTS = {
    "answer_preview": "update", "answer_discard": "update", "answer_add_evidence": "update",
    "answer_evidence": "evidence", "answer_review": "review", "answer_review_check": "review",
}  # fmt: skip
OPEN_DOORS = {"answering", "answer_code", "answer_leave", "answer_link"}


@pytest.fixture
def things(cast: Cast) -> Things:
    return make_things(cast)


def address(name: str, arguments: list[str], about: dict[str, Any]) -> str:
    if not arguments:
        return reverse(name)
    if arguments == ["token"]:
        return reverse(name, kwargs={"token": token_of(about["link"])})
    return reverse(name, args=[about[ARGUMENTS.get(name, "item")].pk])


class TestEveryAddress:
    def about(self, cast: Cast, body: Any, link: RespondentLink) -> dict[str, Any]:
        """One of everything that an address under /answer/ is about, of a body with a link."""
        item = cast.assignment(body=body, heading=f"A crossing for {body.name}")
        person = acting(link)
        update = updates.start_update(by=person, assignment=item)
        update = updates.save_draft(by=person, update=update, claim="on_track", progress="Half is done.")
        piece = evidence.add_evidence(by=person, update=update, title="Plan", url="https://example.org/p")
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Review", due_on=dt.date(2026, 2, 2)
        )
        return {"link": link, "item": item, "update": update, "evidence": piece, "review": review}

    def test_there_are_some(self) -> None:
        assert len(BY_LINK) >= 15
        assert {route.name for route in BY_LINK} >= OPEN_DOORS | set(ARGUMENTS)

    def test_without_a_visit_nothing_opens_whoever_is_signed_in(
        self, cast: Cast, link: RespondentLink
    ) -> None:
        about = self.about(cast, cast.school, link)
        for user in (None, *cast.everybody.values()):
            client = Client()
            if user is not None:
                client.force_login(user)
            for route in BY_LINK:
                where = address(route.name, route.arguments, about)
                for method in ("get", "post"):
                    answer = ask(client, where, method)
                    assert b"Half is done" not in answer.body
                    assert "Hill School" not in answer.body.decode()
                    assert user is None or user.name not in answer.body.decode(), where
                    if route.name not in OPEN_DOORS:
                        assert answer.status_code == 302, where
                        assert answer["Location"] == reverse("answering"), where

    def test_with_a_visit_ones_own_opens(self, cast: Cast, link: RespondentLink) -> None:
        about = self.about(cast, cast.school, link)
        client = inside(link)
        leads_on = {"answer_code": 302, "answer_evidence": 302, "answer_leave": 405, "answer_link": 302}
        for route in BY_LINK:
            where = address(route.name, route.arguments, about)
            answer = ask(client, where)
            assert answer.status_code == leads_on.get(route.name, 200), where
            assert ask(client, where, "post").status_code < 500, where

    @pytest.mark.parametrize("other", ["body", "committee"])
    def test_what_is_not_its_own_does_not_exist(self, cast: Cast, link: RespondentLink, other: str) -> None:
        if other == "body":
            about = self.about(cast, cast.police, cast.link(cast.police, "Peter Police"))
        else:
            about = self.about(cast, cast.school, link)
            RespondentLink.objects.filter(pk=link.pk).update(committee=cast.other_committee)
        client = inside(link)
        for route in BY_LINK:
            if route.name in OPEN_DOORS:
                continue
            where = address(route.name, route.arguments, about)
            for method in ("get", "post"):
                assert ask(client, where, method).status_code in (404, 405), where

    def test_every_page_refuses_other_methods(self, cast: Cast, link: RespondentLink) -> None:
        about = self.about(cast, cast.school, link)
        client = inside(link)
        for route in BY_LINK:
            assert route.methods in (["GET"], ["POST"], ["GET", "POST"]), route.name
            where = address(route.name, route.arguments, about)
            for method in {"GET", "POST", "PUT", "DELETE"} - {*route.methods}:
                assert ask(client, where, method.lower()).status_code == 405, f"{method} {where}"

    def test_a_wrong_number_does_not_exist(self, link: RespondentLink) -> None:
        client = inside(link)
        for route in BY_LINK:
            if route.arguments == ["pk"]:
                where = reverse(route.name, args=[987_654_321])
                assert ask(client, where).status_code == 404, where

    def test_on_any_other_page_a_respondent_is_the_public(self, cast: Cast, things: Things) -> None:
        nobody, visiting = (
            Client(raise_request_exception=False),
            inside(things.link, Client(raise_request_exception=False)),
        )
        for route in OURS:
            where = reverse(route.name, kwargs=things.arguments(route.name, route.arguments)[0])
            for method in ("get", "post"):
                one, other = ask(nobody, where, method), ask(visiting, where, method)
                assert one.status_code == other.status_code, where
                assert b"Hanna Head" not in other.body, where

    def test_every_answer_keeps_out_of_caches_and_indexes(self, cast: Cast, link: RespondentLink) -> None:
        about = self.about(cast, cast.school, link)
        client = inside(link)
        for route in BY_LINK:
            if route.name == "answer_evidence":
                continue
            answer = ask(client, address(route.name, route.arguments, about))
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]


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
        assert answer["Location"] == reverse("answer_review_check", args=[review.pk])
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


class TestTakingIn:
    def test_it_waits_in_the_workspace_and_is_published(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        update = cast.sent_by_link(link, own)
        client.force_login(cast.sam)
        where = reverse("take_in", args=[update.pk])
        assert where in text_of(client.get(reverse("workspace")))
        words = text_of(client.get(where))
        assert "Hanna Head" in words
        assert "by personal link" in words
        assert "has no approver" in words
        answer = client.post(where, {"do": "publish", "version": update.version})
        assert answer["Location"] == reverse("workspace")
        update.refresh_from_db()
        assert (update.state, update.published_by) == (UpdateState.PUBLISHED, cast.sam)
        words = text_of(client.get(reverse("workspace")))
        assert "Came by personal link" not in words
        record = client.get(reverse("recommendation", args=[own.recommendation_id]))
        assert "The crossing is painted." in text_of(record)
        assert "Hanna Head" not in text_of(record)
        assert "This update is published" in text_of(client.get(where))

    def test_returned_with_a_reason(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        update = cast.sent_by_link(link, own)
        client.force_login(cast.sam)
        where = reverse("take_in", args=[update.pk])
        data = {"do": "return", "version": update.version}
        assert "Enter what has to change" in text_of(client.post(where, data))
        assert client.post(where, data | {"reason": "Say how many."}).status_code == 302
        assert client.get(where).status_code == 404
        assert "Say how many." in text_of(inside(link).get(reverse("answer_item", args=[own.pk])))

    def test_many_on_one_page(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        other = cast.assignment(body=cast.school, heading="A second crossing")
        sent = [cast.sent_by_link(link, part) for part in (own, other)]
        theirs = cast.submitted(cast.assignment(heading="A crossing of the Cabinet"))
        client.force_login(cast.sam)
        where = reverse("take_in_many")
        assert where in text_of(client.get(reverse("workspace")))
        page = client.get(where)
        assert "by personal link" in text_of(page)
        keys = [key for key, _, _ in page.context["rows"]]
        assert keys == [f"{update.pk}-{update.version}" for update in sent]
        forged = f"{theirs.pk}-{theirs.version}"
        assert client.post(where, {"updates": [*keys, forged]}).status_code == 200
        answer = client.post(where, {"updates": keys}, follow=True)
        assert "2 updates are published" in text_of(answer)
        theirs.refresh_from_db()
        assert theirs.state == "submitted"
        client.force_login(cast.oscar)
        assert "Nothing can be published here" in text_of(client.get(where))
        client.force_login(cast.ada)
        assert client.get(where).status_code == 403

    def test_two_officers_at_once(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        update = cast.sent_by_link(link, own)
        client.force_login(cast.sam)
        where = reverse("take_in", args=[update.pk])
        updates.return_update(by=cast.sam, update=update, reason="Say how many.")
        assert client.post(where, {"do": "publish", "version": update.version}).status_code == 404

    def test_evidence_that_came_with_it_can_be_opened(
        self, cast: Cast, link: RespondentLink, own: Assignment, client: Client
    ) -> None:
        person = acting(link)
        update = updates.start_update(by=person, assignment=own)
        update = updates.save_draft(by=person, update=update, claim="on_track", progress="Half.")
        piece = evidence.add_evidence(by=person, update=update, title="Plan", url="https://example.org/p")
        where = reverse("evidence_file", args=[piece.pk])
        client.force_login(cast.sam)
        assert client.get(where).status_code == 404
        updates.submit_update(by=person, update=Update.objects.get(pk=update.pk))
        assert client.get(where)["Location"] == "https://example.org/p"


class TestLookingAfterLinks:
    def test_issued_from_the_page_of_the_body(self, cast: Cast, client: Client, post: Any) -> None:
        cast.assignment(body=cast.school)
        client.force_login(cast.sam)
        where = reverse("body_links", args=[cast.school.pk])
        assert where in text_of(client.get(reverse("edit_body", args=[cast.school.pk])))
        assert "No link was issued for this body yet." in text_of(client.get(where))
        data = {
            "name": "Hanna Head", "email": "hanna@example.org",
            "until_day": "1", "until_month": "3", "until_year": "2026",
        }  # fmt: skip
        answer = post(client, where, data)
        link = RespondentLink.objects.get()
        assert answer["Location"] == reverse("personal_link", args=[link.pk])
        assert [message.to for message in mail.outbox] == [["hanna@example.org"]]
        words = text_of(client.get(answer["Location"]))
        for said in ("on its way to hanna@example.org", "1 March 2026", "Never let in yet", token_of(link)):
            assert said in words
        assert "Hanna Head" in text_of(client.get(where))
        assert "Hanna Head" in text_of(client.get(reverse("links")))
        assert "1 valid personal link" in text_of(client.get(reverse("edit_body", args=[cast.school.pk])))

    def test_mistakes_are_told_beside_their_boxes(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sam)
        where = reverse("body_links", args=[cast.school.pk])
        words = text_of(client.post(where, {}))
        for said in ("Enter the person’s full name", "Enter the person’s e-mail address"):
            assert said in words
        data = {
            "name": "X", "email": "olive.officer@example.org",
            "until_day": "1", "until_month": "3", "until_year": "2026",
        }  # fmt: skip
        assert "has an account with this address" in text_of(client.post(where, data))

    def test_the_committee_is_asked_for_where_there_are_several(self, cast: Cast, client: Client) -> None:
        Membership.objects.create(user=cast.sam, body=cast.other_committee, role=Role.SCRUTINY_OFFICER)
        client.force_login(cast.sam)
        where = reverse("body_links", args=[cast.school.pk])
        data = {
            "name": "X", "email": "x@example.org",
            "until_day": "1", "until_month": "3", "until_year": "2026",
        }  # fmt: skip
        assert "Select the committee" in text_of(client.post(where, data))
        client.post(where, data | {"committee": str(cast.other_committee.pk)})
        assert RespondentLink.objects.get().committee == cast.other_committee

    def test_renewed_and_revoked(self, cast: Cast, link: RespondentLink, client: Client, post: Any) -> None:
        client.force_login(cast.sam)
        where = reverse("personal_link", args=[link.pk])
        assert "A year from today" in text_of(client.get(where))
        post(client, where, {"until_day": "1", "until_month": "4", "until_year": "2026"})
        link.refresh_from_db()
        assert link.generation == 2
        revoke = reverse("revoke_link", args=[link.pk])
        assert "Revoke the link of Hanna Head?" in text_of(client.get(revoke))
        post(client, revoke)
        words = text_of(client.get(where))
        assert "Revoked" in words
        assert token_of(link) not in words
        assert client.post(revoke).status_code == 200

    def test_administrators_list_and_revoke_and_see_no_address(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        client.force_login(cast.admin)
        assert "Hanna Head" in text_of(client.get(reverse("all_links")))
        assert "No link matches" in text_of(client.get(f"{reverse('all_links')}?state=revoked"))
        words = text_of(client.get(reverse("personal_link", args=[link.pk])))
        assert token_of(link) not in words
        assert "Send a new link" not in words
        assert client.get(reverse("body_links", args=[cast.school.pk])).status_code == 403
        client.post(reverse("revoke_link", args=[link.pk]))
        assert "Hanna Head" in text_of(client.get(f"{reverse('all_links')}?state=revoked&q=hill"))

    def test_the_scrutiny_officer_of_another_committee_sees_nothing(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        client.force_login(cast.oscar)
        assert "No personal link was issued yet" in text_of(client.get(reverse("links")))
        for name in ("personal_link", "revoke_link"):
            assert client.get(reverse(name, args=[link.pk])).status_code == 404

    def test_the_same_queries_for_one_and_for_twenty(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sam)

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("links")).status_code == 200
            return len(queries)

        cast.link(cast.school)
        one = count()
        for number in range(19):
            cast.link(cast.school, f"Person {number}")
        assert count() == one


class TestNoWayToSignIn:
    """Every way by which people with accounts come in."""

    def test_not_by_password_nor_by_a_new_one(self, link: RespondentLink, client: Client, post: Any) -> None:
        person = link.person
        for password in ("", "!", person.password):
            answer = client.post(reverse("account_login"), {"login": person.email, "password": password})
            assert answer.status_code == 200
        sent = len(mail.outbox)
        post(client, reverse("account_reset_password"), {"email": person.email})
        assert len(mail.outbox) == sent

    def test_not_by_a_link_to_set_a_password(self, link: RespondentLink, client: Client) -> None:
        where = re.sub(r"^https?://[^/]+", "", set_password_link(link.person))
        form = client.get(where, follow=True)
        if form.redirect_chain:
            where = form.redirect_chain[-1][0]
        new = {"password1": "correct horse battery staple", "password2": "correct horse battery staple"}
        answer = client.post(where, new)
        assert answer.status_code == 403
        assert not User.objects.get(pk=link.person_id).has_usable_password()
        assert "_auth_user_id" not in client.session

    def test_not_by_the_councils_own_sign_in(
        self, link: RespondentLink, client: Client, council_sign_in: None
    ) -> None:
        answer, user = answer_of(client, email=link.person.email, verified=True)
        assert user is None
        assert "You have no account here" in answer.content.decode()

    def test_not_by_a_passkey_nor_any_other_way(self, link: RespondentLink, rf: Any, client: Client) -> None:
        """Every sign-in of allauth asks this first."""
        request = rf.get("/")
        request.session = client.session
        how: dict[str, Any] = {"email_verification": "none", "signal_kwargs": {}, "email": None}
        answer = AccountAdapter(request).pre_login(
            request, link.person, signup=False, redirect_url=None, **how
        )
        assert answer is not None
        assert answer["Location"] == reverse("account_inactive")

    def test_not_by_a_session_that_names_them(self, link: RespondentLink, client: Client) -> None:
        client.force_login(link.person)
        assert client.get(reverse("account")).status_code == 302

    def test_administrators_do_not_meet_them_among_people(
        self, cast: Cast, link: RespondentLink, client: Client
    ) -> None:
        client.force_login(cast.admin)
        assert "Hanna Head" not in text_of(client.get(reverse("people")))
        for name in (
            "person", "edit_person", "grant_role", "deactivate_person", "reactivate_person",
            "send_password_link", "remove_second_step",
        ):  # fmt: skip
            where = reverse(name, args=[link.person_id])
            assert client.get(where).status_code in (404, 405), where
            assert client.post(where).status_code in (404, 405), where
        data = {
            "name": "Hanna Head", "email": link.person.email, "role": "approver", "body": str(cast.school.pk),
        }  # fmt: skip
        assert "Revoke that link first" in text_of(client.post(reverse("new_person"), data))
        client.force_login(cast.sam)
        assert "Hanna Head" not in text_of(client.get(reverse("new_post", args=[cast.school.pk])))


def test_the_day_is_not_the_real_one(link: RespondentLink) -> None:
    """The limits above read the frozen clock."""
    with at(dt.date(2026, 1, 13)), transaction.atomic():
        actions.note_use(by=link.person, link=link, event=LinkEvent.READ)
    assert LinkUse.objects.get(event=LinkEvent.READ).at.date() == dt.date(2026, 1, 13)
