"""What a form, a button and a row of several say of an action that was refused or met another person's edit."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from committee.forms.versioned import VersionedFormMixin
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import BodyKind
from recommendations.models import Body
from recommendations.views.form_handling import (
    CHANGED,
    SAME_WORDS,
    attempt,
    find,
    perform,
    perform_button,
    show_denied,
)

PERSON = SimpleNamespace(name="Sam Scrutiny")


class PlaceForm(VersionedFormMixin, forms.Form):
    place = forms.CharField(label="Place")


class ReasonForm(forms.Form):
    reason = forms.CharField()


@pytest.fixture
def request_(rf: RequestFactory) -> Any:
    return prepared(rf.post("/"))


def prepared(request: HttpRequest) -> Any:
    request.user = PERSON  # type: ignore[assignment]  # no more of it is read here
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # what the middleware does
    return request


def place_form(place: str = "Room 1") -> PlaceForm:
    return PlaceForm(QueryDict(f"place={place}&version=1"))


def denying(*args: Any, **details: Any) -> Any:
    def action(**kwargs: Any) -> None:
        raise ActionDenied(*args, **details)

    return action


def conflicting(place: str) -> Any:
    def action(**kwargs: Any) -> None:
        raise EditConflict(SimpleNamespace(place=place, version=2))

    return action


def given(**kwargs: Any) -> dict[str, Any]:
    """An action that returns what it was given."""
    return kwargs


def said(request: Any) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


class TestFind:
    """The row that a button names, among those there are."""

    @pytest.mark.django_db
    def test_finds_the_row(self) -> None:
        body = Body.objects.create(name="Cabinet", kind=BodyKind.EXECUTIVE)
        assert find(Body.objects.all(), str(body.pk)) == body
        assert find(Body.objects.none(), str(body.pk)) is None

    @pytest.mark.parametrize("text", [None, "", "x", "-1", "1.0", "٣", "9" * 19])
    def test_asks_nothing_about_what_is_no_number(self, text: str | None) -> None:
        assert find(Body.objects.all(), text) is None


class TestAttempt:
    def test_done(self) -> None:
        result = attempt(given, by=PERSON, row=3)
        assert (result.done, result.result) == (True, {"by": PERSON, "row": 3})
        assert (result.denied, result.current, result.conflict) == (None, None, [])

    def test_denied(self) -> None:
        result = attempt(denying("Not now", "place", row=2))
        assert not result.done
        assert result.denied is not None
        assert (result.denied.message, result.denied.field, result.denied.row) == ("Not now", "place", 2)

    def test_conflict(self) -> None:
        result = attempt(conflicting("Room 2"))
        assert not result.done
        assert result.current.place == "Room 2"

    def test_other_errors_are_not_hidden(self) -> None:
        with pytest.raises(ZeroDivisionError):
            attempt(lambda: 1 / 0)


class TestPerform:
    def test_gives_the_person_the_words_of_the_form_and_the_rest(self, request_: Any) -> None:
        result = perform(request_, place_form(), given, meeting=7)
        assert result.result == {"by": PERSON, "place": "Room 1", "version": 1, "meeting": 7}

    def test_gives_details_in_place_of_the_words(self, request_: Any) -> None:
        result = perform(request_, place_form(), given, details=dict, meeting=7)
        assert result.result == {"by": PERSON, "meeting": 7}

    def test_does_nothing_with_mistakes(self, request_: Any) -> None:
        form = place_form("")
        result = perform(request_, form, given, details=lambda: 1 / 0)  # type: ignore[arg-type, return-value]  # never called
        assert (result.done, result.denied, result.current) == (False, None, None)
        assert form.errors

    def test_does_nothing_with_words_recovered_on_get(self, rf: RequestFactory) -> None:
        form = place_form()
        assert not perform(prepared(rf.get("/")), form, given).done
        assert form.is_valid()

    def test_does_nothing_with_a_form_that_was_not_sent(self, request_: Any) -> None:
        assert not perform(request_, PlaceForm(), given).done

    @pytest.mark.parametrize(
        ("field", "error_field", "shown_at"),
        [
            ("place", None, "place"),
            ("place", "version", "place"),
            ("other", None, "__all__"),
            (None, None, "__all__"),
            ("other", "version", "version"),
        ],
    )
    def test_shows_a_refusal_beside_its_field(
        self, request_: Any, field: str | None, error_field: str | None, shown_at: str
    ) -> None:
        form = place_form()
        assert not perform(request_, form, denying("Not now", field), error_field=error_field).done
        assert form.errors == {shown_at: ["Not now"]}

    def test_leaves_the_refusal_of_one_row_to_the_caller(self, request_: Any) -> None:
        form = place_form()
        result = perform(request_, form, denying("Not now", "place", row=0))
        assert result.denied is not None
        assert form.errors == {}
        show_denied(form, result.denied)
        assert form.errors == {"place": ["Not now"]}

    def test_shows_both_sides_of_a_conflict(self, request_: Any) -> None:
        form = place_form()
        result = perform(request_, form, conflicting("Room 2"))
        assert not result.done
        assert [(one.theirs, one.yours) for one in result.conflict] == [("Room 2", "Room 1")]
        assert form.errors == {}
        assert form["version"].value() == "2"

    def test_says_so_where_both_typed_the_same(self, request_: Any) -> None:
        form = place_form()
        result = perform(request_, form, conflicting("Room 1"))
        assert result.conflict == []
        assert form.non_field_errors() == [SAME_WORDS]
        assert form["version"].value() == "2"

    def test_says_so_on_a_form_that_compares_nothing(self, request_: Any) -> None:
        form = ReasonForm(QueryDict("reason=None"))
        assert perform(request_, form, conflicting("Room 1")).current is not None
        assert form.non_field_errors() == [SAME_WORDS]


class TestPerformButton:
    def test_says_what_was_done(self, request_: Any) -> None:
        result = perform_button(request_, given, done="The pack is released", pack=5)
        assert result.result == {"by": PERSON, "pack": 5}
        assert said(request_) == [("success", "The pack is released")]

    def test_says_what_the_result_makes_of_it(self, request_: Any) -> None:
        perform_button(request_, given, done=lambda result: f"Pack {result['pack']} is released", pack=5)
        assert said(request_) == [("success", "Pack 5 is released")]

    def test_may_say_nothing(self, request_: Any) -> None:
        assert perform_button(request_, given).done
        assert said(request_) == []

    def test_says_why_not(self, request_: Any) -> None:
        assert not perform_button(request_, denying("Not now"), done="Done").done
        assert said(request_) == [("error", "Not now")]

    def test_says_that_somebody_changed_it(self, request_: Any) -> None:
        assert not perform_button(request_, conflicting(""), done="Done").done
        perform_button(request_, conflicting(""), done="Done", changed="Look again")
        assert said(request_) == [("warning", CHANGED), ("warning", "Look again")]
