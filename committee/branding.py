"""Branding and navigation context for the base template: the council's name and colour, and the demonstration banner.

Templates read it as `branding` and `demonstration` (see `context`). Nothing here may break an error page: what needs
the database is looked up only when a template asks, and is left out when the database does not answer.
"""

from __future__ import annotations

import colorsys
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User

PRODUCT_NAME = "Scrutiny recommendations"

# ------------------------------------------------------------------ colours

WHITE = (255, 255, 255)
INK = (20, 25, 28)
BLACK = (0, 0, 0)
DEFAULT_COLOUR = "#1d4f5c"

Colour = tuple[int, int, int]


def parse_colour(text: str) -> Colour:
    """Return red, green and blue of a colour written `#rrggbb` or `#rgb`. Raise ValueError for anything else."""
    written = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", written):
        written = "#" + "".join(char * 2 for char in written[1:])
    if not re.fullmatch(r"#[0-9a-f]{6}", written):
        raise ValueError(f"A colour is written like #1d4f5c, not {text!r}")
    return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)


def written(colour: Colour) -> str:
    """Return the colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """Return the colour mixed with `share` (0 to 1) of the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """Return the relative luminance as WCAG 2.2 defines it, from 0 (black) to 1 (white)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21. WCAG asks for 4.5 between text and its background."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: Colour, ratio: float) -> Colour:
    """Return the colour, mixed with just enough ink for white text on it to have this contrast."""
    for step in range(0, 101, 2):
        candidate = mix(colour, INK, step / 100)
        if contrast(candidate, WHITE) >= ratio:
            return candidate
    return INK


def readable_on(ground: Colour) -> Colour:
    """Return white or ink, whichever reads better on `ground`; black if neither reaches WCAG AA."""
    words = max((WHITE, INK), key=lambda colour: contrast(colour, ground))
    return words if contrast(words, ground) >= 4.5 else BLACK


def looks_like_a_warning(colour: Colour) -> bool:
    """Return whether the colour is a red or a strong orange, so that a button in it would read as "danger"."""
    hue, _, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    return saturation > 0.35 and (hue < 0.07 or hue > 0.93)


def palette(text: str) -> dict[str, str]:
    """Return the custom properties that follow from a council's colour. Each pair of background and text passes WCAG
    AA.
    """
    brand = parse_colour(text)
    strong = darkened(brand, 6.0)
    button = INK if looks_like_a_warning(brand) else strong
    tint = mix(brand, WHITE, 0.945)
    return {
        "--app-brand": written(brand),
        "--app-brand-text": written(readable_on(brand)),
        "--app-brand-strong": written(strong),
        "--app-brand-deep": written(mix(strong, INK, 0.4)),
        "--app-brand-tint": written(tint),
        "--app-brand-line": written(mix(brand, WHITE, 0.72)),
        "--app-button": written(button),
        "--app-button-hover": written(mix(button, BLACK, 0.45)),
        "--govuk-brand-colour": written(strong),
        "--govuk-template-background-colour": written(tint),
        "--govuk-surface-background-colour": written(tint),
        "--govuk-surface-border-colour": written(mix(brand, WHITE, 0.72)),
    }


@lru_cache(maxsize=8)
def style_sheet(colour: str) -> str:
    """Return the style sheet that puts a council's colour over the built one.

    A wrong setting gives the default colour: the system check reports it, and the page stays readable.
    """
    try:
        properties = palette(colour)
    except ValueError:
        properties = palette(DEFAULT_COLOUR)
    return ":root{" + "".join(f"{name}:{value};" for name, value in properties.items()) + "}\n"


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def stylesheet(request: HttpRequest) -> HttpResponse:
    """Serve `/branding.css`, the council's colour. Its address carries a digest, so browsers may cache it for ever."""
    return HttpResponse(style_sheet(settings.COUNCIL_COLOUR), content_type="text/css; charset=utf-8")


def stylesheet_address() -> str:
    """Return the address of `/branding.css`, which changes with the colour."""
    digest = hashlib.sha256(style_sheet(settings.COUNCIL_COLOUR).encode()).hexdigest()[:12]
    return f"{reverse('branding_css')}?{digest}"


# ------------------------------------------------------------------ navigation


@dataclass(frozen=True)
class Link:
    """One entry of the navigation. `current` is "page" on its own page, "true" below it, else empty."""

    text: str
    address: str
    current: str = ""


@dataclass(frozen=True)
class Entry:
    """A possible entry of the navigation: the name of its route, and who sees it."""

    text: str
    route: str
    shown_to: Callable[[User | AnonymousUser], bool]


def address_of(route: str) -> str:
    """Return the address of a named route without arguments, or "" if this installation has no such page."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def navigation(user: User | AnonymousUser, path: str, entries: Iterable[Entry] | None = None) -> list[Link]:
    """Return the entries that `user` has a use for, of `settings.NAVIGATION` unless given.

    The current one is the one whose address is the longest prefix of the path.
    """
    if entries is None:
        entries = cast("Iterable[Entry]", import_string(settings.NAVIGATION))
    found = [
        (entry.text, address)
        for entry in entries
        if entry.shown_to(user) and (address := address_of(entry.route))
    ]
    holding = [address for _, address in found if address != "/" and path.startswith(address)]
    nearest = max(holding, key=len, default="/" if path == "/" else "")
    return [
        Link(text, address, ("page" if address == path else "true") if address == nearest else "")
        for text, address in found
    ]


# ------------------------------------------------------------------ demonstration


def is_demonstration() -> bool:
    """Return whether this database is a demonstration.

    False while the database does not answer, because the error page that is shown then says something else.
    """
    from committee.models import Installation

    try:
        return Installation.objects.filter(demonstration=True).exists()
    except DatabaseError:
        return False


def shows_its_mail() -> bool:
    """Return whether anybody may read unsent e-mail: only in a demonstration on this machine that sends none."""
    return settings.DEMO and not settings.EMAIL and is_demonstration()


# ------------------------------------------------------------------ what templates read


@dataclass
class Branding:
    """What base.html needs. `person` (who is signed in) and `navigation` (Links) are looked up on first read."""

    council_name: str
    council_short_name: str
    logo: str
    product_name: str
    colour: str
    stylesheet: str
    home: str
    footer: list[Link]
    sign_in: str = ""
    sign_out: str = ""
    sign_out_words: str = "Sign out"
    account: str = ""
    search: str = ""
    person: Any = None
    navigation: Any = field(default_factory=list)


@dataclass(frozen=True)
class VisitorRoutes:
    """The pages of somebody without an account; a view sets it on the request as `visitor_routes`."""

    home: str
    leave: str
    leave_words: str


def branding_for(request: HttpRequest | None = None) -> Branding:
    """Return the branding of a page; without a request, a safe one for error pages: no navigation, no account."""
    around = Branding(
        council_name=settings.COUNCIL_NAME,
        council_short_name=settings.COUNCIL_SHORT_NAME,
        logo=settings.COUNCIL_LOGO,
        product_name=PRODUCT_NAME,
        colour=settings.COUNCIL_COLOUR,
        stylesheet=stylesheet_address(),
        home=address_of("home") or "/",
        footer=[
            Link(text, address)
            for text, route in import_string(settings.FOOTER)
            if (address := address_of(route))
        ],
    )
    if request is not None and hasattr(request, "user"):
        around.sign_in = address_of("account_login")
        around.sign_out = address_of("account_logout")
        around.account = address_of("account")
        around.search = address_of("search")
        around.person = SimpleLazyObject(lambda: person(request))
        around.navigation = SimpleLazyObject(lambda: links(request))
    if request is not None and (routes := getattr(request, "visitor_routes", None)) is not None:
        _for_a_visitor(around, request, routes)
    return around


def _for_a_visitor(around: Branding, request: HttpRequest, routes: VisitorRoutes) -> None:
    """Leave somebody without an account only the way out."""
    around.home = reverse(routes.home)
    around.sign_in = around.account = around.search = ""
    around.sign_out, around.sign_out_words = reverse(routes.leave), routes.leave_words
    around.person, around.navigation = request.user, []


def person(request: HttpRequest) -> User | AnonymousUser:
    """Return the signed-in user; AnonymousUser while the database does not answer."""
    from django.contrib.auth.models import AnonymousUser

    try:
        return request.user if request.user.is_authenticated else AnonymousUser()
    except DatabaseError:
        return AnonymousUser()


def links(request: HttpRequest) -> list[Link]:
    """Return the navigation of this page; empty while the database does not answer."""
    try:
        return navigation(request.user, request.path)
    except DatabaseError:
        return []


def context(request: HttpRequest) -> dict[str, Any]:
    """Return `branding`, `demonstration` and `sends_no_mail` for every template (a context processor)."""
    return {
        "branding": branding_for(request),
        "demonstration": SimpleLazyObject(is_demonstration),
        "sends_no_mail": settings.DEMO and not settings.EMAIL,
    }
