"""The pages on which something is taken off the record, decided on, and looked for again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import withholdings
from recommendations.actions.corrections import correct_recommendation
from recommendations.actions.evidence import add_document
from recommendations.actions.put_back_proposals import propose_put_back, withdraw_put_back
from recommendations.lifecycle import WithholdingGround
from recommendations.models import Recommendation, Update, Withholding
from tests.clients import form_values, hidden, signed_in, text_of, words_of
from tests.factories import Cast, at

NAME = "Tamsin Quill"
WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It named a child."}
FORM: dict[str, Any] = {"words": NAME, **WHY, "private_note": "A parent rang."}


@pytest.fixture(autouse=True)
def without_a_second_step(settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False


@pytest.fixture
def update(cast: Cast) -> Update:
    return cast.published(cast.assignment(), progress=f"About {NAME}.")


def withheld(cast: Cast) -> Withholding:
    return withholdings.withhold_words(by=cast.sam, words=NAME, private_note="A parent rang.", **WHY)


class TestWords:
    def test_are_shown_in_their_places_first(self, cast: Cast, update: Update) -> None:
        page = signed_in(cast.sam).post(reverse("withhold_words"), FORM)
        assert f"About {NAME} ." in words_of(page)
        values = form_values(page)
        assert values["places"] == values["shown"] == [f"recommendations_update:{update.pk}:progress"]
        assert not Withholding.objects.exists()

    def test_stay_where_the_box_is_not_ticked(self, cast: Cast, update: Update) -> None:
        other = cast.published(cast.assignment(), progress=f"{NAME} Street is closed.")
        client = signed_in(cast.sam)
        values = form_values(client.post(reverse("withhold_words"), FORM))
        values["places"].remove(f"recommendations_update:{other.pk}:progress")
        client.post(reverse("withhold_words"), {**values, "withhold": "yes"})
        assert NAME in Update.objects.get(pk=other.pk).progress
        assert NAME not in Update.objects.get(pk=update.pk).progress

    def test_may_be_changed_after_the_check(self, cast: Cast, update: Update) -> None:
        client = signed_in(cast.sam)
        values = form_values(client.post(reverse("withhold_words"), FORM))
        page = client.post(reverse("withhold_words"), {**values, "change": "yes"})
        assert form_values(page)["words"][0].strip() == NAME
        assert form_values(page)["private_note"][0].strip() == "A parent rang."

    def test_that_stand_nowhere_are_said_to(self, cast: Cast) -> None:
        page = signed_in(cast.sam).post(reverse("withhold_words"), FORM)
        assert "These words stand nowhere on the record" in words_of(page)
        assert form_values(page)["words"][0].strip() == NAME

    def test_in_the_reason_are_refused_and_nothing_is_lost(self, cast: Cast, update: Update) -> None:
        client = signed_in(cast.sam)
        form = {**FORM, "public_reason": f"It named {NAME}."}
        page = client.post(reverse("withhold_words"), {**form, "withhold": "yes"})
        assert "Leave out the words themselves" in words_of(page)
        assert form_values(page)["private_note"][0].strip() == "A parent rang."

    def test_of_places_that_somebody_may_not_see_are_counted(self, cast: Cast) -> None:
        """Oscar does not serve the committee whose inquiry is in private."""
        recommendation = cast.recommendation(cast.inquiry(), text=f"That {NAME} gets help.")
        client = signed_in(cast.oscar)
        page = client.post(reverse("withhold_words"), FORM)
        assert "gets help" not in words_of(page)
        assert "recommendation (1)" in words_of(page)
        client.post(reverse("withhold_words"), {**FORM, "withhold": "yes"})
        assert NAME not in Recommendation.objects.get(pk=recommendation.pk).text
        assert "gets help" not in words_of(
            client.get(reverse("withholding", args=[Withholding.objects.get().pk]))
        )

    def test_in_what_was_corrected_are_shown_as_they_read(self, cast: Cast) -> None:
        row = cast.assignment(success_measure=f"{NAME} is safe.").recommendation
        correct_recommendation(
            by=cast.sam, recommendation=row, success_measure="Safe.", reason="It named a child."
        )
        page = signed_in(cast.sam).post(reverse("withhold_words"), FORM)
        [place] = [one for one in page.context["places"].shown if one.thing == "Correction"]
        assert (place.before, place.words, place.after) == ("", NAME, " is safe.")

    def test_are_marked_wherever_they_stand_in_a_text(self, cast: Cast) -> None:
        far = "It went on for long. " * 20
        cast.published(cast.assignment(), progress=f"{NAME} came; tamsin quill left. {far}{NAME}.")
        page = signed_in(cast.sam).post(reverse("withhold_words"), FORM)
        [place] = page.context["places"].shown
        assert [text for text, marked in place.pieces if marked] == [NAME, "tamsin quill", NAME]
        assert text_of(page).count("<mark>") == place.count == 3


class TestEntry:
    def test_is_withheld_from_its_link_on_the_record(self, cast: Cast, update: Update) -> None:
        client = signed_in(cast.sam)
        address = reverse("withhold_entry", args=["update", update.pk])
        record = reverse("recommendation", args=[update.assignment.recommendation_id])
        assert address in client.get(record).content.decode()
        assert address not in Client().get(record).content.decode()
        assert f"About {NAME}." in words_of(client.get(address))
        client.post(address, WHY)
        assert Update.objects.get(pk=update.pk).progress.startswith("[withheld on 12 January 2026")
        assert "withheld already" in words_of(client.get(address))

    @pytest.mark.parametrize("kind", ["user", "email", "auditentry", "pack", "withholding", "nothing"])
    def test_of_no_record_is_not_found(self, cast: Cast, kind: str) -> None:
        assert signed_in(cast.sam).get(reverse("withhold_entry", args=[kind, 1])).status_code == 404


class TestFile:
    def test_shows_where_its_title_stands_for_something_else(self, cast: Cast) -> None:
        title = "Note of what was delivered"
        part = cast.assignment(heading=title)
        document = add_document(
            by=cast.sam, to=part.recommendation.inquiry, title=title, url="https://example.org/note"
        )
        where = reverse("withhold_file", args=[document.pk])
        page = signed_in(cast.sam).get(where)
        [place] = [one for one in page.context["places"].shown if one.thing == "Recommendation"]
        assert "Words such as those of its title stand elsewhere too." in words_of(page)
        data = {
            "ground": "copyright",
            "public_reason": "No licence.",
            "with_title": "on",
            "shown": place.name,
        }
        assert signed_in(cast.sam).post(where, data).status_code == 302
        document.refresh_from_db()
        assert document.title.startswith("[withheld on")
        part.recommendation.refresh_from_db()
        assert part.recommendation.heading == title
        read = words_of(Client().get(reverse("inquiry", args=[part.recommendation.inquiry_id])))
        assert f"Document withheld, no. {document.withholding_id}" in read


class TestDecision:
    def test_is_not_offered_to_who_withheld_it(self, cast: Cast, update: Update) -> None:
        withholding = withheld(cast)
        page = signed_in(cast.sam).get(reverse("withholding", args=[withholding.pk]))
        assert "a colleague decides on it" in words_of(page)
        where = reverse("confirm_withholding", args=[withholding.pk])
        opened = signed_in(cast.sam).get(where)
        assert "You withheld this, so a colleague decides on it." in words_of(opened)
        assert "Confirm</button>" not in text_of(opened)
        answer = signed_in(cast.sam).post(where, {"version": withholding.version})
        assert "Somebody else than the person who withheld it" in words_of(answer)

    def test_waits_on_the_workspace_and_is_said_to_be_overdue(self, cast: Cast, update: Update) -> None:
        withholdings.withhold_words(by=cast.oscar, words=NAME, **WHY)
        assert "To be decided by" not in words_of(signed_in(cast.oscar).get(reverse("workspace")))
        for who, where in (
            (cast.sam, "workspace"),
            (cast.carla, "meetings"),
            (cast.admin, "administration"),
            (cast.sam, "withholdings"),
        ):
            page = words_of(signed_in(who).get(reverse(where)))
            assert "Overdue" not in page
            assert "To be decided by 19 January 2026." in page, where
            with at(dt.date(2026, 1, 20)):
                page = words_of(signed_in(who).get(reverse(where)))
                assert "A decision was due by 19 January 2026. It stays withheld." in page, where

    def test_leads_to_erasing_and_to_looking_again(self, cast: Cast, update: Update) -> None:
        withholding = withheld(cast)
        client = signed_in(cast.carla)
        confirm = reverse("confirm_withholding", args=[withholding.pk])
        client.post(confirm, {**form_values(client.get(confirm)), "reason": "Right."})
        admin = signed_in(cast.admin)
        erase = reverse("erase_withholding", args=[withholding.pk])
        admin.post(erase, form_values(admin.get(erase)))
        again = reverse("search_again", args=[withholding.pk])
        assert "nobody has the words any more" in words_of(admin.get(again))
        form = {**form_values(admin.get(again)), "words": NAME}
        assert "These words stand nowhere else on the record." in words_of(admin.post(again, form))
        cast.draft(cast.assignment(), progress=f"{NAME} once more.")
        assert "Found in" in words_of(admin.post(again, form))


class TestPuttingBack:
    """What is confirmed is put back by two, on pages of their own."""

    @pytest.fixture
    def where(self, cast: Cast, update: Update) -> str:
        withholding = withholdings.confirm_withholding(by=cast.carla, withholding=withheld(cast))
        return reverse("withholding", args=[withholding.pk])

    def step(self, who: User, name: str, **form: str) -> str:
        withholding = Withholding.objects.get()
        form = {"version": str(withholding.version)} | form
        return words_of(signed_in(who).post(reverse(name, args=[withholding.pk]), form, follow=True))

    def test_is_proposed_by_one_and_agreed_by_another(self, cast: Cast, update: Update, where: str) -> None:
        assert "Propose to put back" in words_of(signed_in(cast.carla).get(where))
        read = self.step(cast.carla, "propose_put_back", reason="The order ended.")
        assert "It stays off the record until another person agrees" in read
        assert "so a colleague agrees or declines" in read
        assert "Erase for ever" not in words_of(signed_in(cast.admin).get(where))
        assert "Somebody else than the person who proposed it" in self.step(cast.carla, "agree_put_back")
        assert "order ended" not in words_of(Client().get(where))
        for who, page in (
            (cast.sam, "workspace"),
            (cast.admin, "administration"),
            (cast.sam, "withholdings"),
        ):
            assert "somebody proposes to put it back" in words_of(signed_in(who).get(reverse(page))), page
        assert "somebody proposes" not in words_of(signed_in(cast.carla).get(reverse("meetings")))
        assert "Agree to put back" in words_of(signed_in(cast.sam).get(where))
        page = words_of(signed_in(cast.sam).get(reverse("agree_put_back", args=where.split("/")[-2:-1])))
        for words in ("Carla Clerk proposed to put it back, 12 January 2026", "The order ended."):
            assert words in page
        assert "It is on the record again as it was" in self.step(cast.sam, "agree_put_back")
        assert NAME in Update.objects.get(pk=update.pk).progress
        assert "12 January 2026: The order ended." in words_of(Client().get(where))

    def test_is_declined_or_withdrawn(self, cast: Cast, update: Update, where: str) -> None:
        self.step(cast.carla, "propose_put_back", reason="The order ended.")
        read = self.step(cast.sam, "decline_put_back", reason="It did not.")
        for words in (
            "Proposals to put it back",
            "The order ended.",
            "Declined",
            "It did not.",
            "Sam Scrutiny",
        ):
            assert words in read
        assert "It did not." not in words_of(Client().get(where))
        self.step(cast.carla, "propose_put_back", reason="Now it did.")
        assert "Your proposal is withdrawn" in self.step(cast.carla, "withdraw_put_back")
        assert NAME not in Update.objects.get(pk=update.pk).progress

    @pytest.mark.parametrize(
        "name",
        ["confirm_withholding", "put_back", "propose_put_back", "agree_put_back", "decline_put_back"],
    )
    def test_is_not_for_the_staff_of_other_committees(self, cast: Cast, where: str, name: str) -> None:
        client = signed_in(cast.oscar)
        address = reverse(name, args=where.split("/")[-2:-1])
        for answer in (client.get(address), client.post(address, {"reason": "Why"})):
            assert answer.status_code == 403
            assert "The staff of the committee whose record it is" in words_of(answer)


class TestTwoTabs:
    """Somebody decides meanwhile: the stale page does nothing, and says what happened."""

    MEANWHILE = "Nothing was done, because this was changed since you opened the page: "

    @pytest.mark.parametrize("name", ["confirm_withholding", "put_back"])
    def test_on_what_was_confirmed_meanwhile(self, cast: Cast, update: Update, name: str) -> None:
        withholding = withheld(cast)
        client, where = signed_in(cast.carla), reverse(name, args=[withholding.pk])
        opened = form_values(client.get(where))
        withholdings.confirm_withholding(by=cast.admin, withholding=withholding, reason="Right.")
        page = client.post(where, {**opened, "reason": "Why"})
        said = f"{self.MEANWHILE}Ann Administrator confirmed it, 12 January 2026 at midday"
        assert said in words_of(page)
        assert "There is nothing to decide here now." in words_of(page)
        assert NAME not in Update.objects.get(pk=update.pk).progress
        assert Withholding.objects.get().decided_by == cast.admin

    def test_on_another_proposal_than_the_one_that_was_read(self, cast: Cast, update: Update) -> None:
        withholding = withholdings.confirm_withholding(by=cast.carla, withholding=withheld(cast))
        propose_put_back(by=cast.carla, withholding=withholding, reason="The order ended.")
        client, where = signed_in(cast.sam), reverse("agree_put_back", args=[withholding.pk])
        opened = form_values(client.get(where))
        withdraw_put_back(by=cast.carla, withholding=withholding)
        propose_put_back(by=cast.admin, withholding=withholding, reason="It was a slip.")
        page = client.post(where, opened)
        assert f"{self.MEANWHILE}Ann Administrator proposed to put it back" in words_of(page)
        assert "It was a slip." in words_of(page)
        assert NAME not in Update.objects.get(pk=update.pk).progress
        client.post(where, form_values(page))
        assert NAME in Update.objects.get(pk=update.pk).progress

    def test_erases_nothing_that_somebody_proposes_to_put_back(self, cast: Cast, update: Update) -> None:
        withholding = withholdings.confirm_withholding(by=cast.carla, withholding=withheld(cast))
        client, where = signed_in(cast.admin), reverse("erase_withholding", args=[withholding.pk])
        opened = form_values(client.get(where))
        propose_put_back(by=cast.carla, withholding=withholding, reason="The order ended.")
        page = client.post(where, opened)
        assert f"{self.MEANWHILE}Carla Clerk proposed to put it back" in words_of(page)
        assert Withholding.objects.get().is_confirmed

    def test_withdraws_nothing_else(self, cast: Cast, update: Update) -> None:
        withholding = withholdings.confirm_withholding(by=cast.carla, withholding=withheld(cast))
        opened = propose_put_back(by=cast.carla, withholding=withholding, reason="The order ended.")
        withdraw_put_back(by=cast.carla, withholding=withholding)
        propose_put_back(by=cast.carla, withholding=withholding, reason="Now it did.")
        where = reverse("withdraw_put_back", args=[withholding.pk])
        page = signed_in(cast.carla).post(where, {"version": opened.version}, follow=True)
        assert f"{self.MEANWHILE}Carla Clerk proposed to put it back" in words_of(page)
        assert Withholding.objects.get().proposal is not None

    def test_looks_for_nothing_that_was_put_back(self, cast: Cast, update: Update) -> None:
        """Its spellings are on the record rightly, as it is."""
        cast.response(update.assignment, text="T. Quill has a worker.")
        withholding = withheld(cast)
        client, again = signed_in(cast.carla), reverse("search_again", args=[withholding.pk])
        page = client.get(again)
        form = {name: hidden(page, name) for name in ("again", "version")} | WHY
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="It was right.")
        page = client.post(reverse("withhold_words"), {**form, "add": ["T. Quill"]}, follow=True)
        assert f"{self.MEANWHILE}Carla Clerk put it back" in words_of(page)
        assert "It was put back, so what it took stands on the record again." in words_of(client.get(again))

    def test_looks_for_typed_words_as_it_stands(self, cast: Cast, update: Update) -> None:
        withholding = withheld(cast)
        client, again = signed_in(cast.oscar), reverse("search_again", args=[withholding.pk])
        form = form_values(client.get(again))
        withholdings.confirm_withholding(by=cast.carla, withholding=withholding)
        page = client.post(again, {**form, "words": NAME})
        assert f"{self.MEANWHILE}Carla Clerk confirmed it" in words_of(page)
        assert "stand nowhere else" not in words_of(page)


class TestPublicPage:
    def test_says_why_and_never_what(self, cast: Cast, update: Update) -> None:
        withholding = withheld(cast)
        for where in (reverse("withholdings"), reverse("withholding", args=[withholding.pk])):
            page = words_of(Client().get(where))
            assert "It named a child." in page
            assert "Personal data of a living person" in page
            for secret in (NAME, "A parent rang", "Sam Scrutiny"):
                assert secret not in page

    def test_tells_those_with_the_right_more(self, cast: Cast, update: Update) -> None:
        where = reverse("withholding", args=[withheld(cast).pk])
        page = words_of(signed_in(cast.carla).get(where))
        assert NAME in page
        assert "A parent rang." in page
        page = words_of(signed_in(cast.oscar).get(where))
        assert NAME not in page
        assert "1 text withheld. The staff of the committee whose record it is can read it." in page
        assert "The staff of the committee whose record it is decide on this, or an administrator." in page
        assert "Put back" not in page
        again = signed_in(cast.oscar).get(reverse("search_again", args=[Withholding.objects.get().pk]))
        assert "Type words to look for them." in words_of(again)
        assert NAME not in words_of(again)

    def test_does_not_lead_to_itself(self, cast: Cast, update: Update) -> None:
        where = reverse("withholding", args=[withheld(cast).pk])
        page = signed_in(cast.carla).get(where)
        assert f"[withheld on 12 January 2026, no. {page.context['withholding'].pk}]" in words_of(page)
        assert f'href="{where}"' not in text_of(page)
