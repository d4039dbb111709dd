"""Take words, an entry, a file or a pack off the record at once; confirm it or put it back as a second person; erase it for ever."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, claim_version, lock, save
from recommendations.actions.pack_builds import WITHHOLDINGS
from recommendations.lifecycle import (
    WITHHOLDING_TRANSITIONS,
    PackState,
    WithholdingKind,
    WithholdingState,
    can_transition,
)
from recommendations.lifecycle.clocks import working_days_after
from recommendations.models import Evidence, Pack, SealedFile, SealedText, Withholding
from recommendations.models.packs import WORDS as PACK_WORDS
from recommendations.models.withholdings import PACK_FILES, marker_text
from recommendations.permissions import Right, require
from recommendations.queries import spelling, withholdings
from recommendations.queries.withheld_places import Found, Place, Spans, cut, cut_text, spans_of, whole

NOWHERE = "These words stand nowhere on the record. Check how they are spelt there"

PACK_TEXTS = (*PACK_WORDS, "changes", "contact", "report_of", "content")
"""The columns of a pack that say something of their own."""


@action
def withhold_words(
    *,
    by: User,
    words: str,
    ground: str,
    public_reason: str,
    private_note: str = "",
    keep: Collection[str] = (),
) -> Withholding:
    """Take the words off the record wherever they stand, and put a marker in their place.

    Each line of `words` is looked for by itself. `keep` names the places where they rightly stand, as
    `queries.withholdings.PlaceShown.name` does. Raise ActionDenied where they stand nowhere, and where a reason repeats them.
    """
    require(by, Right.WITHHOLD)
    wait_for_others()
    phrases = withholdings.phrases(words)
    if not phrases:
        raise ActionDenied("Enter the words to take off the record", "words")
    everywhere = withholdings.find_words(phrases)
    if not any(one.place.inside is None for one in everywhere):
        raise ActionDenied(NOWHERE, "words")
    found = withholdings.without(everywhere, keep)
    if not any(one.place.inside is None for one in found):
        raise ActionDenied("Select at least one place where the words are withheld")
    withholding = _begin(by, WithholdingKind.WORDS, ground, public_reason, private_note, phrases)
    _seal(withholding, (found, spans_of(phrases)))
    _seal_editions(withholding, withholdings.packs_holding(withholding).frozen())
    _forget_in_sessions(withholding, phrases)
    return withholding


@action
def withhold_entry(
    *,
    by: User,
    entry: models.Model,
    ground: str,
    public_reason: str,
    private_note: str = "",
    keep: Collection[str] = (),
) -> Withholding:
    """Take all texts of one entry off the record, with their earlier versions and every copy of a longer one."""
    require(by, Right.WITHHOLD, entry)
    wait_for_others()
    own, copies, spans = withholdings.find_entry(entry)
    if not own:
        raise ActionDenied("Everything of this entry is withheld already")
    texts = [passage for one in own for passage in one.passages]
    withholding = _begin(
        by, WithholdingKind.ENTRY, ground, public_reason, private_note, withholdings.telling(texts)
    )
    _seal(withholding, (own, whole), (withholdings.without(copies, keep), spans))
    _seal_editions(withholding, withholdings.packs_holding(withholding).frozen())
    _forget_in_sessions(withholding, withholdings.telling(texts))
    return withholding


@action
def withhold_file(
    *,
    by: User,
    evidence: Evidence,
    ground: str,
    public_reason: str,
    private_note: str = "",
    with_title: bool = True,
) -> Withholding:
    """Take a file or a link off the record, wherever it was added, with its title if that tells too much.

    The bytes of a file leave the place from which files are served; the address of a link is sealed.
    """
    require(by, Right.WITHHOLD, evidence)
    wait_for_others()
    rows = list(withholdings.same_files(evidence))
    if not rows:
        raise ActionDenied("This file or link is withheld already")
    names = ["url", *(["title", "file_name", "public_summary"] if with_title else [])]
    found = [one for row in rows for one in withholdings.texts_of(row, names)]
    texts = withholdings.telling(passage for one in found for passage in one.passages)
    copies = withholdings.copies_of(texts, found)
    withholding = _begin(by, WithholdingKind.FILE, ground, public_reason, private_note, texts)
    for row in rows:
        _seal_file(withholding, row)
    _seal(withholding, (found, whole), (copies, spans_of(texts)))
    _seal_editions(withholding, withholdings.packs_holding(withholding).frozen())
    return withholding


@action
def withhold_edition(
    *, by: User, pack: Pack, ground: str, public_reason: str, private_note: str = ""
) -> Withholding:
    """Take a frozen pack off the record: its files, its content and its words about itself. The record it tells of stays."""
    require(by, Right.WITHHOLD, pack)
    wait_for_others()
    pack = lock(pack)
    if pack.state != PackState.READY:
        raise ActionDenied("Only a pack that is ready has files to withhold. Discard this one instead")
    if pack.withholding_id is not None:
        raise ActionDenied("This pack is withheld already")
    texts = list(withholdings.texts_of(pack, PACK_TEXTS))
    withholding = _begin(by, WithholdingKind.EDITION, ground, public_reason, private_note, ())
    _seal(withholding, (texts, whole))
    _seal_editions(withholding, [pack])
    return withholding


@action
def confirm_withholding(
    *, by: User, withholding: Withholding, reason: str = "", version: int | None = None
) -> Withholding:
    """Confirm as a second person that it stays off the record."""
    return _decide(by, withholding, WithholdingState.CONFIRMED, reason, version)


@action
def put_back(*, by: User, withholding: Withholding, reason: str, version: int | None = None) -> Withholding:
    """Put everything that the withholding took back where it stood, as a second person, with a reason.

    What another withholding has taken since stays withheld, and has the words again when it is put back itself.
    """
    if not clean_text(reason):
        raise ActionDenied("Enter why it is put back", "reason")
    withholding = _decide(by, withholding, WithholdingState.PUT_BACK, reason, version)
    _unseal(withholding)
    _put_files_back(withholding)
    return withholding


@action
def erase_withholding(*, by: User, withholding: Withholding, version: int | None = None) -> Withholding:
    """Erase for ever what a confirmed withholding took: the words leave the database and the file its storage.

    The SHA-256 of what was there stays.
    """
    require(by, Right.ERASE)
    wait_for_others()
    withholding = claim_version(withholding, version)
    _check_step(withholding, WithholdingState.ERASED)
    save(withholding, state=WithholdingState.ERASED, erased_at=clock.now(), erased_by=by)
    withholding.texts.exclude(original="").update(original="")
    transaction.on_commit(lambda: settle_files(withholding))
    return withholding


# ------------------------------------------------------------------ beginning and deciding


def wait_for_others() -> None:
    """Let one withholding at a time look for its words and take them, and no pack be frozen meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WITHHOLDINGS])


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
    save(withholding, ground=ground, public_reason=public_reason, private_note=private_note)
    transaction.on_commit(lambda: cache.delete(spelling.KEPT_AS))
    return withholding


def _decide(
    by: User, withholding: Withholding, state: WithholdingState, reason: str, version: int | None
) -> Withholding:
    require(by, Right.WITHHOLD, withholding)
    wait_for_others()
    withholding = claim_version(withholding, version)
    _check_step(withholding, state)
    if withholding.withheld_by_id == by.pk:
        raise ActionDenied("Somebody else than the person who withheld it decides on it. Ask a colleague")
    save(withholding, state=state, decided_at=clock.now(), decided_by=by, decision_reason=clean_text(reason))
    transaction.on_commit(lambda: cache.delete(spelling.KEPT_AS))
    return withholding


def _check_step(withholding: Withholding, state: WithholdingState) -> None:
    if can_transition(WITHHOLDING_TRANSITIONS, withholding.state, state):
        return
    if state == WithholdingState.ERASED and withholding.is_waiting:
        raise ActionDenied("A second person confirms it first. Then it can be erased")
    raise ActionDenied(f"This is {withholding.get_state_display().lower()} already")


# ------------------------------------------------------------------ taking words out and putting them back


@dataclass
class _Markers:
    """The markers of one withholding: one for each different passage, so that each can be put back as it was."""

    withholding: Withholding
    variants: dict[str, int] = field(default_factory=dict)

    def of(self, passage: str, room: int | None = None) -> str:
        variant = self.variants.setdefault(passage, len(self.variants))
        return marker_text(self.withholding.pk, clock.today(), variant, room)


def _seal(withholding: Withholding, *parts: tuple[Iterable[Found], Spans]) -> None:
    """Move the passages of each place into sealed rows, and put markers in their place.

    All places are found before the first is sealed, so that nothing is looked for in what this withholding took itself.
    """
    markers = _Markers(withholding)
    for one, spans in [(one, spans) for found, spans in parts for one in found]:
        shown, taken = _shown(one, spans, markers)
        known = set(
            SealedText.objects.filter(
                withholding=withholding, table_name=one.place.table, row_key=one.place.row
            ).values_list("column_name", "marker")
        )
        SealedText.objects.bulk_create(
            SealedText(
                withholding=withholding,
                table_name=one.place.table,
                row_key=one.place.row,
                column_name=one.place.column.name,
                marker=marker,
                original=passage,
            )
            for passage, marker in taken.items()
            if (one.place.column.name, marker) not in known
        )
        _write(one.place, shown)


def _shown(one: Found, spans: Spans, markers: _Markers) -> tuple[str, dict[str, str]]:
    """Return the value of the place with markers, and the passages that these stand for.

    Where the column has no room for a marker beside the rest, its whole text is taken.
    """
    room = None if one.place.column.is_json or one.place.inside else one.place.column.field.max_length
    for most in (None, 20):
        taken = {passage: markers.of(passage, most) for passage in one.passages}
        shown = cut(one.place, spans, taken.__getitem__)
        if room is None or len(shown) <= room:
            return shown, taken
    marker = markers.of(one.place.value, room)
    if not marker:
        raise ActionDenied("A number is too short to hold a mark. Change it by itself first")
    return marker, {one.place.value: marker}


def _write(place: Place, value: str) -> None:
    """Put the value in its place. Raise ActionDenied if the place changed meanwhile."""
    if place.inside is not None:
        SealedText.objects.filter(pk=place.inside).update(original=value)
        return
    column, quote = place.column, connection.ops.quote_name
    sets, parameters = [f"{quote(column.name)} = {_from_text(place)}"], [value]
    for key in column.keys:
        sets.append(f"{quote(str(key.column))} = %s")
        parameters.append(key.key(value))
    if any(one.name == "version" for one in column.model._meta.concrete_fields):
        sets.append("version = version + 1")
    text = f"to_jsonb({quote(column.name)})::text" if column.is_json else quote(column.name)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(place.table)} SET {', '.join(sets)} WHERE {quote(column.primary)} = %s AND {text} = %s",  # noqa: S608 (our own tables and columns)
            [*parameters, place.row, place.value],
        )
        if cursor.rowcount != 1:
            raise ActionDenied("Somebody changed one of these places just now. Look at them again")


def _from_text(place: Place) -> str:
    """Return the SQL that makes the column's value of its text."""
    if not place.column.is_json:
        return "%s"
    if place.column.cast.endswith("[]"):
        return f"ARRAY(SELECT jsonb_array_elements_text(%s::jsonb))::{place.column.cast}"
    return f"%s::{place.column.cast}"


def _unseal(withholding: Withholding) -> None:
    """Put the words back in their columns, or into what an earlier or later withholding has sealed of the same column."""
    for key, texts in withholdings.by_place(withholding).items():
        for place in withholdings.values_of(key):
            shown = withholdings.with_originals(place, texts)
            if shown != place.value:
                _check_room(place, shown)
                _write(place, shown)


def _check_room(place: Place, shown: str) -> None:
    room = None if place.column.is_json or place.inside else place.column.field.max_length
    if room is not None and len(shown) > room:
        raise ActionDenied("A text was lengthened meanwhile and has no room for the words. Shorten it first")


def _forget_in_sessions(withholding: Withholding, phrases: list[str]) -> None:
    """Replace the words in what sessions keep, such as messages that are not shown yet."""
    spans, marker = spans_of(phrases), marker_text(withholding.pk, clock.today(), 0)
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        replaced = _replace_in(kept, spans, marker)
        if replaced != kept:
            session.session_data = Session.objects.encode(replaced)
            session.save(update_fields=["session_data"])


def _replace_in(value: Any, spans: Spans, marker: str) -> Any:
    match value:
        case str():
            return cut_text(value, spans, lambda _: marker)
        case dict():
            return {key: _replace_in(one, spans, marker) for key, one in value.items()}
        case list() | tuple():
            return [_replace_in(one, spans, marker) for one in value]
    return value


# ------------------------------------------------------------------ files


def _seal_file(withholding: Withholding, evidence: Evidence) -> None:
    """Keep a copy of the file where nobody is served from, and mark the evidence. The file goes after the commit."""
    sealed = SealedFile(
        withholding=withholding, evidence=evidence, sha256=evidence.sha256, size=evidence.size
    )
    _keep_sealed([sealed])
    Evidence.objects.filter(pk=evidence.pk).update(withholding=withholding)


def _seal_editions(withholding: Withholding, packs: Iterable[Pack]) -> None:
    """Seal the files of frozen packs and mark the packs. What another withholding keeps already is shared with it."""
    for pack in packs:
        kept = {one.field: one for one in SealedFile.objects.standing().of(pack)}
        hashes = {"pdf": pack.pdf_hash, "word": pack.word_hash}
        files = [
            SealedFile(withholding=withholding, pack=pack, field=field, sha256=hashes.get(field, ""))
            for field in PACK_FILES
            if getattr(pack, field)
        ]
        for sealed in files:
            if sealed.field in kept:
                sealed.file.name = kept[sealed.field].file.name
        _keep_sealed(files)
        if pack.withholding_id is None:
            Pack.objects.filter(pk=pack.pk).update(withholding=withholding)


def _keep_sealed(files: Iterable[SealedFile]) -> None:
    """Save the rows with a copy of each file that is not kept yet; without a trace if one of them fails."""
    copied: list[str] = []
    try:
        for sealed in files:
            if sealed.served and not sealed.file.name:
                with sealed.served.open("rb") as content:
                    sealed.file.save(secrets.token_hex(16), content, save=False)
                copied.append(str(sealed.file.name))
                sealed.size = sealed.size or sealed.file.size
            sealed.save()
            transaction.on_commit(partial(settle_files, sealed.withholding))
    except Exception:
        for name in copied:
            default_storage.delete(name)
        raise


def _put_files_back(withholding: Withholding) -> None:
    """Put the withheld files and links back; what was kept of them goes after the commit.

    A pack of which another withholding has taken words stays withheld, by that one.
    """
    for owner, files in _by_owner(withholding):
        other = SealedFile.objects.standing().of(owner).exclude(withholding=withholding).first()
        for sealed in files:
            name = sealed.served.name
            if other is None and name and not default_storage.exists(name):
                with sealed.file.open("rb") as content:
                    default_storage.save(name, content)
        if owner.withholding_id == withholding.pk:
            stays = other.withholding if other is not None else None
            type(owner).objects.filter(pk=owner.pk).update(withholding=stays)
    transaction.on_commit(partial(settle_files, withholding))


def _by_owner(withholding: Withholding) -> list[tuple[Any, list[SealedFile]]]:
    """Return the evidence and packs of which the withholding keeps files, each with these."""
    found: dict[tuple[int | None, int | None], list[SealedFile]] = {}
    for sealed in withholding.files.with_owner():
        found.setdefault((sealed.evidence_id, sealed.pack_id), []).append(sealed)
    return [(files[0].owner, files) for files in found.values()]


def settle_all_files() -> None:
    """Do what `settle_files` does for every withholding of files."""
    for withholding in Withholding.objects.filter(files__isnull=False).distinct():
        settle_files(withholding)


def settle_files(withholding: Withholding) -> None:
    """Remove the copies of files that should not be there any more. May be repeated at any time, also after a crash.

    While a withholding stands the file is in its sealed place alone; once it is put back, in its old place; once it is
    erased, nowhere.
    """
    state = Withholding.objects.get(pk=withholding.pk).state
    for sealed in withholding.files.with_owner():
        kept, served = sealed.file.name, sealed.served.name
        if not kept or not served:
            continue
        if state == WithholdingState.ERASED:
            default_storage.delete(served)
            default_storage.delete(kept)
        elif sealed.owner.withholding_id is None:
            if default_storage.exists(served):
                default_storage.delete(kept)
        elif default_storage.exists(kept):
            default_storage.delete(served)
