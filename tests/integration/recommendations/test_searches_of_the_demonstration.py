"""Searches as people type them, on the demonstration's data: what comes first, and what is found at all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from recommendations.actions import packs
from recommendations.demo import load_demo
from recommendations.lifecycle import PackSection
from recommendations.queries.search import Answer, answer
from tests.factories import Cast, at

DAY = dt.date(2026, 11, 24)
"""The references of the demonstration follow from its day."""

pytestmark = pytest.mark.slow

PREVENTING = "Preventing child sexual exploitation in Buckinghamshire"
FIRST = {
    "child sexual exploitation": ("inquiries", PREVENTING),
    "CSE": ("inquiries", PREVENTING),
    "2015 inquiry": ("inquiries", PREVENTING),
    "exploitaton": ("inquiries", PREVENTING),
    "safegarding": ("bodies", "Marlshire Safeguarding Children Partnership"),
    "safeguarding": ("bodies", "Marlshire Safeguarding Children Partnership"),
    "safeguarding board": ("bodies", "Buckinghamshire Safeguarding Children Board"),
    "sexual health": ("recommendations", "Looked after children and sexual health providers"),
    '"sexual health"': ("recommendations", "Looked after children and sexual health providers"),
    "hotel watch": ("recommendations", "Targeted awareness raising"),
    '"hotel watch"': ("recommendations", "Targeted awareness raising"),
    "taxi drivers": ("recommendations", "Targeted awareness raising"),
    "taxi": ("recommendations", "Targeted awareness raising"),
    "CYP (24/25) 09": ("recommendations", "Training for front-line staff"),
    "cyp (24/25) 9": ("recommendations", "Training for front-line staff"),
    "CYP 24/25 09": ("recommendations", "Training for front-line staff"),
    "cyp 24/25 9": ("recommendations", "Training for front-line staff"),
    "cyp2425 09": ("recommendations", "Training for front-line staff"),
    "CE (25/26) 06": ("recommendations", "Advice on insurance"),
    "BCC CSE (15/16) 3": ("recommendations", "Looked after children and sexual health providers"),
    "resiliance": ("recommendations", "Risk awareness and resilience of secondary school pupils"),
    "Two systems are in use": ("responses", "One list, each week"),
    "town plans had never been practised": ("findings", "Finding 2"),
    "Eight schools without a named lead": ("verdicts", "A named lead in every school"),
    "Head of Early Help": ("posts", "Head of Early Help"),
    "31 of 74 practices": ("updates", "Young carers on GP registers"),
    "Learning Trust": ("bodies", "Marlshire Learning Trust"),
    "learning trust buckinghamshire": ("bodies", "Buckinghamshire Learning Trust"),
    "constabulary": ("bodies", "Marlshire Constabulary"),
    "don't": ("findings", "Finding 2"),
}  # fmt: skip
ONE = [typed for typed in FIRST if typed.lower().startswith(("cyp", "ce (", "bcc"))]
WITH_THE_SIX = ["child sexual exploitation", "CSE", "2015 inquiry", "exploitaton"]
MEANT = {"yuong carers": "young carers", "transprot": "transport", "safegarding": "safeguarding"}
STATUSES = {"off track": "Off track", "overdue": "Overdue", "closed": "Closed"}
SOMETHING = ["IT", "the", "a", "council's", "flood -river", "flood or school"]
NOTHING = ['"no such phrase here"', "-" * 33, "x" * 10_000, "العربية", "😀", "' OR 1=1 --", '"unbalanced']


def found(words: str) -> Answer:
    return answer(words, AnonymousUser())


def plain(marked: str) -> str:
    return marked.replace("<mark>", "").replace("</mark>", "")


def test_searches_as_people_type_them(db: None) -> None:
    """All in one, because the demonstration takes some seconds to load."""
    with at(DAY):
        load_demo(with_pack=False)
    wrong: list[tuple[str, object]] = []
    for words, (kind, title) in FIRST.items():
        groups = found(words).groups
        if not groups or (groups[0].kind, plain(groups[0].hits[0].title)) != (kind, title):
            wrong.append((words, [(group.kind, plain(group.hits[0].title)) for group in groups[:2]]))
    wrong += [(words, "not one") for words in ONE if len(found(words).groups[0].hits) != 1]
    wrong += [(words, "not six") for words in WITH_THE_SIX if len(found(words).groups[0].hits[0].of_it) != 6]
    for typed, right in MEANT.items():
        meant, asked = found(typed), found(right)
        if (meant.meant, meant.instead, _sizes(meant)) != (right, True, _sizes(asked)):
            wrong.append((typed, meant.meant))
    for words, label in STATUSES.items():
        if [status.label for status in found(words).statuses] != [label]:
            wrong.append((words, "no status"))
    wrong += [(words, "nothing") for words in SOMETHING if not found(words).groups]
    wrong += [(words, "something") for words in NOTHING if found(words).groups]
    assert wrong == []


def _sizes(found: Answer) -> list[tuple[str, int]]:
    return [(group.kind, len(group.hits)) for group in found.groups]


def test_titles_of_evidence_packs_and_meetings(cast: Cast) -> None:
    meeting = cast.meeting(dt.date(2026, 1, 12), title="Extraordinary sitting on otters")
    packs.compose_pack(
        by=cast.carla, meeting=meeting, title="Progress on otters", sections=list(PackSection.values)
    )
    for user, kinds in ((cast.carla, {"meetings", "packs"}), (AnonymousUser(), set())):
        assert {group.kind for group in answer("otter", user).groups} == kinds
