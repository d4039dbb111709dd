"""The milestones of an assignment."""

from __future__ import annotations

from django.urls import reverse

from committee import clock
from recommendations.actions import corrections
from tests.clients import signed_in, text_of, words_of


class TestMilestones:
    def test_steps_are_added_ticked_and_removed(self, cast, assignment):
        address = reverse("milestones", args=[assignment.pk])
        client = signed_in(cast.olive)
        client.post(address, {"do": "add", "new-words": "Design"})
        client.post(address, {"do": "add", "new-words": "Build"})
        design, build = assignment.milestones.order_by("pk")
        client.post(address, {"do": "tick", "milestones": [design.pk], "before": ""})
        client.post(address, {"do": f"remove-{build.pk}"})
        assert [step.done_on for step in assignment.milestones.all()] == [clock.today()]
        assert "Enter what the step is" in client.post(address, {"do": "add"}).content.decode()
        assert client.post(address, {"do": "remove-987654"}).status_code == 404

    def test_steps_of_what_is_withdrawn_are_only_read(self, cast, assignment):
        address = reverse("milestones", args=[assignment.pk])
        client = signed_in(cast.olive)
        client.post(address, {"do": "add", "new-words": "Design"})
        corrections.withdraw_recommendation(
            by=cast.sam, recommendation=assignment.recommendation, reason="By mistake."
        )
        page = client.get(address)
        assert "Design" in words_of(page)
        assert 'name="do"' not in text_of(page)
        step = assignment.milestones.get()
        answer = client.post(address, {"do": "tick", "milestones": [step.pk], "before": ""}, follow=True)
        assert words_of(answer).count("published by mistake and is withdrawn") == 2
        assert assignment.milestones.get().done_on is None
