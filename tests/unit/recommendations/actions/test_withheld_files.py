"""Withheld files leave the place from which they are served, and failures in the middle lose nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from committee import clock
from recommendations.actions import assignments, updates, withheld_files, withheld_texts, withholdings
from recommendations.actions.base import ActionDenied, lock
from recommendations.actions.evidence import add_document, add_evidence, remove_evidence
from recommendations.lifecycle import WithholdingGround
from recommendations.models import Assignment, Evidence, SealedFile, Update, Withholding
from recommendations.packs.leftovers import clear_files
from tests.factories import NOON, Cast, fresh

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It shows a child."}


def uploaded() -> SimpleUploadedFile:
    return SimpleUploadedFile("Tamsin.pdf", PDF, "application/pdf")


@pytest.fixture
def evidence(cast: Cast) -> Evidence:
    draft = cast.draft(cast.assignment())
    added = add_evidence(by=cast.olive, update=draft, title="A letter about Tamsin", file=uploaded())
    updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=draft))
    return Evidence.objects.get(pk=added.pk)


def stored() -> list[str]:
    """The folders of all files in storage, one for each file."""
    found = []
    for folder in ("evidence", "withheld"):
        if default_storage.exists(folder):
            below, files = default_storage.listdir(folder)
            found += [folder] * len(files)
            for name in below:
                found += [folder] * len(default_storage.listdir(f"{folder}/{name}")[1])
    return found


def content_of(evidence: Evidence) -> bytes:
    with evidence.file.open() as file:
        return bytes(file.read())


class TestFiles:
    def test_leave_with_their_title(self, cast: Cast, evidence: Evidence) -> None:
        withholding = withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        evidence.refresh_from_db()
        assert stored() == ["withheld"]
        assert evidence.withholding == withholding
        assert evidence.title.startswith("[withheld on")
        assert evidence.file_name.startswith("[withheld on")
        sealed = SealedFile.objects.get()
        assert (sealed.sha256, sealed.size) == (evidence.sha256, len(PDF))

    def test_may_keep_their_title(self, cast: Cast, evidence: Evidence) -> None:
        withholdings.withhold_file(by=cast.sam, evidence=evidence, with_title=False, **WHY)
        evidence.refresh_from_db()
        assert evidence.title == "A letter about Tamsin"
        assert evidence.withholding is not None

    def test_are_withheld_wherever_they_were_added(self, cast: Cast, evidence: Evidence) -> None:
        other = add_document(by=cast.sam, to=cast.inquiry(), title="The same", file=uploaded())
        withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        other.refresh_from_db()
        assert other.withholding is not None
        assert stored() == ["withheld", "withheld"]

    def test_come_back_byte_for_byte(self, cast: Cast, evidence: Evidence) -> None:
        withholding = withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")
        evidence.refresh_from_db()
        assert stored() == ["evidence"]
        assert evidence.withholding is None
        assert evidence.title == "A letter about Tamsin"
        assert content_of(evidence) == PDF

    def test_are_erased_and_their_hash_stays(self, cast: Cast, evidence: Evidence) -> None:
        withholding = withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        withholding = withholdings.confirm_withholding(by=cast.carla, withholding=withholding)
        withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        assert stored() == []
        assert SealedFile.objects.get().sha256 == evidence.sha256

    def test_are_not_added_again(self, cast: Cast, evidence: Evidence) -> None:
        withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        with pytest.raises(ActionDenied, match="very file was withheld"):
            add_document(by=cast.sam, to=cast.inquiry(), title="Again", file=uploaded())

    def test_of_a_draft_stay_with_it(self, cast: Cast) -> None:
        """The withholding tells of them for good."""
        draft = cast.draft(cast.assignment())
        added = add_evidence(by=cast.olive, update=draft, title="A letter", file=uploaded())
        withholding = withholdings.withhold_file(by=cast.sam, evidence=added, **WHY)
        for remove in (
            lambda: remove_evidence(by=cast.olive, evidence=added),
            lambda: updates.discard_draft(by=cast.olive, update=draft),
        ):
            with pytest.raises(ActionDenied, match="so its entry stays"):
                remove()
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")
        assert content_of(Evidence.objects.get(pk=added.pk)) == PDF

    def test_that_are_links_lose_their_address(self, cast: Cast) -> None:
        link = add_document(by=cast.sam, to=cast.inquiry(), title="A film", url="https://example.org/tamsin")
        withholding = withholdings.withhold_file(by=cast.sam, evidence=link, with_title=False, **WHY)
        link.refresh_from_db()
        assert link.url.startswith("[withheld on")
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")
        link.refresh_from_db()
        assert (link.url, link.title) == ("https://example.org/tamsin", "A film")

    def test_are_marked_by_the_action_alone(self, cast: Cast, evidence: Evidence) -> None:
        other = cast.published(cast.assignment(), progress="About Tamsin.")
        withholding = withholdings.withhold_words(by=cast.sam, words="About Tamsin", **WHY)
        with pytest.raises((IntegrityError, InternalError), match="only replaced"), transaction.atomic():
            Evidence.objects.filter(pk=evidence.pk).update(withholding=withholding)
        withholding = withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        with pytest.raises((IntegrityError, InternalError), match="only replaced"), transaction.atomic():
            Evidence.objects.filter(pk=evidence.pk).update(withholding=None)
        with pytest.raises((IntegrityError, InternalError), match="never"), transaction.atomic():
            SealedFile.objects.update(sha256="")
        with pytest.raises((IntegrityError, InternalError), match="never"), transaction.atomic():
            SealedFile.objects.all().delete()
        assert other.pk


class TestFailures:
    def test_of_storage_that_has_lost_the_file_stand_in_no_way(self, cast: Cast, evidence: Evidence) -> None:
        default_storage.delete(str(evidence.file.name))
        withholding = withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        evidence.refresh_from_db()
        assert evidence.withholding == withholding
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")
        evidence.refresh_from_db()
        assert evidence.title == "A letter about Tamsin"
        assert stored() == []

    def test_before_the_commit_leave_everything_in_its_place(
        self, cast: Cast, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any) -> None:
            raise OSError("The disk is full")

        monkeypatch.setattr(withholdings, "seal", fail)
        with pytest.raises(OSError, match="full"):
            withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        evidence.refresh_from_db()
        assert evidence.withholding is None
        assert content_of(evidence) == PDF
        assert not Withholding.objects.exists()

    def test_after_the_commit_are_made_good_by_the_worker(
        self, cast: Cast, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A process that was killed between the commit and the removal of the file."""
        with monkeypatch.context() as killed:
            killed.setattr(withheld_files, "settle_files", lambda withholding: None)
            withholding = withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)
        assert stored() == ["evidence", "withheld"]
        clear_files()
        assert stored() == ["withheld"]
        with monkeypatch.context() as killed:
            killed.setattr(withheld_files, "settle_files", lambda withholding: None)
            withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")
        assert stored() == ["evidence", "withheld"]
        clear_files()
        assert stored() == ["evidence"]

    def test_of_putting_back_keep_the_sealed_file(
        self, cast: Cast, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        withholding = withholdings.withhold_file(by=cast.sam, evidence=evidence, **WHY)

        def fail(*_: Any, **__: Any) -> None:
            raise OSError("The disk is full")

        with monkeypatch.context() as full:
            full.setattr(default_storage._wrapped, "save", fail)  # type: ignore[attr-defined]  # the storage behind the name
            with pytest.raises(OSError, match="full"):
                withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")
        assert Withholding.objects.get().state == "hidden"
        assert stored() == ["withheld"]


def test_two_people_at_once_withhold_the_words_once(cast: Cast) -> None:
    update = cast.published(cast.assignment(), progress="About Tamsin Quill.")
    outcomes: list[Any] = []
    start = threading.Barrier(2)

    def run(by: Any) -> None:
        try:
            with clock.frozen(NOON):
                start.wait(10)
                outcomes.append(withholdings.withhold_words(by=by, words="Tamsin Quill", **WHY).state)
        except ActionDenied as denied:
            outcomes.append(denied.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(fresh(by),)) for by in (cast.sam, cast.oscar)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == sorted(["hidden", withholdings.NOWHERE])
    assert "Tamsin" not in Update.objects.get(pk=update.pk).progress


def somebody_waits() -> bool:
    """Whether another connection waits for a lock now, or begins to within some seconds."""
    give_up_at = time.monotonic() + 5
    while time.monotonic() < give_up_at:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.05)
    return False


def test_words_are_withheld_while_an_update_with_them_is_published(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Publishing locks the update before its assignment; a withholding goes through the tables in another order."""
    part = cast.assignment()
    assignments.edit_assignment(
        by=cast.sam,
        assignment=part,
        is_lead=True,
        post=None,
        deliverer="Tamsin Quill Ltd",
        first_target_on=part.first_target_on,
    )
    update = cast.submitted(part, progress="About Tamsin Quill.")
    has_update = threading.Event()
    outcomes: list[Any] = []

    def lock_later(row: Any) -> Any:
        has_update.set()
        somebody_waits()
        return lock(row)

    monkeypatch.setattr(updates, "lock", lock_later)

    def run(act: Callable[[], Any]) -> None:
        try:
            with clock.frozen(NOON):
                outcomes.append(act().state)
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    def withhold() -> Withholding:
        assert has_update.wait(10)
        return withholdings.withhold_words(by=fresh(cast.oscar), words="Tamsin Quill", **WHY)

    def publish() -> Update:
        return updates.publish_update(by=fresh(cast.ada), update=update, looked_at=True)

    threads = [threading.Thread(target=run, args=(act,)) for act in (publish, withhold)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes == ["published", "hidden"]
    assert "Tamsin" not in Update.objects.get(pk=update.pk).progress
    assert "Tamsin" not in Assignment.objects.get(pk=part.pk).deliverer


def test_a_failure_in_the_middle_withholds_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    one = cast.published(cast.assignment(), progress="About Tamsin Quill.")
    two = cast.published(cast.assignment(), progress="Tamsin Quill again.")
    write, written = withheld_texts._write, []

    def fail_later(*args: Any) -> None:
        written.append(args)
        if len(written) > 2:
            raise RuntimeError("killed")
        write(*args)

    monkeypatch.setattr(withheld_texts, "_write", fail_later)
    with pytest.raises(RuntimeError, match="killed"):
        withholdings.withhold_words(by=cast.sam, words="Tamsin Quill", **WHY)
    assert Update.objects.get(pk=one.pk).progress == "About Tamsin Quill."
    assert Update.objects.get(pk=two.pk).progress == "Tamsin Quill again."
    assert not Withholding.objects.exists()
