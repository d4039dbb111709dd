"""Councillors' pages: dashboard, its lists, and the committee's views."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import target_dates
from recommendations.lifecycle import Grade, Outcome, Role
from recommendations.models import Assessment, Membership, Recommendation
from recommendations.queries.dashboard import LISTINGS
from tests.factories import TODAY
from tests.history import MEETINGS, busy

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.prepared(make=busy)]


@pytest.fixture
def history(prepared):
    return prepared


@pytest.fixture
def colin(client, cast):
    client.force_login(cast.colin)
    return client


@pytest.fixture
def carla(client, cast):
    client.force_login(cast.carla)
    return client


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def text(response) -> str:
    return " ".join(response.content.decode().split())


class TestChoosing:
    def test_one_committee_opens_at_once(self, colin, cast):
        assert page(colin, "dashboard").url == reverse("committee_dashboard", args=[cast.committee.pk])

    def test_several_are_listed(self, client, cast):
        client.force_login(cast.carla)
        assert "Transport Select Committee" in text(page(client, "dashboard"))

    def test_none_gives_friendly_words(self, client, cast):
        Membership.objects.create(user=cast.nobody, body=cast.police, role=Role.COUNCILLOR)
        client.force_login(cast.nobody)
        assert "There is no committee to show yet" in text(page(client, "dashboard"))


class TestRights:
    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("colin", 200),
            ("sam", 200),
            ("carla", 200),
            ("olive", 403),
            ("ada", 403),
            ("oscar", 403),
            ("admin", 403),
            ("nobody", 403),
        ],
    )
    @pytest.mark.parametrize("name", ["committee_dashboard", "dashboard_list"])
    def test_dashboard(self, client, cast, who, status, name):
        client.force_login(getattr(cast, who))
        args = [cast.committee.pk, "overdue"][: 1 if name == "committee_dashboard" else 2]
        assert page(client, name, *args).status_code == status

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("colin", 200),
            ("chris", 200),
            ("sam", 200),
            ("carla", 200),
            ("olive", 403),
            ("oscar", 403),
            ("admin", 403),
            ("nobody", 403),
        ],
    )
    def test_assessing(self, client, cast, history, who, status):
        client.force_login(getattr(cast, who))
        meeting = cast.committee.meetings.first()
        assert page(client, "assess_meeting", meeting.pk).status_code == status
        assert page(client, "assess", history["late"].recommendation_id).status_code == status

    @pytest.mark.parametrize("name", ["dashboard", "committee_dashboard", "assess_meeting", "assess"])
    def test_anonymous_sign_in_first(self, client, db, name):
        response = page(client, name, *([] if name == "dashboard" else [1]))
        assert response.status_code == 302
        assert "login" in response.url

    def test_not_found(self, colin, cast):
        assert page(colin, "committee_dashboard", 987654).status_code == 404
        assert page(colin, "committee_dashboard", cast.cabinet.pk).status_code == 404
        assert page(colin, "dashboard_list", cast.committee.pk, "nonsense").status_code == 404
        assert page(colin, "assess_meeting", 987654).status_code == 404
        assert page(colin, "assess", 987654).status_code == 404

    def test_an_unpublished_recommendation_of_others_does_not_exist(self, client, cast):
        recommendation = cast.recommendation(cast.inquiry())
        client.force_login(cast.oscar)
        assert page(client, "assess", recommendation.pk).status_code == 404

    def test_a_cabinet_meeting_is_none_to_assess_at(self, colin, cast):
        meeting = cast.meeting(TODAY, cast.cabinet)
        assert page(colin, "assess_meeting", meeting.pk).status_code == 404


class TestDashboard:
    def test_answers_the_four_questions(self, colin, cast, history):
        body = text(page(colin, "committee_dashboard", cast.committee.pk))
        assert "<strong>3 of 7 recommendations</strong> are past their first date" in body
        assert 'Testshire Police</a> <span class="app-muted">1 of 1 overdue' in body
        assert (
            "Since the meeting on <strong>5 January 2026</strong>" in body or "Nothing</strong> since" in body
        )
        assert "Whether 1 recommendation is really done" in body
        assert "Invite the head of service: Speed" in body

    def test_empty(self, colin, cast):
        body = text(page(colin, "committee_dashboard", cast.committee.pk))
        assert "This committee has published no recommendations yet" in body

    def test_as_at_reads_history(self, colin, cast, history):
        body = text(page(colin, "committee_dashboard", cast.committee.pk, as_at="2025-09-14"))
        assert "at the end of 14 September 2025" in body
        assert "<strong>2 of 7 recommendations</strong>" in body
        assert "Record" not in body.split("What we are asked to decide")[1].split("</section>")[0]

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ({"as_at": "2999-01-01"}, "Enter today or an earlier day"),
            ({"as_at": "yesterday"}, "Enter the day as day, month and year"),
            ({"as_at": "2026-02-30"}, "Enter the day as day, month and year"),
            ({"inquiry": "0"}, "Select one of the inquiries in the list"),
            ({"body": "x' OR 1=1"}, "Select one of the bodies in the list"),
            ({"theme": "-1"}, "Select one of the themes in the list"),
        ],
    )
    def test_a_wrong_filter_is_told_and_left_out(self, colin, cast, history, query, message):
        response = page(colin, "committee_dashboard", cast.committee.pk, **query)
        assert response.status_code == 200
        assert message in text(response)
        assert "7 recommendations as at 12 January 2026" in text(response)

    def test_filters(self, colin, cast, history):
        body = text(page(colin, "committee_dashboard", cast.committee.pk, body=cast.police.pk))
        assert "1 recommendation as at 12 January 2026, filtered" in body

    def test_recommendations_to_nobody_are_said(self, colin, cast, history):
        inquiry = history["late"].recommendation.inquiry
        cast.recommendation(inquiry, heading="Orphan")
        board = text(page(colin, "committee_dashboard", cast.committee.pk))
        assert "8 recommendations as at 12 January 2026" in board
        assert re.search(r"1 open recommendation</a>\s+has no owning body on record", board)
        for what, count in (("unaddressed", 1), ("all", 8), ("overdue", None)):
            listed = text(page(colin, "dashboard_list", cast.committee.pk, what))
            assert ("Orphan" in listed) is (count is not None)
            assert count is None or f"{count} recommendation" in listed
        police = text(page(colin, "committee_dashboard", cast.committee.pk, body=cast.police.pk))
        assert "no owning body on record" not in police

    def test_recommendations_to_nobody_alone_are_a_dashboard(self, colin, cast):
        cast.publish(cast.recommendation(cast.inquiry(), heading="Orphan").inquiry)
        board = text(page(colin, "committee_dashboard", cast.committee.pk))
        assert "1 recommendation as at 12 January 2026" in board
        then = text(page(colin, "committee_dashboard", cast.committee.pk, as_at="2020-01-31"))
        assert "0 recommendations as at 31 January 2020" in then

    @pytest.mark.parametrize("what", LISTINGS)
    def test_every_list_now_and_then(self, colin, cast, history, what):
        for query in ({}, {"as_at": "2025-11-30"}):
            response = page(colin, "dashboard_list", cast.committee.pk, what, **query)
            assert response.status_code == 200
            assert LISTINGS[what].title in text(response)

    def test_a_list_by_body_says_how_many_recommendations_it_is_about(self, colin, cast):
        part = cast.assignment(first_target_on=dt.date(2025, 10, 1))
        late = ("dashboard_list", cast.committee.pk, "overdue")
        assert "1 recommendation" in text(page(colin, *late))
        assert "one for each body" not in text(page(colin, *late))
        cast.assignment(
            recommendation=part.recommendation, body=cast.police, first_target_on=dt.date(2025, 11, 1)
        )
        assert "1 recommendation, 2 rows: one for each body" in text(page(colin, *late))
        board = text(page(colin, "committee_dashboard", cast.committee.pk))
        assert '1 <span class="app-figure__of">of 1</span>' in board
        assert "Lists have a row for each body." in board

    def test_what_councillors_type_is_escaped(self, colin, cast):
        cast.assignment(heading="<script>alert(1)</script>", first_target_on=dt.date(2025, 10, 1))
        body = text(page(colin, "committee_dashboard", cast.committee.pk))
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert" in body

    def test_the_same_number_of_queries_for_one_and_for_twenty(self, colin, cast):
        def spent():
            with CaptureQueriesContext(connection) as queries:
                assert page(colin, "committee_dashboard", cast.committee.pk).status_code == 200
            return len(queries)

        inquiry = cast.inquiry()
        rows = [cast.recommendation(inquiry, heading=f"Number {n}") for n in range(20)]
        cast.publish(inquiry)
        for row in rows:
            row.refresh_from_db()
        cast.meeting(dt.date(2025, 12, 1))
        cast.meeting(dt.date(2026, 1, 5))

        def add(row):
            assignment = cast.assignment(recommendation=row, first_target_on=dt.date(2025, 10, 1))
            cast.published(assignment)

        add(rows[0])
        spent()
        one = spent()
        for row in rows[1:]:
            add(row)
        assert spent() == one


class TestViewsAtAMeeting:
    @pytest.fixture
    def meeting(self, cast, history):
        return cast.meeting(TODAY, title="Select Committee")

    def send(self, client, meeting, target, recommendation, *, query="", **details):
        details = {"grade": Grade.CONCERNS, "outcome": Outcome.KEEP, "comment": "", "seen": "0"} | details
        data = {f"{target}-{name}": value for name, value in details.items()}
        return client.post(
            reverse("assess_meeting", args=[meeting.pk]) + query,
            {"recommendation": recommendation, "target": target, **data},
        )

    def test_lists_what_is_open_in_order_with_progress(self, colin, cast, history, meeting):
        body = text(page(colin, "assess_meeting", meeting.pk))
        assert "0 of 5 assessed" in body
        assert body.index("Speed</a>") < body.index("Training</a>") < body.index("Signs</a>")
        assert "Crossings</a>" not in body
        assert body.count("Overdue at two meetings running") == 2

    def test_saves_one_and_goes_on_to_the_next(self, carla, cast, history, meeting):
        one = history["late"].recommendation_id
        response = self.send(carla, meeting, f"r{one}", one, seen=str(Assessment.objects.latest("pk").pk))
        assert response.status_code == 302
        assert urlsplit(response.url).fragment == "said"  # it begins with what was done, and leads on
        body = text(page(carla, "assess_meeting", meeting.pk))
        said = body.split('<div id="said" tabindex="-1">')[1].split('<div class="app-title">')[0]
        assert f"Recorded for {history['late'].recommendation.reference}: Concerns, keep monitoring." in said
        assert f'href="#item-{history["claimed"].recommendation_id}"' in said
        assert "1 of 5 assessed" in body
        assert "Carla Clerk, 12 January 2026 at midday" in body
        assert "Record a further view" in body

    def test_only_those_to_do(self, carla, cast, history, meeting):
        one = history["claimed"].recommendation_id
        self.send(carla, meeting, f"r{one}", one, query="?show=to-do")
        body = text(page(carla, "assess_meeting", meeting.pk, show="to-do"))
        assert "Training</a>" not in body
        assert "Speed</a>" in body

    def test_an_incomplete_view_is_told_and_kept(self, carla, cast, history, meeting):
        one = history["claimed"].recommendation_id
        response = self.send(carla, meeting, f"r{one}", one, grade="", comment="We heard the head teacher.")
        body = text(response)
        assert response.status_code == 200
        assert "Select how the committee grades what was done" in body
        assert "We heard the head teacher." in body
        assert "<title>Error:" in body

    def test_what_the_action_refuses_stands_at_its_field(self, carla, cast, history, meeting):
        one = history["claimed"].recommendation_id
        response = self.send(carla, meeting, f"r{one}", one, outcome=Outcome.ESCALATE)
        assert "Enter the committee&#x27;s reason" in text(response)
        assert Assessment.objects.filter(meeting=meeting).count() == 0

    def test_the_second_of_two_people_is_told_and_may_confirm(self, carla, client, cast, history, meeting):
        one = history["claimed"].recommendation_id
        self.send(carla, meeting, f"r{one}", one)
        client.force_login(cast.sam)
        answer = self.send(client, meeting, f"r{one}", one, grade=Grade.ON_COURSE, comment="Mine.")
        body = text(answer)
        assert "Carla Clerk has recorded a view meanwhile" in body
        assert "Mine." in body
        assert Assessment.objects.filter(meeting=meeting).count() == 1
        first = Assessment.objects.get(meeting=meeting)
        assert f'name="r{one}-seen" value="{first.pk}"' in body
        assert self.send(client, meeting, f"r{one}", one, seen=str(first.pk)).status_code == 302
        assert Assessment.objects.filter(meeting=meeting).count() == 2

    def test_each_body_separately(self, carla, cast, history, meeting):
        shared = history["shared"]
        body = text(page(carla, "assess_meeting", meeting.pk, separately=shared.recommendation_id))
        assert "Record the committee’s view of Cabinet" in body
        response = self.send(
            carla,
            meeting,
            f"a{shared.pk}",
            shared.recommendation_id,
            grade=Grade.IMPLEMENTED,
            outcome=Outcome.CLOSE_IMPLEMENTED,
            comment="The committee saw it.",
        )
        assert response.status_code == 302
        assert Recommendation.objects.get(pk=shared.recommendation_id).is_open
        body = text(page(carla, "assess_meeting", meeting.pk))
        assert "One body’s part is already closed" in body

    @pytest.mark.parametrize(
        ("recommendation", "target"), [("0", "r0"), ("", ""), ("x", "rx"), ("own", "a999999"), ("own", "zzz")]
    )
    def test_a_forged_target_is_not_found(self, carla, cast, history, meeting, recommendation, target):
        number = history["late"].recommendation_id if recommendation == "own" else recommendation
        assert self.send(carla, meeting, target, number).status_code == 404

    @pytest.mark.parametrize(
        "query", [{"inquiry": "x"}, {"separately": "²"}, {"page": "zz"}, {"page": "99"}, {"show": "?"}]
    )
    def test_a_strange_address_still_answers(self, colin, cast, history, meeting, query):
        assert page(colin, "assess_meeting", meeting.pk, **query).status_code == 200

    def test_a_meeting_to_come_says_when_it_opens(self, colin, cast, history):
        body = text(page(colin, "assess_meeting", cast.meeting(dt.date(2026, 3, 2)).pk))
        assert "Views can be recorded here from 2 March 2026" in body
        assert '<form method="post"' not in body.split('id="list"')[1]

    def test_posting_to_a_meeting_to_come_is_refused(self, carla, cast, history):
        meeting = cast.meeting(dt.date(2026, 3, 2))
        one = history["claimed"].recommendation_id
        assert self.send(carla, meeting, f"r{one}", one).status_code == 200
        assert not Assessment.objects.filter(meeting=meeting).exists()

    def test_a_new_date_is_decided_from_the_list_and_back(self, colin, cast):
        assignment = cast.assignment()
        change = target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 9, 30), reason="The bidder withdrew."
        )
        meeting = cast.meeting(TODAY)
        body = text(page(colin, "assess_meeting", meeting.pk))
        assert (
            "Asks for a new date:</strong> 30 September 2026 in place of 31 March 2026. The bidder withdrew."
            in body
        )
        where = reverse("decide_date", args=[change.pk]) + f"?meeting={meeting.pk}"
        assert where not in body  # a councillor reads it; the officer records it
        sam = Client()
        sam.force_login(cast.sam)
        assert where in sam.get(reverse("assess_meeting", args=[meeting.pk])).content.decode()
        form = sam.get(where)
        assert form.context["form"]["meeting"].initial == meeting
        answer = sam.post(where, {"agreed": "True", "meeting": meeting.pk})
        back = reverse("assess_meeting", args=[meeting.pk])
        assert answer["Location"] == f"{back}#item-{assignment.recommendation_id}"
        assert "Asks for a new date" not in text(page(colin, "assess_meeting", meeting.pk))

    def test_nothing_to_assess(self, colin, cast):
        body = text(page(colin, "assess_meeting", cast.meeting(TODAY).pk))
        assert "There is nothing to assess" in body

    def test_the_same_number_of_queries_for_one_and_for_twenty(self, colin, cast):
        inquiry = cast.inquiry()
        rows = [cast.recommendation(inquiry, heading=f"Number {n}") for n in range(20)]
        meeting = cast.meeting(TODAY)
        cast.publish(inquiry)
        for row in rows:
            row.refresh_from_db()

        def spent():
            with CaptureQueriesContext(connection) as queries:
                assert page(colin, "assess_meeting", meeting.pk).status_code == 200
            return len(queries)

        def add(row):
            assignment = cast.assignment(recommendation=row)
            cast.published(assignment)
            cast.verdict(assignment, Grade.CONCERNS, Outcome.KEEP, meeting=meeting)

        add(rows[0])
        spent()
        one = spent()
        for row in rows[1:]:
            add(row)
        assert spent() == one


class TestOneView:
    def test_records_and_returns(self, carla, cast, history):
        meeting = cast.committee.meetings.get(held_on=MEETINGS[2])
        pk = history["claimed"].recommendation_id
        response = carla.post(
            reverse("assess", args=[pk]),
            {
                "meeting": meeting.pk,
                "grade": Grade.IMPLEMENTED,
                "outcome": Outcome.CLOSE_IMPLEMENTED,
                "seen": "0",
            },
        )
        assert response.status_code == 302
        assert not Recommendation.objects.get(pk=pk).is_open

    def test_only_meetings_that_have_begun(self, colin, cast, history):
        cast.meeting(dt.date(2026, 3, 2))
        offered = str(page(colin, "assess", history["late"].recommendation_id).context["form"]["meeting"])
        assert "5 January 2026" in offered
        assert "2 March 2026" not in offered

    def test_no_meeting_yet(self, carla, cast):
        assignment = cast.assignment()
        assert "No meeting of the committee since the report was published is on record" in text(
            page(carla, "assess", assignment.recommendation_id)
        )

    def test_errors_are_instructions(self, carla, cast, history):
        body = text(carla.post(reverse("assess", args=[history["late"].recommendation_id]), {}))
        assert "Select the meeting at which the committee gave its view" in body
        assert "Select what the committee decided" in body

    def test_the_second_is_told(self, carla, cast, history):
        meeting = cast.committee.meetings.get(held_on=MEETINGS[2])
        pk = history["claimed"].recommendation_id
        cast.verdict(history["claimed"], Grade.CONCERNS, Outcome.KEEP, meeting=meeting)
        data = {"meeting": meeting.pk, "grade": Grade.ON_COURSE, "outcome": Outcome.KEEP, "seen": "0"}
        response = carla.post(reverse("assess", args=[pk]), data)
        assert "has recorded a view meanwhile" in text(response)

    def test_a_part_must_be_chosen_where_one_is_closed(self, carla, cast, history):
        shared = history["shared"]
        cast.verdict(shared, Grade.IMPLEMENTED, Outcome.CLOSE_IMPLEMENTED)
        body = text(page(carla, "assess", shared.recommendation_id))
        assert "The whole recommendation" not in body
        assert "each is assessed separately" in body
