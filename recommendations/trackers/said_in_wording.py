"""Points out what stands in the wording of a recommendation and is none of it: a status or an owner at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommendations.trackers.status_words import ASKED, VOCABULARY, status_key
from recommendations.trackers.words import read_statuses

STATUS_AT_END = re.compile(
    r"(?:[.;:!?] {1,3}|\n)(?P<capitals>[A-Z][A-Z /-]{3,30})\.?$|[\[(](?P<brackets>[^\[\]()]{4,50})[\])]\.?$"
)
OWNER_AT_END = re.compile(
    r"(?:[\[(]|[.;] {1,3}|\n)(?:lead|owner|responsible|responsibility|action(?: by)?|by whom)(?: officer| member)? ?: ?(?P<owner>[^()\[\]\n]{3,80})[\])]?\.?$",
    re.IGNORECASE,
)


def said_in_wording(text: str, *, has_owners: bool) -> Iterator[tuple[str, str]]:
    """Yield the field and the sentence of what the wording says beside the recommendation."""
    end = text[-200:]
    if (found := STATUS_AT_END.search(end)) and _is_status(found["capitals"] or found["brackets"]):
        yield (
            "text",
            f"The wording ends with \u201c{found['capitals'] or found['brackets']}\u201d: is that a status?",
        )
    if not has_owners and (found := OWNER_AT_END.search(end)):
        yield (
            "owners",
            f"The wording ends with \u201c{found['owner'].strip()}\u201d: is it addressed to them?",
        )


def _is_status(words: str) -> bool:
    key = status_key(words)
    if key in VOCABULARY or key in ASKED:
        return len(key) > 3
    statuses = read_statuses(words, "response", with_text=True)
    return bool(statuses.response.value or statuses.claim.value or statuses.outcome.value)
