"""Issuing personal links to bodies without accounts, and looking after them.

For scrutiny officers, about their committees' links; administrators see and revoke all.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse

from committee.mail import known_to_all
from recommendations.actions import respondent_links as actions
from recommendations.forms.inquiries import ConfirmForm
from recommendations.forms.respondent_links import EndForm, IssueForm, LinksFilter
from recommendations.lifecycle import Role
from recommendations.models import Assignment, Body, LinkUse, RespondentLink
from recommendations.permissions import Right, may
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import fetch, perform, posted, redirect_with_message
from recommendations.views.lists import listing

USES_A_PAGE = 50


@page(Right.ISSUE_LINKS, methods="GET POST")
def body_links(request: SignedInRequest, pk: int) -> HttpResponse:
    """The links by which a body answers this person's committees, and the form that issues another."""
    body = get_object_or_404(Body, pk=pk)
    committees = list(Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER).committees().existing())
    form = IssueForm(posted(request), committees=committees)
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.issue_link, body=body)
        if attempt.done:
            words = f"A link is on its way to {attempt.result.person.email}"
            return redirect_with_message(request, words, "personal_link", attempt.result.pk)
    context = {
        "form": form,
        "body": body,
        "heading": "Issue a personal link",
        "caption": body.name,
        "links": RespondentLink.objects.run_by(request.user).of(body).for_list(),
        "members": body.members_as(Role.RESPONSIBLE_OFFICER, Role.APPROVER),
        "back": reverse("edit_body", args=[pk]) if may(request.user, Right.EDIT_BODIES) else reverse("links"),
        "button": "Issue the link",
    }
    return render(request, "scrutiny/body_links.html", context)


def _links(request: SignedInRequest, back: str) -> HttpResponse:
    shown = listing(request, LinksFilter, RespondentLink.objects.visible_to(request.user).for_list())
    context = shown.context(heading="Personal links", noun="link", back=back)
    return render(request, "scrutiny/links.html", context)


@page(Right.ISSUE_LINKS, methods="GET")
def links(request: SignedInRequest) -> HttpResponse:
    """All links of this person's committees."""
    return _links(request, reverse("workspace"))


@page(Right.ADMINISTER, methods="GET")
def all_links(request: SignedInRequest) -> HttpResponse:
    """All links there are."""
    return _links(request, reverse("administration"))


@page(Right.REVOKE_LINKS, methods="GET POST")
def personal_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """One link: its person, its state, what was done with it; renew it, copy its invitation."""
    link: RespondentLink = fetch(
        request.user, RespondentLink.objects.visible_to(request.user).for_list(), pk, Right.REVOKE_LINKS
    )
    may_issue = may(request.user, Right.ISSUE_LINKS, link.committee)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.renew_link, link=link)
        if attempt.done:
            words = f"A new link is on its way to {link.person.email}. The earlier one has ended"
            return redirect_with_message(request, words, "personal_link", pk)
    context = {
        "form": form,
        "link": link,
        "may_issue": may_issue,
        "open": Assignment.objects.for_link(link).open().count(),
        "invitation": _invitation(link) if may_issue and link.is_valid else "",
        "uses": Paginator(LinkUse.objects.of(link), USES_A_PAGE).get_page(request.GET.get("page")),
        "back": _list_address(request),
    }
    return render(request, "scrutiny/link.html", context)


def _invitation(link: RespondentLink) -> str:
    """The text of the invitation, for a scrutiny officer who sends it by another way."""
    words = known_to_all() | actions.invitation_words(link)
    return render_to_string("respondents/email/invitation_message.txt", words).strip()


def _list_address(request: SignedInRequest) -> str:
    return reverse("links") if may(request.user, Right.ISSUE_LINKS) else reverse("all_links")


@page(Right.REVOKE_LINKS, methods="GET POST")
def revoke_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a link before its time, after a question."""
    rows = RespondentLink.objects.visible_to(request.user).for_list()
    link: RespondentLink = fetch(request.user, rows, pk, Right.REVOKE_LINKS)
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt = perform(request, form, actions.revoke_link, details=dict, link=link)
        if attempt.done:
            return redirect_with_message(
                request, f"The link of {link.person.name} has ended", "personal_link", pk
            )
    context = {
        "form": form,
        "heading": f"Revoke the link of {link.person.name}?",
        "caption": link.body.name,
        "warning": "It ends at once, also for a visit that is going on. What was put on the record stays, and so do"
        " drafts: another respondent of the body can carry on with them.",
        "button": "Revoke the link",
        "danger": True,
        "back": reverse("personal_link", args=[pk]),
    }
    return render(request, "scrutiny/confirm.html", context)
