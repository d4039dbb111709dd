"""What looks like personal data is pointed out to whoever puts it on the record, who says that they looked at it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from recommendations.actions import responses, updates
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import Decision, UpdateState
from recommendations.models import Assignment, Response, Update
from tests.clients import boxes, signed_in, text_of
from tests.factories import NOON, Cast

TELLING = {"progress": "Anna Example (3 May 2011) was seen at 12 Mill Lane."}
TICK = "Tick that you looked at what may be personal data"


@pytest.fixture
def telling(cast: Cast) -> Update:
    return cast.submitted(cast.assignment(), **TELLING)


def publish(cast: Cast, update: Update, **sent: Any) -> str:
    address = reverse("approval", args=[update.pk])
    form = {"do": "publish", "version": update.version} | sent
    return text_of(signed_in(cast.ada).post(address, form, follow=True))


class TestOneUpdate:
    def test_it_is_pointed_out_and_asked_for(self, cast: Cast, telling: Update) -> None:
        page = publish(cast, telling)
        assert TICK in page
        assert "“Anna Example (3 May 2011” looks like a name with a date" in page
        assert "“12 Mill Lane” looks like an address" in page
        telling.refresh_from_db()
        assert telling.state == UpdateState.SUBMITTED

    def test_once_looked_at_it_is_published_and_the_record_says_so(self, cast: Cast, telling: Update) -> None:
        publish(cast, telling, looked_at="on")
        telling.refresh_from_db()
        assert (telling.state, telling.personal_data_looked_at) == (UpdateState.PUBLISHED, True)

    def test_nothing_is_asked_where_nothing_is_found(self, cast: Cast) -> None:
        update = cast.submitted(cast.assignment())
        page = signed_in(cast.ada).get(reverse("approval", args=[update.pk]))
        assert "looked_at" not in page.content.decode()
        publish(cast, update)
        update.refresh_from_db()
        assert (update.state, update.personal_data_looked_at) == (UpdateState.PUBLISHED, False)

    def test_returning_it_asks_nothing(self, cast: Cast, telling: Update) -> None:
        publish(cast, telling, do="return", reason="Leave out the name")
        telling.refresh_from_db()
        assert telling.state == UpdateState.RETURNED

    def test_evidence_with_a_name_is_pointed_out(self, cast: Cast) -> None:
        draft = cast.draft(cast.assignment())
        draft.evidence.create(
            title="Letter of anna@example.org", url="https://example.org/", added_by=cast.olive
        )
        update = updates.submit_update(by=cast.olive, update=draft)
        assert "“anna@example.org” looks like an e-mail address" in publish(cast, update)


class TestSeveralUpdates:
    def test_each_that_is_ticked_must_be_looked_at(self, cast: Cast, telling: Update) -> None:
        plain = cast.submitted(cast.assignment())
        address, client = reverse("publish_all"), signed_in(cast.ada)
        keys = [f"{update.pk}-{update.version}" for update in (telling, plain)]
        page = client.post(address, {"updates": keys})
        reference = telling.assignment.recommendation.reference
        assert f"{reference}: tick that you looked" in text_of(page)
        assert Update.objects.published().count() == 0
        client.post(address, {"updates": keys, "looked_at": keys[:1]})
        assert Update.objects.published().count() == 2

    def test_one_that_is_left_out_need_not_be(self, cast: Cast, telling: Update) -> None:
        plain = cast.submitted(cast.assignment())
        signed_in(cast.ada).post(reverse("publish_all"), {"updates": [f"{plain.pk}-{plain.version}"]})
        assert list(Update.objects.published()) == [plain]

    def test_what_was_ticked_stays_so(self, cast: Cast, telling: Update) -> None:
        plain = cast.submitted(cast.assignment())
        page = signed_in(cast.ada).post(
            reverse("publish_all"), {"updates": [f"{telling.pk}-{telling.version}"]}
        )
        assert page.content.decode().count(" checked") == 1
        assert f'id="update-{plain.pk}">' in page.content.decode()


def test_a_body_without_approver_is_asked_when_it_submits(cast: Cast) -> None:
    cast.cabinet.publishes_without_approver = True
    cast.cabinet.save()
    draft = cast.draft(cast.assignment(), **TELLING)
    address = reverse("preview_update", args=[draft.pk])
    page = signed_in(cast.olive).post(address, {"version": draft.version})
    assert TICK in text_of(page)
    draft.refresh_from_db()
    assert draft.state == UpdateState.DRAFT
    signed_in(cast.olive).post(address, {"version": draft.version, "looked_at": "on"})
    draft.refresh_from_db()
    assert draft.state == UpdateState.PUBLISHED


def test_the_writer_is_told_while_typing(cast: Cast) -> None:
    assignment = cast.assignment()
    typed = boxes("as_at", NOON.date()) | {"claim": "on_track"} | TELLING
    answer = signed_in(cast.olive).post(
        reverse("log_update", args=[assignment.pk]), typed, headers={"X-Autosave": "1"}
    )
    assert answer.json()["noticed"] == [
        "What has been done: “12 Mill Lane” looks like an address",
        "What has been done: “Anna Example (3 May 2011” looks like a name with a date",
    ]


class TestResponses:
    ANSWER = {"decision": "rejected", "reason": "Ring 01494 123456."}

    @pytest.fixture
    def assignment(self, cast: Cast) -> Assignment:
        return cast.assignment()

    def address(self, assignment: Assignment) -> str:
        return f"{reverse('record_response')}?assignment={assignment.pk}"

    def test_committee_support_is_asked(self, cast: Cast, assignment: Assignment) -> None:
        sent = self.ANSWER | boxes("decided_on", NOON.date())
        page = signed_in(cast.sam).post(self.address(assignment), sent)
        assert TICK in text_of(page)
        assert "“01494 123456” looks like a phone number" in text_of(page)
        assert not Response.objects.exists()
        signed_in(cast.sam).post(self.address(assignment), sent | {"looked_at": "on"})
        assert Response.objects.get().personal_data_looked_at

    def test_so_is_whoever_calls_the_action(self, cast: Cast, assignment: Assignment) -> None:
        said: dict[str, Any] = self.ANSWER | {"assignments": [assignment], "decided_on": NOON.date()}
        with pytest.raises(ActionDenied, match=TICK):
            responses.record_response(by=cast.sam, **said)
        assert responses.record_response(by=cast.sam, looked_at=True, **said)[0].decision == Decision.REJECTED
