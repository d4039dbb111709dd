"""What a pack says, in each edition, as at its moment."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee import clock
from recommendations.actions import meetings
from recommendations.actions.exempt import open_exempt
from recommendations.lifecycle import ChangeKind, Decision, Edition, Grade, Outcome, TargetState, Vocabulary
from recommendations.packs.content import NothingToShow, build_content, canonical, content_hash
from recommendations.packs.data_table import HEADINGS, table
from recommendations.packs.since import change_words
from recommendations.queries.changes import Change
from tests.factories import Cast, at, fresh
from tests.unit.recommendations.packs.conftest import SECRET, SUMMARY, Case


def part(content: dict) -> dict:
    return content["inquiries"][0]["recommendations"][0]["bodies"][0]


def test_is_plain_data(case: Case) -> None:
    content = case.content()
    assert json.loads(canonical(content)) == content


def test_same_record_same_hash(case: Case) -> None:
    assert content_hash(case.content()) == content_hash(case.content())


def test_public_edition_holds_the_summary_and_why_and_never_the_text(case: Case) -> None:
    content = case.content()
    assert SECRET not in canonical(content).decode()
    exempt = part(content)["update"]["exempt"]
    assert exempt["state"] == "withheld"
    assert exempt["summary"] == SUMMARY
    assert "paragraph 3" in exempt["citation"]
    assert content["edition"]["withheld"] == 1


def test_exempt_edition_holds_the_text_and_cites_its_paragraph(case: Case) -> None:
    content = case.content(Edition.EXEMPT)
    assert part(content)["update"]["exempt"]["text"] == SECRET
    assert content["edition"]["paragraphs"] == [3]


def test_exempt_edition_for_somebody_without_the_right_withholds_it(case: Case) -> None:
    content = build_content(case.pack(Edition.EXEMPT), by=fresh(case.cast.colin), moment=clock.now())
    assert SECRET not in canonical(content).decode()


def test_text_opened_since_is_shown_as_opened_in_both(case: Case) -> None:
    open_exempt(by=case.cast.sam, thing=case.update, reason="The contract is over.")
    for edition in Edition:
        exempt = part(case.content(edition))["update"]["exempt"]
        assert (exempt["state"], exempt["text"], exempt["opened_on"]) == ("opened", SECRET, "2026-01-12")


def test_as_at_an_earlier_day_knows_nothing_later(case: Case) -> None:
    with at(dt.date(2026, 2, 20)):
        later = case.cast.published(case.assignment, progress="All five are built.")
    content = case.content()
    assert part(content)["update"]["progress"] != later.progress
    with at(dt.date(2026, 2, 21)):
        assert part(case.content())["update"]["progress"] == later.progress


def test_wording_as_it_was(case: Case) -> None:
    from recommendations.actions.recommendations import edit_recommendation

    before = case.assignment.recommendation.text
    with at(dt.date(2026, 2, 20)):
        edit_recommendation(
            by=case.cast.sam,
            recommendation=case.assignment.recommendation,
            text="Other words.",
            reason="Agreed.",
        )
    assert case.content()["inquiries"][0]["recommendations"][0]["text"] == before


def test_figures_are_n_of_n(case: Case) -> None:
    summary = case.content()["summary"]
    assert summary["total"] == 1
    assert {line["value"]: line["count"] for line in summary["standing"]}["overdue"] == 1
    assert all(0 <= figure["count"] <= 1 for figure in summary["figures"])


def test_overdue_counts_from_the_first_date(case: Case) -> None:
    content = case.content()
    assert content["overdue"][0]["days_late"] == 12
    assert part(content)["dates"]["days_late"] == 12


def test_since_the_last_meeting(case: Case, cast: Cast) -> None:
    assert case.content()["since"] is None
    meetings.add_meeting(by=cast.carla, body=cast.committee, held_on=dt.date(2026, 1, 5))
    since = case.content()["since"]
    assert since["meeting"]["held_on"] == "2026-01-05"
    assert [item["claim"]["value"] for item in since["groups"]["updates"]] == ["at_risk"]


def test_verdict_of_the_committee(case: Case) -> None:
    case.cast.verdict(
        case.assignment, Grade.CONCERNS, Outcome.ESCALATE, meeting=case.cast.meeting(dt.date(2026, 1, 12))
    )
    content = case.content()
    verdict = content["inquiries"][0]["recommendations"][0]["verdicts"][0]
    assert (verdict["grade"]["value"], verdict["outcome"]["value"]) == ("concerns", "escalate")
    assert content["escalated"][0]["on"] == "2026-01-12"
    assert content["escalated"][0]["invited"] == "to the meeting on 26 January 2026"


def test_an_escalation_names_the_meeting_as_it_was_planned_then(case: Case) -> None:
    later = case.cast.meeting(dt.date(2026, 3, 2), place="The Old Library")
    sitting = case.cast.meeting(dt.date(2026, 1, 12))
    case.cast.verdict(case.assignment, Grade.CONCERNS, Outcome.ESCALATE, meeting=sitting, invited_to=later)
    pack = case.pack()
    before = clock.now()
    with at(dt.date(2026, 1, 20)):
        meetings.edit_meeting(by=case.cast.carla, meeting=later, held_on=dt.date(2026, 3, 9))
        then, now = (
            build_content(pack, by=case.cast.carla, moment=moment) for moment in (before, clock.now())
        )
    assert part(then)["invited"] == "to the meeting on 2 March 2026, The Old Library"
    assert part(now)["invited"] == "to the meeting on 9 March 2026, The Old Library"


def test_key_explains_only_words_that_are_used(case: Case) -> None:
    words = {word["label"] for group in case.content()["key"] for word in group["words"]}
    assert "At risk" in words
    assert "Paused" not in words


def test_author_is_a_post_or_a_role(case: Case) -> None:
    text = canonical(case.content()).decode()
    assert case.content()["author"].startswith("Clerk")
    assert case.cast.carla.email not in text
    assert case.cast.carla.name not in text


def test_unpublished_reports_stay_out_of_the_public_edition(case: Case, cast: Cast) -> None:
    hidden = cast.recommendation(cast.inquiry("Not yet public"), text="A hidden wording.")
    chosen = [hidden.pk, case.assignment.recommendation_id]
    content = case.content(selection=chosen)
    assert content["summary"]["total"] == 1
    assert "hidden" not in canonical(content).decode()


def test_nothing_to_show(case: Case) -> None:
    with pytest.raises(NothingToShow):
        case.content(selection=[])


def test_same_queries_for_one_and_for_twenty(case: Case, cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as one:
        case.content()
    inquiry = cast.inquiry("Many")
    rows = [cast.recommendation(inquiry) for _ in range(20)]
    cast.publish(inquiry)
    for row in rows:
        row.refresh_from_db()
        cast.published(
            cast.assignment(recommendation=row), exempt_text="x", exempt_paragraphs=[1], public_summary="y"
        )
    with CaptureQueriesContext(connection) as many:
        content = case.content(selection=[row.pk for row in rows])
    assert content["summary"]["total"] == 20
    assert len(many) == len(one)


def test_order_is_the_clerks(case: Case, cast: Cast) -> None:
    inquiry = cast.inquiry("Three")
    rows = [cast.recommendation(inquiry).pk for _ in range(3)]
    cast.publish(inquiry)
    content = case.content(selection=[rows[2], rows[0], rows[1]])
    assert [rec["id"] for rec in content["inquiries"][0]["recommendations"]] == [rows[2], rows[0], rows[1]]


def test_table_has_a_row_for_each_part_and_no_formulas(case: Case) -> None:
    case.cast.response(
        case.assignment, Decision.REJECTED, reason="=HYPERLINK(1)", decided_on=dt.date(2026, 1, 9)
    )
    rows = list(table(case.content()))
    assert rows[0] == HEADINGS
    assert {len(row) for row in rows} == {len(HEADINGS)}
    assert "'=HYPERLINK(1)" in rows[1]
    assert SECRET not in str(rows)


def test_a_decision_given_in_time_and_reworded_later_is_not_late(case: Case) -> None:
    before = part(case.content())["clock"]
    assert before["state"] == "stopped"
    case.cast.response(case.assignment, Decision.IN_PART, text="In other words.", decided_on=clock.today())
    assert part(case.content())["clock"] == before


def change(status: Vocabulary) -> Change:
    return Change(
        1, 1, "1", "SR 1", "Crossings", "Streets", "Cabinet", dt.date(2026, 1, 5), status=status,
        old=dt.date(2026, 3, 1), new=dt.date(2026, 6, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (ChangeKind.ASSESSED, Grade.CONCERNS, "Concerns; keep monitoring, 5 January 2026"),
        (ChangeKind.ASKED, TargetState.REQUESTED, "from 1 March 2026 to 1 June 2026"),
        (ChangeKind.ASKED, TargetState.AGREED, "from 1 March 2026 to 1 June 2026, agreed since"),
    ],
)
def test_words_of_a_change_since_the_last_meeting(kind: ChangeKind, status: Vocabulary, words: str) -> None:
    assert change_words(kind, change(status)) == words
