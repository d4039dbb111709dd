"""Files on the disk: whole ones only, whatever goes wrong while they are written."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from committee.storage import WholeFileStorage
from recommendations.models import Evidence
from tests.clients import signed_in, text_of
from tests.factories import Cast


def files_in(folder: Any) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


def words_in(storage: WholeFileStorage, name: str) -> Any:
    with storage.open(name) as file:
        return file.read()


class FullDisk(ContentFile):
    """A file of which the second half finds no room."""

    def chunks(self, chunk_size: int | None = None) -> Any:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def storage(tmp_path: Path) -> WholeFileStorage:
    return WholeFileStorage(location=tmp_path / "kept")


class TestStorage:
    def test_nothing_stays_of_what_found_no_room(self, storage: WholeFileStorage) -> None:
        for _ in range(3):
            with pytest.raises(OSError, match="No space"):
                storage.save("evidence/ab/abc", FullDisk(b"whole"))
        assert files_in(storage.location) == []

    def test_nor_of_a_large_upload_that_is_copied_from_another_disk(
        self, storage: WholeFileStorage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def copy(source: str, target: str, **_options: Any) -> None:
            Path(target).write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("django.core.files.storage.filesystem.file_move_safe", copy)
        with TemporaryUploadedFile("a.pdf", "application/pdf", 5, None) as upload:
            upload.write(b"whole")
            with pytest.raises(OSError, match="No space"):
                storage.save("evidence/ab/abc", upload)
        assert files_in(storage.location) == []

    def test_whole_files_are_kept_beside_those_of_the_same_name(self, storage: WholeFileStorage) -> None:
        first, second = (storage.save("a/b.txt", ContentFile(text)) for text in (b"one", b"two"))
        assert first == "a/b.txt"
        assert [words_in(storage, name) for name in (first, second)] == [b"one", b"two"]
        assert files_in(storage.location) == sorted([first, second])

    def test_on_a_disk_without_hard_links(
        self, storage: WholeFileStorage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_paths: str) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
        assert storage.save("b.txt", ContentFile(b"one")) == "b.txt"
        assert files_in(storage.location) == ["b.txt"]

    def test_somebody_takes_the_name_meanwhile(self, storage: WholeFileStorage) -> None:
        class Slow(ContentFile):
            def chunks(self, chunk_size: int | None = None) -> Any:
                storage.save("c.txt", ContentFile(b"theirs"))
                yield b"ours"

        ours = storage.save("c.txt", Slow(b"ours"))
        assert ours != "c.txt"
        assert [words_in(storage, name) for name in ("c.txt", ours)] == [b"theirs", b"ours"]


def test_evidence_on_a_full_disk(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says so, nothing stays, and a smaller file goes in as before."""
    assignment = cast.assignment()
    update = cast.draft(assignment)
    client = signed_in(cast.olive)
    client.raise_request_exception = False
    address = reverse("add_evidence", args=[update.pk])
    room = 1000

    def chunks(self: Any, chunk_size: int | None = None) -> Any:
        self.seek(0)
        content = self.read()
        yield content[:room]
        if len(content) > room:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SimpleUploadedFile, "chunks", chunks)
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", chunks)

    def send(size: int) -> Any:
        return client.post(address, {"title": "Photo", "file": SimpleUploadedFile("a.txt", b"x" * size)})

    for _ in range(2):
        answer = send(5000)
        assert answer.status_code == 503
        assert "unavailable" in text_of(answer)
        assert files_in(settings.MEDIA_ROOT) == []
    assert not Evidence.objects.exists()
    assert send(500).status_code == 302
    assert len(files_in(settings.MEDIA_ROOT)) == 1
