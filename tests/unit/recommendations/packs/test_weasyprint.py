"""What ``packs.paper.layout`` takes of WeasyPrint's inside, which WeasyPrint promises to nobody.

A failure here says what a new version changed. Read that file beside the new source, mend it, then move the bound in
pyproject.toml.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pydyf
import pytest
import weasyprint
from weasyprint.pdf import fonts, tags

from recommendations.packs.pdf.fonts import font_files
from recommendations.packs.pdf.render import Chunk, lay_out

TAKEN = [
    (
        tags,
        "_build_box_tree",
        ["box", "parent", "pdf", "page_number", "nums", "annotations", "tags"],
        "what tells each tag the HTML element that it was made from",
    ),
    (fonts, "Font.subset", ["self", "to_unicode", "hinting"], "what keeps our typeface whole"),
]


def function(module: Any, name: str) -> ast.FunctionDef | None:
    """The function of this dotted name as the module's source has it: loaded, it may be replaced already."""
    body: list[ast.stmt] = ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body
    *classes, last = name.split(".")
    for within in classes:
        body = next(
            (node.body for node in body if isinstance(node, ast.ClassDef) and node.name == within), []
        )
    return next((node for node in body if isinstance(node, ast.FunctionDef) and node.name == last), None)


@pytest.mark.parametrize(("module", "name", "arguments", "use"), TAKEN, ids=[row[1] for row in TAKEN])
def test_what_is_replaced_is_as_it_was(module: Any, name: str, arguments: list[str], use: str) -> None:
    where = f"WeasyPrint {weasyprint.__version__}: {module.__name__}.{name}"
    found = function(module, name)
    assert found is not None, f"{where} is gone: layout.py replaces it with {use}."
    taken = [argument.arg for argument in found.args.args]
    assert taken == arguments, f"{where} takes {taken}, not {arguments}: layout.py replaces it with {use}."


def test_the_builder_of_tags_still_yields_them() -> None:
    builder = function(tags, "_build_box_tree")
    assert builder is not None
    assert any(isinstance(node, ast.Yield) for node in ast.walk(builder)), (
        f"WeasyPrint {weasyprint.__version__}: _build_box_tree is no generator any more; layout.py goes through what it"
        " yields."
    )


def test_fonts_still_say_their_family_and_number_of_glyphs() -> None:
    source = Path(fonts.__file__).read_text(encoding="utf-8")
    for name in ("self.family =", "glyph_count"):
        assert name in source, (
            f"WeasyPrint {weasyprint.__version__}: pdf/fonts.py has no “{name}” any more; layout.py decides by it which"
            " typeface is embedded whole."
        )


def test_the_tag_tree_still_lies_where_it_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def finish(document: Any, pdf: Any) -> None:
        objects = {item.reference: item for item in pdf.objects}
        root = objects[pdf.catalog["StructTreeRoot"]]
        seen.append(str(objects[root["K"][0]]["S"]))
        if any(hasattr(item, "made_from") for item in pdf.objects):
            seen.append("made from")
        if any(isinstance(item, pydyf.Stream) and "Length1" in item.extra for item in pdf.objects):
            seen.append("font")

    monkeypatch.setattr("recommendations.packs.pdf.render._finish", finish)
    lay_out(Chunk("<section><p>One</p></section>", "p { color: red }"), font_files())
    assert seen == ["/Document", "made from", "font"], (
        f"WeasyPrint {weasyprint.__version__}: of the document's tag, the tags that know their element, and the streams"
        f" of typefaces, layout.py would find only {seen} when it finishes a part."
    )
