"""Words of a form outlive the sign-in of who typed them, and nothing is done with them meanwhile."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import time
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import form_recovery
from recommendations.actions import inquiries, packs, reviews, target_dates
from recommendations.models import Assessment, Finding, Response
from tests.clients import boxes, signed_in, text_of
from tests.factories import TODAY, Cast, fresh

pytestmark = pytest.mark.django_db
TYPED = "Two hours of work, not to be lost"


def ticket_of(page: Any) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', text_of(page))
    assert found, "the form carries no ticket"
    return unescape(found[1])


@pytest.fixture
def forms(cast: Cast) -> dict[str, tuple[Any, str, str]]:
    """For each form: whose it is, its address, and the box that takes long."""
    part = cast.assignment()
    inquiry = part.recommendation.inquiry
    private = cast.inquiry(title="Still private")
    finding = inquiries.add_finding(by=cast.sam, inquiry=private, number="1", text="F")
    meeting = cast.meeting(TODAY)
    pack = packs.compose_pack(by=cast.carla, meeting=meeting, selection=[], title="T")
    review = reviews.open_review(by=cast.sam, committee=cast.committee, title="R", due_on=dt.date(2026, 2, 2))
    change = target_dates.request_new_date(
        by=cast.olive, assignment=part, new_date=dt.date(2026, 6, 30), reason="Later"
    )
    recommendation = part.recommendation_id
    return {
        "new_inquiry": (cast.sam, reverse("new_inquiry"), "summary"),
        "edit_inquiry": (cast.sam, reverse("edit_inquiry", args=[private.pk]), "summary"),
        "new_finding": (cast.sam, reverse("new_finding", args=[inquiry.pk]), "text"),
        "edit_finding": (cast.sam, reverse("edit_finding", args=[finding.pk]), "text"),
        "new_recommendation": (cast.sam, reverse("new_recommendation", args=[inquiry.pk]), "text"),
        "correct": (cast.sam, reverse("correct", args=["notice", part.pk]), "why"),
        "edit_recommendation": (cast.sam, reverse("edit_recommendation", args=[recommendation]), "text"),
        "address": (cast.sam, reverse("address", args=[recommendation]), "form-0-deliverer"),
        "record_response": (cast.sam, f"{reverse('record_response')}?assignment={part.pk}", "text"),
        "new_review": (cast.sam, f"{reverse('new_review')}?inquiry={inquiry.pk}", "title"),
        "move_due_date": (cast.sam, reverse("move_due_date", args=[review.pk]), "reason"),
        "decide_date": (cast.sam, reverse("decide_date", args=[change.pk]), "note"),
        "new_body": (cast.sam, f"{reverse('new_body')}?kind=school", "about"),
        "edit_body": (cast.sam, reverse("edit_body", args=[cast.cabinet.pk]), "about"),
        "compose_pack": (cast.carla, reverse("compose_pack", args=[meeting.pk]), "reasons"),
        "edit_pack": (cast.carla, reverse("edit_pack", args=[pack.pk]), "reasons"),
        "edit_meeting": (cast.carla, reverse("edit_meeting", args=[meeting.pk]), "place"),
        "assess": (cast.carla, reverse("assess", args=[recommendation]), "comment"),
    }


NAMES = (
    "new_inquiry", "edit_inquiry", "new_finding", "edit_finding", "new_recommendation", "edit_recommendation",
    "address", "correct", "record_response", "new_review", "move_due_date", "decide_date", "new_body", "edit_body", "assess",
    "compose_pack", "edit_pack", "edit_meeting",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
class TestEachForm:
    def test_what_was_typed_waits_behind_the_sign_in(self, forms: Any, name: str) -> None:
        who, address, box = forms[name]
        assert set(forms) == set(NAMES)
        browser = Client()
        answer = browser.post(address, {box: TYPED, "ticket": ticket_of(signed_in(who).get(address))})
        assert reverse("account_login") in answer["Location"]
        assert TYPED not in str(dict(browser.session))
        browser.force_login(fresh(who))
        page = text_of(browser.get(address))
        assert "Your words were kept" in page
        assert TYPED in page

    def test_somebody_else_does_not_meet_it(self, cast: Cast, forms: Any, name: str) -> None:
        who, address, box = forms[name]
        browser = Client()
        browser.post(address, {box: TYPED, "ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(cast.oscar))
        assert TYPED not in text_of(browser.get(address))

    def test_another_site_can_not_post(self, forms: Any, name: str) -> None:
        who, address, box = forms[name]
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(who)
        assert browser.post(address, {box: TYPED}).status_code == 403


class TestAResponse:
    def test_words_for_one_body_are_not_offered_for_another(self, cast: Cast, forms: Any) -> None:
        who, address, box = forms["record_response"]
        other = cast.assignment(body=cast.police)
        browser = Client()
        browser.post(address, {box: TYPED, "ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(who))
        elsewhere = f"{reverse('record_response')}?assignment={other.pk}"
        assert TYPED not in text_of(browser.get(elsewhere))
        assert TYPED in text_of(browser.get(address))

    def test_nothing_is_recorded_until_it_is_sent_again(self, forms: Any) -> None:
        who, address, _ = forms["record_response"]
        sent = {"decision": "accepted", "text": TYPED, **boxes("decided_on", dt.date(2025, 10, 6))}
        browser = Client()
        browser.post(address, sent | {"ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(who))
        page = browser.get(address)
        assert not Response.objects.exists()
        assert browser.post(address, sent | {"ticket": ticket_of(page)}).status_code == 302
        assert Response.objects.get().text == TYPED
        assert "Your words were kept" not in text_of(browser.get(address))


def test_a_kept_view_and_a_kept_finding_change_nothing_by_being_read(cast: Cast, forms: Any) -> None:
    for name in ("assess", "new_finding"):
        who, address, box = forms[name]
        browser = Client()
        sent = {box: TYPED, "grade": "concerns", "outcome": "keep", "number": "2"}
        browser.post(address, sent | {"ticket": ticket_of(signed_in(who).get(address))})
        browser.force_login(fresh(who))
        assert TYPED in text_of(browser.get(address))
    assert not Assessment.objects.exists()
    assert Finding.objects.count() == 1


OURS, OTHERS = "http://testserver", "https://elsewhere.example"


class TestTheCsrfCheck:
    """Django's own check stands; only what its browser calls ours, with a ticket, is kept after failing it."""

    @pytest.fixture
    def form(self, forms: Any) -> Any:
        return forms["new_finding"]

    def sent(self, form: Any, *, ticket: str | None = None) -> dict[str, str]:
        who, address, box = form
        return {box: TYPED, "ticket": ticket or ticket_of(signed_in(who).get(address))}

    def strict(self, who: Any = None) -> Client:
        browser = Client(enforce_csrf_checks=True)
        if who is not None:
            browser.force_login(fresh(who))
        return browser

    def test_a_sign_in_that_ended_passes_it_and_nothing_is_done(self, form: Any) -> None:
        who, address, _ = form
        browser = self.strict(who)
        page = browser.get(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text_of(page))
        assert token
        del browser.cookies["session"]
        sent = self.sent(form, ticket=ticket_of(page)) | {"csrfmiddlewaretoken": token[1]}
        assert reverse("account_login") in browser.post(address, sent)["Location"]
        assert Finding.objects.count() == 1
        browser.force_login(fresh(who))
        assert TYPED in text_of(browser.get(address))

    @pytest.mark.parametrize("headers", [{"Origin": OURS}, {"Referer": f"{OURS}/workspace/"}])
    def test_a_token_of_another_tab_returns_to_the_form(self, form: Any, headers: dict[str, str]) -> None:
        who, address, _ = form
        browser = self.strict(who)
        assert browser.post(address, self.sent(form), headers=headers)["Location"] == address
        assert Finding.objects.count() == 1
        assert TYPED in text_of(browser.get(address))

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": OTHERS},
            {"Origin": "null"},
            {"Origin": "http://[broken"},
            {"Origin": f"{OURS}.example"},
            {"Referer": f"{OTHERS}/{OURS}"},
            {"Origin": OTHERS, "Referer": OURS},
        ],
    )
    def test_another_site_gets_the_refusal_and_keeps_nothing(
        self, form: Any, headers: dict[str, str]
    ) -> None:
        who, address, _ = form
        for browser in (self.strict(who), self.strict()):
            answer = browser.post(address, self.sent(form), headers=headers)
            assert answer.status_code == 403
            assert "The page was open for too long" in text_of(answer)
            assert form_recovery.SESSION_KEY not in browser.session

    def test_a_ticket_is_good_for_its_person_and_form_alone(self, cast: Cast, forms: Any, form: Any) -> None:
        who, address, _ = form
        other = ticket_of(signed_in(who).get(forms["new_inquiry"][1]))
        for browser, ticket in (
            (self.strict(cast.carla), None),
            (self.strict(who), other),
            (self.strict(who), "forged"),
        ):
            answer = browser.post(address, self.sent(form, ticket=ticket), headers={"Origin": OURS})
            assert answer.status_code == 403
            assert form_recovery.SESSION_KEY not in browser.session

    def test_pages_without_a_sign_in_of_their_own_are_refused_as_ever(self, cast: Cast) -> None:
        answer = self.strict().post(reverse("account_login"), {"login": "x"}, headers={"Origin": OURS})
        assert answer.status_code == 403

    def test_a_script_is_told_in_json(self, form: Any) -> None:
        who, address, _ = form
        headers = {"Origin": OURS, "X-Autosave": "1"}
        browser = self.strict(who)
        answer = browser.post(address, self.sent(form), headers=headers)
        assert (answer.status_code, answer.json()["signed_out"]) == (401, False)
        assert TYPED in text_of(browser.get(address))


class TestWhatIsKept:
    @pytest.fixture
    def form(self, forms: Any) -> Any:
        return forms["new_finding"]

    def send(self, form: Any, browser: Client, typed: str = TYPED) -> Any:
        who, address, box = form
        return browser.post(address, {box: typed, "ticket": ticket_of(signed_in(who).get(address))})

    def test_it_ends_after_a_day(self, form: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        browser = Client()
        self.send(form, browser)
        browser.force_login(fresh(form[0]))
        now = time.time()
        monkeypatch.setattr("cryptography.fernet.time.time", lambda: now + 24 * 3600 + 1)
        assert TYPED not in text_of(browser.get(form[1]))

    def test_it_is_nothing_without_the_browsers_key(self, form: Any) -> None:
        browser = Client()
        self.send(form, browser)
        browser.force_login(fresh(form[0]))
        browser.cookies[form_recovery.COOKIE] = "another"
        assert TYPED not in text_of(browser.get(form[1]))

    def test_it_ends_at_signing_out(self, form: Any) -> None:
        browser = Client()
        self.send(form, browser)
        browser.force_login(fresh(form[0]))
        browser.post(reverse("account_logout"))
        browser.force_login(fresh(form[0]))
        assert TYPED not in text_of(browser.get(form[1]))

    def test_a_long_text_is_kept_whole(self, form: Any) -> None:
        browser = Client()
        long = "The bridge, the crossing and the school. " * 20_000
        self.send(form, browser, long)
        browser.force_login(fresh(form[0]))
        assert long.strip() in text_of(browser.get(form[1]))

    def test_what_is_too_long_is_not_dropped_in_silence(self, form: Any) -> None:
        browser = Client()
        self.send(form, browser)
        answer = self.send(form, browser, secrets.token_hex(600_000))
        assert answer.status_code == 403
        assert "copy it if it is long" in text_of(answer)
        browser.force_login(fresh(form[0]))
        assert TYPED in text_of(browser.get(form[1]))

    def test_the_oldest_give_way(self, cast: Cast, monkeypatch: pytest.MonkeyPatch, forms: Any) -> None:
        monkeypatch.setattr(form_recovery, "MAX_FORMS", 2)
        browser = Client()
        mine = [forms[name] for name in ("new_inquiry", "new_finding", "new_body")]
        for form in mine:
            self.send(form, browser)
        browser.force_login(fresh(cast.sam))
        assert [TYPED in text_of(browser.get(address)) for _, address, _ in mine] == [False, True, True]

    def test_all_together_stay_within_their_room(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, forms: Any
    ) -> None:
        monkeypatch.setattr(form_recovery, "MAX_STORED", 1_000)
        browser = Client()
        for name in ("new_inquiry", "new_finding", "new_body"):
            self.send(forms[name], browser, TYPED + secrets.token_hex(100))
        kept = browser.session[form_recovery.SESSION_KEY]
        assert 0 < len(kept) < 3
        assert sum(len(words) for _, words in kept.values()) <= 1_000


@pytest.mark.usefixtures("clock")
class TestAViewAtAMeeting:
    """The words of each view are kept while they are typed, and are in its form again until it is recorded."""

    @pytest.fixture
    def target(self, cast: Cast) -> str:
        """The name of the form about one recommendation on the meeting's list."""
        return f"r{cast.assignment().recommendation_id}"

    @pytest.fixture
    def where(self, cast: Cast, target: str) -> str:
        return reverse("assess_meeting", args=[cast.meeting(TODAY).pk])

    @pytest.fixture
    def carla(self, cast: Cast) -> Client:
        return signed_in(cast.carla)

    def sent(self, page: Any, target: str, **more: str) -> dict[str, str]:
        ticket = re.search(
            rf'name="ticket" value="([^"]+)"(?=(?:(?!</form>).)*"{target}")', text_of(page), re.DOTALL
        )
        assert ticket, "the form carries no ticket"
        words = {"grade": "concerns", "comment": TYPED, "seen": "0"}
        named = {f"{target}-{name}": value for name, value in words.items()}
        about = {"recommendation": target[1:], "target": target, "ticket": unescape(ticket[1])}
        return named | about | more

    def keep(self, browser: Client, where: str, target: str, **more: str) -> Any:
        sent = self.sent(browser.get(where), target, form_recovery="keep", **more)
        return browser.post(where, sent, headers={"X-Autosave": "1"})

    def test_it_is_kept_and_nothing_is_recorded(self, carla: Client, where: str, target: str) -> None:
        assert self.keep(carla, where, target).status_code == 204
        assert not Assessment.objects.exists()
        assert TYPED not in str(dict(carla.session))
        for page in (carla.get(where), carla.get(f"{where}?show=to-do")):
            words = text_of(page)
            assert TYPED in words
            assert "It is not recorded yet." in words
            assert re.search(r'value="concerns"[^>]* checked', words)
            assert "There is a problem" not in words

    def test_it_is_thrown_away_by_a_button(self, carla: Client, where: str, target: str) -> None:
        self.keep(carla, where, target)
        sent = self.sent(carla.get(where), target, form_recovery="forget")
        assert carla.post(where, sent)["Location"] == where
        assert TYPED not in text_of(carla.get(where))
        assert not Assessment.objects.exists()

    def test_it_is_gone_once_recorded(self, carla: Client, where: str, target: str) -> None:
        self.keep(carla, where, target)
        sent = self.sent(carla.get(where), target, **{f"{target}-outcome": "keep"})
        assert carla.post(where, sent).status_code == 302
        assert Assessment.objects.get().comment == TYPED
        assert "It is not recorded yet." not in text_of(carla.get(where))

    def test_a_mistake_in_another_form_does_not_hide_it(
        self, cast: Cast, carla: Client, where: str, target: str
    ) -> None:
        other = f"r{cast.assignment().recommendation_id}"
        self.keep(carla, where, target)
        page = carla.post(where, self.sent(carla.get(where), other, **{f"{other}-comment": "Half"}))
        assert page.status_code == 200
        assert TYPED in text_of(page)

    def test_it_knows_which_view_its_author_had_seen(
        self, cast: Cast, carla: Client, where: str, target: str
    ) -> None:
        self.keep(carla, where, target)
        other = signed_in(cast.sam)
        outcome = {f"{target}-outcome": "keep", f"{target}-comment": "Hers"}
        assert other.post(where, self.sent(other.get(where), target, **outcome)).status_code == 302
        page = carla.get(where)
        assert f'name="{target}-seen" value="0"' in " ".join(text_of(page).split())
        page = carla.post(where, self.sent(page, target, **{f"{target}-outcome": "keep"}))
        assert "has recorded a view meanwhile" in text_of(page)

    def test_nobody_else_keeps_or_meets_it(self, cast: Cast, carla: Client, where: str, target: str) -> None:
        sent = self.sent(carla.get(where), target, form_recovery="keep")
        other = signed_in(cast.sam)
        assert other.post(where, sent).status_code == 422
        assert TYPED not in text_of(other.get(where))
        carla.post(where, sent)
        carla.force_login(fresh(cast.sam))
        assert TYPED not in text_of(carla.get(where))

    def test_a_sign_in_that_ended_keeps_it_too(
        self, cast: Cast, carla: Client, where: str, target: str
    ) -> None:
        sent = self.sent(carla.get(where), target)
        browser = Client()
        answer = browser.post(where, sent | {"form_recovery": "keep"}, headers={"X-Autosave": "1"})
        assert answer.status_code == 401
        assert reverse("account_login") in answer.json()["sign_in"]
        assert reverse("account_login") in browser.post(where, sent)["Location"]
        browser.force_login(fresh(cast.carla))
        words = text_of(browser.get(where))
        assert "Your words were kept" in words
        assert TYPED in words
