"""Taking words, entries and files off the record, deciding on it, putting back and erasing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from committee.audit.models import AuditEntry
from recommendations.actions import withholdings
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import WithholdingGround, WithholdingState
from recommendations.models import SealedText, Update, Withholding
from tests.factories import Cast

NAME = "Tamsin Quill"
WHY = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It names a child."}


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
        assert not AuditEntry.objects.filter(after__progress__contains=NAME).exists()
        assert not AuditEntry.objects.filter(before__progress__contains=NAME).exists()

    def test_are_put_back_byte_for_byte(self, cast: Cast) -> None:
        words = f"We spoke to {NAME} (tamsin  quill) in May."
        update = cast.published(cast.assignment(), progress=words)
        withholding = withhold(cast)
        withholdings.put_back(by=cast.oscar, withholding=withholding, reason="Another person.")
        assert Update.objects.get(pk=update.pk).progress == words

    def test_are_erased_for_ever(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"We spoke to {NAME}.")
        withholding = withhold(cast)
        with pytest.raises(ActionDenied, match="second person confirms it first"):
            withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        withholding = withholdings.confirm_withholding(by=cast.oscar, withholding=withholding)
        with pytest.raises(PermissionDenied):
            withholdings.erase_withholding(by=cast.oscar, withholding=withholding)
        withholding = withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        assert withholding.state == WithholdingState.ERASED
        assert set(SealedText.objects.values_list("original", flat=True)) == {""}

    def test_cannot_be_decided_on_by_who_withheld_them(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"We spoke to {NAME}.")
        withholding = withhold(cast)
        with pytest.raises(ActionDenied, match="Somebody else"):
            withholdings.confirm_withholding(by=cast.sam, withholding=withholding)
