"""Days, numbers and lists of items in words."""

import datetime as dt

import pytest
from django.template import Context, Template

from committee.templatetags import formatting


def render(source, **context):
    return Template("{% load formatting %}" + source).render(Context(context))


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
