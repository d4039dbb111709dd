"""Bodies and posts, kept by scrutiny officers and administrators."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import assignments, bodies, notices, successions
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import BodyKind, DatesAgreedBy
from recommendations.models import Body, GovernanceChange, Post
from recommendations.permissions import Right, may
from tests.clients import boxes, signed_in, text_of, words_of
from tests.factories import Cast, fresh

pytestmark = pytest.mark.django_db


class TestRights:
    @pytest.mark.parametrize("name", ["manage_bodies", "new_body"])
    def test_officers_and_administrators(self, cast: Cast, client: Any, name: str, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = False
        assert client.get(reverse(name)).status_code == 302
        for who in (cast.nobody, cast.colin, cast.olive, cast.ada, cast.carla):
            assert signed_in(who).get(reverse(name)).status_code == 403
        for who in (cast.sam, cast.oscar, cast.admin):
            assert signed_in(who).get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", ["edit_body", "new_post", "edit_post"])
    def test_a_wrong_id_is_not_found(self, cast: Cast, name: str) -> None:
        assert signed_in(cast.sam).get(reverse(name, args=[999_999])).status_code == 404

    def test_abolishing_is_an_administrators(self, cast: Cast, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = False
        cast.assignment(body=cast.police)
        address = reverse("edit_body", args=[cast.police.pk])
        abolish = reverse("abolish_body", args=[cast.police.pk])
        assert abolish not in text_of(signed_in(cast.sam).get(address))
        assert abolish in text_of(signed_in(cast.admin).get(address))


class TestNewBody:
    def test_the_kind_proposes_the_term(self, cast: Cast) -> None:
        client = signed_in(cast.sam)
        words = text_of(client.get(reverse("new_body") + "?kind=executive"))
        assert 'name="response_period" value="2"' in " ".join(words.split())
        assert 'value="Local Government Act 2000, s.9FE"' in words
        words = text_of(client.get(reverse("new_body") + "?kind=police"))
        assert "Must have regard" in words
        assert 'name="response_period" value' not in words

    def test_a_kind_there_is_not(self, cast: Cast) -> None:
        answer = signed_in(cast.sam).get(reverse("new_body") + "?kind=pirates")
        assert answer.status_code == 200
        assert "What kind of body is it?" in text_of(answer)
        assert "There is a problem" in text_of(answer)

    def test_add(self, cast: Cast) -> None:
        data = {
            "name": "Health Board",
            "kind": "health",
            "parent": cast.council.pk,
            "response_period": "28",
            "response_unit": "days",
            "response_basis": "Agreed protocol",
        }
        answer = signed_in(cast.sam).post(reverse("new_body") + "?kind=health", data)
        body = Body.objects.get(name="Health Board")
        assert answer["Location"] == reverse("edit_body", args=[body.pk])
        assert (body.term, body.lineage) == ("28 days", [body.pk, cast.council.pk])

    def test_bad_input(self, cast: Cast) -> None:
        client, address = signed_in(cast.sam), reverse("new_body") + "?kind=health"
        data: dict[str, Any] = {
            "name": "",
            "kind": "health",
            "response_period": "soon",
            "response_unit": "days",
        }
        words = text_of(client.post(address, data))
        assert "Enter the body’s name" in words
        assert "as a whole number, such as 2" in words
        assert 'value="soon"' in words
        data |= {"name": "Cabinet", "parent": cast.council.pk, "response_period": "0"}
        assert "1 or more" in text_of(client.post(address, data))
        words = text_of(client.post(address, data | {"response_period": ""}))
        assert "There is already a body of this name here" in words


class TestEditBody:
    DATA = {"name": "Testshire Police", "kind": BodyKind.POLICE, "response_unit": "months", "version": "1"}

    def test_save_and_conflict(self, cast: Cast) -> None:
        cast.assignment(body=cast.police)
        client, address = signed_in(cast.sam), reverse("edit_body", args=[cast.police.pk])
        bodies.edit_body(by=cast.sam, body=cast.police, version=1, short_name="Theirs")
        words = text_of(client.post(address, self.DATA | {"short_name": "Mine"}))
        assert "Changed by somebody else" in words
        assert "Theirs" in words
        assert 'value="Mine"' in words
        assert client.post(address, self.DATA | {"short_name": "Mine", "version": "2"}).status_code == 302
        cast.police.refresh_from_db()
        assert cast.police.short_name == "Mine"

    def test_not_part_of_itself(self, cast: Cast) -> None:
        data = self.DATA | {"name": cast.council.name, "kind": "council", "parent": cast.cabinet.pk}
        answer = signed_in(cast.admin).post(reverse("edit_body", args=[cast.council.pk]), data)
        assert answer.status_code == 200
        cast.council.refresh_from_db()
        assert cast.council.parent is None

    def test_an_abolished_body(self, cast: Cast) -> None:
        cast.assignment(body=cast.police)
        successions.abolish_body(
            by=cast.admin, body=cast.police, on=dt.date(2026, 1, 1), reason="Merged", successor=cast.school
        )
        client = signed_in(cast.sam)
        assert "succeeded by" in text_of(client.get(reverse("edit_body", args=[cast.police.pk])))
        assert "No longer existing" in text_of(client.get(reverse("manage_bodies")))


class TestWhoseBodies:
    """Scrutiny officers edit their own committee and the bodies that it sent a notice, and govern none."""

    def send(self, who: Any, body: Body, **typed: Any) -> Any:
        body.refresh_from_db()
        data = {
            "name": body.name,
            "kind": body.kind,
            "response_unit": body.response_unit,
            "version": body.version,
        }
        return signed_in(who).post(reverse("edit_body", args=[body.pk]), data | typed)

    def test_others_bodies_are_refused_on_every_door(self, cast: Cast) -> None:
        post = bodies.add_post(by=cast.admin, body=cast.cabinet, title="Leader")
        for body in (cast.committee, cast.council, cast.cabinet, cast.police):
            assert self.send(cast.oscar, body, about="Ours now.").status_code == 403, body
            assert signed_in(cast.oscar).get(reverse("edit_body", args=[body.pk])).status_code == 403
            assert (
                signed_in(cast.oscar).post(reverse("new_post", args=[body.pk]), {"title": "Head"}).status_code
                == 403
            )
        data = {"title": "Changed", "version": "1"}
        assert signed_in(cast.oscar).post(reverse("edit_post", args=[post.pk]), data).status_code == 403
        assert not Body.objects.filter(about="Ours now.").exists()

    def test_ones_own_committee_and_what_it_addresses(self, cast: Cast) -> None:
        cast.assignment(body=cast.police)
        for body in (cast.committee, cast.police):
            assert self.send(cast.sam, body, about="What it does.").status_code == 302, body
        assert self.send(cast.oscar, cast.police, about="Ours now.").status_code == 403

    def test_a_body_that_ones_committee_added_until_another_addresses_it(self, cast: Cast) -> None:
        body = bodies.add_body(by=cast.sam, name="Mill School", kind=BodyKind.SCHOOL)
        assert self.send(cast.sam, body, about="A school.").status_code == 302
        assert self.send(cast.oscar, body, about="Ours.").status_code == 403

    @pytest.mark.parametrize("published", [False, True])
    def test_what_was_addressed_without_a_notice_gives_no_right(self, cast: Cast, published: bool) -> None:
        """It can be addressed to any body, and withdrawn when the body has been changed."""
        post = bodies.add_post(by=cast.admin, body=cast.police, title="Chief Constable")
        added = bodies.add_body(by=cast.oscar, name="Mill School", kind=BodyKind.SCHOOL)
        inquiry = cast.inquiry()
        recommendation = cast.recommendation(inquiry)
        if published:
            cast.publish(inquiry)
            recommendation.refresh_from_db()
        made = [
            assignments.address(by=cast.sam, recommendation=recommendation, body=body)
            for body in (cast.police, added)
        ]
        for body in (cast.police, added):
            assert self.send(cast.sam, body, name="Ours now").status_code == 403
            assert body not in Body.objects.editable_by(fresh(cast.sam))
        client, data = signed_in(cast.sam), {"title": "Ours", "version": "1"}
        assert client.post(reverse("edit_post", args=[post.pk]), data).status_code == 403
        assert self.send(cast.oscar, added, about="A school.").status_code == 302  # who added it keeps it
        if not published:
            cast.publish(inquiry)
        notices.send_notice(by=cast.sam, assignments=made, on=dt.date(2025, 10, 1))
        for body in (cast.police, added):
            assert self.send(cast.sam, body, about="Asked by us.").status_code == 302
            assert body in Body.objects.editable_by(fresh(cast.sam))
        assert self.send(cast.oscar, added, about="Ours.").status_code == 403

    def test_whose_notice_a_body_had_keeps_it_when_another_body_answers(self, cast: Cast) -> None:
        cast.assignment(body=cast.police)
        successions.abolish_body(
            by=cast.admin, body=cast.police, on=dt.date(2026, 1, 1), reason="Merged", successor=cast.school
        )
        for body in (cast.police, cast.school):
            assert self.send(cast.sam, body, about="What it did.").status_code == 302
            assert body in Body.objects.editable_by(fresh(cast.sam))

    def test_the_list_leads_where_one_may_go(self, cast: Cast) -> None:
        cast.assignment(body=cast.police)
        bodies.add_body(by=cast.sam, name="Mill School", kind=BodyKind.SCHOOL)
        for who in (cast.sam, cast.oscar, cast.admin):
            words = text_of(signed_in(who).get(reverse("manage_bodies")))
            for body in Body.objects.all():
                edit = f'href="{reverse("edit_body", args=[body.pk])}"'
                assert (edit in words) == may(fresh(who), Right.EDIT_BODIES, body), (who, body)

    def test_officers_are_not_asked_and_cannot_send_what_governs_a_body(self, cast: Cast) -> None:
        cast.assignment(body=cast.police)
        page = text_of(signed_in(cast.sam).get(reverse("edit_body", args=[cast.police.pk])))
        governed = {
            "parent": cast.committee.pk,
            "kind": BodyKind.COMMITTEE,
            "response_period": "9",
            "response_unit": "days",
            "response_basis": "Ours",
            "publishes_without_approver": "on",
            "dates_agreed_by": DatesAgreedBy.OFFICER,
            "governance_reason": "It suits us.",
        }
        for name in governed:
            assert f'name="{name}"' not in page
        self.send(cast.sam, cast.police, **governed)
        cast.police.refresh_from_db()
        assert not cast.police.publishes_without_approver
        assert (cast.police.parent, cast.police.dates_agreed_by) == (None, DatesAgreedBy.MEETING)
        assert (cast.police.kind, cast.police.term, cast.police.response_basis) == (
            "police",
            "No set term",
            "",
        )
        switches: tuple[tuple[str, Any], ...] = (
            ("publishes_without_approver", True),
            ("dates_agreed_by", DatesAgreedBy.OFFICER),
        )
        facts: tuple[tuple[str, Any], ...] = (
            ("kind", BodyKind.COMMITTEE),
            ("response_period", 9),
            ("response_unit", "days"),
            ("response_basis", "Ours"),
        )
        for name, value in (*switches, *facts):
            with pytest.raises(ActionDenied, match="Ask an administrator"):
                bodies.edit_body(by=cast.sam, body=cast.police, governance_reason="So", **{name: value})
        for name, value in switches:
            with pytest.raises(ActionDenied, match="Ask an administrator"):
                bodies.add_body(
                    by=cast.sam, name="New", kind="school", governance_reason="So", **{name: value}
                )

    def test_administrators_give_a_reason_that_the_audit_trail_keeps(self, cast: Cast) -> None:
        answer = self.send(cast.admin, cast.police, publishes_without_approver="on")
        assert "Enter the reason for the change" in text_of(answer)
        assert 'name="publishes_without_approver"' in text_of(answer)
        reason = "The force has one officer only."
        answer = self.send(cast.admin, cast.police, publishes_without_approver="on", governance_reason=reason)
        assert answer.status_code == 302
        cast.police.refresh_from_db()
        assert cast.police.publishes_without_approver
        trail = words_of(signed_in(cast.admin).get(reverse("audit_trail")))
        assert reason in trail
        assert "No approver needed" in trail

    def test_the_term_and_the_kind_are_changed_with_a_reason(self, cast: Cast) -> None:
        typed = {
            "kind": "health",
            "response_period": "28",
            "response_unit": "days",
            "response_basis": "b" * 300,
        }
        answer = self.send(cast.admin, cast.police, **typed)
        assert "Enter the reason for the change" in text_of(answer)
        assert 'value="28"' in text_of(answer)
        reason = "It is a health board by the order of 2026."
        assert self.send(cast.admin, cast.police, **typed, governance_reason=reason).status_code == 302
        cast.police.refresh_from_db()
        assert (cast.police.kind, cast.police.term) == ("health", "28 days")
        kept = {
            change.setting: (change.old_value, change.new_value) for change in GovernanceChange.objects.all()
        }
        assert kept["response_period"] == ("No set term", "28")
        assert kept["response_basis"] == ("None named", "b" * 300)
        assert set(kept) == {"kind", "response_period", "response_unit", "response_basis"}

    def test_officers_read_what_they_may_not_change(self, cast: Cast) -> None:
        cast.assignment()
        page = words_of(signed_in(cast.sam).get(reverse("edit_body", args=[cast.cabinet.pk])))
        assert f"Time to respond: {cast.cabinet.term} ({cast.cabinet.response_basis})." in page
        assert "Kind of body: Executive" in page

    def test_a_save_that_changes_nothing_of_it_needs_no_reason(self, cast: Cast) -> None:
        assert self.send(cast.admin, cast.committee, about="Ours", parent=cast.council.pk).status_code == 302


class TestPosts:
    def test_add_edit_end(self, cast: Cast) -> None:
        cast.assignment()
        client = signed_in(cast.sam)
        new = reverse("new_post", args=[cast.cabinet.pk])
        assert "Enter the title of the post" in text_of(client.post(new, {}))
        data = {"title": "Cabinet Member for Roads", "holder": cast.olive.pk}
        assert client.post(new, data).status_code == 302
        assert "already has a post of this title" in text_of(client.post(new, data))
        post = Post.objects.get()
        edit = reverse("edit_post", args=[post.pk])
        data |= {"version": "1", **boxes("ended_on", dt.date(2026, 1, 11))}
        assert client.post(edit, data).status_code == 302
        assert "Changed by somebody else" in text_of(client.post(edit, data | {"title": "Other"}))
        words = text_of(client.get(reverse("edit_body", args=[cast.cabinet.pk])))
        assert "Ended 11 January 2026" in words

    def test_a_holder_whose_account_is_off_stays(self, cast: Cast) -> None:
        cast.assignment()
        post = bodies.add_post(by=cast.sam, body=cast.cabinet, title="Head", holder=cast.olive)
        cast.olive.is_active = False
        cast.olive.save()
        assert cast.olive.email in text_of(signed_in(cast.sam).get(reverse("edit_post", args=[post.pk])))


def test_query_budgets(cast: Cast) -> None:
    cast.assignment()
    client = signed_in(cast.sam)

    def queries() -> list[int]:
        counts = []
        for address in (reverse("manage_bodies"), reverse("edit_body", args=[cast.cabinet.pk])):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
        return counts

    bodies.add_post(by=cast.sam, body=cast.cabinet, title="Head", holder=cast.olive)
    before = queries()
    for number in range(20):
        body = bodies.add_body(by=cast.sam, name=f"Body {number}", kind=BodyKind.SCHOOL, parent=cast.council)
        bodies.add_post(by=cast.sam, body=body, title="Head")
        bodies.add_post(by=cast.sam, body=cast.cabinet, title=f"Head {number}", holder=cast.ada)
    assert queries() == before
