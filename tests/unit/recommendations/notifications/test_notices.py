"""What people are told by mail: what, whom, once, when, and what happens when the mail server will not."""

from __future__ import annotations

import datetime as dt
import io
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee import clock
from committee.accounts.models import User
from committee.models import Email, EmailState
from committee.outbox import record_bounce
from recommendations.actions import (
    bodies,
    notifications,
    pack_builds,
    packs,
    respondent_links,
    reviews,
    target_dates,
    updates,
)
from recommendations.lifecycle import (
    Decision,
    Edition,
    Grade,
    NoticeKind,
    NoticeState,
    Outcome,
    Priority,
    Role,
)
from recommendations.models import Assignment, Membership, Notice, Review
from recommendations.notifications.due import everything, reconcile
from recommendations.notifications.send import DIGEST, send_notices
from recommendations.queries.respondent_links import link_address, token_of
from tests.factories import Cast, at, fresh
from tests.unit.recommendations.notifications.conftest import Postbox

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[tuple[str, str]]:
    """Who is told something of this kind, and about what."""
    names = dict(User.objects.values_list("pk", "name"))
    return {(names[one.to].split()[0], one.subject) for one in everything() if one.kind == kind}


def whom(kind: str) -> set[str]:
    return {name for name, _ in told(kind)}


@pytest.fixture
def asked(cast: Cast) -> Review:
    """A review that asks the Cabinet for one update, opened today, due in five weeks."""
    cast.assignment()
    return open_review(cast)


def open_review(cast: Cast, **details: Any) -> Review:
    details = {"title": "6-month review", "due_on": dt.date(2026, 2, 16), **details}
    return reviews.open_review(by=cast.sam, committee=cast.committee, **details)


class TestWhatIsDue:
    def test_an_update_asked_for(self, asked: Review) -> None:
        assert told(NoticeKind.ASKED) == {
            ("Olive", "SR (25/26) 01 Safer crossings (Cabinet): due 16 February 2026")
        }

    def test_to_the_holder_of_the_post_alone(self, cast: Cast, asked: Review) -> None:
        second = bodies.add_post(by=cast.admin, body=cast.cabinet, title="Leader", holder=cast.ada)
        Assignment.objects.update(post=second)
        assert whom(NoticeKind.ASKED) == {"Ada"}

    def test_to_approvers_where_nobody_writes(self, cast: Cast, asked: Review) -> None:
        Membership.objects.filter(user=cast.olive).update(ended_on=clock.today())
        assert whom(NoticeKind.ASKED) == {"Ada"}

    def test_chased_each_time_anew(self, cast: Cast, asked: Review) -> None:
        reviews.chase(by=cast.sam, requests=list(asked.requests.all()))
        first = {one.about for one in everything() if one.kind == NoticeKind.CHASED}
        with at(dt.date(2026, 1, 20)):
            reviews.chase(by=cast.sam, requests=list(asked.requests.all()))
            second = {one.about for one in everything() if one.kind == NoticeKind.CHASED}
        assert len(first) == len(second) == 1
        assert first != second

    def test_due_soon_then_late_and_then_no_more(self, asked: Review) -> None:
        seen = []
        for day in (dt.date(2026, 2, 8), dt.date(2026, 2, 9), dt.date(2026, 2, 16), dt.date(2026, 2, 17)):
            with at(day):
                seen.append(
                    (whom(NoticeKind.DUE_SOON), {w for _, w in told(NoticeKind.OVERDUE) if "update was" in w})
                )
        assert [bool(soon) for soon, _ in seen] == [False, True, True, False]
        assert [bool(late) for _, late in seen] == [False, False, False, True]
        with at(dt.date(2026, 3, 3)):
            assert not {words for _, words in told(NoticeKind.OVERDUE) if "update was" in words}

    def test_who_was_asked_within_the_last_week_is_not_told_again_that_it_is_due(
        self, cast: Cast, asked: Review
    ) -> None:
        with at(dt.date(2026, 2, 10)):
            reviews.chase(by=cast.sam, requests=list(asked.requests.all()))
        with at(dt.date(2026, 2, 11)):
            assert whom(NoticeKind.CHASED) == {"Olive"}
            assert whom(NoticeKind.DUE_SOON) == set()

    def test_the_week_before_is_of_working_days(self, cast: Cast) -> None:
        cast.assignment()
        open_review(cast, due_on=dt.date(2026, 4, 8))  # the Wednesday after Easter: Good Friday is 3 April
        for day, soon in ((dt.date(2026, 3, 29), set()), (dt.date(2026, 3, 30), {"Olive"})):
            with at(day):
                assert whom(NoticeKind.DUE_SOON) == soon

    def test_nothing_while_the_update_waits_for_an_approver(self, cast: Cast, asked: Review) -> None:
        cast.submitted(Assignment.objects.get())
        assert whom(NoticeKind.ASKED) == set()
        assert whom(NoticeKind.SUBMITTED) == {"Ada"}

    def test_returned_and_published(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        updates.return_update(by=cast.ada, update=update, reason="Say when")
        assert whom(NoticeKind.RETURNED) == {"Olive"}
        update.refresh_from_db()
        updates.submit_update(by=cast.olive, update=update)
        update.refresh_from_db()
        updates.publish_update(by=cast.ada, update=update)
        assert whom(NoticeKind.RETURNED) == set()
        assert whom(NoticeKind.PUBLISHED) == {"Olive", "Sam"}

    def test_recommendations_sent_and_their_clock(self, cast: Cast) -> None:
        cast.assignment(notified_on=dt.date(2026, 1, 12))
        assert told(NoticeKind.SENT) == {
            ("Ada", "SR (25/26) 01 Safer crossings (Cabinet): response due 12 March 2026")
        }
        with at(dt.date(2026, 2, 26)):
            assert whom(NoticeKind.DUE_SOON) == {"Ada"}
        with at(dt.date(2026, 3, 13)):
            assert {words for _, words in told(NoticeKind.OVERDUE)} == {
                "SR (25/26) 01 Safer crossings (Cabinet): response was due 12 March 2026"
            }

    def test_a_decision_stops_it_and_noted_does_not(self, cast: Cast) -> None:
        assignment = cast.assignment(notified_on=dt.date(2026, 1, 5))
        cast.response(assignment, Decision.NOTED, decided_on=dt.date(2026, 1, 8))
        with at(dt.date(2026, 3, 9)):
            assert whom(NoticeKind.OVERDUE) == {"Ada"}
            cast.response(assignment, decided_on=dt.date(2026, 3, 9))
            assert whom(NoticeKind.OVERDUE) == set()

    def test_the_first_date_passed(self, cast: Cast) -> None:
        cast.assignment(first_target_on=dt.date(2026, 1, 11))
        words = {words for _, words in told(NoticeKind.OVERDUE)}
        assert "SR (25/26) 01 Safer crossings (Cabinet): the first date, 11 January 2026, has passed" in words
        with at(dt.date(2026, 1, 26)):
            assert told(NoticeKind.OVERDUE) == set()

    def test_what_is_reopened_past_its_first_date_is_told_anew(self, cast: Cast) -> None:
        assignment = cast.assignment(first_target_on=dt.date(2026, 1, 11))
        [before] = {
            one.about for one in everything() if one.kind == NoticeKind.OVERDUE and "overdue" in one.about
        }
        with at(dt.date(2026, 2, 2)):
            cast.close(assignment)
            assert told(NoticeKind.OVERDUE) == set()
        with at(dt.date(2026, 3, 2)):
            cast.verdict(Assignment.objects.get(), Grade.CONCERNS, Outcome.REOPEN)
        with at(dt.date(2026, 3, 3)):
            mine = [
                one for one in everything() if one.kind == NoticeKind.OVERDUE and ":overdue:" in one.about
            ]
            assert {one.about for one in mine} != {before}
            assert len(mine) == 1
        with at(dt.date(2026, 3, 18)):
            assert not [one for one in everything() if ":overdue:" in one.about]

    def test_new_dates_asked_for_and_decided(self, cast: Cast) -> None:
        change = target_dates.request_new_date(
            by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 9, 30), reason="Late"
        )
        assert whom(NoticeKind.DATE_ASKED) == {"Sam"}
        cast.agree(change)
        assert whom(NoticeKind.DATE_ASKED) == set()
        assert {words.partition(": ")[2] for _, words in told(NoticeKind.DATE_DECIDED)} == {
            "the new date 30 September 2026 was agreed"
        }

    def test_a_decision_is_not_told_to_somebody_who_left(self, cast: Cast) -> None:
        change = target_dates.request_new_date(
            by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 9, 30), reason="Late"
        )
        cast.agree(change)
        Membership.objects.filter(user=cast.olive).update(ended_on=clock.today())
        assert whom(NoticeKind.DATE_DECIDED) == set()

    def test_escalated(self, cast: Cast) -> None:
        cast.verdict(cast.assignment(), Grade.CONCERNS, Outcome.ESCALATE)
        assert whom(NoticeKind.ESCALATED) == {"Olive", "Ada"}
        cast.close(Assignment.objects.get())
        assert whom(NoticeKind.ESCALATED) == set()

    def test_a_pack_that_could_not_be_made(self, cast: Cast) -> None:
        assignment = cast.assignment()
        meeting = cast.meeting(dt.date(2026, 1, 26))
        pack = packs.compose_pack(
            by=cast.carla,
            meeting=meeting,
            edition=Edition.PUBLIC,
            title="P",
            selection=[assignment.recommendation_id],
        )
        packs.queue_pack(by=cast.carla, pack=pack)
        pack_builds.begin_pack(by=cast.carla, pack=pack)
        pack.refresh_from_db()
        pack_builds.fail_pack(by=cast.carla, pack=pack, reason="The disk is full.")
        assert whom(NoticeKind.PACK_READY) == {"Carla"}
        Membership.objects.filter(user=cast.carla).update(ended_on=clock.today())
        assert whom(NoticeKind.PACK_READY) == set()

    def test_nobody_without_the_right_and_nothing_muted(self, cast: Cast, asked: Review) -> None:
        notifications.choose_notices(by=cast.olive, muted=[NoticeKind.ASKED], working_days_only=False)
        assert whom(NoticeKind.ASKED) == set()

    def test_exempt_text_is_in_nothing(self, cast: Cast, asked: Review) -> None:
        cast.submitted(
            Assignment.objects.get(), exempt_text="Xenolith", exempt_paragraphs=[3], public_summary="A price."
        )
        reconcile()
        assert not Notice.objects.filter(subject__contains="Xenolith").exists()

    def test_as_many_queries_for_one_as_for_twenty(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        counts = []
        for number in (1, 20):
            for index in range(number):
                recommendation = cast.recommendation(
                    inquiry, number=f"{number}.{index}", priority=Priority.HIGH
                )
                if number == 1:
                    cast.publish(inquiry)
                    inquiry.refresh_from_db()
                recommendation.refresh_from_db()
                cast.assignment(recommendation=recommendation)
            open_review(cast, title=f"Review {number}")
            with CaptureQueriesContext(connection) as seen:
                list(everything())
            counts.append(len(seen))
        assert counts[0] == counts[1]


class TestNotedOnce:
    def test_twice_is_once(self, asked: Review) -> None:
        assert reconcile()[0] > 0
        assert reconcile() == (0, 0)

    def test_taken_back_when_the_reason_goes(self, cast: Cast, asked: Review) -> None:
        reconcile()
        reviews.close_review(by=cast.sam, review=asked)
        assert reconcile()[1] == 1
        assert Notice.objects.get(kind=NoticeKind.ASKED).state == NoticeState.CANCELLED
        assert reconcile() == (0, 0)

    def test_taken_back_and_so_again_is_told_for_the_first_time(self, cast: Cast, asked: Review) -> None:
        reconcile()
        notifications.choose_notices(by=cast.olive, muted=[NoticeKind.ASKED], working_days_only=False)
        assert reconcile() == (0, 1)
        notifications.choose_notices(by=cast.olive, muted=[], working_days_only=False)
        assert reconcile() == (1, 0)
        notice = Notice.objects.get(kind=NoticeKind.ASKED)
        assert (notice.state, notice.cancelled_at) == (NoticeState.QUEUED, None)
        assert reconcile() == (0, 0)


class TestSending:
    def test_one_message_in_two_forms(self, asked: Review, postbox: Postbox) -> None:
        assert send_notices().sent == 1
        [message] = postbox.taken
        assert message["To"] == "olive.officer@example.org"
        assert message["Subject"].endswith("1 thing for you: 1 update asked for")
        assert message["Auto-Submitted"] == "auto-generated"
        plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
        request = asked.requests.get()
        for body in (plain, html):
            assert "SR (25/26) 01 Safer crossings (Cabinet): due 16 February 2026" in body
            assert f"http://127.0.0.1:8000/assignments/{request.assignment_id}/update/" in body
            assert "my-notices" in body
        mail = Email.objects.get()
        assert (mail.state, mail.tries, mail.day) == (EmailState.SENT, 1, dt.date(2026, 1, 12))
        assert message["Message-ID"] == mail.message_id

    def test_not_again_and_not_more_than_one_a_day(self, cast: Cast, asked: Review, postbox: Postbox) -> None:
        send_notices()
        assert send_notices().sent == 0
        reviews.chase(by=cast.sam, requests=list(asked.requests.all()))
        assert send_notices().sent == 0
        with at(dt.date(2026, 1, 13)):
            assert send_notices().sent == 1
        assert len(postbox.taken) == 2
        assert "1 chased" in postbox.taken[1]["Subject"]

    def test_not_before_the_hour_in_london(self, asked: Review, postbox: Postbox) -> None:
        reviews_hour = dt.datetime(2026, 1, 13, 7, 59, tzinfo=dt.UTC)
        with clock.frozen(reviews_hour):
            assert send_notices().sent == 0
        with clock.frozen(dt.datetime(2026, 1, 13, 8, 0, tzinfo=dt.UTC)):
            assert send_notices().sent == 1

    def test_the_hour_of_summer_time(self, cast: Cast, postbox: Postbox) -> None:
        with at(dt.date(2026, 6, 15)):
            cast.assignment()
            open_review(cast, due_on=dt.date(2026, 7, 20))
        with clock.frozen(dt.datetime(2026, 6, 16, 6, 59, tzinfo=dt.UTC)):
            assert send_notices().sent == 0
        with clock.frozen(dt.datetime(2026, 6, 16, 7, 0, tzinfo=dt.UTC)):
            assert send_notices().sent > 0

    def test_quiet_on_bank_holidays_and_at_weekends_where_set(
        self, cast: Cast, asked: Review, postbox: Postbox, settings: Any
    ) -> None:
        with at(dt.date(2026, 4, 6)):  # Easter Monday
            open_review(cast, title="Another", due_on=dt.date(2026, 5, 1))
            settings.NOTICES_ON_WORKING_DAYS_ONLY = True
            assert send_notices().sent == 0
            settings.NOTICES_ON_WORKING_DAYS_ONLY = False
            notifications.choose_notices(by=cast.olive, muted=[], working_days_only=True)
            assert send_notices().sent == 0
        with at(dt.date(2026, 4, 7)):
            assert send_notices().sent == 1

    def test_nobody_whose_account_is_off(self, cast: Cast, asked: Review, postbox: Postbox) -> None:
        reconcile()
        cast.olive.is_active = False
        cast.olive.save()
        send_notices()
        assert postbox.addresses == ["ada.approver@example.org"]

    def test_switched_off(self, asked: Review, postbox: Postbox, settings: Any) -> None:
        settings.NOTICES = False
        send_notices()
        assert not Notice.objects.exists()
        with pytest.raises(CommandError, match="switched off"):
            call_command("send_notices")

    def test_a_trial_run_changes_nothing(self, asked: Review, postbox: Postbox, capsys: Any) -> None:
        call_command("send_notices", "--dry-run")
        assert "1 to note, 0 to take back, 1 to write to" in capsys.readouterr().out
        assert not Notice.objects.exists()
        assert postbox.taken == []

    def test_the_subject_counts(self, cast: Cast, postbox: Postbox) -> None:
        cast.assignment(first_target_on=dt.date(2026, 1, 11))
        inquiry = Assignment.objects.get().recommendation.inquiry
        for number in ("2", "3"):
            recommendation = cast.recommendation(inquiry, number=number)
            cast.assignment(recommendation=recommendation, notified_on=dt.date(2025, 11, 3))
        open_review(cast)
        send_notices()
        to_olive = next(one for one in postbox.taken if one["To"] == cast.olive.email)
        assert to_olive["Subject"].endswith("4 things for you: 3 updates asked for, 1 overdue")
        assert to_olive["List-Unsubscribe"] == "<http://127.0.0.1:8000/my-notices/>"

    def test_a_respondent_gets_one_link_for_all_of_it(self, cast: Cast, postbox: Postbox) -> None:
        cast.assignment(body=cast.police)
        link = cast.link(cast.police)
        open_review(cast)
        send_notices()
        [message] = [
            one for one in postbox.taken if one["To"] == link.person.email and "for you" in one["Subject"]
        ]
        for kind in ("plain", "html"):
            body = message.get_body((kind,)).get_content()  # type: ignore[union-attr]
            assert body.count(link_address(link)) == 1
            assert "/assignments/" not in body
            assert "my-notices" not in body
        assert message["List-Unsubscribe"] is None
        assert not Notice.objects.filter(subject__contains="://").exists()
        assert not Notice.objects.filter(path__contains=token_of(link)).exists()

    def test_a_link_that_was_revoked_before_it_went_out(self, cast: Cast, postbox: Postbox) -> None:
        cast.assignment(body=cast.police)
        link = cast.link(cast.police)
        open_review(cast)
        postbox.answers = ["451 later"] * 9
        send_notices()
        postbox.answers = []
        respondent_links.revoke_link(by=cast.sam, link=link)
        with clock.frozen(clock.now() + dt.timedelta(minutes=6)):
            send_notices()
        mail = Email.objects.built_by(DIGEST).get(to=link.person)
        assert (mail.state, mail.failure) == (
            EmailState.FAILED,
            "The personal link ended before the message went out",
        )

    def test_command_says_what_it_did(self, asked: Review, postbox: Postbox, capsys: Any) -> None:
        call_command("send_notices")
        assert "1 sent" in capsys.readouterr().out


class TestTrouble:
    def test_put_off_then_sent(self, asked: Review, postbox: Postbox) -> None:
        postbox.answers = ["451 try later"]
        assert send_notices().waiting == 1
        mail = Email.objects.get()
        assert (mail.state, mail.tries) == (EmailState.TO_SEND, 1)
        assert "451" in mail.failure
        assert send_notices().sent == 0
        with clock.frozen(clock.now() + dt.timedelta(minutes=6)):
            assert send_notices().sent == 1
        assert Email.objects.get().failure == ""

    def test_refused_for_good(self, asked: Review, postbox: Postbox) -> None:
        postbox.answers = ["550 no such user"]
        assert send_notices().failed == 1
        mail = Email.objects.get()
        assert mail.state == EmailState.FAILED
        assert mail.failure == "The mail server said: 550 no such user"

    def test_given_up_after_six_tries_and_tried_again_by_an_administrator(
        self, cast: Cast, asked: Review, postbox: Postbox, settings: Any
    ) -> None:
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        for hours in range(0, 78, 13):
            with clock.frozen(clock.now() + dt.timedelta(hours=hours)):
                outcome = send_notices()
        assert outcome.failed == 1
        settings.EMAIL_PORT = port
        notifications.try_again(by=cast.admin, mail=Email.objects.get(state=EmailState.FAILED))
        assert send_notices().sent == 1

    def test_while_the_server_is_away_the_others_wait_untried(
        self, cast: Cast, asked: Review, postbox: Postbox, settings: Any
    ) -> None:
        cast.assignment(
            recommendation=cast.recommendation(
                asked.requests.get().assignment.recommendation.inquiry, number="2"
            ),
            notified_on=clock.today(),
        )
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        outcome = send_notices()
        assert outcome.words.endswith("0 sent, the mail server is away, the rest waits")
        assert list(Email.objects.order_by("pk").values_list("tries", "state")) == [
            (1, EmailState.TO_SEND),
            (0, EmailState.TO_SEND),
        ]
        assert "could not be reached" in Email.objects.get(tries=1).failure
        settings.EMAIL_PORT = port
        with clock.frozen(clock.now() + dt.timedelta(minutes=6)):
            assert send_notices().sent == 2

    def test_an_address_no_server_understands_does_not_stop_the_others(
        self, cast: Cast, asked: Review, postbox: Postbox
    ) -> None:
        User.objects.filter(pk=cast.olive.pk).update(email="olive@exam ple.org\n")
        cast.assignment(
            recommendation=cast.recommendation(
                asked.requests.get().assignment.recommendation.inquiry, number="2"
            ),
            notified_on=clock.today(),
        )
        outcome = send_notices()
        assert (outcome.sent, outcome.failed) == (1, 1)
        assert "could not be addressed" in Email.objects.failed().get().failure

    def test_switched_off_before_it_went_out(self, cast: Cast, asked: Review, postbox: Postbox) -> None:
        postbox.answers = ["451 try later"]
        send_notices()
        User.objects.filter(pk=cast.olive.pk).update(is_active=False)
        with clock.frozen(clock.now() + dt.timedelta(minutes=6)):
            assert send_notices().failed == 1
        assert Email.objects.get(to=cast.olive).failure.startswith("The account was switched off")
        assert cast.olive.email not in postbox.addresses

    def test_what_comes_back_is_marked(
        self, asked: Review, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, capsys: Any
    ) -> None:
        send_notices()
        number = Email.objects.get().message_id
        report = (
            "From: mailer@example.org\nMessage-ID: <report@example.org>\nMIME-Version: 1.0\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
            "Final-Recipient: rfc822; olive.officer@example.org\nAction: failed\nStatus: 5.1.1\n"
            "Diagnostic-Code: smtp; 550 5.1.1 unknown user\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {number}\nSubject: x\n\n--b--\n"
        )
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report.encode())))
        call_command("record_bounce")
        mail = Email.objects.get()
        assert (mail.state, mail.failure) == (
            EmailState.FAILED,
            "The message came back: smtp; 550 5.1.1 unknown user",
        )

    def test_a_report_about_nothing_of_ours(self, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Subject: hello\n\nHello\n")))
        with pytest.raises(CommandError, match="no delivery report"):
            call_command("record_bounce")
        assert not record_bounce("<nobody@example.org>", "")


class TestChoosing:
    def test_each_role_is_asked_about_what_concerns_it(self, cast: Cast) -> None:
        from recommendations.forms.notifications import NoticeSettingsForm

        offered = {
            user: set(NoticeSettingsForm(person=fresh(user), kept=None).offered)
            for user in (cast.olive, cast.carla, cast.nobody)
        }
        assert NoticeKind.ASKED in offered[cast.olive]
        assert offered[cast.carla] == {NoticeKind.PACK_READY}
        assert offered[cast.nobody] == set()

    def test_a_role_that_is_given_later_is_told(self, cast: Cast, asked: Review) -> None:
        notifications.choose_notices(by=cast.nobody, muted=[], working_days_only=False)
        Membership.objects.create(user=cast.nobody, body=cast.cabinet, role=Role.RESPONSIBLE_OFFICER)
        assert whom(NoticeKind.ASKED) == {"Olive", "Nora"}
