"""Packs as they are stored: printed again they say the same, whatever the record and the programs have become.

``stored/exempt.json`` is the golden pack: fictional, of the present format, with every section; ``exempt-2.json`` the one
of the format before, which is never renewed. Beside each stands what a screen reader makes of its PDF, and its Word
document as styles with their words. After a change that is meant, look at the pack, renew those of the present one with
``GOLDEN=1 .venv/bin/python -m pytest tests/unit/recommendations/packs/test_stored.py``, and read the difference.
"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from committee import clock
from recommendations.actions import packs
from recommendations.actions.exempt import open_exempt
from recommendations.lifecycle import Edition, PackSection
from recommendations.models import Pack
from recommendations.packs import build
from recommendations.packs.content import FORMAT, content_hash
from recommendations.packs.html import screen_html
from recommendations.packs.pdf.document import Printed, make_pdf
from recommendations.packs.word import make_word
from tests.factories import fresh
from tests.unit.recommendations.packs.conftest import Case
from tests.unit.recommendations.packs.reading import read_out, styled
from tests.unit.recommendations.packs.test_pdf import assert_valid

STORED = Path(__file__).parent / "stored"
MADE_WITH = {"Recommendation tracker": "0.1.0", "WeasyPrint": "70.0"}


def stored(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((STORED / name).read_text())
    return content


def made(content: dict[str, Any]) -> Printed:
    return make_pdf(content, content_hash=content_hash(content), made_with=MADE_WITH)


def assert_golden(lines: list[str], name: str) -> None:
    """The lines are those that are kept. Spaces are not compared: where a line ends is up to Pango."""
    path = STORED / name
    if os.environ.get("GOLDEN") and name.startswith("exempt."):
        path.write_text("\n".join(lines) + "\n")
    kept = path.read_text().splitlines()
    assert [_bare(line) for line in lines] == [_bare(line) for line in kept]


def _bare(line: str) -> str:
    depth = len(line) - len(line.lstrip())
    return " " * depth + "".join(line.split())


GOLDEN = pytest.mark.parametrize("name", ["exempt", "exempt-2"])


class TestGolden:
    def test_they_are_of_the_present_format_and_the_one_before(self) -> None:
        assert [stored(f"{name}.json")["format"] for name in ("exempt", "exempt-2")] == [FORMAT, FORMAT - 1]

    @GOLDEN
    def test_it_has_every_section_and_every_state_of_exempt_text(self, name: str) -> None:
        content = stored(f"{name}.json")
        assert content["sections"] == PackSection.values
        words = json.dumps(content)
        assert {state for state in ("exempt", "opened", "withheld") if f'"state": "{state}"' in words} == {
            "exempt", "opened", "withheld",
        }  # fmt: skip

    @GOLDEN
    def test_the_pdf_reads_as_it_did(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / "pack.pdf"
        path.write_bytes(made(stored(f"{name}.json")).data)
        lines = read_out(path)
        first = next(index for index, line in enumerate(lines) if line.strip() == "Sect")
        front = [re.sub(r"(Link: .*) \d+$", r"\1 …", line) for line in lines[:first]]
        assert_golden([*front, *lines[first:]], f"{name}.pdf.txt")

    @GOLDEN
    def test_the_word_document_reads_as_it_did(self, name: str) -> None:
        content = stored(f"{name}.json")
        data = make_word(content, content_hash=content_hash(content), made_with=MADE_WITH)
        assert_golden(styled(data), f"{name}.docx.txt")


class TestFirstFormat:
    def test_is_printed_still(self, tmp_path: Path) -> None:
        content = stored("format-1.json")
        assert content["format"] == 1
        assert not {"issue", "reasons", "implications", "appendices", "slips", "made_at"} & set(content)
        data = made(content).data
        assert_valid(data, tmp_path)
        words = " ".join(read_out(tmp_path / "checked.pdf"))
        for title in ("1. Purpose", "2. Decisions asked of this meeting", "3. Summary", "8. About this pack"):
            assert title in words
        assert "This is version 2. It takes the place of version 1, made on 20 November 2026." in words
        assert "1. Purpose" in screen_html(content, content_hash="x")
        document = docx.Document(io.BytesIO(make_word(content, content_hash="x", made_with=MADE_WITH)))
        assert document.paragraphs[-1].text


class TestPrintedAgain:
    @pytest.fixture
    def pack(self, case: Case) -> Pack:
        """The exempt pack of the case, with all sections, as the worker makes it."""
        pack = packs.compose_pack(
            by=fresh(case.cast.carla),
            meeting=case.meeting,
            edition=Edition.EXEMPT,
            title="Progress on scrutiny recommendations",
            sections=PackSection.values,
            selection=[case.assignment.recommendation_id],
        )
        packs.queue_pack(by=fresh(case.cast.carla), pack=pack)
        assert build.build(pack.pk) == "ready"
        return Pack.objects.get(pk=pack.pk)

    def test_the_same_bytes_after_the_record_has_changed(
        self, case: Case, pack: Pack, tmp_path: Path
    ) -> None:
        cast = case.cast
        cast.published(case.assignment, progress="Everything is different now.")
        open_exempt(by=cast.sam, thing=case.update, reason="The contract is over.")
        type(case.meeting).objects.filter(pk=case.meeting.pk).update(place="Somewhere else")
        out, target = io.StringIO(), tmp_path / "again.pdf"
        call_command("reprint_pack", pack=pack.pk, output=target, stdout=out)
        with pack.pdf.open("rb") as kept:
            assert target.read_bytes() == kept.read()
        assert "identical to the one that was kept, byte for byte" in out.getvalue()
        assert pack.content_hash in out.getvalue()

    def test_says_which_software_is_another(
        self, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from recommendations.management.commands import reprint_pack

        now = {**pack.made_with, "Pango": "9.9.9"}
        monkeypatch.setattr(reprint_pack, "made_with", lambda: now)
        monkeypatch.setattr(
            reprint_pack, "make_pdf", lambda content, **details: Printed(b"%PDF-1.7 other", 1)
        )
        out = io.StringIO()
        call_command("reprint_pack", pack=pack.pk, output=tmp_path / "again.pdf", stdout=out)
        assert f"Pango {pack.made_with['Pango']} then, 9.9.9 now" in out.getvalue()
        assert "The bytes differ" in out.getvalue()

    def test_refuses_content_that_is_not_what_was_frozen(
        self, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "recommendations.management.commands.reprint_pack.content_hash", lambda content: "0" * 64
        )
        with pytest.raises(CommandError, match="not what was frozen"):
            call_command("reprint_pack", pack=pack.pk, output=tmp_path / "again.pdf")
        assert not list(tmp_path.glob("*.pdf"))

    def test_wrong_pack_or_directory(self, case: Case, pack: Pack, tmp_path: Path) -> None:
        draft = packs.compose_pack(by=fresh(case.cast.carla), meeting=case.meeting, title="A draft")
        for pk in (999_999, draft.pk):
            with pytest.raises(CommandError, match=f"no frozen pack {pk}"):
                call_command("reprint_pack", pack=pk, output=tmp_path / "x.pdf")
        with pytest.raises(CommandError, match="no directory"):
            call_command("reprint_pack", pack=pack.pk, output=tmp_path / "no" / "x.pdf")

    def test_the_last_page_says_hash_author_times_and_software(self, pack: Pack, tmp_path: Path) -> None:
        import pymupdf

        with pack.pdf.open("rb") as kept, pymupdf.open(stream=kept.read()) as document:
            last = " ".join(document[-1].get_text().split())
        assert pack.content_hash in last.replace(" ", "")
        assert pack.content["author"] in last
        assert "As at 12 January 2026 at 12:00pm" in last
        assert "Made on 12 January 2026 at 12:00pm" in last
        for name, version in pack.made_with.items():
            assert f"{name} {version}" in last
        assert pack.content["made_at"] == timezone.localtime(clock.now()).isoformat(timespec="seconds")
