"""Taking words, entries and files off the record, deciding on it, putting back and erasing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from committee.audit.models import AuditEntry
from recommendations.actions import corrections, withholdings
from recommendations.actions import recommendations as recs
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.actions.themes import add_theme
from recommendations.lifecycle import Priority, WithholdingGround, WithholdingState
from recommendations.models import Correction, EarlierValue, SealedText, Update, Withholding
from tests.factories import Cast, at

NAME = "Tamsin Quill"
WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It names a child."}


def withhold(cast: Cast, words: str = NAME, **details: Any) -> Withholding:
    return withholdings.withhold_words(by=cast.sam, words=words, **{**WHY, **details})


class TestWords:
    def test_leave_a_published_update_and_the_audit_trail(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), progress=f"We spoke to {NAME} (tamsin  quill) in May.")
        withholding = withhold(cast)
        update.refresh_from_db()
        day = "12 January 2026"
        assert update.progress == (
            f"We spoke to [withheld on {day}, no. {withholding.pk}]"
            f" ([withheld on {day}, no. {withholding.pk}b]) in May."
        )
        assert not AuditEntry.objects.filter(after__progress__icontains=NAME).exists()
        assert not AuditEntry.objects.filter(before__progress__icontains=NAME).exists()

    def test_are_put_back_byte_for_byte(self, cast: Cast) -> None:
        words = f"We spoke to {NAME} (tamsin  quill) in May."
        update = cast.published(cast.assignment(), progress=words)
        withholding = withhold(cast)
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Another person.")
        assert Update.objects.get(pk=update.pk).progress == words

    def test_are_erased_for_ever(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"We spoke to {NAME}.")
        withholding = withhold(cast)
        with pytest.raises(ActionDenied, match="second person confirms it first"):
            withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        withholding = withholdings.confirm_withholding(by=cast.carla, withholding=withholding)
        with pytest.raises(PermissionDenied):
            withholdings.erase_withholding(by=cast.carla, withholding=withholding)
        withholding = withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        assert withholding.state == WithholdingState.ERASED
        assert set(SealedText.objects.values_list("original", flat=True)) == {""}

    def test_cannot_be_decided_on_by_who_withheld_them(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"We spoke to {NAME}.")
        withholding = withhold(cast)
        with pytest.raises(ActionDenied, match="Somebody else"):
            withholdings.confirm_withholding(by=cast.sam, withholding=withholding)


def record(update: Update) -> str:
    return Update.objects.get(pk=update.pk).progress


class TestPlaces:
    def test_that_are_kept_keep_the_words_and_their_copies(self, cast: Cast) -> None:
        one = cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        other = cast.published(cast.assignment(), progress=f"{NAME} Street is closed.")
        withhold(cast, keep=[f"recommendations_update:{other.pk}:progress"])
        assert NAME not in record(one)
        assert record(other) == f"{NAME} Street is closed."
        assert AuditEntry.objects.filter(row_key=str(other.pk), after__progress__icontains=NAME).exists()
        assert not AuditEntry.objects.filter(row_key=str(one.pk), after__progress__icontains=NAME).exists()

    def test_cannot_all_be_kept(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        with pytest.raises(ActionDenied, match="Select at least one place"):
            withhold(cast, keep=[f"recommendations_update:{update.pk}:progress"])

    def test_there_must_be_one(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="stand nowhere"):
            withhold(cast)

    @pytest.mark.parametrize("field", ["public_reason", "private_note"])
    def test_are_not_made_by_the_reason(self, cast: Cast, field: str) -> None:
        cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        with pytest.raises(ActionDenied, match="Leave out the words") as denied:
            withhold(cast, **{field: f"About {NAME}"})
        assert denied.value.field == field

    def test_with_little_room_have_a_shorter_marker(self, cast: Cast) -> None:
        """The number of a recommendation has 20 characters, and a unique key."""
        inquiry = cast.inquiry()
        first = cast.recommendation(inquiry, number="Quill 1")
        second = cast.recommendation(inquiry, number="Quill 2")
        withholding = withhold(cast, "Quill")
        first.refresh_from_db()
        second.refresh_from_db()
        assert first.number == f"[withheld {withholding.pk}] 1"
        assert second.number == f"[withheld {withholding.pk}] 2"
        assert first.sort_key != second.sort_key

    def test_of_two_lines_are_looked_for_one_by_one(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), progress=f"{NAME}, born 3 May 2012, was there.")
        withhold(cast, f"{NAME}\n3 May 2012")
        assert NAME not in record(update)
        assert "2012" not in record(update)
        assert record(update).endswith("was there.")

    def test_that_hold_a_mark_which_somebody_typed_before_it_was_given(self, cast: Cast) -> None:
        """It stays as it was typed: what is withheld has another one."""
        nearly = withhold(cast, words=cast.published(cast.assignment(), progress="A first one.").progress)
        mark = f"[withheld on 12 January 2026, no. {nearly.pk + 1}]"
        words = f"{mark} says {NAME} of [withheld {nearly.pk + 1}b]."
        update = cast.published(cast.assignment(), progress=words)
        withholding = withhold(cast)
        assert withholding.pk == nearly.pk + 1
        assert record(update) == words.replace(NAME, f"[withheld on 12 January 2026, no. {withholding.pk}c]")
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Another person.")
        assert record(update) == words

    def test_that_were_given_to_something_else_meanwhile_are_not_put_back(self, cast: Cast) -> None:
        theme = add_theme(by=cast.sam, name="Quill Road")
        withholding = withhold(cast, "Quill")
        other = add_theme(by=cast.sam, name="Quill road")
        with pytest.raises(ActionDenied, match="Something was given the same name"):
            withholdings.put_back(by=cast.admin, withholding=withholding, reason="Another road.")
        theme.refresh_from_db()
        assert theme.name.startswith("[withheld on")
        assert Withholding.objects.get().is_waiting
        other.delete()
        withholdings.put_back(by=cast.admin, withholding=withholding, reason="Another road.")
        theme.refresh_from_db()
        assert theme.name == "Quill Road"

    def test_are_looked_for_by_a_few_lines_at_a_time(self, cast: Cast) -> None:
        with pytest.raises(ActionDenied, match="up to 50 lines") as denied:
            withhold(cast, "\n".join(f"Name {number}" for number in range(51)))
        assert denied.value.field == "words"


class TestWordsOfOurCode:
    """A name may be a word that our code keeps in JSON, such as the colour of a status or a part of a day."""

    @pytest.mark.parametrize("words", ["Green", "2026", "Standard", "31"])
    def test_stay_where_our_code_reads_them(self, cast: Cast, words: str) -> None:
        assignment = cast.assignment(priority=Priority.STANDARD, first_target_on=dt.date(2026, 3, 31))
        recommendation = assignment.recommendation
        for values in ({"priority": Priority.HIGH}, {"heading": f"About {words}"}):
            corrections.correct_recommendation(
                by=cast.sam, recommendation=recommendation, reason="Typed wrong", **values
            )
        corrections.correct_first_date(
            by=cast.sam, assignment=assignment, on=dt.date(2026, 4, 30), reason="Typed wrong"
        )
        kept = list(Correction.objects.order_by("pk").values_list("before", flat=True))
        withhold(cast, words)
        assert list(Correction.objects.order_by("pk").values_list("before", flat=True)) == kept
        recommendation.refresh_from_db()
        assert recommendation.heading.startswith("About [withheld on")
        assert (
            recommendation.corrections.get(after__has_key="heading").after["heading"]
            == recommendation.heading
        )
        assert EarlierValue.objects.filter(before__priority=Priority.STANDARD).exists()
        assert EarlierValue.objects.filter(before__first_target_on="2026-03-31").exists()


class TestOverlaps:
    WORDS = "Tamsin Quill of Hill School spoke. Tamsin Quill left."

    def both(self, cast: Cast) -> tuple[Update, Withholding, Withholding]:
        update = cast.published(cast.assignment(), progress=self.WORDS)
        inner = withhold(cast, "Quill")
        outer = withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)
        return update, inner, outer

    def back(self, cast: Cast, withholding: Withholding) -> None:
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")

    def test_are_put_back_the_last_first(self, cast: Cast) -> None:
        update, inner, outer = self.both(cast)
        self.back(cast, outer)
        assert record(update).count(f"no. {inner.pk}]") == 2
        self.back(cast, inner)
        assert record(update) == self.WORDS

    def test_are_put_back_the_first_first(self, cast: Cast) -> None:
        update, inner, outer = self.both(cast)
        self.back(cast, inner)
        assert "Quill" not in record(update)
        self.back(cast, outer)
        assert record(update) == self.WORDS

    def test_of_words_within_what_is_withheld_already(self, cast: Cast) -> None:
        """Also those of another text are then not brought back by putting the entry back."""
        update = cast.published(cast.assignment(), progress=self.WORDS)
        other = cast.published(cast.assignment(), progress="Quill again.")
        outer = withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)
        inner = withhold(cast, "Quill")
        self.back(cast, outer)
        assert "Quill" not in record(update)
        assert record(update).count(f"no. {inner.pk}]") == 2
        self.back(cast, inner)
        assert record(update) == self.WORDS
        assert record(other) == "Quill again."

    def test_are_erased_each_by_itself(self, cast: Cast) -> None:
        update, inner, outer = self.both(cast)
        inner = withholdings.confirm_withholding(by=cast.carla, withholding=inner)
        withholdings.erase_withholding(by=cast.admin, withholding=inner)
        self.back(cast, outer)
        assert record(update).count(f"no. {inner.pk}]") == 2
        assert not SealedText.objects.filter(original__contains="Quill").exists()


class TestEntry:
    def test_leaves_with_its_earlier_versions_and_copies(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        recommendation = cast.recommendation(
            inquiry,
            heading="A crossing for Anna",
            text="That Anna gets one.",
            success_measure="Anna says so.",
        )
        cast.publish(inquiry)
        recommendation.refresh_from_db()
        words = "That Anna gets a very good crossing."
        recommendation = recs.edit_recommendation(
            by=cast.sam, recommendation=recommendation, text=words, reason="Better", version=None
        )
        corrections.correct_recommendation(
            by=cast.sam, recommendation=recommendation, success_measure="", reason="Anna never agreed it"
        )
        withholding = withholdings.withhold_entry(by=cast.sam, entry=recommendation, **WHY)
        recommendation.refresh_from_db()
        change = recommendation.wordings.get()
        before = recommendation.corrections.get().before["success_measure"]
        for text in (recommendation.heading, recommendation.text, change.old_text, change.new_text, before):
            assert text.startswith("[withheld on 12 January 2026")
        assert recommendation.number == "1"
        for copies in (AuditEntry, EarlierValue):
            assert not any("anna" in str(row).lower() for row in copies.objects.values_list())
        withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")
        recommendation.refresh_from_db()
        assert recommendation.text == words
        assert recommendation.heading == "A crossing for Anna"

    def test_is_withheld_once(self, cast: Cast) -> None:
        update = cast.published(cast.assignment())
        withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)
        with pytest.raises(ActionDenied, match="withheld already"):
            withholdings.withhold_entry(by=cast.sam, entry=update, **WHY)


class TestRights:
    @pytest.mark.parametrize("who", ["colin", "olive", "ada", "nobody"])
    def test_others_withhold_nothing(self, cast: Cast, who: str) -> None:
        cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        with pytest.raises(PermissionDenied):
            withholdings.withhold_words(by=getattr(cast, who), words=NAME, **WHY)

    @pytest.mark.parametrize("who", ["oscar", "admin"])
    def test_of_another_committee_and_administrators_count(self, cast: Cast, who: str) -> None:
        update = cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        withholdings.withhold_words(by=getattr(cast, who), words=NAME, **WHY)
        assert NAME not in record(update)

    @pytest.mark.parametrize("who", ["colin", "nobody", "oscar"])
    def test_others_decide_nothing(self, cast: Cast, who: str) -> None:
        cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        withholding = withhold(cast)
        with pytest.raises(PermissionDenied):
            withholdings.confirm_withholding(by=getattr(cast, who), withholding=withholding)
        with pytest.raises(PermissionDenied):
            withholdings.put_back(by=getattr(cast, who), withholding=withholding, reason="Why")


class TestDecision:
    def test_is_due_in_the_working_days_of_the_setting(self, cast: Cast, settings: Any) -> None:
        settings.WITHHOLDING_DECIDED_WITHIN_DAYS = 5
        update = cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        withholding = withhold(cast)
        assert withholding.decide_by == dt.date(2026, 1, 19)
        with at(dt.date(2026, 1, 19)):
            assert not withholding.is_overdue
        with at(dt.date(2026, 1, 20)):
            assert withholding.is_overdue
            assert list(Withholding.objects.overdue()) == [withholding]
            assert NAME not in record(update)

    def test_is_made_once(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        withholding = withhold(cast)
        withholdings.confirm_withholding(by=cast.carla, withholding=withholding)
        with pytest.raises(ActionDenied, match="confirmed already"):
            withholdings.confirm_withholding(by=cast.admin, withholding=withholding)
        withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        with pytest.raises(ActionDenied, match="erased already"):
            withholdings.put_back(by=cast.carla, withholding=withholding, reason="Why")

    def test_says_nothing_of_what_was_taken(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        withholding = withhold(cast)
        with pytest.raises(ActionDenied, match="Leave out the words") as denied:
            withholdings.confirm_withholding(by=cast.carla, withholding=withholding, reason=f"Of {NAME}.")
        assert denied.value.field == "reason"

    def test_to_put_back_needs_a_reason(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"{NAME} is a child.")
        withholding = withhold(cast)
        with pytest.raises(ActionDenied, match="why it is put back"):
            withholdings.put_back(by=cast.carla, withholding=withholding, reason=" ")


def test_an_open_form_does_not_bring_the_words_back(cast: Cast) -> None:
    """Whoever has it open is told that the text changed meanwhile."""
    recommendation = cast.recommendation(cast.inquiry(), text=f"That {NAME} gets help.")
    opened_at = recommendation.version
    withhold(cast)
    with pytest.raises(EditConflict):
        recs.edit_recommendation(
            by=cast.sam, recommendation=recommendation, text=f"That {NAME} gets help soon.", version=opened_at
        )
