"""The log: one event a line, JSON in production and readable in the demonstration.

An event never holds a query string, a request body, a secret, or text that may be exempt from publication. Typed text
also appears in exception messages (a row in PostgreSQL's DETAIL, a value that could not be converted), so an exception
is logged with its type and frames, and with its message only if the message is about the program.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from committee.request_context import current_request

SECRET_WORDS = re.compile(
    r"passw|secret|token|cookie|authori[sz]ation|exempt|session|api_?key|dsn", re.IGNORECASE
)
HIDDEN = "(hidden)"
LONGEST_PLAIN_SEGMENT = 20  # a longer part of an address may be the token of a personal link
ABOUT_THE_PROGRAM = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
)
ABOUT_THE_PROGRAM_BY_NAME = {
    "ImproperlyConfigured",
    "TemplateDoesNotExist",
    "TemplateSyntaxError",
    "NoReverseMatch",
    "FieldError",
}
ABOUT_THE_PROGRAM_BY_WORDS = ("Missing staticfiles manifest entry",)


def without_secrets(path: str) -> str:
    """Return an address fit for the log: without its query string, and with long parts hidden."""
    path = path.partition("?")[0]
    return "/".join(HIDDEN if len(part) > LONGEST_PLAIN_SEGMENT else part for part in path.split("/"))


def safe_message(exception: BaseException) -> str:
    """Return what may be logged of an exception's own message."""
    diagnostics = getattr(exception, "diag", None) or getattr(exception.__cause__, "diag", None)
    if diagnostics is not None and (code := getattr(diagnostics, "sqlstate", None)):
        named = {"sqlstate": code, "table": diagnostics.table_name, "constraint": diagnostics.constraint_name}
        words = " ".join(f"{name}={value}" for name, value in named.items() if value)
        return (
            f"{words}: {diagnostics.message_primary}" if code == "P0001" else words
        )  # raised by our own triggers
    name = type(exception).__name__
    is_connection = name in {"OperationalError", "InterfaceError"}
    if isinstance(exception, UnicodeError):
        return HIDDEN
    if str(exception).startswith(ABOUT_THE_PROGRAM_BY_WORDS):
        return str(exception)[:500]
    if is_connection or isinstance(exception, ABOUT_THE_PROGRAM) or name in ABOUT_THE_PROGRAM_BY_NAME:
        return " ".join(str(exception).split())[:500]
    return HIDDEN if str(exception) else ""


def safe_traceback(exception: BaseException) -> str:
    """Return the type and frames of an exception and of its causes, without lines that quote data."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = exception
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        name = f"{type(current).__module__}.{type(current).__qualname__}".removeprefix("builtins.")
        frames = "".join(traceback.format_tb(current.__traceback__))
        parts.append(f"{frames}{name}: {safe_message(current)}".rstrip(": "))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nwhich came from\n".join(parts)


def _exception(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    exception = info[1] if isinstance(info, tuple) else info
    if isinstance(exception, BaseException):
        event["exception"] = safe_traceback(exception)
    event.pop("exc_text", None)
    return event


def _hide_secrets(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {key: HIDDEN if SECRET_WORDS.search(key) and value else value for key, value in event.items()}


def _hide_addresses(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Hide the requested address in Django's own events: it may be a personal link."""
    record = event.get("_record")
    request = getattr(record, "request", None)
    if request is not None and (path := getattr(request, "path", "")):
        event["event"] = str(event["event"]).replace(path, without_secrets(path))
    return event


def _add_request(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    if (context := current_request()) is not None:
        event.setdefault("request_id", context.request_id)
    return event


def _in_order(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    first = {key: event.pop(key) for key in ("timestamp", "level", "logger", "event") if key in event}
    return {**first, **event}


def configuration(form: str, level: str) -> dict[str, Any]:
    """Return the logging configuration for Python's logging and for gunicorn. `form` is "json" or "plain"."""
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, sort_keys=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    _exception,
                    _hide_addresses,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    _hide_secrets,
                    _in_order,
                    renderer,
                ],
                "foreign_pre_chain": _shared(),
            }
        },
        "handlers": {"events": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["events"], "level": level},
        "loggers": {
            "pikepdf": {"level": "WARNING"},  # it announces that it has started
            "django": {"level": level, "propagate": True, "handlers": []},
            # Each request has a line of its own already, and 4xx answers are not errors.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
            # With DEBUG these would log every statement with its values.
            "django.db.backends": {"level": "WARNING"},
            "django_tasks": {"level": "INFO"},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            "asyncio": {"level": "WARNING"},
            "gunicorn.error": {"level": level, "propagate": True, "handlers": []},
            "gunicorn.access": {"level": "CRITICAL", "propagate": False, "handlers": []},
        },
    }


def _shared() -> list[Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request,
    ]


def configure(form: str, level: str) -> None:
    """Set up Python's logging and structlog, so that both write the same kind of line to standard error."""
    logging.config.dictConfig(configuration(form, level))
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
