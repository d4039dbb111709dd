"""A committee's dashboard: what is late, who is late, what changed, what it is asked to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from committee import clock
from committee.formatting import plural
from recommendations.charts import ProgressRow, progress_chart, trend_chart
from recommendations.lifecycle import Standing, absence
from recommendations.lifecycle.absence import absent_sentence
from recommendations.models import (
    Assignment,
    Body,
    ImportBatch,
    Inquiry,
    Meeting,
    Recommendation,
    TargetChange,
)
from recommendations.models.assignments import AssignmentQuerySet
from recommendations.models.recommendations import RecommendationQuerySet
from recommendations.queries import changes, figures, silence, trends
from recommendations.queries.as_at import put_back
from recommendations.queries.correction_marks import is_told_of
from recommendations.queries.imports import brought_in_later
from recommendations.queries.states import StateAt, as_shown, read_histories, recommendation_count, states

if TYPE_CHECKING:
    from recommendations.forms.dashboard import DashboardForm

SHOWN = 5
"""How many rows of each list the dashboard shows; the list's own page has them all."""
NAMED = 3
"""How many of a kind its answers name."""

Question = Callable[[Sequence[StateAt]], list[StateAt]]


@dataclass(frozen=True)
class Listing:
    """A list whose beginning the dashboard shows, and a page in full."""

    slug: str
    title: str
    lead: str
    none: str
    question: Question
    with_unaddressed: tuple[Standing, ...] = ()
    """Where those addressed to nobody stand that are in the list too."""

    def leaves_out_all(self, total: figures.Line) -> bool:
        """Return whether of nothing in a set with this total anybody knows whether it belongs in the list."""
        return self._leaves_out_unknown(total) and not total.known

    def _leaves_out_unknown(self, total: figures.Line) -> bool:
        return bool(total.counts.not_known) and Standing.NOT_KNOWN not in self.with_unaddressed

    def none_among(self, total: figures.Line) -> str:
        """Return what stands where the list is empty, of a set with this total: of what is not known nothing is said."""
        if not self._leaves_out_unknown(total):
            return self.none
        if not total.known:
            return absence(self.none, sources_only=True)
        unknown = f"Of {plural(total.counts.not_known, 'recommendation')} it is"
        return f"{self.none} {absent_sentence('', unknown, sources_only=True)}."

    def entries(
        self,
        assignments: AssignmentQuerySet,
        recommendations: RecommendationQuerySet,
        at: dt.datetime | None = None,
    ) -> Entries:
        """Return all entries of the list at the moment (None: now); of the recommendations those to nobody count."""
        unaddressed: Any = recommendations.none()
        if self.with_unaddressed:
            rows = figures.unaddressed(recommendations, at)
            unaddressed = rows.filter(standing__in=self.with_unaddressed)
            unaddressed = unaddressed.annotate(corrected=is_told_of("pk", at))
        return Entries(self.question(states(assignments, at)), unaddressed)


@dataclass(frozen=True)
class Entries:
    """The entries of a list: states of assignments, then recommendations that are addressed to nobody. Fit for a
    Paginator.
    """

    states: list[StateAt]
    unaddressed: Any

    @cached_property
    def unaddressed_count(self) -> int:
        return self.unaddressed.count()

    @property
    def recommendation_count(self) -> int:
        """Return how many recommendations the entries are about: what the figure that leads here counts."""
        return recommendation_count(self.states) + self.unaddressed_count

    @property
    def row(self) -> str:
        """Return what each entry is for, in words."""
        return "body, and one where none is named" if self.unaddressed_count else "body"

    def count(self) -> int:
        return len(self.states) + self.unaddressed_count

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[StateAt | Recommendation]:
        return iter([*self.states, *self.unaddressed])

    def __getitem__(self, part: slice) -> list[StateAt | Recommendation]:
        start, stop = part.start or 0, part.stop
        offset = len(self.states)
        found: list[StateAt | Recommendation] = list(self.states[start:stop])
        if stop > offset:
            found += self.unaddressed[max(start - offset, 0) : stop - offset]
        return found


LISTINGS = {
    listing.slug: listing
    for listing in (
        Listing(
            "overdue",
            "Overdue",
            "Past the first date, the longest first. A later date that was agreed does not make it less late.",
            "Nothing is past its first date.",
            figures.overdue,
        ),
        Listing(
            "to-judge",
            "Committee to judge",
            "The body says it has delivered. Only the committee can close it.",
            "No claim of delivery waits for the committee.",
            figures.awaiting_the_committee,
        ),
        Listing(
            "response-late",
            "Response late",
            "The body’s term to answer is over and it has decided nothing. “Noted” and “in principle” decide nothing.",
            "No response is late.",
            figures.response_late,
        ),
        Listing(
            "differ",
            "The body and the committee differ",
            "What the body says of its progress and what the committee found are not the same, or the body says “on "
            "track” though its own date has passed.",
            "Nowhere that is open does the body’s claim differ from the committee’s view, and nothing is said to be on "
            "track past its own date.",
            figures.voices_differ,
        ),
        Listing(
            "slipped",
            "Dates that slipped most",
            "Open, with a date that was moved, the most days first.",
            "No date of an open recommendation has moved.",
            figures.most_slipped,
        ),
        Listing(
            "escalated",
            "Escalated",
            "The head of service is invited to a meeting.",
            "Nothing is escalated.",
            figures.escalated,
        ),
        Listing(
            "unaddressed",
            "Addressed to nobody",
            "Open, and no body is asked to act on it. Nobody answers, and nothing of it is ever overdue.",
            "Every open recommendation is addressed to a body.",
            figures.none,
            (Standing.IN_TIME,),
        ),
        Listing(
            "open",
            "Open",
            "All that the committee has not closed.",
            "Nothing is open.",
            figures.still_open,
            (Standing.IN_TIME,),
        ),
        Listing(
            "not-known",
            "Not known from public sources",
            "Recorded from public sources, which do not say whether they were done or closed.",
            "Nothing here is recorded from public sources only.",
            figures.not_known,
            (Standing.NOT_KNOWN,),
        ),
        Listing(
            "closed",
            "Closed",
            "All that the committee has closed.",
            "Nothing is closed yet.",
            figures.closed,
            (Standing.IMPLEMENTED, Standing.CLOSED_OTHERWISE),
        ),
        Listing(
            "implemented",
            "Implemented",
            "The committee agrees that every body has done its part.",
            "Nothing is closed as implemented yet.",
            figures.implemented,
            (Standing.IMPLEMENTED,),
        ),
        Listing(
            "all",
            "All recommendations",
            "Every recommendation, with each body it is addressed to.",
            "Nothing is recommended here yet.",
            figures.everything,
            tuple(Standing),
        ),
    )
}
ON_THE_BOARD = ("overdue", "to-judge", "response-late", "differ", "slipped")


@dataclass(frozen=True)
class SilenceLine:
    """An inquiry, and how long nothing is known of it."""

    title: str
    words: str


@dataclass
class Board:
    """Everything on a dashboard page, for one committee under its form's filters and day.

    Each is looked up once, when the template asks.
    """

    committee: Body
    form: DashboardForm

    @property
    def at(self) -> dt.datetime | None:
        return self.form.at

    @property
    def day(self) -> dt.date:
        return self.form.day

    @property
    def is_past(self) -> bool:
        return self.at is not None

    @cached_property
    def brought_in_later(self) -> list[ImportBatch]:
        """Return the trackers that were brought in after the day, of which the page tells."""
        return brought_in_later(self.at, self.committee)

    @cached_property
    def states(self) -> list[StateAt]:
        """Return where every part stands that the page tells of, read once for all its figures and lists."""
        found = states(self.form.assignments, self.at)
        read_histories(state for state in found if state.is_overdue or state.is_response_late)
        return found

    @cached_property
    def tally(self) -> figures.Tally:
        return figures.tally_of(self.states, self.at, self.form.recommendations)

    @property
    def total(self) -> figures.Line:
        return self.tally.total

    @property
    def late_bodies(self) -> list[figures.Line]:
        """Return owning bodies with something overdue or a late response, those with the most overdue first."""
        return [line for line in self.tally.by_body if line.counts.overdue or line.response_late]

    @cached_property
    def beginnings(self) -> dict[str, list[StateAt]]:
        """Return the beginning of each list of the page, with one more than is shown if there are more."""
        return {slug: LISTINGS[slug].question(self.states)[: SHOWN + 1] for slug in ON_THE_BOARD}

    @cached_property
    def rows(self) -> dict[int, Assignment]:
        """Return what the page names, by id, looked up and put back to the day together."""
        named = [*chain(*self.beginnings.values()), *self.to_escalate[:NAMED]]
        return {row.pk: row for row in as_shown({state.pk: state for state in named}.values(), self.at)}

    def _rows_of(self, of: Iterable[StateAt]) -> list[Assignment]:
        return [self.rows[state.pk] for state in of if state.pk in self.rows]

    @property
    def overdue(self) -> list[Assignment]:
        """Return the three that are overdue the longest."""
        return self._rows_of(self.beginnings["overdue"][:NAMED])

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """Return the lists of the page: what each is, its first rows, and whether there are more."""
        return [
            {"listing": LISTINGS[slug], "rows": self._rows_of(found[:SHOWN]), "more": len(found) > SHOWN}
            for slug, found in self.beginnings.items()
        ]

    @property
    def known_sections(self) -> list[dict[str, Any]]:
        """Return the lists of the page; none where only public sources tell of everything on it."""
        return self.sections if self.total.known else []

    @cached_property
    def silences(self) -> list[SilenceLine]:
        """Return how long nothing is known of each inquiry on the page that is compiled from public sources."""
        shown = [line.pk for line in self.tally.by_inquiry if line.pk is not None]
        inquiries = list(Inquiry.objects.from_public_sources(self.at).filter(pk__in=shown).latest_first())
        put_back(self.at, inquiries)
        found = silence.of_inquiries(inquiries, self.at)
        return [SilenceLine(one.title, found[one.pk].words) for one in inquiries if one.pk in found]

    # ---- meetings

    @cached_property
    def meetings_before(self) -> list[Meeting]:
        """Return the last two meetings before the day, the latest first."""
        return list(Meeting.objects.of(self.committee).past(self.day)[:2])

    @property
    def last_meeting(self) -> Meeting | None:
        return self.meetings_before[0] if self.meetings_before else None

    @cached_property
    def next_meeting(self) -> Meeting | None:
        return Meeting.objects.of(self.committee).to_come(clock.today()).first()

    @property
    def meeting_today(self) -> Meeting | None:
        found = self.next_meeting
        return found if found is not None and found.held_on == clock.today() else None

    @cached_property
    def groups(self) -> list[changes.Group]:
        """Return the changes since the last meeting; empty if there was none."""
        start = changes.since_meeting(self.last_meeting, self.at)
        if start is None:
            return []
        return changes.changes(
            (start, self.at), self.form.assignments, self.form.recommendations, states_then=self.states
        )

    @property
    def changed(self) -> list[changes.Group]:
        return [group for group in self.groups if group.changes]

    @property
    def unchanged(self) -> list[changes.Group]:
        return [group for group in self.groups if not group.changes]

    # ---- what the committee is asked to decide

    @cached_property
    def to_escalate(self) -> list[StateAt]:
        """Return those overdue at the last two meetings and still: the head of service should be invited.

        On the day of a meeting it counts, so that this is what its running list proposes.
        """
        last = Meeting.objects.of(self.committee).begun(self.day).first()
        meetings = figures.meetings_to_escalate_by(last) if last is not None else []
        return figures.to_escalate_by(self.committee, self.states, meetings, self.at)

    @property
    def first_to_escalate(self) -> list[Assignment]:
        return self._rows_of(self.to_escalate[:NAMED])

    @property
    def others_to_escalate(self) -> int:
        return len(self.to_escalate[NAMED:])

    @cached_property
    def dates_asked(self) -> int:
        """Return requests for a new date that wait, or waited then, for a decision."""
        return TargetChange.objects.waiting_at(self.at).of_assignments(self.form.assignments).count()

    @property
    def asks_anything(self) -> bool:
        return bool(self.total.to_judge or self.to_escalate or self.dates_asked)

    # ---- pictures

    @property
    def columns(self) -> list[Standing]:
        return list(Standing)

    @cached_property
    def inquiry_chart(self) -> SafeString:
        rows = [ProgressRow(line.label, line.counts) for line in self.tally.by_inquiry]
        return _safe(progress_chart(rows, title="Where the recommendations of each inquiry stand"))

    @cached_property
    def body_chart(self) -> SafeString:
        rows = [ProgressRow(line.label, line.counts) for line in self.tally.by_body]
        return _safe(
            progress_chart(rows, title="Where the recommendations to each body stand", to_scale=True)
        )

    @cached_property
    def trend(self) -> list[Any]:
        return trends.trend(self.form.assignments, self.at, recommendations=self.form.recommendations)

    @property
    def trend_is_known(self) -> bool:
        """Whether more is known than that nothing is known, at some point of the trend."""
        return any(point.total > point.not_known for point in self.trend) or not self.trend_not_known

    @property
    def trend_not_known(self) -> bool:
        """Whether a point of the trend has something that is not known."""
        return any(point.not_known for point in self.trend)

    @cached_property
    def trend_chart(self) -> SafeString:
        return _safe(trend_chart(self.trend, title="Open, overdue and closed over two years"))


def _safe(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308 (every word in it was escaped by charts)
