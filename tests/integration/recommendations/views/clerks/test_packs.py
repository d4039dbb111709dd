"""Clerks: meetings, packs from choice to release, who sees what, and what happens when making goes wrong."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from recommendations.actions import pack_builds
from recommendations.actions import packs as actions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import (
    Claim,
    Edition,
    Grade,
    MeetingState,
    Outcome,
    PackSection,
    PackState,
    Role,
)
from recommendations.models import ExemptAccessLog, Meeting, Membership, Pack
from recommendations.packs import build as building
from recommendations.packs import leftovers
from recommendations.packs.build import build
from recommendations.packs.leftovers import clear_files
from recommendations.packs.pdf.document import Printed
from recommendations.packs.pdf.render import RenderError
from recommendations.packs.recover import recover_packs
from recommendations.packs.selection import moved, of_meeting, ordered, ticked
from recommendations.packs.tasks import request_build
from tests.clients import signed_in
from tests.factories import Cast, fresh, person

SECRET = "Xenolith at 417 pounds"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs whose PDF is a stand-in: what these tests ask does not hang on the pages."""

    def stand_in(content: Any, *, step: Callable[[int, int], None], **_more: Any) -> Printed:
        step(0, 1)
        return Printed(b"%PDF-1.7 stand-in", 3)

    monkeypatch.setattr(building, "make_pdf", stand_in)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(dt.date(2026, 1, 26))


@pytest.fixture
def draft(cast: Cast, meeting: Meeting) -> Pack:
    return make_draft(cast, meeting)


def make_draft(cast: Cast, meeting: Meeting, edition: str = Edition.PUBLIC, **details: Any) -> Pack:
    assignment = cast.assignment()
    cast.published(
        assignment, claim=Claim.ON_TRACK, exempt_text=SECRET, exempt_paragraphs=[3], public_summary="A cost"
    )
    details.setdefault("selection", [assignment.recommendation_id])
    return actions.compose_pack(
        by=fresh(cast.carla),
        meeting=meeting,
        edition=edition,
        contact="Clerk",
        **{"title": "Progress"} | details,
    )


def made(cast: Cast, pack: Pack) -> Pack:
    actions.queue_pack(by=fresh(cast.carla), pack=pack)
    assert build(pack.pk) == PackState.READY
    return Pack.objects.get(pk=pack.pk)


def body(answer: Any) -> bytes:
    """The whole answer; reading a file to its end closes it."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


class TestMeetings:
    def test_list_and_page(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        assert "26 January 2026" in client.get(reverse("meetings")).content.decode()
        assert client.get(reverse("meeting", args=[meeting.pk])).status_code == 200

    def test_packs_asked_for_are_shown_to_whoever_asked(self, cast: Cast, draft: Pack, quick: None) -> None:
        def shown(user: User) -> str:
            return signed_in(user).get(reverse("meetings")).content.decode()

        assert "Packs you asked for" not in shown(cast.carla)
        request_build(by=fresh(cast.carla), pack=draft)
        assert reverse("pack_progress", args=[draft.pk]) in shown(cast.carla)
        made(cast, draft)
        assert "Not released yet" in shown(cast.carla)
        assert "Packs you asked for" not in shown(cast.sam)
        actions.release_pack(by=fresh(cast.carla), pack=draft)
        assert "Packs you asked for" not in shown(cast.carla)

    def test_filters(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        assert client.get(reverse("meetings"), {"state": "cancelled"}).context["page"].paginator.count == 0
        assert (
            client.get(reverse("meetings"), {"held_from": "2026-01-20"}).context["page"].paginator.count == 1
        )
        assert client.get(reverse("meetings"), {"body": "nonsense", "held_from": "x"}).status_code == 200

    def test_add(self, cast: Cast) -> None:
        data = {
            "body": cast.cabinet.pk,
            "held_on_day": "2",
            "held_on_month": "2",
            "held_on_year": "2026",
            "place": "Hall",
        }
        answer = signed_in(cast.carla).post(reverse("new_meeting"), data)
        assert answer.status_code == 302
        assert Meeting.objects.get(body=cast.cabinet).held_on == dt.date(2026, 2, 2)

    def test_bad_input_keeps_what_was_typed(self, cast: Cast) -> None:
        answer = signed_in(cast.carla).post(
            reverse("new_meeting"), {"place": "The long room", "held_on_day": "31", "held_on_month": "2"}
        )
        assert answer.status_code == 200
        assert "The long room" in answer.content.decode()
        assert "Select" in answer.content.decode()

    def test_two_people_editing(self, cast: Cast, meeting: Meeting) -> None:
        data = {
            "held_on_day": "26",
            "held_on_month": "1",
            "held_on_year": "2026",
            "place": "Mine",
            "version": meeting.version,
        }
        client = signed_in(cast.carla)
        client.post(reverse("edit_meeting", args=[meeting.pk]), {**data, "place": "Theirs"})
        answer = client.post(reverse("edit_meeting", args=[meeting.pk]), data)
        assert answer.status_code == 200
        assert "Changed by somebody else" in answer.content.decode()
        assert "Theirs" in answer.content.decode()

    def test_cancel_and_plan_again(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        client.post(
            reverse("move_meeting", args=[meeting.pk]), {"to": "cancelled", "version": meeting.version}
        )
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CANCELLED
        client.post(
            reverse("move_meeting", args=[meeting.pk]), {"to": "nonsense", "version": meeting.version}
        )
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CANCELLED

    def test_rights(self, cast: Cast, meeting: Meeting) -> None:
        address = reverse("meeting", args=[meeting.pk])
        assert Client().get(address).status_code == 302
        assert signed_in(cast.colin).get(address).status_code == 403
        assert signed_in(cast.oscar).get(address).status_code == 404
        assert signed_in(cast.sam).get(address).status_code == 200
        assert signed_in(cast.carla).get(reverse("meeting", args=[999_999])).status_code == 404

    def test_same_queries_for_one_and_twenty(self, cast: Cast, meeting: Meeting) -> None:
        client = signed_in(cast.carla)
        client.get(reverse("meetings"))
        with CaptureQueriesContext(connection) as one:
            client.get(reverse("meetings"))
        for number in range(20):
            cast.meeting(dt.date(2026, 3, number + 1))
        with CaptureQueriesContext(connection) as many:
            client.get(reverse("meetings"))
        assert len(many) == len(one)


class TestComposing:
    def data(self, **more: Any) -> dict[str, Any]:
        return {
            "title": "A pack",
            "edition": "public",
            "start": "open",
            "sections": ["summary", "recommendations"],
            **more,
        }

    def test_proposal_is_whole(self, cast: Cast, meeting: Meeting) -> None:
        cast.assignment()
        page = signed_in(cast.carla).get(reverse("compose_pack", args=[meeting.pk])).content.decode()
        assert "All recommendations that are open and concern this body" in page
        assert "1 recommendation" in page
        assert "Pages to expect" in page

    def test_from_meeting_to_ready_in_two_presses(
        self,
        cast: Cast,
        meeting: Meeting,
        quick: None,
        django_capture_on_commit_callbacks: Any,
        run_tasks: Any,
    ) -> None:
        cast.assignment()
        client = signed_in(cast.carla)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("compose_pack", args=[meeting.pk]), self.data(do="make"))
        pack = Pack.objects.get()
        assert answer["Location"] == reverse("pack_progress", args=[pack.pk])
        assert "Waiting for its turn" in client.get(answer["Location"]).content.decode()
        run_tasks()
        assert client.get(answer["Location"])["Location"] == reverse("pack", args=[pack.pk])
        assert Pack.objects.get().state == PackState.READY

    def test_without_sections_or_title(self, cast: Cast, meeting: Meeting) -> None:
        answer = signed_in(cast.carla).post(
            reverse("compose_pack", args=[meeting.pk]), {"edition": "public", "start": "none"}
        )
        assert "Select at least one section" in answer.content.decode()
        assert "Enter title" in answer.content.decode()

    def test_exempt_edition_only_with_the_right(self, cast: Cast, meeting: Meeting) -> None:
        plain = person("Cleo Clerk", (Role.CLERK, cast.council))
        client = signed_in(plain)
        assert "Exempt edition" not in client.get(reverse("compose_pack", args=[meeting.pk])).content.decode()
        client.post(reverse("compose_pack", args=[meeting.pk]), self.data(edition="exempt"))
        assert Pack.objects.get().edition == Edition.PUBLIC

    def test_two_clerks_editing(self, cast: Cast, draft: Pack) -> None:
        client, address = signed_in(cast.carla), reverse("edit_pack", args=[draft.pk])
        data = {**self.data(title="Mine"), "version": draft.version}
        client.post(address, {**data, "title": "Theirs"})
        answer = client.post(address, data)
        assert "Changed by somebody else" in answer.content.decode()
        assert "Theirs" in answer.content.decode()
        assert "Mine" in answer.content.decode()

    def test_choosing_by_hand(self, cast: Cast, draft: Pack) -> None:
        other = cast.assignment().recommendation_id
        client, address = signed_in(cast.carla), reverse("choose_recommendations", args=[draft.pk])
        assert client.get(address, {"status": "overdue", "inquiry": "x"}).status_code == 200
        first = draft.selection[0]
        client.post(
            address, {"version": draft.version, "shown": [first, other], "pick": [other], "do": "done"}
        )
        draft.refresh_from_db()
        assert draft.selection == [other]
        client.post(address, {"version": draft.version, "do": "all"})
        draft.refresh_from_db()
        assert draft.selection == [other, first]

    def test_a_filtered_list_is_added_or_taken_away_whole(self, cast: Cast, draft: Pack) -> None:
        late = [cast.assignment(first_target_on=dt.date(2025, 12, 1)) for _ in range(2)]
        overdue, first = {one.recommendation_id for one in late}, draft.selection[0]
        client, address = signed_in(cast.carla), reverse("choose_recommendations", args=[draft.pk])
        page = client.get(address, {"status": "overdue"}).content.decode()
        assert "Add all 2 in this list" in page
        assert "Take all 2 of this list away" in page
        client.post(f"{address}?status=overdue", {"version": draft.version, "do": "all"})
        draft.refresh_from_db()
        assert draft.selection[0] == first
        assert set(draft.selection) == {first, *overdue}
        client.post(f"{address}?status=overdue", {"version": draft.version, "do": "none"})
        draft.refresh_from_db()
        assert draft.selection == [first]

    def test_is_picked_by_everything_a_clerk_thinks_of(self, cast: Cast, draft: Pack) -> None:
        page = signed_in(cast.carla).get(reverse("choose_recommendations", args=[draft.pk]))
        offered = set(page.context["filter"].filters)
        assert {"committee", "inquiry", "body", "status", "theme", "q", "decision", "claim"} <= offered
        assert "Save a template" not in page.content.decode(), "nothing is filtered"

    def test_says_reasons_implications_and_appendices(self, cast: Cast, draft: Pack) -> None:
        client, address = signed_in(cast.carla), reverse("edit_pack", args=[draft.pk])
        data = self.data(
            reasons="It was asked for.",
            implication_legal="A duty under section 9FE.",
            appendices="The plan https://example.org/plan\nThe figures",
            version=draft.version,
        )
        assert client.post(address, data)["Location"] == reverse("pack", args=[draft.pk])
        draft.refresh_from_db()
        assert draft.implications == {"legal": "A duty under section 9FE."}
        page = client.get(reverse("pack", args=[draft.pk])).content.decode()
        for words in ("It was asked for.", "A duty under section 9FE.", "The figures"):
            assert words in page
        assert "their section is not chosen" in page
        stale = client.post(address, data | {"implication_legal": "None that is new."}).content.decode()
        assert "Changed by somebody else" in stale
        assert "A duty under section 9FE." in stale
        too_long = client.post(
            address, data | {"implication_risk": "x" * 2001, "version": 2}
        ).content.decode()
        assert '<details class="govuk-details" open>' in too_long

    def test_as_in_the_last_pack(self, cast: Cast, draft: Pack, quick: None) -> None:
        second = cast.assignment().recommendation_id
        actions.edit_pack(
            by=fresh(cast.carla),
            pack=draft,
            selection=[second, *draft.selection],
            sections=["key", "summary"],
            decisions="Agree the plan",
            implications={"risk": "Some."},
        )
        last = made(cast, draft)
        later = cast.meeting(dt.date(2026, 4, 27))
        client, address = signed_in(cast.carla), reverse("compose_pack", args=[later.pk])
        page = client.get(address, {"start": "last"})
        form = page.context["form"]
        assert form["decisions"].value() == "Agree the plan"
        assert form["sections"].value() == ["key", "summary"]
        assert form["implication_risk"].value() == "Some."
        client.post(address, self.data(start="last", title="The next"))
        assert Pack.objects.get(title="The next").selection == last.selection

    def test_the_exempt_edition_of_any_pack_of_the_body(
        self, cast: Cast, draft: Pack, meeting: Meeting, quick: None
    ) -> None:
        pack, client = made(cast, draft), signed_in(cast.carla)
        made(cast, make_draft(cast, meeting, title="Another that came later"))
        address = f"{reverse('compose_pack', args=[meeting.pk])}?start=pack-{pack.pk}&edition=exempt"
        page = client.get(reverse("pack", args=[pack.pk])).content.decode()
        assert address.replace("&", "&amp;") in page
        form = client.get(address).context["form"]
        assert (form["edition"].value(), form["title"].value()) == (Edition.EXEMPT, pack.title)
        values = form.initial | {"edition": Edition.EXEMPT}
        client.post(address, {name: value for name, value in values.items() if value})
        copied = Pack.objects.latest("pk")
        assert (copied.edition, copied.title, copied.selection) == ("exempt", pack.title, pack.selection)
        elsewhere = cast.meeting(dt.date(2026, 5, 4), cast.cabinet)
        other = reverse("compose_pack", args=[elsewhere.pk])
        assert "As in the pack" not in client.get(f"{other}?start=pack-{pack.pk}").content.decode()
        plain = signed_in(person("Cleo Clerk", (Role.CLERK, cast.council)))
        assert "exempt edition" not in plain.get(reverse("pack", args=[pack.pk])).content.decode()
        assert "edition" not in plain.get(address).context["form"].fields

    def test_stale_choice_changes_nothing(self, cast: Cast, draft: Pack) -> None:
        address = reverse("choose_recommendations", args=[draft.pk])
        answer = signed_in(cast.carla).post(address, {"version": draft.version + 1, "shown": draft.selection})
        assert answer.status_code == 200
        assert Pack.objects.get().selection == draft.selection

    def test_ordering(self, cast: Cast, draft: Pack) -> None:
        second = cast.assignment().recommendation_id
        actions.edit_pack(by=fresh(cast.carla), pack=draft, selection=[*draft.selection, second])
        first, client = draft.selection[0], signed_in(cast.carla)
        address = reverse("order_pack", args=[draft.pk])
        draft.refresh_from_db()
        client.post(address, {"version": draft.version, "do": f"move-up-{second}"})
        draft.refresh_from_db()
        assert draft.selection == [second, first]
        typed = {"version": draft.version, f"place-{second}": "9", f"place-{first}": "x"}
        page = client.post(address, typed).content.decode()
        assert "as a number, such as 3. You typed “x”" in page
        assert f'name="place-{second}" value="9"' in page
        draft.refresh_from_db()
        assert draft.selection == [second, first]
        client.post(address, typed | {f"place-{first}": "1"})
        draft.refresh_from_db()
        assert draft.selection == [first, second]
        client.post(address, {"version": draft.version, "leave": [first]})
        draft.refresh_from_db()
        assert draft.selection == [second]

    def test_unknown_recommendations_are_left_out(self, cast: Cast, meeting: Meeting) -> None:
        hidden = cast.recommendation(cast.inquiry("Not yet public"))
        pack = actions.compose_pack(
            by=fresh(cast.carla), meeting=meeting, title="x", selection=[hidden.pk, 999_999]
        )
        assert pack.selection == []

    def test_nothing_chosen_says_so(self, cast: Cast, meeting: Meeting) -> None:
        pack = actions.compose_pack(by=fresh(cast.carla), meeting=meeting, title="Empty")
        answer = signed_in(cast.carla).post(
            reverse("build_pack", args=[pack.pk]), {"version": pack.version}, follow=True
        )
        assert "Choose at least one recommendation" in answer.content.decode()

    def test_preview(self, cast: Cast, draft: Pack) -> None:
        answer = signed_in(cast.carla).get(reverse("preview_pack", args=[draft.pk]))
        assert "Preview." in answer.content.decode()
        assert SECRET not in answer.content.decode()
        assert "sha256-" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]

    def test_preview_of_nothing_leads_to_the_choice(self, cast: Cast, meeting: Meeting) -> None:
        pack = make_draft(cast, meeting, selection=[])
        answer = signed_in(cast.carla).get(reverse("preview_pack", args=[pack.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("choose_recommendations", args=[pack.pk]), 302)]
        assert "None of the recommendations chosen can be shown in this edition" in answer.content.decode()

    @pytest.mark.parametrize("edition", Edition.values)
    def test_preview_of_every_section(self, cast: Cast, meeting: Meeting, edition: str) -> None:
        sections = list(PackSection.values)
        pack = make_draft(cast, meeting, edition, sections=sections, appendices="The plan", reasons="Due.")
        client, address = signed_in(cast.carla), reverse("preview_pack", args=[pack.pk])
        whole = client.get(address).content.decode()
        for section in PackSection:
            if section != PackSection.COVER:
                assert str(section.label) in whole, section
        assert (SECRET in whole) == (edition == Edition.EXEMPT)
        assert whole.count("<h1") == 1
        for value in sections:
            actions.edit_pack(by=fresh(cast.carla), pack=pack, sections=[value])
            alone = client.get(address)
            assert alone.status_code == 200, value
            assert alone.content.decode().count("<h1") == 1, value

    def test_discard(self, cast: Cast, draft: Pack) -> None:
        signed_in(cast.carla).post(reverse("discard_pack", args=[draft.pk]), {"version": draft.version})
        assert not Pack.objects.exists()

    def test_only_clerks_of_the_body(self, cast: Cast, draft: Pack, meeting: Meeting) -> None:
        elsewhere = person("Elsa Elsewhere", (Role.CLERK, cast.police))
        for name in ("edit_pack", "choose_recommendations", "order_pack", "preview_pack", "pack_progress"):
            address = reverse(name, args=[draft.pk])
            assert Client().get(address).status_code == 302
            assert signed_in(cast.sam).get(address).status_code == 403
            assert signed_in(elsewhere).get(address).status_code == 404
        assert signed_in(cast.carla).get(reverse("release_pack", args=[draft.pk])).status_code == 302
        assert signed_in(cast.sam).post(reverse("release_pack", args=[draft.pk])).status_code == 403
        for name in ("build_pack", "cancel_pack", "new_pack_version", "discard_pack"):
            address = reverse(name, args=[draft.pk])
            assert signed_in(cast.carla).get(address).status_code == 405
            assert signed_in(cast.sam).post(address).status_code == 403
        assert signed_in(cast.sam).get(reverse("compose_pack", args=[meeting.pk])).status_code == 403


class TestReading:
    def test_public_sees_only_what_was_released(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack, visitor = made(cast, draft), Client()
        names = ("pack", "pack_pdf", "pack_html", "pack_json", "pack_csv", "pack_word", "pack_zip")
        assert {visitor.get(reverse(name, args=[pack.pk])).status_code for name in names} == {404}
        assert "No packs have been released yet" in visitor.get(reverse("packs")).content.decode()
        asked = signed_in(cast.carla).get(reverse("release_pack", args=[pack.pk])).content.decode()
        assert "Release this pack to the public?" in asked
        assert "A release can’t be taken back" in asked
        assert Pack.objects.get().released_at is None
        signed_in(cast.carla).post(reverse("release_pack", args=[pack.pk]), {"version": pack.version})
        answers = {name: visitor.get(reverse(name, args=[pack.pk])) for name in names}
        assert {answer.status_code for answer in answers.values()} == {200}
        assert "Progress" in visitor.get(reverse("packs")).content.decode()
        for name in names[1:]:
            assert answers[name]["Cache-Control"].startswith("public")
        for answer in answers.values():
            assert SECRET.encode() not in body(answer)

    def test_pdf_headers(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = made(cast, draft)
        client, address = signed_in(cast.carla), reverse("pack_pdf", args=[pack.pk])
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Disposition"].startswith("inline")
        assert body(answer).startswith(b"%PDF")
        answer = client.get(address + "?download")
        assert answer["Content-Disposition"].startswith("attachment")
        assert body(answer)

    def test_web_page_is_whole(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = made(cast, draft)
        answer = signed_in(cast.carla).get(reverse("pack_html", args=[pack.pk]))
        assert answer.content.decode().count("<h1") == 1
        assert "sha256-" in answer["Content-Security-Policy"]

    def test_exempt_pack_does_not_exist_without_the_right(
        self, cast: Cast, meeting: Meeting, quick: None
    ) -> None:
        pack = made(cast, make_draft(cast, meeting, Edition.EXEMPT))
        actions.release_pack(by=fresh(cast.carla), pack=pack)
        plain = person("Cleo Clerk", (Role.CLERK, cast.council))
        for user in (None, plain, cast.colin, cast.olive, cast.nobody, cast.oscar, cast.admin):
            client = signed_in(user) if user else Client()
            for name in ("pack", "pack_pdf", "pack_html", "pack_json", "pack_csv", "pack_word", "pack_zip"):
                assert client.get(reverse(name, args=[pack.pk])).status_code == 404, (user, name)
            assert "Progress" not in client.get(reverse("packs")).content.decode()

    def test_each_sight_of_an_exempt_pack_is_on_record(
        self, cast: Cast, meeting: Meeting, quick: None
    ) -> None:
        pack = made(cast, make_draft(cast, meeting, Edition.EXEMPT))
        client = signed_in(cast.carla)
        for name in ("pack_pdf", "pack_html", "pack_json", "pack_csv", "pack_word", "pack_zip"):
            answer = client.get(reverse(name, args=[pack.pk]))
            assert answer.status_code == 200
            assert body(answer)
        sights = ExemptAccessLog.objects.filter(what="pack", row_key=pack.pk, user=cast.carla)
        assert sights.count() == 6
        assert SECRET in client.get(reverse("pack_html", args=[pack.pk])).content.decode()

    def test_new_version_says_what_changed(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack, client = made(cast, draft), signed_in(cast.carla)
        client.post(reverse("new_pack_version", args=[pack.pk]))
        second = Pack.objects.get(replaces=pack)
        with pytest.raises(ActionDenied, match="what this version changes"):
            request_build(by=fresh(cast.carla), pack=second)
        actions.edit_pack(by=fresh(cast.carla), pack=second, changes="A date was wrong.")
        second = made(cast, second)
        assert second.number == 2
        assert second.content["replaces"]["changes"] == "A date was wrong."
        assert second.file_name.endswith("-version-2")
        with pytest.raises(ActionDenied, match="Version 2"):
            actions.new_version(by=fresh(cast.carla), pack=pack)
        assert "later version" in client.get(reverse("pack", args=[pack.pk])).content.decode()

    def test_a_supplement_goes_with_what_it_follows(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack, client = made(cast, draft), signed_in(cast.carla)
        actions.release_pack(by=fresh(cast.carla), pack=pack)
        answer = client.post(reverse("new_pack_version", args=[pack.pk]), {"kind": "supplement"})
        second = Pack.objects.get(replaces=pack)
        assert (second.supplement, second.selection, second.title) == (True, [], pack.title)
        assert answer["Location"] == reverse("edit_pack", args=[second.pk])
        page = client.get(answer["Location"]).content.decode()
        assert "What does this supplement add?" in page
        data = {"title": "Progress", "sections": ["recommendations"], "version": second.version}
        assert "Enter what this supplement adds" in client.post(answer["Location"], data).content.decode()
        saved = client.post(answer["Location"], data | {"changes": "One that came late."})
        assert saved["Location"] == reverse("choose_recommendations", args=[second.pk])
        actions.edit_pack(by=fresh(cast.carla), pack=second, selection=[cast.assignment().recommendation_id])
        second = made(cast, Pack.objects.get(pk=second.pk))
        actions.release_pack(by=fresh(cast.carla), pack=second)
        assert second.file_name.endswith("-supplement-1")
        visitor = Client()
        first = visitor.get(reverse("pack", args=[pack.pk])).content.decode()
        assert "There is a supplement" in first
        assert "goes with this one" in first
        told = visitor.get(reverse("pack_html", args=[pack.pk]))
        assert "Supplement 1</a> goes with this pack" in told.content.decode()
        assert told["Cache-Control"] == "public, max-age=300"
        assert "supplement 1</h1>" in visitor.get(reverse("pack", args=[second.pk])).content.decode()
        library = visitor.get(reverse("packs")).content.decode()
        assert "Goes with version 1" in library
        assert "Replaced by a later version" not in library

    def test_files_that_no_pack_names_are_cleared_when_they_are_old(
        self, cast: Cast, draft: Pack, quick: None
    ) -> None:
        kept = str(made(cast, draft).pdf.name)
        names = [f"packs/{pack}-{uuid4().hex}.pdf" for pack in (1, 2)]
        old, young = (default_storage.save(name, ContentFile(b"half")) for name in names)
        foreign = default_storage.save(f"packs/logo-{uuid4().hex}.png", ContentFile(b"not ours"))
        past = (clock.now() - dt.timedelta(days=900)).timestamp()
        for name in (old, kept, foreign):
            os.utime(default_storage.path(name), (past, past))
        assert old in clear_files(dry_run=True)
        assert default_storage.exists(old)
        cleared = clear_files()
        assert old in cleared
        assert not default_storage.exists(old)
        assert all(default_storage.exists(name) for name in (young, kept, foreign))

    def test_stopped_at_the_command_line_it_is_not_made_later(
        self, cast: Cast, meeting: Meeting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cast.assignment()

        def stopped(*_args: Any, **_more: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(building, "make_pdf", stopped)
        with pytest.raises(CommandError, match="Stopped"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "pack.pdf")
        assert Pack.objects.get().state == PackState.DRAFT
        assert list(tmp_path.iterdir()) == []

    def test_a_version_after_supplements_takes_the_place_of_the_first(
        self, cast: Cast, draft: Pack, quick: None
    ) -> None:
        first, clerk = made(cast, draft), fresh(cast.carla)
        numbers = []
        for supplement in (True, True, False):
            later = actions.new_version(by=clerk, pack=first, supplement=supplement)
            numbers.append((later.issue_words, later.replaces_id))
        assert numbers == [(f"{words}", first.pk) for words in ("supplement 1", "supplement 2", "version 2")]
        page = signed_in(cast.carla).get(reverse("pack", args=[first.pk])).content.decode()
        assert page.count("is in preparation") == 3
        with pytest.raises(ActionDenied, match="Version 2 already follows"):
            actions.new_version(by=clerk, pack=first, supplement=True)

    def test_nothing_follows_a_supplement(self, cast: Cast, draft: Pack, quick: None) -> None:
        first, clerk = made(cast, draft), fresh(cast.carla)
        second = actions.new_version(by=clerk, pack=first, supplement=True)
        second = actions.edit_pack(
            by=clerk, pack=second, changes="A letter came late.", selection=first.selection
        )
        second = made(cast, second)
        with pytest.raises(ActionDenied, match="This is a supplement"):
            actions.new_version(by=clerk, pack=second)

    def test_a_supplement_says_what_it_adds_before_it_is_made(
        self, cast: Cast, draft: Pack, quick: None
    ) -> None:
        second = actions.new_version(by=fresh(cast.carla), pack=made(cast, draft), supplement=True)
        second = actions.edit_pack(by=fresh(cast.carla), pack=second, selection=draft.selection)
        with pytest.raises(ActionDenied, match="what this supplement adds"):
            request_build(by=fresh(cast.carla), pack=second)

    def test_a_version_that_took_the_place_is_told_in_the_library(
        self, cast: Cast, draft: Pack, quick: None
    ) -> None:
        pack, visitor = made(cast, draft), Client()
        actions.release_pack(by=fresh(cast.carla), pack=pack)
        second = actions.new_version(by=fresh(cast.carla), pack=pack)
        actions.edit_pack(by=fresh(cast.carla), pack=second, changes="A date was wrong.")
        second = made(cast, Pack.objects.get(pk=second.pk))
        assert "later version" not in visitor.get(reverse("packs")).content.decode(), "it is not released"
        actions.release_pack(by=fresh(cast.carla), pack=second)
        library = visitor.get(reverse("packs")).content.decode()
        assert "Replaced by a later version" in library
        page = visitor.get(reverse("pack_html", args=[pack.pk])).content.decode()
        assert "Version 2</a> takes the place of this pack" in page
        assert "Takes the place of version 1" in library

    def test_library_by_meeting(self, cast: Cast, draft: Pack, quick: None) -> None:
        first = made(cast, draft)
        other = made(cast, make_draft(cast, cast.meeting(dt.date(2026, 1, 26), cast.cabinet)))
        for pack in (first, other):
            actions.release_pack(by=fresh(cast.carla), pack=pack)
        visitor, address = Client(), reverse("packs")
        page = visitor.get(address).content.decode()
        assert page.count('class="app-meeting"') == 2
        assert reverse("pack_html", args=[first.pk]) in page
        assert reverse("pack_word", args=[first.pk]) in page
        alone = visitor.get(address, {"meeting": first.meeting_id})
        assert [pack.pk for pack in alone.context["page"]] == [first.pk]
        for wrong in ("x", "99999999999999999999", "-1"):
            assert visitor.get(address, {"meeting": wrong}).status_code == 200
        hidden = make_draft(cast, cast.meeting(dt.date(2026, 3, 2))).meeting_id
        assert str(hidden) not in [
            str(value) for value, _ in alone.context["filter"].form.fields["meeting"].choices
        ]

    def test_formats_are_listed_with_their_sizes(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = made(cast, draft)
        page = signed_in(cast.carla).get(reverse("pack", args=[pack.pk])).content.decode()
        assert "Download the PDF (17\xa0bytes)" in page
        pack.word.delete(save=False)
        assert signed_in(cast.carla).get(reverse("pack", args=[pack.pk])).status_code == 200

    def test_library_has_same_queries_for_one_and_twenty(
        self, cast: Cast, meeting: Meeting, draft: Pack
    ) -> None:
        client = signed_in(cast.carla)
        client.get(reverse("packs"))
        with CaptureQueriesContext(connection) as one:
            client.get(reverse("packs"))
        for number in range(20):
            actions.compose_pack(by=fresh(cast.carla), meeting=meeting, title=f"Pack {number}")
        with CaptureQueriesContext(connection) as many:
            client.get(reverse("packs"))
        assert len(many) == len(one)


class TestMaking:
    def queued(self, cast: Cast, draft: Pack) -> Pack:
        return actions.queue_pack(by=fresh(cast.carla), pack=draft)

    def test_whole_way_with_the_real_printer(self, cast: Cast, draft: Pack) -> None:
        pack = made(cast, draft)
        with pack.pdf.open("rb") as file:
            assert file.read(5) == b"%PDF-"
        assert (pack.pages or 0) >= 5
        assert pack.html.size > 1000
        assert pack.progress_words == "Ready"

    @pytest.mark.parametrize(
        ("problem", "words"),
        [
            (OSError(errno.ENOSPC, "No space left on device"), "disk of the server is full"),
            (RenderError("Pango, which lays out the pages, is missing"), "Pango"),
            (MemoryError(), "out of memory"),
            (RuntimeError("boom"), "Something unexpected"),
        ],
    )
    def test_failure_says_why_and_can_be_tried_again(
        self, cast: Cast, draft: Pack, monkeypatch: pytest.MonkeyPatch, problem: Exception, words: str
    ) -> None:
        def fails(*_args: Any, **_kwargs: Any) -> Any:
            raise problem

        monkeypatch.setattr(building, "make_pdf", fails)
        pack = self.queued(cast, draft)
        assert build(pack.pk) == PackState.FAILED
        page = signed_in(cast.carla).get(reverse("pack", args=[pack.pk])).content.decode()
        assert words in page
        assert "Try again" in page
        monkeypatch.setattr(building, "make_pdf", lambda *a, **k: Printed(b"%PDF", 1))
        assert self.queued(cast, Pack.objects.get(pk=pack.pk)).state == PackState.QUEUED
        assert build(pack.pk) == PackState.READY

    def test_full_disk_leaves_no_half_file(
        self, cast: Cast, draft: Pack, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        real, calls = building.default_storage.save, []

        def fills_up(name: str, content: Any) -> str:
            calls.append(name)
            if len(calls) == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(name, content)

        monkeypatch.setattr(building.default_storage, "save", fills_up)
        assert build(self.queued(cast, draft).pk) == PackState.FAILED
        assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []

    def test_two_builds_one_wins(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = self.queued(cast, draft)
        assert pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        assert not pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        assert build(pack.pk) == PackState.RENDERING

    def test_stopped_while_it_is_made(
        self, cast: Cast, draft: Pack, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        def stops(*_args: Any, **_kwargs: Any) -> Printed:
            actions.cancel_pack(by=fresh(cast.carla), pack=draft)
            return Printed(b"%PDF", 1)

        monkeypatch.setattr(building, "make_pdf", stops)
        assert build(self.queued(cast, draft).pk) == PackState.DRAFT
        assert Pack.objects.get().failure == ""
        assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []

    def test_worker_killed_half_way_is_begun_again_then_given_up(
        self, cast: Cast, draft: Pack, quick: None
    ) -> None:
        pack = self.queued(cast, draft)
        for state in (PackState.QUEUED, PackState.QUEUED, PackState.FAILED):
            assert pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
            assert recover_packs() == 1
            assert Pack.objects.get().state == state
        assert "stopped 3 times" in Pack.objects.get().failure

    def test_recovered_pack_is_made(
        self,
        cast: Cast,
        draft: Pack,
        quick: None,
        django_capture_on_commit_callbacks: Any,
        run_tasks: Any,
    ) -> None:
        pack_builds.begin_pack(by=fresh(cast.carla), pack=self.queued(cast, draft))
        with django_capture_on_commit_callbacks(execute=True):
            recover_packs()
        run_tasks()
        assert Pack.objects.get().state == PackState.READY

    def test_is_left_to_its_maker_while_that_lives(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = self.queued(cast, draft)
        pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        maker = connection.copy()
        try:
            with maker.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s, %s)", [building.LOCKS, pack.pk])
            assert recover_packs() == 0
            assert Pack.objects.get().state == PackState.RENDERING
        finally:
            maker.close()
        assert recover_packs() == 1

    def test_database_that_goes_at_the_last_moment_costs_only_time(
        self, cast: Cast, draft: Pack, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        def gone(**_details: Any) -> bool:
            raise OperationalError("server closed the connection unexpectedly")

        pack = self.queued(cast, draft)
        with monkeypatch.context() as patched:
            patched.setattr(pack_builds, "finish_pack", gone)
            with pytest.raises(OperationalError):
                build(pack.pk)
        assert Pack.objects.get().state == PackState.RENDERING
        assert recover_packs() == 1
        assert build(pack.pk) == PackState.READY
        # Whether the row named the files could not be known, so they stayed; they are cleared once they are old.
        monkeypatch.setattr(leftovers, "SAFE_AGE", dt.timedelta(0))
        assert len(clear_files()) == 3
        kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
        assert len(kept) == 3

    def test_attempt_thought_dead_finds_its_ticket_gone(self, cast: Cast, draft: Pack) -> None:
        pack = self.queued(cast, draft)
        pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        Pack.objects.filter(pk=pack.pk).update(queued_at=clock.now() + dt.timedelta(minutes=1))
        assert not pack_builds.report_pack(pack, 1, 2, "still here")

    def test_progress_in_words(self, cast: Cast, draft: Pack) -> None:
        pack = self.queued(cast, draft)
        pack_builds.begin_pack(by=fresh(cast.carla), pack=pack)
        pack_builds.report_pack(pack, 30, 60, "Laying out page 14")
        client, address = signed_in(cast.carla), reverse("pack_progress", args=[pack.pk])
        page = client.get(address).content.decode()
        assert "Laying out page 14" in page
        assert "<progress" in page
        fragment = client.get(address, headers={"X-Fragment": "1"})
        assert fragment["X-Waiting"] == "1"
        assert "<html" not in fragment.content.decode()

    def test_frozen_pack_never_changes(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack = made(cast, draft)
        with pytest.raises(ActionDenied):
            actions.edit_pack(by=fresh(cast.carla), pack=pack, title="Other")
        with pytest.raises(ActionDenied):
            request_build(by=fresh(cast.carla), pack=pack)
        with pytest.raises(DatabaseError), transaction.atomic():
            Pack.objects.filter(pk=pack.pk).update(title="Other")

    def test_release_once_and_not_before_it_is_ready(self, cast: Cast, draft: Pack, quick: None) -> None:
        with pytest.raises(ActionDenied):
            actions.release_pack(by=fresh(cast.carla), pack=draft)
        pack = made(cast, draft)
        actions.release_pack(by=fresh(cast.carla), pack=pack)
        with pytest.raises(ActionDenied):
            actions.release_pack(by=fresh(cast.carla), pack=pack)

    def test_stale_button(self, cast: Cast, draft: Pack) -> None:
        with pytest.raises(EditConflict):
            request_build(by=fresh(cast.carla), pack=draft, version=draft.version + 1)
        answer = signed_in(cast.carla).post(reverse("build_pack", args=[draft.pk]), {"version": "x"})
        assert answer["Location"] == reverse("pack", args=[draft.pk])
        assert Pack.objects.get().state == PackState.DRAFT


class TestCommands:
    def test_build_pack(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        cast.assignment()
        out = io.StringIO()
        target = tmp_path / "pack.pdf"
        call_command("build_pack", meeting=meeting.pk, edition="public", output=target, stdout=out)
        assert target.read_bytes().startswith(b"%PDF")
        assert "1 recommendations" in out.getvalue()

    def test_nothing_to_put_in_it(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="Choose at least one"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "x.pdf")
        assert list(tmp_path.glob("*.pdf")) == []

    def test_wrong_meeting_person_or_directory(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="no meeting 999999"):
            call_command("build_pack", meeting=999_999, output=tmp_path / "x.pdf")
        with pytest.raises(CommandError, match="Nobody has an account"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "x.pdf", user="no@example.org")
        with pytest.raises(CommandError, match="no directory"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path / "none" / "x.pdf")

    def test_exempt_needs_a_clerk_with_the_right(self, cast: Cast, meeting: Meeting, tmp_path: Path) -> None:
        Membership.objects.filter(user=cast.carla).update(sees_exempt=False)
        with pytest.raises(CommandError, match="no clerk who may make this edition"):
            call_command("build_pack", meeting=meeting.pk, edition="exempt", output=tmp_path / "x.pdf")

    def test_list_meetings(self, cast: Cast, meeting: Meeting) -> None:
        out = io.StringIO()
        call_command("list_meetings", next=True, id_only=True, stdout=out)
        assert out.getvalue().strip() == str(meeting.pk)
        call_command("list_meetings", stdout=out)
        assert "2026-01-26" in out.getvalue()

    def test_no_meetings(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="No meeting is to come"):
            call_command("list_meetings", next=True)


class TestSelection:
    def test_open_ones_that_concern_the_body(self, cast: Cast, meeting: Meeting) -> None:
        mine, closed = cast.assignment(), cast.assignment()
        held = cast.meeting(dt.date(2026, 1, 5))
        cast.verdict(closed, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED, meeting=held)
        for body in (cast.committee, cast.cabinet):
            row = cast.meeting(dt.date(2026, 2, 9), body)
            assert of_meeting(row, by=fresh(cast.carla), edition="public") == [mine.recommendation_id]
        row = cast.meeting(dt.date(2026, 2, 9), cast.other_committee)
        assert of_meeting(row, by=fresh(cast.carla), edition="public") == []

    def test_ticks(self) -> None:
        assert ticked([1, 2, 3], shown=[2, 4, 5], ticks=[5]) == [1, 3, 5]

    def test_numbers(self) -> None:
        assert ordered([1, 2, 3], {3: 1, 1: 2, 2: 3}, []) == [3, 1, 2]
        assert ordered([1, 2, 3], {}, [2]) == [1, 3]
        assert ordered([1, 2, 3], {1: 1, 2: 2, 3: 1}, []) == [3, 1, 2]
        assert ordered([1, 2, 3], {1: 3, 2: 2, 3: 3}, []) == [2, 3, 1]

    def test_arrows(self) -> None:
        one = dict.fromkeys([1, 2, 3], 7)
        assert moved([1, 2, 3], 1, -1, one) == [1, 2, 3]
        assert moved([1, 2, 3], 3, 1, one) == [1, 2, 3]
        assert moved([1, 2, 3], 1, 1, one) == [2, 1, 3]
        assert moved([1, 2, 3], 9, 1, one) == [1, 2, 3]

    def test_arrows_take_the_inquiry_along_beyond_its_end(self) -> None:
        inquiries = {1: 7, 2: 7, 3: 8, 4: 8, 5: 9}
        assert moved([1, 2, 3, 4, 5], 3, -1, inquiries) == [3, 4, 1, 2, 5]
        assert moved([1, 2, 3, 4, 5], 4, 1, inquiries) == [1, 2, 5, 3, 4]
        assert moved([1, 3, 2, 4, 5], 2, -1, inquiries) == [2, 1, 3, 4, 5]
