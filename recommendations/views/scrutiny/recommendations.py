"""Recommendations: their words, and what they repeat or supersede."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from recommendations.actions import recommendations as actions
from recommendations.forms.inquiries import ConfirmForm
from recommendations.forms.recommendations import (
    MOST_MEETINGS,
    EditRecommendationForm,
    NewRecommendationForm,
    OfferedForm,
    RelateForm,
    UnrelateForm,
)
from recommendations.models import Inquiry, Meeting, Recommendation, Relation, Theme
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
)
from recommendations.views.scrutiny.inquiries import back_to, inquiry_or_404

MOST_OFFERED = 5
"""How many similar earlier recommendations are offered."""


def recommendation_or_404(request: SignedInRequest, pk: int) -> Recommendation:
    """A recommendation this person may see and edit."""
    recommendation: Recommendation = fetch(
        request.user,
        Recommendation.objects.visible_to(request.user).for_record(),
        pk,
        Right.EDIT_INQUIRY,
    )
    return recommendation


def choices_for(inquiry: Inquiry, made_at: Meeting | None = None) -> dict[str, Any]:
    """What the forms of a recommendation of this inquiry choose among: its latest meetings and the one it has."""
    meetings = list(Meeting.objects.of(inquiry.committee).not_cancelled().for_list()[:MOST_MEETINGS])
    if made_at is not None and made_at not in meetings:
        meetings.append(made_at)
    return {
        "findings": list(inquiry.findings.all()),
        "themes": list(Theme.objects.all()),
        "meetings": meetings,
    }


def similar_to(
    request: SignedInRequest, heading: str, text: str, but: Recommendation | None = None
) -> list[Recommendation]:
    """The recommendations most like these words that this person may see."""
    visible = Recommendation.objects.visible_to(request.user)
    return similar_recommendations.similar(visible, heading, text, but=but, most=MOST_OFFERED)


@page(Right.EDIT_INQUIRY, methods="GET POST")
def new_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    inquiry = inquiry_or_404(request, pk)
    data = bound_data(request) or QueryDict()
    form = NewRecommendationForm(bound_data(request), inquiry=inquiry, **choices_for(inquiry))
    earlier = similar_to(request, data.get("heading", ""), data.get("text", ""))
    offer = OfferedForm(bound_data(request), earlier=earlier)
    looking = "look" in request.POST
    if request.method == "POST" and not looking and form.is_valid() and offer.is_valid():
        attempt = perform(request, form, actions.add_recommendation, inquiry=inquiry, related=offer.chosen)
        if attempt.done:
            return _added(request, inquiry, attempt.result)
    if looking:
        form.quiet()
    return render(
        request,
        "scrutiny/recommendation_new.html",
        {
            "form": form,
            "offer": offer,
            "looked": looking,
            "heading": "Add a recommendation",
            "caption": inquiry.title,
            "inquiry": inquiry,
            "back": back_to(inquiry, "recommendations"),
        },
    )


def _added(request: SignedInRequest, inquiry: Inquiry, recommendation: Recommendation) -> HttpResponse:
    words = f"Recommendation {recommendation.number} is added as {recommendation.reference}"
    if "another" in request.POST:
        return redirect_with_message(request, words, "new_recommendation", inquiry.pk)
    if "address" in request.POST:
        return redirect_with_message(request, words, "address", recommendation.pk)
    return redirect_with_message(request, words, back_to(inquiry, f"recommendation-{recommendation.pk}"))


@page(Right.EDIT_INQUIRY, methods="POST")
def similar(request: SignedInRequest) -> HttpResponse:
    """The part of the page that offers similar earlier recommendations, fetched while somebody types."""
    earlier = similar_to(request, request.POST.get("heading", ""), request.POST.get("text", ""))
    offer = OfferedForm(request.POST, earlier=earlier)
    return render(request, "scrutiny/similar.html", {"offer": offer, "looked": True})


@page(Right.EDIT_INQUIRY, methods="GET POST")
def edit_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = recommendation_or_404(request, pk)
    inquiry = recommendation.inquiry
    form = EditRecommendationForm(
        bound_data(request), recommendation=recommendation, **choices_for(inquiry, recommendation.made_at)
    )
    conflict = []
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.edit_recommendation, recommendation=recommendation)
        if attempt.done:
            saved = f"Recommendation {attempt.result.number} is saved"
            return redirect_with_message(
                request, saved, back_to(inquiry, f"recommendation-{recommendation.pk}")
            )
        conflict = attempt.conflict
    return render(
        request,
        "scrutiny/recommendation_edit.html",
        {
            "form": form,
            "heading": f"Edit recommendation {recommendation.number}",
            "caption": inquiry.title,
            "recommendation": recommendation,
            "wordings": recommendation.wordings.select_related("meeting__body", "changed_by"),
            "removable": not inquiry.is_public,
            "back": back_to(inquiry, f"recommendation-{recommendation.pk}"),
            "conflict": conflict,
        },
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def remove_recommendation(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = recommendation_or_404(request, pk)
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = perform(
            request, form, actions.remove_recommendation, details=dict, recommendation=recommendation
        )
        if attempt.done:
            removed = f"Recommendation {recommendation.number} is removed"
            return redirect_with_message(request, removed, back_to(recommendation.inquiry, "recommendations"))
    return render(
        request,
        "scrutiny/confirm.html",
        {
            "form": form,
            "heading": f"Remove recommendation {recommendation.number}?",
            "caption": recommendation.inquiry.title,
            "words": recommendation.text,
            "warning": "The bodies it is addressed to lose it too. You can’t bring it back.",
            "button": "Remove the recommendation",
            "danger": True,
            "back": reverse("edit_recommendation", args=[recommendation.pk]),
        },
    )


@page(Right.EDIT_INQUIRY, methods="GET POST")
def relate(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a recommendation repeats or supersedes: those recorded, similar ones, any by its reference."""
    recommendation = recommendation_or_404(request, pk)
    visible = Recommendation.objects.visible_to(request.user)
    relations = list(Relation.objects.of(recommendation, among=visible))
    known = {relation.earlier_id for relation in relations}
    earlier = [
        one
        for one in similar_to(request, recommendation.heading, recommendation.text, recommendation)
        if one.pk not in known
    ]
    asked = {name: request.POST if name in request.POST else None for name in ("by", "offer", "remove")}
    form = RelateForm(asked["by"], choose_from=visible)
    offer = OfferedForm(asked["offer"], earlier=earlier)
    unrelate = UnrelateForm(asked["remove"] and {"relation": request.POST["remove"]}, relations=relations)
    attempt = ActionResult()
    if asked["by"] and form.is_valid():
        chosen = [(form.cleaned_data["reference"], form.cleaned_data["kind"])]
        attempt = perform(
            request, form, actions.relate_several, details=dict, later=recommendation, related=chosen
        )
    elif asked["offer"] and offer.is_valid():
        attempt = perform(
            request, offer, actions.relate_several, details=dict, later=recommendation, related=offer.chosen
        )
    elif asked["remove"] and unrelate.is_valid():
        relation = unrelate.cleaned_data["relation"]
        attempt = perform(request, unrelate, actions.unrelate, details=dict, relation=relation)
    if attempt.done:
        return redirect_with_message(
            request, "The related recommendations are saved", "relate", recommendation.pk
        )
    return render(
        request,
        "scrutiny/relate.html",
        {
            "form": form,
            "offer": offer,
            "unrelate": unrelate,
            "relations": relations,
            "later": Relation.objects.to(recommendation, among=visible),
            "recommendation": recommendation,
            "back": back_to(recommendation.inquiry, f"recommendation-{recommendation.pk}"),
        },
    )
