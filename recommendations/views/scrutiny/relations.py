"""What a recommendation repeats or supersedes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from recommendations.actions import recommendations as actions
from recommendations.forms.recommendations import OfferedForm, RelateForm, UnrelateForm
from recommendations.models import Recommendation, Relation
from recommendations.permissions import Right
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, redirect_with_message
from recommendations.views.scrutiny.recommendations import (
    recommendation_or_404,
    recommendation_url,
    similar_to,
)


@page(Right.EDIT_INQUIRY, methods="GET POST")
def relate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the relations on record; add one by its reference, add similar ones, or remove one. Each is a form."""
    recommendation = recommendation_or_404(request, pk)
    visible = Recommendation.objects.visible_to(request.user).standing()
    relations = list(Relation.objects.of(recommendation, among=visible))
    sent = {name: request.POST if name in request.POST else None for name in ("by", "offer", "remove")}
    form = RelateForm(sent["by"], choose_from=visible)
    offer = OfferedForm(sent["offer"], earlier=_similar(request, recommendation, relations))
    unrelate = UnrelateForm(sent["remove"] and {"relation": request.POST["remove"]}, relations=relations)
    results = [
        perform(request, form, actions.relate_several, details=form.details, later=recommendation),
        perform(request, offer, actions.relate_several, details=offer.details, later=recommendation),
        perform(request, unrelate, actions.unrelate),
    ]
    if any(result.done for result in results):
        words = "The related recommendations are saved"
        return redirect_with_message(request, words, "relate", recommendation.pk)
    context = {
        "form": form,
        "offer": offer,
        "unrelate": unrelate,
        "relations": relations,
        "later": Relation.objects.to(recommendation, among=visible),
        "recommendation": recommendation,
        "back": recommendation_url(recommendation),
    }
    return render(request, "scrutiny/relate.html", context)


def _similar(
    request: SignedInRequest, recommendation: Recommendation, relations: list[Relation]
) -> list[Recommendation]:
    """Return similar recommendations that no relation is recorded to."""
    known = {relation.earlier_id for relation in relations}
    found = similar_to(request, recommendation.heading, recommendation.text, recommendation)
    return [one for one in found if one.pk not in known]
