"""Packs that held words which were taken off the record: their files go, and the same pack without the words takes their
place.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import pack_builds, withholdings
from recommendations.actions import packs as actions
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import PackState, WithholdingGround
from recommendations.models import Meeting, Pack, SealedFile, Withholding
from recommendations.packs import build as building
from tests.clients import signed_in, text_of
from tests.factories import NOON, Cast, fresh
from tests.integration.recommendations.packs.helpers import body, made, make_draft

NAME = "Tamsin Quill"
WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It names a child."}
FILES = ("pack_pdf", "pack_html", "pack_json", "pack_csv", "pack_word", "pack_zip")


@pytest.fixture
def telling(cast: Cast, meeting: Meeting, quick: None) -> Pack:
    """A released pack with the name in an update."""
    assignment = cast.assignment()
    cast.published(assignment, progress=f"We spoke to {NAME} in May.")
    pack = made(cast, make_draft(cast, meeting, selection=[assignment.recommendation_id]))
    return actions.release_pack(by=fresh(cast.carla), pack=pack)


def withhold(cast: Cast, words: str = NAME) -> Withholding:
    return withholdings.withhold_words(by=cast.sam, words=words, **WHY)


def now(pack: Pack) -> Pack:
    return Pack.objects.get(pk=pack.pk)


def stored(*names: str | None) -> list[str]:
    return [name for name in names if name and default_storage.exists(name)]


def sent(pack: Pack) -> dict[str, Any]:
    """The answers to somebody who is not signed in, each with its `whole` body."""
    visitor = Client()
    answers = {name: visitor.get(reverse(name, args=[pack.pk])) for name in FILES}
    for answer in answers.values():
        answer.whole = body(answer)  # type: ignore[attr-defined]  # for the tests
    return answers


class TestWithheld:
    def test_files_are_gone_at_once_and_their_addresses_say_why(
        self, cast: Cast, telling: Pack, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        names = [telling.pdf.name, telling.html.name, telling.word.name]
        assert stored(*names)
        with django_capture_on_commit_callbacks(execute=True):
            withholding = withhold(cast)
        assert not stored(*names)
        for answer in sent(telling).values():
            assert answer.status_code == 451
            assert b"It names a child." in answer.whole
            assert NAME.encode() not in answer.whole
            assert answer["Cache-Control"] == "no-store"
        page = text_of(Client().get(reverse("pack", args=[telling.pk])))
        assert "This pack held words that were taken off the record" in page
        assert f"Withholding {withholding.pk}" in page
        assert NAME not in page
        assert "Withheld on 12 January 2026" in text_of(Client().get(reverse("packs")))

    def test_no_cache_may_show_a_file_without_asking(self, telling: Pack) -> None:
        for answer in sent(telling).values():
            assert answer["Cache-Control"] == "public, no-cache"

    def test_another_pack_stays(self, cast: Cast, meeting: Meeting, telling: Pack) -> None:
        other = cast.assignment()
        plain = made(cast, make_draft(cast, meeting, selection=[other.recommendation_id]))
        withhold(cast)
        assert now(plain).withholding is None

    def test_put_back_the_files_are_as_they_were(
        self, cast: Cast, telling: Pack, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        before = {name: answer.whole for name, answer in sent(telling).items() if name != "pack_zip"}
        with django_capture_on_commit_callbacks(execute=True):
            withholding = withhold(cast)
        with django_capture_on_commit_callbacks(execute=True):
            withholdings.put_back(by=cast.carla, withholding=withholding, reason="Another person.")
        after = {name: answer.whole for name, answer in sent(telling).items() if name != "pack_zip"}
        assert after == before
        assert now(telling).content_hash == telling.content_hash

    def test_of_two_withholdings_each_keeps_it_off_the_record(
        self, cast: Cast, telling: Pack, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            first, second = withhold(cast), withhold(cast, "in May")
        with django_capture_on_commit_callbacks(execute=True):
            withholdings.put_back(by=cast.carla, withholding=first, reason="Another person.")
        assert now(telling).withholding == second
        assert {answer.status_code for answer in sent(telling).values()} == {451}
        with django_capture_on_commit_callbacks(execute=True):
            withholdings.put_back(by=cast.carla, withholding=second, reason="Another person.")
        assert {answer.status_code for answer in sent(telling).values()} == {200}

    def test_erased_the_bytes_are_nowhere(
        self, cast: Cast, telling: Pack, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            withholding = withhold(cast)
        kept = [one.file.name for one in SealedFile.objects.of(telling)]
        assert len(stored(*kept)) == 3
        withholding = withholdings.confirm_withholding(by=cast.carla, withholding=withholding)
        with django_capture_on_commit_callbacks(execute=True):
            withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        assert not stored(*kept)
        assert {answer.status_code for answer in sent(telling).values()} == {451}

    @pytest.mark.parametrize("words", ["Grey", "Contents", "2026"])
    def test_a_pack_stays_that_holds_only_what_our_code_writes(
        self, cast: Cast, telling: Pack, words: str
    ) -> None:
        """A colour, a section or the year of a day is not the name that somebody withholds."""
        cast.published(cast.assignment(), progress=f"{words} spoke.")
        assert words.lower() in str(telling.content).lower()
        withhold(cast, words)
        assert now(telling).withholding is None
        assert now(telling).content == telling.content

    def test_a_pack_is_not_released(self, cast: Cast, meeting: Meeting, quick: None, settings: Any) -> None:
        settings.GRACE_SECONDS = 60
        assignment = cast.assignment()
        cast.published(assignment, progress=f"We spoke to {NAME} in May.")
        pack = made(cast, make_draft(cast, meeting, selection=[assignment.recommendation_id]))
        actions.ask_release(by=fresh(cast.carla), pack=pack)
        withholding = withhold(cast)
        with clock.frozen(NOON + dt.timedelta(minutes=2)):
            assert actions.release_asked() == []
        assert not now(pack).is_being_released
        with pytest.raises(ActionDenied, match="so it can’t be released"):
            actions.ask_release(by=fresh(cast.carla), pack=pack)
        client = signed_in(cast.carla)
        assert "Release to the public" not in text_of(client.get(reverse("pack", args=[pack.pk])))
        assert client.get(reverse("release_pack", args=[pack.pk])).status_code == 302
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Another person.")
        actions.ask_release(by=fresh(cast.carla), pack=pack)


class TestTheDatabase:
    def test_refuses_to_take_a_pack_off_the_record_by_itself(self, cast: Cast, telling: Pack) -> None:
        withholding = withholdings.withhold_words(
            by=cast.sam, words=telling.meeting.body.name, keep=[], **WHY
        )
        other = now(telling)
        assert other.withholding == withholding
        changes: tuple[dict[str, Any], ...] = (
            {"withholding": None},
            {"pdf": "packs/other.pdf"},
            {"content": {}},
        )
        for change in changes:
            with pytest.raises(DatabaseError, match="A frozen pack is never changed"), transaction.atomic():
                Pack.objects.filter(pk=telling.pk).update(**change)


class TestReplacement:
    def test_is_the_same_pack_without_the_words(self, cast: Cast, telling: Pack) -> None:
        withhold(cast)
        cast.published(cast.assignment(), progress="Later news.")
        copy = actions.replace_withheld(by=fresh(cast.carla), pack=telling)
        assert building.build(copy.pk) == PackState.READY
        copy = now(copy)
        assert (copy.number, copy.replaces, copy.as_at) == (2, telling, telling.as_at)
        assert copy.content["inquiries"] == now(telling).content["inquiries"]
        assert "[withheld on 12 January 2026" in str(copy.content)
        assert NAME not in str(copy.content)
        actions.release_pack(by=fresh(cast.carla), pack=copy)
        answers = sent(copy)
        assert {answer.status_code for answer in answers.values()} == {200}
        whole = b"".join(answer.whole for name, answer in answers.items() if name != "pack_zip")
        with zipfile.ZipFile(io.BytesIO(answers["pack_zip"].whole)) as bundle:
            whole += b"".join(bundle.read(name) for name in bundle.namelist())
        assert NAME.encode() not in whole
        page = text_of(Client().get(reverse("pack", args=[telling.pk])))
        assert "Version 2</a> takes its place: the same pack without these" in page

    def test_is_made_in_one_step(self, cast: Cast, telling: Pack) -> None:
        withhold(cast)
        client = signed_in(cast.carla)
        assert "Make the replacement" in text_of(client.get(reverse("pack", args=[telling.pk])))
        client.post(reverse("replace_withheld_pack", args=[telling.pk]))
        copy = telling.repeated_by.get()
        assert copy.state == PackState.QUEUED
        assert "Words of version 1 were withheld on 12 January 2026" in copy.changes
        assert "Make the replacement" not in text_of(client.get(reverse("pack", args=[telling.pk])))

    def test_of_a_supplement_is_a_further_supplement(
        self, cast: Cast, meeting: Meeting, telling: Pack
    ) -> None:
        draft = actions.new_version(by=fresh(cast.carla), pack=now(telling), supplement=True)
        draft = actions.edit_pack(
            by=fresh(cast.carla), pack=draft, changes="It came late.", selection=telling.selection
        )
        supplement = made(cast, draft)
        actions.new_version(by=fresh(cast.carla), pack=now(telling))
        withhold(cast)
        client, address = signed_in(cast.carla), reverse("pack", args=[supplement.pk])

        assert "Make the replacement" in text_of(client.get(address))
        client.post(reverse("replace_withheld_pack", args=[supplement.pk]))

        copy = supplement.repeated_by.get()
        assert (copy.issue_words, copy.replaces) == ("supplement 2", telling)
        assert copy.state == PackState.QUEUED
        assert "Make the replacement" not in text_of(client.get(address))

    def test_is_refused_where_there_is_nothing_to_replace(self, cast: Cast, telling: Pack) -> None:
        with pytest.raises(ActionDenied, match="Nothing of this pack is withheld"):
            actions.replace_withheld(by=fresh(cast.carla), pack=telling)
        withhold(cast)
        actions.replace_withheld(by=fresh(cast.carla), pack=telling)
        with pytest.raises(ActionDenied, match="made already"):
            actions.replace_withheld(by=fresh(cast.carla), pack=telling)


class TestAWholeEdition:
    def test_is_taken_off_with_its_words(self, cast: Cast, telling: Pack) -> None:
        client = signed_in(cast.carla)
        address = reverse("withhold_pack", args=[telling.pk])
        assert "Take this pack off the record?" in text_of(client.get(address))
        client.post(address, WHY)
        pack = now(telling)
        assert pack.withholding is not None
        assert "withheld" in pack.title
        assert telling.purpose not in str(pack.content) or not telling.purpose
        page = text_of(client.get(reverse("pack", args=[telling.pk])))
        assert "This pack was taken off the record." in page
        assert "Make the replacement" not in page
        assert telling.title not in text_of(Client().get(reverse("packs")))
        with pytest.raises(ActionDenied, match="Compose another one"):
            actions.replace_withheld(by=fresh(cast.carla), pack=pack)
        withholdings.put_back(by=cast.sam, withholding=pack.withholding, reason="It was right.")
        again = now(telling)
        assert (again.title, again.content) == (telling.title, telling.content)

    def test_is_refused_for_a_draft_and_twice(self, cast: Cast, meeting: Meeting, telling: Pack) -> None:
        draft = make_draft(cast, meeting)
        with pytest.raises(ActionDenied, match="Only a pack that is ready"):
            withholdings.withhold_edition(by=cast.sam, pack=draft, **WHY)
        withholdings.withhold_edition(by=cast.sam, pack=telling, **WHY)
        with pytest.raises(ActionDenied, match="withheld already"):
            withholdings.withhold_edition(by=cast.sam, pack=telling, **WHY)


def test_a_pack_that_was_being_made_reads_the_record_again(
    cast: Cast, meeting: Meeting, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = cast.assignment()
    cast.published(assignment, progress=f"We spoke to {NAME} in May.")
    pack = make_draft(cast, meeting, selection=[assignment.recommendation_id])
    finish = pack_builds.finish_pack
    tries: list[dict[str, Any]] = []
    read = iter([NOON, NOON + dt.timedelta(minutes=2)])

    def withhold_first(**details: Any) -> bool:
        if not tries:
            with clock.frozen(NOON + dt.timedelta(minutes=1)):
                withhold(cast)
        tries.append(details)
        return finish(**details)

    monkeypatch.setattr(building, "closed_moment", read.__next__)
    monkeypatch.setattr(pack_builds, "finish_pack", withhold_first)
    ready = made(cast, pack)
    assert len(tries) == 2
    assert NAME in str(tries[0]["content"])
    assert NAME not in str(ready.content)
