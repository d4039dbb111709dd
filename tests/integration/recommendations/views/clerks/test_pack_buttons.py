"""Buttons of packs: what they say when they are refused, or when somebody changed the pack meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from recommendations.actions import pack_templates, packs
from recommendations.actions.base import ActionDenied
from recommendations.models import Meeting, Pack, PackTemplate
from recommendations.views.clerks import packs as views
from tests.clients import signed_in, words_of
from tests.factories import Cast, fresh


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(dt.date(2026, 1, 26))


@pytest.fixture
def pack(cast: Cast, meeting: Meeting) -> Pack:
    chosen = [cast.assignment().recommendation_id]
    return packs.compose_pack(by=fresh(cast.carla), meeting=meeting, title="Progress", selection=chosen)


@pytest.mark.parametrize(
    ("route", "told"),
    [
        ("build_pack", "Look at it, then make it"),
        ("release_pack", "Look at it, then choose again"),
        ("discard_pack", "Look at it before you throw it away"),
    ],
)
def test_a_pack_that_somebody_changed_meanwhile(cast: Cast, pack: Pack, route: str, told: str) -> None:
    address = reverse(route, args=[pack.pk])
    answer = signed_in(cast.carla).post(address, {"version": pack.version + 1}, follow=True)
    assert answer.redirect_chain == [(reverse("pack", args=[pack.pk]), 302)]
    assert f"Somebody changed this pack meanwhile. {told}" in words_of(answer)
    assert Pack.objects.get().state == "draft"


def test_a_template_that_somebody_changed_meanwhile(cast: Cast, pack: Pack) -> None:
    template = pack_templates.save_template(by=fresh(cast.carla), pack=pack, name="Quarterly")
    address = reverse("remove_template", args=[template.pk])
    answer = signed_in(cast.carla).post(address, {"version": template.version + 1}, follow=True)
    assert answer.redirect_chain == [(reverse("pack_templates"), 302)]
    assert "Somebody changed this template meanwhile" in words_of(answer)
    assert PackTemplate.objects.exists()


def test_an_order_that_fits_no_longer(cast: Cast, pack: Pack) -> None:
    [chosen], address = pack.selection, reverse("order_pack", args=[pack.pk])
    sent = {"version": pack.version + 1, f"place-{chosen}": "7"}
    page = signed_in(cast.carla).post(address, sent)
    assert "This is how it is now: choose again" in words_of(page)
    assert f'name="place-{chosen}" value="1"' in page.content.decode()


def test_a_pack_that_cannot_be_made_at_once_is_kept_once(
    cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_values: object) -> Pack:
        raise ActionDenied("Select at least one section", "sections")

    monkeypatch.setattr(views, "request_build", refuse)
    cast.assignment()
    sent = {"title": "A pack", "edition": "public", "start": "open", "sections": ["summary"], "do": "make"}
    answer = signed_in(cast.carla).post(reverse("compose_pack", args=[meeting.pk]), sent, follow=True)
    assert answer.redirect_chain == [(reverse("pack", args=[Pack.objects.get().pk]), 302)]
    assert "Select at least one section" in words_of(answer)
