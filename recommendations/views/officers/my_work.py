"""The first page of responsible officers: what waits for them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from committee import clock
from recommendations.models import Update
from recommendations.permissions import Right, may
from recommendations.queries import my_work as my_work_queries
from recommendations.views.decorators import SignedInRequest, page


@page(Right.MY_WORK, methods="GET")
def my_work(request: SignedInRequest) -> HttpResponse:
    bodies = my_work_queries.bodies_of(request.user)
    chosen = next((body for body in bodies if str(body.pk) == request.GET.get("body")), None)
    only = request.GET.get("show", "")
    only = only if only in {queue.key for queue in my_work_queries.WORK_QUEUES} else ""
    queues = my_work_queries.work_queue_pages(
        request.user, body=chosen, only=only, page=request.GET.get("page", "")
    )
    context = {
        "queue_pages": queues,
        "reviews": [] if only else my_work_queries.reviews_asking(request.user, body=chosen),
        "cancelled": [] if only else my_work_queries.reviews_cancelled(request.user, body=chosen),
        "in_error": [] if only else my_work_queries.sent_in_error(request.user, body=chosen),
        "bodies": bodies if len(bodies) > 1 else [],
        "chosen": chosen,
        "only": queues[0] if only else None,
        "today": clock.today(),
        "waiting_for_me": Update.objects.waiting_for(request.user).count()
        if may(request.user, Right.PUBLISH_UPDATE)
        else 0,
    }
    return render(request, "officers/my_work.html", context)
