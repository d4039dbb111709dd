"""Keep the words of a form whose sender has to sign in again, and return them to the form.

A long form may be sent after its session has ended, or with the CSRF token of an earlier sign-in in another tab. Django
refuses it and nothing is done. Its words are kept until the same person has signed in again, and are in the form when it
opens, to check and to send. Words that a page saves by itself before they are sent (`static/js/autosave.js`) are kept
in the same place, unless the view has a draft to save them in.

Where they are kept: in the visitor's session on the server, because they may be longer than a cookie, and encrypted with
a key that only the visitor's browser holds, in a cookie that scripts cannot read, because they may be exempt from
publication. They end with the session, at signing out, and after `KEPT_FOR`. Files are not kept.

Who may have words kept: the form carries a ticket, signed when it was opened, that names its person and its address.
Without it nothing is kept, so that nobody fills the database from outside; and the words are shown to that person only.
Every view stays under Django's own CSRF check. What fails the check is looked at only when the browser says that the
request comes from a page of this site.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from committee import clock, errors

SALT = "committee.form_recovery"
COOKIE = "__Host-form-key" if settings.SECURE else "form-key"
SESSION_KEY = "kept_forms"
KEPT_FOR = dt.timedelta(hours=24)
TICKET_AGE = dt.timedelta(days=30)
MAX_FORMS = 20
"""How many forms of one session are kept; the oldest give way."""
MAX_STORED = 500_000
"""How many characters all kept forms of one session may take, compressed and encrypted."""
NOT_KEPT = {"csrfmiddlewaretoken", "ticket", "form_recovery"}

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Reauthentication:
    """How the visitors of some pages are known, and how they sign in again. A view's decorator notes it on the view."""

    user_id: Callable[[HttpRequest], int | None]
    """Return the primary key of the person who is signed in to these pages, None for nobody."""
    redirect: Callable[[HttpRequest], HttpResponse]
    """Return the redirect to the sign-in that leads back to the page asked for."""
    notice: Callable[[HttpRequest], dict[str, str]]
    """Return what a page's script tells somebody who has to sign in again: `sign_in` (an address), and `told` and `link`
    where the script's own words do not fit."""


ACCOUNTS = Reauthentication(
    user_id=lambda request: request.user.pk,
    redirect=lambda request: redirect_to_login(request.get_full_path()),
    notice=lambda request: {
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    },
)
"""The pages of people with an account."""


@dataclass(frozen=True)
class Ticket:
    """Who opened a form, and which: the form's address, and its name where a page has several."""

    user_id: int
    form: str


@dataclass(frozen=True)
class KeptForm:
    """What was typed into a form and is not recorded."""

    data: QueryDict
    had_file: bool
    was_sent: bool
    """Whether its person pressed a button, or the page saved the words by itself."""
    at: dt.datetime


class FormRecovery:
    """The kept words of one form on a page, and the ticket that its next sending carries."""

    def __init__(self, request: HttpRequest, name: str = "") -> None:
        self.request = request
        self.form = _form_of(request, name)

    @property
    def ticket(self) -> str:
        """Return the value of the hidden field `ticket`."""
        return signing.dumps([self.request.user.pk, self.form], salt=SALT)

    @cached_property
    def kept(self) -> KeptForm | None:
        """The words kept for this person and form, None where there are none."""
        return _load(self.request, self.form)

    @property
    def returned(self) -> KeptForm | None:
        """As `kept` while the page is only opened: what is sent anew takes the place of what was kept."""
        return self.kept if self.request.method in ("GET", "HEAD") else None


def recovery_of(request: HttpRequest) -> FormRecovery:
    """Return the recovery of the page's one form, and note on the request that the form is recoverable."""
    if not hasattr(request, "form_recovery"):
        request.form_recovery = FormRecovery(request)  # type: ignore[attr-defined]  # templates read it
    recovery: FormRecovery = request.form_recovery  # type: ignore[attr-defined]  # set above
    return recovery


def is_autosave(request: HttpRequest) -> bool:
    """Return whether a script on the page saves by itself and expects JSON."""
    return request.headers.get("X-Autosave") == "1"


# ------------------------------------------------------------------ what happens to a request


def recover_after_sign_in(request: HttpRequest, way: Reauthentication) -> HttpResponse:
    """Send somebody who is not signed in to sign in and back. Words of a form that they sent are in it then."""
    response = way.redirect(request)
    if request.method != "POST":
        return response
    ticket = _ticket(request)
    if is_autosave(request):
        response = _signed_out(request, way)
    if ticket is not None and not _keep(request, response, ticket) and not is_autosave(request):
        return errors.csrf_failure(request)  # too long to be kept: the page asks to go back and copy it
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request that failed Django's CSRF check; nothing of it is acted on.

    Signing in gives a browser a new token, so a form that was opened before it in another tab fails although nothing is
    wrong. Where the browser says that it was sent by a page of this site, and its ticket is of the person who is signed in
    (or nobody is), its words return to the form. Everything else gets the refusal page.
    """
    return _recover_after_csrf_failure(request) or errors.csrf_failure(request, reason)


def _recover_after_csrf_failure(request: HttpRequest) -> HttpResponse | None:
    match = request.resolver_match
    way: Reauthentication | None = getattr(match and match.func, "reauthentication", None)
    if way is None or request.method != "POST" or not _is_from_this_site(request):
        return None
    ticket, user_id = _ticket(request), way.user_id(request)
    if ticket is not None and user_id not in (None, ticket.user_id):
        ticket = None
    if is_autosave(request):
        response = _signed_out(request, way)
        if ticket is not None:
            _keep(request, response, ticket)
        return response
    if ticket is None:
        return None
    response = way.redirect(request) if user_id is None else redirect(request.get_full_path())
    return response if _keep(request, response, ticket) else None


def call_with_recovery(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Call the view of somebody who is signed in. Words that were kept for a form are forgotten once it is recorded, which
    is when the view answers with another page, or saves the form that a script sends."""
    if (answer := _keep_or_forget(request)) is not None:
        return answer
    response = view(request, *args, **kwargs)
    if request.method == "POST" and SESSION_KEY in request.session:
        recorded = response.status_code == (200 if is_autosave(request) else 302)
        if recorded and (ticket := _ticket(request)) and ticket.user_id == request.user.pk:
            _remove(request, ticket.form)
    return response


def _keep_or_forget(request: HttpRequest) -> HttpResponse | None:
    """Answer a request about the kept words of a form alone; None for every other request.

    The field `form_recovery` says which: `keep` is a page saving by itself what no view has a draft for, `forget` the
    button that throws the kept words away.
    """
    asked = request.POST.get("form_recovery") if request.method == "POST" else None
    if asked not in ("keep", "forget"):
        return None
    ticket = _ticket(request)
    if ticket is not None and ticket.user_id != request.user.pk:
        ticket = None
    if asked == "forget":
        if ticket is not None:
            _remove(request, ticket.form)
        return redirect(request.get_full_path())
    response = HttpResponse(status=204)
    if ticket is None or not _keep(request, response, ticket, was_sent=False):
        return JsonResponse({"message": "This could not be kept before it is recorded"}, status=422)
    return response


def _signed_out(request: HttpRequest, way: Reauthentication) -> HttpResponse:
    return JsonResponse({"signed_out": way.user_id(request) is None} | way.notice(request), status=401)


def _is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request: its Origin, else its Referer."""
    try:
        source = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    except ValueError:
        return False
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{source.scheme}://{source.netloc}" in ours


# ------------------------------------------------------------------ tickets


def _form_of(request: HttpRequest, name: str = "") -> str:
    """The form at the request's address; a named one is the same form whatever part of a list the query shows."""
    return f"{request.path}#{name}" if name else request.get_full_path()


def _ticket(request: HttpRequest) -> Ticket | None:
    """The ticket that the sent form carries, if it is a good one for this address."""
    try:
        user_id, form = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=TICKET_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    _, _, name = form.partition("#")
    return Ticket(user_id, form) if form == _form_of(request, name) else None


# ------------------------------------------------------------------ the store


def _keep(request: HttpRequest, response: HttpResponse, ticket: Ticket, *, was_sent: bool = True) -> bool:
    """Keep the words of the sent form. Return whether there was room for them."""
    key, cipher = _cipher(request)
    content = {
        "typed": {name: values for name, values in request.POST.lists() if name not in NOT_KEPT},
        "had_file": any(request.FILES.values()),
        "was_sent": was_sent and not is_autosave(request),
        "at": clock.now().isoformat(),
    }
    words = cipher.encrypt(zlib.compress(json.dumps(content).encode())).decode()
    if len(words) > MAX_STORED:
        return False
    stored: dict[str, Any] = dict(request.session.get(SESSION_KEY, {}))
    stored.pop(ticket.form, None)
    stored[ticket.form] = [ticket.user_id, words]
    while len(stored) > MAX_FORMS or sum(len(entry[1]) for entry in stored.values()) > MAX_STORED:
        stored.pop(next(iter(stored)))
    request.session[SESSION_KEY] = stored
    response.set_cookie(
        COOKIE, key, max_age=KEPT_FOR, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    return True


def _cipher(request: HttpRequest) -> tuple[str, Fernet]:
    """The browser's key, or a new one where it has none."""
    key = request.COOKIES.get(COOKIE, "")
    try:
        return key, Fernet(key)
    except ValueError:
        key = Fernet.generate_key().decode()
        return key, Fernet(key)


def _load(request: HttpRequest, form: str) -> KeptForm | None:
    entry = request.session.get(SESSION_KEY, {}).get(form)
    if not entry:
        return None
    user_id, words = entry
    try:
        cipher = Fernet(request.COOKIES.get(COOKIE, ""))
        content = json.loads(
            zlib.decompress(cipher.decrypt(words.encode(), ttl=int(KEPT_FOR.total_seconds())))
        )
    except (InvalidToken, ValueError):
        content = None
    if user_id != request.user.pk or content is None:
        _remove(request, form)
        return None
    data = QueryDict(mutable=True)
    for name, values in content["typed"].items():
        data.setlist(name, values)
    return KeptForm(data, content["had_file"], content["was_sent"], dt.datetime.fromisoformat(content["at"]))


def _remove(request: HttpRequest, form: str) -> None:
    left = dict(request.session.get(SESSION_KEY, {}))
    if left.pop(form, None) is not None:
        request.session[SESSION_KEY] = left
