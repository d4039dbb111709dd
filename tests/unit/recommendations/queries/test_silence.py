"""The silence about an inquiry: since when nothing is known of it, and of whom only public sources tell."""

from __future__ import annotations

import datetime as dt

import pytest

from committee import clock
from committee.accounts.models import User
from recommendations.actions import corrections, sources, successions
from recommendations.lifecycle import NOT_KNOWN, BodyKind, Grade, Outcome, RecordKind
from recommendations.lifecycle.period_ends import filed_under
from recommendations.lifecycle.periods import NO_PERIOD
from recommendations.models import Assignment, Body, Inquiry, Recommendation
from recommendations.packs.data_table import HEADINGS, table
from recommendations.queries import silence
from recommendations.queries.my_work import WORK_QUEUES
from recommendations.queries.records import record
from tests.factories import TODAY, Cast

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

PUBLISHED = dt.date(2015, 11, 3)
ENDED = dt.date(2020, 4, 1)


@pytest.fixture
def compiled(cast: Cast) -> Inquiry:
    """An inquiry of 2015 from public sources, with a recommendation to the police."""
    inquiry = cast.inquiry(title="An inquiry of 2015", record_kind=RecordKind.PUBLIC_SOURCES)
    recommendation = cast.recommendation(inquiry, heading="To the police")
    cast.publish(inquiry, PUBLISHED)
    cast.assignment(recommendation=recommendation, body=cast.police, notified_on=None)
    return Inquiry.objects.get(pk=inquiry.pk)


def end(cast: Cast, body: Body) -> Body:
    successor = Body.objects.create(name="Successor of it", kind=BodyKind.COUNCIL)
    successions.abolish_body(
        by=cast.admin, body=body, on=ENDED, successor=successor, reason="Abolished and succeeded"
    )
    return successor


def since(inquiry: Inquiry) -> dt.date | None:
    found = silence.of_inquiries([inquiry])[inquiry.pk]
    return found.since if found else None


def test_the_last_that_is_known_is_the_publication(compiled: Inquiry) -> None:
    assert since(compiled) == PUBLISHED


def test_an_unstated_day_is_told_as_that_of_the_tracker_and_gives_way_to_a_stated_one() -> None:
    filed = filed_under(NO_PERIOD, PUBLISHED)
    told = silence.Silence(filed, 100, from_sources=False)
    assert told.words == "No word since the tracker of 3 November 2015: 100 days"
    for days in ([filed, PUBLISHED], [PUBLISHED, filed]):
        found = silence.of_recommendation(Recommendation(inquiry=Inquiry()), False, clock.now(), days)
        assert found is not None
        assert found.words.startswith("No word since 3 November 2015: ")


def test_the_transfer_of_a_part_to_a_successor_is_known(cast: Cast, compiled: Inquiry) -> None:
    end(cast, cast.police)
    assert since(compiled) == ENDED
    (recommendation,) = compiled.recommendations.all()
    found = silence.of_recommendation(recommendation, True)
    assert found is not None
    assert found.since == ENDED
    assert found.words.startswith("Nothing is known since 1 April 2020: ")


def test_an_end_that_a_source_tells_of_is_known(cast: Cast, compiled: Inquiry) -> None:
    body = Body.objects.create(name="A board", kind=BodyKind.BOARD)
    end(cast, body)
    assert since(compiled) == PUBLISHED, "it has nothing to do with the inquiry"
    source = sources.add_source(by=cast.sam, inquiry=compiled, publisher="The Gazette", title="News")
    sources.cite(by=cast.sam, source=source, about=body.successions.get(), fact="The board ended")
    assert since(compiled) == ENDED


def test_what_was_entered_later_was_not_known_before(cast: Cast, compiled: Inquiry) -> None:
    end(cast, cast.police)
    before = silence.of_inquiries([compiled], clock.now() - dt.timedelta(hours=1))[compiled.pk]
    assert before is not None
    assert before.since == PUBLISHED


class TestWhoseRecordTells:
    def known(self, body: Body) -> bool:
        return Body.objects.with_what_is_known().get(pk=body.pk).known_from_sources_only

    def test_only_public_sources_tell_of_whom_they_name(self, cast: Cast, compiled: Inquiry) -> None:
        assert self.known(cast.police)
        assert self.known(cast.committee)
        assert not self.known(cast.cabinet), "nothing tells of it"

    def test_a_committee_s_own_record_tells_more(self, cast: Cast, compiled: Inquiry) -> None:
        cast.assignment(body=cast.police)
        assert not self.known(cast.police)
        assert not self.known(cast.committee)

    def test_the_predecessor_is_named_too(self, cast: Cast, compiled: Inquiry) -> None:
        end(cast, cast.police)
        assert self.known(cast.police)


class TestMyWork:
    def rows(self, key: str, user: User) -> list[Assignment]:
        (queue,) = (one for one in WORK_QUEUES if one.key == key)
        return list(queue.rows(user))

    def test_what_is_not_known_is_a_queue_of_its_own(self, cast: Cast, compiled: Inquiry) -> None:
        own = cast.assignment(body=cast.police)
        told = Assignment.objects.get(recommendation__inquiry=compiled)
        assert self.rows("open", cast.pat) == [own]
        assert self.rows("not-known", cast.pat) == [told]
        assert self.rows("not-known", cast.olive) == []


class TestTableOfAPack:
    def lead(self, **details: object) -> str:
        part = {"body": "Police", "is_lead": True, "response": None, "update": None, "claim": None, **details}
        part |= {"dates": {"first": None, "now": None, "slips": [], "days_late": None}}
        rec = {
            "reference": "R1",
            "number": "1",
            "heading": "H",
            "text": "T",
            "bodies": [part],
            "verdicts": [],
        }
        content = {"inquiries": [{"title": "I", "committee": "C", "recommendations": [rec]}]}
        return dict(zip(HEADINGS, list(table(content))[1], strict=True))["Lead"]

    def test_who_leads_is_said_as_far_as_it_is_known(self) -> None:
        assert self.lead() == "yes"
        assert self.lead(lead_is_known=False, sources_only=True) == NOT_KNOWN
        assert (
            self.lead(lead_is_known=False, lead_words="Not stated in the tracker")
            == "Not stated in the tracker"
        )


def test_the_record_that_was_read_and_the_database_know_the_same_last_day(cast: Cast) -> None:
    part = cast.assignment()
    told = [silence.of_recommendation(part.recommendation, False)]

    def both() -> None:
        recommendation = Recommendation.objects.for_record().get(pk=part.recommendation_id)
        found = silence.of_recommendation(recommendation, False)
        assert record(recommendation, cast.sam).silence == found
        told.append(found)

    both()
    cast.response(part)
    both()
    verdict = cast.verdict(part, Grade.CONCERNS, Outcome.KEEP, meeting=cast.meeting(dt.date(2026, 1, 10)))
    both()
    corrections.correct_assessment(by=cast.sam, assessment=verdict, reason="Of another.", right=None)
    both()
    cast.published(part)
    both()
    days = [one.since for one in told if one]
    assert len(set(days)) > 2
    assert days[3:] == [dt.date(2026, 1, 10), days[2], TODAY]
