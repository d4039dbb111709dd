"""What a person wants to be told by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from recommendations.actions import notifications as actions
from recommendations.forms.notifications import NoticeSettingsForm
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, posted, redirect_with_message, render_form


@page(methods="GET POST")
def my_notices(request: SignedInRequest) -> HttpResponse:
    """Choose what to be told by e-mail, and whether on working days only."""
    kept = getattr(request.user, "notice_settings", None)
    form = NoticeSettingsForm(posted(request), person=request.user, kept=kept)
    result = perform(request, form, actions.choose_notices, details=form.details)
    if result.done:
        return redirect_with_message(request, "What you are told is saved", "account")
    return render_form(
        request,
        form,
        result,
        template="notifications/mine.html",
        heading="What you are told by mail",
        back=reverse("account"),
        button="Save",
        on=settings.NOTICES,
        hour=settings.NOTICES_HOUR,
    )
