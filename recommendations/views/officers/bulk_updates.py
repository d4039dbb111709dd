"""Answer a review of many recommendations on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from committee.formatting import plural
from recommendations.actions import updates
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.forms.bulk_updates import DayForm, RowForm, SubmitManyForm
from recommendations.models import Review, Update, UpdateRequest
from recommendations.permissions import Right, sees_exempt
from recommendations.queries.respondent_links import place
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, posted, redirect_with_message
from recommendations.views.officers.updates import suspicious

MOST = 60
"""How many are on one page: more would be slow to load and hard to go through."""


def _asked(request: SignedInRequest, pk: int) -> tuple[Review, list[UpdateRequest]]:
    """The review and what it still asks of this person's bodies; 404 where it asks nothing of them."""
    review = get_object_or_404(Review.objects.select_related("committee"), pk=pk)
    asked = UpdateRequest.objects.to_bodies_of(request.user).filter(review=review)
    if not asked.exists():
        return get_object_or_404(Review.objects.none(), pk=pk), []
    request.about = review
    rows = asked.unanswered().for_list().select_related("assignment__last_update", "assignment__post")
    return review, list(rows.order_by("assignment__body__name", "assignment__recommendation__sort_key", "id"))


# ------------------------------------------------------------------ for officers, and for respondents by their links


def many_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One page on which an owning body answers all that a review asks of it."""
    review, asked = _asked(request, pk)
    in_hand = _in_hand(asked)
    sent, data = posted(request), bound_data(request)
    data = data.copy() if data is not None else None
    day = DayForm(data)
    forms = [
        RowForm(data, assignment=one.assignment, update=in_hand.get(one.assignment_id))
        for one in asked[:MOST]
        if _is_ours(request, in_hand.get(one.assignment_id))
    ]
    if sent is not None and _save(request, data, day, forms):
        if request.POST.get("do") == "check":
            return redirect(place(request.user, "check_many", pk))
        return redirect_with_message(request, "The drafts are saved", place(request.user, "answer_many", pk))
    context = {
        "review": review,
        "day": day,
        "forms": forms,
        "elsewhere": [one for one in asked[:MOST] if not _is_ours(request, in_hand.get(one.assignment_id))],
        "more": max(0, len(asked) - MOST),
        "back": place(request.user, "my_work"),
    }
    return render(request, "officers/many.html", context)


def _in_hand(asked: list[UpdateRequest]) -> dict[int, Update]:
    rows = (
        Update.objects.unpublished().for_reading().filter(assignment__in=[one.assignment_id for one in asked])
    )
    return {update.assignment_id: update for update in rows}


def _is_ours(request: SignedInRequest, update: Update | None) -> bool:
    """Whether it can be written here: nothing is begun, or a draft without an exempt part that others wrote."""
    if update is None:
        return True
    return update.is_editable and (not update.has_exempt or sees_exempt(request.user, update))


def _save(request: SignedInRequest, data: QueryDict | None, day: DayForm, forms: list[RowForm]) -> bool:
    """Save each row that was touched, each for itself. Whether all could be; what could not says why at its boxes."""
    touched = [form for form in forms if form.is_touched]
    valid = [form.is_valid() for form in (day, *touched)]
    fine = all(valid)
    if data is None or not day.is_valid():
        return False
    for form in touched:
        if not form.is_valid():
            continue
        try:
            update = updates.write_update(
                by=request.user,
                assignment=form.assignment,
                version=form.cleaned_data["version"],
                as_at=day.cleaned_data["as_at"],
                **form.details(),
            )
            data[form.add_prefix("version")] = str(
                update.version
            )  # the page may be shown again for another row
        except EditConflict as stale:
            who = stale.current.saved_by.name if stale.current.saved_by else "Somebody"
            form.add_error(
                "progress", f"{who} saved this update meanwhile. Open it on its own page to see both versions"
            )
            fine = False
        except ActionDenied as problem:
            form.add_error(problem.field if problem.field in form.fields else "progress", problem.message)
            fine = False
    return bool(fine)


def check_many_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The drafts as they will read, those that are complete to be submitted together, and what the others lack."""
    review, asked = _asked(request, pk)
    drafts = [update for update in _in_hand(asked).values() if _is_ours(request, update)]
    drafts.sort(key=lambda update: (update.assignment.body.name, update.assignment.recommendation.sort_key))
    lacking = {update.pk: updates.what_is_missing(update) for update in drafts}
    complete = [update for update in drafts if not lacking[update.pk]]
    form = SubmitManyForm(posted(request), updates=complete)
    if request.method == "POST" and form.is_valid():
        done, problems = 0, []
        for update in form.chosen():
            try:
                updates.submit_update(by=request.user, update=update, version=update.version)
                done += 1
            except ActionDenied as problem:
                problems.append(f"{update.assignment.recommendation.reference}: {problem.message}")
            except EditConflict:
                problems.append(
                    f"{update.assignment.recommendation.reference}: somebody changed it meanwhile"
                )
        for problem_words in problems:
            messages.warning(request, problem_words)
        if done:
            messages.success(request, f"{plural(done, 'update')} sent on their way")
        return redirect(place(request.user, "check_many", pk) if problems else place(request.user, "my_work"))
    context = {
        "review": review,
        "form": form,
        "complete": [(f"{update.pk}-{update.version}", update, suspicious(update)) for update in complete],
        "incomplete": [(update, lacking[update.pk]) for update in drafts if lacking[update.pk]],
        "begun_by_nobody": len(asked) - len(_in_hand(asked)),
        "back": place(request.user, "answer_many", pk),
    }
    return render(request, "officers/many_check.html", context)


# ------------------------------------------------------------------ as officers reach them

answer_many = page(Right.LOG_UPDATE, methods="GET POST")(many_page)
check_many = page(Right.LOG_UPDATE, methods="GET POST")(check_many_page)
