"""Apply an import, take it back, and begin to follow up what it brought: each is checked first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from committee import clock
from recommendations.actions import imports as actions
from recommendations.forms.imports import ApplyForm
from recommendations.forms.inquiries import ConfirmForm
from recommendations.imports import tasks
from recommendations.imports.summary import plan_of
from recommendations.lifecycle import ImportState
from recommendations.permissions import Right
from recommendations.queries.import_gone import GoneSince
from recommendations.queries.import_lines import filters_of
from recommendations.queries.imports import standing_on, would_be_chased
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    perform,
    posted,
    posted_version,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.imports import import_or_404


@page(Right.IMPORT, methods="GET POST")
def apply_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what will be made and changed, and have it applied."""
    batch = import_or_404(request, pk)
    plan = plan_of(batch)
    form = ApplyForm(posted(request), open_questions=plan.open_questions, ask_exempt=plan.ask_exempt)
    result = perform(
        request,
        form,
        tasks.request_apply,
        details=form.details,
        batch=batch,
        version=posted_version(request),
    )
    if result.done:
        return redirect("import_progress", pk=pk)
    return render_form(
        request,
        form,
        result,
        template="imports/apply.html",
        heading="Apply this tracker?",
        caption=batch.file_name,
        back=reverse("import", args=[pk]),
        button="Apply it",
        batch=batch,
        plan=plan,
        gone=GoneSince(batch).count,
        nothing_to_send=not plan.can_be_applied or batch.state != ImportState.TO_CHECK,
        unsaved=False,
    )


@page(Right.IMPORT, methods="GET POST")
def undo_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what goes, or what stands on it, and have it taken back."""
    batch = import_or_404(request, pk)
    stands = standing_on(batch) if batch.state == ImportState.APPLIED else ""
    form = ConfirmForm(posted(request))
    result = perform(request, form, tasks.request_undo, batch=batch)
    if result.done:
        return redirect("import_progress", pk=pk)
    return render_form(
        request,
        form,
        result,
        template="imports/undo.html",
        heading="Take this import back?",
        caption=batch.file_name,
        back=reverse("import", args=[pk]),
        button="Take it back",
        danger=True,
        batch=batch,
        stands=stands,
        filters=filters_of(batch),
        nothing_to_send=bool(stands) or batch.state != ImportState.APPLIED,
    )


@page(Right.IMPORT, methods="GET POST")
def follow_up_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what would be chased, and begin to follow it up."""
    batch = import_or_404(request, pk)
    form = ConfirmForm(posted(request))
    result = perform(request, form, actions.follow_up_imported, batch=batch)
    if result.done:
        words = "What it brought is followed up from now on, like everything else"
        return redirect_with_message(request, words, "import", pk)
    return render_form(
        request,
        form,
        result,
        template="imports/follow_up.html",
        heading="Begin to follow it up?",
        caption=batch.file_name,
        back=reverse("import", args=[pk]),
        button="Follow it up",
        batch=batch,
        chased=would_be_chased(batch.committee, clock.today(), batch=batch),
        nothing_to_send=batch.is_followed_up or batch.state != ImportState.APPLIED,
    )
