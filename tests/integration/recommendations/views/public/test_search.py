"""The page of the public search."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.clients import signed_in, words_of
from tests.factories import Cast


def found(words: str, client: Client | None = None) -> str:
    """The page in words, as they are read: the marks around words that were found take no room."""
    response = (client or Client()).get(reverse("search"), {"q": words})
    response.content = response.content.replace(b"<mark>", b"").replace(b"</mark>", b"")
    return words_of(response)


def test_words_in_an_update_are_found_and_shown_as_they_were_written(cast: Cast) -> None:
    cast.published(
        cast.assignment(),
        progress="The Council’s partners met “county lines” gangs – fast; KS3/4 pupils of the <pilot area> met Zoë.",
    )
    for words in (
        "lines",
        "county lines",
        "council's partners",
        "ks3",
        "pilot",
        "zoe",
        "ZOË",
        '"county lines" fast',
    ):
        page = found(words)
        assert "Progress updates: 1" in page, words
        assert "met “county lines” gangs – fast; KS3/4 pupils of the <pilot area> met Zoë." in page


@pytest.mark.parametrize("name", ["recommendations", "inquiries", "bodies"])
@pytest.mark.parametrize(
    "words", ["taxi", "minicab", "taxi/minicab", "zoe", "council's", "“night time”", "the", "pilot"]
)
def test_lists_find_the_same_words(cast: Cast, name: str, words: str) -> None:
    text = "The Council’s taxi/minicab drivers: “night-time” <pilot> of Zoë"
    inquiry = cast.inquiry(summary=text)
    recommendation = cast.recommendation(inquiry, text=text)
    cast.publish(inquiry)
    thing = {"recommendations": recommendation, "inquiries": inquiry, "bodies": cast.school}[name]
    cast.school.about = text
    cast.school.save()
    page = Client().get(reverse(name), {"q": words})
    assert thing in page.context["page"].object_list


def test_what_was_meant_is_told_and_shown(cast: Cast) -> None:
    cast.assignment(heading="Safeguarding training")
    page = found("safegarding")
    assert "Nothing has “safegarding”. These are the results for safeguarding" in page
    assert "Safeguarding training" in page


def test_a_status_leads_to_its_list(cast: Cast) -> None:
    cast.assignment()
    response = Client().get(reverse("search"), {"q": "Overdue"})
    assert "“Overdue” is a status: all recommendations that are “Overdue”" in words_of(response)
    assert Client().get(response.context["answer"].statuses[0].address).status_code == 200


@pytest.mark.parametrize(
    "words", ["-" * 33, "- " * 60, "+---+---+ | a | b |", "العربية", "😀", "' OR 1=1 --"]
)
def test_an_answer_to_anything(cast: Cast, words: str) -> None:
    assert "Nothing was found" in found(words)


def test_too_long_a_search_is_told_so(db: None) -> None:
    assert "Enter a shorter search, of 200 characters or fewer" in found("x" * 10_000)


@pytest.mark.parametrize("kind", ["exempt part", "submitted update", "draft"])
def test_exempt_and_unpublished_words_are_found_by_nobody_without_the_right(cast: Cast, kind: str) -> None:
    inquiry = cast.inquiry("Zebras of the county")
    cast.recommendation(inquiry, heading="Zebras everywhere")
    assignment = cast.assignment()
    if kind == "exempt part":
        cast.response(
            assignment,
            exempt_text="A zebra was hurt.",
            exempt_paragraphs=[1],
            public_summary="A name is withheld.",
        )
    elif kind == "submitted update":
        cast.submitted(assignment, progress="A zebra was painted.")
    else:
        cast.draft(assignment, progress="A zebra.")
    for client in (Client(), signed_in(cast.oscar)):
        assert "Nothing was found" in found("zebra", client)
        assert "Nothing was found" in found("zebar", client)
    assert "Zebras everywhere" in found("zebra", signed_in(cast.sam))


def _names(response: Any) -> list[str]:
    return [row.name for row in response.context["page"].object_list]


@pytest.mark.parametrize(
    "words", ["zoe", "ZOË", "zoe\u0308 o’neill", "O'Neill", "z.oneil@x.org", "neil x.org"]
)
def test_people_are_found_without_accents_and_case(cast: Cast, words: str, settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False
    cast.olive.name, cast.olive.email = "Zoë O'Neill", "z.oneil@x.org"
    cast.olive.save()
    response = signed_in(cast.admin).get(reverse("people"), {"q": words})
    assert _names(response) == ["Zoë O'Neill"]
