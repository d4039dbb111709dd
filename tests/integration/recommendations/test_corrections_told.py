"""What the public is told of a correction: in the feed, on the page and in the files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import corrections, target_dates
from recommendations.actions.bodies import add_body
from recommendations.lifecycle import BodyKind, ChangeKind, Decision, Grade, Outcome
from recommendations.models import Assessment, Assignment, Correction, Recommendation, Response, Update
from recommendations.packs.since import change_words
from recommendations.queries.changes import changes
from recommendations.queries.correction_marks import is_told_of_row, marked
from recommendations.queries.corrections import of_recommendations
from recommendations.queries.record_rows import RecordRows
from recommendations.queries.records import record
from tests.clients import signed_in, words_of
from tests.factories import TODAY, Cast, at

WHY = "Typed wrong."
ATOM = "{http://www.w3.org/2005/Atom}"
DECIDED = dt.date(2025, 12, 6)


def correct_response(cast: Cast, response: Response, decision: Decision, **said: Any) -> Response:
    right = corrections.correct_response(
        by=cast.sam,
        response=response,
        reason=WHY,
        right={"decision": decision, "decided_on": DECIDED, "text": "", "reason": "Money is short.", **said},
    )
    assert right is not None
    return right


def feed(client: Client) -> list[dict[str, str | None]]:
    """Return the entries of the feed, by the names of what they hold."""
    tree = ElementTree.fromstring(client.get(reverse("feed")).content)  # noqa: S314 (our own)
    names = ("title", "updated", "summary", "author")
    return [
        {
            name: entry.findtext(f"{ATOM}{name}" + (f"/{ATOM}name" if name == "author" else ""))
            for name in names
        }
        for entry in tree.iter(f"{ATOM}entry")
    ]


def support_of(part: Assignment) -> str:
    return f"Committee support, {part.recommendation.inquiry.committee.name}"


class TestTheFeed:
    def test_a_corrected_response_is_told_as_a_correction_and_not_as_a_new_response(
        self, cast: Cast, client: Client
    ) -> None:
        part = cast.assignment()
        wrong = cast.response(part)
        with at(TODAY, 13):
            correct_response(cast, wrong, Decision.IN_PART, text="We shall build three of the five.")
            made = Correction.objects.get()
            [entry] = feed(client)
        assert entry == {
            "title": f"Corrected: the Cabinet’s response, now Accepted in part. {part.recommendation}",
            "updated": made.corrected_at.isoformat(),
            "summary": f"The Cabinet’s response: {WHY} Right: We shall build three of the five.",
            "author": support_of(part),
        }

    def test_a_response_that_there_was_not_is_told_without_a_decision(
        self, cast: Cast, client: Client
    ) -> None:
        part = cast.assignment()
        corrections.correct_response(by=cast.sam, response=cast.response(part), reason=WHY)
        [entry] = feed(client)
        assert entry["title"] == f"Corrected: the Cabinet’s response. {part.recommendation}"

    def test_a_name_that_ends_in_s_is_told_as_english_has_it(self, cast: Cast, client: Client) -> None:
        schools = add_body(by=cast.admin, name="Testshire Schools", kind=BodyKind.SCHOOL)
        part = cast.assignment(body=schools)
        corrections.correct_response(by=cast.sam, response=cast.response(part), reason=WHY)
        [entry] = feed(client)
        assert entry["title"] == f"Corrected: the Testshire Schools’ response. {part.recommendation}"

    def test_a_response_corrected_twice_is_told_with_the_decision_that_stands(
        self, cast: Cast, client: Client
    ) -> None:
        part = cast.assignment()
        again = correct_response(cast, cast.response(part), Decision.IN_PART)
        correct_response(cast, again, Decision.REJECTED)
        last, first = (entry["title"] for entry in feed(client))
        assert last == f"Corrected: the Cabinet’s response, now Rejected. {part.recommendation}"
        assert first == f"Corrected: the Cabinet’s response. {part.recommendation}"

    def test_a_corrected_view_is_committee_supports(self, cast: Cast, client: Client) -> None:
        part = cast.assignment()
        corrections.correct_assessment(by=cast.sam, assessment=cast.close(part), reason=WHY)
        [entry] = feed(client)
        assert entry["title"] == f"Corrected: the committee’s view. {part.recommendation}"
        assert entry["author"] == support_of(part)

    def test_an_update_that_corrects_another_says_so_and_stands_alone(
        self, cast: Cast, client: Client
    ) -> None:
        part = cast.assignment()
        wrong = cast.published(part, progress="Five are built.")
        with at(TODAY, 13):
            cast.correcting(wrong, progress="Two are built.")
            [entry] = feed(client)
        assert entry["title"] == f"Corrected: the Cabinet’s update, now On track. {part.recommendation}"
        assert entry["summary"] == "Two are built."


class TestAnUpdateThatCorrects:
    @pytest.fixture
    def both(self, cast: Cast) -> tuple[Update, Update]:
        cast.meeting(dt.date(2025, 12, 1))
        wrong = cast.published(cast.assignment(), progress="Five are built.")
        with at(TODAY, 13):
            return wrong, cast.correcting(wrong, progress="Two are built.")

    def test_the_dashboard_marks_both_updates(self, cast: Cast, both: tuple[Update, Update]) -> None:
        part = both[0].assignment
        board = reverse("committee_dashboard", args=[part.recommendation.inquiry.committee_id])
        with at(TODAY, 14):
            words = words_of(signed_in(cast.colin).get(board))
        reference = part.recommendation.reference
        assert f"Corrected A later update corrects it : {reference} Five are built." in words
        assert f"Corrected It corrects an earlier update : {reference} Two are built." in words

    def test_a_pack_says_so_and_knows_what_was_known_then(
        self, cast: Cast, both: tuple[Update, Update]
    ) -> None:
        def told(end: dt.datetime | None) -> list[str]:
            between = (clock.end_of_day(dt.date(2025, 12, 1)), end)
            groups = changes(between, Assignment.objects.all())
            [updates] = [group for group in groups if group.kind == ChangeKind.UPDATES]
            return [change_words(updates.kind, change) for change in updates.changes]

        with at(TODAY, 14):
            assert told(both[0].published_at) == ["on track, its first update"]
            assert told(None) == [
                "on track, its first update; a later update corrects it",
                "on track; it corrects an earlier update",
            ]


def test_the_timeline_names_committee_support_as_the_author(cast: Cast) -> None:
    part = cast.assignment()
    correct_response(cast, cast.response(part), Decision.IN_PART)
    again = Recommendation.objects.for_record().get(pk=part.recommendation_id)
    told = [entry for entry in record(again, cast.sam).entries if entry.kind == "correction"]
    assert [(entry.title, entry.who) for entry in told] == [
        ("Corrected: the Cabinet’s response, now Accepted in part", support_of(part))
    ]


class TestThePage:
    def test_the_response_in_place_says_what_it_was_and_why(self, cast: Cast, client: Client) -> None:
        part = cast.assignment()
        correct_response(cast, cast.response(part), Decision.IN_PART)
        made = Correction.objects.get()
        page = words_of(client.get(reverse("recommendation", args=[part.recommendation_id])))
        said = "Corrected Recorded before (Decision: Accepted"
        assert page.count(said) == 2  # beside the response, and in the timeline
        assert f"on 12 January 2026 because: {WHY}" in page
        assert (
            f"#correction-{made.pk}"
            in client.get(reverse("recommendation", args=[part.recommendation_id])).content.decode()
        )

    def test_a_view_in_the_place_of_another_at_a_meeting_of_another_day_says_both(
        self, cast: Cast, client: Client
    ) -> None:
        part = cast.assignment()
        verdict = cast.close(part)
        right = {
            name: getattr(verdict, name) for name in ("recommendation", "assignment", "meeting", "grade")
        }
        corrections.correct_assessment(
            by=cast.sam,
            assessment=verdict,
            reason=WHY,
            right=right | {"outcome": Outcome.CLOSE_SUPERSEDED, "comment": "It was overtaken."},
        )
        corrections.correct_meeting_date(
            by=cast.carla, meeting=verdict.meeting, held_on=dt.date(2026, 1, 9), reason="The agenda says so."
        )
        page = words_of(client.get(reverse("recommendation", args=[part.recommendation_id])))
        beside, _, history = page.partition("Corrected: date of the meeting")
        for words in (beside, history):
            assert "Corrected Recorded before (Decision: " in words
            assert "Corrected Recorded before (Date of the meeting: 12 January 2026), corrected on" in words

    def test_what_is_recorded_after_the_day_was_corrected_never_read_otherwise(
        self, cast: Cast, client: Client
    ) -> None:
        meeting = cast.meeting(dt.date(2026, 1, 9))
        part, other = cast.assignment(), cast.assignment()
        cast.verdict(other, Grade.ON_COURSE, Outcome.KEEP, meeting=meeting)
        corrections.correct_meeting_date(
            by=cast.carla, meeting=meeting, held_on=TODAY, reason="The agenda says so."
        )
        said = "Recorded before (Date of the meeting: 9 January 2026)"
        with at(TODAY, 13):
            cast.verdict(part, Grade.ON_COURSE, Outcome.KEEP, meeting=meeting)
            change = target_dates.request_new_date(
                by=cast.olive,
                assignment=part,
                new_date=dt.date(2027, 6, 1),
                reason="The contractor withdrew.",
            )
            target_dates.decide_new_date(by=cast.sam, change=change, agreed=True, meeting=meeting)
            pages = [reverse("recommendation", args=[one.recommendation_id]) for one in (part, other)]
            new, earlier = [words_of(client.get(page)) for page in pages]
            assert "New date agreed 12 January 2026" in new
            assert said not in new
            assert said in earlier
            rows = Assessment.objects.filter(assignment__in=[part, other]).order_by("recorded_at")
            first, second = marked(rows, with_days=True)
            assert [len(one.put_right_by) for one in (first, second)] == [1, 0]
            told = rows.annotate(corrected=is_told_of_row(Assessment)).values_list("corrected", flat=True)
            assert list(told) == [True, False]

    def test_a_view_moved_to_the_right_recommendation_is_marked_there(
        self, cast: Cast, client: Client
    ) -> None:
        wrong, right = cast.assignment(), cast.assignment()
        verdict = cast.close(wrong)
        corrections.correct_assessment(
            by=cast.sam,
            assessment=verdict,
            reason=WHY,
            right={
                "recommendation": right.recommendation,
                "assignment": None,
                "meeting": verdict.meeting,
                "grade": verdict.grade,
                "outcome": verdict.outcome,
                "comment": "It was seen.",
            },
        )
        page = words_of(client.get(reverse("recommendation", args=[right.recommendation_id])))
        came = f"moved here from {wrong.recommendation.reference}"
        assert f"Corrected: the committee’s view, {came}, now {verdict.get_outcome_display()}" in page
        assert f"Corrected Recorded before (Recommendation: {wrong.recommendation.reference}" in page


class TestWhatChanged:
    """On the dashboard and in packs: what was corrected is told as that, once."""

    @staticmethod
    def told() -> dict[ChangeKind, list[str]]:
        groups = changes((clock.now() - dt.timedelta(days=60), None), Assignment.objects.all())
        return {
            group.kind: [str(one.status.label) for one in group.changes if one.status is not None]
            for group in groups
            if group.changes
        }

    def test_a_corrected_response_is_no_new_one(self, cast: Cast) -> None:
        correct_response(cast, cast.response(cast.assignment()), Decision.IN_PART)
        told = self.told()
        assert ChangeKind.RESPONSES not in told
        assert told[ChangeKind.CORRECTED] == ["Accepted in part"]

    def test_a_corrected_view_is_no_new_one(self, cast: Cast) -> None:
        verdict = cast.close(cast.assignment())
        corrections.correct_assessment(
            by=cast.sam,
            assessment=verdict,
            reason=WHY,
            right={
                "recommendation": verdict.recommendation,
                "assignment": verdict.assignment,
                "meeting": verdict.meeting,
                "grade": verdict.grade,
                "outcome": Outcome.CLOSE_SUPERSEDED,
                "comment": "It was overtaken.",
            },
        )
        told = self.told()
        assert ChangeKind.CLOSED not in told
        assert told[ChangeKind.CORRECTED] == [Outcome.CLOSE_SUPERSEDED.label]


def test_a_download_tells_all_corrections_as_the_page_does(cast: Cast, client: Client) -> None:
    part = cast.assignment()
    correct_response(cast, cast.response(part), Decision.IN_PART)
    verdict = cast.close(part)
    day_before = TODAY - dt.timedelta(days=1)
    corrections.correct_meeting_date(
        by=cast.sam, meeting=verdict.meeting, held_on=day_before, reason="The day before."
    )
    corrections.correct_assessment(by=cast.sam, assessment=verdict, reason="The wrong item.")
    again = Recommendation.objects.for_record().get(pk=part.recommendation_id)
    page = RecordRows(again, cast.sam, None).corrections
    assert len(page) == 3
    assert of_recommendations([again.pk]) == {again.pk: page}
    for route, of in (("recommendations_file", []), ("body_file", [part.body_id])):
        answer: Any = client.get(reverse(route, args=[*of, "csv"]))
        [row] = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
        told = row["Corrected"].split("; ")
        assert "The Cabinet’s response, now Accepted in part: Recorded in error, corrected on" in told[0]
        assert "Recorded in error before (Date of the meeting: 12 January 2026)" in told[1]
        assert "The committee’s view: Recorded in error, corrected on" in told[2]


class TestAViewOnTheWrongItem:
    """The item it was moved from says where it went, the one it stands on where it came from; no page tells it as new."""

    @pytest.fixture
    def parts(self, cast: Cast) -> tuple[Assignment, Assignment]:
        wrong, right = cast.assignment(heading="Wrong"), cast.assignment(heading="Right")
        with at(TODAY - dt.timedelta(days=4)):
            verdict = cast.verdict(wrong, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)
        said = {name: getattr(verdict, name) for name in ("meeting", "grade", "outcome", "comment")}
        said |= {"recommendation": right.recommendation, "assignment": right}
        corrections.correct_assessment(by=cast.sam, assessment=verdict, reason=WHY, right=said)
        return wrong, right

    def test_both_pages_say_where_it_went(
        self, cast: Cast, client: Client, parts: tuple[Assignment, Assignment]
    ) -> None:
        wrong, right = parts
        there, here = right.recommendation.reference, wrong.recommendation.reference
        answer = client.get(reverse("recommendation", args=[wrong.recommendation_id]))
        page = words_of(answer)
        assert f"Corrected: the committee’s view, moved to {there} " in page
        assert f"because: {WHY} The view was moved to {there} Right ." in page
        moved = Assessment.objects.standing().get()
        place = f"{reverse('recommendation', args=[right.recommendation_id])}#assessment-{moved.pk}"
        assert f'href="{place}"' in answer.content.decode()
        assert "now Closed" not in page
        assert "About the work of" not in page  # it is of the same body's work
        page = words_of(client.get(reverse("recommendation", args=[right.recommendation_id])))
        assert f"Corrected: the committee’s view, moved here from {here}, now Closed: implemented" in page
        assert f"Corrected Recorded before (Recommendation: {here}), corrected on" in page

    def test_the_list_of_changes_and_the_pack_tell_of_each_what_is_so(
        self, cast: Cast, parts: tuple[Assignment, Assignment]
    ) -> None:
        wrong, right = (part.recommendation for part in parts)
        groups = changes((clock.now() - dt.timedelta(days=60), None), Assignment.objects.all())
        [group] = [group for group in groups if group.kind == ChangeKind.CORRECTED]
        told = [(one.heading, one.status, one.words, change_words(group.kind, one)) for one in group.changes]
        went, came = (
            f"The committee’s view, moved to {right.reference}",
            f"The committee’s view, moved here from {wrong.reference}",
        )
        on = "corrected on 12 January 2026"
        assert told == [
            ("Wrong", None, f"{went}: {WHY}", f"{went}: Typed wrong, {on}"),
            (
                "Right",
                Outcome.CLOSE_IMPLEMENTED,
                f"{came}: {WHY}",
                f"{came}: Typed wrong, {on}, now closed: implemented",
            ),
        ]
        assert not [one for one in groups if one.kind == ChangeKind.CLOSED and one.changes]

    def test_the_feed_and_the_files_say_where_it_went(
        self, cast: Cast, client: Client, parts: tuple[Assignment, Assignment]
    ) -> None:
        wrong, right = (part.recommendation for part in parts)
        [entry] = feed(client)
        assert entry["title"] == f"Corrected: the committee’s view, moved to {right.reference}. {wrong}"
        answer: Any = client.get(reverse("recommendations_file", args=["csv"]))
        rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
        told = {row["Heading"]: row["Corrected"] for row in rows}
        assert told["Wrong"].startswith(
            f"The committee’s view, moved to {right.reference}: Recorded in error"
        )
        came = f"The committee’s view, moved here from {wrong.reference}, now Closed: implemented: Recorded"
        assert told["Right"].startswith(came)

    def test_the_page_of_the_meeting_says_why(self, cast: Cast, parts: tuple[Assignment, Assignment]) -> None:
        moved = Assessment.objects.standing().get()
        page = words_of(signed_in(cast.carla).get(reverse("meeting", args=[moved.meeting_id])))
        assert (
            f"Recorded in error , corrected on 12 January 2026 because: {WHY} The view was moved to" in page
        )
        here = parts[0].recommendation.reference
        assert f"Corrected Recorded before (Recommendation: {here}), corrected on" in page

    def test_one_moved_to_another_bodys_part_says_from_whom(self, cast: Cast, client: Client) -> None:
        part = cast.assignment()
        other = cast.assignment(recommendation=part.recommendation, body=cast.police)
        verdict = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP)
        said = {name: getattr(verdict, name) for name in ("recommendation", "meeting", "grade", "outcome")}
        corrections.correct_assessment(
            by=cast.sam,
            assessment=verdict,
            reason=WHY,
            right=said | {"assignment": other, "comment": verdict.comment},
        )
        page = words_of(client.get(reverse("recommendation", args=[part.recommendation_id])))
        assert "the committee’s view, moved from Cabinet to Testshire Police, now Concerns" in page
