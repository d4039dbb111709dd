"""Templates of packs, which clerks of a body keep and start new packs from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from recommendations.actions import pack_templates as actions
from recommendations.actions.packs import require_edition
from recommendations.forms.meetings import VersionForm
from recommendations.forms.pack_templates import RenameTemplateForm, SaveTemplateForm
from recommendations.models import PackTemplate
from recommendations.permissions import Right
from recommendations.views.clerks.packs import pack_or_404
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    bound_data,
    perform,
    perform_button,
    posted,
    posted_version,
    redirect_with_message,
    render_form,
)


def template_or_404(request: SignedInRequest, pk: int) -> PackTemplate:
    """Return a template that the person may use. Raise Http404 for one that they may not see, and PermissionDenied
    where they may not make packs of its edition."""
    template = get_object_or_404(PackTemplate.objects.visible_to(request.user).for_list(), pk=pk)
    require_edition(request.user, template.edition, template)
    return template


@page(Right.MAKE_PACKS, methods="GET")
def pack_templates(request: SignedInRequest) -> HttpResponse:
    rows = PackTemplate.objects.visible_to(request.user).for_list().with_next_meeting()
    context = {"heading": "Templates of packs", "templates": rows, "back": reverse("meetings")}
    return render(request, "clerks/pack_templates.html", context)


@page(Right.MAKE_PACKS, methods="GET POST")
def save_template(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a pack as a new template, or in the place of one."""
    pack = pack_or_404(request, pk)
    query = request.POST.get("query", "") or request.GET.urlencode()
    form = SaveTemplateForm(posted(request), by=request.user, pack=pack, query=query)
    result = perform(request, form, _save_or_replace, details=form.details, pack=pack)
    if result.done:
        words = "The template is saved. You find it when you compose a pack"
        return redirect_with_message(request, words, "pack", pk)
    if result.current is not None:
        messages.warning(request, "Somebody changed that template meanwhile. Look at it, then save again")
        return redirect("pack_templates")
    return render_form(
        request,
        form,
        result,
        template="clerks/pack_template_save.html",
        pack=pack,
        heading="Save as a template",
        caption=pack.title,
        button="Save the template",
        back=reverse("pack", args=[pk]),
    )


def _save_or_replace(
    *, template: PackTemplate | None, name: str, version: int, **details: Any
) -> PackTemplate:
    if template is None:
        return actions.save_template(name=name, **details)
    return actions.replace_template(template=template, version=version, **details)


@page(Right.MAKE_PACKS, methods="GET POST")
def rename_template(request: SignedInRequest, pk: int) -> HttpResponse:
    template = template_or_404(request, pk)
    form = RenameTemplateForm(bound_data(request), template=template)
    result = perform(request, form, actions.rename_template, template=template)
    if result.done:
        return redirect_with_message(request, "The template has its new name", "pack_templates")
    back = reverse("pack_templates")
    return render_form(request, form, result, heading="Rename the template", caption=template.body, back=back)


@page(Right.MAKE_PACKS, methods="GET POST")
def remove_template(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first, because a template can't be brought back; then remove it."""
    template = template_or_404(request, pk)
    if request.method == "POST":
        perform_button(
            request,
            actions.remove_template,
            done="The template is removed",
            changed="Somebody changed this template meanwhile. Look at it before you remove it",
            template=template,
            version=posted_version(request),
        )
        return redirect("pack_templates")
    return render_form(
        request,
        VersionForm(version=template.version),
        template="_layouts/confirm.html",
        heading=f"Remove the template “{template.name}”?",
        caption=template.body,
        warning="It can’t be brought back. Packs that were made from it stay as they are.",
        button="Remove it",
        danger=True,
        unsaved=False,
        back=reverse("pack_templates"),
    )
