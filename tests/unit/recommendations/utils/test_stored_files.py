"""Files that storage has, and files that it lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile, FileField

from recommendations.utils.stored_files import are_stored, open_stored, stored_size


@pytest.fixture
def field(tmp_path: Any) -> FileField:
    return FileField(storage=FileSystemStorage(location=tmp_path))


@pytest.fixture
def kept(field: FileField) -> FieldFile:
    return FieldFile(None, field, field.storage.save("kept.pdf", ContentFile(b"%PDF")))  # type: ignore[arg-type]  # of no row


@pytest.fixture
def lost(field: FileField) -> FieldFile:
    return FieldFile(None, field, "lost.pdf")  # type: ignore[arg-type]  # of no row


@pytest.fixture
def none(field: FileField) -> FieldFile:
    return FieldFile(None, field, "")  # type: ignore[arg-type]  # of no row


def test_opens_what_is_there(kept: FieldFile, lost: FieldFile) -> None:
    opened = open_stored(kept)
    assert opened is not None
    with opened as file:
        assert file.read() == b"%PDF"
    assert open_stored(lost) is None


def test_measures_what_is_there(kept: FieldFile, lost: FieldFile, none: FieldFile) -> None:
    assert [stored_size(file) for file in (kept, lost, none)] == [4, None, None]


def test_says_whether_all_are_there(kept: FieldFile, lost: FieldFile, none: FieldFile) -> None:
    assert are_stored()
    assert are_stored(kept, none)
    assert not are_stored(kept, lost)
