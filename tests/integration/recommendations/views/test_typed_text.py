"""What people type, as pages take it and show it: numbers, lengths, marks that nobody sees, order and look-alikes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import bodies, inquiries
from recommendations.lifecycle import BodyKind, Role
from recommendations.models import Body, Inquiry, Meeting, Pack, Recommendation, Theme
from tests.clients import signed_in, text_of, words_of
from tests.factories import Cast, fresh, person

pytestmark = pytest.mark.django_db


def in_order(page: Any, names: list[str]) -> bool:
    """Return whether the names stand on the page, each after the one before."""
    words, at = words_of(page), -1
    for name in names:
        at = words.find(name, at + 1)
        if at < 0:
            return False
    return True


class TestDays:
    @pytest.mark.parametrize("part", ["day", "month"])
    @pytest.mark.parametrize("typed", ["9" * 5_000, "²", "-2", "1.5", "0", "1_0", "½", "9" * 19])
    def test_no_number_is_no_real_date(self, cast: Cast, part: str, typed: str) -> None:
        data = {"body": cast.cabinet.pk, "held_on_day": "2", "held_on_month": "2", "held_on_year": "2026"}
        answer = signed_in(cast.carla).post(reverse("new_meeting"), data | {f"held_on_{part}": typed})
        assert answer.status_code == 200
        assert "Enter a real date" in words_of(answer)
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize("typed", ["9" * 5_000, "²026", "-2026", "26", "20265", "1899", "2201"])
    def test_a_year_has_four_digits(self, cast: Cast, typed: str) -> None:
        data = {"body": cast.cabinet.pk, "held_on_day": "2", "held_on_month": "2", "held_on_year": typed}
        answer = signed_in(cast.carla).post(reverse("new_meeting"), data)
        assert "Enter the year as four digits, for example 2026" in words_of(answer)

    def test_wide_digits_are_digits(self, cast: Cast) -> None:
        data = {
            "body": cast.cabinet.pk,
            "held_on_day": " ０２ ",
            "held_on_month": "FEB.",
            "held_on_year": "２０２６",
        }
        assert signed_in(cast.carla).post(reverse("new_meeting"), data).status_code == 302
        assert Meeting.objects.get().held_on == dt.date(2026, 2, 2)


class TestPageNumbers:
    @pytest.mark.parametrize(
        ("asked", "number"),
        [
            ("0", 1),
            ("-1", 1),
            ("x", 1),
            ("²", 1),
            ("", 1),
            ("1.5", 1),
            ("2", 2),
            ("２", 2),
            ("99", 2),
            ("9" * 5_000, 2),
        ],
    )
    @pytest.mark.parametrize("route", ["recommendations", "inquiries", "bodies"])
    def test_the_nearest_page_answers(
        self, cast: Cast, client: Client, route: str, asked: str, number: int
    ) -> None:
        for index in range(51 if route == "bodies" else 26):
            Body.objects.create(name=f"Board {index}", kind=BodyKind.OTHER)
            inquiry = Inquiry.objects.create(
                committee=cast.committee,
                reference=f"R{index}",
                title="Roads",
                stage="published",
                published_on=dt.date(2025, 9, 1),
            )
            Recommendation.objects.create(
                inquiry=inquiry,
                number="1",
                reference=f"SR {index}",
                heading="Roads",
                text="Roads.",
                made_public_at=clock.now(),
            )
        answer = client.get(reverse(route), {"page": asked})
        assert answer.status_code == 200
        assert answer.context["page"].number == number


class TestMarks:
    def test_a_heading_is_kept_without_marks_of_direction(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment(
            heading="Fees \u2067£900 - £100\u2069", text="That fees\u200b fall \u202eby half\u202c."
        )
        assert assignment.recommendation.heading == "Fees £900 - £100"
        page = text_of(client.get(reverse("recommendation", args=[assignment.recommendation_id])))
        assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]", page)
        assert "That fees fall by half." in page

    def test_a_name_of_marks_alone_is_none(self, cast: Cast) -> None:
        data = {"name": "\u2067\u3164\u200b\u2069", "kind": "health", "response_unit": "days"}
        answer = signed_in(cast.sam).post(reverse("new_body") + "?kind=health", data)
        assert "Enter the body’s name" in words_of(answer)

    def test_filters_and_search_read_the_same_way(self, cast: Cast, client: Client) -> None:
        cast.assignment(heading="Safer crossings")
        page = client.get(reverse("recommendations"), {"q": "cross\u200bings\u2069"})
        assert "Safer crossings" in words_of(page)


class TestLengths:
    def data(self, **typed: str) -> dict[str, Any]:
        return {"title": "A pack", "edition": "public", "start": "none", "sections": ["summary"], **typed}

    @pytest.mark.parametrize(
        "text", ["🙂" * 4_000, "e\u0301" * 4_000, "a\r\nb" + "x" * 3_997, "\u200bx" * 4_000]
    )
    def test_a_text_that_the_counter_lets_through(self, cast: Cast, text: str) -> None:
        meeting = cast.meeting(dt.date(2026, 1, 26))
        answer = signed_in(cast.carla).post(
            reverse("compose_pack", args=[meeting.pk]), self.data(purpose=text)
        )
        assert answer.status_code == 302, words_of(answer)
        assert len(Pack.objects.get().purpose) == 4_000

    def test_one_too_many_is_refused_by_the_same_count(self, cast: Cast) -> None:
        meeting = cast.meeting(dt.date(2026, 1, 26))
        data = self.data(purpose="🙂" * 4_001)
        answer = signed_in(cast.carla).post(reverse("compose_pack", args=[meeting.pk]), data)
        assert "to 4000 characters: it has 4001" in words_of(answer)
        assert "🙂" * 4_001 in text_of(answer)


class TestOrder:
    def test_numbers_of_a_report(self, cast: Cast, client: Client) -> None:
        inquiry = cast.inquiry()
        for number in ("ix", "v", "ii", "10", "i", "2", "iv"):
            cast.recommendation(inquiry, number=number, heading=f"Number {number}.")
        cast.publish(inquiry)
        page = client.get(reverse("inquiry", args=[inquiry.pk]))
        assert in_order(page, [f"Number {number}." for number in ("2", "10", "i", "ii", "iv", "v", "ix")])

    def test_references(self, cast: Cast, client: Client) -> None:
        inquiry = cast.inquiry()
        for number in (100, 10, 2, 1):
            cast.recommendation(inquiry, reference=f"TR {number}", heading=f"Heading {number}.")
        cast.publish(inquiry)
        page = client.get(reverse("recommendations"), {"sort": "reference"})
        assert in_order(page, [f"Heading {number}." for number in (1, 2, 10, 100)])

    def test_bodies_themes_and_people(self, cast: Cast, client: Client, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = False
        names = ["aa cabinet", "ab de Bohun", "ab eastern", "AB Éclair", "ab Zebra 2", "ab Zebra 10"]
        for name in reversed(names):
            bodies.add_body(by=cast.admin, name=name, kind=BodyKind.OTHER)
            Theme.objects.create(name=name)
            person(name, (Role.CLERK, cast.council))
        assert in_order(client.get(reverse("bodies")), names)
        assert in_order(signed_in(cast.admin).get(reverse("people")), names)
        new = reverse("new_recommendation", args=[cast.inquiry().pk])
        assert in_order(signed_in(cast.sam).get(new), names)
        assert [theme.name for theme in Theme.objects.all()] == names

    def test_findings(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        for number in ("10", "9", "F2", "F10", "1"):
            inquiries.add_finding(by=cast.sam, inquiry=inquiry, number=number, text="Found.")
        assert [row.number for row in inquiry.findings.all()] == ["1", "9", "10", "F2", "F10"]


class TestLookAlikes:
    def test_a_body_is_refused_with_a_sentence_and_what_was_typed(self, cast: Cast) -> None:
        data = {
            "name": "CABI\u200bNET",
            "kind": "other",
            "parent": cast.council.pk,
            "response_unit": "days",
            "about": "Kept",
        }
        answer = signed_in(cast.sam).post(reverse("new_body") + "?kind=other", data)
        assert "There is already a body of this name here. Enter another name" in words_of(answer)
        assert "Kept" in words_of(answer)

    def test_a_theme_typed_anew_is_the_one_there_is(self, cast: Cast) -> None:
        Theme.objects.create(name="Online safety")
        data = {
            "number": "1",
            "heading": "Phones",
            "text": "That phones stay at home.",
            "priority": "standard",
            "new_themes": "ONLINE  SAFETY, Online\xa0safety, Ｏｎｌｉｎｅ safety, Taxis, taxis",
        }
        address = reverse("new_recommendation", args=[cast.inquiry().pk])
        assert signed_in(cast.sam).post(address, data).status_code == 302
        assert sorted(theme.name for theme in Recommendation.objects.get().themes.all()) == [
            "Online safety",
            "Taxis",
        ]

    def test_people_are_found_whatever_the_case_and_accents(self, cast: Cast, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = False
        zoe = person("Zoë Éclair", (Role.CLERK, cast.council))
        for typed in ("zoe", "ZOË", "Zoe\u0308", "eclair", "ÉCL"):
            assert zoe.name in words_of(signed_in(fresh(cast.admin)).get(reverse("people"), {"q": typed})), (
                typed
            )


class TestNumbersOfAddresses:
    @pytest.mark.parametrize("number", ["9" * 19, "9" * 30, "9" * 5_000, "²", "-1", "٣٣", "1_0"])
    @pytest.mark.parametrize(
        "path", ["recommendations", "inquiries", "bodies", "packs", "evidence", "meetings"]
    )
    def test_a_number_that_nothing_has_is_not_found(self, cast: Cast, path: str, number: str) -> None:
        assert signed_in(cast.carla).get(f"/{path}/{number}/").status_code == 404

    @pytest.mark.parametrize("number", ["9" * 19, "9" * 30, "9" * 5_000, "²", "-1", "1.5", ""])
    def test_a_filter_by_one_says_so(self, cast: Cast, client: Client, number: str) -> None:
        for name in ("inquiry", "committee", "body", "theme"):
            assert client.get(reverse("recommendations"), {name: number}).status_code == 200
        for name in ("made_from", "made_to"):
            assert client.get(reverse("recommendations"), {name: number}).status_code == 200

    @pytest.mark.parametrize("typed", ["9" * 5_000, "²", "-1", "1.5", "x", "0"])
    def test_a_term_is_a_whole_number(self, cast: Cast, typed: str) -> None:
        data = {"name": "Health Board", "kind": "health", "response_period": typed, "response_unit": "days"}
        answer = signed_in(cast.sam).post(reverse("new_body") + "?kind=health", data)
        assert re.search("Enter (the|a) time to respond", words_of(answer))
        assert not Body.objects.filter(name="Health Board").exists()
