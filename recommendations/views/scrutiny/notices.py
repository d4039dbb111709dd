"""Send recommendations to owning bodies."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from recommendations.actions import notices
from recommendations.forms.notices import NoticeForm
from recommendations.models import Assignment
from recommendations.permissions import Right
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, posted, redirect_with_message
from recommendations.views.scrutiny.inquiries import back_to, inquiry_or_404

# ------------------------------------------------------------------ notices


@page(Right.EDIT_INQUIRY, methods="GET POST")
def send_notices(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what was sent and when; see what that means for each body; confirm."""
    inquiry = inquiry_or_404(request, pk)
    waiting = list(Assignment.objects.to_notify().of_inquiry(inquiry).for_list().in_order())
    form = NoticeForm(posted(request), assignments=waiting)
    previewed = request.method == "POST" and form.is_valid()
    if previewed and "send" in request.POST:
        attempt = perform(request, form, notices.send_notice)
        if attempt.done:
            words = f"{len(attempt.result)} sent. The time to respond has begun"
            return redirect_with_message(request, words, back_to(inquiry, "recommendations"))
        previewed = False
    return render(
        request,
        "scrutiny/notices_check.html"
        if previewed and "change" not in request.POST
        else "scrutiny/notices.html",
        {
            "form": form,
            "inquiry": inquiry,
            "waiting": waiting,
            "terms": _terms(form) if previewed else [],
            "wide": previewed,
            "caption": inquiry.title,
            "back": back_to(inquiry),
        },
    )


def _terms(form: NoticeForm) -> list[dict[str, Any]]:
    """What the notice means for each body: its parts, its term, when its response is due and why."""
    on = form.cleaned_data["on"]
    return [
        {"body": debt.body, "parts": debt.parts, "due_on": debt.body.response_due(on)}
        for debt in work.due_responses(
            sorted(form.cleaned_data["assignments"], key=lambda part: part.body.name)
        )
    ]
