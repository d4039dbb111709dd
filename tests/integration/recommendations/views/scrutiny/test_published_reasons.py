"""What looks like personal data in a reason that others read is pointed out before it is recorded, and a tick is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.urls import reverse

from recommendations.actions import (
    evidence,
    meetings,
    reviews,
    sources,
    successions,
    target_dates,
    updates,
    withholdings,
)
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import MeetingState, WithholdingGround
from recommendations.models import Withholding
from tests.clients import boxes, form_values, signed_in, text_of
from tests.factories import TODAY, Cast

pytestmark = pytest.mark.django_db

TELLING = "Anna Example (3 May 2011) was seen at 12 Mill Lane."
TICK = "Tick that you looked at what may be personal data"
Asked = tuple[str, list[Any], dict[str, Any], str]
"""A page: its route and arguments, what is sent beside the reason, and who sends it."""


def plan_again(cast: Cast) -> Asked:
    meeting = cast.meeting(dt.date(2025, 12, 1))
    return "plan_meeting_again", [meeting.pk], {"reason": TELLING, "version": meeting.version}, "carla"


def _review(cast: Cast) -> int:
    cast.assignment()
    return reviews.open_review(
        by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 2)
    ).pk


def move_due_date(cast: Cast) -> Asked:
    sent = boxes("due_on", dt.date(2026, 3, 2)) | {"reason": TELLING}
    return "move_due_date", [_review(cast)], sent, "sam"


def cancel_review(cast: Cast) -> Asked:
    return "cancel_review", [_review(cast)], {"reason": TELLING}, "sam"


def take_back(cast: Cast) -> Asked:
    part = cast.assignment()
    sent = {"assignments": [part.pk], "reason": TELLING}
    return "take_back_notices", [part.recommendation.inquiry_id], sent, "sam"


def _source(cast: Cast) -> Any:
    part = cast.assignment()
    source = sources.add_source(
        by=cast.sam, inquiry=part.recommendation.inquiry, publisher="The Gazette", title="A report"
    )
    return sources.cite(by=cast.sam, source=source, about=part, fact="It was agreed.")


def correct_source(cast: Cast) -> Asked:
    sent = {"publisher": "The Herald", "title": "A report", "reason": TELLING}
    return "correct_source", [_source(cast).source_id], sent, "sam"


def cite(cast: Cast) -> Asked:
    citation = _source(cast)
    sent = {"about": f"assignment-{citation.assignment_id}", "fact": TELLING}
    return "cite_source", [citation.source_id], sent, "sam"


def withdraw_citation(cast: Cast) -> Asked:
    return "withdraw_citation", [_source(cast).pk], {"reason": TELLING}, "sam"


def ask_for_a_date(cast: Cast) -> Asked:
    sent = boxes("new_date", dt.date(2026, 9, 30)) | {"reason": TELLING}
    return "request_new_date", [cast.assignment().pk], sent, "olive"


def replace_evidence(cast: Cast) -> Asked:
    draft = cast.draft(cast.assignment())
    one = evidence.add_evidence(by=cast.olive, update=draft, title="Plans", url="https://example.org/p")
    updates.publish_update(by=cast.ada, update=updates.submit_update(by=cast.olive, update=draft))
    sent = {"title": "Plans", "url": "https://example.org/q", "visibility": "public", "reason": TELLING}
    return "replace_evidence", [one.pk], sent, "sam"


def other_words(cast: Cast) -> Asked:
    row = cast.assignment().recommendation
    sent = {"text": "That other words stand.", "reason": TELLING, "version": row.version}
    return "edit_recommendation", [row.pk], sent, "sam"


def name_successor(cast: Cast) -> Asked:
    successions.abolish_body(by=cast.admin, body=cast.school, on=TODAY, reason="It closed")
    return "name_successor", [cast.school.pk], {"successor": cast.police.pk, "reason": TELLING}, "admin"


def withhold_entry(cast: Cast) -> Asked:
    update = cast.published(cast.assignment())
    sent = {"ground": "personal_data", "public_reason": TELLING}
    return "withhold_entry", ["update", update.pk], sent, "oscar"


def confirm_withholding(cast: Cast) -> Asked:
    cast.published(cast.assignment(), progress="Rufus Thorn crossed the road.")
    withholding: Withholding = withholdings.withhold_words(
        by=cast.oscar,
        words="Rufus Thorn",
        ground=WithholdingGround.PERSONAL_DATA,
        public_reason="It named a child.",
    )
    sent = {"reason": TELLING, "version": withholding.version}
    return "confirm_withholding", [withholding.pk], sent, "sam"


def withhold_words(cast: Cast) -> Asked:
    """The last step of withholding words, which carries what was typed on the first."""
    cast.published(cast.assignment(), progress="Rufus Thorn crossed the road.")
    sent = {"words": "Rufus Thorn", "ground": "personal_data", "public_reason": TELLING, "withhold": "yes"}
    return "withhold_words", [], sent, "oscar"


def decide_date(cast: Cast) -> Asked:
    change = target_dates.request_new_date(
        by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 9, 30), reason="Late"
    )
    sent = {"agreed": "True", "meeting": cast.meeting(TODAY).pk, "note": TELLING}
    return "decide_date", [change.pk], sent, "sam"


def open_exempt(cast: Cast) -> Asked:
    exempt = {"exempt_text": "It cost £1.", "exempt_paragraphs": [3], "public_summary": "A price."}
    update = cast.published(cast.assignment(), **exempt)
    return "open_exempt", ["update", update.pk], {"reason": TELLING}, "sam"


def put_back(cast: Cast) -> Asked:
    _, arguments, sent, who = confirm_withholding(cast)
    return "put_back", arguments, sent, who


PAGES: list[Callable[[Cast], Asked]] = [
    plan_again,
    move_due_date,
    cancel_review,
    take_back,
    correct_source,
    cite,
    withdraw_citation,
    ask_for_a_date,
    replace_evidence,
    other_words,
    name_successor,
    withhold_entry,
    confirm_withholding,
    put_back,
    withhold_words,
    decide_date,
    open_exempt,
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_reason_is_looked_at_before_others_read_it(
    cast: Cast, settings: Any, page: Callable[[Cast], Asked]
) -> None:
    settings.REQUIRE_ADMIN_MFA = False
    route, arguments, sent, who = page(cast)
    client, address = signed_in(getattr(cast, who)), reverse(route, args=arguments)
    assert "looked_at" not in text_of(client.get(address))
    answer = client.post(address, sent)
    words = text_of(answer)
    assert answer.status_code == 200
    assert TICK in words
    assert "“12 Mill Lane” looks like an address" in words
    assert words.count('name="looked_at"') == 1
    again = client.post(address, sent | {"looked_at": "on"})
    assert again.status_code == 302, again.context["form"].errors


def test_withholding_words_passes_the_tick_from_the_first_page_to_the_last(cast: Cast) -> None:
    route, _, sent, who = withhold_words(cast)
    client, address = signed_in(getattr(cast, who)), reverse(route)
    del sent["withhold"]
    assert TICK in text_of(client.post(address, sent))
    check = client.post(address, sent | {"looked_at": "on"})
    kept = {name: value for name, value in form_values(check).items() if name != "csrfmiddlewaretoken"}
    assert kept["looked_at"] == ["True"]
    assert client.post(address, kept | {"withhold": "yes"}).status_code == 302


def test_the_action_asks_whatever_the_page_did(cast: Cast) -> None:
    meeting = cast.meeting(dt.date(2025, 12, 1))
    with pytest.raises(ActionDenied, match=TICK):
        meetings.move_meeting(by=cast.carla, meeting=meeting, to=MeetingState.PLANNED, reason=TELLING)


def test_ending_a_body_asks_on_the_first_page_and_passes_the_tick_on(cast: Cast, settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False
    client, address = signed_in(cast.admin), reverse("abolish_body", args=[cast.school.pk])
    sent = boxes("on", TODAY) | {"reason": TELLING}
    assert TICK in text_of(client.post(address, sent))
    check = client.post(address, sent | {"looked_at": "on"})
    kept = {one.name: one.value for one in _hidden(check) if one.name and one.value is not None}
    assert kept["looked_at"] == "True"
    assert client.post(address, kept).status_code == 302


def _hidden(answer: Any) -> Any:
    page = lxml.html.fromstring(text_of(answer))
    return page.xpath("//main//input[@type='hidden']")
