"""How long an answer about a tracker holds: for this file, for all files of its shape, or for all of its committee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Any

from recommendations.models import ImportAnswer, ImportBatch
from recommendations.queries.import_lines import answers_given
from recommendations.trackers.questions import Answers, question_key


class Scope(StrEnum):
    """For what an answer holds."""

    FILE = "file"
    SHAPE = "shape"
    COMMITTEE = "committee"


COMMITTEE_KINDS = frozenset({"word", "row type", "owner", "body", "inquiry"})
"""Questions about words, which mean the same in every file of a committee."""
SHAPE_KINDS = frozenset({"column", "bullets", "response", "parts", "as above", "blank below"})
"""Questions about how a file is laid out, which are the same in the next one."""
ANOTHER_OWNER = "another owner:"
OF_THIS_FILE = (
    "inquiry:table:",
    "inquiry:made:",
    "body:lines without:",
    "period:column:",
    "word:around a table:",
)
"""Keys of questions about what only this file has, though their kind is remembered."""


def scope_of(key: str, value: Any) -> Scope:
    """Return for what the answer to the question with that key holds. What the import itself makes is of this file."""
    kind = key.partition(":")[0]
    if key.startswith(OF_THIS_FILE) or (isinstance(value, Mapping) and value.keys() & {"new", "new_post"}):
        return Scope.FILE
    if kind == "another owner":
        # Two names of one body are so in each file; a further owner is one of this recommendation.
        return Scope.COMMITTEE if isinstance(value, Mapping) else Scope.FILE
    if key.startswith("period:words:"):
        return Scope.COMMITTEE
    if kind in COMMITTEE_KINDS:
        return Scope.COMMITTEE
    return Scope.SHAPE if kind in SHAPE_KINDS or key.startswith("period:") else Scope.FILE


def answers_for(batch: ImportBatch) -> Answers:
    """Return what is answered about the file: for itself first, then for files of its shape, then for its committee."""
    remembered: dict[str, dict[str, Any]] = {"": {}, batch.shape: {}}
    for row in ImportAnswer.objects.filter(committee=batch.committee_id, shape__in=remembered):
        remembered[row.shape][row.question] = row.answer
    return Answers({**remembered[""], **remembered[batch.shape], **answers_given(batch)})


def remembered(batch: ImportBatch, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return those of the answers that hold for later files too, by the shape of these: "" for all of the committee."""
    found: dict[str, dict[str, Any]] = {}
    given = answers_given(batch)
    words = {question["key"]: question["words"] for question in batch.reading.get("questions", ())}
    for key, said in answers.items():
        scope = scope_of(key, said)
        if scope != Scope.FILE:
            found.setdefault("" if scope == Scope.COMMITTEE else batch.shape, {})[key] = said
            if key.startswith(ANOTHER_OWNER) and key in words:
                name = question_key("body", "name", words[key])
                if isinstance(given.get(name), Mapping) and given[name].keys() & {"new", "new_post"}:
                    # It was to be made, and is not: else the next file asks again who is meant by it.
                    found[""][name] = {"body": said["same"], "post": None}
    return found


def shape_of(tables: Iterable[str]) -> str:
    """Return what files with tables of these shapes have in common; "" where there is no table."""
    shapes = sorted(set(tables))
    return sha256("\n".join(shapes).encode()).hexdigest() if shapes else ""
