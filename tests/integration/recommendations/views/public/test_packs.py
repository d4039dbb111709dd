"""Packs as readers get them: page, PDF, other formats, and the library."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import packs as actions
from recommendations.lifecycle import (
    Edition,
    Role,
)
from recommendations.models import ExemptAccessLog, Meeting, Pack
from tests.clients import signed_in
from tests.factories import Cast, fresh, person
from tests.integration.recommendations.packs.helpers import SECRET, body, made, make_draft


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
