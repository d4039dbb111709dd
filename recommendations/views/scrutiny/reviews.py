"""Reviews: ask bodies for updates by a day, chase those that do not answer, and close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from committee import clock
from committee.formatting import long_date, plural
from recommendations.actions import reviews as actions
from recommendations.forms.inquiries import ConfirmForm
from recommendations.forms.reviews import CancelReviewForm, ChaseForm, DueDateForm, ReviewForm, UnchaseForm
from recommendations.lifecycle import NoticeKind, RequestStatus, Role
from recommendations.models import Assignment, Body, Inquiry, Meeting, Review
from recommendations.models.reviews import CANCELLED_LATELY
from recommendations.notifications.failures import not_reached
from recommendations.notifications.recipients import people_told, when_told, who_is_told
from recommendations.permissions import Right
from recommendations.queries import review_progress
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    fetch,
    parse_pk,
    perform,
    perform_button,
    posted,
    redirect_with_message,
    render_form,
    typed_values,
    with_link,
)

MOST_CLOSED = 20
"""How many closed reviews are listed below those that run."""


def review_or_404(request: SignedInRequest, pk: int) -> Any:
    """Return a review that the person may see, with its `asked_count` and `answered_count`. Raise Http404 for any other,
    and PermissionDenied where they may not run it."""
    return fetch(request.user, Review.objects.visible_to(request.user).for_list(), pk, Right.RUN_REVIEWS)


@page(Right.RUN_REVIEWS, methods="GET")
def reviews(request: SignedInRequest) -> HttpResponse:
    rows = Review.objects.run_by(request.user).for_list()
    return render(
        request,
        "scrutiny/reviews.html",
        {
            "running": rows.open().order_by("due_on", "id"),
            "closed": rows.closed()[:MOST_CLOSED],
            "proposals": review_progress.proposals(request.user),
        },
    )


# ------------------------------------------------------------------ to open one


@page(Right.RUN_REVIEWS, methods="GET POST")
def new_review(request: SignedInRequest) -> HttpResponse:
    """Ask for the committee where there are several; then what to ask, for which meeting, by when."""
    committees = list(Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER).committees().existing())
    inquiry = _requested_inquiry(request)
    committee = inquiry.committee if inquiry else _requested_committee(request, committees)
    if committee is None:
        context = {"committees": committees, "heading": "Which committee’s review is it?"}
        return render(request, "scrutiny/review_committee.html", {**context, "back": reverse("reviews")})
    form = _new_form(request, committee, inquiry)
    pressed = request.POST.get("do")
    result = perform(request, form, actions.open_review, committee=committee) if pressed == "open" else None
    if result is not None and result.done:
        opened = result.result.pk
        words = with_link("The review is open.", "Cancel it", reverse("cancel_review", args=[opened]))
        return redirect_with_message(request, words, "review", opened)
    checked = _checked(request, form, committee) if pressed not in ("open", "change") else None
    return render_form(
        request,
        form,
        result,
        template="scrutiny/review_check.html" if checked else "scrutiny/review_new.html",
        heading="Check before you open the review" if checked else "Open a review",
        caption=committee.name,
        back=reverse("reviews"),
        button="Continue",
        wide=bool(checked),
        asked=checked,
        asked_already=review_progress.asked_already(checked or ()),
        told=who_is_told(checked, NoticeKind.ASKED) if checked else [],
        when_told=when_told(),
        typed=typed_values(request),
    )


def _checked(request: SignedInRequest, form: ReviewForm, committee: Body) -> list[Assignment] | None:
    """Return what the review would ask about, once what is typed is right; None before."""
    if request.method != "POST" or not form.is_valid():
        return None
    asked = actions.what_would_be_asked(committee, form.cleaned_data["inquiries"])
    if not asked:
        form.add_error("inquiries", "There is nothing open to ask about")
    return asked or None


def _new_form(request: SignedInRequest, committee: Body, inquiry: Inquiry | None) -> ReviewForm:
    """Return the form with what is proposed: the inquiry that was named, a title, and the meeting after it is due."""
    proposed = review_progress.proposal_of(request.user, inquiry) if inquiry else None
    return ReviewForm(
        bound_data(request),
        committee=committee,
        inquiries=list(Inquiry.objects.of_committee(committee).followed_up()),
        meetings=Meeting.objects.of(committee).to_come().offered(),
        initial={
            "inquiries": [inquiry.pk] if inquiry else [],
            "meeting": proposed and proposed.meeting and proposed.meeting.pk,
            "title": work.review_title(inquiry, clock.today()),
        },
    )


def _requested_inquiry(request: SignedInRequest) -> Inquiry | None:
    """Return the inquiry named in the address, None where it names none. Raise Http404 for one that there is not."""
    pk = parse_pk(request.GET.get("inquiry"))
    if pk is None:
        return None
    rows = Inquiry.objects.visible_to(request.user).select_related("committee__parent")
    inquiry: Inquiry = fetch(request.user, rows, pk, Right.RUN_REVIEWS)
    return inquiry


def _requested_committee(request: SignedInRequest, committees: list[Body]) -> Body | None:
    """Return the committee named in the address, or the only one there is. Raise Http404 for one that there is not."""
    asked = request.GET.get("committee", "")
    if asked:
        for committee in committees:
            if str(committee.pk) == asked:
                return committee
        raise Http404("No such committee")
    return committees[0] if len(committees) == 1 else None


# ------------------------------------------------------------------ one that runs


@page(Right.RUN_REVIEWS, methods="GET POST")
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who has answered and who has not; chase some of them, a body, those that are late, or all."""
    review = review_or_404(request, pk)
    progress = review_progress.progress_of_review(review)
    chaseable = [one.request for one in progress.chaseable]
    form = ChaseForm(_requests_to_chase(request, progress), requests=chaseable)
    is_check = request.method == "POST" and request.POST.get("do") != "chase" and form.is_valid()
    if is_check:
        return _check_chase(request, review, form)
    result = perform(request, form, actions.chase) if request.POST.get("do") == "chase" else None
    if result is not None and result.done:
        words = _chased(result.result)
        if result.result:
            words = with_link(f"{words}.", "Take that back", reverse("take_back_chase", args=[review.pk]))
        return redirect_with_message(request, words, "review", review.pk)
    asked = request.GET.get("show", "")
    only = asked if asked in (*RequestStatus.values, "late") else ""
    is_open = review.closed_on is None
    not_asked = actions.not_asked_yet(review)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/review.html",
        review=review,
        progress=progress,
        only=only,
        groups=progress.by_body(only),
        standings=[(one, progress.count(one)) for one in RequestStatus if progress.count(one)],
        changes=list(review.due_date_changes.select_related("changed_by")),
        not_asked=len(not_asked),
        asked_already=review_progress.asked_already(not_asked),
        may_unchase=is_open and review.requests.chased_today().exists(),
        nobody=review_progress.bodies_without_anybody(review) if is_open else [],
        not_reached=not_reached(one.request for one in progress.outstanding) if is_open else [],
        today=clock.today(),
        back=reverse("reviews"),
    )


def _check_chase(request: SignedInRequest, review: Review, form: ChaseForm) -> HttpResponse:
    """Show who would be chased about what, before it happens."""
    chosen = form.cleaned_data["requests"]
    waiting = [one for one in chosen if one.chased_on != clock.today()]
    return render_form(
        request,
        form,
        template="scrutiny/chase_check.html",
        heading=f"Chase {plural(len(waiting), 'request')}?" if waiting else "Already chased today",
        caption=review.title,
        review=review,
        chosen=waiting,
        already=len(chosen) - len(waiting),
        told=who_is_told([one.assignment for one in waiting], NoticeKind.CHASED),
        when_told=when_told(),
        nothing_to_send=not waiting,
        unsaved=False,
        wide=True,
        back=reverse("review", args=[review.pk]),
    )


@page(Right.RUN_REVIEWS, methods="GET POST")
def take_back_chase(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back chases of today of which nobody was told by e-mail."""
    review = review_or_404(request, pk)
    rows = [one for one in review.requests.chased_today().for_list() if actions.can_be_unchased(one)]
    form = UnchaseForm(posted(request), requests=rows)
    result = perform(request, form, actions.take_back_chase)
    if result.done:
        words = plural(result.result, "chase is taken back", "chases are taken back")
        return redirect_with_message(request, words, "review", review.pk)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/chase_take_back.html",
        heading="Take back what was chased today",
        caption=review.title,
        button="Take them back",
        nothing_to_send=not rows,
        unsaved=False,
        back=reverse("review", args=[review.pk]),
    )


def _requests_to_chase(
    request: SignedInRequest, progress: review_progress.ReviewProgress
) -> QueryDict | None:
    """Return what the form is bound to: the requests that were ticked, or those that the pressed button stands for."""
    data = posted(request)
    pressed = data.get("chase", "") if data is not None else ""
    if data is None or not pressed:
        return data
    chosen = {"all": progress.chaseable, "late": progress.late}
    pks = [one.request.pk for one in chosen.get(pressed, [])]
    pks += [
        pk for group in progress.by_body() if f"body-{group.body.pk}" == pressed for pk in group.chaseable
    ]
    data = data.copy()
    data.setlist("requests", [str(pk) for pk in pks])
    return data


def _chased(count: int) -> str:
    if count == 0:
        return "They were already chased today"
    return plural(count, "request is chased", "requests are chased")


@page(Right.RUN_REVIEWS, methods="POST")
def request_from_new_assignments(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask those too who were addressed, or whose assignment was reopened, after the review was opened."""
    review = review_or_404(request, pk)
    perform_button(request, actions.request_from_new_assignments, done=_asked_also, review=review)
    return redirect("review", pk=review.pk)


def _asked_also(count: int) -> str:
    if count == 0:
        return "They were already asked"
    return plural(count, "more is asked", "more are asked")


@page(Right.RUN_REVIEWS, methods="GET POST")
def move_due_date(request: SignedInRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    form = DueDateForm(bound_data(request), review=review)
    result = perform(request, form, actions.change_due_date, review=review)
    if result.done:
        words = "The date is changed. Those who are asked read why"
        return redirect_with_message(request, words, "review", review.pk)
    return render_form(
        request,
        form,
        result,
        heading="Change the date the updates are due",
        caption=f"{review.title}, due {long_date(review.due_on)}",
        back=reverse("review", args=[review.pk]),
        button="Change the date",
    )


@page(Right.RUN_REVIEWS, methods="GET POST")
def cancel_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel a review that was opened by mistake, with a reason that those who were asked read."""
    review = review_or_404(request, pk)
    form = CancelReviewForm(bound_data(request))
    result = perform(request, form, actions.cancel_review, review=review)
    if result.done:
        return redirect_with_message(request, f"“{review.title}” is cancelled", "review", review.pk)
    asked = [one.assignment for one in review.requests.on_standing_parts().for_list()]
    return render_form(
        request,
        form,
        result,
        template="scrutiny/review_cancel.html",
        heading=f"Cancel “{review.title}”?",
        caption=review.committee.name,
        review=review,
        asked=asked,
        told=people_told(one.key for one in review.requests.all()),
        days=CANCELLED_LATELY.days,
        button="Cancel the review",
        back=reverse("review", args=[review.pk]),
    )


@page(Right.RUN_REVIEWS, methods="GET POST")
def reopen_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then reopen a closed review."""
    review = review_or_404(request, pk)
    outstanding = [row.request for row in review_progress.progress_of_review(review).outstanding]
    waiting = sum(actions.answer_since_closed(review, one) is None for one in outstanding)
    asked = plural(waiting, "request without an answer is", "requests without an answer are")
    past = " That day is past: change it afterwards." if review.due_on < clock.today() else ""
    return _confirmed(
        request,
        review,
        actions.reopen_review,
        "Reopen",
        warning=f"{asked} asked again, due {long_date(review.due_on)}.{past}"
        if waiting
        else "No body is asked again: nothing of it still waits for an answer.",
        done=f"“{review.title}” is open again",
    )


@page(Right.RUN_REVIEWS, methods="GET POST")
def close_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then close a review."""
    review = review_or_404(request, pk)
    waiting, asked = len(review_progress.progress_of_review(review).outstanding), review.asked_count
    warning = f"{waiting} of {asked} did not answer. They stay on the review as not answered."
    return _confirmed(
        request,
        review,
        actions.close_review,
        "Close",
        warning=warning if waiting else "",
        done=with_link(
            f"“{review.title}” is closed.", "Reopen it", reverse("reopen_review", args=[review.pk])
        ),
    )


def _confirmed(
    request: SignedInRequest,
    review: Review,
    action: Callable[..., Review],
    verb: str,
    *,
    warning: str,
    done: str,
) -> HttpResponse:
    """Ask whether to do that with the review; then do it, and say in a message that it is `done`."""
    form = ConfirmForm(posted(request))
    result = perform(request, form, action, review=review)
    if result.done:
        return redirect_with_message(request, done, "review", review.pk)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading=f"{verb} “{review.title}”?",
        caption=review.committee.name,
        warning=warning,
        button=f"{verb} the review",
        back=reverse("review", args=[review.pk]),
    )
