"""Evidence with an update: adding, reading, replacing."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from recommendations.actions import updates
from recommendations.actions.evidence import add_evidence
from recommendations.models import ExemptAccessLog, Update
from tests.clients import signed_in, update_form
from tests.factories import TODAY, at

PDF = b"%PDF-1.7\ntrailer\n<<>>\n%%EOF\n"


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
