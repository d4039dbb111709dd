"""The questions about a tracker, by their kinds."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from committee.paging import page_of
from recommendations.actions.import_previews import why_not_changed
from recommendations.forms.import_questions import QuestionsForm
from recommendations.imports import tasks
from recommendations.imports.kinds import BY_SLUG, kind_of, open_keys, questions_of
from recommendations.imports.questions import Offered
from recommendations.lifecycle import BodyKind
from recommendations.models import Body, ImportBatch, Inquiry, Post
from recommendations.permissions import Right
from recommendations.queries.import_lines import answers_given
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, perform_button, posted, render_form
from recommendations.views.scrutiny.imports import import_or_404

PAGE_SIZE = 20


@page(Right.IMPORT, methods="GET POST")
def import_questions(request: SignedInRequest, pk: int, group: str) -> HttpResponse:
    """Show the questions of one kind, a page at a time, and keep what is answered."""
    batch = import_or_404(request, pk)
    name = BY_SLUG[group].name if group in BY_SLUG else group
    questions = questions_of(batch, name)
    if not questions:
        raise Http404("No such questions")
    page_of_them = page_of(questions, PAGE_SIZE, request.GET.get("page"))
    if request.POST.get("do") in ("likelier", "all"):
        return _answer_all(request, batch, name)
    form = QuestionsForm(
        posted(request),
        questions=list(page_of_them.object_list),
        answers=answers_given(batch),
        offered=_offered(batch, name),
    )
    action = tasks.decide_exempt_words if name == "exempt" else tasks.answer
    result = perform(request, form, action, details=form.details, batch=batch)
    if result.done:
        return redirect("import_progress", pk=pk)
    still_open = open_keys(batch)
    return render_form(
        request,
        form,
        result,
        template="imports/questions.html",
        heading=kind_of(name).heading,
        caption=batch.file_name,
        back=reverse("import", args=[pk]),
        button="Save the answers",
        batch=batch,
        kind=kind_of(name),
        page=page_of_them,
        still_open=still_open,
        open_count=sum(question["key"] in still_open for question in questions),
        with_likelier=sum(
            question["key"] in still_open and question["likelier"] is not None for question in questions
        ),
        kinds_of_body=BodyKind if name == "body" else (),
        why_not=why_not_changed(batch),
        nothing_to_send=bool(why_not_changed(batch)),
    )


def _answer_all(request: SignedInRequest, batch: ImportBatch, kind: str) -> HttpResponse:
    """Answer all open questions of a kind at once: with the likelier reading, or with a new body for each name."""
    result = perform_button(
        request,
        tasks.answer_all,
        batch=batch,
        kind=kind,
        new_body=request.POST.get("new_body", "") if request.POST.get("do") == "all" else "",
    )
    if result.done:
        return redirect("import_progress", pk=batch.pk)
    return redirect("import", pk=batch.pk)


def _offered(batch: ImportBatch, kind: str) -> Offered:
    """Return what can be chosen beside a question's own choices."""
    if kind == "body":
        return Offered(Body.objects.existing().for_choice(), Post.objects.existing().for_choice())
    if kind == "inquiry":
        return Offered(inquiries=Inquiry.objects.within(batch.committee).latest_first())
    return Offered()
