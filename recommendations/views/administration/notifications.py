"""The log of e-mail, and trying again what could not be sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from committee.models import Email
from recommendations.actions import notifications as actions
from recommendations.forms.notifications import MailFilter
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform_button
from recommendations.views.lists import listing


@page(Right.ADMINISTER, methods="GET")
def mail_log(request: SignedInRequest) -> HttpResponse:
    """List every e-mail: to whom, what about, and what became of it."""
    found = listing(request, MailFilter, Email.objects.for_log().prefetch_related("notices"))
    return render(
        request,
        "administration/notifications.html",
        found.context(heading="Mail", noun="message"),
    )


@page(Right.ADMINISTER, methods="POST")
def try_mail_again(request: SignedInRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Email.objects.retriable().select_related("to"), pk=pk)
    done = f"The message to {mail.recipient} will be tried again"
    perform_button(request, actions.try_again, done=done, mail=mail)
    return redirect("mail_log")
