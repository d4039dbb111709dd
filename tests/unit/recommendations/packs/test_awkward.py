"""Whatever people type comes out: in the blocks, in the review table, in Word; and the PDF stays valid."""

from __future__ import annotations

import copy
import io
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import docx
import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendations.lifecycle import Edition, PackSection
from recommendations.packs.content import content_hash
from recommendations.packs.html import paper_html, screen_html
from recommendations.packs.pdf.document import Printed, make_pdf
from recommendations.packs.pdf.fonts import printable
from recommendations.packs.summary import escalated, overdue, slips, summary
from recommendations.packs.values import Data
from recommendations.packs.word import make_word
from tests.unit.recommendations.packs.conftest import Case
from tests.unit.recommendations.packs.reading import read_out
from tests.unit.recommendations.packs.test_pdf import assert_conforms, assert_valid

AWKWARD = [
    "Done.",
    "Great progress 🎉👍🏽 and ✅ all of 👩‍👩‍👧 it",
    "פגישה עם מוחמד and القادم in the school",
    "日本語 with Ελληνικά, Кириллица, Łódź and ﷽",
    "See https://example.org/" + "a-very-long-path/" * 16 + "end for more.",
    "W" * 900,
    "- one\n- two\n\nThen <b>this</b> & that\n• three",
]
LONG = "\n\n".join(f"In week {week} the crossing was looked at again by all of them." for week in range(330))
"""An update of 4,000 words."""
TO_THE_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+")


def filled(content: Data, texts: list[str]) -> Data:
    """The content with a recommendation for each text, which stands wherever people type, and all that follows."""
    inquiry = content["inquiries"][0]
    first = inquiry["recommendations"][0]
    rows = []
    for number, text in enumerate(texts):
        row = copy.deepcopy(first) | {"id": 10_000 + number, "reference": f"SR (25/26) {number:02d}"}
        row["text"] = text
        row["bodies"][0]["update"]["progress"] = text
        row["bodies"][0]["response"]["text"] = text
        rows.append(row)
    content["inquiries"] = [{**inquiry, "recommendations": rows}]
    content |= {
        "summary": summary(rows),
        "overdue": overdue(rows),
        "escalated": escalated(rows),
        "slips": slips(rows),
        "since": None,
    }
    return content


def made(content: Data) -> Printed:
    return make_pdf(content, content_hash=content_hash(content), made_with={})


def drawn(data: bytes) -> str:
    with pymupdf.open(stream=data) as document:
        return "\n".join(sheet.get_text() for sheet in document)


def in_word(content: Data) -> str:
    document = docx.Document(io.BytesIO(make_word(content, content_hash="x", made_with={})))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def spoken(text: str) -> list[str]:
    """The words of a text as a pack has them, without the marks that make lists."""
    return [
        word for word in printable(text).replace("\u200d", "").split() if word not in ("-", "•", "*", "–")
    ]


def assert_drawn(text: str, read: str, said: str, times: int) -> None:
    """Each word is read out so many times. Words from right to left are drawn in the order of the eye, which programs
    turn round each in its own way: their letters are compared."""
    whole = "".join(read.split())
    letters = Counter("".join(sorted(word)) for word in TO_THE_LEFT.findall(said))
    for word, often in Counter(spoken(text)).items():
        if TO_THE_LEFT.search(word):
            assert letters["".join(sorted(word))] >= times * often, word
        else:
            assert whole.count(word) >= times * often, word


@pytest.mark.slow
def test_every_word_comes_out_everywhere(case: Case, tmp_path: Path) -> None:
    content = filled(case.content(sections=PackSection.values), AWKWARD)
    data = made(content).data
    assert_valid(data, tmp_path)
    read = "".join(line.partition(": ")[2] for line in read_out(tmp_path / "checked.pdf"))
    pages, word, page = drawn(data), in_word(content), screen_html(content, content_hash="x")
    for text in AWKWARD:
        assert_drawn(
            text, read, pages, 6
        )  # as recommendation, response and update, in the block and in the table
        for piece in re.sub(r"(?m)^[-•] ", "", text).split():
            assert word.count(piece) >= 6, piece
        assert page.count(text.split()[-1]) >= 6


@pytest.mark.slow
def test_a_long_update_runs_over_pages_and_stays_one_row(case: Case, tmp_path: Path) -> None:
    content = filled(case.content(sections=PackSection.values), ["Done.", "Done.", "Done."])
    content["inquiries"][0]["recommendations"][1]["bodies"][0]["update"]["progress"] = LONG
    printed = made(content)
    assert_valid(printed.data, tmp_path)
    assert len(LONG.split()) > 4000
    assert "".join(drawn(printed.data).split()).count("Inweek329thecrossing") == 2
    lines = read_out(tmp_path / "checked.pdf")
    review = lines[next(index for index, line in enumerate(lines) if "H2: 9. Review table" in line) :]
    rows = [line.strip().split(":")[0] for line in review]
    assert (rows.count("Table"), rows.count("TR"), rows.count("TD")) == (3, 6, 12)
    with pymupdf.open(stream=printed.data) as document:
        lying = [sheet.get_text() for sheet in document if sheet.rect.width > sheet.rect.height]
    assert len(lying) > 10
    assert (
        "SR (25/26) 01" in lying[0]
    )  # a row that is longer than a page begins where it may, not on a new one
    assert all("Recommendation" in text and "Progress update" in text for text in lying[1:])


LETTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F),
    st.characters(min_codepoint=0x391, max_codepoint=0x44F, categories=["Lu", "Ll"]),
    st.characters(min_codepoint=0x5D0, max_codepoint=0x5EA, categories=["Lo"]),
    st.characters(min_codepoint=0x2010, max_codepoint=0x2044),
    st.characters(min_codepoint=0x1F300, max_codepoint=0x1F6FF),
    st.sampled_from("日本語 \n\n-•* <>&\"'\\}{%#\u200d\u202e\ufeff\ufe0f\x00\x0b\U0010ffff"),
)


@pytest.mark.slow
@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=5, max_size=5))
def test_any_text_makes_a_valid_pack_that_says_it(case: Case, tmp_path: Path, texts: list[str]) -> None:
    content = filled(case.content(sections=["recommendations", "table"]), texts)
    data = made(content).data
    assert_valid(data, tmp_path)
    found = set(drawn(data))
    for text in texts:
        letters = {char for word in spoken(text) for char in word if unicodedata.category(char)[0] in "LNS"}
        assert letters <= found


class TestHowMany:
    @pytest.mark.parametrize("edition", list(Edition))
    def test_nothing_in_any_section(self, case: Case, edition: str, tmp_path: Path) -> None:
        content = case.content(edition, sections=PackSection.values)
        content |= {"overdue": [], "escalated": [], "slips": [], "since": None, "key": [], "appendices": []}
        part = content["inquiries"][0]["recommendations"][0]["bodies"][0]
        part |= {"response": None, "update": None, "claim": None, "notified_on": None}
        content["summary"]["open_parts"] = 0
        data = made(content).data
        assert_valid(data, tmp_path)
        said = " ".join(line.strip() for line in read_out(tmp_path / "checked.pdf"))
        for words in (
            "1. Purpose P: None given.",
            "P: None. This pack is for information.",
            "H3: Reasons for the decisions P: None.",
            "P: Financial None",
            "P: Other None",
            "H3: What the owning bodies say P: None. Every part is closed.",
            "P: None. No earlier meeting of this body is on record.",
            "H3: Overdue P: None.",
            "H3: Escalated P: None.",
            "P: None. No date was moved, and none was asked to be.",
            "Appendices P: None.",
            "P: Contact None given",
        ):
            assert words in said, words

    def test_no_section_at_all(self, case: Case) -> None:
        content = case.content(sections=[])
        printed = made(content)
        assert_conforms(
            printed.data
        )  # outloud knows running heads by their repetition, and there is one page only
        assert printed.pages == 1
        assert "2. About this pack" in drawn(printed.data)

    @pytest.mark.slow
    def test_sixty(self, case: Case, tmp_path: Path) -> None:
        content = filled(case.content(sections=PackSection.values), ["The crossing is built."] * 60)
        data = made(content).data
        assert_valid(data, tmp_path)
        lines = [line.strip() for line in read_out(tmp_path / "checked.pdf")]
        assert sum(line == "Art" for line in lines) == 60 + len(content["slips"])
        assert sum(line == "Table" for line in lines) == 3 + 60
        assert lines.count("TH: Committee’s assessment") == 60


def test_headings_never_skip_a_level(case: Case) -> None:
    for sections in ([], ["table"], ["overdue", "since"], PackSection.values):
        html = paper_html(case.content(sections=sections), content_hash="x", made_with={})
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), sections
