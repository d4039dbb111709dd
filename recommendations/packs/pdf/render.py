"""One chunk of a pack laid out by WeasyPrint as a small tagged PDF of its own.

Runs in processes that know nothing of Django or the database: they get HTML, CSS and the paths of the typeface.
WeasyPrint is imported only when a chunk is laid out: it needs Pango, and the rest of the tracker must run without. It
may read nothing but our typeface; no address in a text is ever fetched.
"""

from __future__ import annotations

import gc
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

FAMILY = "Atkinson Hyperlegible Next"
FAMILIES = {FAMILY: "latin", f"{FAMILY} Extended": "latin-ext"}
WEIGHTS = (400, 600, 700)
FACES = [f"{subset}-{weight}-normal" for subset in FAMILIES.values() for weight in WEIGHTS]

ELSEWHERE = "pack-place:"
"""The beginning of a link to another place of the pack until the chunks are merged: the place may be in another chunk.
No address in a text becomes such a link: those begin with http.
"""

POINTS = 0.75  # of a CSS pixel

KEPT_WHOLE = {
    "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/P", "/L", "/LI", "/LBody", "/Table", "/TBody", "/THead",
    "/TR", "/TD", "/NonStruct",
}  # fmt: skip
"""Elements that stay one in the structure tree however many pages they cover."""

FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
"""Letters of right-to-left scripts."""

HOLDS_TEXT = {
    "/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/LBody", "/Lbl", "/TD", "/TH", "/Caption", "/NonStruct", "/Span",
}  # fmt: skip
"""Elements that lines of text may belong to."""


class RenderError(Exception):
    """The PDF cannot be made on this machine. The message says what to do."""


@dataclass(frozen=True)
class Chunk:
    """A whole HTML document with its style, for one process to lay out.

    `wide` pages are landscape; what is not `tagged` is never read out.
    """

    html: str
    css: str
    wide: bool = False
    tagged: bool = True


@dataclass(frozen=True)
class RenderedChunk:
    """A chunk's own PDF, and the places in it that links and bookmarks lead to: page (from 0), and points from the left
    and the bottom.
    """

    data: bytes
    pages: int
    anchors: dict[str, tuple[int, float, float]]
    bookmarks: list[tuple[int, str, int, float, float]]
    wide: bool


def lay_out(part: Chunk, fonts: dict[str, str]) -> RenderedChunk:
    """Return the chunk as a PDF. `fonts` has the path of the file for each of FACES. Raise RenderError."""
    weasyprint = _weasyprint()
    paths = tuple(sorted(fonts.items()))
    fetcher, configuration = _fonts(paths)
    collecting = gc.isenabled()
    gc.disable()  # a chunk is small and short-lived; garbage collection of its boxes takes a tenth of the time
    try:
        source = weasyprint.HTML(string=part.html, base_url="pack:", url_fetcher=fetcher)
        style = _style(part.css, paths)
        options = {"pdf_variant": "pdf/ua-1"} if part.tagged else {}
        finisher = _finish if part.tagged else None
        document = source.render(stylesheets=[style], font_config=configuration, **options)
        data = document.write_pdf(pdf_identifier=b"part", finisher=finisher, **options)
    finally:
        if collecting:
            gc.enable()
    anchors: dict[str, tuple[int, float, float]] = {}
    bookmarks: list[tuple[int, str, int, float, float]] = []
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, (number, x * POINTS, (page.height - y) * POINTS))
        for level, label, (x, y), _state in page.bookmarks:
            bookmarks.append((level, label, number, x * POINTS, (page.height - y) * POINTS))
    found = RenderedChunk(data, len(document.pages), anchors, bookmarks, part.wide)
    return found


def pango_version() -> str:
    """Return the version of Pango, which decides where lines break."""
    _weasyprint()
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint
        from weasyprint.pdf import fonts, tags
    except OSError as error:
        raise RenderError(
            "Pango, which lays out the pages, is missing on the server. Ask your administrator to install it"
            " (apt install libpango-1.0-0 libpangoft2-1.0-0)"
        ) from error
    tags._build_box_tree = _remembering(tags._build_box_tree)
    fonts.Font.subset = _whole(fonts.Font.subset)
    return weasyprint


def _remembering(build: Any) -> Any:
    """Return WeasyPrint's builder of the structure tree, with each element told what it was made from.

    By that, the fragments of one paragraph on two pages are found and joined.
    """

    def remember(box: Any, *args: Any) -> Iterator[Any]:
        for element in build(box, *args):
            if not hasattr(element, "made_from") and box.element is not None:
                element.made_from = box.element
                if box.element_tag == "li::before":
                    element["S"] = "/Lbl"
            yield element

    return remember


def _whole(subset: Any) -> Any:
    """Embed our typeface whole, because it is small: so it is the same in all chunks and kept once."""

    def keep(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        ours = font.family.startswith(FAMILY)
        subset(
            font, dict.fromkeys(range(font.glyph_count), "") if ours and to_unicode else to_unicode, hinting
        )

    return keep


@lru_cache(8)
def _style(css: str, paths: tuple[tuple[str, str], ...]) -> Any:
    """Return the parsed style sheet, read once for each process and not for each chunk."""
    fetcher, configuration = _fonts(paths)
    return _weasyprint().CSS(string=css, font_config=configuration, url_fetcher=fetcher)


@cache
def _fonts(paths: tuple[tuple[str, str], ...]) -> tuple[Any, Any]:
    """Return a fetcher that knows our typeface and refuses everything else, and the fonts, unpacked once for each
    process: a warm one starts with the text at once.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    files = dict(paths)

    class OnlyFonts(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, face = url.partition(":")
            if scheme != "pack-font" or face not in files:
                raise ValueError(f"A pack fetches nothing: {url}")
            return URLFetcherResponse(url, Path(files[face]).read_bytes(), {"Content-Type": "font/woff2"})

        __call__ = fetch

    fetcher = OnlyFonts()
    configuration = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f' src: url("pack-font:{subset}-{weight}-normal"); }}\n'
        for family, subset in FAMILIES.items()
        for weight in WEIGHTS
    )
    CSS(string=faces, font_config=configuration, url_fetcher=fetcher)
    if configuration._folder is not None:  # kept as long as the process lives
        Finalize(None, shutil.rmtree, (configuration._folder, True), exitpriority=1)
    return fetcher, configuration


# ------------------------------------------------------------------ the tags


def _finish(document: Any, pdf: Any) -> None:
    """Repair what WeasyPrint leaves open in the structure tree.

    What covers several pages is one element, a header row repeated on the next page is not read out again, header cells
    have a scope, bullets are labels, a figure gives its position in the page's own coordinates, links have a
    description of their target and are printed as they are shown.
    """
    objects = {item.reference: item for item in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    tree = objects[root["K"][0]]
    repeated: dict[bytes, set[int]] = {}
    _join(tree, objects, repeated)
    _label(pdf.objects, objects)
    numbers = objects[root["ParentTree"]]["Nums"]
    owners = {page: numbers[2 * index + 1] for index, page in enumerate(pdf.page_references)}
    _flatten(tree, objects, owners)
    for index in range(2 * len(owners) + 1, len(numbers), 2):
        numbers[index] = getattr(objects[numbers[index]], "part_of", numbers[index])
    annotated: dict[bytes, Any] = {
        objects[kid]["Obj"]: item
        for item in pdf.objects
        if isinstance(item, dict) and item.get("S") == "/Link"
        for kid in item["K"]
        if isinstance(kid, bytes) and objects[kid].get("Type") == "/OBJR"
    }
    for item in pdf.objects:
        if "Length1" in getattr(
            item, "extra", ()
        ):  # a font: compressed once, by the merge, and not in every chunk
            item.compress = False
    for item in filter(_is_dictionary, pdf.objects):
        _say_in_order(item)
        if item.get("Subtype") == "/Link":
            item["F"] = 4
            link = annotated.get(item.reference)
            words = _words(link.made_from) if link is not None else ""
            if words:
                item["Contents"] = _string(words)
        elif item.get("S") == "/TH":
            item["A"]["Scope"] = "/Row" if _attribute(item, "scope") == "row" else "/Column"
            item.pop("ID", None)
        elif item.get("S") == "/TD":
            item["A"].pop("Headers", None)
        elif item.get("S") == "/Figure":
            height = objects[item["Pg"]]["MediaBox"][3]
            left, top, right, bottom = (edge * POINTS for edge in item["A"]["BBox"])
            item["A"]["BBox"][:] = [left, height - bottom, right, height - top]
        elif item.get("S") == "/Sect" and (key := _attribute(item, "data-whole")):
            item["T"] = _string(key)
    _unread(pdf, objects, owners, repeated)
    _make_small(pdf)


def _say_in_order(element: Any) -> None:
    """Give text in right-to-left scripts in the order in which it is spoken: it is drawn from the left."""
    whole = element.get("S") == "/Link" or (
        element.get("S") in HOLDS_TEXT - {"/Span", "/NonStruct", "/Lbl"}
        and not any(isinstance(kid, bytes) for kid in element["K"])
    )
    if not whole:  # an element with links is read out child by child
        return
    made_from = getattr(element, "made_from", None)
    words = _words(made_from) if made_from is not None else ""
    if FROM_RIGHT.search(words):
        element["ActualText"] = _string(words)


def _words(made_from: Any) -> str:
    """Return the text of an element of the page, with line and paragraph ends as spaces."""

    def texts(element: Any) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            apart = " " if child.tag not in ("a", "b", "strong", "em", "span") else ""
            yield apart
            yield from texts(child)
            yield apart + (child.tail or "")

    return " ".join("".join(texts(made_from)).split())


def _make_small(pdf: Any) -> None:
    """Compress drawings with zlib's default level: the highest takes three times as long for one chunk in sixty.

    And leave out moves by nothing between letters, two thirds of them.
    """
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            item.compress = False
            drawn = item.data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
            item.stream = [zlib.compress(drawn.replace(b">0<", b""))]
            item.extra["Filter"] = "/FlateDecode"


def _is_dictionary(item: Any) -> bool:
    return isinstance(item, dict)


def _attribute(item: Any, name: str) -> str:
    made_from = getattr(item, "made_from", None)
    return made_from.get(name, "") if made_from is not None else ""


def _string(words: str) -> Any:
    import pydyf

    return pydyf.String(words)


def _join(element: Any, objects: dict[bytes, Any], repeated: dict[bytes, set[int]]) -> None:
    """Join, below this element, what page breaks split."""
    kept: list[Any] = []
    for kid in element["K"]:
        child = objects.get(kid) if isinstance(kid, bytes) else None
        before = _before(element, child, kept, objects)
        if child is not None and before is not None and _is_one(before, child):
            _take_in(before, child, objects, repeated)
        else:
            kept.append(kid)
    element["K"][:] = kept
    for kid in kept:
        child = objects.get(kid) if isinstance(kid, bytes) else None
        if child is not None and child.get("Type") == "/StructElem":
            _join(child, objects, repeated)


def _before(element: Any, child: Any, kept: list[Any], objects: dict[bytes, Any]) -> Any:
    """Return what the child may continue: its previous sibling; in a row that covers pages the cell above it."""
    if element["S"] == "/TR" and child is not None:
        cells = (objects[kid] for kid in kept if isinstance(kid, bytes))
        return next((cell for cell in cells if _is_one(cell, child)), None)
    return objects.get(kept[-1]) if kept and isinstance(kept[-1], bytes) else None


def _is_one(before: Any, after: Any) -> bool:
    made_from = getattr(before, "made_from", None)
    return (
        made_from is not None
        and made_from is getattr(after, "made_from", None)
        and before["S"] == after["S"]
        and before["S"] in KEPT_WHOLE
        and getattr(before, "last_page", before["Pg"]) != after["Pg"]
    )


def _take_in(whole: Any, rest: Any, objects: dict[bytes, Any], repeated: dict[bytes, set[int]]) -> None:
    """Merge the continuation, from the next page, into the whole."""
    has_header = any(_kind(kid, objects) == "/THead" for kid in whole["K"])
    for kid in rest["K"]:
        child = objects.get(kid) if isinstance(kid, bytes) else None
        if child is not None and has_header and child.get("S") == "/THead":
            for page, number in _numbers(child, objects):
                repeated.setdefault(page, set()).add(number)
            continue
        if child is not None and "P" in child:
            child["P"] = whole.reference
        whole["K"].append(kid)
    whole.last_page = rest["Pg"]


def _kind(kid: Any, objects: dict[bytes, Any]) -> str:
    child = objects.get(kid) if isinstance(kid, bytes) else None
    return str(child.get("S", "")) if child is not None else ""


def _numbers(element: Any, objects: dict[bytes, Any]) -> Iterator[tuple[bytes, int]]:
    """Return the marked content below an element: page and number."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield element["Pg"], kid
        elif isinstance(kid, bytes) and (child := objects.get(kid)) is not None and "K" in child:
            yield from _numbers(child, objects)


def _label(every: list[Any], objects: dict[bytes, Any]) -> None:
    """Make a bullet, which is drawn as the first letter of its item, the item's label beside its body."""
    for item in filter(_is_dictionary, every):
        if item.get("S") != "/Lbl" or objects[item["P"]]["S"] == "/LI":
            continue
        body = objects[item["P"]]
        body["K"].remove(item.reference)
        while body["S"] != "/LI":
            body = objects[body["P"]]
        body["K"].insert(0, item.reference)
        item["P"] = body.reference


def _flatten(element: Any, objects: dict[bytes, Any], owners: dict[bytes, Any]) -> None:
    """Attach lines of text to their paragraph, heading or cell itself, not to elements of their own that mean nothing.

    Those are a third of the file, and a screen reader has to walk through them. Beside a link they stay, for the order,
    as one element however many lines they are; and a link of several lines is one link.
    """
    children: list[Any] = [objects.get(kid) if isinstance(kid, bytes) else None for kid in element["K"]]
    for child in children:
        if child is not None and child.get("Type") == "/StructElem":
            _flatten(child, objects, owners)
    if element["S"] not in HOLDS_TEXT:
        return
    text = [_is_text(child) for child in children]
    kept: list[Any] = []
    if all(text):
        for child in children:
            kept += _owned(element, child, owners)
    else:
        for index, child in enumerate(children):
            if index and ((text[index] and text[index - 1]) or _is_same_link(children[index - 1], child)):
                before = objects[kept[-1]]
                before["K"].extend(_owned(before, child, owners))
                child.part_of = before.reference
            else:
                kept.append(element["K"][index])
    element["K"][:] = kept


def _owned(element: Any, child: Any, owners: dict[bytes, Any]) -> Iterator[Any]:
    """Return the marked content of a child, which from now on belongs to the element itself."""
    for number in child["K"]:
        if isinstance(number, int):
            owners[child["Pg"]][number] = element.reference
            yield number if child["Pg"] == element["Pg"] else _marked(child["Pg"], number)
        else:
            if isinstance(number, dict):
                owners[number["Pg"]][number["MCID"]] = element.reference
            yield number


def _is_text(child: Any) -> bool:
    """Return whether the element only holds pieces of text."""
    return (
        child is not None
        and child.get("S") in ("/Span", "/NonStruct")
        and not any(isinstance(number, bytes) for number in child["K"])
    )


def _is_same_link(before: Any, after: Any) -> bool:
    return (
        before is not None
        and after is not None
        and before.get("S") == after.get("S") == "/Link"
        and before.made_from is after.made_from
        and before["Pg"] == after["Pg"]
    )


def _marked(page: bytes, number: int) -> Any:
    """Return marked content on another page than the one its element begins on."""
    import pydyf

    return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": number})


def _unread(
    pdf: Any, objects: dict[bytes, Any], owners: dict[bytes, Any], repeated: dict[bytes, set[int]]
) -> None:
    """Make repeated header rows artifacts: shown, and not read out."""
    for reference in pdf.page_references:
        furniture = repeated.get(reference, set())
        if not furniture:
            continue
        for number in furniture:
            owners[reference][number] = "null"
        operators = objects[objects[reference]["Contents"]].stream
        for index, operator in enumerate(operators):
            if operator == b"BDC" and operators[index - 1].get("MCID") in furniture:
                operators[index - 2 : index] = ["/Artifact", b"<</Type /Pagination>>"]
