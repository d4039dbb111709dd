"""Reviews: ask for updates, chase and close."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from committee import clock
from committee.formatting import long_date, plural
from recommendations.actions import reviews as actions
from recommendations.actions.base import ActionDenied
from recommendations.forms.inquiries import ConfirmForm
from recommendations.forms.recommendations import MOST_MEETINGS
from recommendations.forms.reviews import ChaseForm, DueDateForm, ReviewForm
from recommendations.lifecycle import RequestStatus, Role
from recommendations.models import Body, Inquiry, Meeting, Review
from recommendations.notifications.failures import not_reached
from recommendations.permissions import Right
from recommendations.queries import review_progress
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, fetch, perform, posted, redirect_with_message
from recommendations.views.scrutiny.target_dates import MOST_DECIDED


@page(Right.RUN_REVIEWS, methods="GET")
def reviews(request: SignedInRequest) -> HttpResponse:
    rows = Review.objects.run_by(request.user).for_list()
    return render(
        request,
        "scrutiny/reviews.html",
        {
            "running": rows.open().order_by("due_on", "id"),
            "closed": rows.closed()[:MOST_DECIDED],
            "proposals": review_progress.proposals(request.user),
        },
    )


@page(Right.RUN_REVIEWS, methods="GET POST")
def new_review(request: SignedInRequest) -> HttpResponse:
    """First the committee where there are several, then what to ask, for which meeting, by when."""
    committees = list(Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER).committees().existing())
    inquiry = _inquiry_asked(request)
    committee = inquiry.committee if inquiry else _committee_asked(request, committees)
    if committee is None:
        return render(
            request,
            "scrutiny/review_committee.html",
            {
                "committees": committees,
                "back": reverse("reviews"),
                "heading": "Which committee’s review is it?",
            },
        )
    proposed = review_progress.proposal_of(request.user, inquiry) if inquiry else None
    form = ReviewForm(
        bound_data(request),
        committee=committee,
        inquiries=list(Inquiry.objects.of_committee(committee).followed_up()),
        meetings=list(Meeting.objects.of(committee).to_come().for_list()[:MOST_MEETINGS]),
        initial={
            "inquiries": [inquiry.pk] if inquiry else [],
            "meeting": proposed and proposed.meeting and proposed.meeting.pk,
            "title": work.review_title(inquiry, clock.today()),
        },
    )
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.open_review, committee=committee)
        if attempt.done:
            return redirect_with_message(request, "The review is open", "review", attempt.result.pk)
    return render(
        request,
        "scrutiny/review_new.html",
        {
            "form": form,
            "heading": "Open a review",
            "caption": committee.name,
            "back": reverse("reviews"),
            "button": "Open the review",
        },
    )


def _inquiry_asked(request: SignedInRequest) -> Inquiry | None:
    """The inquiry named in the address, if it is one to follow up."""
    asked = request.GET.get("inquiry", "")
    if not asked.isdecimal():
        return None
    rows = Inquiry.objects.visible_to(request.user).select_related("committee__parent")
    inquiry: Inquiry = fetch(request.user, rows, int(asked[:18]), Right.RUN_REVIEWS)
    return inquiry


def _committee_asked(request: SignedInRequest, committees: list[Body]) -> Body | None:
    """The committee named in the address, or the only one there is."""
    asked = request.GET.get("committee", "")
    if asked:
        for committee in committees:
            if str(committee.pk) == asked:
                return committee
        raise Http404("No such committee")
    return committees[0] if len(committees) == 1 else None


@page(Right.RUN_REVIEWS, methods="GET POST")
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has answered and who has not; chase some of them, a body, those that are late, or all."""
    row = fetch(request.user, Review.objects.visible_to(request.user).for_list(), pk, Right.RUN_REVIEWS)
    found = review_progress.progress_of_review(row)
    form = ChaseForm(_chosen(request, found), requests=[one.request for one in found.chaseable])
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.chase, details=dict, requests=form.cleaned_data["requests"])
        if attempt.done:
            return redirect_with_message(request, _chased(attempt.result), "review", row.pk)
    only = request.GET.get("show", "")
    return render(
        request,
        "scrutiny/review.html",
        {
            "review": row,
            "form": form,
            "round": found,
            "only": only if only in (*RequestStatus.values, "late") else "",
            "groups": found.by_body(only if only in (*RequestStatus.values, "late") else ""),
            "standings": [(one, found.count(one)) for one in RequestStatus if found.count(one)],
            "changes": list(row.due_date_changes.select_related("changed_by")),
            "not_asked": len(actions.not_asked_yet(row)),
            "nobody": review_progress.bodies_without_anybody(row) if row.closed_on is None else [],
            "not_reached": not_reached(one.request for one in found.outstanding)
            if row.closed_on is None
            else [],
            "today": clock.today(),
            "back": reverse("reviews"),
        },
    )


@page(Right.RUN_REVIEWS, methods="POST")
def ask_also(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask those too who were addressed, or whose part was reopened, after the review was opened."""
    row = fetch(request.user, Review.objects.visible_to(request.user).for_list(), pk, Right.RUN_REVIEWS)
    try:
        asked = actions.ask_also(by=request.user, review=row)
        messages.success(request, _asked_also(asked))
    except ActionDenied as problem:
        messages.error(request, problem.message)
    return redirect("review", pk=row.pk)


def _asked_also(count: int) -> str:
    if count == 0:
        return "They were already asked"
    return plural(count, "more is asked", "more are asked")


@page(Right.RUN_REVIEWS, methods="GET POST")
def move_due_date(request: SignedInRequest, pk: int) -> HttpResponse:
    row = fetch(request.user, Review.objects.visible_to(request.user).for_list(), pk, Right.RUN_REVIEWS)
    form = DueDateForm(bound_data(request), review=row)
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.change_due_date, review=row)
        if attempt.done:
            return redirect_with_message(
                request, "The date is changed. Those who are asked read why", "review", row.pk
            )
    return render(
        request,
        "_layouts/question.html",
        {
            "form": form,
            "heading": "Change the date the updates are due",
            "caption": f"{row.title}, due {long_date(row.due_on)}",
            "back": reverse("review", args=[row.pk]),
            "button": "Change the date",
        },
    )


def _chosen(request: SignedInRequest, found: review_progress.ReviewProgress) -> QueryDict | None:
    """The requests to chase: those ticked, or those that the pressed button stands for."""
    data = posted(request)
    if data is None:
        return None
    pressed = data.get("chase", "")
    if pressed == "all":
        keys = [one.request.pk for one in found.chaseable]
    elif pressed == "late":
        keys = [one.request.pk for one in found.late]
    elif pressed.startswith("body-"):
        groups = [group for group in found.by_body() if f"body-{group.body.pk}" == pressed]
        keys = [key for group in groups for key in group.chaseable]
    else:
        return data
    data = data.copy()
    data.setlist("requests", [str(key) for key in keys])
    return data


def _chased(count: int) -> str:
    if count == 0:
        return "They were already chased today"
    return plural(count, "request is chased", "requests are chased")


@page(Right.RUN_REVIEWS, methods="GET POST")
def close_review(request: SignedInRequest, pk: int) -> HttpResponse:
    row = fetch(request.user, Review.objects.visible_to(request.user).for_list(), pk, Right.RUN_REVIEWS)
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.close_review, details=dict, review=row)
        if attempt.done:
            return redirect_with_message(request, f"“{row.title}” is closed", "review", row.pk)
    waiting = row.asked_count - row.answered_count
    return render(
        request,
        "scrutiny/confirm.html",
        {
            "form": form,
            "heading": f"Close “{row.title}”?",
            "caption": row.committee.name,
            "warning": f"{waiting} of {row.asked_count} did not answer. They stay on the review as not answered."
            if waiting
            else "",
            "button": "Close the review",
            "back": reverse("review", args=[row.pk]),
        },
    )
