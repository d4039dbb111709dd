"""What people are told by mail: what each wants to be told, the log of what went out, and the mail of a demonstration."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committee import house
from recommendations.actions import notifications as actions
from recommendations.forms.notifications import MailFilter, NoticeSettingsForm
from recommendations.models import Mail, NoticeSettings
from recommendations.notifications import demo_mailbox
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import carry_out, posted, said
from recommendations.views.lists import listing


@page()
@require_http_methods(["GET", "HEAD", "POST"])
def my_notices(request: SignedInRequest) -> HttpResponse:
    kept = NoticeSettings.objects.filter(user=request.user).first()
    form = NoticeSettingsForm(posted(request), person=request.user, kept=kept)
    if request.method == "POST" and form.is_valid():
        attempt = carry_out(form, actions.choose_notices, by=request.user, **form.details())
        if attempt.done:
            return said(request, "What you are told is saved", "account")
    return render(
        request,
        "notices/mine.html",
        {
            "form": form,
            "heading": "What you are told by mail",
            "back": reverse("account"),
            "button": "Save",
            "on": settings.NOTICES,
            "hour": settings.NOTICES_HOUR,
        },
    )


@page(Right.ADMINISTER)
@require_safe
def mail_log(request: SignedInRequest) -> HttpResponse:
    """Every message of notices: to whom, what about, and what became of it."""
    found = listing(request, MailFilter, Mail.objects.for_log())
    return render(
        request,
        "administration/mail.html",
        {"heading": "Mail", "page": found.page, "filter": found.filters, "noun": "message"},
    )


@page(Right.ADMINISTER)
@require_POST
def try_mail_again(request: SignedInRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail.objects.failed(), pk=pk)
    actions.try_again(by=request.user, mail=mail)
    return said(request, f"The message to {mail.to.name} will be tried again", "mail_log")


@require_safe
def demonstration_mail(request: HttpRequest) -> HttpResponse:
    """The messages that a demonstration wrote to files in place of sending them, the latest first; 404 anywhere else."""
    if not house.shows_its_mail():
        raise Http404("There is no such page")
    return render(request, "notices/demonstration.html", {"messages_written": demo_mailbox.latest()})


demonstration_mail.public = True  # type: ignore[attr-defined]  # a mark that the walk over addresses reads
demonstration_mail.right = None  # type: ignore[attr-defined]  # what page() notes on a view
