"""Every kind of trouble ends in a page that says what to do, with its own status and without a traceback."""

from __future__ import annotations

import errno
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from committee import errors


def raising(exception: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise exception

    return view


def after_a_lost_connection(request: HttpRequest) -> HttpResponse:
    try:
        raise OperationalError("server closed the connection")
    except OperationalError:
        raise RuntimeError("while rendering")  # noqa: B904 - as a template would


def posted(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("bad", raising(SuspiciousOperation("no"))),
    path("denied", raising(PermissionDenied("Only a clerk may do this."))),
    path("missing", raising(Http404())),
    path("broken", raising(ValueError("the secret words"))),
    path("away", raising(OperationalError("connection refused"))),
    path("lost", raising(InterfaceError("connection already closed"))),
    path("full", raising(OSError(errno.ENOSPC, "No space left on device"))),
    path("within", after_a_lost_connection),
    path("posted", posted),
    path("pressed", require_POST(posted)),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bad", 400),
        ("/denied", 403),
        ("/missing", 404),
        ("/nowhere", 404),
        ("/broken", 500),
        ("/away", 503),
        ("/lost", 503),
        ("/full", 503),
        ("/within", 503),
    ],
)
def test_each_has_its_page(client: Client, address: str, status: int):
    response = client.get(address)
    body = response.content.decode()
    assert response.status_code == status
    assert body.count("<h1") == 1
    assert "Traceback" not in body
    assert "secret words" not in body


def test_the_page_for_a_database_that_is_away_asks_to_come_back(client: Client):
    response = client.get("/away")
    assert response["Retry-After"] == "60"
    assert "unavailable" in response.content.decode()


def test_the_reason_of_a_refusal_is_told(client: Client, monkeypatch: pytest.MonkeyPatch):
    seen: dict[str, Any] = {}
    monkeypatch.setattr(
        errors, "render_to_string", lambda name, context, request: seen.update(context) or "page"
    )
    client.get("/denied")
    assert seen["reason"] == "Only a clerk may do this."
    assert seen["request_id"]


def test_an_address_for_a_button_says_so_when_it_is_opened(client: Client):
    response = client.get("/pressed")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing was done" in response.content.decode()
    assert response.content.decode().count("<h1") == 1


def test_too_large_is_413(client: Client, settings: Any):
    settings.UPLOAD_LIMIT = 1000
    response = client.post("/posted", {"words": "x" * 2000})
    assert response.status_code == 413


def test_too_much_text_is_413(client: Client, settings: Any):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/posted", "words=" + "x" * 200, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


def test_a_form_that_was_open_too_long():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/posted", {"a": "b"})
    assert response.status_code == 403
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("status", sorted(errors.WORDS))
def test_a_broken_template_does_not_hide_the_trouble(
    client: Client, rf: Any, monkeypatch: pytest.MonkeyPatch, status: int
):
    def broken(*_args: Any, **_more: Any) -> str:
        raise OperationalError("the template asked the database")

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.answer(rf.get("/"), status)
    assert response.status_code == status
    assert errors.WORDS[status][0] in response.content.decode()
