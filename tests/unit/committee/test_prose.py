"""Plain text as a person typed it, as HTML."""

import pytest

from committee.prose import entries, prose


class TestProse:
    def test_what_people_type_is_never_markup(self):
        assert "<script" not in prose("<script>alert(1)</script>")
        assert "&lt;script&gt;" in prose("<script>alert(1)</script>")

    def test_a_blank_line_ends_a_paragraph_and_a_single_break_stays(self):
        assert prose("One\r\ntwo\r\n\r\nThree").count("<p ") == 2
        assert "One<br>two" in prose("One\r\ntwo")

    @pytest.mark.parametrize("mark", ["-", "•", "*", "–"])
    def test_bullets_become_a_list_after_their_line(self, mark):
        html = prose(f"We ask for:\n{mark} names\n{mark} dates\nThank you")
        assert '<ul class="govuk-list govuk-list--bullet"><li>names</li><li>dates</li></ul>' in html
        assert html.index("We ask for") < html.index("<ul") < html.index("Thank you")

    def test_numbers_become_a_list_that_begins_where_it_began(self):
        html = prose("3. third\n4) fourth")
        assert (
            '<ol class="govuk-list govuk-list--number" start="3"><li>third</li><li>fourth</li></ol>' in html
        )

    def test_a_line_set_in_belongs_to_its_bullet(self):
        assert "<li>names and posts</li>" in prose("- names\n  and posts")

    def test_a_date_or_a_sum_at_the_start_of_a_line_is_no_list(self):
        assert "<ol" not in prose("2015 was the year")
        assert "<ul" not in prose("-5 degrees")

    def test_addresses_become_links_without_the_full_stop(self):
        html = prose("See https://example.org/a_(b)?x=1&y=2. Write to a.b@example.org!")
        assert 'href="https://example.org/a_(b)?x=1&amp;y=2" rel="nofollow noopener"' in html
        assert "</a>. Write" in html
        assert 'href="mailto:a.b@example.org"' in html

    def test_no_other_scheme_becomes_a_link(self):
        assert "<a" not in prose("javascript:alert(1) data:text/html,x")

    def test_a_quote_cannot_leave_the_address(self):
        assert 'onmouseover="' not in prose('https://example.org/"onmouseover="alert(1)')

    def test_a_mail_address_is_linked_whole_or_not_at_all(self):
        assert "mailto:o.b@example.org" in prose("(o.b@example.org)")
        assert "mailto:" not in prose("a" * 65 + "@example.org")

    def test_brackets_belong_to_an_address_as_far_as_they_are_opened_in_it(self):
        assert 'href="https://e.org/(a)"' in prose("(https://e.org/(a))")
        assert 'href="https://e.org/a"' in prose("(see https://e.org/a).)")

    def test_nothing_is_an_empty_block(self):
        assert prose("") == prose(None) == '<div class="app-prose"></div>'

    def test_four_thousand_words_take_no_time_worth_measuring(self):
        assert prose("word - https://e.org (x) \n" * 4000).count("<a ") == 4000

    def test_numbers_stay_those_that_were_typed(self):
        assert '<li>first</li><li value="3">third</li><li>fourth</li>' in prose(
            "1. first\n3. third\n4. fourth"
        )

    @pytest.mark.parametrize(
        "line", ["-5 degrees", "– 10% cut", "- £3m less", "–£3m", "- .5 of a post", "-\xa010", "- €2"]
    )
    def test_a_sign_is_no_bullet(self, line):
        assert f">{line}<" in prose(line)
        assert entries(f"Agree\n{line}") == ["Agree", line]

    def test_a_number_in_a_list_stays_an_entry_with_its_dash(self):
        assert prose("- 10 schools\n- colleges\n– 5% cut").count("<li>") == 3
        assert "<li>- 10 schools</li><li>colleges</li><li>– 5% cut</li>" in prose(
            "- 10 schools\n- colleges\n– 5% cut"
        )

    def test_entries_lose_their_bullets(self):
        assert entries("- one\n•two\n * three\n–four\n\n·  five\n● -6 degrees") == [
            "one", "two", "three", "four", "five", "-6 degrees",
        ]  # fmt: skip
