"""Send recommendations to owning bodies, and begin their time to respond."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from committee.formatting import plural
from recommendations.actions import notices as actions
from recommendations.forms.notices import NoticeForm, TakeBackNoticeForm
from recommendations.lifecycle import NoticeKind
from recommendations.models import Assignment, Inquiry
from recommendations.notifications.recipients import people_told, when_told, who_is_told
from recommendations.permissions import Right
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    perform,
    posted,
    redirect_with_message,
    render_form,
    with_link,
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
        words = with_link(
            f"{len(result.result)} sent. {begun}",
            "Take that back",
            _take_back_url(inquiry, result.result),
        )
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
        too_late=_sent_too_late(form) if is_checked else [],
        told=who_is_told(form.cleaned_data["assignments"], NoticeKind.SENT) if is_check else [],
        when_told=when_told(),
        wide=is_checked,
        caption=inquiry.title,
        back=inquiry_url(inquiry),
    )


def _take_back_url(inquiry: Inquiry, assignments: Sequence[Assignment]) -> str:
    """Return the address on which these notices are taken back: they are ticked there."""
    chosen = urlencode({"notice": [one.pk for one in assignments]}, doseq=True)
    return f"{reverse('take_back_notices', args=[inquiry.pk])}?{chosen}"


@page(Right.EDIT_INQUIRY, methods="GET POST")
def take_back_notices(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back notices that were sent by mistake, as long as the body has answered nothing."""
    inquiry = inquiry_or_404(request, pk)
    sent = list(Assignment.objects.with_notice_to_take_back().of_inquiry(inquiry).for_list().in_order())
    chosen = [one.pk for one in sent if str(one.pk) in request.GET.getlist("notice")]
    form = TakeBackNoticeForm(bound_data(request), assignments=sent, initial={"assignments": chosen})
    result = perform(request, form, actions.take_back_notices)
    if result.done:
        words = f"{plural(len(result.result), 'notice is', 'notices are')} taken back"
        return redirect_with_message(request, words, inquiry_url(inquiry, "recommendations"))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/notices_take_back.html",
        heading="Take back notices sent by mistake",
        caption=inquiry.title,
        told=people_told(f"assignment:{one.pk}" for one in sent),
        nothing_to_send=not sent,
        button="Take them back",
        back=inquiry_url(inquiry, "recommendations"),
    )


def _sent_too_late(form: NoticeForm) -> list[Assignment]:
    """Return those whose first date passed before the notice, which makes nothing late then."""
    on, chosen = form.cleaned_data["on"], form.cleaned_data["assignments"]
    return [
        one
        for one in chosen
        if one.first_target_on is not None and one.first_target_on < on and not one.is_imported
    ]


def _terms(form: NoticeForm) -> list[dict[str, Any]]:
    """Return what the notice means for each body: its assignments, and when its response is due."""
    on = form.cleaned_data["on"]
    chosen = sorted(form.cleaned_data["assignments"], key=lambda assignment: assignment.body.sort_key)
    return [
        {"body": due.body, "parts": due.parts, "due_on": due.body.response_due(on)}
        for due in work.due_responses(chosen)
    ]
