"""Words that were typed are not lost because a sign-in ended.

A form that takes a while to fill in is sent after the session has ended, or with the token of an earlier sign-in
in another tab. Nothing of it is done then. What was typed is parked until the same person has signed in again and
meets it on the same page, to check and to save.

Where it is parked: in the visitor's session on the server, because it may be far longer than a cookie, and enciphered
with a key that only the visitor's browser holds, in a cookie scripts can't read, because it may hold exempt text. The
form carries a ticket, signed when it was opened, that names its person and address: without one nothing is parked, so
nobody fills the database from outside, and nobody else is shown the words. Files are not parked; they are still where
they were chosen from.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from committee.errors import csrf_failure
from recommendations.views import visits

SALT = "recommendations.parked"
COOKIE = "__Host-parked" if settings.SECURE else "parked"
KEPT_FOR = 24 * 3600
TICKET_AGE = 30 * 24 * 3600
MOST_PARKED = 5
LEFT_OUT = {"csrfmiddlewaretoken", "ticket"}
WHICH_FORM = ("assignment", "committee", "inquiry", "kind")
"""What a query may hold that makes it another form at the same path."""

View = Callable[..., HttpResponseBase]


class _CsrfCheck(CsrfViewMiddleware):
    """Django's own check, answered with the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def place_of(request: HttpRequest) -> str:
    """The address that words are parked for: its path, and what of its query says which form it is. The rest of a
    query only says what came before."""
    which = [(name, value) for name in WHICH_FORM for value in request.GET.getlist(name)]
    return f"{request.path}?{urlencode(which)}" if which else request.path


def ticket(request: HttpRequest) -> str:
    """For a hidden field named ``ticket``: this person opened the form at this address."""
    return signing.dumps([request.user.pk, place_of(request)], salt=SALT)


class Parking:
    """What the layout of a question and ``doing.typed`` read of a request: its ticket, and what was kept for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def ticket(self) -> str:
        return ticket(self.request)

    @cached_property
    def kept(self) -> tuple[QueryDict, bool] | None:
        """As ``parked``, while the page is only opened."""
        return parked(self.request) if self.request.method in ("GET", "HEAD") else None

    def forget(self) -> None:
        forget(self.request)


def is_autosave(request: HttpRequest) -> bool:
    """Whether a script on the page saves by itself and expects JSON."""
    return request.headers.get("X-Autosave") == "1"


def keeps_what_was_typed(view: View) -> View:
    """Decorate a view whose form takes long, outside its ``page`` decorator.

    The CSRF check is Django's own, made here: a post that fails it, or comes without a sign-in, is never acted on.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            refusal = _CsrfCheck(lambda _: HttpResponse()).process_view(request, view, (), {})
            if refusal or not request.user.is_authenticated:
                return _not_taken(request, str(refusal or ""))
        request.parking = Parking(request)  # type: ignore[attr-defined]  # for the layout, and for doing.typed
        return view(request, *args, **kwargs)

    # The check without an exemption of its own sees ``view``, which has none.
    return csrf_exempt(guarded)


def _not_taken(request: HttpRequest, refusal: str) -> HttpResponseBase:
    here = request.get_full_path()
    if is_autosave(request):
        return JsonResponse(
            {"signed_out": not request.user.is_authenticated} | _way_in_words(request, here), status=401
        )
    whose = _holder(request)
    if whose is not None and request.user.pk in (None, whose):
        there = redirect(here) if request.user.is_authenticated else _way_in(request, here)
        _park(request, there, whose)
        return there
    return csrf_failure(request, refusal) if refusal else _way_in(request, here)


def _way_in(request: HttpRequest, here: str) -> HttpResponse:
    """To where this person comes in again: the sign-in, or for a respondent the page that asks for their link."""
    if visits.is_respondents(request):
        return visits.to_the_door(request)
    return redirect_to_login(here)


def _way_in_words(request: HttpRequest, here: str) -> dict[str, str]:
    """What the script on the page tells somebody who has to come in again, and where its link leads."""
    if visits.is_respondents(request):
        return {
            "sign_in": reverse("answering"),
            "told": "Your visit has ended. What you typed stays on this page. ",
            "link": "Come in again",
        }
    return {"sign_in": f"{reverse('account_login')}?next={here}"}


def _holder(request: HttpRequest) -> int | None:
    """Whose ticket the form carries, if it is a good one for this address."""
    try:
        user, path = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=TICKET_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return user if path == place_of(request) else None


def _park(request: HttpRequest, response: HttpResponse, whose: int) -> None:
    key = request.COOKIES.get(COOKIE, "")
    try:
        cipher = Fernet(key)
    except ValueError:
        key = Fernet.generate_key().decode()
        cipher = Fernet(key)
    typed = {name: values for name, values in request.POST.lists() if name not in LEFT_OUT}
    had_file = any(request.FILES.values())
    words = cipher.encrypt(json.dumps({"typed": typed, "had_file": had_file}).encode()).decode()
    parked = dict(request.session.get("parked", {}))
    place = place_of(request)
    parked.pop(place, None)
    parked[place] = [whose, words]
    request.session["parked"] = dict(list(parked.items())[-MOST_PARKED:])
    response.set_cookie(
        COOKIE, key, max_age=KEPT_FOR, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )


def parked(request: HttpRequest) -> tuple[QueryDict, bool] | None:
    """What this person typed at this address before their sign-in ended, and whether a file was chosen then."""
    entry = request.session.get("parked", {}).get(place_of(request))
    if not entry:
        return None
    whose, words = entry
    try:
        kept = json.loads(Fernet(request.COOKIES.get(COOKIE, "")).decrypt(words.encode(), ttl=KEPT_FOR))
    except (InvalidToken, ValueError):
        kept = None
    if whose != request.user.pk or kept is None:
        forget(request)
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept["typed"].items():
        typed.setlist(name, values)
    return typed, kept["had_file"]


def forget(request: HttpRequest) -> None:
    """Take the parked words of this address away: they are saved, or nobody may have them."""
    left = dict(request.session.get("parked", {}))
    if left.pop(place_of(request), None) is not None:
        request.session["parked"] = left
