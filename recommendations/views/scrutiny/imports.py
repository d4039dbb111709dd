"""Bring a tracker in: the list, the upload, and the page from which an import is checked."""

from __future__ import annotations

import structlog
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from committee import health
from committee.paging import page_of
from recommendations.actions import imports as actions
from recommendations.actions.import_previews import why_not_changed
from recommendations.forms.imports import ColumnsForm, DetailsForm, NewImportForm
from recommendations.forms.inquiries import ConfirmForm
from recommendations.imports import tasks
from recommendations.imports.kinds import asked_of, where
from recommendations.imports.template import template_workbook
from recommendations.lifecycle import ImportState, Role
from recommendations.models import Body, ImportBatch
from recommendations.models.imports import ImportBatchQuerySet
from recommendations.permissions import Right
from recommendations.queries.import_gone import GoneSince
from recommendations.queries.import_lines import filters_of
from recommendations.utils.job_progress import percent_done
from recommendations.utils.stored_files import open_stored
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    fetch,
    perform,
    perform_button,
    posted,
    redirect_with_message,
    render_form,
)

log = structlog.get_logger(__name__)
PAGE_SIZE = 25
UNDER_WAY = (ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def import_or_404(request: SignedInRequest, pk: int, rows: ImportBatchQuerySet | None = None) -> ImportBatch:
    """Return an import of a committee that the person works for. Raise Http404 for any other, PermissionDenied without the
    right.

    `rows` are all imports, for a page that needs less of them than who did what.
    """
    rows = ImportBatch.objects.for_list() if rows is None else rows
    batch: ImportBatch = fetch(request.user, rows.visible_to(request.user), pk, Right.IMPORT)
    return batch


@page(Right.IMPORT, methods="GET")
def imports(request: SignedInRequest) -> HttpResponse:
    rows = (
        ImportBatch.objects.visible_to(request.user)
        .for_list()
        .defer("reading", "new_bodies", "new_inquiries")
    )
    return render(
        request,
        "imports/list.html",
        {"heading": "Trackers brought in", "page": page_of(rows, PAGE_SIZE, request.GET.get("page"))},
    )


@page(Right.IMPORT, methods="GET POST")
def new_import(request: SignedInRequest) -> HttpResponse:
    served = Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER, Role.CLERK)
    committees = list(served.committees().existing().for_choice())
    form = NewImportForm(posted(request), request.FILES or None, committees=committees)
    result = perform(request, form, tasks.hand_in)
    if result.done:
        return redirect("import_progress", pk=result.result.pk)
    return render_form(
        request,
        form,
        result,
        template="imports/new.html",
        heading="Bring your tracker",
        back=reverse("imports"),
        button="Read the file",
        committees=committees,
    )


@page(Right.IMPORT, methods="GET")
def import_template(request: SignedInRequest) -> HttpResponse:
    """Send an empty workbook with the columns that are understood without a question."""
    response = HttpResponse(template_workbook(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="tracker-template.xlsx"'
    return response


@page(Right.IMPORT, methods="GET")
def import_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an import: what the file holds in a sentence, and the steps until it is applied, or what became of it."""
    batch = import_or_404(request, pk)
    context = {"batch": batch, "under_way": batch.state in UNDER_WAY}
    if batch.state == ImportState.TO_CHECK:
        asked = asked_of(batch)
        context |= {
            "asked": asked,
            "open_count": sum(one.open for one in asked),
            "filters": filters_of(batch),
            "gone": GoneSince(batch).count,
        }
    elif batch.applied_at:
        context |= {"filters": filters_of(batch), "gone": GoneSince(batch).count}
    return render(request, "imports/import.html", context)


@page(Right.IMPORT, methods="GET")
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far the reading, applying or undoing is, also as the fragment that the page fetches."""
    batch = import_or_404(request, pk)
    waiting = batch.state in UNDER_WAY
    percent = percent_done(batch.job_name) if batch.state == ImportState.APPLYING else None
    context = {
        "batch": batch,
        "waiting": waiting,
        "percent": percent,
        "words": "Under way" if percent is None else f"{percent}% done",
        "unattended": waiting and percent is None and health.worker() != health.WORKER_SEEN,
    }
    if request.headers.get("X-Fragment") == "1":
        response = render(request, "imports/_progress.html", context)
        response["X-Waiting"] = "1" if waiting else "0"
        return response
    if not waiting:
        return redirect("import", pk=pk)
    return render(request, "imports/progress.html", context)


@page(Right.IMPORT, methods="POST")
def read_import_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the file read anew."""
    batch = import_or_404(request, pk)
    result = perform_button(request, tasks.request_reading, batch=batch)
    return redirect("import_progress" if result.done else "import", pk=pk)


@page(Right.IMPORT, methods="GET")
def import_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Send the file as it was handed in, as a download: a browser never opens it."""
    batch = import_or_404(request, pk)
    file = open_stored(batch.file) if batch.file else None
    if file is None:
        log.error("import_file_missing", batch=batch.pk)
        raise Http404("The file is not in storage")
    response = FileResponse(
        file, as_attachment=True, filename=batch.file_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@page(Right.IMPORT, methods="GET POST")
def import_details(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the tracker's own day, and what was said of its publication."""
    batch = import_or_404(request, pk)
    form = DetailsForm(posted(request), batch=batch)
    result = perform(request, form, tasks.change_details, batch=batch)
    if result.done:
        return redirect("import_progress", pk=pk)
    return render_form(
        request,
        form,
        result,
        template="imports/details.html",
        heading="The tracker’s day, and its publication",
        caption=batch.file_name,
        back=reverse("import", args=[pk]),
        button="Save, and read the file anew",
        batch=batch,
        why_not=why_not_changed(batch),
        nothing_to_send=bool(why_not_changed(batch)),
    )


@page(Right.IMPORT, methods="GET POST")
def import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what each column was taken for, and change it; it is remembered for files of this shape."""
    batch = import_or_404(request, pk)
    tables = batch.reading.get("tables", [])
    form = ColumnsForm(posted(request), tables=tables)
    result = perform(request, form, tasks.answer, details=lambda: {"answers": form.answers()}, batch=batch)
    if result.done:
        return redirect("import_progress", pk=pk)
    return render_form(
        request,
        form,
        result,
        template="imports/columns.html",
        heading="What the columns hold",
        caption=batch.file_name,
        back=reverse("import", args=[pk]),
        button="Save, and read the file anew",
        batch=batch,
        tables=form.tables(tables),
        why_not=why_not_changed(batch),
        nothing_to_send=bool(why_not_changed(batch)),
        wide=True,
    )


@page(Right.IMPORT, methods="GET")
def import_ignored(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the rows that were left out, each with its reason."""
    batch = import_or_404(request, pk)
    page_of_them = page_of(batch.reading.get("ignored", []), 100, request.GET.get("page"))
    page_of_them.object_list = [
        {**one, "place": where(one["table"], one["row"], one["last_row"])} for one in page_of_them.object_list
    ]
    return render(request, "imports/ignored.html", {"batch": batch, "page": page_of_them})


@page(Right.IMPORT, methods="GET POST")
def discard_import(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = import_or_404(request, pk)
    form = ConfirmForm(posted(request))
    why_not = actions.why_not_discarded(batch)
    result = perform(request, form, actions.discard_import, batch=batch)
    if result.done:
        return redirect_with_message(
            request, "The import is discarded. Nothing of it was on the record", "imports"
        )
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading="Discard this import?",
        caption=batch.file_name,
        warning=f"{why_not}."
        if why_not
        else "Its lines, and what was mended of them, go. What was answered about words is remembered.",
        nothing_to_send=bool(why_not),
        button="Discard it",
        danger=True,
        back=reverse("import", args=[pk]),
    )
