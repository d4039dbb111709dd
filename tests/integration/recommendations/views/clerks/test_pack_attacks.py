"""Attacks on packs and their templates: by clerks who may see less than whoever made them, and by doing things in an
order that nobody meant."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from recommendations.actions import pack_builds
from recommendations.actions import packs as actions
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Edition, PackState, Role
from recommendations.models import Meeting, Pack, PackTemplate
from recommendations.packs import build as building
from recommendations.packs.build import build
from recommendations.packs.pdf.document import Printed
from recommendations.packs.selection import kept_query
from recommendations.packs.tasks import request_build
from tests.clients import signed_in, words_of
from tests.factories import Cast, fresh, person
from tests.integration.recommendations.packs.helpers import body, made, make_draft

HIDDEN = "Selling the Hill House"


@pytest.fixture
def narrow(cast: Cast) -> User:
    """A clerk of the Cabinet alone, with the right to exempt text there, who sees no draft of a select committee."""
    return person("Cleo Cabinet", (Role.CLERK, cast.cabinet), sees_exempt=True)


@pytest.fixture
def at_cabinet(cast: Cast) -> Meeting:
    return cast.meeting(dt.date(2026, 2, 2), cast.cabinet)


class TestUnpublishedReports:
    def test_what_another_clerk_chose_is_not_named_to_who_may_not_see_it(
        self, cast: Cast, narrow: User, at_cabinet: Meeting
    ) -> None:
        hidden = cast.recommendation(cast.inquiry("Not yet public"), heading=HIDDEN)
        open_one = cast.assignment().recommendation_id
        pack = make_draft(cast, at_cabinet, Edition.EXEMPT, selection=[hidden.pk, open_one])
        for name in ("pack", "order_pack", "choose_recommendations", "preview_pack"):
            address = reverse(name, args=[pack.pk])
            page = signed_in(narrow).get(address)
            assert page.status_code == 200
            assert HIDDEN not in page.content.decode(), name
        assert HIDDEN in signed_in(cast.carla).get(reverse("pack", args=[pack.pk])).content.decode()

    def test_it_stays_chosen_whatever_they_do_to_the_rest(
        self, cast: Cast, narrow: User, at_cabinet: Meeting
    ) -> None:
        hidden = cast.recommendation(cast.inquiry("Not yet public"), heading=HIDDEN)
        first, second = cast.assignment().recommendation_id, cast.assignment().recommendation_id
        pack = make_draft(cast, at_cabinet, Edition.EXEMPT, selection=[hidden.pk, first, second])
        client, order = signed_in(narrow), reverse("order_pack", args=[pack.pk])
        page = words_of(client.get(order))
        assert "1 recommendation more, chosen by somebody else, is from a report" in page

        def chosen() -> list[int]:
            return list(Pack.objects.get(pk=pack.pk).selection)

        version = Pack.objects.get(pk=pack.pk).version
        client.post(order, {"version": version, "do": f"move-down-{first}", f"place-{first}": 1})
        assert chosen() == [second, first, hidden.pk]
        version = Pack.objects.get(pk=pack.pk).version
        client.post(reverse("choose_recommendations", args=[pack.pk]), {"version": version, "do": "none"})
        assert chosen() == [hidden.pk]
        invented = {"version": version + 1, "shown": [hidden.pk], "pick": []}
        client.post(reverse("choose_recommendations", args=[pack.pk]), invented)
        assert chosen() == [hidden.pk]

    @pytest.mark.parametrize("edition", [Edition.PUBLIC, Edition.EXEMPT])
    def test_a_template_does_not_name_an_inquiry_that_is_not_public(
        self, cast: Cast, narrow: User, at_cabinet: Meeting, edition: str
    ) -> None:
        hidden = cast.inquiry(HIDDEN)
        pack, query = make_draft(cast, at_cabinet, edition), f"inquiry={hidden.pk}"
        data = {"place": "new", "name": "Mine", "picks": "matching", "query": query}
        signed_in(cast.carla).post(reverse("save_template", args=[pack.pk]), data)
        assert HIDDEN not in signed_in(narrow).get(reverse("pack_templates")).content.decode()
        assert not PackTemplate.objects.exists()
        assert kept_query(query, by=fresh(cast.carla), edition=edition) == ("", "")


class TestRights:
    def test_who_may_compose_an_exempt_pack_sees_it_whichever_post_gives_the_right(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        two = person("Toni Two", (Role.CLERK, cast.council))
        assert not Pack.objects.visible_to(fresh(two)).filter(edition=Edition.EXEMPT).exists()
        with pytest.raises(PermissionDenied):
            actions.compose_pack(by=fresh(two), meeting=meeting, edition=Edition.EXEMPT, title="Mine")
        two.memberships.create(role=Role.RESPONSIBLE_OFFICER, body=cast.council, sees_exempt=True)
        pack = actions.compose_pack(by=fresh(two), meeting=meeting, edition=Edition.EXEMPT, title="Mine")
        assert Pack.objects.visible_to(fresh(two)).filter(pk=pack.pk).exists()
        assert signed_in(two).get(reverse("pack", args=[pack.pk])).status_code == 200

    def test_meetings_count_only_packs_that_one_may_see(
        self, cast: Cast, meeting: Meeting, quick: None
    ) -> None:
        made(cast, make_draft(cast, meeting))
        officer = cast.sam

        def counted(user: User) -> int:
            rows = Meeting.objects.counting_packs(Pack.objects.visible_to(fresh(user)))
            return rows.get(pk=meeting.pk).pack_count  # type: ignore[attr-defined]  # annotated

        assert (counted(cast.carla), counted(officer)) == (1, 0)
        actions.release_pack(by=fresh(cast.carla), pack=Pack.objects.get())
        assert (counted(cast.carla), counted(officer)) == (1, 1)


class TestThrownAway:
    def test_while_it_is_made_it_is_gone_and_nothing_breaks(
        self, cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pack = actions.queue_pack(by=fresh(cast.carla), pack=make_draft(cast, meeting))

        def thrown_away(*_args: Any, **_more: Any) -> Printed:
            actions.cancel_pack(by=fresh(cast.carla), pack=pack)
            actions.discard_pack(by=fresh(cast.carla), pack=pack)
            return Printed(b"%PDF", 1)

        monkeypatch.setattr(building, "make_pdf", thrown_away)
        assert build(pack.pk) == "gone"
        assert pack_builds.begin_again(by=fresh(cast.carla), pack=pack) == "gone"
        assert build(pack.pk) == "gone"

    def test_asked_for_anew_between_it_is_made_as_it_is_now(
        self, cast: Cast, meeting: Meeting, quick: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pack = actions.queue_pack(by=fresh(cast.carla), pack=make_draft(cast, meeting))
        begin = pack_builds.begin_pack

        def late(*, by: User, pack: Pack) -> Pack | None:
            clerk = fresh(cast.carla)
            actions.cancel_pack(by=clerk, pack=pack)
            actions.edit_pack(by=clerk, pack=pack, title="As it is now")
            actions.queue_pack(by=clerk, pack=pack)
            Pack.objects.filter(pk=pack.pk).update(queued_at=clock.now() + dt.timedelta(minutes=1))
            return begin(by=by, pack=pack)

        monkeypatch.setattr(pack_builds, "begin_pack", late)
        assert build(pack.pk) == PackState.READY
        content = Pack.objects.get().content
        assert content is not None
        assert content["title"] == "As it is now"


class TestAddresses:
    def test_no_address_in_a_text_is_taken_for_a_place_of_the_pack(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        words = "See https://pack.invalid/nowhere, pack-place:nowhere and https://example.org/ä/😀"
        pack = made(cast, make_draft(cast, meeting, purpose=words, appendices="A https://pack.invalid/x"))
        with pack.pdf.open("rb") as file, pikepdf.open(BytesIO(file.read())) as pdf:
            leads = {
                str(note.A.URI)
                for page in pdf.pages
                for note in page.obj.get("/Annots", ())
                if "/A" in note and "/URI" in note.A
            }
        assert {
            "https://pack.invalid/nowhere",
            "https://pack.invalid/x",
            "https://example.org/%C3%A4/%F0%9F%98%80",
        } <= leads
        assert not any("pack-place" in lead for lead in leads)

    def test_a_version_keeps_the_edition_of_what_it_follows(
        self, cast: Cast, meeting: Meeting, quick: None
    ) -> None:
        later = actions.new_version(by=fresh(cast.carla), pack=made(cast, make_draft(cast, meeting)))
        with pytest.raises(ActionDenied, match="has the edition of what it follows"):
            actions.edit_pack(by=fresh(cast.carla), pack=later, edition=Edition.EXEMPT)


class TestExemptMeanwhile:
    def test_a_stale_edit_shows_nothing_of_what_became_exempt(self, cast: Cast, meeting: Meeting) -> None:
        plain = person("Paul Plain", (Role.CLERK, cast.council))
        opened = make_draft(cast, meeting)
        actions.edit_pack(by=fresh(cast.carla), pack=opened, edition=Edition.EXEMPT, purpose=HIDDEN)
        for act in (
            lambda: actions.edit_pack(by=fresh(plain), pack=opened, version=opened.version, purpose="x"),
            lambda: actions.edit_pack(by=fresh(plain), pack=opened, purpose="x"),
            lambda: request_build(by=fresh(plain), pack=opened),
            lambda: actions.cancel_pack(by=fresh(plain), pack=opened),
            lambda: actions.discard_pack(by=fresh(plain), pack=opened),
        ):
            with pytest.raises(PermissionDenied):
                act()
        assert Pack.objects.get(pk=opened.pk).purpose == HIDDEN


class TestSupplements:
    def supplement(self, cast: Cast, pack: Pack) -> Pack:
        later = actions.new_version(by=fresh(cast.carla), pack=pack, supplement=True)
        chosen = [cast.assignment().recommendation_id]
        actions.edit_pack(by=fresh(cast.carla), pack=later, changes="It came late.", selection=chosen)
        return made(cast, Pack.objects.get(pk=later.pk))

    def test_the_manifest_calls_it_a_supplement(self, cast: Cast, meeting: Meeting, quick: None) -> None:
        pack = made(cast, make_draft(cast, meeting))
        client = signed_in(cast.carla)

        def manifest(pack: Pack) -> tuple[str, str]:
            whole = body(client.get(reverse("pack_zip", args=[pack.pk])))
            with zipfile.ZipFile(BytesIO(whole)) as archive:
                words = archive.read("MANIFEST.txt").decode()
                return words, json.loads(archive.read("manifest.json"))["issue"]

        words, issue = manifest(pack)
        assert ("version 1" in words, issue) == (True, "version 1")
        words, issue = manifest(self.supplement(cast, pack))
        assert ("supplement 1" in words, "version 2" in words, issue) == (True, False, "supplement 1")


class TestLinks:
    def test_no_link_to_an_earlier_version_that_was_never_released(
        self, cast: Cast, meeting: Meeting, quick: None
    ) -> None:
        first = made(cast, make_draft(cast, meeting))
        second = actions.new_version(by=fresh(cast.carla), pack=first)
        actions.edit_pack(by=fresh(cast.carla), pack=second, changes="A date was wrong.")
        second = made(cast, Pack.objects.get(pk=second.pk))
        actions.release_pack(by=fresh(cast.carla), pack=second)
        address, earlier = reverse("pack", args=[second.pk]), f'href="{reverse("pack", args=[first.pk])}"'
        assert Client().get(reverse("pack", args=[first.pk])).status_code == 404
        page = Client().get(address).content.decode()
        assert "takes the place of" in page
        assert earlier not in page
        assert earlier in signed_in(cast.carla).get(address).content.decode()


class TestCommands:
    def test_a_directory_is_refused_before_anything_is_made(
        self, cast: Cast, meeting: Meeting, quick: None, tmp_path: Path
    ) -> None:
        cast.assignment()
        with pytest.raises(CommandError, match="is a directory"):
            call_command("build_pack", meeting=meeting.pk, output=tmp_path)
        assert not Pack.objects.exists()
        pack = made(cast, make_draft(cast, meeting))
        with pytest.raises(CommandError, match="is a directory"):
            call_command("reprint_pack", pack=pack.pk, output=tmp_path)
        assert not list(tmp_path.parent.glob("tmp*"))


class TestRightWithdrawn:
    def test_nothing_is_made_for_who_lost_the_right_meanwhile(
        self, cast: Cast, meeting: Meeting, quick: None
    ) -> None:
        pack = make_draft(cast, meeting, Edition.EXEMPT)
        actions.queue_pack(by=fresh(cast.carla), pack=pack)
        cast.carla.memberships.update(sees_exempt=False)
        assert build(pack.pk) == PackState.FAILED
        pack = Pack.objects.get(pk=pack.pk)
        assert "no longer has the right" in pack.failure
        assert pack.content is None
        assert signed_in(cast.carla).get(reverse("pack", args=[pack.pk])).status_code == 404

    def test_the_cover_does_not_deny_what_it_withholds(self, cast: Cast) -> None:
        narrow = person("Tara Transport", (Role.CLERK, cast.other_committee), sees_exempt=True)
        assignment = cast.assignment()
        cast.published(assignment, exempt_text=HIDDEN, exempt_paragraphs=[3], public_summary="A cost")
        elsewhere = cast.meeting(dt.date(2026, 2, 2), cast.other_committee)
        pack = actions.compose_pack(
            by=fresh(narrow),
            meeting=elsewhere,
            edition=Edition.EXEMPT,
            title="Progress",
            selection=[assignment.recommendation_id],
        )
        page = signed_in(narrow).get(reverse("preview_pack", args=[pack.pk])).content.decode()
        assert HIDDEN not in page
        assert "No exempt text was found" not in page
        assert "withheld in 1 place" in page
