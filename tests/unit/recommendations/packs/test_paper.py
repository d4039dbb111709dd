"""How a pack is parted, laid out by several processes, and joined."""

from __future__ import annotations

import copy
import errno
import io
import multiprocessing
import multiprocessing.context
import os
import signal
import threading
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from recommendations.packs.content import content_hash
from recommendations.packs.html import paper_css
from recommendations.packs.pdf import worker_pool
from recommendations.packs.pdf.chunks import MUCH, chapters
from recommendations.packs.pdf.document import make_pdf
from recommendations.packs.pdf.fonts import font_files
from recommendations.packs.pdf.merge import _saved, _small
from recommendations.packs.pdf.render import Chunk, RenderedChunk, RenderError, lay_out
from tests.unit.recommendations.packs.conftest import Case


def longer(case: Case, number: int) -> dict[str, Any]:
    """The case's public content with so many recommendations in two inquiries, each a page long."""
    content = case.content()
    first = content["inquiries"][0]
    rows = []
    for index in range(number):
        row = copy.deepcopy(first["recommendations"][0])
        row |= {"id": 10_000 + index, "reference": f"SR (25/26) {index:03d}"}
        row["bodies"][0]["update"]["progress"] = "The crossing is built. " * 120
        rows.append(row)
    second = {
        **first,
        "id": first["id"] + 1,
        "title": "Another inquiry",
        "recommendations": rows[number // 2 :],
    }
    content["inquiries"] = [{**first, "recommendations": rows[: number // 2]}, second]
    content["overdue"] = content["escalated"] = []
    content["since"] = None
    return content


def elements(item: Any) -> Iterator[Any]:
    yield item
    for kid in item.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


class TestParts:
    def test_every_recommendation_once_and_in_order(self, case: Case) -> None:
        content = longer(case, 40)
        found = chapters(content)
        runs = [chapter for chapter in found if chapter.inquiries is not None]
        assert len(runs) > 2
        shown = [
            one["id"]
            for chapter in runs
            for inquiry in chapter.inquiries or []
            for one in inquiry["recommendations"]
        ]
        assert shown == [one["id"] for inquiry in content["inquiries"] for one in inquiry["recommendations"]]
        assert [chapter.first for chapter in runs] == [True] + [False] * (len(runs) - 1)
        begun = [inquiry["id"] for chapter in runs for inquiry in chapter.inquiries or [] if inquiry["first"]]
        assert begun == [inquiry["id"] for inquiry in content["inquiries"]]

    def test_a_short_pack_has_one_run(self, case: Case) -> None:
        runs = [chapter for chapter in chapters(case.content()) if chapter.inquiries is not None]
        assert [chapter.recommendations for chapter in runs] == [1]

    def test_one_endless_recommendation_is_a_run_of_its_own(self, case: Case) -> None:
        content = longer(case, 6)
        content["inquiries"][0]["recommendations"][1]["text"] = "word " * MUCH
        assert all(chapter.recommendations < 6 for chapter in chapters(content) if chapter.inquiries)


class TestJoined:
    def test_the_contents_say_the_true_pages(self, case: Case) -> None:
        content = longer(case, 30)
        made = make_pdf(content, content_hash=content_hash(content), made_with={})
        import pymupdf

        with pymupdf.open(stream=made.data) as document:
            assert len(document) == made.pages
            words = "\n".join(document[page].get_text() for page in (1, 2))
            places = {name: place["page"] for name, place in document.resolve_names().items()}
            page = places["r10029"]
            assert "SR (25/26) 029" in document[page].get_text()
            line = words[words.index("SR (25/26) 029") :]
            assert str(page + 1) in line.split()

    def test_what_runs_over_pages_is_one_element(self, case: Case) -> None:
        content = longer(case, 2)
        content["inquiries"][0]["recommendations"][0]["bodies"][0]["update"]["progress"] = "long " * 3000
        made = make_pdf(content, content_hash=content_hash(content), made_with={})
        with pikepdf.open(io.BytesIO(made.data)) as document:
            tree = document.Root.StructTreeRoot.K[0]
            found = list(elements(tree))
            assert sum(1 for item in found if item.S == "/Art") == 2
            assert (
                sum(1 for item in found if item.S == "/Sect" and str(item.get("/T", "")) == "recommendations")
                == 1
            )

    def test_a_table_over_pages_is_one_table_and_its_head_is_read_once(self) -> None:
        rows = "".join(f"<tr><th scope=row>{n}</th><td>word</td></tr>" for n in range(120))
        html = f"<html lang=en><title>x</title><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>"
        laid_out = lay_out(Chunk(html, "thead { display: table-header-group }"), font_files())
        assert laid_out.pages > 1
        with pikepdf.open(io.BytesIO(laid_out.data)) as document:
            found = list(elements(document.Root.StructTreeRoot.K[0]))
        kinds = [str(item.S) for item in found]
        assert (kinds.count("/Table"), kinds.count("/THead"), kinds.count("/TBody")) == (1, 1, 1)
        assert kinds.count("/TR") == 121
        scopes = [str(item.A.Scope) for item in found if item.S == "/TH"]
        assert (scopes.count("/Column"), scopes.count("/Row")) == (2, 120)

    def test_the_data_is_attached(self, case: Case) -> None:
        content = case.content()
        made = make_pdf(content, content_hash=content_hash(content), made_with={})
        with pikepdf.open(io.BytesIO(made.data)) as document:
            attached = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
            related = {str(spec.UF): str(spec.AFRelationship) for spec in document.Root.AF}
        assert related == {"pack.csv": "/Data", "pack.json": "/Source"}
        assert set(attached) == {"pack.csv", "pack.json"}
        assert content_hash(content).encode() in attached["pack.json"]
        assert attached["pack.csv"].startswith(b"\xef\xbb\xbfReference,")

    def test_no_stream_ends_in_a_carriage_return(self) -> None:
        found = [_small(bytes([number % 256, number // 256])) for number in range(3000)]
        assert not any(packed.endswith(b"\r") for packed in found)

    @pytest.mark.parametrize("is_compressed", [False, True])
    def test_no_stream_of_a_saved_file_does(self, is_compressed: bool) -> None:
        """Neither one that was compressed before nor one that was not, such as a running head."""
        ending = [
            data
            for data in (b"q %d w Q" % width for width in range(9_990_000, 9_993_000))
            if _ends_badly(data)
        ]
        assert len(ending) > 3
        with pikepdf.Pdf.new() as pdf:
            for data in ending:
                stream = pikepdf.Stream(pdf, data)
                if is_compressed:
                    stream.write(zlib.compress(data), filter=pikepdf.Name.FlateDecode)
                pdf.add_blank_page().obj.Contents = pdf.make_indirect(stream)
            saved = _saved(pdf)
        with pikepdf.open(io.BytesIO(saved)) as document:
            contents = [sheet.obj.Contents for sheet in document.pages]
            assert [one.read_bytes().rstrip() for one in contents] == ending
            assert all(one.Filter == pikepdf.Name.FlateDecode for one in contents)
            assert not any(one.read_raw_bytes().endswith(b"\r") for one in contents)


def _ends_badly(data: bytes) -> bool:
    """Whether the data end in a carriage return once they are compressed."""
    return zlib.compress(data).endswith(b"\r")


def _killing(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[int]:
    """Let a process die as soon as it has its part, so many times. Returns those killed."""
    killed: list[int] = []
    lock = threading.Lock()
    poll = worker_pool._Worker.lay_out

    class Deadly:
        def __init__(self, worker: Any) -> None:
            self.worker, self.pipe = worker, worker.pipe

        def send(self, what: Any) -> None:
            self.pipe.send(what)
            with lock:
                if len(killed) < times:
                    killed.append(self.worker.process.pid)
                    self.worker.process.kill()

        def __getattr__(self, name: str) -> Any:
            return getattr(self.pipe, name)

    def lay_out(worker: Any, part: Chunk, fonts: dict[str, str]) -> RenderedChunk:
        if not isinstance(worker.pipe, Deadly):
            worker.pipe = Deadly(worker)
        return poll(worker, part, fonts)

    monkeypatch.setattr(worker_pool._Worker, "lay_out", lay_out)
    return killed


def _no_room(process: Any) -> None:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


def test_scripts_from_the_right_are_given_as_they_are_spoken() -> None:
    html = (
        "<section><p>By בית ספר (school)</p><p>Plain</p>"
        '<p>See <a href="https://example.org/">מכתב</a> now</p><p>שלום<br>שלום</p>'
        "<ul><li>שלום</li></ul></section>"
    )
    laid_out = lay_out(Chunk(html, paper_css()), font_files())
    with pikepdf.open(io.BytesIO(laid_out.data)) as pdf:
        said = [
            (str(item.S), str(item.ActualText))
            for item in elements(pdf.Root.StructTreeRoot.K[0])
            if "/ActualText" in item
        ]
    assert said == [
        ("/P", "By בית ספר (school)"),
        ("/Link", "מכתב"),
        ("/P", "שלום שלום"),
        ("/LBody", "שלום"),
    ]


@pytest.mark.slow
class TestProcesses:
    @pytest.fixture(autouse=True)
    def _two(self, settings: Any) -> Iterator[None]:
        settings.PACK_PROCESSES = 2
        yield
        worker_pool.close()

    def test_the_same_bytes_as_in_one_process_and_a_killed_one_is_replaced(
        self, case: Case, settings: Any
    ) -> None:
        content = longer(case, 12)
        digest = content_hash(content)
        together = make_pdf(content, content_hash=digest, made_with={})
        os.kill(worker_pool.pids()[0], signal.SIGKILL)
        again = make_pdf(content, content_hash=digest, made_with={})
        settings.PACK_PROCESSES = 1
        alone = make_pdf(content, content_hash=digest, made_with={})
        assert together.data == again.data == alone.data

    def test_one_killed_in_the_middle_of_its_part_costs_nothing(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = longer(case, 12)
        made = make_pdf(content, content_hash="x", made_with={})
        _killing(monkeypatch, times=1)
        assert make_pdf(content, content_hash="x", made_with={}).data == made.data

    def test_killed_again_and_again_it_gives_up(self, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        killed = _killing(monkeypatch, times=100)
        with pytest.raises(MemoryError):
            make_pdf(longer(case, 2), content_hash="x", made_with={})
        assert len(killed) >= worker_pool.TRIES

    def test_one_takes_its_leave_after_so_many_parts(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(worker_pool, "PARTS_EACH", 2)
        content = longer(case, 12)
        seen = set()

        def look(done: int, pages: int) -> None:
            seen.update(worker_pool.pids())

        first = make_pdf(content, content_hash="x", made_with={}, step=look)
        again = make_pdf(content, content_hash="x", made_with={}, step=look)
        assert len(seen) > 2 >= len(worker_pool.pids())
        assert first.data == again.data

    def test_a_part_that_never_ends_is_ended_and_the_clerk_told(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_pdf(longer(case, 2), content_hash="x", made_with={})
        before = worker_pool.pids()
        monkeypatch.setattr(worker_pool, "LONGEST", 0.001)
        with pytest.raises(RenderError, match="Choose fewer recommendations, or ask your administrator"):
            make_pdf(longer(case, 12), content_hash="x", made_with={})
        monkeypatch.undo()
        make_pdf(longer(case, 2), content_hash="x", made_with={})
        assert set(worker_pool.pids()) != set(before)

    def test_a_stopped_pack_keeps_no_process_long(self, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        class Stop(Exception):
            pass

        monkeypatch.setattr(worker_pool, "GRACE", 0.01)
        make_pdf(longer(case, 2), content_hash="x", made_with={})
        before = worker_pool.pids()
        asked: list[int] = []

        def wanted() -> None:
            asked.append(1)
            raise Stop

        monkeypatch.setattr(worker_pool, "LOOK_EVERY", 0.01)
        with pytest.raises(Stop):
            make_pdf(longer(case, 40), content_hash="x", made_with={}, wanted=wanted)
        make_pdf(longer(case, 2), content_hash="x", made_with={})
        assert asked
        assert set(worker_pool.pids()) != set(before)

    def test_a_process_that_can_not_begin_is_tried_again_later(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_pdf(longer(case, 2), content_hash="x", made_with={})
        for pid in worker_pool.pids():
            os.kill(pid, signal.SIGKILL)
        with monkeypatch.context() as full:
            full.setattr(multiprocessing.context.SpawnProcess, "start", _no_room)
            with pytest.raises(MemoryError):
                make_pdf(longer(case, 2), content_hash="x", made_with={})
        make_pdf(longer(case, 2), content_hash="x", made_with={})

    def test_an_error_comes_over_with_its_frames(self, case: Case) -> None:
        parts = [Chunk("<p>One</p>", "p { color: red }")]
        fonts: Any = {1: "not a path", "two": "neither"}
        with pytest.raises(TypeError) as raised:
            list(worker_pool.lay_out_all(parts, fonts))
        assert "lay_out" in str(raised.value.__cause__)

    def test_a_short_pack_does_not_wait_for_a_long_one(self, case: Case) -> None:
        make_pdf(longer(case, 2), content_hash="x", made_with={})  # the processes are warm
        ended: list[str] = []
        begun = threading.Event()

        def make(name: str, content: dict[str, Any]) -> None:
            make_pdf(content, content_hash="x", made_with={}, step=lambda done, pages: begun.set())
            ended.append(name)

        long_one = threading.Thread(target=make, args=("long", longer(case, 200)))
        long_one.start()
        assert begun.wait(60)
        make("short", longer(case, 2))
        long_one.join(120)
        assert ended == ["short", "long"]

    def test_stopping_is_heard_while_a_part_is_laid_out(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Stop(Exception):
            pass

        def wanted() -> None:
            raise Stop

        monkeypatch.setattr(worker_pool, "LOOK_EVERY", 0.001)
        with pytest.raises(Stop):
            make_pdf(longer(case, 12), content_hash="x", made_with={}, wanted=wanted)

    def test_stopping_ends_the_work(self, case: Case) -> None:
        class Stop(Exception):
            pass

        def step(done: int, pages: int) -> None:
            if pages:
                raise Stop

        with pytest.raises(Stop):
            make_pdf(longer(case, 12), content_hash="x", made_with={}, step=step)
