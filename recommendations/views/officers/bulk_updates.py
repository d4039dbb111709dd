"""Answer all that a review asks of a body on one page, then check it and submit it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from committee.accounts.models import User
from committee.formatting import plural
from recommendations.actions import updates
from recommendations.forms.bulk_updates import DayForm, RowForm, SubmitUpdatesForm
from recommendations.lifecycle import Role
from recommendations.models import Body, Review, Update, UpdateRequest
from recommendations.notifications.recipients import grace_words, when_told
from recommendations.permissions import Right, sees_exempt
from recommendations.queries.respondent_links import place
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    attempt,
    bound_data,
    posted,
    redirect_with_message,
    show_denied,
)

MOST = 60
"""How many are on one page: more would be slow to load and hard to go through."""


def _asked(request: SignedInRequest, pk: int) -> tuple[Review, list[UpdateRequest]]:
    """Return the review and what it still asks of this person's bodies. Raise Http404 where it asks nothing of them."""
    review = get_object_or_404(Review.objects.select_related("committee"), pk=pk)
    asked = review.requests.to_bodies_of(request.user)
    if not asked.exists():
        raise Http404
    request.about = review
    rows = asked.unanswered().for_list().select_related("assignment__last_update", "assignment__post")
    return review, list(
        rows.order_by("assignment__body__sort_key", "assignment__recommendation__sort_key", "id")
    )


def bulk_update_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Answer all that a review asks of one's body; respondents reach the same page by their links."""
    review, asked = _asked(request, pk)
    pending = _pending(asked)
    data = bound_data(request)
    data = data.copy() if data is not None else None
    day = DayForm(data)
    forms = [
        RowForm(data, assignment=one.assignment, update=pending.get(one.assignment_id))
        for one in asked[:MOST]
        if _is_ours(request, pending.get(one.assignment_id))
    ]
    gone = _gone(request, data, review, pending, forms) if request.method == "POST" else []
    if request.method == "POST" and _save(request, data, day, forms) and not gone:
        if request.POST.get("do") == "check":
            return redirect(place(request.user, "check_review_updates", pk))
        return redirect_with_message(
            request, "The drafts are saved", place(request.user, "write_review_updates", pk)
        )
    context = {
        "review": review,
        "day": day,
        "forms": [*gone, *forms],
        "elsewhere": [one for one in asked[:MOST] if not _is_ours(request, pending.get(one.assignment_id))],
        "more": max(0, len(asked) - MOST),
        "back": place(request.user, "my_work"),
    }
    return render(request, "officers/bulk_updates.html", context)


def _pending(asked: list[UpdateRequest]) -> dict[int, Update]:
    """Return the update begun and not yet published, by the id of its assignment."""
    rows = Update.objects.unpublished().for_reading().of_any(one.assignment for one in asked)
    return {update.assignment_id: update for update in rows}


def _is_ours(request: SignedInRequest, update: Update | None) -> bool:
    """Return whether it can be written here: nothing is begun, or a draft without an exempt part that others wrote."""
    if update is None:
        return True
    return update.is_editable and (not update.has_exempt or sees_exempt(request.user, update))


def _gone(
    request: SignedInRequest,
    data: QueryDict | None,
    review: Review,
    pending: dict[int, Update],
    forms: list[RowForm],
) -> list[RowForm]:
    """Return the forms of rows that were written in, and that the page no longer has: somebody answered them meanwhile or
    writes on them, or nothing is asked any more. Each keeps its words and says why.
    """
    here = {form.assignment.pk for form in forms}
    rows = review.requests.to_bodies_of(request.user).for_list()
    gone = []
    for row in rows.select_related("assignment__last_update", "assignment__post"):
        assignment = row.assignment
        if assignment.pk in here or data is None or f"a{assignment.pk}-progress" not in data:
            continue
        form = RowForm(
            data, assignment=assignment, update=pending.get(assignment.pk) or assignment.last_update
        )
        if form.has_words and form.is_touched:
            form.is_valid()
            form.add_error("progress", _why_gone(review, row, pending))
            gone.append(form)
    return gone


def _why_gone(review: Review, row: UpdateRequest, pending: dict[int, Update]) -> str:
    """Return why a row that was written in is no longer asked for, and what to do about its words."""
    if review.end_words:
        return f"{review.end_words.rstrip('.')}. {NOT_ASKED}"
    if row.fulfilled_by_id is None and row.assignment_id not in pending:
        return f"Progress on this is not asked of you any more. {NOT_ASKED}"
    return GONE


NOT_ASKED = (
    "Your words are not saved. Copy what is still needed: if the recommendation is open to you, you can report on its own page."
    " Then empty these boxes"
)
GONE = (
    "Somebody else answered this meanwhile, or is writing on it, so your words are not saved. Copy what is still needed, then"
    " empty these boxes"
)


def _save(request: SignedInRequest, data: QueryDict | None, day: DayForm, forms: list[RowForm]) -> bool:
    """Save each row that was touched, each for itself, and return whether all of them are saved.

    A row that is not saved says why at its boxes. `data` takes the new versions of the others: the page may be shown again.
    """
    touched = [form for form in forms if form.is_touched]
    valid = [form.is_valid() for form in (day, *touched)]
    if data is None or not day.is_valid():
        return False
    saved = [_save_row(request, data, day, form) for form in touched if form.is_valid()]
    return all(valid) and all(saved)


def _save_row(request: SignedInRequest, data: QueryDict, day: DayForm, form: RowForm) -> bool:
    result = attempt(
        updates.write_update,
        by=request.user,
        assignment=form.assignment,
        version=form.cleaned_data["version"],
        as_at=day.cleaned_data["as_at"],
        **form.details(),
    )
    if result.done:
        data[form.add_prefix("version")] = str(result.result.version)
    if result.denied is not None:
        show_denied(form, result.denied, "progress")
    if result.current is not None:
        who = result.current.saved_by.name if result.current.saved_by else "Somebody"
        form.add_error(
            "progress", f"{who} saved this update meanwhile. Open it on its own page to see both versions"
        )
    return result.done


def perform_each(
    request: SignedInRequest,
    chosen: Sequence[Update],
    action: Callable[..., Any],
    *,
    changed: str,
    details: Callable[[Update], dict[str, Any]],
) -> int:
    """Carry out the action for each of the updates, each for itself, and return for how many it is done.

    `details` returns what the form says of one. A message says why it is not done for the others; `changed` says so of
    one that somebody else changed meanwhile.
    """
    done = 0
    for update in chosen:
        result = attempt(action, by=request.user, update=update, version=update.version, **details(update))
        done += result.done
        if not result.done:
            why = result.denied.message if result.denied is not None else changed
            messages.warning(request, f"{update.assignment.recommendation.reference}: {why}")
    return done


def _readers(request: SignedInRequest, complete: list[Update]) -> list[tuple[Body, list[User]]]:
    """Return the approvers to whom the updates go, by body; not the person who submits them."""
    bodies = {update.assignment.body_id: update.assignment.body for update in complete}
    return [
        (body, [one for one in body.members_as(Role.APPROVER) if one.pk != request.user.pk])
        for body in bodies.values()
    ]


def bulk_check_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the drafts as they will read, submit the complete ones together, and say what the others lack."""
    review, asked = _asked(request, pk)
    pending = _pending(asked)
    drafts = [update for update in pending.values() if _is_ours(request, update)]
    drafts.sort(
        key=lambda update: (update.assignment.body.sort_key, update.assignment.recommendation.sort_key)
    )
    lacking = {update.pk: updates.what_is_missing(update) for update in drafts}
    complete = [update for update in drafts if not lacking[update.pk]]
    form = SubmitUpdatesForm(posted(request), updates=complete)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        changed = "somebody changed it meanwhile"
        done = perform_each(request, chosen, updates.submit_update, changed=changed, details=form.details)
        if done:
            messages.success(request, f"{plural(done, 'update')} sent on their way")
        all_done = done == len(chosen)
        return redirect(
            place(request.user, "my_work") if all_done else place(request.user, "check_review_updates", pk)
        )
    context = {
        "review": review,
        "form": form,
        "complete": form.rows_to_read(),
        "incomplete": [(update, lacking[update.pk]) for update in drafts if lacking[update.pk]],
        "begun_by_nobody": len(asked) - len(pending),
        "readers": _readers(request, complete),
        "when_told": when_told(),
        "grace": grace_words() if settings.GRACE_SECONDS else "",
        "back": place(request.user, "write_review_updates", pk),
    }
    return render(request, "officers/bulk_updates_check.html", context)


write_review_updates = page(Right.LOG_UPDATE, methods="GET POST")(bulk_update_page)
check_review_updates = page(Right.LOG_UPDATE, methods="GET POST")(bulk_check_page)
