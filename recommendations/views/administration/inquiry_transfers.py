"""Pass inquiries to another committee, which follows them up from then on, under /administration/successions/."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from committee.formatting import plural
from recommendations.actions import successions as actions
from recommendations.forms.successions import PassInquiriesForm
from recommendations.models import Body, Inquiry
from recommendations.permissions import Right
from recommendations.queries.successions import affected_by_transfer
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    perform,
    posted,
    redirect_with_message,
    render_form,
)


@page(Right.ABOLISH_BODY, methods="GET POST")
def pass_inquiries(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask which inquiries pass on, show what follows from it, and do it once it is confirmed. The committee that they
    come from may have ended already."""
    committee = get_object_or_404(Body.objects.committees().for_list(), pk=pk)
    form = _form(request, committee)
    context = {"committee": committee, "back": reverse("successions")}
    confirmed = "confirm" in request.POST and "change" not in request.POST
    result = ActionResult()
    if confirmed:
        result = perform(request, form, actions.pass_inquiries, committee=committee)
    if result.done:
        number, to = plural(len(result.result), "inquiry", "inquiries"), form.cleaned_data["to"]
        return redirect_with_message(request, f"{number} passed to the {to.name}.", "successions")
    if not confirmed and "change" not in request.POST and form.is_valid():
        context |= {"form": form, "caption": "Step 2 of 2", **_check(committee, form.cleaned_data)}
        return render(request, "administration/pass_inquiries_check.html", context)
    return render_form(
        request,
        form,
        result,
        template="administration/pass_inquiries.html",
        heading=f"Pass inquiries of the {committee.name} to another committee",
        caption="Step 1 of 2",
        button="Continue",
        **context,
    )


def _form(request: SignedInRequest, committee: Body) -> PassInquiriesForm:
    return PassInquiriesForm(
        posted(request),
        committee=committee,
        inquiries=list(Inquiry.objects.of_committee(committee)),
        committees=list(Body.objects.committees().existing().not_below(committee).for_choice()),
    )


def _check(committee: Body, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the page to check a transfer shows, by template variable."""
    inquiries, to = given["inquiries"], given["to"]
    follow, stay = actions.reviews_that_follow(committee, inquiries)
    return {
        "given": given,
        "follow": follow,
        "stay": stay,
        "links_needed_for": actions.links_needed_for(committee, to, inquiries),
        **affected_by_transfer(committee, inquiries, to=to, ends=bool(given.get("ends"))),
    }
