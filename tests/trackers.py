"""Trackers as files, handed in for the committee of the tests, and what is answered about them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile

from recommendations.actions import import_previews, imports
from recommendations.imports.answers import remembered
from recommendations.imports.read import read_import
from recommendations.models import ImportBatch
from tests.factories import Cast

HEADS = ("No.", "Recommendation", "To", "Response", "Progress", "Status", "Target date")
CROSSING = (
    "1", "That the Cabinet builds a safe crossing on the road to the school.", "Cabinet", "Agreed",
    "Two of five crossings are built.", "On track", "31 March 2027",
)  # fmt: skip
BUSES = (
    "2", "That buses stop at the hospital until ten in the evening.", "Highways Agency", "In part",
    "Talks have begun.", "Off track", "June 2024",
)  # fmt: skip
TITLE = ("Road safety near schools: recommendations, position at 30 September 2025",)


def a_tracker(*rows: Sequence[str], title: Sequence[str] = TITLE, heads: Sequence[str] = HEADS) -> bytes:
    """Return a tracker as a CSV file: its title, its header, and these rows."""
    text = io.StringIO()
    csv.writer(text).writerows([title, heads, *(rows or (CROSSING, BUSES))])
    return text.getvalue().encode()


def hand_in(cast: Cast, content: bytes, name: str = "tracker.csv", **details: Any) -> ImportBatch:
    """Return the import of a file that waits to be read."""
    details.setdefault("not_for_publication", False)
    return imports.hand_in(
        by=cast.sam,
        committee=cast.committee,
        file=ContentFile(content),
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        **details,
    )


def read(cast: Cast, batch: ImportBatch) -> ImportBatch:
    """Return the import as it is once the worker has read it."""
    batch = ImportBatch.objects.for_list().get(pk=batch.pk)
    read_import(by=cast.sam, batch=batch)
    return ImportBatch.objects.for_list().get(pk=batch.pk)


def handed_in(cast: Cast, content: bytes = b"", **details: Any) -> ImportBatch:
    """Return an import that is read and waits to be checked."""
    return read(cast, hand_in(cast, content or a_tracker(), **details))


def answered(cast: Cast, batch: ImportBatch, answers: dict[str, Any]) -> ImportBatch:
    """Return the import as it is once these questions are answered."""
    batch = import_previews.answer_questions(
        by=cast.sam, batch=batch, answers=answers, remembered=remembered(batch, answers)
    )
    return read(cast, batch)


def questions(batch: ImportBatch) -> dict[str, Any]:
    """Return what is asked, by its keys."""
    return {
        question["key"]: question
        for question in batch.reading["questions"]
        if question["key"] in batch.reading["open"]
    }
