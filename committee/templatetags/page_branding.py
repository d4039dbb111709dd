"""The branding around every page. `{% load page_branding %}`"""

from __future__ import annotations

from django import template
from django.template.context import Context

from committee.branding import Branding, branding_for

register = template.Library()


@register.simple_tag(takes_context=True)
def page_branding(context: Context) -> Branding:
    """Return the branding around the page, also where no context processor ran (error pages)."""
    return context.get("branding") or branding_for(None)
