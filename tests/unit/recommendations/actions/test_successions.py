"""Bodies that end, merge and are split; inquiries that pass to another committee: what may be done, and what stays true."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from committee import clock
from recommendations.actions import (
    assessments,
    assignments,
    bodies,
    inquiries,
    milestones,
    respondent_links,
    reviews,
    successions,
    target_dates,
    updates,
)
from recommendations.actions.base import ActionDenied
from recommendations.actions.recompute import differing_recommendations
from recommendations.lifecycle import BodyKind, Claim, Edition, Role
from recommendations.models import (
    Assignment,
    Body,
    LinkUse,
    PackTemplate,
    RespondentLink,
    Response,
    Review,
    Succession,
    Transfer,
    Update,
)
from recommendations.permissions import Right, may
from recommendations.queries.figures import to_escalate_by
from recommendations.queries.records import record
from recommendations.queries.states import states
from tests.factories import Cast, acting, at, fresh, person

DAY = dt.date(2026, 1, 1)


def end(cast: Cast, body: Body, successor: Body | None, **details: Any) -> list[Assignment]:
    details = dict[str, Any](on=DAY, reason="An order") | details
    return successions.abolish_body(by=cast.admin, body=body, successor=successor, **details)


def split(cast: Cast, body: Body, successors: list[Body], shares: dict[int, Body], **details: Any) -> Any:
    details = dict[str, Any](on=DAY, reason="An order", successor=successors[0]) | details
    return successions.split_body(by=cast.admin, body=body, successors=successors, shares=shares, **details)


def part_now(part: Assignment) -> Assignment:
    return Assignment.objects.for_list().get(pk=part.pk)


class TestTemplatesOfPacks:
    def test_public_ones_follow_under_a_name_of_their_own_and_exempt_ones_stay(self, cast: Cast) -> None:
        def template(body: Body, name: str, edition: str = Edition.PUBLIC) -> PackTemplate:
            return PackTemplate.objects.create(
                body=body, name=name, edition=edition, title="Progress", created_by=cast.carla
            )

        monthly, secret = template(cast.cabinet, "Monthly"), template(cast.cabinet, "Kept", Edition.EXEMPT)
        template(cast.police, "monthly")
        end(cast, cast.cabinet, cast.police)
        monthly.refresh_from_db()
        secret.refresh_from_db()
        assert (monthly.body, monthly.name) == (cast.police, "Monthly (2)")
        assert (secret.body, secret.name) == (cast.cabinet, "Kept")

    def test_they_follow_a_successor_that_is_named_later(self, cast: Cast) -> None:
        template = PackTemplate.objects.create(
            body=cast.school, name="Monthly", title="Progress", created_by=cast.carla
        )
        end(cast, cast.school, None)
        successions.name_successor(by=cast.admin, body=cast.school, successor=cast.police, reason="An order")
        template.refresh_from_db()
        assert (template.body, template.name) == (cast.police, "Monthly")


class TestOneSuccessor:
    def test_chains(self, cast: Cast) -> None:
        part = cast.assignment()
        end(cast, cast.cabinet, cast.police)
        end(cast, cast.police, cast.school)
        now = Assignment.objects.for_list().get(pk=part.pk)
        assert now.owner_name == "Hill School (formerly Cabinet)"
        assert Body.objects.get(pk=cast.cabinet.pk).standing_successor() == cast.school
        assert list(differing_recommendations()) == []

    @pytest.mark.parametrize(
        ("wrong", "instruction"),
        [
            ({"reason": " "}, "Enter the reason"),
            ({"on": dt.date(2026, 1, 13)}, "today or earlier"),
        ],
    )
    def test_instructions(self, cast: Cast, wrong: dict[str, Any], instruction: str) -> None:
        with pytest.raises(ActionDenied, match=instruction):
            end(cast, cast.cabinet, cast.police, **wrong)

    def test_no_circle(self, cast: Cast) -> None:
        cast.assignment()
        end(cast, cast.cabinet, cast.police)
        with pytest.raises(ActionDenied, match="existed on that day and exists now"):
            end(cast, cast.police, cast.cabinet)

    def test_not_before_it_took_over(self, cast: Cast) -> None:
        end(cast, cast.cabinet, cast.police)
        with pytest.raises(ActionDenied, match="Enter 1 January 2026 or a later day"):
            end(cast, cast.police, cast.school, on=dt.date(2025, 12, 31))

    def test_not_a_part_of_itself(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="not part of"):
            end(cast, cast.council, cast.cabinet)

    def test_open_work_needs_a_successor(self, cast: Cast) -> None:
        cast.assignment()
        with pytest.raises(ActionDenied, match="1 open recommendation is addressed to Cabinet"):
            end(cast, cast.cabinet, None)

    def test_administrators_alone(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied):
            successions.abolish_body(
                by=cast.sam, body=cast.cabinet, successor=None, on=DAY, reason="An order"
            )

    def test_into_a_new_body(self, cast: Cast) -> None:
        part = cast.assignment()
        end(cast, cast.cabinet, Body(name="The New Executive", kind=BodyKind.EXECUTIVE, response_period=2))
        now = Assignment.objects.for_list().get(pk=part.pk)
        assert now.owner_name == "The New Executive (formerly Cabinet)"
        assert now.body.lineage == [now.body.pk]

    def test_a_new_body_is_not_left_behind(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied):
            end(cast, cast.cabinet, Body(name="The New Executive", kind=BodyKind.EXECUTIVE), reason="")
        assert not Body.objects.filter(name="The New Executive").exists()

    def test_personal_links_end_on_the_record(self, cast: Cast) -> None:
        link = cast.link(cast.school)
        end(cast, cast.school, cast.police)
        assert not RespondentLink.objects.get(pk=link.pk).is_valid
        assert LinkUse.objects.of(link).told("revoked").exists()


class TestWhatIsInHand:
    def test_a_draft_goes_on_under_the_new_body(self, cast: Cast) -> None:
        part = cast.assignment()
        before = cast.published(part)
        draft = cast.draft(part, progress="Three of five.")
        end(cast, cast.cabinet, cast.police)
        with pytest.raises(PermissionDenied):
            updates.save_draft(
                by=cast.olive, update=Update.objects.get(pk=draft.pk), progress="Four of five."
            )
        update = updates.start_update(by=cast.pat, assignment=Assignment.objects.get(pk=part.pk))
        assert update == draft
        updates.submit_update(by=cast.pat, update=update)
        approver = person("Petra", (Role.APPROVER, cast.police))
        updates.publish_update(by=approver, update=Update.objects.get(pk=update.pk))
        names = list(Update.objects.order_by("published_at").values_list("body_name", flat=True))
        assert names == [before.body_name, "Testshire Police"]
        assert list(differing_recommendations()) == []

    def test_new_dates_steps_clocks_and_requests(self, cast: Cast) -> None:
        part = cast.assignment()
        change = target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 6, 30), reason="The contractor withdrew."
        )
        milestones.add_milestone(by=cast.olive, assignment=part, words="Build the first")
        review = reviews.open_review(
            by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 3, 1)
        )
        due = part.response_due_on
        assert set(successions.open_work([part])[part.pk]) == {
            "New date asked for: 30 June 2026",
            "Asked for in “6-month review”",
        }
        end(cast, cast.cabinet, cast.police)
        cast.agree(change)
        now = Assignment.objects.get(pk=part.pk)
        assert (now.response_due_on, now.target_on) == (due, dt.date(2026, 6, 30))
        assert updates.start_update(by=cast.pat, assignment=now).body_name == "Testshire Police"
        assert review.requests.get().assignment.body == cast.police


class TestSeveral:
    def test_merged_in_one_step(self, cast: Cast) -> None:
        first = cast.assignment(body=cast.police)
        second = cast.assignment(body=cast.school, recommendation=first.recommendation)
        own = cast.assignment(recommendation=first.recommendation)
        passed = successions.merge_bodies(
            by=cast.admin,
            bodies=[cast.police, cast.school],
            successor=cast.cabinet,
            on=DAY,
            reason="An order",
        )
        assert {part.pk for part in passed} == {first.pk, second.pk}
        assert {part.body for part in first.recommendation.assignments.all()} == {cast.cabinet}
        assert own.formerly is None
        assert list(differing_recommendations()) == []

    @pytest.mark.parametrize("ending", [[], ["police"], ["police", "police"]])
    def test_a_merger_takes_two(self, cast: Cast, ending: list[str]) -> None:
        with pytest.raises(ActionDenied, match="two or more"):
            successions.merge_bodies(
                by=cast.admin,
                bodies=[getattr(cast, name) for name in ending],
                successor=cast.cabinet,
                on=DAY,
                reason="An order",
            )

    def test_nothing_is_merged_where_one_cannot_be(self, cast: Cast) -> None:
        end(cast, cast.school, None)
        with pytest.raises(ActionDenied, match="already abolished"):
            successions.merge_bodies(
                by=cast.admin,
                bodies=[cast.police, cast.school],
                successor=cast.cabinet,
                on=DAY,
                reason="An order",
            )
        assert Body.objects.get(pk=cast.police.pk).abolished_on is None

    def test_a_split_keeps_its_main_successor(self, cast: Cast) -> None:
        parts = [cast.assignment(heading=f"Number {n}") for n in range(3)]
        shares = {parts[0].pk: cast.police, parts[1].pk: cast.school, parts[2].pk: cast.school}
        split(cast, cast.cabinet, [cast.police, cast.school], shares)
        assert {pk: Assignment.objects.get(pk=pk).body for pk in shares} == shares
        assert [row.successor for row in Succession.objects.for_list()] == [cast.police, cast.school]
        assert Body.objects.get(pk=cast.cabinet.pk).successor == cast.police

    def test_a_split_leaves_nothing_over(self, cast: Cast) -> None:
        cast.assignment()
        with pytest.raises(ActionDenied, match="1 open recommendation is addressed to Cabinet"):
            split(cast, cast.cabinet, [cast.police, cast.school], {})

    def test_a_split_shares_out_among_its_successors_only(self, cast: Cast) -> None:
        part = cast.assignment()
        with pytest.raises(ActionDenied, match="Select a successor"):
            split(cast, cast.cabinet, [cast.police, cast.school], {part.pk: cast.council})

    def test_the_main_successor_is_one_of_them(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="main successor"):
            split(cast, cast.cabinet, [cast.police, cast.school], {}, successor=cast.council)


class TestReopened:
    def closed(self, cast: Cast) -> Assignment:
        part = cast.assignment()
        cast.verdict(part, "implemented", "close_implemented")
        return Assignment.objects.get(pk=part.pk)

    def test_passes_to_whoever_took_over(self, cast: Cast) -> None:
        part = self.closed(cast)
        end(cast, cast.cabinet, cast.police)
        end(cast, cast.police, cast.school)
        assert Assignment.objects.get(pk=part.pk).body == cast.cabinet
        cast.verdict(part, "concerns", "reopen")
        now = Assignment.objects.for_list().get(pk=part.pk)
        assert now.is_open
        assert now.owner_name == "Hill School (formerly Cabinet)"
        assert Transfer.objects.get(assignment=part).reason == (
            "The committee reopened it after Cabinet had ended"
        )
        assert list(differing_recommendations()) == []

    def test_waits_for_a_successor_to_be_named(self, cast: Cast) -> None:
        part = self.closed(cast)
        end(cast, cast.cabinet, None)
        with pytest.raises(ActionDenied, match="Ask an administrator to name one"):
            cast.verdict(part, "concerns", "reopen")
        cabinet = Body.objects.get(pk=cast.cabinet.pk)
        successions.name_successor(by=cast.admin, body=cabinet, successor=cast.police, reason="Found later")
        cast.verdict(part, "concerns", "reopen")
        assert Assignment.objects.get(pk=part.pk).body == cast.police
        with pytest.raises(ActionDenied, match="ended without a successor"):
            successions.name_successor(by=cast.admin, body=cabinet, successor=cast.school, reason="Again")


class TestInquiriesPassOn:
    def passed(self, cast: Cast, part: Assignment, **details: Any) -> Any:
        details = dict[str, Any](on=clock.today(), reason="Decided", to=cast.other_committee) | details
        return successions.pass_inquiries(
            by=cast.admin, committee=cast.committee, inquiries=[part.recommendation.inquiry], **details
        )

    def assess(self, by: Any, part: Assignment, meeting: Any, **details: Any) -> Any:
        details = {"grade": "concerns", "outcome": "keep"} | details
        row = Assignment.objects.get(pk=part.pk)
        return assessments.assess(
            by=fresh(by), recommendation=row.recommendation, assignment=row, meeting=meeting, **details
        )

    def test_each_committees_meetings_count_for_its_own_time(self, cast: Cast) -> None:
        part = cast.assignment()
        old, new = cast.meeting(dt.date(2026, 1, 5)), cast.meeting(dt.date(2026, 1, 6), cast.other_committee)
        late = cast.meeting(clock.today(), cast.other_committee)
        self.passed(cast, part)
        assert self.assess(cast.oscar, part, old).pk
        assert self.assess(cast.oscar, part, late).pk
        with pytest.raises(ActionDenied, match="Select a meeting of the Children's Select Committee"):
            self.assess(cast.oscar, part, new)
        with pytest.raises(PermissionDenied):
            self.assess(cast.colin, part, late)

    def test_the_record_names_the_committee_that_was(self, cast: Cast) -> None:
        part = cast.assignment()
        with at(dt.date(2026, 1, 5)):
            cast.verdict(part, "concerns", "keep", meeting=cast.meeting(dt.date(2026, 1, 5)))
        self.passed(cast, part)
        read = record(Assignment.objects.get(pk=part.pk).recommendation, cast.nobody)
        who = {entry.kind: entry.who for entry in read.entries}
        assert who["assessment"] == who["notice"] == "Children's Select Committee"
        assert who["passing"] == "Transport Select Committee"
        assert read.committee == cast.other_committee
        then = record(read.recommendation, cast.nobody, clock.end_of_day(dt.date(2026, 1, 6)))
        assert then.committee == cast.committee

    def test_overdue_at_two_meetings_running_counts_those_there_were(self, cast: Cast) -> None:
        with at(dt.date(2025, 9, 1)):
            part = cast.assignment(first_target_on=dt.date(2025, 10, 1))
        for day in (dt.date(2025, 11, 3), dt.date(2026, 1, 5)):
            cast.meeting(day)
        self.passed(cast, part, on=dt.date(2026, 1, 8))
        here = [cast.meeting(clock.today(), cast.other_committee)]
        rows = Assignment.objects.filter(pk=part.pk)
        assert [row.pk for row in to_escalate_by(cast.other_committee, states(rows), here)] == [part.pk]
        assert to_escalate_by(cast.committee, states(rows.none()), here) == []

    def test_reviews_follow_or_stay(self, cast: Cast) -> None:
        first, second = cast.assignment(), cast.assignment(heading="Another")
        for chosen in ([first.recommendation.inquiry], []):
            reviews.open_review(
                by=cast.sam,
                committee=cast.committee,
                title=f"Of {len(chosen)}",
                due_on=dt.date(2026, 3, 1),
                inquiries=chosen,
            )
        self.passed(cast, first)
        whose = {review.title: review.committee for review in Review.objects.all()}
        assert whose == {"Of 1": cast.other_committee, "Of 0": cast.committee}
        self.passed(cast, second)
        whole = Review.objects.get(title="Of 0")
        # It asks about both: neither inquiry is left, so it follows, and says what it asks about.
        assert whole.committee == cast.other_committee
        assert whole.inquiries.count() == 2

    def test_links_follow_once_nothing_is_left(self, cast: Cast) -> None:
        first = cast.assignment(body=cast.school)
        second = cast.assignment(body=cast.school, heading="Another")
        link = cast.link(cast.school)
        self.passed(cast, first)
        assert RespondentLink.objects.get(pk=link.pk).committee == cast.committee
        self.passed(cast, second)
        # The second one, sent when the first inquiry passed, reaches both by now.
        assert not RespondentLink.objects.get(pk=link.pk).is_valid
        [beside] = RespondentLink.objects.valid()
        assert beside.committee == cast.other_committee

    def test_the_only_link_moves_with_its_address(self, cast: Cast) -> None:
        link = cast.link(cast.school)
        self.passed(cast, cast.assignment(body=cast.school))
        moved = RespondentLink.objects.get(pk=link.pk)
        assert (moved.committee, moved.generation, moved.is_valid) == (
            cast.other_committee,
            link.generation,
            True,
        )

    def test_one_that_has_ended_stands_in_nobodys_way(self, cast: Cast) -> None:
        respondent_links.issue_link(
            by=cast.oscar,
            committee=cast.other_committee,
            body=cast.school,
            name="Hanna Head",
            email="hanna.head@example.org",
            until=dt.date(2026, 1, 12),
        )
        link = cast.link(cast.school)
        with at(dt.date(2026, 2, 2)):
            self.passed(cast, cast.assignment(body=cast.school))
            [left] = RespondentLink.objects.valid()
            assert (left.pk, left.committee) == (link.pk, cast.other_committee)

    def test_until_then_who_answers_by_a_link_gets_a_second_one(self, cast: Cast) -> None:
        passing = cast.assignment(body=cast.school)
        cast.assignment(body=cast.school, heading="Stays")
        link = cast.link(cast.school)
        cast.link(cast.police, name="Not Concerned")
        expired = cast.link(cast.school, name="Long Gone", until=dt.date(2026, 1, 12))
        with at(dt.date(2026, 2, 2)):
            self.passed(cast, passing, on=dt.date(2026, 2, 2))
            beside = RespondentLink.objects.get(committee=cast.other_committee)
            assert (beside.person, beside.body, beside.expires_at) == (
                link.person,
                cast.school,
                link.expires_at,
            )
            assert may(acting(beside), Right.LOG_UPDATE, part_now(passing))
            assert not may(acting(link), Right.LOG_UPDATE, part_now(passing))
            assert [use.event for use in beside.uses.all()] == ["issued"]
            assert not expired.is_valid

    def test_who_has_one_of_the_other_committee_keeps_it(self, cast: Cast) -> None:
        passing = cast.assignment(body=cast.school)
        cast.assignment(body=cast.school, heading="Stays")
        cast.link(cast.school)
        theirs = respondent_links.issue_link(
            by=cast.oscar,
            committee=cast.other_committee,
            body=cast.school,
            name="Hanna Head",
            email="hanna.head@example.org",
        )
        self.passed(cast, passing)
        [kept] = RespondentLink.objects.filter(committee=cast.other_committee)
        assert (kept.pk, kept.generation) == (theirs.pk, 1)

    def test_a_committee_ends_only_without_running_inquiries(self, cast: Cast) -> None:
        cast.inquiry("Still to be written")
        part = cast.assignment()
        with pytest.raises(ActionDenied, match="1 inquiry that is not concluded"):
            self.passed(cast, part, ends=True)
        assert part.recommendation.inquiry.transfers.count() == 0

    @pytest.mark.parametrize(
        ("wrong", "instruction"),
        [
            ({"reason": " "}, "Enter the reason"),
            ({"on": dt.date(2026, 1, 13)}, "today or earlier"),
        ],
    )
    def test_instructions(self, cast: Cast, wrong: dict[str, Any], instruction: str) -> None:
        with pytest.raises(ActionDenied, match=instruction):
            self.passed(cast, cast.assignment(), **wrong)

    def test_only_to_another_committee(self, cast: Cast) -> None:
        for to in (cast.cabinet, cast.committee):
            with pytest.raises(ActionDenied, match="Select another committee"):
                self.passed(cast, cast.assignment(), to=to)

    def test_not_before_it_came(self, cast: Cast) -> None:
        part = cast.assignment()
        self.passed(cast, part, on=dt.date(2026, 1, 10))
        with pytest.raises(ActionDenied, match="Enter a later day"):
            successions.pass_inquiries(
                by=cast.admin,
                committee=cast.other_committee,
                inquiries=[part.recommendation.inquiry],
                to=cast.committee,
                on=dt.date(2026, 1, 9),
                reason="Back",
            )

    def test_a_public_inquiry_changes_committees_on_the_record_only(self, cast: Cast) -> None:
        both = person("Bea", (Role.SCRUTINY_OFFICER, cast.council))
        public = cast.assignment().recommendation.inquiry
        with pytest.raises(ActionDenied, match="ask an administrator"):
            inquiries.edit_inquiry(by=both, inquiry=public, committee=cast.other_committee)
        moved = inquiries.edit_inquiry(by=both, inquiry=cast.inquiry("Early"), committee=cast.other_committee)
        assert moved.committee == cast.other_committee


# ------------------------------------------------------------------ whatever happens, in whatever order

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["end", "merge", "split", "address", "close", "reopen"]),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
@example(steps=[("close", 0, 0, 0), ("end", 0, 1, 0), ("reopen", 0, 0, 0)])
@example(steps=[("split", 0, 1, 2), ("merge", 1, 2, 3), ("end", 3, 4, 0), ("close", 0, 0, 0)])
def test_every_open_part_has_one_existing_body_and_history_stays(cast: Cast, steps: list[Any]) -> None:
    with transaction.atomic():
        _any_sequence(cast, steps)
        transaction.set_rollback(True)


def _any_sequence(cast: Cast, steps: list[Any]) -> None:
    owners = [cast.cabinet, cast.police, cast.school]
    owners += [bodies.add_body(by=cast.admin, name=f"Board {n}", kind=BodyKind.BOARD) for n in range(3)]
    first = cast.assignment()
    recommendation = first.recommendation
    others = [cast.assignment(body=body, recommendation=recommendation) for body in owners[1:4]]
    cast.published(first, claim=Claim.ON_TRACK)
    cast.response(others[0])
    history = [
        *Update.objects.values_list("pk", "body_name", "assignment_id"),
        *Response.objects.values_list("pk", "body_name", "assignment_id"),
    ]
    first_owner = {part.pk: part.body_id for part in recommendation.assignments.all()}
    for step, *which in steps:
        a, b, c = (owners[number] for number in which)
        part = Assignment.objects.order_by("pk")[which[0] % Assignment.objects.count()]
        try:
            _one_step(cast, step, a, b, c, part)
        except ActionDenied:
            continue
        if step == "address":
            newest = Assignment.objects.latest("pk")
            first_owner[newest.pk] = newest.body_id
        rows = Assignment.objects.for_list()
        assert all(row.body.abolished_on is None for row in rows if row.is_open)
        assert {row.pk: (row.formerly or row.body).pk for row in rows} == first_owner
    assert history == [
        *Update.objects.values_list("pk", "body_name", "assignment_id"),
        *Response.objects.values_list("pk", "body_name", "assignment_id"),
    ]
    assert list(differing_recommendations()) == []


def _one_step(cast: Cast, step: str, a: Body, b: Body, c: Body, part: Assignment) -> None:
    today = clock.today()
    if step == "end":
        end(cast, a, b if b != a else None, on=today)
    elif step == "merge":
        successions.merge_bodies(by=cast.admin, bodies=[a, b], successor=c, on=today, reason="An order")
    elif step == "split":
        shares = {row.pk: (b, c)[row.pk % 2] for row in a.assignments.open()}
        split(cast, a, [b, c], shares, on=today)
    elif step == "address":
        assignments.address(by=cast.sam, recommendation=part.recommendation, body=a)
    else:
        grade, outcome = {
            "close": ("implemented", "close_implemented"),
            "reopen": ("concerns", "reopen"),
        }[step]
        cast.verdict(part, grade, outcome)
