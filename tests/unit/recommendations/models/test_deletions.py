"""What is on the record, or tells what was asked of whom, is not deleted, past all our code."""

from __future__ import annotations

import datetime as dt

import pgtrigger
import pytest
from django.db import models

from recommendations.actions import bodies, milestones, reviews
from recommendations.lifecycle import BodyKind
from recommendations.models import (
    EarlierValue,
    Milestone,
    Notice,
    RespondentLink,
    Review,
    Theme,
    UpdateRequest,
)
from script.postgres import SITE_ROLE
from tests.database_guards import our_models, refused, run, triggers_on
from tests.factories import TODAY, Cast

MAY_BE_DELETED = {
    "RecommendationTheme": "themes are tidied up: which one had before is kept as an earlier value",
    "Membership": "it says who may do what now: who might do it before is in the audit trail",
    "NoticeSettings": "which mail a person wishes",
    "ImportAnswer": "the lines of the import say what became of what was answered",
    "PackTemplate": "a clerk's own arrangement, of no pack that was made",
}
"""The tables of which any row may be deleted, and why. Of all others the database refuses to, or of those on the record."""


@pytest.mark.parametrize("model", our_models(), ids=lambda one: one.__name__)
def test_nothing_of_the_record_is_deleted(model: type[models.Model]) -> None:
    guards = [
        one
        for one in triggers_on(model)
        if "DELETE" in str(one.operation)
        and "RAISE EXCEPTION" in str(one.func)
        and one.level == pgtrigger.Row
    ]
    name = {"Recommendation_themes": "RecommendationTheme"}.get(model.__name__, model.__name__)
    assert bool(guards) != (name in MAY_BE_DELETED), "Guard it, or say why not"


@pytest.mark.usefixtures("site_role")
class TestDeleting:
    @pytest.mark.parametrize("model", [UpdateRequest, Review, Review.inquiries.through])
    def test_what_bodies_were_asked_is_refused(self, cast: Cast, model: type[models.Model]) -> None:
        part = cast.assignment()
        reviews.open_review(
            by=cast.sam,
            committee=cast.committee,
            title="Six months on",
            due_on=TODAY + dt.timedelta(days=30),
            inquiries=[part.recommendation.inquiry],
        )
        assert model._default_manager.exists()
        refused("never deleted", f"DELETE FROM {model._meta.db_table}")

    def test_a_post_and_a_body_is_refused(self, cast: Cast) -> None:
        bodies.add_post(by=cast.admin, body=cast.cabinet, title="Cabinet Member")
        bodies.add_body(by=cast.admin, name="A trust", kind=BodyKind.BOARD)
        for table in ("recommendations_post", "recommendations_body"):
            refused("never deleted", f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")

    def test_a_meeting_is_refused(self, cast: Cast) -> None:
        cast.meeting(TODAY)
        refused("never deleted", "DELETE FROM recommendations_meeting")

    def test_a_link_and_what_was_told_is_refused(self, cast: Cast) -> None:
        cast.link(cast.school)
        Notice.objects.create(to=cast.olive, kind="asked", about="request:1", subject="Asked")
        for model in (RespondentLink, Notice):
            refused("never deleted", f"DELETE FROM {model._meta.db_table}")

    def test_a_step_that_is_done_is_refused(self, cast: Cast) -> None:
        part = cast.assignment()
        step = milestones.add_milestone(by=cast.olive, assignment=part, words="Paint it")
        milestones.tick_milestones(by=cast.olive, assignment=part, done=[step.pk])
        refused("Steps that are done are never deleted", "DELETE FROM recommendations_milestone")

    def test_a_step_that_is_only_planned_is_kept_as_it_was(self, cast: Cast) -> None:
        milestones.add_milestone(by=cast.olive, assignment=cast.assignment(), words="Paint it")
        run(f"SET ROLE {SITE_ROLE}")
        run("DELETE FROM recommendations_milestone")
        assert not Milestone.objects.exists()
        [kept] = EarlierValue.objects.filter(removed=True, table_name="recommendations_milestone")
        assert kept.before["words"] == "Paint it"

    def test_a_theme_that_a_recommendation_had_is_refused(self, cast: Cast) -> None:
        recommendation = cast.assignment(new_themes=["Roads"]).recommendation
        recommendation.themes.clear()
        assert Theme.objects.exists()
        refused("Themes that a recommendation had", "DELETE FROM recommendations_theme")
