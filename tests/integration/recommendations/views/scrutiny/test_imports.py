"""Bringing a tracker in on its pages: upload, questions, lines, apply, undo."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.paging import page_of
from recommendations.actions import imports
from recommendations.actions.import_previews import line_version
from recommendations.imports import mend, tasks
from recommendations.imports.questions import box_name
from recommendations.lifecycle import ImportRowState, ImportState
from recommendations.models import ImportBatch, Recommendation
from recommendations.queries.import_lines import ASKED, EXEMPT, filters_of, keys_on, lines_of
from tests.clients import signed_in, text_of, words_of
from tests.factories import Cast
from tests.trackers import CROSSING, a_tracker, answered, handed_in, read

pytestmark = pytest.mark.django_db

ANSWERS = {
    "body:name:highways agency": {"new": "other"},
    "inquiry:table:1": {"new": {"title": "Road safety", "published_on": "2024-05-02"}},
}


def ready(cast: Cast) -> ImportBatch:
    """Return an import of which every question is answered."""
    return answered(cast, handed_in(cast), ANSWERS)


def upload(cast: Cast, content: bytes = b"", name: str = "tracker.csv", **more: Any) -> Any:
    data = {
        "committee": cast.committee.pk,
        "file": SimpleUploadedFile(name, content or a_tracker()),
        "not_for_publication": "no",
    }
    return signed_in(cast.sam).post(reverse("new_import"), data | more)


def test_whole_way_on_the_pages(cast: Cast) -> None:
    client = signed_in(cast.sam)
    answer = upload(cast)
    batch = ImportBatch.objects.get()
    assert answer["Location"] == reverse("import_progress", args=[batch.pk])
    assert "Being read" in words_of(client.get(answer["Location"]))
    read(cast, batch)
    page = words_of(client.get(reverse("import", args=[batch.pk])))
    assert "2 lines of 2 recommendations in 1 table" in page
    for kind in ("body", "inquiry"):
        address = reverse("import_questions", args=[batch.pk, kind])
        assert client.get(address).status_code == 200
    bodies = {box_name("body:name:highways agency"): "new:other"}
    answer = client.post(reverse("import_questions", args=[batch.pk, "body"]), bodies)
    assert answer.status_code == 302
    read(cast, batch)
    inquiry = box_name("inquiry:table:1")
    address = reverse("import_questions", args=[batch.pk, "inquiry"])
    client.post(address, {inquiry: "new", f"{inquiry}_title": "Road safety", f"{inquiry}_day": "2 May 2024"})
    batch = read(cast, batch)
    assert batch.reading["open"] == []
    page = words_of(client.get(reverse("import_lines", args=[batch.pk])))
    assert "Highways Agency (new)" in page
    page = words_of(client.get(reverse("apply_import", args=[batch.pk])))
    assert "Nobody is mailed" in page
    answer = client.post(reverse("apply_import", args=[batch.pk]), {"version": batch.version})
    assert answer["Location"] == reverse("import_progress", args=[batch.pk])
    assert ImportBatch.objects.get().state == ImportState.APPLYING
    tasks.apply_import.call(batch.pk, cast.sam.pk)
    assert Recommendation.objects.count() == 2
    assert "Applied" in words_of(client.get(reverse("import", args=[batch.pk])))
    assert "Take this import back?" in words_of(client.get(reverse("undo_import", args=[batch.pk])))
    client.post(reverse("undo_import", args=[batch.pk]))
    tasks.undo_import.call(batch.pk, cast.sam.pk)
    assert ImportBatch.objects.get().state == ImportState.UNDONE
    assert Recommendation.objects.count() == 0


def test_what_is_not_decided_is_not_said_to_be_nothing(cast: Cast) -> None:
    batch = handed_in(cast)
    page = words_of(signed_in(cast.sam).get(reverse("apply_import", args=[batch.pk])))
    assert "It can’t be applied yet" in page
    assert "what stands in 2 lines that are still to be decided" in page
    assert "nothing but the recommendations" not in page
    page = words_of(
        signed_in(cast.sam).get(reverse("apply_import", args=[answered(cast, batch, ANSWERS).pk]))
    )
    assert "2 responses" in page
    assert "to be decided" not in page


def test_every_page_of_an_import_opens(cast: Cast) -> None:
    batch = ready(cast)
    client = signed_in(cast.sam)
    row = batch.rows.all()[0]
    names = (
        "import_details", "import_columns", "import_lines", "import_ignored", "import_gone", "apply_import",
        "discard_import", "import",
    )  # fmt: skip
    for name in names:
        assert client.get(reverse(name, args=[batch.pk])).status_code == 200, name
    assert client.get(reverse("import_line", args=[row.pk])).status_code == 200
    imports.apply_import(by=cast.sam, batch=batch)
    for name in ("undo_import", "follow_up_import", "import"):
        assert client.get(reverse(name, args=[batch.pk])).status_code == 200, name
    assert client.get(reverse("imports")).status_code == 200
    assert client.get(reverse("import_template")).content[:2] == b"PK"


def test_a_step_that_is_not_possible_has_no_button(cast: Cast) -> None:
    batch = ready(cast)
    client = signed_in(cast.sam)

    def offers(name: str, button: str) -> bool:
        page = client.get(reverse(name, args=[batch.pk])).content.decode().split("<main")[1]
        return button in page.split("<form")[-1].split("</form>")[0] if "<form" in page else False

    def all_of_them() -> list[bool]:
        return [
            offers("apply_import", "Apply it"),
            offers("undo_import", "Take it back"),
            offers("follow_up_import", "Follow it up"),
        ]

    assert all_of_them() == [True, False, False]
    imports.apply_import(by=cast.sam, batch=batch)
    assert all_of_them() == [False, True, True]
    imports.undo_import(by=cast.sam, batch=batch)
    assert all_of_them() == [False, False, False]
    assert "This import is undone, so it can’t be applied" in words_of(
        client.get(reverse("apply_import", args=[batch.pk]))
    )


def test_an_import_that_is_applied_shows_no_form_that_is_refused(cast: Cast) -> None:
    batch = answered(cast, handed_in(cast), {**ANSWERS, "inquiry:table:1": {"new": {"title": "Road safety"}}})
    client = signed_in(cast.sam)
    names = ("import_details", "import_columns", "discard_import")
    addresses = [reverse(name, args=[batch.pk]) for name in names]
    addresses += [reverse("import_questions", args=[batch.pk, kind]) for kind in ("body", "inquiry")]

    def forms() -> list[int]:
        return [main_of(client.get(address)).count("<form") for address in addresses]

    assert 0 not in forms()
    imports.apply_import(by=cast.sam, batch=batch)
    assert forms() == [0] * len(addresses)
    for address in addresses:
        assert "This import is applied, so it " in words_of(client.get(address))
    columns, bodies, inquiries = (words_of(client.get(addresses[at])) for at in (1, 3, 4))
    assert "Response Agreed In part The response" in columns
    assert "“Highways Agency” is no body or post that is on the record: who is meant?" in bodies
    assert "New: Other" in bodies
    assert "Road safety" in inquiries


def main_of(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main>")[0])


def test_how_far_it_is_says_once_what_is_done(cast: Cast) -> None:
    batch = ready(cast)
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.APPLYING)
    page = main_of(signed_in(cast.sam).get(reverse("import_progress", args=[batch.pk])))
    assert page.count(ImportState.APPLYING.meaning) == 1


def test_rows_left_out_are_told_by_table_and_row(cast: Cast) -> None:
    page = words_of(signed_in(cast.sam).get(reverse("import_ignored", args=[ready(cast).pk])))
    assert "Table 1, row 1 Title Road safety near schools" in page


class TestTakingAFile:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"{\\rtf1 x}", "Rich text"),
            (b"%PDF-1.7 x", "PDF files"),
            (b"MZ\x00\x01\x02" * 40, "no file that can be read as a tracker"),
        ],
    )
    def test_refuses_beside_the_file_and_keeps_the_rest(self, cast: Cast, content: bytes, says: str) -> None:
        page = text_of(upload(cast, content, "tracker.docx"))
        assert says in page
        assert 'id="id_file-error"' in page or 'id="id_file_error"' in page
        assert re.search(r'<input[^>]*value="no"[^>]*checked', page)
        assert not ImportBatch.objects.exists()

    def test_same_file_is_taken_once(self, cast: Cast) -> None:
        upload(cast)
        upload(cast)
        assert ImportBatch.objects.count() == 1

    def test_is_only_downloaded(self, cast: Cast) -> None:
        batch = handed_in(cast)
        answer = signed_in(cast.sam).get(reverse("import_file", args=[batch.pk]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] == "application/octet-stream"
        assert b"".join(answer.streaming_content) == a_tracker()  # type: ignore[attr-defined]  # a file is streamed
        assert signed_in(cast.oscar).get(reverse("import_file", args=[batch.pk])).status_code == 404


class TestOneLine:
    def test_mended_left_out_and_taken_in_again(self, cast: Cast) -> None:
        batch = ready(cast)
        client = signed_in(cast.sam)
        row = batch.rows.all()[1]
        address = reverse("import_line", args=[row.pk])
        form = client.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields}
        data = {name: value for name, value in data.items() if value not in (None, "")}
        answer = client.post(address, data | {"target": "Q2 2023/24", "number": "2a"})
        assert answer.status_code == 302, words_of(answer)
        row.refresh_from_db()
        assert row.line["number"] == "2a"
        assert row.line["target"]["precision"] == "quarter"
        assert set(row.reading["mended"]) == {"number", "target"}
        version = client.get(address).context["version"]
        client.post(address, {"do": "leave out", "version": version})
        row.refresh_from_db()
        assert row.state == ImportRowState.LEFT_OUT
        batch = read(cast, tasks.previews.read_again(by=cast.sam, batch=batch))
        row = batch.rows.get(pk=row.pk)
        assert (row.state, row.reading["mended"]["number"]) == (ImportRowState.LEFT_OUT, "2a")
        client.post(address, {"do": "take in", "version": client.get(address).context["version"]})
        row.refresh_from_db()
        assert (row.state, row.line["number"]) == (ImportRowState.NEW, "2a")

    def test_somebody_elses_change_is_not_lost(self, cast: Cast) -> None:
        row = ready(cast).rows.all()[0]
        client, address = signed_in(cast.sam), reverse("import_line", args=[row.pk])
        form = client.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        signed_in(cast.carla).post(address, data | {"number": "8"})
        page = words_of(client.post(address, data | {"number": "9"}))
        assert "Somebody saved this" in page
        row.refresh_from_db()
        assert row.line["number"] == "8"

    def test_keeps_exempt_words_apart(self, cast: Cast) -> None:
        secret = "Confidential: the price is one pound."
        batch = answered(cast, handed_in(cast, a_tracker((*CROSSING[:4], secret, *CROSSING[5:]))), ANSWERS)
        row = batch.rows.get()
        client, address = signed_in(cast.sam), reverse("import_line", args=[row.pk])
        form = client.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        exempt = {
            "exempt": "exempt",
            "exempt_text": "the price is one pound",
            "exempt_paragraphs": ["3"],
            "public_summary": "A price is not published.",
        }
        page = words_of(client.post(address, data | exempt))
        assert "Take the words that are not for publication out of here" in page
        assert client.post(address, data | exempt | {"progress": "It is agreed."}).status_code == 302
        imports.apply_import(by=cast.sam, batch=ImportBatch.objects.get(pk=batch.pk))
        recommendation = Recommendation.objects.get()
        public = text_of(Client().get(reverse("recommendation", args=[recommendation.pk])))
        assert "A price is not published." in public
        assert "one pound" not in public

    def test_keeps_words_of_earlier_progress_apart_too(self, cast: Cast) -> None:
        told = "March 2024: confidential, the price is one pound. May 2025: two of five crossings are built."
        batch = answered(cast, handed_in(cast, a_tracker((*CROSSING[:4], told, *CROSSING[5:]))), ANSWERS)
        row = batch.rows.get()
        client, address = signed_in(cast.sam), reverse("import_line", args=[row.pk])
        form = client.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        assert "one pound" in data["earlier_1"]
        exempt = {
            "exempt": "exempt",
            "exempt_text": "the price is one pound",
            "exempt_paragraphs": ["3"],
            "public_summary": "A price is not published.",
        }
        page = words_of(client.post(address, data | exempt))
        assert "Take the words that are not for publication out of here" in page
        assert client.post(address, data | exempt | {"earlier_1": "Talks begin."}).status_code == 302
        imports.apply_import(by=cast.sam, batch=ImportBatch.objects.get(pk=batch.pk))
        recommendation = Recommendation.objects.get()
        public = text_of(Client().get(reverse("recommendation", args=[recommendation.pk])))
        assert "Talks begin." in public
        assert "one pound" not in public


class TestLines:
    def test_cells_are_words_and_nothing_else(self, cast: Cast) -> None:
        attack = "<script>alert(1)</script>"
        batch = handed_in(cast, a_tracker((*CROSSING[:4], f"Begun {attack}", *CROSSING[5:])))
        client = signed_in(cast.sam)
        for name, pk in (
            ("import_lines", batch.pk),
            ("import_line", batch.rows.get().pk),
            ("import_columns", batch.pk),
        ):
            page = text_of(client.get(reverse(name, args=[pk])))
            assert attack not in page
            assert "&lt;script&gt;alert(1)" in page

    def test_a_page_takes_as_many_queries_with_thirty_lines_as_with_one(self, cast: Cast) -> None:
        one = handed_in(cast, a_tracker(CROSSING))
        words = "That the council mends the bridge over the river at mile {} of the road."
        rows = [(str(at), words.format(at), *CROSSING[2:]) for at in range(1, 41)]
        many = handed_in(cast, a_tracker(*rows))
        client = signed_in(cast.sam)
        client.get(reverse("import_lines", args=[one.pk]))
        counted = []
        for batch in (one, many):
            with CaptureQueriesContext(connection) as queries:
                page = client.get(reverse("import_lines", args=[batch.pk]))
            counted.append(len(queries))
        assert len(page.context["lines"]) == 30
        assert counted[0] == counted[1]

    @pytest.mark.slow
    def test_a_page_takes_as_many_queries_of_three_hundred_lines_as_of_five(self, cast: Cast) -> None:
        words = "That the council mends the bridge over the river at mile {} of the road."
        client = signed_in(cast.sam)
        counted = []
        for lines in (5, 300):
            rows = [(str(at), words.format(at), *CROSSING[2:]) for at in range(1, lines + 1)]
            address = reverse("import_lines", args=[handed_in(cast, a_tracker(*rows)).pk])
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                page = client.get(address)
            assert page.context["page"].paginator.count == lines
            counted.append(len(queries))
        assert counted[0] == counted[1] <= 8

    def test_the_lines_of_a_page_are_found_in_an_index(self, cast: Cast) -> None:
        batch = handed_in(cast)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        assert "import_row_in_order" in lines_of(batch, "").values_list("pk", flat=True)[30:60].explain()

    def test_the_filters_are_counted_in_an_index_alone(self, cast: Cast) -> None:
        batch = handed_in(cast)
        with CaptureQueriesContext(connection) as queries:
            filters_of(batch)
        (counting,) = queries.captured_queries
        with connection.cursor() as cursor:
            for way in ("seqscan", "sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {counting['sql']}")
            plan = " ".join(row[0] for row in cursor.fetchall())
        assert "Index Only Scan using import_row_by_kind" in plan

    def test_a_filter_shows_as_many_lines_as_it_says(self, cast: Cast) -> None:
        words = "That the council mends the bridge over the river at mile {} of the road."
        rows = [(str(at), words.format(at), *CROSSING[2:]) for at in range(1, 4)]
        asked = ("4", words.format(4), "Friends of the Ferry", *CROSSING[3:])
        exempt = ("5", f"{words.format(5)} Not for publication.", *CROSSING[2:])
        batch = handed_in(cast, a_tracker(*rows, asked, exempt, CROSSING))
        mend.leave_out(
            by=cast.sam, row=(row := batch.rows.order_by("order")[0]), version=line_version(row), out=True
        )
        counted = {one.name: one.count for one in filters_of(batch)}
        assert counted == {name: lines_of(batch, name).count() for name in counted}
        assert counted[""] == 6
        assert all(counted[name] for name in (ASKED, EXEMPT, ImportRowState.NEW, ImportRowState.LEFT_OUT))

    def test_a_page_does_not_read_what_was_read_of_the_file(self, cast: Cast) -> None:
        batch = handed_in(cast)
        client = signed_in(cast.sam)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("import_lines", args=[batch.pk]))
        assert not any('"recommendations_importbatch"."reading"' in one["sql"] for one in queries)
        for line in page.context["lines"]:
            assert f'href="{reverse("import_line", args=[line.row.pk])}"' in text_of(page)

    def test_a_filter_that_is_none_shows_all(self, cast: Cast) -> None:
        page = signed_in(cast.sam).get(
            reverse("import_lines", args=[handed_in(cast).pk]), {"show": "anything"}
        )
        assert len(page.context["lines"]) == page.context["page"].paginator.count == 2

    def test_a_page_reads_the_cells_of_its_own_lines_alone(self, cast: Cast) -> None:
        words = "That the council mends the bridge over the river at mile {} of the road."
        many = handed_in(
            cast, a_tracker(*((str(at), words.format(at), *CROSSING[2:]) for at in range(1, 41)))
        )
        client = signed_in(cast.sam)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("import_lines", args=[many.pk]), {"page": "2"})
        assert [line.row.order for line in page.context["lines"]] == list(range(30, 40))
        (with_cells,) = [one["sql"] for one in queries if '"cells"' in one["sql"]]
        assert 'order" >= 30' in with_cells
        assert not any("OFFSET" in one["sql"] for one in queries), "it does not walk over the pages before"

    def test_pages_of_a_filter_follow_one_another(self, cast: Cast) -> None:
        words = "That the council mends the bridge over the river at mile {} of the road."
        rows = [(str(at), words.format(at), *CROSSING[2:]) for at in range(1, 71)]
        batch = handed_in(cast, a_tracker(*rows))
        client = signed_in(cast.sam)
        for show in ("", ImportRowState.NEW):
            pages = [
                client.get(reverse("import_lines", args=[batch.pk]), {"show": show, "page": number})
                for number in (1, 2, 3)
            ]
            orders = [[line.row.order for line in page.context["lines"]] for page in pages]
            assert orders == [list(range(30)), list(range(30, 60)), list(range(60, 70))]

    def test_the_lines_of_a_page_are_found_by_their_order(self, cast: Cast) -> None:
        batch = handed_in(cast)
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = keys_on(page_of(range(90), 30, "2"), batch, "").explain()
        assert "import_row_in_order" in plan
        assert '"order" >= 30' in plan


class TestQuestions:
    def test_all_of_a_kind_are_answered_at_once(self, cast: Cast) -> None:
        rows = [(str(at), f"That the body {at} looks after crossing {at} of the town.", f"Friends of Crossing {at}", *CROSSING[3:]) for at in "345"]  # fmt: skip
        batch = handed_in(cast, a_tracker(*rows))
        address = reverse("import_questions", args=[batch.pk, "body"])
        signed_in(cast.sam).post(address, {"do": "all", "new_body": "provider"})
        batch = read(cast, batch)
        assert {one.kind for one in batch.bodies_to_make} == {"provider"}
        assert len(batch.bodies_to_make) == 3

    def test_what_cannot_be_read_is_said_beside_its_box(self, cast: Cast) -> None:
        batch = handed_in(cast)
        box = box_name("inquiry:table:1")
        answer = signed_in(cast.sam).post(
            reverse("import_questions", args=[batch.pk, "inquiry"]),
            {box: "new", f"{box}_title": "Road safety", f"{box}_day": "some day"},
        )
        assert "Enter a day such as 31 March 2024" in words_of(answer)
        assert 'value="Road safety"' in text_of(answer)

    def test_exempt_words_are_decided_for_all_their_lines(self, cast: Cast) -> None:
        secret = "Confidential: the price is agreed."
        rows = [(str(at), f"That the council mends bridge {at} over the river.", "Highways Agency", CROSSING[3], secret, *CROSSING[5:]) for at in (1, 2)]  # fmt: skip
        batch = handed_in(cast, a_tracker(*rows))
        lines = words_of(signed_in(cast.sam).get(reverse("import_lines", args=[batch.pk])))
        assert "Addressed to Still to be decided To: Highways Agency" in lines
        assert "Not for publication Still to be decided Question" in lines
        address = reverse("import_questions", args=[batch.pk, "exempt"])
        form = signed_in(cast.sam).get(address).context["form"]
        (name,) = form.questions
        signed_in(cast.sam).post(address, {name: "choice:1"})
        assert {row.exempt_decision for row in batch.rows.all()} == {"open"}


class TestDetails:
    def test_the_trackers_own_day_is_changed(self, cast: Cast) -> None:
        batch = handed_in(cast)
        address = reverse("import_details", args=[batch.pk])
        client = signed_in(cast.sam)
        page = client.post(address, {"as_at": "31 March 2030", "not_for_publication": "no"})
        assert "today or earlier" in words_of(page)
        client.post(address, {"as_at": "March 2025", "not_for_publication": "yes"})
        batch = read(cast, batch)
        assert batch.day.in_words() == "March 2025"
        assert batch.not_for_publication
