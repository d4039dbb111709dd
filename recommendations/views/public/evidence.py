"""Files of evidence, sent so that a browser never runs what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import structlog
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from recommendations.actions.exempt import log_exempt_access
from recommendations.lifecycle import Visibility
from recommendations.models import Evidence, Withholding
from recommendations.permissions import may_replace, sees_exempt
from recommendations.utils.stored_files import open_stored
from recommendations.views.decorators import page
from recommendations.views.public.withholdings import withheld_file

if TYPE_CHECKING:
    from committee.accounts.models import User


log = structlog.get_logger("recommendations.evidence")


@page(public=True, methods="GET")
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the file, or go to the link, for those who may see the evidence and what it belongs to.

    Raise Http404 for everybody else.
    """
    evidence = get_object_or_404(Evidence.objects.on_visible(request.user), pk=pk)
    if evidence.replaced_by_id is not None and not may_replace(request.user, evidence):
        raise Http404
    if evidence.is_exempt:
        if not sees_exempt(request.user, evidence):
            raise Http404
        log_exempt_access(by=cast("User", request.user), thing=evidence)
    elif evidence.visibility == Visibility.RESTRICTED and not request.user.is_authenticated:
        raise Http404
    return answer_with(request, evidence, to_anybody=not request.user.is_authenticated)


def answer_with(request: HttpRequest, evidence: Evidence, *, to_anybody: bool) -> HttpResponseBase:
    """Send the file or go to the link, to somebody who may see it; say when and why it was withheld, if it was.

    `to_anybody` is as for `send_file`.
    """
    if evidence.withheld_as is not None:
        return withheld_file(request, get_object_or_404(Withholding, pk=evidence.withheld_as))
    return redirect(evidence.url) if evidence.url else send_file(evidence, to_anybody=to_anybody)


def send_file(evidence: Evidence, *, to_anybody: bool) -> FileResponse:
    """Return the file as a download. Raise Http404, and log an error, where storage has not got it.

    A browser must neither guess another type for it nor run anything in it. Shared caches may keep only what somebody
    who did not sign in was sent (`to_anybody`), and ask each time whether it is still on the record.
    """
    file = open_stored(evidence.file)
    if file is None:
        log.error("evidence file missing from storage", evidence=evidence.pk)
        raise Http404("The file is not in storage")
    response = FileResponse(
        file, as_attachment=True, filename=evidence.file_name, content_type=evidence.content_type
    )
    if evidence.content_type.startswith("text/"):
        response["Content-Type"] = f"{evidence.content_type}; charset=utf-8"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, no-cache" if to_anybody else "private, no-store"
    return response
