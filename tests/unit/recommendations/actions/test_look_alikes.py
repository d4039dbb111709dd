"""Names that people take for the same are the same: each is refused beside the other with a sentence that says what to do."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from recommendations.actions import bodies, inquiries, pack_templates, packs, people, respondent_links
from recommendations.actions.base import ActionDenied
from recommendations.actions.recommendations import next_reference
from recommendations.actions.themes import add_theme
from recommendations.lifecycle import BodyKind, Role
from recommendations.models import Body, Recommendation, Theme
from tests.factories import Cast

pytestmark = pytest.mark.django_db

NAME = "Café Zone 2 Partners’ Board"
LOOK_ALIKES = {
    "two blanks": NAME.replace(" ", "  "),
    "a blank that does not break": NAME.replace(" ", "\xa0"),
    "a mark without width": NAME.replace("Zone", "Zo\u200bne"),
    "a soft hyphen": NAME.replace("Zone", "Zo\u00adne"),
    "a mark of direction": f"\u2067{NAME}\u2069",
    "letters and accents apart": unicodedata.normalize("NFD", NAME),
    "capitals": NAME.upper(),
    "wide letters": NAME.replace("Zone 2", "Ｚｏｎｅ　２"),
    "a straight quote": NAME.replace("’", "'"),
    "a line end": f" {NAME}\r\n",
}


@pytest.fixture(params=list(LOOK_ALIKES.values()), ids=list(LOOK_ALIKES))
def look_alike(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def refused(first: Callable[[str], Any], again: Callable[[str], Any], look_alike: str, field: str) -> None:
    first(NAME)
    with pytest.raises(ActionDenied) as denied, transaction.atomic():
        again(look_alike)
    assert denied.value.field == field
    assert "nother" in denied.value.message or "title of its own" in denied.value.message


def test_bodies(cast: Cast, look_alike: str) -> None:
    def add(name: str) -> Body:
        return bodies.add_body(by=cast.admin, name=name, kind=BodyKind.OTHER, parent=cast.council)

    refused(add, add, look_alike, "name")
    elsewhere = bodies.add_body(by=cast.admin, name=look_alike, kind=BodyKind.OTHER, parent=cast.school)
    with pytest.raises(ActionDenied):
        bodies.edit_body(by=cast.admin, body=elsewhere, parent=cast.council)


def test_posts(cast: Cast, look_alike: str) -> None:
    def add(title: str) -> Any:
        return bodies.add_post(by=cast.admin, body=cast.cabinet, title=title)

    refused(add, add, look_alike, "title")


def test_themes_are_found_again(cast: Cast, look_alike: str) -> None:
    theme = add_theme(by=cast.sam, name=NAME)
    assert add_theme(by=cast.sam, name=look_alike) == theme
    assert Theme.objects.get().name == NAME


def test_references_of_inquiries(cast: Cast, look_alike: str) -> None:
    def add(reference: str) -> Any:
        return cast.inquiry(reference=reference)

    refused(add, add, look_alike, "reference")


def test_references_of_recommendations(cast: Cast, look_alike: str) -> None:
    inquiry = cast.inquiry()

    def add(reference: str) -> Any:
        return cast.recommendation(inquiry, reference=reference)

    refused(add, add, look_alike, "reference")
    assert Recommendation.objects.with_reference(look_alike) == Recommendation.objects.get()


@pytest.mark.parametrize("number", ["3A", " 3a ", "３ａ", "3\u200ba", "3\u2060a"])
def test_numbers(cast: Cast, number: str) -> None:
    inquiry = cast.inquiry()
    cast.recommendation(inquiry, number="3a")
    inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="3a", text="Found.")
    with pytest.raises(ActionDenied, match="already has a recommendation of that number"):
        cast.recommendation(inquiry, number=number)
    with pytest.raises(ActionDenied, match="already has a finding of that number"):
        inquiries.add_finding(by=cast.sam, inquiry=inquiry, number=number, text="Found again.")


def test_meetings_of_a_day(cast: Cast, look_alike: str) -> None:
    def add(title: str) -> Any:
        return cast.meeting(dt.date(2026, 3, 2), title=title)

    refused(add, add, look_alike, "title")


def test_templates_of_packs(cast: Cast, look_alike: str) -> None:
    pack = packs.compose_pack(by=cast.carla, meeting=cast.meeting(dt.date(2026, 3, 2)), title="Progress")

    def add(name: str) -> Any:
        return pack_templates.save_template(by=cast.carla, pack=pack, name=name)

    refused(add, add, look_alike, "name")


@pytest.mark.parametrize(
    "address",
    [
        "Pat.Police@Example.ORG",
        "ｐａｔ.police@example.org",
        "pat.po\u200blice@example.org",
        " pat.police@example.org\n",
    ],
)
def test_addresses_of_accounts(cast: Cast, address: str) -> None:
    with pytest.raises(ActionDenied, match="already has an account"):
        people.add_person(by=cast.admin, name="Another", email=address, role=Role.CLERK, body=cast.council)
    with pytest.raises(ActionDenied, match="already has an account"):
        people.edit_person(by=cast.admin, person=cast.olive, name="Olive", email=address)
    with pytest.raises(ActionDenied, match="has an account with this address"):
        respondent_links.issue_link(
            by=cast.sam, committee=cast.committee, body=cast.school, name="Another", email=address
        )


@pytest.mark.parametrize(
    "address", ["pat.polıce@example.org", "pat.police@ex\u0430mple.org", "zoë@example.org"]
)
def test_addresses_with_letters_of_other_alphabets(cast: Cast, address: str) -> None:
    with pytest.raises(ActionDenied, match="correct format, like name") as denied:
        people.add_person(by=cast.admin, name="Another", email=address, role=Role.CLERK, body=cast.council)
    assert denied.value.field == "email"
    with pytest.raises(ActionDenied, match="correct format"):
        respondent_links.issue_link(
            by=cast.sam, committee=cast.committee, body=cast.school, name="Another", email=address
        )


def test_the_database_refuses_them_too(cast: Cast, look_alike: str) -> None:
    Body.objects.create(name=NAME, kind=BodyKind.OTHER)
    Theme.objects.create(name=NAME)
    again: list[Any] = [Body(name=look_alike, kind=BodyKind.OTHER), Theme(name=look_alike)]
    for row in again:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.bulk_create([row])


def test_the_next_reference_reads_those_that_were_typed(cast: Cast) -> None:
    inquiry = cast.inquiry()
    first = next_reference(inquiry)
    stem = first.removesuffix("01")
    for typed in (f"{stem.lower()}07", f"{stem} ９", f"{stem}²", f"{stem}x", f"{stem}1{'0' * 25}"):
        cast.recommendation(inquiry, reference=typed)
    assert next_reference(inquiry) == f"{stem}10"
