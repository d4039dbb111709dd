"""Clerks: templates of packs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from recommendations.actions import pack_templates as actions
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.actions.packs import require_edition
from recommendations.forms.meetings import VersionForm
from recommendations.forms.pack_templates import RenameTemplateForm, SaveTemplateForm
from recommendations.models import PackTemplate
from recommendations.permissions import Right
from recommendations.views.clerks.meetings import take
from recommendations.views.clerks.packs import own_pack
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import perform, posted, redirect_with_message, render_form


def own_template(request: SignedInRequest, pk: int) -> PackTemplate:
    """A template that this person may use. 404 if they may not see it."""
    template = get_object_or_404(PackTemplate.objects.visible_to(request.user).for_list(), pk=pk)
    require_edition(request.user, template.edition, template)
    return template


# ------------------------------------------------------------------ /meetings/templates/


@page(Right.MAKE_PACKS, methods="GET")
def pack_templates(request: SignedInRequest) -> HttpResponse:
    rows = PackTemplate.objects.visible_to(request.user).for_list().with_next_meeting()
    context = {"heading": "Templates of packs", "templates": rows, "back": reverse("meetings")}
    return render(request, "clerks/templates.html", context)


@page(Right.MAKE_PACKS, methods="GET POST")
def save_template(request: SignedInRequest, pk: int) -> HttpResponse:
    pack = own_pack(request, pk)
    query = request.POST.get("query", "") or request.GET.urlencode()
    form = SaveTemplateForm(request.POST or None, by=request.user, pack=pack, query=query)
    if request.method == "POST" and form.is_valid():
        template, version = form.replaced
        try:
            if template is None:
                actions.save_template(
                    by=request.user, pack=pack, name=form.cleaned_data["name"], **form.picking
                )
            else:
                actions.replace_template(
                    by=request.user, pack=pack, template=template, version=version, **form.picking
                )
            messages.success(request, "The template is saved. You find it when you compose a pack")
            return redirect("pack", pk=pk)
        except EditConflict:
            messages.warning(request, "Somebody changed that template meanwhile. Look at it, then save again")
            return redirect("pack_templates")
        except ActionDenied as problem:
            take(form, problem)
    context = {
        "form": form,
        "pack": pack,
        "heading": "Save as a template",
        "caption": pack.title,
        "button": "Save the template",
        "back": reverse("pack", args=[pk]),
    }
    return render(request, "clerks/save_template.html", context)


@page(Right.MAKE_PACKS, methods="GET POST")
def rename_template(request: SignedInRequest, pk: int) -> HttpResponse:
    template = own_template(request, pk)
    form = RenameTemplateForm(posted(request), template=template)
    result = perform(request, form, actions.rename_template, template=template)
    if result.done:
        return redirect_with_message(request, "The template has its new name", "pack_templates")
    return render_form(
        request,
        form,
        result,
        heading="Rename the template",
        caption=template.body,
        back=reverse("pack_templates"),
    )


@page(Right.MAKE_PACKS, methods="GET POST")
def remove_template(request: SignedInRequest, pk: int) -> HttpResponse:
    template = own_template(request, pk)
    form = VersionForm(request.POST or None, version=template.version)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_template(by=request.user, template=template, version=form.cleaned_data["version"])
            messages.success(request, "The template is removed")
            return redirect("pack_templates")
        except EditConflict:
            messages.warning(
                request, "Somebody changed this template meanwhile. Look at it before you remove it"
            )
            return redirect("pack_templates")
    context = {
        "form": form,
        "heading": f"Remove the template “{template.name}”?",
        "caption": template.body,
        "warning": "It can’t be brought back. Packs that were made from it stay as they are.",
        "button": "Remove it",
        "danger": True,
        "unsaved": False,
        "back": reverse("pack_templates"),
    }
    return render(request, "_layouts/confirm.html", context)
