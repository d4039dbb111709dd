"""Bring a tracker in without the browser: hand it in, read it, and apply it where nothing is left to ask."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.core.files import File

from committee.accounts.models import User
from committee.text import sort_key, whole_number
from recommendations.actions import imports as actions
from recommendations.actions.base import ActionDenied
from recommendations.imports.kinds import open_keys
from recommendations.imports.read import read_import
from recommendations.imports.summary import plan_of
from recommendations.imports.tasks import answer_now
from recommendations.lifecycle import ImportState, Role
from recommendations.models import Body, ImportBatch, Inquiry
from recommendations.trackers.cells import CannotBeRead
from recommendations.trackers.files import format_of
from recommendations.trackers.readers.text import plain_name


@dataclass(frozen=True)
class BroughtIn:
    """What became of a file: applied, or left to be finished in the browser, for the reason given."""

    batch: ImportBatch
    left_because: str = ""

    @property
    def is_applied(self) -> bool:
        return self.batch.state == ImportState.APPLIED


def committee_named(words: str) -> Body | None:
    """Return the committee with that name or number; None where none or several have it."""
    rows = Body.objects.committees()
    number = whole_number(words)
    found = list(rows.filter(pk=number) if number is not None else rows.filter(sort_key=sort_key(words)))
    return found[0] if len(found) == 1 else None


def officer_of(committee: Body) -> User | None:
    """Return the scrutiny officer of the committee, or its clerk, in whose name a file is brought in; None if it has none."""
    for role in (Role.SCRUTINY_OFFICER, Role.CLERK):
        if found := committee.members_as(role).order_by("pk").first():
            return found
    return None


def bring_in(
    *, by: User, committee: Body, path: Path, inquiry: Inquiry | None, not_for_publication: bool | None
) -> BroughtIn:
    """Read the file and apply it; leave it to be finished in the browser where something is asked or to be decided.

    Raise CannotBeRead for a file that can't be read or has no tracker.
    """
    batch = _handed_in(by, committee, path, not_for_publication)
    read_import(by=by, batch=batch)
    batch = ImportBatch.objects.for_list().get(pk=batch.pk)
    if batch.state == ImportState.FAILED:
        refusal = batch.refusal
        actions.discard_import(by=by, batch=batch)
        raise CannotBeRead(refusal)
    if inquiry is not None and batch.state == ImportState.TO_CHECK:
        batch = _with_inquiry(by, batch, inquiry)
    return _applied(by, batch)


def _handed_in(by: User, committee: Body, path: Path, not_for_publication: bool | None) -> ImportBatch:
    try:
        with path.open("rb") as file:
            file_format = format_of(file, path.name)
            file.seek(0)
            digest = sha256()
            while chunk := file.read(1024 * 1024):
                digest.update(chunk)
            file.seek(0)
            return actions.hand_in(
                by=by,
                committee=committee,
                file=File(file),
                file_name=plain_name(path.name),
                sha256=digest.hexdigest(),
                size=path.stat().st_size,
                file_format=file_format,
                not_for_publication=not_for_publication,
            )
    except OSError as error:
        raise CannotBeRead(
            "The file can't be opened: see that it is there and that it may be read"
        ) from error


def _with_inquiry(by: User, batch: ImportBatch, inquiry: Inquiry) -> ImportBatch:
    """Answer which inquiry lines belong to that name none."""
    keys = [key for key in open_keys(batch) if key.startswith("inquiry:table:")]
    if keys:
        answer_now(by=by, batch=batch, answers={key: {"inquiry": inquiry.pk} for key in keys})
    return ImportBatch.objects.for_list().get(pk=batch.pk)


def _applied(by: User, batch: ImportBatch) -> BroughtIn:
    plan = plan_of(batch)
    if plan.open_questions:
        return BroughtIn(batch, f"{plan.open_questions} of its questions are open")
    if not plan.can_be_applied:
        against = [*plan.blocking, plan.changed, *(f"{row.place} is not decided" for row in plan.not_ready)]
        return BroughtIn(batch, next(filter(None, against)))
    if plan.ask_exempt:
        return BroughtIn(batch, "Something in it is not for publication, and no line says what")
    try:
        return BroughtIn(actions.apply_import(by=by, batch=batch))
    except ActionDenied as denied:
        return BroughtIn(batch, denied.message)
