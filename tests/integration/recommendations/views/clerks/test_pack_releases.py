"""A pack's preview, release, further versions and supplements."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import packs as actions
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import (
    Edition,
    PackSection,
)
from recommendations.models import Meeting, Pack
from recommendations.packs.tasks import request_build
from tests.clients import signed_in, words_of
from tests.factories import Cast, fresh
from tests.integration.recommendations.packs.helpers import SECRET, made, make_draft


class TestReleases:
    def test_preview(self, cast: Cast, draft: Pack) -> None:
        answer = signed_in(cast.carla).get(reverse("preview_pack", args=[draft.pk]))
        assert "Preview." in answer.content.decode()
        assert SECRET not in answer.content.decode()
        assert "sha256-" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]

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

    def test_not_once_the_meeting_was_cancelled(self, cast: Cast, draft: Pack, quick: None) -> None:
        pack, client = made(cast, draft), signed_in(cast.carla)
        to_cancel = {"to": "cancelled", "version": pack.meeting.version}
        client.post(reverse("move_meeting", args=[pack.meeting_id]), to_cancel)
        answer = client.post(reverse("release_pack", args=[pack.pk]), {"version": pack.version}, follow=True)
        assert "The meeting was cancelled, so its papers can’t be released" in words_of(answer)
        assert Client().get(reverse("pack", args=[pack.pk])).status_code in (302, 404)
        pack.refresh_from_db()
        assert pack.released_at is None

    def test_discard(self, cast: Cast, draft: Pack) -> None:
        signed_in(cast.carla).post(reverse("discard_pack", args=[draft.pk]), {"version": draft.version})
        assert not Pack.objects.exists()

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
        assert told["Cache-Control"] == "public, no-cache"
        assert "supplement 1</h1>" in visitor.get(reverse("pack", args=[second.pk])).content.decode()
        library = visitor.get(reverse("packs")).content.decode()
        assert "Goes with version 1" in library
        assert "Replaced by a later version" not in library

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

    def test_release_once_and_not_before_it_is_ready(self, cast: Cast, draft: Pack, quick: None) -> None:
        with pytest.raises(ActionDenied):
            actions.release_pack(by=fresh(cast.carla), pack=draft)
        pack = made(cast, draft)
        actions.release_pack(by=fresh(cast.carla), pack=pack)
        with pytest.raises(ActionDenied):
            actions.release_pack(by=fresh(cast.carla), pack=pack)
