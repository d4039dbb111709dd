"""Clients of the site for tests, what forms send, and pages as text."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import lxml.html
from django.test import Client

from committee.accounts.models import User
from tests.factories import fresh


def signed_in(user: User, **options: Any) -> Client:
    """Return a client that is signed in as the person, fetched anew so that no cached membership counts."""
    client = Client(**options)
    client.force_login(fresh(user))
    return client


def text_of(response: Any) -> str:
    """Return the answer's text, tags and all."""
    return str(response.content.decode())


def words_of(response: Any) -> str:
    """Return the page as it reads: without tags, with single spaces."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(response))))


def boxes(name: str, day: dt.date | None) -> dict[str, str]:
    """Return a day as the three boxes of a DayField send it; empty boxes for None."""
    if day is None:
        return {f"{name}_{part}": "" for part in ("day", "month", "year")}
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def hidden(page: Any, name: str) -> str:
    """Return the value of a hidden input of the page; empty where it has none."""
    tag = next(tag for tag in re.findall(r"<input[^>]*>", text_of(page)) if f'name="{name}"' in tag)
    value = re.search(r'value="([^"]*)"', tag)
    return value[1] if value else ""


def form_values(page: Any) -> dict[str, list[str]]:
    """Return what the form in the main part of the page sends as it stands, each name with its values."""
    (form,) = lxml.html.fromstring(text_of(page)).xpath("//main//form[not(@action)]")
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def update_form(page: Any, **changes: Any) -> dict[str, Any]:
    """Return what the form for an update on the page sends, with these changes."""
    typed = {
        "claim": "on_track",
        **boxes("as_at", dt.date(2026, 1, 12)),
        "progress": "Three crossings are built.",
        "do": "save",
    }
    sent = {name: hidden(page, name) for name in ("version", "tab", "ticket")}
    return typed | sent | changes


def answer_of(
    client: Client, *, email: str, verified: bool, process: str = "login"
) -> tuple[Any, User | None]:
    """What the tracker answers when the provider says who came, without asking the network."""
    from allauth.account.middleware import AccountMiddleware
    from allauth.socialaccount.adapter import get_adapter
    from allauth.socialaccount.helpers import complete_social_login
    from django.contrib.auth.middleware import AuthenticationMiddleware
    from django.contrib.messages.middleware import MessageMiddleware
    from django.contrib.sessions.middleware import SessionMiddleware
    from django.test import RequestFactory

    request = RequestFactory().get("/accounts/oidc/council/login/callback/")
    request.COOKIES.update({key: value.value for key, value in client.cookies.items()})

    def view(request: Any) -> Any:
        provider = get_adapter().get_provider(request, "council")
        login = provider.sociallogin_from_response(
            request,
            {"userinfo": {"sub": "1", "email": email, "email_verified": verified, "name": "Somebody"}},
        )
        login.state = {"process": process}
        return complete_social_login(request, login)

    handler: Any = AccountMiddleware(view)
    handler = AuthenticationMiddleware(MessageMiddleware(handler))
    answer = SessionMiddleware(handler)(request)
    return answer, request.user if request.user.is_authenticated and process == "login" else None
