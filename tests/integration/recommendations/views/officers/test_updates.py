"""Writing an update: drafts, autosave, preview and submission."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import milestones, updates
from recommendations.models import ExemptAccessLog, Update
from tests.clients import signed_in, update_form
from tests.integration.recommendations.views.officers.helpers import EXEMPT


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


class TestDiscarding:
    def test_a_draft_is_thrown_away(self, cast, assignment):
        update = cast.draft(assignment)
        address = reverse("discard_update", args=[update.pk])
        client = signed_in(cast.olive)
        assert client.post(address, {"version": update.version - 1})["Location"] == reverse(
            "log_update", args=[assignment.pk]
        )
        client.post(address, {"version": update.version})
        assert not Update.objects.exists()
