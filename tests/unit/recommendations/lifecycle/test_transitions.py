"""The tables of transitions hold in the database too: no code path goes round them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from committee.models import EMAIL_TRANSITIONS, Email, EmailState
from recommendations import lifecycle
from recommendations.actions import meetings, updates
from recommendations.lifecycle import MeetingState, Stage
from recommendations.lifecycle.diagrams import TABLES as DRAWN_OF_DOMAIN
from recommendations.lifecycle.diagrams import page
from recommendations.management.commands import draw_transitions
from recommendations.models import (
    ImportBatch,
    Inquiry,
    Meeting,
    Notice,
    Pack,
    ProposedVerdict,
    PutBackProposal,
    TargetChange,
    Update,
    Withholding,
)
from tests.factories import Cast

DRAWN = (*DRAWN_OF_DOMAIN, draw_transitions.EMAILS)
TABLES: list[tuple[Any, str, Any, Any]] = [
    (Inquiry, "stage", lifecycle.INQUIRY_TRANSITIONS, lifecycle.Stage),
    (Meeting, "state", lifecycle.MEETING_TRANSITIONS, lifecycle.MeetingState),
    (ImportBatch, "state", lifecycle.IMPORT_TRANSITIONS, lifecycle.ImportState),
    (Update, "state", lifecycle.UPDATE_TRANSITIONS, lifecycle.UpdateState),
    (TargetChange, "state", lifecycle.TARGET_TRANSITIONS, lifecycle.TargetState),
    (ProposedVerdict, "state", lifecycle.PROPOSAL_TRANSITIONS, lifecycle.ProposalState),
    (Pack, "state", lifecycle.PACK_TRANSITIONS, lifecycle.PackState),
    (Email, "state", EMAIL_TRANSITIONS, EmailState),
    (Notice, "state", lifecycle.NOTICE_TRANSITIONS, lifecycle.NoticeState),
    (PutBackProposal, "state", lifecycle.PUT_BACK_TRANSITIONS, lifecycle.PutBackState),
    (Withholding, "state", lifecycle.WITHHOLDING_TRANSITIONS, lifecycle.WithholdingState),
]


@pytest.mark.parametrize(
    ("model", "field", "transitions", "words"), TABLES, ids=[row[0].__name__ for row in TABLES]
)
class TestTables:
    def test_the_database_has_the_very_table(
        self, model: Any, field: str, transitions: Any, words: Any
    ) -> None:
        [trigger] = [one for one in model._meta.triggers if one.name == f"{field}_transitions"]
        assert {tuple(pair) for pair in trigger.transitions} == {
            (str(old), str(new)) for old, new in transitions
        }

    def test_every_state_can_be_reached_or_begun_in(
        self, model: Any, field: str, transitions: Any, words: Any
    ) -> None:
        first = model._meta.get_field(field).default
        reached = {str(first)}
        while True:
            more = {str(new) for old, new in transitions if str(old) in reached} - reached
            if not more:
                break
            reached |= more
        assert reached == set(words.values)


def refused(rows: Any, **change: Any) -> None:
    assert rows.exists()
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        rows.update(**change)


@pytest.mark.django_db
class TestRefusals:
    def test_an_update_is_not_published_past_its_approver(self, cast: Cast) -> None:
        draft = cast.draft(cast.assignment())
        now = dt.datetime(2026, 1, 12, tzinfo=dt.UTC)
        by = {
            "submitted_at": now,
            "submitted_by": cast.olive,
            "published_at": now,
            "published_by": cast.olive,
        }
        refused(Update.objects.filter(pk=draft.pk), state="published", **by)
        submitted = updates.submit_update(by=cast.olive, update=draft)
        published = updates.publish_update(by=cast.ada, update=submitted)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Update.objects.filter(pk=published.pk).update(state="submitted")

    def test_an_inquiry_does_not_go_back_behind_its_report(self, cast: Cast) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        for stage in (Stage.SCOPING, Stage.DRAFTING, Stage.CONCLUDED):
            refused(Inquiry.objects.filter(pk=inquiry.pk), stage=stage)

    def test_a_meeting_that_was_held_was_not_cancelled(self, cast: Cast) -> None:
        meeting = cast.meeting(dt.date(2026, 1, 12))
        meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.HELD)
        refused(Meeting.objects.filter(pk=meeting.pk), state="cancelled")

    def test_the_guard_can_fail(self, cast: Cast) -> None:
        """Seen to fail: with the trigger left out the database takes the move."""
        meeting = cast.meeting(dt.date(2026, 1, 12))
        meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.HELD)
        with pgtrigger.ignore("recommendations.Meeting:state_transitions"):
            assert Meeting.objects.filter(pk=meeting.pk).update(state="cancelled") == 1


class TestPage:
    """``docs/transitions.md`` is drawn from the tables, and stays so."""

    def test_it_is_as_the_tables_are(self) -> None:
        assert draw_transitions.PAGE.read_text(encoding="utf-8") == page([draw_transitions.EMAILS]), (
            "run manage.py draw_transitions"
        )

    def test_it_leaves_no_table_out(self) -> None:
        kept = [value for name, value in vars(lifecycle).items() if name.endswith("_TRANSITIONS")]
        assert {id(drawn.transitions) for drawn in DRAWN} == {
            id(table) for table in [*kept, EMAIL_TRANSITIONS]
        }

    def test_it_begins_each_thing_where_the_database_does(self) -> None:
        begun = {words: model._meta.get_field(field).default for model, field, _, words in TABLES}
        assert {table.words: table.first for table in DRAWN} == begun

    def test_the_command_draws_it(self, tmp_path: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(draw_transitions, "PAGE", tmp_path / "transitions.md")
        call_command("draw_transitions", stdout=io.StringIO())
        drawn = (tmp_path / "transitions.md").read_text(encoding="utf-8")
        assert "    submitted --> published\n" in drawn
        assert "    published --> draft" not in drawn
        assert "| Reopen | closed |" in drawn
