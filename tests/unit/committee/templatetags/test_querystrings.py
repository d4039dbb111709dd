"""Links that keep the filters and the order of a list."""

from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory


def render(source, path="/list", **context):
    request = RequestFactory().get(path)
    return Template("{% load querystrings %}" + source).render(Context({"request": request, **context}))


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
