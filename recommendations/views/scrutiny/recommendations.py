"""Recommendations: their words, and what they repeat or supersede."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import recommendations as actions
from recommendations.forms.inquiries import ConfirmForm
from recommendations.forms.recommendations import (
    EditRecommendationForm,
    NewRecommendationForm,
    OfferedForm,
    PublishRecommendationForm,
)
from recommendations.models import Inquiry, Meeting, Recommendation, Theme
from recommendations.permissions import Right
from recommendations.queries import similar_recommendations
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    bound_data,
    fetch,
    perform,
    posted,
    redirect_with_message,
    render_form,
)
from recommendations.views.scrutiny.inquiries import inquiry_or_404, inquiry_url

MOST_OFFERED = 5
"""How many similar earlier recommendations are offered."""


def recommendation_or_404(request: SignedInRequest, pk: int) -> Recommendation:
    """Return a recommendation that the person may see. Raise Http404 for any other, and PermissionDenied where they may
    not edit its inquiry."""
    rows = Recommendation.objects.visible_to(request.user).for_record()
    recommendation: Recommendation = fetch(request.user, rows, pk, Right.EDIT_INQUIRY)
    return recommendation


def recommendation_url(recommendation: Recommendation) -> str:
    """Return where the recommendation stands on its inquiry's page in the workspace."""
    return inquiry_url(recommendation.inquiry, f"recommendation-{recommendation.pk}")


def choices_for(user: User, inquiry: Inquiry, made_at: Meeting | None = None) -> dict[str, Any]:
    """Return what the forms of a recommendation of `inquiry` choose among: themes of recommendations that `user` may see,
    and with the committee's latest meetings also the one that it was made at.
    """
    return {
        "findings": list(inquiry.findings.all()),
        "themes": list(Theme.objects.offered_to(user)),
        "meetings": Meeting.objects.of(inquiry.committee).begun().offered(made_at),
    }


def similar_to(
    request: SignedInRequest, heading: str, text: str, but: Recommendation | None = None
) -> list[Recommendation]:
    """Return the recommendations most like these words that the person may see, without `but` and those withdrawn."""
    visible = Recommendation.objects.visible_to(request.user).standing()
    return similar_recommendations.similar(visible, heading, text, but=but, most=MOST_OFFERED)


@page(Right.EDIT_INQUIRY, methods="GET POST")
def new_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a recommendation, and say what it repeats or supersedes of the similar ones that were looked up."""
    inquiry, data = inquiry_or_404(request, pk), bound_data(request)
    words = data or QueryDict()
    form = NewRecommendationForm(data, inquiry=inquiry, **choices_for(request.user, inquiry))
    earlier = similar_to(request, words.get("heading", ""), words.get("text", ""))
    offer = OfferedForm(data, earlier=earlier)
    looking = "look" in request.POST
    result = ActionResult()
    if looking:
        form.quiet()
    elif form.is_valid() and offer.is_valid():
        result = perform(request, form, actions.add_recommendation, inquiry=inquiry, related=offer.chosen)
    if result.done:
        return _redirect_after_adding(request, result.result)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/recommendation_new.html",
        offer=offer,
        looked=looking,
        heading="Add a recommendation",
        caption=inquiry.title,
        inquiry=inquiry,
        back=inquiry_url(inquiry, "recommendations"),
    )


def _redirect_after_adding(request: SignedInRequest, recommendation: Recommendation) -> HttpResponse:
    """Lead on to what the button asked for: another one, the bodies it is addressed to, or the inquiry."""
    words = f"Recommendation {recommendation.number} is added as {recommendation.reference}"
    if "another" in request.POST:
        return redirect_with_message(request, words, "new_recommendation", recommendation.inquiry_id)
    if "address" in request.POST:
        return redirect_with_message(request, words, "address", recommendation.pk)
    return redirect_with_message(request, words, recommendation_url(recommendation))


@page(Right.EDIT_INQUIRY, methods="POST")
def similar(request: SignedInRequest) -> HttpResponse:
    """Show similar earlier recommendations: the part of the page that is fetched while somebody types."""
    earlier = similar_to(request, request.POST.get("heading", ""), request.POST.get("text", ""))
    offer = OfferedForm(request.POST, earlier=earlier)
    return render(request, "scrutiny/similar_recommendations.html", {"offer": offer, "looked": True})


@page(Right.EDIT_INQUIRY, methods="GET POST")
def edit_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = recommendation_or_404(request, pk)
    inquiry = recommendation.inquiry
    form = EditRecommendationForm(
        bound_data(request),
        recommendation=recommendation,
        **choices_for(request.user, inquiry, recommendation.made_at),
    )
    result = perform(request, form, actions.edit_recommendation, recommendation=recommendation)
    if result.done:
        words = f"Recommendation {result.result.number} is saved"
        return redirect_with_message(request, words, recommendation_url(recommendation))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/recommendation_edit.html",
        heading=f"Edit recommendation {recommendation.number}",
        caption=inquiry.title,
        recommendation=recommendation,
        wordings=recommendation.wordings.select_related("meeting__body", "changed_by"),
        removable=not recommendation.is_public,
        withdrawn=actions.WITHDRAWN if recommendation.withdrawn_at else "",
        nothing_to_send=recommendation.withdrawn_at is not None and not form.is_bound,
        back=recommendation_url(recommendation),
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def remove_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = recommendation_or_404(request, pk)
    inquiry = recommendation.inquiry
    form = ConfirmForm(posted(request))
    result = perform(request, form, actions.remove_recommendation, recommendation=recommendation)
    if result.done:
        words = f"Recommendation {recommendation.number} is removed"
        return redirect_with_message(request, words, inquiry_url(inquiry, "recommendations"))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading=f"Remove recommendation {recommendation.number}?",
        caption=inquiry.title,
        words=recommendation.text,
        warning="The bodies it is addressed to lose it too. You can’t bring it back.",
        button="Remove the recommendation",
        danger=True,
        back=reverse("edit_recommendation", args=[recommendation.pk]),
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def publish_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a draft that was added to a public report."""
    recommendation = recommendation_or_404(request, pk)
    if recommendation.is_public:
        messages.info(request, "This recommendation is public already")
        return redirect(recommendation_url(recommendation))
    form = PublishRecommendationForm(posted(request))
    result = perform(request, form, actions.publish_recommendation, recommendation=recommendation)
    if result.done:
        words = f"Recommendation {recommendation.number} is published. Its notices can be sent now"
        return redirect_with_message(request, words, recommendation_url(recommendation))
    return render_form(
        request,
        form,
        result,
        template="scrutiny/publish_recommendation.html",
        heading=f"Publish recommendation {recommendation.number}?",
        caption=recommendation.inquiry.title,
        recommendation=recommendation,
        button="Publish the recommendation",
        back=inquiry_url(recommendation.inquiry, "recommendations"),
    )
