"""Filters, sorting and paging of lists."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from recommendations.actions import target_dates, themes
from recommendations.filters import (
    AssignmentFilter,
    BodyFilter,
    InquiryChoiceField,
    InquiryFilter,
    RecommendationFilter,
)
from recommendations.lifecycle import Claim, Decision, FollowUpStatus, Grade, Outcome, Priority
from recommendations.models import Assignment, Body, Inquiry, Recommendation
from tests.factories import Cast


def found(query: str) -> list[Recommendation]:
    return list(RecommendationFilter(QueryDict(query), Recommendation.objects.for_list()).sorted)


def parts(query: str) -> list[Assignment]:
    return list(AssignmentFilter(QueryDict(query), Assignment.objects.for_list()).sorted)


class TestStanding:
    """Each standing finds what it says, and nothing else, in lists of recommendations and of assignments."""

    @pytest.fixture
    def council(self, cast: Cast) -> dict[str, Assignment]:
        future, past = dt.date(2026, 6, 30), dt.date(2025, 12, 1)
        quiet = cast.assignment(first_target_on=future, notified_on=None)
        overdue = cast.assignment(first_target_on=past, notified_on=dt.date(2025, 9, 1))
        cast.response(overdue)
        awaiting = cast.assignment(first_target_on=future, notified_on=dt.date(2026, 1, 5))
        late = cast.assignment(first_target_on=future, notified_on=dt.date(2025, 9, 1))
        delivered = cast.assignment(first_target_on=past, notified_on=dt.date(2025, 9, 1))
        cast.response(delivered)
        cast.published(delivered, claim=Claim.DELIVERED, delivered_what="All of it.")
        closed = cast.assignment(first_target_on=past, notified_on=None)
        cast.close(closed)
        escalated = cast.assignment(first_target_on=future, notified_on=None)
        cast.verdict(escalated, Grade.CONCERNS, Outcome.ESCALATE)
        return {
            "quiet": quiet,
            "overdue": overdue,
            "awaiting": awaiting,
            "late": late,
            "delivered": delivered,
            "closed": closed,
            "escalated": escalated,
        }

    @pytest.mark.parametrize(
        ("status", "names"),
        [
            (FollowUpStatus.OPEN, {"quiet", "overdue", "awaiting", "late", "delivered", "escalated"}),
            (FollowUpStatus.CLOSED, {"closed"}),
            (FollowUpStatus.OVERDUE, {"overdue"}),
            (FollowUpStatus.AWAITING_RESPONSE, {"awaiting", "late"}),
            (FollowUpStatus.RESPONSE_LATE, {"late"}),
            (FollowUpStatus.AWAITING_COMMITTEE, {"delivered"}),
            (FollowUpStatus.ESCALATED, {"escalated"}),
        ],
    )
    def test_finds_what_it_says(self, council: dict[str, Assignment], status: str, names: set[str]) -> None:
        expected = {council[name].pk for name in names}
        assert {assignment.pk for assignment in parts(f"status={status}")} == expected
        expected = {council[name].recommendation_id for name in names}
        assert {recommendation.pk for recommendation in found(f"status={status}")} == expected


class TestRecommendationFilter:
    def test_asks_what_concerns_bodies_of_one_and_the_same_body(self, cast: Cast) -> None:
        assignment = cast.assignment()
        police = cast.assignment(body=cast.police, recommendation=assignment.recommendation)
        cast.response(assignment)
        assert found(f"body={assignment.body_id}&decision=accepted")
        assert not found(f"body={police.body_id}&decision=accepted")

    def test_by_words_finds_references_headings_texts_and_measures(self, cast: Cast) -> None:
        recommendation = cast.assignment(success_measure="Fewer collisions").recommendation
        for words in ("crossing", "schools", "collision", f'"{recommendation.reference}"'):
            assert found(QueryDict(mutable=True).urlencode() + f"q={words}") == [recommendation]
        assert not found("q=library")

    @pytest.mark.parametrize(
        "query",
        [
            "priority=top",
            "decision=in_part",
            "claim=at_risk",
            "grade=concerns",
            "slipped=on",
            "made_from=2025-08-01&made_to=30/9/2025",
        ],
    )
    def test_each_filter_keeps_what_it_names(self, cast: Cast, query: str) -> None:
        assignment = cast.assignment(priority=Priority.TOP)
        cast.response(assignment, Decision.IN_PART)
        cast.published(assignment, claim=Claim.AT_RISK)
        cast.verdict(assignment, Grade.CONCERNS, Outcome.KEEP)
        change = target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 12, 1), reason="Late"
        )
        cast.agree(change)
        other = cast.inquiry("Another")
        cast.recommendation(other)
        cast.publish(other, on=dt.date(2024, 1, 1))
        assert found(query) == [assignment.recommendation]
        assert parts(query) == [assignment]

    def test_by_theme_inquiry_and_committee(self, cast: Cast) -> None:
        theme = themes.add_theme(by=cast.sam, name="Roads")
        recommendation = cast.assignment(themes=[theme]).recommendation
        cast.assignment()
        assert found(f"theme={theme.pk}") == [recommendation]
        assert found(f"inquiry={recommendation.inquiry_id}") == [recommendation]
        assert len(found(f"committee={cast.committee.pk}")) == 2

    def test_the_most_slipped_come_first_by_times_or_by_days(self, cast: Cast) -> None:
        never, often, long = (cast.assignment() for _ in range(3))
        for part, days in ((often, ["2026-04-10", "2026-04-20"]), (long, ["2026-12-31"])):
            for day in days:
                new_date = dt.date.fromisoformat(day)
                cast.agree(
                    target_dates.request_new_date(
                        by=cast.olive, assignment=part, new_date=new_date, reason="Late"
                    )
                )
        assert [one.pk for one in parts("sort=slips")] == [often.pk, long.pk, never.pk]
        assert [one.pk for one in parts("sort=slip_days")] == [long.pk, often.pk, never.pk]
        by_times = [often.recommendation, long.recommendation, never.recommendation]
        assert found("sort=slips") == by_times
        assert found("sort=slip_days") == [by_times[1], by_times[0], by_times[2]]
        assert found("sort=slips&slipped=on") == by_times[:2]

    @pytest.mark.parametrize("sort", RecommendationFilter.SORTS)
    def test_every_order_gives_every_row_once(self, cast: Cast, sort: str) -> None:
        for _ in range(3):
            cast.published(cast.assignment())
        assert len({recommendation.pk for recommendation in found(f"sort={sort}")}) == 3

    def test_earliest_first_date_comes_first(self, cast: Cast) -> None:
        later = cast.assignment(first_target_on=dt.date(2027, 1, 1)).recommendation
        sooner = cast.assignment(first_target_on=dt.date(2026, 2, 1)).recommendation
        assert found("sort=due") == [sooner, later]


class TestWrongValues:
    @pytest.mark.parametrize(
        "query",
        [
            "body=999999",
            "body=x",
            "status=nonsense",
            "made_from=31/2/2025",
            "sort=nonsense",
            "page=99",
            "page=x",
            "q=%00",
            "q=%22",
        ],
    )
    @pytest.mark.parametrize("name", ["recommendations", "inquiries", "bodies"])
    def test_never_break_a_list(self, cast: Cast, client: Client, name: str, query: str) -> None:
        cast.assignment()
        assert client.get(f"{reverse(name)}?{query}").status_code == 200

    def test_are_told_beside_the_field(self, db: None, client: Client) -> None:
        text = client.get(f"{reverse('recommendations')}?made_from=never").content.decode()
        assert "Enter a date, such as 27/3/2025" in text


class TestOtherFilters:
    def test_inquiries_by_committee_stage_words_and_date(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        for query in (
            f"committee={cast.committee.pk}",
            "stage=published",
            "q=road+safety",
            "made_from=2025-09-01",
        ):
            assert list(InquiryFilter(QueryDict(query), Inquiry.objects.for_list()).sorted) == [inquiry]
        assert not InquiryFilter(QueryDict("made_to=2025-08-31"), Inquiry.objects.for_list()).sorted

    def test_bodies_by_kind_and_words(self, cast: Cast) -> None:
        for query in ("kind=police", "q=testshire+police"):
            assert list(BodyFilter(QueryDict(query), Body.objects.for_list()).sorted) == [cast.police]

    def test_unpublished_inquiries_are_not_offered_to_the_public(self, cast: Cast, client: Client) -> None:
        cast.inquiry("Still a secret")
        assert "Still a secret" not in client.get(reverse("recommendations")).content.decode()

    def test_chips_tell_the_filters_and_take_one_away(self, cast: Cast) -> None:
        chosen = RecommendationFilter(QueryDict("q=roads&status=open&page=2"), Recommendation.objects.all())
        assert [(chip.label, chip.words, chip.without) for chip in chosen.chips] == [
            ("Words", "roads", "status=open"),
            ("How it stands", "Open", "q=roads"),
        ]


def test_the_first_of_many_choices_are_offered_when_they_are_drawn_and_all_are_taken(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    first, other = cast.inquiry("Buses"), cast.inquiry("Trains")
    with django_assert_num_queries(0):
        rows = Inquiry.objects.order_by("title")
        field = copy.deepcopy(InquiryChoiceField(queryset=rows, most=1, empty_label="Any inquiry"))
    with django_assert_num_queries(1):
        offered = [(str(key), words) for key, words in field.choices]
    assert offered == [("", "Any inquiry"), (str(first.pk), f"Buses ({first.reference})")]
    assert field.clean(str(other.pk)) == other
