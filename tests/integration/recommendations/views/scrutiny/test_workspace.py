"""The scrutiny officer's workspace: from an empty system to an answered recommendation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import assignments, inquiries, responses, target_dates
from recommendations.lifecycle import Decision, Priority, RelationKind, Stage
from recommendations.models import (
    Assignment,
    ExemptOpening,
    Inquiry,
    Recommendation,
    Relation,
    Response,
    Theme,
)
from tests.clients import boxes, signed_in, text_of
from tests.factories import TODAY, Cast
from tests.integration.recommendations.views.scrutiny.helpers import busy_inquiry

pytestmark = pytest.mark.django_db


def queries(client: Any, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


class TestRights:
    """Anonymous: sign in. Without the role: 403. Another committee: 404 unpublished, 403 published."""

    OWN = (
        "inquiry_workspace",
        "edit_inquiry",
        "move_inquiry",
        "new_finding",
        "new_recommendation",
        "send_notices",
    )

    @pytest.mark.parametrize(
        "name", ["workspace", "new_inquiry", "record_response", "manage_bodies", "new_body"]
    )
    def test_anonymous_is_sent_to_sign_in(self, cast: Cast, client: Any, name: str) -> None:
        assert client.get(reverse(name)).status_code == 302

    @pytest.mark.parametrize("name", ["workspace", "new_inquiry", "reviews", "new_review", "date_requests"])
    def test_only_scrutiny_officers(self, cast: Cast, name: str) -> None:
        for who in (cast.nobody, cast.colin, cast.olive, cast.carla, cast.admin):
            assert signed_in(who).get(reverse(name)).status_code == 403
        assert signed_in(cast.sam).get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", OWN)
    def test_another_committee(self, cast: Cast, name: str) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        oscar = signed_in(cast.oscar)
        assert oscar.get(reverse(name, args=[inquiry.pk])).status_code == 404
        cast.publish(inquiry)
        assert oscar.get(reverse(name, args=[inquiry.pk])).status_code == 403
        assert signed_in(cast.sam).get(reverse(name, args=[inquiry.pk])).status_code == 200

    def test_parts_of_another_committee(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Cars are too fast.")
        recommendation = cast.recommendation(inquiry)
        part = assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet)
        addresses = [
            *(reverse(name, args=[finding.pk]) for name in ("edit_finding", "remove_finding")),
            *(
                reverse(name, args=[recommendation.pk])
                for name in ("edit_recommendation", "remove_recommendation", "address", "relate")
            ),
            *(reverse(name, args=[part.pk]) for name in ("edit_assignment", "withdraw_assignment")),
        ]
        for address in addresses:
            assert signed_in(cast.sam).get(address).status_code == 200, address
            assert signed_in(cast.oscar).get(address).status_code == 404, address
        cast.publish(inquiry)
        for address in addresses:
            assert signed_in(cast.oscar).get(address).status_code == 403, address
            assert signed_in(cast.oscar).post(address).status_code == 403, address

    @pytest.mark.parametrize(
        "name",
        [*OWN, "edit_finding", "edit_recommendation", "address", "edit_assignment", "review", "decide_date"],
    )
    def test_a_wrong_id_is_not_found(self, cast: Cast, name: str) -> None:
        assert signed_in(cast.sam).get(reverse(name, args=[999_999])).status_code == 404


class TestWorkspace:
    def test_empty(self, cast: Cast) -> None:
        words = text_of(signed_in(cast.sam).get(reverse("workspace")))
        assert "Nothing is waiting for you." in words
        assert "There are no inquiries yet." in words

    def test_tells_what_waits(self, cast: Cast) -> None:
        part = cast.assignment(first_target_on=dt.date(2025, 12, 1), notified_on=dt.date(2025, 11, 1))
        late = cast.recommendation(part.recommendation.inquiry, heading="Nobody's yet")
        assignments.address(by=cast.sam, recommendation=cast.recommendation(late.inquiry), body=cast.police)
        target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 6, 1), reason="The contractor went."
        )
        words = text_of(signed_in(cast.sam).get(reverse("workspace")))
        assert "New dates to decide" in words
        assert "11 days late" in words  # due 1 January 2026
        assert "1 notice to send" in words
        assert "Nobody&#x27;s yet" in words
        assert "42 days late" in words  # first date 1 December 2025
        assert reverse("record_response") + f"?assignment={part.pk}" in words

    def test_other_committees_work_is_not_in_it(self, cast: Cast) -> None:
        cast.assignment(notified_on=dt.date(2025, 11, 1))
        words = text_of(signed_in(cast.oscar).get(reverse("workspace")))
        assert "Nothing is waiting for you." in words

    def test_query_budget(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        busy_inquiry(cast, 1, notified_on=dt.date(2025, 11, 1))
        busy_inquiry(cast, 1)
        cast.recommendation(Inquiry.objects.earliest("pk"), heading="To nobody")
        one = queries(client, reverse("workspace"))
        for _ in range(3):
            busy_inquiry(cast, 6, notified_on=dt.date(2025, 11, 1))
        busy_inquiry(cast, 3)
        assert queries(client, reverse("workspace")) == one


class TestInquiry:
    def test_begin(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        address = reverse("new_inquiry")
        assert "Children" in text_of(client.get(address))
        answer = client.post(
            address,
            {"committee": cast.committee.pk, "title": "Bus passes", "reference": "CSC 1"},
            follow=True,
        )
        assert "The inquiry is begun" in text_of(answer)
        assert Inquiry.objects.get().stage == Stage.SCOPING

    def test_begin_says_what_is_missing_and_keeps_what_was_typed(self, cast: Cast) -> None:
        answer = signed_in(cast.sam).post(reverse("new_inquiry"), {"title": "Bus passes"})
        assert "Select the committee whose inquiry it is" in text_of(answer)
        assert "Enter a reference" in text_of(answer)
        assert 'value="Bus passes"' in text_of(answer)

    def test_a_used_reference_is_refused_beside_its_box(self, cast: Cast) -> None:
        cast.inquiry(reference="CSC 1")
        answer = signed_in(cast.sam).post(
            reverse("new_inquiry"),
            {"committee": cast.committee.pk, "title": "Bus passes", "reference": "CSC 1"},
        )
        assert "Another inquiry has this reference" in text_of(answer)

    def test_not_for_another_committee(self, cast: Cast) -> None:
        answer = signed_in(cast.sam).post(
            reverse("new_inquiry"),
            {"committee": cast.other_committee.pk, "title": "Bus passes", "reference": "CSC 1"},
        )
        assert answer.status_code == 200
        assert not Inquiry.objects.exists()

    def test_two_people_edit(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        data = {
            "committee": cast.committee.pk,
            "title": "Mine",
            "reference": inquiry.reference,
            "version": "1",
        }
        inquiries.edit_inquiry(by=cast.sam, inquiry=inquiry, title="Theirs", version=1)
        client = signed_in(cast.sam)
        answer = client.post(reverse("edit_inquiry", args=[inquiry.pk]), data)
        assert "Changed by somebody else" in text_of(answer)
        assert "Theirs" in text_of(answer)
        assert 'value="Mine"' in text_of(answer)
        assert (
            client.post(reverse("edit_inquiry", args=[inquiry.pk]), data | {"version": "2"}).status_code
            == 302
        )
        inquiry.refresh_from_db()
        assert inquiry.title == "Mine"

    def test_publish_asks_for_the_date_and_warns(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        inquiries.move_inquiry(by=cast.sam, inquiry=inquiry, to=Stage.DRAFTING)
        client, address = signed_in(cast.sam), reverse("move_inquiry", args=[inquiry.pk])
        assert "to the public at once" in text_of(client.get(address + "?to=published"))
        data = {"to": Stage.PUBLISHED, "version": "2", **boxes("published_on", None)}
        assert "Enter the date the report was published" in text_of(client.post(address, data))
        data |= boxes("published_on", dt.date(2026, 2, 1))
        assert "must be 12 January 2026 or earlier" in text_of(client.post(address, data))
        data |= boxes("published_on", dt.date(2026, 1, 5))
        assert client.post(address, data).status_code == 302
        inquiry.refresh_from_db()
        assert inquiry.published_on == dt.date(2026, 1, 5)

    def test_a_move_not_foreseen_is_refused(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        answer = signed_in(cast.sam).post(
            reverse("move_inquiry", args=[inquiry.pk]), {"to": Stage.CONCLUDED, "version": "1"}
        )
        assert answer.status_code == 200
        inquiry.refresh_from_db()
        assert inquiry.stage == Stage.SCOPING

    def test_the_page_says_what_is_missing(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        recommendation = cast.recommendation(inquiry, number="3a")
        cast.publish(inquiry)
        client = signed_in(cast.sam)
        words = text_of(client.get(reverse("inquiry_workspace", args=[inquiry.pk])))
        assert "Recommendation 3a is addressed to nobody" in words
        assert "There are no findings" in words
        recommendation.refresh_from_db()
        assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet, is_lead=False)
        words = text_of(client.get(reverse("inquiry_workspace", args=[inquiry.pk])))
        assert "No body leads on recommendation 3a" in words
        assert "1 notice is not sent" in words
        assert "1 part has no first date (recommendation 3a)" in words

    def test_long_text(self, cast: Cast) -> None:
        inquiry = cast.inquiry(scope="word " * 4000)
        cast.recommendation(inquiry, text="word " * 4000)
        assert signed_in(cast.sam).get(reverse("inquiry_workspace", args=[inquiry.pk])).status_code == 200

    def test_query_budget(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        small, large = (busy_inquiry(cast, count, notified_on=dt.date(2025, 11, 1)) for count in (1, 20))
        counts = [queries(client, reverse("inquiry_workspace", args=[one.pk])) for one in (small, large)]
        assert counts[0] == counts[1]


class TestFindings:
    def test_add_edit_remove(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        client = signed_in(cast.sam)
        new = reverse("new_finding", args=[inquiry.pk])
        answer = client.post(new, {"number": "1", "text": "Cars are fast.", "another": "yes"})
        assert answer["Location"] == new
        assert 'value="2"' in text_of(client.get(new))
        assert "already has a finding of that number" in text_of(
            client.post(new, {"number": "1", "text": "x"})
        )
        finding = inquiry.findings.get()
        edit = reverse("edit_finding", args=[finding.pk])
        data = {"number": "1", "text": "Cars are too fast.", "version": "1"}
        assert client.post(edit, data).status_code == 302
        assert "Changed by somebody else" in text_of(client.post(edit, data | {"text": "Other words"}))
        assert client.post(reverse("remove_finding", args=[finding.pk])).status_code == 302
        assert not inquiry.findings.exists()

    def test_a_public_finding_stays(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry)
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Cars are too fast.")
        cast.publish(inquiry)
        answer = signed_in(cast.sam).post(reverse("remove_finding", args=[finding.pk]))
        assert "stay on the record" in text_of(answer)
        assert inquiry.findings.exists()


class TestRecommendation:
    DATA = {
        "number": "1",
        "heading": "Safer crossings",
        "text": "That the Cabinet builds a crossing at each school.",
        "priority": Priority.HIGH,
    }

    def test_add_with_new_and_old_themes(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        theme = Theme.objects.create(name="Roads")
        data = self.DATA | {"themes": [theme.pk], "new_themes": "Schools, Taxis,", "another": "yes"}
        answer = signed_in(cast.sam).post(reverse("new_recommendation", args=[inquiry.pk]), data)
        assert answer["Location"] == reverse("new_recommendation", args=[inquiry.pk])
        recommendation = Recommendation.objects.get()
        assert recommendation.reference == "SR (25/26) 01"
        assert [theme.name for theme in recommendation.themes.all()] == ["Roads", "Schools", "Taxis"]

    def test_the_next_number_is_proposed(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry, number="7")
        words = text_of(signed_in(cast.sam).get(reverse("new_recommendation", args=[inquiry.pk])))
        assert 'name="number" value="8"' in words

    def test_errors_keep_what_was_typed(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        cast.recommendation(inquiry, number="1")
        client, address = signed_in(cast.sam), reverse("new_recommendation", args=[inquiry.pk])
        words = text_of(client.post(address, self.DATA | {"success_measure": "Counted each May"}))
        assert "already has a recommendation of that number" in words
        assert "Counted each May" in words
        words = text_of(client.post(address, self.DATA | {"number": "2", "new_themes": "x" * 81}))
        assert "Enter each theme in 80 characters or fewer" in words
        words = text_of(client.post(address, {"number": "2"}))
        assert "Enter the words of the recommendation" in words

    def test_similar_earlier_ones_are_offered_and_related(self, cast: Cast) -> None:
        earlier = cast.assignment(heading="Safer crossings near schools").recommendation
        inquiry = cast.inquiry("Another")
        client, address = signed_in(cast.sam), reverse("new_recommendation", args=[inquiry.pk])
        data = self.DATA | {"heading": "Safer crossings by schools"}
        words = text_of(client.post(address, {"heading": data["heading"], "look": "yes"}))
        assert earlier.reference in words
        assert "Enter the words" not in words
        words = text_of(
            client.post(reverse("similar"), {"heading": data["heading"], "text": "a\x00b" * 2000})
        )
        assert earlier.reference in words
        assert "<html" not in words
        data[f"earlier_{earlier.pk}"] = RelationKind.REPEATS
        assert client.post(address, data).status_code == 302
        assert Relation.objects.get().earlier == earlier

    def test_a_passage_of_an_earlier_one_is_shown_with_it(self, cast: Cast) -> None:
        said = "every taxi driver learns to notice children who travel late with adults they do not know"
        earlier = cast.recommendation(cast.inquiry(), text=f"{'Hotels keep a register. ' * 40} Then {said}.")
        words = text_of(signed_in(cast.sam).post(reverse("similar"), {"text": f"We ask: {said}"}))
        assert earlier.reference in words
        assert f"The same words stand in it: “{said}”" in words

    def test_similar_ones_nobody_else_may_see_are_not_offered(self, cast: Cast) -> None:
        hidden = cast.recommendation(cast.inquiry(), heading="Safer crossings near schools")
        words = text_of(signed_in(cast.oscar).post(reverse("similar"), {"heading": hidden.heading}))
        assert hidden.reference not in words

    def test_public_wording_needs_a_reason_and_keeps_the_earlier_one(self, cast: Cast) -> None:
        recommendation = cast.assignment().recommendation
        old = recommendation.text
        client, address = signed_in(cast.sam), reverse("edit_recommendation", args=[recommendation.pk])
        data = self.DATA | {"reference": recommendation.reference, "text": "New words.", "version": "1"}
        words = text_of(client.post(address, data))
        assert "Enter why the wording changes and who agreed it" in words
        assert "New words." in words
        assert client.post(address, data | {"reason": "A slip of the pen."}).status_code == 302
        words = text_of(client.get(address))
        assert old in words
        assert "A slip of the pen." in words

    def test_two_people_edit(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        client, address = signed_in(cast.sam), reverse("edit_recommendation", args=[recommendation.pk])
        data = self.DATA | {"reference": recommendation.reference, "version": "1"}
        assert client.post(address, data).status_code == 302
        words = text_of(client.post(address, data | {"heading": "Mine"}))
        assert "Changed by somebody else" in words
        assert 'value="Mine"' in words

    def test_relate_by_reference_and_take_out(self, cast: Cast) -> None:
        earlier = cast.assignment(heading="Buses").recommendation
        later = cast.recommendation(cast.inquiry(), heading="Passes", text="That fares fall.")
        client, address = signed_in(cast.sam), reverse("relate", args=[later.pk])
        data = {"by": "reference", "reference": earlier.reference.lower(), "kind": RelationKind.SUPERSEDES}
        assert client.post(address, data | {"reference": "none"}).status_code == 200
        assert client.post(address, data).status_code == 302
        relation = Relation.objects.get()
        assert "already recorded" in text_of(client.post(address, data))
        assert client.post(address, {"remove": str(relation.pk)}).status_code == 302
        assert not Relation.objects.exists()

    def test_remove_before_but_not_after_publication(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        first, second = cast.recommendation(inquiry), cast.recommendation(inquiry)
        client = signed_in(cast.sam)
        assert client.post(reverse("remove_recommendation", args=[first.pk])).status_code == 302
        cast.publish(inquiry)
        answer = client.post(reverse("remove_recommendation", args=[second.pk]))
        assert "stay on the record" in text_of(answer)


class TestAddress:
    @staticmethod
    def rows(*rows: dict[str, Any], total: int | None = None) -> dict[str, Any]:
        data: dict[str, Any] = {"form-TOTAL_FORMS": str(total or len(rows)), "form-INITIAL_FORMS": "0"}
        for number, row in enumerate(rows):
            row = {"is_lead": "True", **row}
            data |= {f"form-{number}-{name}": value for name, value in row.items()}
        return data

    def test_several_bodies_at_once(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        answer = signed_in(cast.sam).post(
            reverse("address", args=[recommendation.pk]),
            self.rows(
                {"body": cast.cabinet.pk, **boxes("first_target_on", dt.date(2026, 9, 1))},
                {"body": cast.police.pk, "is_lead": "False", "deliverer": "Roads Unit"},
                {},
            ),
        )
        assert answer.status_code == 302
        lead, other = recommendation.assignments.order_by("-is_lead")
        assert (lead.body, lead.first_target_on) == (cast.cabinet, dt.date(2026, 9, 1))
        assert (other.deliverer, other.target_on) == ("Roads Unit", None)

    def test_more_rows_keep_what_was_typed(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        data = self.rows({"body": cast.cabinet.pk, "deliverer": "Roads Unit"}, {}) | {"more": "yes"}
        words = text_of(signed_in(cast.sam).post(reverse("address", args=[recommendation.pk]), data))
        assert 'name="form-3-body"' in words
        assert 'value="Roads Unit"' in words
        assert "There is a problem" not in words

    def test_bad_rows(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        client, address = signed_in(cast.sam), reverse("address", args=[recommendation.pk])
        assert "Select a body" in text_of(client.post(address, self.rows({}, {})))
        assert "Select the body this row is for" in text_of(
            client.post(address, self.rows({"deliverer": "X"}))
        )
        twice = self.rows({"body": cast.cabinet.pk}, {"body": cast.cabinet.pk})
        assert "Select each body once" in text_of(client.post(address, twice))
        assert client.post(address, {"form-TOTAL_FORMS": "many"}).status_code == 200
        assert not recommendation.assignments.exists()

    def test_edit_and_withdraw(self, cast: Cast) -> None:
        recommendation = cast.recommendation(cast.inquiry())
        part = assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet)
        client, edit = signed_in(cast.sam), reverse("edit_assignment", args=[part.pk])
        data = {"is_lead": "False", "version": "1", **boxes("first_target_on", dt.date(2026, 9, 1))}
        assert client.post(edit, data).status_code == 302
        part.refresh_from_db()
        assert (part.is_lead, part.first_target_on) == (False, dt.date(2026, 9, 1))
        assert 'name="first_target_on_day"' not in text_of(client.get(edit))
        assert "Changed by somebody else" in text_of(client.post(edit, data | {"is_lead": "True"}))
        assert client.post(reverse("withdraw_assignment", args=[part.pk])).status_code == 302
        assert not Assignment.objects.exists()

    def test_not_withdrawn_after_the_notice(self, cast: Cast) -> None:
        part = cast.assignment()
        answer = signed_in(cast.sam).post(reverse("withdraw_assignment", args=[part.pk]))
        assert "already notified" in text_of(answer)


class TestNotices:
    def test_preview_then_send(self, cast: Cast) -> None:
        inquiry = busy_inquiry(cast, 2)
        client, address = signed_in(cast.sam), reverse("send_notices", args=[inquiry.pk])
        assert text_of(client.get(address)).count("checked") == 4
        ids = [part.pk for part in Assignment.objects.all()]
        data = {"assignments": ids, **boxes("on", dt.date(2025, 12, 31))}
        words = text_of(client.post(address, data))
        assert "28 February 2026" in words  # two months from 31 December
        assert "Local Government Act 2000, s.9FE" in words
        assert "No date" in words  # the police
        assert not Assignment.objects.filter(notified_on__isnull=False).exists()
        assert client.post(address, data | {"change": "yes"}).status_code == 200
        assert client.post(address, data | {"send": "yes"}).status_code == 302
        assert Assignment.objects.filter(notified_on=dt.date(2025, 12, 31)).count() == 4
        assert "no notice left to send" in text_of(client.get(address))

    def test_bad_input(self, cast: Cast) -> None:
        inquiry = busy_inquiry(cast, 1)
        client, address = signed_in(cast.sam), reverse("send_notices", args=[inquiry.pk])
        answer = client.post(address, boxes("on", dt.date(2026, 3, 1)))
        assert "Select at least one recommendation" in text_of(answer)
        assert "must be 12 January 2026 or earlier" in text_of(answer)

    def test_not_before_publication(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        words = text_of(signed_in(cast.sam).get(reverse("send_notices", args=[inquiry.pk])))
        assert "The report is not public yet." in words


class TestResponses:
    @staticmethod
    def address(*parts: Assignment) -> str:
        return reverse("record_response") + "?" + "&".join(f"assignment={part.pk}" for part in parts)

    @pytest.fixture
    def parts(self, cast: Cast) -> list[Assignment]:
        busy_inquiry(cast, 3, notified_on=dt.date(2025, 11, 3))
        return list(Assignment.objects.filter(body=cast.cabinet).order_by("pk"))

    def test_approved_as_a_whole(self, cast: Cast, parts: list[Assignment]) -> None:
        data = {"way": "together", "decision": "accepted", **boxes("decided_on", dt.date(2026, 1, 5))}
        answer = signed_in(cast.sam).post(self.address(*parts), data, follow=True)
        assert "3 responses are recorded" in text_of(answer)
        assert set(Response.objects.values_list("decision", flat=True)) == {"accepted"}

    def test_each_on_its_own(self, cast: Cast, parts: list[Assignment]) -> None:
        first, second, third = (f"a{part.pk}" for part in parts)
        data = {
            "way": "each",
            **boxes("decided_on", dt.date(2026, 1, 5)),
            f"{first}-decision": "accepted",
            f"{second}-decision": "rejected",
            f"{third}-decision": "",
        }
        client = signed_in(cast.sam)
        words = text_of(client.post(self.address(*parts), data))
        assert "Enter the reason the body gave" in words
        assert not Response.objects.exists()
        assert client.post(self.address(*parts), data | {f"{second}-reason": "No money."}).status_code == 302
        assert list(Response.objects.order_by("assignment").values_list("decision", flat=True)) == [
            "accepted",
            "rejected",
        ]

    def test_exempt_part(self, cast: Cast, parts: list[Assignment]) -> None:
        client, address = signed_in(cast.sam), self.address(parts[0])
        data: dict[str, Any] = {
            "decision": "accepted",
            "exempt_text": "The price is 10.",
            **boxes("decided_on", dt.date(2026, 1, 5)),
        }
        words = text_of(client.post(address, data))
        assert "Select the paragraph of Schedule 12A" in words
        assert "Enter a neutral summary" in words
        data |= {"exempt_paragraphs": ["3"], "public_summary": "A price was named."}
        assert client.post(address, data).status_code == 302
        assert Response.objects.get().exempt_paragraphs == [3]

    def test_refusals_of_the_action_are_shown(self, cast: Cast, parts: list[Assignment]) -> None:
        client = signed_in(cast.sam)
        early = {"decision": "accepted", **boxes("decided_on", dt.date(2025, 10, 1))}
        words = text_of(client.post(self.address(*parts), early | {"way": "together"}))
        assert "decided before it was notified" in words
        each = early | {"way": "each", f"a{parts[0].pk}-decision": "accepted"}
        assert "decided before it was notified" in text_of(client.post(self.address(*parts), each))
        nothing = {"way": "each", **boxes("decided_on", dt.date(2026, 1, 5))}
        words = text_of(client.post(self.address(*parts), nothing))
        assert "Select what the body decided on at least one recommendation" in words

    def test_a_further_response_keeps_the_first(self, cast: Cast, parts: list[Assignment]) -> None:
        responses.record_response(
            by=cast.sam,
            assignments=parts[:1],
            decision=Decision.NOTED,
            reason="To be costed.",
            decided_on=dt.date(2025, 12, 1),
        )
        client = signed_in(cast.sam)
        assert "both stay on the record" in text_of(client.get(self.address(parts[0])))
        data = {"decision": "accepted", **boxes("decided_on", dt.date(2026, 1, 5))}
        assert client.post(self.address(parts[0]), data).status_code == 302
        assert parts[0].responses.count() == 2

    def test_who_may(self, cast: Cast, parts: list[Assignment]) -> None:
        police = Assignment.objects.filter(body=cast.police).earliest("pk")
        ada = signed_in(cast.ada)
        assert ada.get(self.address(*parts)).status_code == 200
        assert ada.get(self.address(police)).status_code == 403
        assert signed_in(cast.olive).get(self.address(*parts)).status_code == 403
        assert signed_in(cast.oscar).get(self.address(*parts)).status_code == 403
        data = {"way": "together", "decision": "accepted", **boxes("decided_on", dt.date(2026, 1, 5))}
        assert ada.post(self.address(*parts), data)["Location"] == reverse("record_response")
        assert parts[0].body.name in text_of(ada.get(reverse("record_response")))

    @pytest.mark.parametrize("ids", ["x", "999999", "-1", "9" * 30, ""])
    def test_wrong_ids(self, cast: Cast, parts: list[Assignment], ids: str) -> None:
        answer = signed_in(cast.sam).get(reverse("record_response") + f"?assignment={ids}")
        assert answer.status_code == 404

    def test_parts_of_two_bodies(self, cast: Cast, parts: list[Assignment]) -> None:
        police = Assignment.objects.filter(body=cast.police).earliest("pk")
        assert signed_in(cast.sam).get(self.address(parts[0], police)).status_code == 404

    def test_query_budgets(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        counts = []
        for count in (1, 20):
            inquiry = busy_inquiry(cast, count, notified_on=dt.date(2025, 11, 3))
            own = Assignment.objects.filter(body=cast.cabinet, recommendation__inquiry=inquiry)
            counts.append((queries(client, reverse("record_response")), queries(client, self.address(*own))))
        assert counts[0] == counts[1]


class TestOpenExempt:
    @pytest.fixture
    def response(self, cast: Cast) -> Response:
        return cast.response(
            cast.assignment(),
            exempt_text="The price is 10.",
            exempt_paragraphs=[3],
            public_summary="A price was named.",
        )

    def test_open(self, cast: Cast, response: Response) -> None:
        client, address = signed_in(cast.sam), reverse("open_exempt", args=["response", response.pk])
        assert "The price is 10." in text_of(client.get(address))
        assert "no longer exempt and who decided so" in text_of(client.post(address, {"reason": ""}))
        assert client.post(address, {"reason": "The contract is signed."}).status_code == 302
        assert ExemptOpening.objects.get().reason == "The contract is signed."
        assert client.get(address).status_code == 302

    def test_without_the_right_to_exempt_text(self, cast: Cast, response: Response) -> None:
        cast.sam.memberships.update(sees_exempt=False)
        client, address = signed_in(cast.sam), reverse("open_exempt", args=["response", response.pk])
        words = text_of(client.get(address))
        assert "The price is 10." not in words
        assert "does not have the right to see this exempt text" in words
        client.post(address, {"reason": "I say so."})
        assert not ExemptOpening.objects.exists()

    def test_who_may(self, cast: Cast, response: Response) -> None:
        address = reverse("open_exempt", args=["response", response.pk])
        for who in (cast.nobody, cast.colin, cast.ada, cast.oscar):
            assert signed_in(who).get(address).status_code == 403
        assert signed_in(cast.sam).get(reverse("open_exempt", args=["update", 1])).status_code == 404
        assert signed_in(cast.sam).get("/workspace/exempt/finding/1/").status_code == 404


def test_from_nothing_to_an_answer(cast: Cast) -> None:
    """The whole of it, by the pages alone."""
    client = signed_in(cast.sam)
    client.post(
        reverse("new_inquiry"),
        {"committee": cast.committee.pk, "title": "Road safety", "reference": "R 1", "scope": "Crossings"},
    )
    inquiry = Inquiry.objects.get()
    client.post(reverse("new_finding", args=[inquiry.pk]), {"number": "1", "text": "Cars are fast."})
    for number in ("1", "2a", "2b"):
        client.post(
            reverse("new_recommendation", args=[inquiry.pk]),
            TestRecommendation.DATA | {"number": number, "finding": inquiry.findings.get().pk},
        )
    for recommendation in inquiry.recommendations.all():
        client.post(
            reverse("address", args=[recommendation.pk]),
            TestAddress.rows({"body": cast.cabinet.pk}, {"body": cast.police.pk, "is_lead": "False"}),
        )
    move = reverse("move_inquiry", args=[inquiry.pk])
    client.post(move, {"to": Stage.DRAFTING, "version": "1"})
    client.post(move, {"to": Stage.PUBLISHED, "version": "2", **boxes("published_on", dt.date(2026, 1, 5))})
    ids = list(Assignment.objects.values_list("pk", flat=True))
    client.post(
        reverse("send_notices", args=[inquiry.pk]), {"assignments": ids, "send": "1", **boxes("on", TODAY)}
    )
    parts = Assignment.objects.filter(body=cast.cabinet)
    client.post(
        TestResponses.address(*parts),
        {"way": "together", "decision": "accepted", **boxes("decided_on", TODAY)},
    )
    assert [part.decision for part in parts.all()] == ["accepted"] * 3
