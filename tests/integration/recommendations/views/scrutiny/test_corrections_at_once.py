"""Several people, or one twice, correct the same thing at once: one correction stands, and nobody loses a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from recommendations.actions import corrections, inquiries
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import Decision, Grade, Outcome, RelationKind, Role
from recommendations.models import Correction, Inquiry, Recommendation, Relation
from tests.at_once import at_once
from tests.clients import boxes, form_values, hidden, signed_in, text_of, words_of
from tests.factories import NOON, TODAY, Cast, make_cast, person

MINE, THEIRS = "Typed wrong by me.", "Typed wrong by them."
TOLD = {
    "response": "This response was corrected already",
    "view": "This view was corrected already",
    "addressee": "This was corrected already: nothing is asked of this body any more",
    "withdrawal": "This recommendation was withdrawn already",
    "relation": "This relation was taken back already",
}
"""What the second of two is told who void the same row."""
DATED = {
    "notice": ("1 December 2025", "2 December 2025"),
    "first-date": ("1 December 2026", "2 December 2026"),
}


def about(what: str, cast: Cast) -> int:
    """The id of a row that this kind of correction is about."""
    part = cast.assignment(first_target_on=dt.date(2026, 3, 31), notified_on=dt.date(2025, 9, 1))
    match what:
        case "response":
            return int(cast.response(part, Decision.REJECTED).pk)
        case "view":
            return int(cast.verdict(part, Grade.CONCERNS, Outcome.KEEP).pk)
        case "withdrawal":
            return int(part.recommendation_id)
        case "relation":
            earlier = cast.assignment(heading="Another").recommendation
            kind = RelationKind.REPEATS
            return int(recs.relate(by=cast.sam, later=part.recommendation, earlier=earlier, kind=kind).pk)
    return int(part.pk)


def typed(what: str, day: str) -> dict[str, str]:
    """What a person enters beside the reason."""
    if what in ("response", "view"):
        return {"right": "nothing"}
    if what in DATED:
        return boxes("on", dt.datetime.strptime(day, "%d %B %Y").date())
    return {"body": ""} if what == "addressee" else {}


def colleague(cast: Cast) -> User:
    return person("Sue Second", (Role.SCRUTINY_OFFICER, cast.committee))


def version(page: Any) -> dict[str, Any]:
    """The version that the page was opened at, of a form that carries one."""
    return {"version": hidden(page, "version")} if 'name="version"' in text_of(page) else {}


@pytest.fixture
def council(transactional_db: None) -> Iterator[Cast]:
    """The council, in a database that other connections see; it is noon."""
    cache.clear()
    with clock.frozen(NOON):
        yield make_cast()


def together(where: str, *sent: tuple[Client, dict[str, Any]]) -> list[Any]:
    """Send each form by its client, all at one moment. Return the answers."""
    waiting = list(sent)

    def send() -> Any:
        client, data = waiting.pop()
        browser = Client()
        browser.cookies = client.cookies
        return browser.post(where, data)

    return at_once(send, len(sent))


@pytest.mark.parametrize("what", [*TOLD, *DATED])
def test_sent_twice_it_is_recorded_once(what: str, council: Cast) -> None:
    where = reverse("correct", args=[what, about(what, council)])
    client = signed_in(council.sam)
    sent = typed(what, DATED.get(what, ("", ""))[0]) | {"why": MINE} | version(client.get(where))
    assert "Check the correction" in text_of(client.post(where, sent))
    answers = together(where, *[(client, sent | {"record": "yes"})] * 2)
    assert [answer.status_code for answer in answers] == [302, 302], words_of(answers[0])
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("what", TOLD)
def test_of_two_who_void_the_same_one_is_told(what: str, council: Cast) -> None:
    where = reverse("correct", args=[what, about(what, council)])
    clients = signed_in(council.sam), signed_in(colleague(council))
    sent = [
        (client, typed(what, "") | {"why": why, "record": "yes"})
        for client, why in zip(clients, (MINE, THEIRS), strict=True)
    ]
    answers = together(where, *sent)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    made = Correction.objects.get()
    second = words_of(next(answer for answer in answers if answer.status_code == 200))
    assert TOLD[what] in second
    assert {MINE, THEIRS} <= {why for why in (MINE, THEIRS) if why in second}, "both reasons can be read"
    assert f"because: {made.reason}" in second


@pytest.mark.parametrize("what", DATED)
def test_of_two_who_correct_the_same_date_one_reads_the_others(what: str, council: Cast) -> None:
    where = reverse("correct", args=[what, about(what, council)])
    first, second = signed_in(council.sam), signed_in(colleague(council))
    opened = [version(client.get(where)) for client in (first, second)]
    theirs, mine = DATED[what]
    sent = [
        (first, typed(what, theirs) | opened[0] | {"why": THEIRS, "record": "yes"}),
        (second, typed(what, mine) | opened[1] | {"why": MINE, "record": "yes"}),
    ]
    answers = together(where, *sent)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    made = Correction.objects.get()
    told = next(answer for answer in answers if answer.status_code == 200)
    page = words_of(told)
    assert "Changed by somebody else" in page
    assert theirs in page
    assert mine in page
    assert f"because: {made.reason}" in page
    late, data = next((client, data) for client, data in sent if data["why"] != made.reason)
    assert late.post(where, data | version(told)).status_code == 302
    assert Correction.objects.count() == 2


@pytest.mark.parametrize("what", TOLD)
def test_who_comes_later_reads_that_it_was_corrected(what: str, cast: Cast) -> None:
    where = reverse("correct", args=[what, about(what, cast)])
    client = signed_in(cast.sam)
    done = client.post(where, typed(what, "") | {"why": THEIRS, "record": "yes"})
    assert done.status_code == 302, words_of(done)
    page = client.get(where)
    assert f"because: {THEIRS}" in words_of(page)
    assert 'name="why"' not in text_of(page), "there is nothing to send"


def test_a_relation_is_taken_back_once(cast: Cast) -> None:
    later, earlier = cast.assignment().recommendation, cast.assignment(heading="Another").recommendation
    relation = recs.relate(by=cast.sam, later=later, earlier=earlier, kind=RelationKind.REPEATS)
    again = Relation.objects.get(pk=relation.pk)
    corrections.correct_relation(by=cast.sam, relation=relation, reason=THEIRS)
    with pytest.raises(corrections.ActionDenied, match="taken back already"):
        corrections.correct_relation(by=cast.sam, relation=again, reason=MINE)


class TestOpenedBeforeItWasPublished:
    """A form that was opened while it was a draft, and is sent once it is public."""

    def sent_twice(
        self, client: Client, where: str, change: dict[str, str], publish: Callable[[], Any]
    ) -> str:
        """What the second answer reads as: the first says that somebody changed it meanwhile."""
        sent: dict[str, Any] = form_values(client.get(where)) | change
        publish()
        first = client.post(where, sent)
        assert first.status_code == 200
        assert "Changed by somebody else" in words_of(first) or "at the same time" in words_of(first)
        second = client.post(where, sent | version(first))
        assert second.status_code == 200, "what is public is not changed by it"
        return words_of(second) + text_of(second)

    def test_a_recommendation(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        row = cast.recommendation(inquiry)
        where = reverse("edit_recommendation", args=[row.pk])
        change = {"heading": "Crossings that are safe", "success_measure": "No child is hurt."}

        def publish() -> None:
            cast.publish(inquiry)
            Recommendation.objects.filter(pk=row.pk).update(version=row.version + 1)

        page = self.sent_twice(signed_in(cast.sam), where, change, publish)
        assert "This is on the public record. Correct it instead, with the reason" in page
        for words in change.values():
            assert words in page
        row.refresh_from_db()
        assert row.heading == "Safer crossings"

    def test_an_inquiry(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        where = reverse("edit_inquiry", args=[inquiry.pk])
        change = {"title": "Roads that are safe", "scope": "We ask how children get to school."}
        page = self.sent_twice(signed_in(cast.sam), where, change, lambda: cast.publish(inquiry))
        assert "This is on the public record. Correct it instead, with the reason" in page
        for words in change.values():
            assert words in page
        assert Inquiry.objects.get(pk=inquiry.pk).title == inquiry.title

    def test_a_finding(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Too fast.")
        client, where = signed_in(cast.sam), reverse("edit_finding", args=[finding.pk])
        sent: dict[str, Any] = form_values(client.get(where)) | {"text": "Much too fast."}
        cast.publish(inquiry)
        answer = client.post(where, sent)
        assert answer.status_code == 200, answer
        assert "This is on the public record. Correct it instead, with the reason" in words_of(answer)
        assert "Much too fast." in text_of(answer)


def test_what_was_withdrawn_meanwhile_is_not_reworded_and_nothing_is_lost(cast: Cast) -> None:
    row = cast.assignment().recommendation
    client, where = signed_in(cast.sam), reverse("edit_recommendation", args=[row.pk])
    assert where in text_of(client.get(reverse("recommendation", args=[row.pk])))
    sent: dict[str, Any] = form_values(client.get(where)) | {"text": "Other words.", "reason": MINE}
    corrections.withdraw_recommendation(by=cast.sam, recommendation=row, reason=THEIRS)
    answer = client.post(where, sent | version(client.get(where)))
    assert answer.status_code == 200
    assert "withdrawn, so its words and themes stay" in words_of(answer)
    assert "Other words." in text_of(answer)
    page = client.get(where)
    assert "withdrawn, so its words and themes stay" in words_of(page)
    assert 'name="text"' not in text_of(page), "there is nothing to send"
    for name, of in (("recommendation", row.pk), ("inquiry_workspace", row.inquiry_id)):
        assert f'href="{where}"' not in text_of(client.get(reverse(name, args=[of])))


def test_themes_of_what_was_withdrawn_are_not_offered(cast: Cast) -> None:
    row = cast.assignment(new_themes=["Kites"]).recommendation
    lists = [reverse(name) for name in ("recommendations", "inquiries")]
    lists.append(reverse("body", args=[cast.cabinet.pk]))
    assert "Kites" in words_of(Client().get(lists[0]))
    corrections.withdraw_recommendation(by=cast.sam, recommendation=row, reason=THEIRS)
    for where in lists:
        assert "Kites" not in words_of(Client().get(where))


def test_a_part_that_was_withdrawn_keeps_what_is_typed_on_its_form(cast: Cast) -> None:
    part = cast.assignment()
    client, where = signed_in(cast.sam), reverse("edit_assignment", args=[part.pk])
    sent: dict[str, Any] = form_values(client.get(where)) | {"deliverer": "A new provider"}
    corrections.correct_addressee(by=cast.sam, assignment=part, body=None, reason=THEIRS)
    answer = client.post(where, sent)
    assert answer.status_code == 200
    assert "addressed to the body in error" in words_of(answer)
    assert "A new provider" in text_of(answer)
    assert f"because: {THEIRS}" in words_of(answer)


def test_a_response_that_was_typed_meanwhile_is_kept(cast: Cast) -> None:
    part = cast.assignment()
    client = signed_in(cast.sam)
    where = f"{reverse('record_response')}?assignment={part.pk}"
    corrections.correct_addressee(by=cast.sam, assignment=part, body=None, reason=THEIRS)
    sent = {
        "decision": "accepted",
        "text": "We agree to all of it.",
        "reason": "",
        **boxes("decided_on", TODAY),
    }
    answer = client.post(where, sent)
    assert answer.status_code == 200
    assert "It was sent to this body in error" in words_of(answer)
    assert "We agree to all of it." in text_of(answer)
