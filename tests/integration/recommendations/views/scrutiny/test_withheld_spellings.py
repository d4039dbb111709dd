"""Other spellings of withheld words, and the files beside them: shown while words are withheld, and when looked for again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from recommendations.actions.evidence import add_document
from recommendations.lifecycle import Grade, Outcome, WithholdingGround
from recommendations.models import Assignment, Withholding
from recommendations.queries.withheld_likenesses import MOST_AT_ONCE
from tests.clients import form_values, signed_in, words_of
from tests.factories import Cast

WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It named a child."}
FORM: dict[str, Any] = {"words": "Tamsin Quill\n14/03/2013", **WHY}
FORMS = ("14.3.13", "2013-03-14", "14th Mar 2013", "T. Quill")


@pytest.fixture
def part(cast: Cast) -> Assignment:
    """A part with the name and the date of birth in an update, a response and a verdict, each in another form."""
    part = cast.assignment()
    cast.published(part, progress="Tamsin Quill, born 14/03/2013, was seen.")
    cast.response(part, text="T. Quill (14.3.13) has a worker.")
    cast.published(part, progress="The girl of 2013-03-14 is well.")
    cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, comment="As for the child of 14th Mar 2013: done.")
    return part


class TestCheck:
    def test_lists_other_spellings_to_decide_each(self, cast: Cast, part: Assignment) -> None:
        page = signed_in(cast.sam).post(reverse("withhold_words"), FORM)
        assert sorted(one.words for one in page.context["spellings"].each) == sorted(FORMS)
        assert "Possibly the same, decide each: 4 other spellings" in words_of(page)
        assert reverse("recommendation", args=[part.recommendation_id]) in page.content.decode()
        assert not Withholding.objects.exists()

    def test_lists_what_is_only_a_part_of_a_name_apart(self, cast: Cast, part: Assignment) -> None:
        for words in (
            "Tamsin went to the dentist.",
            "Tamsin R. Quill is well.",
            "The Quills moved.",
            "Quill, Tamsin",
        ):
            cast.published(cast.assignment(), progress=words)
        for _ in range(MOST_AT_ONCE):
            cast.recommendation(part.recommendation.inquiry, heading="Quill")
        page = signed_in(cast.sam).post(reverse("withhold_words"), FORM)
        spellings = page.context["spellings"]
        assert sorted(one.words for one in spellings.whole) == sorted(
            [*FORMS, "Tamsin R. Quill", "Quill, Tamsin"]
        )
        assert [one.words for one in spellings.parts][-1] == "Quill"
        assert {one.words for one in spellings.parts} == {"Tamsin", "Quills", "Quill"}
        assert "Only a part of the name: 3 spellings" in words_of(page)
        assert f"Quill stands in {MOST_AT_ONCE} places, too many" not in words_of(page)
        cast.recommendation(part.recommendation.inquiry, heading="Quill")
        page = signed_in(cast.sam).post(reverse("withhold_words"), FORM)
        assert f"Quill stands in {MOST_AT_ONCE + 1} places, too many to decide on at once." in words_of(page)
        assert 'value="Tamsin"' in page.content.decode()
        assert 'value="Quill"' not in page.content.decode()

    def test_adds_the_ticked_ones(self, cast: Cast, part: Assignment) -> None:
        client = signed_in(cast.sam)
        values = form_values(client.post(reverse("withhold_words"), FORM))
        page = client.post(reverse("withhold_words"), {**values, "add": ["14.3.13"], "look": "yes"})
        assert form_values(page)["words"][0].split("\n")[-1].strip() == "14.3.13"
        assert "14.3.13" not in [one.words for one in page.context["spellings"].each]
        client.post(reverse("withhold_words"), {**values, "add": ["T. Quill", "14.3.13"], "withhold": "yes"})
        assert "[withheld" in part.responses.get().text
        assert "14.3.13" not in part.responses.get().text


class TestLookAgain:
    def test_lists_what_is_left_until_nothing_is(self, cast: Cast, part: Assignment) -> None:
        client, record = signed_in(cast.sam), reverse("recommendation", args=[part.recommendation_id])
        client.post(reverse("withhold_words"), {**FORM, "withhold": "yes"})
        again = reverse("search_again", args=[Withholding.objects.get().pk])
        page = client.get(again)
        assert "But other spellings do" in words_of(page)
        assert {one.words for one in page.context["spellings"].each} == set(FORMS)
        public = words_of(Client().get(record))
        assert "Tamsin" not in public
        assert "14.3.13" in public

        assert f'action="{reverse("withhold_words")}"' in page.content.decode()
        values = page.context["further"].initial
        assert values["public_reason"] == "It named a child."
        check = client.post(reverse("withhold_words"), {**values, "add": list(FORMS)})
        assert check.context["places"].total
        client.post(reverse("withhold_words"), {**form_values(check), "withhold": "yes"})
        read = words_of(client.get(again))
        assert "Nor do other spellings of them" in read, read
        assert "No file is attached to the same entries." in read
        for where in (record, reverse("inquiry", args=[part.recommendation.inquiry_id]), reverse("home")):
            for words in ("Quill", "Tamsin", "14/03/2013", *FORMS):
                assert words not in Client().get(where).content.decode(), (where, words)

    def test_names_the_files_beside(self, cast: Cast, part: Assignment) -> None:
        add_document(
            by=cast.sam,
            to=part.recommendation.inquiry,
            title="Note of a visit",
            file=SimpleUploadedFile("note.txt", b"A visit."),
        )
        client = signed_in(cast.sam)
        for page in (
            client.post(reverse("withhold_words"), FORM),
            client.post(reverse("withhold_words"), {**FORM, "withhold": "yes"}, follow=True)
            and client.get(reverse("search_again", args=[Withholding.objects.latest("pk").pk])),
        ):
            [file] = page.context["files_beside"]
            assert reverse("withhold_file", args=[file.pk]) in page.content.decode()
            assert "What stands in a file is not searched." in words_of(page)

    def test_shows_no_spelling_that_somebody_may_not_read(self, cast: Cast) -> None:
        """Oscar does not serve the committee whose inquiry is in private."""
        cast.recommendation(cast.inquiry(), text="That T. Quill gets help.")
        cast.published(cast.assignment(), progress="Tamsin Quill was seen.")
        page = signed_in(cast.oscar).post(reverse("withhold_words"), {**FORM, "words": "Tamsin Quill"})
        assert "gets help" not in words_of(page)
        assert page.context["spellings"].each == []
        assert page.context["spellings"].unseen
