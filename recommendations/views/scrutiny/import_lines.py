"""The lines of a tracker: all of them a page at a time, and one to be mended or left out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from committee.paging import page_of
from recommendations.actions.import_previews import line_version
from recommendations.forms.import_lines import LineForm
from recommendations.imports import mend
from recommendations.lifecycle import ImportRowState, ImportState
from recommendations.models import Body, ImportBatch, ImportRow, Inquiry, Post
from recommendations.permissions import Right
from recommendations.queries.import_lines import filters_of, keys_on, lines_of, shown, shown_by
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    fetch,
    perform,
    perform_button,
    posted,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.imports import import_or_404

PAGE_SIZE = 30


@page(Right.IMPORT, methods="GET")
def import_lines(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the lines as they will become, the untouched cells beside the values."""
    batch = import_or_404(request, pk, ImportBatch.objects.for_lines())
    filters = filters_of(batch)
    show = shown_by(filters, request.GET.get("show", ""))
    keys = lines_of(batch, show.name).values_list("pk", flat=True)
    page_of_them = page_of(keys, PAGE_SIZE, request.GET.get("page"), count=show.count)
    return render(
        request,
        "imports/lines.html",
        {
            "batch": batch,
            "filters": filters,
            "show": show.name,
            "page": page_of_them,
            "lines": shown(batch, keys_on(page_of_them, batch, show.name)),
            "can_change": batch.state == ImportState.TO_CHECK,
        },
    )


def line_or_404(request: SignedInRequest, pk: int) -> ImportRow:
    """Return a line of an import that the person may see. Raise Http404 for any other, PermissionDenied without the right."""
    rows = ImportRow.objects.visible_to(request.user).select_related("batch__committee", "batch__created_by")
    row: ImportRow = fetch(request.user, rows, pk, Right.IMPORT)
    return row


@page(Right.IMPORT, methods="GET POST")
def import_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one line, and mend it or leave it out. What is on the record is shown as it became."""
    row = line_or_404(request, pk)
    batch = row.batch
    if request.POST.get("do") in ("leave out", "take in", "as read"):
        return _decide(request, row)
    form = LineForm(
        posted(request),
        row=row,
        version=line_version(row),
        inquiries=list(Inquiry.objects.within(batch.committee).latest_first()),
        bodies=list(Body.objects.for_choice()),
        posts=list(Post.objects.existing().for_choice()),
    )
    result = perform(request, form, mend.mend_line, details=form.details, row=row)
    if result.done:
        return redirect_with_message(request, "The line is saved", _lines_url(row))
    (line,) = shown(batch, [row.pk])
    return render_form(
        request,
        form,
        result,
        template="imports/line.html",
        heading=row.place[:1].upper() + row.place[1:],
        caption=batch.file_name,
        back=_lines_url(row),
        button="Save the line",
        row=row,
        line=line,
        version=line_version(row),
        left_out=row.state == ImportRowState.LEFT_OUT,
        nothing_to_send=batch.state != ImportState.TO_CHECK or row.state == ImportRowState.LEFT_OUT,
        can_change=batch.state == ImportState.TO_CHECK,
        wide=True,
    )


def _decide(request: SignedInRequest, row: ImportRow) -> HttpResponse:
    version = request.POST.get("version", "")
    if request.POST["do"] == "as read":
        perform_button(
            request, mend.as_it_was_read, done="The line is as it was read", row=row, version=version
        )
        return redirect("import_line", pk=row.pk)
    out = request.POST["do"] == "leave out"
    words = "The line is left out" if out else "The line is taken in again"
    perform_button(request, mend.leave_out, done=words, row=row, version=version, out=out)
    return redirect(_lines_url(row))


def _lines_url(row: ImportRow) -> str:
    """Return the address of the page of the list on which the line stands."""
    return f"{reverse('import_lines', args=[row.batch_id])}?page={row.order // PAGE_SIZE + 1}#line-{row.pk}"
