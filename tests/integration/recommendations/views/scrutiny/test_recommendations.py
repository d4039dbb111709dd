"""The pages of a recommendation: wording, themes, relations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from recommendations.lifecycle import RelationKind
from recommendations.models import (
    Recommendation,
    Relation,
    Theme,
)
from tests.clients import signed_in, text_of
from tests.factories import TODAY, Cast
from tests.integration.recommendations.views.scrutiny.helpers import (
    RECOMMENDATION,
)

pytestmark = pytest.mark.django_db


class TestRecommendation:
    def test_add_with_new_and_old_themes(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        theme = Theme.objects.create(name="Roads")
        data = RECOMMENDATION | {"themes": [theme.pk], "new_themes": "Schools, Taxis,", "another": "yes"}
        answer = signed_in(cast.sam).post(reverse("new_recommendation", args=[inquiry.pk]), data)
        assert answer["Location"] == reverse("new_recommendation", args=[inquiry.pk])
        recommendation = Recommendation.objects.get()
        assert recommendation.reference == "SR (25/26) 01"
        assert [theme.name for theme in recommendation.themes.all()] == ["Roads", "Schools", "Taxis"]

    def test_agreed_at_a_meeting_that_was_held(self, cast: Cast) -> None:
        """None to come is offered or taken."""
        inquiry, meeting = cast.inquiry(), cast.meeting(TODAY)
        to_come = cast.meeting(TODAY + dt.timedelta(days=7))
        client, address = signed_in(cast.sam), reverse("new_recommendation", args=[inquiry.pk])
        offered = {value for value, _ in client.get(address).context["form"].fields["made_at"].choices}
        assert offered == {"", meeting.pk}
        answer = client.post(address, RECOMMENDATION | {"made_at": to_come.pk})
        assert "made_at" in answer.context["form"].errors
        client.post(address, RECOMMENDATION | {"made_at": meeting.pk})
        made = Recommendation.objects.get()
        assert made.made_at == meeting

    def test_the_next_number_is_proposed(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry, number="7")
        words = text_of(signed_in(cast.sam).get(reverse("new_recommendation", args=[inquiry.pk])))
        assert 'name="number" value="8"' in " ".join(words.split())

    def test_errors_keep_what_was_typed(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry, number="1")
        client, address = signed_in(cast.sam), reverse("new_recommendation", args=[inquiry.pk])
        words = text_of(client.post(address, RECOMMENDATION | {"success_measure": "Counted each May"}))
        assert "already has a recommendation of that number" in words
        assert "Counted each May" in words
        words = text_of(client.post(address, RECOMMENDATION | {"number": "2", "new_themes": "x" * 81}))
        assert "Enter each theme in 80 characters or fewer" in words
        words = text_of(client.post(address, {"number": "2"}))
        assert "Enter the words of the recommendation" in words

    def test_similar_earlier_ones_are_offered_and_related(self, cast: Cast) -> None:
        earlier = cast.assignment(heading="Safer crossings near schools").recommendation
        inquiry = cast.inquiry("Another")
        client, address = signed_in(cast.sam), reverse("new_recommendation", args=[inquiry.pk])
        data = RECOMMENDATION | {"heading": "Safer crossings by schools"}
        words = text_of(client.post(address, {"heading": data["heading"], "look": "yes"}))
        assert earlier.reference in words
        assert "Enter the words" not in words
        words = text_of(
            client.post(reverse("similar"), {"heading": data["heading"], "text": "a\x00b" * 2000})
        )
        assert earlier.reference in words
        assert "<html" not in words
        data[f"earlier_{earlier.pk}"] = RelationKind.REPEATS
        assert client.post(address, data).status_code == 302
        assert Relation.objects.get().earlier == earlier

    def test_a_passage_of_an_earlier_one_is_shown_with_it(self, cast: Cast) -> None:
        said = "every taxi driver learns to notice children who travel late with adults they do not know"
        earlier = cast.recommendation(cast.inquiry(), text=f"{'Hotels keep a register. ' * 40} Then {said}.")
        words = text_of(signed_in(cast.sam).post(reverse("similar"), {"text": f"We ask: {said}"}))
        assert earlier.reference in words
        assert f"The same words stand in it: “{said}”" in words

    def test_similar_ones_nobody_else_may_see_are_not_offered(self, cast: Cast) -> None:
        hidden = cast.recommendation(cast.inquiry(), heading="Safer crossings near schools")
        words = text_of(signed_in(cast.oscar).post(reverse("similar"), {"heading": hidden.heading}))
        assert hidden.reference not in words

    def test_public_wording_needs_a_reason_and_keeps_the_earlier_one(self, cast: Cast) -> None:
        recommendation = cast.assignment().recommendation
        old = recommendation.text
        client, address = signed_in(cast.sam), reverse("edit_recommendation", args=[recommendation.pk])
        data = RECOMMENDATION | {
            "reference": recommendation.reference,
            "text": "New words.",
            "priority": recommendation.priority,
            "version": "1",
        }
        words = text_of(client.post(address, data))
        assert "Enter why the wording changes and who agreed it" in words
        assert "New words." in words
        assert client.post(address, data | {"reason": "A slip of the pen."}).status_code == 302
        words = text_of(client.get(address))
        assert old in words
        assert "A slip of the pen." in words

    def test_two_people_edit(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        client, address = signed_in(cast.sam), reverse("edit_recommendation", args=[recommendation.pk])
        data = RECOMMENDATION | {"reference": recommendation.reference, "version": "1"}
        assert client.post(address, data).status_code == 302
        words = text_of(client.post(address, data | {"heading": "Mine"}))
        assert "Changed by somebody else" in words
        assert 'value="Mine"' in words

    def test_relate_by_reference_and_take_out(self, cast: Cast) -> None:
        earlier = cast.assignment(heading="Buses").recommendation
        later = cast.recommendation(cast.inquiry(), heading="Passes", text="That fares fall.")
        client, address = signed_in(cast.sam), reverse("relate", args=[later.pk])
        data = {"by": "reference", "reference": earlier.reference.lower(), "kind": RelationKind.SUPERSEDES}
        assert client.post(address, data | {"reference": "none"}).status_code == 200
        assert client.post(address, data).status_code == 302
        relation = Relation.objects.get()
        assert "already recorded" in text_of(client.post(address, data))
        assert client.post(address, {"remove": str(relation.pk)}).status_code == 302
        assert not Relation.objects.exists()

    def test_remove_before_but_not_after_publication(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        first, second = cast.recommendation(inquiry), cast.recommendation(inquiry)
        client = signed_in(cast.sam)
        assert client.post(reverse("remove_recommendation", args=[first.pk])).status_code == 302
        cast.publish(inquiry)
        answer = client.post(reverse("remove_recommendation", args=[second.pk]))
        assert "stays on the record" in text_of(answer)
