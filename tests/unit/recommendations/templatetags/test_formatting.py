"""The template library: dates, plain text, statuses, tables and pages."""

import datetime as dt

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.template import Context, Template
from django.test import RequestFactory

from recommendations.lifecycle import Claim
from recommendations.templatetags import formatting


def render(source, path="/list", **context):
    request = RequestFactory().get(path)
    return Template("{% load formatting %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ("day", "3 November 2015"),
        ("short_day", "3 Nov 2015"),
        ("moment", "3 November 2015 at 2:30pm"),
        ("clock_time", "2:30pm"),
    ],
)
def test_days_and_moments(filters, words):
    assert render("{{ at|" + filters + " }}", at=dt.datetime(2015, 11, 3, 14, 30, tzinfo=dt.UTC)) == words


class TestProse:
    def test_what_people_type_is_never_markup(self):
        assert "<script" not in formatting.prose("<script>alert(1)</script>")
        assert "&lt;script&gt;" in formatting.prose("<script>alert(1)</script>")

    def test_a_blank_line_ends_a_paragraph_and_a_single_break_stays(self):
        assert formatting.prose("One\r\ntwo\r\n\r\nThree").count("<p ") == 2
        assert "One<br>two" in formatting.prose("One\r\ntwo")

    @pytest.mark.parametrize("mark", ["-", "•", "*", "–"])
    def test_bullets_become_a_list_after_their_line(self, mark):
        html = formatting.prose(f"We ask for:\n{mark} names\n{mark} dates\nThank you")
        assert '<ul class="govuk-list govuk-list--bullet"><li>names</li><li>dates</li></ul>' in html
        assert html.index("We ask for") < html.index("<ul") < html.index("Thank you")

    def test_numbers_become_a_list_that_begins_where_it_began(self):
        html = formatting.prose("3. third\n4) fourth")
        assert (
            '<ol class="govuk-list govuk-list--number" start="3"><li>third</li><li>fourth</li></ol>' in html
        )

    def test_a_line_set_in_belongs_to_its_bullet(self):
        assert "<li>names and posts</li>" in formatting.prose("- names\n  and posts")

    def test_a_date_or_a_sum_at_the_start_of_a_line_is_no_list(self):
        assert "<ol" not in formatting.prose("2015 was the year")
        assert "<ul" not in formatting.prose("-5 degrees")

    def test_addresses_become_links_without_the_full_stop(self):
        html = formatting.prose("See https://example.org/a_(b)?x=1&y=2. Write to a.b@example.org!")
        assert 'href="https://example.org/a_(b)?x=1&amp;y=2" rel="nofollow noopener"' in html
        assert "</a>. Write" in html
        assert 'href="mailto:a.b@example.org"' in html

    def test_no_other_scheme_becomes_a_link(self):
        assert "<a" not in formatting.prose("javascript:alert(1) data:text/html,x")

    def test_a_quote_cannot_leave_the_address(self):
        assert 'onmouseover="' not in formatting.prose('https://example.org/"onmouseover="alert(1)')

    def test_nothing_is_an_empty_block(self):
        assert formatting.prose("") == formatting.prose(None) == '<div class="app-prose"></div>'

    def test_four_thousand_words_take_no_time_worth_measuring(self):
        assert formatting.prose("word - https://e.org (x) \n" * 4000).count("<a ") == 4000


class TestStatus:
    def test_a_member_shows_its_word_on_its_colour(self):
        assert render("{% status_tag c %}", c=Claim.ON_TRACK) == (
            '<strong class="app-tag app-tag--green">On track</strong>'
        )

    def test_a_plain_string_finds_its_word_in_the_vocabulary(self):
        assert "Off track" in render('{% status_tag c "Claim" %}', c="off_track")

    def test_a_string_that_the_vocabulary_lacks_is_its_own_word(self):
        assert render('{% status_tag c "Claim" %}', c="<odd>") == (
            '<strong class="app-tag app-tag--grey">&lt;odd&gt;</strong>'
        )

    def test_nothing_shows_nothing(self):
        assert render("{% status_tag c %}", c="") == render("{% status_tag c %}", c=None) == ""

    def test_the_meaning_stands_beside_it_when_asked_for(self):
        assert Claim.PAUSED.meaning in render("{% status_tag c meaning=True %}", c=Claim.PAUSED)


class TestWords:
    @pytest.mark.parametrize(
        ("count", "words"), [(0, "0 updates"), (1, "1 update"), (1200, "1,200 updates"), (None, "0 updates")]
    )
    def test_a_number_with_its_noun(self, count, words):
        assert formatting.count_of(count, "update") == words

    def test_a_noun_with_a_plural_of_its_own(self):
        assert formatting.count_of(2, "inquiry,inquiries") == "2 inquiries"

    def test_things_in_a_row(self):
        assert formatting.joined(["A"]) == "A"
        assert formatting.joined(["A", "B & C", "D"]) == "A, B &amp; C and D"
        assert formatting.joined([]) == ""

    def test_words_stand_in_for_nothing_but_not_for_nought(self):
        assert "Nobody" in formatting.shown_or(None, "Nobody")
        assert formatting.shown_or(0, "Nobody") == "0"


class TestAddresses:
    def test_another_order_begins_at_the_first_page_and_keeps_the_filters(self):
        html = render('{% sort_header "due" "Due" %}', path="/list?body=1&page=4&sort=due")
        assert 'aria-sort="ascending"' in html
        assert 'href="?body=1&amp;sort=-due"' in html

    def test_a_column_that_does_not_sort_now_says_so(self):
        assert 'aria-sort="none"' in render('{% sort_header "due" "Due" %}')

    def test_the_order_of_the_page_without_one(self):
        assert 'aria-sort="descending"' in render('{% sort_header "due" "Due" default="-due" %}')

    def test_page_links_keep_the_query(self):
        html = render(
            "{% page_links page %}", path="/list?body=1&page=2", page=Paginator(range(100), 10).page(2)
        )
        assert 'href="?body=1&amp;page=3" rel="next"' in html
        assert html.count('aria-current="page"') == 1

    def test_one_page_needs_no_links(self):
        assert "<nav" not in render("{% page_links page %}", page=Paginator(range(5), 10).page(1))

    def test_downloads_get_the_filters_without_the_page(self):
        assert render("{% query_string %}", path="/list?body=1&q=&page=2") == "?body=1"
        assert render("{% query_string %}") == ""

    def test_a_query_cannot_bring_markup(self):
        assert "<b>" not in render('{% sort_header "due" "Due" %}', path="/list?q=%22%3E%3Cb%3E")


class Chosen(forms.Form):
    body = forms.ChoiceField(choices=[("", "Any"), ("1", "Cabinet")], required=False)
    body_kind = forms.CharField(required=False)
    sort = forms.CharField(required=False)


class TestChosenFilters:
    def test_each_can_be_taken_away_alone(self):
        form = Chosen({"body": "1", "body_kind": "school", "sort": "due"})
        assert form.is_valid()
        html = render(
            "{% chosen_filters form %}", path="/list?body=1&body_kind=school&sort=due&page=3", form=form
        )
        assert (
            'href="?body_kind=school&amp;sort=due"><span class="govuk-visually-hidden">Take away </span>Body: Cabinet'
            in html
        )
        assert 'href="?body=1&amp;sort=due"' in html
        assert 'href="?sort=due">Clear all filters' in html

    def test_no_filter_shows_nothing(self):
        form = Chosen({"sort": "due"})
        assert form.is_valid()
        assert "<ul" not in render("{% chosen_filters form %}", form=form)


class TestPictures:
    def test_a_bar_says_its_numbers_in_words(self):
        html = render(
            "{% bar parts title='Claims' %}",
            parts=[(Claim.ON_TRACK, 3), (Claim.PAUSED, 0), (Claim.OFF_TRACK, 1)],
        )
        assert 'aria-label="Claims: On track 3, Paused 0, Off track 1"' in html
        assert 'width="75.000%"' in html
        assert "style=" not in html

    def test_a_bar_of_nothing_is_empty_not_broken(self):
        assert "app-fill--none" in render("{% bar parts %}", parts=[(Claim.ON_TRACK, 0)])

    def test_a_figure_is_a_number_with_its_words(self):
        html = render('{% figure 1200 "overdue" href="/x" of=4000 colour="red" %}')
        assert "1,200" in html
        assert "of 4,000" in html
        assert '<a class="govuk-link app-figure__link" href="/x">overdue</a>' in html


class TestErrorSummary:
    def test_forms_and_formsets_lead_to_their_boxes(self):
        class One(forms.Form):
            name = forms.CharField(label="Name")
            kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)

        rows = formset_factory(One)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": ""})
        html = render("{% error_summary one rows nothing %}", one=One({}), rows=rows, nothing=None)
        assert '<a href="#id_name">Enter name</a>' in html
        assert '<a href="#id_kind_0">Select kind</a>' in html
        assert '<a href="#id_form-0-name">Enter name</a>' in html

    def test_a_form_without_errors_has_none(self):
        assert "error-summary" not in render("{% error_summary one %}", one=Chosen())
