"""Statuses as labels on their colours."""

from django.template import Context, Template

from recommendations.lifecycle import Claim


def render(source, **context):
    return Template("{% load statuses %}" + source).render(Context(context))


class TestStatus:
    def test_a_member_shows_its_word_on_its_colour(self):
        assert render("{% status_tag c %}", c=Claim.ON_TRACK) == (
            '<strong class="app-tag app-tag--blue">On track</strong>'
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
