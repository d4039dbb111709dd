"""The log of e-mail, and trying again what could not be sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from recommendations.actions import notifications as actions
from recommendations.forms.notifications import MailFilter
from recommendations.models import Mail
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform_button
from recommendations.views.lists import listing


@page(Right.ADMINISTER, methods="GET")
def mail_log(request: SignedInRequest) -> HttpResponse:
    """List every message of notices: to whom, what about, and what became of it."""
    found = listing(request, MailFilter, Mail.objects.for_log())
    return render(
        request,
        "administration/notifications.html",
        {"heading": "Mail", "page": found.page, "filter": found.filters, "noun": "message"},
    )


@page(Right.ADMINISTER, methods="POST")
def try_mail_again(request: SignedInRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail.objects.failed(), pk=pk)
    done = f"The message to {mail.to.name} will be tried again"
    perform_button(request, actions.try_again, done=done, mail=mail)
    return redirect("mail_log")
