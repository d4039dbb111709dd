"""Leaves what one column of a table holds to one of several that may hold it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recommendations.trackers.column_fields import Field
from recommendations.trackers.mapped import Mapped
from recommendations.trackers.profiles import fit
from recommendations.trackers.status_words import VOCABULARY, status_key

ONCE = (
    Field.TEXT,
    Field.NUMBER,
    Field.REFERENCE,
    Field.INQUIRY,
    Field.RESPONSE,
    Field.OUTCOME,
    Field.OUTCOME_ON,
    Field.MADE_ON,
    Field.ANSWERED_ON,
    Field.TARGET,
    Field.ASKED_TARGET,
    Field.PRIORITY,
    Field.EXEMPT,
    Field.UPDATED_ON,
)
"""Fields that one column of a table holds; others, such as owners and progress, several may."""


def each_once(mapped: Sequence[Mapped]) -> None:
    """Leave a field that one column holds to the one that fits best; what the other is follows."""
    _ticked(mapped)
    _targets([one for one in mapped if one.field is Field.TARGET])
    _responses([one for one in mapped if one.fields == (Field.RESPONSE,) and not one.is_ticked])
    for name in ONCE:
        holders = [one for one in mapped if name in one.fields and not one.is_ticked]
        if len(holders) < 2:
            continue
        best = max(holders, key=lambda one: (_merit(name, one), -one.index))
        for one in holders:
            if one is not best:
                _give_way(one, name, mapped)


def _ticked(mapped: Sequence[Mapped]) -> None:
    """Know columns whose headers are statuses of one fact, and in which ticks choose: "Accept", "Part accept", "Reject"."""
    facts = {"response": Field.RESPONSE, "claim": Field.CLAIM}
    found: dict[Field, list[Mapped]] = {}
    for one in mapped:
        meanings = VOCABULARY.get(status_key(one.label))
        is_choice = one.found and not one.found.is_empty and one.found.yes_no >= 0.9
        if meanings and is_choice:
            found.setdefault(facts[meanings[0].fact], []).append(one)
    for name, some in found.items():
        if len(some) > 1:
            for one in some:
                one.fields, one.others, one.confidence, one.is_ticked = (name,), (), 0.8, True


def _merit(name: Field, one: Mapped) -> float:
    if one.found is None or one.found.is_empty:
        return -1.0
    merit = one.confidence + fit(name, one.found)
    if name is Field.TEXT:
        merit += 1.0 if re.search(r"recommend|\brec\b|wording", one.label, re.IGNORECASE) else 0.0
        merit += 0.3 * one.found.sentences + 0.3 * min(1.0, one.found.average / 80)
    if name is Field.MADE_ON:
        merit += (
            0.5 if re.search(r"made|meeting|committee|raised|recommend", one.label, re.IGNORECASE) else 0.0
        )
    return merit


def _give_way(one: Mapped, name: Field, mapped: Sequence[Mapped]) -> None:
    """Take the column for the next thing that it may be."""
    have = {other_name for other in mapped if other is not one for other_name in other.fields}
    rest = tuple(other for other in one.fields if other is not name)
    if rest:
        one.fields = rest
        return
    found = one.found
    if (
        name is Field.TEXT
        and found
        and (found.numbers > 0.6 or (found.references > 0.6 and found.average < 20))
    ):
        one.fields = (Field.REFERENCE if found.numbers < 0.6 else Field.NUMBER,)
        return
    if name is Field.NUMBER and Field.REFERENCE not in have:
        one.fields = (Field.REFERENCE,)
    elif name is Field.REFERENCE and Field.NUMBER not in have and found and found.numbers > 0.6:
        one.fields = (Field.NUMBER,)
    else:
        nexts = [other for other in one.others if other not in have or other not in ONCE]
        one.fields = (nexts[0] if nexts else Field.NOTES,)


def _targets(holders: Sequence[Mapped]) -> None:
    """Of several target dates, the revised one is the present one and the others came before it."""
    if len(holders) < 2:
        return
    revised = [
        one
        for one in holders
        if re.search(
            r"revis|new|current|latest|amended|updat|extended|forecast", one.label + one.group, re.IGNORECASE
        )
    ]
    present = revised[-1] if revised else None
    for one in holders:
        if present and one is not present:
            one.fields = (Field.FIRST_TARGET,)
        elif not present and one.found and one.found.is_empty:
            one.fields = (Field.NOTES,)


def _responses(holders: Sequence[Mapped]) -> None:
    """Of several responses, the one in fixed words is the decision and another in free words its reason."""
    if len(holders) < 2:
        return
    coded = max(
        holders,
        key=lambda one: (
            (fit(Field.RESPONSE, one.found) if one.found else 0.0)
            - (one.found.average / 400 if one.found else 0.0)
        ),
    )
    for one in holders:
        if one is not coded:
            one.fields = (Field.REASON,)
