"""Meetings, and the verdicts that a committee gives at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from committee import clock
from committee.audit.triggers import (
    MOMENT,
    append_only,
    audited,
    never_ahead,
    never_deleted,
    only_transitions,
)
from committee.fields import CleanCharField, CleanTextField, CleanURLField, SortKeyField, named
from recommendations.lifecycle import (
    CLOSING,
    MEETING_TRANSITIONS,
    DayPrecision,
    Edition,
    Grade,
    MeetingState,
    Outcome,
    PackState,
    can_transition,
    stated,
)
from recommendations.lifecycle.clocks import day_words
from recommendations.models.base import (
    Imported,
    ImportedWhole,
    Versioned,
    made_by_its_import,
    not_blank,
    there_at,
    unless_imported,
)
from recommendations.models.bodies import Body
from recommendations.models.corrections import Correction, corrected_only, voided_only
from recommendations.models.earlier_values import EarlierValue, keeps_earlier
from recommendations.models.periods import MonthEndField
from recommendations.models.search_vectors import ASSESSMENT_WORDS, MEETING_WORDS, rows_matching

if TYPE_CHECKING:
    from recommendations.models.assignments import Assignment
    from recommendations.models.inquiries import Inquiry
    from recommendations.models.packs import PackQuerySet
    from recommendations.models.recommendations import Recommendation


@dataclass(frozen=True)
class Business:
    """A kind of row that hangs on the day of a meeting: which, the SQL condition on it, and the fact in words."""

    table: str
    column: str
    fact: str
    condition: str = "true"
    keeps_held: bool = True
    """Whether it is of a meeting that took place, so that one recorded as held is not planned again."""

    @property
    def exists(self) -> str:
        """The SQL condition that such a row hangs on the meeting OLD."""
        return f"EXISTS (SELECT 1 FROM {self.table} WHERE {self.column} = OLD.id AND {self.condition})"  # noqa: S608 (names of our own tables)


BUSINESS = (
    Business(
        "recommendations_assessment",
        "meeting_id",
        "The committee’s view was recorded at this meeting",
        "voided_at IS NULL",
    ),
    Business(
        "recommendations_targetchange",
        "meeting_id",
        "A new date was decided at this meeting",
        "voided_at IS NULL",
    ),
    Business(
        "recommendations_response",
        "meeting_id",
        "A body’s response was decided at this meeting",
        "voided_at IS NULL",
    ),
    Business("recommendations_wordingchange", "meeting_id", "A new wording was agreed at this meeting"),
    Business("recommendations_recommendation", "made_at_id", "Recommendations were agreed at this meeting"),
    Business(
        "recommendations_pack",
        "meeting_id",
        "The papers of this meeting were released",
        "released_at IS NOT NULL",
        keeps_held=False,  # papers are released before a meeting, and stay released
    ),
    Business(
        "recommendations_citation", "meeting_id", "A source tells of this meeting", "withdrawn_at IS NULL"
    ),
)
"""What must not be left behind: as long as one exists, the meeting is neither moved to another day nor cancelled, and one that
was recorded as held is not planned again, but for `keeps_held`.
"""


def _any(kinds: Iterable[Business]) -> str:
    return " OR ".join(one.exists for one in kinds)


MAY_BE_LEFT = {
    "recommendations_review.meeting_id",
    "recommendations_assessment.invited_to_id",
    "recommendations_proposedverdict.meeting_id",
    "recommendations_proposedverdict.invited_to_id",
    "recommendations_correction.meeting_id",
}
"""What may refer to a meeting that is moved or cancelled: a review says that its meeting is on another day now, an
invitation names the day on which its meeting is now and whether it was cancelled, what a member proposed goes with its
meeting, and a correction tells of its day.
"""


_DAY_BECOMES_KNOWN = (
    "OLD.body_id = NEW.body_id AND OLD.day_precision = 'month' AND NEW.day_precision = 'day'"
    " AND date_trunc('month', OLD.held_on) = date_trunc('month', NEW.held_on)"
)
"""Of a meeting of which only the month was known, the day may become known."""


def stays_while_business_hangs_on_it() -> list[pgtrigger.Trigger]:
    """Return triggers that keep the day and the state of a meeting with business, and a held one out of the future."""
    return [
        pgtrigger.Trigger(
            name="business_stays",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                "OLD.state IS DISTINCT FROM NEW.state AND NEW.state IN ('cancelled', 'planned')"
            ),
            func=f"""
                IF NEW.state = 'cancelled' AND ({_any(BUSINESS)})
                    OR NEW.state = 'planned' AND ({_any(one for one in BUSINESS if one.keeps_held)}) THEN
                    RAISE EXCEPTION 'A meeting on which business hangs stays on its day'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            """,
        ),
        corrected_only(
            "meeting",
            ["held_on", "body_id", "day_precision"],
            once=f"({_any(BUSINESS)}) AND NOT ({_DAY_BECOMES_KNOWN})",
            what="The day of a meeting on which business hangs",
        ),
        pgtrigger.Trigger(
            name="held_in_the_past",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            condition=pgtrigger.Condition("NEW.state = 'held'"),
            func=f"""
                IF NEW.held_on > ({MOMENT} AT TIME ZONE '{settings.TIME_ZONE}')::date THEN
                    RAISE EXCEPTION 'A meeting that is still to come was not held'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            """,
        ),
    ]


def _not_held_after_all() -> Q:
    """Return the condition that a meeting was recorded as held by mistake on its day or later, and nothing was decided at it."""
    said_so = Correction.objects.of_meetings_planned_again().filter(
        meeting=OuterRef("pk"), corrected_at__date__gte=OuterRef("held_on")
    )
    nothing_decided = Q()
    for name in ("Assessment", "Response", "TargetChange", "WordingChange"):
        rows: Any = Meeting._meta.apps.get_model("recommendations", name).objects.filter(
            meeting=OuterRef("pk")
        )
        standing = rows if name == "WordingChange" else rows.standing()
        nothing_decided &= ~Q(models.Exists(standing))
    return Q(models.Exists(said_so), state=MeetingState.PLANNED) & nothing_decided


MOST_OFFERED = 60
"""How many meetings a list box offers."""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def matching(self, words: str) -> MeetingQuerySet:
        """Return meetings whose title or place contains these words."""
        return rows_matching(self, MEETING_WORDS, words)

    def for_list(self) -> MeetingQuerySet:
        return self.select_related("body", "body__parent")

    def with_corrections(self) -> MeetingQuerySet:
        """Return them with the corrections of each at hand, in one query more."""
        return self.prefetch_related(models.Prefetch("corrections", Correction.objects.for_reading()))

    def offered(self, also: Meeting | None = None) -> list[Meeting]:
        """Return the first of these for a list box, and `also` behind them where it is not among them."""
        meetings = list(self.for_list()[:MOST_OFFERED])
        return meetings if also is None or also in meetings else [*meetings, also]

    def served_by(self, user: Any, *roles: str) -> MeetingQuerySet:
        """Return meetings of the bodies in or above which `user` holds any of the roles."""
        return self.filter(body__lineage__overlap=list(user.bodies_as(*roles)))

    def counting_packs(self, packs: PackQuerySet) -> MeetingQuerySet:
        """Return meetings with `pack_count`, the number of public ones among these packs made for each."""
        made = (
            packs.filter(meeting=OuterRef("pk"), state=PackState.READY, edition=Edition.PUBLIC)
            .order_by()
            .values("meeting")
            .annotate(number=models.Count("pk"))
        )
        return self.annotate(pack_count=Coalesce(Subquery(made.values("number")), 0))

    def of_bodies_named(self, words: str) -> MeetingQuerySet:
        """Return meetings of the bodies with these words in their name."""
        return self.filter(named("body__sort_key", words))

    def with_a_day(self) -> MeetingQuerySet:
        """Return meetings whose day is known: those between which something can have changed."""
        return self.filter(day_precision=DayPrecision.DAY)

    def to_come(self, on: dt.date | None = None) -> MeetingQuerySet:
        """Return planned meetings of that day (default: today) or later, the next first."""
        return (
            self.with_a_day()
            .filter(state=MeetingState.PLANNED, held_on__gte=on or clock.today())
            .order_by("held_on", "id")
        )

    def past(self, on: dt.date | None = None) -> MeetingQuerySet:
        """Return meetings before that day (default: today) that were not cancelled and whose day is known, the latest
        first. One that was recorded as held by mistake did not take place on its day, unless something was decided at it since.
        """
        before = self.begun((on or clock.today()) - dt.timedelta(days=1))
        return before.exclude(_not_held_after_all())

    def begun(self, on: dt.date | None = None) -> MeetingQuerySet:
        """Return meetings up to that day (default: today) that were not cancelled, the latest first: something may have
        been decided at these.
        """
        return (
            self.with_a_day()
            .exclude(state__in=(MeetingState.CANCELLED, MeetingState.NOT_KNOWN))
            .filter(held_on__lte=on or clock.today())
            .order_by("-held_on", "-id")
        )

    def for_verdicts_on(self, recommendation: Recommendation) -> MeetingQuerySet:
        """Return meetings at which a committee could have given its view of the recommendation by now, the latest
        first.

        They are of the committee that followed the inquiry up on that day, since the report was published.
        """
        inquiry = recommendation.inquiry
        if inquiry.published_on is None:
            return self.none()
        return self.begun().followed_up(inquiry).filter(held_on__gte=inquiry.published_from).for_list()

    def to_invite_to(self, meeting: Meeting, inquiry: Inquiry) -> MeetingQuerySet:
        """Return meetings to which an escalation at `meeting` can invite a head of service, the next first: later ones
        of the committee that follows the inquiry up, unless they were cancelled.
        """
        return self.followed_up(inquiry).after(meeting)

    def after(self, meeting: Meeting) -> MeetingQuerySet:
        """Return meetings after the day of this one that were not cancelled, the next first."""
        later = self.exclude(state=MeetingState.CANCELLED).filter(held_on__gt=meeting.held_on)
        return later.order_by("held_on", "id")

    def followed_up(self, inquiry: Inquiry) -> MeetingQuerySet:
        """Return meetings of the committee that followed the inquiry up on the day of the meeting.

        The inquiry may have been transferred since.
        """
        theirs, since = Q(), None
        for transfer in inquiry.transfers.all():
            span = Q(body=transfer.from_committee_id, held_on__lt=transfer.on)
            theirs |= span & Q(held_on__gte=since) if since else span
            since = transfer.on
        ours = Q(body=inquiry.committee_id)
        return self.filter(theirs | (ours & Q(held_on__gte=since) if since else ours))

    def of(self, body: Body) -> MeetingQuerySet:
        return self.filter(body=body)

    def that_assessed(self, inquiry: Any) -> MeetingQuerySet:
        """Return meetings at which an inquiry's recommendations were assessed, with `assessed_count`, the latest first."""
        return (
            self.filter(assessments__recommendation__inquiry=inquiry, assessments__voided_at__isnull=True)
            .select_related("body")
            .annotate(assessed_count=models.Count("assessments__recommendation", distinct=True))
            .order_by("-held_on", "-id")
        )


class Meeting(ImportedWhole, Versioned):
    """A sitting of a body on a day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = MonthEndField(precision="day_precision")
    title = CleanCharField(max_length=200, blank=True)
    title_key = SortKeyField(of="title")
    place = CleanCharField(max_length=200, blank=True)
    agenda_url = CleanURLField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    # One of which only the month is known has the last day of it, so that nothing follows before it is over.
    day_precision = models.CharField(max_length=10, choices=DayPrecision.choices, default=DayPrecision.DAY)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-held_on", "id"]
        indexes = [GinIndex(MEETING_WORDS, name="meeting_words")]
        constraints = [
            models.UniqueConstraint(fields=["body", "held_on", "title_key"], name="meeting_once"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(day_precision__in=DayPrecision.values), name="meeting_precision_known"
            ),
        ]
        triggers = [
            only_transitions("state", MEETING_TRANSITIONS),
            *stays_while_business_hangs_on_it(),
            keeps_earlier("title", "held_on", "place", "state", "day_precision"),
            *made_by_its_import(line=False),
            *never_deleted("Meetings"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.day_words}"

    @property
    def day_words(self) -> str:
        """The day of the meeting in words, or its month where only that is known."""
        return day_words(self.held_on, self.day_precision)

    @property
    def has_day(self) -> bool:
        """Whether the day of the meeting is known, so that something can be recorded as decided on it."""
        return self.day_precision == DayPrecision.DAY

    @property
    def name(self) -> str:
        """The body's name, or the meeting's own title if it has one."""
        return self.title or self.body.name

    @property
    def when_and_where(self) -> str:
        """The day and the place in words: "2 March 2026, The Old Library", "2 March 2026 (cancelled)"."""
        words = f"{self.day_words}, {self.place}" if self.place else self.day_words
        return f"{words} (cancelled)" if self.state == MeetingState.CANCELLED else words

    def business(self) -> list[str]:
        """Return what hangs on the day of this meeting, as facts in words; empty if it can be moved or cancelled."""
        return [one.fact for one in self._business()]

    def keeps_held(self) -> list[str]:
        """Return what was done at this meeting, as facts in words; empty if one recorded as held can be planned again."""
        return [one.fact for one in self._business() if one.keeps_held]

    def _business(self) -> list[Business]:
        questions = ", ".join(one.exists.replace("OLD.id", "%s") for one in BUSINESS)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {questions}", [self.pk] * len(BUSINESS))
            found = cursor.fetchone()
        return [one for one, exists in zip(BUSINESS, found, strict=True) if exists]

    def next_states(self) -> list[MeetingState]:
        """Return the states it can be recorded in today: "held" not before its day, "not known" not before it is over, and
        nothing else once something was done at one that was held.
        """
        stays = self.state == MeetingState.HELD and bool(self.keeps_held())
        return [
            state
            for state in MeetingState
            if can_transition(MEETING_TRANSITIONS, self.state, state)
            and not (state == MeetingState.HELD and self.held_on > clock.today())
            and not (state == MeetingState.NOT_KNOWN and self.held_on >= clock.today())
            and not stays
        ]

    def previous(self, as_at: dt.date | None = None) -> Meeting | None:
        """Return the last meeting of the same body before this one that was not cancelled, or None.

        With a day, only meetings up to that day count.
        """
        return Meeting.objects.of(self.body).past(min(self.held_on, as_at or self.held_on)).first()


def held_on_at(moment: dt.datetime, meeting: str = "meeting") -> Coalesce:
    """Return the expression for the day of `meeting`, a path of lookups, as it was recorded at the moment."""
    moved = EarlierValue.objects.of_days_of(OuterRef(f"{meeting}_id"))
    later = moved.filter(replaced_at__gt=moment).order_by("replaced_at", "pk")
    then = Subquery(
        later.annotate(day=Cast(KeyTextTransform("held_on", "before"), models.DateField())).values("day")[:1]
    )
    return Coalesce(then, F(f"{meeting}__held_on"), output_field=models.DateField())


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def matching(self, words: str) -> AssessmentQuerySet:
        """Return verdicts whose comment contains these words."""
        return rows_matching(self, ASSESSMENT_WORDS, words)

    def of_recommendations(self, ids: Any) -> AssessmentQuerySet:
        return self.filter(recommendation__in=ids)

    def speaking_of(self, assignment: Assignment | None) -> AssessmentQuerySet:
        """Return verdicts that cover one assignment, on it alone or on the whole; all of them if none is given."""
        if assignment is None:
            return self
        return self.filter(Q(assignment=assignment) | Q(assignment__isnull=True))

    def for_timeline(self) -> AssessmentQuerySet:
        return self.select_related(
            "meeting",
            "meeting__body",
            "invited_to",
            "recorded_by",
            "proposed_by",
            "assignment__body",
            "assignment__formerly",
        )

    def with_recommendation(self) -> AssessmentQuerySet:
        return self.select_related("recommendation")

    def standing(self) -> AssessmentQuerySet:
        """Return those that were not recorded in error."""
        return self.filter(voided_at__isnull=True)

    def newly_given(self) -> AssessmentQuerySet:
        """Return those that are not in the place of one recorded in error: that is told by its correction."""
        return self.exclude(pk__in=Correction.objects.replacements("assessment"))

    def as_at(self, moment: dt.datetime) -> AssessmentQuerySet:
        """Return those on the record at the moment, without those that were known by then to be recorded in error, each
        with the `day` of its meeting as it was recorded then.
        """
        return self.filter(there_at(moment), recorded_at__lte=moment).annotate(day=held_on_at(moment))


class Assessment(Imported):
    """The committee's verdict at a meeting: how it grades delivery, and what it decided to do next.

    For one assignment, or for the whole recommendation if `assignment` is empty. Append-only: a later verdict follows,
    it does not replace. Only this closes, reopens or escalates.

    `recorded_by` confirmed it on the committee's behalf; `proposed_by` is the member who had proposed just this, if one
    had. `invited_to` is the meeting to which an escalation invites the head of service; empty if none was arranged yet.
    """

    recommendation = models.ForeignKey(
        "recommendations.Recommendation", on_delete=models.PROTECT, related_name="assessments"
    )
    assignment = models.ForeignKey(
        "recommendations.Assignment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="assessments")
    # Empty where a tracker states what the committee decided and not how it graded what was done.
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    outcome = models.CharField(max_length=30, choices=Outcome.choices)
    comment = CleanTextField(blank=True)
    invited_to = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Since when it is known to have been recorded in error, by its correction.
    voided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[AssessmentQuerySet] = AssessmentQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["meeting__held_on", "recorded_at", "id"]
        indexes = [
            # "As at" needs the last verdict on one recommendation or assignment before a moment.
            models.Index(fields=["recommendation", "-recorded_at"], name="assessment_by_rec"),
            models.Index(fields=["assignment", "-recorded_at"], name="assessment_by_assignment"),
            # "Since the last meeting", on the dashboard and in the pack, needs what was recorded in a period.
            models.Index(fields=["-recorded_at"], name="assessment_by_recorded"),
            GinIndex(ASSESSMENT_WORDS, name="assessment_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values) | Q(grade="", import_batch__isnull=False),
                name="assessment_grade_known",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="assessment_outcome_known"),
            models.CheckConstraint(
                condition=unless_imported(
                    ~Q(
                        outcome__in=[
                            *(c for c in CLOSING if c != Outcome.CLOSE_IMPLEMENTED),
                            Outcome.REOPEN,
                            Outcome.ESCALATE,
                        ]
                    )
                    | not_blank("comment")
                ),
                name="assessment_reason_where_required",
            ),
            models.CheckConstraint(
                condition=Q(invited_to__isnull=True) | Q(outcome=Outcome.ESCALATE),
                name="assessment_invites_if_escalated",
            ),
        ]
        triggers = [
            *append_only("Assessments", but=["voided_at"]),
            *voided_only({"assessment": "OLD.id"}, "voided_at"),
            keeps_earlier("voided_at"),
            *made_by_its_import(),
            never_ahead("recorded_at", "voided_at"),
            audited(),
        ]

    def __str__(self) -> str:
        return f"{self.grade_words}, {self.get_outcome_display().lower()}"

    @property
    def grade_words(self) -> str:
        """How the committee graded what was done; that this is not stated, of one that a tracker tells of without it."""
        return stated(self.get_grade_display())

    @property
    def closes(self) -> bool:
        return self.outcome in CLOSING

    def covers(self, assignment: Assignment) -> bool:
        """Return whether this verdict covers the assignment: it is about it alone, or about the whole recommendation."""
        return (
            self.assignment_id in (None, assignment.pk)
            and self.recommendation_id == assignment.recommendation_id
        )

    @property
    def invitation(self) -> str:
        """Where an escalation invites the head of service to, in words for the end of a sentence: "to the meeting on
        2 March 2026, The Old Library". Empty for every other outcome.
        """
        return invitation_words(self)


def invitation_words(verdict: Any) -> str:
    """Return where a verdict, proposed or confirmed, invites the head of service to, in words; "" if it does not."""
    if verdict.outcome != Outcome.ESCALATE:
        return ""
    if verdict.invited_to is None:
        return "to a meeting that is not arranged yet"
    return f"to the meeting on {verdict.invited_to.when_and_where}"


def same_verdict(one: Any, other: Any) -> bool:
    """Return whether two verdicts, proposed or confirmed, say the same: grade, outcome, comment and invitation."""
    names = ("grade", "outcome", "comment", "invited_to_id")
    return all(getattr(one, name) == getattr(other, name) for name in names)
