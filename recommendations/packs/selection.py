"""The recommendations of a pack: what a new pack starts with, and how a clerk changes the choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest, QueryDict

from committee.accounts.models import User
from committee.formatting import long_date
from committee.text import whole_number
from recommendations.actions.base import ActionDenied
from recommendations.actions.packs import choosable, compose_pack, together
from recommendations.filters import RecommendationFilter
from recommendations.lifecycle import BodyKind, Edition, PackStart, PackState, Picks
from recommendations.models import Meeting, Pack, PackTemplate, Recommendation

TEMPLATE, PACK = "template-", "pack-"
"""The prefixes of the value of a start from a template, or from a pack; its id follows."""


def of_meeting(meeting: Meeting, *, by: User, edition: str) -> list[int]:
    """Return the open recommendations that concern the meeting's body: those it made or that are addressed to it.

    An executive answers for its whole council, so all that the council's committees made concerns it.
    """
    body = meeting.body
    within = [body.parent_id if body.kind == BodyKind.EXECUTIVE and body.parent_id else body.pk]
    concerned = Q(inquiry__committee__lineage__contains=within) | Q(
        assignments__body__lineage__contains=within,
        assignments__closed_on__isnull=True,
        assignments__withdrawn_at__isnull=True,
    )
    rows = choosable(by, edition).open().filter(concerned).in_order()
    return list(dict.fromkeys(rows.values_list("pk", flat=True)))


def last_pack(meeting: Meeting, *, by: User) -> Pack | None:
    """Return the pack for the last meeting of the same body that `by` may see, without supplements."""
    return (
        Pack.objects.visible_to(by)
        .filter(meeting__body=meeting.body, state=PackState.READY, supplement=False)
        .for_list()
        .by_meeting()
        .first()
    )


def starts(meeting: Meeting, *, by: User, asked: str = "") -> list[tuple[str, str]]:
    """Return what a new pack for the meeting can start with, each as its value and its label, including the pack that
    is `asked` for.
    """
    last = last_pack(meeting, by=by)
    found = [(PackStart.OPEN.value, "All recommendations that are open and concern this body")]
    if last is not None:
        day = long_date(last.meeting.held_on)
        found.append((PackStart.LAST.value, f"As in the last pack, for {day}: words, sections and choice"))
    found += [
        (f"{TEMPLATE}{row.pk}", f"Template “{row.name}”{' (exempt edition)' if row.is_exempt else ''}")
        for row in PackTemplate.objects.visible_to(by).of(meeting.body).for_list()
    ]
    if asked.startswith(PACK) and (one := source(meeting, asked, by=by)) is not None:
        found.append((asked, f"As in the pack “{one.title}”: words, sections and choice"))
    return [*found, (PackStart.NONE.value, "Nothing chosen yet")]


def source(meeting: Meeting, start: str, *, by: User) -> Pack | PackTemplate | None:
    """Return the pack or template whose texts and sections a start copies; None if it copies none."""
    if start == PackStart.LAST:
        return last_pack(meeting, by=by)
    kind, dash, number = start.partition("-")
    pk = whole_number(number)
    if pk is None:
        return None
    if f"{kind}{dash}" == PACK:
        packs = Pack.objects.visible_to(by).filter(meeting__body=meeting.body, state=PackState.READY)
        return packs.for_list().filter(pk=pk).first()
    if f"{kind}{dash}" == TEMPLATE:
        return PackTemplate.objects.visible_to(by).of(meeting.body).filter(pk=pk).first()
    return None


def starting(meeting: Meeting, start: str, *, by: User, edition: str) -> list[int]:
    """Return the recommendations that a new pack starts with, as things are today.

    Raise ActionDenied if a template's filters are no longer understood.
    """
    found = source(meeting, start, by=by)
    if isinstance(found, Pack):
        return list(found.selection)
    if isinstance(found, PackTemplate) and found.picks == Picks.THESE:
        return list(found.selection)
    if isinstance(found, PackTemplate) and found.picks == Picks.MATCHING:
        return matching(found.query, by=by, edition=edition)
    if found is None and start != PackStart.OPEN:
        return []
    return of_meeting(meeting, by=by, edition=edition)


def starting_or_reason(meeting: Meeting, start: str, *, by: User, edition: str) -> tuple[list[int], str]:
    """Return what `starting` returns, and an empty string; or nothing chosen, and the reason why it raises."""
    try:
        return starting(meeting, start, by=by, edition=edition), ""
    except ActionDenied as refused:
        return [], refused.message


def compose_from_start(
    *, by: User, meeting: Meeting, start: str, edition: str = Edition.PUBLIC, **details: Any
) -> Pack:
    """Compose a pack with the recommendations that `starting` returns for the start. Raise ActionDenied as that does."""
    selection = starting(meeting, start, by=by, edition=edition)
    return compose_pack(by=by, meeting=meeting, edition=edition, selection=selection, **details)


# ------------------------------------------------------------------ a list's filters, kept


def _filters(query: str, by: User, edition: str, offered: User | AnonymousUser) -> RecommendationFilter:
    """Return the filters over what `by` may choose, with the choices that are `offered` to somebody."""
    request = HttpRequest()
    request.user = offered
    return RecommendationFilter(QueryDict(query), choosable(by, edition), request=request)


def matching(query: str, *, by: User, edition: str) -> list[int]:
    """Return the recommendations that match the filters of a list, in the list's order.

    Raise ActionDenied if a filter is no longer understood: ignoring it would include more than was meant.
    """
    found = _filters(query, by, edition, offered=by)
    if found.errors:
        names = " and ".join(f"“{found.form.fields[name].label}”" for name in found.errors)
        raise ActionDenied(
            f"The filter {names} of this template no longer fits anything. Choose the recommendations by hand,"
            " then save the template anew"
        )
    return list(found.sorted.values_list("pk", flat=True))


def kept_query(query: str, *, by: User, edition: str) -> tuple[str, str]:
    """Return a list's filters as a template stores them, and in words; both empty if nothing filters or something is
    not understood.

    Only what the public knows is stored: other clerks of the body read the words, and may not see the inquiries that
    this one sees before their report is published.
    """
    found = _filters(query[:2000], by, edition, offered=AnonymousUser())
    if found.errors or not found.description:
        return "", ""
    return found.query(), found.description


# ------------------------------------------------------------------ the choice


def ticked(selection: Sequence[int], shown: Iterable[int], ticks: Iterable[int]) -> list[int]:
    """Return the choice after a page of ticks: what was shown and not ticked is removed, what was newly ticked comes
    last.
    """
    shown, ticks = dict.fromkeys(shown), set(ticks)
    kept = dict.fromkeys(pk for pk in selection if pk not in shown or pk in ticks)
    return [*kept, *(pk for pk in shown if pk in ticks and pk not in kept)]


def ordered(selection: Sequence[int], places: Mapping[int, int], left_out: Iterable[int]) -> list[int]:
    """Return the choice in the order of the numbers typed; equal numbers keep their order, items without one their
    place.
    """
    gone = set(left_out)
    kept = []
    for index, pk in enumerate(selection, 1):
        place = places.get(pk, index)
        moved_by = (place > index) - (place < index)  # items moved up sort before the item they displace
        if pk not in gone:
            kept.append((place, moved_by, index, pk))
    return [pk for *_, pk in sorted(kept)]


def moved(selection: Sequence[int], pk: int, step: int, inquiry_of: Mapping[int, int]) -> list[int]:
    """Return the choice with one recommendation moved up (-1) or down (+1).

    Beyond the first or last of its inquiry it takes the whole inquiry with it.
    """
    row = together(selection, inquiry_of)
    if pk not in row:
        return row
    at = row.index(pk)
    to = at + step
    if not 0 <= to < len(row):
        return row
    mine, other = inquiry_of.get(pk, -pk), inquiry_of.get(row[to], -row[to])
    if mine == other:
        row[at], row[to] = row[to], row[at]
        return row
    order = list(dict.fromkeys(inquiry_of.get(one, -one) for one in row))
    here, there = order.index(mine), order.index(other)
    order[here], order[there] = order[there], order[here]
    place = {inquiry: number for number, inquiry in enumerate(order)}
    return sorted(row, key=lambda one: place[inquiry_of.get(one, -one)])


def reordered(
    shown: Sequence[Recommendation],
    *,
    places: Mapping[int, str],
    left_out: Iterable[int],
    arrow: tuple[int, int] | None = None,
) -> list[int]:
    """Return the ids of a pack's recommendations in the order that a person asked for.

    `places` holds what was typed as the place of each, by its id; `left_out` the ids to leave out; `arrow` the id of one
    to move after that, with -1 for up or 1 for down. Raise ActionDenied where a place is not a whole number.
    """
    numbers = {row.pk: _place(row, typed) for row in shown if (typed := places.get(row.pk, "").strip())}
    selection = ordered([row.pk for row in shown], numbers, left_out)
    if arrow is None:
        return selection
    return moved(selection, *arrow, {row.pk: row.inquiry_id for row in shown})


LAST_PLACE = 99_999
"""The last place in a pack that can be typed: more than any pack holds."""


def _place(recommendation: Recommendation, typed: str) -> int:
    place = whole_number(typed, most=LAST_PLACE)
    if place is None:
        raise ActionDenied(
            f"Enter the place of {recommendation.reference} as a number, such as 3. You typed “{typed[:20]}”"
        )
    return place
