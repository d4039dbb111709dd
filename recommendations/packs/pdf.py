"""HTML to a tagged PDF (PDF/UA-1), the same bytes for the same content and software.

WeasyPrint is imported only when a pack is made: it needs Pango, and the rest of the tracker must run without.
It may read nothing but our typeface; no address in a text is ever fetched.
"""

from __future__ import annotations

import logging
import platform
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from recommendations.packs.content import Data
from recommendations.packs.html import paper_css, paper_html

FACES = [(400, "normal"), (600, "normal"), (700, "normal")]
FAMILIES = {"Atkinson Hyperlegible Next": "latin", "Atkinson Hyperlegible Next Extended": "latin-ext"}
FALLBACK = "DejaVu Sans"
SHOWN_AS_EMOJI = frozenset(
    char
    for first, last in (
        (0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE),
        (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1),
        (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4),
        (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD),
        (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E),
        (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF),
        (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55),
    )
    for char in range(first, last + 1)
)  # fmt: skip
"""Characters below U+1F000 that fonts of pictures take for themselves (Unicode, Emoji_Presentation)."""

PageDone = Callable[[int], None]


class CannotPrint(Exception):
    """The PDF can't be made on this machine. The message says what to do."""


@dataclass(frozen=True)
class Printed:
    """A made PDF."""

    data: bytes
    pages: int


def make_pdf(
    content: Data, *, content_hash: str, made_with: dict[str, str], page_done: PageDone = lambda page: None
) -> Printed:
    """The PDF of a pack's content. Raises CannotPrint where the machine lacks Pango or the typeface."""
    weasyprint = _weasyprint()
    html = printable(paper_html(content, content_hash=content_hash, made_with=made_with))
    fetcher, font_config = _only_fonts(), _fonts()
    source = weasyprint.HTML(string=html, base_url="pack:", url_fetcher=fetcher)
    style = weasyprint.CSS(string=printable(paper_css(content)), font_config=font_config, url_fetcher=fetcher)
    with _telling(page_done):
        document = source.render(stylesheets=[style], font_config=font_config, pdf_variant="pdf/ua-1")
        data = document.write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=content_hash[:32].encode(), finisher=_finish
        )
    return Printed(data, len(document.pages))


def made_with() -> dict[str, str]:
    """The software that decides how a pack looks, with versions: the same ones give the same bytes."""
    _weasyprint()
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return {
        "Recommendation tracker": version("recommendation-tracker") if _installed() else "0.1.0",
        "WeasyPrint": version("weasyprint"),
        "Pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "Python": platform.python_version(),
    }


def printable(text: str) -> str:
    """The text with characters that no embedded font can draw replaced by their names in brackets.

    A character without a glyph would be an empty box on paper and nothing at all to a screen reader (and is not
    allowed in PDF/UA-1); pictures differ from machine to machine.
    """
    if text.isascii():
        return text
    drawable = _drawable()
    return "".join(char if (code := ord(char)) < 0x7F or code in drawable else _named(char) for char in text)


def _named(char: str) -> str:
    category = unicodedata.category(char)
    if (
        category in ("Mn", "Me", "Cf", "Cc", "Cs")
        or 0xFE00 <= ord(char) <= 0xFE0F
        or 0x1F3FB <= ord(char) <= 0x1F3FF
    ):
        return ""
    if category == "Zs":
        return " "
    return f"[{unicodedata.name(char, 'unknown character').lower()}]"


@cache
def _drawable() -> frozenset[int]:
    """The characters that our typeface or the fallback can draw, pictures left out."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    files = [_font_file(f"{subset}-400-normal") for subset in FAMILIES.values()]
    for path in [*files, *_fallback_file()]:
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    invisible = {0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    return frozenset(
        code
        for code in (found | {0x0A, 0x20, 0xA0}) - invisible
        if code < 0x1F000 and code not in SHOWN_AS_EMOJI
    )


def _fallback_file() -> list[Path]:
    """Where the fallback font lies, or nothing where the machine has none."""
    import subprocess

    try:
        answer = subprocess.run(
            ["fc-match", "-f", "%{family}\t%{file}", FALLBACK],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        likely = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
        return [likely] if likely.exists() else []
    family, _, path = answer.partition("\t")
    return [Path(path)] if family.split(",")[0] == FALLBACK else []


def _font_file(face: str) -> Path:
    found = finders.find(f"built/fonts/atkinson-hyperlegible-next-{face}.woff2")
    if not found:
        raise CannotPrint(
            "The typeface is not built on the server. Ask your administrator to run script/setup"
        )
    return Path(found)


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise CannotPrint(
            "Pango, which lays out the pages, is missing on the server. Ask your administrator to install it"
            " (apt install libpango-1.0-0 libpangoft2-1.0-0)"
        ) from error
    return weasyprint


@cache
def _only_fonts() -> Any:
    """A fetcher that knows our typeface and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyFonts(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, face = url.partition(":")
            if scheme != "pack-font":
                raise ValueError(f"A pack fetches nothing: {url}")
            return URLFetcherResponse(url, _font_file(face).read_bytes(), {"Content-Type": "font/woff2"})

        __call__ = fetch

    return OnlyFonts()


@cache
def _fonts() -> Any:
    """The fonts, unpacked once for each process: a warm worker begins with the text at once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slope};'
        f' src: url("pack-font:{subset}-{weight}-{slope}"); }}\n'
        for family, subset in FAMILIES.items()
        for weight, slope in FACES
    )
    for weight, slope in FACES:
        _font_file(f"latin-{weight}-{slope}")
    CSS(string=faces, font_config=configuration, url_fetcher=_only_fonts())
    return configuration


def _finish(_document: Any, pdf: Any) -> None:
    """Mend what WeasyPrint leaves open: running heads become artifacts, so that they are not read out on every page;
    column headers say their scope; links are printed as they are shown."""
    objects = {item.reference: item for item in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    read_out: set[bytes] = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and reference not in read_out and reference in objects:
            read_out.add(reference)
            waiting.extend(objects[reference].get("K", []) if isinstance(objects[reference], dict) else [])
    for item in pdf.objects:
        if isinstance(item, dict):
            if item.get("Subtype") == "/Link":
                item["F"] = 4
            elif item.get("S") == "/TH":
                item["A"]["Scope"] = "/Column"
    numbers = objects[root["ParentTree"]]["Nums"]
    elements = {numbers[index]: numbers[index + 1] for index in range(0, len(numbers), 2)}
    for page, reference in enumerate(pdf.page_references):
        owners = elements[page]
        furniture = {number for number, owner in enumerate(owners) if owner not in read_out}
        for number in furniture:
            owners[number] = "null"
        operators = objects[objects[reference]["Contents"]].stream
        for index, operator in enumerate(operators):
            if operator == b"BDC" and operators[index - 1].get("MCID") in furniture:
                operators[index - 2 : index] = ["/Artifact", b"<</Type /Pagination>>"]


class _telling:
    """Within the block, ``page_done(page)`` is called as pages are laid out. It may raise to stop the work."""

    def __init__(self, page_done: PageDone) -> None:
        self.page_done = page_done
        self.logger = logging.getLogger("weasyprint.progress")

    def __enter__(self) -> None:
        telling = self

        class Handler(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                if isinstance(record.msg, str) and "Page %d" in record.msg and isinstance(record.args, tuple):
                    telling.page_done(int(str(record.args[0])))

        self.handler, self.level, self.propagate = Handler(), self.logger.level, self.logger.propagate
        self.logger.addHandler(self.handler)
        self.logger.setLevel(logging.INFO)
        self.logger.propagate = False

    def __exit__(self, *exc: object) -> None:
        self.logger.removeHandler(self.handler)
        self.logger.setLevel(self.level)
        self.logger.propagate = self.propagate


def _installed() -> bool:
    from importlib.metadata import PackageNotFoundError

    try:
        version("recommendation-tracker")
    except PackageNotFoundError:
        return False
    return True
