"""A page of the past shows what it showed then, whatever was changed since: every field of every row on it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import (
    assignments,
    bodies,
    corrections,
    inquiries,
    milestones,
    notices,
    successions,
)
from recommendations.actions import recommendations as recs
from recommendations.actions.themes import add_theme
from recommendations.lifecycle import Priority, RelationKind
from recommendations.lifecycle.state import DERIVED
from recommendations.models import (
    Assignment,
    Body,
    EarlierValue,
    Meeting,
    Milestone,
    Recommendation,
    Theme,
)
from recommendations.queries import figures, trends
from recommendations.queries.as_at import put_back
from recommendations.queries.changes import changes
from tests.clients import signed_in
from tests.earlier_values import kept_columns
from tests.factories import Cast, at

THEN = dt.date(2025, 6, 1)
BEFORE = dt.date(2025, 3, 3)

OF_ITS_OWN = {
    "Recommendation": {
        "text", "closed_on", "closed_period", "closed_by", "closed_as", "grade", "sources_only", "made_public_at",
        "made_on", "made_period",
    },
    "Assignment": {
        *DERIVED, "body", "formerly", "notice_from_source", "first_target_set_at", "created_at",
    },
    "Inquiry": {"committee", "stage", "made_public_at"},
    "Body": {"abolished_on", "successor"},
}  # fmt: skip
"""What has a history of its own: wordings, transfers, verdicts, responses, updates, the ledger; or never changes back."""

NEVER_CHANGES = {"import_batch", "import_row"}
"""From which tracker a row was brought in, of every model: see `made_by_its_import`."""

NOT_SHOWN = {
    "Recommendation": {"inquiry", "created_at"},
    "Assignment": {"recommendation"},
    "Inquiry": {"report_url"},
    "Body": {
        "kind", "parent", "lineage", "response_period", "response_unit", "response_basis", "publishes_without_approver",
        "dates_agreed_by", "reference_prefix", "about", "added_by",
    },
    "Post": {"body", "holder", "ended_on"},
    "Finding": {"inquiry"},
    "Theme": set(),
    "Meeting": {"body", "agenda_url"},
    "Milestone": {"assignment", "created_at", "done_by"},
}  # fmt: skip
"""What no page of the past shows. A field that is shown from now on has to be kept."""


@pytest.mark.parametrize("name", sorted(NOT_SHOWN))
def test_every_field_of_a_row_on_a_page_of_the_past_has_its_rule(name: str) -> None:
    model = apps.get_model("recommendations", name)
    fields = {field.name: field.attname for field in model._meta.concrete_fields}
    fields |= {field.name: field.name for field in model._meta.many_to_many}
    kept = kept_columns(model)
    keys = {field for field in fields if field.endswith("_key")}  # how a kept name is compared and sorted
    known = OF_ITS_OWN.get(name, set()) | NOT_SHOWN[name] | NEVER_CHANGES | {"id", "version"} | keys
    without = {field for field, column in fields.items() if column not in kept and field not in known}
    assert without == set(), "keep their earlier values (keeps_earlier), or say here why not"
    assert kept.isdisjoint({fields[field] for field in known if field in fields})


@pytest.fixture
def history(cast: Cast) -> dict[str, Any]:
    """A recommendation as it stood in March, and all that was changed of it in November."""
    with at(BEFORE):
        inquiry = cast.inquiry("Roads near schools", source_note="From the minutes.")
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="4", text="Cars drive too fast.")
        made_at = cast.meeting(dt.date(2025, 2, 3), title="Special meeting")
        theme = add_theme(by=cast.sam, name="Walking")
        earlier = cast.recommendation(inquiry, heading="Slower cars")
        row = cast.recommendation(
            inquiry, heading="Safe ways to school", text="That the Cabinet builds crossings.", finding=finding,
            priority=Priority.HIGH, success_measure="Fewer accidents.", made_at=made_at, themes=[theme],
        )  # fmt: skip
        relation = recs.relate(by=cast.sam, later=row, earlier=earlier, kind=RelationKind.REPEATS)
        cast.publish(inquiry, BEFORE)
        row.refresh_from_db()
        post = bodies.add_post(by=cast.admin, body=cast.cabinet, title="Cabinet Member for Roads")
        part = assignments.address(
            by=cast.sam, recommendation=row, body=cast.cabinet, post=post, deliverer="Highways Ltd"
        )
        step = milestones.add_milestone(
            by=cast.olive, assignment=part, words="Survey the roads", due_on=dt.date(2025, 5, 5)
        )
        gone = milestones.add_milestone(by=cast.olive, assignment=part, words="Ask the schools")
    return locals()


def change_everything(cast: Cast, history: dict[str, Any]) -> None:
    row, part = fresh_row(history["row"]), history["part"]
    with at(dt.date(2025, 11, 10)):
        recs.edit_recommendation(
            by=cast.sam, recommendation=row, text="NEW text", reason="Agreed",
            themes=[add_theme(by=cast.sam, name="NEW theme")],
        )  # fmt: skip
        corrections.correct_recommendation(
            by=cast.sam, recommendation=row, reason="Typed wrong", heading="NEW heading",
            success_measure="NEW measure", priority=Priority.STANDARD, number="99", reference="NEW 99",
            owner_note="", made_at=None, finding=None,
        )  # fmt: skip
        corrections.correct_relation(by=cast.sam, relation=history["relation"], reason="Another one")
        other = cast.recommendation(history["inquiry"], heading="NEW recommendation")
        recs.relate(by=cast.sam, later=other, earlier=row, kind=RelationKind.SUPERSEDES)
        assignments.edit_assignment(
            by=cast.sam, assignment=part, is_lead=False, post=None, deliverer="NEW deliverer",
            first_target_on=dt.date(2025, 5, 1),
        )  # fmt: skip
        milestones.remove_milestone(by=cast.olive, milestone=history["gone"])
        milestones.add_milestone(by=cast.olive, assignment=part, words="NEW step")
        corrections.correct_inquiry(
            by=cast.sam,
            inquiry=history["inquiry"],
            reason="Typed wrong",
            title="NEW inquiry",
            reference="NEW INQ",
        )
        corrections.correct_finding(
            by=cast.sam, finding=history["finding"], reason="Typed wrong", number="77", text="NEW finding"
        )
        corrections.correct_recommendation(
            by=cast.sam, recommendation=history["earlier"], reason="Typed wrong",
            heading="NEW heading of the earlier one",
        )  # fmt: skip
        for thing, values in (
            (history["inquiry"], {"source_note": "NEW note"}),
            (history["theme"], {"name": "NEW name of the theme"}),
            (history["post"], {"title": "NEW post"}),
            (history["step"], {"words": "NEW words of the step", "due_on": dt.date(2027, 7, 7)}),
            (cast.cabinet, {"name": "NEW Cabinet", "short_name": "NEW"}),
            (cast.committee, {"name": "NEW Committee"}),
            (history["made_at"], {"title": "NEW title of the meeting"}),
        ):
            type(thing)._default_manager.filter(pk=thing.pk).update(**values)  # type: ignore[misc]  # of any model


def fresh_row(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def page(client: Client, row: Recommendation, day: dt.date | None = None) -> str:
    query = {"as_at": day.isoformat()} if day else {}
    return client.get(reverse("recommendation", args=[row.pk]), query).content.decode()


class TestThePageOfOneRecommendation:
    def test_shows_what_it_showed(self, cast: Cast, history: dict[str, Any]) -> None:
        before = page(Client(), history["row"], THEN)
        for words in (
            "Safe ways to school", "That the Cabinet builds crossings.", "Fewer accidents.", "Special meeting",
            "Cars drive too fast.", "finding 4", "Walking", "Slower cars", "High", "Roads near schools",
            "Cabinet Member for Roads", "Highways Ltd", "Survey the roads", "Ask the schools", "5 May 2025",
            "Children&#x27;s Select Committee", "From the minutes.",
        ):  # fmt: skip
            assert words in before, words
        change_everything(cast, history)
        assert "NEW" in page(Client(), history["row"])
        after = page(Client(), history["row"], THEN)
        assert "NEW" not in after
        assert _without_tokens(after) == _without_tokens(before)

    def test_on_the_day_of_the_change_it_is_new(self, cast: Cast, history: dict[str, Any]) -> None:
        change_everything(cast, history)
        assert "NEW heading" in page(Client(), history["row"], dt.date(2025, 11, 10))

    def test_one_that_was_added_later_was_not_there(self, cast: Cast, history: dict[str, Any]) -> None:
        with at(dt.date(2025, 11, 10)):
            later = cast.recommendation(history["inquiry"], heading="Added in November")
        shown = page(Client(), later, THEN)
        assert "this recommendation was not yet published" in shown

    def test_a_wording_entered_late_is_filed_before_the_later_one(
        self, cast: Cast, history: dict[str, Any]
    ) -> None:
        with at(dt.date(2025, 9, 1)):
            july, august = cast.meeting(dt.date(2025, 7, 7)), cast.meeting(dt.date(2025, 8, 8))
            for meeting, text in ((august, "The wording of August."), (july, "The wording of July.")):
                recs.edit_recommendation(
                    by=cast.sam,
                    recommendation=fresh_row(history["row"]),
                    text=text,
                    reason="Agreed",
                    meeting=meeting,
                )
        shown = page(Client(), history["row"])
        assert fresh_row(history["row"]).text == "The wording of August."
        assert shown.index("Until 7 July 2025") < shown.index("Until 8 August 2025")
        assert "That the Cabinet builds crossings." in page(Client(), history["row"], THEN)


def _without_tokens(html: str) -> list[str]:
    return [line for line in html.splitlines() if "csrf" not in line and "nonce" not in line]


class TestTheDashboard:
    def test_lists_figures_and_changes_have_the_names_of_then(
        self, cast: Cast, history: dict[str, Any]
    ) -> None:
        colin = signed_in(cast.colin)
        board = reverse("committee_dashboard", args=[cast.committee.pk])
        everything = reverse("dashboard_list", args=[cast.committee.pk, "all"])
        change_everything(cast, history)
        for address in (board, everything):
            shown = colin.get(address, {"as_at": "2025-06-01"}).content.decode()
            main = re.sub(
                r"<form.*?</form>", "", shown[shown.index("<main") : shown.index("</main>")], flags=re.S
            )
            for words in ("NEW heading", "NEW inquiry", "NEW Cabinet"):
                assert words not in main, (address, words)
        assert "Safe ways to school" in colin.get(everything, {"as_at": "2025-06-01"}).content.decode()

    def test_changes_up_to_a_day_have_the_names_of_that_day(
        self, cast: Cast, history: dict[str, Any]
    ) -> None:
        change_everything(cast, history)
        span = (clock.start_of_day(BEFORE - dt.timedelta(days=2)), clock.end_of_day(THEN))
        told = [one for group in changes(span, Assignment.objects.all()) for one in group.changes]
        assert {(one.heading, one.inquiry, one.body) for one in told} == {
            ("Safe ways to school", "Roads near schools", "Cabinet")
        }

    def test_a_first_date_set_later_makes_nothing_overdue_before(
        self, cast: Cast, history: dict[str, Any]
    ) -> None:
        colin = signed_in(cast.colin)
        change_everything(cast, history)
        with at(dt.date(2025, 11, 11)):
            parts = [Assignment.objects.get(pk=history["part"].pk)]
            notices.send_notice(by=cast.sam, assignments=parts, on=dt.date(2025, 4, 1))
        then = colin.get(reverse("committee_dashboard", args=[cast.committee.pk]), {"as_at": "2025-06-01"})
        assert "days late" not in then.content.decode()
        assert figures.tally(Assignment.objects.all(), clock.end_of_day(THEN)).total.counts.overdue == 0
        assert figures.tally(Assignment.objects.all()).total.counts.overdue == 1
        assert "Overdue by" not in page(Client(), history["row"], THEN)
        assert "Overdue by" in page(Client(), history["row"])
        trend = {point.day: point.overdue for point in trends.trend(Assignment.objects.all())}
        assert trend[dt.date(2025, 10, 31)] == 0
        assert trend[dt.date(2025, 11, 30)] == 1


class TestWhatBelongedElsewhere:
    def test_a_part_shows_the_body_that_held_it(self, cast: Cast, history: dict[str, Any]) -> None:
        with at(BEFORE):
            notices.send_notice(by=cast.sam, assignments=[history["part"]], on=BEFORE)
        with at(dt.date(2025, 11, 10)):
            successions.abolish_body(
                by=cast.admin,
                body=cast.cabinet,
                on=dt.date(2025, 11, 10),
                reason="Abolished",
                successor=cast.police,
            )
        assert "Testshire Police" in page(Client(), history["row"])
        then = page(Client(), history["row"], THEN)
        assert "Testshire Police" not in then
        assert "Response due from Cabinet" in " ".join(then.split())
        colin = signed_in(cast.colin)
        listed = colin.get(
            reverse("dashboard_list", args=[cast.committee.pk, "all"]),
            {"as_at": "2025-06-01", "body": str(cast.cabinet.pk)},
        )
        assert [row.owner_name for row in listed.context["rows"]] in ([], ["Cabinet"])
        held = Assignment.objects.of_body(cast.cabinet, clock.end_of_day(THEN))
        assert [one.pk for one in held] == [history["part"].pk]

    def test_an_inquiry_counts_with_the_committee_that_followed_it_up(
        self, cast: Cast, history: dict[str, Any]
    ) -> None:
        with at(dt.date(2025, 11, 10)):
            successions.pass_inquiries(
                by=cast.admin, committee=cast.committee, inquiries=[fresh_row(history["inquiry"])],
                to=cast.other_committee, on=dt.date(2025, 11, 10), reason="The council decided",
            )  # fmt: skip
        carla = signed_in(cast.carla)

        def total(committee: Body, day: str = "") -> int:
            address = reverse("committee_dashboard", args=[committee.pk])
            return int(carla.get(address, {"as_at": day}).context["board"].total.total)

        assert (total(cast.committee), total(cast.committee, "2025-06-01")) == (0, 2)
        assert (total(cast.other_committee), total(cast.other_committee, "2025-06-01")) == (2, 0)

    def test_what_was_not_published_yet_counts_nowhere(self, cast: Cast) -> None:
        with at(BEFORE):
            inquiry = cast.inquiry()
            assignments.address(by=cast.sam, recommendation=cast.recommendation(inquiry), body=cast.cabinet)
        with at(dt.date(2025, 9, 1)):
            cast.publish(inquiry, dt.date(2025, 9, 1))
        rows = Assignment.objects.published()
        assert figures.tally(rows, clock.end_of_day(THEN)).total.total == 0
        trend = {point.day: point.total for point in trends.trend(rows)}
        assert (trend[dt.date(2025, 8, 31)], trend[dt.date(2025, 9, 30)]) == (0, 1)

    @pytest.mark.parametrize("published_on", [dt.date(2025, 9, 1), dt.date(2025, 4, 1)])
    def test_what_is_addressed_to_nobody_counts_from_when_it_could_be_read(
        self, cast: Cast, published_on: dt.date
    ) -> None:
        with at(BEFORE):
            inquiry = cast.inquiry()
            cast.recommendation(inquiry)
        with at(dt.date(2025, 9, 1)):
            cast.publish(inquiry, published_on)
        with at(dt.date(2025, 10, 15)):
            cast.recommendation(inquiry, heading="Added in October")
        parts, rows = Assignment.objects.published(), Recommendation.objects.published()

        def total(day: dt.date) -> tuple[int, int, int]:
            moment = clock.end_of_day(day)
            tally = figures.tally(parts, moment, rows)
            trend = {point.day: point.total for point in trends.trend(parts, recommendations=rows)}
            return (tally.total.unaddressed, figures.unaddressed(rows, moment).count(), trend[day])

        assert total(dt.date(2025, 8, 31)) == (0, 0, 0)
        assert total(dt.date(2025, 9, 30)) == (1, 1, 1)
        assert total(dt.date(2025, 10, 31)) == (2, 2, 2)

    def test_what_is_addressed_to_nobody_counts_with_the_committee_of_then(self, cast: Cast) -> None:
        with at(BEFORE):
            inquiry = cast.inquiry("Roads")
            cast.recommendation(inquiry)
            cast.publish(inquiry, BEFORE)
        with at(dt.date(2025, 11, 10)):
            successions.pass_inquiries(
                by=cast.admin, committee=cast.committee, inquiries=[fresh_row(inquiry)],
                to=cast.other_committee, on=dt.date(2025, 11, 10), reason="The council decided",
            )  # fmt: skip
            renamed = {"inquiry": fresh_row(inquiry), "title": "Renamed", "reason": "Typed wrong"}
            corrections.correct_inquiry(by=cast.oscar, **renamed)
        carla = signed_in(cast.carla)

        def lines(committee: Body, day: str = "") -> list[tuple[str, int]]:
            address = reverse("committee_dashboard", args=[committee.pk])
            board = carla.get(address, {"as_at": day, "inquiry": inquiry.pk if day else ""}).context["board"]
            return [(line.label, line.unaddressed) for line in board.tally.by_inquiry]

        assert (lines(cast.committee), lines(cast.committee, "2025-06-01")) == ([], [("Roads", 1)])
        assert lines(cast.other_committee) == [("Renamed", 1)]
        assert lines(cast.other_committee, "2025-06-01") == []

    def test_the_dashboard_is_narrowed_to_what_there_was_then(
        self, cast: Cast, history: dict[str, Any]
    ) -> None:
        with at(BEFORE):
            notices.send_notice(by=cast.sam, assignments=[history["part"]], on=BEFORE)
        with at(dt.date(2025, 11, 10)):
            recs.edit_recommendation(
                by=cast.sam, recommendation=fresh_row(history["row"]), themes=[add_theme(by=cast.sam, name="Cycling")]
            )  # fmt: skip
            successions.abolish_body(
                by=cast.admin, body=cast.cabinet, on=dt.date(2025, 11, 10), reason="Abolished", successor=cast.police
            )  # fmt: skip
        colin, cycling = signed_in(cast.colin), Theme.objects.get(name="Cycling")

        def total(day: str = "", **chosen: Any) -> Any:
            address = reverse("committee_dashboard", args=[cast.committee.pk])
            context = colin.get(
                address, {"as_at": day} | {name: one.pk for name, one in chosen.items()}
            ).context
            return dict(context["form"].errors) or context["board"].total.total

        assert total("2025-06-01", theme=history["theme"]) == 1
        assert total("2025-06-01", theme=cycling) == 0
        assert total(theme=cycling) == 1
        assert total("2025-06-01", body=cast.cabinet) == 1
        assert total("2025-06-01", body=cast.police) == 0
        assert total(body=cast.police) == 1


class TestPutBack:
    def test_a_row_that_was_changed_twice_shows_the_value_of_the_day(self, cast: Cast) -> None:
        for month, name in ((3, "Second"), (5, "Third")):
            with at(dt.date(2025, month, 1)):
                bodies.edit_body(by=cast.admin, body=fresh_row(cast.school), name=name)
        for month, name in ((2, "Hill School"), (4, "Second"), (6, "Third")):
            body = fresh_row(cast.school)
            put_back(clock.end_of_day(dt.date(2025, month, 1)), body)
            assert body.name == name

    def test_a_change_outside_an_action_is_kept_too(self, cast: Cast) -> None:
        Body.objects.filter(pk=cast.school.pk).update(name="Renamed by hand")
        kept = EarlierValue.objects.get(table_name=Body._meta.db_table)
        assert (kept.row_id, kept.before) == (cast.school.pk, {"name": "Hill School"})

    def test_themes_changed_outside_an_action_are_kept_too(self, cast: Cast, history: dict[str, Any]) -> None:
        row, walking = history["row"], history["theme"]
        with at(dt.date(2025, 11, 10)):
            other = add_theme(by=cast.sam, name="Cycling")
        row.themes.add(other)
        row.themes.add(other)
        row.themes.remove(walking)
        row.themes.clear()
        kept = EarlierValue.objects.of_themes().filter(
            row_id=row.pk, replaced_at__gt=clock.end_of_day(BEFORE)
        )
        assert [one.before["themes"] for one in kept.order_by("pk")] == [
            [walking.pk], sorted([walking.pk, other.pk]), [other.pk],
        ]  # fmt: skip
        assert "Walking" in page(Client(), row, THEN)
        assert "Themes before: Walking" in page(Client(), row)
        assert ">Walking</a>" not in page(Client(), row)

    def test_a_row_that_is_gone_and_was_not_kept_breaks_nothing(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Gone.")
        row = cast.recommendation(inquiry, finding=finding)
        recs.edit_recommendation(by=cast.sam, recommendation=row, finding=None)
        with pgtrigger.ignore("recommendations.Finding:earlier_row"):
            finding.delete()
        before = Recommendation.objects.get(pk=row.pk)
        put_back(clock.end_of_day(BEFORE), before)
        assert before.finding is None

    def test_what_takes_the_place_of_a_row_is_put_back_too(self, cast: Cast, history: dict[str, Any]) -> None:
        change_everything(cast, history)
        part = Assignment.objects.select_related("post").get(pk=history["part"].pk)
        put_back(clock.end_of_day(THEN), part)
        assert part.post is not None
        assert part.post.title == "Cabinet Member for Roads"

    def test_nothing_is_put_back_for_today(self, cast: Cast, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            put_back(None, cast.cabinet)


def test_the_guard_reads_the_triggers() -> None:
    assert {"heading", "priority", "finding_id", "themes"} <= kept_columns(Recommendation)
    assert kept_columns(Meeting) == {"title", "held_on", "place", "state", "day_precision"}
    assert kept_columns(Milestone) == {"words", "due_on", "due_period", "done_on"}
