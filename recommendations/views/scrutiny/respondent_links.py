"""Issue personal links to bodies without accounts, renew and revoke them.

For scrutiny officers, about their committees' links; administrators see and revoke all.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse

from committee.mail import known_to_all
from committee.paging import page_of
from recommendations.actions import respondent_links as actions
from recommendations.forms.inquiries import ConfirmForm
from recommendations.forms.respondent_links import EndForm, IssueForm, LinksFilter
from recommendations.lifecycle import Role
from recommendations.models import Assignment, Body, LinkUse, RespondentLink
from recommendations.notifications.recipients import grace_words
from recommendations.permissions import Right, may
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    fetch,
    perform,
    posted,
    redirect_with_message,
    render_form,
    typed_values,
    with_link,
)
from recommendations.views.lists import listing

USES_A_PAGE = 50


@page(Right.ISSUE_LINKS, methods="GET POST")
def body_links(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the links by which a body answers the person's committees, and issue another."""
    body = get_object_or_404(Body, pk=pk)
    committees = list(Body.objects.served_by(request.user, Role.SCRUTINY_OFFICER).committees().existing())
    form = IssueForm(posted(request), committees=committees)
    pressed = request.POST.get("do")
    result = perform(request, form, actions.issue_link, body=body) if pressed == "issue" else None
    if result is not None and result.done:
        issued = result.result
        words = with_link(
            f"A link is on its way to {issued.person.email}.",
            "Revoke it",
            reverse("revoke_link", args=[issued.pk]),
        )
        return redirect_with_message(request, words, "personal_link", issued.pk)
    if pressed not in ("issue", "change") and request.method == "POST" and form.is_valid():
        return _check_link(request, body, form)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/body_respondent_links.html",
        body=body,
        heading="Issue a personal link",
        caption=body.name,
        links=RespondentLink.objects.run_by(request.user).of(body).for_list(),
        members=body.members_as(Role.RESPONSIBLE_OFFICER, Role.APPROVER),
        back=reverse("edit_body", args=[pk])
        if may(request.user, Right.EDIT_BODIES, body)
        else reverse("links"),
        button="Continue",
    )


def _check_link(request: SignedInRequest, body: Body, form: IssueForm) -> HttpResponse:
    """Show to whom a link would go, and what it would open, before it is issued."""
    committee = form.cleaned_data["committee"]
    return render_form(
        request,
        form,
        template="scrutiny/respondent_link_check.html",
        heading="Check before you issue the link",
        caption=body.name,
        body=body,
        committee=committee,
        opens=Assignment.objects.of_body(body).of_committees({committee.pk}).notified().open().for_list(),
        grace=grace_words() if settings.GRACE_SECONDS else "",
        typed=typed_values(request),
        back=reverse("body_links", args=[body.pk]),
    )


@page(Right.ISSUE_LINKS, methods="GET")
def links(request: SignedInRequest) -> HttpResponse:
    """List the links of the person's committees."""
    return _list(request, reverse("workspace"))


@page(Right.ADMINISTER, methods="GET")
def all_links(request: SignedInRequest) -> HttpResponse:
    """List all links there are."""
    return _list(request, reverse("administration"))


def _list(request: SignedInRequest, back: str) -> HttpResponse:
    shown = listing(request, LinksFilter, RespondentLink.objects.visible_to(request.user).for_list())
    context = shown.context(heading="Personal links", noun="link", back=back)
    return render(request, "scrutiny/respondent_links.html", context)


def link_or_404(request: SignedInRequest, pk: int) -> RespondentLink:
    """Return a link that the person may see. Raise Http404 for any other, and PermissionDenied where they may not revoke
    it."""
    rows = RespondentLink.objects.visible_to(request.user).for_list()
    link: RespondentLink = fetch(request.user, rows, pk, Right.REVOKE_LINKS)
    return link


@page(Right.REVOKE_LINKS, methods="GET POST")
def personal_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a link: its person, its state, what was done with it, its invitation to copy. Renew it."""
    link = link_or_404(request, pk)
    may_issue = may(request.user, Right.ISSUE_LINKS, link.committee)
    form = EndForm(posted(request))
    result = perform(request, form, actions.renew_link, link=link)
    if result.done:
        words = with_link(
            f"A new link is on its way to {link.person.email}. The earlier one has ended.",
            "Revoke it",
            reverse("revoke_link", args=[pk]),
        )
        return redirect_with_message(request, words, "personal_link", pk)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/respondent_link.html",
        link=link,
        may_issue=may_issue,
        open=Assignment.objects.for_link(link).followed_up().count(),
        not_known=Assignment.objects.for_link(link).not_known().count(),
        invitation=_invitation(link) if may_issue and link.is_valid else "",
        uses=page_of(LinkUse.objects.of(link), USES_A_PAGE, request.GET.get("page")),
        back=reverse("links") if may(request.user, Right.ISSUE_LINKS) else reverse("all_links"),
    )


def _invitation(link: RespondentLink) -> str:
    """Return the text of the invitation, for a scrutiny officer who sends it by another way."""
    words = known_to_all() | actions.invitation_words(link)
    return render_to_string("respondents/email/invitation_message.txt", words).strip()


@page(Right.REVOKE_LINKS, methods="GET POST")
def revoke_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; then end a link before its time."""
    link = link_or_404(request, pk)
    form = ConfirmForm(posted(request))
    result = perform(request, form, actions.revoke_link, link=link)
    if result.done:
        words = f"The link of {link.person.name} has ended"
        return redirect_with_message(request, words, "personal_link", pk)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/confirm.html",
        heading=f"Revoke the link of {link.person.name}?",
        caption=link.body.name,
        warning="It ends at once, also for a visit that is going on. What was put on the record stays, and so do"
        " drafts: another respondent of the body can carry on with them.",
        button="Revoke the link",
        danger=True,
        back=reverse("personal_link", args=[pk]),
    )
