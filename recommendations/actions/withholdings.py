"""Take words, an entry, a file or a pack off the record at once; confirm it or put it back as a second person; erase it for ever.
What is confirmed is put back by `actions/put_back_proposals.py`.

Each is exclusive: it finds its words in any table, in which others may be about to change them, and no pack is frozen meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import (
    ActionDenied,
    EditConflict,
    action,
    claim_version,
    exclusive_action,
    lock,
    save,
)
from recommendations.actions.personal_data import check_words
from recommendations.actions.withheld_files import put_files_back, seal_file, seal_packs, settle_files
from recommendations.actions.withheld_texts import forget_in_sessions, seal, unseal
from recommendations.lifecycle import (
    WITHHOLDING_TRANSITIONS,
    PackState,
    WithholdingKind,
    WithholdingState,
    can_transition,
)
from recommendations.lifecycle.clocks import working_days_after
from recommendations.models import Evidence, Pack, Withholding
from recommendations.models.packs import WORDS as PACK_WORDS
from recommendations.permissions import Right, require
from recommendations.queries import spelling, withholdings
from recommendations.queries.withheld_places import spans_of, whole
from recommendations.queries.withheld_records import records_of

NOWHERE = "These words stand nowhere on the record. Check how they are spelt there"

DECIDE_FIRST = "Another person agrees or declines first, or whoever proposed it withdraws it"

PACK_TEXTS = (*PACK_WORDS, "changes", "contact", "report_of", "content")
"""The columns of a pack that say something of their own."""


@exclusive_action
def withhold_words(
    *,
    by: User,
    words: str,
    ground: str,
    public_reason: str,
    private_note: str = "",
    keep: Collection[str] = (),
    looked_at: bool = False,
) -> Withholding:
    """Take the words off the record wherever they stand, and put a marker in their place.

    Each line of `words` is looked for by itself. `keep` names the places where they rightly stand, as
    `queries.withholdings.PlaceShown.name` does. Raise ActionDenied where they stand nowhere, and where a reason repeats them.
    """
    require(by, Right.WITHHOLD)
    phrases = withholdings.phrases(words)
    if not phrases:
        raise ActionDenied("Enter the words to take off the record", "words")
    if len(phrases) > withholdings.MOST_PHRASES:
        raise ActionDenied(withholdings.TOO_MANY, "words")
    everywhere = withholdings.find_words(phrases)
    if not any(one.place.inside is None for one in everywhere):
        raise ActionDenied(NOWHERE, "words")
    found = withholdings.without(everywhere, keep)
    if not any(one.place.inside is None for one in found):
        raise ActionDenied("Select at least one place where the words are withheld")
    check_words(looked_at, public_reason=public_reason)
    withholding = _begin(by, WithholdingKind.WORDS, ground, public_reason, private_note, phrases)
    seal(withholding, (found, spans_of(phrases)))
    seal_packs(withholding, withholdings.packs_holding(withholding).frozen())
    forget_in_sessions(withholding, phrases)
    return withholding


@exclusive_action
def withhold_entry(
    *,
    by: User,
    entry: models.Model,
    ground: str,
    public_reason: str,
    private_note: str = "",
    keep: Collection[str] = (),
    looked_at: bool = False,
) -> Withholding:
    """Take all texts of one entry off the record, with their earlier versions and every copy of a longer one."""
    require(by, Right.WITHHOLD, entry)
    own, copies, spans = withholdings.find_entry(entry)
    if not own:
        raise ActionDenied("Everything of this entry is withheld already")
    texts = [passage for one in own for passage in one.passages]
    check_words(looked_at, public_reason=public_reason)
    withholding = _begin(
        by, WithholdingKind.ENTRY, ground, public_reason, private_note, withholdings.telling(texts)
    )
    seal(withholding, (own, whole), (withholdings.without(copies, keep), spans))
    seal_packs(withholding, withholdings.packs_holding(withholding).frozen())
    forget_in_sessions(withholding, withholdings.telling(texts))
    return withholding


@exclusive_action
def withhold_file(
    *,
    by: User,
    evidence: Evidence,
    ground: str,
    public_reason: str,
    private_note: str = "",
    with_title: bool = True,
    keep: Collection[str] = (),
    looked_at: bool = False,
) -> Withholding:
    """Take a file or a link off the record, wherever it was added, with its title if that tells too much.

    The bytes of a file leave the place from which files are served; the address of a link is sealed. `keep` names the
    places where what reads like its title or summary is of something else.
    """
    require(by, Right.WITHHOLD, evidence)
    rows = list(withholdings.same_files(evidence).select_for_update(of=("self",)))
    if not rows:
        raise ActionDenied("This file or link is withheld already")
    found, copies, spans = withholdings.find_file(evidence, with_title=with_title)
    texts = withholdings.telling(passage for one in found for passage in one.passages)
    check_words(looked_at, public_reason=public_reason)
    withholding = _begin(by, WithholdingKind.FILE, ground, public_reason, private_note, texts)
    for row in rows:
        seal_file(withholding, row)
    seal(withholding, (found, whole), (withholdings.without(copies, keep), spans))
    seal_packs(withholding, withholdings.packs_holding(withholding).frozen())
    return withholding


@exclusive_action
def withhold_edition(
    *,
    by: User,
    pack: Pack,
    ground: str,
    public_reason: str,
    private_note: str = "",
    looked_at: bool = False,
) -> Withholding:
    """Take a frozen pack off the record: its files, its content and its words about itself. The record it tells of stays."""
    require(by, Right.WITHHOLD, pack)
    pack = lock(pack)
    if pack.state != PackState.READY:
        raise ActionDenied("Only a pack that is ready has files to withhold. Discard this one instead")
    if pack.withholding_id is not None:
        raise ActionDenied("This pack is withheld already")
    texts = list(withholdings.texts_of(pack, PACK_TEXTS))
    check_words(looked_at, public_reason=public_reason)
    withholding = _begin(by, WithholdingKind.EDITION, ground, public_reason, private_note, ())
    seal(withholding, (texts, whole))
    seal_packs(withholding, [pack])
    return withholding


@exclusive_action
def confirm_withholding(
    *,
    by: User,
    withholding: Withholding,
    reason: str = "",
    version: int | None = None,
    looked_at: bool = False,
) -> Withholding:
    """Confirm as a second person that it stays off the record."""
    check_words(looked_at, reason=reason)
    return _decide(by, withholding, WithholdingState.CONFIRMED, reason, version)


@exclusive_action
def put_back(
    *,
    by: User,
    withholding: Withholding,
    reason: str,
    version: int | None = None,
    looked_at: bool = False,
) -> Withholding:
    """Put everything that the withholding took back where it stood, as a second person, with a reason. What is confirmed is
    proposed to be put back instead.

    What another withholding has taken since stays withheld, and has the words again when it is put back itself.
    """
    check_words(looked_at, reason=reason)
    if not clean_text(reason):
        raise ActionDenied("Enter why it is put back", "reason")
    withholding = _decide(by, withholding, WithholdingState.PUT_BACK, reason, version)
    put_on_the_record(withholding)
    return withholding


def put_on_the_record(withholding: Withholding) -> None:
    """Put the words and files back where they stood, once it is decided."""
    transaction.on_commit(partial(cache.delete, spelling.kept_as()))
    unseal(withholding)
    put_files_back(withholding)


@exclusive_action
def erase_withholding(*, by: User, withholding: Withholding, version: int | None = None) -> Withholding:
    """Erase for ever what a confirmed withholding took: the words leave the database and the file its storage.

    The SHA-256 of what was there stays.
    """
    require(by, Right.ERASE)
    withholding = claim_version(withholding, version)
    _check_step(withholding, WithholdingState.ERASED)
    if withholding.proposal is not None:
        raise ActionDenied(f"Somebody proposes to put it back. {DECIDE_FIRST}")
    save(withholding, state=WithholdingState.ERASED, erased_at=clock.now(), erased_by=by)
    withholding.texts.exclude(original="").update(original="")
    transaction.on_commit(lambda: settle_files(withholding))
    return withholding


@action
def look_again(*, by: User, withholding: Withholding, words: str, version: int | None = None) -> list[str]:
    """Return what to look for. Nothing is changed. Raise EditConflict with the withholding if anything was decided since
    `version`: what was put back stands on the record.
    """
    require(by, Right.WITHHOLD, withholding)
    current = lock(withholding)
    if version is not None and version != current.version:
        raise EditConflict(current)
    return withholdings.phrases(words)


# ------------------------------------------------------------------ beginning and deciding


def _begin(
    by: User, kind: str, ground: str, public_reason: str, private_note: str, phrases: Iterable[str]
) -> Withholding:
    if not ground:
        raise ActionDenied("Select the legal ground", "ground")
    if not clean_text(public_reason):
        raise ActionDenied("Enter a reason that the public may read", "public_reason")
    for name, text in (("public_reason", public_reason), ("private_note", private_note)):
        if spans_of(list(phrases))(clean_text(text)):
            raise ActionDenied("Leave out the words themselves: this text stays on the record", name)
    withholding = Withholding(
        kind=kind,
        withheld_at=clock.now(),
        withheld_by=by,
        decide_by=working_days_after(clock.today(), settings.WITHHOLDING_DECIDED_WITHIN_DAYS),
    )
    transaction.on_commit(partial(cache.delete, spelling.kept_as()))
    save(withholding, ground=ground, public_reason=public_reason, private_note=private_note)
    return withholding


def _decide(
    by: User, withholding: Withholding, state: WithholdingState, reason: str, version: int | None
) -> Withholding:
    require_decider(by, withholding)
    withholding = claim_version(withholding, version)
    _check_step(withholding, state)
    if withholding.withheld_by_id == by.pk:
        raise ActionDenied("Somebody else than the person who withheld it decides on it. Ask a colleague")
    if state == WithholdingState.CONFIRMED:
        check_repeats_nothing(withholding, reason)
    save(withholding, state=state, decided_at=clock.now(), decided_by=by, decision_reason=clean_text(reason))
    return withholding


def require_decider(by: User, withholding: Withholding) -> None:
    """Raise PermissionDenied unless this person is of the staff of each committee whose record it is, or an administrator."""
    for record in records_of(withholding):
        require(by, Right.DECIDE_WITHHELD, record)


def check_repeats_nothing(withholding: Withholding, text: str) -> None:
    """Raise ActionDenied where a text that stays, beside what stays withheld, has the words in it."""
    if spans_of(withholdings.words_of(withholding))(clean_text(text)):
        raise ActionDenied("Leave out the words themselves: this text stays on the record", "reason")


def _check_step(withholding: Withholding, state: WithholdingState) -> None:
    if state == WithholdingState.PUT_BACK and withholding.is_confirmed:
        raise ActionDenied("It is confirmed, so it takes two people to put it back. Propose it")
    if can_transition(WITHHOLDING_TRANSITIONS, withholding.state, state):
        return
    if state == WithholdingState.ERASED and withholding.is_waiting:
        raise ActionDenied("A second person confirms it first. Then it can be erased")
    raise ActionDenied(f"This is {withholding.get_state_display().lower()} already")
