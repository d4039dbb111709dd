import io
import json
import logging
import logging.config
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
import structlog
from django.db import DataError, IntegrityError, connection, transaction

from committee import log_config
from committee.request_context import RequestContext, request_context

EXEMPT = "the contractor owes four million"


@pytest.fixture
def lines() -> Any:
    """Log in JSON to memory; gives a function that returns the events so far."""
    kept = list(logging.getLogger().handlers), logging.getLogger().level
    stream = io.StringIO()
    configuration = log_config.configuration("json", "INFO")
    configuration["handlers"]["events"]["stream"] = stream
    logging.config.dictConfig(configuration)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    log_config.configure("plain", "INFO")
    logging.getLogger().handlers[:], logging.getLogger().level = kept


Lines = Callable[[], list[dict[str, Any]]]


def test_one_json_object_a_line(lines: Lines):
    structlog.get_logger("here").info("pack ready", pack=7)
    logging.getLogger("there").warning("with %s", "arguments")
    first, second = lines()
    assert (first["event"], first["pack"], first["level"], first["logger"]) == (
        "pack ready",
        7,
        "info",
        "here",
    )
    assert second["event"] == "with arguments"
    assert first["timestamp"].endswith("Z")


def test_the_request_id_is_on_every_line(lines: Lines):
    token = request_context.set(RequestContext(address="192.0.2.1", request_id="abcdefgh"))
    try:
        logging.getLogger("there").warning("trouble")
    finally:
        request_context.reset(token)
    assert lines()[0]["request_id"] == "abcdefgh"


@pytest.mark.parametrize(
    "name", ["password", "api_key", "Authorization", "exempt_text", "session_id", "reset_token"]
)
def test_values_of_telling_names_are_hidden(lines: Lines, name):
    structlog.get_logger("here").info("something", **{name: EXEMPT})
    assert lines()[0][name] == "(hidden)"


def test_an_exception_keeps_its_frames_and_not_what_people_typed(lines: Lines):
    try:
        try:
            int(EXEMPT)
        except ValueError as problem:
            raise RuntimeError("the pack cannot be made") from problem
    except RuntimeError:
        logging.getLogger("there").exception("failed")
    (event,) = lines()
    assert "RuntimeError: the pack cannot be made" in event["exception"]
    assert "ValueError: (hidden)" in event["exception"]
    assert "test_logs.py" in event["exception"]
    assert EXEMPT not in json.dumps(event)


@pytest.mark.django_db
def test_a_refused_row_is_logged_without_the_row(lines: Lines):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE secrets (words text CONSTRAINT short CHECK (length(words) < 3))"
        )
        with (
            pytest.raises(IntegrityError, match=EXEMPT) as caught,
            transaction.atomic(),
        ):  # PostgreSQL quotes the row
            cursor.execute("INSERT INTO secrets VALUES (%s)", [EXEMPT])
    structlog.get_logger("here").error("failed", exc_info=caught.value)
    (event,) = lines()
    assert "sqlstate=23514 table=secrets constraint=short" in event["exception"]
    assert EXEMPT not in json.dumps(event)


def test_a_wrong_value_is_not_quoted():
    problem = DataError(f'invalid input syntax for type integer: "{EXEMPT}"')
    problem.__cause__ = psycopg2.DataError(EXEMPT)
    assert log_config.safe_message(problem) == "(hidden)"


def test_a_personal_link_is_hidden_in_djangos_own_events(lines: Lines, rf):
    request = rf.get("/r/eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9/form?key=value")
    logging.getLogger("django.security.csrf").warning(
        "Forbidden (%s): %s", "no cookie", request.path, extra={"request": request}
    )
    (event,) = lines()
    assert event["event"] == "Forbidden (no cookie): /r/(hidden)/form"


def test_without_secrets():
    assert log_config.without_secrets("/a/b?key=1") == "/a/b"
    assert log_config.without_secrets("/r/" + "x" * 21 + "/") == "/r/(hidden)/"


def test_plain_lines_are_for_people(capsys):
    stream = io.StringIO()
    configuration = log_config.configuration("plain", "INFO")
    configuration["handlers"]["events"]["stream"] = stream
    logging.config.dictConfig(configuration)
    try:
        logging.getLogger("there").warning("something happened")
        assert "something happened" in stream.getvalue()
        assert not stream.getvalue().startswith("{")
    finally:
        log_config.configure("plain", "INFO")
