"""Issuing, renewing and revoking personal links; codes; what a respondent may and may not do."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings

from committee import clock
from recommendations.actions import evidence, people, responses, updates
from recommendations.actions import respondent_links as actions
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import LinkEvent, LinkState, Role, UpdateState
from recommendations.models import Assignment, LinkUse, RespondentLink, Update
from recommendations.models.acting import acting_by, acting_link
from recommendations.permissions import BY_LINK, Right, may, sees_exempt
from recommendations.queries.respondent_links import link_address, link_of, read_token, token_of
from tests.factories import LONDON, NOON, Cast, acting, fresh, nobody_acts

HERE, ELSEWHERE = "this browser", "another browser"
EXEMPT: dict[str, Any] = {
    "exempt_text": "The contractor is paid £1.",
    "exempt_paragraphs": [3],
    "public_summary": "A price is withheld.",
}


def events(link: RespondentLink) -> list[str]:
    """What happened with the link, in order."""
    return list(LinkUse.objects.filter(link=link).order_by("id").values_list("event", flat=True))


def later(**span: float) -> Any:
    return clock.frozen(NOON + dt.timedelta(**span))


@pytest.fixture
def link(cast: Cast) -> RespondentLink:
    return cast.link(cast.school)


@pytest.fixture
def mailed(run_tasks: Callable[[], Any], django_capture_on_commit_callbacks: Any) -> Callable[..., str]:
    """Asks for a code as the page does; gives the code in the message, or what was said instead."""

    def ask(link: RespondentLink, browser: str = HERE) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            trouble = actions.ask_for_code(by=link.person, link=link, browser=browser)
        if trouble:
            return trouble
        run_tasks()
        found = re.search(r"^(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
        assert found
        return found[1]

    return ask


def enter(link: RespondentLink, code: str, browser: str = HERE) -> str:
    return actions.enter_code(by=link.person, link=link, code=code, browser=browser)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


class TestTokens:
    def test_it_names_the_link_and_its_round(self, link: RespondentLink) -> None:
        assert read_token(token_of(link)) == (link.pk, 1)
        assert link_of(token_of(link)) == link
        assert link_address(link).startswith("http://127.0.0.1:8000/answer/")

    @pytest.mark.parametrize("wrong", ["", "x", "WzEsMV0", "WzEsMV0.", "WzEsMV0.AAAA", "é.ß", "a.b.c"])
    def test_others_name_nothing(self, link: RespondentLink, wrong: str) -> None:
        assert read_token(wrong) is None
        assert link_of(wrong) is None

    def test_a_changed_one_names_nothing(self, cast: Cast, link: RespondentLink) -> None:
        other = cast.link(cast.police, "Peter Police")
        body, _, signature = token_of(link).partition(".")
        assert link_of(f"{token_of(other).partition('.')[0]}.{signature}") is None
        assert link_of(f"{body}.{signature[:-1]}") is None

    def test_one_signed_for_something_else_names_nothing(self, link: RespondentLink) -> None:
        from django.core import signing

        assert link_of(signing.Signer(salt="other", sep=".").sign_object([link.pk, 1])) is None

    def test_the_secret_key_may_change(self, link: RespondentLink, settings: Any) -> None:
        token, old = token_of(link), settings.SECRET_KEY
        with override_settings(SECRET_KEY="a new one", SECRET_KEY_FALLBACKS=[old]):
            assert link_of(token) == link
        with override_settings(SECRET_KEY="a new one", SECRET_KEY_FALLBACKS=[]):
            assert link_of(token) is None

    def test_a_new_round_ends_it(self, cast: Cast, link: RespondentLink) -> None:
        token = token_of(link)
        actions.renew_link(by=cast.sam, link=link)
        assert link_of(token) is None


class TestIssuing:
    def test_a_person_who_cannot_sign_in(self, cast: Cast, link: RespondentLink) -> None:
        person = link.person
        assert (person.name, person.email) == ("Hanna Head", "hanna.head@example.org")
        assert person.is_respondent
        assert not person.has_usable_password()
        assert (link.body, link.committee, link.issued_by) == (cast.school, cast.committee, cast.sam)
        assert link.expires_at == dt.datetime(2026, 4, 12, 23, 59, tzinfo=LONDON)
        assert events(link) == [LinkEvent.ISSUED]

    def test_the_link_goes_to_them(
        self, cast: Cast, run_tasks: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        cast.assignment(body=cast.school)
        with django_capture_on_commit_callbacks(execute=True):
            link = cast.link(cast.school)
        assert mail.outbox == []
        (task,) = run_tasks()
        assert token_of(link) not in str(task.args_kwargs)
        (message,) = mail.outbox
        assert message.to == ["hanna.head@example.org"]
        assert link_address(link) in message.body
        assert "1 recommendation is addressed to Hill School" in message.body
        assert "until 12 April 2026" in message.body
        assert link_address(link) in message.alternatives[0].content  # type: ignore[attr-defined]

    def test_nobody_else_may(self, cast: Cast) -> None:
        for other in (cast.oscar, cast.carla, cast.colin, cast.ada, cast.admin, cast.nobody):
            with pytest.raises(PermissionDenied):
                actions.issue_link(
                    by=other, committee=cast.committee, body=cast.school, name="A", email="a@b.example"
                )

    def test_an_address_that_has_an_account(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="Olive Officer has an account with this address") as refused:
            cast.link(cast.school, email="OLIVE.officer@example.org")
        assert refused.value.field == "email"

    @pytest.mark.parametrize(
        ("details", "message", "field"),
        [
            ({"name": " "}, "Enter the person’s full name", "name"),
            ({"email": "nobody"}, "correct format, like name@example", "email"),
            ({"until": dt.date(2026, 1, 11)}, "Enter a day that is still to come", "until"),
            ({"until": dt.date(2027, 1, 13)}, "Enter a day within a year from today", "until"),
        ],
    )
    def test_what_is_wrong_is_told(
        self, cast: Cast, details: dict[str, Any], message: str, field: str
    ) -> None:
        name = details.pop("name", "Hanna Head")
        with pytest.raises(ActionDenied, match=message) as refused:
            cast.link(cast.school, name, **({"email": "h@example.org"} | details))
        assert refused.value.field == field

    def test_until_this_very_day(self, cast: Cast) -> None:
        link = cast.link(cast.school, until=dt.date(2026, 1, 12))
        assert link.is_valid
        with later(hours=12):
            assert link.state == LinkState.EXPIRED

    def test_a_body_that_was_abolished(self, cast: Cast) -> None:
        type(cast.school).objects.filter(pk=cast.school.pk).update(abolished_on=dt.date(2026, 1, 1))
        with pytest.raises(ActionDenied, match="was abolished"):
            cast.link(fresh_body(cast))

    def test_a_second_one_is_a_new_round_of_the_first(self, cast: Cast, link: RespondentLink) -> None:
        again = cast.link(cast.school, "Hanna Headmistress", email="hanna.head@example.org")
        assert (again.pk, again.generation) == (link.pk, 2)
        assert again.person.name == "Hanna Headmistress"
        assert events(link) == [LinkEvent.ISSUED, LinkEvent.RENEWED]

    def test_one_person_may_answer_for_two_bodies(self, cast: Cast, link: RespondentLink) -> None:
        other = cast.link(cast.police, email="hanna.head@example.org")
        assert other.person == link.person
        assert other.pk != link.pk


def fresh_body(cast: Cast) -> Any:
    return type(cast.school).objects.get(pk=cast.school.pk)


class TestRenewingAndRevoking:
    def test_renewing_ends_the_code_too(self, cast: Cast, link: RespondentLink, mailed: Any) -> None:
        code = mailed(link)
        renewed = actions.renew_link(by=cast.sam, link=link, until=dt.date(2026, 2, 1))
        assert renewed.generation == 2
        assert renewed.code_hash == ""
        assert "latest message" in enter(renewed, code)

    def test_an_expired_link_can_be_renewed(self, cast: Cast, link: RespondentLink) -> None:
        with later(days=100):
            assert not link.is_valid
            assert actions.renew_link(by=cast.sam, link=link).is_valid

    def test_a_revoked_one_can_not(self, cast: Cast, link: RespondentLink) -> None:
        link = actions.revoke_link(by=cast.sam, link=link)
        assert (link.state, link.revoked_by) == (LinkState.REVOKED, cast.sam)
        with pytest.raises(ActionDenied, match="was revoked"):
            actions.renew_link(by=cast.sam, link=link)
        with pytest.raises(ActionDenied, match="already revoked"):
            actions.revoke_link(by=cast.sam, link=link)
        assert cast.link(cast.school).pk != link.pk

    def test_administrators_revoke_and_others_do_not(self, cast: Cast, link: RespondentLink) -> None:
        for other in (cast.oscar, cast.carla, cast.ada, cast.nobody):
            with pytest.raises(PermissionDenied):
                actions.revoke_link(by=other, link=link)
        with pytest.raises(PermissionDenied):
            actions.renew_link(by=cast.admin, link=link)
        assert not actions.revoke_link(by=cast.admin, link=link).is_valid

    def test_the_lists(self, cast: Cast, link: RespondentLink) -> None:
        links = RespondentLink.objects
        assert list(links.visible_to(cast.sam)) == list(links.visible_to(cast.admin)) == [link]
        assert list(links.visible_to(cast.oscar)) == []
        assert list(links.in_state("unused")) == list(links.in_state("valid")) == [link]
        assert list(links.named_like("hill hanna")) == [link]
        with later(days=100):
            assert list(links.in_state("expired")) == [link]
        actions.revoke_link(by=cast.admin, link=link)
        assert list(links.in_state("revoked")) == [link]
        assert list(links.in_state("valid")) == []


class TestCodes:
    def test_the_right_one_lets_in_once(self, link: RespondentLink, mailed: Any) -> None:
        code = mailed(link)
        assert code not in link_now(link).code_hash
        assert enter(link, f" {code[:3]} {code[3:]} ") == ""
        assert link_now(link).first_used_at == NOON
        assert "latest message" in enter(link, code)
        assert events(link) == [
            LinkEvent.ISSUED, LinkEvent.OPENED, LinkEvent.CODE_SENT, LinkEvent.LET_IN,
        ]  # fmt: skip

    def test_it_goes_to_the_person_and_is_not_in_the_queue(
        self, link: RespondentLink, run_tasks: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.ask_for_code(by=link.person, link=link, browser=HERE) == ""
        (task,) = run_tasks()
        (message,) = mail.outbox
        code = re.search(r"^\d{6}$", str(message.body), re.MULTILINE)
        assert code is not None
        assert message.to == [link.person.email]
        assert code[0] not in str(task.args_kwargs)
        assert code[0] not in message.subject

    def test_another_browser_gets_nowhere_with_it(self, link: RespondentLink, mailed: Any) -> None:
        code = mailed(link)
        assert "latest message" in enter(link, code, ELSEWHERE)
        assert enter(link, code) == ""

    def test_only_the_latest_works(self, link: RespondentLink, mailed: Any) -> None:
        first, second = mailed(link), mailed(link)
        if first != second:
            assert "it was wrong" in enter(link, first)
        assert enter(link, second) == ""

    def test_too_old(self, link: RespondentLink, mailed: Any) -> None:
        code = mailed(link)
        with later(minutes=15):
            assert "latest message" in enter(link, code, ELSEWHERE)
        with later(minutes=16):
            assert enter(link, code) == "This code is too old. Ask for another"

    @pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５", "12.456", "½23456"])
    def test_what_is_no_code_costs_no_try(self, link: RespondentLink, mailed: Any, typed: str) -> None:
        mailed(link)
        assert enter(link, typed) == "Enter the 6 digits of the code"
        assert link_now(link).code_tries == 0

    @pytest.mark.parametrize(
        "first", [0xFF10, ord("0"), 0x0660, 0x0966], ids=["full-width", "plain", "Arabic", "Devanagari"]
    )
    def test_digits_of_every_width_and_script_let_in(
        self, link: RespondentLink, mailed: Any, monkeypatch: pytest.MonkeyPatch, first: int
    ) -> None:
        monkeypatch.setattr(secrets, "randbelow", lambda _most: 1_234)
        code = mailed(link)
        assert code == "001234"
        typed = "".join(chr(first + int(digit)) for digit in code)
        assert enter(link, f"{typed[:3]}\u3000{typed[3:]}") == ""

    def test_five_tries(self, link: RespondentLink, mailed: Any) -> None:
        code = mailed(link)
        said = [enter(link, wrong(code)) for _ in range(5)]
        assert said[0] == "Enter the code again, from the latest message: it was wrong"
        assert said[4] == "Too many wrong codes were entered. Ask for another code"
        assert enter(link, code) == "Too many wrong codes were entered. Ask for another code"
        assert events(link).count(LinkEvent.CODE_WRONG) == 5
        assert enter(link, mailed(link)) == ""

    def test_five_codes_an_hour(self, link: RespondentLink, mailed: Any) -> None:
        for _ in range(5):
            mailed(link)
        assert mailed(link) == "5 codes were sent within an hour. Wait until 1:00pm, then try again"
        assert events(link)[-1] == LinkEvent.LIMITED
        with later(minutes=61):
            assert re.fullmatch(r"\d{6}", mailed(link))

    def test_twenty_wrong_ones_a_day_and_a_new_link_ends_the_wait(
        self, cast: Cast, link: RespondentLink, mailed: Any
    ) -> None:
        for number in range(4):
            with later(hours=2 * number):
                code = mailed(link)
                for _ in range(5):
                    enter(link, wrong(code))
        with later(hours=8):
            words = "Too many wrong codes were entered. Wait until 12:00pm on 13 January, or ask the council"
            assert mailed(link).startswith(words)
            assert enter(link, "123456").startswith(words)
            renewed = actions.renew_link(by=cast.sam, link=link)
            assert enter(renewed, mailed(renewed)) == ""

    def test_a_link_that_has_ended(self, cast: Cast, link: RespondentLink, mailed: Any) -> None:
        code = mailed(link)
        actions.revoke_link(by=cast.sam, link=link)
        assert mailed(link) == enter(link, code) == actions.ENDED
        assert actions.readmit(by=link.person, link=link) == actions.ENDED
        assert events(link).count(LinkEvent.REFUSED) == 3

    def test_somebody_elses_link(self, cast: Cast, link: RespondentLink, mailed: Any) -> None:
        other = cast.link(cast.police, "Peter Police")
        assert actions.ask_for_code(by=other.person, link=link, browser=HERE) == actions.ENDED
        code = mailed(link)
        assert actions.enter_code(by=other.person, link=link, code=code, browser=HERE) == actions.ENDED

    def test_none_is_made_when_nobody_waits_any_more(self, cast: Cast, link: RespondentLink) -> None:
        assert actions.code(link.pk) is None
        assert actions.code(987_654) is None
        assert actions.ask_for_code(by=link.person, link=link, browser=HERE) == ""
        with later(minutes=16):
            assert actions.code(link.pk) is None
        actions.revoke_link(by=cast.sam, link=link)
        assert actions.code(link.pk) is None
        assert actions.invitation(link.pk) is None

    def test_uses_are_on_the_record_for_good(self, link: RespondentLink) -> None:
        use = LinkUse.objects.get(link=link)
        with pytest.raises(Exception, match="never changed"), transaction.atomic():
            LinkUse.objects.filter(pk=use.pk).update(about="x")
        actions.log_link_use(by=link.person, link=link, event=LinkEvent.READ, about="It")
        hour = dt.timedelta(hours=1)
        actions.log_link_use(by=link.person, link=link, event=LinkEvent.READ, about="It", once_in=hour)
        assert events(link).count(LinkEvent.READ) == 1
        with later(hours=2):
            actions.log_link_use(by=link.person, link=link, event=LinkEvent.READ, about="It", once_in=hour)
            assert events(link).count(LinkEvent.READ) == 2
            assert link_now(link).last_used_at == clock.now()


def link_now(link: RespondentLink) -> RespondentLink:
    return RespondentLink.objects.get(pk=link.pk)


class TestRights:
    def test_only_what_the_link_opens(self, cast: Cast, link: RespondentLink) -> None:
        own = cast.assignment(body=cast.school)
        person = acting(link)
        for right in Right:
            assert may(person, right, own) == may(person, right) == (right in BY_LINK), right

    def test_nothing_without_acting_by_it(self, cast: Cast, link: RespondentLink) -> None:
        own = cast.assignment(body=cast.school)
        person = fresh(link.person)
        assert not any(may(person, right, thing) for right in Right for thing in (None, own))
        assert list(Assignment.objects.visible_to(person)) == []
        assert not sees_exempt(person, own)

    def test_acting_ends_with_the_request_even_if_that_fails(self, cast: Cast, link: RespondentLink) -> None:
        other = cast.link(cast.school, "Paul Parent")
        nobody_acts()
        with acting_by(link):
            assert acting_link(fresh(link.person)) == link
            assert acting_link(other.person) is None
            assert acting_link(AnonymousUser()) is None
        assert acting_link(link.person) is None
        with pytest.raises(RuntimeError):
            self.fail_by(link)
        assert acting_link(link.person) is None

    def fail_by(self, link: RespondentLink) -> None:
        with acting_by(link):
            raise RuntimeError

    @pytest.mark.parametrize("ended", ["revoked", "expired", "another's"])
    def test_nothing_by_a_link_that_has_ended(self, cast: Cast, link: RespondentLink, ended: str) -> None:
        own = cast.assignment(body=cast.school)
        person = acting(link)
        if ended == "revoked":
            actions.revoke_link(by=cast.sam, link=link)
            person = acting(link)
        elif ended == "another's":
            nobody_acts()
            acting(cast.link(cast.school, "Paul Parent"))
        with later(days=100 if ended == "expired" else 0):
            assert not any(may(person, right, thing) for right in Right for thing in (None, own))
            assert list(Assignment.objects.visible_to(person)) == []
            assert list(Update.objects.visible_to(person)) == []

    def test_not_another_body_committee_or_what_is_not_sent(self, cast: Cast, link: RespondentLink) -> None:
        from recommendations.actions import assignments, inquiries, notices
        from recommendations.actions import recommendations as recs

        person = acting(link)
        others = [
            cast.assignment(body=cast.police),
            cast.assignment(body=cast.school, notified_on=None),
            assignments.address(
                by=cast.sam, recommendation=cast.recommendation(cast.inquiry()), body=cast.school
            ),
        ]
        foreign = inquiries.open_inquiry(
            by=cast.oscar, committee=cast.other_committee, title="Buses", reference="BUS 1"
        )
        asked = recs.add_recommendation(
            by=cast.oscar, inquiry=foreign, number="1", heading="Buses", text="That buses run."
        )
        for stage in ("evidence", "drafting"):
            foreign = inquiries.move_inquiry(by=cast.oscar, inquiry=foreign, to=stage)
        inquiries.move_inquiry(
            by=cast.oscar, inquiry=foreign, to="published", published_on=dt.date(2025, 9, 1)
        )
        asked.refresh_from_db()
        part = assignments.address(by=cast.oscar, recommendation=asked, body=cast.school)
        notices.send_notice(by=cast.oscar, assignments=[part], on=dt.date(2025, 9, 1))
        others.append(part)
        for other in others:
            other = Assignment.objects.for_list().get(pk=other.pk)
            assert not any(may(person, right, other) for right in Right), other
            with pytest.raises(PermissionDenied):
                updates.start_update(by=person, assignment=other)
            with pytest.raises(PermissionDenied):
                responses.record_response(
                    by=person, assignments=[other], decision="accepted", decided_on=dt.date(2026, 1, 5)
                )
        assert list(Assignment.objects.visible_to(person)) == []

    def test_things_of_no_assignment(self, cast: Cast, link: RespondentLink) -> None:
        inquiry = cast.inquiry()
        person = acting(link)
        for thing in (inquiry, cast.school, cast.committee, cast.meeting(dt.date(2026, 2, 2)), link):
            assert not any(may(person, right, thing) for right in Right)

    def test_the_public_is_still_the_public(self, cast: Cast) -> None:
        assert not any(may(AnonymousUser(), right) for right in Right)


class TestAnswering:
    def test_a_response_is_on_the_record_in_their_name(self, cast: Cast, link: RespondentLink) -> None:
        own = cast.assignment(body=cast.school)
        (response,) = responses.record_response(
            by=acting(link), assignments=[own], decision="accepted", decided_on=dt.date(2026, 1, 5)
        )
        assert (response.recorded_by, response.body_name) == (link.person, "Hill School")
        own.refresh_from_db()
        assert own.decision == "accepted"

    def test_without_an_approver_the_scrutiny_officer_takes_it_in(
        self, cast: Cast, link: RespondentLink
    ) -> None:
        own = cast.assignment(body=cast.school)
        update = cast.sent_by_link(link, own)
        assert update.state == UpdateState.SUBMITTED
        assert update.is_received
        assert list(Update.objects.received_by(cast.sam)) == [update]
        assert list(Update.objects.visible_to(cast.sam)) == [update]
        assert list(Update.objects.received_by(cast.oscar)) == []
        for other in (cast.oscar, cast.carla, cast.colin, cast.ada, cast.admin, acting(link)):
            with pytest.raises(PermissionDenied):
                updates.publish_update(by=other, update=update)
        update = updates.publish_update(by=cast.sam, update=update)
        assert (update.submitted_by, update.published_by) == (link.person, cast.sam)
        assert list(Update.objects.received_by(cast.sam)) == []

    def test_returned_it_goes_back_to_them(self, cast: Cast, link: RespondentLink) -> None:
        own = cast.assignment(body=cast.school)
        update = cast.sent_by_link(link, own)
        update = updates.return_update(by=cast.sam, update=update, reason="Say how many.")
        assert list(Update.objects.visible_to(cast.sam)) == []
        assert list(Update.objects.visible_to(acting(link))) == [update]
        update = updates.save_draft(by=acting(link), update=update, progress="Two crossings are painted.")
        assert updates.submit_update(by=acting(link), update=update).state == UpdateState.SUBMITTED

    def test_with_an_approver_the_approver_publishes(self, cast: Cast, link: RespondentLink) -> None:
        from tests.factories import person

        own = cast.assignment(body=cast.school)
        update = cast.sent_by_link(link, own)
        approver = person("Gwen Governor", (Role.APPROVER, cast.school))
        assert list(Update.objects.received_by(cast.sam)) == list(Update.objects.visible_to(cast.sam)) == []
        with pytest.raises(PermissionDenied):
            updates.publish_update(by=cast.sam, update=update)
        assert list(Update.objects.waiting_for(approver)) == [update]
        assert updates.publish_update(by=approver, update=update).published_by == approver

    def test_an_approver_above_counts_and_one_switched_off_does_not(
        self, cast: Cast, link: RespondentLink
    ) -> None:
        from recommendations.actions import bodies
        from tests.factories import person

        trust = bodies.add_body(by=cast.admin, name="Hill Trust", kind="trust")
        approver = person("Tess Trust", (Role.APPROVER, trust))
        school = fresh_body(cast)
        bodies.edit_body(
            by=cast.admin,
            body=school,
            version=school.version,
            name=school.name,
            kind=school.kind,
            parent=trust,
            governance_reason="The school joined the trust.",
        )
        update = cast.sent_by_link(link, cast.assignment(body=fresh_body(cast)))
        assert not Update.objects.get(pk=update.pk).is_received
        assert list(Update.objects.received_by(cast.sam)) == []
        people.deactivate(by=cast.admin, person=approver)
        assert Update.objects.get(pk=update.pk).is_received
        assert list(Update.objects.received_by(cast.sam)) == [update]

    def test_what_officers_submit_is_not_taken_in(self, cast: Cast) -> None:
        own = cast.assignment(body=cast.police)
        update = updates.start_update(by=cast.pat, assignment=own)
        updates.save_draft(by=cast.pat, update=update, claim="on_track", progress="Done so far.")
        update = updates.submit_update(by=cast.pat, update=Update.objects.get(pk=update.pk))
        assert list(Update.objects.received_by(cast.sam)) == []
        with pytest.raises(PermissionDenied):
            updates.publish_update(by=cast.sam, update=update)

    def test_a_body_that_publishes_without_an_approver(self, cast: Cast, link: RespondentLink) -> None:
        own = cast.assignment(body=cast.school)
        type(cast.school).objects.filter(pk=cast.school.pk).update(publishes_without_approver=True)
        update = cast.sent_by_link(link, Assignment.objects.for_list().get(pk=own.pk))
        assert (update.state, update.published_by) == (UpdateState.PUBLISHED, link.person)

    def test_ones_own_exempt_writing_and_no_others(self, cast: Cast, link: RespondentLink) -> None:
        own = cast.assignment(body=cast.school)
        person = acting(link)
        update = updates.start_update(by=person, assignment=own)
        update = updates.save_draft(by=person, update=update, **EXEMPT)
        piece = evidence.add_evidence(
            by=person, update=update, title="A bill", url="https://example.org/b", visibility="exempt",
            exempt_paragraphs=[3], public_summary="A bill.",
        )  # fmt: skip
        assert sees_exempt(person, update)
        assert sees_exempt(person, piece)
        nobody_acts()
        assert not sees_exempt(person, update)
        colleague = acting(cast.link(cast.school, "Paul Parent"))
        assert not sees_exempt(colleague, update)
        assert not sees_exempt(colleague, piece)
        kept = updates.save_draft(by=colleague, update=update, progress="More", exempt_text="Mine now")
        assert kept.exempt_text == EXEMPT["exempt_text"]
