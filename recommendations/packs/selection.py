"""Which recommendations a pack starts with, and what a clerk does to the choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from committee.accounts.models import User
from recommendations.actions.packs import choosable
from recommendations.lifecycle import BodyKind, PackState, Vocabulary
from recommendations.models import Meeting, Pack


class Start(Vocabulary):
    """What a new pack starts with."""

    OPEN = "open", "grey", "", "All that are open"
    LAST = "last", "grey", "In the same order", "The same as in the last pack of this body"
    NONE = "none", "grey", "You choose on the next page", "None yet"


def of_meeting(meeting: Meeting, *, by: User, edition: str) -> list[int]:
    """The open recommendations that concern the meeting's body, as it made them or as they are addressed to it.

    An executive answers for its whole council, so all that the council's committees made concerns it.
    """
    body = meeting.body
    within = [body.parent_id if body.kind == BodyKind.EXECUTIVE and body.parent_id else body.pk]
    concerned = Q(inquiry__committee__lineage__contains=within) | Q(
        assignments__body__lineage__contains=within, assignments__closed_on__isnull=True
    )
    rows = choosable(by, edition).open().filter(concerned).in_order()
    return list(dict.fromkeys(rows.values_list("pk", flat=True)))


def last_pack(meeting: Meeting, *, by: User) -> Pack | None:
    """The last pack made for the same body that this person may see."""
    return (
        Pack.objects.visible_to(by)
        .filter(meeting__body=meeting.body, state=PackState.READY)
        .for_list()
        .first()
    )


def starting(meeting: Meeting, start: str, *, by: User, edition: str) -> list[int]:
    """The choice a new pack starts with."""
    if start == Start.LAST:
        last = last_pack(meeting, by=by)
        return list(last.selection) if last else []
    return of_meeting(meeting, by=by, edition=edition) if start == Start.OPEN else []


def ticked(selection: Sequence[int], shown: Iterable[int], ticks: Iterable[int]) -> list[int]:
    """The choice after a page of ticks: what was shown and not ticked leaves, what was newly ticked comes last."""
    shown, ticks = list(shown), set(ticks)
    kept = [pk for pk in selection if pk not in shown or pk in ticks]
    return kept + [pk for pk in shown if pk in ticks and pk not in kept]


def ordered(selection: Sequence[int], places: Mapping[int, int], left_out: Iterable[int]) -> list[int]:
    """The choice in the order of the numbers typed; equal numbers keep their order. What has none stays in place."""
    gone = set(left_out)
    kept = [(places.get(pk, index), index, pk) for index, pk in enumerate(selection, 1) if pk not in gone]
    return [pk for _, _, pk in sorted(kept)]


def moved(selection: Sequence[int], pk: int, step: int) -> list[int]:
    """The choice with one recommendation moved up (-1) or down (+1)."""
    row = list(selection)
    if pk in row:
        at = row.index(pk)
        to = min(max(at + step, 0), len(row) - 1)
        row.insert(to, row.pop(at))
    return row
