"""manage.py import_tracker: what it prints, where, and what it ends with."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from recommendations.lifecycle import ImportState
from recommendations.models import ImportBatch, Recommendation
from script import PROJECT
from tests.factories import Cast
from tests.trackers import CROSSING, a_tracker

TRACKER = """Ferry inquiry: position at 31 March 2024

No.,Recommendation,To,Response,Status,Target date
1,That the pier be lit.,Cabinet,Agreed,Pending,June 2024
2,That the quay be swept.,Highmere Harbour Trust,Noted,Done,31/02/2024
Total,2,,,,
"""
FIELDS = [
    "source",
    "item",
    "reference",
    "number",
    "text",
    "inquiry",
    "priority",
    "owners",
    "response",
    "response_words",
    "reason",
    "claim",
    "claim_words",
    "outcome",
    "outcome_words",
    "made_on",
    "answered_on",
    "outcome_on",
    "target",
    "earlier_targets",
    "asked_target",
    "updates",
    "exempt",
    "notes",
    "problems",
]


def run(path: Path, *arguments: str) -> str:
    out = io.StringIO()
    call_command("import_tracker", str(path), *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    path = tmp_path / "tracker.csv"
    path.write_text(TRACKER)
    return path


def test_json_is_one_object_with_all_fields(tracker: Path) -> None:
    found = json.loads(run(tracker, "--dry-run", "--json"))
    assert list(found) == ["as_at", "tables", "rows", "ignored", "problems"]
    assert found["as_at"] == {
        "words": "31 March 2024",
        "start": "2024-03-31",
        "end": "2024-03-31",
        "precision": "day",
    }
    assert [set(row) for row in found["rows"]] == [set(FIELDS)] * 2
    first, second = found["rows"]
    assert first["source"] == {"file": None, "table": 1, "row": 4}
    assert (first["number"], first["owners"], first["response"], first["claim"]) == (
        "1",
        ["Cabinet"],
        "accepted",
        None,
    )
    assert len(first["problems"]) == len(second["problems"]) == 1
    assert second["target"] == {"words": "31/02/2024", "start": None, "end": None, "precision": "none"}
    assert found["tables"][0]["columns"]["To"] == "owners"
    assert {(one["row"], one["reason"]) for one in found["ignored"]} == {
        (1, "title"),
        (2, "blank"),
        (6, "total"),
    }


def test_for_people_it_begins_with_one_sentence(tracker: Path) -> None:
    said = run(tracker, "--dry-run").splitlines()
    assert said[0] == "2 lines of 2 recommendations in 1 table, 2 questions, 3 rows left out."
    assert any(line.startswith("? ") and "Pending" in line for line in said)


def test_a_file_that_cannot_be_read_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").write_bytes(b"")
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "empty.xlsx", "--dry-run", "--json")
    assert caught.value.returncode == 1
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "missing.xlsx", "--dry-run")
    assert caught.value.returncode == 1


def test_a_file_without_a_tracker_ends_with_2_after_its_object(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("Councillor,Party,Ward\nA. Invented,None,North\n")
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_tracker", str(tmp_path / "members.csv"), "--dry-run", "--json", stdout=out)
    assert caught.value.returncode == 2
    assert json.loads(out.getvalue())["rows"] == []


def test_without_dry_run_a_committee_is_named(tracker: Path) -> None:
    with pytest.raises(CommandError, match="--dry-run"):
        run(tracker)


@pytest.mark.django_db
class TestBringingIn:
    def committee(self, cast: Cast) -> tuple[str, ...]:
        return ("--committee", cast.committee.name, "--not-for-publication", "no")

    def test_leaves_what_is_asked_to_the_browser(self, cast: Cast, tracker: Path) -> None:
        told = run(tracker, *self.committee(cast))
        batch = ImportBatch.objects.get()
        assert batch.state == ImportState.TO_CHECK
        assert "Highmere Harbour Trust" in told
        assert "Nothing is on the record yet" in told
        assert f"/imports/{batch.pk}/" in told

    def test_applies_where_nothing_is_asked(self, cast: Cast, tmp_path: Path) -> None:
        inquiry = cast.inquiry("Ferries", reference="INQ 7")
        path = tmp_path / "tracker.csv"
        path.write_bytes(a_tracker(CROSSING))
        told = run(path, *self.committee(cast), "--inquiry", inquiry.reference)
        assert "It is applied" in told
        assert Recommendation.objects.get().inquiry == inquiry
        answer = json.loads(run(path, *self.committee(cast), "--json"))
        assert answer["state"] == ImportState.APPLIED
        assert Recommendation.objects.count() == 1

    def test_is_not_applied_before_it_is_said_what_is_exempt(self, cast: Cast, tmp_path: Path) -> None:
        path = tmp_path / "tracker.csv"
        path.write_bytes(a_tracker(CROSSING))
        inquiry = cast.inquiry("Ferries", reference="INQ 7")
        told = run(path, "--committee", str(cast.committee.pk), "--inquiry", inquiry.reference)
        assert "not for publication" in told
        assert not Recommendation.objects.exists()

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (("--committee", "Nowhere"), "No committee"),
            (("--user", "nobody@example.org"), "Nobody has an account"),
            (("--inquiry", "INQ 99"), "has no inquiry"),
        ],
    )
    def test_says_what_is_not_there(
        self, cast: Cast, tracker: Path, arguments: tuple[str, ...], says: str
    ) -> None:
        with pytest.raises(CommandError, match=says):
            run(tracker, *self.committee(cast), *arguments)
        assert not ImportBatch.objects.exists()

    def test_that_is_no_tracker_leaves_nothing(self, cast: Cast, tmp_path: Path) -> None:
        path = tmp_path / "tracker.rtf"
        path.write_text("{\\rtf1 x}")
        with pytest.raises(CommandError) as told:
            run(path, *self.committee(cast))
        assert told.value.returncode == 1
        assert not ImportBatch.objects.exists()


def test_a_dry_run_needs_no_installation(tracker: Path) -> None:
    command = [sys.executable, "manage.py", "import_tracker", str(tracker), "--dry-run", "--json"]
    ended = subprocess.run(
        command, cwd=PROJECT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(json.loads(ended.stdout)["rows"]) == 2
