"""The milestones of an assignment."""

from __future__ import annotations

from django.urls import reverse

from committee import clock
from tests.clients import signed_in


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
