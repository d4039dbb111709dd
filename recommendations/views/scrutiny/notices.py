"""Send recommendations to owning bodies, and begin their time to respond."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from recommendations.actions import notices as actions
from recommendations.forms.notices import NoticeForm
from recommendations.models import Assignment
from recommendations.permissions import Right
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    perform,
    posted,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.inquiries import inquiry_or_404, inquiry_url


@page(Right.EDIT_INQUIRY, methods="GET POST")
def send_notices(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what was sent and when; check what that means for each body; confirm."""
    inquiry = inquiry_or_404(request, pk)
    waiting = list(Assignment.objects.to_notify().of_inquiry(inquiry).for_list().in_order())
    form = NoticeForm(
        posted(request), assignments=waiting, from_public_sources=inquiry.is_from_public_sources
    )
    result = perform(request, form, actions.send_notice) if "send" in request.POST else ActionResult()
    if result.done:
        begun = "Nobody is told" if form.cleaned_data.get("from_source") else "The time to respond has begun"
        words = f"{len(result.result)} sent. {begun}"
        return redirect_with_message(request, words, inquiry_url(inquiry, "recommendations"))
    is_checked = form.is_valid() and "send" not in request.POST
    is_check = is_checked and "change" not in request.POST
    return render_form(
        request,
        form,
        result,
        template="scrutiny/notices_check.html" if is_check else "scrutiny/notices.html",
        inquiry=inquiry,
        waiting=waiting,
        terms=_terms(form) if is_checked else [],
        wide=is_checked,
        caption=inquiry.title,
        back=inquiry_url(inquiry),
    )


def _terms(form: NoticeForm) -> list[dict[str, Any]]:
    """Return what the notice means for each body: its assignments, and when its response is due."""
    on = form.cleaned_data["on"]
    chosen = sorted(form.cleaned_data["assignments"], key=lambda assignment: assignment.body.sort_key)
    return [
        {"body": due.body, "parts": due.parts, "due_on": due.body.response_due(on)}
        for due in work.due_responses(chosen)
    ]
