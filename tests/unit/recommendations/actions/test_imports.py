"""A tracker is written to the record as of its own day, once, and nothing that it does not state is made up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from committee.formatting import long_date
from recommendations.actions import import_previews, imports
from recommendations.actions.base import ActionDenied
from recommendations.actions.import_previews import line_version
from recommendations.actions.recommendations import edit_recommendation
from recommendations.actions.recompute import differing_recommendations
from recommendations.imports import mend
from recommendations.lifecycle import (
    Claim,
    Decision,
    ExemptDecision,
    ImportRowState,
    ImportState,
    Outcome,
    Period,
    TargetState,
)
from recommendations.lifecycle.imported import ImportedExempt, ImportedOutcome
from recommendations.models import (
    Assessment,
    Assignment,
    ImportBatch,
    Inquiry,
    Meeting,
    Recommendation,
    Response,
    TargetChange,
    Update,
    WordingChange,
)
from recommendations.queries.import_gone import gone
from tests.factories import Cast, at
from tests.imports import (
    AS_AT,
    MARCH,
    a_line,
    an_update,
    bring_in,
    day,
    every_row,
    full_line,
    make_inquiry,
    read,
)

pytestmark = [pytest.mark.django_db, pytest.mark.prepared(make=make_inquiry)]


def part_of(batch: ImportBatch) -> Assignment:
    return Assignment.objects.get(import_batch=batch)


class TestApply:
    def test_a_line_becomes_a_recommendation_with_its_history(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(cast, [full_line(cast, prepared)])
        row, part = Recommendation.objects.get(import_batch=batch), part_of(batch)
        assert batch.state == ImportState.APPLIED
        assert row.is_public
        assert (part.decision, part.claim, part.slips) == (Decision.IN_PART, Claim.ON_TRACK, 1)
        assert (part.first_target_on, part.target_on) == (dt.date(2024, 3, 31), dt.date(2025, 6, 30))
        assert list(differing_recommendations()) == []

    def test_all_of_it_is_as_of_the_trackers_own_day(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(cast, [full_line(cast, prepared)])
        moments = {
            Recommendation.objects.get(import_batch=batch).created_at,
            Response.objects.get(import_batch=batch).recorded_at,
            TargetChange.objects.get(import_batch=batch).decided_at,
            *Update.objects.filter(import_batch=batch).values_list("published_at", flat=True),
        }
        assert {moment.date() for moment in moments if moment} == {AS_AT}
        assert batch.applied_at
        assert batch.applied_at.date() > AS_AT

    def test_nothing_is_written_before_it(self, cast: Cast, prepared: Inquiry):
        before = every_row()
        read(cast, [full_line(cast, prepared)])
        assert every_row() == before

    def test_applied_twice_it_is_written_once(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(cast, [full_line(cast, prepared)])
        before = every_row()
        assert imports.apply_import(by=cast.sam, batch=batch) == batch
        assert every_row() == before

    def test_what_is_refused_is_told_by_its_place_and_nothing_is_written(self, cast: Cast, prepared: Inquiry):
        number = prepared.recommendations.get().number
        batch = read(cast, [full_line(cast, prepared), full_line(cast, prepared, 2, number=number)])
        before = every_row()
        with pytest.raises(ActionDenied, match=r"Tracker, row 3: .*other words"):
            imports.apply_import(by=cast.sam, batch=batch)
        assert every_row() == before

    def test_what_somebody_answered_needs_somebody(self, cast: Cast, prepared: Inquiry):
        batch = read(cast, [full_line(cast, prepared, owners=())])
        with pytest.raises(ActionDenied, match="Select whom Tracker, row 2 is addressed to"):
            imports.apply_import(by=cast.sam, batch=batch)

    def test_an_inquiry_of_another_committee_is_not_taken(self, cast: Cast, prepared: Inquiry):
        other = Inquiry.objects.create(committee=cast.other_committee, title="Buses", reference="B 1")
        with pytest.raises(ActionDenied, match="Select the inquiry of Tracker, row 2"):
            bring_in(cast, [a_line(cast, inquiry=other.pk)])

    def test_officers_of_the_committee_alone_bring_it_in(self, cast: Cast, prepared: Inquiry):
        batch = read(cast, [full_line(cast, prepared)])
        for somebody in (cast.oscar, cast.olive, cast.colin):
            with pytest.raises(PermissionDenied):
                imports.apply_import(by=somebody, batch=batch)
        assert not ImportBatch.objects.visible_to(cast.oscar).exists()
        assert ImportBatch.objects.visible_to(cast.carla).exists()

    def test_the_same_file_is_open_once(self, cast: Cast, prepared: Inquiry):
        assert read(cast, [full_line(cast, prepared)]) == read(cast, [full_line(cast, prepared)])

    def test_a_draft_inquiry_takes_drafts(self, cast: Cast, prepared: Inquiry):
        draft = cast.inquiry("Parks")
        batch = bring_in(cast, [full_line(cast, draft)])
        assert not Recommendation.objects.get(import_batch=batch).is_public


class TestDecisionsFirst:
    @pytest.mark.parametrize("decision", ["", *ExemptDecision.values])
    def test_what_says_that_it_is_exempt_waits_for_a_decision(
        self, cast: Cast, prepared: Inquiry, decision: str
    ):
        exempt = ImportedExempt("The price is £1.", (3,), "A price is withheld.")
        kept = exempt if decision == ExemptDecision.EXEMPT else None
        line = full_line(cast, prepared, exempt=kept)
        batch = read(cast, [line], says_exempt=True)
        row = batch.rows.get()
        if decision == ExemptDecision.OPEN:
            import_previews.decide_exempt(by=cast.sam, batch=batch, rows=[row], decision=decision)
        elif decision:
            mended = line.to_json()
            mend.mend_line(
                by=cast.sam, row=row, version=line_version(row), mended=mended, exempt=decision, reference=""
            )
        if decision:
            imports.apply_import(by=cast.sam, batch=batch)
            updates = Update.objects.filter(import_batch=batch).order_by("as_at")
            assert [one.exempt_text for one in updates] == ["", exempt.text if kept else ""]
        else:
            with pytest.raises(ActionDenied, match="says that it is not for publication"):
                imports.apply_import(by=cast.sam, batch=batch)

    def test_a_line_left_out_leaves_nothing(self, cast: Cast, prepared: Inquiry):
        batch = read(cast, [full_line(cast, prepared), full_line(cast, prepared, 2)])
        row = batch.rows.earliest("order")
        mend.leave_out(by=cast.sam, row=row, version=line_version(row), out=True)
        batch = imports.apply_import(by=cast.sam, batch=batch)
        assert Recommendation.objects.filter(import_batch=batch).count() == 1
        assert not batch.rows.earliest("order").written

    def test_the_trackers_own_day_is_needed(self, cast: Cast, prepared: Inquiry):
        batch = read(cast, [full_line(cast, prepared)])
        ImportBatch.objects.filter(pk=batch.pk).update(as_at=None)
        with pytest.raises(ActionDenied, match="own day"):
            imports.apply_import(by=cast.sam, batch=batch)


class TestNothingIsMadeUp:
    def test_a_response_without_its_reason_or_day(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk, response=Decision.REJECTED)])
        response = Response.objects.get(import_batch=batch)
        assert (response.reason, response.reason_words) == ("", "Not stated in the tracker")
        assert (response.decided_on, long_date(response.decided_on)) == (
            AS_AT,
            "day not stated in the tracker",
        )
        assert part_of(batch).clock().words == "Decided"

    def test_an_update_without_a_status_claims_nothing(self, cast: Cast, prepared: Inquiry):
        told = (an_update("Two are built."), an_update("Three are built."), an_update("Four."))
        batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk, updates=told)])
        part = part_of(batch)
        assert (part.claim, part.claimed_on, part.awaiting_verdict) == ("", None, False)
        assert part.last_update
        assert part.last_update.progress == "Four."
        assert {one.claim_words for one in part.updates.all()} == {"Not stated in the tracker"}

    def test_it_leaves_what_was_claimed_before(self, cast: Cast, prepared: Inquiry):
        own = prepared.recommendations.get()
        with at(dt.date(2026, 1, 13)):
            line = a_line(
                cast, inquiry=prepared.pk, text=own.text, number=own.number, updates=(an_update("Late."),)
            )
            bring_in(cast, [line], as_at=dt.date(2026, 1, 13))
        part = own.assignments.get()
        assert part.last_update
        assert part.last_update.progress == "Late."
        assert (part.claim, part.claimed_on) == (Claim.ON_TRACK, dt.date(2026, 1, 12))
        assert list(differing_recommendations()) == []

    def test_a_slip_without_its_reason_and_who_agreed_it(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(
            cast, [a_line(cast, inquiry=prepared.pk, earlier_targets=(MARCH,), target=day(2025, 6, 30))]
        )
        change = TargetChange.objects.get(import_batch=batch)
        assert (change.state, change.decided_by, change.decided_as, change.reason) == ("agreed", None, "", "")
        assert change.reason_words == "Not stated in the tracker"
        assert change.decision_words == "Who agreed it, and when, is not stated in the tracker"
        assert long_date(change.old_date) == "March 2024"

    def test_a_date_asked_for_is_not_agreed(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(
            cast, [a_line(cast, inquiry=prepared.pk, target=MARCH, asked_target=day(2026, 9, 1))]
        )
        part = part_of(batch)
        assert part.target_on == dt.date(2024, 3, 31)
        assert part.target_changes.get().state == TargetState.REQUESTED

    def test_a_month_is_late_when_it_is_over(self, cast: Cast, prepared: Inquiry):
        part = part_of(bring_in(cast, [a_line(cast, inquiry=prepared.pk, target=MARCH)]))
        assert not part.is_overdue(dt.date(2024, 3, 31))
        assert part.is_overdue(dt.date(2024, 4, 1))
        assert (long_date(part.first_target_on), long_date(part.target_on)) == ("March 2024", "March 2024")

    def test_words_that_are_no_time_set_no_date(self, cast: Cast, prepared: Inquiry):
        part = part_of(bring_in(cast, [a_line(cast, inquiry=prepared.pk, target=Period("Ongoing"))]))
        assert (part.first_target_on, part.target_on) == (None, None)

    def test_a_heading_is_made_from_the_first_words(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk)])
        row = Recommendation.objects.get(import_batch=batch)
        assert row.heading == "That the Cabinet builds crossing 1 on the road to the school before …"
        assert row.heading_is_ours


class TestOutcomes:
    def test_only_the_committee_closes_at_its_meeting(self, cast: Cast, prepared: Inquiry):
        closed = ImportedOutcome(Outcome.CLOSE_SUPERSEDED, day(2025, 2, 3))
        batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk, outcome=closed)])
        verdict = Assessment.objects.get(import_batch=batch)
        assert (verdict.meeting.held_on, verdict.meeting.body) == (dt.date(2025, 2, 3), cast.committee)
        assert (verdict.grade_words, verdict.comment) == ("Not stated in the tracker", "")
        assert part_of(batch).closed_as == Outcome.CLOSE_SUPERSEDED
        assert Recommendation.objects.get(import_batch=batch).closed_on == dt.date(2025, 2, 3)

    def test_a_meeting_on_that_day_is_found(self, cast: Cast, prepared: Inquiry):
        meeting = cast.meeting(dt.date(2025, 2, 3))
        kept = ImportedOutcome(Outcome.KEEP, day(2025, 2, 3))
        batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk, outcome=kept)])
        assert Assessment.objects.get(import_batch=batch).meeting == meeting
        assert not Meeting.objects.filter(import_batch=batch).exists()

    def test_a_meeting_that_is_not_told_is_asked(self, cast: Cast, prepared: Inquiry):
        for told in (Period(), Period.of_year(2024, "2024/25")):
            line = a_line(cast, inquiry=prepared.pk, outcome=ImportedOutcome(Outcome.KEEP, told))
            with pytest.raises(ActionDenied, match="Say at which meeting"):
                bring_in(cast, [line])

    def test_a_claim_that_it_is_done_closes_nothing(self, cast: Cast, prepared: Inquiry):
        batch = bring_in(
            cast, [a_line(cast, inquiry=prepared.pk, updates=(an_update("Done.", Claim.DELIVERED),))]
        )
        part = part_of(batch)
        assert (part.closed_on, part.awaiting_verdict) == (None, True)


class TestTheSameAgain:
    def test_the_same_file_changes_nothing(self, cast: Cast, prepared: Inquiry):
        lines = [
            full_line(cast, prepared),
            full_line(cast, prepared, 2, outcome=ImportedOutcome(Outcome.KEEP, day(2025, 2, 3))),
        ]
        bring_in(cast, lines)
        before = every_row()
        again = bring_in(cast, lines)
        assert every_row() == before
        assert {row.state for row in again.rows.all()} == {ImportRowState.UNCHANGED}

    def test_a_newer_file_brings_what_changed(self, cast: Cast, prepared: Inquiry):
        first = bring_in(cast, [full_line(cast, prepared)])
        told = (*full_line(cast, prepared).updates, an_update("Five.", Claim.DELIVERED))
        newer = full_line(cast, prepared, updates=told, target=day(2025, 12, 31))
        batch = bring_in(cast, [newer], as_at=dt.date(2025, 9, 30))
        part = part_of(first)
        assert Update.objects.get(import_batch=batch).progress == "Five."
        assert TargetChange.objects.get(import_batch=batch).old_date == dt.date(2025, 6, 30)
        assert (part.claim, part.slips, part.target_on) == (Claim.DELIVERED, 2, dt.date(2025, 12, 31))
        assert batch.rows.get().state == ImportRowState.KNOWN
        assert not Recommendation.objects.filter(import_batch=batch).exists()

    def test_an_older_file_moves_no_date_back(self, cast: Cast, prepared: Inquiry):
        first = bring_in(cast, [full_line(cast, prepared)])
        bring_in(
            cast, [full_line(cast, prepared, earlier_targets=(), target=MARCH)], as_at=dt.date(2024, 1, 31)
        )
        assert part_of(first).target_on == dt.date(2025, 6, 30)

    def test_a_date_of_an_older_file_is_no_later_date(self, cast: Cast, prepared: Inquiry):
        line = full_line(cast, prepared, earlier_targets=(), target=day(2025, 6, 30), made_on=day(2023, 4, 4))
        first = bring_in(cast, [line])
        older = bring_in(
            cast, [full_line(cast, prepared, earlier_targets=(), target=MARCH)], as_at=dt.date(2024, 1, 31)
        )
        part = part_of(first)
        assert (part.first_target_on, part.target_on) == (dt.date(2025, 6, 30), dt.date(2025, 6, 30))
        assert not TargetChange.objects.filter(import_batch=older).exists()
        assert list(differing_recommendations()) == []

    def test_other_words_are_taken_only_where_that_was_said(self, cast: Cast, prepared: Inquiry):
        own = prepared.recommendations.get()
        for rewords in (False, True):
            line = a_line(
                cast, inquiry=prepared.pk, text=f"{own.text} Soon.", reference=own.reference, rewords=rewords
            )
            batch = bring_in(cast, [line], name=f"{rewords}.xlsx")
            assert WordingChange.objects.filter(import_batch=batch).exists() == rewords
            own.refresh_from_db()
            assert own.text.endswith("Soon.") == rewords
        assert own.wordings.get().reason_words == "Not stated in the tracker"

    def test_a_number_alone_is_not_enough(self, cast: Cast, prepared: Inquiry):
        own = prepared.recommendations.get()
        other = "That buses run later in the evening, on Sundays too."
        with pytest.raises(ActionDenied, match="with other words"):
            bring_in(cast, [a_line(cast, inquiry=prepared.pk, text=other, number=own.number)])

    def test_what_was_in_the_last_file_and_is_not_in_this_one(self, cast: Cast, prepared: Inquiry):
        first = bring_in(cast, [full_line(cast, prepared), full_line(cast, prepared, 2)])
        newer = read(cast, [full_line(cast, prepared)], as_at=dt.date(2025, 9, 30))
        missing = first.rows.get(row=3).recommendation
        assert gone(newer) == [missing]


def test_a_better_heading_takes_the_place_of_ours(cast: Cast, prepared: Inquiry) -> None:
    batch = bring_in(cast, [a_line(cast, inquiry=prepared.pk)])
    row = Recommendation.objects.get(import_batch=batch)
    row = edit_recommendation(by=cast.sam, recommendation=row, heading="Crossings at schools")
    assert (row.heading, row.heading_is_ours) == ("Crossings at schools", False)
    with pytest.raises(ActionDenied, match="Correct it"):
        edit_recommendation(by=cast.sam, recommendation=row, heading="Another")


def test_any_other_value_is_read_back_as_it_was(cast: Cast, prepared: Inquiry) -> None:
    line: Any = full_line(cast, prepared, outcome=ImportedOutcome(Outcome.KEEP, MARCH))
    assert type(line).from_json(line.to_json()) == line
