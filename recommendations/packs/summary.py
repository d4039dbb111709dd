"""The figures of a pack and the lists made of its recommendations, from its data alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from committee.formatting import plural
from recommendations.lifecycle import Claim, Standing
from recommendations.packs.values import Data, status


def summary(shown: Sequence[Data]) -> Data:
    """Return the figures as "n of N", each recommendation counted once."""
    total = len(shown)
    standing = Counter(row["standing"] for row in shown)
    parts = [part for row in shown for part in row["bodies"]]
    claims = Counter(_claim_value(part) for part in parts if not part["closed"] and not part["handed_back"])
    parts_not_known = claims.pop("not_known", 0)
    known = total - standing[Standing.NOT_KNOWN]
    return {
        "total": total,
        "known": known,
        "not_known": total - known,
        "sources_only": known == 0,
        "parts": len(parts),
        "covers": _covers(shown, len(parts)),
        "standing": [
            {"value": s.value, "label": str(s.label), "meaning": s.meaning, "count": standing[s.value]}
            for s in Standing
            if (standing[s.value] if s == Standing.NOT_KNOWN else known)
        ],
        "figures": [
            *(_figures_of_known(shown, standing) if known else ()),
            *_not_known_figure(standing[Standing.NOT_KNOWN]),
        ],
        "claims": [
            {"value": c.value, "label": str(c.label), "colour": c.colour, "count": claims[c.value]}
            for c in Claim
        ]
        + [{"value": "", "label": "No update yet", "colour": "grey", "count": claims[""]}]
        + ([{**status(Claim, ""), "count": claims["not_stated"]}] if claims["not_stated"] else []),
        "open_parts": sum(claims.values()),
        "parts_not_known": parts_not_known,
    }


def _covers(shown: Sequence[Data], parts: int) -> str:
    """Return how many of the recommendations are addressed to bodies, in how many parts, and how many to none, as sentences;
    "" where all are.
    """
    without = [row for row in shown if not row["bodies"]]
    if not without:
        return ""
    addressed, unknown = len(shown) - len(without), sum(bool(row["sources_only"]) for row in without)
    told = []
    if addressed:
        told.append(f"{_so_many(addressed)} addressed to owning bodies, in {plural(parts, 'part')}.")
    if unknown:
        them = "it is" if unknown == 1 else "they are"
        told.append(f"Of {unknown} it is not known from public sources to whom {them} addressed.")
    unstated = sum(bool(row["tracker_only"]) and not row["sources_only"] for row in without)
    if unstated:
        them = "it is" if unstated == 1 else "they are"
        told.append(f"Of {unstated} it is not stated in the tracker to whom {them} addressed.")
    if nobody := len(without) - unknown - unstated:
        told.append(f"{_so_many(nobody)} addressed to nobody.")
    return " ".join(told)


def _so_many(count: int) -> str:
    return f"{count} of them {'is' if count == 1 else 'are'}"


def _figures_of_known(shown: Sequence[Data], standing: Counter[str]) -> list[Data]:
    """Return the figures of what the committees follow up or closed."""

    def having(test: Callable[[Data], Any]) -> int:
        return sum(1 for row in shown if any(test(part) for part in row["bodies"]))

    return [
        {
            "label": "Closed by the committee",
            "count": standing[Standing.IMPLEMENTED] + standing[Standing.CLOSED_OTHERWISE],
        },
        {"label": "of these, closed as implemented", "count": standing[Standing.IMPLEMENTED]},
        {"label": "Past the first date in at least one body", "count": having(lambda part: part["overdue"])},
        {
            "label": "With a part that is said to be delivered and not yet judged",
            "count": having(lambda part: part["awaiting_verdict"]),
        },
        {
            "label": "Waiting for a decision of at least one body",
            "count": having(lambda part: part["awaits_decision"]),
        },
        {"label": "Given a later date at least once", "count": having(lambda part: part["dates"]["slips"])},
        {"label": "Escalated", "count": having(_is_escalated)},
    ]


def _claim_value(part: Data) -> str:
    """Return the value under which a part's claim is counted: without one, whether there is none, or none is known or stated."""
    if part["claim"]:
        return str(part["claim"]["value"])
    if part["sources_only"]:
        return "not_known"
    return "not_stated" if part["update"] or part["tracker_only"] else ""


def overdue(shown: Sequence[Data]) -> list[Data]:
    """Return assignments past their first date, the latest first."""
    late = [
        {
            "id": row["id"],
            "reference": row["reference"],
            "heading": row["heading"],
            "body": part["body"],
            "first": part["dates"]["first"],
            "now": part["dates"]["now"],
            "days_late": part["dates"]["days_late"],
            "passed_before_sent": part["dates"].get("passed_before_sent", False),
            "slips": part["dates"]["slips"],
            "claim": part["claim"] or (part["update"] or {}).get("claim"),
            "tracker_only": part["tracker_only"],
        }
        for row in shown
        for part in row["bodies"]
        if part["overdue"]
    ]
    return sorted(late, key=lambda item: -item["days_late"])


def escalated(shown: Sequence[Data]) -> list[Data]:
    return [
        {
            "id": row["id"],
            "reference": row["reference"],
            "heading": row["heading"],
            "body": part["body"],
            "on": part["escalated_on"],
            "invited": part["invited"],
        }
        for row in shown
        for part in row["bodies"]
        if _is_escalated(part)
    ]


def _is_escalated(part: Data) -> bool:
    """Return whether the head of service is invited over this part, and it is followed up."""
    return bool(part["escalated_on"]) and not part["closed"] and not part["sources_only"]


def _not_known_figure(count: int) -> list[Data]:
    """Return the line of figures for what is not known; none where all is."""
    return (
        [{"label": "Not known from public sources whether done or closed", "count": count}] if count else []
    )


def slips(shown: Sequence[Data]) -> list[Data]:
    """Return the slippage ledger, those moved furthest first.

    It lists assignments with another date, or for which one is requested or was refused.
    """
    moved = [
        {
            "id": row["id"],
            "reference": row["reference"],
            "heading": row["heading"],
            "body": part["body"],
            **{name: part["dates"][name] for name in ("first", "now", "changes", "asked", "refused")},
            "slips": part["dates"]["slips"] or 0,
            "days_slipped": part["dates"]["days_slipped"] or 0,
        }
        for row in shown
        for part in row["bodies"]
        if part["dates"]["changes"] or part["dates"]["asked"] or part["dates"]["refused"]
    ]
    return sorted(moved, key=lambda item: -item["days_slipped"])
