"""Two editions of one selection: nothing exempt in any public file, and each page says which edition it is.

A word of its own stands in every place that may hold what is not for the public. All files of both editions are made
with all sections, and every byte of them is searched, as it is and decompressed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import json
import re
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from committee import clock
from recommendations.actions import inquiries, packs, updates
from recommendations.actions.base import ActionDenied
from recommendations.actions.evidence import add_evidence
from recommendations.actions.exempt import open_exempt
from recommendations.lifecycle import Decision, Edition, Implication, PackSection, Visibility
from recommendations.models import Pack
from recommendations.packs import build
from recommendations.packs.content import build_content, canonical, content_hash
from recommendations.packs.html import screen_html
from recommendations.packs.pdf.document import make_pdf
from recommendations.packs.values import Data
from recommendations.packs.word import make_word
from recommendations.packs.zip_bundle import bundle, csv_bytes, json_bytes
from tests.factories import Cast, fresh
from tests.unit.recommendations.packs.conftest import Case
from tests.unit.recommendations.packs.test_pdf import everything

MADE_WITH = {"WeasyPrint": "70.0"}

EXEMPT = {
    "an update": "Quagmire",
    "a response": "Zanzibar",
    "the title of an inquiry not yet published": "Xenolith",
    "a recommendation not yet published": "Jackanapes",
    "the heading of one": "Whirligig",
    "its measure": "Vermicelli",
    "a finding": "Kerfuffle",
}
NOT_IN = {"csv": {"a finding", "its measure"}, "docx": {"a finding"}, "html": {"a finding"}}
"""What the table has no column and the pages no place for."""
NEVER = {
    "a draft": "Flapdoodle",
    "the title of evidence": "Gobbledygook",
    "words of an exempt pack": "Hobbledehoy",
}
SUMMARIES = ["Terms of one contract", "Circumstances of one person"]


@dataclasses.dataclass
class Marked:
    """A council with a word in every place that may be exempt, and packs of both editions with all sections."""

    case: Case
    update: Any
    chosen: list[int]

    def content(self, edition: str, **details: Any) -> Data:
        details.setdefault("sections", PackSection.values)
        return self.case.content(edition, selection=self.chosen, **details)


@pytest.fixture
def marked(cast: Cast) -> Marked:
    assignment = cast.assignment()
    cast.response(
        assignment,
        Decision.IN_PART,
        exempt_text=f"It was the {EXEMPT['a response']} firm.",
        exempt_paragraphs=[3],
        public_summary=SUMMARIES[0],
    )
    draft = cast.draft(
        assignment,
        exempt_text=f"The post of {EXEMPT['an update']} is vacant.",
        exempt_paragraphs=[1, 2],
        public_summary=SUMMARIES[1],
    )
    add_evidence(
        by=cast.olive,
        update=draft,
        title=NEVER["the title of evidence"],
        url="https://example.org/" + NEVER["the title of evidence"],
        visibility=Visibility.RESTRICTED,
    )
    update = updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=draft))
    cast.draft(assignment, progress=f"{NEVER['a draft']} is not yet sent in.")
    hidden = cast.inquiry(EXEMPT["the title of an inquiry not yet published"])
    finding = inquiries.add_finding(by=cast.sam, inquiry=hidden, number="1", text=EXEMPT["a finding"])
    unpublished = cast.recommendation(
        hidden,
        text=EXEMPT["a recommendation not yet published"],
        heading=EXEMPT["the heading of one"],
        success_measure=EXEMPT["its measure"],
        finding=finding,
    )
    cast.assignment(recommendation=unpublished, notified_on=None)
    case = Case(cast, cast.meeting(dt.date(2026, 1, 26)), assignment, update)
    return Marked(case, update, [assignment.recommendation_id, unpublished.pk])


@cache
def _files(canonical_content: bytes) -> dict[str, bytes]:
    content = json.loads(canonical_content)
    digest = content_hash(content)
    details: dict[str, Any] = {"content_hash": digest, "made_with": MADE_WITH}
    return {
        "pdf": make_pdf(content, **details).data,
        "docx": make_word(content, **details),
        "html": screen_html(content, **details).encode(),
        "csv": csv_bytes(content),
        "json": json_bytes(content, digest),
    }


def files(content: Data) -> dict[str, bytes]:
    return _files(canonical(content))


def every_byte(kind: str, data: bytes) -> bytes:
    """All that is in a file: its bytes, and what is packed in them with the names it is packed under."""
    if kind == "pdf":
        return everything(data)
    found = [data]
    if kind in ("docx", "zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                inner = archive.read(name)
                ending = name.rpartition(".")[2]
                found += [name.encode(), every_byte(ending, inner), re.sub(rb"<[^>]+>", b"", inner)]
    return b"\n".join(found)


def holds(hay: bytes, word: str) -> bool:
    """Whether the word stands in the bytes, in any of the codes that a PDF or XML may write it in."""
    hay = hay.lower()
    codes = (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le"))
    ways = [way for code in codes for way in (code, code.hex().encode())]
    return any(way.lower() in hay for way in ways)


def words_of_pdf(data: bytes) -> str:
    """What is drawn on its pages: letters there are glyphs, which no search of bytes finds."""
    with pymupdf.open(stream=data) as document:
        return "\n".join(sheet.get_text() for sheet in document)


def test_no_public_file_holds_anything_exempt(marked: Marked) -> None:
    for kind, data in files(marked.content(Edition.PUBLIC)).items():
        hay = every_byte(kind, data)
        drawn = words_of_pdf(data) if kind == "pdf" else ""
        for where, word in (EXEMPT | NEVER).items():
            assert not holds(hay, word), f"{where} is in the public {kind}"
            assert word not in drawn
        for summary in SUMMARIES:
            assert holds(hay, summary), kind


def test_the_search_finds_all_of_it_in_the_exempt_files(marked: Marked) -> None:
    """The guard above, seen to fail: every exempt word is in every exempt file, and what no pack shows is in none."""
    for kind, data in files(marked.content(Edition.EXEMPT)).items():
        hay = every_byte(kind, data)
        drawn = words_of_pdf(data) if kind == "pdf" else ""
        for where, word in EXEMPT.items():
            if where not in NOT_IN.get(kind, ()):
                assert holds(hay, word), f"{where} is not found in the exempt {kind}"
            if kind == "pdf" and where != "a finding":
                assert word in drawn
        for where, word in NEVER.items():
            assert not holds(hay, word), f"{where} is in the exempt {kind}"


def test_without_the_right_the_exempt_edition_withholds_too(marked: Marked) -> None:
    pack = marked.case.pack(Edition.EXEMPT, selection=marked.chosen, sections=PackSection.values)
    content = build_content(pack, by=fresh(marked.case.cast.colin), moment=clock.now())
    for kind, data in files(content).items():
        hay = every_byte(kind, data)
        for where in ("an update", "a response"):
            assert not holds(hay, EXEMPT[where]), kind


def test_every_page_of_the_exempt_edition_cites_its_paragraphs(marked: Marked) -> None:
    cited = "Exempt under paragraphs 1, 2 and 3 of Part 1 of Schedule 12A to the Local Government Act 1972"
    with pymupdf.open(stream=files(marked.content(Edition.EXEMPT))["pdf"]) as document:
        lying = [sheet.rect.width > sheet.rect.height for sheet in document]
        assert any(lying)
        assert not all(lying)
        for sheet in document:
            head = " ".join(sheet.get_text(clip=pymupdf.Rect(0, 0, sheet.rect.width, 68)).split())
            assert "EXEMPT: not for publication" in head
            assert cited in head
            assert marked.case.meeting.name in head


def test_every_page_of_the_public_edition_says_so(marked: Marked) -> None:
    with pymupdf.open(stream=files(marked.content(Edition.PUBLIC))["pdf"]) as document:
        for sheet in document:
            head = " ".join(sheet.get_text(clip=pymupdf.Rect(0, 0, sheet.rect.width, 68)).split())
            assert "Public edition" in head
            assert "Exempt" not in head
            assert "EXEMPT" not in head


def test_the_longest_citation_and_meeting_fit_above_the_text(marked: Marked) -> None:
    content = marked.content(Edition.EXEMPT)
    content["edition"]["citation"] = (
        "paragraphs 1, 2, 3, 4, 5, 6 and 7 of Part 1 of Schedule 12A to the Local Government Act 1972"
    )
    content["meeting"]["name"] = (
        "Joint Health, Adult Social Care and Communities Scrutiny Committee of " + "A " * 25
    )
    with pymupdf.open(stream=files(content)["pdf"]) as document:
        for sheet in document:
            above = sheet.get_text("blocks", clip=pymupdf.Rect(0, 0, sheet.rect.width, 68))
            assert all(block[1] > 5 and block[3] < 68 for block in above)
            assert "6 and 7 of Part 1" in " ".join(sheet.get_text().split())


def test_what_was_opened_later_is_shown_as_opened_on_the_day(marked: Marked) -> None:
    open_exempt(by=marked.case.cast.sam, thing=marked.update, reason="The post is filled.")
    for edition in Edition:
        made = files(marked.content(edition))
        for kind, data in made.items():
            hay = every_byte(kind, data)
            assert holds(hay, EXEMPT["an update"]), kind
            assert holds(hay, EXEMPT["a response"]) == (edition == Edition.EXEMPT), kind
        assert b"opened on 2026-01-12" in made["csv"]
        page = re.sub(r"\s+", " ", made["html"].decode())
        assert "Opened to the public on 12 January 2026. The post is filled." in page
        assert "<b>Once exempt</b>, opened on 12 January 2026" in page
        word = re.sub(rb"<[^>]+>", b"", every_byte("docx", made["docx"])).decode(errors="ignore")
        assert "Once exempt, opened on 12 January 2026" in word
        drawn = " ".join(words_of_pdf(made["pdf"]).split())
        assert "Once exempt, opened on 12 January 2026" in drawn
        assert "Opened to the public on 12 January 2026" in drawn


# ------------------------------------------------------------------ the clerk's own words


def words() -> dict[str, Any]:
    word = NEVER["words of an exempt pack"]
    return {
        "title": f"{word} in the title",
        "purpose": word,
        "decisions": word,
        "reasons": word,
        "implications": dict.fromkeys(Implication.values, word),
        "appendices": word,
        "contact": word,
        "report_of": word,
    }


def built(pack: Pack, cast: Cast) -> Pack:
    packs.queue_pack(by=fresh(cast.carla), pack=pack)
    assert build.build(pack.pk) == "ready"
    return Pack.objects.get(pk=pack.pk)


def test_words_of_an_exempt_pack_never_become_public(marked: Marked) -> None:
    cast = marked.case.cast
    carla = fresh(cast.carla)
    exempt = packs.compose_pack(
        by=carla, meeting=marked.case.meeting, edition=Edition.EXEMPT, selection=marked.chosen, **words()
    )
    with pytest.raises(ActionDenied, match="stays exempt") as refused:
        packs.edit_pack(by=carla, pack=exempt, edition=Edition.PUBLIC)
    assert refused.value.field == "edition"
    frozen = built(Pack.objects.get(pk=exempt.pk), cast)
    later = packs.new_version(by=carla, pack=frozen)
    assert later.edition == Edition.EXEMPT
    with pytest.raises(ActionDenied, match="stays exempt"):
        packs.edit_pack(by=carla, pack=later, edition=Edition.PUBLIC, title="Another title")
    assert Pack.objects.get(pk=later.pk).edition == Edition.EXEMPT


def test_the_zip_of_a_public_pack_is_clean_and_its_sums_are_right(marked: Marked, tmp_path: Path) -> None:
    cast = marked.case.cast
    packs.compose_pack(
        by=fresh(cast.carla),
        meeting=marked.case.meeting,
        edition=Edition.EXEMPT,
        selection=marked.chosen,
        **words(),
    )
    public = packs.compose_pack(
        by=fresh(cast.carla),
        meeting=marked.case.meeting,
        title="Progress",
        selection=marked.chosen,
        sections=PackSection.values,
    )
    data = bundle(built(public, cast))
    hay = every_byte("zip", data)
    for where, word in (EXEMPT | NEVER).items():
        assert not holds(hay, word), where
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    checked = subprocess.run(
        ["sha256sum", "--check", "--ignore-missing", "MANIFEST.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(checked.stdout.split("\n")) == sorted(
        ["", *(f"{name}: OK" for name in names if not name.lower().startswith("manifest"))]
    )
    stem = next(name for name in names if name.endswith(".pdf")).removesuffix(".pdf")
    assert re.fullmatch(r"childrens-select-committee-2026-01-26-public-pack-\d+", stem)
    assert {f"{stem}.{ending}" for ending in ("pdf", "docx", "html", "csv", "json")} <= set(names)
    (tmp_path / f"{stem}.csv").write_bytes(b"changed")
    spoiled = subprocess.run(
        ["sha256sum", "--check", "MANIFEST.txt"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert spoiled.returncode != 0
    assert hashlib.sha256(b"changed").hexdigest() not in (tmp_path / "MANIFEST.txt").read_text()
