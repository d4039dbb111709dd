"""The notices that people should have by now, derived from the state of the record.

No notice is written at the moment something happens: each run compares the record with the notices that exist. `about`
names the thing and its state, so that two runs, or two machines, give one notice. A notice whose reason has gone is
cancelled if it has not been sent, and queued again when the reason returns. Changes older than RECENT give no notice: a
new installation, or one whose mail was off for a month, must not begin with a flood. Nor does anything that an import of a
tracker brought: notices begin with what happens afterwards, and of its dates once somebody has begun to follow it up.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from committee import clock
from committee.formatting import long_date
from recommendations.lifecycle import (
    MeetingState,
    NoticeKind,
    NoticeState,
    Outcome,
    PackState,
    Role,
    TargetState,
    UpdateState,
)
from recommendations.lifecycle.clocks import working_days_before
from recommendations.lifecycle.events import verdict_order
from recommendations.lifecycle.state import RAISING
from recommendations.models import (
    Assessment,
    Assignment,
    Correction,
    Meeting,
    Notice,
    NoticeWithdrawal,
    Pack,
    PutBackProposal,
    Review,
    TargetChange,
    Update,
    UpdateRequest,
    Withholding,
)
from recommendations.models import expressions as rules
from recommendations.notifications.recipients import Directory
from recommendations.queries.withheld_records import records_by_withholding

RECENT = dt.timedelta(days=14)
"""Changes older than this give no notice."""
REQUEST_SOON = 5
"""Working days before an update asked for is due: a week in which something can still be done."""
RESPONSE_SOON = 10
"""Working days before a response is due: the executive decides at a meeting, whose papers go out a week before."""

MOST_DAYS = dt.timedelta(days=28)
"""Within so many days there are always that many working days, Christmas or not."""


@dataclass(frozen=True)
class Due:
    """A notice that one person should have."""

    kind: str
    to: int
    about: str
    subject: str
    path: str
    link: int | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        return self.kind, self.to, self.about


def reconcile() -> tuple[int, int]:
    """Queue the notices that are due, cancel those whose reason has gone, and return how many of each.

    A cancelled notice whose reason has returned is queued again, as if it were new: it was never sent. Two machines may run
    this at once.
    """
    wanted = {one.key: one for one in everything()}
    waiting = {
        (kind, to, about): pk
        for pk, kind, to, about in Notice.objects.queued().values_list("pk", "kind", "to_id", "about")
    }
    known, back = set(waiting), []
    if wanted:
        noted = Notice.objects.exclude(state=NoticeState.QUEUED).filter(
            about__in={about for _, _, about in wanted}
        )
        for pk, state, kind, to, about in noted.values_list("pk", "state", "kind", "to_id", "about"):
            known.add((kind, to, about))
            if state == NoticeState.CANCELLED and (kind, to, about) in wanted:
                back.append(pk)
    new = [one for key, one in wanted.items() if key not in known]
    Notice.objects.bulk_create(
        [
            Notice(
                kind=one.kind,
                to_id=one.to,
                about=one.about,
                subject=one.subject[:200],
                path=one.path,
                link_id=one.link,
            )
            for one in new
        ],
        ignore_conflicts=True,
    )
    gone = [pk for key, pk in waiting.items() if key not in wanted]
    taken_back = Notice.objects.filter(pk__in=gone, state=NoticeState.QUEUED).update(
        state=NoticeState.CANCELLED, cancelled_at=clock.now()
    )
    again = Notice.objects.filter(pk__in=back, state=NoticeState.CANCELLED).update(
        state=NoticeState.QUEUED, cancelled_at=None, created_at=clock.now()
    )
    return len(new) + again, taken_back


def everything() -> Iterator[Due]:
    """Yield every notice due now that its person has not switched off, in a fixed number of queries."""
    directory = Directory()
    for source in (
        _requests,
        _responses,
        _withdrawn,
        _overdue,
        _updates,
        _dates,
        _escalations,
        _packs,
        _withholdings,
        _taken_back,
    ):
        for one in source(directory):
            if directory.wants(one.to, one.kind):
                yield one


def _since() -> dt.date:
    return clock.today() - RECENT


def _name(assignment: Assignment) -> str:
    """Return the recommendation's reference and heading, short enough to leave room for the news."""
    recommendation = assignment.recommendation
    return f"{recommendation.reference} {Truncator(recommendation.heading).chars(80)}"


def _part(assignment: Assignment) -> str:
    """Return the recommendation and the body: some people write for several."""
    return f"{_name(assignment)} ({Truncator(assignment.body.label).chars(40)})"


class Key:
    """Makes the key of a notice about an assignment, different before and after a reopening.

    After a reopening the same states can be reached, and told, again. One of an earlier meeting that is entered late
    changes nothing: the last one, by the days of the meetings, stands.
    """

    def __init__(self) -> None:
        verdicts = Assessment.objects.standing().filter(outcome=Outcome.REOPEN).select_related("meeting")
        self._last = {
            (verdict.recommendation_id, verdict.assignment_id): verdict
            for verdict in sorted(verdicts.defer("comment"), key=verdict_order)
        }

    def reopening(self, assignment: Assignment) -> Assessment | None:
        """Return the last verdict that reopened the assignment, alone or with the whole; None if there is none."""
        about = ((assignment.recommendation_id, None), (assignment.recommendation_id, assignment.pk))
        return max((self._last[one] for one in about if one in self._last), key=verdict_order, default=None)

    def __call__(self, assignment: Assignment, about: str) -> str:
        reopening = self.reopening(assignment)
        return f"{about}:reopened:{reopening.pk}" if reopening is not None else about


def _to_body(
    directory: Directory, assignment: Assignment, kind: str, about: str, subject: str, path: str
) -> Iterator[Due]:
    """Yield a notice for each person who writes for the owning body, by account or by personal link."""
    for user in directory.officers(assignment):
        yield Due(kind, user, about, subject, path)
    for link in directory.links(assignment):
        yield Due(kind, link.person_id, about, subject, path, link.pk)


def _with_all(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related("body", "post", "recommendation__inquiry__committee")


def _requests(directory: Directory) -> Iterator[Due]:
    """Yield notices of updates requested in reviews: requested, chased, due soon, late.

    Somebody asked or chased when it was already due soon was told the day then, and gets no second notice.
    """
    today, since, key = clock.today(), _since(), Key()
    rows = UpdateRequest.objects.unanswered().select_related(
        "review",
        "assignment__body",
        "assignment__post",
        "assignment__recommendation__inquiry__committee",
    )
    submitted = Update.objects.filter(state=UpdateState.SUBMITTED).values("assignment")
    for request in rows.exclude(assignment__in=submitted):
        assignment, due = request.assignment, request.review.due_on
        name, path = _part(assignment), reverse("log_update", args=[assignment.pk])
        told: list[tuple[str, str, str]] = []
        soon = working_days_before(due, REQUEST_SOON)
        if request.asked_on >= since:
            told.append((NoticeKind.ASKED, f"request:{request.pk}", f"due {long_date(due)}"))
        if request.chased_on is not None and request.chased_on >= since:
            told.append(
                (NoticeKind.CHASED, f"request:{request.pk}:chase:{request.chases}", f"due {long_date(due)}")
            )
        if soon <= today <= due and (request.chased_on or request.asked_on) < soon:
            told.append(
                (NoticeKind.DUE_SOON, f"request:{request.pk}:due:{due}", f"update due {long_date(due)}")
            )
        if since <= due < today:
            told.append(
                (NoticeKind.OVERDUE, f"request:{request.pk}:late:{due}", f"update was due {long_date(due)}")
            )
        for kind, about, words in told:
            yield from _to_body(directory, assignment, kind, key(assignment, about), f"{name}: {words}", path)


def _taken_back(directory: Directory) -> Iterator[Due]:
    """Yield notices that a review was cancelled, or a notice to a body taken back, to each person who was told of it."""
    yield from _cancelled_reviews()
    withdrawals = NoticeWithdrawal.objects.since(clock.now() - RECENT).select_related(
        "assignment__body", "assignment__recommendation"
    )
    by_key = {f"assignment:{one.assignment_id}": one for one in withdrawals}
    if not by_key:
        return
    told = Notice.objects.told().exclude(kind=NoticeKind.TAKEN_BACK).about_any(by_key)
    for about, user, link, at in told.values_list("about", "to_id", "link_id", "created_at"):
        one = by_key[":".join(about.split(":")[:2])]
        if at <= one.withdrawn_at:
            words = f"{_part(one.assignment)}: the notice was taken back. {one.reason}"
            yield Due(NoticeKind.TAKEN_BACK, user, f"withdrawal:{one.pk}", words, reverse("my_work"), link)


def _cancelled_reviews() -> Iterator[Due]:
    cancelled = Review.objects.lately_cancelled()
    requests = UpdateRequest.objects.filter(review__in=cancelled).select_related("review")
    reviews = {request.key: request.review for request in requests}
    if not reviews:
        return
    told = Notice.objects.told().exclude(kind=NoticeKind.TAKEN_BACK).about_any(reviews)
    for about, user, link in told.values_list("about", "to_id", "link_id"):
        review = reviews[":".join(about.split(":")[:2])]
        words = (
            f"{Truncator(review.title).chars(60)}: cancelled. {Truncator(review.cancel_reason).chars(110)}"
        )
        yield Due(
            NoticeKind.TAKEN_BACK, user, f"review:{review.pk}:cancelled", words, reverse("my_work"), link
        )


def _responses(directory: Directory) -> Iterator[Due]:
    """Yield notices of recommendations sent to a body, and of its response clock.

    A body without a term to respond has one notice, when the recommendation is sent. That its date was corrected since sends
    no other.
    """
    today, since, key = clock.today(), _since(), Key()
    taken_back = Counter(NoticeWithdrawal.objects.values_list("assignment_id", flat=True))
    rows = _with_all(Assignment.objects.published().awaiting_response()).filter(
        Q(notified_on__gte=since) | Q(response_due_on__range=(since, today + MOST_DAYS))
    )
    corrected = CorrectedNotices(since)
    for row in rows:
        name, due, path = _part(row), row.response_due_on, reverse("assignment", args=[row.pk])
        by = f"response due {long_date(due)}" if due else "no set term to respond"
        told: list[tuple[str, str, str]] = []
        if row.notified_on is not None and row.notified_on >= since and not row.decision:
            told.append((NoticeKind.SENT, f"assignment:{row.pk}:sent:{row.notified_on}", by))
        soon = working_days_before(due, RESPONSE_SOON) if due else None
        if due and soon and soon <= today <= due and row.notified_on is not None and row.notified_on < soon:
            told.append((NoticeKind.DUE_SOON, f"assignment:{row.pk}:response:{due}", by))
        if due and since <= due < today:
            told.append(
                (
                    NoticeKind.OVERDUE,
                    f"assignment:{row.pk}:no-response:{due}",
                    f"response was due {long_date(due)}",
                )
            )
        for kind, bare, words in told:
            times = taken_back[row.pk]
            about = key(row, f"{bare}:again:{times}" if times else bare)
            subject = f"{name}: {words}"
            to: dict[int, int | None] = dict.fromkeys(directory.responding(row))
            to |= {link.person_id: link.pk for link in directory.links(row)}
            for user, link in to.items():
                if kind != NoticeKind.SENT or corrected.is_news(row, user):
                    yield Due(kind, user, about, subject, path, link)


class CorrectedNotices:
    """Notices to bodies whose date was corrected since they were sent: that sends nobody the same news again."""

    def __init__(self, since: dt.date) -> None:
        taken_back = dict(
            NoticeWithdrawal.objects.order_by("withdrawn_at").values_list("assignment_id", "withdrawn_at")
        )
        self._too_old: set[int] = set()
        self._told: dict[int, set[int]] = {}
        for pk, at, was in Correction.objects.of_notices():
            if pk not in taken_back or at > taken_back[pk]:
                self._told[pk] = set()
                if was and dt.date.fromisoformat(was) < since:
                    self._too_old.add(pk)
        keys = {f"assignment:{pk}": pk for pk in self._told}
        told = Notice.objects.told().filter(kind=NoticeKind.SENT).about_any(keys) if keys else None
        for about, user, at in told.values_list("about", "to_id", "created_at") if told is not None else ():
            pk = keys[":".join(about.split(":")[:2])]
            if pk not in taken_back or at > taken_back[pk]:
                self._told[pk].add(user)

    def is_news(self, assignment: Assignment, user: int) -> bool:
        """Return whether the person should still be told that it was sent."""
        return assignment.pk not in self._too_old and user not in self._told.get(assignment.pk, ())


def _withdrawn(directory: Directory) -> Iterator[Due]:
    """Yield notices of what was sent to a body in error, or published by mistake: nothing is asked of it any more."""
    since = clock.now() - RECENT
    for row in _with_all(Assignment.objects.notified().filter(withdrawn_at__gte=since)):
        withdrawn = row.recommendation.withdrawn_at is not None
        words = "was published by mistake and is withdrawn" if withdrawn else "was sent to your body in error"
        subject, path = f"{_part(row)}: {words}", reverse("recommendation", args=[row.recommendation_id])
        people = directory.officers(row) | directory.holding(row.body, Role.APPROVER)
        about = f"assignment:{row.pk}:withdrawn"
        yield from (Due(NoticeKind.WITHDRAWN, user, about, subject, path) for user in people)
        for link in directory.links(row):
            yield Due(NoticeKind.WITHDRAWN, link.person_id, about, subject, path, link.pk)


def _overdue(directory: Directory) -> Iterator[Due]:
    """Yield notices of assignments whose first date has just passed, or that were reopened after it."""
    key = Key()
    reopened = Assessment.objects.standing().filter(
        outcome=Outcome.REOPEN, recorded_at__gte=clock.now() - RECENT, import_batch=None
    )
    overdue = Assignment.objects.published().overdue().chased().alias(late_since=rules.late_from())
    rows = _with_all(overdue).filter(
        Q(late_since__gte=_since()) | Q(recommendation__in=reopened.values("recommendation"))
    )
    for row in rows:
        reopening = key.reopening(row)
        lately = reopening is not None and reopening.recorded_at >= clock.now() - RECENT
        if row.late_from is not None and (row.late_from >= _since() or lately):
            words = f"{_part(row)}: the {row.late_date_words}, {long_date(row.late_from)}, has passed"
            about = key(row, f"assignment:{row.pk}:overdue:{row.late_from}")
            path = reverse("assignment", args=[row.pk])
            yield from _to_body(directory, row, NoticeKind.OVERDUE, about, words, path)


def _updates(directory: Directory) -> Iterator[Due]:
    """Yield notices of updates that wait for an approver, were returned, or were published."""
    since = clock.now() - RECENT
    rows = (
        Update.objects.on_standing_parts()
        .select_related(
            "assignment__body",
            "assignment__formerly",
            "assignment__recommendation__inquiry__committee",
            "submitted_by",
        )
        .filter(
            Q(state=UpdateState.SUBMITTED, submitted_at__gte=since)
            | Q(state=UpdateState.RETURNED, returned_at__gte=since)
            | Q(state=UpdateState.PUBLISHED, published_at__gte=since),
            import_batch=None,
        )
    )
    for update in rows.defer("exempt_text"):
        assignment, state = update.assignment, update.state
        name = _part(assignment)
        if state == UpdateState.SUBMITTED and update.submitted_at is not None and not update.is_approved:
            path = reverse("approval", args=[update.pk])
            readers = directory.holding(assignment.body, Role.APPROVER) - {update.submitted_by_id}
            if not readers and update.submitted_by is not None and update.submitted_by.is_respondent:
                readers = directory.scrutiny(assignment)
            about, words = (
                f"update:{update.pk}:submitted:{_stamp(update.submitted_at)}",
                "waits for you to read",
            )
            yield from (Due(NoticeKind.SUBMITTED, user, about, f"{name}: {words}", path) for user in readers)
        elif state == UpdateState.RETURNED and update.returned_at is not None:
            path = reverse("log_update", args=[assignment.pk])
            about = f"update:{update.pk}:returned:{_stamp(update.returned_at)}"
            links = {link.person_id: link.pk for link in directory.links(assignment)}
            for user in directory.writers(update):
                yield Due(
                    NoticeKind.RETURNED, user, about, f"{name}: came back to you", path, links.get(user)
                )
        elif state == UpdateState.PUBLISHED:
            path = reverse("recommendation", args=[assignment.recommendation_id])
            links = {link.person_id: link.pk for link in directory.links(assignment)}
            who = directory.hearing_of(update) - {update.published_by_id}
            for user in who:
                mended = ", mended by the approver" if update.mended_at is not None else ""
                words = f"{_name(assignment)}: {assignment.owner_words} reported progress{mended}"
                yield Due(
                    NoticeKind.PUBLISHED, user, f"update:{update.pk}:published", words, path, links.get(user)
                )


def _stamp(moment: dt.datetime) -> str:
    return timezone.localtime(moment).strftime("%Y%m%d%H%M%S%f")


def _dates(directory: Directory) -> Iterator[Due]:
    """Yield notices of new dates requested, to committee support, and decided, to the person who asked."""
    since = clock.now() - RECENT
    changes = TargetChange.objects.on_standing_parts().standing().newly_decided().for_list()
    rows = changes.filter(
        Q(pk__in=TargetChange.objects.requested().values("pk"), asked_at__gte=since)
        | Q(decided_at__gte=since),
        import_batch=None,
    )
    for change in rows:
        assignment = change.assignment
        if change.state == TargetState.REQUESTED:
            words = f"{_name(assignment)}: {assignment.owner_words} asks for {long_date(change.new_date)}"
            path = reverse("decide_date", args=[change.pk])
            for user in directory.scrutiny(assignment):
                yield Due(NoticeKind.DATE_ASKED, user, f"date:{change.pk}", words, path)
        elif (
            change.asked_by_id is not None
            and change.decided_by_id != change.asked_by_id
            and directory.writes(change.asked_by_id, assignment)
        ):
            decided = "was agreed" if change.state == TargetState.AGREED else "was refused"
            if change.asked_date is not None:
                decided += f" in place of {long_date(change.asked_date)}, which was asked for"
            words = f"{_part(assignment)}: the new date {long_date(change.new_date)} {decided}"
            path = reverse("assignment", args=[assignment.pk])
            links = {link.person_id: link.pk for link in directory.links(assignment)}
            yield Due(
                NoticeKind.DATE_DECIDED,
                change.asked_by_id,
                f"date:{change.pk}:decided",
                words,
                path,
                links.get(change.asked_by_id),
            )


def _escalations(directory: Directory) -> Iterator[Due]:
    """Recommendations that the committee has just escalated: to those who write and approve for the owning bodies.

    Only of the escalation that stands: one of an earlier meeting that is entered late invites nobody again.
    """
    since = clock.now() - RECENT
    recent = Assessment.objects.standing().filter(outcome=Outcome.ESCALATE, recorded_at__gte=since)
    among = Q(recommendation__in=recent.values("recommendation"))
    raising = Assessment.objects.standing().filter(among, outcome__in=RAISING)
    verdicts = list(raising.select_related("meeting", "invited_to").defer("comment"))
    for part in _with_all(Assignment.objects.published().escalated()).filter(among):
        verdict = part.escalation(verdicts)
        if verdict is None or verdict.recorded_at < since or verdict.is_imported:
            continue
        news = f": the committee invites your head of service {Truncator(verdict.invitation).chars(100)}"
        words = f"{Truncator(_part(part)).chars(200 - len(news))}{news}"
        path = reverse("assignment", args=[part.pk])
        about = f"assessment:{verdict.pk}{_day_of(verdict.invited_to)}:{part.pk}"
        people = directory.officers(part) | directory.holding(part.body, Role.APPROVER)
        yield from (Due(NoticeKind.ESCALATED, user, about, words, path) for user in people)
        for link in directory.links(part):
            yield Due(NoticeKind.ESCALATED, link.person_id, about, words, path, link.pk)


def _day_of(meeting: Meeting | None) -> str:
    """Return the day of the meeting that an invitation names: told again if it is moved or cancelled."""
    if meeting is None:
        return ""
    return f":{meeting.held_on}{':cancelled' if meeting.state == MeetingState.CANCELLED else ''}"


def _packs(directory: Directory) -> Iterator[Due]:
    """Packs that were made, or could not be, and that nobody has released yet: to who asked for them."""
    since = clock.now() - RECENT
    rows = Pack.objects.filter(queued_at__gte=since, released_at__isnull=True)
    rows = rows.filter(state__in=[PackState.READY, PackState.FAILED]).select_related("meeting__body")
    for pack in rows.defer("content"):
        if pack.built_by_id is None or pack.queued_at is None:
            continue
        if pack.built_by_id not in directory.holding(pack.meeting.body, Role.CLERK):
            continue
        became = "is ready" if pack.state == PackState.READY else "could not be made"
        words = f"{pack.title} for {pack.meeting}: {became}"
        about = f"pack:{pack.pk}:{pack.state}:{_stamp(pack.queued_at)}"
        yield Due(NoticeKind.PACK_READY, pack.built_by_id, about, words, reverse("pack", args=[pack.pk]))


def _withholdings(directory: Directory) -> Iterator[Due]:
    """What was taken off the record and waits for a second person: to all who may decide, again once it is overdue; and what
    somebody proposes to put back.
    """
    waiting, proposals = list(Withholding.objects.waiting()), list(PutBackProposal.objects.open())
    proposed = Withholding.objects.in_bulk([one.withholding_id for one in proposals])
    records = records_by_withholding([*waiting, *proposed.values()])
    for one in waiting:
        path = reverse("withholding", args=[one.pk])
        told = [("waiting", f"confirm it or put it back by {long_date(one.decide_by)}")]
        if one.is_overdue:
            told.append(("overdue", f"a decision was due {long_date(one.decide_by)}. It stays withheld"))
        for state, words in told:
            for user in directory.deciding_on_withheld(records[one.pk]) - {one.withheld_by_id}:
                subject = f"Taken off the record, no. {one.pk}: {words}"
                yield Due(NoticeKind.WITHHELD, user, f"withholding:{one.pk}:{state}", subject, path)
    for proposal in proposals:
        number = proposal.withholding_id
        subject = f"Taken off the record, no. {number}: a colleague proposes to put it back. Agree or decline"
        for user in directory.deciding_on_withheld(records[number]) - {proposal.proposed_by_id}:
            about = f"withholding:{number}:put_back:{proposal.pk}"
            yield Due(NoticeKind.WITHHELD, user, about, subject, reverse("withholding", args=[number]))
