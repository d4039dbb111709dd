"""The error summary of forms."""

from django import forms
from django.forms import formset_factory
from django.template import Context, Template


def render(source, **context):
    return Template("{% load form_errors %}" + source).render(Context(context))


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
        assert "error-summary" not in render("{% error_summary one %}", one=forms.Form())


class TestSelectOptions:
    def test_groups_the_chosen_one_and_escaping(self):
        class One(forms.Form):
            kind = forms.ChoiceField(
                choices=[("", "Any"), ('a"b', "A & B"), ("C <d>", [("e", "E"), ("f", "F")])]
            )

        html = str(One(initial={"kind": "e"})["kind"])
        assert html.partition(">")[2].split("\n") == [
            "",
            '<option value="">Any</option>',
            '<option value="a&quot;b">A &amp; B</option>',
            '<optgroup label="C &lt;d&gt;">',
            '<option value="e" selected>E</option>',
            '<option value="f">F</option>',
            "</optgroup>",
            "</select>",
        ]
