"""Figures, charts and what changed: now, then, and in agreement with each other."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee import clock
from committee.clock import end_of_day, start_of_day
from recommendations.actions import assignments
from recommendations.charts import (
    Counts,
    ProgressRow,
    TrendPoint,
    progress_chart,
    trend_chart,
)
from recommendations.lifecycle import Claim, Grade, Outcome, Standing
from recommendations.models import Assignment, Meeting
from recommendations.queries import changes, figures, trends
from recommendations.queries.states import states
from tests.factories import NOON, at
from tests.history import MEETINGS, abolish_police, busy

pytestmark = pytest.mark.prepared(make=busy)


@pytest.fixture
def history(prepared):
    return prepared


def of(cast):
    return Assignment.objects.published().of_committees({cast.committee.pk})


def names(rows, history):
    return {next(name for name, a in history.items() if a.pk == row.pk) for row in rows}


class TestTally:
    def test_says_where_each_recommendation_stands(self, cast, history):
        tally = figures.tally(of(cast))
        assert tally.total.counts == Counts(
            implemented=1, closed_otherwise=1, awaiting=1, in_time=1, overdue=3
        )
        assert tally.total.total == 7
        assert tally.total.escalated == 1
        assert tally.total.slipped == 1
        assert tally.total.no_date == 1

    def test_a_shared_recommendation_stands_where_its_slowest_part_does(self, cast, history):
        police = next(line for line in figures.tally(of(cast)).by_body if line.pk == cast.police.pk)
        assert police.counts == Counts(overdue=1)
        assert figures.tally(of(cast).filter(pk=history["shared"].pk)).total.counts == Counts(in_time=1)

    def test_bodies_most_overdue_first_and_inquiries_add_up(self, cast, history):
        tally = figures.tally(of(cast))
        assert [line.label for line in tally.by_body] == ["Cabinet", "Testshire Police"]
        assert sum(line.total for line in tally.by_inquiry) == tally.total.total

    def test_response_late_is_notified_undecided_and_past_the_term(self, cast, history):
        assert figures.tally(of(cast)).total.response_late == 4  # late, reopened, undated, shared (Cabinet)
        assert names(figures.response_late(states(of(cast))), history) == {
            "late",
            "reopened",
            "undated",
            "shared",
        }

    def test_one_query(self, cast, history, django_assert_num_queries):
        with django_assert_num_queries(1):
            figures.tally(of(cast))
        with django_assert_num_queries(1):
            figures.tally(of(cast), NOON)

    def test_nothing_recommended(self, cast):
        tally = figures.tally(of(cast))
        assert tally.total.total == 0
        assert tally.by_inquiry == []
        assert tally.by_body == []


class TestThenAgreesWithNow:
    def test_every_figure_and_list(self, cast, history):
        assert figures.tally(of(cast), NOON) == figures.tally(of(cast))
        for question in (
            figures.overdue,
            figures.response_late,
            figures.awaiting_the_committee,
            figures.voices_differ,
            figures.most_slipped,
            figures.escalated,
            figures.still_open,
            figures.closed,
            figures.everything,
        ):
            now, then = question(states(of(cast))), question(states(of(cast), NOON))
            assert [row.pk for row in now] == [row.pk for row in then], question.__name__
            for kept, read in zip(now, then, strict=True):
                assert replace(kept, history=None) == replace(read, history=None), question.__name__
                for name in ("slip_days", "days_late", "standing"):
                    assert getattr(kept, name) == getattr(read, name), (question.__name__, name)

    @pytest.mark.parametrize("day", [dt.date(2024, 6, 1), dt.date(2025, 9, 30), dt.date(2025, 11, 30)])
    def test_the_past_is_what_was_shown_then(self, cast, history, day):
        """The trend and the tally read history by different ways and must agree on any day."""
        moment = end_of_day(day)
        counts = figures.tally(of(cast), moment).total.counts
        last = trends.trend(of(cast), moment)[-1]
        assert (last.open, last.overdue, last.closed) == (
            counts.in_time + counts.awaiting,
            counts.overdue,
            counts.closed,
        )

    def test_trend_ends_where_the_tally_is(self, cast, history, django_assert_num_queries):
        with django_assert_num_queries(1):
            points = trends.trend(of(cast))
        counts = figures.tally(of(cast)).total.counts
        assert len(points) == 24
        assert points[-1] == TrendPoint(clock.today(), counts.in_time + counts.awaiting, 3, 2)
        assert points[0].day == dt.date(2024, 2, 29)
        assert points[0] == TrendPoint(dt.date(2024, 2, 29), 7, 0, 0)

    def test_a_passed_on_recommendation_counted_with_the_body_of_that_day(self, cast, history):
        with at(dt.date(2026, 1, 9)):
            successor = abolish_police(cast)
        now = {line.pk for line in figures.tally(of(cast)).by_body}
        then = {line.pk for line in figures.tally(of(cast), end_of_day(dt.date(2026, 1, 7))).by_body}
        assert now == {cast.cabinet.pk, successor.pk}
        assert then == {cast.cabinet.pk, cast.police.pk}


class TestLists:
    def test_overdue_the_longest_first(self, cast, history):
        rows = figures.overdue(states(of(cast)))
        assert names(rows, history) == {"late", "reopened", "with_police"}
        assert rows[0].pk == history["late"].pk
        assert rows[0].days_late == (dt.date(2026, 1, 12) - dt.date(2025, 6, 30)).days

    def test_lateness_counts_from_the_first_date(self, cast, history):
        [row] = [row for row in figures.overdue(states(of(cast))) if row.pk == history["late"].pk]
        assert row.target_on == dt.date(2026, 6, 30)
        assert row.slips == 2
        assert row.slip_days == 365

    def test_voices_differ(self, cast, history):
        assert names(figures.voices_differ(states(of(cast))), history) == {"late"}

    def test_awaiting_the_committee(self, cast, history):
        assert names(figures.awaiting_the_committee(states(of(cast))), history) == {"claimed"}


class TestOverdueAtMeetings:
    def test_late_at_two_meetings_running(self, cast, history):
        last_two = list(Meeting.objects.of(cast.committee).past()[:2])
        late = figures.overdue_at_meetings(states(of(cast)), last_two)
        assert late == {
            history["late"].pk
        }  # the police's date passed between; reopened was closed at the first

    def test_not_once_escalated(self, cast, history):
        with at(dt.date(2026, 1, 10)):
            extra = cast.meeting(dt.date(2026, 1, 9))
        last_two = [Meeting.objects.get(held_on=MEETINGS[2]), extra]
        assert figures.overdue_at_meetings(states(of(cast)), last_two) == {
            history["late"].pk,
            history["with_police"].pk,
        }

    def test_no_proposal_to_escalate_what_was_escalated_since(self, cast, history):
        last_two = list(Meeting.objects.of(cast.committee).past()[:2])
        assert names(figures.to_escalate(states(of(cast)), last_two), history) == {"late"}
        cast.verdict(history["late"], Grade.CONCERNS, Outcome.ESCALATE)
        assert figures.to_escalate(states(of(cast)), last_two) == []

    def test_one_meeting_is_no_ground(self, cast, history):
        assert figures.overdue_at_meetings(states(of(cast)), list(Meeting.objects.past()[:1])) == set()


class TestSince:
    def changed(self, cast, start, end=None):
        return {
            group.kind.value: group.changes
            for group in changes.changes((end_of_day(start), end and end_of_day(end)), of(cast))
        }

    def test_each_kind(self, cast, history):
        found = self.changed(cast, MEETINGS[0])
        assert [c.heading for c in found["closed"]] == ["Buses"]
        assert found["closed"][0].status == Outcome.CLOSE_NOT_IMPLEMENTED
        assert found["closed"][0].body == ""
        assert [c.heading for c in found["reopened"]] == ["Lights"]
        assert [c.heading for c in found["escalated"]] == ["Lights"]
        assert {c.heading for c in found["overdue"]} == {"Lights", "Signs"}
        assert [(c.heading, c.status) for c in found["updates"]] == [("Training", Claim.DELIVERED)]
        assert found["dates"] == []
        assert found["new"] == []

    def test_dates_and_responses(self, cast, history):
        found = self.changed(cast, dt.date(2024, 2, 1), dt.date(2025, 6, 1))
        assert [(c.old, c.new) for c in found["dates"]] == [
            (dt.date(2025, 6, 30), dt.date(2025, 12, 31)),
            (dt.date(2025, 12, 31), dt.date(2026, 6, 30)),
        ]
        assert {c.heading for c in found["responses"]} == {"Crossings", "Speed", "Training", "Buses"}
        assert found["updates"][0].body == "Cabinet"

    def test_new_from_the_day_of_publication(self, cast, history):
        assert len(self.changed(cast, dt.date(2024, 1, 31))["new"]) == 7
        assert self.changed(cast, dt.date(2024, 2, 1))["new"] == []

    def test_nothing_of_an_unpublished_inquiry(self, cast, history):
        with at(dt.date(2026, 1, 6)):
            inquiry = cast.inquiry("Still being drafted")
            assignments.address(
                by=cast.sam,
                recommendation=cast.recommendation(inquiry),
                body=cast.cabinet,
                first_target_on=dt.date(2026, 1, 7),
            )
        everything = Assignment.objects.of_committees({cast.committee.pk})
        groups = changes.changes((end_of_day(MEETINGS[2]), None), everything)
        assert all(group.changes == [] for group in groups)

    def test_exempt_text_is_never_in_it(self, cast, history):
        with at(dt.date(2026, 1, 6)):
            from recommendations.actions import updates

            draft = updates.start_update(by=cast.ada, assignment=history["late"])
            draft = updates.save_draft(
                by=cast.ada,
                update=draft,
                claim=Claim.ON_TRACK,
                progress="The contract was let.",
                exempt_text="The bid was £12,345.",
                exempt_paragraphs=[3],
                public_summary="A contract matter.",
            )
            draft = updates.submit_update(by=cast.olive, update=draft)
            updates.publish_update(by=cast.ada, update=draft)
        found = self.changed(cast, MEETINGS[2])
        assert [c.words for c in found["updates"]] == ["The contract was let."]
        assert "12,345" not in repr(found)

    def test_the_same_number_of_queries_however_much_happened(self, cast, history):
        with CaptureQueriesContext(
            connection,
        ) as little:
            changes.changes((end_of_day(dt.date(2025, 11, 30)), None), of(cast))
        with CaptureQueriesContext(connection) as much:
            changes.changes((end_of_day(dt.date(2023, 1, 1)), None), of(cast))
        assert len(much) == len(little) <= 8

    def test_since_a_meeting_counts_from_the_end_of_its_day(self, cast, history):
        meeting = Meeting.objects.get(held_on=MEETINGS[2])
        assert changes.since_meeting(meeting) == end_of_day(MEETINGS[2])
        assert changes.since_meeting(None) is None
        assert changes.since_meeting(meeting, start_of_day(MEETINGS[1])) is None


ROWS = [
    ProgressRow(
        "All", Counts(implemented=2, closed_otherwise=1, awaiting=3, in_time=4, overdue=5, not_known=6)
    ),
    ProgressRow("Schools & <roads>", Counts(overdue=1)),
]


class TestCharts:
    def test_is_well_formed_and_named_for_screen_readers(self):
        svg = ET.fromstring(progress_chart(ROWS, title="Where they stand"))  # noqa: S314
        ns = "{http://www.w3.org/2000/svg}"
        assert svg.get("role") == "img"
        [title], [description] = svg.findall(f"{ns}title"), svg.findall(f"{ns}desc")
        assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert title.text == "Where they stand"
        assert "5 overdue" in str(description.text)

    @pytest.mark.parametrize(
        "text",
        [
            progress_chart(ROWS, title="T"),
            trend_chart([TrendPoint(dt.date(2026, 1, 31), 3, 2, 1)], title="T"),
        ],
    )
    def test_obeys_a_content_security_policy_without_style_or_script(self, text):
        assert not re.search(r"<style|<script|style=|\son\w+=|href|@import", text)

    def test_each_standing_has_a_pattern_of_its_own(self):
        text = progress_chart(ROWS, title="T")
        assert len(set(re.findall(r'<pattern id="\w+-(\w+)"', text))) == 4
        assert all(str(standing.label) in text for standing in Standing)

    def test_same_drawing_same_text_and_another_has_other_ids(self):
        first, again = progress_chart(ROWS, title="T"), progress_chart(ROWS, title="T")
        other = progress_chart(ROWS[:1], title="T")
        assert first == again
        assert not set(re.findall(r'id="(\w+-\w+)"', first)) & set(re.findall(r'id="(\w+-\w+)"', other))

    @pytest.mark.parametrize("text", [progress_chart([], title="T"), trend_chart([], title="T")])
    def test_nothing_to_show_says_so(self, text):
        assert "Nothing to show yet" in text

    def test_a_long_label_is_broken_not_lost_under_the_number(self):
        text = progress_chart([ProgressRow("word " * 60, Counts(overdue=1))], title="T")
        assert text.count('font-weight="bold"') == 3
        assert "…" in text

    def test_widths_of_a_bar_fill_it(self):
        text = progress_chart(ROWS[:1], title="T", key=False)
        shares = [
            float(share)
            for share in re.findall(r'height="26\.00"', text)
            and re.findall(r'width="([\d.]+)%" height="26', text)
        ]
        assert sum(shares) == pytest.approx(100, abs=0.01)
