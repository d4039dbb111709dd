"""Whose record something was taken from, and so who decides on it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from committee.accounts.models import User
from committee.formatting import date_and_time
from recommendations.lifecycle import PutBackState, WithholdingState
from recommendations.models import (
    Body,
    ImportBatch,
    ImportRow,
    Meeting,
    Pack,
    PackTemplate,
    ProposedVerdict,
    PutBackProposal,
    RespondentLink,
    Review,
    SealedFile,
    SealedText,
    UpdateRequest,
    Withholding,
)
from recommendations.permissions import Right, may, record_bodies
from recommendations.queries.withheld_excerpts import BELONG_TO, home_of

OF_A_COMMITTEE: dict[type[models.Model], tuple[str, ...]] = {
    **BELONG_TO,
    Body: (),
    ImportBatch: ("committee",),
    ImportRow: ("batch__committee",),
    ProposedVerdict: ("recommendation__inquiry__committee",),
    RespondentLink: ("committee", "body"),
    Review: ("committee",),
    UpdateRequest: ("assignment__recommendation__inquiry__committee",),
}
"""The tables whose rows are of somebody's record, and what is read with them. What stands elsewhere is a copy of these, or
belongs to nobody.
"""
MADE_OF_OTHERS = (Body, Meeting, Pack, PackTemplate, Review)
"""What tells of the inquiries of committees: whose it is counts only where nothing was taken from an inquiry itself."""
_BY_TABLE = {model._meta.db_table: model for model in OF_A_COMMITTEE}


def records_of(withholding: Withholding) -> list[Any]:
    """Return one thing of each record that the withholding took something from: whoever decides on it has the right over each.

    The withholding itself stands for a record of nobody, on which administrators decide.
    """
    return records_by_withholding([withholding])[withholding.pk]


def records_by_withholding(withholdings: Iterable[Withholding]) -> dict[int, list[Any]]:
    """Return what `records_of` does for each of several, by its number, in as many queries as for one."""
    withholdings = list(withholdings)
    rows = _rows_taken_from([one.pk for one in withholdings])
    return {one.pk: _of_each_record(rows[one.pk]) or [one] for one in withholdings}


def may_decide(user: User, withholding: Withholding) -> bool:
    """Return whether the person is of the staff that decides on it, or an administrator."""
    return all(may(user, Right.DECIDE_WITHHELD, record) for record in records_of(withholding))


def to_decide(user: User) -> list[Withholding]:
    """Return what somebody else withheld and nobody decided on, the first due first, then what somebody else proposes to put
    back: what this person may decide on.
    """
    waiting = Withholding.objects.waiting().exclude(withheld_by=user).select_related("withheld_by")
    own = PutBackProposal.objects.open().order_by().filter(proposed_by=user)
    proposed = Withholding.objects.proposed_to_put_back().exclude(put_back_proposals__in=own)
    found = [*waiting, *proposed.select_related("withheld_by")]
    if not found or not may(user, Right.DECIDE_WITHHELD):
        return []
    records = records_by_withholding(found)
    return [
        one for one in found if all(may(user, Right.DECIDE_WITHHELD, record) for record in records[one.pk])
    ]


@dataclass(frozen=True)
class Steps:
    """What this person can do with a withholding now."""

    confirm: bool = False
    put_back: bool = False
    propose: bool = False
    decide_on_proposal: bool = False
    withdraw: bool = False
    erase: bool = False
    why_not: str = ""
    """Who decides, if this person does not."""


NOT_THEIRS = "The staff of the committee whose record it is decide on this, or an administrator"
OWN_WITHHOLDING = "You withheld this, so a colleague decides on it"
OWN_PROPOSAL = "You proposed to put this back, so a colleague agrees or declines"


def steps_for(user: User, withholding: Withholding) -> Steps:
    """Return what this person can do with it now, and who decides where they can't."""
    decides, erases = may_decide(user, withholding), may(user, Right.ERASE)
    if withholding.is_waiting:
        if withholding.withheld_by_id == user.pk:
            return Steps(why_not=OWN_WITHHOLDING)
        return Steps(confirm=decides, put_back=decides, why_not="" if decides else NOT_THEIRS)
    if not withholding.is_confirmed:
        return Steps()
    proposal = withholding.proposal
    if proposal is None:
        return Steps(propose=decides, erase=erases)
    if proposal.proposed_by_id == user.pk:
        return Steps(withdraw=True, why_not=OWN_PROPOSAL)
    return Steps(decide_on_proposal=decides, why_not="" if decides else NOT_THEIRS)


def last_step(withholding: Withholding) -> str:
    """Return who did what with it last, and when, in words without a full stop."""
    was_put_back = withholding.status == WithholdingState.PUT_BACK and withholding.agreed is None
    decided = "put it back" if was_put_back else "confirmed it"
    steps: list[tuple[dt.datetime | None, User | None, str]] = [
        (withholding.withheld_at, withholding.withheld_by, "withheld it"),
        (withholding.decided_at, withholding.decided_by, decided),
    ]
    for one in reversed(withholding.put_back_proposals.for_list()):
        steps += [
            (one.proposed_at, one.proposed_by, PutBackState.OPEN.step),
            (one.decided_at, one.decided_by, one.status.step),
        ]
    steps.append((withholding.erased_at, withholding.erased_by, "erased it"))
    done = [(at, who.name, did) for at, who, did in steps if at is not None and who is not None]
    at, name, did = sorted(done, key=lambda step: step[0])[-1]
    return f"{name} {did}, {date_and_time(at)}"


def _rows_taken_from(numbers: Iterable[int]) -> dict[int, list[Any]]:
    """Return the rows that withholdings took something from and that are of somebody's record, by the withholding's number."""
    keys: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    texts = SealedText.objects.filter(withholding__in=numbers, table_name__in=_BY_TABLE)
    for number, table, key in texts.values_list("withholding", "table_name", "row_key").distinct():
        keys[number].add((table, key))
    for sealed in SealedFile.objects.filter(withholding__in=numbers):
        model, pk = ("evidence", sealed.evidence_id) if sealed.evidence_id else ("pack", sealed.pack_id)
        keys[sealed.withholding_id].add((f"recommendations_{model}", str(pk)))
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for table, key in set().union(*keys.values()):
        wanted[table].add(key)
    rows = {
        (table, str(row.pk)): row
        for table, those in wanted.items()
        for row in _BY_TABLE[table]
        ._default_manager.filter(pk__in=those)
        .select_related(*OF_A_COMMITTEE[_BY_TABLE[table]])
    }
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for number, those in keys.items():
        found[number] = [rows[key] for key in sorted(those) if key in rows]
    return found


def _of_each_record(rows: Iterable[Any]) -> list[Any]:
    """Return one of the things that the rows belong to for each record that they are of."""
    homes = [home for row in rows if (home := home_of(row)) is not None]
    own = [home for home in homes if not isinstance(home, MADE_OF_OTHERS)]
    found: dict[frozenset[int], Any] = {}
    for home in own or homes:
        found.setdefault(frozenset(record_bodies(home)), home)
    return [home for bodies, home in found.items() if bodies]
