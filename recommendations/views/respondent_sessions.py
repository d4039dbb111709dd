"""The sessions of external respondents, who sign in by a personal link and a code, and the decorators of their views.

A session is a key of its own in the visitor's session, bound to the link and its generation; each request asks the database
whether the link still holds. A browser in which the right code was entered keeps a signed cookie that goes to these pages
alone, so that a code is asked for on first use only. Somebody who is also signed in with an account here is nobody on
these pages, and the respondent is nobody on all others.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from committee import clock, form_recovery
from committee.branding import VisitorRoutes
from committee.idempotency import answer_once
from committee.request_context import current_request
from recommendations.actions import respondent_links as actions
from recommendations.lifecycle import LinkEvent
from recommendations.models import RespondentLink
from recommendations.models.acting import acting_by
from recommendations.permissions import Right
from recommendations.queries.respondent_links import (
    REMEMBERED,
    browser_token,
    link_of_browser,
    link_of_generation,
)
from recommendations.utils.rate_limit import within_limit
from recommendations.views.decorators import View, limit_methods, mark, recover_forms
from recommendations.views.form_handling import find

PREFIX = "/answer/"
ROUTES = VisitorRoutes(home="answering", leave="answer_leave", leave_words="Leave")
SESSION_KEY, ASKED_KEY = "answering", "answering-asked"
COOKIE = "answering"
NEXT_COOKIE = "answering-next"
LONGEST_NEXT = 2000
"""How long an address may be to come back to, in characters: a browser keeps about 4,000 in a cookie."""
READ_ONCE_IN = dt.timedelta(minutes=15)
"""Reading the same again within this time is not recorded a second time; nor are drafts that save themselves."""
MOST_PRESSES = 600
MOST_PRESSES_OF_LINK = 60
PRESSES_WITHIN = 300
"""How often buttons may be pressed by somebody not yet let in, from one network address and for one link, and within how
many seconds. A whole council may leave by one address, so that only the limit of the link is narrow.
"""


class RespondentRequest(HttpRequest):
    """The request of a page under `/answer/`: for types alone. In a session `link` is there and `user` is its person;
    before it, `link` is None and `user` is nobody."""

    link: RespondentLink | None
    user: Any
    about: Any
    visitor_routes: VisitorRoutes


def current_link(request: HttpRequest) -> RespondentLink | None:
    """Return the session's link as it is in the database now. A session whose link has ended ends, and that is recorded."""
    kept = request.session.get(SESSION_KEY)
    if kept is None:
        return None
    link: RespondentLink | None = find(RespondentLink.objects.for_list(), str(kept[0]))
    if link is not None and link.is_valid and link.generation == kept[1]:
        return link
    end(request)
    if link is not None:
        actions.log_link_use(
            by=link.person, link=link, event=LinkEvent.REFUSED, about="The link ended during a visit"
        )
    return None


def begin(request: HttpRequest, link: RespondentLink) -> HttpResponse:
    """Begin a session under a new key, and go to the page that its person asked for first."""
    request.session.pop(ASKED_KEY, None)
    request.session.cycle_key()
    request.session[SESSION_KEY] = [link.pk, link.generation]
    response = redirect(_asked_for(request) or "answering")
    response.delete_cookie(NEXT_COOKIE, path=PREFIX, samesite="Lax")
    return response


def end(request: HttpRequest) -> None:
    """End the session, and forget that a code was asked for."""
    request.session.pop(SESSION_KEY, None)
    request.session.pop(ASKED_KEY, None)


def redirect_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the redirect to the page that says how to sign in; from there the person comes back to this address.

    The address is kept in a cookie and not in the session: strangers, scanners and search engines ask too, and a session
    is a row in the database.
    """
    response = redirect("answering")
    asked_for = request.get_full_path()
    if len(asked_for) <= LONGEST_NEXT:
        response.set_signed_cookie(
            NEXT_COOKIE,
            asked_for,
            salt=NEXT_COOKIE,
            path=PREFIX,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _asked_for(request: HttpRequest) -> str:
    """Return the address to come back to after signing in; "" where there is none."""
    return str(request.get_signed_cookie(NEXT_COOKIE, default="", salt=NEXT_COOKIE))


def respondent_id(request: HttpRequest) -> int | None:
    """Return the primary key of the session's person, None without a session."""
    link = current_link(request)
    return link.person_id if link else None


RESPONDENTS = form_recovery.Reauthentication(
    user_id=respondent_id,
    redirect=redirect_to_sign_in,
    notice=lambda request: {
        "sign_in": reverse("answering"),
        "told": "Your visit has ended. What you typed stays on this page. ",
        "link": "Come in again",
    },
)
"""How respondents sign in again: by the page that asks for their link."""


def note_code_request(request: HttpRequest, link: RespondentLink) -> str:
    """Keep in the session for which link a code is asked for, and return the token of this browser."""
    kept = request.session.get(ASKED_KEY)
    browser = kept[2] if kept and kept[:2] == [link.pk, link.generation] else secrets.token_urlsafe(24)
    request.session[ASKED_KEY] = [link.pk, link.generation, browser]
    return str(browser)


def code_request(request: HttpRequest) -> tuple[RespondentLink, str] | None:
    """Return the link for which a code was asked for in this browser, ended or not, and the token of the browser."""
    kept = request.session.get(ASKED_KEY)
    if kept is None:
        return None
    link = link_of_generation(kept[0], kept[1])
    return (link, str(kept[2])) if link else None


def may_press(request: HttpRequest, link: RespondentLink | None = None) -> bool:
    """Count a press of a button by somebody not yet signed in, and return whether they may go on: those with this `link`,
    and those at their network address.
    """
    if link is not None and not within_limit(
        f"answering-link:{link.pk}", MOST_PRESSES_OF_LINK, PRESSES_WITHIN
    ):
        return False
    asking = current_request()
    key = f"answering:{(asking and asking.address) or 'unknown'}"
    return within_limit(key, MOST_PRESSES, PRESSES_WITHIN)


def remember(response: HttpResponse, link: RespondentLink) -> None:
    """Remember this browser for the link's generation, for 30 days or until the link ends."""
    left = min(REMEMBERED, link.expires_at - clock.now())
    response.set_cookie(
        f"{COOKIE}-{link.pk}",
        browser_token(link),
        max_age=int(left.total_seconds()),
        path=PREFIX,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembered(request: HttpRequest, link: RespondentLink | None = None) -> RespondentLink | None:
    """Return the valid link that this browser is remembered for: `link`, or any where none is given."""
    names = [f"{COOKIE}-{link.pk}"] if link else [n for n in request.COOKIES if n.startswith(f"{COOKIE}-")]
    for name in names[:5]:
        found = link_of_browser(request.COOKIES.get(name, ""))
        if found is not None and (link is None or found.pk == link.pk):
            return found
    return None


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Forget this browser for every link."""
    for name in request.COOKIES:
        if name.startswith(f"{COOKIE}-"):
            response.delete_cookie(name, path=PREFIX, samesite="Lax")


def respondent_public(*, methods: str) -> Callable[[View], View]:
    """Return a decorator for a page under `/answer/` that needs no session by a link; `methods` as for `page`."""

    def decorate(view: View) -> View:
        return _respondent_page(limit_methods(methods, view), right=None, methods=methods)

    return decorate


def respondent_required(right: Right | None = None, *, methods: str) -> Callable[[View], View]:
    """Return a decorator for a page that needs a session by a link; `methods` as for `page`.

    What the page reads and writes is recorded for the link. The page's own fetch asks whether the link holds `right`
    over the very thing, as it does for officers.
    """

    def decorate(view: View) -> View:
        answer = limit_methods(methods, recover_forms(_recorded(answer_once(view))))

        @wraps(answer)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.link is None:
                return form_recovery.recover_after_sign_in(request, RESPONDENTS)
            return answer(request, *args, **kwargs)

        return _respondent_page(guarded, right=right, methods=methods)

    return decorate


def _respondent_page(view: View, *, right: Right | None, methods: str) -> View:
    """Return the view with the link of the session on its request; no cache and no search engine keeps the page."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = current_link(request)
        request.link, request.user, request.about = link, link.person if link else AnonymousUser(), None
        request.visitor_routes = ROUTES
        with acting_by(link) if link else nullcontext():
            response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    mark(guarded, right=right, public=False, methods=methods, by_link=True, reauthentication=RESPONDENTS)
    return guarded


def _recorded(view: View) -> View:
    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        _record(request, response)
        return response

    return answer


def _record(request: Any, response: HttpResponseBase) -> None:
    """Record what was read or written: a page shown was read; a form answered by another page was written."""
    if request.about is None or response.status_code >= 400:
        return
    about = getattr(request.about, "recommendation", request.about)
    page = request.resolver_match.url_name.removeprefix("answer_").replace("_", " ")
    saved_itself = request.headers.get("X-Autosave") == "1"
    wrote = request.method == "POST" and (saved_itself or response.status_code == 302)
    actions.log_link_use(
        by=request.user,
        link=request.link,
        event=LinkEvent.WROTE if wrote else LinkEvent.READ,
        about=f"{getattr(about, 'reference', about)}: {page}",
        once_in=None if wrote and not saved_itself else READ_ONCE_IN,
    )
