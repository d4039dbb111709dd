"""Open text that is no longer exempt."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from committee import clock
from recommendations.actions import exempt as actions
from recommendations.forms.exempt import OpenExemptForm
from recommendations.models import Response, Update
from recommendations.permissions import Right, sees_exempt
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import fetch, perform, posted, redirect_with_message, render_form


@page(Right.OPEN_EXEMPT, methods="GET POST")
def open_exempt(request: SignedInRequest, what: str, pk: int) -> HttpResponse:
    """Open the exempt part of an update or a response to everybody."""
    rows: Any = Update.objects.published() if what == "update" else Response.objects.all()
    thing = fetch(request.user, rows.visible_to(request.user).with_exempt_part(), pk, Right.OPEN_EXEMPT)
    recommendation = thing.assignment.recommendation
    back = reverse("recommendation", args=[recommendation.pk])
    if hasattr(thing, "exempt_opening"):
        return redirect(back)
    form = OpenExemptForm(posted(request))
    result = perform(request, form, actions.open_exempt, thing=thing)
    if result.done:
        return redirect_with_message(request, "The text is open to everybody", back)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/open_exempt.html",
        heading="Open this exempt text to everybody?",
        caption=f"{recommendation.reference} {recommendation.heading}",
        thing=thing,
        sees=sees_exempt(request.user, thing),
        today=clock.today(),
        back=back,
        button="Open the text to everybody",
        danger=True,
    )
