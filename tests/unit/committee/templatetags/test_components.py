"""The components: what they escape, which attributes they write, what goes between their tags."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, clear_script_prefix, set_script_prefix
from django.utils.safestring import mark_safe

from committee.templatetags import components

UNSAFE = '<i>"&'
ESCAPED = "&lt;i&gt;&quot;&amp;"


def render(source: str, **context: Any) -> str:
    return Template("{% load components %}" + source).render(Context(context))


class TestEscaping:
    @pytest.mark.parametrize(
        "source",
        [
            "{% link href=bad %}{% endlink %}",
            '{% link href="/x" query=bad %}{% endlink %}',
            '{% link href="/x" classes=bad %}{% endlink %}',
            '{% link href="/x" title=bad %}{% endlink %}',
            "{% back_link bad href='/x' %}",
            "{% back_link 'Home' href=bad %}",
            "{% link_button href=bad %}{% endlink_button %}",
            "{% button value=bad %}{% endbutton %}",
            "{% submit classes=bad %}{% endsubmit %}",
            "{% page_heading caption=bad %}{% endpage_heading %}",
            "{% details bad %}{% enddetails %}",
            "{% details 'More' id=bad %}{% enddetails %}",
            "{% inset id=bad %}{% endinset %}",
            "{% notification bad id='x' %}{% endnotification %}",
            "{% notification 'Important' id=bad %}{% endnotification %}",
            "{% empty_state bad %}{% endempty_state %}",
            "{% empty_state 'None' href='/x' action=bad %}{% endempty_state %}",
            "{% table bad heads='A' %}{% endtable %}",
            "{% table 'A' heads=bad %}{% endtable %}",
            "{% table 'A' heads='A' classes=bad %}{% endtable %}",
            "{% heading_cell bad %}",
            "{% heading_cell 'A' classes=bad %}",
            "{% row_heading classes=bad %}{% endrow_heading %}",
            "{% cell bad %}{% endcell %}",
            "{% cell 'A' headers=bad %}{% endcell %}",
            "{% summary_list classes=bad %}{% endsummary_list %}",
            "{% summary_row bad %}{% endsummary_row %}",
            "{% summary_row 'A' action=bad %}{% endsummary_row %}",
        ],
    )
    def test_every_argument_is_escaped(self, source: str) -> None:
        found = render(source, bad=UNSAFE)
        assert ESCAPED in found
        assert UNSAFE not in found

    @pytest.mark.parametrize(
        "name",
        [
            "link href='/x'",
            "link_button href='/x'",
            "button",
            "submit",
            "hidden_text",
            "page_heading",
            "details 'A'",
            "inset",
            "warning_text",
            "notification 'A' id='x'",
            "empty_state 'A'",
            "table 'A'",
            "table_head",
            "row_heading",
            "cell 'A'",
            "summary_list",
            "summary_row 'A'",
        ],
    )
    def test_between_the_tags_markup_stands_and_variables_are_escaped(self, name: str) -> None:
        found = render(f"{{% {name} %}}<b>{{{{ bad }}}}</b>{{% end{name.split()[0]} %}}", bad=UNSAFE)
        assert f"<b>{ESCAPED}</b>" in found

    def test_safe_words_stay_and_equal_words_that_are_not_safe_do_not(self) -> None:
        """Names of columns are remembered: what was safe once must not speak for other words."""
        source = "{% table 'A' heads=heads %}{% endtable %}"
        assert '<th scope="col" class="govuk-table__header"><i>A</i></th>' in render(
            source, heads=mark_safe("<i>A</i>")
        )
        assert "&lt;i&gt;A&lt;/i&gt;</th>" in render(source, heads="<i>A</i>")

    def test_a_slot_is_not_escaped_twice(self) -> None:
        found = render(
            "{% slot as summary %} {{ bad }}{% hidden_text %} of it{% endhidden_text %} {% endslot %}"
            "{% details summary %}{% enddetails %}",
            bad="<",
        )
        assert '__summary-text">&lt;<span class="govuk-visually-hidden"> of it</span></span>' in found


class TestAttributes:
    def test_true_gives_the_bare_name_and_nothing_gives_nothing(self) -> None:
        assert components.attributes({"open": True, "id": None, "name": False, "value": ""}) == " open"

    def test_underscores_are_hyphens_and_nought_is_a_value(self) -> None:
        assert components.attributes({"data_count": 0, "aria_label": "A"}) == ' data-count="0" aria-label="A"'

    def test_classes_come_after_the_components_own(self) -> None:
        assert 'class="govuk-link no-print"' in render("{% link href='/x' classes='no-print' %}{% endlink %}")


class TestLinksAndButtons:
    def test_a_link_names_a_view_and_its_arguments(self) -> None:
        assert (
            render("{% link 'recommendation' 7 query='?a=1' %}Read{% endlink %}")
            == '<a class="govuk-link" href="/recommendations/7/?a=1">Read</a>'
        )

    def test_a_view_that_is_not_there_is_an_error(self) -> None:
        with pytest.raises(NoReverseMatch):
            render("{% link 'nowhere' %}{% endlink %}")

    def test_the_way_back(self) -> None:
        assert render("{% back_link 'Bodies' 'bodies' %}") == (
            '<nav aria-label="Back"><a href="/bodies/" class="govuk-back-link">Bodies</a></nav>'
        )

    def test_a_link_that_looks_like_a_button(self) -> None:
        assert render("{% link_button href='/x' kind='secondary' %}Go{% endlink_button %}") == (
            '<a href="/x" class="govuk-button govuk-button--secondary" role="button" draggable="false"'
            ' data-module="govuk-button">Go</a>'
        )

    def test_a_button_and_one_that_sends_once(self) -> None:
        assert (
            render("{% button kind='warning' name='do' value='end' %}End{% endbutton %}")
            == '<button class="govuk-button govuk-button--warning" name="do" value="end" data-module="govuk-button">End</button>'
        )
        assert render("{% submit %}Save{% endsubmit %}") == (
            '<button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">Save</button>'
        )

    def test_there_are_three_kinds(self) -> None:
        with pytest.raises(ValueError, match="orange"):
            render("{% button kind='orange' %}{% endbutton %}")


class TestWords:
    def test_hidden_text_keeps_its_blanks(self) -> None:
        assert (
            render("{% hidden_text %} a {% endhidden_text %}")
            == '<span class="govuk-visually-hidden"> a </span>'
        )

    def test_a_heading_with_and_without_a_caption(self) -> None:
        assert render("{% page_heading %}A{% endpage_heading %}") == '<h1 class="govuk-heading-xl">A</h1>'
        assert render("{% page_heading caption='B' size='l' %}A{% endpage_heading %}") == (
            '<h1 class="govuk-heading-l"><span class="app-caption">B</span>A</h1>'
        )

    @pytest.mark.parametrize(
        ("value", "opened"), [("", False), ([], False), (None, False), (["wrong"], True)]
    )
    def test_details_are_open_where_something_is_true(self, value: Any, opened: bool) -> None:
        found = render("{% details 'A' open=value %}b{% enddetails %}", value=value)
        assert found.startswith(
            '<details class="govuk-details" open>' if opened else '<details class="govuk-details">'
        )
        assert found.endswith('<div class="govuk-details__text">b</div></details>')

    def test_an_empty_state_leaves_out_what_it_is_not_given(self) -> None:
        assert render("{% empty_state 'None' %} {% endempty_state %}") == (
            '<div class="app-empty"><p class="govuk-!-font-weight-bold">None</p></div>'
        )
        assert render("{% empty_state 'None' href='/x' action='Add' %}Add one.{% endempty_state %}").endswith(
            '<p>Add one.</p><p><a class="govuk-link" href="/x">Add</a></p></div>'
        )

    def test_a_notification_is_named_by_its_title(self) -> None:
        found = render("{% notification 'Done' id='n' success=True role='alert' %}Saved{% endnotification %}")
        assert (
            'class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="n"'
            in found
        )
        assert '<h2 class="govuk-notification-banner__title" id="n">Done</h2>' in found


class TestAddresses:
    def test_an_address_follows_the_arguments_and_where_the_site_is(self) -> None:
        assert components.address(("body", 1), "", "?a=1&b") == "/bodies/1/?a=1&amp;b"
        assert components.address(("body", 2), "", "") == "/bodies/2/"
        set_script_prefix("/tracker/")
        try:
            assert components.address(("body", 1), "", "") == "/tracker/bodies/1/"
        finally:
            clear_script_prefix()
        with override_settings(ROOT_URLCONF="allauth.account.urls"), pytest.raises(NoReverseMatch):
            components.address(("body", 1), "", "")

    def test_an_address_is_looked_up_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        components.address(("body", 77), "", "")
        monkeypatch.setattr(components, "reverse", lambda *args, **options: pytest.fail("Looked up again"))
        assert components.address(("body", 77), "", "") == "/bodies/77/"


class TestTables:
    def test_named_columns_numbers_and_names_for_screen_readers(self) -> None:
        found = render(
            "{% table 'A' heads='B|C|(D)' numbers_from=2 stack=True dense=True %}<tr></tr>{% endtable %}"
        )
        assert found == (
            '<table class="govuk-table app-table app-table--dense app-table--stack">'
            '<caption class="govuk-visually-hidden">A</caption><thead><tr>'
            '<th scope="col" class="govuk-table__header">B</th>'
            '<th scope="col" class="govuk-table__header govuk-table__header--numeric">C</th>'
            '<th scope="col" class="govuk-table__header govuk-table__header--numeric">'
            '<span class="govuk-visually-hidden">D</span></th></tr></thead><tbody><tr></tr></tbody></table>'
        )

    def test_a_head_of_ones_own(self) -> None:
        found = render(
            "{% table 'A' %}{% table_head %}{% heading_cell 'B' numeric=True %}{% endtable_head %}<tbody></tbody>{% endtable %}"
        )
        assert found.endswith(
            '<thead><tr><th scope="col" class="govuk-table__header govuk-table__header--numeric">B</th></tr></thead>'
            "<tbody></tbody></table>"
        )
        assert 'class="govuk-table__header no-print"' in render("{% heading_cell 'B' classes='no-print' %}")

    def test_cells(self) -> None:
        assert render("{% cell 'A' %}1{% endcell %}") == '<td class="govuk-table__cell" data-label="A">1</td>'
        assert render("{% cell numeric=True %}1{% endcell %}") == (
            '<td class="govuk-table__cell govuk-table__cell--numeric">1</td>'
        )
        assert (
            render("{% cell colspan=2 %}1{% endcell %}") == '<td class="govuk-table__cell" colspan="2">1</td>'
        )
        assert render("{% row_heading %}A{% endrow_heading %}") == (
            '<th scope="row" class="govuk-table__header">A</th>'
        )

    @pytest.mark.parametrize("mixed", ["", " mixed=True"])
    def test_a_cell_of_nothing_but_blanks_is_empty(self, mixed: str) -> None:
        """Phones leave such a cell out; they would show its label with nothing beside it."""
        source = f"{{% cell 'A'{mixed} %}}\n  {{% if no %}}<b>1</b>{{% endif %}}\n{{% endcell %}}"
        assert render(source) == '<td class="govuk-table__cell" data-label="A"></td>'


class TestSummaryLists:
    ROW = (
        '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">A</dt>'
        '<dd class="govuk-summary-list__value">1</dd>{}</div>'
    )

    def test_a_list_of_rows(self) -> None:
        assert render(
            "{% summary_list %}{% summary_row 'A' %}1{% endsummary_row %}{% endsummary_list %}"
        ) == (f'<dl class="govuk-summary-list">{self.ROW.format("")}</dl>')

    def test_an_action_is_a_link_kept_under_a_name(self) -> None:
        found = render(
            "{% link href='/x' as change %}Change{% endlink %}{% summary_row 'A' action=change %}1{% endsummary_row %}"
        )
        assert found == self.ROW.format(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="/x">Change</a></dd>'
        )

    def test_no_action_just_now_keeps_its_place(self) -> None:
        found = render("{% summary_row 'A' action='' %}1{% endsummary_row %}")
        assert found == self.ROW.format('<dd class="govuk-summary-list__actions"></dd>')


class TestFigures:
    def test_a_figure_is_a_number_with_its_words(self) -> None:
        html = render('{% figure 1200 "overdue" href="/x" of=4000 colour="red" %}')
        assert "1,200" in html
        assert "of 4,000" in html
        assert '<a class="govuk-link app-figure__link" href="/x">overdue</a>' in html

    def test_a_tag_escapes_its_words(self) -> None:
        assert render('{% tag bad colour="red" %}', bad=UNSAFE) == (
            f'<strong class="app-tag app-tag--red">{ESCAPED}</strong>'
        )
