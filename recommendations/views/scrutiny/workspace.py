"""The workspace: what committee support has to do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from recommendations.lifecycle import Role
from recommendations.models import Body, Inquiry
from recommendations.permissions import Right
from recommendations.queries import workspace as work
from recommendations.views.decorators import SignedInRequest, page


@page(Right.EDIT_INQUIRY, methods="GET")
def workspace(request: SignedInRequest) -> HttpResponse:
    inquiries = Inquiry.objects.served_by(request.user).for_list()
    return render(
        request,
        "scrutiny/workspace.html",
        {
            "to_do": work.to_do(request.user),
            "stages": work.by_stage(inquiries),
            "committees": Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER).committees().existing(),
        },
    )
