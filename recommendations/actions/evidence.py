"""What people do with evidence: add a file or link to an update they are writing, and take it out again."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.files import File
from django.db import transaction

from committee import clock
from committee.accounts.models import User
from recommendations import files
from recommendations.actions.base import NotPossible, action, clean_text, lock, save
from recommendations.actions.exempt import check_exempt
from recommendations.lifecycle import Visibility
from recommendations.models import Evidence, Update
from recommendations.permissions import Right, require, sees_exempt


@action
def add_evidence(
    *,
    by: User,
    update: Update,
    title: str,
    visibility: str = Visibility.PUBLIC,
    url: str = "",
    file: File | None = None,
    exempt_paragraphs: Sequence[int] = (),
    public_summary: str = "",
) -> Evidence:
    """Add a file or a link to an update that is still being written.

    The file is known by its content (see ``files``), never by its name. Raises NotPossible, naming the field, for
    a file of another kind or too large, a link that is not of the web, both or neither, and for exempt evidence
    without its paragraphs and public summary.
    """
    require(by, Right.LOG_UPDATE, update)
    update = lock(update)
    if not update.is_editable:
        raise NotPossible(f"This update is {update.get_state_display().lower()} and can't be changed now")
    title, url = clean_text(title), clean_text(url)
    if not title:
        raise NotPossible("Enter what the file or link shows", "title")
    if file is not None and url:
        raise NotPossible("Choose a file or enter a link, not both. Add them one after the other", "url")
    if file is None and not url:
        raise NotPossible("Choose a file or enter a link", "file")
    if url and not url.lower().startswith(("https://", "http://")):
        raise NotPossible("Enter a link that begins with https:// or http://", "url")
    if visibility == Visibility.EXEMPT:
        check_exempt(title, exempt_paragraphs, public_summary)
    else:
        exempt_paragraphs, public_summary = (), ""
    evidence = Evidence(update=update, added_by=by, added_at=clock.now())
    if file is not None:
        _attach(evidence, file)
    try:
        save(
            evidence,
            title=title,
            url=url,
            visibility=visibility,
            exempt_paragraphs=sorted(exempt_paragraphs),
            public_summary=public_summary,
        )
    except Exception:
        if evidence.file.name:
            evidence.file.storage.delete(evidence.file.name)
        raise
    return evidence


def _attach(evidence: Evidence, file: File) -> None:
    """Keep the file in storage. Each piece of evidence has a copy of its own, so taking one out never takes
    another's away."""
    try:
        known = files.identify(file, file.name or "", limit=settings.EVIDENCE_LIMIT)
    except files.NotTaken as refusal:
        raise NotPossible(str(refusal), "file") from refusal
    evidence.file_name, evidence.content_type = known.name, known.kind.content_type
    evidence.size, evidence.sha256 = known.size, known.sha256
    evidence.file.save(known.name, file, save=False)


@action
def remove_evidence(*, by: User, evidence: Evidence) -> None:
    """Take a piece out of an update that is still being written, and its file out of storage."""
    require(by, Right.LOG_UPDATE, evidence.update)
    update = lock(evidence.update)
    if not update.is_editable:
        raise NotPossible(f"This update is {update.get_state_display().lower()} and can't be changed now")
    if evidence.is_exempt and evidence.added_by_id != by.pk and not sees_exempt(by, update):
        raise NotPossible("Your account has no right to this exempt evidence. Ask the person who added it")
    forget_evidence(evidence)


def forget_evidence(evidence: Evidence) -> None:
    """Delete the row now, and its file once that is certain."""
    kept, name = evidence.file.storage, evidence.file.name
    evidence.delete()
    if name:
        transaction.on_commit(lambda: kept.delete(name))
