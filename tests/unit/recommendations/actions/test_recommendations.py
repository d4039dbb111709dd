"""Recommendations: references, wording, relations, addressing and notices."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.actions import assignments, bodies, notices, successions
from recommendations.actions import recommendations as recs
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import RelationKind
from recommendations.models import Recommendation, Relation, Theme
from tests.factories import TODAY, Cast, at

pytestmark = pytest.mark.django_db


class TestAdd:
    def test_references_count_within_committee_and_municipal_year(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        first, second = cast.recommendation(inquiry), cast.recommendation(inquiry)
        assert [first.reference, second.reference] == ["SR (25/26) 01", "SR (25/26) 02"]
        with at(dt.date(2026, 5, 1)):
            assert cast.recommendation(inquiry).reference == "SR (26/27) 01"

    def test_relations_and_new_themes_come_with_it_or_not_at_all(self, cast: Cast) -> None:
        earlier = cast.recommendation(cast.inquiry())
        inquiry = cast.inquiry("Another")
        related = [(earlier, RelationKind.REPEATS)]
        later = cast.recommendation(inquiry, related=related, new_themes=["Roads"])
        assert later.relations.get().earlier == earlier
        assert later.themes.get().name == "Roads"
        with pytest.raises(ActionDenied):
            cast.recommendation(inquiry, related=related * 2, new_themes=["Taxis"])
        assert inquiry.recommendations.count() == 1
        assert not Theme.objects.filter(name="Taxis").exists()

    def test_rights(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        for who in (cast.oscar, cast.carla, cast.olive, cast.nobody):
            with pytest.raises(PermissionDenied):
                recs.add_recommendation(by=who, inquiry=inquiry, number="1", heading="H", text="T")


class TestWording:
    def test_before_publication_nothing_is_kept(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        recs.edit_recommendation(by=cast.sam, recommendation=recommendation, text="New words.")
        assert not recommendation.wordings.exists()

    def test_afterwards_the_earlier_words_and_the_reason_are(self, cast: Cast) -> None:
        recommendation = cast.assignment().recommendation
        old = recommendation.text
        with pytest.raises(ActionDenied) as refused:
            recs.edit_recommendation(by=cast.sam, recommendation=recommendation, text="New words.")
        assert refused.value.field == "reason"
        recs.edit_recommendation(
            by=cast.sam, recommendation=recommendation, text="New words.", reason="Council, 3 May"
        )
        assert recommendation.wordings.get().old_text == old

    @pytest.mark.parametrize("months", list(permutations((10, 11, 12))))
    def test_each_is_kept_with_what_stood_before_it(self, cast: Cast, months: tuple[int, ...]) -> None:
        recommendation = cast.assignment().recommendation
        texts = {0: recommendation.text}
        for month in months:
            meeting = cast.meeting(dt.date(2025, month, 1))
            recs.edit_recommendation(
                by=cast.sam,
                recommendation=recommendation,
                text=f"Of {month}.",
                reason="Agreed",
                meeting=meeting,
            )
            recommendation.refresh_from_db()
            before = max(known for known in texts if known < month)
            assert recommendation.wordings.latest("pk").old_text == texts[before]
            texts[month] = f"Of {month}."
            assert recommendation.text == texts[max(texts)]

    def test_other_fields_of_a_draft_need_no_reason(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        recs.edit_recommendation(by=cast.sam, recommendation=recommendation, heading="Crossings")
        assert not recommendation.wordings.exists()


class TestLike:
    def test_the_most_alike_first(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        near = cast.recommendation(inquiry, heading="Safer crossings near schools", text="A" * 20)
        nearest = cast.recommendation(inquiry, heading="Safer crossings near a school", text="B" * 20)
        cast.recommendation(inquiry, heading="Flood wardens", text="C" * 20)
        found = Recommendation.objects.like("Safer crossings near a school", "")
        assert list(found) == [nearest, near]

    @pytest.mark.parametrize("words", ["", "short", "   "])
    def test_too_little_finds_nothing(self, cast: Cast, words: str) -> None:
        cast.recommendation(cast.inquiry())
        assert not Recommendation.objects.like(words, words).exists()

    def test_4000_words_are_compared(self, cast: Cast) -> None:
        one = cast.recommendation(cast.inquiry(), text="That the Cabinet acts on every crossing. " * 14)
        assert one in Recommendation.objects.like("", "That the Cabinet acts on every crossing. " * 600)


class TestRelate:
    def test_not_to_itself_nor_twice(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        first, second = cast.recommendation(inquiry), cast.recommendation(inquiry)
        with pytest.raises(ActionDenied):
            recs.relate(by=cast.sam, later=first, earlier=first, kind=RelationKind.REPEATS)
        recs.relate(by=cast.sam, later=second, earlier=first, kind=RelationKind.REPEATS)
        with pytest.raises(ActionDenied):
            recs.relate(by=cast.sam, later=second, earlier=first, kind=RelationKind.REPEATS)
        with pytest.raises(ActionDenied):
            recs.relate_several(by=cast.sam, later=second, related=[])
        recs.unrelate(by=cast.sam, relation=Relation.objects.get())
        assert not Relation.objects.exists()


class TestAddress:
    def test_all_or_none(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        post = bodies.add_post(by=cast.admin, body=cast.cabinet, title="Head")
        with pytest.raises(ActionDenied) as refused:
            assignments.address_to_several(
                by=cast.sam,
                recommendation=recommendation,
                parts=[{"body": cast.cabinet, "post": post}, {"body": cast.police, "post": post}],
            )
        assert (refused.value.row, refused.value.field) == (1, "post")
        assert not recommendation.assignments.exists()

    def test_not_to_an_abolished_body_nor_twice(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        successions.abolish_body(by=cast.admin, body=cast.police, on=dt.date(2026, 1, 1), reason="Merged")
        cast.police.refresh_from_db()
        with pytest.raises(ActionDenied, match="still exists"):
            assignments.address(by=cast.sam, recommendation=recommendation, body=cast.police)
        assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet)
        with pytest.raises(ActionDenied, match="already addressed"):
            assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet)

    def test_the_first_date_stays(self, cast: Cast) -> None:
        part = cast.assignment()
        with pytest.raises(ActionDenied) as refused:
            assignments.edit_assignment(
                by=cast.sam,
                assignment=part,
                is_lead=True,
                post=None,
                deliverer="",
                first_target_on=dt.date(2027, 1, 1),
            )
        assert refused.value.field == "first_target_on"

    def test_the_second_of_two_is_told(self, cast: Cast) -> None:
        part = assignments.address(
            by=cast.sam, recommendation=cast.recommendation(cast.inquiry()), body=cast.cabinet
        )
        details: dict[str, Any] = {"is_lead": False, "post": None, "deliverer": "", "first_target_on": None}
        assignments.edit_assignment(by=cast.sam, assignment=part, version=1, **details)
        with pytest.raises(EditConflict):
            assignments.edit_assignment(by=cast.sam, assignment=part, version=1, **details)


class TestNotice:
    def test_each_body_has_its_own_term(self, cast: Cast) -> None:
        recommendation = cast.assignment(notified_on=None).recommendation
        assignments.address(by=cast.sam, recommendation=recommendation, body=cast.police)
        notices.send_notice(
            by=cast.sam, assignments=list(recommendation.assignments.all()), on=dt.date(2025, 12, 31)
        )
        due = dict(recommendation.assignments.values_list("body__name", "response_due_on"))
        assert due == {"Cabinet": dt.date(2026, 2, 28), "Testshire Police": None}

    def test_sent_once(self, cast: Cast) -> None:
        part = cast.assignment()
        assert notices.send_notice(by=cast.sam, assignments=[part], on=TODAY) == []
        part.refresh_from_db()
        assert part.notified_on == dt.date(2025, 9, 1)

    def test_not_of_a_report_still_private_nor_ahead(self, cast: Cast) -> None:
        part = assignments.address(
            by=cast.sam, recommendation=cast.recommendation(cast.inquiry()), body=cast.cabinet
        )
        with pytest.raises(ActionDenied, match="Publish the report"):
            notices.send_notice(by=cast.sam, assignments=[part], on=TODAY)
        with pytest.raises(ActionDenied, match="today or earlier"):
            notices.send_notice(by=cast.sam, assignments=[part], on=dt.date(2026, 1, 13))
