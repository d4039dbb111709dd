"""A decision on a new date that was recorded wrong is put right in the open, and everything is worked out anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from committee import clock
from recommendations.actions import corrections, target_dates
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import ChangeKind, DatesAgreedBy, Edition, TargetState
from recommendations.models import Assignment, Correction, Pack, Recommendation, TargetChange
from recommendations.notifications.due import everything
from recommendations.packs.content import build_content
from recommendations.queries import figures, trends
from recommendations.queries.changes import changes
from recommendations.queries.corrections import facts_of_replaced, mark, title_of
from recommendations.queries.records import record
from recommendations.queries.states import states
from tests.clients import signed_in, words_of
from tests.factories import TODAY, Cast, at
from tests.imports import a_line, bring_in, day, make_inquiry

WHY = "Typed wrong: the committee agreed October."
FIRST, ASKED, RIGHT = dt.date(2026, 3, 31), dt.date(2026, 12, 31), dt.date(2026, 10, 31)
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def kept_state_is_what_history_says(db: None) -> Any:
    yield
    assert [words for _, words in differing_recommendations()] == []


@pytest.fixture
def change(cast: Cast) -> TargetChange:
    """A new date asked for a fortnight ago and agreed at a meeting a week ago."""
    with at(TODAY - 2 * WEEK):
        part = cast.assignment(first_target_on=FIRST)
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=ASKED, reason="The crossing waits for a permit."
        )
    with at(TODAY - WEEK):
        return target_dates.decide_new_date(
            by=cast.sam, change=asked, agreed=True, meeting=cast.meeting(TODAY - WEEK)
        )


def correct(cast: Cast, change: TargetChange, **right: Any) -> Any:
    """Correct the decision. Without more it reads as recorded."""
    said: dict[str, Any] = {"agreed": True, "decided_as": DatesAgreedBy.MEETING, "meeting": change.meeting}
    return corrections.correct_date_decision(
        by=right.pop("by", cast.sam), change=change, reason=right.pop("reason", WHY), right=said | right
    )


def part_of(change: TargetChange) -> Assignment:
    return Assignment.objects.get(pk=change.assignment_id)


def page(cast: Cast, change: TargetChange, moment: dt.datetime | None = None) -> Any:
    row = Recommendation.objects.for_record().get(pk=change.assignment.recommendation_id)
    return record(row, cast.sam, moment)


def then(change: TargetChange, moment: dt.datetime) -> Any:
    [state] = states(Assignment.objects.filter(pk=change.assignment_id), moment)
    return state


class TestWhatIsRight:
    def test_another_date_was_agreed(self, cast: Cast, change: TargetChange) -> None:
        before = clock.now() - dt.timedelta(hours=1)
        right = correct(cast, change, other_date=RIGHT, note="Before the winter.")
        change.refresh_from_db()
        assert change.voided_at is not None
        assert (change.state, change.new_date) == (TargetState.AGREED, ASKED)
        assert (right.state, right.new_date, right.asked_date) == (TargetState.AGREED, RIGHT, ASKED)
        assert (right.asked_at, right.asked_by, right.reason) == (change.asked_at, cast.olive, change.reason)
        assert right.decided_on == TODAY - WEEK
        part = part_of(change)
        assert (part.first_target_on, part.target_on, part.slips) == (FIRST, RIGHT, 1)
        assert part.slip_days == (RIGHT - FIRST).days
        assert (then(change, before).target_on, then(change, clock.now()).target_on) == (ASKED, RIGHT)
        correction = Correction.objects.get()
        assert title_of(correction) == "the decision on a new date"
        assert mark(correction) == f"Recorded in error, corrected on 12 January 2026 because: {WHY}"
        assert [(one.label, one.before, one.after) for one in facts_of_replaced(correction)] == [
            ("Date agreed", "31 December 2026", "31 October 2026"),
            ("Note", "None", "Before the winter."),
        ]

    def test_it_was_refused(self, cast: Cast, change: TargetChange) -> None:
        before = clock.now() - dt.timedelta(hours=1)
        part = part_of(change)
        with at(FIRST + WEEK):
            right = correct(cast, change, agreed=False, note="No reason to wait.")
            assert (right.state, right.new_date) == (TargetState.REFUSED, ASKED)
            part = part_of(change)
            assert (part.target_on, part.slips, part.slip_days) == (FIRST, 0, 0)
            assert figures.tally(Assignment.objects.all()).total.counts.overdue == 1
            assert trends.trend(Assignment.objects.all())[-1].overdue == 1
        assert then(change, before).slips == 1

    def test_it_was_agreed_where_a_refusal_is_recorded(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=FIRST)
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=ASKED, reason="A permit."
        )
        refused = target_dates.decide_new_date(
            by=cast.sam, change=asked, agreed=False, note="No.", meeting=cast.meeting(TODAY)
        )
        correct(cast, refused)
        assert (part_of(refused).target_on, part_of(refused).slips) == (ASKED, 1)

    def test_no_decision_was_taken(self, cast: Cast, change: TargetChange) -> None:
        right = corrections.correct_date_decision(by=cast.sam, change=change, reason=WHY)
        assert right is not None
        assert (right.state, right.new_date, right.decided_on) == (TargetState.REQUESTED, ASKED, None)
        assert (part_of(change).target_on, part_of(change).slips) == (FIRST, 0)
        assert list(TargetChange.objects.requested()) == [right]
        assert list(TargetChange.objects.waiting_at(clock.now() - dt.timedelta(hours=1))) == []
        assert list(TargetChange.objects.waiting_at(clock.now())) == [right]
        with at(TODAY + WEEK):
            cast.agree(right)
            assert part_of(change).target_on == ASKED

    def test_a_request_that_waits_again_moves_the_date_that_stands(
        self, cast: Cast, change: TargetChange
    ) -> None:
        stands = FIRST + 4 * WEEK
        corrections.correct_first_date(
            by=cast.sam, assignment=part_of(change), on=stands, reason="Typed wrong."
        )
        right = corrections.correct_date_decision(by=cast.sam, change=change, reason=WHY)
        assert right is not None
        assert (right.old_date, part_of(change).target_on) == (stands, stands)
        with pytest.raises(ActionDenied, match="the present date"):
            target_dates.decide_new_date(
                by=cast.sam, change=right, agreed=True, other_date=stands, note="So.", meeting=change.meeting
            )

    def test_a_request_for_the_date_that_stands_waits_as_it_was(
        self, cast: Cast, change: TargetChange
    ) -> None:
        corrections.correct_first_date(by=cast.sam, assignment=part_of(change), on=ASKED, reason=WHY)
        right = corrections.correct_date_decision(by=cast.sam, change=change, reason=WHY)
        assert right is not None
        assert (right.old_date, right.new_date, part_of(change).target_on) == (FIRST, ASKED, ASKED)
        page = signed_in(cast.sam).get(reverse("decide_date", args=[right.pk]))
        assert "Present date 31 December 2026" in words_of(page)

    def test_a_later_date_that_was_agreed_is_what_the_request_moves(
        self, cast: Cast, change: TargetChange
    ) -> None:
        later = dt.date(2027, 6, 30)
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=part_of(change), new_date=later, reason="Again."
        )
        cast.agree(asked)
        right = corrections.correct_date_decision(by=cast.sam, change=change, reason=WHY)
        assert right is not None
        assert (right.old_date, right.new_date, part_of(change).target_on) == (later, ASKED, later)

    def test_two_requests_do_not_wait_on_what_was_closed(self, cast: Cast, change: TargetChange) -> None:
        target_dates.request_new_date(
            by=cast.olive, assignment=part_of(change), new_date=dt.date(2027, 6, 30), reason="Again."
        )
        cast.close(part_of(change))
        with pytest.raises(ActionDenied, match="two can’t wait at once"):
            corrections.correct_date_decision(by=cast.sam, change=change, reason=WHY)
        assert correct(cast, change, agreed=False, note="No.").state == TargetState.REFUSED

    def test_between_meetings_by_the_chair_on_another_day(self, cast: Cast, change: TargetChange) -> None:
        day = TODAY - WEEK - dt.timedelta(days=2)
        right = correct(cast, change, decided_as=DatesAgreedBy.CHAIR, meeting=None, decided_on=day)
        assert (right.decided_on, right.decision_words) == (day, "Agreed by the chair on 3 January 2026")
        ordered = TargetChange.objects.standing().decided()
        assert list(ordered) == [right]

    def test_at_another_meeting(self, cast: Cast, change: TargetChange) -> None:
        other = cast.meeting(TODAY - WEEK - dt.timedelta(days=1), title="Special meeting")
        right = correct(cast, change, meeting=other)
        assert right.decided_on == other.held_on
        wrong = change.meeting
        assert wrong is not None
        assert wrong.business() == []
        assert other.business() == ["A new date was decided at this meeting"]

    def test_it_is_corrected_again(self, cast: Cast, change: TargetChange) -> None:
        first = correct(cast, change, agreed=False, note="No reason to wait.")
        with at(TODAY, 13):
            second = correct(cast, first, other_date=RIGHT, note="Before the winter.")
        assert part_of(change).target_on == RIGHT
        assert list(TargetChange.objects.standing()) == [second]


class TestWhatFollowed:
    """A date that was agreed after the wrong one stands, and is counted against the right one."""

    @pytest.fixture
    def later(self, cast: Cast, change: TargetChange) -> TargetChange:
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=part_of(change), new_date=dt.date(2027, 1, 31), reason="Again."
        )
        return target_dates.decide_new_date(
            by=cast.sam, change=asked, agreed=True, meeting=cast.meeting(TODAY)
        )

    def test_it_stands(self, cast: Cast, change: TargetChange, later: TargetChange) -> None:
        assert part_of(change).slips == 2
        with at(TODAY, 13):
            correct(cast, change, agreed=False, note="No reason to wait.")
        part = part_of(change)
        assert (part.target_on, part.slips) == (later.new_date, 1)

    def test_it_is_counted_from_the_right_date(
        self, cast: Cast, change: TargetChange, later: TargetChange
    ) -> None:
        with at(TODAY, 13):
            correct(cast, change, other_date=dt.date(2027, 6, 30), note="Summer.")
        assert (part_of(change).target_on, part_of(change).slips) == (later.new_date, 1)

    def test_the_right_decision_is_not_after_it(
        self, cast: Cast, change: TargetChange, later: TargetChange
    ) -> None:
        with (
            at(TODAY + WEEK),
            pytest.raises(ActionDenied, match="next new date was decided on 12 January 2026"),
        ):
            correct(cast, change, meeting=None, decided_as=DatesAgreedBy.CHAIR, decided_on=TODAY + WEEK)


class TestRefused:
    @pytest.mark.parametrize(
        ("right", "words", "field"),
        [
            ({}, "this is what is recorded now", None),
            ({"agreed": False}, "why the new date was refused", "note"),
            ({"other_date": RIGHT}, "why another date was agreed", "note"),
            ({"other_date": ASKED, "note": "So."}, "the date that was asked for", "other_date"),
            ({"other_date": FIRST, "note": "So."}, "the present date", "other_date"),
            ({"other_date": FIRST - WEEK, "note": "So."}, "or a later one", "other_date"),
            ({"meeting": None}, "Select the meeting", "meeting"),
            ({"meeting": None, "decided_as": "chair"}, "Enter the day of the decision", "decided_on"),
            (
                {"meeting": None, "decided_as": "chair", "decided_on": TODAY + WEEK},
                "today or earlier",
                "decided_on",
            ),
            (
                {"meeting": None, "decided_as": "chair", "decided_on": TODAY - 3 * WEEK},
                "on which the new date was asked for",
                "decided_on",
            ),
            ({"reason": " "}, "how it came to be recorded wrong", "reason"),
        ],
    )
    def test_words(
        self, cast: Cast, change: TargetChange, right: dict[str, Any], words: str, field: str | None
    ) -> None:
        right = {"note": "Other", **right} if "reason" in right else right
        with pytest.raises(ActionDenied, match=words) as refused:
            correct(cast, change, **right)
        assert refused.value.field == field
        assert not Correction.objects.exists()

    def test_a_meeting_of_another_body(self, cast: Cast, change: TargetChange) -> None:
        with pytest.raises(ActionDenied, match="Select a meeting of the"):
            correct(cast, change, meeting=cast.meeting(TODAY, cast.cabinet))

    def test_while_another_request_waits(self, cast: Cast, change: TargetChange) -> None:
        target_dates.request_new_date(
            by=cast.olive, assignment=part_of(change), new_date=dt.date(2027, 6, 30), reason="Again."
        )
        with pytest.raises(ActionDenied, match="Record whether it was agreed"):
            correct(cast, change, agreed=False, note="No.")

    def test_one_that_waits(self, cast: Cast) -> None:
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=cast.assignment(), new_date=ASKED, reason="A permit."
        )
        with pytest.raises(ActionDenied, match="Record the decision instead"):
            correct(cast, asked, agreed=False, note="No.")

    def test_twice(self, cast: Cast, change: TargetChange) -> None:
        correct(cast, change, agreed=False, note="No.")
        with pytest.raises(ActionDenied, match="corrected already"):
            correct(cast, change, agreed=False, note="No.")

    def test_rights(self, cast: Cast, change: TargetChange) -> None:
        for who in (
            cast.oscar,
            cast.carla,
            cast.colin,
            cast.chris,
            cast.olive,
            cast.ada,
            cast.admin,
            cast.nobody,
        ):
            with pytest.raises(PermissionDenied):
                correct(cast, change, by=who, agreed=False, note="No.")


class TestOfATracker:
    def test_it_moved_no_date_and_nothing_takes_its_place(self, cast: Cast) -> None:
        with at(TODAY - WEEK):
            line = a_line(
                cast,
                inquiry=make_inquiry(cast).pk,
                earlier_targets=(day(2025, 3, 31),),
                target=day(2026, 12, 31),
            )
            bring_in(cast, [line])
        moved = TargetChange.objects.get()
        assert part_of(moved).slips == 1
        with pytest.raises(ActionDenied, match="comes from a tracker"):
            correct(cast, moved, agreed=False, note="No.")
        assert corrections.correct_date_decision(by=cast.sam, change=moved, reason=WHY) is None
        assert part_of(moved).target_on == part_of(moved).first_target_on


class TestInTheOpen:
    def test_the_page_shows_both(self, cast: Cast, change: TargetChange) -> None:
        before = clock.now() - dt.timedelta(hours=1)
        right = correct(cast, change, other_date=RIGHT, note="Before the winter.")
        now = page(cast, change)
        wrong, put = (
            next(one for one in now.entries if one.kind == "date" and one.key == row.pk)
            for row in (change, right)
        )
        assert (wrong.correction, put.correction) == (Correction.objects.get(), None)
        assert put.put_right_by == [Correction.objects.get()]
        [told] = [one for one in now.entries if one.kind == "correction"]
        assert told.title == "Corrected: the decision on a new date, now Agreed"
        assert [one.pk for one in now.parts[0].agreed_changes] == [right.pk]
        earlier = page(cast, change, before)
        assert [one.key for one in earlier.entries if one.kind == "date"] == [change.pk]
        assert [one.correction for one in earlier.entries if one.kind == "date"] == [None]
        assert earlier.parts[0].assignment.target_on == ASKED
        assert [one.pk for one in earlier.parts[0].agreed_changes] == [change.pk]

    def test_the_changes_tell_it_as_a_correction(self, cast: Cast, change: TargetChange) -> None:
        start = clock.now() - dt.timedelta(hours=1)
        correct(cast, change, other_date=RIGHT, note="Before the winter.")
        found = {
            group.kind: group.changes
            for group in changes((start, None), Assignment.objects.all())
            if group.changes
        }
        assert set(found) == {ChangeKind.CORRECTED}

    def test_over_the_whole_time_it_is_asked_once(self, cast: Cast, change: TargetChange) -> None:
        start = clock.now() - 3 * WEEK
        correct(cast, change, agreed=False, note="No.")
        found = {group.kind: group.changes for group in changes((start, None), Assignment.objects.all())}
        kinds = {kind: [one.status for one in rows] for kind, rows in found.items() if rows}
        assert [TargetState.REFUSED] in kinds.values()
        assert ChangeKind.CORRECTED in kinds

    def test_a_pack_has_what_is_right(self, cast: Cast, change: TargetChange) -> None:
        def dates() -> Any:
            pack = Pack(
                meeting=change.meeting,
                edition=Edition.PUBLIC,
                created_by=cast.carla,
                selection=[change.assignment.recommendation_id],
                title="All",
            )
            content = build_content(pack, by=cast.carla, moment=clock.now())
            [one] = content["slips"]
            return [made["to"] for made in one["changes"]], one["slips"], one["refused"]

        assert dates() == (["2026-12-31"], 1, [])
        correct(cast, change, other_date=RIGHT, note="Before the winter.")
        assert dates() == (["2026-10-31"], 1, [])

    def test_nobody_is_mailed_again(self, cast: Cast, change: TargetChange) -> None:
        with at(TODAY - WEEK):
            told = {key for _, _, key in (one.key for one in everything())}
        assert f"date:{change.pk}:decided" in told
        right = correct(cast, change, agreed=False, note="No.")
        keys = {key for _, _, key in (one.key for one in everything())}
        assert not {key for key in keys if key.startswith((f"date:{right.pk}", f"date:{change.pk}"))}

    def test_who_asked_is_told_of_the_decision_that_was_still_to_come(
        self, cast: Cast, change: TargetChange
    ) -> None:
        right = corrections.correct_date_decision(by=cast.sam, change=change, reason=WHY)
        assert right is not None
        with at(TODAY + dt.timedelta(days=1)):
            cast.agree(right)
            assert f"date:{right.pk}:decided" in {key for _, _, key in (one.key for one in everything())}


class TestByTheDatabase:
    """Past all our code."""

    def test_an_entry_is_voided_only_by_its_correction(self, change: TargetChange) -> None:
        with pytest.raises(DatabaseError, match="only voided by its correction"), transaction.atomic():
            TargetChange.objects.filter(pk=change.pk).update(voided_at=clock.now())

    def test_nothing_else_of_it_is_changed_with_that(self, cast: Cast, change: TargetChange) -> None:
        correct(cast, change, agreed=False, note="No.")
        for said in (
            {"new_date": RIGHT},
            {"decision_note": "Other"},
            {"voided_at": None},
            {"decided_day": FIRST},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                TargetChange.objects.filter(pk=change.pk).update(**said)

    def test_a_request_is_not_voided(self, cast: Cast) -> None:
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=cast.assignment(), new_date=ASKED, reason="A permit."
        )
        with pytest.raises(DatabaseError, match="target_voided_once_decided"), transaction.atomic():
            Correction.objects.create(targetchange=asked, voids=True, reason=WHY, corrected_by=cast.sam)

    @pytest.mark.parametrize("day", [TODAY + WEEK, FIRST])
    def test_a_day_is_of_a_decision_and_not_after_its_record(
        self, cast: Cast, change: TargetChange, day: dt.date
    ) -> None:
        row = TargetChange(
            assignment=change.assignment, old_date=FIRST, new_date=ASKED, reason="So.", asked_by=cast.olive,
            asked_at=change.asked_at, state=TargetState.AGREED, decided_at=clock.now(), decided_by=cast.sam,
            decided_as="chair", decided_day=day,
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="target_day_of_a_decision"), transaction.atomic():
            row.save()

    def test_a_correction_is_of_one_thing(self, cast: Cast, change: TargetChange) -> None:
        with pytest.raises(DatabaseError, match="correction_of_one_thing"), transaction.atomic():
            Correction.objects.create(
                targetchange=change, assignment=change.assignment, reason=WHY, corrected_by=cast.sam
            )
