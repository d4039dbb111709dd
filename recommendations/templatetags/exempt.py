"""The only place that shows exempt text. `{% load exempt %}{% exempt_part update %}`

Nothing else in a template may print `exempt_text`.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.context import Context

from recommendations.actions.exempt import log_exempt_access
from recommendations.models import ExemptOpening, Response, Update
from recommendations.permissions import sees_exempt

register = template.Library()


@register.inclusion_tag("_components/exempt_part.html", takes_context=True)
def exempt_part(context: Context, thing: Update | Response) -> dict[str, Any]:
    """Return what this reader may see of the exempt part of an update or response; nothing if there is none.

    The public reads the neutral summary, marked as a substitute for exempt text, with the paragraphs that exempt it. A
    person with the right reads the text itself, in a marked box, and that access is logged. Once opened, everybody
    reads the text, with the date and reason of its opening. Without a request the reader is the public.
    """
    if not thing.has_exempt:
        return {"shown": ""}
    request = context.get("request")
    user: Any = getattr(request, "user", None) or AnonymousUser()
    facts = {"citation": thing.exempt_citation, "summary": thing.public_summary}
    opening = _opening(thing)
    if opening is not None:
        return facts | {"shown": "opened", "text": thing.exempt_text, "opening": opening}
    if user.is_authenticated and sees_exempt(user, thing):
        log_exempt_access(by=user, thing=thing)
        return facts | {"shown": "text", "text": thing.exempt_text}
    return facts | {"shown": "summary"}


def _opening(thing: Update | Response) -> ExemptOpening | None:
    opening: ExemptOpening | None = getattr(thing, "exempt_opening", None)
    return opening
