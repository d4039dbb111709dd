"""Add, remove and replace evidence.

It is added to an update that is being written, to a response or to an inquiry; removed while nobody has read it; and
replaced afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.actions.exempt import check_exempt
from recommendations.actions.personal_data import check_words
from recommendations.lifecycle import UpdateState, Visibility
from recommendations.models import Evidence, Inquiry, Response, SealedFile, Update
from recommendations.permissions import Right, require, sees_exempt
from recommendations.utils import file_types


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

    The file type is found from its content (see `utils.file_types`), never from its name. Raise ActionDenied, naming
    the field, for a file of another type or too large, a link that is not http or https, both or neither, and for
    exempt evidence without its paragraphs and public summary.
    """
    require(by, Right.LOG_UPDATE, update)
    update = lock(update)
    if not update.is_editable:
        raise ActionDenied(f"This update is {update.get_state_display().lower()} and can't be changed now")
    return _put(
        Evidence(update=update, added_by=by, added_at=clock.now()),
        title=title,
        visibility=visibility,
        url=url,
        file=file,
        exempt_paragraphs=exempt_paragraphs,
        public_summary=public_summary,
    )


@action
def add_document(*, by: User, to: Inquiry | Response, **details: Any) -> Evidence:
    """Add a file or a link to an inquiry (its report, a paper it used) or to a formal response (the letter).

    `details` and refusals are those of `add_evidence`. An inquiry belongs to no owning body and its pages are public,
    so nothing exempt is kept on it. Raise ActionDenied also for a response that was recorded in error.
    """
    require(by, Right.EDIT_INQUIRY if isinstance(to, Inquiry) else Right.RECORD_RESPONSE, to)
    to = lock(to)  # so that the second of two sent at once sees the first
    if isinstance(to, Response) and to.voided_at is not None:
        raise ActionDenied("This response was recorded in error. Add it to the response that stands")
    of = {"inquiry": to} if isinstance(to, Inquiry) else {"response": to}
    return _put(Evidence(**of, added_by=by, added_at=clock.now()), **details)


@action
def replace_evidence(
    *,
    by: User,
    evidence: Evidence,
    reason: str,
    looked_at: bool = False,
    **details: Any,
) -> Evidence:
    """Replace a file or link on the record, with a reason. The earlier one is kept, and can be opened only by those who
    may replace it (see `permissions.may_replace`).

    `details` and refusals are those of `add_evidence`. Raise ActionDenied also without a reason, for evidence that was
    replaced already, and for evidence of an update that is still being written.
    """
    require(by, Right.REPLACE_EVIDENCE, evidence)
    check_words(looked_at, reason=reason)
    evidence = lock(evidence)
    if evidence.replaced_by_id is not None:
        raise ActionDenied("This was replaced already. Go back and replace the newer one")
    if evidence.update is not None and evidence.update.state != UpdateState.PUBLISHED:
        raise ActionDenied("This update is not published yet. Take the file out and add the right one")
    if evidence.is_exempt and not sees_exempt(by, evidence):
        raise ActionDenied("Your account has no right to this exempt evidence. Ask somebody who has it")
    reason = clean_text(reason)
    if not reason:
        raise ActionDenied("Enter why it is replaced", "reason")
    newer = _put(
        Evidence(
            update=evidence.update,
            response=evidence.response,
            inquiry=evidence.inquiry,
            replacement_reason=reason,
            added_by=by,
            added_at=clock.now(),
        ),
        **details,
    )
    save(evidence, replaced_by=newer)
    return newer


def _put(
    evidence: Evidence,
    *,
    title: str,
    visibility: str = Visibility.PUBLIC,
    url: str = "",
    file: File | None = None,
    exempt_paragraphs: Sequence[int] = (),
    public_summary: str = "",
) -> Evidence:
    """Check what was entered and save the evidence with its file. Raise ActionDenied, naming the field."""
    title, url = clean_text(title), clean_text(url)
    if not title:
        raise ActionDenied("Enter what the file or link shows", "title")
    if file is not None and url:
        raise ActionDenied("Choose a file or enter a link, not both. Add them one after the other", "url")
    if file is None and not url:
        raise ActionDenied("Choose a file or enter a link", "file")
    if url and not url.lower().startswith(("https://", "http://")):
        raise ActionDenied("Enter a link that begins with https:// or http://", "url")
    if visibility == Visibility.EXEMPT and evidence.inquiry is not None:
        raise ActionDenied(
            "The documents of an inquiry are open to everybody: nothing exempt is kept here", "visibility"
        )
    if visibility == Visibility.EXEMPT:
        check_exempt(title, exempt_paragraphs, public_summary)
    else:
        exempt_paragraphs, public_summary = (), ""
    if file is not None:
        _attach(evidence, file)
    try:
        _check_not_there(evidence, title, url)
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


def _check_not_there(evidence: Evidence, title: str, url: str) -> None:
    """Raise ActionDenied if the same evidence is there already, because a form was sent twice.

    What is on the record cannot be removed again, so it must not be added twice.
    """
    there = Evidence.objects.current().filter(
        update=evidence.update,
        response=evidence.response,
        inquiry=evidence.inquiry,
        title=title,
        url=url,
        sha256=evidence.sha256,
    )
    if there.exists():
        raise ActionDenied("This very file or link is there already", "url" if url else "file")


def _attach(evidence: Evidence, file: File) -> None:
    """Save the file in storage.

    Each piece of evidence has a copy of its own, so that removing one never removes another's file.
    """
    try:
        known = file_types.identify(file, file.name or "", limit=settings.EVIDENCE_LIMIT)
    except file_types.RejectedUpload as refusal:
        raise ActionDenied(str(refusal), "file") from refusal
    if SealedFile.objects.standing().with_content(known.sha256).exists():
        raise ActionDenied("This very file was withheld from the record. Ask committee support", "file")
    evidence.file_name, evidence.content_type = known.name, known.kind.content_type
    evidence.size, evidence.sha256 = known.size, known.sha256
    evidence.file.save(known.name, file, save=False)


@action
def remove_evidence(*, by: User, evidence: Evidence) -> None:
    """Remove evidence, and its file, from an update that is still being written or an inquiry that is not published."""
    if evidence.inquiry is not None:
        require(by, Right.EDIT_INQUIRY, evidence.inquiry)
        if lock(evidence.inquiry).is_public:
            raise ActionDenied("This inquiry is published, so its documents can only be replaced")
        forget_evidence(evidence)
        return
    if evidence.update is None:
        raise ActionDenied("A response is on the record, so what is added to it can only be replaced")
    require(by, Right.LOG_UPDATE, evidence.update)
    update = lock(evidence.update)
    if not update.is_editable:
        raise ActionDenied(f"This update is {update.get_state_display().lower()} and can't be changed now")
    if evidence.is_exempt and evidence.added_by_id != by.pk and not sees_exempt(by, update):
        raise ActionDenied("Your account has no right to this exempt evidence. Ask the person who added it")
    forget_evidence(evidence)


def forget_evidence(evidence: Evidence) -> None:
    """Delete the row now, and its file after the commit. Raise ActionDenied for one that was ever withheld."""
    if evidence.sealed_files.exists():
        raise ActionDenied(
            "A file or link here was taken off the record, so its entry stays. Go on without removing it"
        )
    kept, name = evidence.file.storage, evidence.file.name
    evidence.delete()
    if name:
        transaction.on_commit(lambda: kept.delete(name))
