"""The pages to expect, held against the pages that are really printed."""

from __future__ import annotations

import copy
import itertools

import pytest

from recommendations.lifecycle import Edition, PackSection
from recommendations.models.packs import ordinary_sections
from recommendations.packs.outline import Line, outline
from recommendations.packs.pdf.document import make_pdf
from recommendations.packs.summary import summary
from recommendations.packs.values import Data
from tests.unit.recommendations.packs.conftest import Case

SENTENCES = (
    "The crossing outside the school was surveyed in the spring and the design was shown to parents in June.",
    "Two of the five crossings are built; the third waits for the electricity board to move a cable.",
    "The post was advertised twice and filled in September.",
    "Costs rose by a tenth because the kerbs had to be lowered on both sides, which the first design left out.",
)


def many(content: Data, number: int, sentences: int) -> Data:
    """The content with so many recommendations, in inquiries of eight, with texts of several lengths."""
    model = content["inquiries"][0]["recommendations"][0]
    words = itertools.cycle(SENTENCES)
    shown: list[Data] = []
    for place in range(number):
        one = copy.deepcopy(model) | {"id": 1000 + place, "reference": f"SR (25/26) {place + 1:02}"}
        text = " ".join(itertools.islice(words, 1 + place % sentences))
        one["bodies"][0]["update"] |= {"progress": text, "barriers": text if place % 3 == 0 else ""}
        shown.append(one)
    inquiries = [
        {
            **content["inquiries"][0],
            "id": 1 + at,
            "title": f"Inquiry {at}",
            "recommendations": shown[at : at + 8],
        }
        for at in range(0, number, 8)
    ]
    overdue = [{**content["overdue"][0], "id": one["id"]} for one in shown] if content["overdue"] else []
    return {**content, "inquiries": inquiries, "summary": summary(shown), "overdue": overdue}


ALL = list(PackSection.values)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "sentences", "sections"),
    [(1, 1, ALL), (8, 3, ALL), (24, 3, ALL), (24, 12, ALL), (24, 12, ordinary_sections())],
    ids=["one", "small", "medium", "long texts", "without the table"],
)
@pytest.mark.parametrize("edition", [Edition.PUBLIC, Edition.EXEMPT])
def test_is_within_two_pages_or_a_tenth(
    case: Case, number: int, sentences: int, sections: list[str], edition: str
) -> None:
    words = {
        "reasons": "\n\n".join(SENTENCES),
        "implications": {"financial": SENTENCES[3], "legal": "None new."},
    }
    content = many(case.content(edition, sections=sections, **words), number, sentences)
    printed = make_pdf(content, content_hash="0" * 64, made_with={}).pages
    assert abs(outline(content).total - printed) <= max(2, printed / 10), (outline(content).total, printed)


def test_without_cover_and_contents(case: Case) -> None:
    content = case.content(sections=["summary", "recommendations"])
    printed = make_pdf(content, content_hash="0" * 64, made_with={}).pages
    assert abs(outline(content).total - printed) <= 1


def test_follows_other_sections(case: Case) -> None:
    content = many(case.content(sections=list(PackSection.values)), 24, 12)
    whole, few = outline(content), outline(content, ["recommendations", "nonsense", "cover"])
    assert [line.section for line in whole.lines] == [
        "cover", "contents", "purpose", *list(PackSection.values)[2:], "about",
    ]  # fmt: skip
    assert [line.section for line in few.lines] == ["cover", "purpose", "recommendations", "about"]
    assert few.total < whole.total
    assert few.total == sum(1 for _ in ("cover", "purpose", "about")) + round(few.lines[2].pages)


def test_is_longer_where_more_is_said(case: Case) -> None:
    content = case.content()
    assert outline(many(content, 24, 12)).total > outline(many(content, 8, 3)).total
    longer = {**content, "purpose": "Because. " * 1000}
    assert outline(longer).total > outline(content).total


@pytest.mark.parametrize(
    ("pages", "whole", "words"),
    [
        (0.3, False, "part of a page"),
        (0.8, False, "about 1 page"),
        (1.6, False, "about 2 pages"),
        (1, True, "1 page"),
        (15, True, "about 15 pages"),
    ],
)
def test_words(pages: float, whole: bool, words: str) -> None:
    assert Line("summary", "Summary", pages, whole).words == words
