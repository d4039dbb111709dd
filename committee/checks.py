"""System checks: what is wrong with this installation and how to mend it. `manage.py check` (and `check --deploy`)."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import Error as DatabaseError
from django.db import connection

from committee import branding
from committee.database_roles import powers_over_history

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size
LOGO_KINDS = {".svg", ".png"}
PACKAGES_FOR_PDF = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@register
def council(**_options: Any) -> Sequence[CheckMessage]:
    """Check the council's branding."""
    found: list[CheckMessage] = []
    contrast = branding.contrast(branding.parse_colour(settings.COUNCIL_COLOUR), branding.WHITE)
    if contrast < LEAST_CONTRAST:
        found.append(
            Error(
                f"COUNCIL_COLOUR {settings.COUNCIL_COLOUR} is too pale: white text on it has a contrast of "
                f"{contrast:.1f} to 1.",
                hint=f"Set a darker colour, with a contrast of at least {LEAST_CONTRAST} to 1.",
                id="committee.E001",
            )
        )
    if settings.COUNCIL_LOGO:
        logo = Path(settings.COUNCIL_LOGO)
        if not logo.is_absolute():
            logo = settings.BASE_DIR / logo
        if logo.suffix.lower() not in LOGO_KINDS or not logo.is_file() or not os.access(logo, os.R_OK):
            found.append(
                Error(
                    f"COUNCIL_LOGO {settings.COUNCIL_LOGO} is not an SVG or PNG file that can be read.",
                    hint="Set it to the file's full path, or leave it unset to show the council's name.",
                    id="committee.E002",
                )
            )
    return found


@register
def pdf_library(**_options: Any) -> Sequence[CheckMessage]:
    """Check the system libraries that WeasyPrint needs to make packs."""
    missing = [
        name
        for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
        if not ctypes.util.find_library(name)
    ]
    if not missing:
        return []
    return [
        Warning(
            f"Packs cannot be made: the system library {', '.join(missing)} is missing.",
            hint=f"Run script/setup, or install it with: apt-get install {PACKAGES_FOR_PDF}",
            id="committee.W004",
        )
    ]


@register(Tags.staticfiles)
def front_end(**_options: Any) -> Sequence[CheckMessage]:
    """Check that style sheets and scripts are built."""
    built = settings.BASE_DIR / "static" / "built"
    if not built.is_dir() or not any(built.iterdir()):
        return [
            Warning("The front-end files are not built.", hint="Run script/setup.", id="committee.W005"),
        ]
    if settings.WHITENOISE_USE_FINDERS or (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return []
    return [
        Warning(
            "The static files are not collected, so pages will fail.",
            hint="Run script/setup, or manage.py collectstatic --noinput.",
            id="committee.W001",
        )
    ]


@register(Tags.security)
def exposure(**_options: Any) -> Sequence[CheckMessage]:
    """Check for settings that would open a real installation to strangers."""
    found: list[CheckMessage] = []
    ours = {"127.0.0.1", "localhost", "[::1]", "testserver"}
    if settings.DEBUG and (strangers := sorted(set(settings.ALLOWED_HOSTS) - ours)):
        found.append(
            Error(
                f"DEBUG=1 shows settings and data to whoever causes an error on {', '.join(strangers)}.",
                hint="Unset DEBUG.",
                id="committee.E003",
            )
        )
    if "*" in settings.ALLOWED_HOSTS or any(host.startswith(".") for host in settings.ALLOWED_HOSTS):
        found.append(
            Error(
                "OTHER_HOSTS accepts names that are not this site's.",
                hint="Write each host name in full, separated by commas.",
                id="committee.E004",
            )
        )
    if settings.SECURE and not settings.PROXIES:
        found.append(
            Error(
                "SECURE=1 needs a reverse proxy that speaks HTTPS, and PROXIES=0 says that there is none.",
                hint="Set PROXIES=1, and let the proxy set X-Forwarded-For and X-Forwarded-Proto.",
                id="committee.E005",
            )
        )
    if not settings.DEMO and not settings.TESTING and not settings.SECURE:
        found.append(
            Warning(
                "Passwords and sessions cross the network unprotected: SITE_URL is not https, or SECURE is 0.",
                hint="Put a reverse proxy with HTTPS in front, and set SITE_URL=https://...",
                id="committee.W002",
            )
        )
    return found


@register(Tags.security, deploy=True)
def database_role(**_options: Any) -> Sequence[CheckMessage]:
    """Check that the role that runs the site is bound by the triggers that keep published history."""
    try:
        powers = powers_over_history(connection)
    except DatabaseError:
        return [
            Warning(
                "The database could not be asked what the role of DATABASE_URL may do.",
                hint="Run this check again when the database answers.",
                id="committee.W007",
            )
        ]
    if not powers:
        return []
    return [
        Warning(
            "The role of DATABASE_URL can change published history past the triggers that guard it: "
            f"{', '.join(powers)}.",
            hint="Run the site under a role of its own that owns nothing, and migrate as the owner: set "
            "DATABASE_OWNER_URL for manage.py migrate alone (docs/operators.md).",
            id="committee.W006",
        )
    ]


@register
def outside_services(**_options: Any) -> Sequence[CheckMessage]:
    """Check the mail server and the file storage."""
    found: list[CheckMessage] = []
    if not settings.DEMO and not settings.TESTING and not settings.EMAIL:
        found.append(
            Warning(
                f"No mail is sent: EMAIL_URL is unset, so messages are written to {settings.EMAIL_FILE_PATH}.",
                hint="Set EMAIL_URL=smtp://user:password@host:587",
                id="committee.W003",
            )
        )
    if settings.FILES_BUCKET and importlib.util.find_spec("storages") is None:
        found.append(
            Error(
                "FILES_URL is set, and the package that speaks to object storage is not installed.",
                hint="Run .venv/bin/python -m pip install 'django-storages[s3]', or unset FILES_URL.",
                id="committee.E006",
            )
        )
    return found
