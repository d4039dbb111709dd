"""A name that is withheld is in no byte that the site serves, to whomever, at whatever address."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import bodies, evidence, inquiries, milestones, sources, updates, withholdings
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import Decision, Grade, Outcome, WithholdingGround
from recommendations.models import Finding, Recommendation, Response, Update
from tests.clients import signed_in, words_of
from tests.factories import Cast
from tests.integration.sample_data import Things, make_things
from tests.routes import OURS, ask

NAME, BORN = "Tamsin Quill", "3 May 2012"


@pytest.fixture(autouse=True)
def without_a_second_step(settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False


@pytest.fixture
def things(cast: Cast) -> Things:
    """One of everything, with the name in whatever people type."""
    said = f"{NAME}, born {BORN}, told us."
    inquiry = cast.inquiry(title=f"What {NAME} told us", summary=said, scope=said)
    inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text=said)
    recommendation = cast.recommendation(inquiry, heading=f"Hear {NAME}", text=said, success_measure=said)
    cast.publish(inquiry)
    recommendation.refresh_from_db()
    recs.edit_recommendation(
        by=cast.sam,
        recommendation=recommendation,
        text=f"{said} Twice.",
        reason=said,
        version=None,
        looked_at=True,
    )
    recommendation.refresh_from_db()
    assignment = cast.assignment(recommendation=recommendation, first_target_on=dt.date(2025, 12, 1))
    cast.response(assignment, Decision.REJECTED, reason=said, text=said, looked_at=True)
    milestones.add_milestone(by=cast.olive, assignment=assignment, words=f"Call {NAME}")
    update = cast.draft(assignment, progress=said, barriers=said)
    evidence.add_evidence(
        by=cast.olive, update=update, title=f"A letter of {NAME}", url="https://example.org/a"
    )
    updates.publish_update(
        by=cast.ada, update=updates.submit_update(by=cast.olive, update=update), looked_at=True
    )
    cast.verdict(
        assignment,
        Grade.CONCERNS,
        Outcome.KEEP,
        meeting=cast.meeting(clock.today(), title=f"Hearing of {NAME}"),
        comment=said,
    )
    bodies.add_post(by=cast.admin, body=cast.police, title=f"Friend of {NAME}")
    source = sources.add_source(
        by=cast.sam,
        inquiry=recommendation.inquiry,
        publisher="The Gazette",
        title=f"{NAME} is heard",
        address="https://example.org/tamsin-quill",
    )
    sources.cite(by=cast.sam, source=source, about=recommendation, fact=said, looked_at=True)
    cast.submitted(assignment, progress=said, barriers=said)
    return make_things(cast)


def addresses(things: Things) -> Iterator[str]:
    for route in OURS:
        if "GET" not in route.methods:
            continue
        arguments, _ = things.arguments(route.name, route.arguments) if route.arguments else ({}, None)
        for form in ("csv", "json", "xlsx") if "form" in route.arguments else ("",):
            yield reverse(route.name, kwargs={**arguments, **({"form": form} if form else {})})
    for recommendation in Recommendation.objects.all():
        yield reverse("recommendation", args=[recommendation.pk])
        yield f"{reverse('recommendation', args=[recommendation.pk])}?as_at=2026-01-11"
        yield reverse("inquiry", args=[recommendation.inquiry_id])


def bytes_of(response: Any) -> bytes:
    body = bytes(response.body)
    if body.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    return body


def served(things: Things, client: Client) -> dict[str, bytes]:
    return {where: bytes_of(ask(client, where)).lower() for where in addresses(things)}


def with_the_name(pages: dict[str, bytes]) -> list[str]:
    needles = (b"tamsin", b"quill", BORN.lower().encode())
    return [where for where, body in pages.items() if any(needle in body for needle in needles)]


def test_a_name_is_taken_off_the_record_everywhere(things: Things, cast: Cast) -> None:
    public = Client()
    assert len(with_the_name(served(things, public))) > 10
    sam = signed_in(cast.sam)
    form = {
        "words": f"{NAME}\n{BORN}",
        "ground": WithholdingGround.PERSONAL_DATA,
        "public_reason": "It named a child.",
    }
    check = sam.post(reverse("withhold_words"), form)
    assert "Check where the words stand" in words_of(check)
    assert "without being shown to you" in words_of(check)
    done = sam.post(reverse("withhold_words"), {**form, "withhold": "yes"}, follow=True)
    assert "It is off the record" in words_of(done)
    assert "These words stand nowhere else on the record." in words_of(
        sam.get(reverse("search_again", args=[1 + things.withholding.pk]))
    )
    for client in (public, sam, signed_in(cast.admin), signed_in(cast.carla), signed_in(cast.olive)):
        assert with_the_name(served(things, client)) == []
    for rows in (Recommendation, Finding, Response, Update):
        assert not rows.objects.matching("Quill").exists()


def test_what_is_withheld_is_linked_to_its_reason(cast: Cast) -> None:
    assignment = cast.assignment()
    cast.published(assignment, progress=f"{NAME} told us.")
    withholding = withholdings.withhold_words(
        by=cast.sam,
        words=NAME,
        ground=WithholdingGround.PERSONAL_DATA,
        public_reason="It named <a> child.",
    )
    page = Client().get(reverse("recommendation", args=[assignment.recommendation_id]))
    text = page.content.decode()
    address = reverse("withholding", args=[withholding.pk])
    marker = f"[withheld on 12 January 2026, no. {withholding.pk}]"
    assert f'<a class="govuk-link" href="{address}">{marker}</a>' in text
    assert "Withheld on this page" in text
    assert "It named &lt;a&gt; child." in text


def test_readers_of_a_withheld_file_are_told_so(things: Things, cast: Cast) -> None:
    item = things.published.evidence.get()
    withholdings.withhold_file(
        by=cast.sam, evidence=item, ground=WithholdingGround.COPYRIGHT, public_reason="Not ours."
    )
    for client in (Client(), signed_in(cast.sam)):
        answer = client.get(reverse("evidence_file", args=[item.pk]))
        assert answer.status_code == 451
        assert "Not ours." in words_of(answer)
        assert answer["Cache-Control"] == "no-store"
