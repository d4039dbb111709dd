"""What became of recommendations that a tracker leaves out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from committee.formatting import plural
from committee.paging import page_of
from recommendations.forms.import_gone import GoneForm
from recommendations.imports import gone as answers
from recommendations.lifecycle import GoneAnswer, ImportState
from recommendations.models import ImportBatch
from recommendations.permissions import Right
from recommendations.queries.import_gone import MOST_OFFERED, GoneSince, new_lines
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    CHANGED,
    parse_pk,
    perform,
    perform_button,
    posted,
    render_form,
)
from recommendations.views.scrutiny.imports import import_or_404

PAGE_SIZE = 20
FOR_ALL = {"all open": GoneAnswer.OPEN, "all closed": GoneAnswer.CLOSED}
"""The buttons that answer alike for all that are unanswered."""


@page(Right.IMPORT, methods="GET POST")
def import_gone(request: SignedInRequest, pk: int) -> HttpResponse:
    """List what was in an earlier file of the same inquiries and is not in this one, and keep what became of each."""
    batch = import_or_404(request, pk)
    if request.POST.get("do") in FOR_ALL:
        return _answer_all(request, batch)
    since = GoneSince(batch)
    page_of_them = page_of(since.keys, PAGE_SIZE, request.GET.get("page"))
    here = f"{reverse('import_gone', args=[pk])}?page={page_of_them.number}"
    can_change = batch.state == ImportState.TO_CHECK
    answered = _answered(request)
    if not answered <= set(since.keys):
        messages.warning(request, CHANGED)
        return redirect(here)
    gone = since.shown(answered or page_of_them.object_list)
    lines = new_lines(batch, since.same_lines.values()) if can_change and gone else []
    form = GoneForm(posted(request), gone=gone, lines=lines)
    result = perform(request, form, answers.answer, details=form.details, batch=batch)
    if result.current is not None:
        messages.warning(request, CHANGED)
        return redirect(here)
    if result.done:
        messages.success(request, "The answers are saved")
        return redirect(here)
    return render_form(
        request,
        form,
        result,
        template="imports/gone.html",
        heading="Gone: what became of it?",
        caption=batch.file_name,
        back=reverse("import", args=[pk]),
        button="Save the answers",
        batch=batch,
        since=since,
        gone=gone,
        page=page_of_them,
        can_change=can_change,
        nothing_to_send=not can_change or not gone,
        most_offered=MOST_OFFERED if len(lines) >= MOST_OFFERED else 0,
    )


def _answered(request: SignedInRequest) -> set[int]:
    """Return the ids of the recommendations that the page showed that was sent; the list may have moved on since."""
    names = (name.partition("_")[2] for name in request.POST if name.startswith("version_"))
    return {number for name in names if (number := parse_pk(name)) is not None}


def _answer_all(request: SignedInRequest, batch: ImportBatch) -> HttpResponse:
    """Answer alike for all that nobody has answered."""
    perform_button(
        request,
        answers.answer_all,
        done=lambda count: f"{plural(count, 'recommendation is', 'recommendations are')} answered",
        batch=batch,
        answer=FOR_ALL[request.POST["do"]],
    )
    return redirect("import_gone", pk=batch.pk)
