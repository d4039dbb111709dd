"""Compose, edit, queue and release briefing packs. The steps of building one are in `pack_builds`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from committee.formatting import long_date
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, EditConflict, action, claim_version, lock, save
from recommendations.actions.grace import carry_out_asked
from recommendations.actions.pack_builds import set_queued
from recommendations.lifecycle import (
    PACK_TRANSITIONS,
    Edition,
    Implication,
    MeetingState,
    PackSection,
    PackState,
    can_transition,
)
from recommendations.models import Meeting, Pack, PackTemplate, Recommendation
from recommendations.models.packs import WORDS
from recommendations.permissions import Right, require, sees_exempt


def require_edition(by: User, edition: str, thing: Meeting | Pack | PackTemplate) -> None:
    """Raise PermissionDenied unless `by` may make packs of this body, and exempt ones if it is exempt."""
    require(by, Right.MAKE_PACKS, thing)
    if edition == Edition.EXEMPT and not sees_exempt(by, thing):
        raise PermissionDenied("Your account does not have the right to exempt information of this body.")


def _claimed(pack: Pack, by: User, version: int | None) -> Pack:
    """Claim the version for somebody who may make this pack, both as they opened it and as it is now.

    It may have become an exempt one meanwhile, and an EditConflict carries its text.
    """
    require_edition(by, pack.edition, pack)
    try:
        claimed = claim_version(pack, version)
    except EditConflict as stale:
        require_edition(by, stale.current.edition, pack)
        raise
    require_edition(by, claimed.edition, pack)
    return claimed


@action
def compose_pack(*, by: User, meeting: Meeting, edition: str = Edition.PUBLIC, **details: Any) -> Pack:
    """Compose a draft pack for a meeting. Only its title is required."""
    require_edition(by, edition, meeting)
    if not meeting.has_day:
        raise ActionDenied("The day of this meeting is not known. Enter it before you compose a pack", None)
    pack = Pack(meeting=meeting, created_by=by, created_at=clock.now(), edition=edition)
    _save_details(pack, by, details)
    return pack


@action
def edit_pack(*, by: User, pack: Pack, version: int | None = None, **details: Any) -> Pack:
    """Edit a draft, or a failed pack, which becomes a draft again.

    An exempt pack never becomes public: what was written for it may be exempt too. Raise EditConflict, and ActionDenied
    once the pack is being made or frozen.
    """
    pack = _claimed(pack, by, version)
    if pack.state not in (PackState.DRAFT, PackState.FAILED):
        raise ActionDenied(f"This pack is {pack.get_state_display().lower()}, so it can’t be changed")
    require_edition(by, details.get("edition", pack.edition), pack)
    if pack.is_exempt and details.get("edition", pack.edition) != Edition.EXEMPT:
        raise ActionDenied(
            "An exempt pack stays exempt, because its words may be exempt too. Compose a public pack of its own"
            " for this meeting",
            "edition",
        )
    if pack.replaces_id is not None and details.get("edition", pack.edition) != pack.edition:
        raise ActionDenied("A new version or a supplement has the edition of what it follows", "edition")
    pack.state, pack.failure = PackState.DRAFT, ""
    _save_details(pack, by, details)
    return pack


def _save_details(pack: Pack, by: User, details: dict[str, Any]) -> None:
    selection, before = details.pop("selection", None), pack.selection
    known = set(choosable(by, pack.edition, details).values_list("pk", flat=True))
    if selection is not None:
        pack.selection = list(dict.fromkeys(selection))
    pack.selection = [pk for pk in pack.selection if pk in known]
    unseen = [pk for pk in before if pk not in known]
    if (
        unseen and details.get("edition", pack.edition) == Edition.EXEMPT
    ):  # another clerk, who sees more, chose it
        there = set(Recommendation.objects.standing().filter(pk__in=unseen).values_list("pk", flat=True))
        pack.selection += [pk for pk in unseen if pk in there]
    if set(details.get("sections", ())) - set(PackSection.values):
        raise ActionDenied("Select sections from the list", "sections")
    if "implications" in details:
        details["implications"] = _implications(details["implications"])
    save(pack, **details)


def _implications(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the implications as they are stored: known kinds only, those with a text."""
    cleaned = {kind.value: clean_text(texts.get(kind.value, "")) for kind in Implication}
    return {kind: text for kind, text in cleaned.items() if text}


def choosable(by: User, edition: str, details: dict[str, Any] | None = None) -> Any:
    """Return the recommendations that a pack of this edition may hold.

    Published ones that were not withdrawn; in an exempt edition also those of unpublished reports that `by` works on.
    """
    edition = (details or {}).get("edition", edition)
    if edition == Edition.PUBLIC:
        return Recommendation.objects.published().standing()
    return Recommendation.objects.visible_to(by).standing()


def unseen_count(pack: Pack, *, by: User) -> int:
    """Return how many of the pack's recommendations `by` may not see: those that another clerk chose."""
    there = Recommendation.objects.standing().of_ids(set(pack.selection))
    seen: int = there.visible_to(by).count()
    return there.count() - seen


@action
def discard_pack(*, by: User, pack: Pack, version: int | None = None) -> None:
    """Discard a pack that was never made."""
    pack = _claimed(pack, by, version)
    if pack.state not in (PackState.DRAFT, PackState.FAILED):
        raise ActionDenied(f"This pack is {pack.get_state_display().lower()}, so it stays")
    pack.delete()


@action
def queue_pack(*, by: User, pack: Pack, version: int | None = None) -> Pack:
    """Queue the pack and return it; no task is enqueued, see `packs.tasks.request_build`.

    A pack that is queued or being made stays as it is.
    """
    pack = _claimed(pack, by, version)
    if pack.state in (PackState.QUEUED, PackState.RENDERING):
        return pack
    if not can_transition(PACK_TRANSITIONS, pack.state, PackState.QUEUED):
        raise ActionDenied("This pack is frozen. Make a new version instead")
    if not pack.selection:
        raise ActionDenied("Choose at least one recommendation", "selection")
    if not pack.sections:
        raise ActionDenied("Select at least one section", "sections")
    if pack.replaces_id and not clean_text(pack.changes):
        what = "this supplement adds" if pack.supplement else "this version changes"
        raise ActionDenied(f"Enter what {what}", "changes")
    set_queued(pack, by=by, made_with={})
    return pack


@action
def cancel_pack(*, by: User, pack: Pack) -> Pack:
    """Stop a pack that is queued or being made, so that it can be edited."""
    require_edition(by, pack.edition, pack)
    pack = lock(pack)
    require_edition(by, pack.edition, pack)
    if pack.state not in (PackState.QUEUED, PackState.RENDERING):
        raise ActionDenied(f"This pack is {pack.get_state_display().lower()}, so there is nothing to stop")
    save(pack, state=PackState.DRAFT, version=pack.version + 1)
    return pack


@action
def release_pack(*, by: User, pack: Pack, version: int | None = None) -> Pack:
    """Release a pack that is ready.

    A public edition becomes visible to everybody, an exempt one to the body's councillors and officers with the right
    to exempt information. It cannot be undone. Raise ActionDenied once its meeting was cancelled.
    """
    pack = _claimed(pack, by, version)
    _check_releasable(pack)
    save(pack, released_at=clock.now(), released_by=by)
    return pack


@action
def ask_release(*, by: User, pack: Pack, version: int | None = None) -> Pack:
    """Have a pack that is ready released GRACE_SECONDS from now; until then that can be taken back.

    Right and conditions are those of `release_pack`.
    """
    pack = _claimed(pack, by, version)
    _check_releasable(pack)
    if pack.release_asked_by is not None:
        raise ActionDenied(f"{pack.release_asked_by.name} is already releasing this pack")
    save(pack, release_asked_at=clock.now(), release_asked_by=by)
    if not settings.GRACE_SECONDS:
        save(pack, released_at=pack.release_asked_at, released_by=by)
    return pack


@action
def take_back_release(*, by: User, pack: Pack, version: int | None = None) -> Pack:
    """Take back the release of a pack that nobody could read yet. Raise ActionDenied once it is released."""
    pack = _claimed(pack, by, version)
    if pack.released_at is not None:
        raise ActionDenied(
            "This pack is released, so it stays. A new version or a supplement can follow it, and words can be withheld"
        )
    if pack.release_asked_at is None:
        raise ActionDenied("This pack is not being released, so there is nothing to take back")
    save(pack, release_asked_at=None, release_asked_by=None)
    return pack


def release_asked() -> list[Pack]:
    """Release the packs of which that was asked GRACE_SECONDS ago, each in the name of who asked.

    One that can't be released any more waits for its clerk again.
    """
    return carry_out_asked(
        Pack.objects.defer("content").release_asked_until,
        "release_asked_by",
        carry_out=_release_asked,
        drop=_drop_release,
    )


@action
def _release_asked(*, by: User, pack: Pack, until: dt.datetime) -> list[Pack]:
    pack = _claimed(pack, by, None)
    if not pack.is_being_released or pack.release_asked_at is None or pack.release_asked_at > until:
        return []  # taken back meanwhile, or another worker was quicker
    _check_releasable(pack)
    save(pack, released_at=clock.now(), released_by=by)
    return [pack]


@action
def _drop_release(*, by: User, pack: Pack) -> None:
    pack = claim_version(pack, None)
    if pack.is_being_released:
        save(pack, release_asked_at=None, release_asked_by=None)


def _check_releasable(pack: Pack) -> None:
    """Raise ActionDenied unless the pack, which the caller has locked, can be released."""
    if lock(pack.meeting).state == MeetingState.CANCELLED:
        raise ActionDenied("The meeting was cancelled, so its papers can’t be released. Plan it again first")
    if pack.state != PackState.READY:
        raise ActionDenied("The pack is not ready yet, so it can’t be released")
    if pack.released_at is not None:
        raise ActionDenied("This pack was already released")
    if pack.withholding_id is not None:
        raise ActionDenied("This pack is withheld, so it can’t be released. Make one that takes its place")


@action
def new_version(*, by: User, pack: Pack, supplement: bool = False) -> Pack:
    """Return a draft that replaces a frozen pack once it is made, or supplements it, and must say what it changes or
    adds.

    A new version starts as a copy. A supplement asks for no decision yet and has nothing chosen; the supplements of a
    pack are numbered on their own.
    """
    require_edition(by, pack.edition, pack)
    pack = lock(pack)
    require_edition(by, pack.edition, pack)
    if refusal := pack.new_version_refusal:
        raise ActionDenied(refusal)
    copy = Pack(
        meeting=pack.meeting,
        edition=pack.edition,
        replaces=pack,
        number=_next_supplement(pack) if supplement else pack.number + 1,
        supplement=supplement,
        created_by=by,
        created_at=clock.now(),
        sections=pack.sections,
        selection=[] if supplement else pack.selection,
    )
    words: dict[str, Any] = {}
    if not supplement:
        words = {name: getattr(pack, name) for name in ("decisions", "reasons", "implications", "appendices")}
    save(
        copy,
        title=pack.title,
        purpose=pack.purpose,
        contact=pack.contact,
        report_of=pack.report_of,
        **words,
    )
    return copy


@action
def replace_withheld(*, by: User, pack: Pack) -> Pack:
    """Return a new version of a pack of which words were withheld, queued: its frozen content without these words.

    No task is enqueued, see `packs.tasks.request_replacement`. Of a supplement it is a further supplement. Raise
    ActionDenied where nothing is withheld, where all of it is, and where a later version follows.
    """
    require_edition(by, pack.edition, pack)
    pack = lock(pack)
    if pack.withholding is None or pack.replacement_refusal:
        raise ActionDenied(pack.replacement_refusal)
    first = pack.replaces if pack.supplement and pack.replaces is not None else pack
    copy = Pack(
        meeting=pack.meeting,
        edition=pack.edition,
        replaces=first,
        repeats=pack,
        number=_next_supplement(first) if pack.supplement else pack.number + 1,
        supplement=pack.supplement,
        created_by=by,
        created_at=clock.now(),
        sections=pack.sections,
        selection=pack.selection,
    )
    day = long_date(timezone.localdate(pack.withholding.withheld_at))
    words = {name: getattr(pack, name) for name in (*WORDS, "contact", "report_of")}
    what = pack.issue_words or "version 1"
    changes = (
        f"Words of {what} were withheld on {day}. All else is as it was: {pack.withholding.public_reason}"
    )
    save(copy, changes=changes, **words)
    set_queued(copy, by=by, made_with={})
    return copy


def _next_supplement(pack: Pack) -> int:
    """Return the number of the next supplement of a pack: they are numbered on their own."""
    last = pack.replaced_by.filter(supplement=True).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def together(selection: Sequence[int], inquiry_of: Mapping[int, int]) -> list[int]:
    """Return the choice in the order of a pack: the recommendations of one inquiry together, where its first one
    stands.
    """
    first: dict[int, int] = {}
    for index, pk in enumerate(selection):
        first.setdefault(inquiry_of.get(pk, -pk), index)
    return sorted(selection, key=lambda pk: first[inquiry_of.get(pk, -pk)])


def chosen(pack: Pack, *, by: User) -> Sequence[Recommendation]:
    """Return those of the pack's recommendations that `by` may see, in the order of the pack, without those withdrawn since.

    Another clerk may have chosen some of unpublished reports; they stay chosen, last.
    """
    rows = Recommendation.objects.visible_to(by).standing().for_list().in_bulk(pack.selection)
    seen = [pk for pk in pack.selection if pk in rows]
    return [rows[pk] for pk in together(seen, {pk: row.inquiry_id for pk, row in rows.items()})]
