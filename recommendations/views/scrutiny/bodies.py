"""Bodies and their posts, kept by scrutiny officers and administrators."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from committee.accounts.models import User
from recommendations.actions import bodies as actions
from recommendations.forms.bodies import BodyForm, EditBodyForm, EditPostForm, KindForm, PostForm, usual_term
from recommendations.lifecycle import BodyKind
from recommendations.models import Body, Post, RespondentLink
from recommendations.permissions import Right, may
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    fetch,
    perform,
    posted,
    redirect_with_message,
    render_form,
)


@page(Right.EDIT_BODIES, methods="GET")
def manage_bodies(request: SignedInRequest) -> HttpResponse:
    bodies = list(Body.objects.for_keeping())
    editable = set(Body.objects.editable_by(request.user).order_by().values_list("pk", flat=True))
    return render(
        request,
        "scrutiny/bodies.html",
        {
            "bodies": [body for body in bodies if body.abolished_on is None],
            "abolished": [body for body in bodies if body.abolished_on is not None],
            "editable": editable,
            "governs": may(request.user, Right.GOVERN_BODIES),
            "back": reverse("workspace" if may(request.user, Right.EDIT_INQUIRY) else "administration"),
        },
    )


@page(Right.EDIT_BODIES, methods="GET POST")
def new_body(request: SignedInRequest) -> HttpResponse:
    """Ask for the kind of body, which then is in the address; then the rest, with what bodies of that kind have."""
    choice = KindForm(request.GET if "kind" in request.GET else None)
    if not choice.is_valid():
        return render_form(request, choice, template="scrutiny/body_kind.html", back=reverse("manage_bodies"))
    kind, parents = choice.cleaned_data["kind"], list(Body.objects.existing())
    form = BodyForm(
        bound_data(request),
        initial=BodyForm.proposal(kind),
        parents=parents,
        governs=may(request.user, Right.GOVERN_BODIES),
    )
    result = perform(request, form, actions.add_body)
    if result.done:
        body = result.result
        return redirect_with_message(request, f"{body.name} is added", "edit_body", body.pk)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/body_form.html",
        heading=f"Add a body: {str(kind.label).lower()}",
        term=usual_term(kind),
        kind=kind,
        back=reverse("new_body"),
        button="Add the body",
    )


@page(Right.EDIT_BODIES, methods="GET POST")
def edit_body(request: SignedInRequest, pk: int) -> HttpResponse:
    bodies = Body.objects.with_what_is_known().select_related("parent", "successor", "added_by")
    body = fetch(request.user, bodies, pk, Right.EDIT_BODIES)
    form = EditBodyForm(
        bound_data(request),
        body=body,
        parents=list(Body.objects.not_below(body).existing()),
        governs=may(request.user, Right.GOVERN_BODIES, body),
    )
    result = perform(request, form, actions.edit_body, body=body)
    if result.done:
        return redirect_with_message(request, f"{result.result.name} is saved", "edit_body", body.pk)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/body.html",
        heading=body.name,
        body=body,
        posts=body.posts.for_list(),
        kind=BodyKind(body.kind),
        governs=may(request.user, Right.GOVERN_BODIES, body),
        may_abolish=may(request.user, Right.ABOLISH_BODY, body),
        may_issue_links=may(request.user, Right.ISSUE_LINKS),
        link_count=RespondentLink.objects.run_by(request.user).of(body).valid().count(),
        back=reverse("manage_bodies"),
    )


@page(Right.EDIT_BODIES, methods="GET POST")
def new_post(request: SignedInRequest, pk: int) -> HttpResponse:
    body = fetch(request.user, Body.objects.all(), pk, Right.EDIT_BODIES)
    form = PostForm(posted(request), people=list(User.objects.switched_on()))
    result = perform(request, form, actions.add_post, body=body)
    if result.done:
        return redirect_with_message(request, f"{result.result.title} is added", "edit_body", body.pk)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/post.html",
        heading="Add a post",
        caption=body.name,
        back=reverse("edit_body", args=[body.pk]),
        button="Add the post",
    )


@page(Right.EDIT_BODIES, methods="GET POST")
def edit_post(request: SignedInRequest, pk: int) -> HttpResponse:
    post = fetch(request.user, Post.objects.select_related("body", "holder"), pk, Right.EDIT_BODIES)
    people = list(User.objects.switched_on())
    if post.holder is not None and post.holder not in people:
        people.append(post.holder)
    form = EditPostForm(posted(request), post=post, people=people)
    result = perform(request, form, actions.edit_post, post=post)
    if result.done:
        return redirect_with_message(request, f"{result.result.title} is saved", "edit_body", post.body_id)
    return render_form(
        request,
        form,
        result,
        template="scrutiny/post.html",
        heading="Edit the post",
        caption=post.body.name,
        back=reverse("edit_body", args=[post.body_id]),
    )
