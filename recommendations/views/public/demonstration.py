"""The e-mail that a demonstration would have sent."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from committee import branding
from recommendations.notifications import demo_mailbox
from recommendations.views.decorators import unrestricted


@unrestricted(methods="GET")
def demonstration_mail(request: HttpRequest) -> HttpResponse:
    """Show the messages that a demonstration wrote to files in place of sending them, the latest first.

    Raise Http404 anywhere else.
    """
    if not branding.shows_its_mail():
        raise Http404("There is no such page")
    return render(request, "notifications/demonstration.html", {"messages_written": demo_mailbox.latest()})
