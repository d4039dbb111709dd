"""The pages on which committee support corrects what was recorded wrong, and what everybody reads afterwards."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import bodies, corrections, inquiries, target_dates
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import Decision, Grade, Outcome, RecordKind, RelationKind, Role
from recommendations.models import (
    Assessment,
    Assignment,
    Correction,
    Finding,
    Inquiry,
    Recommendation,
    TargetChange,
)
from recommendations.models.base import Versioned
from recommendations.models.inquiries import CORRECTABLE as OF_AN_INQUIRY
from recommendations.models.recommendations import CORRECTABLE as OF_A_RECOMMENDATION
from recommendations.queries.correction_effects import readings
from recommendations.views.scrutiny.corrections import CORRECTABLE
from tests.clients import boxes, form_values, hidden, signed_in, text_of, words_of
from tests.factories import TODAY, Cast, at

WHY = "Typed wrong: the post went out later."
RIGHT: dict[str, dict[str, Any]] = {
    "notice": boxes("on", dt.date(2025, 12, 1)),
    "first-date": boxes("on", dt.date(2026, 5, 1)),
    "addressee": {"body": ""},
    "response": {"right": "nothing"},
    "view": {"right": "nothing"},
    "date": {"right": "nothing"},
    "recommendation": {"number": "7"},
    "finding": {"number": "7"},
    "inquiry": {"title": "Safer roads"},
    "meeting": boxes("held_on", dt.date(2025, 12, 3)),
}
"""What is right, of each kind that asks for more than the reason."""
CORRECTED = {Recommendation: OF_A_RECOMMENDATION, Inquiry: OF_AN_INQUIRY, Finding: ("number", "text")}


@pytest.fixture
def sam(cast: Cast) -> Client:
    return signed_in(cast.sam)


def in_words(page: str) -> str:
    """The page as it reads: without tags, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def correct(client: Client, what: str, pk: int, data: dict[str, Any]) -> str:
    """What the check page says; the correction is then recorded."""
    where = reverse("correct", args=[what, pk])
    opened = client.get(where)
    assert opened.status_code == 200
    if 'name="version"' in text_of(opened):
        data = {"version": hidden(opened, "version")} | data
    check = client.post(where, data)
    assert "Check the correction before you record it" in text_of(check), text_of(check)
    assert not Correction.objects.exists()
    assert "Continue" in text_of(client.post(where, data | {"change": "yes"}))
    done = client.post(where, data | {"record": "yes"})
    assert done.status_code == 302, text_of(done)
    assert Correction.objects.count() == 1
    return text_of(check)


def public(row: Recommendation) -> str:
    return text_of(Client().get(reverse("recommendation", args=[row.pk])))


def test_the_date_of_a_notice(cast: Cast, sam: Client) -> None:
    part = cast.assignment(notified_on=dt.date(2025, 9, 1))
    said = correct(sam, "notice", part.pk, {**boxes("on", dt.date(2025, 12, 1)), "why": WHY})
    for words in ("1 September 2025", "1 December 2025", "Response clock", WHY):
        assert words in said
    page = public(part.recommendation)
    assert "Recorded in error before (Date of the notice: 1 September 2025" in page
    assert f"because: {WHY}" in page
    assert "Corrected: date of the notice" in page


def test_whom_it_is_addressed_to(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    said = correct(sam, "addressee", part.pk, {"body": cast.police.pk, "why": WHY})
    assert "Those who write and approve for Cabinet are told" in said
    assert "Testshire Police is asked once you send it the notice" in said
    assert "Not there" not in said
    number = part.recommendation.reference
    rows = in_words(said).partition("What reads otherwise")[2].partition("Those who write")[0]
    for told in (
        f"{number}, Cabinet This part Open, not overdue Addressed in error: nothing is asked of it",
        f"{number}, Testshire Police This part Not addressed to it Open, not overdue",
    ):
        assert told in rows
    assert f"{number}, Testshire Police Response None" not in rows
    said = text_of(sam.get(reverse("recommendation", args=[part.recommendation_id])))
    assert "Send the notice to Testshire Police" in said
    assert reverse("send_notices", args=[part.recommendation.inquiry_id]) in said
    page = public(part.recommendation)
    assert "Addressed to it in error" in page
    workspace = text_of(sam.get(reverse("inquiry_workspace", args=[part.recommendation.inquiry_id])))
    assert "1 notice is not sent" in workspace


def test_the_rows_of_the_right_body_tell_of_the_wrong_one(cast: Cast, sam: Client) -> None:
    part = cast.assignment(first_target_on=dt.date(2025, 12, 1))
    said = correct(sam, "addressee", part.pk, {"body": cast.police.pk, "why": WHY})
    assert (
        "The first date, 1 December 2025, is over. Testshire Police was never asked, so it is not late"
        in said
    )
    for where in (
        reverse("recommendations_file", args=["csv"]),
        reverse("body_file", args=[cast.police.pk, "csv"]),
    ):
        answer = Client().get(where)
        [row] = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
        assert row["Owning body"] == "Testshire Police"
        assert (
            f"Addressed in error to Cabinet, corrected on 12 January 2026 because: {WHY}" in row["Corrected"]
        )
        assert row["Overdue"] == "no"


def test_a_response(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    wrong = cast.response(part, Decision.REJECTED)
    where = reverse("correct", args=["response", wrong.pk])
    assert where in sam.get(reverse("recommendation", args=[part.recommendation_id])).content.decode()
    data = {"right": "another", "decision": "accepted", "text": "", "reason": "", "why": WHY}
    said = correct(sam, "response", wrong.pk, {**data, **boxes("decided_on", dt.date(2025, 10, 7))})
    assert "Rejected" in said
    page = public(part.recommendation)
    assert f"Recorded in error , corrected on 12 January 2026 because: {WHY}" in in_words(page)
    assert "Recorded in error Recorded in error" not in in_words(page)
    assert (
        f'href="#response-{part.responses.standing().get().pk}"'
        in Client().get(reverse("recommendation", args=[part.recommendation_id])).content.decode()
    )


def test_a_relation(cast: Cast, sam: Client) -> None:
    later, earlier = cast.assignment().recommendation, cast.assignment().recommendation
    relation = recs.relate(by=cast.sam, later=later, earlier=earlier, kind=RelationKind.REPEATS)
    correct(sam, "relation", relation.pk, {"why": WHY})
    assert not later.relations.exists()
    assert WHY in public(later)


def correctable(cast: Cast) -> dict[str, Any]:
    """A row of each kind that can be corrected."""
    inquiry = cast.inquiry()
    finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Too fast.")
    cast.recommendation(inquiry)
    cast.publish(inquiry)
    part = cast.assignment()
    view = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
    row, other = part.recommendation, cast.assignment().recommendation
    rows: dict[str, Any] = {
        "notice": part,
        "first-date": part,
        "addressee": part,
        "response": cast.response(part),
        "view": view,
        "date": cast.agree(
            target_dates.request_new_date(
                by=cast.olive, assignment=part, new_date=dt.date(2026, 12, 31), reason="The permit is late."
            )
        ),
        "recommendation": row,
        "withdrawal": row,
        "relation": recs.relate(by=cast.sam, later=row, earlier=other, kind=RelationKind.REPEATS),
        "finding": finding,
        "inquiry": row.inquiry,
        "meeting": view.meeting,
    }
    assert rows.keys() == CORRECTABLE.keys()
    return rows


def test_each_is_for_those_with_the_right_over_it(cast: Cast) -> None:
    """Whatever the row is, others are refused and nobody meets an error."""
    rows = correctable(cast)
    people = {**cast.everybody, "another committee": cast.oscar}
    opened = set()
    for who, person in people.items():
        client = signed_in(person)
        for what, thing in rows.items():
            where = reverse("correct", args=[what, thing.pk])
            for answer in (client.get(where), client.post(where, {"record": "yes"})):
                assert answer.status_code in (200, 403, 404)
                if answer.status_code == 200:
                    opened.add((who, what))
    assert opened == {(Role.SCRUTINY_OFFICER, what) for what in rows} | {(Role.CLERK, "meeting")}
    assert not Correction.objects.exists()


@pytest.mark.parametrize("what", CORRECTABLE)
def test_a_reason_with_what_looks_like_personal_data_is_looked_at(what: str, cast: Cast, sam: Client) -> None:
    """Everybody reads the reason: of no kind of correction does it become public before somebody looked at it."""
    row = correctable(cast)[what]
    if what in ("notice", "addressee", "withdrawal"):  # of one about which nothing was said yet
        part = cast.assignment()
        row = part.recommendation if what == "withdrawal" else part
    where = reverse("correct", args=[what, row.pk])
    opened = sam.get(where)
    data: dict[str, Any] = form_values(opened) | RIGHT.get(what, {})
    data["why"] = "Bina Rao, born 3 May 2011, rang to say so."
    asked = text_of(sam.post(where, data))
    assert "Tick that you looked at what may be personal data" in asked
    assert "“born 3 May 2011” looks like a date of birth" in asked
    sam.post(where, data | {"record": "yes"})
    assert not Correction.objects.exists()
    data["looked_at"] = "on"
    assert "Check the correction before you record it" in text_of(sam.post(where, data))
    assert sam.post(where, data | {"record": "yes"}).status_code == 302
    assert Correction.objects.get().reason == data["why"]


def test_new_words_with_what_looks_like_personal_data_are_looked_at(cast: Cast, sam: Client) -> None:
    """Of a correction's other words only those are asked about that it changes."""
    row = cast.assignment().recommendation
    where = reverse("correct", args=["recommendation", row.pk])
    data = form_values(sam.get(where)) | {"why": WHY, "heading": "Ring 01296 395000 for help"}
    asked = text_of(sam.post(where, data))
    assert "“01296 395000” looks like a phone number" in asked
    assert sam.post(where, data | {"looked_at": "on", "record": "yes"}).status_code == 302
    again = form_values(sam.get(where)) | {"why": WHY, "number": "7"}
    assert "Check the correction before you record it" in text_of(sam.post(where, again))


def test_a_response_with_what_looks_like_personal_data_is_looked_at(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    where = reverse("correct", args=["response", cast.response(part, Decision.REJECTED).pk])
    assert "I have looked at" not in text_of(sam.get(where))
    text = "Ask bina.rao@example.org for the list."
    data = {"right": "another", "decision": "accepted", "text": text, "reason": "", "why": WHY}
    data |= boxes("decided_on", dt.date(2025, 10, 7))
    asked = text_of(sam.post(where, data))
    assert "Tick that you looked at what may be personal data" in asked
    assert "“bina.rao@example.org” looks like an e-mail address" in asked
    check = text_of(sam.post(where, data | {"looked_at": "on"}))
    assert "Check the correction before you record it" in check
    assert sam.post(where, data | {"looked_at": "on", "record": "yes"}).status_code == 302
    right = part.responses.standing().get()
    assert (right.text, right.personal_data_looked_at) == (text, True)


@pytest.mark.parametrize("what", ["view", "date"])
def test_words_that_the_right_row_keeps_are_pointed_out(what: str, cast: Cast, sam: Client) -> None:
    part, meeting = cast.assignment(first_target_on=dt.date(2026, 3, 31)), cast.meeting(TODAY)
    text = "Ask bina.rao@example.org for the list."
    if what == "view":
        row: Any = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, comment=text)
        changed = {"grade": Grade.NOT_IMPLEMENTED, "why": WHY}
    else:
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 12, 31), reason="A permit."
        )
        row = target_dates.decide_new_date(
            by=cast.sam, change=asked, agreed=True, note=text, meeting=meeting, looked_at=True
        )
        changed = {"decided_as": "chair", "why": WHY}
    where = reverse("correct", args=[what, row.pk])
    data = form_values(sam.get(where)) | changed
    asked_again = text_of(sam.post(where, data))
    assert "Tick that you looked at what may be personal data" in asked_again
    assert "“bina.rao@example.org” looks like an e-mail address" in asked_again
    done = sam.post(where, data | {"looked_at": "on", "record": "yes"})
    assert done.status_code == 302, words_of(done)


def test_the_check_shows_what_a_response_and_a_view_say_and_what_is_right(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    wrong = cast.response(part, Decision.REJECTED)
    data = {"right": "another", "decision": "accepted", "text": "We will.", "reason": "", "why": WHY}
    said = correct(sam, "response", wrong.pk, {**data, **boxes("decided_on", wrong.decided_on)})
    assert "Cabinet, 6 October 2025: Rejected" in said
    assert "Decision Rejected Accepted" in in_words(said)
    assert "Text None We will." in in_words(said)


def test_the_check_says_whose_work_a_view_is_of(cast: Cast, sam: Client) -> None:
    verdict = cast.close(cast.assignment())
    said = correct(sam, "view", verdict.pk, {"right": "nothing", "why": WHY})
    assert "Grade Implemented There was none" in in_words(said)


@pytest.mark.parametrize("what", ["notice", "first-date", "addressee"])
def test_the_form_says_whose_part_it_is(what: str, cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    assert part.body.name in text_of(sam.get(reverse("correct", args=[what, part.pk])))


@pytest.mark.parametrize(
    ("what", "model"), [("recommendation", Recommendation), ("inquiry", Inquiry), ("finding", Finding)]
)
def test_a_form_asks_only_for_what_is_corrected(what: str, model: Any, cast: Cast, sam: Client) -> None:
    inquiry = cast.inquiry()
    finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Too fast.")
    row = cast.recommendation(inquiry, finding=finding)
    pk = {"recommendation": row.pk, "inquiry": cast.publish(inquiry).pk, "finding": finding.pk}[what]
    form = sam.get(reverse("correct", args=[what, pk])).context["form"]
    asked = {
        model._meta.get_field(name).attname for name in set(form.fields) - {"why", "looked_at", "version"}
    }
    assert asked <= set(CORRECTED[model])


def test_an_inquiry_compiled_from_public_sources_is_corrected(cast: Cast, sam: Client) -> None:
    inquiry = cast.inquiry(record_kind=RecordKind.PUBLIC_SOURCES)
    cast.recommendation(inquiry)
    inquiry = cast.publish(inquiry)
    data = {"title": "Right", "reference": inquiry.reference, "version": inquiry.version, "why": WHY}
    correct(sam, "inquiry", inquiry.pk, data | boxes("published_on", inquiry.published_on))
    inquiry.refresh_from_db()
    assert (inquiry.title, inquiry.record_kind) == ("Right", RecordKind.PUBLIC_SOURCES)


def test_there_was_no_such_response(cast: Cast, sam: Client) -> None:
    wrong = cast.response(cast.assignment())
    said = correct(sam, "response", wrong.pk, {"right": "nothing", "why": WHY})
    assert "None yet" in said


def test_a_view_on_the_wrong_recommendation(cast: Cast, sam: Client) -> None:
    wrong, right = cast.assignment(), cast.assignment(heading="Another")
    verdict = cast.close(wrong)
    data = {
        "right": "another",
        "reference": right.recommendation.reference,
        "meeting": verdict.meeting_id,
        "grade": verdict.grade,
        "outcome": verdict.outcome,
        "comment": "We heard them.",
        "why": WHY,
    }
    said = correct(sam, "view", verdict.pk, data)
    assert wrong.recommendation.reference in said
    assert right.recommendation.reference in said
    assert Assessment.objects.standing().get().recommendation == right.recommendation
    assert "Recorded in error" in public(wrong.recommendation)


def test_the_decision_on_a_new_date(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    change = target_dates.request_new_date(
        by=cast.olive, assignment=part, new_date=dt.date(2026, 12, 31), reason="The permit is late."
    )
    cast.agree(change)
    change = TargetChange.objects.select_related("meeting").get()
    assert reverse("correct", args=["date", change.pk]) in text_of(sam.get(reverse("date_requests")))
    assert reverse("correct", args=["date", change.pk]) in text_of(
        sam.get(reverse("decide_date", args=[change.pk]))
    )
    asked = words_of(sam.get(reverse("correct", args=["date", change.pk])))
    assert "Cabinet, 31 March 2026 to 31 December 2026: Agreed by the committee on 12 January 2026" in asked
    assert "Agreed: 31 December 2026" in asked
    said: dict[str, Any] = {
        "right": "another",
        "agreed": "other",
        **boxes("other_date", dt.date(2026, 10, 31)),
        "decided_as": "meeting",
        "meeting": change.meeting_id,
        "note": "Before the winter.",
        "why": WHY,
    }
    where = reverse("correct", args=["date", change.pk])
    for wrong, sentence in (
        ({"agreed": "True"}, "Clear this date"),
        ({"agreed": "other", **boxes("other_date", None)}, "Enter the date that was agreed"),
        (boxes("decided_on", dt.date(2026, 1, 12)), "Clear this day: that of the meeting counts"),
        ({"decided_as": ""}, "Select who decided"),
    ):
        assert sentence in text_of(sam.post(where, said | wrong)), sentence
    check = in_words(correct(sam, "date", change.pk, said))
    assert "Date agreed 31 December 2026 31 October 2026" in check
    assert "Present date 31 December 2026 31 October 2026" in check
    assert "The wrong entry stays in the changes of the date" in check
    page = in_words(public(part.recommendation))
    assert "Corrected: the decision on a new date, now Agreed" in page
    assert f"Recorded in error , corrected on 12 January 2026 because: {WHY}" in page
    assert "Present date 31 October 2026" in page
    ledger = in_words(text_of(sam.get(reverse("date_requests"))))
    assert "Agreed Recorded in error" in ledger
    again = words_of(sam.get(where))
    assert "corrected this already" in again
    assert "In its place stands" in again
    feed = text_of(Client().get(reverse("feed")))
    assert "Corrected: the decision on a new date, now Agreed" in feed
    answer: Any = Client().get(reverse("recommendations_file", args=["csv"]))
    rows = b"".join(answer.streaming_content).decode()
    assert "The decision on a new date, now Agreed: Recorded in error" in rows


def test_no_decision_on_a_new_date_was_taken(cast: Cast, sam: Client) -> None:
    change = target_dates.request_new_date(
        by=cast.olive,
        assignment=cast.assignment(),
        new_date=dt.date(2026, 12, 31),
        reason="The permit is late.",
    )
    cast.agree(change)
    check = in_words(correct(sam, "date", change.pk, {"right": "nothing", "why": WHY}))
    assert "The request waits for a decision again" in check
    waiting = words_of(sam.get(reverse("date_requests")))
    assert "Cabinet asks for 31 December 2026 instead of 31 March 2026" in waiting


def test_the_day_of_a_meeting_by_the_clerk(cast: Cast) -> None:
    part, carla = cast.assignment(), signed_in(cast.carla)
    meeting = cast.meeting(dt.date(2025, 12, 1))
    cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=meeting)
    assert (
        reverse("correct", args=["meeting", meeting.pk])
        in carla.get(reverse("meeting", args=[meeting.pk])).content.decode()
    )
    data = {**boxes("held_on", dt.date(2025, 12, 8)), "why": WHY, "version": meeting.version}
    said = correct(carla, "meeting", meeting.pk, data)
    assert "The committee’s view was recorded at this meeting." in said
    assert "What was decided at it is filed under the right day." in said
    assert "8 December 2025" in public(part.recommendation)
    assert carla.get(reverse("correct", args=["notice", part.pk])).status_code == 403


def test_a_recommendation_withdrawn(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    correct(sam, "withdrawal", part.recommendation_id, {"why": WHY})
    page = public(part.recommendation)
    assert "Withdrawn" in page
    assert "Nobody is asked to act on it, and no figure counts it." in page
    assert "It should not have been published. Nobody is asked" in page
    assert f"Withdrawn on 12 January 2026 because: {WHY}" in in_words(page)


def test_nothing_is_asked_on_any_page_of_what_was_withdrawn(cast: Cast) -> None:
    inquiry = cast.inquiry()
    row, kept = cast.recommendation(inquiry), cast.recommendation(inquiry)
    cast.publish(inquiry)
    row.refresh_from_db()
    part = cast.assignment(recommendation=row, notified_on=TODAY, first_target_on=dt.date(2026, 12, 9))
    cast.assignment(recommendation=Recommendation.objects.get(pk=kept.pk))
    with at(dt.date(2026, 1, 13)):
        corrections.withdraw_recommendation(by=cast.sam, recommendation=row, reason=WHY)
    awaits = re.compile(
        r"Awaiting response|days left|due 9|First date|not yet|Nothing reported|No update yet"
    )
    with at(dt.date(2026, 1, 14)):
        page = in_words(public(row))
        assert not awaits.search(page), page
        assert "Owning body Cabinet Nothing is asked of this body" in page
        officers = in_words(text_of(signed_in(cast.olive).get(reverse("assignment", args=[part.pk]))))
        assert "Awaiting response" not in officers
        assert "No answer is asked" in officers
        assert "Not yet assessed" not in officers
        [effect] = [words for (_, label), words in readings([row.pk]).items() if label == "This part"]
        assert effect == "Withdrawn: nothing is asked of it"
        report = in_words(text_of(Client().get(reverse("inquiry", args=[inquiry.pk]))))
    assert "1 recommendation stands; withdrawn because published by mistake:" in report
    assert f"by mistake: recommendation {row.number} (withdrawn)." in report
    with at(dt.date(2026, 1, 14)):
        before = Client().get(reverse("recommendation", args=[row.pk]), {"as_at": "2026-01-12"})
    assert "First date 9 December 2026" in in_words(text_of(before))


@pytest.mark.parametrize("what", ["recommendation", "inquiry", "finding"])
def test_every_other_form(what: str, cast: Cast, sam: Client) -> None:
    inquiry = cast.inquiry()
    finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Too fast.")
    row = cast.recommendation(inquiry, finding=finding)
    inquiry = cast.publish(inquiry)
    row.refresh_from_db()
    forms: dict[str, tuple[Versioned, dict[str, Any]]] = {
        "recommendation": (
            row,
            {"number": "7", "reference": row.reference, "heading": "Right", "priority": "top"},
        ),
        "inquiry": (
            inquiry,
            {"title": "Right", "reference": inquiry.reference, **boxes("published_on", dt.date(2025, 9, 2))},
        ),
        "finding": (finding, {"number": "7", "text": "Right"}),
    }
    about, data = forms[what]
    data |= {"why": WHY, "version": about.version}
    said = correct(sam, what, about.pk, data)
    assert "Right" in said
    assert "because" in public(row)
    assert WHY in text_of(Client().get(reverse("inquiry", args=[inquiry.pk]))) or what == "recommendation"


def test_a_mistake_on_the_form_is_one_sentence_and_loses_nothing(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    where, version = reverse("correct", args=["notice", part.pk]), {"version": part.version}
    answer = text_of(sam.post(where, {**boxes("on", dt.date(2025, 8, 1)), **version, "why": WHY}))
    assert "The recommendation was published on 1 September 2025. Enter that day or a later one" in answer
    assert WHY in answer
    assert "Enter how it came to be recorded wrong" in text_of(
        sam.post(where, {**boxes("on", TODAY), **version})
    )


def test_a_draft_is_published_by_its_own_step(cast: Cast, sam: Client) -> None:
    inquiry = Recommendation.objects.get(pk=cast.assignment().recommendation_id).inquiry
    draft = recs.add_recommendation(
        by=cast.sam, inquiry=inquiry, number="9", heading="Added later", text="That more is done."
    )
    assert Client().get(reverse("recommendation", args=[draft.pk])).status_code == 404
    assert "Added later" not in text_of(Client().get(reverse("inquiry", args=[inquiry.pk])))
    assert "Recommendation 9 is a draft" in text_of(sam.get(reverse("inquiry_workspace", args=[inquiry.pk])))
    where = reverse("publish_recommendation", args=[draft.pk])
    assert sam.get(where).status_code == 200
    assert sam.post(where, boxes("on", TODAY)).status_code == 302
    assert "Added later" in text_of(Client().get(reverse("inquiry", args=[inquiry.pk])))
    assert "Added to the report 12 January 2026" in words_of(
        Client().get(reverse("inquiry", args=[inquiry.pk]))
    )
    words = words_of(Client().get(reverse("recommendation", args=[draft.pk])))
    assert "Added to the report 12 January 2026" in words
    other = inquiry.recommendations.exclude(pk=draft.pk).get()
    assert "Added to the report" not in words_of(Client().get(reverse("recommendation", args=[other.pk])))
    twice = sam.get(where, follow=True)
    assert "This recommendation is public already" in words_of(twice)
    assert "This recommendation is public already" in words_of(
        sam.post(where, boxes("on", TODAY), follow=True)
    )


def test_not_for_this_body_proposes_whom_to_ask(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    cast.response(part, Decision.NOT_OURS, reason="This is for Testshire Police, not for us.")
    page = text_of(sam.get(reverse("edit_assignment", args=[part.pk])))
    assert "Ask Testshire Police instead" in page
    address = reverse("address", args=[part.recommendation_id])
    form = sam.get(address, {"body": cast.police.pk}).content.decode()
    assert f'<option value="{cast.police.pk}" selected>' in form
    part.refresh_from_db()
    assert Assignment.objects.open().count() == 0


def test_everybody_reads_that_nothing_is_due_of_a_body_it_was_not_for(cast: Cast) -> None:
    part = cast.assignment()
    page = reverse("recommendation", args=[part.recommendation_id])
    lists = [reverse("inquiry", args=[part.recommendation.inquiry_id]), reverse("recommendations")]
    with at(TODAY - dt.timedelta(days=1)):
        assert "nothing is due of it" not in words_of(Client().get(page))
    with at(TODAY):
        cast.response(part, Decision.NOT_OURS, reason="This is for Testshire Police, not for us.")
        words = words_of(Client().get(page))
        assert "answered that this is for somebody else. Its part has ended: nothing is due of it." in words
        assert "Set before the body answered: no longer due" in words
        for address in lists:
            words = words_of(Client().get(address))
            assert "Nothing is due of it" in words
            assert "No update yet" not in words
        yesterday = words_of(Client().get(page, {"as_at": str(TODAY - dt.timedelta(days=1))}))
        assert "nothing is due of it" not in yesterday


def test_a_correction_of_several_things_names_them_alike(cast: Cast) -> None:
    row = cast.assignment().recommendation
    row.refresh_from_db()
    corrections.correct_recommendation(
        by=cast.sam, recommendation=row, number="4", success_measure="All are built.", reason=WHY
    )
    words = words_of(Client().get(reverse("recommendation", args=[row.pk])))
    assert "Corrected: number, how success will show" in words


@pytest.mark.parametrize(
    ("answers", "said"), [(1, "1 response or update of"), (2, "2 responses and updates of")]
)
def test_what_a_wrong_body_answered_is_counted(cast: Cast, sam: Client, answers: int, said: str) -> None:
    part = cast.assignment()
    for decision in (Decision.NOTED, Decision.ACCEPTED)[:answers]:
        cast.response(part, decision)
    page = words_of(
        sam.post(reverse("correct", args=["addressee", part.pk]), {"body": cast.police.pk, "why": WHY})
    )
    assert f"{said} {part.body.name} {'stays' if answers == 1 else 'stay'} on the record, marked." in page


def test_what_is_wrong_leads_to_its_correction_where_it_is_read(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    response, verdict = cast.response(part), cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
    page = reverse("recommendation", args=[part.recommendation_id])
    ways = [
        reverse("correct", args=[what, pk])
        for what, pk in (
            ("notice", part.pk),
            ("first-date", part.pk),
            ("addressee", part.pk),
            ("response", response.pk),
            ("view", verdict.pk),
        )
    ]
    read, yesterday = text_of(sam.get(page)), text_of(sam.get(page, {"as_at": "2026-01-11"}))
    assert [way for way in ways if way not in read] == []
    assert "/workspace/correct/" not in yesterday
    assert "/workspace/correct/" not in text_of(signed_in(cast.carla).get(page))
    workspace = text_of(sam.get(reverse("inquiry_workspace", args=[part.recommendation.inquiry_id])))
    assert workspace.count(reverse("correct", args=["inquiry", part.recommendation.inquiry_id])) == 5


def test_every_check_says_who_is_told(cast: Cast) -> None:
    part = cast.assignment()
    rows = {"assignment": part, "recommendation": part.recommendation}
    for what, kind in CORRECTABLE.items():
        said = " ".join(kind.told(rows.get(kind.name)))
        assert re.search(r"nobody|tells anybody|are told", said), what


def test_the_check_says_who_is_told(cast: Cast, sam: Client) -> None:
    part = cast.assignment()
    page = words_of(sam.post(reverse("correct", args=["withdrawal", part.recommendation_id]), {"why": WHY}))
    assert "Who is told Those who write and approve for Cabinet are told" in page
    response = cast.response(part)
    page = words_of(
        sam.post(reverse("correct", args=["response", response.pk]), {"right": "nothing", "why": WHY})
    )
    assert "Who is told No e-mail tells anybody of this correction." in page


class TestCorrectedAlready:
    """Who opens the correction of what was corrected reads who did it, when and why, and is led to what stands now."""

    def read(self, client: Client, what: str, pk: int) -> tuple[str, str]:
        answer = client.get(reverse("correct", args=[what, pk]))
        assert answer.status_code == 200
        page = text_of(answer)
        assert 'name="why"' not in page
        assert "Enter what is right" not in page
        assert "Select the body" not in page
        return words_of(answer), page

    def test_a_view_put_right_twice(self, cast: Cast, sam: Client) -> None:
        part, other = cast.assignment(), cast.assignment(heading="Another")
        first = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
        said = {name: getattr(first, name) for name in ("meeting", "outcome", "comment")}
        second = corrections.correct_assessment(
            by=cast.sam,
            assessment=first,
            reason=WHY,
            right={
                **said,
                "recommendation": part.recommendation,
                "assignment": None,
                "grade": Grade.ON_COURSE,
            },
        )
        assert second is not None
        third = corrections.correct_assessment(
            by=cast.sam,
            assessment=second,
            reason="The wrong item.",
            right={
                **said,
                "recommendation": other.recommendation,
                "assignment": None,
                "grade": Grade.ON_COURSE,
            },
        )
        assert third is not None
        words, page = self.read(sam, "view", first.pk)
        assert "Sam Scrutiny corrected this already, on 12 January 2026 at midday." in words
        assert f"because: {WHY}" in words
        place = reverse("recommendation", args=[other.recommendation_id])
        assert f'href="{place}#assessment-{third.pk}"' in page
        assert (
            f"{other.recommendation.reference}: Children's Select Committee, 12 January 2026: On course"
            in words
        )

    def test_a_response_that_there_was_not(self, cast: Cast, sam: Client) -> None:
        response = cast.response(cast.assignment())
        corrections.correct_response(by=cast.sam, response=response, reason=WHY)
        words, _ = self.read(sam, "response", response.pk)
        assert (
            "corrected this already, on 12 January 2026 at midday. Nothing stands in its place now." in words
        )

    @pytest.mark.parametrize("what", ["addressee", "notice", "first-date"])
    def test_a_part_addressed_in_error(self, what: str, cast: Cast, sam: Client) -> None:
        part = cast.assignment()
        right = corrections.correct_addressee(by=cast.sam, assignment=part, body=cast.police, reason=WHY)
        assert right is not None
        words, page = self.read(sam, what, part.pk)
        assert f"{part.recommendation.reference}: The part of Testshire Police" in words
        assert f"#body-{right.pk}" in page

    def test_a_recommendation_withdrawn_already(self, cast: Cast, sam: Client) -> None:
        row = cast.assignment().recommendation
        corrections.withdraw_recommendation(by=cast.sam, recommendation=row, reason=WHY)
        words, _ = self.read(sam, "withdrawal", row.pk)
        assert "Sam Scrutiny corrected this already" in words

    def test_what_can_be_corrected_again_says_who_corrected_it_before(self, cast: Cast, sam: Client) -> None:
        part = cast.assignment()
        corrections.correct_notice_date(by=cast.sam, assignment=part, on=dt.date(2025, 9, 2), reason=WHY)
        answer = sam.get(reverse("correct", args=["notice", part.pk]))
        assert "Corrected by Sam Scrutiny, 12 January 2026 at midday" in words_of(answer)
        assert 'name="why"' in text_of(answer)


class TestTheTermOfACorrectedNotice:
    """The check says by which term the response is due, and clocks follow."""

    def check(self, sam: Client, part: Assignment) -> str:
        sent = {**boxes("on", dt.date(2025, 12, 1)), "why": WHY, "version": part.version}
        return words_of(sam.post(reverse("correct", args=["notice", part.pk]), sent))

    def test_it_is_counted_from_the_right_day(self, cast: Cast, sam: Client) -> None:
        part = cast.assignment()
        assert "The response is due 2 months after the right day: 1 February 2026." in self.check(sam, part)
        assert "under another term" not in self.check(sam, part)

    def test_a_term_that_was_changed_since_is_said_to_be(self, cast: Cast, sam: Client) -> None:
        part = cast.assignment()
        bodies.edit_body(
            by=cast.admin, body=cast.cabinet, response_period=3, governance_reason="The law was changed."
        )
        told = (
            "It was sent under another term, due 1 November 2025. The term of Cabinet today is 3 months, and that is what is"
            " counted now."
        )
        assert told in self.check(sam, part)
        corrections.correct_notice_date(by=cast.sam, assignment=part, on=dt.date(2025, 12, 1), reason=WHY)
        part.refresh_from_db()
        assert part.response_due_on == dt.date(2026, 3, 1)
        assert not part.is_response_late_on(TODAY)
        with at(dt.date(2026, 3, 2)):
            assert Assignment.objects.response_late().get() == part

    def test_a_body_without_a_term(self, cast: Cast, sam: Client) -> None:
        part = cast.assignment(body=cast.police)
        assert "Testshire Police has no set term to respond, so none is counted." in self.check(sam, part)

    def test_a_first_date_that_had_passed_by_then_is_said_to_make_nothing_late(
        self, cast: Cast, sam: Client
    ) -> None:
        told = "The first date, 1 November 2025, had passed before the notice of 1 December 2025: it makes nothing late."
        late = cast.assignment(first_target_on=dt.date(2025, 11, 1))
        page = self.check(sam, late)
        assert told in page
        assert "Open, overdue by 72 days Open, not overdue" in page
        part = cast.assignment(first_target_on=dt.date(2026, 11, 1), notified_on=dt.date(2025, 12, 1))
        sent = {**boxes("on", dt.date(2025, 11, 1)), "why": WHY, "version": part.version}
        assert told in words_of(sam.post(reverse("correct", args=["first-date", part.pk]), sent))
