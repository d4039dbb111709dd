"""One meaning for each colour, over all statuses; and never a colour that cannot be read."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from recommendations import charts, lifecycle
from recommendations.lifecycle import Colour, NoticeKind, Vocabulary

ROOT = Path(__file__).resolve().parents[4]
VOCABULARIES = [
    found
    for found in vars(lifecycle).values()
    if isinstance(found, type) and issubclass(found, Vocabulary) and found is not Vocabulary
]
OF_COLOUR = {
    Colour.BLUE: """
        Claim.ON_TRACK FollowUpStatus.OPEN GoneAnswer.OPEN Grade.ON_COURSE ImportRowState.KNOWN ImportState.APPLYING
        ImportState.READING ImportState.UNDOING MeetingState.PLANNED NoticeState.QUEUED Outcome.KEEP PackState.QUEUED PackState.RENDERING
        RequestStatus.WRITING Stage.MONITORING Stage.PUBLISHED Standing.IN_TIME
    """,
    Colour.PURPLE: """
        ChangeKind.ASKED ChangeKind.DELIVERED Claim.DELIVERED ClockState.RUNNING FollowUpStatus.AWAITING_COMMITTEE
        FollowUpStatus.AWAITING_RESPONSE ImportState.TO_CHECK ProposalState.STANDING PutBackState.OPEN
        RequestStatus.APPROVING RequestStatus.TAKING_IN Standing.AWAITING TargetState.REQUESTED UpdateState.SUBMITTED WithholdingState.HIDDEN
    """,
    Colour.GREEN: """
        ClockState.STOPPED Decision.ACCEPTED Edition.PUBLIC ExemptDecision.OPEN FollowUpStatus.IMPLEMENTED
        GoneAnswer.SAME Grade.IMPLEMENTED ImportRowState.NEW ImportState.APPLIED LinkEvent.LET_IN LinkState.VALID NoticeState.SENT
        Outcome.CLOSE_IMPLEMENTED PackState.READY ProposalState.TAKEN PutBackState.AGREED RequestStatus.ANSWERED
        Stage.CONCLUDED Standing.IMPLEMENTED TargetState.AGREED UpdateState.PUBLISHED Visibility.PUBLIC WithholdingState.PUT_BACK
    """,
    Colour.YELLOW: """
        ChangeKind.CORRECTED ChangeKind.DATES Claim.AT_RISK ClockState.STOPPED_LATE Decision.IN_PART ImportRowState.GONE
        Visibility.RESTRICTED
    """,
    Colour.ORANGE: """
        ChangeKind.REOPENED Claim.PAUSED ClockState.ANSWERED_OPEN Decision.IN_PRINCIPLE Decision.NOTED Grade.CONCERNS
        ImportRowState.CHANGED LinkEvent.CODE_WRONG LinkEvent.LIMITED Outcome.REOPEN UpdateState.RETURNED
    """,
    Colour.RED: """
        ChangeKind.ESCALATED ChangeKind.OVERDUE ChangeKind.RESPONSE_LATE Claim.NOT_FEASIBLE Claim.OFF_TRACK
        ClockState.LATE Decision.REJECTED Edition.EXEMPT ExemptDecision.EXEMPT FollowUpStatus.ESCALATED
        FollowUpStatus.OVERDUE FollowUpStatus.RESPONSE_LATE Grade.NOT_IMPLEMENTED ImportState.FAILED LinkEvent.REFUSED
        LinkEvent.REVOKED LinkState.REVOKED Outcome.CLOSE_NOT_IMPLEMENTED Outcome.ESCALATE PackState.FAILED
        PutBackState.DECLINED Standing.OVERDUE TargetState.REFUSED Visibility.EXEMPT WithholdingState.CONFIRMED
    """,
}
"""What has each colour, beside the meaning of it in `Colour`: a new status is put where it means the same. All else is
grey."""
KINDS_OF_MAIL = {NoticeKind}
"""Kinds of things, named like the statuses they tell of."""


def test_every_status_has_the_colour_of_its_meaning() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for vocabulary in VOCABULARIES:
        for member in vocabulary:
            found[member.colour].add(f"{vocabulary.__name__}.{member.name}")
    del found[Colour.GREY]
    assert found == {colour.value: set(names.split()) for colour, names in OF_COLOUR.items()}


def test_the_same_word_has_the_same_colour() -> None:
    colours: dict[str, set[str]] = defaultdict(set)
    for vocabulary in VOCABULARIES:
        if vocabulary not in KINDS_OF_MAIL:
            for member in vocabulary:
                colours[str(member.label)].add(member.colour)
    assert {label: found for label, found in colours.items() if len(found) > 1} == {}


def test_templates_give_no_status_another_colour() -> None:
    known = {
        str(member.label).lower(): member.colour
        for vocabulary in VOCABULARIES
        if vocabulary not in KINDS_OF_MAIL
        for member in vocabulary
    }
    known |= {"late": "red", "to judge": "purple", "still open": "blue", "date slipped": "yellow"}
    known |= {"with a slipped date": "yellow", "still to answer": "purple", "addressed to nobody": "orange"}
    tag = re.compile(r'{% (?:status_tag|figure [^" ]*) "([^"]+)"[^%]*?colour="(\w+)"')
    wrong = []
    for template in sorted((ROOT / "templates").rglob("*.html")):
        for words, colour in tag.findall(template.read_text()):
            assert colour in {*Colour.values, "brand"}
            if known.get(words.lower(), colour) != colour:
                wrong.append(f"{template.name}: “{words}” is {colour}, not {known[words.lower()]}")
    assert wrong == []


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", Colour.values)
def test_words_can_be_read_on_their_colour_on_pages_and_in_packs(colour: str) -> None:
    page = dict(
        re.findall(r"--app-([a-z-]+): (#[0-9a-f]{6});", (ROOT / "static/scss/_colours.scss").read_text())
    )
    assert contrast(page[f"{colour}-text"], page[f"{colour}-back"]) >= 7
    assert charts.SOLID[colour] == page[f"{colour}-solid"]
    if colour != Colour.GREY:
        pack = (ROOT / "templates/packs/pack.css").read_text()
        (rule,) = re.findall(rf"^\.{colour} {{(.*)}}$", pack, re.MULTILINE)
        assert re.findall("#[0-9a-f]{6}", rule) == [
            page[f"{colour}-{part}"] for part in ("solid", "back", "text")
        ]
