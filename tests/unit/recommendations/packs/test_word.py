"""The Word twin of a pack: real styles and tables, the same words, nothing exempt in public, the same bytes twice."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from recommendations.lifecycle import Edition, PackSection
from recommendations.packs.values import Data
from recommendations.packs.word import make_word
from recommendations.packs.zip_bundle import bundle
from tests.unit.recommendations.packs.conftest import SECRET, SUMMARY, Case

MADE_WITH = {"WeasyPrint": "70"}


def word_of(content: Data) -> bytes:
    return make_word(content, content_hash="a" * 64, made_with=MADE_WITH)


def reviewed(case: Case, **details: Any) -> Data:
    """The case's public content with every section, the review table too."""
    content: Data = case.content(sections=PackSection.values, **details)
    return content


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def everything(data: bytes) -> str:
    """What stands in any part of the file, properties and all, without the tags between words."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    return "\n".join([*parts, *(re.sub(r"<[^>]+>", "", part) for part in parts), *_names(data)])


def _names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def test_headings_are_styles_in_their_order(case: Case) -> None:
    document = opened(word_of(reviewed(case)))
    styles = [p.style.name for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert styles.count("Title") == 1
    depth = 0
    for style in styles[1:]:
        level = int(style.removeprefix("Heading "))
        assert level <= depth + 1, styles
        depth = level
    words = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert "1. Purpose" in words
    assert words[-1].endswith("About this pack")


def test_tables_have_a_head_that_repeats_and_say_what_they_are(case: Case) -> None:
    document = opened(word_of(reviewed(case)))
    assert len(document.tables) >= 3
    for table in document.tables:
        first = table.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    review = document.tables[-1]
    assert [cell.text for cell in review.rows[0].cells] == [
        "Recommendation",
        "Original response and actions",
        "Progress update",
        "Committee’s assessment",
    ]
    assert case.assignment.recommendation.text in review.rows[1].cells[0].text
    assert "Two of the five crossings are built." in review.rows[1].cells[2].text
    lying = [section.page_width > section.page_height for section in document.sections]
    assert lying == [False, True, False]
    assert opened(word_of(case.content())).sections[-1].page_width < document.sections[1].page_width


def test_says_its_language_and_nothing_of_a_person(case: Case) -> None:
    document = opened(word_of(case.content()))
    about = document.core_properties
    assert about.language == "en-GB"
    assert about.title.startswith("Progress on scrutiny recommendations")
    assert about.author == about.last_modified_by == "Testshire County Council"
    assert 'w:val="en-GB"' in document.styles.element.xml
    assert "Carla" not in everything(word_of(case.content()))


def test_each_page_tells_meeting_and_edition(case: Case) -> None:
    for edition, words in (
        (Edition.PUBLIC, "Public edition"),
        (Edition.EXEMPT, "EXEMPT: not for publication"),
    ):
        document = opened(word_of(case.content(edition)))
        for section in document.sections:
            assert words in section.header.paragraphs[0].text
            assert case.meeting.name in section.header.paragraphs[0].text
            assert "NUMPAGES" in section.footer._element.xml
    for section in document.sections:
        assert section.header.paragraphs[1].text == (
            "Exempt under paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972"
        )


def test_labels_stand_apart_and_no_empty_paragraph_makes_room(case: Case) -> None:
    for edition in Edition:
        document = opened(word_of(reviewed(case, edition=edition)))
        text = [paragraph.text for paragraph in document.paragraphs]
        assert "Meeting\tChildren's Select Committee" in text
        assert any(line.startswith("Response\tAccepted in part ") for line in text)
        assert "Risk and safeguarding\tNone" in text
        assert all(
            paragraph.style.name == "Gap"
            for paragraph in document.paragraphs
            if not paragraph.text.strip() and not list(paragraph._p.iter(qn("w:drawing")))
        )


def test_public_edition_holds_nothing_exempt_in_any_part(case: Case) -> None:
    public, exempt = everything(word_of(case.content())), everything(word_of(case.content(Edition.EXEMPT)))
    assert SECRET in exempt
    assert SUMMARY in public
    assert SECRET not in public
    for piece in ("Xenolith", "Zanzibar", "417 pounds"):
        assert piece not in public


def test_links_lead_to_places_that_are_there(case: Case) -> None:
    document = opened(word_of(case.content()))
    xml = document.element.xml
    anchors = set(re.findall(r'w:anchor="([^"]+)"', xml))
    assert anchors
    assert anchors <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))


def test_same_content_same_bytes(case: Case) -> None:
    content = case.content()
    assert word_of(content) == word_of(json.loads(json.dumps(content)))


AWKWARD = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("\x00\x0b\x1b\ufffeשלום👩‍👧 <>&\"'=\n")
    ),
    min_size=1,
    max_size=60,
)


@pytest.mark.parametrize(
    "word", ["x" * 300, "https://example.org/" + "a" * 280, "שלום עולם", "👩‍👧 🚸", "\x00\x0b"]
)
def test_awkward_words_come_out(case: Case, word: str) -> None:
    content = reviewed(case)
    part = content["inquiries"][0]["recommendations"][0]
    part["text"] = part["heading"] = word
    document = opened(word_of(content))
    kept = "".join(char for char in word if char not in "\x00\x0b")
    assert kept in document.tables[-1].rows[1].cells[0].text


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=AWKWARD)
def test_any_text_makes_a_document_that_opens(case: Case, text: str) -> None:
    content = case.content()
    recommendation = content["inquiries"][0]["recommendations"][0]
    for row in (recommendation, recommendation["bodies"][0]["update"]):
        row["text" if "text" in row else "progress"] = text
    content["title"] = content["purpose"] = text
    assert opened(word_of(content)).tables


def test_long_and_short_updates(case: Case) -> None:
    content = reviewed(case)
    update = content["inquiries"][0]["recommendations"][0]["bodies"][0]["update"]
    update["progress"] = "word " * 4000
    cell = opened(word_of(content)).tables[-1].rows[1].cells[2]
    assert cell.text.count("word") == 4000
    row = opened(word_of(content)).tables[-1].rows[1]._tr
    assert row.trPr is None or row.trPr.find(qn("w:cantSplit")) is None  # longer than a page, it must part


def test_the_zip_holds_all_files_and_their_hashes(case: Case) -> None:
    pack = case.pack()
    pack.content = case.content()
    pack.content_hash, pack.made_with = "a" * 64, MADE_WITH
    kept = {"pdf": b"%PDF", "word": word_of(pack.content), "html": b"<!doctype html>"}
    for name, data in kept.items():
        setattr(pack, name, _Kept(data))
    data = bundle(pack)
    assert data == bundle(pack)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {file["name"].rpartition(".")[2] for file in manifest["files"]} == {
            "pdf", "docx", "html", "csv", "json",
        }  # fmt: skip
        words = archive.read("MANIFEST.txt").decode()
        for file in manifest["files"]:
            content = archive.read(file["name"])
            assert file["sha256"] == hashlib.sha256(content).hexdigest()
            assert file["bytes"] == len(content)
            assert f"{file['sha256']}  {file['name']}" in words
            assert dt.date.fromisoformat(manifest["held_on"]).isoformat() in file["name"]
        assert SECRET.encode() not in b"".join(archive.read(name) for name in archive.namelist())


class _Kept:
    """A stored file, as far as the ZIP reads it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def open(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self.data)


def test_the_chart_is_a_picture_that_says_what_it_shows(case: Case) -> None:
    content = reviewed(case)
    document = opened(word_of(content))
    (shape,) = document.inline_shapes
    about = shape._inline.docPr
    assert about.get("title") == f"Where {content['summary']['total']} recommendations stand: " + ", ".join(
        f"{line['count']} {line['label'].lower()}" for line in content["summary"]["standing"] if line["count"]
    )
    assert about.get("descr").startswith("All recommendations: ")
    assert shape.width == docx.shared.Mm(170)
    (name,) = [name for name in _names(word_of(content)) if name.startswith("word/media/")]
    with zipfile.ZipFile(io.BytesIO(word_of(content))) as archive, Image.open(archive.open(name)) as drawn:
        assert drawn.format == "PNG"
        assert drawn.width > 1_400
        assert len(drawn.getcolors() or ()) > 3  # more than paper and ink
    without = word_of(case.content(sections=[PackSection.RECOMMENDATIONS]))
    assert not opened(without).inline_shapes
