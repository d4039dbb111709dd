"""Earlier recommendations that say the same: as a whole, or in a passage."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.lifecycle import BodyKind, Claim, Decision, Grade, NoticeKind, Outcome, Role, Stage
from recommendations.models import Recommendation
from recommendations.queries.similar_recommendations import PASSAGE, longest_in_common, similar
from tests.factories import Cast

OPENING = "That the Cabinet Member for Education and Skills, with the Learning Trust, reports each year on "
PASSAGE_OF_IT = "every taxi driver is trained to notice children who travel late with adults who are no relatives of theirs"
LONG = (
    OPENING
    + " ".join(word.meaning for words in (Claim, Grade, Outcome, Stage, Role) for word in words)
    + f" The Licensing Committee makes sure that {PASSAGE_OF_IT}, and says so on the licence. "
    + " ".join(word.meaning for words in (BodyKind, Decision, NoticeKind) for word in words)
)


def found(heading: str = "", text: str = "", **details: Any) -> list[Recommendation]:
    return similar(Recommendation.objects.all(), heading, text, **details)


@pytest.mark.django_db
class TestSimilar:
    @pytest.fixture
    def source(self, cast: Cast) -> Recommendation:
        return cast.recommendation(cast.inquiry(), heading="Awareness", text=LONG)

    def test_a_passage_from_inside_a_long_one_finds_its_source(self, source: Recommendation) -> None:
        assert not Recommendation.objects.like("", PASSAGE_OF_IT).exists()  # as a whole they are not alike
        [one] = found(text=PASSAGE_OF_IT.upper())
        assert (one, one.shared) == (source, PASSAGE_OF_IT.upper())  # type: ignore[attr-defined]

    def test_a_passage_deep_in_what_is_typed(self, source: Recommendation) -> None:
        typed = "Bus stops are lit. " * 60 + f'We ask again: "{PASSAGE_OF_IT}".' + " Paths are swept." * 60
        [one] = found(text=typed)
        assert (one, one.shared) == (source, PASSAGE_OF_IT)  # type: ignore[attr-defined]

    def test_the_same_opening_is_no_passage(self, source: Recommendation) -> None:
        assert (
            found(text="That the Cabinet Member for Education and Skills mends the roof of Hill School") == []
        )

    def test_other_line_ends_and_apostrophes(self, cast: Cast) -> None:
        text = "Each school’s governors ask the pupils themselves\nwhat they know of the danger and what they would do"
        one = cast.recommendation(cast.inquiry(), heading="Ask", text=f"{LONG} {text}")
        assert found(text=text.replace("’", "'").replace("\n", "  \r\n ")) == [one]

    def test_the_longer_passage_first_then_what_is_alike_as_a_whole(
        self, cast: Cast, source: Recommendation
    ) -> None:
        inquiry = source.inquiry
        half = " ".join(PASSAGE_OF_IT.split()[: PASSAGE + 1])
        some = cast.recommendation(inquiry, heading="Some of it", text=f"{LONG[:200]} {half}, and no more.")
        alike = cast.recommendation(inquiry, heading="Train all taxi drivers", text="C" * 20)
        assert found("Train taxi drivers", PASSAGE_OF_IT) == [source, some, alike]
        assert found("Train taxi drivers", PASSAGE_OF_IT, but=source) == [some, alike]
        assert found("Train taxi drivers", PASSAGE_OF_IT, most=1) == [source]

    def test_only_among_those_that_may_be_seen(self, source: Recommendation) -> None:
        assert similar(Recommendation.objects.published(), "", PASSAGE_OF_IT) == []

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            " ",
            "a b c",
            "\x00" * 50,
            "and to the of a in " * 40,
            '" or "',
            "-" * 400,
            "(((" * 50,
            "x" * 9000,
        ],
    )
    def test_anything_may_be_typed(self, source: Recommendation, typed: str) -> None:
        assert found(typed, typed) == []

    def test_the_same_number_of_queries_for_one_and_for_many(
        self, cast: Cast, source: Recommendation
    ) -> None:
        def spent() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert found(text=PASSAGE_OF_IT)
            return len(queries)

        one = spent()
        for number in range(4):
            cast.recommendation(source.inquiry, heading=f"Again {number}", text=LONG)
        assert spent() == one

    def test_passages_are_looked_up_in_an_index(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
        looked_up = '"every taxi driver is trained" or "who travel late with adults"'
        assert "rec_words" in Recommendation.objects.order_by().matching(looked_up).explain()


@pytest.mark.parametrize(
    ("typed", "other", "span"),
    [
        ("", "", (0, 0)),
        ("a b c d e f", "a b c d e f", (0, 6)),
        ("a b c d e", "a b c d e", (0, 0)),  # too few to be anything
        ("x a b c d e f g y", "z a b c d e f g z", (1, 8)),
        ("a b c d e f x 1 2 3 4 5 6 7", "1 2 3 4 5 6 7 a b c d e f", (7, 14)),
    ],
)
def test_the_longest_run_in_common(typed: str, other: str, span: tuple[int, int]) -> None:
    assert longest_in_common(typed.split(), other.split()) == span
