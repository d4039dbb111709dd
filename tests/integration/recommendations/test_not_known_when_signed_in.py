"""Of a record from public sources nobody who signs in reads "not yet": not in lists that are empty, nor in counts or hints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from recommendations.actions import milestones, notices
from recommendations.lifecycle import NOT_KNOWN, Claim, Priority, RecordKind
from recommendations.models import Assignment, Inquiry, Meeting, Recommendation, RespondentLink
from recommendations.queries.assessments import not_reported
from recommendations.queries.dashboard import LISTINGS
from recommendations.queries.my_work import WORK_QUEUES
from tests.clients import signed_in, words_of
from tests.factories import Cast, acting, at, nobody_acts
from tests.integration.recommendations.demo.test_seed import refused_in
from tests.integration.recommendations.views.respondents.helpers import inside

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


@dataclass
class Compiled:
    """An inquiry of which only public sources tell, and those who would follow it up."""

    cast: Cast
    inquiry: Inquiry
    to_cabinet: Assignment
    to_school: Assignment
    unnamed: Recommendation
    meeting: Meeting
    link: RespondentLink

    @property
    def clients(self) -> dict[str, Client]:
        people = {
            name: getattr(self.cast, name) for name in ("colin", "chris", "sam", "olive", "ada", "admin")
        }
        return {name: signed_in(user) for name, user in people.items()} | {"link": inside(self.link)}


@pytest.fixture
def compiled(cast: Cast, settings: Any) -> Compiled:
    settings.REQUIRE_ADMIN_MFA = False
    with at(dt.date(2026, 1, 2)):
        return _compiled(cast)


def _compiled(cast: Cast) -> Compiled:
    inquiry = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
    rows = [cast.recommendation(inquiry, heading=heading, priority=Priority.NOT_KNOWN) for heading in "ABC"]
    cast.publish(inquiry, dt.date(2015, 11, 3))
    bare = {"notified_on": None, "first_target_on": None}
    to_cabinet = cast.assignment(recommendation=rows[0], **bare)
    to_school = cast.assignment(recommendation=rows[1], body=cast.school, **bare)
    notices.send_notice(by=cast.sam, assignments=[to_school], on=dt.date(2015, 11, 3), from_source=True)
    link = cast.link(cast.school)
    sent = Assignment.objects.for_list().get(pk=to_school.pk)
    milestones.add_milestone(by=acting(link), assignment=sent, words="A plan", due_on=None)
    nobody_acts()
    return Compiled(
        cast,
        inquiry,
        Assignment.objects.get(pk=to_cabinet.pk),
        Assignment.objects.get(pk=to_school.pk),
        Recommendation.objects.get(pk=rows[2].pk),
        cast.meeting(dt.date(2026, 1, 5)),
        link,
    )


def pages(told: Compiled) -> Iterator[tuple[str, str]]:
    """Who opens which page."""
    board = reverse("committee_dashboard", args=[told.cast.committee.pk])
    for who in ("colin", "chris", "sam"):
        yield who, board
        yield who, f"{board}?body=nobody"
        for slug in LISTINGS:
            yield who, reverse("dashboard_list", args=[told.cast.committee.pk, slug])
            yield who, reverse("dashboard_list", args=[told.cast.committee.pk, slug]) + "?as_at=2026-01-11"
        yield who, reverse("assess_meeting", args=[told.meeting.pk])
        yield who, reverse("assess_meeting", args=[told.meeting.pk]) + "?show=sheet"
    for recommendation in told.inquiry.recommendations.all():
        yield "chris", reverse("assess", args=[recommendation.pk])
        yield "sam", reverse("address", args=[recommendation.pk])
        for who in ("colin", "sam", "olive", "ada", "admin"):
            yield who, reverse("recommendation", args=[recommendation.pk])
    for who in ("olive", "ada"):
        yield who, reverse("my_work")
        for queue in WORK_QUEUES:
            if queue.key in ("overdue", "open", "not-known"):
                yield who, reverse("my_work") + f"?show={queue.key}"
        for name in ("assignment", "log_update", "milestones"):
            yield who, reverse(name, args=[told.to_cabinet.pk])
    yield "ada", reverse("approvals")
    for part in (told.to_cabinet, told.to_school):
        yield "sam", reverse("edit_assignment", args=[part.pk])
        yield "sam", reverse("record_response") + f"?assignment={part.pk}"
        for who in ("colin", "sam", "admin"):
            yield who, reverse("body", args=[part.body_id])
    for name in ("workspace", "reviews"):
        yield "sam", reverse(name)
    for name in ("inquiry_workspace", "send_notices", "inquiry"):
        yield "sam", reverse(name, args=[told.inquiry.pk])
    yield "sam", reverse("personal_link", args=[told.link.pk])
    yield "link", reverse("answering")
    for name in ("answer_item", "answer_response", "answer_update", "answer_steps"):
        yield "link", reverse(name, args=[told.to_school.pk])
    yield "admin", reverse("successions")


OF_THIS_SERVICE = (
    "Show only those not yet assessed",  # at the meeting whose list it is
    "No file or link yet",  # in the update that is being written
    "Never let in yet",  # by the personal link
    "nobody else can use it",  # the same
)
"""What tells of this service and not of the record."""

FURNITURE = ("footer", "header", "nav", "head", "script", "template", "select", "h1")
CHOICES = ("govuk-radios", "govuk-checkboxes", "govuk-breadcrumbs", "app-board-controls", "app-item__lines")


def said(page: Any) -> str:
    """What a page says, without its furniture, what may be chosen in its forms, and the name and sense of a list."""
    tree = lxml.html.fromstring(page.content)
    paths = [*(f"//{name}" for name in FURNITURE), *(f"//*[contains(@class, '{name}')]" for name in CHOICES)]
    for part in tree.xpath(" | ".join(paths)):
        if part.getparent() is not None:
            part.drop_tree()
    words = " ".join(tree.text_content().split())
    listing = (page.context or {}).get("listing")
    if listing is not None:
        words = words.replace(listing.lead, "", 1)
    for phrase in OF_THIS_SERVICE:
        words = words.replace(phrase, "")
    return words


def test_no_page_says_not_yet_of_it(compiled: Compiled) -> None:
    clients, found = compiled.clients, {}
    for who, address in pages(compiled):
        answer = clients[who].get(address)
        assert answer.status_code == 200, (who, address, answer.status_code)
        if wrong := refused_in(said(answer)):
            found[f"{who} {address}"] = wrong
    assert not found, "\n".join(f"{page}: {wrong}" for page, wrong in found.items())


def test_a_list_that_is_empty_says_why(compiled: Compiled, cast: Cast) -> None:
    colin = signed_in(cast.colin)
    address = reverse("dashboard_list", args=[cast.committee.pk, "overdue"])
    assert NOT_KNOWN in said(colin.get(address))
    cast.assignment(first_target_on=dt.date(2027, 1, 1))
    words = said(colin.get(address))
    assert (
        "Nothing is past its first date. Of 3 recommendations it is not known from public sources." in words
    )


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [
        *(({name: value}, 3) for name, value in (("status", "overdue"), ("status", "open"), ("status", "closed"),
          ("decision", "accepted"), ("claim", "on_track"), ("grade", "concerns"), ("priority", "standard"), ("slipped", "on"))),
        ({"status": "open", "decision": "accepted", "priority": "high"}, 3),
        ({"status": "overdue", "q": "nowhere"}, 0),
        ({"status": "open", "body": "nobody"}, 1),
        ({"status": "not_known"}, 0),
        ({"priority": "not_known"}, 0),
        ({"status": "not_known", "priority": "not_known"}, 0),
        ({"status": "not_known", "priority": "standard"}, 3),
        ({}, 0),
        ({"made_from": "2016-01-01"}, 0),
    ],
)  # fmt: skip
def test_a_filtered_list_tells_of_what_may_belong_in_it(
    compiled: Compiled, cast: Cast, asked: dict[str, str], unknown: int
) -> None:
    page = Client().get(reverse("recommendations"), asked)
    words = said(page)
    count = "1 recommendation" if unknown == 1 else f"{unknown} recommendations"
    assert (f"Of {count} this is not known from public sources." in words) == bool(unknown)
    if unknown:
        assert "0 recommendations" not in words
        assert "No recommendation is known to match these filters" in words
    else:
        assert "this is not known" not in words
    cast.assignment(first_target_on=dt.date(2027, 1, 1))
    page = Client().get(reverse("recommendations"), asked)
    words = said(page)
    assert ("0 recommendations" in words) == (not page.context["total"] and asked.get("body") != "nobody")
    assert (f"Of {count} this is not known from public sources." in words) == bool(unknown)


def test_what_a_source_tells_of_its_state_is_known(compiled: Compiled, cast: Cast) -> None:
    cast.response(compiled.to_cabinet)
    for asked, unknown in (
        ({"decision": "rejected"}, 2),
        ({"decision": "accepted"}, 2),
        ({"status": "open"}, 3),
    ):
        words = said(Client().get(reverse("recommendations"), asked))
        assert f"Of {unknown} recommendations this is not known from public sources." in words
    words = said(Client().get(reverse("recommendations"), {"decision": "accepted"}))
    assert "1 recommendation Of 2" in words


def test_the_list_of_a_body_tells_of_what_may_belong_in_it(compiled: Compiled, cast: Cast) -> None:
    address = reverse("body", args=[cast.school.pk])
    for asked in ({"status": "overdue"}, {"decision": "accepted"}, {"priority": "standard"}):
        words = said(Client().get(address, asked))
        assert "Of 1 recommendation this is not known from public sources." in words
        assert "0 recommendations" not in words
        assert "No recommendation is known to match these filters" in words
    assert "this is not known" not in said(Client().get(address, {"status": "not_known"}))


def test_no_list_counts_nought_of_what_is_not_known(compiled: Compiled, cast: Cast) -> None:
    colin = signed_in(cast.colin)
    for slug, listing in LISTINGS.items():
        words = said(colin.get(reverse("dashboard_list", args=[cast.committee.pk, slug])))
        assert "0 recommendations" not in words, listing.title
    cast.assignment(first_target_on=dt.date(2027, 1, 1))
    address = reverse("dashboard_list", args=[cast.committee.pk, "overdue"])
    assert "0 recommendations Nothing is past its first date. Of 3 recommendations" in said(
        colin.get(address)
    )


def test_an_empty_queue_and_its_figure_say_nothing_of_what_is_not_known(
    compiled: Compiled, cast: Cast
) -> None:
    olive = signed_in(cast.olive)
    assert "0 overdue" not in said(olive.get(reverse("my_work")))
    assert NOT_KNOWN in said(olive.get(reverse("my_work"), {"show": "overdue"}))
    assert NOT_KNOWN in said(olive.get(reverse("my_work"), {"show": "overdue", "body": str(cast.cabinet.pk)}))
    cast.assignment(first_target_on=dt.date(2027, 1, 1))
    assert "0 overdue" in said(olive.get(reverse("my_work")))
    assert "Nothing is past its first date." in said(olive.get(reverse("my_work"), {"show": "overdue"}))


def test_an_approver_reads_which_answers_are_not_known(compiled: Compiled, cast: Cast) -> None:
    ada = signed_in(cast.ada)
    unknown = "What your bodies answered to 1 recommendation is not known from public sources."
    words = said(ada.get(reverse("approvals")))
    assert unknown in words
    assert "have answered everything" not in words
    cast.response(cast.assignment(first_target_on=dt.date(2027, 1, 1)))
    assert f"Your bodies have answered everything they were sent. {unknown}" in said(
        ada.get(reverse("approvals"))
    )
    update = cast.submitted(compiled.to_cabinet)
    words = said(ada.get(reverse("approval", args=[update.pk])))
    assert f"What changed since last time {NOT_KNOWN}." in words


def test_a_respondent_reads_what_is_not_known_apart(compiled: Compiled) -> None:
    words = said(inside(compiled.link).get(reverse("answering")))
    assert "You have answered everything" not in words
    assert "Open, with nothing asked for now" not in words
    assert "Not known from public sources (1)" in words
    assert f"Response: {NOT_KNOWN} Progress: {NOT_KNOWN}" in words
    words = said(inside(compiled.link).get(reverse("answer_item", args=[compiled.to_school.pk])))
    assert f"A plan {NOT_KNOWN}" in words


def test_nobody_is_said_to_have_reported_nothing(compiled: Compiled, cast: Cast) -> None:
    school = compiled.to_school
    assert (
        not_reported([school])
        == "whether Hill School reported it as delivered is not known from public sources"
    )
    own = cast.assignment()
    assert not_reported([own, school]) == (
        "Cabinet has not reported it as delivered; whether Hill School reported it as delivered is not known from public sources"
    )
    words = words_of(signed_in(cast.chris).get(reverse("assess", args=[compiled.unnamed.pk])))
    assert "nobody has reported" not in words
    assert "to whom it is addressed and what was reported is not known from public sources" in words
    cast.published(own, claim=Claim.DELIVERED, delivered_what="All")
    assert not_reported([Assignment.objects.get(pk=own.pk)]) == ""
