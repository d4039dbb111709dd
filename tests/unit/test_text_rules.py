"""Text is kept, compared, sorted and read as a number in `committee/text.py` and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.forms import CharField, Form, PasswordInput
from django.http import QueryDict

from committee.fields import CleanCharField, CleanEmailField, CleanTextField, CleanURLField, SortKeyField

ROOT = Path(__file__).resolve().parents[2]
TEXT = "committee/text.py"
CLEAN = (CleanCharField, CleanTextField, CleanURLField, CleanEmailField)
OURS = ("accounts", "recommendations")

MACHINE_WRITTEN = {
    "respondentlink.code_hash", "evidence.content_type", "evidence.file_name", "evidence.sha256", "exemptaccesslog.address", "exemptaccesslog.what",
    "linkuse.about", "linkuse.address", "notice.about", "notice.path", "notice.subject", "notice.text",
    "user.password", "earliervalue.table_name", "governancechange.old_value", "governancechange.new_value",
}  # fmt: skip
"""Columns that nobody types: names of files (see `clean_name`), addresses, hashes, and words of our own."""

FORBIDDEN = {
    r"\.is(digit|decimal|numeric)\(": "read numbers with `whole_number`",
    r"forms\.(Integer|Decimal|Float|Regex)Field\(": "take numbers by `WholeNumberField`",
    r"\bPaginator\(|\.get_page\(": "page lists with `page_of`",
    r"__i(exact|contains|startswith|regex)\b": "compare names by their sort key",
    r"\.casefold\(|\.title\(\)\s*==|unicodedata\.normalize": "compare with `comparable`",
    r"\.update\([^)]*\b(?:name|title|reference|number)=": "save the row, so that its key follows",
    r"update_fields=\[[^\]]*\"(?:name|title|reference|number)\"": "save the whole row, so that its key follows",
    r"\bLower\(|\bUpper\(|Collate\(": "compare and sort by a sort key: a server's locale may know ASCII only",
}
ALLOWED = {
    # What is searched is folded further than what is compared.
    ("committee/search_text.py", "unicodedata.normalize"),
    ("committee/paging.py", "Paginator("),
    # The database holds what `email_address` writes; addresses are ASCII.
    ("committee/accounts/models.py", "Lower("),
    # The words of its errors, for forms of libraries too.
    ("committee/forms/renderer.py", "forms.IntegerField("),
    # A mark in the name of a file becomes a blank there.
    ("recommendations/utils/file_types.py", "unicodedata.normalize"),
}

WHOLE_NUMBERS = {
    # Parts of what a pattern of ASCII digits found, or of what we wrote ourselves.
    "committee/branding.py": 3,
    "committee/prose.py": 1,
    "recommendations/packs/chart_image.py": 1,
    "recommendations/models/withholdings.py": 1,
    "recommendations/templatetags/withheld.py": 1,
    "recommendations/packs/pdf/worker_pool.py": 2,
    "recommendations/actions/pack_builds.py": 1,
    "recommendations/forms/successions.py": 1,
    "recommendations/charts.py": 1,
    "recommendations/utils/personal_data.py": 2,
    # Numbers of files: a PDF's own, and the length of a chunk of a PNG.
    "recommendations/packs/pdf/merge.py": 9,
    "recommendations/utils/file_types.py": 1,
    # Digits that a pattern found in a file, or a number that a workbook stores.
    "recommendations/trackers/readers/excel_values.py": 1,
    "recommendations/trackers/readers/number_formats.py": 3,
    "recommendations/trackers/readers/web_styles.py": 2,
    "recommendations/trackers/readers/word_numbers.py": 1,
    "recommendations/trackers/readers/word_styles.py": 1,
    "recommendations/trackers/readers/word_words.py": 1,
    # Seconds.
    "committee/form_recovery.py": 1,
    "committee/system_status.py": 1,
    "recommendations/actions/respondent_links.py": 1,
    "recommendations/views/respondent_sessions.py": 1,
}
"""How often each module may call `int()`. Only made smaller: what people or addresses say is read by `whole_number`."""

BY_EYE = {"name", "title", "reference", "number", "heading", "short_name", "label", "file_name"}
"""Fields whose texts stand in the order of people only by their keys."""


def sources() -> Iterator[tuple[str, str]]:
    for package in ("committee", "recommendations"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in name and name != TEXT:
                yield name, path.read_text()


def found_forbidden(name: str, source: str) -> list[str]:
    return [
        f"{name}: {match[0]}: {instead}"
        for pattern, instead in FORBIDDEN.items()
        for match in re.finditer(pattern, source)
        if (name, match[0]) not in ALLOWED
    ]


def test_nothing_else_compares_or_reads():
    assert [line for name, source in sources() for line in found_forbidden(name, source)] == []


def test_the_guard_sees_them():
    assert (
        len(
            found_forbidden(
                "x.py", 'rows.update(active=True, name="A")\nrow.save(update_fields=["state", "title"])'
            )
        )
        == 2
    )
    assert (
        len(
            found_forbidden(
                "x.py", 'if word.isdigit() and rows.filter(name__iexact=word).order_by(Lower("name")):'
            )
        )
        == 3
    )


def whole_numbers(source: str) -> int:
    return sum(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "int"
        for node in ast.walk(ast.parse(source))
    )


def test_numbers_that_people_type_are_read_by_one_function():
    found = {name: number for name, source in sources() if (number := whole_numbers(source))}
    assert found == WHOLE_NUMBERS


def ordered_by_eye(source: str) -> list[str]:
    """Return the fields by whose plain text a source orders rows: in `order_by`, `ordering`, `SORTS` and keys of sorting."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="order_by" | "distinct")):
                found += [text for one in node.args for text in _texts(one)]
            case ast.Assign(targets=[ast.Name(id="ordering" | "SORTS" | "IN_ORDER")]):
                found += _texts(node.value)
            case ast.keyword(arg="key", value=ast.Lambda(body=body)):
                found += [part.attr for part in ast.walk(body) if isinstance(part, ast.Attribute)]
    return [text for text in found if text.lstrip("-").rpartition("__")[2] in BY_EYE]


def _texts(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Dict):  # the names of orders are no fields
        return [text for value in node.values for text in _texts(value)]
    return [
        one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def test_lists_are_ordered_by_keys():
    allowed = {
        (
            "recommendations/packs/pdf/merge.py",
            "name",
        ),  # the files in a PDF, which its viewers sort themselves
        ("recommendations/models/packs.py", "number"),  # a whole number
    }
    found = {(name, text) for name, source in sources() for text in ordered_by_eye(source)}
    assert found - allowed == set()


def test_the_guard_sees_an_order_of_bytes():
    assert ordered_by_eye('rows.order_by("-is_lead", "body__name")') == ["body__name"]
    assert ordered_by_eye("sorted(rows, key=lambda row: (row.body.name, row.pk))") == ["name"]
    assert ordered_by_eye('class Meta:\n    ordering = ["title", "id"]') == ["title"]


# ------------------------------------------------------------------ every field


def text_fields() -> Iterator[models.Field]:
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.proxy:
                continue
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not isinstance(
                    field, models.FileField
                ):
                    yield field


def named(field: models.Field) -> str:
    return f"{field.model._meta.model_name}.{field.name}"


TYPED = [
    field
    for field in text_fields()
    if not field.choices
    and field.editable
    and not isinstance(field, SortKeyField)
    and named(field) not in MACHINE_WRITTEN
]


def test_every_column_that_people_fill_cleans_its_text():
    assert [named(field) for field in TYPED if not isinstance(field, CLEAN)] == []


@pytest.mark.parametrize("field", [field for field in TYPED if isinstance(field, CLEAN)], ids=named)
def test_no_column_keeps_a_mark_that_nobody_sees(field: models.Field):
    row = field.model(**{field.name: " \u2067a\u200bb\u2069e\u0301 "})
    assert field.pre_save(row, True) == "abé"
    assert getattr(row, field.attname) == "abé"
    assert field.get_db_prep_save(" \u202ea\u00adb\ufeff ", connection) == "ab"


def unique_columns(model: type[models.Model]) -> set[str]:
    rules = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    single = {field.name for field in model._meta.local_concrete_fields if field.unique}
    return single.union(*(rule.fields for rule in rules))


def test_names_are_unique_by_their_keys():
    plain = [
        named(field)
        for field in TYPED
        if field.name in unique_columns(field.model) and not isinstance(field, CleanEmailField)
    ]
    assert plain == []


def test_every_key_follows_from_a_text():
    keys = [field for field in text_fields() if isinstance(field, SortKeyField)]
    assert len(keys) >= 11
    for field in keys:
        row = field.model(**{field.of: "Ａ  ａ"})
        assert field.pre_save(row, True) == field.key("a a") == getattr(row, field.attname), named(field)
        assert field.db_collation == "C"


# ------------------------------------------------------------------ every form


class Typed(Form):
    words = CharField(max_length=5)
    secret = CharField(widget=PasswordInput)


def test_every_form_reads_its_boxes_as_text_is_kept():
    form = Typed(QueryDict("words=%E2%81%A7%20ab%E2%80%8Bcde%0D%0A&secret=%20a%E2%80%8Bb"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["words"] == "abcde"
    assert form.cleaned_data["secret"].strip() == "a\u200bb"


def test_a_box_of_marks_alone_is_empty():
    form = Typed(QueryDict("words=%E2%81%A7%E2%80%8B&secret=x"))
    assert form.errors["words"] == ["Enter words"]


def test_a_box_has_one_limit():
    html = Typed()["words"].as_field_group()
    assert "maxlength" not in html
    assert Typed({"words": "🙂" * 5, "secret": "x"}).is_valid()
    assert Typed({"words": "abcdef", "secret": "x"}).errors["words"] == [
        "Shorten words to 5 characters: it has 6"
    ]
