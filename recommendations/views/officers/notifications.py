"""What a person wants to be told by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import notifications as actions
from recommendations.forms.notifications import NoticeSettingsForm
from recommendations.models import NoticeSettings
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, posted, redirect_with_message


@page(methods="GET POST")
def my_notices(request: SignedInRequest) -> HttpResponse:
    kept = NoticeSettings.objects.filter(user=request.user).first()
    form = NoticeSettingsForm(posted(request), person=request.user, kept=kept)
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.choose_notices, details=form.details)
        if attempt.done:
            return redirect_with_message(request, "What you are told is saved", "account")
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
