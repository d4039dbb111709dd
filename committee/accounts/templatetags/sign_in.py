"""The demonstration's sign-ins on the sign-in page. `{% load sign_in %}`"""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.module_loading import import_string

from committee.models import Installation

register = template.Library()


@register.simple_tag
def demonstration_sign_ins() -> list[tuple[str, str, str]]:
    """Return who can sign in to the demonstration: what they do, address, password. Empty on a real installation, and
    unless the demonstration runs on this machine.
    """
    if not settings.DEMO or not Installation.objects.filter(demonstration=True).exists():
        return []
    people: list[tuple[str, str, str]] = import_string(settings.DEMONSTRATION_SIGN_INS)()
    return people
