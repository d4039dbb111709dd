"""What was taken off the record is told to those who may decide on it, again once it is overdue."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.actions import withholdings
from recommendations.actions.put_back_proposals import agree_put_back, propose_put_back
from recommendations.lifecycle import NoticeKind, WithholdingGround
from recommendations.notifications.due import Due, everything
from tests.factories import Cast, at

pytestmark = pytest.mark.django_db


def told() -> list[Due]:
    return [one for one in everything() if one.kind == NoticeKind.WITHHELD]


def test_everybody_who_decides_but_who_withheld_it_is_told(cast: Cast) -> None:
    cast.published(cast.assignment(), progress="About Tamsin Quill.")
    withholding = withholdings.withhold_words(
        by=cast.oscar,
        words="Tamsin Quill",
        ground=WithholdingGround.PERSONAL_DATA,
        public_reason="It named a child.",
    )
    assert {one.to for one in told()} == {cast.sam.pk, cast.admin.pk}
    assert all("Tamsin" not in one.subject for one in told())
    with at(dt.date(2026, 1, 20)):
        overdue = [one for one in told() if one.about == f"withholding:{withholding.pk}:overdue"]
        assert {one.to for one in overdue} == {cast.sam.pk, cast.admin.pk}
        assert "It stays withheld" in overdue[0].subject
    withholdings.confirm_withholding(by=cast.carla, withholding=withholding)
    assert told() == []
    propose_put_back(by=cast.carla, withholding=withholding, reason="The order ended.")
    assert {one.to for one in told()} == {cast.sam.pk, cast.admin.pk}
    assert all("proposes to put it back" in one.subject and "order" not in one.subject for one in told())
    agree_put_back(by=cast.sam, withholding=withholding)
    assert told() == []


def test_who_proposes_to_put_it_back_is_not_told_of_it(cast: Cast) -> None:
    cast.published(cast.assignment(), progress="About Tamsin Quill.")
    withholding = withholdings.withhold_words(
        by=cast.sam,
        words="Tamsin Quill",
        ground=WithholdingGround.PERSONAL_DATA,
        public_reason="It named a child.",
    )
    withholdings.confirm_withholding(by=cast.carla, withholding=withholding)
    propose_put_back(by=cast.sam, withholding=withholding, reason="The order ended.")
    assert {one.to for one in told()} == {cast.admin.pk}
