"""The files: valid, read out well, the same when printed again, and without a trace of what they may not hold."""

from __future__ import annotations

import re
import secrets
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import outloud
import page
import pikepdf
import pytest

from recommendations.lifecycle import Edition
from recommendations.packs.content import canonical, content_hash
from recommendations.packs.html import paper_html, screen_html, style_source
from recommendations.packs.pdf import render
from recommendations.packs.pdf.document import Printed, make_pdf
from recommendations.packs.pdf.fonts import font_files, printable
from recommendations.packs.pdf.render import RenderError
from tests.unit.recommendations.packs.conftest import SECRET, SUMMARY, Case

MADE_WITH = {"WeasyPrint": "70.0"}
LIMITS = page.SafetyLimits(max_reference_depth=5000)


@cache
def _printed(data: bytes) -> Printed:
    import json

    content = json.loads(data)
    return make_pdf(content, content_hash=content_hash(content), made_with=MADE_WITH)


def printed(content: dict[str, Any]) -> Printed:
    return _printed(canonical(content))


def with_update(case: Case, text: str, **more: Any) -> dict[str, Any]:
    """The case's public content with other words in the update."""
    content = case.content()
    update = content["inquiries"][0]["recommendations"][0]["bodies"][0]["update"]
    update["progress"] = text
    content["inquiries"][0]["recommendations"][0].update(more)
    return content


def everything(data: bytes) -> bytes:
    """The raw bytes of a PDF and all that can be decompressed in it, by a parser and by hand."""
    found = [data]
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            found.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue
    with pikepdf.open(__import__("io").BytesIO(data)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                found.append(item.read_bytes())
            else:
                found.append(item.unparse())
    return b"\n".join(found)


def text_of(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "pack.pdf"
    path.write_bytes(data)
    import pymupdf

    with pymupdf.open(path) as document:
        return "\n".join(sheet.get_text() for sheet in document)


REMAINING = {
    "PAG-001": "what several pages say in their first or last line, such as “No update yet”, is taken for a running head"
}
"""The warnings that outloud may still give, each with why it can't be mended: what a pack says may repeat itself."""


def assert_conforms(data: bytes) -> None:
    """No failure against PDF/UA-1 and PDF/A-3a."""
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        report = page.validate_pdf_bytes(data, profile=profile, limits=LIMITS)
        assert [(f.rule_id, f.message) for f in report.failures] == []


def assert_valid(data: bytes, tmp_path: Path) -> None:
    """It conforms, and is read out without an error, and without a warning that could be mended."""
    assert_conforms(data)
    path = tmp_path / "checked.pdf"
    path.write_bytes(data)
    result = outloud.check(str(path))
    assert [(f.rule, f.message, f.evidence) for f in result.findings if f.rule not in REMAINING] == []
    assert result.errors == 0


@pytest.mark.parametrize("edition", list(Edition))
def test_valid_and_read_out_without_errors(case: Case, edition: str, tmp_path: Path) -> None:
    assert_valid(printed(case.content(edition)).data, tmp_path)


def test_exempt_text_reaches_no_public_file(case: Case, tmp_path: Path) -> None:
    content = case.content()
    made = printed(content)
    marks = ["Xenolith", "Zanzibar", "417 pounds"]
    hay = everything(made.data)
    pages = text_of(made.data, tmp_path)
    html = screen_html(content, content_hash="x") + paper_html(content, content_hash="x", made_with={})
    for mark in marks:
        for coded in (mark.encode(), mark.encode("utf-16-be"), mark.encode().hex().encode()):
            assert coded.lower() not in hay.lower()
        assert mark not in pages
        assert mark not in html
    assert SUMMARY in " ".join(pages.split())


def test_the_search_would_find_it(case: Case, tmp_path: Path) -> None:
    """The guard above, seen to fail: in the exempt edition the words are there."""
    made = printed(case.content(Edition.EXEMPT))
    assert SECRET in " ".join(text_of(made.data, tmp_path).split())
    assert "not for publication" in text_of(made.data, tmp_path)


def test_printing_again_gives_the_same_bytes(case: Case) -> None:
    content = case.content()
    _printed.cache_clear()
    again = make_pdf(content, content_hash=content_hash(content), made_with=MADE_WITH)
    assert again.data == printed(content).data


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(case: Case, tmp_path: Path) -> None:
    content = case.content()
    (tmp_path / "content.json").write_bytes(canonical(content))
    script = (
        "import django, json, sys; django.setup()\n"
        "from recommendations.packs.pdf.document import make_pdf\n"
        "from recommendations.packs.content import content_hash\n"
        "c = json.load(open(sys.argv[1]))\n"
        "made = make_pdf(c, content_hash=content_hash(c), made_with={'WeasyPrint': '70.0'})\n"
        "open(sys.argv[2], 'wb').write(made.data)\n"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "committee.settings",
        "PYTHONHASHSEED": "7",
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SITE_URL": "http://testserver",
    }
    out = tmp_path / "again.pdf"
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "content.json"), str(out)],
        check=True,
        env=environment,
        cwd=Path(__file__).parents[4],
        capture_output=True,
        timeout=120,
    )
    assert out.read_bytes() == printed(content).data


def test_says_what_it_is(case: Case) -> None:
    with pikepdf.open(__import__("io").BytesIO(printed(case.content()).data)) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert "Progress on scrutiny recommendations" in str(document.docinfo.Title)
        assert "Public edition" in str(document.docinfo.Title)
        assert str(document.docinfo.CreationDate).startswith("D:20260112")
        assert document.Root.Outlines.Count != 0
        fonts = {
            str(item.get("/BaseFont")) for item in document.objects if isinstance(item, pikepdf.Dictionary)
        }
    assert any("Atkinson" in font for font in fonts)


def test_every_page_has_meeting_edition_and_number(case: Case, tmp_path: Path) -> None:
    made = printed(case.content())
    sheets = text_of(made.data, tmp_path)
    assert sheets.count("Public edition") >= made.pages
    for number in range(1, made.pages + 1):
        assert f"Page {number} of {made.pages}" in sheets


def test_pictures_are_named() -> None:
    assert printable("Good 👍🏽 ✅") == "Good [thumbs up sign] [white heavy check mark]"


def test_right_to_left_stays() -> None:
    assert printable("מוחמד") == "מוחמד"


def test_nothing_is_fetched(case: Case) -> None:
    fetcher, _ = render._fonts(tuple(font_files().items()))
    with pytest.raises(ValueError, match="fetches nothing"):
        fetcher.fetch("file:///etc/passwd")


def test_title_with_quotes_and_backslashes(case: Case, tmp_path: Path) -> None:
    content = case.content(title='A "title" with \\ and } and </style> and 🎉')
    assert_valid(printed(content).data, tmp_path)


def test_missing_pango_says_what_to_do(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def broken(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", broken)
    with pytest.raises(RenderError, match="Pango"):
        render._weasyprint.__wrapped__()


def test_screen_page_lets_its_own_style_through_and_escapes(case: Case) -> None:
    html = screen_html(with_update(case, "<script>alert(1)</script>"), content_hash="abc")
    assert "<script" not in html
    assert style_source(html).startswith("'sha256-")
    assert html.count("<h1") == 1


def test_no_link_leads_nowhere(case: Case) -> None:
    html = screen_html(case.content(sections=["overdue", "since"]), content_hash="x")
    targets = set(re.findall(r'id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= targets


def test_progress_is_told_by_part(case: Case) -> None:
    content = case.content()
    told: list[tuple[int, int]] = []
    made = make_pdf(
        content, content_hash=content_hash(content), made_with={}, step=lambda *how_far: told.append(how_far)
    )
    assert told[0] == (0, 0)
    assert told[-1][0] == content["summary"]["total"]
    assert told[-1][1] <= made.pages + 3
