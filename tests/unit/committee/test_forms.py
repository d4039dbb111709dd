"""Forms in the council's style: markup, a day in three boxes, instructions, versions."""

import datetime as dt
from types import SimpleNamespace
from typing import cast

import pytest
from django import forms

from committee.forms.choices import Checkboxes, LongText, Radios, VocabularyField
from committee.forms.dates import DayField
from committee.forms.renderer import GovukBoundField
from committee.forms.versioned import VersionedFormMixin, in_words
from recommendations.lifecycle import Claim, Decision


class Meeting(forms.Form):
    held_on = DayField(label="When is it held?", name="The date of the meeting", earliest=dt.date(2000, 1, 1))
    until = DayField(label="Until", required=False, latest=dt.date(2030, 12, 31))


def day(*parts, name="held_on"):
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year"), parts, strict=True)}


class TestDay:
    @pytest.mark.parametrize(
        "typed", [("3", "11", "2015"), ("03", "Nov", "2015"), (" 3 ", "november", "2015")]
    )
    def test_three_boxes_make_a_day(self, typed):
        form = Meeting(day(*typed))
        assert form.is_valid()
        assert form.cleaned_data == {"held_on": dt.date(2015, 11, 3), "until": None}

    @pytest.mark.parametrize(
        ("typed", "message", "wrong"),
        [
            (("", "", ""), "Enter the date of the meeting", ("day", "month", "year")),
            (("3", "", "2015"), "The date of the meeting must include a month", ("month",)),
            (("", "", "2015"), "The date of the meeting must include a day and month", ("day", "month")),
            (("31", "2", "2015"), "Enter a real date, for example 27 3 2026", ("day",)),
            (("3", "13", "2015"), "Enter a real date, for example 27 3 2026", ("month",)),
            (("x", "Smarch", "2015"), "Enter a real date, for example 27 3 2026", ("day", "month")),
            (("3", "11", "15"), "Enter the year as four digits, for example 2026", ("year",)),
            (
                ("3", "11", "1999"),
                "The date of the meeting must be 1 January 2000 or later",
                ("day", "month", "year"),
            ),
            (("²", "11", "2015"), "Enter a real date, for example 27 3 2026", ("day",)),
        ],
    )
    def test_a_wrong_day_says_how_to_mend_it_and_marks_its_boxes(self, typed, message, wrong):
        form = Meeting(day(*typed))
        assert form.errors["held_on"] == [message]
        html = str(form["held_on"])
        boxes = {part: f'name="held_on_{part}"' for part in ("day", "month", "year")}
        for part, box in boxes.items():
            tag = next(line for line in html.splitlines() if box in line)
            assert ("govuk-input--error" in tag) is (part in wrong)
        assert (
            cast(GovukBoundField, form["held_on"]).first_box
            == f"id_held_on_{('day', 'month', 'year').index(wrong[0])}"
        )

    def test_a_day_may_be_too_late(self):
        form = Meeting(day("3", "11", "2015") | day("1", "1", "2031", name="until"))
        assert form.errors["until"] == ["Until must be 31 December 2030 or earlier"]

    def test_what_was_typed_stays(self):
        assert 'value="Smarch"' in str(Meeting(day("3", "Smarch", "2015"))["held_on"])

    def test_a_page_that_only_passes_the_day_on_hides_the_three_boxes(self):
        html = Meeting(day("27", "3", "2026"))["held_on"].as_hidden()
        assert [html.count('type="hidden"'), html.count('name="held_on_day"')] == [3, 1]
        assert 'value="2026"' in html

    def test_a_day_kept_before_fills_the_boxes_and_has_not_changed(self):
        form = Meeting(day("3", "11", "2015"), initial={"held_on": dt.date(2015, 11, 3)})
        assert not form.has_changed()
        assert 'value="2015"' in str(Meeting(initial={"held_on": dt.date(2015, 11, 3)})["held_on"])

    def test_two_forms_do_not_share_their_mistakes(self):
        assert not Meeting(day("3", "", "2015")).is_valid()
        assert "govuk-input--error" not in str(Meeting()["held_on"])


class Response(forms.Form):
    reveal = {"reason": ("decision", [Decision.REJECTED, Decision.IN_PART])}
    decision = VocabularyField(Decision, label="Decision")
    reason = LongText(label="Why?", required=False, help_text="Say what <b>not</b>", max_length=10)
    note = forms.CharField(label="Note", required=False)
    bodies = forms.MultipleChoiceField(
        label="Bodies", choices=[("1", "Cabinet")], widget=Checkboxes(hints={"1": "The executive"})
    )
    sure = forms.BooleanField(label="I am sure")
    share = forms.IntegerField(label="Share", required=False)


class TestMarkup:
    def test_a_group_has_a_legend_and_its_choices_explain_themselves(self):
        html = Response()["decision"].as_field_group()
        assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Decision</legend>' in html
        assert 'aria-describedby="id_decision_0_hint"' in html
        assert 'id="id_decision_0_hint">The body will do what is recommended</div>' in html

    def test_the_box_is_described_by_hint_error_and_counter(self):
        html = Response({"reason": "eleven char"})["reason"].as_field_group()
        assert 'aria-describedby="id_reason_helptext id_reason_error id_reason-info"' in html
        assert 'data-maxlength="10"' in html
        assert 'id="id_reason-info"' in html
        assert '<span class="govuk-visually-hidden">Error:</span>' in html

    def test_a_hint_is_text_not_markup(self):
        assert "<b>not</b>" not in Response()["reason"].as_field_group()

    def test_a_question_says_which_answer_brings_it_up(self):
        html = Response()["reason"].as_field_group()
        assert 'data-reveal-when="decision" data-reveal-is="rejected in_part"' in html

    def test_only_a_question_that_may_stay_empty_is_marked_optional(self):
        form = Response()
        assert "Note (optional)</label>" in form["note"].as_field_group()
        assert "optional" not in form["decision"].as_field_group()
        assert "optional" not in form["sure"].as_field_group()

    def test_where_nothing_is_required_nothing_is_marked(self):
        class Filter(forms.Form):
            body = forms.CharField(required=False)

        assert "optional" not in str(Filter())

    def test_nothing_in_a_form_needs_a_style_or_a_script_of_its_own(self):
        html = str(Response({}))
        assert "style=" not in html
        assert "onclick" not in html

    def test_words_of_several_fields_are_shown_at_the_top(self):
        form = Response({})
        form.add_error(None, "The meeting was cancelled: choose another")
        assert "The meeting was cancelled" in str(form)

    @pytest.mark.parametrize(
        ("field", "message"),
        [
            (forms.CharField(label="Title"), "Enter title"),
            (forms.CharField(label="PDF file name"), "Enter PDF file name"),
            (forms.CharField(label="What was done?"), "Enter an answer"),
            (forms.ChoiceField(label="Owning body"), "Select owning body"),
            (forms.BooleanField(label="I agree"), "Tick “I agree”"),
            (forms.FileField(label="Evidence"), "Choose a file"),
            (forms.CharField(label="Title", error_messages={"required": "Enter a title"}), "Enter a title"),
        ],
    )
    def test_an_empty_field_is_told_what_to_do(self, field, message):
        form = type("One", (forms.Form,), {"x": field})({})
        assert form.errors["x"] == [message]

    @pytest.mark.parametrize("inline", [True, False])
    def test_radios_in_one_row(self, inline):
        form = type(
            "One",
            (forms.Form,),
            {"x": forms.ChoiceField(choices=[("y", "Yes")], widget=Radios(inline=inline))},
        )()
        assert ("govuk-radios--inline" in str(form)) is inline


class TestFields:
    def test_a_choice_from_a_vocabulary_is_a_member_of_it(self):
        class One(forms.Form):
            claim = VocabularyField(Claim, among=[Claim.PAUSED], required=False)

        form = One({"claim": "paused"})
        assert form.is_valid()
        assert form.cleaned_data["claim"] is Claim.PAUSED
        assert One({"claim": ""}).is_valid()
        assert not One({"claim": "on_track"}).is_valid()

    def test_a_line_break_counts_once(self):
        class One(forms.Form):
            words = LongText(max_length=5)

        form = One({"words": "ab\r\ncd"})
        assert form.is_valid()
        assert form.cleaned_data["words"] == "ab\ncd"


class Edit(VersionedFormMixin, forms.Form):
    heading = forms.CharField(label="Heading")
    claim = VocabularyField(Claim, label="Claim")
    due = DayField(label="Due", required=False)


class TestVersions:
    def test_the_form_carries_the_version_it_was_opened_at(self):
        assert 'value="3"' in str(Edit(version=3)["version"])

    def test_without_a_version_nothing_is_saved(self):
        form = Edit({"heading": "x", "claim": "paused"}, version=3)
        assert form.errors["version"] == ["Open the page again before you save"]

    def test_a_conflict_shows_only_what_differs_and_lets_the_person_decide(self):
        form = Edit({"heading": "Mine", "claim": "paused", "version": "3"}, version=3)
        assert form.is_valid()
        current = SimpleNamespace(heading="Theirs", claim="paused", due=dt.date(2026, 1, 12), version=5)
        rows = [(row.label, row.theirs, row.yours) for row in form.conflict(current)]
        assert rows == [("Heading", "Theirs", "Mine"), ("Due", "12 January 2026", "Nothing")]
        assert 'value="5"' in str(form["version"])
        assert 'value="Mine"' in str(form["heading"])

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (None, ""),
            (True, "Yes"),
            (dt.date(2026, 1, 2), "2 January 2026"),
            (["a", "b"], "a, b"),
            (12, "12"),
        ],
    )
    def test_any_value_in_words(self, value, words):
        assert in_words(value) == words
