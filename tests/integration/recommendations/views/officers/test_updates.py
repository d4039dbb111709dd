"""The pages of responsible officers: my work, one assignment, writing an update, evidence, steps, dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.form_recovery import COOKIE, SESSION_KEY
from recommendations.actions import milestones, reviews, target_dates, updates
from recommendations.actions.base import ActionDenied
from recommendations.actions.evidence import add_evidence
from recommendations.models import ExemptAccessLog, TargetChange, Update
from tests.clients import signed_in, update_form
from tests.factories import TODAY, at, fresh

PDF = b"%PDF-1.7\ntrailer\n<<>>\n%%EOF\n"
EXEMPT: dict[str, Any] = {
    "exempt_text": "The price is secret",
    "exempt_paragraphs": [3],
    "public_summary": "A price is withheld.",
}


@pytest.fixture
def assignment(cast):
    return cast.assignment()


class TestRights:
    PAGES = ("assignment", "log_update", "request_new_date", "milestones")

    @pytest.mark.parametrize("name", PAGES)
    def test_the_bodys_people_may(self, cast, assignment, name):
        for user in (cast.olive, cast.ada):
            assert signed_in(user).get(reverse(name, args=[assignment.pk])).status_code == 200

    @pytest.mark.parametrize("name", PAGES)
    def test_others_may_not(self, cast, assignment, name):
        address = reverse(name, args=[assignment.pk])
        for user in (cast.pat, cast.colin, cast.nobody):
            assert signed_in(user).get(address).status_code == 403
        answer = Client().get(address)
        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]

    @pytest.mark.parametrize("name", PAGES)
    def test_a_wrong_id_is_not_found(self, cast, name):
        assert signed_in(cast.olive).get(reverse(name, args=[987654])).status_code == 404

    @pytest.mark.parametrize("name", ["preview_update", "discard_update", "add_evidence"])
    def test_a_draft_does_not_exist_for_others(self, cast, assignment, name):
        address = reverse(name, args=[cast.draft(assignment).pk])
        assert signed_in(cast.olive).get(address).status_code == 200
        assert signed_in(cast.pat).get(address).status_code == 404
        assert signed_in(cast.nobody).get(address).status_code == 403

    def test_only_the_methods_there_are(self, cast, assignment):
        client = signed_in(cast.olive)
        assert client.post(reverse("my_work")).status_code == 405
        assert client.put(reverse("log_update", args=[assignment.pk])).status_code == 405


class TestMyWork:
    def test_nothing_to_do_says_so(self, cast):
        page = signed_in(cast.pat).get(reverse("my_work"))
        assert "No committee is waiting for an update from you" in page.content.decode()

    def test_it_shows_what_is_asked_returned_and_late(self, cast):
        import datetime as dt

        late = cast.assignment(first_target_on=dt.date(2026, 1, 2))
        reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Winter review", due_on=dt.date(2026, 1, 22)
        )
        update = cast.submitted(late)
        updates.return_update(by=cast.ada, update=update, reason="Name the schools")
        page = signed_in(cast.olive).get(reverse("my_work")).content.decode()
        for said in ("Winter review", "due in 10 days", "10 days late", "Name the schools"):
            assert said in page

    def test_what_is_begun_is_not_offered_to_be_begun_again(self, cast):
        mine = [cast.assignment() for _ in range(4)]
        reviews.open_review(by=cast.sam, committee=cast.committee, title="Review", due_on=dt.date(2026, 2, 2))
        cast.submitted(mine[0])
        updates.start_update(by=cast.olive, assignment=mine[1])
        page = signed_in(cast.olive).get(reverse("my_work")).content.decode()
        asked = page.split('id="asked"')[1].split("</section>")[0]
        assert asked.count("The update waits for approval.") == 1
        assert asked.count("Carry on<") == 1
        assert asked.count("Log an update<") == 2
        assert "Review asks you for 3 updates" in page

    def test_the_same_queries_for_one_row_and_for_twenty(self, cast):
        import datetime as dt

        def count() -> int:
            client = signed_in(cast.olive)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(reverse("my_work")).status_code == 200
            return len(queries)

        def work(how_many: int) -> None:
            for _ in range(how_many):
                one = cast.assignment(first_target_on=dt.date(2026, 1, 2))
                cast.published(one)
                target_dates.request_new_date(
                    by=cast.olive, assignment=one, new_date=dt.date(2026, 8, 1), reason="Contractor"
                )
                cast.draft(one)
            reviews.open_review(
                by=cast.sam, committee=cast.committee, title=f"R{how_many}", due_on=dt.date(2026, 1, 22)
            )

        work(1)
        before = count()
        work(6)
        assert count() == before

    def test_a_show_or_body_that_is_not_there_is_ignored(self, cast):
        assert signed_in(cast.olive).get("/my-work/?show=nothing&body=x&page=99").status_code == 200
        assert signed_in(cast.olive).get("/my-work/?show=open&page=99").status_code == 200


class TestWriting:
    @pytest.fixture
    def address(self, assignment):
        return reverse("log_update", args=[assignment.pk])

    def test_opening_the_page_begins_nothing(self, cast, address):
        page = signed_in(cast.olive).get(address)
        assert "safe crossing at each school" in page.content.decode()
        assert not Update.objects.exists()

    def test_saving_keeps_a_draft_and_preview_shows_it(self, cast, address):
        client = signed_in(cast.olive)
        answer = client.post(address, update_form(client.get(address), do="preview"))
        update = Update.objects.get()
        assert answer["Location"] == reverse("preview_update", args=[update.pk])
        page = client.get(answer["Location"]).content.decode()
        assert "Three crossings are built." in page
        assert "Ada Approver" in page

    def test_a_bad_day_keeps_what_was_typed(self, cast, address):
        client = signed_in(cast.olive)
        page = client.post(address, update_form(client.get(address), as_at_month="13"))
        assert page.status_code == 200
        said = page.content.decode()
        assert "Enter a real date" in said
        assert "Three crossings are built." in said

    def test_half_an_exempt_part_is_told_at_its_box(self, cast, address):
        client = signed_in(cast.olive)
        page = client.post(address, update_form(client.get(address), exempt_text="The price"))
        assert "Select the paragraph of Schedule 12A" in page.content.decode()
        assert not Update.objects.exists()

    def test_four_thousand_words_are_kept(self, cast, address):
        client = signed_in(cast.olive)
        long = "Progress was made. " * 1400
        client.post(address, update_form(client.get(address), progress=long))
        assert Update.objects.get().progress == long.strip()

    def test_as_last_time_copies_the_words(self, cast, assignment, address):
        last = cast.published(assignment)
        client = signed_in(cast.olive)
        client.post(address, update_form(client.get(address), progress="", claim="", do="last"))
        update = Update.objects.unpublished().get()
        assert (update.progress, update.as_last_time) == (last.progress, True)

    def test_as_last_time_never_writes_over_what_was_typed(self, cast, assignment, address):
        cast.published(assignment)
        client = signed_in(cast.olive)
        page = client.post(address, update_form(client.get(address), do="last"))
        assert "Clear what you typed first" in page.content.decode()

    def test_the_second_writer_sees_both_and_may_save_on_top(self, cast, address):
        olive, ada = signed_in(cast.olive), signed_in(cast.ada)
        hers, mine = olive.get(address), ada.get(address)
        olive.post(address, update_form(hers, progress="Olive’s words"))
        told = ada.post(address, update_form(mine, progress="Ada’s words"))
        said = told.content.decode()
        assert "Changed by somebody else" in said
        assert "Olive’s words" in said
        assert "Ada’s words" in said
        ada.post(address, update_form(told, progress="Ada’s words"))
        assert Update.objects.get().progress == "Ada’s words"

    def test_steps_are_done_only_once_the_update_is_published(self, cast, assignment, address):
        step = milestones.add_milestone(by=cast.olive, assignment=assignment, words="Design")
        client = signed_in(cast.olive)
        typed = {"claim": "on_track", "progress": "Designed", "done_steps": [step.pk]}
        client.post(address, update_form(client.get(address), **typed))
        step.refresh_from_db()
        assert step.done_on is None
        update = Update.objects.get()
        assert update.done_steps == [step.pk]
        read = client.get(reverse("preview_update", args=[update.pk])).content.decode()
        assert "Steps of the plan that are done now" in read
        update = updates.submit_update(by=cast.olive, update=update)
        updates.publish_update(by=cast.ada, update=update)
        step.refresh_from_db()
        assert step.done_on == update.as_at
        assert step.done_by == cast.olive

    def test_a_step_done_already_is_not_offered_again(self, cast, assignment, address):
        step = milestones.add_milestone(by=cast.olive, assignment=assignment, words="Design")
        milestones.tick_milestones(by=cast.olive, assignment=assignment, done=[step.pk])
        assert "done_steps" not in signed_in(cast.olive).get(address).content.decode()

    def test_a_waiting_update_is_shown_and_not_changed(self, cast, assignment, address):
        page = signed_in(cast.olive).get(address)
        update = cast.submitted(assignment)
        client = signed_in(cast.olive)
        assert client.get(address)["Location"] == reverse("preview_update", args=[update.pk])
        kept = client.post(address, update_form(page, progress="Typed meanwhile"))
        assert "waiting for approval" in kept.content.decode()
        assert "Typed meanwhile" in kept.content.decode()

    def test_a_closed_recommendation_needs_no_update(self, cast, assignment, address):
        cast.close(assignment)
        assert signed_in(cast.olive).get(address)["Location"] == reverse("assignment", args=[assignment.pk])

    def test_a_correction_follows_what_it_corrects(self, cast, assignment, address):
        first = cast.published(assignment)
        client = signed_in(cast.olive)
        page = client.get(f"{address}?corrects={first.pk}")
        assert first.progress in page.content.decode()
        client.post(address, update_form(page, progress="Right words", corrects=first.pk))
        assert Update.objects.unpublished().get().corrects == first

    def test_exempt_text_is_not_shown_without_the_right_and_its_sight_is_logged_with_it(
        self, cast, assignment, address
    ):
        updates.write_update(by=cast.ada, assignment=assignment, version=None, progress="Open", **EXEMPT)
        assert "The price is secret" not in signed_in(cast.olive).get(address).content.decode()
        Update.objects.update(exempt_by=cast.sam)
        assert "The price is secret" in signed_in(cast.ada).get(address).content.decode()
        assert ExemptAccessLog.objects.filter(user=cast.ada).exists()


class TestAutosave:
    HEADERS = {"X-Autosave": "1"}

    def test_it_saves_and_tells_the_version(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        client = signed_in(cast.olive)
        typed = update_form(client.get(address), as_at_day="99", exempt_text="Half an exempt part")
        answer = client.post(address, typed, headers=self.HEADERS)
        update = Update.objects.get()
        assert answer.json()["version"] == update.version
        assert answer.json()["exempt_saved"] is False
        assert update.progress == "Three crossings are built."
        assert client.post(address, typed | {"progress": "More"}, headers=self.HEADERS).status_code == 200

    def test_it_tells_of_a_conflict(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        client = signed_in(cast.olive)
        typed = update_form(client.get(address))
        updates.write_update(by=cast.ada, assignment=assignment, version=None, progress="Theirs")
        assert client.post(address, typed, headers=self.HEADERS).status_code == 409

    def test_it_tells_that_the_sign_in_ended(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        typed = update_form(signed_in(cast.olive).get(address))
        answer = Client().post(address, typed, headers=self.HEADERS)
        assert answer.status_code == 401
        assert answer.json()["signed_out"] is True

    def test_it_tells_what_can_not_be_saved(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        typed = update_form(signed_in(cast.olive).get(address))
        cast.submitted(assignment)
        assert signed_in(cast.olive).post(address, typed, headers=self.HEADERS).status_code == 422


class TestASignInThatEnded:
    def test_what_was_typed_waits_behind_the_sign_in(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        typed = update_form(
            signed_in(cast.olive).get(address), **(EXEMPT | {"progress": "Two hours of work"})
        )
        browser = Client()
        answer = browser.post(address, typed)
        assert reverse("account_login") in answer["Location"]
        assert not Update.objects.exists()
        stored = str(dict(browser.session))
        assert "Two hours of work" not in stored
        assert "The price is secret" not in stored
        assert browser.cookies[COOKIE]["httponly"]
        browser.force_login(fresh(cast.olive))
        page = browser.get(address)
        assert "Your words were kept" in page.content.decode()
        assert "Two hours of work" in page.content.decode()
        browser.post(address, update_form(page, progress="Two hours of work"))
        assert Update.objects.get().progress == "Two hours of work"
        assert "Your words were kept" not in browser.get(address).content.decode()

    def test_somebody_else_does_not_get_the_words(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        typed = update_form(signed_in(cast.olive).get(address), progress="Two hours of work")
        browser = Client()
        browser.post(address, typed)
        browser.force_login(fresh(cast.ada))
        assert "Two hours of work" not in browser.get(address).content.decode()

    def test_without_a_ticket_nothing_is_parked(self, assignment):
        browser = Client()
        answer = browser.post(
            reverse("log_update", args=[assignment.pk]), {"progress": "x", "ticket": "forged"}
        )
        assert answer.status_code == 302
        assert SESSION_KEY not in browser.session

    def test_a_token_of_an_earlier_sign_in_loses_nothing_and_does_nothing(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        browser = signed_in(cast.olive, enforce_csrf_checks=True)
        typed = update_form(browser.get(address), progress="Two hours of work", csrfmiddlewaretoken="old")
        answer = browser.post(address, typed, headers={"Origin": "http://testserver"})
        assert answer["Location"] == address
        assert not Update.objects.exists()
        assert "Two hours of work" in browser.get(address).content.decode()

    def test_another_site_can_not_post(self, cast, assignment):
        browser = signed_in(cast.olive, enforce_csrf_checks=True)
        assert browser.post(reverse("log_update", args=[assignment.pk]), {"progress": "x"}).status_code == 403
        assert not Update.objects.exists()


class TestPreview:
    def test_what_is_missing_leads_to_its_box(self, cast, assignment):
        update = cast.draft(assignment, claim="", progress="")
        page = signed_in(cast.olive).get(reverse("preview_update", args=[update.pk])).content.decode()
        assert f"{reverse('log_update', args=[assignment.pk])}#id_progress" in page

    def test_submitting_hands_it_to_the_approver(self, cast, assignment):
        update = cast.draft(assignment)
        address = reverse("preview_update", args=[update.pk])
        signed_in(cast.olive).post(address, {"version": update.version})
        update.refresh_from_db()
        assert update.state == "submitted"

    def test_words_that_changed_meanwhile_are_not_submitted_unseen(self, cast, assignment):
        update = cast.draft(assignment)
        updates.save_draft(by=cast.ada, update=update, progress="Ada’s words")
        page = signed_in(cast.olive).post(
            reverse("preview_update", args=[update.pk]), {"version": update.version}
        )
        assert "Somebody changed this meanwhile" in page.content.decode()
        assert "Ada’s words" in page.content.decode()

    def test_personal_data_warns_and_does_not_block(self, cast, assignment):
        update = cast.draft(assignment, progress="Visited the family in HP12 3AB.")
        client = signed_in(cast.olive)
        address = reverse("preview_update", args=[update.pk])
        assert "looks like a postcode" in client.get(address).content.decode()
        assert client.post(address, {"version": update.version}).status_code == 302

    def test_the_public_reading_has_no_exempt_text(self, cast, assignment):
        update = updates.write_update(
            by=cast.ada, assignment=assignment, version=None, claim="on_track", progress="Open", **EXEMPT
        )
        page = signed_in(cast.olive).get(reverse("preview_update", args=[update.pk])).content.decode()
        assert "A price is withheld." in page
        assert "The price is secret" not in page

    def test_bad_versions_are_no_error(self, cast, assignment):
        update = cast.draft(assignment)
        answer = signed_in(cast.olive).post(reverse("preview_update", args=[update.pk]), {"version": "x"})
        assert answer.status_code == 200


class TestEvidence:
    def test_a_file_is_added_on_the_page_and_removed(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        client = signed_in(cast.olive)
        file = SimpleUploadedFile("report.pdf", PDF)
        client.post(
            address,
            update_form(
                client.get(address), **{"do": "evidence", "evidence-title": "Report", "evidence-file": file}
            ),
        )
        piece = Update.objects.get().evidence.get()
        page = client.get(address)
        assert "report.pdf" in page.content.decode()
        client.post(address, update_form(page, do=f"remove-{piece.pk}"))
        assert not Update.objects.get().evidence.exists()

    def test_a_file_chosen_before_save_is_pressed_is_not_forgotten(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        client = signed_in(cast.olive)
        file = SimpleUploadedFile("report.pdf", PDF)
        client.post(
            address, update_form(client.get(address), **{"evidence-title": "Report", "evidence-file": file})
        )
        assert Update.objects.get().evidence.count() == 1

    def test_a_bad_file_is_told_and_the_words_are_saved(self, cast, assignment):
        address = reverse("log_update", args=[assignment.pk])
        client = signed_in(cast.olive)
        file = SimpleUploadedFile("a.svg", b"<svg/>")
        page = client.post(
            address, update_form(client.get(address), **{"evidence-title": "Picture", "evidence-file": file})
        )
        assert "Choose a file of one of these kinds" in page.content.decode()
        assert Update.objects.get().progress == "Three crossings are built."

    def test_a_page_of_its_own(self, cast, assignment):
        update = cast.draft(assignment)
        address = reverse("add_evidence", args=[update.pk])
        answer = signed_in(cast.olive).post(address, {"title": "Minutes", "url": "https://example.org/m"})
        assert answer.status_code == 302
        assert (
            "Choose a file or enter a link"
            in signed_in(cast.olive).post(address, {"title": "X"}).content.decode()
        )

    def file_of(self, cast, assignment, **details):
        update = cast.draft(assignment)
        piece = add_evidence(
            by=cast.olive,
            update=update,
            title="Report",
            file=SimpleUploadedFile("report.pdf", PDF),
            **details,
        )
        return update, piece

    def publish(self, cast, update):
        update = updates.submit_update(by=cast.olive, update=update)
        updates.publish_update(by=cast.ada, update=update)

    def test_a_file_goes_out_so_that_nothing_in_it_runs(self, cast, assignment):
        update, piece = self.file_of(cast, assignment)
        address = reverse("evidence_file", args=[piece.pk])
        assert Client().get(address).status_code == 404
        self.publish(cast, update)
        answer = Client().get(address)
        assert answer.getvalue() == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]

    def test_restricted_evidence_is_for_people_who_sign_in(self, cast, assignment):
        update, piece = self.file_of(cast, assignment, visibility="restricted")
        self.publish(cast, update)
        address = reverse("evidence_file", args=[piece.pk])
        assert Client().get(address).status_code == 404
        answer = signed_in(cast.nobody).get(address)
        assert answer.status_code == 200
        assert answer.getvalue() == PDF

    def test_exempt_evidence_is_for_those_with_the_right_and_the_sight_is_logged(self, cast, assignment):
        update, piece = self.file_of(
            cast,
            assignment,
            visibility="exempt",
            exempt_paragraphs=[3],
            public_summary="A contract is withheld.",
        )
        self.publish(cast, update)
        address = reverse("evidence_file", args=[piece.pk])
        assert signed_in(cast.olive).get(address).status_code == 404
        answer = signed_in(cast.ada).get(address)
        assert answer.status_code == 200
        assert answer.getvalue() == PDF
        assert ExemptAccessLog.objects.filter(user=cast.ada, what="evidence", row_key=piece.pk).exists()

    def test_one_on_the_record_is_replaced_with_a_reason_and_the_earlier_one_closes(self, cast, assignment):
        update, piece = self.file_of(cast, assignment)
        self.publish(cast, update)
        record = reverse("recommendation", args=[assignment.recommendation_id])
        where = reverse("replace_evidence", args=[piece.pk])
        assert where in signed_in(cast.ada).get(record).content.decode()
        assert where not in signed_in(cast.olive).get(record).content.decode()
        with at(TODAY + dt.timedelta(days=1)):
            answer = signed_in(cast.ada).post(
                where, {"title": "Whole report", "url": "https://example.org/r"}
            )
            assert "Enter why it is replaced" in answer.content.decode()
            typed = {"title": "Whole report", "url": "https://example.org/r", "reason": "A page was missing"}
            answer = signed_in(cast.ada).post(where, typed)
        assert answer["Location"] == f"{record}#update-{update.pk}"
        public = Client().get(record).content.decode()
        assert "Took the place of an earlier one on 13 January 2026: A page was missing" in public
        assert "Whole report" in public
        earlier = reverse("evidence_file", args=[piece.pk])
        assert earlier not in public
        assert Client().get(earlier).status_code == 404
        assert signed_in(cast.olive).get(earlier).status_code == 404
        assert earlier in signed_in(cast.ada).get(record).content.decode()
        assert signed_in(cast.ada).get(earlier).getvalue() == PDF
        with at(TODAY + dt.timedelta(days=2)):
            then = Client().get(record, {"as_at": "2026-01-12"}).content.decode()
        assert "Report (replaced since)" in then
        assert "Whole report" not in then

    def test_a_response_and_an_inquiry_take_documents(self, cast, assignment):
        response = cast.response(assignment)
        sam = signed_in(cast.sam)
        where = reverse("add_response_evidence", args=[response.pk])
        sam.post(where, {"title": "The letter", "file": SimpleUploadedFile("letter.pdf", PDF)})
        record = reverse("recommendation", args=[assignment.recommendation_id])
        assert "The letter" in Client().get(record).content.decode()
        inquiry = assignment.recommendation.inquiry
        where = reverse("add_document", args=[inquiry.pk])
        assert "Choose a file or enter a link" in sam.post(where, {"title": "Paper"}).content.decode()
        sam.post(where, {"title": "The report", "file": SimpleUploadedFile("report.pdf", PDF)})
        sam.post(where, {"title": "For officers", "url": "https://example.org/p", "visibility": "restricted"})
        public = Client().get(reverse("inquiry", args=[inquiry.pk])).content.decode()
        assert "The report" in public
        assert "For officers" not in public
        workspace = sam.get(reverse("inquiry_workspace", args=[inquiry.pk])).content.decode()
        assert "For officers" in workspace
        assert reverse("replace_evidence", args=[inquiry.evidence.first().pk]) in workspace

    def test_a_file_gone_from_storage_is_not_found(self, cast, assignment):
        update, piece = self.file_of(cast, assignment)
        self.publish(cast, update)
        piece.file.storage.delete(piece.file.name)
        assert Client().get(reverse("evidence_file", args=[piece.pk])).status_code == 404


NEW_DATE = {
    "new_date_day": "30",
    "new_date_month": "9",
    "new_date_year": "2026",
    "new_date_reason": "The bidder withdrew.",
}


class TestAskingForADateWithTheUpdate:
    def test_it_is_asked_for_once_the_update_is_published(self, cast, assignment):
        client = signed_in(cast.olive)
        address = reverse("log_update", args=[assignment.pk])
        client.post(address, update_form(client.get(address), **NEW_DATE))
        update = Update.objects.get()
        assert (update.new_date, update.new_date_reason) == (dt.date(2026, 9, 30), "The bidder withdrew.")
        read = client.get(reverse("preview_update", args=[update.pk])).content.decode()
        assert "30 September 2026 in place of 31 March 2026" in read
        update = updates.submit_update(by=cast.olive, update=update)
        assert not TargetChange.objects.exists()
        assert "30 September 2026 in place of" in (
            signed_in(cast.ada).get(reverse("approval", args=[update.pk])).content.decode()
        )
        updates.publish_update(by=cast.ada, update=update)
        change = TargetChange.objects.get()
        assert (change.state, change.asked_by, change.reason) == (
            "requested",
            cast.olive,
            "The bidder withdrew.",
        )
        assert change.new_date == dt.date(2026, 9, 30)
        page = client.get(address).content.decode()
        assert "You asked for a new date, 30 September 2026" in page
        assert "new_date_reason" not in page

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"new_date_reason": ""}, "Enter why a new date is needed"),
            (
                {"new_date_day": "", "new_date_month": "", "new_date_year": ""},
                "Enter the new date, or clear why",
            ),
            ({"new_date_year": "2025"}, "Enter a date that is still to come"),
            ({"new_date_day": "31", "new_date_month": "3"}, "Enter a date other than the present one"),
        ],
    )
    def test_what_is_wrong_is_told_in_the_preview(self, cast, assignment, typed, told):
        client = signed_in(cast.olive)
        address = reverse("log_update", args=[assignment.pk])
        client.post(address, update_form(client.get(address), **NEW_DATE | typed))
        update = Update.objects.get()
        assert told in client.get(reverse("preview_update", args=[update.pk])).content.decode()
        with pytest.raises(ActionDenied, match=told):
            updates.submit_update(by=cast.olive, update=update)

    def test_half_a_date_is_told_at_its_box(self, cast, assignment):
        client = signed_in(cast.olive)
        address = reverse("log_update", args=[assignment.pk])
        page = client.post(address, update_form(client.get(address), **NEW_DATE | {"new_date_month": ""}))
        assert "The new date must include a month" in page.content.decode()

    def test_a_date_asked_for_meanwhile_sends_it_back_to_the_officer(self, cast, assignment):
        update = cast.submitted(assignment, new_date=dt.date(2026, 9, 30), new_date_reason="Late")
        target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 8, 31), reason="Late"
        )
        with pytest.raises(ActionDenied, match=r"can’t be asked for now\. A new date has already"):
            updates.publish_update(by=cast.ada, update=update)

    def test_closed_meanwhile_it_is_published_and_nothing_is_asked_for(self, cast, assignment):
        update = cast.submitted(assignment, new_date=dt.date(2026, 9, 30), new_date_reason="Late")
        cast.close(assignment)
        updates.publish_update(by=cast.ada, update=update)
        assert not TargetChange.objects.exists()

    def test_nothing_is_offered_where_there_is_no_date(self, cast):
        assignment = cast.assignment(first_target_on=None)
        page = signed_in(cast.olive).get(reverse("log_update", args=[assignment.pk])).content.decode()
        assert "Ask for a new date" not in page


class TestStepsAndDates:
    def test_steps_are_added_ticked_and_removed(self, cast, assignment):
        address = reverse("milestones", args=[assignment.pk])
        client = signed_in(cast.olive)
        client.post(address, {"do": "add", "new-words": "Design"})
        client.post(address, {"do": "add", "new-words": "Build"})
        design, build = assignment.milestones.order_by("pk")
        client.post(address, {"do": "tick", "milestones": [design.pk], "before": ""})
        client.post(address, {"do": f"remove-{build.pk}"})
        assert [step.done_on for step in assignment.milestones.all()] == [clock.today()]
        assert "Enter what the step is" in client.post(address, {"do": "add"}).content.decode()
        assert client.post(address, {"do": "remove-987654"}).status_code == 404

    @pytest.mark.parametrize(("notified_on", "words"), [((2025, 9, 1), "was due"), ((2026, 1, 5), "is due")])
    def test_a_day_to_come_is_not_told_as_past(self, cast, notified_on, words):
        assignment = cast.assignment(notified_on=dt.date(*notified_on))
        page = signed_in(cast.olive).get(reverse("assignment", args=[assignment.pk])).content.decode()
        assert f"A response {words} by" in page

    def test_while_one_waits_there_is_nothing_to_fill_in(self, cast, assignment):
        target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 8, 31), reason="Late"
        )
        page = signed_in(cast.olive).get(reverse("request_new_date", args=[assignment.pk])).content.decode()
        assert "was already asked for" in page
        assert "Why is a new date needed?" not in page
        assert "Ask the committee</button>" not in page

    def test_a_new_date_is_asked_for_with_its_reason(self, cast, assignment):
        address = reverse("request_new_date", args=[assignment.pk])
        client = signed_in(cast.olive)
        day = {"new_date_day": "1", "new_date_month": "9", "new_date_year": "2026"}
        assert "Enter why a new date is needed" in client.post(address, day).content.decode()
        assert client.post(address, day | {"reason": "The contractor left"}).status_code == 302
        assert TargetChange.objects.requested().count() == 1
        assert "already been asked for" in client.post(address, day | {"reason": "Again"}).content.decode()

    def test_a_draft_is_thrown_away(self, cast, assignment):
        update = cast.draft(assignment)
        address = reverse("discard_update", args=[update.pk])
        client = signed_in(cast.olive)
        assert client.post(address, {"version": update.version - 1})["Location"] == reverse(
            "log_update", args=[assignment.pk]
        )
        client.post(address, {"version": update.version})
        assert not Update.objects.exists()

    def test_the_assignment_page_has_the_same_queries_for_one_event_and_for_many(self, cast, assignment):
        def count() -> int:
            client = signed_in(cast.olive)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("assignment", args=[assignment.pk])).status_code == 200
            return len(queries)

        cast.response(assignment)
        cast.published(assignment)
        before = count()
        for number in range(5):
            cast.published(assignment, progress=f"Step {number}")
            cast.response(assignment, text=f"Answer {number}")
        assert count() == before
