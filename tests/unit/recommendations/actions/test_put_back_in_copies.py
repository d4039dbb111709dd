"""Words that were copied while they were withheld come back in the copy too, wherever the product makes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction

from committee import clock
from recommendations.actions import corrections, proposed_verdicts, target_dates, updates, withholdings
from recommendations.actions.put_back_proposals import agree_put_back, propose_put_back
from recommendations.actions.recommendations import edit_recommendation
from recommendations.lifecycle import (
    Claim,
    DatesAgreedBy,
    Decision,
    Grade,
    Outcome,
    WithholdingGround,
)
from recommendations.models import (
    Assessment,
    Correction,
    EarlierValue,
    Recommendation,
    Response,
    SealedText,
    SubmittedVersion,
    TargetChange,
    Update,
    Withholding,
    WordingChange,
)
from tests.factories import TODAY, Cast, at

NAME = "Tamsin Quill"
ABOUT = f"About {NAME}, who waits."
WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It names a child."}
WRONG = "It was recorded wrong."
WEEK = dt.timedelta(days=7)

Copied = list[tuple[models.Model, str]]


def withhold(cast: Cast) -> Withholding:
    return withholdings.withhold_words(by=cast.sam, words=NAME, **WHY)


def date_decided_in_place(cast: Cast, **right: Any) -> Copied:
    with at(TODAY - 2 * WEEK):
        asked = target_dates.request_new_date(
            by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 12, 31), reason=ABOUT
        )
    with at(TODAY - WEEK):
        change = target_dates.decide_new_date(
            by=cast.sam, change=asked, agreed=True, meeting=cast.meeting(TODAY - WEEK)
        )
    withhold(cast)
    corrections.correct_date_decision(
        by=cast.sam,
        change=change,
        reason=WRONG,
        right={
            "agreed": False,
            "note": "It was refused.",
            "decided_as": DatesAgreedBy.MEETING,
            "meeting": change.meeting,
        },
    )
    return [(one, "reason") for one in TargetChange.objects.all()]


def date_waits_again(cast: Cast) -> Copied:
    asked = target_dates.request_new_date(
        by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 12, 31), reason=ABOUT
    )
    change = cast.agree(asked)
    withhold(cast)
    corrections.correct_date_decision(by=cast.sam, change=change, reason=WRONG)
    return [(one, "reason") for one in TargetChange.objects.all()]


def response(cast: Cast) -> Copied:
    wrong = cast.response(
        cast.assignment(),
        text=f"The Cabinet agrees, {ABOUT}",
        exempt_text=f"Exempt: {NAME}.",
        exempt_paragraphs=[1],
        public_summary=ABOUT,
    )
    withhold(cast)
    wrong.refresh_from_db()
    corrections.correct_response(
        by=cast.sam,
        response=wrong,
        reason=WRONG,
        right={
            "decision": Decision.REJECTED,
            "decided_on": wrong.decided_on,
            "text": wrong.text,
            "reason": "Part of it is done.",
        },
    )
    return [
        (one, name) for one in Response.objects.all() for name in ("text", "exempt_text", "public_summary")
    ]


def view(cast: Cast) -> Copied:
    part = cast.assignment()
    wrong = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, comment=ABOUT)
    withhold(cast)
    wrong.refresh_from_db()
    corrections.correct_assessment(
        by=cast.sam,
        assessment=wrong,
        reason=WRONG,
        right={
            "recommendation": part.recommendation,
            "assignment": part,
            "meeting": wrong.meeting,
            "grade": Grade.IMPLEMENTED,
            "outcome": Outcome.CLOSE_IMPLEMENTED,
            "comment": wrong.comment,
        },
    )
    return [(one, "comment") for one in Assessment.objects.all()]


def proposed_view(cast: Cast) -> Copied:
    part = cast.assignment()
    proposal = proposed_verdicts.propose_verdict(
        by=cast.colin,
        recommendation=part.recommendation,
        assignment=part,
        meeting=cast.meeting(clock.today()),
        grade=Grade.CONCERNS,
        outcome=Outcome.KEEP,
        comment=ABOUT,
    )
    withhold(cast)
    proposal.refresh_from_db()
    proposed_verdicts.confirm_proposal(by=cast.sam, proposal=proposal)
    return [(one, "comment") for one in [proposal, *Assessment.objects.all()]]


def wordings(cast: Cast) -> Copied:
    recommendation = cast.assignment(text=f"That something is done. {ABOUT}").recommendation
    withhold(cast)
    recommendation.refresh_from_db()
    for more in (" Soon.", " At once."):
        recommendation = edit_recommendation(
            by=cast.sam, recommendation=recommendation, text=recommendation.text + more, reason=WRONG
        )
    return [
        (recommendation, "text"),
        *((one, name) for one in WordingChange.objects.all() for name in ("old_text", "new_text")),
    ]


def heading(cast: Cast) -> Copied:
    recommendation = cast.assignment(heading=f"Help for {NAME}").recommendation
    withhold(cast)
    recommendation.refresh_from_db()
    corrections.correct_recommendation(
        by=cast.sam,
        recommendation=recommendation,
        reason=WRONG,
        heading=f"More {recommendation.heading}",
    )
    corrections.correct_recommendation(
        by=cast.sam, recommendation=recommendation, reason=WRONG, heading="Something else"
    )
    one, other = Correction.objects.all()
    return [
        (one, "before"),
        (one, "after"),
        (other, "before"),
        *((value, "before") for value in EarlierValue.objects.filter(before__has_key="heading")),
    ]


def corrected_update(cast: Cast) -> Copied:
    wrong = cast.published(cast.assignment(), progress=ABOUT)
    withhold(cast)
    wrong.refresh_from_db()
    cast.correcting(wrong, progress=f"{wrong.progress} Not any more.")
    return [(one, "progress") for one in Update.objects.all()]


def mended_update(cast: Cast) -> Copied:
    sent = cast.submitted(cast.assignment(), progress=ABOUT)
    withhold(cast)
    sent.refresh_from_db()
    updates.mend_update(by=cast.ada, update=sent, progress=f"{sent.progress} Soon.")
    return [(one, "progress") for one in [sent, SubmittedVersion.objects.get()]]


def new_date_of_an_update(cast: Cast) -> Copied:
    sent = cast.submitted(
        cast.assignment(), claim=Claim.AT_RISK, new_date=dt.date(2026, 12, 31), new_date_reason=ABOUT
    )
    withhold(cast)
    sent.refresh_from_db()
    updates.publish_update(by=cast.ada, update=sent, looked_at=True)
    return [(sent, "new_date_reason"), (TargetChange.objects.get(), "reason")]


def read(copied: Copied) -> list[str]:
    return [str(getattr(type(row)._default_manager.get(pk=row.pk), name)) for row, name in copied]


@pytest.mark.parametrize(
    "copy",
    [
        date_decided_in_place,
        date_waits_again,
        response,
        view,
        proposed_view,
        wordings,
        heading,
        corrected_update,
        mended_update,
        new_date_of_an_update,
    ],
)
class TestEachKindOfCopy:
    def test_has_the_words_again(self, cast: Cast, copy: Callable[[Cast], Copied]) -> None:
        copied = copy(cast)
        assert len(copied) > 1
        assert all("[withheld on" in text and NAME not in text for text in read(copied)), read(copied)
        withholdings.put_back(by=cast.carla, withholding=Withholding.objects.get(), reason="The order ended.")
        assert all(NAME in text and "[withheld" not in text for text in read(copied)), read(copied)

    def test_keeps_the_marker_once_erased(self, cast: Cast, copy: Callable[[Cast], Copied]) -> None:
        copied = copy(cast)
        made = Withholding.objects.get()
        withholdings.confirm_withholding(by=cast.carla, withholding=made)
        withholdings.erase_withholding(by=cast.admin, withholding=made)
        assert all("[withheld on" in text and NAME not in text for text in read(copied))


def test_a_confirmed_one_comes_back_in_the_copy_too(cast: Cast) -> None:
    copied = date_waits_again(cast)
    made = withholdings.confirm_withholding(by=cast.carla, withholding=Withholding.objects.get())
    propose_put_back(by=cast.carla, withholding=made, reason="The order ended.")
    agree_put_back(by=cast.sam, withholding=made)
    assert read(copied) == [ABOUT, ABOUT]


def test_a_copy_withheld_itself_meanwhile_has_both(cast: Cast) -> None:
    copied = date_waits_again(cast)
    first = Withholding.objects.get()
    second = withholdings.withhold_entry(by=cast.sam, entry=copied[1][0], **WHY)
    withholdings.put_back(by=cast.carla, withholding=first, reason="The order ended.")
    assert NAME not in read(copied)[1]
    withholdings.put_back(by=cast.carla, withholding=second, reason="The order ended.")
    assert read(copied) == [ABOUT, ABOUT]


def test_what_was_typed_like_a_marker_elsewhere_stays(cast: Cast) -> None:
    part = cast.assignment()
    cast.published(part, progress=ABOUT)
    made = withhold(cast)
    marker = SealedText.objects.filter(withholding=made).first().marker  # type: ignore[union-attr]
    typed = cast.published(cast.assignment(), progress=f"See {marker}.")
    withholdings.put_back(by=cast.carla, withholding=made, reason="The order ended.")
    assert read([(typed, "progress")]) == [f"See {marker}."]


class TestTheDatabase:
    """No words are sealed for another place than one to which they were copied, nor before they are put back."""

    def refused(self, made: Withholding, row: models.Model, column: str) -> None:
        sealed = SealedText.objects.filter(
            withholding=made, table_name="recommendations_recommendation"
        ).first()
        assert sealed is not None
        with (
            pytest.raises(DatabaseError, match=r"Words are sealed only when|Only words that stand"),
            transaction.atomic(),
        ):
            SealedText.objects.create(
                withholding=made,
                table_name=row._meta.db_table,
                row_key=str(row.pk),
                column_name=column,
                marker=sealed.marker,
                original=sealed.original,
            )

    def test_not_before_they_are_put_back(self, cast: Cast) -> None:
        copied = wordings(cast)
        self.refused(Withholding.objects.get(), *copied[1])

    def test_not_elsewhere(self, cast: Cast) -> None:
        wordings(cast)
        other: Recommendation = cast.assignment().recommendation
        made = Withholding.objects.get()
        withholdings.put_back(by=cast.carla, withholding=made, reason="The order ended.")
        self.refused(made, other, "text")
