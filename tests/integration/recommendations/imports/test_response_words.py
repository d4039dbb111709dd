"""What a body answered in words is on the record with its decision, and asked about where it states none."""

from __future__ import annotations

import pytest

from recommendations.actions import imports
from recommendations.lifecycle import Decision
from recommendations.models import Response
from recommendations.trackers.response_words import AS_NOTED, words_question
from tests.factories import Cast
from tests.trackers import CROSSING, a_tracker, answered, handed_in, questions

pytestmark = pytest.mark.django_db

KEY = words_question("Response").key
SAID = "The county has a plan for this road already and goes on with it."


def test_words_beside_a_decision_are_on_the_record(cast: Cast) -> None:
    inquiry = cast.inquiry("Road safety near schools", reference="INQ 7")
    line = (*CROSSING[:3], "Agreed. A ramp is added too.", *CROSSING[4:])
    other = ("2", "That the county lights every crossing at night.", *CROSSING[2:3], SAID, *CROSSING[4:])
    batch = handed_in(cast, a_tracker(line, other))
    assert KEY in questions(batch)
    batch = answered(cast, batch, {KEY: AS_NOTED, "inquiry:table:1": {"inquiry": inquiry.pk}})
    imports.apply_import(by=cast.sam, batch=batch)
    told = Response.objects.order_by("import_row__order").values_list("decision", "text")
    assert list(told) == [(Decision.ACCEPTED, "A ramp is added too"), (Decision.NOTED, SAID)]
