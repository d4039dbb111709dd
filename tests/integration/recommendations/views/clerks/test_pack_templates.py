"""Templates of packs: keeping, using, renaming and taking away, who sees them, and what a hostile list may ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.audit.models import AuditEntry
from recommendations.actions import pack_templates as actions
from recommendations.actions import packs
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.lifecycle import Claim, Edition, Picks, Role
from recommendations.models import Meeting, Pack, PackTemplate
from recommendations.packs.selection import kept_query, matching, starting
from tests.clients import signed_in
from tests.factories import Cast, fresh, person


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(dt.date(2026, 1, 26))


@pytest.fixture
def later(cast: Cast, meeting: Meeting) -> Meeting:
    return cast.meeting(dt.date(2026, 4, 27))


def draft(cast: Cast, meeting: Meeting, edition: str = Edition.PUBLIC, **details: Any) -> Pack:
    details.setdefault("selection", [cast.assignment().recommendation_id])
    return packs.compose_pack(
        by=fresh(cast.carla),
        meeting=meeting,
        edition=edition,
        **{"title": "Quarterly progress", "reasons": "It is due.", "implications": {"legal": "A duty."}}
        | details,
    )


def save(cast: Cast, pack: Pack, name: str = "Quarterly", **how: Any) -> PackTemplate:
    return actions.save_template(by=fresh(cast.carla), pack=pack, name=name, **how)


class TestActions:
    def test_keeps_words_and_sections(self, cast: Cast, meeting: Meeting) -> None:
        pack = draft(cast, meeting, sections=["key", "summary"], appendices="The plan")
        template = PackTemplate.objects.get(pk=save(cast, pack).pk)
        for name in actions.KEPT:
            assert getattr(template, name) == getattr(pack, name), name
        assert template.selection == []
        assert template.body == cast.committee

    def test_these_very_ones_in_their_order(self, cast: Cast, meeting: Meeting) -> None:
        first, second = cast.assignment().recommendation_id, cast.assignment().recommendation_id
        template = save(cast, draft(cast, meeting, selection=[second, first]), picks=Picks.THESE)
        assert template.selection == [second, first]

    def test_name_once_in_any_case(self, cast: Cast, meeting: Meeting, later: Meeting) -> None:
        pack = draft(cast, meeting)
        save(cast, pack)
        with pytest.raises(ActionDenied, match="already a template of this name"):
            save(cast, pack, name=" qUARTERLY ")
        elsewhere = draft(cast, cast.meeting(dt.date(2026, 2, 2), cast.cabinet), selection=[])
        assert save(cast, elsewhere).pk, "another body may have one of the same name"

    @pytest.mark.parametrize(
        ("how", "words"),
        [
            ({"name": "  "}, "Enter a name"),
            ({"picks": "all of them"}, "Select how"),
            ({"picks": Picks.MATCHING}, "Filter the list"),
            ({"name": "x" * 101}, "100"),
        ],
    )
    def test_what_is_missing_is_said(
        self, cast: Cast, meeting: Meeting, how: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(ActionDenied, match=words):
            save(cast, draft(cast, meeting), **how)
        assert not PackTemplate.objects.exists()

    def test_nothing_chosen_is_no_choice_to_keep(self, cast: Cast, meeting: Meeting) -> None:
        with pytest.raises(ActionDenied, match="Choose recommendations first"):
            save(cast, draft(cast, meeting, selection=[]), picks=Picks.THESE)

    def test_replace_keeps_the_name(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, meeting))
        other = draft(cast, meeting, title="Anew", sections=["key"])
        replaced = actions.replace_template(
            by=fresh(cast.carla), template=template, pack=other, version=template.version
        )
        assert (replaced.name, replaced.title, replaced.sections) == ("Quarterly", "Anew", ["key"])

    def test_replace_only_what_is_of_the_same_body_and_edition(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, meeting))
        exempt = draft(cast, meeting, Edition.EXEMPT)
        elsewhere = draft(cast, cast.meeting(dt.date(2026, 2, 2), cast.cabinet))
        for pack in (exempt, elsewhere):
            with pytest.raises(ActionDenied, match="same body and edition"):
                actions.replace_template(by=fresh(cast.carla), template=template, pack=pack)

    def test_stale(self, cast: Cast, meeting: Meeting) -> None:
        pack = draft(cast, meeting)
        template = save(cast, pack)
        old = template.version
        actions.rename_template(by=fresh(cast.carla), template=template, name="Monthly", version=old)
        with pytest.raises(EditConflict):
            actions.rename_template(by=fresh(cast.carla), template=template, name="Weekly", version=old)
        with pytest.raises(EditConflict):
            actions.remove_template(by=fresh(cast.carla), template=template, version=old)
        with pytest.raises(EditConflict):
            actions.replace_template(by=fresh(cast.carla), template=template, pack=pack, version=old)
        assert PackTemplate.objects.get().name == "Monthly"

    def test_only_clerks_of_the_body(self, cast: Cast, meeting: Meeting) -> None:
        pack = draft(cast, meeting)
        template = save(cast, pack)
        elsewhere = person("Elsa Elsewhere", (Role.CLERK, cast.police))
        for user in (elsewhere, cast.sam, cast.colin, cast.admin, cast.olive):
            with pytest.raises(PermissionDenied):
                actions.save_template(by=fresh(user), pack=pack, name="Mine")
            with pytest.raises(PermissionDenied):
                actions.rename_template(by=fresh(user), template=template, name="Mine")
            with pytest.raises(PermissionDenied):
                actions.replace_template(by=fresh(user), template=template, pack=pack)
            with pytest.raises(PermissionDenied):
                actions.remove_template(by=fresh(user), template=template)

    def test_exempt_ones_only_with_the_right(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, meeting, Edition.EXEMPT))
        plain = person("Cleo Clerk", (Role.CLERK, cast.council))
        with pytest.raises(PermissionDenied):
            actions.rename_template(by=fresh(plain), template=template, name="Mine")
        assert list(PackTemplate.objects.visible_to(fresh(plain))) == []
        assert list(PackTemplate.objects.visible_to(fresh(cast.carla))) == [template]
        # The right to exempt text in another role, or elsewhere, is not enough.
        mixed = person("Mia Mixed", (Role.CLERK, cast.council))
        mixed.memberships.create(role=Role.SCRUTINY_OFFICER, body=cast.other_committee, sees_exempt=True)
        assert list(PackTemplate.objects.visible_to(fresh(mixed))) == []

    def test_the_database_refuses(self, cast: Cast, meeting: Meeting) -> None:
        save(cast, draft(cast, meeting))
        rows = PackTemplate.objects.all()
        for wrong in ({"name": ""}, {"picks": "x"}, {"picks": Picks.MATCHING, "query": ""}, {"edition": "x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**wrong)

    def test_no_word_of_it_enters_the_trail(self, cast: Cast, meeting: Meeting) -> None:
        secret = "Hill House is sold"
        words = dict.fromkeys(("title", "purpose", "decisions", "reasons", "appendices"), secret)
        pack = draft(cast, meeting, Edition.EXEMPT, implications={"financial": secret}, **words)
        template = save(cast, pack, name=secret)
        actions.rename_template(by=fresh(cast.carla), template=template, name=f"{secret} 2")
        actions.remove_template(by=fresh(cast.carla), template=template)
        entries = AuditEntry.objects.filter(table_name="recommendations_packtemplate")
        assert [entry.operation for entry in entries.order_by("pk")] == ["INSERT", "UPDATE", "DELETE"]
        assert not any(secret in f"{entry.before} {entry.after}" for entry in entries)
        assert {entry.actor_id for entry in entries} == {cast.carla.pk}


class TestStarting:
    def start(self, cast: Cast, meeting: Meeting, template: PackTemplate, **more: Any) -> list[int]:
        edition = more.get("edition", Edition.PUBLIC)
        return starting(meeting, f"template-{template.pk}", by=fresh(cast.carla), edition=edition)

    def test_filters_are_asked_again_on_the_day(self, cast: Cast, meeting: Meeting, later: Meeting) -> None:
        first = cast.assignment(first_target_on=dt.date(2025, 12, 1))
        query, words = kept_query("status=overdue&page=7", by=fresh(cast.carla), edition="public")
        assert (query, words) == ("status=overdue", "How it stands: Overdue")
        template = save(cast, draft(cast, meeting), picks=Picks.MATCHING, query=query)
        assert self.start(cast, later, template) == [first.recommendation_id]
        second = cast.assignment(first_target_on=dt.date(2025, 12, 1))
        assert set(self.start(cast, later, template)) == {first.recommendation_id, second.recommendation_id}

    def test_open_ones(self, cast: Cast, meeting: Meeting, later: Meeting) -> None:
        template = save(cast, draft(cast, meeting))
        cast.assignment()
        assert len(self.start(cast, later, template)) == 2

    def test_these(self, cast: Cast, meeting: Meeting, later: Meeting) -> None:
        pack = draft(cast, meeting)
        template = save(cast, pack, picks=Picks.THESE)
        cast.assignment()
        assert self.start(cast, later, template) == pack.selection

    @pytest.mark.parametrize(
        "start", ["template-", "template-x", "template-99999999999999999999", "nonsense", ""]
    )
    def test_no_such_start(self, cast: Cast, meeting: Meeting, start: str) -> None:
        cast.assignment()
        assert starting(meeting, start, by=fresh(cast.carla), edition="public") == []

    def test_of_another_body_is_none_here(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, cast.meeting(dt.date(2026, 2, 2), cast.cabinet)))
        assert self.start(cast, meeting, template) == []

    @pytest.mark.parametrize(
        "query",
        [
            "inquiry=99999999999999999999999999",
            "theme=-1",
            "body=1%27%20OR%201%3D1",
            "status=drop",
            "q=%00",
            "made_from=31/31/2025",
            "unknown=1&selection=1&id__gt=0",
            "body__memberships__user__password__startswith=a",
            "sort=password",
            "%FF%FE=%F0%9F",
            "",
            "&" * 900,
        ],
    )
    def test_hostile_lists_are_not_kept(self, cast: Cast, meeting: Meeting, query: str) -> None:
        assert kept_query(query, by=fresh(cast.carla), edition="public") == ("", "")
        pack, client = draft(cast, meeting), signed_in(cast.carla)
        address = reverse("save_template", args=[pack.pk])
        page = client.get(f"{address}?{query}")
        assert page.status_code == 200
        assert "Those that match a list" not in page.content.decode()
        data = {"place": "new", "name": "Mine", "picks": "matching", "query": query}
        assert "Select one of the choices shown" in client.post(address, data).content.decode()
        assert not PackTemplate.objects.exists()

    def test_known_filters_stay_of_a_mixed_list(self, cast: Cast) -> None:
        query = "password=x&status=open&id__gt=0&sort=slips"
        assert kept_query(query, by=fresh(cast.carla), edition="public")[0] == "status=open&sort=slips"

    def test_a_filter_that_no_longer_fits_takes_nothing(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, meeting), picks=Picks.MATCHING, query="theme=1&status=open")
        with pytest.raises(ActionDenied, match="“Theme”"):
            matching(template.query, by=fresh(cast.carla), edition="public")
        client, address = signed_in(cast.carla), reverse("compose_pack", args=[meeting.pk])
        page = client.get(address, {"start": f"template-{template.pk}"}).content.decode()
        assert "no longer fits" in page
        data = {
            "title": "A pack",
            "sections": ["key"],
            "start": f"template-{template.pk}",
            "edition": "public",
        }
        assert "no longer fits" in client.post(address, data).content.decode()
        assert Pack.objects.count() == 1

    def test_a_public_pack_takes_no_unpublished_ones(self, cast: Cast, meeting: Meeting) -> None:
        hidden = cast.recommendation(cast.inquiry("Not yet public"))
        template = save(cast, draft(cast, meeting, selection=[]))
        PackTemplate.objects.filter(pk=template.pk).update(picks=Picks.THESE, selection=[hidden.pk, 999_999])
        client = signed_in(cast.carla)
        data = {
            "title": "A pack",
            "sections": ["key"],
            "start": f"template-{template.pk}",
            "edition": "public",
        }
        client.post(reverse("compose_pack", args=[meeting.pk]), data)
        assert Pack.objects.get(title="A pack").selection == []


class TestPages:
    def test_from_pack_to_template_to_pack(self, cast: Cast, meeting: Meeting, later: Meeting) -> None:
        pack, client = draft(cast, meeting, sections=["summary", "key"]), signed_in(cast.carla)
        data = {"place": "new", "name": "Quarterly", "picks": "open"}
        answer = client.post(reverse("save_template", args=[pack.pk]), data, follow=True)
        assert "The template is saved" in answer.content.decode()
        template = PackTemplate.objects.get()
        listed = client.get(reverse("pack_templates")).content.decode()
        address = f"{reverse('compose_pack', args=[meeting.pk])}?start=template-{template.pk}"
        assert address in listed
        page = client.get(reverse("compose_pack", args=[later.pk]), {"start": f"template-{template.pk}"})
        assert page.context["form"]["title"].value() == "Quarterly progress"
        assert page.context["form"]["implication_legal"].value() == "A duty."
        assert page.context["form"]["sections"].value() == ["summary", "key"]
        assert "It begins with <strong>1 recommendation</strong>, about" in page.content.decode()

    def test_the_list_gives_its_filters(self, cast: Cast, meeting: Meeting) -> None:
        overdue = cast.assignment(first_target_on=dt.date(2025, 12, 1)).recommendation_id
        pack, client = draft(cast, meeting), signed_in(cast.carla)
        chosen = client.get(reverse("choose_recommendations", args=[pack.pk]), {"status": "overdue"})
        address = f"{reverse('save_template', args=[pack.pk])}?status=overdue"
        assert address in chosen.content.decode()
        assert "How it stands: Overdue" in client.get(address).content.decode()
        data = {"place": "new", "name": "Late ones", "picks": "matching", "query": "status=overdue"}
        client.post(reverse("save_template", args=[pack.pk]), data)
        template = PackTemplate.objects.get()
        assert (template.query, template.query_words) == ("status=overdue", "How it stands: Overdue")
        assert starting(meeting, f"template-{template.pk}", by=fresh(cast.carla), edition="public") == [
            overdue
        ]

    def test_replace_by_the_form(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, meeting))
        pack, client = draft(cast, meeting, title="Anew"), signed_in(cast.carla)
        address = reverse("save_template", args=[pack.pk])
        assert "In place of “Quarterly”" in client.get(address).content.decode()
        client.post(address, {"place": f"{template.pk}-{template.version}", "picks": "open"})
        assert PackTemplate.objects.get().title == "Anew"
        answer = client.post(address, {"place": f"{template.pk}-{template.version}", "picks": "these"})
        assert "Select one of the choices shown" in answer.content.decode(), "it was changed meanwhile"
        assert PackTemplate.objects.get().picks == Picks.OPEN

    def test_name_is_asked_for(self, cast: Cast, meeting: Meeting) -> None:
        pack, client = draft(cast, meeting), signed_in(cast.carla)
        address, data = (
            reverse("save_template", args=[pack.pk]),
            {"place": "new", "name": " ", "picks": "open"},
        )
        assert "Enter name of the template" in client.post(address, data).content.decode()
        save(cast, pack)
        assert "Enter the name of the template" in client.post(address, data).content.decode()
        assert (
            "already a template of this name"
            in client.post(address, data | {"name": "quarterly"}).content.decode()
        )

    def test_rename_and_remove(self, cast: Cast, meeting: Meeting) -> None:
        template, client = save(cast, draft(cast, meeting)), signed_in(cast.carla)
        address = reverse("rename_template", args=[template.pk])
        data = {"name": "Monthly", "version": template.version}
        client.post(address, data)
        stale = client.post(address, data | {"name": "Weekly"}).content.decode()
        assert "Changed by somebody else" in stale
        assert "Monthly" in stale
        address = reverse("remove_template", args=[template.pk])
        assert "Remove the template “Monthly”?" in client.get(address).content.decode()
        client.post(address, {"version": template.version})
        assert PackTemplate.objects.exists(), "it was changed meanwhile"
        client.post(address, {"version": template.version + 1})
        assert not PackTemplate.objects.exists()

    def test_rights(self, cast: Cast, meeting: Meeting) -> None:
        pack = draft(cast, meeting)
        template = save(cast, pack)
        elsewhere = person("Elsa Elsewhere", (Role.CLERK, cast.police))
        for name, about in (
            ("rename_template", template),
            ("remove_template", template),
            ("save_template", pack),
        ):
            address = reverse(name, args=[about.pk])
            assert Client().get(address).status_code == 302
            assert signed_in(cast.sam).get(address).status_code == 403
            assert signed_in(elsewhere).get(address).status_code == 404
            assert signed_in(elsewhere).post(address, {"name": "x", "version": 1}).status_code == 404
            assert signed_in(cast.carla).get(address).status_code == 200
        assert "Quarterly" not in signed_in(elsewhere).get(reverse("pack_templates")).content.decode()

    def test_exempt_template_does_not_exist_without_the_right(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, meeting, Edition.EXEMPT, title="Hill House"), name="The sale")
        client = signed_in(person("Cleo Clerk", (Role.CLERK, cast.council)))
        for name in ("rename_template", "remove_template"):
            assert client.get(reverse(name, args=[template.pk])).status_code == 404
        compose = reverse("compose_pack", args=[meeting.pk])
        for address in (reverse("pack_templates"), compose, f"{compose}?start=template-{template.pk}"):
            page = client.get(address).content.decode()
            assert "The sale" not in page
            assert "Hill House" not in page
        data = {"title": "A pack", "sections": ["key"], "start": f"template-{template.pk}"}
        assert "Select one of the choices shown" in client.post(compose, data).content.decode()

    def test_what_starts_from_an_exempt_template_is_exempt(self, cast: Cast, meeting: Meeting) -> None:
        template = save(cast, draft(cast, meeting, Edition.EXEMPT))
        client, address = signed_in(cast.carla), reverse("compose_pack", args=[meeting.pk])
        assert "so is this pack" in client.get(address, {"start": f"template-{template.pk}"}).content.decode()
        data = {
            "title": "From it",
            "sections": ["key"],
            "start": f"template-{template.pk}",
            "edition": "public",
        }
        client.post(address, data)
        assert Pack.objects.get(title="From it").edition == Edition.EXEMPT

    def test_same_queries_for_one_and_twenty(self, cast: Cast, meeting: Meeting) -> None:
        pack, client = draft(cast, meeting), signed_in(cast.carla)
        save(cast, pack)
        for address in (reverse("pack_templates"), reverse("compose_pack", args=[meeting.pk])):
            client.get(address)
            with CaptureQueriesContext(connection) as one:
                client.get(address)
            for number in range(20):
                save(cast, pack, name=f"{address} {number}", picks=Picks.MATCHING, query="status=open")
            with CaptureQueriesContext(connection) as many:
                client.get(address)
            assert len(many) == len(one)


class TestOutline:
    def fragment(self, client: Client, address: str, **query: Any) -> str:
        answer = client.get(address, query, headers={"X-Fragment": "1"})
        assert answer.status_code == 200
        return str(answer.content.decode())

    def test_follows_the_sections_asked_for(self, cast: Cast, meeting: Meeting) -> None:
        pack, client = draft(cast, meeting), signed_in(cast.carla)
        address = reverse("pack_outline", args=[pack.pk])
        whole = self.fragment(client, address, sections=["cover", "summary", "recommendations", "nonsense"])
        assert "<html" not in whole
        assert "Summary" in whole
        few = self.fragment(client, address, sections=["recommendations"])
        assert "Summary" not in few
        assert "About this pack" in self.fragment(client, address)
        assert Pack.objects.get().version == pack.version, "looking changes nothing"

    def test_is_on_the_pages(self, cast: Cast, meeting: Meeting) -> None:
        pack, client = draft(cast, meeting), signed_in(cast.carla)
        for name in ("pack", "edit_pack"):
            assert "to expect" in client.get(reverse(name, args=[pack.pk])).content.decode()
        assert client.get(reverse("pack_outline", args=[pack.pk]))["Location"] == reverse(
            "pack", args=[pack.pk]
        )

    def test_before_it_is_saved(self, cast: Cast, meeting: Meeting) -> None:
        cast.assignment()
        client, address = signed_in(cast.carla), reverse("new_pack_outline", args=[meeting.pk])
        assert "Key" in self.fragment(client, address, start="open", sections=["key"], edition="exempt")
        assert "choose recommendations first" in self.fragment(
            client, address, start="none", sections=["key"]
        )
        assert "choose recommendations first" in self.fragment(
            client, address, start="template-9", edition="x"
        )
        assert client.get(address)["Location"] == reverse("compose_pack", args=[meeting.pk])

    def test_nothing_chosen_yet(self, cast: Cast, meeting: Meeting) -> None:
        pack = draft(cast, meeting, selection=[])
        page = signed_in(cast.carla).get(reverse("pack", args=[pack.pk])).content.decode()
        assert "choose recommendations first" in page

    def test_same_queries_for_one_and_ten(self, cast: Cast, meeting: Meeting) -> None:
        assignments = [cast.assignment() for _ in range(10)]
        for assignment in assignments:
            cast.published(assignment, claim=Claim.ON_TRACK)
        ids = [assignment.recommendation_id for assignment in assignments]
        client = signed_in(cast.carla)
        asked = []
        for selection in (ids[:1], ids[:1], ids):
            address = reverse("pack_outline", args=[draft(cast, meeting, selection=selection).pk])
            with CaptureQueriesContext(connection) as queries:
                self.fragment(client, address, sections=["recommendations"])
            asked.append(len(queries))
        assert asked[1] == asked[2] < 30

    def test_tells_no_exempt_word(self, cast: Cast, meeting: Meeting) -> None:
        assignment = cast.assignment()
        cast.published(assignment, exempt_text="Xenolith", exempt_paragraphs=[3], public_summary="A cost")
        pack = draft(cast, meeting, Edition.EXEMPT, selection=[assignment.recommendation_id])
        address = reverse("pack_outline", args=[pack.pk])
        assert "Xenolith" not in self.fragment(signed_in(cast.carla), address, sections=["recommendations"])
        plain = signed_in(person("Cleo Clerk", (Role.CLERK, cast.council)))
        assert plain.get(address, headers={"X-Fragment": "1"}).status_code == 404
        assert signed_in(cast.sam).get(address).status_code == 403
