"""A pack's content as one table: a row for each recommendation and owning body."""

from __future__ import annotations

from collections.abc import Iterator

from recommendations.exports.lists import harmless
from recommendations.lifecycle import absence, stated
from recommendations.packs.values import Data

HEADINGS = [
    "Reference", "Number", "Heading", "Recommendation", "Inquiry", "Committee", "Owning body", "Lead",
    "Response", "Responded on", "Response text", "Reason", "Progress claimed", "Progress as at", "What was done",
    "In the way", "Next", "First date", "Date now", "Later dates", "Days overdue", "Exempt part",
    "Committee’s grade", "Committee’s decision", "Committee’s words", "Meeting of the decision",
]  # fmt: skip

MAY_BE_UNKNOWN = frozenset(HEADINGS[6:]) - {"Exempt part"}
"""The columns that say so where only public sources tell of a recommendation: all that is of a body or the committee. What is
exempt in a pack is known of every pack.
"""


def table(content: Data) -> Iterator[list[str]]:
    """Return the headings, then the rows. Cells that a spreadsheet would take for a formula are quoted."""
    yield HEADINGS
    for inquiry in content["inquiries"]:
        for rec in inquiry["recommendations"]:
            for part in rec["bodies"] or [None]:
                yield [_cell(value) for value in _row(inquiry, rec, part)]


def _row(inquiry: Data, rec: Data, part: Data | None) -> list[object]:
    first = [
        rec["reference"],
        rec["number"],
        rec["heading"],
        rec["text"],
        inquiry["title"],
        inquiry["committee"],
    ]
    if part is None:
        none, not_late = _absent(rec), _absent(rec, derived=True)
        unknown = [none if heading in MAY_BE_UNKNOWN else "" for heading in HEADINGS[6:22]]
        unknown[HEADINGS.index("Days overdue") - 6] = not_late
        return [*first, *unknown, *_verdict(rec, "", none)]
    response, update, dates = part["response"] or {}, part["update"] or {}, part["dates"]
    none = _absent(part)
    return [
        *first,
        part["body"],
        ("yes" if part["is_lead"] else "no")
        if part.get("lead_is_known", True)
        else part.get("lead_words", stated(none)),
        response.get("decision", {}).get("label", none),
        response.get("decided_on", none),
        response.get("text", none),
        response.get("reason", none),
        (update.get("claim") or part["claim"] or {}).get("label", none),
        update.get("as_at", none),
        update.get("progress", none),
        update.get("barriers", none),
        update.get("next_steps", none),
        dates["first"] or none,
        dates["now"] or none,
        dates["slips"] or none or 0,
        dates["days_late"] or _absent(part, derived=True) or 0,
        "\n".join(_exempt(part["exempt"]) for part in (response, update) if part.get("exempt")),
        *_verdict(rec, part["body"], none),
    ]


def _absent(about: Data, *, derived: bool = False) -> str:
    """Return what stands where a fact of a recommendation or a part is missing: no tracker states what is `derived`."""
    return absence(
        "",
        sources_only=bool(about.get("sources_only")),
        unstated=bool(about.get("tracker_only")) and not derived,
    )


def _exempt(exempt: Data) -> str:
    """Return what the edition holds of an exempt part: its text, or its public summary and why; once opened also since
    when.
    """
    text = exempt.get("text") or exempt["summary"]
    if exempt["state"] == "opened":
        return f"{text} (opened on {exempt['opened_on']}; was exempt: {exempt['citation']})"
    return f"{text} ({exempt['state']}: {exempt['citation']})"


def _verdict(rec: Data, body: str, none: str) -> list[str]:
    found = [v for v in rec["verdicts"] if v["body"] in ("", body)]
    if not found:
        return [none] * 4
    last = found[-1]
    return [last["grade"]["label"], last["outcome"]["label"], last["comment"], last["meeting"]["held_on"]]


def _cell(value: object) -> str:
    return str(harmless(value))
