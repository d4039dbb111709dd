"""Where a record comes from: sources and what they tell, corrected in the open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from recommendations.actions import meetings, sources
from recommendations.actions.base import ActionDenied
from recommendations.lifecycle import MeetingState, RecordKind
from recommendations.models import Citation, Inquiry, Source
from recommendations.queries.silence import of_inquiry
from recommendations.queries.sources import facts_of, meetings_told_of, sources_of
from tests.factories import TODAY, Cast

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


@pytest.fixture
def inquiry(cast: Cast) -> Inquiry:
    inquiry = cast.inquiry(record_kind=RecordKind.PUBLIC_SOURCES)
    cast.recommendation(inquiry)
    return cast.publish(inquiry, dt.date(2015, 11, 3))


@pytest.fixture
def source(cast: Cast, inquiry: Inquiry) -> Source:
    return sources.add_source(
        by=cast.sam,
        inquiry=inquiry,
        publisher="The Gazette",
        title="Ten recommendations",
        published_on=dt.date(2016, 1, 13),
        address="https://example.org/gazette/1",
    )


class TestSources:
    def test_what_is_not_known_of_it_is_said(self, cast: Cast, inquiry: Inquiry) -> None:
        bare = sources.add_source(by=cast.sam, inquiry=inquiry, publisher="The Post", where="No. 14")
        assert str(bare) == "The Post, title not known, date not known"
        of_a_month = sources.add_source(
            by=cast.sam, inquiry=inquiry, publisher="The Post", title="News", published_on=dt.date(2016, 1, 5),
            month_only=True,
        )  # fmt: skip
        assert str(of_a_month) == "The Post, News, January 2016, day not known"

    def test_somebody_must_be_able_to_find_it(self, cast: Cast, inquiry: Inquiry) -> None:
        with pytest.raises(ActionDenied, match="title or the address"):
            sources.add_source(by=cast.sam, inquiry=inquiry, publisher="The Post")

    def test_it_was_not_read_tomorrow(self, cast: Cast, inquiry: Inquiry) -> None:
        with pytest.raises(ActionDenied, match="today or earlier"):
            sources.add_source(
                by=cast.sam, inquiry=inquiry, publisher="The Post", title="News", read_on=dt.date(2026, 2, 1)
            )

    def test_a_correction_takes_its_place_and_its_facts(
        self, cast: Cast, inquiry: Inquiry, source: Source
    ) -> None:
        citation = sources.cite(by=cast.sam, source=source, about=inquiry, fact="It had ten recommendations")
        newer = sources.correct_source(
            by=cast.sam,
            source=source,
            publisher="The Gazette",
            title="Ten recommendations",
            address="https://example.org/gazette/2",
            reason="The address was that of another report",
        )
        (found,) = sources_of(inquiry)
        assert found.source == newer
        assert found.earlier == [source]
        assert found.citations == [citation]
        assert citation.source.standing == newer
        with pytest.raises(ActionDenied, match="corrected already"):
            sources.correct_source(
                by=cast.sam, source=source, publisher="The Gazette", title="Once more", reason="Again"
            )
        with pytest.raises(ActionDenied, match="Select the one that stands"):
            sources.cite(by=cast.sam, source=source, about=inquiry, fact="Something else")

    def test_the_database_keeps_those_of_a_public_inquiry(self, source: Source) -> None:
        rows = Source.objects.filter(pk=source.pk)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows.update(address="https://example.org/other")
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows.delete()

    def test_only_committee_support_records_them(self, cast: Cast, inquiry: Inquiry, source: Source) -> None:
        for person in (cast.oscar, cast.colin, cast.olive, cast.nobody):
            with pytest.raises(PermissionDenied):
                sources.add_source(by=person, inquiry=inquiry, publisher="The Post", title="News")
            with pytest.raises(PermissionDenied):
                sources.correct_source(by=person, source=source, publisher="The Post", title="N", reason="R")
            with pytest.raises(PermissionDenied):
                sources.cite(by=person, source=source, about=inquiry, fact="Something")


class TestCitations:
    def test_each_row_of_the_record_can_be_cited(self, cast: Cast, inquiry: Inquiry, source: Source) -> None:
        part = cast.assignment(recommendation=inquiry.recommendations.get(), notified_on=None)
        cast.response(part, decided_on=dt.date(2016, 1, 11))
        cast.published(part)
        meetings.add_meeting(by=cast.carla, body=cast.cabinet, held_on=dt.date(2016, 1, 11))
        groups = facts_of(inquiry)
        assert [title for title, _ in groups] == [
            "The inquiry", "Recommendations", "Addressed to a body", "Responses", "Progress reports", "Meetings",
        ]  # fmt: skip
        for _, rows in groups:
            for row, _ in rows:
                citation = sources.cite(by=cast.sam, source=source, about=row, fact="As it says")
                assert citation.about == row

    def test_the_same_is_not_said_twice(self, cast: Cast, inquiry: Inquiry, source: Source) -> None:
        sources.cite(by=cast.sam, source=source, about=inquiry, fact="It had ten")
        with pytest.raises(ActionDenied, match="already given"):
            sources.cite(by=cast.sam, source=source, about=inquiry, fact=" It had ten ")

    def test_nothing_else_is_cited(self, cast: Cast, source: Source) -> None:
        with pytest.raises(ActionDenied, match="Select what the fact is about"):
            sources.cite(by=cast.sam, source=source, about=cast.cabinet, fact="It exists")

    def test_one_that_is_withdrawn_stays_with_its_reason(
        self, cast: Cast, inquiry: Inquiry, source: Source
    ) -> None:
        citation = sources.cite(by=cast.sam, source=source, about=inquiry, fact="It had twelve")
        with pytest.raises(ActionDenied, match="Enter why"):
            sources.withdraw_citation(by=cast.sam, citation=citation, reason=" ")
        sources.withdraw_citation(by=cast.sam, citation=citation, reason="It says ten")
        (found,) = sources_of(inquiry)
        assert found.citations == []
        assert Citation.objects.get().withdrawn_because == "It says ten"
        with pytest.raises(ActionDenied, match="already"):
            sources.withdraw_citation(by=cast.sam, citation=citation, reason="Again")
        with pytest.raises(IntegrityError, match="only withdrawn"), transaction.atomic():
            Citation.objects.update(fact="It had ten")


class TestMeetings:
    def test_one_of_which_only_the_month_is_known(self, cast: Cast, inquiry: Inquiry, source: Source) -> None:
        board = meetings.add_meeting(
            by=cast.carla,
            body=cast.cabinet,
            held_on=dt.date(2015, 11, 1),
            month_only=True,
            only_announced=True,
        )
        assert board.day_words == "November 2015, day not known"
        assert str(board) == "Cabinet, November 2015, day not known"
        assert board.state == MeetingState.NOT_KNOWN
        assert board.held_on == dt.date(2015, 11, 30)
        part = cast.assignment(recommendation=inquiry.recommendations.get(), notified_on=None)
        with pytest.raises(ActionDenied, match="not known on which day"):
            cast.response(part, decided_on=dt.date(2015, 12, 1), meeting=board)
        later = cast.meeting(dt.date(2016, 1, 11), cast.cabinet)
        assert later.previous() is None
        sources.cite(by=cast.sam, source=source, about=board, fact="The Cabinet was to discuss the report")
        with pytest.raises(ActionDenied, match="A source tells of this meeting"):
            meetings.edit_meeting(by=cast.carla, meeting=board, held_on=dt.date(2015, 12, 1), month_only=True)
        meetings.edit_meeting(
            by=cast.carla,
            meeting=board,
            version=board.version,
            held_on=dt.date(2015, 11, 19),
            month_only=False,
        )
        board.refresh_from_db()
        meetings.move_meeting(by=cast.carla, meeting=board, to=MeetingState.HELD)
        assert later.previous() == board

    def test_one_that_a_source_tells_of_stays_on_its_day(
        self, cast: Cast, inquiry: Inquiry, source: Source
    ) -> None:
        met = cast.meeting(dt.date(2016, 1, 11), cast.cabinet)
        sources.cite(by=cast.sam, source=source, about=met, fact="Cabinet met")
        (told,) = meetings_told_of(sources_of(inquiry))
        assert told.meeting == met
        with pytest.raises(ActionDenied, match="A source tells of this meeting"):
            meetings.edit_meeting(by=cast.carla, meeting=met, held_on=dt.date(2016, 1, 12))


class TestSilence:
    def test_it_is_counted_from_the_last_event_on_record(
        self, cast: Cast, inquiry: Inquiry, source: Source
    ) -> None:
        silence = of_inquiry(inquiry)
        assert silence is not None
        assert silence.words == "Nothing is known since 3 November 2015: 3,723 days"
        met = cast.meeting(dt.date(2016, 1, 11), cast.cabinet)
        board = meetings.add_meeting(
            by=cast.carla,
            body=cast.cabinet,
            held_on=dt.date(2016, 3, 1),
            month_only=True,
            only_announced=True,
        )
        for meeting in (met, board):
            sources.cite(by=cast.sam, source=source, about=meeting, fact="It was to meet")
        silence = of_inquiry(inquiry)
        assert silence is not None
        assert silence.since == dt.date(2016, 1, 11)

    def test_of_the_committees_own_record_it_is_said_once_it_lasts(self, cast: Cast) -> None:
        part = cast.assignment()
        silence = of_inquiry(part.recommendation.inquiry)
        assert silence is not None
        assert silence.words == "No word since 1 September 2025: 133 days"
        assert silence.is_worth_saying
        cast.published(part)
        silence = of_inquiry(part.recommendation.inquiry)
        assert silence is not None
        assert silence.since == TODAY
        assert not silence.is_worth_saying
