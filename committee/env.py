"""Strict reading of the environment.

A wrong value is never guessed at. It is noted with a sentence on how to mend it, and `Env.finish()` raises all of them
at once. No message repeats a value that could be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from committee.text import whole_number

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]


class Env:
    """The settings of one installation, read from `source`. `names` collects every name asked for."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self.source = source
        self.names: list[str] = []
        self.problems: list[str] = []

    def problem(self, words: str) -> None:
        """Note a problem for `finish()` to report."""
        self.problems.append(words)

    def finish(self) -> None:
        """Raise ImproperlyConfigured with every problem noted, one a line, if there is any."""
        if self.problems:
            raise ImproperlyConfigured("\n".join(self.problems))

    def _read(self, name: str) -> str | None:
        """Return the value, stripped; None if unset or empty."""
        self.names.append(name)
        return self.source.get(name, "").strip() or None

    def text(self, name: str, default: str = "", *, longest: int = 500) -> str:
        value = self._read(name)
        if value is None:
            return default
        if len(value) > longest or not value.isprintable():
            self.problem(f"{name}: use one line of at most {longest} characters.")
            return default
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self._read(name)
        if value is None:
            return default
        if value.lower() not in TRUE | FALSE:
            self.problem(f"{name}: write 1 or 0, not {value!r}.")
            return default
        return value.lower() in TRUE

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self._read(name)
        if value is None:
            return default
        number = whole_number(value, most=most) if value.isascii() else None
        if number is None or number < least:
            self.problem(f"{name}: write a whole number from {least} to {most}, not {value!r}.")
            return default
        return number

    def choice(self, name: str, default: str, choices: list[str]) -> str:
        value = self._read(name)
        if value is None:
            return default
        if value not in choices:
            self.problem(f"{name}: write one of {', '.join(choices)}, not {value!r}.")
            return default
        return value

    def words(self, name: str, default: list[str]) -> list[str]:
        """Return a comma-separated list."""
        value = self._read(name)
        return default if value is None else [word.strip() for word in value.split(",") if word.strip()]

    def colour(self, name: str, default: str) -> str:
        value = self._read(name)
        if value is None:
            return default
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            self.problem(
                f"{name}: write a colour as # and six hexadecimal digits, for example {default}, not {value!r}."
            )
            return default
        return value.lower()

    def secret(self, name: str, *, shortest: int = 32) -> str:
        """Return a secret of at least `shortest` characters, or "" if unset."""
        value = self._read(name) or ""
        if value and (len(value) < shortest or len(set(value)) < 8):
            self.problem(
                f"{name}: too easy to guess. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
            return ""
        return value

    def site_url(self, name: str, default: str) -> str:
        """Return the address that people type, without a path, such as https://tracker.example.gov.uk."""
        value = self._read(name)
        if value is None:
            return default
        if not re.fullmatch(r"https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?/?", value):
            self.problem(
                f"{name}: write the address of the site without a path, for example https://tracker.example.gov.uk."
            )
            return default
        return value.rstrip("/")

    def database_url(self, name: str) -> dict[str, object] | None:
        """Return Django's settings for postgres://user:password@host:port/name?sslmode=require; None if unset."""
        value = self._read(name)
        if value is None:
            return None
        form = "Write postgres://user:password@host:5432/name, optionally with ?sslmode=verify-full."
        try:
            url = urlsplit(value)
            port = url.port or 5432
        except ValueError:
            self.problem(
                f"{name}: the host or port cannot be read. {form} Write special characters in the password as %XX."
            )
            return None
        options = dict(parse_qsl(url.query, keep_blank_values=True))
        database = unquote(url.path.removeprefix("/"))
        host = options.pop("host", "") or unquote(url.hostname or "")
        wrong = None
        if url.scheme not in {"postgres", "postgresql"}:
            wrong = "only PostgreSQL is supported."
        elif url.fragment:
            wrong = "it holds a #. Write special characters in the password as %XX."
        elif not database or "/" in database:
            wrong = "the name of the database is missing."
        elif not host:
            wrong = "the host is missing (for a Unix socket add ?host=/the/directory)."
        elif unknown := sorted(
            options.keys() - {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"}
        ):
            wrong = f"it has an option that is not known: {', '.join(unknown)}."
        elif options.get("sslmode", "prefer") not in SSL_MODES:
            wrong = f"sslmode is one of {', '.join(SSL_MODES)}."
        elif whole_number(options.get("connect_timeout", "5")) is None:
            wrong = "connect_timeout is a number of seconds."
        if wrong:
            self.problem(f"{name}: {wrong} {form}")
            return None
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": host,
            "PORT": str(port),
            "OPTIONS": {"connect_timeout": "5"} | options,
        }

    def email_url(self, name: str) -> dict[str, object] | None:
        """Return Django's EMAIL_* settings for smtp://user:password@host:587 (STARTTLS, unless ?tls=0) or smtps://;
        None if unset.
        """
        value = self._read(name)
        if value is None:
            return None
        form = "Write smtp://user:password@host:587, or smtps:// for a server that speaks TLS from the start."
        try:
            url = urlsplit(value)
            port = url.port or (465 if url.scheme == "smtps" else 587)
        except ValueError:
            self.problem(f"{name}: the host or port cannot be read. {form}")
            return None
        options = dict(parse_qsl(url.query, keep_blank_values=True))
        tls = options.pop("tls", "1")
        if (
            url.scheme not in {"smtp", "smtps"}
            or not url.hostname
            or options
            or tls not in TRUE | FALSE
            or url.fragment
        ):
            self.problem(f"{name}: {form}")
            return None
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": port,
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_USE_TLS": url.scheme == "smtp" and tls in TRUE,
            "EMAIL_TIMEOUT": 20,
        }

    def bucket_url(self, name: str) -> dict[str, str] | None:
        """Return the options of django-storages for s3://bucket/prefix?endpoint=https://...&region=...; None if unset."""
        value = self._read(name)
        if value is None:
            return None
        url = urlsplit(value)
        options = dict(parse_qsl(url.query))
        if (
            url.scheme != "s3"
            or not url.netloc
            or "@" in url.netloc
            or options.keys() - {"endpoint", "region"}
        ):
            self.problem(
                f"{name}: write s3://bucket/prefix?endpoint=https://host&region=name. The keys go into "
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            )
            return None
        found = {"bucket_name": url.netloc, "location": url.path.strip("/")}
        if endpoint := options.get("endpoint"):
            found["endpoint_url"] = endpoint
        if region := options.get("region"):
            found["region_name"] = region
        return found
