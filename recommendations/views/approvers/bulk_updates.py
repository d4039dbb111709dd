"""Publish several updates at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from committee.formatting import plural
from recommendations.actions import updates
from recommendations.forms.bulk_updates import PublishUpdatesForm
from recommendations.models import Update
from recommendations.models.updates import UpdateQuerySet
from recommendations.notifications.recipients import grace_words, told_when_published, when_told
from recommendations.permissions import Right, sees_exempt
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import posted
from recommendations.views.officers.bulk_updates import MOST, perform_each


@page(Right.PUBLISH_UPDATE, methods="GET POST")
def publish_all(request: SignedInRequest) -> HttpResponse:
    """Show all that waits for an approver, in full on one page, and publish what is ticked."""
    return _publish_page(request, Update.objects.waiting_for(request.user), "approvals", "approval")


@page(Right.PUBLISH_RECEIVED_UPDATE, methods="GET POST")
def publish_received_updates(request: SignedInRequest) -> HttpResponse:
    """Show a scrutiny officer the same page, about what came by personal links from bodies without an approver."""
    return _publish_page(
        request,
        Update.objects.received_by(request.user).on_standing_parts(),
        "workspace",
        "publish_received_update",
    )


def _publish_page(request: SignedInRequest, rows: UpdateQuerySet, home: str, one_by_one: str) -> HttpResponse:
    waiting = list(rows.undecided().for_reading()[:MOST])
    mine = [update for update in waiting if _may_publish(request, update)]
    form = PublishUpdatesForm(posted(request), updates=mine)
    if request.method == "POST" and form.is_valid():
        changed = "it was changed meanwhile. Read it again"
        done = perform_each(
            request, form.chosen(), updates.approve_update, changed=changed, details=form.details
        )
        if done:
            messages.success(request, _published_words(done, home))
        return redirect(home)
    context: dict[str, Any] = {
        "form": form,
        "rows": form.rows_to_read(),
        "others": len(waiting) - len(mine),
        "back": reverse(home),
        "back_words": "Approvals" if home == "approvals" else "Workspace",
        "one_by_one": one_by_one,
        "told": told_when_published(mine, request.user),
        "when_told": when_told(),
        "grace": grace_words() if settings.GRACE_SECONDS else "",
    }
    return render(request, "approvers/bulk_updates.html", context)


def _published_words(count: int, home: str) -> str:
    """Return the message for who has just published so many updates."""
    if not settings.GRACE_SECONDS:
        return f"{plural(count, 'update is', 'updates are')} published"
    words = f"{plural(count, 'update is', 'updates are')} approved, and published in {grace_words()}."
    return f"{words} Until then you can take each of them back" if home == "approvals" else words


def _may_publish(request: SignedInRequest, update: Update) -> bool:
    """Return whether it can be published here: somebody else submitted it, and all of it can be read."""
    holds_exempt = update.has_exempt or any(evidence.is_exempt for evidence in update.evidence.all())
    return update.submitted_by_id != request.user.pk and (
        not holds_exempt or sees_exempt(request.user, update)
    )
