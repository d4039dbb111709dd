"""What somebody with bad intentions, or only a bad keyboard, may send: nothing leaks, nothing breaks."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from recommendations.actions import (
    assignments,
    bodies,
    inquiries,
    packs,
    people,
    responses,
    reviews,
    successions,
    updates,
)
from recommendations.actions import recommendations as recs
from recommendations.actions.base import ActionDenied
from recommendations.actions.evidence import add_evidence
from recommendations.lifecycle import Edition, PackState, RelationKind, Role
from recommendations.models import Body, Update
from recommendations.packs.tasks import request_build
from recommendations.permissions import Right, may, sees_exempt
from tests.clients import signed_in
from tests.factories import NOON, TODAY, fresh, make_cast, person

PDF = b"%PDF-1.7\ntrailer\n<<>>\n%%EOF\n"
LONG_NUMBER = "9" * 5000
EXEMPT: dict[str, Any] = {
    "exempt_text": "The child at Hill School",
    "exempt_paragraphs": [2],
    "public_summary": "An identity is withheld.",
}


# ------------------------------------------------------------------ gaining rights


def test_nobody_moves_a_committee_below_their_own_to_gain_rights_over_it(cast):
    secret = inquiries.open_inquiry(
        by=fresh(cast.oscar), committee=cast.other_committee, title="Secret inquiry", reference="T 1"
    )
    with pytest.raises((ActionDenied, PermissionDenied)):
        bodies.edit_body(by=cast.sam, body=cast.other_committee, parent=cast.committee)
    assert not may(fresh(cast.sam), Right.EDIT_INQUIRY, secret)
    assert not sees_exempt(fresh(cast.sam), secret)


def test_administrators_move_a_body_below_another(cast):
    moved = bodies.edit_body(
        by=cast.admin,
        body=cast.other_committee,
        parent=cast.committee,
        governance_reason="It reports there now.",
    )
    assert cast.committee.pk in moved.lineage


# ------------------------------------------------------------------ exempt text


def test_the_author_of_a_draft_does_not_see_what_a_colleague_with_the_right_added_as_exempt(cast):
    assignment = cast.assignment()
    update = cast.draft(assignment)
    updates.save_draft(by=cast.ada, update=update, **EXEMPT)
    client = signed_in(cast.olive)
    for address in (reverse("log_update", args=[assignment.pk]), reverse("preview_update", args=[update.pk])):
        assert "The child at Hill School" not in client.get(address).content.decode()
    updates.save_draft(by=fresh(cast.olive), update=update, progress="More was done.")
    page = client.get(reverse("preview_update", args=[update.pk])).content.decode()
    assert "The child at Hill School" not in page
    assert Update.objects.get(pk=update.pk).exempt_text == "The child at Hill School"


def test_who_writes_exempt_text_in_a_colleagues_draft_reads_it_again(cast):
    olga = person("Olga Officer", (Role.RESPONSIBLE_OFFICER, cast.cabinet))
    update = cast.draft(cast.assignment())
    updates.save_draft(by=olga, update=update, **EXEMPT)
    page = signed_in(olga).get(reverse("preview_update", args=[update.pk])).content.decode()
    assert "The child at Hill School" in page
    assert (
        "The child at Hill School"
        not in signed_in(cast.olive).get(reverse("preview_update", args=[update.pk])).content.decode()
    )


def test_an_update_with_exempt_text_is_not_published_unread_by_somebody_without_the_right(cast):
    bodies.edit_body(
        by=cast.admin,
        body=cast.cabinet,
        publishes_without_approver=True,
        governance_reason="It has nobody who approves.",
    )
    update = cast.draft(cast.assignment())
    updates.save_draft(by=cast.ada, update=update, **EXEMPT)
    with pytest.raises(ActionDenied):
        updates.submit_update(by=fresh(cast.olive), update=update)


def test_a_public_pack_does_not_begin_with_the_words_of_an_exempt_one(
    cast, run_tasks, django_capture_on_commit_callbacks
):
    assignment = cast.assignment()
    meeting = cast.meeting(dt.date(2026, 1, 20))
    chosen = [assignment.recommendation_id]
    pack = packs.compose_pack(
        by=cast.carla,
        meeting=meeting,
        edition=Edition.EXEMPT,
        title="The case at Hill School",
        purpose="To tell of the child at Hill School",
        selection=chosen,
    )
    with django_capture_on_commit_callbacks(execute=True):
        request_build(by=cast.carla, pack=pack)
    run_tasks()
    pack.refresh_from_db()
    assert pack.state == PackState.READY
    page = signed_in(cast.carla).get(reverse("compose_pack", args=[meeting.pk])).content.decode()
    assert "To tell of the child" not in page


# ------------------------------------------------------------------ caches


def test_evidence_of_a_draft_stays_out_of_shared_caches(cast):
    update = cast.draft(cast.assignment())
    piece = add_evidence(by=cast.olive, update=update, title="Plan", file=SimpleUploadedFile("a.pdf", PDF))
    answer = signed_in(cast.olive).get(reverse("evidence_file", args=[piece.pk]))
    answer.close()
    assert "private" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]


def test_nothing_of_an_internal_installation_is_for_shared_caches(cast, settings):
    update = cast.draft(cast.assignment())
    piece = add_evidence(by=cast.olive, update=update, title="Plan", file=SimpleUploadedFile("a.pdf", PDF))
    updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=update))
    settings.PUBLIC_SITE = False
    answer = signed_in(cast.olive).get(reverse("evidence_file", args=[piece.pk]))
    answer.close()
    assert "public" not in answer["Cache-Control"]


# ------------------------------------------------------------------ unpublished inquiries


def test_a_related_recommendation_of_an_unpublished_report_is_not_named_to_another_committee(cast):
    both = person(
        "Bea Both", (Role.SCRUTINY_OFFICER, cast.committee), (Role.SCRUTINY_OFFICER, cast.other_committee)
    )
    secret = inquiries.open_inquiry(
        by=both, committee=cast.other_committee, title="Secret inquiry", reference="T 1"
    )
    hidden = recs.add_recommendation(
        by=both, inquiry=secret, number="1", heading="Secret heading", text="Secret words of it."
    )
    shown = cast.assignment().recommendation
    recs.relate(by=both, later=shown, earlier=hidden, kind=RelationKind.REPEATS)
    client = signed_in(cast.sam)
    for address in (
        reverse("relate", args=[shown.pk]),
        reverse("inquiry_workspace", args=[shown.inquiry_id]),
        reverse("edit_recommendation", args=[shown.pk]),
        reverse("recommendation", args=[shown.pk]),
    ):
        page = client.get(address).content.decode()
        assert "Secret heading" not in page, address
        assert hidden.reference not in page, address


def test_themes_and_bodies_of_an_unpublished_report_are_in_no_choice_of_the_public(cast):
    cast.assignment()
    hidden = cast.recommendation(cast.inquiry("Secret inquiry"), new_themes=["Secret theme"])
    assignments.address(by=cast.sam, recommendation=hidden, body=cast.school)
    address = reverse("recommendations")
    for client in (Client(), signed_in(cast.oscar)):
        page = client.get(address).content.decode()
        assert "Secret theme" not in page
        assert cast.school.name not in page
    page = signed_in(cast.sam).get(address).content.decode()
    assert "Secret theme" in page
    assert cast.school.name in page


# ------------------------------------------------------------------ what breaks


@pytest.mark.parametrize("mark", ["\x0b", "\x1b", "\x01", "\ufffe", "\uffff"])
def test_a_control_character_in_an_update_does_not_break_the_feed(cast, mark):
    cast.published(cast.assignment(), progress=f"Two of{mark} five are built.")
    answer = Client().get(reverse("feed"))
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)  # noqa: S314 (our own)


def test_a_very_long_number_in_a_button_is_no_error(cast):
    assignment = cast.assignment()
    client = signed_in(cast.olive)
    address = reverse("milestones", args=[assignment.pk])
    assert client.post(address, {"do": f"remove-{LONG_NUMBER}"}).status_code == 200
    address = reverse("log_update", args=[assignment.pk])
    assert client.get(f"{address}?corrects={LONG_NUMBER}").status_code == 200
    answer = client.post(address, {"do": f"remove-{LONG_NUMBER}", "tab": "x"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    meeting = cast.meeting(dt.date(2026, 1, 20))
    pack = packs.compose_pack(
        by=cast.carla, meeting=meeting, title="Pack", selection=[assignment.recommendation_id]
    )
    sent = {"do": f"move-up-{LONG_NUMBER}", "version": "1"}
    answer = signed_in(cast.carla).post(reverse("order_pack", args=[pack.pk]), sent)
    assert (answer.status_code, answer["Location"]) == (302, reverse("order_pack", args=[pack.pk]))


def many_words(size: int = 1_500_000) -> str:
    return " ".join(f"w{n:x}z" for n in range(size // 8))


def test_a_text_too_long_for_the_search_is_refused_with_words(cast):
    assignment = cast.assignment()
    client = signed_in(cast.olive)
    typed = {"claim": "on_track", "progress": many_words(), "do": "save", "tab": "x"}
    typed |= {"as_at_day": "12", "as_at_month": "1", "as_at_year": "2026"}
    answer = client.post(reverse("log_update", args=[assignment.pk]), typed)
    assert "Shorten this text to 50,000 characters: it has 1,430,095" in answer.content.decode()
    with pytest.raises(ActionDenied):
        cast.published(assignment, progress=many_words())


def test_words_of_a_recommendation_too_long_for_the_search_are_refused(cast):
    inquiry = cast.inquiry()
    with pytest.raises(ActionDenied):
        cast.recommendation(inquiry, text=many_words())
    assert Body.objects.count()


# ------------------------------------------------------------------ two at once


@pytest.mark.django_db(transaction=True)
def test_two_administrators_never_put_each_other_out_at_once():
    first, second = (person(f"{name} Admin", (Role.ADMINISTRATOR, None)) for name in ("Ann", "Bob"))
    role = first.memberships.get()
    together = threading.Event()
    outcomes: list[str] = []

    def end_the_first() -> None:
        together.wait(10)
        try:
            people.end_role(by=second, membership=role)
            outcomes.append("ended")
        except ActionDenied:
            outcomes.append("refused")
        finally:
            connection.close()

    other = threading.Thread(target=end_the_first)
    other.start()
    with transaction.atomic():
        people.deactivate(by=first, person=second)
        together.set()
        wait_for_a_lock()
    other.join(10)
    assert outcomes == ["refused"]
    assert User.objects.administrators().count() == 1


def second_of_two(first: Callable[[], Any], second: Callable[[], Any]) -> str:
    """What the second of two who act at once is told; "" if it went through. It begins while the first is not yet
    certain, and waits for it."""
    together = threading.Event()
    told: list[str] = []

    def act() -> None:
        if not together.wait(10):
            return
        try:
            with clock.frozen(NOON):
                second()
            told.append("")
        except ActionDenied as refused:
            told.append(refused.message)
        finally:
            connection.close()

    other = threading.Thread(target=act)
    other.start()
    with transaction.atomic():
        first()
        together.set()
        wait_for_a_lock()
    other.join(10)
    return told[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clock")
def test_of_two_at_once_the_second_sees_what_the_first_did():
    cast = make_cast()
    part = cast.assignment()
    end: dict[str, Any] = {"on": TODAY, "reason": "An order"}

    def answer() -> None:
        responses.record_response(
            by=cast.sam, assignments=[part], decision="accepted", decided_on=dt.date(2025, 10, 6)
        )

    def ask() -> None:
        reviews.open_review(by=cast.sam, committee=cast.committee, title="R", due_on=TODAY)

    assert "already on the record" in second_of_two(answer, answer)
    assert "opened already today" in second_of_two(ask, ask)

    # Neither passes its work to the other: nobody would hold it.
    assert "existed on that day and exists now" in second_of_two(
        lambda: successions.abolish_body(by=cast.admin, body=cast.cabinet, successor=cast.police, **end),
        lambda: successions.abolish_body(by=cast.admin, body=cast.police, successor=cast.cabinet, **end),
    )
    ended = Body.objects.get(pk=cast.cabinet.pk)
    assert (ended.successor, ended.standing_successor()) == (cast.police, cast.police)

    assert "was abolished" in second_of_two(
        lambda: successions.abolish_body(by=cast.admin, body=cast.school, **end),
        lambda: cast.link(cast.school),
    )
    assert "still exists" in second_of_two(
        lambda: successions.abolish_body(by=cast.admin, body=cast.other_committee, **end),
        lambda: inquiries.open_inquiry(
            by=cast.oscar, committee=cast.other_committee, title="Too late", reference="T 1"
        ),
    )


def wait_for_a_lock() -> None:
    """Until another connection waits for one that this transaction holds."""
    asked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.01)
    raise AssertionError("Nobody waits")
