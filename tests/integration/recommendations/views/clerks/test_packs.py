"""Composing a pack: what goes into it, and in which order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from committee.formatting import long_date
from recommendations.actions import packs as actions
from recommendations.lifecycle import (
    Edition,
    PackState,
    Role,
)
from recommendations.models import Meeting, Pack
from recommendations.packs.selection import last_pack
from tests.clients import signed_in, words_of
from tests.factories import Cast, fresh, person
from tests.integration.recommendations.packs.helpers import made, make_draft


class TestComposing:
    def data(self, **more: Any) -> dict[str, Any]:
        return {
            "title": "A pack",
            "edition": "public",
            "start": "open",
            "sections": ["summary", "recommendations"],
            **more,
        }

    def test_proposal_is_whole(self, cast: Cast, meeting: Meeting) -> None:
        cast.assignment()
        page = signed_in(cast.carla).get(reverse("compose_pack", args=[meeting.pk])).content.decode()
        assert "All recommendations that are open and concern this body" in page
        assert "1 recommendation" in page
        assert "Pages to expect" in page

    def test_from_meeting_to_ready_in_two_presses(
        self,
        cast: Cast,
        meeting: Meeting,
        quick: None,
        django_capture_on_commit_callbacks: Any,
        run_tasks: Any,
    ) -> None:
        cast.assignment()
        client = signed_in(cast.carla)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("compose_pack", args=[meeting.pk]), self.data(do="make"))
        pack = Pack.objects.get()
        assert answer["Location"] == reverse("pack_progress", args=[pack.pk])
        assert "Waiting for its turn" in client.get(answer["Location"]).content.decode()
        run_tasks()
        assert client.get(answer["Location"])["Location"] == reverse("pack", args=[pack.pk])
        assert Pack.objects.get().state == PackState.READY

    def test_without_sections_or_title(self, cast: Cast, meeting: Meeting) -> None:
        answer = signed_in(cast.carla).post(
            reverse("compose_pack", args=[meeting.pk]), {"edition": "public", "start": "none"}
        )
        assert "Select at least one section" in answer.content.decode()
        assert "Enter title" in answer.content.decode()

    def test_exempt_edition_only_with_the_right(self, cast: Cast, meeting: Meeting) -> None:
        plain = person("Cleo Clerk", (Role.CLERK, cast.council))
        client = signed_in(plain)
        assert "Exempt edition" not in client.get(reverse("compose_pack", args=[meeting.pk])).content.decode()
        client.post(reverse("compose_pack", args=[meeting.pk]), self.data(edition="exempt"))
        assert Pack.objects.get().edition == Edition.PUBLIC

    def test_two_clerks_editing(self, cast: Cast, draft: Pack) -> None:
        client, address = signed_in(cast.carla), reverse("edit_pack", args=[draft.pk])
        data = {**self.data(title="Mine"), "version": draft.version}
        client.post(address, {**data, "title": "Theirs"})
        answer = client.post(address, data)
        assert "Changed by somebody else" in answer.content.decode()
        assert "Theirs" in answer.content.decode()
        assert "Mine" in answer.content.decode()

    def test_choosing_by_hand(self, cast: Cast, draft: Pack) -> None:
        other = cast.assignment().recommendation_id
        client, address = signed_in(cast.carla), reverse("choose_recommendations", args=[draft.pk])
        assert client.get(address, {"status": "overdue", "inquiry": "x"}).status_code == 200
        first = draft.selection[0]
        client.post(
            address, {"version": draft.version, "shown": [first, other], "pick": [other], "do": "done"}
        )
        draft.refresh_from_db()
        assert draft.selection == [other]
        client.post(address, {"version": draft.version, "do": "all"})
        draft.refresh_from_db()
        assert draft.selection == [other, first]

    def test_a_filtered_list_is_added_or_taken_away_whole(self, cast: Cast, draft: Pack) -> None:
        late = [cast.assignment(first_target_on=dt.date(2025, 12, 1)) for _ in range(2)]
        overdue, first = {one.recommendation_id for one in late}, draft.selection[0]
        client, address = signed_in(cast.carla), reverse("choose_recommendations", args=[draft.pk])
        page = client.get(address, {"status": "overdue"}).content.decode()
        assert "Add all 2 in this list" in page
        assert "Take all 2 of this list away" in page
        client.post(f"{address}?status=overdue", {"version": draft.version, "do": "all"})
        draft.refresh_from_db()
        assert draft.selection[0] == first
        assert set(draft.selection) == {first, *overdue}
        client.post(f"{address}?status=overdue", {"version": draft.version, "do": "none"})
        draft.refresh_from_db()
        assert draft.selection == [first]

    def test_is_picked_by_everything_a_clerk_thinks_of(self, cast: Cast, draft: Pack) -> None:
        page = signed_in(cast.carla).get(reverse("choose_recommendations", args=[draft.pk]))
        offered = set(page.context["filter"].filters)
        assert {"committee", "inquiry", "body", "status", "theme", "q", "decision", "claim"} <= offered
        assert "Save a template" not in page.content.decode(), "nothing is filtered"

    def test_says_reasons_implications_and_appendices(self, cast: Cast, draft: Pack) -> None:
        client, address = signed_in(cast.carla), reverse("edit_pack", args=[draft.pk])
        data = self.data(
            reasons="It was asked for.",
            implication_legal="A duty under section 9FE.",
            appendices="The plan https://example.org/plan\nThe figures",
            version=draft.version,
        )
        assert client.post(address, data)["Location"] == reverse("pack", args=[draft.pk])
        draft.refresh_from_db()
        assert draft.implications == {"legal": "A duty under section 9FE."}
        page = client.get(reverse("pack", args=[draft.pk])).content.decode()
        for words in ("It was asked for.", "A duty under section 9FE.", "The figures"):
            assert words in page
        assert "their section is not chosen" in page
        stale = client.post(address, data | {"implication_legal": "None that is new."}).content.decode()
        assert "Changed by somebody else" in stale
        assert "A duty under section 9FE." in stale
        too_long = client.post(
            address, data | {"implication_risk": "x" * 2001, "version": 2}
        ).content.decode()
        assert '<details class="govuk-details" open>' in too_long

    def test_as_in_the_last_pack(self, cast: Cast, draft: Pack, quick: None) -> None:
        second = cast.assignment().recommendation_id
        actions.edit_pack(
            by=fresh(cast.carla),
            pack=draft,
            selection=[second, *draft.selection],
            sections=["key", "summary"],
            decisions="Agree the plan",
            implications={"risk": "Some."},
        )
        last = made(cast, draft)
        later = cast.meeting(dt.date(2026, 4, 27))
        client, address = signed_in(cast.carla), reverse("compose_pack", args=[later.pk])
        page = client.get(address, {"start": "last"})
        form = page.context["form"]
        assert form["decisions"].value() == "Agree the plan"
        assert form["sections"].value() == ["key", "summary"]
        assert form["implication_risk"].value() == "Some."
        client.post(address, self.data(start="last", title="The next"))
        assert Pack.objects.get(title="The next").selection == last.selection

    def test_the_last_pack_is_that_of_the_last_meeting(
        self, cast: Cast, draft: Pack, meeting: Meeting, quick: None
    ) -> None:
        last = made(cast, draft)
        earlier = cast.meeting(meeting.held_on - dt.timedelta(days=14))
        made(cast, make_draft(cast, earlier, title="Made later for the earlier meeting"))
        page = signed_in(cast.carla).get(reverse("compose_pack", args=[meeting.pk]), {"start": "last"})
        assert f"As in the last pack, for {long_date(meeting.held_on)}" in words_of(page)
        assert last_pack(meeting, by=fresh(cast.carla)) == last

    def test_the_exempt_edition_of_any_pack_of_the_body(
        self, cast: Cast, draft: Pack, meeting: Meeting, quick: None
    ) -> None:
        pack, client = made(cast, draft), signed_in(cast.carla)
        made(cast, make_draft(cast, meeting, title="Another that came later"))
        address = f"{reverse('compose_pack', args=[meeting.pk])}?start=pack-{pack.pk}&edition=exempt"
        page = client.get(reverse("pack", args=[pack.pk])).content.decode()
        assert address.replace("&", "&amp;") in page
        form = client.get(address).context["form"]
        assert (form["edition"].value(), form["title"].value()) == (Edition.EXEMPT, pack.title)
        values = form.initial | {"edition": Edition.EXEMPT}
        client.post(address, {name: value for name, value in values.items() if value})
        copied = Pack.objects.latest("pk")
        assert (copied.edition, copied.title, copied.selection) == ("exempt", pack.title, pack.selection)
        elsewhere = cast.meeting(dt.date(2026, 5, 4), cast.cabinet)
        other = reverse("compose_pack", args=[elsewhere.pk])
        assert "As in the pack" not in client.get(f"{other}?start=pack-{pack.pk}").content.decode()
        plain = signed_in(person("Cleo Clerk", (Role.CLERK, cast.council)))
        assert "exempt edition" not in plain.get(reverse("pack", args=[pack.pk])).content.decode()
        assert "edition" not in plain.get(address).context["form"].fields

    def test_stale_choice_changes_nothing(self, cast: Cast, draft: Pack) -> None:
        address = reverse("choose_recommendations", args=[draft.pk])
        answer = signed_in(cast.carla).post(address, {"version": draft.version + 1, "shown": draft.selection})
        assert answer.status_code == 200
        assert Pack.objects.get().selection == draft.selection

    def test_ordering(self, cast: Cast, draft: Pack) -> None:
        second = cast.assignment().recommendation_id
        actions.edit_pack(by=fresh(cast.carla), pack=draft, selection=[*draft.selection, second])
        first, client = draft.selection[0], signed_in(cast.carla)
        address = reverse("order_pack", args=[draft.pk])
        draft.refresh_from_db()
        client.post(address, {"version": draft.version, "do": f"move-up-{second}"})
        draft.refresh_from_db()
        assert draft.selection == [second, first]
        typed = {"version": draft.version, f"place-{second}": "9", f"place-{first}": "x"}
        page = client.post(address, typed).content.decode()
        assert "as a number, such as 3. You typed “x”" in page
        assert f'name="place-{second}" value="9"' in page
        draft.refresh_from_db()
        assert draft.selection == [second, first]
        client.post(address, typed | {f"place-{first}": "1"})
        draft.refresh_from_db()
        assert draft.selection == [first, second]
        client.post(address, {"version": draft.version, "leave": [first]})
        draft.refresh_from_db()
        assert draft.selection == [second]

    def test_unknown_recommendations_are_left_out(self, cast: Cast, meeting: Meeting) -> None:
        hidden = cast.recommendation(cast.inquiry("Not yet public"))
        pack = actions.compose_pack(
            by=fresh(cast.carla), meeting=meeting, title="x", selection=[hidden.pk, 999_999]
        )
        assert pack.selection == []

    def test_nothing_chosen_says_so(self, cast: Cast, meeting: Meeting) -> None:
        pack = actions.compose_pack(by=fresh(cast.carla), meeting=meeting, title="Empty")
        answer = signed_in(cast.carla).post(
            reverse("build_pack", args=[pack.pk]), {"version": pack.version}, follow=True
        )
        assert "Choose at least one recommendation" in answer.content.decode()

    def test_preview_of_nothing_leads_to_the_choice(self, cast: Cast, meeting: Meeting) -> None:
        pack = make_draft(cast, meeting, selection=[])
        answer = signed_in(cast.carla).get(reverse("preview_pack", args=[pack.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("choose_recommendations", args=[pack.pk]), 302)]
        assert "None of the recommendations chosen can be shown in this edition" in answer.content.decode()

    def test_only_clerks_of_the_body(self, cast: Cast, draft: Pack, meeting: Meeting) -> None:
        elsewhere = person("Elsa Elsewhere", (Role.CLERK, cast.police))
        for name in ("edit_pack", "choose_recommendations", "order_pack", "preview_pack", "pack_progress"):
            address = reverse(name, args=[draft.pk])
            assert Client().get(address).status_code == 302
            assert signed_in(cast.sam).get(address).status_code == 403
            assert signed_in(elsewhere).get(address).status_code == 404
        assert signed_in(cast.carla).get(reverse("release_pack", args=[draft.pk])).status_code == 302
        assert signed_in(cast.sam).post(reverse("release_pack", args=[draft.pk])).status_code == 403
        for name in ("build_pack", "cancel_pack", "new_pack_version", "discard_pack"):
            address = reverse(name, args=[draft.pk])
            assert signed_in(cast.carla).get(address).status_code == 405
            assert signed_in(cast.sam).post(address).status_code == 403
        assert signed_in(cast.sam).get(reverse("compose_pack", args=[meeting.pk])).status_code == 403
