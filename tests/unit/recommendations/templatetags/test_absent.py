"""No template says "not yet" of a fact that may be missing because nobody knows it: such words go through `absent`."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[4] / "templates"

NOT_YET = re.compile(
    r"\b(?:not (?:yet|sent|started|set)|(?:no|none|nothing|never|not) (?:\w+ ){0,3}yet|none set|no date|no update|no response"
    r"|(?:reported|has) nothing|nothing (?:reported|has happened)|answered everything|(?:has|have) not \w+|awaited)\b",
    re.IGNORECASE,
)
"""Words of a state that has not come about."""

ASKED = re.compile(
    r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|(?:absent|absent_here|unclaimed):\"[^\"]*\"|href=\"[^\"]*\"|class(?:es)?=\"[^\"]*\"",
    re.DOTALL,
)
"""What is left out: notes, addresses, and the words that `absent` and its like say of the committee's own record alone."""

ELSEWHERE = (
    "account",
    "mfa",
    "imports",
    "django",
    "notifications",
    "socialaccount",
    "_layouts",
    "administration",
)
"""Folders whose pages tell of accounts, files and messages, and not of what a body answered or did."""

OF_SOMETHING_ELSE: dict[str, set[str]] = {
    "403_csrf.html": {"not sent"},
    "_components/brought_in_later.html": {"not here yet"},
    "clerks/_pack_build.html": {"not begun yet"},
    "clerks/_pack_fields.html": {"none written yet"},
    "clerks/_pack_outline.html": {"nothing to show yet"},
    "clerks/meeting.html": {"no packs yet"},
    "clerks/meetings.html": {"no meetings yet"},
    "clerks/pack_compose.html": {"nothing is chosen yet"},
    "clerks/pack_order.html": {"nothing is chosen yet"},
    "clerks/pack_templates.html": {"no templates yet"},
    "councillors/_rows.html": {"no response"},
    "councillors/_target.html": {"not recorded yet"},
    "councillors/assessment_meeting.html": {"not yet"},
    "councillors/choose_committee.html": {"no committee to show yet"},
    "councillors/dashboard.html": {"no recommendations yet"},
    "officers/_reading.html": {"nothing entered yet", "not said yet"},
    "officers/assignment.html": {"has not been", "nothing yet"},
    "officers/bulk_updates_check.html": {"no draft yet", "no update is complete yet"},
    "officers/log_update.html": {"no file or link yet", "has not decided"},
    "officers/work_queues/open.html": {"has not yet"},
    "packs/_overdue.html": {"no update yet"},
    "packs/_part.html": {"none yet", "not sent", "not yet", "has not yet"},
    "packs/_recommendations.html": {"not yet"},
    "packs/_slips.html": {"not set", "not yet"},
    "packs/_table.html": {"no body yet"},
    "public/_assignment.html": {"none yet", "has not yet"},
    "public/_packs.html": {"not made yet", "nothing yet"},
    "public/accessibility.html": {"has not been", "have not yet"},
    "public/body.html": {"no response"},
    "public/cookies.html": {"not recorded yet"},
    "public/pack.html": {"nothing is chosen yet", "not yet", "not released yet"},
    "public/packs.html": {"no packs yet"},
    "public/recommendation.html": {"not yet", "nothing has happened yet"},
    "public/withheld_pack.html": {"not released yet"},
    "respondents/_asked.html": {"no decision yet"},
    "respondents/list.html": {"answered everything"},
    "scrutiny/bodies.html": {"no bodies yet"},
    "scrutiny/body.html": {"no posts yet"},
    "scrutiny/correction_check.html": {"no date"},
    "scrutiny/inquiry.html": {"awaited", "no recommendations yet"},
    "scrutiny/notices.html": {"not public yet"},
    "scrutiny/notices_check.html": {"no date", "has not begun"},
    "scrutiny/respondent_link.html": {"never let in yet"},
    "scrutiny/respondent_link_check.html": {"nothing yet"},
    "scrutiny/responses.html": {"awaited"},
    "scrutiny/review.html": {"have not answered"},
    "scrutiny/review_check.html": {"no update"},
    "scrutiny/withhold_check.html": {"not yet"},
    "scrutiny/withholding_search.html": {"not be removed yet"},
    "scrutiny/workspace.html": {"not yet", "no inquiries yet"},
}
"""What templates say all the same: of what is being written here, of packs and meetings, of what was sent from here, or where
only a record of the committee's own can lead. Whoever adds to it has asked whether it may be said of what nobody knows.
"""


def said_in(template: Path) -> set[str]:
    words = " ".join(ASKED.sub("", template.read_text()).split())
    return {found.group().lower() for found in NOT_YET.finditer(words)}


def test_a_missing_fact_is_worded_by_absent() -> None:
    found = {}
    for template in sorted(TEMPLATES.rglob("*.html")):
        name = str(template.relative_to(TEMPLATES))
        if not name.startswith(ELSEWHERE) and "/email/" not in name and (words := said_in(template)):
            found[name] = words
    assert found == OF_SOMETHING_ELSE
